/* journal.c: what the gate answered, taken in as contacts (K2), owned work (G6) and used allowances (R1): the gate
 * itself performs no act. */
#include "acts/journal.h"

#include "acts/families.h"
#include "acts/outcomes.h"

typedef struct {
	const char *arrangement;
	gint64 restriction, slot, period;
} TakenUse;

typedef struct {
	const char *contact_id, *channel, *direction, *identifier, *customer, *door, *matter, *purpose, *verdict,
		*reasons, *item;
	Instant at;
	const TakenUse *uses;
	gsize n_uses;
} TakenContact;

typedef struct {
	const char *hash, *channel;
	Instant at;
} TakenStranger;

typedef struct {
	const char *gate;
	gint64 from, position;
	const TakenContact *contacts;
	gsize n_contacts;
	const TakenStranger *strangers;
	gsize n_strangers;
} TakeInJournal;

static Verdict verdict_of(const char *text)
{
	Verdict verdict = VERDICT_PROCEED;

	if (text != NULL)
		verdict_parse(text, &verdict);
	return verdict;
}

/* A mail is one contact with a verdict for each recipient: what was said of other doors stays, what was said of this
 * one is replaced. The severest is the contact's. */
static void add_reasons(const ContactRow *known, const TakenContact *in, json_t *reasons, Verdict *severest)
{
	json_t *before = known != NULL && known->reasons != NULL ? json_loads(known->reasons, 0, NULL) : NULL;
	json_t *fresh = in->reasons != NULL ? json_loads(in->reasons, 0, NULL) : NULL;
	json_t *reason;
	gsize i;

	*severest = verdict_of(in->verdict);
	json_array_foreach(before, i, reason)
	{
		if (g_strcmp0(json_string_value(json_object_get(reason, "door")), in->door) == 0)
			continue;
		json_array_append(reasons, reason);
		*severest = MAX(*severest, verdict_of(json_string_value(json_object_get(reason, "verdict"))));
	}
	json_array_foreach(fresh, i, reason)
	{
		if (in->door != NULL && json_is_object(reason))
			json_object_set_new(reason, "door", json_string(in->door));
		json_array_append(reasons, reason);
	}
	json_decref(before);
	json_decref(fresh);
}

/* References that the database knows; what was restored from an older copy may not know what the gate knew. */
static gboolean known_references(ActRun *run, const TakenContact *in, ContactRow *row, GError **error)
{
	CustomerRow *customer = NULL;
	MatterRow *matter = NULL;
	DoorRow *door = NULL;

	if ((in->customer != NULL && !sql_customer_by_ref(run->tx, run->mem, in->customer, &customer, error)) ||
		(in->matter != NULL && !sql_matter_by_ref(run->tx, run->mem, in->matter, &matter, error)) ||
		(in->door != NULL && !sql_door_by_address(run->tx, run->mem, in->door, &door, error)))
		return FALSE;
	row->customer = customer != NULL ? customer->ref : NULL;
	row->matter = matter != NULL ? matter->ref : NULL;
	row->function = door != NULL ? door->function : NULL;
	return TRUE;
}

/* K2: a line on the customer's and the matter's timeline; a proceed is counted and shown as a contact, without one. */
static gboolean note_contact(ActRun *run, const ContactRow *row, GError **error)
{
	EventRow event = {.number = run->number,
		.customer = row->customer,
		.function = row->function,
		.happened_at = row->happened_at,
		.act = "take-in-contacts",
		.ref = row->ref,
		.actor = run->actor->user_name};

	event.summary = outcome_contact(row->channel, row->direction);
	if (row->customer == NULL || verdict_of(row->verdict) == VERDICT_PROCEED)
		return TRUE;
	if (!sql_event_add(run->tx, &event, error))
		return FALSE;
	event.customer = NULL;
	event.matter = row->matter;
	return row->matter == NULL || sql_event_add(run->tx, &event, error);
}

static gboolean save_contact(ActRun *run, const TakenContact *in, ContactRow *row, GError **error)
{
	ContactRow *known = NULL;
	json_t *reasons;
	Verdict severest;
	gint64 changed;

	if (in->contact_id != NULL && !sql_contact_by_gate_id(run->tx, run->mem, in->contact_id, &known, error))
		return FALSE;
	reasons = json_array();
	add_reasons(known, in, reasons, &severest);
	row->verdict = verdict_name(severest);
	if (json_array_size(reasons) > 0)
		row->reasons = arena_own(run->mem, json_dumps(reasons, JSON_COMPACT), free);
	json_decref(reasons);
	if (known != NULL) {
		row->ref = known->ref;
		return sql_contact_set_verdict(run->tx, known->ref, row->customer, row->identifier, row->door,
			       row->matter, row->verdict, row->reasons, &changed, error) &&
		       (known->customer != NULL || note_contact(run, row, error));
	}
	return act_new_reference(run, "K", &row->ref, error) && sql_contact_add(run->tx, row, error) &&
	       note_contact(run, row, error);
}

/* G6: what was diverted, filed or let through for somebody to look at is owned work, one item a contact. */
static gboolean save_item(ActRun *run, const TakenContact *in, const ContactRow *contact, GError **error)
{
	ItemRow *known = NULL;
	ItemRow row = {.contact = contact->ref,
		.customer = contact->customer,
		.function = contact->function,
		.why = in->item,
		.opened_at = contact->happened_at,
		.ended_at = INSTANT_NONE};

	if (in->item == NULL)
		return TRUE;
	if (!sql_item_of_contact(run->tx, run->mem, contact->ref, &known, error))
		return FALSE;
	return known != NULL || (act_new_reference(run, "I", &row.ref, error) && sql_item_add(run->tx, &row, error));
}

static gboolean take_contact(ActRun *run, const TakenContact *in, GError **error)
{
	ContactRow row = {.gate_id = in->contact_id,
		.struck_at = INSTANT_NONE,
		.identifier = in->identifier,
		.channel = in->channel,
		.direction = in->direction,
		.door = in->door,
		.purpose = in->purpose,
		.happened_at = in->at,
		.recorded_at = run->now,
		.recorded_by = run->actor->user_name,
		.source = "gate",
		.minutes = G_MININT64};

	if (!known_references(run, in, &row, error) || !save_contact(run, in, &row, error) ||
		!save_item(run, in, &row, error))
		return FALSE;
	for (gsize i = 0; i < in->n_uses; i++) {
		const GateUseRow use = {.contact_id = in->contact_id != NULL ? in->contact_id : row.ref,
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
	const TakeInJournal *in = input;
	GateJournalTakenRow *taken = NULL;

	if (!sql_gate_journal_taken(run->tx, run->mem, in->gate, &taken, error))
		return FALSE;
	if (in->from != (taken != NULL ? taken->taken : 0))
		return conflict(error, "This part of the journal was taken in already.");
	for (gsize i = 0; i < in->n_contacts; i++)
		if (!take_contact(run, &in->contacts[i], error))
			return FALSE;
	for (gsize i = 0; i < in->n_strangers; i++)
		if (!sql_gate_stranger_add(run->tx, in->strangers[i].hash, in->strangers[i].channel,
			    zone_day(run->zone, in->strangers[i].at), 1, error))
			return FALSE;
	run->silent = TRUE;
	return sql_gate_journal_set_taken(run->tx, in->gate, in->position, error);
}

static const Field use_fields[] = {
	FIELD(TakenUse, arrangement, LINE, .required = TRUE, .help = "whose allowance"),
	FIELD(TakenUse, restriction, COUNT, .required = TRUE, .help = "its place in the arrangement"),
	FIELD(TakenUse, slot, COUNT, .required = TRUE, .help = "which of its times"),
	FIELD(TakenUse, period, COUNT, .required = TRUE, .max = G_MAXINT64, .help = "the period of counting"),
	FIELDS_END,
};

static const Field contact_fields[] = {
	FIELD(TakenContact, contact_id, LINE, .max = 512, .help = "the contact id that the asker gave"),
	FIELD(TakenContact, channel, LINE, .required = TRUE, .help = "phone, email …"),
	FIELD(TakenContact, direction, LINE, .required = TRUE, .help = "in or out"),
	FIELD(TakenContact, identifier, LINE, .max = IDENTIFIER_MAX, .privacy = FIELD_PERSONAL,
		.help = "number or address in its one form"),
	FIELD(TakenContact, customer, LINE, .help = "who it was, where the gate knew"),
	FIELD(TakenContact, door, LINE, .max = 512, .help = "where it arrived"),
	FIELD(TakenContact, matter, LINE, .help = "what it was about"),
	FIELD(TakenContact, purpose, LINE, .help = "a protected purpose"),
	FIELD(TakenContact, verdict, LINE, .required = TRUE, .help = "the gate's answer"),
	FIELD(TakenContact, reasons, TEXT, .max = 100000, .help = "its reasons, as JSON"),
	FIELD(TakenContact, item, LINE, .help = "why it becomes owned work (G6)"),
	FIELD(TakenContact, at, INSTANT, .required = TRUE, .help = "when"),
	FIELD_LIST(TakenContact, uses, GROUP, .fields = use_fields, .size = sizeof(TakenUse),
		.help = "allowances that it used"),
	FIELDS_END,
};

static const Field stranger_fields[] = {
	FIELD(TakenStranger, hash, LINE, .required = TRUE,
		.help = "keyed hash of an identifier that nobody here knows"),
	FIELD(TakenStranger, channel, LINE, .required = TRUE, .help = "phone, email …"),
	FIELD(TakenStranger, at, INSTANT, .required = TRUE, .help = "when"),
	FIELDS_END,
};

const Act act_take_in_contacts = {
	.name = "take-in-contacts",
	.title = "Take in the gate's contacts",
	.summary = "Makes contacts, owned work and used allowances of what the gate answered. Done by a job alone.",
	.by = 0,
	.machine = TRUE,
	.fields =
		(const Field[]){
			FIELD(TakeInJournal, gate, LINE, .required = TRUE, .help = "the journal's name"),
			FIELD(TakeInJournal, from, COUNT, .required = TRUE, .max = G_MAXINT64,
				.help = "the position at which these entries begin"),
			FIELD(TakeInJournal, position, COUNT, .required = TRUE, .max = G_MAXINT64,
				.help = "the position behind them"),
			FIELD_LIST(TakeInJournal, contacts, GROUP, .max = 1000, .privacy = FIELD_PERSONAL,
				.fields = contact_fields, .size = sizeof(TakenContact), .help = "contacts"),
			/* kept for the pack's days and no longer: so not in the record's content */
			FIELD_LIST(TakeInJournal, strangers, GROUP, .max = 1000, .privacy = FIELD_SECRET,
				.fields = stranger_fields, .size = sizeof(TakenStranger), .help = "strangers"),
			FIELDS_END,
		},
	.input_size = sizeof(TakeInJournal),
	.perform = take_in,
};

gboolean journal_taken(Acts *acts, Arena *mem, const char *gate, gint64 *ret_position, GError **error)
{
	g_autoptr(Tx) tx = NULL;
	GateJournalTakenRow *row = NULL;

	if (!store_read(acts_store(acts), &tx, error) || !sql_gate_journal_taken(tx, mem, gate, &row, error))
		return FALSE;
	*ret_position = row != NULL ? row->taken : 0;
	return TRUE;
}

gboolean journal_forget_strangers(Acts *acts, GError **error)
{
	g_autoptr(Tx) tx = NULL;
	const Instant now = acts_now(acts);
	gint64 forgotten;
	const Pack *pack;
	Day today;

	if (!store_write(acts_store(acts), &tx, error))
		return FALSE;
	pack = acts_pack_at(acts, tx, now, error);
	if (pack == NULL)
		return FALSE;
	today = zone_day(acts_pack_zone(acts, pack), now);
	return sql_gate_stranger_forget(tx, today - pack_policy(pack)->gate.unknown_days, &forgotten, error) &&
	       store_commit(&tx, error);
}
