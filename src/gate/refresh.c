/* refresh.c: the thread that keeps the gate's snapshot true: it asks the database for changes many times a second,
 * makes a new snapshot when something changed that the gate knows of, and swaps it whole. */
#include "gate/gate_private.h"

#include <malloc.h>

/* Even without a change the database is really read once in this time: that is what confirms the snapshot. */
#define CONFIRM_US USEC_PER_SEC
/* What fails is logged when it begins, and again once a minute. */
#define LOG_AGAIN_US (60 * USEC_PER_SEC)
#define JOURNAL_PIECE 10000

static gboolean load_journal_uses(
	GateCounts *counts, const char *journal_dir, gint64 position, Arena *mem, GError **error)
{
	gsize n;

	do {
		g_autoptr(Arena) piece = arena_new(GATE_ROWS_MAX);
		GateEntry *entries;

		if (!gate_journal_read_after(
			    journal_dir, position, JOURNAL_PIECE, piece, &entries, &n, &position, NULL, error))
			return FALSE;
		for (gsize i = 0; i < n; i++)
			for (gsize j = 0; j < entries[i].n_uses; j++)
				gate_counts_add(counts, entries[i].uses[j].contact_id, entries[i].uses[j].arrangement,
					(gsize)entries[i].uses[j].restriction, (gsize)entries[i].uses[j].slot,
					entries[i].uses[j].period);
	} while (n == JOURNAL_PIECE);
	(void)mem;
	return TRUE;
}

gboolean gate_counts_load(GateCounts *counts, Tx *tx, Instant at, const char *journal_dir, Arena *mem, GError **error)
{
	GateJournalTakenRow *taken = NULL;
	const char *name;
	GateUseRow *uses;
	gsize n;

	if (!sql_gate_uses(tx, mem, at, &uses, &n, error))
		return FALSE;
	for (gsize i = 0; i < n; i++)
		gate_counts_add(counts, uses[i].contact_id, uses[i].arrangement, (gsize)uses[i].restriction,
			(gsize)uses[i].slot, uses[i].period);
	if (journal_dir == NULL || !gate_journal_name(journal_dir, mem, &name, NULL))
		return TRUE;
	return sql_gate_journal_taken(tx, mem, name, &taken, error) &&
	       load_journal_uses(counts, journal_dir, taken != NULL ? taken->taken : 0, mem, error);
}

/* Whether the snapshot still says what this transaction sees: the record had no entry that could change it, the clock
 * was not moved, and the day is the same (packs come into force by day). */
static gboolean is_current(Gate *gate, Tx *tx, Arena *mem, gboolean *ret_current, GError **error)
{
	const GateSnapshot *snapshot = gate->snapshot; /* only this thread sets it */
	const GateSource *source = &gate->source;
	GateChangesSinceRow *row;
	gint64 offset = 0;

	*ret_current = FALSE;
	if (snapshot == NULL)
		return TRUE;
	if (source->clock_offset != NULL && !source->clock_offset(source->data, tx, &offset, error))
		return FALSE;
	if (!sql_gate_changes_since(tx, mem, gate->looked, &row, error))
		return FALSE;
	if (row->changes == 0) /* what was looked through is not looked through again */
		gate->looked = row->newest;
	*ret_current = row->changes == 0 && offset == gate_snapshot_clock_offset(snapshot) &&
		       zone_day(gate_snapshot_zone(snapshot), gate_now(snapshot)) == gate->day;
	return TRUE;
}

static void swap(Gate *gate, GateSnapshot *snapshot)
{
	GateSnapshot *old;

	pthread_mutex_lock(&gate->mutex);
	old = gate->snapshot;
	gate->snapshot = snapshot;
	gate->snapshots++;
	pthread_mutex_unlock(&gate->mutex);
	gate->day = zone_day(gate_snapshot_zone(snapshot), gate_now(snapshot));
	gate->looked = gate_snapshot_number(snapshot);
	gate_snapshot_unref(old);
}

static void warn_of_problems(const GateSnapshot *snapshot)
{
	const char *first;
	gsize n = gate_snapshot_problems(snapshot, &first);

	if (n > 0)
		g_warning("the gate left out %zu arrangements that it could not read; the first: %s", n, first);
}

static gboolean renew(Gate *gate, Tx *tx, Arena *mem, GError **error)
{
	gboolean first = gate->snapshot == NULL;
	GateSnapshot *snapshot;
	GateFacts facts;

	if (!gate_facts_read(&gate->source, tx, when_now(), mem, &facts, error) ||
		!gate_snapshot_new(&facts, &gate->source, tx, &snapshot, error))
		return FALSE;
	/* at the start what was kept in the journal; from then on the gate adds its own uses itself */
	if (!gate_counts_load(gate->counts, tx, facts.at, first ? gate->journal_dir : NULL, mem, error)) {
		gate_snapshot_unref(snapshot);
		return FALSE;
	}
	warn_of_problems(snapshot);
	swap(gate, snapshot);
	return TRUE;
}

/* One look at the database. */
static gboolean refresh(Gate *gate, GError **error)
{
	g_autoptr(Arena) mem = NULL;
	g_autoptr(Tx) tx = NULL;
	gint64 now = g_get_monotonic_time(), mark;
	gboolean current;

	if (!store_change_mark(gate->store, &mark, error))
		return FALSE;
	if (gate->snapshot != NULL && mark == gate->mark && now - gate->read_us < CONFIRM_US)
		return TRUE;
	mem = arena_new(GATE_ROWS_MAX);
	if (!store_read(gate->store, &tx, error) || !is_current(gate, tx, mem, &current, error) ||
		(!current && !renew(gate, tx, mem, error)))
		return FALSE;
	if (!current) {
		/* the rows and the old snapshot go back to the system at once: they may be the larger half */
		g_clear_pointer(&tx, tx_end);
		g_clear_pointer(&mem, arena_free);
		malloc_trim(0);
	}
	gate->mark = mark;
	gate->read_us = now;
	pthread_mutex_lock(&gate->mutex);
	gate->confirmed_us = now;
	pthread_mutex_unlock(&gate->mutex);
	return TRUE;
}

static void note(Gate *gate, const GError *error)
{
	gint64 now = g_get_monotonic_time();

	pthread_mutex_lock(&gate->mutex);
	g_strlcpy(gate->error, error != NULL ? error->message : "", sizeof gate->error);
	pthread_mutex_unlock(&gate->mutex);
	if (error == NULL && gate->failing)
		g_message("the gate reads the database again");
	if (error != NULL && (!gate->failing || now - gate->logged_us >= LOG_AGAIN_US)) {
		g_warning("the gate cannot read the database: %s", error->message);
		gate->logged_us = now;
	}
	gate->failing = error != NULL;
}

/* The doors open with the first snapshot. */
static void listen_once(Gate *gate)
{
	g_autoptr(GError) error = NULL;

	if (gate->listening || gate->snapshot == NULL)
		return;
	gate->listening = TRUE;
	if (!lines_start(gate->lines, &error))
		g_error("%s", error->message);
}

static gboolean wait_or_end(Gate *gate)
{
	struct timespec until;
	gboolean ending;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += (long)gate->poll_ms * 1000000;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	pthread_mutex_lock(&gate->mutex);
	if (!gate->ending)
		pthread_cond_timedwait(&gate->wake, &gate->mutex, &until);
	ending = gate->ending;
	pthread_mutex_unlock(&gate->mutex);
	return ending;
}

void *gate_refresh_thread(void *data)
{
	Gate *gate = data;

	do {
		g_autoptr(GError) error = NULL;

		note(gate, refresh(gate, &error) ? NULL : error);
		listen_once(gate);
	} while (!wait_or_end(gate));
	return NULL;
}
