/* postgresql.c: the engine on a server, over libpq. Acts run at READ COMMITTED (a stricter level would fail after
 * the wait for the record's head), readers at REPEATABLE READ READ ONLY: one consistent state. A connection that is
 * lost while idle is opened anew by begin; one that is lost in a transaction ends with it. */
#include "store/engine.h"

#include <libpq-fe.h>
#include <string.h>

/* Of the server's catalogue: stable since ever. */
enum { OID_BOOL = 16, OID_BYTEA = 17, OID_INT8 = 20, OID_INT2 = 21, OID_INT4 = 23, OID_TEXT = 25 };

typedef struct {
	Connection base;
	PGconn *pg;
	gboolean *prepared; /* by the statement's number */
} PgConnection;

static PgConnection *own(Connection *connection)
{
	return (PgConnection *)connection;
}

/* libpq's sentences end in a newline and may have several lines: the first says it. */
static char *first_line(const char *text)
{
	return g_strndup(text, strcspn(text, "\n"));
}

static gboolean starts(const char *state, const char *class)
{
	return strncmp(state, class, strlen(class)) == 0;
}

/* A failure as an error; returns FALSE. result may be NULL; what: the statement's name or NULL. */
static gboolean fail(PgConnection *c, const PGresult *result, const char *what, GError **error)
{
	const char *found = result != NULL ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
	const char *state = found != NULL ? found : "";
	const char *primary = result != NULL ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	g_autofree char *text = first_line(primary != NULL ? primary : PQerrorMessage(c->pg));

	if (PQstatus(c->pg) != CONNECTION_OK || starts(state, "57P") || starts(state, "08") || starts(state, "25P03")) {
		c->base.lost = TRUE;
		return unavailable(error, "The connection to the database was lost: %s. Try again.", text);
	}
	if (g_str_equal(state, "23505"))
		return conflict(error, "There is one already (%s).", text);
	if (g_str_equal(state, "55P03") || g_str_equal(state, "57014") || starts(state, "40"))
		return unavailable(error, "The database is busy: %s. Try again.", text);
	if (g_str_equal(state, "53100"))
		return unavailable(error, "The disk of the database is full: %s. Make room.", text);
	if (starts(state, "53") || starts(state, "58") || starts(state, "XX"))
		return unavailable(error, "The database is in trouble: %s.", text);
	if (g_str_equal(state, "42501"))
		return unavailable(error, "The database user lacks a right: %s. See docs/running/.", text);
	return bug(error, "%s%sthe database refused: %s.", what != NULL ? what : "", what != NULL ? ": " : "", text);
}

/* Runs and forgets a text without parameters. */
static gboolean execute(PgConnection *c, const char *sql, GError **error)
{
	PGresult *result = PQexec(c->pg, sql);
	ExecStatusType status = PQresultStatus(result);
	gboolean ok = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || fail(c, result, NULL, error);

	PQclear(result);
	return ok;
}

/* Only the edges log: the server's notices are dropped. */
static void no_notice(void *data G_GNUC_UNUSED, const char *message G_GNUC_UNUSED)
{
}

static gboolean set_up(PgConnection *c, GError **error)
{
	static const char SETTINGS[] = "SET lock_timeout = '5s'; SET statement_timeout = '30s'; SET "
				       "idle_in_transaction_session_timeout = '30s';"
				       "SET client_min_messages = 'warning';"
				       /* What was acknowledged must survive, whatever the server's default. */
				       "SELECT set_config('synchronous_commit', 'on', false)"
				       " WHERE current_setting('synchronous_commit') IN ('off', 'local')";

	memset(c->prepared, 0, N_STATEMENTS * sizeof *c->prepared);
	return execute(c, SETTINGS, error);
}

static void pg_close(Connection *connection)
{
	PgConnection *c = own(connection);

	PQfinish(c->pg);
	g_free(c->prepared);
	g_free(c);
}

static gboolean cannot_reach(PgConnection *c, GError **error)
{
	g_autofree char *text = first_line(PQerrorMessage(c->pg));

	return unavailable(error, "The database cannot be reached: %s.", text);
}

static gboolean pg_open(
	const char *target, TxMode mode, gboolean create G_GNUC_UNUSED, Connection **ret_connection, GError **error)
{
	/* What stands before dbname is a default, what stands behind it is fixed: the address may set the first. */
	const char *keys[] = {"connect_timeout", "tcp_user_timeout", "keepalives_idle", "fallback_application_name",
		"dbname", "client_encoding", NULL};
	const char *values[] = {"5", "15000", "30", "evenhand", target, "UTF8", NULL};
	PgConnection *c = g_new0(PgConnection, 1);

	c->base = (Connection){.engine = &POSTGRESQL_ENGINE, .mode = mode};
	c->prepared = g_new0(gboolean, N_STATEMENTS);
	c->pg = PQconnectdbParams(keys, values, /* expand_dbname: */ 1);
	g_assert(c->pg != NULL);
	PQsetNoticeProcessor(c->pg, no_notice, NULL);
	if (PQstatus(c->pg) != CONNECTION_OK ? !cannot_reach(c, error) : !set_up(c, error)) {
		pg_close(&c->base);
		return FALSE;
	}
	*ret_connection = &c->base;
	return TRUE;
}

static gboolean pg_begin(Connection *connection, GError **error)
{
	PgConnection *c = own(connection);
	const char *sql = connection->mode == TX_WRITE ? "BEGIN ISOLATION LEVEL READ COMMITTED"
						       : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
	g_autoptr(GError) first = NULL;

	if (execute(c, sql, &first))
		return TRUE;
	if (!connection->lost) {
		g_propagate_error(error, g_steal_pointer(&first));
		return FALSE;
	}
	PQreset(c->pg); /* the server was restarted, or an idle connection cut: nothing has been done on it */
	if (PQstatus(c->pg) != CONNECTION_OK)
		return cannot_reach(c, error);
	connection->lost = FALSE;
	return set_up(c, error) && execute(c, sql, error);
}

static gboolean pg_commit(Connection *connection, GError **error)
{
	return execute(own(connection), "COMMIT", error);
}

static void pg_rollback(Connection *connection)
{
	PgConnection *c = own(connection);

	if (PQtransactionStatus(c->pg) != PQTRANS_IDLE && !execute(c, "ROLLBACK", NULL))
		connection->lost = TRUE;
}

static gboolean pg_script(Connection *connection, const char *sql, GError **error)
{
	return execute(own(connection), sql, error);
}

static gboolean pg_number(Connection *connection, const char *sql, gint64 *ret_number, GError **error)
{
	PgConnection *c = own(connection);
	PGresult *result = PQexec(c->pg, sql);
	gboolean ok = PQresultStatus(result) == PGRES_TUPLES_OK || fail(c, result, NULL, error);

	if (ok)
		*ret_number = PQntuples(result) > 0 ? g_ascii_strtoll(PQgetvalue(result, 0, 0), NULL, 10) : 0;
	PQclear(result);
	return ok;
}

static Oid type_of(ValueType type)
{
	switch (type) {
	case VALUE_TEXT:
	case VALUE_DAY:
		return OID_TEXT;
	case VALUE_INT:
	case VALUE_BOOL:
	case VALUE_INSTANT:
		return OID_INT8;
	case VALUE_BLOB:
		return OID_BYTEA;
	}
	g_assert_not_reached();
}

/* Each statement is prepared once a connection, at its first use. */
static gboolean pg_prepare(Connection *connection, const Statement *s, GError **error)
{
	PgConnection *c = own(connection);
	Oid types[STATEMENT_MAX_COLUMNS];
	PGresult *result;
	gboolean ok;

	if (c->prepared[s->number])
		return TRUE;
	for (guint i = 0; i < s->n_params; i++)
		types[i] = type_of(s->params[i].type);
	result = PQprepare(c->pg, s->name, s->sql[ENGINE_POSTGRESQL], (int)s->n_params, types);
	ok = PQresultStatus(result) == PGRES_COMMAND_OK || fail(c, result, s->name, error);
	PQclear(result);
	c->prepared[s->number] = ok;
	return ok;
}

static gint64 big_endian(const char *data, int length)
{
	gint64 number = length > 0 && (data[0] & 0x80) != 0 ? -1 : 0;

	for (int i = 0; i < length; i++)
		number = (gint64)((guint64)number << 8 | (guint8)data[i]);
	return number;
}

static gboolean column(const PGresult *result, int row, int i, Cell *ret_cell)
{
	Cell cell = {.kind = CELL_NULL};
	const char *data = PQgetvalue(result, row, i);
	int length = PQgetlength(result, row, i);

	if (!PQgetisnull(result, row, i))
		switch (PQftype(result, i)) {
		case OID_INT2:
		case OID_INT4:
		case OID_INT8:
		case OID_BOOL:
			cell = (Cell){.kind = CELL_NUMBER, .number = big_endian(data, length)};
			break;
		case OID_TEXT:
			cell = (Cell){.kind = CELL_TEXT, .data = data, .length = (gsize)length};
			break;
		case OID_BYTEA:
			cell = (Cell){.kind = CELL_BLOB, .data = data, .length = (gsize)length};
			break;
		default:
			return FALSE;
		}
	*ret_cell = cell;
	return TRUE;
}

static gboolean take_rows(const Statement *s, const PGresult *result, RowSink *sink, GError **error)
{
	Cell cells[STATEMENT_MAX_COLUMNS];

	if ((guint)PQnfields(result) != s->n_fields)
		return bug(error, "Statement %s gives %d columns, declared are %u.", s->name, PQnfields(result),
			s->n_fields);
	for (int row = 0; row < PQntuples(result); row++) {
		for (guint i = 0; i < s->n_fields; i++)
			if (!column(result, row, (int)i, &cells[i]))
				return bug(error, "Statement %s: the type of column %s is not known here; CAST it.",
					s->name, s->fields[i].name);
		if (!row_sink_add(sink, cells, error))
			return FALSE;
	}
	return TRUE;
}

static gboolean pg_run(Connection *connection, const Statement *s, const Cell *params, RowSink *sink,
	gint64 *ret_changed, GError **error)
{
	PgConnection *c = own(connection);
	const char *values[STATEMENT_MAX_COLUMNS];
	int lengths[STATEMENT_MAX_COLUMNS];
	int formats[STATEMENT_MAX_COLUMNS];
	gint64 numbers[STATEMENT_MAX_COLUMNS];
	PGresult *result;
	ExecStatusType status;
	gboolean ok;

	if (!pg_prepare(connection, s, error))
		return FALSE;
	for (guint i = 0; i < s->n_params; i++) {
		const Cell *cell = &params[i];

		numbers[i] = GINT64_TO_BE(cell->number);
		values[i] = cell->kind == CELL_NULL     ? NULL
			    : cell->kind == CELL_NUMBER ? (const char *)&numbers[i]
							: cell->data;
		lengths[i] = cell->kind == CELL_NUMBER ? (int)sizeof numbers[i] : (int)cell->length;
		formats[i] = 1;
	}
	result = PQexecPrepared(c->pg, s->name, (int)s->n_params, values, lengths, formats, /* binary: */ 1);
	status = PQresultStatus(result);
	ok = (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || fail(c, result, s->name, error)) &&
	     take_rows(s, result, sink, error);
	if (ok)
		*ret_changed = g_ascii_strtoll(PQcmdTuples(result), NULL, 10);
	PQclear(result);
	return ok;
}

static gboolean pg_wipe(Connection *connection, GError **error)
{
	connection->lost = TRUE; /* its statements are of the old schema */
	return execute(own(connection),
		"DO $$ DECLARE name text := current_schema(); BEGIN"
		" EXECUTE format('DROP SCHEMA %I CASCADE', name); EXECUTE format('CREATE SCHEMA %I', name); END $$",
		error);
}

const Engine POSTGRESQL_ENGINE = {
	.kind = ENGINE_POSTGRESQL,
	.open = pg_open,
	.close = pg_close,
	.begin = pg_begin,
	.commit = pg_commit,
	.rollback = pg_rollback,
	.run = pg_run,
	.prepare = pg_prepare,
	.script = pg_script,
	.number = pg_number,
	.wipe = pg_wipe,
	.has_schema = "SELECT count(*) FROM pg_class WHERE oid = to_regclass('schema_version')",
	/* A migration may take its time, and waits for another process that does the same. */
	.schema_lock = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '60s';"
		       "SELECT pg_advisory_xact_lock(4995987)",
};
