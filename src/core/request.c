/* request.c: a manager's request for authorisation to restrict contact: what it has to rest on (A3, A6, W4, W5, G8,
 * G9), and taking it back. What it asks for is terms.c's; the answer is decide.c's. */
#include "core/rules.h"

static const char *const internal_reviews[] = {"exhausted", "out-of-time", "none-exists", "open", NULL};

gboolean casefile_request_terms(const Casefile *file, const RequestInput *in, Terms *ret_terms, GError **error)
{
	Terms terms = {.restrictions = in->restrictions,
		.n_restrictions = in->n_restrictions,
		.until_on = in->until_on,
		.review_on = in->review_on};

	if (!rules_scope(
		    file, in->scope, in->scope_of, file->scope, file->scope_of, &terms.scope, &terms.scope_of, error))
		return FALSE;
	*ret_terms = terms;
	return TRUE;
}

/* B3: every cited report was assessed, and not as calling for nothing. */
static gboolean check_cited(const Casefile *file, const RequestInput *in, GError **error)
{
	if (!rules_reports(file, in->reports, "A3", error))
		return FALSE;
	for (const char *const *ref = in->reports; *ref != NULL; ref++) {
		const Assessment *assessment = rules_assessed(file, casefile_report(file, *ref));

		if (assessment == NULL)
			return refuse_at(error, "B3", "reports",
				"Report %s has not been assessed, so nothing can rest on it. Assess it first, or leave "
				"it out.",
				*ref);
		if (assessment->outcome == ASSESSED_NO_ACTION)
			return refuse_at(error, "B3", "reports",
				"Report %s was assessed as calling for no action, so nothing can rest on it. Leave it "
				"out.",
				*ref);
	}
	return TRUE;
}

/* The latest time at which something cited happened. */
static Instant newest_cited(const Casefile *file, const char *const *reports)
{
	Instant newest = INSTANT_NONE;

	for (const char *const *ref = reports; *ref != NULL; ref++)
		newest = MAX(newest, casefile_report(file, *ref)->happened_at);
	return newest;
}

/* G9: a new restriction after one that was authorised cites behaviour after it. */
static gboolean check_step_up(const RuleContext *rules, const Casefile *file, const RequestInput *in, GError **error)
{
	Instant newest = newest_cited(file, in->reports);

	(void)rules;
	for (gsize i = 0; i < file->n_decisions; i++) {
		const Decision *decision = &file->decisions[i];

		if (decision->complete_at != INSTANT_NONE && decided_authorises(decision->outcome) &&
			newest <= decision->at)
			return refuse_at(error, "G9", "reports",
				"All that you cite happened before decision %s. Going further needs behaviour after "
				"it: report "
				"and assess that first.",
				decision->ref);
	}
	return TRUE;
}

/* The warning itself: of this casefile, the last of the tiers, delivered, and not too old. */
static gboolean check_warning(const RuleContext *rules, const Casefile *file, const Warning *warning, GError **error)
{
	const Policy *policy = rules->policy;
	const WarningTier *last = policy->n_tiers > 0 ? &policy->tiers[policy->n_tiers - 1] : NULL;
	Day delivered;
	g_autoptr(Arena) mem = arena_new(1 << 12);

	if (!rules_warning_stands(file, warning, "warning", error))
		return FALSE;
	if (last != NULL && policy_tier(policy, warning->tier) != NULL && !rules_same(warning->tier, last->key))
		return refuse_at(error, "W1", "warning",
			"%s is ‘%s’, and ‘%s’ comes before a request. Give that first.", warning->ref,
			policy_tier(policy, warning->tier)->title, last->title);
	delivered = zone_day(rules->zone, warning->sent->delivered_at);
	if (policy->warning_life_months > 0 &&
		day_add_months(delivered, policy->warning_life_months) < rules_today(rules))
		return refuse_at(error, "W4", "warning",
			"Warning %s of %s is too old to rest on: a warning counts for %d months. Warn again first.",
			warning->ref, day_in_words(mem, delivered), policy->warning_life_months);
	return TRUE;
}

/* W4: time to adapt, and behaviour after it; within the days only with a reason why they were not waited for. */
static gboolean check_adapted(
	const RuleContext *rules, const Casefile *file, const RequestInput *in, const Warning *warning, GError **error)
{
	Instant newest = newest_cited(file, in->reports);
	Day until = DAY_NONE;
	gboolean early, within;
	g_autoptr(Arena) mem = arena_new(1 << 12);

	if (!warning_adapt_until(warning, rules->zone, &until))
		return rules_warning_stands(file, warning, "warning", error);
	if (newest <= warning->sent->delivered_at)
		return refuse_at(error, "W4", "reports",
			"Nothing that you cite happened after warning %s was delivered. Report and assess the new "
			"behaviour, "
			"and cite it.",
			warning->ref);
	early = rules_today(rules) <= until;
	within = zone_day(rules->zone, newest) <= until;
	if ((!early && !within) || rules_said(in->early_reason))
		return TRUE;
	if (early)
		return refuse_at(error, "W4", "early_reason",
			"The customer has until %s to adapt. Wait until that day is over, or say why it cannot be "
			"waited for.",
			day_in_words(mem, until));
	return refuse_at(error, "W4", "early_reason",
		"All that you cite happened within the days to adapt, which ran until %s. Cite an assessed report of "
		"what "
		"happened later, or say why what happened within them is enough.",
		day_in_words(mem, until));
}

/* W5, L3: without a warning, only where a cited report was assessed as such, later than any warning that was given. */
static gboolean check_skip(const RuleContext *rules, const Casefile *file, const RequestInput *in, GError **error)
{
	const PolicyWord *reason =
		policy_word(rules->policy->skip_reasons, rules->policy->n_skip_reasons, in->skip_reason);
	const Report *grounds = NULL;

	if (reason == NULL)
		return invalid(error, "skip_reason",
			"‘%s’ is not on the policy's list of reasons to act without a warning.", in->skip_reason);
	for (const char *const *ref = in->reports; *ref != NULL; ref++) {
		const Report *report = casefile_report(file, *ref);

		if (rules_same(rules_assessed(file, report)->ground, in->skip_reason) &&
			(grounds == NULL || report->happened_at > grounds->happened_at))
			grounds = report;
	}
	if (grounds == NULL)
		return refuse_at(error, "W5", "skip_reason",
			"No report that you cite was assessed as ‘%s’. Cite one that was, or warn the customer first.",
			reason->title);
	for (gsize i = 0; i < file->n_warnings; i++)
		if (warning_is_sent(&file->warnings[i]) && grounds->happened_at <= file->warnings[i].at)
			return refuse_at(error, "G9", "reports",
				"Report %s is older than warning %s, which answered it. Rest the request on that "
				"warning, or cite "
				"what happened later.",
				grounds->ref, file->warnings[i].ref);
	if (!rules_said(in->skip_risk))
		return refuse_at(error, "W5", "skip_risk", "Say what a warning first would have risked.");
	return TRUE;
}

static gboolean check_grounds(const RuleContext *rules, const Casefile *file, const RequestInput *in, GError **error)
{
	const Warning *warning = casefile_warning(file, in->warning);

	if (in->warning == NULL && in->skip_reason == NULL)
		return refuse_at(error, "W4", "warning",
			"Name the warning that was given. Without one, warn the customer first, or give the reason "
			"from the "
			"policy's list why that was not possible.");
	if (in->warning != NULL && in->skip_reason != NULL)
		return invalid(error, "skip_reason",
			"Rest the request on the warning or on the reason to do without one, not "
			"on both.");
	if (in->skip_reason != NULL)
		return check_skip(rules, file, in, error);
	if (warning == NULL)
		return refuse_at(error, "W1", "warning", "‘%s’ is no warning on %s. Name one that was given there.",
			in->warning, file->ref);
	return check_warning(rules, file, warning, error) && check_adapted(rules, file, in, warning, error);
}

/* A6: where the pack wants it, for the headings that were found. */
static gboolean check_internal_review(
	const RuleContext *rules, const Casefile *file, const RequestInput *in, GError **error)
{
	if (in->internal_review != NULL && !rules_among(in->internal_review, internal_reviews))
		return invalid(error, "internal_review",
			"Choose where internal review stands: exhausted, out-of-time, "
			"none-exists or open.");
	for (const char *const *ref = in->reports; in->internal_review == NULL && *ref != NULL; ref++) {
		const Heading *heading =
			policy_heading(rules->policy, rules_assessed(file, casefile_report(file, *ref))->heading);

		if (heading != NULL && heading->internal_review)
			return refuse_at(error, "A6", "internal_review",
				"For behaviour under ‘%s’, say where internal review of their case stands: exhausted, "
				"out-of-time, none-exists or open.",
				heading->title);
	}
	return TRUE;
}

/* G8: complaints by the customer about whoever asks or decides are stated, or that there are none. */
static gboolean check_complaints(const RuleContext *rules, const Casefile *file, const RequestInput *in, GError **error)
{
	static const char *const about[] = {"conduct", "decision", NULL};

	(void)file;
	if (in->n_complaints == 0 && !in->no_complaints)
		return refuse_at(error, "G8", "complaints",
			"State any complaint by the customer about you or about the head of function, or say that "
			"there is "
			"none.");
	if (in->n_complaints > 0 && in->no_complaints)
		return invalid(
			error, "no_complaints", "You state a complaint and say that there is none. Do one of the two.");
	for (gsize i = 0; i < in->n_complaints; i++) {
		const CustomerComplaint *complaint = &in->complaints[i];
		char field[64];

		g_snprintf(field, sizeof field, "complaints/%zu", i);
		if (!rules_said(complaint->about) || !rules_said(complaint->reference) ||
			complaint->lodged_on == DAY_NONE || !rules_among(complaint->concerns, about))
			return refuse_at(error, "G8", field,
				"State whom the complaint is about, its reference, the day it was lodged, and whether "
				"it is about "
				"conduct or a decision.");
		if (complaint->lodged_on > rules_today(rules))
			return invalid(error, field, "A complaint cannot have been lodged on a day to come.");
	}
	return TRUE;
}

/* A5: what the manager says to each criterion, for the head of function to judge. */
static gboolean check_account_known(const RuleContext *rules, const RequestInput *in, GError **error)
{
	char field[128];

	for (gsize i = 0; i < in->n_account; i++) {
		g_snprintf(field, sizeof field, "account/%s", in->account[i].key);
		if (policy_criterion(rules->policy, in->account[i].key) == NULL)
			return invalid(
				error, field, "‘%s’ is no criterion of the policy. Leave it out.", in->account[i].key);
	}
	return TRUE;
}

static gboolean check_account_of(const Criterion *criterion, const RequestInput *in, GError **error)
{
	char field[128];

	g_snprintf(field, sizeof field, "account/%s", criterion->key);
	return rules_text_of(in->account, in->n_account, criterion->key) != NULL ||
	       refuse_at(error, "A5", field, "Say what you know for the head of function: %s", criterion->question);
}

/* What is asked for: which restrictions, how far, how long. */
static gboolean check_scope(const RuleContext *rules, const Casefile *file, const RequestInput *in, GError **error)
{
	Terms terms;

	(void)rules;
	if (!casefile_request_terms(file, in, &terms, error))
		return FALSE;
	if (terms.scope == SCOPE_ORGANISATION && file->scope != SCOPE_ORGANISATION && !rules_said(in->scope_reason))
		return refuse_at(error, "G4", "scope_reason",
			"Say why this has to reach the whole organisation, or ask for ‘%s’ alone.", file->function);
	return TRUE;
}

static gboolean check_asked(const RuleContext *rules, const Casefile *file, const RequestInput *in, GError **error)
{
	return rules_restrictions(rules, file, in->restrictions, in->n_restrictions, in->reports, error);
}

static gboolean check_review_day(const RuleContext *rules, const Casefile *file, const RequestInput *in, GError **error)
{
	(void)file;
	return rules_review_day(rules, in->review_on, error);
}

static gboolean check_end_day(const RuleContext *rules, const Casefile *file, const RequestInput *in, GError **error)
{
	(void)file;
	return rules_end_day(rules, in->until_on, error);
}

static gboolean check_reasons(const RuleContext *rules, const Casefile *file, const RequestInput *in, GError **error)
{
	(void)rules;
	(void)file;
	return rules_said(in->reasons) || refuse_at(error, "A3", "reasons", "Say why you ask for this.");
}

static gboolean check_all_accounts(
	const RuleContext *rules, const Casefile *file, const RequestInput *in, GError **error)
{
	(void)file;
	if (!check_account_known(rules, in, error))
		return FALSE;
	for (gsize i = 0; i < rules->policy->n_criteria; i++)
		if (!check_account_of(&rules->policy->criteria[i], in, error))
			return FALSE;
	return TRUE;
}

typedef gboolean (*RequestCheck)(
	const RuleContext *rules, const Casefile *file, const RequestInput *in, GError **error);

/* What the request says, in the order of the form. What rests on the cited reports is looked at once those stand. */
static const RequestCheck ON_REPORTS[] = {check_grounds, check_step_up, check_internal_review, check_asked};
static const RequestCheck BY_ITSELF[] = {
	check_complaints, check_all_accounts, check_scope, check_review_day, check_end_day, check_reasons};

/* A3, L2: who asks, and whether the casefile is at that point. */
static gboolean may_ask(const RuleContext *rules, const Casefile *file, GError **error)
{
	const Request *open = casefile_open_request(file);

	if (!rules_manager(rules, file, "A3", "ask for a restriction", error) || !rules_open(rules, file, error) ||
		!casefile_police_done(file, error))
		return FALSE;
	return open == NULL ||
	       refuse(error, "A3", "Request %s on %s is still open. Wait for its answer, or withdraw it first.",
		       open->ref, file->ref);
}

gboolean casefile_check_request(const RuleContext *rules, const Casefile *file, const RequestInput *in, GError **error)
{
	if (!may_ask(rules, file, error) || !check_cited(file, in, error))
		return FALSE;
	for (gsize i = 0; i < G_N_ELEMENTS(ON_REPORTS); i++)
		if (!ON_REPORTS[i](rules, file, in, error))
			return FALSE;
	for (gsize i = 0; i < G_N_ELEMENTS(BY_ITSELF); i++)
		if (!BY_ITSELF[i](rules, file, in, error))
			return FALSE;
	return TRUE;
}

static void keep_checks(const RequestCheck *checks, gsize n, const RuleContext *rules, const Casefile *file,
	const RequestInput *in, Arena *mem, ArenaList *errors)
{
	for (gsize i = 0; i < n; i++) {
		g_autoptr(GError) one = NULL;

		if (checks[i] != check_all_accounts && !checks[i](rules, file, in, &one))
			rules_keep(errors, mem, &one);
	}
}

void casefile_request_missing(
	const RuleContext *rules, const Casefile *file, const RequestInput *in, Arena *mem, ArenaList *ret_errors)
{
	g_autoptr(GError) cited = NULL;
	g_autoptr(GError) unknown = NULL;

	*ret_errors = (ArenaList){0};
	if (!may_ask(rules, file, NULL))
		return;
	if (check_cited(file, in, &cited))
		keep_checks(ON_REPORTS, G_N_ELEMENTS(ON_REPORTS), rules, file, in, mem, ret_errors);
	else
		rules_keep(ret_errors, mem, &cited);
	if (!check_account_known(rules, in, &unknown))
		rules_keep(ret_errors, mem, &unknown);
	for (gsize i = 0; i < rules->policy->n_criteria; i++) {
		g_autoptr(GError) one = NULL;

		if (!check_account_of(&rules->policy->criteria[i], in, &one))
			rules_keep(ret_errors, mem, &one);
	}
	keep_checks(BY_ITSELF, G_N_ELEMENTS(BY_ITSELF), rules, file, in, mem, ret_errors);
}

gboolean casefile_check_withdraw(const RuleContext *rules, const Casefile *file, const Request *request, GError **error)
{
	if (!rules_manager(rules, file, "A3", "withdraw a request", error) || !rules_open(rules, file, error))
		return FALSE;
	if (request == NULL || request->state != REQUEST_OPEN)
		return refuse(error, "A3",
			"There is no open request to withdraw on %s. Look at the casefile: it was answered.",
			file->ref);
	return TRUE;
}
