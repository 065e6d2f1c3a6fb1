/* entries.c: breaches (S5) and evidence (G9). What each has to say in words is its act's field; the rules that it must
 * meet stand here. */
#include "core/entries.h"

#include "core/rules.h"

static const Arrangement *find_arrangement(const Casefile *file, const char *ref)
{
	for (gsize i = 0; i < file->n_arrangements; i++)
		if (rules_same(file->arrangements[i].ref, ref))
			return &file->arrangements[i];
	return NULL;
}

/* The casefile's arrangements carry their last day beside the moment at which they were ended. */
static gboolean was_in_force(const RuleContext *rules, const Arrangement *arrangement, Instant at)
{
	const Day day = zone_day(rules->zone, at);

	return arrangement_in_force(arrangement, at, day) &&
	       (arrangement->until_day == DAY_NONE || day <= arrangement->until_day);
}

gboolean casefile_check_breach(
	const RuleContext *rules, const Casefile *file, const char *ref, Instant happened_at, GError **error)
{
	const Arrangement *arrangement = find_arrangement(file, ref);

	if (!rules_person(rules, "S5", error) || !rules_open(rules, file, error))
		return FALSE;
	if (arrangement == NULL)
		return refuse_at(error, "S5", "arrangement",
			"There is no arrangement %s on %s. Name the one that was broken.", ref, file->ref);
	if (!was_in_force(rules, arrangement, happened_at))
		return refuse_at(error, "S5", "arrangement",
			"%s was not in force when this happened, so it could not be broken. Where the behaviour itself "
			"was unacceptable, report it.",
			ref);
	return TRUE;
}

gboolean casefile_check_evidence(const RuleContext *rules, const Casefile *file, const char *report, GError **error)
{
	if (!rules_person(rules, "G9", error) || !rules_open(rules, file, error))
		return FALSE;
	return report == NULL || casefile_report(file, report) != NULL ||
	       refuse_at(error, "G4", "report", "Report %s is not on %s. Name one of this casefile, or leave it out.",
		       report, file->ref);
}

const Decision *casefile_decision_before(const Casefile *file, Instant at)
{
	const Decision *newest = NULL;

	for (gsize i = 0; i < file->n_decisions; i++) {
		const Decision *decision = &file->decisions[i];

		if (decision->complete_at != INSTANT_NONE && decision->complete_at <= at &&
			(newest == NULL || decision->complete_at >= newest->complete_at))
			newest = decision;
	}
	return newest;
}

gboolean casefile_has_violence(const Casefile *file)
{
	for (gsize i = 0; i < file->n_reports; i++) {
		const Assessment *assessment = rules_assessed(file, &file->reports[i]);

		if (file->reports[i].violence && (assessment == NULL || !assessment->no_violence))
			return TRUE;
	}
	return FALSE;
}

gboolean casefile_check_safety(const RuleContext *rules, const Casefile *file, GError **error)
{
	if (!rules_person(rules, "L2", error))
		return FALSE;
	if (actor_capacity(rules->actor, rules->policy, file->function) == CAPACITY_NONE)
		return refuse(error, "L2",
			"The sentence that anybody about to meet them is told is approved by the head of ‘%s’. Ask "
			"them.",
			file->function);
	return rules_open(rules, file, error) &&
	       (casefile_has_violence(file) || refuse(error, "L2",
						       "Nothing on %s speaks of physical violence used or threatened, "
						       "or it was found to be none. "
						       "There is nothing that others have to be told.",
						       file->ref));
}
