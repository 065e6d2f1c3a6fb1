/* when.c: instants: the machine's clock and RFC 3339. The calendar is day.c, local time is zone.c. */
#include "base/when.h"

#include "base/error.h"

#include <string.h>
#include <time.h>

enum { LAST_YEAR = 9900 };

Instant when_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (Instant)now.tv_sec * USEC_PER_SEC + now.tv_nsec / 1000;
}

/* Two digits at *text no greater than most, and the character after them (where it is not NUL); moves on. */
static gboolean take(const char **text, int most, char after, int *ret_value)
{
	const char *p = *text;

	if (!g_ascii_isdigit(p[0]) || !g_ascii_isdigit(p[1]))
		return FALSE;
	*ret_value = (p[0] - '0') * 10 + (p[1] - '0');
	if (*ret_value > most || (after != '\0' && p[2] != after))
		return FALSE;
	*text = p + (after == '\0' ? 2 : 3);
	return TRUE;
}

/* ".5" and the like, cut to microseconds; nothing is nought. FALSE for a full stop without digits. */
static gboolean take_fraction(const char **text, gint64 *ret_usec)
{
	gint64 usec = 0, worth = USEC_PER_SEC / 10;
	const char *p = *text;

	*ret_usec = 0;
	if (*p != '.')
		return TRUE;
	for (p++; g_ascii_isdigit(*p); p++, worth /= 10)
		usec += (*p - '0') * worth;
	if (p == *text + 1)
		return FALSE;
	*text = p;
	*ret_usec = usec;
	return TRUE;
}

/* "Z", "+01:00"; minutes east of Greenwich. */
static gboolean take_offset(const char **text, int *ret_minutes)
{
	int hours, minutes;
	char sign = **text;

	(*text)++;
	*ret_minutes = 0;
	if (sign == 'Z' || sign == 'z')
		return TRUE;
	if ((sign != '+' && sign != '-') || !take(text, 23, ':', &hours) || !take(text, 59, '\0', &minutes))
		return FALSE;
	*ret_minutes = (hours * 60 + minutes) * (sign == '-' ? -1 : 1);
	return TRUE;
}

gboolean instant_parse(const char *text, const char *field, Instant *ret_instant, GError **error)
{
	char date[11];
	int hours, minutes, seconds, offset;
	gint64 usec;
	Day day;
	const char *p;

	if (text == NULL || strnlen(text, 11) < 11 || (text[10] != 'T' && text[10] != 't'))
		goto bad;
	memcpy(date, text, 10);
	date[10] = '\0';
	p = text + 11;
	if (!day_parse(date, field, &day, error))
		return FALSE;
	if (!take(&p, 23, ':', &hours) || !take(&p, 59, ':', &minutes) || !take(&p, 59, '\0', &seconds) ||
		!take_fraction(&p, &usec) || !take_offset(&p, &offset) || *p != '\0')
		goto bad;
	*ret_instant =
		day * USEC_PER_DAY + (hours * 60 + minutes - offset) * USEC_PER_MINUTE + seconds * USEC_PER_SEC + usec;
	return TRUE;
bad:
	return invalid(error, field,
		"Give the time with its day and its distance from UTC, like 2026-11-24T09:30:00Z or "
		"2026-06-24T09:30:00+01:00.");
}

gboolean day_check(Day day, const char *field, GError **error)
{
	return (day >= 0 && day_year(day) <= LAST_YEAR) ||
	       invalid(error, field, "Give a day between the years 1970 and %d.", LAST_YEAR);
}

gboolean instant_check(Instant instant, const char *field, GError **error)
{
	return (instant >= 0 && day_year((Day)(instant / USEC_PER_DAY)) <= LAST_YEAR) ||
	       invalid(error, field, "Give a time between the years 1970 and %d.", LAST_YEAR);
}

char *instant_format(Arena *mem, Instant instant)
{
	gint64 usec;
	int year, month, day_of_month, second, fraction;
	Day day;

	g_assert(instant > -DAY_BOUND * USEC_PER_DAY && instant < DAY_BOUND * USEC_PER_DAY);
	usec = instant % USEC_PER_DAY;
	if (usec < 0)
		usec += USEC_PER_DAY;
	day = (Day)((instant - usec) / USEC_PER_DAY);
	second = (int)(usec / USEC_PER_SEC);
	fraction = (int)(usec % USEC_PER_SEC);
	day_to_civil(day, &year, &month, &day_of_month);
	if (fraction == 0)
		return arena_printf(mem, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, day_of_month, second / 3600,
			second / 60 % 60, second % 60);
	return arena_printf(mem, "%04d-%02d-%02dT%02d:%02d:%02d.%06dZ", year, month, day_of_month, second / 3600,
		second / 60 % 60, second % 60, fraction);
}
