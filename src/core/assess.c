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

/* B3: each question of the heading is answered, and nothing else. */
static gboolean check_tests(const Heading *heading, const AssessInput *in, GError **error)
{
	char field[128];

	for (gsize i = 0; i < in->n_tests; i++) {
		gboolean known = FALSE;

		for (gsize k = 0; k < heading->n_tests; k++)
			known |= rules_same(heading->tests[k].key, in->tests[i].key);
		g_snprintf(field, sizeof field, "tests/%s", in->tests[i].key);
		if (!known)
			return invalid(error, field, "‘%s’ is no question of the heading ‘%s’. Leave it out.",
				in->tests[i].key, heading->title);
	}
	for (gsize i = 0; i < heading->n_tests; i++) {
		g_snprintf(field, sizeof field, "tests/%s", heading->tests[i].key);
		if (rules_text_of(in->tests, in->n_tests, heading->tests[i].key) == NULL)
			return refuse_at(error, "B3", field, "Answer the question: %s", heading->tests[i].question);
	}
	return TRUE;
}

/* W5: the reason for which no warning would be needed, only under a heading that has such behaviour. */
static gboolean check_ground(const RuleContext *rules, const Heading *heading, const AssessInput *in, GError **error)
{
	gboolean skips = FALSE;

	if (in->ground == NULL)
		return TRUE;
	if (policy_word(rules->policy->skip_reasons, rules->policy->n_skip_reasons, in->ground) == NULL)
		return invalid(error, "ground", "‘%s’ is not on the policy's list of reasons to act without a warning.",
			in->ground);
	for (gsize i = 0; i < heading->n_examples; i++)
		skips |= heading->examples[i].skips_warning;
	if (!skips)
		return refuse_at(error, "W5", "ground",
			"Behaviour under ‘%s’ is always warned about first. Leave this empty, or choose the heading "
			"that it "
			"was.",
			heading->title);
	return TRUE;
}

/* L2: only reported violence can be found to have been none. */
static gboolean check_no_violence(const Casefile *file, const AssessInput *in, GError **error)
{
	if (in->no_violence == NULL)
		return TRUE;
	for (const char *const *ref = in->reports; *ref != NULL; ref++)
		if (casefile_report(file, *ref)->violence)
			return TRUE;
	return refuse_at(error, "L2", "no_violence",
		"None of these reports speaks of physical violence. Leave this empty, or name the report that does.");
}

gboolean casefile_check_assess(const RuleContext *rules, const Casefile *file, const AssessInput *in, GError **error)
{
	const Heading *heading = policy_heading(rules->policy, in->heading);
	AssessedOutcome outcome;
	ScopeKind scope;
	const char *of;

	if (!may_assess(rules, file, in, error) || !check_reports(rules, file, in, error))
		return FALSE;
	if (!assessed_parse(in->outcome, &outcome))
		return invalid(
			error, "outcome", "Choose what follows: no-action, informal-advice, warning or request.");
	if (heading == NULL)
		return invalid(error, "heading",
			"Choose the heading under which the behaviour falls; ‘%s’ is none of the "
			"policy's.",
			in->heading != NULL ? in->heading : "");
	if (!check_tests(heading, in, error))
		return FALSE;
	if (!rules_said(in->needs_considered))
		return refuse_at(error, "B6", "needs_considered",
			"Say how you considered illness, disability or another access need. If none is known, say how "
			"you "
			"looked.");
	if (!rules_said(in->behaviour))
		return refuse_at(error, "B2", "behaviour",
			"Say what happened in words that the customer can be told, without the reporter's name.");
	if (outcome == ASSESSED_INFORMAL_ADVICE && !rules_said(in->advice))
		return refuse_at(error, "G1", "advice",
			"Say what the letter asks of the customer. It only asks: advice restricts nothing.");
	if (outcome != ASSESSED_INFORMAL_ADVICE && in->advice != NULL)
		return invalid(error, "advice",
			"Advice goes with the outcome informal-advice. Choose that, or leave this empty.");
	if (!check_ground(rules, heading, in, error) || !check_no_violence(file, in, error) ||
		!rules_scope_named(in->scope, in->scope_reason, error))
		return FALSE;
	return rules_scope(file, in->scope, in->scope_of, file->scope, file->scope_of, &scope, &of, error);
}
