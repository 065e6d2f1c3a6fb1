/* migrate.c: brings a database to this program's schema, forward only, each migration in a transaction of its own.
 * The migrations themselves are src/store/schema/NNN-name.sql. */
#include "store/migrate.h"

#include "store/tx.h"

static const char CREATE_VERSIONS[] =
	"CREATE TABLE IF NOT EXISTS schema_version (version BIGINT PRIMARY KEY, name TEXT NOT NULL)";
static const char READ_VERSION[] = "SELECT max(version) FROM schema_version";

/* 0 where there is no schema yet. */
static gboolean read_version(const Engine *engine, Connection *connection, gint64 *ret_version, GError **error)
{
	gint64 has_schema;

	*ret_version = 0;
	return engine->number(connection, engine->has_schema, &has_schema, error) &&
	       (has_schema == 0 || engine->number(connection, READ_VERSION, ret_version, error));
}

static gint64 program_version(void)
{
	return MIGRATIONS[N_MIGRATIONS - 1].version;
}

static gboolean newer(gint64 version, GError **error)
{
	return conflict(error,
		"The database has schema %" G_GINT64_FORMAT ", this program knows %" G_GINT64_FORMAT
		". Use the newer program.",
		version, program_version());
}

static gboolean apply(const Engine *engine, Connection *connection, const Migration *m, GError **error)
{
	g_autofree char *note = g_strdup_printf(
		"INSERT INTO schema_version (version, name) VALUES (%" G_GINT64_FORMAT ", '%s')", m->version, m->name);

	if (engine->script(connection, m->sql[engine->kind], error) && engine->script(connection, note, error))
		return TRUE;
	g_prefix_error(error, "Migration %03d-%s: ", (int)m->version, m->name);
	return FALSE;
}

/* One migration, unless another process was first. */
static gboolean step(const Engine *engine, Connection *connection, const Migration *m, GError **error)
{
	gint64 version;
	gboolean ok;

	if (!engine->begin(connection, error))
		return FALSE;
	ok = (engine->schema_lock == NULL || engine->script(connection, engine->schema_lock, error)) &&
	     engine->script(connection, CREATE_VERSIONS, error) && read_version(engine, connection, &version, error);
	if (ok && version > program_version())
		ok = newer(version, error);
	if (ok && version < m->version)
		ok = apply(engine, connection, m, error);
	if (ok)
		return engine->commit(connection, error);
	engine->rollback(connection);
	return FALSE;
}

gboolean store_migrate_to(Store *store, gint64 version, GError **error)
{
	const Engine *engine = store_engine(store);
	Connection *connection;
	gboolean ok = TRUE;

	if (!store_take(store, TX_WRITE, /* create: */ TRUE, &connection, error))
		return FALSE;
	for (guint i = 0; i < N_MIGRATIONS && MIGRATIONS[i].version <= version && ok; i++)
		ok = step(engine, connection, &MIGRATIONS[i], error);
	store_give(store, connection);
	return ok;
}

gboolean store_migrate(Store *store, GError **error)
{
	return store_migrate_to(store, program_version(), error);
}

gboolean store_check_schema(Store *store, GError **error)
{
	const Engine *engine = store_engine(store);
	Connection *connection;
	gint64 version = 0;
	gboolean ok;

	if (!store_take(store, TX_READ, FALSE, &connection, error))
		return FALSE;
	ok = engine->begin(connection, error) && read_version(engine, connection, &version, error);
	engine->rollback(connection);
	store_give(store, connection);
	if (!ok)
		return FALSE;
	if (version == 0)
		return unavailable(error, "The database %s holds nothing of Evenhand. Make it with `evenhand init`.",
			store_url(store));
	if (version > program_version())
		return newer(version, error);
	if (version < program_version())
		return conflict(error,
			"The database has schema %" G_GINT64_FORMAT ", this program needs %" G_GINT64_FORMAT
			". Bring it up to date with `evenhand init`.",
			version, program_version());
	return TRUE;
}

/* A table with a trigger NAME_no_update is append-only; record_content alone may lose rows (F2). */
static const char GRANT[] =
	"DO $do$ DECLARE role text := '%s'; place text := current_schema(); item record; BEGIN "
	"EXECUTE format('GRANT USAGE ON SCHEMA %%I TO %%I', place, role); "
	"EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %%I TO %%I', place, role); "
	"FOR item IN SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
	" WHERE tgname = relname || '_no_update' LOOP "
	"EXECUTE format('REVOKE UPDATE ON %%I.%%I FROM %%I', place, item.relname, role); "
	"IF item.relname <> 'record_content' THEN "
	"EXECUTE format('REVOKE DELETE ON %%I.%%I FROM %%I', place, item.relname, role); END IF; END LOOP; "
	"EXECUTE format('REVOKE INSERT, DELETE ON %%I.record_head FROM %%I', place, role); "
	"EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON %%I.schema_version FROM %%I', place, role); "
	"END $do$";

gboolean store_grant(Store *store, const char *role, GError **error)
{
	const Engine *engine = store_engine(store);
	g_autofree char *sql = NULL;
	Connection *connection;
	gboolean ok;

	if (engine->kind != ENGINE_POSTGRESQL)
		return invalid(error, "role", "SQLite has no roles: whoever can read the file can read the data.");
	if (!g_regex_match_simple("^[A-Za-z_][A-Za-z0-9_-]*$", role, 0, 0))
		return invalid(error, "role", "A role's name has letters, digits, _ and - only.");
	sql = g_strdup_printf(GRANT, role);
	if (!store_take(store, TX_WRITE, FALSE, &connection, error))
		return FALSE;
	ok = engine->script(connection, sql, error);
	store_give(store, connection);
	return ok;
}

gboolean store_prepare_all(Store *store, GError **error)
{
	const Engine *engine = store_engine(store);
	Connection *connection;
	gboolean ok = TRUE;

	if (!store_take(store, TX_WRITE, FALSE, &connection, error))
		return FALSE;
	for (guint i = 0; i < N_STATEMENTS && ok; i++)
		ok = engine->prepare(connection, STATEMENTS[i], error);
	store_give(store, connection);
	return ok;
}

gboolean store_wipe_demo(Store *store, GError **error)
{
	const Engine *engine = store_engine(store);
	Connection *connection;
	gint64 version, marked = 0;
	gboolean ok;

	if (!store_take(store, TX_WRITE, /* create: */ TRUE, &connection, error))
		return FALSE;
	ok = read_version(engine, connection, &version, error) &&
	     (version == 0 ||
		     engine->number(connection, "SELECT count(*) FROM meta WHERE key = 'demo'", &marked, error));
	if (ok && version > 0 && marked == 0)
		ok = refuse(error, NULL, "This database is in use and is no demonstration. It is not touched.");
	if (ok && version > 0)
		ok = engine->wipe(connection, error);
	store_give(store, connection);
	return ok;
}
