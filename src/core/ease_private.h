/* ease_private.h: what ease.c and ease_calls.c share. */
#pragma once

#include "core/ease.h"

/* Whether `changed` admits at least as many counted contacts on the channel as `old`, whichever day, week or month is
 * looked at and whenever in the set times they come. demands: the old one's counted slots that matter. *ret_missing:
 * the slot of the old one for which there are fewer; NULL. */
gboolean ease_calls_suffice(const ArenaList *demands /* of const Slot * */, const Arrangement *changed, Channel channel,
	Arena *mem, const Slot **ret_missing);
/* The slots of an arrangement's limits on a channel; counted: only those with an allowance. */
void ease_slots(const Arrangement *arrangement, Channel channel, gboolean counted, Arena *mem, ArenaList *ret_slots);
