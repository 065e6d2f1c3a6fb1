/* breaches.c: what was done against an arrangement, and that staff declined to engage (S5). An attempt, which the gate
 * alone saw, accuses nobody: a breach is said by somebody who knows the person. */
#include "acts/families.h"
#include "core/entries.h"

typedef struct {
	const char *arrangement, *contact, *what, *staff_did;
} LogBreach;

gboolean entry_check_contact(ActRun *run, const char *ref, GError **error)
{
	ContactRow *contact = NULL;

	if (ref == NULL)
		return TRUE;
	if (!sql_contact_by_ref(run->tx, run->mem, ref, &contact, error))
		return FALSE;
	if (contact == NULL)
		return invalid(error, "contact", "There is no contact %s.", ref);
	return contact->customer == NULL || g_str_equal(contact->customer, run->file->customer) ||
	       refuse_at(
		       error, "G4", "contact", "%s was another customer's contact. Name theirs, or leave it out.", ref);
}

static gboolean log_breach(ActRun *run, const void *input, GError **error)
{
	const LogBreach *in = input;
	BreachRow row = {.casefile = run->file->ref,
		.customer = run->file->customer,
		.arrangement = in->arrangement,
		.contact = in->contact,
		.what = in->what,
		.staff_did = in->staff_did,
		.happened_at = run->happened_at,
		.by_user = run->actor->user_name,
		.at = run->now,
		.struck_at = INSTANT_NONE};

	if (!casefile_check_breach(&run->rules, run->file, in->arrangement, run->happened_at, error) ||
		!entry_check_contact(run, in->contact, error) || !act_new_reference(run, "B", &row.ref, error))
		return FALSE;
	run->id = row.ref;
	run->summary = "An arrangement was broken";
	return sql_breach_add(run->tx, &row, error);
}

const Act act_log_breach = {
	.name = "log-breach",
	.title = "Log a breach",
	.summary =
		"Records what was done against an arrangement and what staff did, such as declining to engage (S5). It "
		"goes to the manager.",
	.by = BY_ANYONE,
	.needs = ACT_CASEFILE,
	.fields =
		(const Field[]){
			FIELD(LogBreach, arrangement, LINE, .required = TRUE,
				.help = "the arrangement that was broken"),
			FIELD(LogBreach, contact, LINE, .help = "the logged contact in which it happened"),
			FIELD(LogBreach, what, TEXT, .required = TRUE, .privacy = FIELD_PERSONAL, .max = 4000,
				.help = "what the customer did"),
			FIELD(LogBreach, staff_did, TEXT, .required = TRUE, .privacy = FIELD_PERSONAL, .max = 4000,
				.help = "what staff did (S5)"),
			FIELDS_END,
		},
	.input_size = sizeof(LogBreach),
	.perform = log_breach,
};
