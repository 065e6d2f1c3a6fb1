/* journal.c: what the gate answered becomes contacts: a batch of the gate's journal is one act of a job (G6, K1).
 * How far a journal was taken in is moved on in the same transaction, so that nothing is taken in twice. */
#include "acts/families.h"

typedef struct {
	const char *arrangement;
	gint64 restriction, slot, period;
} UseInput;

typedef struct {
	const char *id, *identifier, *customer, *channel, *direction, *door, *matter, *purpose, *verdict, *reasons,
		*item;
	gint64 minutes, recipients;
	Instant at;
	const UseInput *uses;
	gsize n_uses;
} AnswerInput;

typedef struct {
	const char *hash, *channel;
	Instant at;
} StrangerInput;

typedef struct {
	const char *gate;
	gint64 from, to;
	const AnswerInput *contacts;
	gsize n_contacts;
	const StrangerInput *strangers;
	gsize n_strangers;
} TakeIn;

static gboolean check_position(ActRun *run, const TakeIn *in, GError **error)
{
	GateJournalTakenRow *row = NULL;
	gint64 taken;

	if (!sql_gate_journal_taken(run->tx, run->mem, in->gate, &row, error))
		return FALSE;
	taken = row != NULL ? row->taken : 0;
	return taken == in->from ||
	       conflict(error, "The journal was taken in up to %" G_GINT64_FORMAT " already, not %" G_GINT64_FORMAT ".",
		       taken, in->from);
}

static gboolean note_contact(ActRun *run, const AnswerInput *in, const ContactRow *contact, GError **error)
{
	const EventRow event = {.number = run->number,
		.customer = in->customer,
		.function = contact->function,
		.happened_at = in->at,
		.act = "log-contact",
		.ref = contact->ref,
		.actor = run->actor->user_name,
		.summary = arena_printf(
			run->mem, "Contact %s: %s, the gate said '%s'", in->direction, in->channel, in->verdict)};

	return in->customer == NULL || sql_event_add(run->tx, &event, error);
}

/* G6: what was diverted, filed, or passed beside others is owned work. */
static gboolean open_item(ActRun *run, const AnswerInput *in, const ContactRow *contact, GError **error)
{
	ItemRow item = {.contact = contact->ref,
		.customer = in->customer,
		.function = contact->function,
		.why = in->item,
		.opened_at = in->at,
		.ended_at = INSTANT_NONE};

	return in->item == NULL ||
	       (act_new_reference(run, "I", &item.ref, error) && sql_item_add(run->tx, &item, error));
}

static gboolean take_contact(ActRun *run, const AnswerInput *in, GError **error)
{
	ContactRow row = {.gate_id = in->id,
		.customer = in->customer,
		.identifier = in->identifier,
		.channel = in->channel,
		.direction = in->direction,
		.door = in->door,
		.matter = in->matter,
		.purpose = in->purpose,
		.happened_at = in->at,
		.recorded_at = run->now,
		.recorded_by = run->actor->user_name,
		.source = "gate",
		.minutes = G_MININT64,
		.verdict = in->verdict,
		.reasons = in->reasons};
	ContactRow *known = NULL;
	DoorRow *door = NULL;
	gint64 changed;

	if (in->door != NULL && !sql_door_by_address(run->tx, run->mem, in->door, &door, error))
		return FALSE;
	row.function = door != NULL ? door->function : NULL;
	if (in->id != NULL && !sql_contact_of_gate(run->tx, run->mem, in->id, in->door, &known, error))
		return FALSE;
	if (known != NULL)
		return sql_contact_set_verdict(run->tx, known->ref, in->customer, in->identifier, in->door, in->verdict,
			in->reasons, &changed, error);
	return act_new_reference(run, "K", &row.ref, error) && sql_contact_add(run->tx, &row, error) &&
	       note_contact(run, in, &row, error) && open_item(run, in, &row, error);
}

static gboolean take_uses(ActRun *run, const AnswerInput *in, GError **error)
{
	for (gsize i = 0; in->id != NULL && i < in->n_uses; i++) {
		const GateUseRow use = {.contact_id = in->id,
			.arrangement = in->uses[i].arrangement,
			.restriction = in->uses[i].restriction,
			.slot = in->uses[i].slot,
			.period = in->uses[i].period};

		if (!sql_gate_use_add(run->tx, &use, error))
			return FALSE;
	}
	return TRUE;
}

static gboolean take_in(ActRun *run, const void *input, GError **error)
{
	const TakeIn *in = input;

	if (!check_position(run, in, error))
		return FALSE;
	for (gsize i = 0; i < in->n_contacts; i++)
		if (!take_contact(run, &in->contacts[i], error) || !take_uses(run, &in->contacts[i], error))
			return FALSE;
	for (gsize i = 0; i < in->n_strangers; i++)
		if (!sql_gate_stranger_add(run->tx, in->strangers[i].hash, in->strangers[i].channel,
			    zone_day(run->zone, in->strangers[i].at), 1, error))
			return FALSE;
	run->silent = TRUE;
	return sql_gate_journal_set_taken(run->tx, in->gate, in->to, error);
}

const Act act_take_in_contacts = {
	.name = "take-in-contacts",
	.title = "Take in the gate's contacts",
	.summary = "A job takes the gate's journal in: each answer becomes a contact with its verdict, and what was "
		   "filed or "
		   "diverted becomes an item of work (G6).",
	.machine = TRUE,
	.fields =
		(const Field[]){
			FIELD(TakeIn, gate, LINE, .required = TRUE, .help = "the journal's name"),
			FIELD(TakeIn, from, COUNT, .max = G_MAXINT64, .required = TRUE,
				.help = "the position it begins at"),
			FIELD(TakeIn, to, COUNT, .max = G_MAXINT64, .required = TRUE,
				.help = "the position it ends at"),
			FIELD_LIST(TakeIn, contacts, GROUP, .max = 10000, .size = sizeof(AnswerInput),
				.help = "answers",
				.fields =
					(const Field[]){
						FIELD(AnswerInput, id, LINE, .max = 1024, .help = "contact id"),
						FIELD(AnswerInput, identifier, LINE, .max = 1024,
							.privacy = FIELD_PERSONAL, .help = "normal form"),
						FIELD(AnswerInput, customer, LINE, .help = "the one customer it is"),
						FIELD(AnswerInput, channel, LINE, .required = TRUE, .help = "channel"),
						FIELD(AnswerInput, direction, LINE, .required = TRUE,
							.help = "direction"),
						FIELD(AnswerInput, door, LINE, .max = 1024, .help = "where it arrived"),
						FIELD(AnswerInput, matter, LINE, .help = "matter"),
						FIELD(AnswerInput, purpose, LINE, .help = "protected purpose"),
						FIELD(AnswerInput, verdict, LINE, .required = TRUE,
							.help = "what the gate answered"),
						FIELD(AnswerInput, reasons, TEXT, .help = "its reasons, as JSON"),
						FIELD(AnswerInput, item, LINE, .help = "why it becomes owned work"),
						FIELD(AnswerInput, minutes, COUNT, .help = "minutes"),
						FIELD(AnswerInput, recipients, COUNT, .help = "of a mail with several"),
						FIELD(AnswerInput, at, INSTANT, .required = TRUE, .help = "when"),
						FIELD_LIST(AnswerInput, uses, GROUP, .size = sizeof(UseInput),
							.help = "allowances that it used",
							.fields =
								(const Field[]){
									FIELD(UseInput, arrangement, LINE,
										.required = TRUE, .help = "arrangement"),
									FIELD(UseInput, restriction, COUNT,
										.help = "restriction"),
									FIELD(UseInput, slot, COUNT, .help = "slot"),
									FIELD(UseInput, period, COUNT,
										.max = G_MAXINT64,
										.help = "period of counting"),
									FIELDS_END,
								}),
						FIELDS_END,
					}),
			FIELD_LIST(TakeIn, strangers, GROUP, .max = 10000, .size = sizeof(StrangerInput),
				.help = "keyed hashes of unknown identifiers",
				.fields =
					(const Field[]){
						FIELD(StrangerInput, hash, LINE, .required = TRUE,
							.help = "keyed hash"),
						FIELD(StrangerInput, channel, LINE, .required = TRUE,
							.help = "channel"),
						FIELD(StrangerInput, at, INSTANT, .required = TRUE, .help = "when"),
						FIELDS_END,
					}),
			FIELDS_END,
		},
	.input_size = sizeof(TakeIn),
	.perform = take_in,
};
