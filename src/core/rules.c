/* rules.c: what the checks of the casefile have in common: who may come here at all, and what a step may rest on. What
 * is asked for (scope, dates, restrictions) is in terms.c. */
#include "core/rules.h"

gboolean rules_same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

gboolean rules_among(const char *text, const char *const *list)
{
	for (; list != NULL && *list != NULL; list++)
		if (rules_same(text, *list))
			return TRUE;
	return FALSE;
}

gboolean rules_said(const char *text)
{
	return text != NULL && *text != '\0';
}

const char *rules_text_of(const KeyedText *texts, gsize n, const char *key)
{
	for (gsize i = 0; i < n; i++)
		if (rules_same(texts[i].key, key) && rules_said(texts[i].text))
			return texts[i].text;
	return NULL;
}

static void free_error(void *error)
{
	g_error_free(error);
}

void rules_keep(ArenaList *errors, Arena *mem, GError **error)
{
	if (*error != NULL)
		arena_list_add(mem, errors, arena_own(mem, g_steal_pointer(error), free_error));
}

Day rules_today(const RuleContext *rules)
{
	return zone_day(rules->zone, rules->now);
}

gboolean rules_person(const RuleContext *rules, const char *rule, GError **error)
{
	if (rules->actor->machine || rules->actor->gate_only)
		return refuse(error, rule, "A program may not do this. A member of staff has to.");
	if (!actor_works_cases(rules->actor))
		return refuse(error, rule, "You hold no role that works on cases. Ask a member of staff to do this.");
	return TRUE;
}

gboolean rules_manager(
	const RuleContext *rules, const Casefile *file, const char *rule, const char *deed, GError **error)
{
	if (!rules_person(rules, rule, error))
		return FALSE;
	if (!actor_has(rules->actor, ROLE_MANAGER, file->function))
		return refuse(error, rule,
			"To %s on %s you have to be a manager of ‘%s’, which owns this casefile. Ask one of them.",
			deed, file->ref, file->function);
	return TRUE;
}

gboolean rules_open(const RuleContext *rules, const Casefile *file, GError **error)
{
	g_autoptr(Arena) mem = NULL;

	if (file->closed_at == INSTANT_NONE)
		return TRUE;
	mem = arena_new(1 << 12);
	return refuse(error, "G1",
		"%s was closed on %s and takes nothing more. Report what happened; that opens a new one.", file->ref,
		day_in_words(mem, zone_day(rules->zone, file->closed_at)));
}

gboolean rules_reports(const Casefile *file, const char *const *reports, const char *rule, GError **error)
{
	if (reports == NULL || *reports == NULL)
		return refuse_at(error, rule, "reports", "Name at least one behaviour report, such as R-2026-000001.");
	for (const char *const *ref = reports; *ref != NULL; ref++) {
		if (casefile_report(file, *ref) == NULL)
			return refuse_at(error, "G4", "reports",
				"Report %s is not on %s. Only reports of this casefile count here.", *ref, file->ref);
		if (rules_among(*ref, ref + 1))
			return invalid(error, "reports", "Report %s is named twice. Name each report once.", *ref);
	}
	return TRUE;
}
