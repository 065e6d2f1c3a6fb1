/* test_store.c: see test_store.h. Linked with the store's tests alone. */
#include "store/test_store.h"

#include "store/record.h"
#include "store/tx.h"

#include <glib/gstdio.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
	EngineKind engine;
	void (*test)(TestStore *);
} Plan;

static const char *server(void)
{
	return g_getenv("EVENHAND_TEST_PG");
}

static gboolean pg_script(const char *url, const char *sql)
{
	PGconn *pg = PQconnectdb(url);
	PGresult *result;
	gboolean ok;

	g_assert_cmpint(PQstatus(pg), ==, CONNECTION_OK);
	PQclear(PQexec(pg, "SET client_min_messages = 'error'"));
	result = PQexec(pg, sql);
	ok = PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK;
	PQclear(result);
	PQfinish(pg);
	return ok;
}

static gboolean sqlite_script(const char *path, const char *sql)
{
	sqlite3 *db = NULL;
	gboolean ok;

	g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
	sqlite3_busy_timeout(db, 5000);
	ok = sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
	sqlite3_close(db);
	return ok;
}

gboolean test_store_try(const TestStore *t, const char *sql)
{
	if (t->name != NULL)
		return pg_script(t->url, sql);
	return sqlite_script(t->url + strlen("sqlite:"), sql);
}

/* SQLite cannot switch triggers off: they are dropped. */
static void drop_triggers(const char *path)
{
	static const char LIST[] =
		"SELECT group_concat('DROP TRIGGER ' || name || ';', '') FROM sqlite_schema WHERE type = 'trigger'";
	sqlite3 *db = NULL;
	sqlite3_stmt *stmt = NULL;
	g_autofree char *drops = NULL;

	g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_prepare_v2(db, LIST, -1, &stmt, NULL), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_step(stmt), ==, SQLITE_ROW);
	drops = g_strdup((const char *)sqlite3_column_text(stmt, 0));
	sqlite3_finalize(stmt);
	if (drops != NULL)
		g_assert_cmpint(sqlite3_exec(db, drops, NULL, NULL, NULL), ==, SQLITE_OK);
	sqlite3_close(db);
}

void test_store_raw(const TestStore *t, const char *sql)
{
	g_autofree char *whole = NULL;

	if (t->name == NULL) {
		drop_triggers(t->url + strlen("sqlite:"));
		if (!test_store_try(t, sql))
			g_error("refused: %s", sql);
		return;
	}
	whole = g_strconcat("SET session_replication_role = replica; ", sql, NULL);
	if (!test_store_try(t, whole))
		g_error("refused: %s", whole);
}

static char *next_name(void)
{
	static int n;

	return g_strdup_printf("t%d_%d", (int)getpid(), ++n);
}

static void open_store(TestStore *t)
{
	g_autoptr(GError) error = NULL;

	t->store = store_new(t->url, &error);
	g_assert_no_error(error);
}

static void remove_files(const TestStore *t)
{
	static const char *const FILES[] = {"db", "db-wal", "db-shm"};

	for (gsize i = 0; i < G_N_ELEMENTS(FILES); i++) {
		g_autofree char *path = g_build_filename(t->folder, FILES[i], NULL);

		g_remove(path);
	}
}

static void on_server(const char *format, const char *name)
{
	g_auto(GStrv) pieces = g_strsplit(format, "NAME", -1);
	g_autofree char *sql = g_strjoinv(name, pieces);

	g_assert_true(pg_script(server(), sql));
}

void test_store_empty(TestStore *t)
{
	store_free(t->store);
	if (t->folder != NULL)
		remove_files(t);
	else
		on_server("DROP SCHEMA NAME CASCADE; CREATE SCHEMA NAME", t->name);
	open_store(t);
}

static void use(TestStore *t, void (*test)(TestStore *))
{
	g_autoptr(GError) error = NULL;

	open_store(t);
	g_assert_true(store_migrate(t->store, &error));
	g_assert_no_error(error);
	test(t);
	store_free(t->store);
}

static void on_sqlite(void (*test)(TestStore *))
{
	TestStore t = {.folder = g_dir_make_tmp("store-XXXXXX", NULL)};

	t.url = g_strdup_printf("sqlite:%s/db", t.folder);
	use(&t, test);
	remove_files(&t);
	g_assert_cmpint(g_rmdir(t.folder), ==, 0);
	g_free(t.folder);
	g_free(t.url);
}

/* A schema of its own: much faster than a database of its own. */
static void on_postgresql(void (*test)(TestStore *))
{
	TestStore t = {.name = next_name()};

	on_server("CREATE SCHEMA NAME", t.name);
	t.url = g_strdup_printf(
		"%s%coptions=-csearch_path%%3D%s", server(), strchr(server(), '?') != NULL ? '&' : '?', t.name);
	use(&t, test);
	on_server("DROP SCHEMA NAME CASCADE", t.name);
	g_free(t.name);
	g_free(t.url);
}

static void run(gconstpointer data)
{
	const Plan *plan = data;

	if (plan->engine == ENGINE_SQLITE)
		on_sqlite(plan->test);
	else if (server() != NULL)
		on_postgresql(plan->test);
	else
		g_test_skip("no server: run under tests/store/with-postgresql");
}

void test_store_add(const char *path, void (*test)(TestStore *))
{
	static const char *const NAMES[ENGINES] = {"sqlite", "postgresql"};

	for (EngineKind engine = ENGINE_SQLITE; engine < ENGINES; engine++) {
		g_autofree char *full = g_strdup_printf("/%s%s", NAMES[engine], path);
		Plan *plan = g_new(Plan, 1);

		*plan = (Plan){engine, test};
		g_test_add_data_func_full(full, plan, run, g_free);
	}
}

void test_store_act(Store *store, gint64 second, const char *act, const char *content)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autoptr(GError) error = NULL;
	g_autoptr(Tx) tx = NULL;
	RecordEntry entry = {
		.recorded_at = second * USEC_PER_SEC,
		.actor = "ash",
		.via = "web",
		.act = act,
		.casefile = "CF-2026-000001",
		.content = content,
		.content_length = strlen(content),
		.salt = {1, 2, 3, (guint8)second},
	};
	gint64 number;
	const char *hash;

	g_assert_true(store_begin(store, &tx, &error) && record_append(tx, mem, &entry, &number, &hash, &error) &&
		      store_commit(&tx, &error));
	g_assert_no_error(error);
}
