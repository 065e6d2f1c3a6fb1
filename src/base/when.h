/* when.h: instants, local days and the zone between them. Nothing here reads a clock except when_now, which
 * only the edges call; everything else is told the time.
 *
 * Days are local days; 'until D' includes D; months go by the calendar and are clipped to the last day. In the
 * autumn fold a wall time means its first instant; in the spring gap it is read with the offset before the gap
 * (RFC 5545). */
#pragma once

#include "base/arena.h"

#include <glib.h>

typedef gint64 Instant; /* microseconds since 1970-01-01T00:00Z */
typedef gint32 Day;     /* days since 1970-01-01, in local time */

#define INSTANT_NONE G_MININT64
#define DAY_NONE G_MININT32
/* The parsers take the years 1 to 9999. Arithmetic may leave them, up to this many days from 1970; DAY_NONE and
 * INSTANT_NONE lie beyond it, and to reckon with or format one is a bug (an assertion). */
#define DAY_BOUND ((Day)100000000)
#define USEC_PER_SEC ((gint64)1000000)
#define USEC_PER_MINUTE (60 * USEC_PER_SEC)
#define USEC_PER_DAY (86400 * USEC_PER_SEC)

typedef enum { MONDAY = 1, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY } Weekday;

Instant when_now(void); /* the machine's clock; edges only */

/* RFC 3339 with an offset or Z ("2026-11-24T09:30:00+00:00"), years 1 to 9999, cut to microseconds; no leap second;
 * anything else (NULL too) is invalid, naming field. */
gboolean instant_parse(const char *text, const char *field, Instant *ret_instant, GError **error);
/* Whether it can be worked with: of the years 1970 to 9900, so that every period that is counted from it can be kept.
 * Invalid otherwise. */
gboolean instant_check(Instant instant, const char *field, GError **error);
gboolean day_check(Day day, const char *field, GError **error);
/* "2026-11-24T09:30:00Z", with microseconds only where they are not nought. */
char *instant_format(Arena *mem, Instant instant);

gboolean day_parse(const char *text, const char *field, Day *ret_day, GError **error); /* "2026-11-24" */
char *day_format(Arena *mem, Day day);                                                 /* "2026-11-24" */
char *day_in_words(Arena *mem, Day day);                                               /* "24 November 2026" */
Weekday day_weekday(Day day);
int day_year(Day day);
Day day_from_civil(int year, int month, int day_of_month);
void day_to_civil(Day day, int *ret_year, int *ret_month, int *ret_day_of_month);
Day day_add_months(Day day, int months);                         /* 31 January + 1 month = 28 or 29 February */
const char *weekday_name(Weekday weekday);                       /* "Monday" */
gboolean weekday_parse(const char *text, Weekday *ret_weekday);  /* "monday", any case */
gboolean clock_parse(const char *text, int *ret_minutes_of_day); /* "09:30", "24:00" allowed as an end */
/* As people write it: "9:30", "9.30am", "14:15", "9am". */
gboolean clock_read(const char *text, int *ret_minutes_of_day);
char *clock_format(Arena *mem, int minutes_of_day);   /* "09:30", "24:00" */
char *clock_in_words(Arena *mem, int minutes_of_day); /* "9:30am", "9am", "midday", "midnight" (0 and 1440) */

/* The day that is n working days after day (before it, where n is negative): Monday to Friday, less the closed days
 * (sorted, may be NULL). n = 0 is the day itself, working or not. */
Day day_add_working_days(Day day, int n, const Day *closed, gsize n_closed);

/* A zone: an immutable table of transitions from 1900 to 2200, made once from the system's data; safe to share
 * between threads. */
typedef struct Zone Zone;

Zone *zone_new(const char *name, GError **error); /* "Europe/London"; NULL and not found where nobody knows it */
void zone_free(Zone *zone);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Zone, zone_free)
const char *zone_name(const Zone *zone);

Day zone_day(const Zone *zone, Instant instant);
/* Local day and the seconds since that day's local midnight as the wall clock shows them. */
void zone_local(const Zone *zone, Instant instant, Day *ret_day, int *ret_second_of_day);
/* The instant of a wall time; second_of_day may be 86400 (the next midnight). */
Instant zone_instant(const Zone *zone, Day day, int second_of_day);
char *zone_format(const Zone *zone, Arena *mem, Instant instant); /* "24 November 2026 at 9:30am" */
