/* slots.c: when a slot is open, when it opens next, and which contacts count together (R1). What follows for a
 * contact belongs to verdict.c. */
#include "core/slots.h"

static const char *const period_names[] = {[PER_SLOT] = "slot", [PER_WEEK] = "week", [PER_MONTH] = "month"};
_Static_assert(G_N_ELEMENTS(period_names) == PERIODS, "a name for every period");

const char *slot_period_name(SlotPeriod per)
{
	return period_names[per];
}

gboolean slot_period_parse(const char *text, SlotPeriod *ret_per)
{
	for (int i = 0; text != NULL && i < PERIODS; i++)
		if (strcmp(period_names[i], text) == 0) {
			*ret_per = (SlotPeriod)i;
			return TRUE;
		}
	return FALSE;
}

static gboolean is_always(const Slot *slot)
{
	return slot->weekday == 0 && slot->from == 0 && slot->to == 24 * 60;
}

/* The slot's span on a day, in instants; FALSE where no clock shows it: an hour or a whole day that was skipped. */
static gboolean span_on(const Slot *slot, const Zone *zone, Day day, Instant *ret_opens, Instant *ret_ends)
{
	*ret_opens = zone_instant(zone, day, slot->from * 60);
	*ret_ends = zone_instant(zone, day, slot->to * 60);
	return *ret_opens < *ret_ends;
}

gboolean slot_holds(const Slot *slot, const Zone *zone, Instant at, Instant *ret_end)
{
	Instant opens, ends;
	Day day;

	if (is_always(slot)) {
		*ret_end = INSTANT_NONE;
		return TRUE;
	}
	day = zone_day(zone, at);
	if (slot->weekday != 0 && day_weekday(day) != slot->weekday)
		return FALSE;
	if (!span_on(slot, zone, day, &opens, &ends) || at < opens || at >= ends)
		return FALSE;
	*ret_end = ends;
	return TRUE;
}

Instant slot_next(const Slot *slot, const Zone *zone, Instant at)
{
	Day day = zone_day(zone, at);
	int step = slot->weekday == 0 ? 1 : 7;
	Instant opens, ends;

	if (slot->weekday != 0)
		day += ((int)slot->weekday - (int)day_weekday(day) + 7) % 7;
	/* today's may be past, and the one after may fall into a gap; no zone swallows two in a row */
	for (int i = 0; i < 3; i++, day += step)
		if (span_on(slot, zone, day, &opens, &ends) && opens > at && zone_day(zone, opens) == day)
			return opens;
	return zone_instant(zone, day, slot->from * 60);
}

Instant slot_next_period(const Slot *slot, const Zone *zone, Instant at)
{
	Day day = zone_day(zone, at);
	int year, month, day_of_month;

	switch (slot->per) {
	case PER_WEEK:
		day += 8 - (int)day_weekday(day);
		break;
	case PER_MONTH:
		day_to_civil(day, &year, &month, &day_of_month);
		day = day_add_months(day - (day_of_month - 1), 1);
		break;
	default:
		day += 1;
		break;
	}
	return slot_next(slot, zone, zone_instant(zone, day, 0) - 1);
}

gint64 slot_period_key(const Slot *slot, const Zone *zone, Instant at)
{
	Day day = zone_day(zone, at);
	int year, month, day_of_month;

	switch (slot->per) {
	case PER_WEEK:
		return day - ((int)day_weekday(day) - 1);
	case PER_MONTH:
		day_to_civil(day, &year, &month, &day_of_month);
		return (gint64)year * 12 + month - 1;
	default:
		return day;
	}
}

static const char *number_in_words(Arena *mem, int n)
{
	static const char *const words[] = {
		"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"};

	return n < (int)G_N_ELEMENTS(words) ? words[n] : arena_printf(mem, "%d", n);
}

static const char *time_in_words(const Slot *slot, Arena *mem)
{
	const char *days = slot->weekday == 0 ? "every day" : arena_printf(mem, "%ss", weekday_name(slot->weekday));

	if (is_always(slot))
		return "at any time";
	if (slot->from == 0 && slot->to == 24 * 60)
		return days;
	return arena_printf(
		mem, "%s from %s to %s", days, clock_in_words(mem, slot->from), clock_in_words(mem, slot->to));
}

char *slot_in_words(const Slot *slot, const char *what, Arena *mem)
{
	static const char *const periods[] = {
		[PER_SLOT] = "in that time", [PER_WEEK] = "a week", [PER_MONTH] = "a month"};
	const char *time = time_in_words(slot, mem);
	const char *per = slot->per == PER_SLOT && slot->weekday == 0 ? "a day" : periods[slot->per];
	const char *count = "", *length = "";

	if (slot->calls > 0)
		count = arena_printf(
			mem, ", %s %s%s %s", number_in_words(mem, slot->calls), what, slot->calls == 1 ? "" : "s", per);
	if (slot->minutes > 0)
		length = arena_printf(mem, ", %sof at most %d minute%s",
			slot->calls > 1    ? "each "
			: slot->calls == 0 ? arena_printf(mem, "each %s ", what)
					   : "",
			slot->minutes, slot->minutes == 1 ? "" : "s");
	return arena_printf(mem, "%s%s%s", time, count, length);
}
