/* read_file_requests.c: of the casefile's page, what was asked for and what was decided. */
#include "acts/read_file_run.h"

#include <string.h>

gboolean file_asked(FileReading *at, const Policy *policy, const char *json, const AskedView **ret_asked, gsize *ret_n,
	gboolean *ret_severe, GError **error)
{
	RestrictionFacts bound = at->facts.restrictions;
	RestrictionAsked *asked;
	AskedView *views;
	gsize n;

	if (!fields_load(restriction_fields, json, sizeof *asked, at->reading->mem, (void **)&asked, &n, error))
		return FALSE;
	bound.policy = policy;
	bound.stored = TRUE;
	views = arena_array(at->reading->mem, AskedView, n + 1);
	for (gsize i = 0; i < n; i++) {
		const RestrictionKind *kind = policy_kind(policy, asked[i].kind);
		Restriction *compiled = NULL;

		views[i] = (AskedView){.kind = asked[i].kind,
			.title = kind != NULL ? kind->title : asked[i].kind,
			.rule = kind != NULL ? kind->rule : NULL,
			.for_staff = restriction_for_staff(at->reading->mem, policy, &asked[i], TRUE),
			.report = asked[i].report,
			.other_reason = asked[i].other_reason};
		views[i].in_words = views[i].title;
		if (restriction_compile(&bound, &asked[i], "", at->reading->mem, &compiled, NULL))
			views[i].in_words = compiled->in_words;
		if (ret_severe != NULL && kind != NULL && g_strcmp0(kind->needs, "severe-circumstances") == 0)
			*ret_severe = TRUE;
	}
	*ret_asked = views;
	*ret_n = n;
	return TRUE;
}

/* A5: each criterion of the pack, with what the manager says. */
static gboolean view_account(
	FileReading *at, const Policy *policy, const RequestRow *row, RequestView *request, GError **error)
{
	const KeyedText *texts;
	AnsweredView *account;
	gsize n;

	if (!keyed_load(row->account, at->reading->mem, &texts, &n, error))
		return FALSE;
	request->n_account = policy->n_criteria;
	account = arena_array(at->reading->mem, AnsweredView, policy->n_criteria + 1);
	for (gsize i = 0; i < policy->n_criteria; i++) {
		const Criterion *criterion = &policy->criteria[i];

		account[i] = (AnsweredView){
			.key = criterion->key, .title = criterion->title, .question = criterion->question};
		for (gsize k = 0; k < n; k++)
			if (g_str_equal(texts[k].key, criterion->key))
				account[i].text = texts[k].text;
	}
	request->account = account;
	return TRUE;
}

static gboolean view_complaints(FileReading *at, const RequestRow *row, RequestView *request, GError **error)
{
	CustomerComplaint *known;
	ComplaintView *complaints;

	if (!fields_load(complaint_fields, row->complaints, sizeof *known, at->reading->mem, (void **)&known,
		    &request->n_complaints, error))
		return FALSE;
	complaints = arena_array(at->reading->mem, ComplaintView, request->n_complaints + 1);
	for (gsize i = 0; i < request->n_complaints; i++) {
		complaints[i] = (ComplaintView){.reference = known[i].reference,
			.concerns = known[i].concerns,
			.lodged_on = known[i].lodged_on};
		if (!file_person(at, known[i].about, &complaints[i].about, error))
			return FALSE;
	}
	request->complaints = complaints;
	return TRUE;
}

/* G3: the heading of the first report that it cites, as that was assessed, and the pack's words for it. */
static void settle_heading(const FileReading *at, const Policy *policy, RequestView *request)
{
	for (const char *const *ref = request->reports; *ref != NULL && request->heading == NULL; ref++) {
		const Report *report = casefile_report(at->file, *ref);
		const Assessment *assessment =
			report != NULL ? casefile_assessment(at->file, report->assessment) : NULL;
		const Heading *heading = assessment != NULL ? policy_heading(policy, assessment->heading) : NULL;

		if (assessment == NULL)
			continue;
		request->heading = assessment->heading;
		request->heading_title = heading != NULL ? heading->title : assessment->heading;
		request->lifting = heading != NULL ? heading->lifting : NULL;
	}
}

static const char *request_in_words(const char *state)
{
	static const struct {
		const char *state, *words;
	} WORDS[] = {
		{"open", "Waits for a decision"},
		{"returned", "Returned for more"},
		{"refused", "Refused"},
		{"authorised", "Authorised"},
		{"withdrawn", "Withdrawn"},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(WORDS); i++)
		if (g_str_equal(WORDS[i].state, state))
			return WORDS[i].words;
	return state;
}

static const char *review_in_words(const char *state)
{
	static const struct {
		const char *state, *words;
	} WORDS[] = {
		{"exhausted", "Internal review has ended"},
		{"out-of-time", "Internal review is out of time"},
		{"none-exists", "There is no internal review"},
		{"open", "Internal review is still open"},
	};

	for (gsize i = 0; state != NULL && i < G_N_ELEMENTS(WORDS); i++)
		if (g_str_equal(WORDS[i].state, state))
			return WORDS[i].words;
	return state;
}

static gboolean view_request(FileReading *at, const RequestRow *row, RequestView *request, GError **error)
{
	const PolicyWord *skip = NULL;
	const Policy *policy;

	if (!file_policy(at, row->pack, &policy, error))
		return FALSE;
	if (row->skip_reason != NULL)
		skip = policy_word(policy->skip_reasons, policy->n_skip_reasons, row->skip_reason);
	*request = (RequestView){.ref = row->ref,
		.state = row->state,
		.state_words = request_in_words(row->state),
		.at = row->at,
		.warning = row->warning,
		.skip_reason = row->skip_reason,
		.skip_reason_title = skip != NULL ? skip->title : row->skip_reason,
		.skip_risk = row->skip_risk,
		.early_reason = row->early_reason,
		.internal_review = row->internal_review,
		.internal_review_words = review_in_words(row->internal_review),
		.asked_json = row->restrictions,
		.reasons = row->reasons,
		.scope = row->scope,
		.scope_of = row->scope_of,
		.scope_reason = row->scope_reason,
		.until_on = row->until_on,
		.review_on = row->review_on};
	if (!file_person(at, row->by_user, &request->by, error) ||
		!texts_load(row->reports, at->reading->mem, &request->reports, error) ||
		!view_account(at, policy, row, request, error) || !view_complaints(at, row, request, error) ||
		!file_asked(at, policy, row->restrictions, &request->restrictions, &request->n_restrictions,
			&request->needs_severe, error) ||
		!scope_in_words(at->reading, row->scope, row->scope_of, &request->scope_words, error))
		return FALSE;
	settle_heading(at, policy, request);
	return TRUE;
}

gboolean file_view_requests(FileReading *at, GError **error)
{
	RequestView *requests;
	RequestRow *rows;
	gsize n;

	if (!sql_casefile_requests(at->reading->tx, at->reading->mem, at->file->ref, &rows, &n, error))
		return FALSE;
	requests = arena_array(at->reading->mem, RequestView, n + 1);
	for (gsize i = 0; i < n; i++)
		if (!view_request(at, &rows[i], &requests[i], error))
			return FALSE;
	at->view->requests = requests;
	at->view->n_requests = n;
	return TRUE;
}

static const char *finding_in_words(const char *finding)
{
	if (g_str_equal(finding, "met"))
		return "Met";
	return g_str_equal(finding, "does-not-apply") ? "Does not apply" : "Not met, but action is needed now";
}

static gboolean view_findings(
	FileReading *at, const Policy *policy, const DecisionRow *row, DecisionView *decision, GError **error)
{
	FindingView *findings;
	Finding *known;

	if (!fields_load(finding_fields, row->findings, sizeof *known, at->reading->mem, (void **)&known,
		    &decision->n_findings, error))
		return FALSE;
	findings = arena_array(at->reading->mem, FindingView, decision->n_findings + 1);
	for (gsize i = 0; i < decision->n_findings; i++) {
		const Criterion *criterion = policy_criterion(policy, known[i].criterion);

		findings[i] = (FindingView){.criterion = known[i].criterion,
			.title = criterion != NULL ? criterion->title : known[i].criterion,
			.question = criterion != NULL ? criterion->question : known[i].criterion,
			.finding = known[i].finding,
			.finding_words = finding_in_words(known[i].finding),
			.how = known[i].how,
			.adopt = known[i].adopt,
			.because = known[i].because,
			.who = known[i].who,
			.by_when = known[i].by_when};
	}
	decision->findings = findings;
	return TRUE;
}

const char *file_capacity_words(const char *capacity)
{
	static const struct {
		const char *capacity, *words;
	} WORDS[] = {
		{"head", "Head of function"},
		{"deputy", "Deputy head of function"},
		{"stand-in", "For the head of function"},
		{"complaints-officer", "Complaints officer"},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(WORDS); i++)
		if (g_str_equal(WORDS[i].capacity, capacity))
			return WORDS[i].words;
	return capacity;
}

static gboolean view_signatures(
	FileReading *at, const SignatureRow *rows, gsize n, DecisionView *decision, GError **error)
{
	SignatureView *signatures = arena_array(at->reading->mem, SignatureView, n + 1);

	for (gsize i = 0; i < n; i++) {
		SignatureView *signature;

		if (!g_str_equal(rows[i].decision, decision->ref))
			continue;
		signature = &signatures[decision->n_signatures++];
		*signature = (SignatureView){.capacity_words = file_capacity_words(rows[i].capacity), .at = rows[i].at};
		if (!file_person(at, rows[i].user_name, &signature->by, error))
			return FALSE;
	}
	decision->signatures = signatures;
	return TRUE;
}

static const char *decided_in_words(const char *outcome)
{
	static const struct {
		const char *outcome, *words;
	} WORDS[] = {
		{"as-asked", "Authorised as asked"},
		{"different", "Authorised something different"},
		{"refused", "Refused"},
		{"returned", "Returned for more"},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(WORDS); i++)
		if (g_str_equal(WORDS[i].outcome, outcome))
			return WORDS[i].words;
	return outcome;
}

static gboolean view_decision(FileReading *at, const DecisionRow *row, DecisionView *decision, GError **error)
{
	const Decision *known = casefile_decision(at->file, row->ref);
	ArrangementRow *arrangement = NULL;
	const Policy *policy;

	if (!file_policy(at, row->pack, &policy, error) ||
		!sql_arrangement_of_decision(at->reading->tx, at->reading->mem, row->ref, &arrangement, error))
		return FALSE;
	*decision = (DecisionView){.ref = row->ref,
		.request = row->request,
		.outcome = row->outcome,
		.outcome_words = decided_in_words(row->outcome),
		.reasons = row->reasons,
		.lesser_step = row->lesser_step,
		.severe_circumstances = row->severe_circumstances,
		.confirms_no_warning = row->confirms_no_warning,
		.conflict_reason = row->conflict_reason,
		.open_review_reason = row->open_review_reason,
		.affected = row->affected,
		.lifting = row->lifting,
		.scope = row->scope,
		.scope_of = row->scope_of,
		.scope_reason = row->scope_reason,
		.until_on = row->until_on,
		.review_on = row->review_on,
		.at = row->at,
		.complete_at = row->complete_at,
		.signatures_needed = policy->authorisation.signatures,
		.arrangement = arrangement != NULL ? arrangement->ref : NULL,
		.notice = known != NULL && known->notice != NULL ? known->notice->ref : NULL};
	return view_findings(at, policy, row, decision, error) &&
	       file_asked(at, policy, row->restrictions, &decision->restrictions, &decision->n_restrictions, NULL,
		       error) &&
	       scope_in_words(at->reading, row->scope, row->scope_of, &decision->scope_words, error);
}

gboolean file_view_decisions(FileReading *at, GError **error)
{
	DecisionView *decisions;
	SignatureRow *signatures;
	DecisionRow *rows;
	gsize n, n_signed;

	if (!sql_casefile_decisions(at->reading->tx, at->reading->mem, at->file->ref, &rows, &n, error) ||
		!sql_casefile_signatures(
			at->reading->tx, at->reading->mem, at->file->ref, &signatures, &n_signed, error))
		return FALSE;
	decisions = arena_array(at->reading->mem, DecisionView, n + 1);
	for (gsize i = 0; i < n; i++)
		if (!view_decision(at, &rows[i], &decisions[i], error) ||
			!view_signatures(at, signatures, n_signed, &decisions[i], error))
			return FALSE;
	at->view->decisions = decisions;
	at->view->n_decisions = n;
	return TRUE;
}
