/* counts.h: allowances used, in memory (R1): which contacts used a restriction's allowance in a period.
 *
 * Kept by arrangement, restriction, slot and period, so that a new snapshot changes nothing. The same contact uses
 * once. What is here at start comes from the table gate_use and from the journal that was not taken in yet; what is
 * added later is only ever added, and given back by contact. Shared between threads. */
#pragma once

#include "core/verdict.h"

typedef struct GateCounts GateCounts;

GateCounts *gate_counts_new(void);
void gate_counts_free(GateCounts *counts);

/* For verdict_for: the counts as this contact finds them, its own uses left out. contact_id may be NULL. */
typedef struct {
	GateCounts *counts;
	const char *contact_id;
} GateCountsFor;
gint64 gate_counts_get(
	const void *counts_for, const Arrangement *arrangement, gsize restriction, gsize slot, gint64 period_key);

/* Counts what the answer uses. FALSE, and nothing is counted, where somebody else took the last of an allowance
 * since the question: ask again. */
gboolean gate_counts_use(GateCounts *counts, const char *contact_id, const VerdictAnswer *answer) MUST_CHECK;

/* Adds one use, as loaded or taken from the journal. */
void gate_counts_add(GateCounts *counts, const char *contact_id, const char *arrangement, gsize restriction, gsize slot,
	gint64 period_key);

/* What nobody answered is given back. */
void gate_counts_give_back(GateCounts *counts, const char *contact_id);
