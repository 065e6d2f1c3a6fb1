/* report.c: what a behaviour report has to say (B1, B2, L2, G7), and when the police may be told (L1, L2). Which
 * casefile a report joins or opens is the act's; what becomes of it is assess.c's. */
#include "core/rules.h"

typedef gboolean (*ReportCheck)(const RuleContext *rules, const ReportInput *in, GError **error);

static gboolean check_function(const RuleContext *rules, const ReportInput *in, GError **error)
{
	if (in->function == NULL && actor_only_function(rules->actor) == NULL)
		return refuse_at(
			error, "S3", "function", "Say for which function you report this: its managers will see it.");
	if (in->function != NULL && !actor_belongs(rules->actor, in->function))
		return refuse_at(error, "S3", "function",
			"You do not work in ‘%s’. Report it for your own function; its managers will see it.",
			in->function);
	return TRUE;
}

static gboolean check_customer(const RuleContext *rules, const ReportInput *in, GError **error)
{
	(void)rules;
	return in->customer != NULL ||
	       invalid(error, "customer", "Say which customer this is about, such as C-2026-000123.");
}

static gboolean check_channel(const RuleContext *rules, const ReportInput *in, GError **error)
{
	Channel channel;

	return (in->channel != NULL && channel_parse(in->channel, &channel) &&
		       (rules->policy->channels & (1u << channel)) != 0) ||
	       invalid(error, "channel",
		       "Say how they were in contact: by phone, e-mail, letter or another way that the policy knows.");
}

static const BehaviourExample *example_of(const RuleContext *rules, const ReportInput *in)
{
	const Heading *heading = policy_heading(rules->policy, in->heading);

	return heading != NULL ? heading_example(heading, in->example) : NULL;
}

/* B1, B2: a heading of the pack with one of its examples, or with 'other' in words. */
static gboolean check_behaviour(const RuleContext *rules, const ReportInput *in, GError **error)
{
	const Heading *heading = policy_heading(rules->policy, in->heading);
	const BehaviourExample *example = example_of(rules, in);

	if (in->heading == NULL)
		return refuse_at(error, "B2", "heading", "Choose the heading under which this behaviour falls.");
	if (heading == NULL)
		return invalid(
			error, "heading", "‘%s’ is no heading of the policy. Choose one of its list.", in->heading);
	if (in->example != NULL && example == NULL)
		return invalid(error, "example",
			"‘%s’ is no example under ‘%s’. Choose one of its list, or put ‘other’ in words.", in->example,
			heading->title);
	if (example == NULL && !rules_said(in->other))
		return refuse_at(error, "B2", "example",
			"Choose the example that fits, or say in your own words what other behaviour it was. Being "
			"angry or "
			"upset is not enough.");
	return TRUE;
}

static gboolean check_what(const RuleContext *rules, const ReportInput *in, GError **error)
{
	(void)rules;
	return rules_said(in->what) || refuse_at(error, "B2", "what", "Say what happened: what they said or did.");
}

static gboolean check_effect(const RuleContext *rules, const ReportInput *in, GError **error)
{
	(void)rules;
	return rules_said(in->effect) ||
	       refuse_at(error, "B2", "effect", "Say what it did to staff or to the service.");
}

static gboolean check_scope(const RuleContext *rules, const ReportInput *in, GError **error)
{
	ScopeKind scope;

	(void)rules;
	if (!rules_scope_named(in->scope, in->scope_reason, error))
		return FALSE;
	if (in->scope == NULL || !scope_parse(in->scope, &scope) || scope != SCOPE_MATTER)
		return TRUE;
	if (in->matters == NULL || in->matters[0] == NULL || in->matters[1] != NULL)
		return refuse_at(
			error, "G4", "matters", "Name the one matter that this is about, or choose the function.");
	return TRUE;
}

static gboolean check_disability(const RuleContext *rules, const ReportInput *in, GError **error)
{
	static const char *const answers[] = {"yes", "no", "not-known", NULL};

	(void)rules;
	return rules_among(in->disability, answers) ||
	       refuse_at(error, "G7", "disability",
		       "Say whether a disability or an access need could explain the behaviour: yes, no or "
		       "not-known.");
}

/* What a report says, in the order in which it is asked. */
static const ReportCheck CHECKS[] = {check_function, check_customer, check_channel, check_behaviour, check_what,
	check_effect, check_scope, check_disability};

gboolean casefile_check_report(const RuleContext *rules, const ReportInput *in, gboolean *ret_violence, GError **error)
{
	const BehaviourExample *example;

	if (!rules_person(rules, "S3", error))
		return FALSE;
	for (gsize i = 0; i < G_N_ELEMENTS(CHECKS); i++)
		if (!CHECKS[i](rules, in, error))
			return FALSE;
	example = example_of(rules, in);
	*ret_violence = in->violence || (example != NULL && example->violence);
	return TRUE;
}

void casefile_report_missing(const RuleContext *rules, const ReportInput *in, Arena *mem, ArenaList *ret_errors)
{
	*ret_errors = (ArenaList){0};
	if (!rules_person(rules, "S3", NULL))
		return;
	for (gsize i = 0; i < G_N_ELEMENTS(CHECKS); i++) {
		g_autoptr(GError) one = NULL;

		if (!CHECKS[i](rules, in, &one))
			rules_keep(ret_errors, mem, &one);
	}
}

/* L1: threats, violence, verbal abuse, harassment; what was put in other words may be any of them. */
static gboolean may_be_referred(const RuleContext *rules, const Casefile *file, const Report *report)
{
	const Assessment *assessment = rules_assessed(file, report);
	const Heading *heading = policy_heading(rules->policy, report->heading);
	const BehaviourExample *example = heading != NULL ? heading_example(heading, report->example) : NULL;

	return report->violence || report->example == NULL || (example != NULL && example->police != POLICE_NO) ||
	       (assessment != NULL && assessment->ground != NULL);
}

gboolean casefile_check_refer(const RuleContext *rules, const Casefile *file, GError **error)
{
	gboolean reported = FALSE, fits = FALSE;

	if (!rules_person(rules, "L1", error))
		return FALSE;
	for (gsize i = 0; i < file->n_reports; i++) {
		reported |= rules_same(file->reports[i].reporter, rules->actor->user_name);
		fits |= may_be_referred(rules, file, &file->reports[i]);
	}
	if (!reported && !actor_has(rules->actor, ROLE_MANAGER, file->function))
		return refuse(error, "L1",
			"To record that the police were told you have to be a manager of ‘%s’, or the one who reported "
			"it. "
			"In danger, call 999 first and have it recorded afterwards.",
			file->function);
	if (!rules_open(rules, file, error))
		return FALSE;
	if (!fits)
		return refuse(error, "L1",
			"Nothing reported on %s is a threat, violence, verbal abuse or harassment, and only that goes "
			"to the "
			"police. If it happened, report it first.",
			file->ref);
	return TRUE;
}
