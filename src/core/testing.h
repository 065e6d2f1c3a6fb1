/* testing.h: for the tests of this folder: a small pack, some doors, and restrictions and arrangements in a line. */
#pragma once

#include "core/verdict.h"

extern const Policy test_policy;
extern const Door test_doors[];
extern const gsize test_n_doors;
extern const CustomerIdentifier test_identifiers[];
extern const gsize test_n_identifiers;

/* A door by its address. */
const Door *test_door(const char *address);

/* "2026-12-01T09:30" in London. */
Instant test_at(const Zone *zone, const char *wall);

/* "call-slot weekday=tuesday from=09:00 to=10:00": compiled; lists with commas, '_' for a space. */
gboolean test_compile(const char *text, Arena *mem, Restriction **ret_restriction, GError **error);

/* "function casework: channels-not channels=phone; call-recording": in force from 1 November 2026 with a review on
 * 1 November 2027, the casefile's matter M-1. */
Arrangement *test_arrangement(const char *text, Arena *mem);
