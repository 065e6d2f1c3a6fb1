/* store.c: stores and transactions, the same for both engines. What an engine does is behind engine.h; who waits
 * for a connection is pool.c's. */
#include "store/store.h"

#include "store/pool.h"
#include "store/pulse.h"
#include "store/statements.h"
#include "store/tx.h"

#include <pthread.h>
#include <string.h>

#define SQLITE_READERS 8
#define POSTGRESQL_CONNECTIONS 8

struct Store {
	const Engine *engine;
	char *url;    /* for people, without the password */
	char *target; /* what the engine opens */
	Pool *readers;
	Pool *writers;

	pthread_mutex_t watch_lock; /* guards the two below */
	Connection *watch;          /* SQLite: asks for data_version, and is never used for anything else */
	gint64 watches;             /* how often it was opened */

	Pulse pulse;
};

struct Tx {
	Store *store;
	Connection *connection;
	gboolean is_act;
	gboolean has_entry;
	gboolean failed;
};

/* "postgresql://me:secret@host/db" without the secret; a password= in the query goes too. */
static char *without_password(const char *url)
{
	g_autoptr(GRegex) in_authority = g_regex_new("^(\\w+://[^/?@:]*):[^/?]*@", 0, 0, NULL);
	g_autoptr(GRegex) in_query = g_regex_new("(?<=[?&])(ssl)?password=[^&]*&?", 0, 0, NULL);
	g_autofree char *half = g_regex_replace(in_authority, url, -1, 0, "\\1@", 0, NULL);
	char *clean = half == NULL ? NULL : g_regex_replace_literal(in_query, half, -1, 0, "", 0, NULL);

	return clean != NULL ? clean : g_strdup("postgresql://…");
}

/* Shows at once, with the engine's own sentence, that the database cannot be opened. */
static gboolean try_to_open(Store *store, GError **error)
{
	Connection *connection;

	if (store->engine->kind == ENGINE_SQLITE && !g_file_test(store->target, G_FILE_TEST_EXISTS))
		return TRUE;
	if (!pool_take(store->readers, FALSE, &connection, error))
		return FALSE;
	pool_give(store->readers, connection);
	return TRUE;
}

Store *store_new(const char *url, GError **error)
{
	g_autoptr(Store) store = g_new0(Store, 1);
	guint n_readers = SQLITE_READERS;
	guint n_writers = 1;

	pthread_mutex_init(&store->watch_lock, NULL);
	pulse_init(&store->pulse);
	if (g_str_has_prefix(url, "sqlite:") && url[strlen("sqlite:")] != '\0') {
		store->engine = &SQLITE_ENGINE;
		store->url = g_strdup(url);
		store->target = g_strdup(url + strlen("sqlite:"));
	} else if (g_str_has_prefix(url, "postgresql://") || g_str_has_prefix(url, "postgres://")) {
		store->engine = &POSTGRESQL_ENGINE;
		store->url = without_password(url);
		store->target = g_strdup(url);
		n_readers = n_writers = POSTGRESQL_CONNECTIONS / 2;
	} else {
		invalid(error, "db", "Write the database as sqlite:PATH or postgresql://….");
		return NULL;
	}
	store->readers = pool_new(store->engine, store->target, TX_READ, n_readers);
	store->writers = pool_new(store->engine, store->target, TX_WRITE, n_writers);
	if (!try_to_open(store, error))
		return NULL;
	return g_steal_pointer(&store);
}

void store_free(Store *store)
{
	if (store == NULL)
		return;
	pool_free(store->readers);
	pool_free(store->writers);
	if (store->watch != NULL)
		store->engine->close(store->watch);
	pthread_mutex_destroy(&store->watch_lock);
	pulse_clear(&store->pulse);
	g_free(store->url);
	g_free(store->target);
	g_free(store);
}

const char *store_url(const Store *store)
{
	return store->url;
}

gboolean store_is_sqlite(const Store *store)
{
	return store->engine->kind == ENGINE_SQLITE;
}

const Engine *store_engine(const Store *store)
{
	return store->engine;
}

gboolean store_take(Store *store, TxMode mode, gboolean create, Connection **ret_connection, GError **error)
{
	return pool_take(mode == TX_READ ? store->readers : store->writers, create, ret_connection, error);
}

void store_give(Store *store, Connection *connection)
{
	pool_give(connection->mode == TX_READ ? store->readers : store->writers, connection);
}

Pulse *store_pulse_of(Store *store)
{
	return &store->pulse;
}

/* What a writing transaction came to; FALSE for what failed. Only the database's own trouble is noted. */
static gboolean note_write(Store *store, gboolean done, GError **error)
{
	if (done || (error != NULL && g_error_matches(*error, EVENHAND_ERROR, EVENHAND_ERROR_UNAVAILABLE)))
		pulse_note_write(&store->pulse, done);
	return done;
}

static gboolean begin(Store *store, TxMode mode, Tx **ret_tx, GError **error)
{
	Connection *connection;
	Tx *tx;

	if (!store_take(store, mode, FALSE, &connection, error))
		return FALSE;
	if (!store->engine->begin(connection, error)) {
		store_give(store, connection);
		return mode == TX_READ ? FALSE : note_write(store, FALSE, error);
	}
	tx = g_new0(Tx, 1);
	tx->store = store;
	tx->connection = connection;
	*ret_tx = tx;
	return TRUE;
}

gboolean store_read(Store *store, Tx **ret_tx, GError **error)
{
	return begin(store, TX_READ, ret_tx, error);
}

gboolean store_write(Store *store, Tx **ret_tx, GError **error)
{
	return begin(store, TX_WRITE, ret_tx, error);
}

gboolean store_begin(Store *store, Tx **ret_tx, GError **error)
{
	g_autoptr(Tx) tx = NULL;
	gint64 changed;

	if (!begin(store, TX_WRITE, &tx, error) || !sql_record_head_take(tx, &changed, error))
		return FALSE;
	if (changed != 1)
		return unavailable(error, "The database has no head of its record. Bring back the last backup.");
	tx->is_act = TRUE;
	*ret_tx = g_steal_pointer(&tx);
	return TRUE;
}

static void tx_free(Tx *tx)
{
	store_give(tx->store, tx->connection);
	g_free(tx);
}

gboolean store_commit(Tx **tx_slot, GError **error)
{
	g_autoptr(Tx) tx = g_steal_pointer(tx_slot);

	if (tx->failed)
		return bug(error, "A transaction with a failed statement cannot be committed.");
	if (tx->is_act && !tx->has_entry)
		return bug(error, "An act without its entry in the record cannot be committed.");
	if (!tx->store->engine->commit(tx->connection, error))
		return tx->connection->mode == TX_READ ? FALSE : note_write(tx->store, FALSE, error);
	if (tx->connection->mode == TX_WRITE)
		note_write(tx->store, TRUE, NULL);
	tx_free(g_steal_pointer(&tx));
	return TRUE;
}

void tx_end(Tx *tx)
{
	if (tx == NULL)
		return;
	tx->store->engine->rollback(tx->connection);
	tx_free(tx);
}

Store *tx_store(Tx *tx)
{
	return tx->store;
}

gboolean tx_run(Tx *tx, const Statement *s, const Cell *params, RowSink *sink, gint64 *ret_changed, GError **error)
{
	if (tx->failed)
		return bug(error, "Statement %s follows a failed one in its transaction.", s->name);
	if (tx->store->engine->run(tx->connection, s, params, sink, ret_changed, error))
		return TRUE;
	tx->failed = TRUE;
	return tx->connection->mode == TX_READ ? FALSE : note_write(tx->store, FALSE, error);
}

gboolean tx_claim_entry(Tx *tx, GError **error)
{
	if (!tx->is_act)
		return bug(error, "Only an act adds to the record.");
	if (tx->has_entry)
		return bug(error, "An act adds one entry to the record, not two.");
	tx->has_entry = TRUE;
	return TRUE;
}

/* data_version tells what other connections changed, so the watching one must never change anything itself. */
static gboolean watch_sqlite(Store *store, gint64 *ret_mark, GError **error)
{
	gint64 version;

	if (store->watch == NULL) {
		if (!store->engine->open(store->target, TX_READ, FALSE, &store->watch, error))
			return FALSE;
		store->watches++;
	}
	if (!store->engine->number(store->watch, "PRAGMA data_version", &version, error)) {
		store->engine->close(g_steal_pointer(&store->watch));
		return FALSE;
	}
	*ret_mark = store->watches << 32 | (version & 0xffffffff);
	return TRUE;
}

gboolean store_change_mark(Store *store, gint64 *ret_mark, GError **error)
{
	g_autoptr(Arena) mem = NULL;
	g_autoptr(Tx) tx = NULL;
	const char *hash;
	gboolean ok;

	if (store_is_sqlite(store)) {
		pthread_mutex_lock(&store->watch_lock);
		ok = watch_sqlite(store, ret_mark, error);
		pthread_mutex_unlock(&store->watch_lock);
		return ok;
	}
	mem = arena_new(ARENA_REQUEST_MAX);
	return store_read(store, &tx, error) && store_head(tx, mem, ret_mark, &hash, error);
}

gboolean store_next_reference(
	Tx *tx, Arena *mem, const char *kind, int year, const char **ret_reference, GError **error)
{
	CounterNextRow *row;

	if (!sql_counter_next(tx, mem, kind, year, &row, error))
		return FALSE;
	*ret_reference = arena_printf(mem, "%s-%04d-%06" G_GINT64_FORMAT, kind, year, row->last);
	return TRUE;
}

gboolean store_add_viewing(Tx *tx, Arena *mem, Instant at, const char *actor, const char *subject, const char *what,
	gint64 *ret_number, GError **error)
{
	CounterNextRow *row;

	/* The counter's row is held until the commit, so numbers grow in the order of commits, without gaps. */
	if (!sql_counter_next(tx, mem, "viewing", 0, &row, error) ||
		!sql_viewing_add(tx, row->last, at, actor, subject, what, error))
		return FALSE;
	*ret_number = row->last;
	return TRUE;
}
