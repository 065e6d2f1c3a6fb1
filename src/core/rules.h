/* rules.h: what the checks of casefile.h share; nobody outside this folder includes it. A check speaks in this order:
 * may they, is the casefile at that point, does the content do. */
#pragma once

#include "core/casefile.h"

/* Texts are equal; FALSE where either is NULL. */
gboolean rules_same(const char *a, const char *b);
gboolean rules_among(const char *text, const char *const *list); /* NULL-terminated, or NULL */
/* Something was said. */
gboolean rules_said(const char *text);

/* Refuses with `rule` whoever is no person that works on cases: a job, a gate's token, an auditor, an administrator. */
gboolean rules_person(const RuleContext *rules, const char *rule, GError **error) MUST_CHECK;
/* Refuses with `rule` whoever is no manager of the function that owns the casefile; `deed`: "assess a report". */
gboolean rules_manager(
	const RuleContext *rules, const Casefile *file, const char *rule, const char *deed, GError **error) MUST_CHECK;
/* G1: nothing is added to a casefile that was closed. */
gboolean rules_open(const RuleContext *rules, const Casefile *file, GError **error) MUST_CHECK;

/* The actor's local day. */
Day rules_today(const RuleContext *rules);

/* Reports that a step rests on: at least one, each on the casefile, none twice. Names the field "reports". */
gboolean rules_reports(const Casefile *file, const char *const *reports, const char *rule, GError **error) MUST_CHECK;
/* The assessment of a report; NULL. */
const Assessment *rules_assessed(const Casefile *file, const Report *report);

/* The text under a key, where it says something; NULL. */
const char *rules_text_of(const KeyedText *texts, gsize n, const char *key);

/* G4: a scope as given, what is left out from a default. The owning function, a matter of the casefile, or the
 * organisation. */
gboolean rules_scope(const Casefile *file, const char *scope, const char *scope_of, ScopeKind default_scope,
	const char *default_of, ScopeKind *ret_scope, const char **ret_of, GError **error) MUST_CHECK;
/* G4: a scope as a report or an assessment gives it; the whole organisation needs a reason. */
gboolean rules_scope_named(const char *scope, const char *reason, GError **error) MUST_CHECK;

/* V1: a review day, after today and within the pack's months of it. */
gboolean rules_review_day(const RuleContext *rules, Day review_on, GError **error) MUST_CHECK;
/* G2: an end where the pack wants one, after today and within the pack's longest. */
gboolean rules_end_day(const RuleContext *rules, Day until_on, GError **error) MUST_CHECK;
/* G4, R8: each restriction is of a kind of the pack and answers a cited report, on its channel or with a reason. */
gboolean rules_restrictions(const RuleContext *rules, const Casefile *file, const RestrictionAsked *restrictions,
	gsize n, const char *const *reports, GError **error) MUST_CHECK;

/* For lists of all that is missing: keeps the refusal in mem and clears it; nothing where there is none. */
void rules_keep(ArenaList *errors, Arena *mem, GError **error);

/* W1 to W5, G9, at the request and again at the decision: the warning that it rests on is still one. field: NULL where
 * none mends it. */
gboolean rules_warning_stands(
	const Casefile *file, const Warning *warning, const char *field, GError **error) MUST_CHECK;
