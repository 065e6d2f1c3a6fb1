/* gate.h: the gate at work in a process: the snapshot and the thread that renews it, allowances, the journal, and the
 * doors that listen.
 *
 *   gate_new     opens the journal
 *   gate_listen  binds an address; nothing is accepted yet
 *   gate_start   begins to read the database; at the first snapshot the doors listen
 *   gate_stop    ends doors and threads; gate_free
 *
 * It fails open: before the first snapshot, when the database could not confirm the snapshot for the pack's
 * `stale_after` (real time), and when the journal cannot be written, nobody gets an answer, and what asks goes on by
 * its own default. All of it passes without a restart. */
#pragma once

#include "gate/answer.h"
#include "gate/journal.h"

typedef struct Gate Gate;

typedef struct {
	Store *store; /* borrowed */
	GateSource source;
	const char *journal_dir; /* "STATE/journal" */
	int poll_ms;             /* how often the database is asked for changes; 0: 50 (SQLite), 200 (PostgreSQL) */
} GateSettings;

gboolean gate_new(const GateSettings *settings, Gate **ret_gate, GError **error) MUST_CHECK;
void gate_free(Gate *gate); /* stops it; NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Gate, gate_free)

/* protocol: "postfix". address: "inet:HOST:PORT" or "unix:PATH". Invalid, or unavailable where it is taken. */
gboolean gate_listen(Gate *gate, const char *protocol, const char *address, GError **error) MUST_CHECK;
gboolean gate_start(Gate *gate, GError **error) MUST_CHECK;
void gate_stop(Gate *gate);

/* A reference to the snapshot to answer from; NULL, and in *ret_why the reason in words, where the gate cannot answer.
 * Lines take one each turn. */
GateSnapshot *gate_take(Gate *gate, const char **ret_why);
/* Now, of the snapshot's clock. */
Instant gate_now(const GateSnapshot *snapshot);

/* What becomes of an answer beside its being kept. */
typedef struct {
	const char *item;  /* why it becomes owned work (G6); NULL */
	int recipients;    /* of a mail with several; else 0 */
	gboolean not_kept; /* nothing is written: said already */
} GateKeep;

/* Asks for a contact that is happening and uses its allowance. A machine's question never fails. */
gboolean gate_ask_live(Gate *gate, const GateSnapshot *snapshot, const GateQuery *query, GateAnswer *ret_answer,
	GError **error) MUST_CHECK;
/* Counts the answer and writes to the batch what must be kept of it: every verdict but proceed, a proceed for a known
 * customer, a stranger's keyed hash. */
void gate_keep(Gate *gate, const GateSnapshot *snapshot, const GateQuery *query, const GateAnswer *answer,
	const GateKeep *keep, GByteArray *batch);
/* Appends the batch and empties it; until it was, no answer may leave. */
gboolean gate_commit(Gate *gate, GByteArray *batch, GError **error) MUST_CHECK;
/* A question that could not be answered, for health and metrics. */
void gate_note_failure(Gate *gate);

/* A question as the API and pages bring it: with a contact id a contact that is happening, kept and counted; without, a
 * look-up. at INSTANT_NONE: now. Unavailable, in the pack's words, where the gate cannot answer. A new reference. */
gboolean gate_ask_json(Gate *gate, const GateQuery *query, json_t **ret_answer, GError **error) MUST_CHECK;

/* The same look-up without a gate, straight from the database: for the shell. journal_dir may be NULL. */
gboolean gate_look_up(Store *store, const GateSource *source, const char *journal_dir, const GateQuery *query,
	json_t **ret_answer, GError **error) MUST_CHECK;

/* How it is: for /healthz, /metrics and the status page. */
typedef struct {
	gboolean answers; /* it has a snapshot that is not stale, and the journal was written */
	gboolean has_snapshot;
	gint64 version;      /* the record's number that the snapshot stands at */
	gint64 confirmed_ms; /* since the database last confirmed it; -1: never */
	gint64 snapshots;    /* made since the start */
	gsize identifiers, index_bytes;
	gsize problems; /* arrangements that could not be read */
	gint64 by_verdict[VERDICTS];
	gint64 failures;                     /* questions that were not answered */
	gint64 connections, refused, closed; /* open now; refused at the limit; closed for what they sent */
	gint64 journal_end;
	char error[300]; /* what is the matter now; "" for nothing */
} GateHealth;

void gate_health(Gate *gate, GateHealth *ret_health);
json_t *gate_health_json(Gate *gate);        /* a new reference */
void gate_metrics(Gate *gate, GString *out); /* Prometheus text */
