/* run_out.h: what the job that ends arrangements needs of the database (G2, G3). That one has ended is an act of its
 * own
 * ('end-arrangement', by machine). */
#pragma once

#include "acts/acts.h"

typedef struct {
	const char *arrangement, *casefile;
} RunOut;

/* Those whose last day is past, or that lapsed with a missed review by the pack they are bound to, and that nobody has
 * ended: RunOut, in order of reference. By the organisation's day now (a demonstration's clock counts). None before a
 * pack is adopted. */
gboolean arrangements_run_out(Acts *acts, Arena *mem, ArenaList *ret_list, GError **error) MUST_CHECK;
