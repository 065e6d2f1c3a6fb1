/* store.h: the contract that SQLite and PostgreSQL fulfil.
 *
 * A Store is one process's way to one database; it is safe to share between threads: each transaction takes a
 * connection from a bounded pool (SQLite: one writer, several readers; PostgreSQL: as many as the setting says)
 * and gives it back at its end. Statements are the generated functions of "store/statements.h", nothing else:
 * there is no call that takes SQL text. What a statement returns lives in the arena that it is given.
 *
 * A transaction that ends without store_commit is rolled back, and after a failed statement it can only end. A
 * failure of the database is an error of kind unavailable with a sentence for the administrator; conflict where a
 * unique row exists already; bug where the database refuses what the program should not have tried (a wrong
 * statement, a broken foreign key, a change of the record). */
#pragma once

#include "base/arena.h"
#include "base/error.h"
#include "base/when.h"

#include <glib.h>

typedef struct Store Store;
typedef struct Tx Tx;

/* Bytes in a row or a parameter. data NULL: absent; an empty blob has data and length 0. */
typedef struct {
	const void *data;
	gsize length;
} Blob;

/* url: "sqlite:PATH" or "postgresql://…". Does not create or migrate. Invalid where the address is neither,
 * unavailable where the database cannot be opened; a SQLite file that does not exist yet is no error here
 * (store_migrate makes it; all else says that it is missing). */
Store *store_new(const char *url, GError **error);
void store_free(Store *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Store, store_free)

const char *store_url(const Store *store); /* without a password */
gboolean store_is_sqlite(const Store *store);

/* Makes the schema or brings it up to this program's version, each migration in a transaction of its own.
 * Conflict where the database is of a newer program. */
gboolean store_migrate(Store *store, GError **error) MUST_CHECK;
/* Conflict, naming both versions, where the schema is not this program's; unavailable where there is none. */
gboolean store_check_schema(Store *store, GError **error) MUST_CHECK;

/* Takes everything out of a demonstration database, the record and the schema too; nothing where there is no schema
 * yet. Refused where the database is not marked as a demonstration. Nobody else may be using it. */
gboolean store_wipe_demo(Store *store, GError **error) MUST_CHECK;

/* PostgreSQL: lets a role that owns nothing run the program on this schema, and no more: it cannot change the record
 * nor the schema. To be called by the owner, after store_migrate. Invalid on SQLite and for a role whose name has
 * other signs than letters, digits, _ and -. */
gboolean store_grant(Store *store, const char *role, GError **error) MUST_CHECK;

/* A reading transaction: one consistent state, no waiting for writers. */
gboolean store_read(Store *store, Tx **ret_tx, GError **error) MUST_CHECK;

/* An act's transaction. Its first statement takes the record's head row (SQLite: BEGIN IMMEDIATE), so that acts
 * are serial on both engines and rules that span rows hold. */
gboolean store_begin(Store *store, Tx **ret_tx, GError **error) MUST_CHECK;

/* A writing transaction for what is no act: sessions, drafts, counters, leases, the outbox's attempts. */
gboolean store_write(Store *store, Tx **ret_tx, GError **error) MUST_CHECK;

/* K4: who looked at what; *ret_number is its place in the order of commits. In a transaction of store_write or
 * store_begin. */
gboolean store_add_viewing(Tx *tx, Arena *mem, Instant at, const char *actor, const char *subject, const char *what,
	gint64 *ret_number, GError **error) MUST_CHECK;

/* Commits and sets *tx to NULL, also where it fails: then nothing was changed, except that a connection lost in
 * COMMIT leaves it open (kind unavailable): ask again with the same request_id, which settles it. */
gboolean store_commit(Tx **tx, GError **error) MUST_CHECK;
void tx_end(Tx *tx); /* rolls back what is not committed; NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Tx, tx_end)

Store *tx_store(Tx *tx);

/* The number and hash (64 hex digits) of the record's last entry as this transaction sees it; number 0 and 64
 * zeros for an empty record. */
gboolean store_head(Tx *tx, Arena *mem, gint64 *ret_number, const char **ret_hash, GError **error) MUST_CHECK;

/* A number that changes whenever the database's content may have changed (SQLite: data_version of a kept
 * connection, cheap enough for every 50 ms; PostgreSQL: the record's head number). */
gboolean store_change_mark(Store *store, gint64 *ret_mark, GError **error) MUST_CHECK;

/* The next public reference of a kind ("C", "CF", …) in a year: "C-2026-000001". In an act's transaction. */
gboolean store_next_reference(
	Tx *tx, Arena *mem, const char *kind, int year, const char **ret_reference, GError **error) MUST_CHECK;

/* How the database is, as those see it who may not wait for it (/healthz, /metrics): one thread looks at it once a
 * second, and whoever asks is told what that look saw. A write that failed (a full disk can still be read) counts until
 * one succeeds, and each look tries one again. */
typedef struct {
	gboolean works;
	gint64 number; /* of the record's head, with its hash, when it was last read */
	char hash[65];
	Instant at;      /* of the record's last entry; INSTANT_NONE before the first look */
	char error[300]; /* why it does not work; "" where it does */
} StorePulse;

void store_beat(Store *store); /* one look; waits as long as the database lets a statement wait */
/* What the last look saw; after ten seconds without one that came back, that. Never waits. */
void store_pulse(Store *store, StorePulse *ret_pulse);
