/* zone.c: local time. GLib reads the system's zone data once; from then on a zone is a sorted table of its
 * transitions, since a GDateTime for each question would be slow and a GTimeZone is counted across threads. */
#include "base/error.h"
#include "base/when.h"

/* What the table covers. Outside it the first and the last offset go on; no decision reaches so far. */
#define TABLE_FIRST ((gint64)-2208988800) /* 1900-01-01T00:00Z, in seconds as the whole table */
#define TABLE_LAST ((gint64)7258118400)   /* 2200-01-01T00:00Z */

typedef struct {
	gint64 at;   /* the instant from which the offset holds */
	gint64 wall; /* what the wall clock would show then, had nothing changed */
	int offset;  /* seconds east of Greenwich */
} Transition;

struct Zone {
	char *name;
	int first_offset; /* before the first transition */
	gsize n;
	Transition *transitions;
};

/* GLib numbers the intervals between transitions in their order: halve until each change is found to the second. */
static void find_transitions(
	GTimeZone *system, gint64 from, int from_interval, gint64 to, int to_interval, GArray *found)
{
	gint64 middle = from + (to - from) / 2;
	int before, after, interval;

	if (from_interval == to_interval)
		return;
	if (to - from > 1) {
		interval = g_time_zone_find_interval(system, G_TIME_TYPE_UNIVERSAL, middle);
		find_transitions(system, from, from_interval, middle, interval, found);
		find_transitions(system, middle, interval, to, to_interval, found);
		return;
	}
	before = g_time_zone_get_offset(system, from_interval);
	after = g_time_zone_get_offset(system, to_interval);
	if (before != after) { /* else only the name or the reason changed */
		Transition transition = {.at = to, .wall = to + before, .offset = after};

		g_array_append_val(found, transition);
	}
}

static gboolean is_zone_name(const char *name)
{
	const char *p = name;

	while (g_ascii_isalnum(*p) || (p > name && (*p == '/' || *p == '_' || *p == '+' || *p == '-')))
		p++;
	return p > name && *p == '\0';
}

Zone *zone_new(const char *name, GError **error)
{
	GTimeZone *system = name != NULL && is_zone_name(name) ? g_time_zone_new_identifier(name) : NULL;
	GArray *found;
	Zone *zone;
	int first, last;

	if (system == NULL) {
		not_found(error, "The time zone ‘%s’ is not known on this machine. Give one like Europe/London.",
			name != NULL ? name : "");
		return NULL;
	}
	found = g_array_new(FALSE, FALSE, sizeof(Transition));
	first = g_time_zone_find_interval(system, G_TIME_TYPE_UNIVERSAL, TABLE_FIRST);
	last = g_time_zone_find_interval(system, G_TIME_TYPE_UNIVERSAL, TABLE_LAST);
	find_transitions(system, TABLE_FIRST, first, TABLE_LAST, last, found);

	zone = g_new0(Zone, 1);
	zone->name = g_strdup(name);
	zone->first_offset = g_time_zone_get_offset(system, first);
	zone->n = found->len;
	zone->transitions = (Transition *)(void *)g_array_free(found, FALSE);
	g_time_zone_unref(system);
	return zone;
}

void zone_free(Zone *zone)
{
	if (zone == NULL)
		return;
	g_free(zone->name);
	g_free(zone->transitions);
	g_free(zone);
}

const char *zone_name(const Zone *zone)
{
	return zone->name;
}

/* The offset after n transitions. */
static int offset_after(const Zone *zone, gsize n)
{
	return n == 0 ? zone->first_offset : zone->transitions[n - 1].offset;
}

/* How many transitions have happened at second, by the world's time or by the wall's. */
static gsize count_until(const Zone *zone, gint64 second, gboolean by_wall)
{
	gsize low = 0, high = zone->n;

	while (low < high) {
		gsize middle = low + (high - low) / 2;
		const Transition *transition = &zone->transitions[middle];

		if ((by_wall ? transition->wall : transition->at) <= second)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static gint64 floor_div(gint64 a, gint64 b)
{
	return a / b - (a % b < 0);
}

void zone_local(const Zone *zone, Instant instant, Day *ret_day, int *ret_second_of_day)
{
	gint64 second = floor_div(instant, USEC_PER_SEC);
	gint64 local = second + offset_after(zone, count_until(zone, second, FALSE));
	gint64 day = floor_div(local, 86400);

	g_assert(day > -DAY_BOUND && day < DAY_BOUND);
	*ret_day = (Day)day;
	*ret_second_of_day = (int)(local - day * 86400);
}

Day zone_day(const Zone *zone, Instant instant)
{
	Day day;
	int second_of_day;

	zone_local(zone, instant, &day, &second_of_day);
	return day;
}

Instant zone_instant(const Zone *zone, Day day, int second_of_day)
{
	gint64 wall = (gint64)day * 86400 + second_of_day;
	gsize n;
	gint64 second;

	g_assert(day > -DAY_BOUND && day < DAY_BOUND);
	/* Counted by the wall, a fold's hour still belongs to the offset before it: the first of the two instants. */
	n = count_until(zone, wall, TRUE);
	second = wall - offset_after(zone, n);
	if (n > 0 && second < zone->transitions[n - 1].at) /* a gap: no clock shows this; read as if it had not come */
		second = wall - offset_after(zone, n - 1);
	return second * USEC_PER_SEC;
}

char *zone_format(const Zone *zone, Arena *mem, Instant instant)
{
	Day day;
	int second_of_day;

	zone_local(zone, instant, &day, &second_of_day);
	return arena_printf(mem, "%s at %s%s", day_in_words(mem, day), clock_in_words(mem, second_of_day / 60),
		second_of_day < 60 ? " (the start of that day)" : "");
}
