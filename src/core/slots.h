/* slots.h: time limits on calls and personal contacts (R1): which weekday, from when to when, how many, how long.
 *
 * Slots are in the organisation's local time and right across clock changes: whether an instant lies inside is
 * decided in instants, so that a slot over the change is shorter or longer by the hour, and one that the spring
 * gap swallows whole does not open that week. Pure and allocation-free; fast enough to be asked for each call. */
#pragma once

#include "core/policy.h"

typedef enum { PER_SLOT, PER_WEEK, PER_MONTH, PERIODS } SlotPeriod; /* week: Monday to Sunday */
const char *slot_period_name(SlotPeriod per);                       /* "slot", "week", "month" */
gboolean slot_period_parse(const char *text, SlotPeriod *ret_per);

typedef struct {
	Weekday weekday; /* 0: every day */
	int from, to;    /* minutes of the day, from < to <= 1440; `to` is not included */
	int calls;       /* how many in the period; 0: any number */
	int minutes;     /* how long each; 0: to the slot's end */
	SlotPeriod per;
} Slot;

/* TRUE inside the slot; then *ret_end is the instant at which it ends: INSTANT_NONE for one that never does (every
 * day, all day). */
gboolean slot_holds(const Slot *slot, const Zone *zone, Instant at, Instant *ret_end);

/* The first instant after `at` at which the slot opens (one that is open now is not 'next'). */
Instant slot_next(const Slot *slot, const Zone *zone, Instant at);

/* The first instant after `at` at which the slot opens in a later period of counting: the next one for whoever has
 * used the allowance up. */
Instant slot_next_period(const Slot *slot, const Zone *zone, Instant at);

/* A number that is the same for two instants exactly if they share the slot's period of counting; with the
 * restriction it is the key of the allowance's count. The period of a slot is its day. */
gint64 slot_period_key(const Slot *slot, const Zone *zone, Instant at);

/* "Tuesdays from 9am to 10am, one call a week, of at most 15 minutes": the words of letter and screen (G3). */
char *slot_in_words(const Slot *slot, const char *what /* "call" */, Arena *mem);
