/* Tests of slots.c. The oracle across clock changes is the C library: it shows each minute of the days around a change,
 * and a slot opens and ends where its times are shown first (or, never shown, where they would have been). */
#include "core/slots.h"

#include <time.h>

#define DAYS 24
#define MINUTES (DAYS * 1440)

typedef struct {
	gint64 second;
	int weekday; /* Monday is 1 */
	int minute;  /* of the day */
	int date;    /* of the month: days are told apart by it */
} Shown;

static Shown shown[MINUTES];

static void show(const char *zone, gint64 from)
{
	g_setenv("TZ", zone, TRUE);
	tzset();
	for (int i = 0; i < MINUTES; i++) {
		time_t second = (time_t)(from + i * 60);
		struct tm tm;

		g_assert_nonnull(localtime_r(&second, &tm));
		shown[i] = (Shown){from + i * 60, (tm.tm_wday + 6) % 7 + 1, tm.tm_hour * 60 + tm.tm_min, tm.tm_mday};
	}
}

/* The span on the day that begins at index first, as indices; the day has length minutes. */
static void oracle_span(const Slot *slot, int first, int length, int *ret_opens, int *ret_ends)
{
	*ret_opens = first + slot->from;
	*ret_ends = slot->to == 1440 ? first + length : first + slot->to;
	for (int i = first + length - 1; i >= first; i--) {
		if (shown[i].minute == slot->from)
			*ret_opens = i;
		if (shown[i].minute == slot->to)
			*ret_ends = i;
	}
}

/* Fills in which minutes lie inside, and at which the slot opens. */
static void oracle(const Slot *slot, gboolean *inside, gboolean *opens)
{
	int first = 0;

	memset(inside, 0, sizeof(gboolean) * MINUTES);
	memset(opens, 0, sizeof(gboolean) * MINUTES);
	while (first < MINUTES && shown[first].minute != 0)
		first++;
	while (first < MINUTES) {
		int length = 1, from, to;

		while (first + length < MINUTES && shown[first + length].date == shown[first].date)
			length++;
		if (first + length == MINUTES)
			break;
		if (slot->weekday == 0 || (int)slot->weekday == shown[first].weekday) {
			oracle_span(slot, first, length, &from, &to);
			for (int i = from; i < to; i++)
				inside[i] = TRUE;
			if (from < to)
				opens[from] = TRUE;
		}
		first += length;
	}
}

static void check_slot(const Slot *slot, const Zone *zone)
{
	static gboolean inside[MINUTES], opens[MINUTES];
	Instant next = INSTANT_NONE;

	oracle(slot, inside, opens);
	/* the first day may be cut, and near the end the next opening is not seen: leave both out */
	for (int i = MINUTES - 2 * 1440; i >= 1440; i--) {
		Instant at = shown[i].second * USEC_PER_SEC, end = INSTANT_NONE;

		g_assert_cmpint(slot_holds(slot, zone, at, &end), ==, inside[i]);
		g_assert_cmpint(slot_holds(slot, zone, at + USEC_PER_MINUTE - 1, &end), ==, inside[i]);
		g_assert_true(!inside[i] || end == at + USEC_PER_MINUTE || inside[i + 1]);
		if (next != INSTANT_NONE)
			g_assert_cmpint(slot_next(slot, zone, at), ==, next);
		if (opens[i]) {
			next = at;
			g_assert_cmpint(slot_next(slot, zone, at - 1), ==, at);
		}
	}
}

static void R1_right_across_clock_changes(void)
{
	static const struct {
		const char *zone;
		int month, day;
	} changes[] = {
		{"Europe/London", 3, 29},
		{"Europe/London", 10, 25},
		{"America/New_York", 3, 8},
		{"America/New_York", 11, 1},
		{"Australia/Lord_Howe", 4, 5},
		{"Australia/Lord_Howe", 10, 4},
	};
	static const int spans[][2] = {{0, 60}, {30, 90}, {60, 120}, {75, 105}, {90, 150}, {120, 180}, {150, 210},
		{0, 1440}, {540, 600}, {1380, 1440}, {60, 61}, {119, 121}};

	for (gsize i = 0; i < G_N_ELEMENTS(changes); i++) {
		g_autoptr(Zone) zone = zone_new(changes[i].zone, NULL);
		Day change = day_from_civil(2026, changes[i].month, changes[i].day);

		show(changes[i].zone, (gint64)(change - 3) * 86400);
		for (gsize k = 0; k < G_N_ELEMENTS(spans); k++) {
			check_slot(&(Slot){SUNDAY, .from = spans[k][0], .to = spans[k][1]}, zone);
			if (spans[k][1] - spans[k][0] < 1440)
				check_slot(&(Slot){0, .from = spans[k][0], .to = spans[k][1]}, zone);
		}
	}
}

static void R1_next_is_never_now(void)
{
	g_autoptr(Zone) zone = zone_new("Europe/London", NULL);
	const Slot slot = {TUESDAY, .from = 540, .to = 600};
	Instant opens = zone_instant(zone, day_from_civil(2026, 12, 1), 540 * 60), end;

	g_assert_true(slot_holds(&slot, zone, opens, &end));
	g_assert_cmpint(end, ==, opens + 60 * USEC_PER_MINUTE);
	g_assert_false(slot_holds(&slot, zone, opens - 1, &end));
	g_assert_false(slot_holds(&slot, zone, opens + 60 * USEC_PER_MINUTE, &end));
	g_assert_cmpint(slot_next(&slot, zone, opens - 1), ==, opens);
	g_assert_cmpint(slot_next(&slot, zone, opens), ==, opens + 7 * USEC_PER_DAY);
}

/* On 28 March 2027 the spring gap takes the hour from 1am to 2am. */
static void R1_swallowed_by_the_gap(void)
{
	g_autoptr(Zone) zone = zone_new("Europe/London", NULL);
	const Slot slot = {SUNDAY, .from = 60, .to = 120};
	Day gap = day_from_civil(2027, 3, 28);
	Instant end;

	g_assert_cmpint(slot_next(&slot, zone, zone_instant(zone, gap - 1, 0)), ==, zone_instant(zone, gap + 7, 3600));
	for (int i = 0; i < 24 * 60; i++)
		g_assert_false(slot_holds(&slot, zone, zone_instant(zone, gap, 0) + i * USEC_PER_MINUTE, &end));
}

static void R1_every_day_all_day_never_ends(void)
{
	g_autoptr(Zone) zone = zone_new("Europe/London", NULL);
	const Slot slot = {.from = 0, .to = 1440, .calls = 1, .per = PER_WEEK};
	Instant at = zone_instant(zone, day_from_civil(2026, 12, 2), 3600), end = 0;

	g_assert_true(slot_holds(&slot, zone, at, &end));
	g_assert_true(end == INSTANT_NONE);
	g_assert_cmpint(slot_next_period(&slot, zone, at), ==, zone_instant(zone, day_from_civil(2026, 12, 7), 0));
}

static void R1_periods_of_counting(void)
{
	g_autoptr(Zone) zone = zone_new("Europe/London", NULL);
	Slot slot = {TUESDAY, .from = 540, .to = 600};
	static const struct {
		SlotPeriod per;
		int y1, m1, d1, y2, m2, d2;
		gboolean same;
	} pairs[] = {
		{PER_SLOT, 2026, 12, 1, 2026, 12, 1, TRUE},
		{PER_SLOT, 2026, 12, 1, 2026, 12, 8, FALSE},
		{PER_WEEK, 2026, 11, 30, 2026, 12, 6, TRUE},
		{PER_WEEK, 2026, 12, 6, 2026, 12, 7, FALSE},
		{PER_WEEK, 2026, 12, 28, 2027, 1, 3, TRUE},
		{PER_MONTH, 2026, 12, 1, 2026, 12, 31, TRUE},
		{PER_MONTH, 2026, 12, 31, 2027, 1, 1, FALSE},
		{PER_MONTH, 2026, 12, 1, 2027, 12, 1, FALSE},
		{PER_MONTH, 2026, 2, 1, 2026, 3, 1, FALSE},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
		Instant a = zone_instant(zone, day_from_civil(pairs[i].y1, pairs[i].m1, pairs[i].d1), 0);
		Instant b = zone_instant(zone, day_from_civil(pairs[i].y2, pairs[i].m2, pairs[i].d2), 86399);

		slot.per = pairs[i].per;
		g_assert_cmpint(slot_period_key(&slot, zone, a) == slot_period_key(&slot, zone, b), ==, pairs[i].same);
	}
}

static void R1_next_period(void)
{
	g_autoptr(Zone) zone = zone_new("Europe/London", NULL);
	Slot slot = {TUESDAY, .from = 540, .to = 600};
	Instant at = zone_instant(zone, day_from_civil(2026, 12, 1), 550 * 60);

	slot.per = PER_SLOT;
	g_assert_cmpint(
		slot_next_period(&slot, zone, at), ==, zone_instant(zone, day_from_civil(2026, 12, 8), 540 * 60));
	slot.per = PER_WEEK;
	g_assert_cmpint(
		slot_next_period(&slot, zone, at), ==, zone_instant(zone, day_from_civil(2026, 12, 8), 540 * 60));
	slot.per = PER_MONTH;
	g_assert_cmpint(
		slot_next_period(&slot, zone, at), ==, zone_instant(zone, day_from_civil(2027, 1, 5), 540 * 60));
	slot.weekday = THURSDAY; /* the last of the month is one */
	g_assert_cmpint(
		slot_next_period(&slot, zone, at), ==, zone_instant(zone, day_from_civil(2027, 1, 7), 540 * 60));
	slot.weekday = FRIDAY; /* the first of the month is one */
	slot.per = PER_MONTH;
	g_assert_cmpint(
		slot_next_period(&slot, zone, at), ==, zone_instant(zone, day_from_civil(2027, 1, 1), 540 * 60));
}

static void G3_in_words(void)
{
	static const struct {
		Slot slot;
		const char *words;
	} cases[] = {
		{{TUESDAY, 540, 600, 1, 15, PER_WEEK},
			"Tuesdays from 9am to 10am, one call a week, of at most 15 minutes"},
		{{TUESDAY, 540, 600, 2, 15, PER_SLOT},
			"Tuesdays from 9am to 10am, two calls in that time, each of at most 15 minutes"},
		{{FRIDAY, 720, 1440, 12, 0, PER_MONTH}, "Fridays from midday to midnight, 12 calls a month"},
		{{FRIDAY, 0, 1440, 0, 1, PER_SLOT}, "Fridays, each call of at most 1 minute"},
		{{0, 0, 1440, 3, 5, PER_SLOT}, "at any time, three calls a day, each of at most 5 minutes"},
		{{0, 570, 600, 0, 0, PER_SLOT}, "every day from 9:30am to 10am"},
	};
	g_autoptr(Arena) mem = arena_new(1 << 16);

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_cmpstr(slot_in_words(&cases[i].slot, "call", mem), ==, cases[i].words);
}

static void names_go_both_ways(void)
{
	for (int i = 0; i < PERIODS; i++) {
		SlotPeriod per = PERIODS;

		g_assert_true(slot_period_parse(slot_period_name((SlotPeriod)i), &per));
		g_assert_cmpint(per, ==, i);
	}
	g_assert_false(slot_period_parse("year", &(SlotPeriod){0}));
	g_assert_false(slot_period_parse(NULL, &(SlotPeriod){0}));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/R1/slots/right-across-clock-changes", R1_right_across_clock_changes);
	g_test_add_func("/R1/slots/next-is-never-now", R1_next_is_never_now);
	g_test_add_func("/R1/slots/swallowed-by-the-gap", R1_swallowed_by_the_gap);
	g_test_add_func("/R1/slots/every-day-all-day-never-ends", R1_every_day_all_day_never_ends);
	g_test_add_func("/R1/slots/periods-of-counting", R1_periods_of_counting);
	g_test_add_func("/R1/slots/next-period", R1_next_period);
	g_test_add_func("/G3/slots/in-words", G3_in_words);
	g_test_add_func("/slots/names-go-both-ways", names_go_both_ways);
	return g_test_run();
}
