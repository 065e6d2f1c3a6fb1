/* assess.c: what a manager's assessment of behaviour reports has to answer (B2, B3, B6, W5, L2). */
#include "core/rules.h"

/* Reports of this casefile that nobody assessed yet, none by the assessor. One of violence may be assessed again, to
 * say that there was none. */
static gboolean check_reports(const RuleContext *rules, const Casefile *file, const AssessInput *in, GError **error)
{
	for (const char *const *ref = in->reports; ref != NULL && *ref != NULL; ref++) {
		const Report *report = casefile_report(file, *ref);

		if (report != NULL && rules_same(report->reporter, rules->actor->user_name))
			return refuse_at(error, "S3", "reports",
				"You reported %s yourself, so another manager assesses it. Ask your head of function "
				"to name one.",
				*ref);
	}
	if (!rules_open(rules, file, error) || !rules_reports(file, in->reports, "B2", error))
		return FALSE;
	for (const char *const *ref = in->reports; *ref != NULL; ref++) {
		const Report *report = casefile_report(file, *ref);
		const Assessment *before = rules_assessed(file, report);

		if (before != NULL && !(report->violence && !before->no_violence && rules_said(in->no_violence)))
			return refuse_at(error, "B3", "reports",
				"Report %s was assessed already (%s). Leave it out; new behaviour needs a new report.",
				*ref, report->assessment);
	}
	return TRUE;
}

/* S3: a manager of the owning function, or the one of elsewhere who was named for all of these reports. */
static gboolean may_assess(const RuleContext *rules, const Casefile *file, const AssessInput *in, GError **error)
{
	gboolean named = in->reports != NULL && in->reports[0] != NULL && actor_has(rules->actor, ROLE_MANAGER, NULL);

	for (const char *const *ref = in->reports; named && *ref != NULL; ref++) {
		const Report *report = casefile_report(file, *ref);

		named = report != NULL && rules_same(report->named, rules->actor->user_name);
	}
	return named ? rules_person(rules, "S3", error) : rules_manager(rules, file, "S3", "assess a report", error);
}

typedef struct {
	const RuleContext *rules;
	const Casefile *file;
	const AssessInput *in;
} Assessing;

typedef gboolean (*AssessCheck)(const Assessing *a, GError **error);

static const Heading *heading_of(const Assessing *a)
{
	return policy_heading(a->rules->policy, a->in->heading);
}

static gboolean check_outcome(const Assessing *a, GError **error)
{
	AssessedOutcome outcome;

	return assessed_parse(a->in->outcome, &outcome) ||
	       invalid(error, "outcome", "Choose what follows: no-action, informal-advice, warning or request.");
}

static gboolean check_heading(const Assessing *a, GError **error)
{
	return heading_of(a) != NULL ||
	       invalid(error, "heading",
		       "Choose the heading under which the behaviour falls; ‘%s’ is none of the policy's.",
		       a->in->heading != NULL ? a->in->heading : "");
}

/* B3: nothing but the questions of the heading is answered. */
static gboolean check_tests_known(const Assessing *a, GError **error)
{
	const Heading *heading = heading_of(a);
	char field[128];

	for (gsize i = 0; heading != NULL && i < a->in->n_tests; i++) {
		gboolean known = FALSE;

		for (gsize k = 0; k < heading->n_tests; k++)
			known |= rules_same(heading->tests[k].key, a->in->tests[i].key);
		g_snprintf(field, sizeof field, "tests/%s", a->in->tests[i].key);
		if (!known)
			return invalid(error, field, "‘%s’ is no question of the heading ‘%s’. Leave it out.",
				a->in->tests[i].key, heading->title);
	}
	return TRUE;
}

/* B3: a question of the heading is answered. */
static gboolean check_test(const Assessing *a, const PolicyQuestion *test, GError **error)
{
	char field[128];

	g_snprintf(field, sizeof field, "tests/%s", test->key);
	return rules_text_of(a->in->tests, a->in->n_tests, test->key) != NULL ||
	       refuse_at(error, "B3", field, "Answer the question: %s", test->question);
}

static gboolean check_tests(const Assessing *a, GError **error)
{
	const Heading *heading = heading_of(a);

	for (gsize i = 0; heading != NULL && i < heading->n_tests; i++)
		if (!check_test(a, &heading->tests[i], error))
			return FALSE;
	return TRUE;
}

static gboolean check_needs(const Assessing *a, GError **error)
{
	return rules_said(a->in->needs_considered) ||
	       refuse_at(error, "B6", "needs_considered",
		       "Say how you considered illness, disability or another access need. If none is known, say how "
		       "you looked.");
}

static gboolean check_behaviour(const Assessing *a, GError **error)
{
	return rules_said(a->in->behaviour) ||
	       refuse_at(error, "B2", "behaviour",
		       "Say what happened in words that the customer can be told, without the reporter's name.");
}

static gboolean check_advice(const Assessing *a, GError **error)
{
	AssessedOutcome outcome;

	if (!assessed_parse(a->in->outcome, &outcome))
		return TRUE;
	if (outcome == ASSESSED_INFORMAL_ADVICE && !rules_said(a->in->advice))
		return refuse_at(error, "G1", "advice",
			"Say what the letter asks of the customer. It only asks: advice restricts nothing.");
	return outcome == ASSESSED_INFORMAL_ADVICE || a->in->advice == NULL ||
	       invalid(error, "advice",
		       "Advice goes with the outcome informal-advice. Choose that, or leave this empty.");
}

/* W5: the reason for which no warning would be needed, only under a heading that has such behaviour. */
static gboolean check_ground(const Assessing *a, GError **error)
{
	const RuleContext *rules = a->rules;
	const Heading *heading = heading_of(a);
	const AssessInput *in = a->in;
	gboolean skips = FALSE;

	if (in->ground == NULL || heading == NULL)
		return TRUE;
	if (policy_word(rules->policy->skip_reasons, rules->policy->n_skip_reasons, in->ground) == NULL)
		return invalid(error, "ground", "‘%s’ is not on the policy's list of reasons to act without a warning.",
			in->ground);
	for (gsize i = 0; i < heading->n_examples; i++)
		skips |= heading->examples[i].skips_warning;
	if (!skips)
		return refuse_at(error, "W5", "ground",
			"Behaviour under ‘%s’ is always warned about first. Leave this empty, or choose the heading "
			"that it was.",
			heading->title);
	return TRUE;
}

/* L2: only reported violence can be found to have been none. */
static gboolean check_no_violence(const Assessing *a, GError **error)
{
	if (a->in->no_violence == NULL || a->in->reports == NULL)
		return TRUE;
	for (const char *const *ref = a->in->reports; *ref != NULL; ref++)
		if (casefile_report(a->file, *ref)->violence)
			return TRUE;
	return refuse_at(error, "L2", "no_violence",
		"None of these reports speaks of physical violence. Leave this empty, or name the report that does.");
}

static gboolean check_reach(const Assessing *a, GError **error)
{
	ScopeKind scope;
	const char *of;

	return rules_scope_named(a->in->scope, a->in->scope_reason, error) &&
	       rules_scope(
		       a->file, a->in->scope, a->in->scope_of, a->file->scope, a->file->scope_of, &scope, &of, error);
}

static const AssessCheck CHECKS[] = {check_outcome, check_heading, check_tests_known, check_tests, check_needs,
	check_behaviour, check_advice, check_ground, check_no_violence, check_reach};

gboolean casefile_check_assess(const RuleContext *rules, const Casefile *file, const AssessInput *in, GError **error)
{
	const Assessing a = {.rules = rules, .file = file, .in = in};

	if (!may_assess(rules, file, in, error) || !check_reports(rules, file, in, error))
		return FALSE;
	for (gsize i = 0; i < G_N_ELEMENTS(CHECKS); i++)
		if (!CHECKS[i](&a, error))
			return FALSE;
	return TRUE;
}

void casefile_assess_missing(
	const RuleContext *rules, const Casefile *file, const AssessInput *in, Arena *mem, ArenaList *ret_errors)
{
	const Assessing a = {.rules = rules, .file = file, .in = in};
	const Heading *heading = heading_of(&a);
	g_autoptr(GError) none_named = NULL;

	*ret_errors = (ArenaList){0};
	if (!may_assess(rules, file, in, NULL) || !rules_open(rules, file, NULL))
		return;
	/* Reports that cannot be assessed are for their own refusal; that none is named is one thing of several. */
	if (in->reports != NULL && *in->reports != NULL && !check_reports(rules, file, in, NULL))
		return;
	(void)check_reports(rules, file, in, &none_named);
	rules_keep(ret_errors, mem, &none_named);
	for (gsize i = 0; i < G_N_ELEMENTS(CHECKS); i++) {
		g_autoptr(GError) one = NULL;

		if (CHECKS[i] != check_tests && !CHECKS[i](&a, &one))
			rules_keep(ret_errors, mem, &one);
	}
	for (gsize i = 0; heading != NULL && i < heading->n_tests; i++) {
		g_autoptr(GError) one = NULL;

		if (!check_test(&a, &heading->tests[i], &one))
			rules_keep(ret_errors, mem, &one);
	}
}
