/* decisions.c: the head of function's answer to a request (A1 to A8, R9, R10, V1, G1 to G4, K1). What it authorises is
 * an arrangement from here on, but not in force: that waits for its notice (N5). */
#include "acts/families.h"
#include "acts/outcomes.h"

/* The decision as it will be kept: what was given, and what core filled in. */
static gboolean new_decision(ActRun *run, const DecideInput *in, DecisionRow *row, GError **error)
{
	DecidedOutcome outcome;
	Terms terms;

	if (!casefile_decide_terms(run->file, in, &terms, error))
		return FALSE;
	decided_parse(in->outcome, &outcome);
	if (!decided_authorises(outcome))
		terms = (Terms){
			.scope = terms.scope, .scope_of = terms.scope_of, .until_on = DAY_NONE, .review_on = DAY_NONE};
	else if (!restrictions_check(run, terms.restrictions, terms.n_restrictions, error))
		return FALSE;
	*row = (DecisionRow){.casefile = run->file->ref,
		.request = in->request,
		.outcome = in->outcome,
		.findings = fields_dump(finding_fields, in->findings, in->n_findings, sizeof(Finding), run->mem),
		.reasons = in->reasons,
		.lesser_step = in->lesser_step,
		.severe_circumstances = in->severe_circumstances,
		.confirms_no_warning = in->confirms_no_warning,
		.conflict_reason = in->conflict_reason,
		.open_review_reason = in->open_review_reason,
		.affected = in->affected,
		.lifting = in->lifting,
		.restrictions = fields_dump(restriction_fields, terms.restrictions, terms.n_restrictions,
			sizeof(RestrictionAsked), run->mem),
		.scope = scope_name(terms.scope),
		.scope_of = terms.scope_of,
		.scope_reason = in->scope_reason,
		.until_on = terms.until_on,
		.review_on = terms.review_on,
		.complete_at = INSTANT_NONE,
		.at = run->now,
		.pack = run->pack_label};
	return act_new_reference(run, "D", &row->ref, error) && sql_decision_add(run->tx, row, error);
}

/* The casefile's arrangement that a new one takes the place of: of those that have not ended, the newest decision's (an
 * earlier one may have been varied since). */
static gboolean find_superseded(ActRun *run, const char **ret_ref, GError **error)
{
	const ArrangementRow *newest = NULL;
	ArrangementRow *rows;
	gsize n;

	if (!sql_casefile_arrangements(run->tx, run->mem, run->file->ref, &rows, &n, error))
		return FALSE;
	for (gsize i = 0; i < n; i++)
		if (rows[i].ended_at == INSTANT_NONE &&
			(newest == NULL || strcmp(rows[i].decision, newest->decision) >= 0))
			newest = &rows[i];
	*ret_ref = newest != NULL ? newest->ref : NULL;
	return TRUE;
}

static gboolean arrangement_of(ActRun *run, const DecisionRow *decision, ArrangementRow *row, GError **error)
{
	*row = (ArrangementRow){.ref = "",
		.decision = decision->ref,
		.casefile = run->file->ref,
		.customer = run->file->customer,
		.scope = decision->scope,
		.scope_of = decision->scope_of,
		.restrictions = decision->restrictions,
		.from_at = INSTANT_NONE,
		.until_on = decision->until_on,
		.review_on = decision->review_on,
		.ended_at = INSTANT_NONE,
		.pack = decision->pack};
	return find_superseded(run, &row->supersedes, error);
}

/* R9: together with all that this customer has, in other casefiles too, a way in is left that they can use. */
static gboolean check_ways(ActRun *run, const ArrangementRow *row, GError **error)
{
	CustomerFacts facts;
	Arrangement **arrangements;
	ArenaList ways = {0};
	gsize n;

	return load_facts(run, run->file->customer, &facts, error) &&
	       load_arrangements(run, run->file->customer, row, &facts, &arrangements, &n, error) &&
	       arrangement_leaves_way(run->policy, (const Arrangement *const *)arrangements, n, facts.needs,
		       facts.n_needs, facts.restrictions.doors, facts.restrictions.n_doors, run->mem, &ways, error);
}

static RequestState request_state_after(DecidedOutcome outcome)
{
	switch (outcome) {
	case DECIDED_REFUSED:
		return REQUEST_REFUSED;
	case DECIDED_RETURNED:
		return REQUEST_RETURNED;
	default:
		return REQUEST_AUTHORISED;
	}
}

/* The last signature that the pack asks for was given. */
static gboolean complete(
	ActRun *run, const DecisionRow *decision, DecidedOutcome outcome, ArrangementRow *arrangement, GError **error)
{
	const char *state = request_state_name(request_state_after(outcome));
	gint64 changed;

	if (!sql_decision_set_complete(run->tx, decision->ref, run->now, &changed, error) ||
		!sql_request_set_state(run->tx, decision->request, state, &changed, error))
		return FALSE;
	if (!decided_authorises(outcome))
		return TRUE;
	if (!act_new_reference(run, "A", &arrangement->ref, error))
		return FALSE;
	run->arrangement = arrangement->ref;
	return sql_arrangement_add(run->tx, arrangement, error);
}

static gboolean decide(ActRun *run, const void *input, GError **error)
{
	const DecideInput *in = input;
	const Decision *waiting;
	DecidedOutcome outcome;
	Capacity capacity;
	DecisionRow fresh;
	DecisionRow *decision = &fresh;
	ArrangementRow arrangement;
	SignatureRow signature = {.user_name = run->actor->user_name, .at = run->now};
	ArenaList missing;

	if (!casefile_check_decide(&run->rules, run->file, in, &capacity, error)) {
		casefile_decide_missing(&run->rules, run->file, in, run->mem, &missing);
		act_problems(run, &missing);
		return FALSE;
	}
	decided_parse(in->outcome, &outcome);
	waiting = casefile_unsigned_decision(run->file, in->request);
	if (waiting != NULL ? !sql_decision_by_ref(run->tx, run->mem, waiting->ref, &decision, error)
			    : !new_decision(run, in, &fresh, error))
		return FALSE;
	run->id = signature.decision = decision->ref;
	signature.capacity = capacity_name(capacity);
	run->summary = arena_printf(run->mem, "Decided: %s", outcome_words(OUTCOME_DECIDED, in->outcome));
	if (!sql_signature_add(run->tx, &signature, error) || !arrangement_of(run, decision, &arrangement, error) ||
		(decided_authorises(outcome) && !check_ways(run, &arrangement, error)))
		return FALSE;
	return !decision_is_complete(run->policy, outcome, (waiting != NULL ? waiting->n_signatures : 0) + 1) ||
	       complete(run, decision, outcome, &arrangement, error);
}

const Act act_decide = {
	.name = "decide",
	.title = "Decide",
	.summary = "The head of function authorises as asked, authorises something different, refuses, or returns the "
		   "request, each with reasons and, before any action, a finding on each criterion (A1 to A8).",
	.by = BY_ANYONE,
	.needs = ACT_CASEFILE,
	.fields =
		(const Field[]){
			FIELD(DecideInput, request, LINE, .required = TRUE, .help = "the request that this answers"),
			{.name = "outcome",
				.type = FIELD_CHOICE,
				.offset = G_STRUCT_OFFSET(DecideInput, outcome),
				.required = TRUE,
				.choices = (const char *const[]){"as-asked", "different", "refused", "returned", NULL},
				.help = "the answer (A8)"},
			FIELD_LIST(DecideInput, findings, GROUP, .privacy = FIELD_PERSONAL, .max = 50,
				.fields = finding_fields, .size = sizeof(Finding),
				.help = "a finding on each criterion (A5)"),
			FIELD(DecideInput, reasons, TEXT, .privacy = FIELD_PERSONAL,
				.help = "your reasons; the letter tells them to the customer (A8, N1)"),
			FIELD(DecideInput, lesser_step, TEXT, .privacy = FIELD_PERSONAL, .max = 4000,
				.help = "why a lesser step would not do (A7)"),
			FIELD(DecideInput, severe_circumstances, TEXT, .privacy = FIELD_PERSONAL, .max = 4000,
				.help = "of blocking: what the severe circumstances are (R10)"),
			FIELD(DecideInput, confirms_no_warning, TEXT, .privacy = FIELD_PERSONAL, .max = 4000,
				.help = "without a warning: why it was right to give none (W5)"),
			FIELD(DecideInput, conflict_reason, TEXT, .privacy = FIELD_PERSONAL, .max = 4000,
				.help = "where the customer complained about you: why you may decide (G8)"),
			FIELD(DecideInput, open_review_reason, TEXT, .privacy = FIELD_PERSONAL, .max = 4000,
				.help = "where internal review is open: why now (A6)"),
			FIELD(DecideInput, affected, TEXT, .privacy = FIELD_PERSONAL, .max = 4000,
				.help = "who else is affected and how (G14)"),
			FIELD(DecideInput, lifting, TEXT, .privacy = FIELD_PERSONAL, .max = 4000,
				.help = "what would lead to lifting it (G3)"),
			FIELD_LIST(DecideInput, restrictions, GROUP, .privacy = FIELD_PERSONAL, .max = 20,
				.fields = restriction_fields, .size = sizeof(RestrictionAsked),
				.help = "of 'different': what you authorise"),
			{.name = "scope",
				.type = FIELD_CHOICE,
				.offset = G_STRUCT_OFFSET(DecideInput, scope),
				.choices = (const char *const[]){"matter", "function", "organisation", NULL},
				.help = "how far it reaches: as asked, or narrower (G4)"},
			FIELD(DecideInput, scope_of, LINE, .help = "the matter or function, where it is not clear"),
			FIELD(DecideInput, scope_reason, TEXT, .privacy = FIELD_PERSONAL, .max = 4000,
				.help = "why the whole organisation (G4)"),
			FIELD(DecideInput, until_on, DAY, .help = "the last day (G2)"),
			FIELD(DecideInput, review_on, DAY,
				.help = "when it is reviewed, at most twelve months away (V1)"),
			FIELDS_END,
		},
	.input_size = sizeof(DecideInput),
	.perform = decide,
	.preview = notice_preview_decision,
};
