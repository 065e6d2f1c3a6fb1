/* load.c: the whole casefile, as core's rules read it before an act decides. */
#include "acts/run.h"
#include "core/dispute.h"

const Field restriction_fields[] = {
	FIELD(RestrictionAsked, kind, LINE, .required = TRUE, .help = "a kind of restriction of the pack"),
	FIELD_LIST(RestrictionAsked, arguments, ARGUMENTS, .privacy = FIELD_PERSONAL,
		.help = "what the kind needs, by key"),
	FIELD(RestrictionAsked, report, LINE, .help = "the report that this restriction answers (G4)"),
	FIELD(RestrictionAsked, other_reason, TEXT, .privacy = FIELD_PERSONAL,
		.help = "why, where no report is about that channel or behaviour (G4)"),
	FIELDS_END,
};

const Field complaint_fields[] = {
	FIELD(CustomerComplaint, about, LINE, .required = TRUE, .help = "user name of the person complained of"),
	FIELD(CustomerComplaint, reference, LINE, .required = TRUE, .help = "the complaint's reference"),
	FIELD(CustomerComplaint, lodged_on, DAY, .required = TRUE, .help = "the day it was lodged"),
	{.name = "concerns",
		.type = FIELD_CHOICE,
		.offset = G_STRUCT_OFFSET(CustomerComplaint, concerns),
		.required = TRUE,
		.choices = (const char *const[]){"conduct", "decision", NULL},
		.help = "whether it is about conduct or about a decision"},
	FIELDS_END,
};

const Field finding_fields[] = {
	FIELD(Finding, criterion, LINE, .required = TRUE, .help = "the criterion's key in the pack"),
	{.name = "finding",
		.type = FIELD_CHOICE,
		.offset = G_STRUCT_OFFSET(Finding, finding),
		.choices = (const char *const[]){"met", "does-not-apply", "not-met-but-now", NULL},
		.help = "met; does not apply; or not met but action is needed now"},
	FIELD(Finding, how, TEXT, .privacy = FIELD_PERSONAL, .help = "how it was considered, in your own words"),
	FIELD(Finding, adopt, BOOL, .help = "adopt the manager's account instead"),
	FIELD(Finding, because, TEXT, .privacy = FIELD_PERSONAL, .help = "why it does not apply, or why now"),
	FIELD(Finding, who, LINE, .privacy = FIELD_PERSONAL, .help = "who mends it"),
	FIELD(Finding, by_when, DAY, .help = "by which day"),
	FIELDS_END,
};

/* S3: who was named to assess a report. */
static gboolean load_assessors(Tx *tx, Arena *mem, const Casefile *file, Report *reports, GError **error)
{
	CasefileAssessorsRow *rows;
	gsize n;

	if (!sql_casefile_assessors(tx, mem, file->ref, &rows, &n, error))
		return FALSE;
	for (gsize i = 0; i < n; i++)
		for (gsize r = 0; r < file->n_reports; r++)
			if (g_str_equal(reports[r].ref, rows[i].report))
				reports[r].named = rows[i].user_name;
	return TRUE;
}

static gboolean load_reports(Tx *tx, Arena *mem, Casefile *file, GError **error)
{
	ReportRow *rows;
	Report *reports;
	gsize n;

	if (!sql_casefile_reports(tx, mem, file->ref, &rows, &n, error))
		return FALSE;
	reports = arena_array(mem, Report, n + 1);
	file->n_reports = 0;
	for (gsize i = 0; i < n; i++) {
		Report *report = &reports[file->n_reports];

		if (rows[i].struck_at != INSTANT_NONE)
			continue; /* what was struck counts for nothing, in any rule */
		file->n_reports++;
		*report = (Report){.ref = rows[i].ref,
			.reporter = rows[i].reporter,
			.function = rows[i].function,
			.heading = rows[i].heading,
			.example = rows[i].example,
			.violence = rows[i].violence,
			.assessment = rows[i].assessment,
			.happened_at = rows[i].happened_at,
			.recorded_at = rows[i].recorded_at};
		if (!channel_parse(rows[i].channel, &report->channel))
			return bug(error, "Report %s has the unknown channel '%s'.", rows[i].ref, rows[i].channel);
		if (!texts_load(rows[i].targets, mem, &report->targets, error))
			return FALSE;
	}
	file->reports = reports;
	return load_assessors(tx, mem, file, reports, error);
}

static gboolean load_assessments(Tx *tx, Arena *mem, Casefile *file, GError **error)
{
	AssessmentRow *rows;
	Assessment *assessments;

	if (!sql_casefile_assessments(tx, mem, file->ref, &rows, &file->n_assessments, error))
		return FALSE;
	assessments = arena_array(mem, Assessment, file->n_assessments + 1);
	for (gsize i = 0; i < file->n_assessments; i++) {
		assessments[i] = (Assessment){.ref = rows[i].ref,
			.by = rows[i].by_user,
			.heading = rows[i].heading,
			.ground = rows[i].ground,
			.no_violence = rows[i].no_violence != NULL,
			.at = rows[i].at};
		if (!assessed_parse(rows[i].outcome, &assessments[i].outcome))
			return bug(error, "Assessment %s has the unknown outcome '%s'.", rows[i].ref, rows[i].outcome);
	}
	file->assessments = assessments;
	return TRUE;
}

static gboolean load_notices(Tx *tx, Arena *mem, Casefile *file, GError **error)
{
	NoticeStateRow *rows;
	NoticeState *notices;

	if (!sql_casefile_notices(tx, mem, file->ref, &rows, &file->n_notices, error))
		return FALSE;
	notices = arena_array(mem, NoticeState, file->n_notices + 1);
	for (gsize i = 0; i < file->n_notices; i++)
		notices[i] = (NoticeState){.ref = rows[i].ref,
			.kind = rows[i].kind,
			.about = rows[i].about,
			.owner = rows[i].owner,
			.delivery = rows[i].delivery,
			.made_at = rows[i].made_at,
			.sent_at = rows[i].sent_at,
			.delivered_at = rows[i].delivered_at,
			.returned_at = rows[i].returned_at};
	file->notices = notices;
	return TRUE;
}

/* The newest notice about something; NULL where none was made. */
static const NoticeState *notice_about(const Casefile *file, const char *about)
{
	for (gsize i = file->n_notices; i > 0; i--)
		if (g_str_equal(file->notices[i - 1].about, about))
			return &file->notices[i - 1];
	return NULL;
}

static gboolean load_warnings(Tx *tx, Arena *mem, Casefile *file, GError **error)
{
	WarningRow *rows;
	ReferralRow *referrals;
	AnswerRow *answers;
	Warning *warnings;
	Referral *referred;
	CustomerAnswer *answered;
	gsize n_answers;

	if (!sql_casefile_warnings(tx, mem, file->ref, &rows, &file->n_warnings, error) ||
		!sql_casefile_referrals(tx, mem, file->ref, &referrals, &file->n_referrals, error) ||
		!sql_casefile_answers(tx, mem, file->ref, &answers, &n_answers, error))
		return FALSE;
	warnings = arena_array(mem, Warning, file->n_warnings + 1);
	for (gsize i = 0; i < file->n_warnings; i++) {
		warnings[i] = (Warning){.ref = rows[i].ref,
			.assessment = rows[i].assessment,
			.tier = rows[i].tier,
			.notice = rows[i].notice,
			.by = rows[i].by_user,
			.days_to_adapt = (int)rows[i].days_to_adapt,
			.at = rows[i].at,
			.sent = notice_about(file, rows[i].ref)};
		if (warnings[i].sent == NULL)
			return bug(error, "The notice %s of warning %s is missing.", rows[i].notice, rows[i].ref);
	}
	referred = arena_array(mem, Referral, file->n_referrals + 1);
	for (gsize i = 0; i < file->n_referrals; i++)
		referred[i] = (Referral){.ref = referrals[i].ref,
			.force = referrals[i].force,
			.police_reference = referrals[i].police_reference,
			.may_tell = referrals[i].may_tell,
			.referred_at = referrals[i].referred_at,
			.at = referrals[i].at};
	answered = arena_array(mem, CustomerAnswer, n_answers + 1);
	file->n_answers = 0;
	for (gsize i = 0; i < n_answers; i++)
		if (answers[i].struck_at == INSTANT_NONE)
			answered[file->n_answers++] = (CustomerAnswer){.ref = answers[i].ref,
				.warning = answers[i].warning,
				.happened_at = answers[i].happened_at};
	file->warnings = warnings;
	file->referrals = referred;
	file->answers = answered;
	return TRUE;
}

static gboolean load_requests(Tx *tx, Arena *mem, Casefile *file, GError **error)
{
	RequestRow *rows;
	Request *requests;

	if (!sql_casefile_requests(tx, mem, file->ref, &rows, &file->n_requests, error))
		return FALSE;
	requests = arena_array(mem, Request, file->n_requests + 1);
	for (gsize i = 0; i < file->n_requests; i++) {
		Request *request = &requests[i];

		*request = (Request){.ref = rows[i].ref,
			.by = rows[i].by_user,
			.at = rows[i].at,
			.warning = rows[i].warning,
			.skip_reason = rows[i].skip_reason,
			.internal_review = rows[i].internal_review,
			.scope_of = rows[i].scope_of,
			.until_on = rows[i].until_on,
			.review_on = rows[i].review_on};
		if (!request_state_parse(rows[i].state, &request->state) ||
			!scope_parse(rows[i].scope, &request->scope))
			return bug(error, "Request %s has the unknown state '%s' or scope '%s'.", rows[i].ref,
				rows[i].state, rows[i].scope);
		if (!texts_load(rows[i].reports, mem, &request->reports, error) ||
			!keyed_load(rows[i].account, mem, &request->account, &request->n_account, error) ||
			!fields_load(complaint_fields, rows[i].complaints, sizeof(CustomerComplaint), mem,
				(void **)&request->complaints, &request->n_complaints, error) ||
			!fields_load(restriction_fields, rows[i].restrictions, sizeof(RestrictionAsked), mem,
				(void **)&request->restrictions, &request->n_restrictions, error))
			return FALSE;
	}
	file->requests = requests;
	return TRUE;
}

static Capacity capacity_of(const char *name)
{
	for (Capacity capacity = CAPACITY_HEAD; capacity <= CAPACITY_STAND_IN; capacity++)
		if (g_str_equal(capacity_name(capacity), name))
			return capacity;
	return CAPACITY_NONE;
}

static gboolean load_decisions(Tx *tx, Arena *mem, Casefile *file, GError **error)
{
	DecisionRow *rows;
	SignatureRow *signed_rows;
	Decision *decisions;
	Signature *signatures;
	gsize n_signed;

	if (!sql_casefile_decisions(tx, mem, file->ref, &rows, &file->n_decisions, error) ||
		!sql_casefile_signatures(tx, mem, file->ref, &signed_rows, &n_signed, error))
		return FALSE;
	decisions = arena_array(mem, Decision, file->n_decisions + 1);
	for (gsize i = 0; i < file->n_decisions; i++) {
		decisions[i] = (Decision){.ref = rows[i].ref,
			.request = rows[i].request,
			.at = rows[i].at,
			.complete_at = rows[i].complete_at,
			.review_on = rows[i].review_on,
			.notice = notice_about(file, rows[i].ref)};
		if (!decided_parse(rows[i].outcome, &decisions[i].outcome))
			return bug(error, "Decision %s has the unknown outcome '%s'.", rows[i].ref, rows[i].outcome);
		signatures = arena_array(mem, Signature, n_signed + 1);
		for (gsize s = 0; s < n_signed; s++)
			if (g_str_equal(signed_rows[s].decision, rows[i].ref))
				signatures[decisions[i].n_signatures++] =
					(Signature){.user_name = signed_rows[s].user_name,
						.capacity = capacity_of(signed_rows[s].capacity),
						.at = signed_rows[s].at};
		decisions[i].signatures = signatures;
	}
	file->decisions = decisions;
	return TRUE;
}

static gboolean load_disputes(Tx *tx, Arena *mem, Casefile *file, GError **error)
{
	DisputeRow *rows;
	Dispute *disputes;

	if (!sql_casefile_disputes(tx, mem, file->ref, &rows, &file->n_disputes, error))
		return FALSE;
	disputes = arena_array(mem, Dispute, file->n_disputes + 1);
	for (gsize i = 0; i < file->n_disputes; i++) {
		CasefileActorsBeforeRow *actors;
		const char **names;
		gsize n;

		disputes[i] = (Dispute){.ref = rows[i].ref,
			.decision = rows[i].decision,
			.by = rows[i].by_user,
			.received_at = rows[i].received_at,
			.at = rows[i].at,
			.reply_by = rows[i].reply_by,
			.suspends = rows[i].suspends,
			.withdrawn_at = rows[i].withdrawn_at,
			.answered_at = rows[i].answered_at};
		if (!dispute_is_open(&disputes[i]))
			continue;
		if (!sql_casefile_actors_before(tx, mem, file->ref, rows[i].number, &actors, &n, error))
			return FALSE;
		names = arena_array(mem, const char *, n + 1);
		for (gsize a = 0; a < n; a++)
			names[a] = actors[a].actor;
		disputes[i].acted_before = names;
	}
	file->disputes = disputes;
	return TRUE;
}

/* While a dispute about its decision was or is open, where its pack suspends. */
static void suspend(Arena *mem, const Casefile *file, Arrangement *arrangement)
{
	Suspension *suspended = arena_array(mem, Suspension, file->n_disputes + 1);

	for (gsize i = 0; i < file->n_disputes; i++) {
		const Dispute *dispute = &file->disputes[i];

		if (dispute->suspends && g_str_equal(dispute->decision, arrangement->decision))
			suspended[arrangement->n_suspended++] = (Suspension){dispute->at,
				dispute->withdrawn_at != INSTANT_NONE ? dispute->withdrawn_at : dispute->answered_at};
	}
	arrangement->suspended = suspended;
}

/* The casefile's arrangements as the lifecycle needs them: when, not what (restrictions are compiled elsewhere). */
static gboolean load_arrangement_states(Tx *tx, Arena *mem, Casefile *file, GError **error)
{
	ArrangementRow *rows;
	Arrangement *arrangements;

	if (!sql_casefile_arrangements(tx, mem, file->ref, &rows, &file->n_arrangements, error))
		return FALSE;
	arrangements = arena_array(mem, Arrangement, file->n_arrangements + 1);
	for (gsize i = 0; i < file->n_arrangements; i++) {
		arrangements[i] = (Arrangement){.ref = rows[i].ref,
			.decision = rows[i].decision,
			.variation = rows[i].variation,
			.casefile = rows[i].casefile,
			.customer = rows[i].customer,
			.pack = rows[i].pack,
			.scope_of = rows[i].scope_of,
			.function = file->function,
			.matters = file->matters,
			.from = rows[i].from_at,
			.until = rows[i].ended_at,
			.until_day = rows[i].until_on,
			.review_day = rows[i].review_on};
		if (!scope_parse(rows[i].scope, &arrangements[i].scope))
			return bug(error, "Arrangement %s has the unknown scope '%s'.", rows[i].ref, rows[i].scope);
		suspend(mem, file, &arrangements[i]);
	}
	file->arrangements = arrangements;
	return TRUE;
}

/* An easing is told by its own letter, or by that of the dispute's answer. */
static gboolean load_variations(Tx *tx, Arena *mem, Casefile *file, GError **error)
{
	VariationRow *rows;
	Variation *variations;

	if (!sql_casefile_variations(tx, mem, file->ref, &rows, &file->n_variations, error))
		return FALSE;
	variations = arena_array(mem, Variation, file->n_variations + 1);
	for (gsize i = 0; i < file->n_variations; i++)
		variations[i] = (Variation){.ref = rows[i].ref,
			.arrangement = rows[i].arrangement,
			.kind = rows[i].kind,
			.dispute = rows[i].dispute,
			.by = rows[i].by_user,
			.at = rows[i].at,
			.notice = notice_about(file, rows[i].dispute != NULL ? rows[i].dispute : rows[i].ref)};
	file->variations = variations;
	return TRUE;
}

gboolean load_casefile(Tx *tx, Arena *mem, const char *ref, Casefile **ret_file, GError **error)
{
	CasefileRow *row = NULL;
	CasefileMattersRow *matters;
	AdjustmentRow *adjustments;
	SafetyOfRow *safety = NULL;
	const char **refs;
	Casefile *file;
	gsize n_matters, n_adjustments;

	if (!sql_casefile_by_ref(tx, mem, ref, &row, error))
		return FALSE;
	if (row == NULL)
		return not_found(error, "There is no casefile %s.", ref);
	file = arena_new0(mem, Casefile);
	file->ref = row->ref;
	file->customer = row->customer;
	file->function = row->function;
	file->scope_of = row->scope_of;
	file->opened_at = row->opened_at;
	file->closed_at = row->closed_at;
	file->version = row->version;
	if (!scope_parse(row->scope, &file->scope))
		return bug(error, "Casefile %s has the unknown scope '%s'.", ref, row->scope);
	if (!sql_casefile_matters(tx, mem, ref, &matters, &n_matters, error) ||
		!sql_adjustments_of(tx, mem, row->customer, &adjustments, &n_adjustments, error) ||
		!sql_safety_of(tx, mem, row->customer, &safety, error))
		return FALSE;
	file->safety_approved = safety != NULL && safety->words != NULL;
	refs = arena_array(mem, const char *, n_matters + 1);
	for (gsize i = 0; i < n_matters; i++)
		refs[i] = matters[i].matter;
	file->matters = refs;
	for (gsize i = 0; i < n_adjustments; i++)
		file->open_adjustments += adjustments[i].outcome == NULL;
	*ret_file = file;
	return load_notices(tx, mem, file, error) && load_reports(tx, mem, file, error) &&
	       load_assessments(tx, mem, file, error) && load_warnings(tx, mem, file, error) &&
	       load_requests(tx, mem, file, error) && load_decisions(tx, mem, file, error) &&
	       load_disputes(tx, mem, file, error) && load_arrangement_states(tx, mem, file, error) &&
	       load_variations(tx, mem, file, error);
}
