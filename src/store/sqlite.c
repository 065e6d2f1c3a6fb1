/* sqlite.c: the engine inside the program. WAL with synchronous=FULL: what was committed survives power loss;
 * readers never wait for the writer. No statement of the domain here. */
#include "store/engine.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#define BUSY_MS 5000

typedef enum { TURN_BEGIN, TURN_COMMIT, TURN_ROLLBACK, N_TURNS } Turn;

typedef struct {
	Connection base;
	sqlite3 *db;
	char *path;
	sqlite3_stmt *turns[N_TURNS]; /* of transactions; NULL until first used */
	sqlite3_stmt **cache;         /* by the statement's number; likewise */
} SqliteConnection;

static SqliteConnection *own(Connection *connection)
{
	return (SqliteConnection *)connection;
}

/* The last failure on the connection as an error; returns FALSE. what: the statement's name or NULL. */
static gboolean fail(SqliteConnection *c, const char *what, GError **error)
{
	int code = sqlite3_extended_errcode(c->db);
	const char *text = sqlite3_errmsg(c->db);

	if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY)
		return conflict(error, "There is one already (%s).", text);
	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_PROTOCOL: /* a reader that never got at the shared index */
		return unavailable(error, "The database file %s is locked by another program. Try again.", c->path);
	case SQLITE_FULL:
		return unavailable(error, "The disk that holds the database file %s is full. Make room.", c->path);
	case SQLITE_CANTOPEN:
	case SQLITE_PERM:
	case SQLITE_AUTH:
		return unavailable(error, "The database file %s cannot be opened: %s.", c->path, text);
	case SQLITE_IOERR:
		return unavailable(error, "The database file %s cannot be read or written: %s (%s).", c->path, text,
			g_strerror(sqlite3_system_errno(c->db)));
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return unavailable(
			error, "The file %s is damaged or no database: %s. Bring back the last backup.", c->path, text);
	case SQLITE_READONLY:
		if (c->base.mode == TX_WRITE)
			return unavailable(error, "The database file %s cannot be written: %s.", c->path, text);
		break;
	case SQLITE_NOMEM:
		return unavailable(error, "The database has no memory left.");
	default:
		break;
	}
	return bug(error, "%s%sthe database refused: %s.", what != NULL ? what : "", what != NULL ? ": " : "", text);
}

static void sqlite_close(Connection *connection)
{
	SqliteConnection *c = own(connection);

	for (guint i = 0; i < N_TURNS; i++)
		sqlite3_finalize(c->turns[i]);
	for (guint i = 0; i < N_STATEMENTS; i++)
		sqlite3_finalize(c->cache[i]);
	sqlite3_close(c->db);
	g_free(c->cache);
	g_free(c->path);
	g_free(c);
}

static gboolean sqlite_script(Connection *connection, const char *sql, GError **error)
{
	return sqlite3_exec(own(connection)->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
	       fail(own(connection), NULL, error);
}

static gboolean sqlite_number(Connection *connection, const char *sql, gint64 *ret_number, GError **error)
{
	SqliteConnection *c = own(connection);
	sqlite3_stmt *stmt = NULL;
	int status = sqlite3_prepare_v2(c->db, sql, -1, &stmt, NULL);
	gboolean ok = TRUE;

	if (status == SQLITE_OK)
		status = sqlite3_step(stmt);
	if (status == SQLITE_ROW || status == SQLITE_DONE)
		*ret_number = status == SQLITE_ROW ? sqlite3_column_int64(stmt, 0) : 0;
	else
		ok = fail(c, NULL, error);
	sqlite3_finalize(stmt);
	return ok;
}

/* The file is made with no rights for others: it holds people's data. SQLite gives its side files the same mode. */
static gboolean make_file(const char *path, GError **error)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0 && errno != EEXIST)
		return unavailable(error, "The database file %s cannot be made: %s.", path, g_strerror(errno));
	if (fd >= 0)
		close(fd);
	return TRUE;
}

static gboolean set_up(SqliteConnection *c, GError **error)
{
	static const char SETTINGS[] = "PRAGMA journal_mode = WAL;"
				       "PRAGMA synchronous = FULL;"
				       "PRAGMA foreign_keys = ON;"
				       "PRAGMA trusted_schema = OFF;"
				       "PRAGMA recursive_triggers = ON;"
				       "PRAGMA secure_delete = ON;";
	gint64 in_schema;

	sqlite3_extended_result_codes(c->db, 1);
	sqlite3_busy_timeout(c->db, BUSY_MS);
	sqlite3_db_config(c->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	return sqlite_script(&c->base, SETTINGS, error) &&
	       (c->base.mode != TX_READ || sqlite_script(&c->base, "PRAGMA query_only = ON;", error)) &&
	       sqlite_number(&c->base, "SELECT count(*) FROM sqlite_schema", &in_schema, error);
}

/* Nobody asks SQLite how much memory it has, and counting it is a lock that all threads take at every allocation. */
static void count_no_memory(void)
{
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static gboolean sqlite_open(
	const char *target, TxMode mode, gboolean create, Connection **ret_connection, GError **error)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	SqliteConnection *c;

	pthread_once(&once, count_no_memory);
	if (create && !make_file(target, error))
		return FALSE;
	if (access(target, F_OK) != 0 && errno == ENOENT)
		return unavailable(error, "There is no database at %s. Make one with `evenhand init`.", target);
	c = g_new0(SqliteConnection, 1);
	c->base = (Connection){.engine = &SQLITE_ENGINE, .mode = mode};
	c->path = g_strdup(target);
	c->cache = g_new0(sqlite3_stmt *, N_STATEMENTS);
	if (sqlite3_open_v2(target, &c->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE,
		    NULL) != SQLITE_OK
			? !fail(c, NULL, error)
			: !set_up(c, error)) {
		sqlite_close(&c->base);
		return FALSE;
	}
	*ret_connection = &c->base;
	return TRUE;
}

/* Begins or ends a transaction. Every page does both several times, so these too are prepared once. */
static gboolean take_turn(SqliteConnection *c, Turn turn, GError **error)
{
	static const char *const SQL[] = {
		[TURN_BEGIN] = "BEGIN", [TURN_COMMIT] = "COMMIT", [TURN_ROLLBACK] = "ROLLBACK"};
	const gboolean writes = turn == TURN_BEGIN && c->base.mode == TX_WRITE;
	sqlite3_stmt **slot = &c->turns[turn];

	if (*slot == NULL && sqlite3_prepare_v3(c->db, writes ? "BEGIN IMMEDIATE" : SQL[turn], -1,
				     SQLITE_PREPARE_PERSISTENT, slot, NULL) != SQLITE_OK)
		return fail(c, NULL, error);
	(void)sqlite3_step(*slot); /* what it came to, the reset tells */
	return sqlite3_reset(*slot) == SQLITE_OK || fail(c, NULL, error);
}

static gboolean sqlite_begin(Connection *connection, GError **error)
{
	return take_turn(own(connection), TURN_BEGIN, error);
}

static gboolean sqlite_commit(Connection *connection, GError **error)
{
	return take_turn(own(connection), TURN_COMMIT, error);
}

static void sqlite_rollback(Connection *connection)
{
	/* After a full disk SQLite may have rolled back by itself. */
	if (!sqlite3_get_autocommit(own(connection)->db) && !take_turn(own(connection), TURN_ROLLBACK, NULL))
		connection->lost = TRUE;
}

/* The statement from the connection's cache, prepared at its first use. */
static gboolean prepared(SqliteConnection *c, const Statement *s, sqlite3_stmt **ret_stmt, GError **error)
{
	sqlite3_stmt **slot = &c->cache[s->number];

	if (*slot == NULL && sqlite3_prepare_v3(c->db, s->sql[ENGINE_SQLITE], -1, SQLITE_PREPARE_PERSISTENT, slot,
				     NULL) != SQLITE_OK)
		return fail(c, s->name, error);
	if ((guint)sqlite3_column_count(*slot) != s->n_fields ||
		(guint)sqlite3_bind_parameter_count(*slot) > s->n_params)
		return bug(error, "Statement %s does not fit its declaration: %d columns, %d parameters.", s->name,
			sqlite3_column_count(*slot), sqlite3_bind_parameter_count(*slot));
	*ret_stmt = *slot;
	return TRUE;
}

static gboolean sqlite_prepare(Connection *connection, const Statement *s, GError **error)
{
	sqlite3_stmt *stmt;

	return prepared(own(connection), s, &stmt, error);
}

/* $1 is a name to SQLite, which numbers parameters by their first appearance. */
static int bind(sqlite3_stmt *stmt, guint number, const Cell *cell)
{
	char name[16];
	int index;

	g_snprintf(name, sizeof name, "$%u", number);
	index = sqlite3_bind_parameter_index(stmt, name);
	if (index == 0)
		return SQLITE_OK; /* this engine's text does not use it */
	switch (cell->kind) {
	case CELL_NULL:
		return sqlite3_bind_null(stmt, index);
	case CELL_NUMBER:
		return sqlite3_bind_int64(stmt, index, cell->number);
	case CELL_TEXT:
		return sqlite3_bind_text64(stmt, index, cell->data, cell->length, SQLITE_STATIC, SQLITE_UTF8);
	case CELL_BLOB:
		return sqlite3_bind_blob64(stmt, index, cell->data, cell->length, SQLITE_STATIC);
	}
	g_assert_not_reached();
}

static Cell column(sqlite3_stmt *stmt, int i)
{
	Cell cell = {.kind = CELL_NULL};

	switch (sqlite3_column_type(stmt, i)) {
	case SQLITE_INTEGER:
		cell.kind = CELL_NUMBER;
		cell.number = sqlite3_column_int64(stmt, i);
		break;
	case SQLITE_NULL:
		break;
	case SQLITE_BLOB:
		cell.kind = CELL_BLOB;
		cell.data = sqlite3_column_blob(stmt, i);
		cell.length = (gsize)sqlite3_column_bytes(stmt, i);
		break;
	default: /* a real number too comes as text, and does not fit where a number is wanted */
		cell.kind = CELL_TEXT;
		cell.data = sqlite3_column_text(stmt, i);
		cell.length = (gsize)sqlite3_column_bytes(stmt, i);
		break;
	}
	return cell;
}

static gboolean step_all(SqliteConnection *c, const Statement *s, sqlite3_stmt *stmt, RowSink *sink, GError **error)
{
	Cell cells[STATEMENT_MAX_COLUMNS];
	int status;

	while ((status = sqlite3_step(stmt)) == SQLITE_ROW) {
		for (guint i = 0; i < s->n_fields; i++)
			cells[i] = column(stmt, (int)i);
		if (!row_sink_add(sink, cells, error))
			return FALSE;
	}
	return status == SQLITE_DONE || fail(c, s->name, error);
}

static gboolean sqlite_run(Connection *connection, const Statement *s, const Cell *params, RowSink *sink,
	gint64 *ret_changed, GError **error)
{
	SqliteConnection *c = own(connection);
	sqlite3_stmt *stmt;
	gboolean ok = TRUE;

	if (!prepared(c, s, &stmt, error))
		return FALSE;
	for (guint i = 0; i < s->n_params && ok; i++)
		ok = bind(stmt, i + 1, &params[i]) == SQLITE_OK || fail(c, s->name, error);
	ok = ok && step_all(c, s, stmt, sink, error);
	if (ok)
		*ret_changed = sqlite3_changes64(c->db);
	sqlite3_reset(stmt); /* an unfinished statement would hold its read lock */
	sqlite3_clear_bindings(stmt);
	return ok;
}

static gboolean sqlite_wipe(Connection *connection, GError **error)
{
	SqliteConnection *c = own(connection);
	gboolean ok;

	sqlite3_db_config(c->db, SQLITE_DBCONFIG_RESET_DATABASE, 1, 0);
	ok = sqlite_script(connection, "VACUUM", error);
	sqlite3_db_config(c->db, SQLITE_DBCONFIG_RESET_DATABASE, 0, 0);
	connection->lost = TRUE; /* its statements are of the old schema, and its settings went with it */
	return ok;
}

const Engine SQLITE_ENGINE = {
	.kind = ENGINE_SQLITE,
	.open = sqlite_open,
	.close = sqlite_close,
	.begin = sqlite_begin,
	.commit = sqlite_commit,
	.rollback = sqlite_rollback,
	.run = sqlite_run,
	.prepare = sqlite_prepare,
	.script = sqlite_script,
	.number = sqlite_number,
	.wipe = sqlite_wipe,
	.has_schema = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_version'",
	.schema_lock = NULL,
};
