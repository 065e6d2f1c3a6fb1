/* items.c: mail and calls that became owned work, and how each ends (G6); what a manager did about an ended call (S2)
 * or a welfare mark (S4). The items themselves are made by journal.c. */
#include "acts/families.h"
#include "acts/outcomes.h"
#include "core/work.h"

typedef struct {
	const char *item, *outcome, *words;
} DealWithItem;

static gboolean deal_with_item(ActRun *run, const void *input, GError **error)
{
	const DealWithItem *in = input;
	const char **matters = arena_array(run->mem, const char *, 2);
	ContactRow *contact = NULL;
	ItemRow *row = NULL;
	Work item;
	gint64 changed;

	if (!sql_read_item(run->tx, run->mem, in->item, &row, error))
		return FALSE;
	if (row == NULL)
		return not_found(error, "There is no item of work %s.", in->item);
	item = (Work){.kind = WORK_ITEM,
		.ref = row->ref,
		.function = row->function,
		.owner = row->owner,
		.done = row->ended_at != INSTANT_NONE};
	if (!work_check_deal(&run->rules, &item, in->outcome, in->words, error) ||
		!sql_contact_by_ref(run->tx, run->mem, row->contact, &contact, error))
		return FALSE;
	run->id = row->ref;
	run->customer = row->customer != NULL ? row->customer : contact->customer;
	run->function = row->function;
	matters[0] = contact->matter;
	run->matters = matters;
	run->summary = arena_printf(run->mem, "Item dealt with: %s", outcome_words(OUTCOME_ITEM, in->outcome));
	return sql_item_end(
		run->tx, row->ref, run->now, run->actor->user_name, in->outcome, in->words, &changed, error);
}

const Act act_deal_with_item = {
	.name = "deal-with-item",
	.title = "Deal with an item",
	.summary =
		"Ends a mail or a call that was filed, diverted or held, with what came of it. Nothing ends without an "
		"outcome (G6).",
	.by = BY_ANYONE,
	.fields =
		(const Field[]){
			FIELD(DealWithItem, item, LINE, .required = TRUE, .help = "the item, such as I-2026-000012"),
			{.name = "outcome",
				.type = FIELD_CHOICE,
				.offset = G_STRUCT_OFFSET(DealWithItem, outcome),
				.required = TRUE,
				.choices = item_outcomes,
				.help = "what came of it"},
			FIELD(DealWithItem, words, TEXT, .required = TRUE, .privacy = FIELD_PERSONAL, .max = 4000,
				.help = "what you found, and what you did with it"),
			FIELDS_END,
		},
	.input_size = sizeof(DealWithItem),
	.perform = deal_with_item,
};

typedef struct {
	const char *about, *words;
} FollowUpInput;

static gboolean load_call(ActRun *run, const char *ref, FollowUp *about, GError **error)
{
	WhoEndedCallRow *ended = NULL;
	ContactRow *row = NULL;

	if (!sql_contact_by_ref(run->tx, run->mem, ref, &row, error))
		return FALSE;
	if (row == NULL)
		return not_found(error, "There is no contact %s.", ref);
	if (!sql_who_ended_call(run->tx, run->mem, ref, &ended, error))
		return FALSE;
	*about = (FollowUp){.ref = row->ref,
		.function = row->function,
		.by = ended != NULL ? ended->actor : row->recorded_by,
		.ended_call = TRUE,
		.calls_for = g_strcmp0(row->handling, "ended") == 0};
	run->customer = row->customer;
	run->function = row->function;
	return TRUE;
}

static gboolean load_welfare(ActRun *run, const char *ref, FollowUp *about, GError **error)
{
	CasefileRow *file = NULL;
	ReportRow *row = NULL;

	if (!sql_report_by_ref(run->tx, run->mem, ref, &row, error))
		return FALSE;
	if (row == NULL)
		return not_found(error, "There is no report %s.", ref);
	if (!sql_casefile_by_ref(run->tx, run->mem, row->casefile, &file, error))
		return FALSE;
	*about = (FollowUp){
		.ref = row->ref, .function = file->function, .by = row->reporter, .calls_for = row->welfare != NULL};
	run->customer = row->customer;
	run->casefile = row->casefile;
	run->version = file->version;
	run->function = file->function;
	return TRUE;
}

static gboolean follow_up(ActRun *run, const void *input, GError **error)
{
	const FollowUpInput *in = input;
	const FollowUpRow row = {
		.about = in->about, .words = in->words, .by_user = run->actor->user_name, .at = run->now};
	FollowUpRow *known = NULL;
	FollowUp about;

	if (!(g_str_has_prefix(in->about, "R-") ? load_welfare(run, in->about, &about, error)
						: load_call(run, in->about, &about, error)) ||
		!work_check_follow_up(&run->rules, &about, error) ||
		!sql_follow_up_of(run->tx, run->mem, about.ref, &known, error))
		return FALSE;
	if (known != NULL)
		return conflict(error, "%s was followed up already by '%s'.", known->about, known->by_user);
	run->id = about.ref;
	run->summary = about.ended_call ? "An ended call was followed up" : "A welfare mark was followed up";
	return sql_follow_up_add(run->tx, &row, error);
}

const Act act_follow_up = {
	.name = "follow-up",
	.title = "Follow up",
	.summary =
		"Says what a manager did about a call that was ended (S2), or about a member of staff who feels unsafe "
		"or unfairly treated (S4).",
	.by = BY_ANYONE,
	.fields =
		(const Field[]){
			FIELD(FollowUpInput, about, LINE, .required = TRUE,
				.help = "the contact in which the call was ended, or the report with the welfare mark"),
			FIELD(FollowUpInput, words, TEXT, .required = TRUE, .privacy = FIELD_PERSONAL, .max = 4000,
				.help = "what you did"),
			FIELDS_END,
		},
	.input_size = sizeof(FollowUpInput),
	.perform = follow_up,
};
