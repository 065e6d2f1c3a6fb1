/* Tests of day.c and when.c: the calendar and RFC 3339. Local time is zone_test.c. */
#include "base/error.h"
#include "base/when.h"

#include <time.h>

static void test_civil_agrees_with_timegm(void)
{
	g_autoptr(Arena) mem = arena_new(64 << 20);

	for (Day day = -200000; day <= 200000; day += 7 - (day % 3)) {
		time_t seconds = (time_t)day * 86400;
		struct tm tm;
		int year, month, day_of_month;
		Day back;

		gmtime_r(&seconds, &tm);
		day_to_civil(day, &year, &month, &day_of_month);
		g_assert_cmpint(year, ==, tm.tm_year + 1900);
		g_assert_cmpint(month, ==, tm.tm_mon + 1);
		g_assert_cmpint(day_of_month, ==, tm.tm_mday);
		g_assert_cmpint(day_from_civil(year, month, day_of_month), ==, day);
		g_assert_cmpint(day_weekday(day) % 7, ==, tm.tm_wday);
		g_assert_cmpint(day_year(day), ==, year);
		g_assert_true(day_parse(day_format(mem, day), NULL, &back, NULL));
		g_assert_cmpint(back, ==, day);
	}
}

static void test_day_parse(void)
{
	static const char *const BAD[] = {NULL, "", "2026", "2026-11-24T", "2026-11-2", "2026/11/24", "24-11-2026",
		"2026-00-10", "2026-13-01", "2026-01-00", "2026-04-31", "2026-02-29", "2100-02-29", "0000-01-01",
		" 2026-11-2", "+026-11-24", "2026-1a-24", "２026-11-24"};
	g_autoptr(Arena) mem = arena_new(1 << 20);
	Day day = 77;

	for (gsize i = 0; i < G_N_ELEMENTS(BAD); i++) {
		g_autoptr(GError) error = NULL;

		g_assert_false(day_parse(BAD[i], "until", &day, &error));
		g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_INVALID);
		g_assert_cmpstr(evenhand_error_field(error), ==, "until");
		g_assert_cmpint(day, ==, 77);
	}
	g_assert_true(day_parse("2028-02-29", "until", &day, NULL));
	g_assert_cmpstr(day_in_words(mem, day), ==, "29 February 2028");
	g_assert_true(day_parse("1970-01-01", "until", &day, NULL));
	g_assert_cmpint(day, ==, 0);
	g_assert_true(day_parse("0001-01-01", "until", &day, NULL));
	g_assert_cmpstr(day_format(mem, day), ==, "0001-01-01");
	g_assert_true(day_parse("9999-12-31", "until", &day, NULL));
	g_assert_cmpstr(day_format(mem, day), ==, "9999-12-31");
}

static void test_months_are_clipped(void)
{
	static const struct {
		const char *from;
		int months;
		const char *to;
	} CASES[] = {
		{"2026-01-31", 1, "2026-02-28"},
		{"2028-01-31", 1, "2028-02-29"},
		{"2026-01-31", 3, "2026-04-30"},
		{"2026-11-24", 12, "2027-11-24"},
		{"2028-02-29", 12, "2029-02-28"},
		{"2028-02-29", 48, "2032-02-29"},
		{"2026-12-31", 2, "2027-02-28"},
		{"2026-03-31", -1, "2026-02-28"},
		{"2026-01-15", -1, "2025-12-15"},
		{"2026-01-15", -13, "2024-12-15"},
		{"2026-08-31", 0, "2026-08-31"},
		{"9999-12-31", 1, "10000-01-31"},
	};
	g_autoptr(Arena) mem = arena_new(1 << 20);

	for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
		Day from;

		g_assert_true(day_parse(CASES[i].from, NULL, &from, NULL));
		g_assert_cmpstr(day_format(mem, day_add_months(from, CASES[i].months)), ==, CASES[i].to);
	}
}

static void test_weekdays(void)
{
	Weekday weekday = SUNDAY;

	g_assert_cmpint(day_weekday(day_from_civil(2026, 11, 24)), ==, TUESDAY);
	g_assert_cmpint(day_weekday(day_from_civil(1969, 12, 31)), ==, WEDNESDAY);
	g_assert_cmpint(day_weekday(day_from_civil(1899, 12, 31)), ==, SUNDAY);
	g_assert_true(weekday_parse("moNday", &weekday));
	g_assert_cmpint(weekday, ==, MONDAY);
	g_assert_cmpstr(weekday_name(SUNDAY), ==, "Sunday");
	g_assert_false(weekday_parse("mon", &weekday));
	g_assert_false(weekday_parse("", &weekday));
	g_assert_false(weekday_parse(NULL, &weekday));
}

static void test_clock(void)
{
	static const char *const BAD[] = {
		NULL, "", "9:30", "24:01", "25:00", "09:60", "09-30", "0930", "09:300", "-9:30"};
	static const struct {
		const char *text;
		int minutes;
		const char *words;
	} GOOD[] = {{"00:00", 0, "midnight"}, {"00:05", 5, "12:05am"}, {"09:00", 540, "9am"}, {"09:30", 570, "9:30am"},
		{"12:00", 720, "midday"}, {"12:30", 750, "12:30pm"}, {"13:00", 780, "1pm"}, {"23:59", 1439, "11:59pm"},
		{"24:00", 1440, "midnight"}};
	g_autoptr(Arena) mem = arena_new(1 << 20);
	int minutes = -7;

	for (gsize i = 0; i < G_N_ELEMENTS(BAD); i++)
		g_assert_false(clock_parse(BAD[i], &minutes));
	g_assert_cmpint(minutes, ==, -7);
	for (gsize i = 0; i < G_N_ELEMENTS(GOOD); i++) {
		g_assert_true(clock_parse(GOOD[i].text, &minutes));
		g_assert_cmpint(minutes, ==, GOOD[i].minutes);
		g_assert_cmpstr(clock_format(mem, minutes), ==, GOOD[i].text);
		g_assert_cmpstr(clock_in_words(mem, minutes), ==, GOOD[i].words);
	}
}

static void test_clock_as_written(void)
{
	static const char *const BAD[] = {"", "9", "930", "24:00", "9:60", "13pm", "0am", "9:3", "nine", "9am."};
	static const struct {
		const char *text;
		int minutes;
	} GOOD[] = {{"9:30", 570}, {"09:30", 570}, {"9.30am", 570}, {"10am", 600}, {"12am", 0}, {"12 PM", 720},
		{"2:15pm", 855}, {"14:15", 855}};
	int minutes = -7;

	for (gsize i = 0; i < G_N_ELEMENTS(BAD); i++)
		g_assert_false(clock_read(BAD[i], &minutes));
	g_assert_cmpint(minutes, ==, -7);
	for (gsize i = 0; i < G_N_ELEMENTS(GOOD); i++) {
		g_assert_true(clock_read(GOOD[i].text, &minutes));
		g_assert_cmpint(minutes, ==, GOOD[i].minutes);
	}
}

static void test_working_days(void)
{
	/* Christmas 2026: Friday 25, the substitute Monday 28, and New Year's Day */
	const Day closed[] = {day_from_civil(2026, 12, 25), day_from_civil(2026, 12, 28), day_from_civil(2027, 1, 1)};
	static const struct {
		int month, day, n;
		const char *to, *to_without_closed;
	} CASES[] = {
		{11, 24, 1, "2026-11-25", "2026-11-25"}, /* Tuesday */
		{11, 27, 1, "2026-11-30", "2026-11-30"}, /* over a week-end */
		{11, 28, 1, "2026-11-30", "2026-11-30"}, /* from a Saturday */
		{11, 29, 2, "2026-12-01", "2026-12-01"}, /* from a Sunday */
		{12, 24, 1, "2026-12-29", "2026-12-25"},
		{12, 24, 4, "2027-01-04", "2026-12-30"},
		{12, 25, 0, "2026-12-25", "2026-12-25"},
		{12, 29, -1, "2026-12-24", "2026-12-28"},
		{11, 24, 20, "2026-12-22", "2026-12-22"},
	};
	g_autoptr(Arena) mem = arena_new(1 << 20);

	for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
		Day from = day_from_civil(2026, CASES[i].month, CASES[i].day);
		Day to = day_add_working_days(from, CASES[i].n, closed, G_N_ELEMENTS(closed));

		g_assert_cmpstr(day_format(mem, to), ==, CASES[i].to);
		to = day_add_working_days(from, CASES[i].n, NULL, 0);
		g_assert_cmpstr(day_format(mem, to), ==, CASES[i].to_without_closed);
	}
}

static void test_instant_parse(void)
{
	static const char *const BAD[] = {NULL, "", "2026-11-24", "2026-11-24T", "2026-11-24T09:30:00",
		"2026-11-24 09:30:00Z", "2026-11-24T09:30Z", "2026-11-24T24:00:00Z", "2026-11-24T09:60:00Z",
		"2026-11-24T09:30:60Z", "2026-11-24T09:30:00.Z", "2026-11-24T09:30:00+0100", "2026-11-24T09:30:00+01",
		"2026-11-24T09:30:00+24:00", "2026-11-24T09:30:00Zjunk", "2026-11-24T09:30:00 Z",
		"2026-02-30T09:30:00Z", "2026-11-24T9:30:00Z", "2026-11-24T09:30:00.5"};
	static const struct {
		const char *text, *as;
	} GOOD[] = {
		{"2026-11-24T09:30:00Z", "2026-11-24T09:30:00Z"},
		{"2026-11-24t09:30:00z", "2026-11-24T09:30:00Z"},
		{"2026-11-24T09:30:00+00:00", "2026-11-24T09:30:00Z"},
		{"2026-11-24T09:30:00-00:00", "2026-11-24T09:30:00Z"},
		{"2026-06-24T00:30:00+01:00", "2026-06-23T23:30:00Z"},
		{"2026-12-31T20:00:00-05:30", "2027-01-01T01:30:00Z"},
		{"2026-11-24T09:30:00.5Z", "2026-11-24T09:30:00.500000Z"},
		{"2026-11-24T09:30:00.000001Z", "2026-11-24T09:30:00.000001Z"},
		{"2026-11-24T09:30:00.000Z", "2026-11-24T09:30:00Z"},
		{"2026-11-24T09:30:00.123456789+01:00", "2026-11-24T08:30:00.123456Z"},
		{"1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"},
		{"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"},
		{"9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"},
	};
	g_autoptr(Arena) mem = arena_new(1 << 20);
	Instant instant = 77;

	for (gsize i = 0; i < G_N_ELEMENTS(BAD); i++) {
		g_autoptr(GError) error = NULL;

		g_assert_false(instant_parse(BAD[i], "happened_at", &instant, &error));
		g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_INVALID);
		g_assert_cmpstr(evenhand_error_field(error), ==, "happened_at");
		g_assert_cmpint(instant, ==, 77);
	}
	for (gsize i = 0; i < G_N_ELEMENTS(GOOD); i++) {
		g_assert_true(instant_parse(GOOD[i].text, "happened_at", &instant, NULL));
		g_assert_cmpstr(instant_format(mem, instant), ==, GOOD[i].as);
	}
	g_assert_true(instant_parse("2001-09-09T01:46:40Z", NULL, &instant, NULL));
	g_assert_cmpint(instant, ==, G_GINT64_CONSTANT(1000000000000000));
}

static void test_now(void)
{
	time_t before = time(NULL);
	Instant now = when_now();

	g_assert_cmpint(now / USEC_PER_SEC, >=, before);
	g_assert_cmpint(now / USEC_PER_SEC, <=, before + 60);
}

int main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/day/civil-agrees-with-timegm", test_civil_agrees_with_timegm);
	g_test_add_func("/day/parse", test_day_parse);
	g_test_add_func("/day/months-are-clipped", test_months_are_clipped);
	g_test_add_func("/day/weekdays", test_weekdays);
	g_test_add_func("/day/clock", test_clock);
	g_test_add_func("/day/clock-as-written", test_clock_as_written);
	g_test_add_func("/day/working-days", test_working_days);
	g_test_add_func("/instant/parse-and-format", test_instant_parse);
	g_test_add_func("/instant/now", test_now);
	return g_test_run();
}
