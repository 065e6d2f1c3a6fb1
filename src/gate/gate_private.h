/* gate_private.h: a process's gate from within. For gate.c, refresh.c and health.c. */
#pragma once

#include "gate/gate.h"
#include "gate/lines.h"

#include <pthread.h>
#include <stdatomic.h>

/* The rows of the largest organisation; they go when the snapshot is made. */
#define GATE_ROWS_MAX ((gsize)16 << 30)

struct Gate {
	Store *store;
	GateSource source;
	char *journal_dir;
	int poll_ms;
	GateCounts *counts;
	GateJournal *journal;
	Lines *lines;
	pthread_t refresher;
	gboolean started;

	pthread_mutex_t mutex; /* what follows */
	pthread_cond_t wake;   /* the refresher: the end */
	gboolean ending;
	GateSnapshot *snapshot;
	gint64 confirmed_us; /* monotonic: when the database last confirmed the snapshot; -1 */
	gint64 snapshots;
	char error[300]; /* why the database does not; "" */
	char journal_error[300];

	/* the refresher's own */
	gint64 mark;    /* store_change_mark at the last reading */
	gint64 looked;  /* number of the record's entry up to which nothing changed the snapshot */
	gint64 read_us; /* monotonic: when it last read */
	Day day;        /* local day of the snapshot */
	gboolean listening, failing;
	gint64 logged_us;

	atomic_bool journal_failed; /* the last batch was not written */
	_Atomic gint64 by_verdict[VERDICTS];
	_Atomic gint64 failures;
};

void *gate_refresh_thread(void *gate);

/* Adds what the database and the journal behind it know of used allowances. journal_dir may be NULL. */
gboolean gate_counts_load(
	GateCounts *counts, Tx *tx, Instant at, const char *journal_dir, Arena *mem, GError **error) MUST_CHECK;
