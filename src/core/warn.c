/* warn.c: the written warning (W1 to W4), its tiers, its days to adapt, and the customer's answer to it (W6). */
#include "core/rules.h"

gboolean warning_is_sent(const Warning *warning)
{
	return warning->sent->delivered_at != INSTANT_NONE && warning->sent->returned_at == INSTANT_NONE;
}

gboolean warning_adapt_until(const Warning *warning, const Zone *zone, Day *ret_until)
{
	Day day;
	int second;

	if (!warning_is_sent(warning))
		return FALSE;
	zone_local(zone, warning->sent->delivered_at, &day, &second);
	/* the end of a day is the first instant of the next: a letter in the post is delivered on the day before it */
	if (second == 0 && rules_same(warning->sent->delivery, delivery_name(DELIVERY_POST)))
		day--;
	*ret_until = day + warning->days_to_adapt;
	return TRUE;
}

gboolean rules_warning_stands(const Casefile *file, const Warning *warning, const char *field, GError **error)
{
	if (warning->sent->returned_at != INSTANT_NONE)
		return refuse_at(error, "W1", field,
			"The letter with warning %s came back, so %s has not been told. Send it anew, or have it read "
			"out or "
			"handed over; the days to adapt start again.",
			warning->ref, file->customer);
	if (warning->sent->delivered_at == INSTANT_NONE)
		return refuse_at(error, "W1", field,
			"Warning %s has not been sent yet. Send its letter %s and confirm that, then the days to adapt "
			"run.",
			warning->ref, warning->sent->ref);
	return TRUE;
}

static gsize tier_place(const Policy *policy, const char *key)
{
	gsize i = 0;

	while (i < policy->n_tiers && !rules_same(policy->tiers[i].key, key))
		i++;
	return i;
}

/* The latest warning of a tier that reached its customer; NULL. */
static const Warning *sent_at_tier(const Casefile *file, const char *tier)
{
	for (gsize i = file->n_warnings; i > 0; i--)
		if (rules_same(file->warnings[i - 1].tier, tier) && warning_is_sent(&file->warnings[i - 1]))
			return &file->warnings[i - 1];
	return NULL;
}

static gboolean may_warn(const RuleContext *rules, const Casefile *file, RoleSet roles)
{
	for (int role = 0; role < ROLES; role++)
		if ((roles & (1u << role)) != 0 && actor_has(rules->actor, (Role)role, file->function))
			return TRUE;
	return FALSE;
}

/* The tier asked for; left out, the first that was not sent yet (or again the last). */
static gboolean take_tier(
	const RuleContext *rules, const Casefile *file, const char *key, gsize *ret_place, GError **error)
{
	const Policy *policy = rules->policy;
	gsize place = 0;

	if (key != NULL)
		place = tier_place(policy, key);
	else
		while (place + 1 < policy->n_tiers && sent_at_tier(file, policy->tiers[place].key) != NULL)
			place++;
	if (place == policy->n_tiers)
		return invalid(error, "tier", "‘%s’ is no warning that the policy knows. Choose one of its list.",
			key != NULL ? key : "");
	*ret_place = place;
	return TRUE;
}

/* G9: of what the assessment answers, something happened after the step before. */
static gboolean assessed_after(const Casefile *file, const char *assessment, Instant step)
{
	for (gsize i = 0; i < file->n_reports; i++)
		if (rules_same(file->reports[i].assessment, assessment) && file->reports[i].happened_at > step)
			return TRUE;
	return FALSE;
}

static gboolean check_tier_order(
	const RuleContext *rules, const Casefile *file, const char *assessment, gsize place, GError **error)
{
	const WarningTier *tier = &rules->policy->tiers[place], *before;
	const Warning *warning;

	if (place == 0)
		return TRUE;
	before = &rules->policy->tiers[place - 1];
	warning = sent_at_tier(file, before->key);
	if (warning == NULL)
		return refuse_at(error, "W1", "tier",
			"‘%s’ comes after ‘%s’, which has not reached the customer. Send that first.", tier->title,
			before->title);
	if (!assessed_after(file, assessment, warning->at))
		return refuse_at(error, "G9", "assessment",
			"%s is only about what happened before ‘%s’ (%s). The next step needs behaviour after it.",
			assessment, before->title, warning->ref);
	return TRUE;
}

static gboolean check_assessment(const Casefile *file, const char *ref, GError **error)
{
	const Assessment *assessment = casefile_assessment(file, ref);

	if (assessment == NULL)
		return refuse_at(error, "W1", "assessment",
			"A warning rests on an assessed report. ‘%s’ is no assessment on %s; assess the report first.",
			ref != NULL ? ref : "", file->ref);
	if (assessment->outcome != ASSESSED_WARNING && assessment->outcome != ASSESSED_REQUEST)
		return refuse_at(error, "W1", "assessment",
			"%s found that no warning is called for. Warn only about behaviour that was assessed as "
			"needing one.",
			ref);
	for (gsize i = 0; i < file->n_warnings; i++)
		if (rules_same(file->warnings[i].assessment, ref) &&
			file->warnings[i].sent->returned_at == INSTANT_NONE)
			return refuse_at(error, "W1", "assessment",
				"The customer was already warned about this (%s). Another warning needs new behaviour.",
				file->warnings[i].ref);
	return TRUE;
}

gboolean casefile_check_warn(const RuleContext *rules, const Casefile *file, const WarnInput *in,
	const WarningTier **ret_tier, GError **error)
{
	RoleSet any = 0;
	gsize place = 0;

	if (!rules_person(rules, "W1", error))
		return FALSE;
	for (gsize i = 0; i < rules->policy->n_tiers; i++)
		any |= rules->policy->tiers[i].by;
	if (!may_warn(rules, file, any))
		return refuse(error, "W1", "A warning on %s is given by a manager of ‘%s’. Ask one of them.", file->ref,
			file->function);
	if (!rules_open(rules, file, error) || !casefile_police_done(file, error) ||
		!take_tier(rules, file, in->tier, &place, error))
		return FALSE;
	if (!may_warn(rules, file, rules->policy->tiers[place].by))
		return refuse_at(error, "W1", "tier", "You may not give a ‘%s’. Ask somebody in ‘%s’ whose role may.",
			rules->policy->tiers[place].title, file->function);
	if (!check_assessment(file, in->assessment, error) ||
		!check_tier_order(rules, file, in->assessment, place, error))
		return FALSE;
	*ret_tier = &rules->policy->tiers[place];
	return TRUE;
}

gboolean casefile_check_answer(
	const RuleContext *rules, const Casefile *file, const char *warning, Instant happened_at, GError **error)
{
	const Warning *answered = casefile_warning(file, warning);

	if (!rules_person(rules, "W6", error) || !rules_open(rules, file, error))
		return FALSE;
	if (answered == NULL)
		return refuse_at(error, "W6", "warning", "‘%s’ is no warning on %s. Name the one that they answer.",
			warning != NULL ? warning : "", file->ref);
	if (happened_at < answered->at || happened_at > rules->now)
		return invalid(error, "happened_at",
			"An answer comes after its warning and not later than now. Give the time at which it reached "
			"you.");
	return TRUE;
}
