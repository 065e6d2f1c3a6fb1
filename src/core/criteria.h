/* criteria.h: A5, the criteria that a head of function answers before any action, each with a finding. */
#pragma once

#include "core/casefile.h"

/* Every criterion of the pack has exactly one finding; a finding is met, or does not apply (because), or not met but
 * action is needed now (because, who mends it, by when); how it was considered stands in own words or adopts the
 * manager's account, which then must exist and may not be adopted where the finding differs ('not met'). Refuses
 * with A5, naming the field "findings/KEY", or "findings/KEY/how" and the like. */
gboolean criteria_check(const Policy *policy, const Finding *findings, gsize n_findings, const KeyedText *account,
	gsize n_account, Day today, GError **error) MUST_CHECK;
/* For a list of all that is missing: adds every such refusal, of each criterion all at once. */
void criteria_missing(const Policy *policy, const Finding *findings, gsize n_findings, const KeyedText *account,
	gsize n_account, Day today, Arena *mem, ArenaList *errors /* of GError */);
