/* day.c: the calendar: days, months, weekdays, working days and the minutes of a clock face, as numbers and as
 * text. Nothing here knows of zones or instants. */
#include "base/error.h"
#include "base/when.h"

#include <string.h>

static const char *const MONTHS[] = {"January", "February", "March", "April", "May", "June", "July", "August",
	"September", "October", "November", "December"};
static const char *const WEEKDAYS[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

/* The Gregorian calendar repeats after an era of 400 years. Years are counted from March, so that the leap day is
 * the last of its year; day 0 of era 0 is 1 March of the year 0. */
#define ERA_DAYS 146097
#define EPOCH_FROM_ERA 719468 /* days from there to 1970-01-01 */

static int floor_div(int a, int b)
{
	return a / b - (a % b < 0);
}

static int days_in_month(int year, int month)
{
	static const int DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	gboolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return month == 2 && leap ? 29 : DAYS[month - 1];
}

Day day_from_civil(int year, int month, int day_of_month)
{
	int y, era, year_of_era, day_of_year;

	g_assert(month >= 1 && month <= 12 && ABS(year) < DAY_BOUND / 365);
	y = month <= 2 ? year - 1 : year;
	era = floor_div(y, 400);
	year_of_era = y - era * 400;
	day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day_of_month - 1;
	return era * ERA_DAYS + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - EPOCH_FROM_ERA;
}

void day_to_civil(Day day, int *ret_year, int *ret_month, int *ret_day_of_month)
{
	int z, era, day_of_era, year_of_era, day_of_year, m;

	g_assert(day > -DAY_BOUND && day < DAY_BOUND);
	z = day + EPOCH_FROM_ERA;
	era = floor_div(z, ERA_DAYS);
	day_of_era = z - era * ERA_DAYS;
	year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	m = (5 * day_of_year + 2) / 153;
	*ret_month = m < 10 ? m + 3 : m - 9;
	*ret_day_of_month = day_of_year - (153 * m + 2) / 5 + 1;
	*ret_year = era * 400 + year_of_era + (*ret_month <= 2);
}

int day_year(Day day)
{
	int year, month, day_of_month;

	day_to_civil(day, &year, &month, &day_of_month);
	return year;
}

Day day_add_months(Day day, int months)
{
	int year, month, day_of_month, all;

	day_to_civil(day, &year, &month, &day_of_month);
	g_assert(ABS(months) < DAY_BOUND / 31);
	all = year * 12 + month - 1 + months;
	year = floor_div(all, 12);
	month = all - year * 12 + 1;
	return day_from_civil(year, month, MIN(day_of_month, days_in_month(year, month)));
}

/* Exactly n digits at text; -1 where they are not. */
static int digits(const char *text, int n)
{
	int value = 0;

	for (int i = 0; i < n; i++) {
		if (!g_ascii_isdigit(text[i]))
			return -1;
		value = value * 10 + (text[i] - '0');
	}
	return value;
}

gboolean day_parse(const char *text, const char *field, Day *ret_day, GError **error)
{
	int year, month, day_of_month;

	if (text == NULL || strlen(text) != 10 || text[4] != '-' || text[7] != '-')
		return invalid(error, field, "Give the day as year, month and day, like 2026-11-24.");
	year = digits(text, 4);
	month = digits(text + 5, 2);
	day_of_month = digits(text + 8, 2);
	if (year < 1 || month < 1 || month > 12 || day_of_month < 1 || day_of_month > days_in_month(year, month))
		return invalid(error, field, "There is no such day. Give year, month and day, like 2026-11-24.");
	*ret_day = day_from_civil(year, month, day_of_month);
	return TRUE;
}

char *day_format(Arena *mem, Day day)
{
	int year, month, day_of_month;

	day_to_civil(day, &year, &month, &day_of_month);
	return arena_printf(mem, "%04d-%02d-%02d", year, month, day_of_month);
}

char *day_in_words(Arena *mem, Day day)
{
	int year, month, day_of_month;

	day_to_civil(day, &year, &month, &day_of_month);
	return arena_printf(mem, "%d %s %d", day_of_month, MONTHS[month - 1], year);
}

Weekday day_weekday(Day day)
{
	return (Weekday)(day + 3 - floor_div(day + 3, 7) * 7 + 1); /* 1970-01-01 was a Thursday */
}

const char *weekday_name(Weekday weekday)
{
	g_assert(weekday >= MONDAY && weekday <= SUNDAY);
	return WEEKDAYS[weekday - 1];
}

gboolean weekday_parse(const char *text, Weekday *ret_weekday)
{
	for (Weekday weekday = MONDAY; text != NULL && weekday <= SUNDAY; weekday++) {
		if (g_ascii_strcasecmp(text, WEEKDAYS[weekday - 1]) == 0) {
			*ret_weekday = weekday;
			return TRUE;
		}
	}
	return FALSE;
}

static gboolean is_working_day(Day day, const Day *closed, gsize n_closed)
{
	gsize low = 0, high = n_closed;

	if (day_weekday(day) >= SATURDAY)
		return FALSE;
	while (low < high) {
		gsize middle = low + (high - low) / 2;

		if (closed[middle] == day)
			return FALSE;
		if (closed[middle] < day)
			low = middle + 1;
		else
			high = middle;
	}
	return TRUE;
}

Day day_add_working_days(Day day, int n, const Day *closed, gsize n_closed)
{
	int step = n < 0 ? -1 : 1;

	for (; n != 0; n -= step) {
		do
			day += step;
		while (!is_working_day(day, closed, n_closed));
	}
	return day;
}

gboolean clock_parse(const char *text, int *ret_minutes_of_day)
{
	int hours, minutes;

	if (text == NULL || strlen(text) != 5 || text[2] != ':')
		return FALSE;
	hours = digits(text, 2);
	minutes = digits(text + 3, 2);
	if (hours < 0 || minutes < 0 || minutes > 59 || hours * 60 + minutes > 24 * 60)
		return FALSE;
	*ret_minutes_of_day = hours * 60 + minutes;
	return TRUE;
}

gboolean clock_read(const char *text, int *ret_minutes_of_day)
{
	char *rest;
	guint64 hours = g_ascii_strtoull(text, &rest, 10), minutes = 0;
	gboolean half = FALSE;

	if (!g_ascii_isdigit(text[0]) || rest - text > 2)
		return FALSE;
	if (*rest == ':' || *rest == '.') {
		if (!g_ascii_isdigit(rest[1]) || !g_ascii_isdigit(rest[2]))
			return FALSE;
		minutes = (guint64)g_ascii_digit_value(rest[1]) * 10 + (guint64)g_ascii_digit_value(rest[2]);
		rest += 3;
	}
	while (*rest == ' ')
		rest++;
	if (g_ascii_strcasecmp(rest, "am") == 0 || g_ascii_strcasecmp(rest, "pm") == 0) {
		half = TRUE;
		if (hours == 0 || hours > 12)
			return FALSE;
		hours = hours % 12 + (g_ascii_tolower(*rest) == 'p' ? 12 : 0);
		rest += 2;
	}
	if (*rest != '\0' || hours > 23 || minutes > 59 || (!half && rest - text <= 2))
		return FALSE;
	*ret_minutes_of_day = (int)(hours * 60 + minutes);
	return TRUE;
}

char *clock_format(Arena *mem, int minutes_of_day)
{
	g_assert(minutes_of_day >= 0 && minutes_of_day <= 24 * 60);
	return arena_printf(mem, "%02d:%02d", minutes_of_day / 60, minutes_of_day % 60);
}

char *clock_in_words(Arena *mem, int minutes_of_day)
{
	int hour, minute;
	const char *half;

	g_assert(minutes_of_day >= 0 && minutes_of_day <= 24 * 60);
	if (minutes_of_day % (24 * 60) == 0)
		return arena_strdup(mem, "midnight");
	if (minutes_of_day == 12 * 60)
		return arena_strdup(mem, "midday");
	hour = (minutes_of_day / 60 + 11) % 12 + 1;
	minute = minutes_of_day % 60;
	half = minutes_of_day < 12 * 60 ? "am" : "pm";
	return minute == 0 ? arena_printf(mem, "%d%s", hour, half) : arena_printf(mem, "%d:%02d%s", hour, minute, half);
}
