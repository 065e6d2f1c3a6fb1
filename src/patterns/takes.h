/* takes.h: what a customer's contact takes, beside what is usual (B4). 'Disproportionate' must be shown, not felt:
 * staff time, number of contacts and of staff approached are counted and set beside the middle (the median) of
 * everybody who was in touch in the same time. Numbers to look at; nothing decides by them. */
#pragma once

#include "store/store.h"

typedef struct {
	gint64 contacts;
	gint64 minutes; /* of staff time, as it was logged */
	gint64 staff;   /* members of staff who dealt with them */
} Takes;

typedef struct {
	int days; /* the time that is counted, up to `until` */
	Takes own, usual;
	gint64 customers; /* how many were in touch: what `usual` is the middle of */
} TakesBeside;

enum { TAKES_DAYS = 30 };

/* Counts the last TAKES_DAYS days up to `until`. */
gboolean takes_beside_usual(
	Tx *tx, Arena *mem, const char *customer, Instant until, TakesBeside *ret_takes, GError **error) MUST_CHECK;
