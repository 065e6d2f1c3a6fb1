/* ease_private.h: what ease.c, ease_points.c and ease_calls.c share. */
#pragma once

#include "core/ease.h"

#define EASE_DAY_MINUTES (24 * 60)

typedef struct {
	const Policy *policy;
	const Zone *zone;
	const Door *doors;
	gsize n_doors;
	Arrangement old, now; /* in force all the week that is looked at */
	Arena *mem;
	Easing *easing;
	ArenaList places;      /* of const ContactPlace: one for each that can make a difference */
	ArenaList identifiers; /* of const char *; NULL is one of them */
} EaseComparing;

/* Fills in places: those at which each arrangement binds, asks or is silent in its own combination, for each matter
 * that a restriction is about. */
void ease_find_places(EaseComparing *c);
/* Fills in identifiers: those that a restriction names, and none. */
void ease_find_identifiers(EaseComparing *c);
/* Marks the minutes of a day at which an answer can change. Minutes left are piecewise straight, so the ends of each
 * piece are enough. FALSE where nothing is limited on the channel. */
gboolean ease_mark_moments(
	const Arrangement *arrangement, Channel channel, Arena *mem, guint8 minutes[EASE_DAY_MINUTES]);

/* Whether `changed` admits at least as many counted contacts on the channel as `old`, whichever day, week or month is
 * looked at and whenever in the set times they come. demands: the old one's counted slots that matter. *ret_missing:
 * the slot of the old one for which there are fewer; NULL. */
gboolean ease_calls_suffice(const ArenaList *demands /* of const Slot * */, const Arrangement *changed, Channel channel,
	Arena *mem, const Slot **ret_missing);
/* The slots of an arrangement's limits on a channel; counted: only those with an allowance. */
void ease_slots(const Arrangement *arrangement, Channel channel, gboolean counted, Arena *mem, ArenaList *ret_slots);
