/* contacts.c: contact as staff log it; ending and holding a call (S1, S2). The gate's own entries come in by a job. */
#include "acts/families.h"
#include "acts/outcomes.h"
#include "acts/report.h"

typedef struct {
	const char *contact, *gate_id; /* the gate's own entry, which this completes */
	const char *customer, *channel, *direction, *from, *to, *matter, *purpose, *what;
	gint64 minutes;
	const char *reason, *words; /* of an ended call */
} ContactInput;

#define CONTACT_FIELDS                                                                                                 \
	FIELD(ContactInput, contact, LINE, .help = "a contact that is recorded already, to be completed"),             \
		FIELD(ContactInput, gate_id, LINE, .help = "the contact id of the mail server or phone system"),       \
		FIELD(ContactInput, customer, LINE, .help = "who it was"),                                             \
		{.name = "channel",                                                                                    \
			.type = FIELD_CHOICE,                                                                          \
			.offset = G_STRUCT_OFFSET(ContactInput, channel),                                              \
			.choices = CHANNEL_CHOICES,                                                                    \
			.help = "phone (the default), email, letter, in-person, web or chat"},                         \
		{.name = "direction",                                                                                  \
			.type = FIELD_CHOICE,                                                                          \
			.offset = G_STRUCT_OFFSET(ContactInput, direction),                                            \
			.choices = (const char *const[]){"in", "out", NULL},                                           \
			.help = "in (the default) or out"},                                                            \
		FIELD(ContactInput, from, LINE, .privacy = FIELD_PERSONAL, .help = "the number or address used"),      \
		FIELD(ContactInput, to, LINE, .help = "the mailbox, extension or desk"),                               \
		FIELD(ContactInput, matter, LINE, .help = "what it was about"),                                        \
		FIELD(ContactInput, purpose, LINE, .help = "a protected purpose, if it had one (G5)"),                 \
		FIELD(ContactInput, what, TEXT, .privacy = FIELD_PERSONAL, .max = 4000, .help = "what was said"),      \
		FIELD(ContactInput, minutes, COUNT, .max = 1440, .help = "how long it took")

#define CHANNEL_CHOICES                                                                                                \
	(const char *const[])                                                                                          \
	{                                                                                                              \
		"phone", "email", "letter", "in-person", "web", "chat", NULL                                           \
	}

/* The identifier's one form, by the channel it came on; what cannot be read is kept out, never refused. */
static const char *normal_of(ActRun *run, const ContactInput *in, Channel channel)
{
	const IdentifierKind kind = channel == CHANNEL_PHONE    ? IDENTIFIER_PHONE
				    : channel == CHANNEL_EMAIL  ? IDENTIFIER_EMAIL
				    : channel == CHANNEL_LETTER ? IDENTIFIER_POST
								: IDENTIFIER_HANDLE;
	const PhoneRules phones = run->policy->organisation.phone;
	char *normal;

	if (in->from == NULL || (kind == IDENTIFIER_PHONE && phone_is_withheld(in->from)) ||
		!identifier_normalise(kind, in->from, &phones, "from", run->mem, &normal, NULL))
		return NULL;
	return normal;
}

static gboolean check_references(ActRun *run, const ContactInput *in, const char *whose, GError **error)
{
	CustomerRow *customer;
	MatterRow *matter = NULL;

	if (in->customer != NULL && !load_customer(run->tx, run->mem, in->customer, "customer", &customer, error))
		return FALSE;
	if (in->purpose != NULL && policy_purpose(run->policy, in->purpose) == NULL)
		return invalid(error, "purpose", "The policy knows no protected purpose '%s'.", in->purpose);
	if (in->matter == NULL)
		return TRUE;
	if (!sql_matter_by_ref(run->tx, run->mem, in->matter, &matter, error))
		return FALSE;
	if (matter == NULL)
		return invalid(error, "matter", "There is no matter %s.", in->matter);
	return whose == NULL || g_str_equal(matter->customer, whose) ||
	       refuse_at(error, "G4", "matter", "%s is another customer's matter. Name theirs, or leave it out.",
		       in->matter);
}

/* The gate's or an earlier entry that this one completes; NULL: a new one. */
static gboolean find_entry(ActRun *run, const ContactInput *in, ContactRow **ret_row, GError **error)
{
	*ret_row = NULL;
	if (in->contact != NULL) {
		if (!sql_contact_by_ref(run->tx, run->mem, in->contact, ret_row, error))
			return FALSE;
		return *ret_row != NULL || not_found(error, "There is no contact %s.", in->contact);
	}
	return in->gate_id == NULL || sql_contact_by_gate_id(run->tx, run->mem, in->gate_id, ret_row, error);
}

/* Completing takes nothing back: neither whose contact it was, nor what a colleague has written. */
static gboolean check_entry(ActRun *run, const ContactInput *in, const ContactRow *known, GError **error)
{
	if (known->customer != NULL && in->customer != NULL && !g_str_equal(known->customer, in->customer))
		return refuse_at(error, "G4", "customer", "%s is recorded as a contact of %s. Log this one by itself.",
			known->ref, known->customer);
	if (known->what != NULL && in->what != NULL && g_str_equal(known->source, "staff") &&
		!g_str_equal(known->recorded_by, run->actor->user_name))
		return refuse_at(error, "K3", "contact",
			"%s was written by somebody else, and stays as it is. Log what you know as a contact of its "
			"own.",
			known->ref);
	return TRUE;
}

static gboolean save_contact(ActRun *run, const ContactInput *in, const char *handling, GError **error)
{
	const char *channel_text = in->channel != NULL ? in->channel : "phone";
	const char **matters = arena_array(run->mem, const char *, 2);
	ContactRow row = {.gate_id = in->gate_id,
		.struck_at = INSTANT_NONE,
		.customer = in->customer,
		.channel = channel_text,
		.direction = in->direction != NULL ? in->direction : "in",
		.door = in->to,
		.matter = in->matter,
		.purpose = in->purpose,
		.happened_at = run->happened_at,
		.recorded_at = run->now,
		.recorded_by = run->actor->user_name,
		.source = "staff",
		.what = in->what,
		.minutes = in->minutes >= 0 ? in->minutes : G_MININT64,
		.handling = handling,
		.end_reason = in->reason,
		.end_words = in->words};
	const char *whose;
	ContactRow *known;
	Channel channel;
	gint64 changed;

	channel_parse(channel_text, &channel);
	if (!find_entry(run, in, &known, error) || (known != NULL && !check_entry(run, in, known, error)))
		return FALSE;
	whose = in->customer == NULL && known != NULL ? known->customer : in->customer;
	if (!check_references(run, in, whose, error))
		return FALSE;
	run->matters = matters;
	matters[0] = in->matter;
	run->customer = whose;
	for (gsize i = 0; i < run->actor->n_roles && row.function == NULL; i++)
		row.function = run->actor->roles[i].function;
	run->function = row.function;
	if (known != NULL) {
		run->id = known->ref;
		return sql_contact_complete(run->tx, known->ref, in->customer, in->matter, in->purpose, in->what,
			row.minutes, handling, in->reason, in->words, &changed, error);
	}
	row.identifier = normal_of(run, in, channel);
	if (!act_new_reference(run, "K", &row.ref, error))
		return FALSE;
	run->id = row.ref;
	return sql_contact_add(run->tx, &row, error);
}

/* A contact of nobody, from nowhere, about nothing, that is no function's work either, tells nobody anything. */
static gboolean says_something(ActRun *run, const ContactInput *in, GError **error)
{
	gboolean has_function = FALSE;

	for (gsize i = 0; i < run->actor->n_roles; i++)
		has_function |= run->actor->roles[i].function != NULL;
	return has_function || in->customer != NULL || in->from != NULL || in->what != NULL || in->matter != NULL ||
	       in->to != NULL || in->contact != NULL || in->gate_id != NULL ||
	       invalid(error, "what",
		       "Say what was said ('what'), who it was ('customer'), or the number or address they used "
		       "('from').");
}

static gboolean log_contact(ActRun *run, const void *input, GError **error)
{
	const ContactInput *in = input;

	if (!says_something(run, in, error))
		return FALSE;
	run->summary = outcome_contact(in->channel != NULL ? in->channel : channel_name(CHANNEL_PHONE), in->direction);
	return save_contact(run, in, NULL, error);
}

const Act act_log_contact = {
	.name = "log-contact",
	.title = "Log contact",
	.summary = "Puts one contact on the timeline; completes the gate's own entry where there is one, and makes no "
		   "second.",
	.by = BY_ANYONE,
	.fields = (const Field[]){CONTACT_FIELDS, FIELDS_END},
	.input_size = sizeof(ContactInput),
	.perform = log_contact,
};

typedef struct {
	ContactInput contact; /* first: its fields are addressed as its own */
	gboolean report;
	ReportInput behaviour;
} EndCall;
G_STATIC_ASSERT(G_STRUCT_OFFSET(EndCall, contact) == 0);

/* The report speaks of this contact, in the words of it. */
static ReportInput report_of(const ActRun *run, const EndCall *in)
{
	ReportInput report = in->behaviour;

	report.customer = run->customer;
	report.contact = run->id;
	report.channel = in->contact.channel != NULL ? in->contact.channel : "phone";
	report.what = in->contact.what != NULL ? in->contact.what : in->contact.words;
	return report;
}

/* What belongs to a report makes none by itself, and would be kept nowhere. */
static gboolean check_no_report(const ReportInput *in, GError **error)
{
	const struct {
		const char *name;
		gboolean given;
	} parts[] = {{"heading", in->heading != NULL}, {"example", in->example != NULL}, {"other", in->other != NULL},
		{"effect", in->effect != NULL}, {"violence", in->violence}, {"disability", in->disability != NULL},
		{"welfare", in->welfare != NULL}, {"targets", in->targets[0] != NULL},
		{"matters", in->matters[0] != NULL}, {"function", in->function != NULL}, {"scope", in->scope != NULL}};

	for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
		if (parts[i].given)
			return invalid(error, parts[i].name,
				"This is part of a behaviour report. Say that it is to be reported too, or leave it "
				"out.");
	return TRUE;
}

/* S3, S4: the report in the same step. The casefile's entry and the contact's are one. */
static gboolean report_call(ActRun *run, const EndCall *in, GError **error)
{
	const ReportInput report = report_of(run, in);
	const char *contact = run->id, *ended = run->summary, *ref;
	const char **matters;
	gsize n = 0;

	if (report.customer == NULL)
		return invalid(error, "customer",
			"A report says whom it is about. Name the customer, record who it was first, or log the call "
			"without a report.");
	if (!report_save(run, &report, &ref, error))
		return FALSE;
	while (report.matters[n] != NULL)
		n++;
	matters = arena_array(run->mem, const char *, n + 2);
	for (gsize i = 0; i < n; i++)
		matters[i] = report.matters[i];
	if (in->contact.matter != NULL && !g_strv_contains(report.matters, in->contact.matter))
		matters[n] = in->contact.matter;
	run->matters = matters;
	run->id = contact;
	run->summary = arena_printf(run->mem, "%s. %s", ended, run->summary);
	return TRUE;
}

/* S2: every ended call is logged with its reason. */
static gboolean end_call(ActRun *run, const void *input, GError **error)
{
	const EndCall *in = input;
	const PolicyWord *reason =
		policy_word(run->policy->call_end_reasons, run->policy->n_call_end_reasons, in->contact.reason);

	if (reason == NULL)
		return refuse_at(error, "S2", "reason",
			"Give one of the policy's reasons for ending a call; '%s' is none of them.",
			in->contact.reason);
	if (!in->report && (run->named != NULL || run->seen >= 0))
		return invalid(error, "casefile", "A call that is only logged belongs to no casefile.");
	run->summary = arena_printf(run->mem, "Call ended: %s", reason->title);
	return (in->report || check_no_report(&in->behaviour, error)) &&
	       save_contact(run, &in->contact, "ended", error) && (!in->report || report_call(run, in, error));
}

const Act act_end_call = {
	.name = "end-call",
	.title = "End a call",
	.summary =
		"Logs a call that was ended, with its reason; it goes to the staff member's manager (S1, S2). In the "
		"same step it reports the behaviour, where 'report' says so (S3, S4).",
	.by = BY_ANYONE,
	.needs = ACT_FINDS_CASEFILE,
	.fields =
		(const Field[]){
			CONTACT_FIELDS,
			FIELD(ContactInput, reason, LINE, .required = TRUE,
				.help = "one of the policy's reasons to end a call (S2)"),
			FIELD(ContactInput, words, TEXT, .privacy = FIELD_PERSONAL, .max = 4000,
				.help = "what was said before"),
			FIELD(EndCall, report, BOOL,
				.help = "report the behaviour too: with the fields below, and 'what' as what happened"),
			REPORT_BEHAVIOUR_FIELDS(G_STRUCT_OFFSET(EndCall, behaviour)),
			REPORT_EFFECT_FIELDS(G_STRUCT_OFFSET(EndCall, behaviour)),
			REPORT_PLACE_FIELDS(G_STRUCT_OFFSET(EndCall, behaviour)),
			FIELDS_END,
		},
	.input_size = sizeof(EndCall),
	.perform = end_call,
};

static gboolean hold_call(ActRun *run, const void *input, GError **error)
{
	run->summary = "Call put on hold";
	return save_contact(run, input, "held", error);
}

const Act act_hold_call = {
	.name = "hold-call",
	.title = "Hold a call",
	.summary = "Logs that a caller was put on hold; needs no reason (S1).",
	.by = BY_ANYONE,
	.fields = (const Field[]){CONTACT_FIELDS, FIELDS_END},
	.input_size = sizeof(ContactInput),
	.perform = hold_call,
};
