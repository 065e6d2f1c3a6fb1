/* work.c: owned work (G6, S2, S3, S4). What an item is about, and what a report says, is others' to load. */
#include "core/work.h"

#include "core/rules.h"

const char *const item_outcomes[] = {
	"new-information", "safeguarding", "information-request", "new-complaint", "nothing-new", NULL};

gboolean work_check_deal(
	const RuleContext *rules, const Work *item, const char *outcome, const char *words, GError **error)
{
	const char *user = rules->actor->user_name;

	if (!rules_person(rules, "G6", error))
		return FALSE;
	if (item->done)
		return conflict(error, "%s was dealt with already. Look at it again.", item->ref);
	if (item->owner != NULL && !rules_same(item->owner, user))
		return refuse(error, "G6",
			"%s is the work of ‘%s’. Leave it to them, or have your manager assign it to you.", item->ref,
			item->owner);
	if (item->owner == NULL && item->function != NULL && !actor_belongs(rules->actor, item->function))
		return refuse(error, "G6",
			"%s belongs to ‘%s’. Tell them what you know, or have their manager assign it to you.",
			item->ref, item->function);
	if (!rules_among(outcome, item_outcomes))
		return refuse_at(error, "G6", "outcome",
			"Say what came of it: new information, safeguarding, an information request, a new complaint, "
			"or nothing new. Nothing ends without one.");
	if (!rules_said(words))
		return refuse_at(error, "G6", "words", "Say what you found, and what you did with it.");
	return TRUE;
}

static gboolean answers_for(const RuleContext *rules, const char *function)
{
	const Actor *actor = rules->actor;

	if (actor_has(actor, ROLE_MANAGER, function))
		return TRUE;
	return function != NULL ? actor_capacity(actor, rules->policy, function) != CAPACITY_NONE
				: actor_has(actor, ROLE_HEAD_OF_FUNCTION, NULL);
}

static const char *rule_of(WorkKind kind)
{
	static const char *const RULES[] = {
		[WORK_REPORT] = "S3", [WORK_ITEM] = "G6", [WORK_DISPUTE] = "D1", [WORK_NOTICE] = "N1"};

	return RULES[kind];
}

static gboolean may_assign(const RuleContext *rules, const Work *work, GError **error)
{
	if (work->kind == WORK_DISPUTE)
		return actor_has(rules->actor, ROLE_COMPLAINTS_OFFICER, NULL) ||
		       refuse(error, "D1", "Who hears %s is named by a complaints officer. Ask one of them.",
			       work->ref);
	if (answers_for(rules, work->function) ||
		(work->kind == WORK_NOTICE && rules_same(work->owner, rules->actor->user_name)))
		return TRUE;
	return refuse(error, rule_of(work->kind),
		"%s is handed to somebody by a manager or the head of ‘%s’. Ask one of them.", work->ref,
		work->function != NULL ? work->function : "a function");
}

/* S3: nobody assesses their own report; a manager of elsewhere comes in where nobody here may, or has. */
static gboolean check_assessor(const RuleContext *rules, const Work *report, const Actor *to, GError **error)
{
	const Day late_from = zone_day(rules->zone, report->since) + rules->policy->days_to_assess;

	if (rules_same(report->reporter, to->user_name))
		return refuse_at(error, "S3", "to", "‘%s’ reported %s, so somebody else assesses it. Name another.",
			to->user_name, report->ref);
	if (!actor_has(to, ROLE_MANAGER, NULL))
		return refuse_at(
			error, "S3", "to", "‘%s’ is no manager, and reports are assessed by managers.", to->user_name);
	if (actor_has(to, ROLE_MANAGER, report->function))
		return TRUE;
	if (actor_capacity(rules->actor, rules->policy, report->function) == CAPACITY_NONE)
		return refuse_at(error, "S3", "to",
			"‘%s’ is a manager of another function. Only the head of ‘%s’ names one; ask them, or name a "
			"manager of ‘%s’.",
			to->user_name, report->function, report->function);
	if (report->managers > 0 && rules_today(rules) <= late_from)
		return refuse_at(error, "S3", "to",
			"A manager of ‘%s’ can assess %s, and their days are not over. Name one of them.",
			report->function, report->ref);
	return TRUE;
}

gboolean work_check_assign(const RuleContext *rules, const Work *work, const Actor *to, GError **error)
{
	const char *rule = rule_of(work->kind);

	if (!rules_person(rules, rule, error) || !may_assign(rules, work, error))
		return FALSE;
	if (work->done)
		return conflict(error, "%s is done already. Look at it again.", work->ref);
	if (work->kind == WORK_REPORT)
		return check_assessor(rules, work, to, error);
	if (work->kind == WORK_DISPUTE)
		return actor_has(to, ROLE_COMPLAINTS_OFFICER, NULL) ||
		       refuse_at(error, rule, "to", "‘%s’ is no complaints officer, and they hear disputes.",
			       to->user_name);
	if (!actor_works_cases(to) || !actor_belongs(to, work->function))
		return refuse_at(error, rule, "to", "‘%s’ does not work in ‘%s’, which has %s. Name somebody who does.",
			to->user_name, work->function != NULL ? work->function : "any function", work->ref);
	return TRUE;
}

gboolean work_check_follow_up(const RuleContext *rules, const FollowUp *about, GError **error)
{
	const char *rule = about->ended_call ? "S2" : "S4";

	if (!rules_person(rules, rule, error))
		return FALSE;
	if (!about->calls_for)
		return refuse_at(error, rule, "about",
			about->ended_call ? "%s is no call that was ended. There is nothing to follow up."
					  : "%s has no welfare mark. There is nothing to follow up.",
			about->ref);
	if (!answers_for(rules, about->function))
		return refuse(error, rule, "What was done about %s is said by a manager or the head of ‘%s’.",
			about->ref, about->function != NULL ? about->function : "a function");
	if (rules_same(about->by, rules->actor->user_name))
		return refuse(error, rule, "%s is your own. Another manager, or the head of function, looks at it.",
			about->ref);
	return TRUE;
}
