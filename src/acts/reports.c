/* reports.c: behaviour as staff report it, what a manager makes of it, and the police (B1 to B6, S3, S4, L1, L2). */
#include "acts/families.h"
#include "acts/outcomes.h"
#include "acts/report.h"

/* Which casefile a report belongs to: the customer's open one in that scope, or a new one. */
typedef struct {
	const char *function, *scope, *scope_of;
} ReportPlace;

static gboolean check_customer(ActRun *run, const ReportInput *in, GError **error)
{
	CustomerRow *customer;
	ContactRow *contact = NULL;
	StaffRow *staff;

	if (!load_customer(run->tx, run->mem, in->customer, "customer", &customer, error))
		return FALSE;
	for (gsize i = 0; in->targets[i] != NULL; i++) {
		if (!sql_staff_by_user(run->tx, run->mem, in->targets[i], &staff, error))
			return FALSE;
		if (staff == NULL)
			return invalid(error, "targets", "There is no member of staff '%s'.", in->targets[i]);
	}
	if (in->contact == NULL)
		return TRUE;
	if (!sql_contact_by_ref(run->tx, run->mem, in->contact, &contact, error))
		return FALSE;
	if (contact == NULL)
		return invalid(error, "contact", "There is no contact %s.", in->contact);
	return contact->customer == NULL || g_str_equal(contact->customer, in->customer) ||
	       refuse_at(error, "G4", "contact", "%s was another customer's contact. Name theirs, or leave it out.",
		       in->contact);
}

static gboolean find_place(ActRun *run, const ReportInput *in, ReportPlace *place, GError **error)
{
	ScopeKind scope = SCOPE_FUNCTION;
	FunctionRow *function = NULL;

	place->function = in->function != NULL ? in->function : actor_only_function(run->actor);
	if (!sql_function_by_slug(run->tx, run->mem, place->function, &function, error))
		return FALSE;
	if (function == NULL)
		return invalid(error, "function", "There is no function '%s'.", place->function);
	if (in->scope != NULL && !scope_parse(in->scope, &scope))
		return bug(error, "The scope '%s' was let through.", in->scope);
	place->scope = scope_name(scope);
	place->scope_of = scope == SCOPE_MATTER ? in->matters[0] : scope == SCOPE_FUNCTION ? place->function : NULL;
	return TRUE;
}

/* The matters are this customer's and belong to the function that owns the casefile. */
static gboolean check_matters(ActRun *run, const ReportInput *in, const char *function, GError **error)
{
	MatterRow **matters;
	gsize n;

	if (!load_matters(run->tx, run->mem, in->customer, in->matters, &matters, &n, error))
		return FALSE;
	for (gsize i = 0; i < n; i++)
		if (!g_str_equal(matters[i]->function, function))
			return refuse_at(error, "G4", "matters",
				"%s belongs to '%s', and this is about contact with '%s'. One casefile is about one "
				"function's matters.",
				matters[i]->ref, matters[i]->function, function);
	return TRUE;
}

static gboolean join_or_open(ActRun *run, const ReportInput *in, const ReportPlace *place, GError **error)
{
	CasefileRow *open = NULL;
	CasefileRow row = {.customer = in->customer,
		.scope = place->scope,
		.scope_of = place->scope_of,
		.scope_reason = in->scope_reason,
		.function = place->function,
		.opened_at = run->now,
		.closed_at = INSTANT_NONE,
		.version = 1};
	gint64 changed;

	if (!sql_casefile_open_in_scope(run->tx, run->mem, in->customer, place->scope, place->scope_of, &open, error))
		return FALSE;
	if (run->named != NULL && (open == NULL || !g_str_equal(open->ref, run->named)))
		return conflict(error,
			"%s is not the open casefile of %s in this scope (%s). Look at the customer again, or leave "
			"'casefile' out.",
			run->named, in->customer, open != NULL ? open->ref : "there is none");
	if (open != NULL) {
		if (!act_check_version(open->ref, open->version, run->seen, error))
			return FALSE;
		run->casefile = open->ref;
		run->function = open->function;
		run->version = open->version + 1;
		return check_matters(run, in, open->function, error) &&
		       sql_casefile_move(run->tx, open->ref, open->version, &changed, error);
	}
	if (!check_matters(run, in, place->function, error) || !act_new_reference(run, "CF", &row.ref, error))
		return FALSE;
	run->casefile = row.ref;
	run->function = row.function;
	run->version = row.version;
	return sql_casefile_add(run->tx, &row, error);
}

/* The heading that an example says by itself: only one has an example of that key. */
static const char *heading_of(const Policy *policy, const char *example)
{
	const char *found = NULL;

	for (gsize i = 0; example != NULL && i < policy->n_headings; i++) {
		if (heading_example(&policy->headings[i], example) == NULL)
			continue;
		if (found != NULL)
			return NULL;
		found = policy->headings[i].key;
	}
	return found;
}

gboolean report_save(ActRun *run, const ReportInput *given, const char **ret_ref, GError **error)
{
	ReportInput whole = *given;
	const ReportInput *in = &whole;
	ReportPlace place = {0};
	ArenaList missing;
	ReportRow row;

	if (whole.heading == NULL)
		whole.heading = heading_of(run->policy, whole.example);
	row = (ReportRow){.customer = in->customer,
		.struck_at = INSTANT_NONE,
		.contact = in->contact,
		.reporter = run->actor->user_name,
		.channel = in->channel,
		.heading = in->heading,
		.example = in->example,
		.other_words = in->other,
		.what = in->what,
		.effect = in->effect,
		.disability = in->disability,
		.targets = texts_dump(in->targets, run->mem),
		.welfare = in->welfare,
		.happened_at = run->happened_at,
		.recorded_at = run->now,
		.pack = run->pack_label};

	if (!casefile_check_report(&run->rules, in, &row.violence, error)) {
		casefile_report_missing(&run->rules, in, run->mem, &missing);
		act_problems(run, &missing);
		return FALSE;
	}
	if (!check_customer(run, in, error) || !find_place(run, in, &place, error) ||
		!join_or_open(run, in, &place, error))
		return FALSE;
	row.casefile = run->casefile;
	row.function = place.function;
	for (gsize i = 0; in->matters[i] != NULL; i++)
		if (!sql_casefile_matter_add(run->tx, run->casefile, in->matters[i], error))
			return FALSE;
	run->customer = in->customer;
	run->matters = in->matters;
	if (!act_new_reference(run, "R", &row.ref, error) || !sql_report_add(run->tx, &row, error))
		return FALSE;
	*ret_ref = row.ref;
	run->summary =
		arena_printf(run->mem, "Behaviour reported: %s", policy_heading(run->policy, in->heading)->title);
	return TRUE;
}

static gboolean report_behaviour(ActRun *run, const void *input, GError **error)
{
	return report_save(run, input, &run->id, error);
}

#define SCOPE_CHOICES                                                                                                  \
	(const char *const[])                                                                                          \
	{                                                                                                              \
		"matter", "function", "organisation", NULL                                                             \
	}

const Act act_report_behaviour = {
	.name = "report-behaviour",
	.title = "Report behaviour",
	.summary = "Tells the manager what happened and what it did to staff or service (B2, S3). Joins the customer's "
		   "open casefile in that scope, or opens one; where a casefile is named, it joins that one or none.",
	.by = BY_ANYONE,
	.needs = ACT_FINDS_CASEFILE,
	.fields =
		(const Field[]){
			FIELD(ReportInput, customer, LINE, .required = TRUE, .help = "who it was"),
			FIELD(ReportInput, contact, LINE, .help = "the logged contact in which it happened"),
			REPORT_PLACE_FIELDS(0),
			{.name = "channel",
				.type = FIELD_CHOICE,
				.offset = G_STRUCT_OFFSET(ReportInput, channel),
				.choices = (const char *const[]){"phone", "email", "letter", "in-person", "web", "chat",
					NULL},
				.help = "the channel on which it happened"},
			REPORT_BEHAVIOUR_FIELDS(0),
			FIELD(ReportInput, what, TEXT, .privacy = FIELD_PERSONAL, .help = "what happened (B2)"),
			REPORT_EFFECT_FIELDS(0),
			FIELDS_END,
		},
	.input_size = sizeof(ReportInput),
	.perform = report_behaviour,
};

typedef struct {
	AssessInput core; /* first: its fields are addressed as its own */
	const char *delivery;
} AssessReport;
G_STATIC_ASSERT(G_STRUCT_OFFSET(AssessReport, core) == 0);

/* The assessment may set another scope; never two open casefiles of a customer in one. */
static gboolean move_scope(ActRun *run, const AssessInput *in, GError **error)
{
	ScopeKind scope = run->file->scope;
	CasefileRow *other = NULL;
	const char *of;

	if (in->scope == NULL || !scope_parse(in->scope, &scope))
		return TRUE;
	of = scope == SCOPE_ORGANISATION ? NULL
	     : scope == SCOPE_FUNCTION   ? run->file->function
	     : in->scope_of != NULL      ? in->scope_of
					 : run->file->matters[0];
	if (scope == run->file->scope && g_strcmp0(of, run->file->scope_of) == 0)
		return TRUE;
	if (!sql_casefile_open_in_scope(run->tx, run->mem, run->file->customer, in->scope, of, &other, error))
		return FALSE;
	if (other != NULL)
		return refuse_at(error, "G4", "scope",
			"%s is open for this customer in that scope. Report there what belongs there.", other->ref);
	return sql_casefile_set_scope(run->tx, run->file->ref, in->scope, of, in->scope_reason, error);
}

/* Informal advice has its own letter: it asks, restricts nothing, and the gate does not know it. */
static gboolean send_advice(ActRun *run, const AssessReport *in, GError **error)
{
	const char *notice;
	Letter letter = {.kind = "informal-advice",
		.heading = policy_heading(run->policy, in->core.heading),
		.behaviour = in->core.behaviour,
		.asked = in->core.advice,
		.decided_on = DAY_NONE};

	return notice_signer(run, run->actor->user_name, CAPACITY_NONE, &letter.signed_by, error) &&
	       notice_make(run, &letter, run->id, in->delivery, &notice, error);
}

static gboolean assess_report(ActRun *run, const void *input, GError **error)
{
	const AssessReport *in = input;
	AssessmentRow row = {.casefile = run->file->ref,
		.by_user = run->actor->user_name,
		.outcome = in->core.outcome,
		.heading = in->core.heading,
		.tests = keyed_dump(in->core.tests, in->core.n_tests, run->mem),
		.ground = in->core.ground,
		.no_violence = in->core.no_violence,
		.needs_considered = in->core.needs_considered,
		.behaviour = in->core.behaviour,
		.at = run->now,
		.pack = run->pack_label};
	ArenaList missing;
	gint64 changed;

	if (!casefile_check_assess(&run->rules, run->file, &in->core, error)) {
		casefile_assess_missing(&run->rules, run->file, &in->core, run->mem, &missing);
		act_problems(run, &missing);
		return FALSE;
	}
	if (!act_new_reference(run, "AS", &row.ref, error) || !sql_assessment_add(run->tx, &row, error) ||
		!move_scope(run, &in->core, error))
		return FALSE;
	for (gsize i = 0; in->core.reports[i] != NULL; i++)
		if (!sql_report_set_assessment(run->tx, in->core.reports[i], row.ref, &changed, error))
			return FALSE;
	run->id = row.ref;
	run->summary = arena_printf(run->mem, "Report assessed: %s", outcome_words(OUTCOME_ASSESSED, in->core.outcome));
	return !g_str_equal(in->core.outcome, assessed_name(ASSESSED_INFORMAL_ADVICE)) || send_advice(run, in, error);
}

const Act act_assess_report = {
	.name = "assess-report",
	.title = "Assess a report",
	.summary = "A manager who did not report it says what the behaviour was and what follows: no action, informal "
		   "advice, a warning or a request (B2, B3, B6). One assessment may answer several reports.",
	.by = BY_ANYONE,
	.needs = ACT_CASEFILE,
	.fields =
		(const Field[]){
			FIELD(AssessInput, reports, LINES, .help = "the reports that this answers"),
			{.name = "outcome",
				.type = FIELD_CHOICE,
				.offset = G_STRUCT_OFFSET(AssessInput, outcome),
				.choices = (const char *const[]){"no-action", "informal-advice", "warning", "request",
					NULL},
				.help = "what follows"},
			FIELD(AssessInput, heading, LINE, .required = TRUE, .help = "a heading of the policy (B1)"),
			FIELD_LIST(AssessInput, tests, KEYED, .privacy = FIELD_PERSONAL,
				.help = "an answer to each question of the heading, by its key (B3)"),
			FIELD(AssessInput, ground, LINE,
				.help = "a reason for which no warning is needed, if it was that (W5)"),
			FIELD(AssessInput, no_violence, TEXT, .privacy = FIELD_PERSONAL, .max = 4000,
				.help = "why no physical violence was used or threatened, where a report says so (L2)"),
			FIELD(AssessInput, needs_considered, TEXT, .privacy = FIELD_PERSONAL,
				.help = "which access needs were considered, and how (B6)"),
			FIELD(AssessInput, behaviour, TEXT, .privacy = FIELD_PERSONAL,
				.help = "what happened, in words that the customer can be told"),
			FIELD(AssessInput, advice, TEXT, .privacy = FIELD_PERSONAL, .max = 4000,
				.help = "of informal advice: what the letter asks of the customer"),
			{.name = "scope",
				.type = FIELD_CHOICE,
				.offset = G_STRUCT_OFFSET(AssessInput, scope),
				.choices = SCOPE_CHOICES,
				.help = "another scope than the casefile has"},
			FIELD(AssessInput, scope_of, LINE, .help = "the matter, where the scope is one of several"),
			FIELD(AssessInput, scope_reason, TEXT, .privacy = FIELD_PERSONAL, .max = 4000,
				.help = "why the whole organisation (G4)"),
			DELIVERY_FIELD(AssessReport),
			FIELDS_END,
		},
	.input_size = sizeof(AssessReport),
	.perform = assess_report,
};

typedef struct {
	const char *force, *police_reference;
	gboolean may_tell;
	Instant referred_at;
} ReferToPolice;

/* L1, L2: which force, when, and its reference, or none yet: awaited. */
static gboolean refer_to_police(ActRun *run, const void *input, GError **error)
{
	const ReferToPolice *in = input;
	ReferralRow row = {.casefile = run->file->ref,
		.force = in->force,
		.police_reference = in->police_reference,
		.may_tell = in->may_tell,
		.referred_at = in->referred_at != INSTANT_NONE ? in->referred_at : run->happened_at,
		.by_user = run->actor->user_name,
		.at = run->now};

	if (!casefile_check_refer(&run->rules, run->file, error))
		return FALSE;
	if (row.referred_at > run->now)
		return invalid(
			error, "referred_at", "Record it when the police have been told: give a time not after now.");
	if (!act_new_reference(run, "P", &row.ref, error))
		return FALSE;
	run->id = row.ref;
	run->summary = "Referred to the police";
	return sql_referral_add(run->tx, &row, error);
}

const Act act_refer_to_police = {
	.name = "refer-to-police",
	.title = "Refer to the police",
	.summary = "Records that the police were told: which force, when, and their reference. After physical violence "
		   "used or threatened nothing goes on before this (L2).",
	.by = BY_ANYONE,
	.needs = ACT_CASEFILE,
	.fields =
		(const Field[]){
			FIELD(ReferToPolice, force, LINE, .required = TRUE, .help = "which police force"),
			FIELD(ReferToPolice, police_reference, LINE, .help = "its reference; left out: awaited"),
			FIELD(ReferToPolice, may_tell, BOOL,
				.help = "the police agreed that the customer is told (N1)"),
			FIELD(ReferToPolice, referred_at, INSTANT,
				.help = "when they were told; when it happened, if left out"),
			FIELDS_END,
		},
	.input_size = sizeof(ReferToPolice),
	.perform = refer_to_police,
};
