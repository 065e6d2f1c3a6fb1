/* entry.c: the small words of a casefile's entries; how they look is entry.html. */
#include "web/pages/entry.h"

#include <string.h>

const char *entry_day(const Visit *visit, Day day)
{
	return day == DAY_NONE ? NULL : day_in_words(visit->mem, day);
}

const char *entry_when(const Visit *visit, Instant instant)
{
	return instant == INSTANT_NONE ? NULL : page_time(visit, instant);
}

const char *entry_people(const Visit *visit, const PersonView *people, gsize n)
{
	g_autoptr(GString) names = g_string_new(NULL);

	for (gsize i = 0; i < n; i++)
		g_string_append_printf(names, "%s%s", i > 0 ? ", " : "", people[i].name);
	return n > 0 ? arena_strndup(visit->mem, names->str, names->len) : NULL;
}

const char *entry_list(const Visit *visit, const char *const *texts)
{
	char *joined;

	if (texts == NULL || texts[0] == NULL)
		return NULL;
	joined = g_strjoinv(", ", (char **)texts);
	return arena_own(visit->mem, joined, g_free);
}

const char *entry_size(const Visit *visit, gint64 bytes)
{
	return arena_own(visit->mem, g_format_size((guint64)bytes), g_free);
}

const char *entry_disability(const char *answer)
{
	static const struct {
		const char *answer, *words;
	} WORDS[] = {
		{"yes", "yes"},
		{"no", "no"},
		{"not-known", "not known"},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(WORDS); i++)
		if (g_strcmp0(answer, WORDS[i].answer) == 0)
			return WORDS[i].words;
	return answer;
}

const char *entry_adjusted(const char *outcome)
{
	static const struct {
		const char *outcome, *words;
	} WORDS[] = {
		{"granted", "Granted"},
		{"granted-for-now", "Granted for the time being"},
		{"refused", "Refused"},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(WORDS); i++)
		if (g_strcmp0(outcome, WORDS[i].outcome) == 0)
			return WORDS[i].words;
	return outcome;
}

const char *entry_state(ArrangementState state)
{
	static const char *const WORDS[] = {
		[ARRANGEMENT_DECIDED] = "Decided, not yet in force",
		[ARRANGEMENT_IN_FORCE] = "In force",
		[ARRANGEMENT_SUSPENDED] = "Suspended while it is disputed",
		[ARRANGEMENT_ENDED] = "Ended",
	};

	return WORDS[state];
}

const char *entry_state_classes(ArrangementState state)
{
	static const char *const CLASSES[] = {
		[ARRANGEMENT_DECIDED] = "govuk-tag--yellow",
		[ARRANGEMENT_IN_FORCE] = "govuk-tag--blue",
		[ARRANGEMENT_SUSPENDED] = "govuk-tag--yellow",
		[ARRANGEMENT_ENDED] = "govuk-tag--grey",
	};

	return CLASSES[state];
}

gboolean entry_is_about(const Flow *flow, const char *ref)
{
	const char *about = flow->subject.about;
	const gsize kind = strcspn(ref, "-") + 1;

	return about == NULL || strncmp(about, ref, kind) != 0 || g_str_equal(about, ref);
}

gboolean entry_is_own(const Visit *visit, const char *by, Instant at, Instant struck_at)
{
	const Zone *zone = visit->office->zone;

	return struck_at == INSTANT_NONE && visit->session != NULL && g_strcmp0(by, visit->session->user_name) == 0 &&
	       zone_day(zone, visit->office->now) <= zone_day(zone, at) + visit->office->policy->days.strike_days;
}

gboolean entry_can_be_struck(const char *ref)
{
	return !g_str_has_prefix(ref, "NE-");
}
