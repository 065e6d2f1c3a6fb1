/* Tests of zone.c, with the C library as the oracle. */
#include "base/error.h"
#include "base/when.h"

#include <stdlib.h>
#include <time.h>

static time_t oracle(Day day, int second_of_day, int is_dst)
{
	int year, month, day_of_month;
	struct tm tm = {0};

	day_to_civil(day, &year, &month, &day_of_month);
	tm = (struct tm){.tm_year = year - 1900,
		.tm_mon = month - 1,
		.tm_mday = day_of_month,
		.tm_sec = second_of_day % 60,
		.tm_min = second_of_day / 60 % 60,
		.tm_hour = second_of_day / 3600,
		.tm_isdst = is_dst};
	return mktime(&tm);
}

static void set_oracle(const char *name)
{
	setenv("TZ", name, 1);
	tzset();
}

/* Every quarter of an hour of 15 years, each local time read as the C library reads the same instant. */
static void test_instants_agree_with_glibc(gconstpointer data)
{
	const char *name = data;
	g_autoptr(Zone) zone = zone_new(name, NULL);
	gint64 first = day_from_civil(2020, 1, 1) * (gint64)86400;
	gint64 last = day_from_civil(2035, 1, 1) * (gint64)86400;

	g_assert_nonnull(zone);
	g_assert_cmpstr(zone_name(zone), ==, name);
	set_oracle(name);
	for (gint64 second = first; second < last; second += 899) {
		time_t t = second;
		struct tm tm;
		Day day;
		int second_of_day;

		localtime_r(&t, &tm);
		zone_local(zone, second * USEC_PER_SEC, &day, &second_of_day);
		g_assert_cmpint(day, ==, day_from_civil(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday));
		g_assert_cmpint(second_of_day, ==, tm.tm_hour * 3600 + tm.tm_min * 60 + tm.tm_sec);
		g_assert_cmpint(zone_day(zone, second * USEC_PER_SEC), ==, day);
	}
	set_oracle("UTC");
}

/* Every quarter of an hour of 15 years as a wall time. An ordinary time and a fold must be an instant that the C
 * library shows as that wall time, and no earlier instant may show it; a gap must be what it reads as standard time. */
static void test_walls_agree_with_glibc(gconstpointer data)
{
	const char *name = data;
	g_autoptr(Zone) zone = zone_new(name, NULL);
	int folds = 0, gaps = 0;

	g_assert_nonnull(zone);
	set_oracle(name);
	for (Day day = day_from_civil(2020, 1, 1); day < day_from_civil(2035, 1, 1); day++) {
		for (int second_of_day = 0; second_of_day < 86400; second_of_day += 900) {
			gint64 ours = zone_instant(zone, day, second_of_day) / USEC_PER_SEC;
			time_t standard = oracle(day, second_of_day, 0), summer = oracle(day, second_of_day, 1);
			time_t t = ours;
			struct tm tm;

			localtime_r(&t, &tm);
			if (tm.tm_hour * 3600 + tm.tm_min * 60 != second_of_day) {
				g_assert_cmpint(ours, ==, standard);
				gaps++;
				continue;
			}
			/* asked for an offset that does not hold, mktime gives an instant with another wall time */
			t = summer;
			localtime_r(&t, &tm);
			if (summer < standard && tm.tm_hour * 3600 + tm.tm_min * 60 == second_of_day) {
				g_assert_cmpint(ours, ==, summer);
				t = standard;
				localtime_r(&t, &tm);
				folds += tm.tm_hour * 3600 + tm.tm_min * 60 == second_of_day;
			} else {
				g_assert_cmpint(ours, ==, standard);
			}
		}
	}
	set_oracle("UTC");
	g_assert_cmpint(gaps, ==, 15 * 4);
	g_assert_cmpint(folds, ==, 15 * 4);
}

static void test_gap_and_fold(void)
{
	static const struct {
		const char *zone;
		int year, month, day, hour, minute;
		const char *instant;
	} CASES[] = {
		{"Europe/London", 2026, 3, 29, 0, 59, "2026-03-29T00:59:00Z"},
		{"Europe/London", 2026, 3, 29, 1, 0, "2026-03-29T01:00:00Z"},
		{"Europe/London", 2026, 3, 29, 1, 30, "2026-03-29T01:30:00Z"}, /* in the gap: 2:30 by the new clock */
		{"Europe/London", 2026, 3, 29, 2, 0, "2026-03-29T01:00:00Z"},
		{"Europe/London", 2026, 10, 25, 0, 59, "2026-10-24T23:59:00Z"},
		{"Europe/London", 2026, 10, 25, 1, 0, "2026-10-25T00:00:00Z"},
		{"Europe/London", 2026, 10, 25, 1, 30, "2026-10-25T00:30:00Z"}, /* in the fold: the first */
		{"Europe/London", 2026, 10, 25, 2, 0, "2026-10-25T02:00:00Z"},
		{"Europe/London", 2026, 10, 25, 24, 0, "2026-10-26T00:00:00Z"},
		{"Europe/London", 2026, 6, 30, 24, 0, "2026-06-30T23:00:00Z"},
		{"Europe/London", 1970, 7, 1, 12, 0, "1970-07-01T11:00:00Z"}, /* standard time was summer's then */
		{"Europe/London", 1970, 1, 1, 12, 0, "1970-01-01T11:00:00Z"},
		{"Europe/London", 2099, 7, 1, 12, 0, "2099-07-01T11:00:00Z"},
		{"Europe/London", 2099, 12, 1, 12, 0, "2099-12-01T12:00:00Z"},
		{"Europe/Dublin", 2026, 7, 1, 12, 0, "2026-07-01T11:00:00Z"},
		{"America/New_York", 2026, 3, 8, 2, 30, "2026-03-08T07:30:00Z"},
		{"America/New_York", 2026, 11, 1, 1, 30, "2026-11-01T05:30:00Z"},
		{"Asia/Kathmandu", 2026, 5, 1, 0, 0, "2026-04-30T18:15:00Z"},
		{"UTC", 2026, 5, 1, 0, 0, "2026-05-01T00:00:00Z"},
	};
	g_autoptr(Arena) mem = arena_new(1 << 20);

	for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autoptr(Zone) zone = zone_new(CASES[i].zone, NULL);
		Day day = day_from_civil(CASES[i].year, CASES[i].month, CASES[i].day);

		g_assert_nonnull(zone);
		g_assert_cmpstr(
			instant_format(mem, zone_instant(zone, day, CASES[i].hour * 3600 + CASES[i].minute * 60)), ==,
			CASES[i].instant);
	}
}

static void test_format(void)
{
	static const struct {
		const char *instant, *words;
	} CASES[] = {
		{"2026-11-24T09:30:00Z", "24 November 2026 at 9:30am"},
		{"2026-06-24T08:00:00Z", "24 June 2026 at 9am"},
		{"2026-06-24T23:30:00Z", "25 June 2026 at 12:30am"},
		{"2026-06-24T11:00:59Z", "24 June 2026 at midday"},
		{"2026-06-24T23:00:00Z", "25 June 2026 at midnight (the start of that day)"},
		{"1969-12-31T22:59:59.999999Z", "31 December 1969 at 11:59pm"},
	};
	g_autoptr(Arena) mem = arena_new(1 << 20);
	g_autoptr(Zone) zone = zone_new("Europe/London", NULL);

	for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
		Instant instant;

		g_assert_true(instant_parse(CASES[i].instant, NULL, &instant, NULL));
		g_assert_cmpstr(zone_format(zone, mem, instant), ==, CASES[i].words);
	}
}

static void test_unknown(void)
{
	static const char *const BAD[] = {NULL, "", "Europe/Nowhere", "/etc/localtime", "../../../etc/passwd", "Europe",
		"Europe/London ", ":Europe/London"};

	for (gsize i = 0; i < G_N_ELEMENTS(BAD); i++) {
		g_autoptr(GError) error = NULL;

		g_assert_null(zone_new(BAD[i], &error));
		g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_NOT_FOUND);
	}
	zone_free(NULL);
}

static void test_ends_of_time(void)
{
	g_autoptr(Zone) zone = zone_new("Pacific/Auckland", NULL);
	g_autoptr(Arena) mem = arena_new(1 << 20);
	Instant instant;

	/* what a person may type must never end the program, wherever it is shown */
	g_assert_true(instant_parse("9999-12-31T23:59:59Z", NULL, &instant, NULL));
	g_assert_cmpstr(day_format(mem, zone_day(zone, instant)), ==, "10000-01-01");
	g_assert_true(instant_parse("0001-01-01T00:00:00+23:59", NULL, &instant, NULL));
	g_assert_cmpstr(instant_format(mem, instant), ==, "0000-12-31T00:01:00Z");
	g_assert_nonnull(zone_format(zone, mem, instant));
}

int main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_data_func("/zone/instants-agree-with-glibc/London", "Europe/London", test_instants_agree_with_glibc);
	g_test_add_data_func(
		"/zone/instants-agree-with-glibc/Troll", "Antarctica/Troll", test_instants_agree_with_glibc);
	g_test_add_data_func(
		"/zone/instants-agree-with-glibc/Sydney", "Australia/Sydney", test_instants_agree_with_glibc);
	g_test_add_data_func("/zone/walls-agree-with-glibc/London", "Europe/London", test_walls_agree_with_glibc);
	g_test_add_data_func("/zone/walls-agree-with-glibc/New-York", "America/New_York", test_walls_agree_with_glibc);
	g_test_add_func("/zone/gap-and-fold", test_gap_and_fold);
	g_test_add_func("/zone/format", test_format);
	g_test_add_func("/zone/unknown", test_unknown);
	g_test_add_func("/zone/ends-of-time", test_ends_of_time);
	return g_test_run();
}
