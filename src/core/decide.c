/* decide.c: the head of function's answer to a request (A1 to A8, G7, G8, V1): who may give it, and what it has to say.
 * The criteria one by one are criteria.c's; whether a way in is left, arrangement.h's. */
#include "core/criteria.h"
#include "core/rules.h"

gboolean casefile_decide_terms(const Casefile *file, const DecideInput *in, Terms *ret_terms, GError **error)
{
	const Request *request = casefile_request(file, in->request);
	gboolean different = rules_same(in->outcome, decided_name(DECIDED_DIFFERENT));
	Terms terms = {.review_on = in->review_on, .until_on = in->until_on};

	if (request == NULL)
		return refuse_at(error, "A3", "request",
			"‘%s’ is no request on %s. A decision answers a manager's request.",
			in->request != NULL ? in->request : "", file->ref);
	if (!rules_scope(file, in->scope, in->scope_of, request->scope, request->scope_of, &terms.scope,
		    &terms.scope_of, error))
		return FALSE;
	terms.restrictions = different ? in->restrictions : request->restrictions;
	terms.n_restrictions = different ? in->n_restrictions : request->n_restrictions;
	if (!different && in->until_on == DAY_NONE)
		terms.until_on = request->until_on;
	*ret_terms = terms;
	return TRUE;
}

/* A1, A2: in what capacity, or why not. A function has one head: where the pack wants more signatures, the further ones
 * may be those of other heads, once somebody signed for the function itself. */
static gboolean may_decide(
	const RuleContext *rules, const Casefile *file, const Decision *waiting, Capacity *ret_capacity, GError **error)
{
	Capacity capacity = actor_capacity(rules->actor, rules->policy, file->function);
	gboolean heads = actor_has(rules->actor, ROLE_HEAD_OF_FUNCTION, NULL);

	if (!rules_person(rules, "A1", error))
		return FALSE;
	if (capacity == CAPACITY_NONE && heads && waiting != NULL)
		capacity = CAPACITY_HEAD;
	if (capacity == CAPACITY_NONE && heads)
		return refuse(error, "A2",
			"%s belongs to ‘%s’. Its own head of function decides, or the stand-in who is named for them "
			"today; you "
			"are neither.",
			file->ref, file->function);
	if (capacity == CAPACITY_NONE)
		return refuse(error, "A1",
			"Only the head of function of ‘%s’ may decide on %s, or who is named to act for them. Leave it "
			"to them.",
			file->function, file->ref);
	*ret_capacity = capacity;
	return TRUE;
}

/* A4, G8: who asked, reported, or was the target of what is cited, leaves it to the stand-in; so does somebody whose
 * conduct was complained of before the request. */
static gboolean stands_apart(const RuleContext *rules, const Casefile *file, const Request *request, GError **error)
{
	const char *user = rules->actor->user_name;

	if (rules_same(request->by, user))
		return refuse(error, "A4",
			"You made this request yourself, so somebody else decides: the head of function, or "
			"the stand-in.");
	for (const char *const *ref = request->reports; ref != NULL && *ref != NULL; ref++) {
		const Report *report = casefile_report(file, *ref);

		if (report != NULL && (rules_same(report->reporter, user) || rules_among(user, report->targets)))
			return refuse(error, "G8",
				"You %s %s, which the request cites, so you do not decide. Leave it to the stand-in.",
				rules_same(report->reporter, user) ? "reported"
								   : "were the target of what is reported in",
				*ref);
	}
	for (gsize i = 0; i < request->n_complaints; i++) {
		const CustomerComplaint *complaint = &request->complaints[i];

		if (rules_same(complaint->about, user) && rules_same(complaint->concerns, "conduct") &&
			complaint->lodged_on <= zone_day(rules->zone, request->at))
			return refuse(error, "G8",
				"The customer complained about your conduct (%s) before this was asked for, so you do "
				"not decide. "
				"Leave it to the stand-in.",
				complaint->reference);
	}
	return TRUE;
}

/* The casefile and the request are at the point of a decision. */
static gboolean may_be_decided(
	const RuleContext *rules, const Casefile *file, const Request *request, DecidedOutcome outcome, GError **error)
{
	const Warning *warning = casefile_warning(file, request->warning);

	if (!rules_open(rules, file, error))
		return FALSE;
	if (request->state != REQUEST_OPEN)
		return refuse(error, "A3",
			"Request %s is no longer open: it was %s. A new decision needs a new request.", request->ref,
			request_state_name(request->state));
	if (!casefile_police_done(file, error))
		return FALSE;
	if (decided_authorises(outcome) && warning != NULL && !rules_warning_stands(file, warning, NULL, error))
		return FALSE;
	if (decided_authorises(outcome) && file->open_adjustments > 0)
		return refuse(error, "G7",
			"%s asked for an adjustment that has not been answered. Answer it first, if only for the time "
			"being; "
			"until then no restriction can be authorised.",
			file->customer);
	return TRUE;
}

/* What is decided, and by whom: what a check of the decider's words looks at. */
typedef struct {
	const RuleContext *rules;
	const Casefile *file;
	const Request *request;
	const DecideInput *in;
	DecidedOutcome outcome;
} Deciding;

typedef gboolean (*DecideCheck)(const Deciding *d, GError **error);

/* G8: why they may decide though the customer complained about them. */
static gboolean check_conflict(const Deciding *d, GError **error)
{
	for (gsize i = 0; i < d->request->n_complaints; i++)
		if (rules_same(d->request->complaints[i].about, d->rules->actor->user_name) &&
			!rules_said(d->in->conflict_reason))
			return refuse_at(error, "G8", "conflict_reason",
				"The customer has complained about you (%s). Say why you may decide all the same, or "
				"leave it to "
				"the stand-in.",
				d->request->complaints[i].reference);
	return TRUE;
}

/* W5, confirmed separately. */
static gboolean check_no_warning(const Deciding *d, GError **error)
{
	return !decided_authorises(d->outcome) || d->request->warning != NULL ||
	       rules_said(d->in->confirms_no_warning) ||
	       refuse_at(error, "W5", "confirms_no_warning",
		       "The request rests on no warning. Confirm in your own words that it was right to give none.");
}

static gboolean check_reasons(const Deciding *d, GError **error)
{
	return rules_said(d->in->reasons) ||
	       refuse_at(error, "A8", "reasons", "Give your reasons: for what you authorise, refuse or want to know.");
}

/* One more signature under a decision that waits for it. */
static gboolean check_signature(const RuleContext *rules, const Decision *decision, const DecideInput *in,
	DecidedOutcome outcome, GError **error)
{
	for (gsize i = 0; i < decision->n_signatures; i++)
		if (rules_same(decision->signatures[i].user_name, rules->actor->user_name))
			return refuse(error, "A1",
				"You have signed %s already. The signature that is missing is another person's.",
				decision->ref);
	if (outcome != decision->outcome)
		return refuse_at(error, "A8", "outcome",
			"%s says ‘%s’ and waits for your signature. Sign the same, or have the manager withdraw the "
			"request and "
			"ask anew.",
			decision->ref, decided_name(decision->outcome));
	if (in->n_findings > 0 || in->n_restrictions > 0 || in->scope != NULL || in->scope_of != NULL ||
		in->until_on != DAY_NONE || in->review_on != DAY_NONE)
		return refuse_at(error, "A8", "outcome",
			"What %s decides stands as it was written. Sign it with your reasons; leave findings, "
			"restrictions, scope "
			"and dates out.",
			decision->ref);
	if (decision->review_on <= rules_today(rules))
		return refuse_at(error, "V1", "outcome",
			"The review date of %s has come before it was signed. Have the manager withdraw the request "
			"and ask "
			"anew.",
			decision->ref);
	return TRUE;
}

/* G4: the decision reaches no further than what was asked. */
static gboolean check_reach(const Deciding *d, GError **error)
{
	const Request *request = d->request;
	const DecideInput *in = d->in;
	Terms terms;

	if (!casefile_decide_terms(d->file, in, &terms, error))
		return FALSE;
	if (!scope_within(request->scope, terms.scope) ||
		(terms.scope == request->scope && terms.scope != SCOPE_ORGANISATION &&
			!rules_same(terms.scope_of, request->scope_of)))
		return refuse_at(error, "G4", "scope",
			"The request is about %s %s. You may decide for less, never for more: choose that or something "
			"narrower.",
			request->scope == SCOPE_ORGANISATION ? "the whole" : "one", scope_name(request->scope));
	if (d->outcome == DECIDED_DIFFERENT)
		return TRUE;
	if (in->n_restrictions > 0)
		return refuse_at(error, "A8", "restrictions",
			"As asked means the restrictions of the request. Leave them out, or decide ‘different’ with "
			"reasons.");
	if (terms.scope != request->scope)
		return refuse_at(error, "A8", "scope",
			"As asked means the scope of the request. To narrow it, decide "
			"‘different’ with reasons.");
	if (terms.until_on != request->until_on)
		return refuse_at(error, "A8", "until_on",
			"As asked means the last day that was asked for. Leave it out, or decide ‘different’ with "
			"reasons.");
	return TRUE;
}

static gboolean check_restrictions(const Deciding *d, GError **error)
{
	Terms terms;

	return casefile_decide_terms(d->file, d->in, &terms, error) &&
	       rules_restrictions(
		       d->rules, d->file, terms.restrictions, terms.n_restrictions, d->request->reports, error);
}

/* R10: kinds for severe circumstances need them stated. */
static gboolean check_severe(const Deciding *d, GError **error)
{
	Terms terms;

	if (!casefile_decide_terms(d->file, d->in, &terms, error))
		return FALSE;
	for (gsize i = 0; i < terms.n_restrictions; i++) {
		const RestrictionKind *kind = policy_kind(d->rules->policy, terms.restrictions[i].kind);

		if (kind != NULL && rules_same(kind->needs, "severe-circumstances") &&
			!rules_said(d->in->severe_circumstances))
			return refuse_at(error, "R10", "severe_circumstances",
				"‘%s’ is only for severe circumstances. State in your own words what they are.",
				kind->title);
	}
	return TRUE;
}

static gboolean check_review_day(const Deciding *d, GError **error)
{
	return rules_review_day(d->rules, d->in->review_on, error);
}

static gboolean check_end_day(const Deciding *d, GError **error)
{
	Terms terms;

	return casefile_decide_terms(d->file, d->in, &terms, error) && rules_end_day(d->rules, terms.until_on, error);
}

/* G3: what would lead to lifting it: the pack's own words for a heading, or the decider's. */
static gboolean check_lifting(const Deciding *d, GError **error)
{
	if (rules_said(d->in->lifting))
		return TRUE;
	for (const char *const *ref = d->request->reports; ref != NULL && *ref != NULL; ref++) {
		const Report *report = casefile_report(d->file, *ref);
		const Assessment *assessment = report != NULL ? rules_assessed(d->file, report) : NULL;
		const Heading *heading =
			assessment != NULL ? policy_heading(d->rules->policy, assessment->heading) : NULL;

		if (heading != NULL && rules_said(heading->lifting))
			return TRUE;
	}
	return refuse_at(error, "G3", "lifting", "Say what would lead to lifting this. The letter tells the customer.");
}

static gboolean check_open_review(const Deciding *d, GError **error)
{
	return !rules_same(d->request->internal_review, "open") || rules_said(d->in->open_review_reason) ||
	       refuse_at(error, "A6", "open_review_reason",
		       "Internal review of their case is still open. Say why you authorise this before it has ended.");
}

static gboolean check_lesser_step(const Deciding *d, GError **error)
{
	return rules_said(d->in->lesser_step) ||
	       refuse_at(error, "A7", "lesser_step", "Say why a lesser step would not do.");
}

static gboolean check_affected(const Deciding *d, GError **error)
{
	return rules_said(d->in->affected) ||
	       refuse_at(error, "G14", "affected",
		       "Say who else is affected and how: a household, a child, somebody they care for. If nobody is, "
		       "say so.");
}

/* What each decider says for themselves, a further signature too; what all authorising needs besides, the criteria
 * between its two parts. */
static const DecideCheck OWN_WORDS[] = {check_conflict, check_no_warning, check_reasons};
static const DecideCheck BEFORE_CRITERIA[] = {check_open_review};
static const DecideCheck AFTER_CRITERIA[] = {check_lesser_step, check_reach, check_restrictions, check_severe,
	check_review_day, check_end_day, check_affected, check_lifting};

/* errors NULL: stops at the first refusal; else keeps them all. */
static gboolean run_checks(
	const Deciding *d, const DecideCheck *checks, gsize n, ArenaList *errors, Arena *mem, GError **error)
{
	for (gsize i = 0; i < n; i++) {
		g_autoptr(GError) one = NULL;

		if (checks[i](d, &one))
			continue;
		if (errors == NULL) {
			g_propagate_error(error, g_steal_pointer(&one));
			return FALSE;
		}
		rules_keep(errors, mem, &one);
	}
	return TRUE;
}

static gboolean check_authorisation(const Deciding *d, GError **error)
{
	return run_checks(d, BEFORE_CRITERIA, G_N_ELEMENTS(BEFORE_CRITERIA), NULL, NULL, error) &&
	       criteria_check(d->rules->policy, d->in->findings, d->in->n_findings, d->request->account,
		       d->request->n_account, rules_today(d->rules), error) &&
	       run_checks(d, AFTER_CRITERIA, G_N_ELEMENTS(AFTER_CRITERIA), NULL, NULL, error);
}

/* Who decides on what, and whether it is at that point: what no word of the decider's mends. */
static gboolean may_be_said(const Deciding *d, const Decision *waiting, Capacity *ret_capacity, GError **error)
{
	return may_decide(d->rules, d->file, waiting, ret_capacity, error) &&
	       (d->request != NULL || refuse_at(error, "A3", "request",
					      "‘%s’ is no request on %s. A decision answers a manager's request.",
					      d->in->request != NULL ? d->in->request : "", d->file->ref)) &&
	       stands_apart(d->rules, d->file, d->request, error);
}

gboolean casefile_check_decide(
	const RuleContext *rules, const Casefile *file, const DecideInput *in, Capacity *ret_capacity, GError **error)
{
	const Decision *waiting = casefile_unsigned_decision(file, in->request);
	Deciding d = {.rules = rules, .file = file, .request = casefile_request(file, in->request), .in = in};
	Capacity capacity = CAPACITY_NONE;

	if (!may_be_said(&d, waiting, &capacity, error))
		return FALSE;
	if (!decided_parse(in->outcome, &d.outcome))
		return invalid(error, "outcome", "Choose your answer: as-asked, different, refused or returned.");
	if (!may_be_decided(rules, file, d.request, d.outcome, error) ||
		(waiting != NULL && !check_signature(rules, waiting, in, d.outcome, error)) ||
		!run_checks(&d, OWN_WORDS, G_N_ELEMENTS(OWN_WORDS), NULL, NULL, error))
		return FALSE;
	if (waiting == NULL && decided_authorises(d.outcome) && !check_authorisation(&d, error))
		return FALSE;
	if (waiting == NULL && !decided_authorises(d.outcome) && in->n_restrictions > 0)
		return refuse_at(error, "A8", "restrictions",
			"You authorise nothing, so leave the restrictions out; or decide ‘as-asked’ or ‘different’.");
	*ret_capacity = capacity;
	return TRUE;
}

void casefile_decide_missing(
	const RuleContext *rules, const Casefile *file, const DecideInput *in, Arena *mem, ArenaList *ret_errors)
{
	const Decision *waiting = casefile_unsigned_decision(file, in->request);
	Deciding d = {.rules = rules, .file = file, .request = casefile_request(file, in->request), .in = in};
	Capacity capacity = CAPACITY_NONE;

	*ret_errors = (ArenaList){0};
	if (!may_be_said(&d, waiting, &capacity, NULL) || !decided_parse(in->outcome, &d.outcome) ||
		!may_be_decided(rules, file, d.request, d.outcome, NULL) ||
		(waiting != NULL && !check_signature(rules, waiting, in, d.outcome, NULL)))
		return;
	if (waiting == NULL && decided_authorises(d.outcome)) {
		(void)run_checks(&d, BEFORE_CRITERIA, G_N_ELEMENTS(BEFORE_CRITERIA), ret_errors, mem, NULL);
		criteria_missing(rules->policy, in->findings, in->n_findings, d.request->account, d.request->n_account,
			rules_today(rules), mem, ret_errors);
		(void)run_checks(&d, AFTER_CRITERIA, G_N_ELEMENTS(AFTER_CRITERIA), ret_errors, mem, NULL);
	}
	(void)run_checks(&d, OWN_WORDS, G_N_ELEMENTS(OWN_WORDS), ret_errors, mem, NULL);
}
