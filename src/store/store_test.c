/* store_test.c: the contract of store.h, held against both engines. The record's own is record_test.c, threads'
 * store_threads_test.c. */
#include "store/migrate.h"
#include "store/record.h"
#include "store/statements.h"
#include "store/test_store.h"
#include "store/tx.h"

#include <glib/gstdio.h>
#include <string.h>

#define OK(call)                                                                                                       \
	do {                                                                                                           \
		g_autoptr(GError) ok_error = NULL;                                                                     \
		GError **error = &ok_error;                                                                            \
		gboolean ok_done = (call);                                                                             \
		g_assert_no_error(ok_error);                                                                           \
		g_assert_true(ok_done);                                                                                \
	} while (0)

/* The call fails with this kind of error. */
#define FAILS(call, kind)                                                                                              \
	do {                                                                                                           \
		g_autoptr(GError) fails_error = NULL;                                                                  \
		GError **error = &fails_error;                                                                         \
		g_assert_false(call);                                                                                  \
		g_assert_error(fails_error, EVENHAND_ERROR, EVENHAND_ERROR_##kind);                                    \
	} while (0)

static void every_statement_fits_the_schema(TestStore *t)
{
	OK(store_prepare_all(t->store, error));
}

static void migrating_twice_changes_nothing(TestStore *t)
{
	OK(store_migrate(t->store, error));
	OK(store_check_schema(t->store, error));
	OK(store_migrate(t->store, error));
}

static void only_a_demonstration_is_wiped(TestStore *t)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autoptr(Tx) tx = NULL;
	g_autoptr(Tx) after = NULL;
	const char *hash;
	gint64 number;

	test_store_act(t->store, 1, "log-contact", "{}");
	FAILS(store_wipe_demo(t->store, error), REFUSED);
	OK(store_write(t->store, &tx, error));
	OK(sql_meta_add(tx, "demo", "yes", error));
	OK(store_commit(&tx, error));
	OK(store_wipe_demo(t->store, error));
	FAILS(store_check_schema(t->store, error), UNAVAILABLE);
	OK(store_wipe_demo(t->store, error));
	OK(store_migrate(t->store, error));
	OK(store_prepare_all(t->store, error));
	OK(store_read(t->store, &after, error));
	OK(store_head(after, mem, &number, &hash, error));
	g_assert_cmpint(number, ==, 0);
}

/* From every earlier schema the way leads to this one. */
static void every_earlier_schema_migrates(TestStore *t)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autoptr(Tx) tx = NULL;
	EchoRow in = {.t = "", .f = {"", 0}}, *out;

	for (guint i = 0; i + 1 < N_MIGRATIONS; i++) {
		test_store_empty(t);
		OK(store_migrate_to(t->store, MIGRATIONS[i].version, error));
		FAILS(store_check_schema(t->store, error), CONFLICT);
		OK(store_migrate(t->store, error));
		OK(store_check_schema(t->store, error));
		OK(store_prepare_all(t->store, error));
	}
	OK(store_read(t->store, &tx, error));
	OK(sql_echo(tx, mem, &in, &out, error));
}

static void a_newer_schema_is_a_conflict(TestStore *t)
{
	test_store_raw(t, "INSERT INTO schema_version (version, name) VALUES (999, 'later')");
	FAILS(store_check_schema(t->store, error), CONFLICT);
	FAILS(store_migrate(t->store, error), CONFLICT);
}

static void an_older_schema_is_a_conflict(TestStore *t)
{
	test_store_raw(t, "DELETE FROM schema_version WHERE version > 1");
	FAILS(store_check_schema(t->store, error), CONFLICT);
}

static void an_empty_database_says_so(TestStore *t)
{
	test_store_raw(t, "DROP TABLE schema_version");
	FAILS(store_check_schema(t->store, error), UNAVAILABLE);
}

static void every_type_comes_back_as_it_went(TestStore *t)
{
	static const guint8 BYTES[] = {0, 1, 255, 0};
	static const gint64 NUMBERS[] = {0, 1, -1, G_MAXINT64, G_MININT64 + 1, 1764000000000000};
	static const Day DAYS[] = {0, -1, 20781, -719162, 2932896}; /* 0001-01-01 and 9999-12-31 at the end */
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autoptr(Tx) tx = NULL;

	OK(store_read(t->store, &tx, error));
	for (guint i = 0; i < G_N_ELEMENTS(NUMBERS); i++) {
		EchoRow in = {
			.t = "Łukasz said: 'no'; -- \"?$1 %s",
			.n = NUMBERS[i],
			.b = i % 2 == 1,
			.at = NUMBERS[i],
			.d = DAYS[i % G_N_ELEMENTS(DAYS)],
			.f = {BYTES, sizeof BYTES},
		};
		EchoRow *out;

		OK(sql_echo(tx, mem, &in, &out, error));
		g_assert_cmpstr(out->t, ==, in.t);
		g_assert_cmpint(out->n, ==, in.n);
		g_assert_cmpint(out->b, ==, in.b);
		g_assert_cmpint(out->at, ==, in.at);
		g_assert_cmpint(out->d, ==, in.d);
		g_assert_cmpuint(out->f.length, ==, sizeof BYTES);
		g_assert_cmpint(memcmp(out->f.data, BYTES, sizeof BYTES), ==, 0);
	}
}

static void absent_values_come_back_absent(TestStore *t)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autoptr(Tx) tx = NULL;
	EchoOptionalRow in = {NULL, G_MININT64, INSTANT_NONE, DAY_NONE, {NULL, 0}};
	EchoOptionalRow empty = {"", 0, 0, 0, {"", 0}};
	EchoOptionalRow *out;

	OK(store_read(t->store, &tx, error));
	OK(sql_echo_optional(tx, mem, &in, &out, error));
	g_assert_null(out->t);
	g_assert_cmpint(out->n, ==, G_MININT64);
	g_assert_cmpint(out->at, ==, INSTANT_NONE);
	g_assert_cmpint(out->d, ==, DAY_NONE);
	g_assert_null(out->f.data);

	OK(sql_echo_optional(tx, mem, &empty, &out, error));
	g_assert_cmpstr(out->t, ==, "");
	g_assert_cmpint(out->n, ==, 0);
	g_assert_nonnull(out->f.data);
	g_assert_cmpuint(out->f.length, ==, 0);
}

static void an_absent_value_where_none_may_be_is_a_bug(TestStore *t)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autoptr(Tx) tx = NULL;
	EchoOptionalRow in = {"", 0, 0, DAY_NONE, {"", 0}};
	EchoRow missing = {.d = 1, .f = {"", 0}};
	EchoStrictRow *out;
	EchoRow *echo;
	g_autoptr(GError) failure = NULL;

	OK(store_read(t->store, &tx, error));
	FAILS(sql_echo_strict(tx, mem, &in, &out, error), BUG); /* a column */
	g_clear_pointer(&tx, tx_end);
	OK(store_read(t->store, &tx, error));
	g_assert_false(sql_echo(tx, mem, &missing, &echo, &failure)); /* a parameter: t */
	g_assert_error(failure, EVENHAND_ERROR, EVENHAND_ERROR_BUG);
	g_assert_nonnull(strstr(failure->message, "parameter t"));
}

static void set(Store *store, const char *key, const char *value)
{
	g_autoptr(Tx) tx = NULL;

	OK(store_write(store, &tx, error));
	OK(sql_meta_set(tx, key, value, error));
	OK(store_commit(&tx, error));
	g_assert_null(tx);
}

/* "" where there is none. */
static char *get(Store *store, const char *key)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autoptr(Tx) tx = NULL;
	MetaGetRow *row;

	OK(store_read(store, &tx, error));
	OK(sql_meta_get(tx, mem, key, &row, error));
	return g_strdup(row != NULL ? row->value : "");
}

#define assert_value(t, key, wanted)                                                                                   \
	do {                                                                                                           \
		g_autofree char *got = get((t)->store, key);                                                           \
		g_assert_cmpstr(got, ==, wanted);                                                                      \
	} while (0)

static void a_statement_is_used_many_times(TestStore *t)
{
	for (int i = 0; i < 50; i++) {
		g_autofree char *value = g_strdup_printf("%d", i);

		set(t->store, "count", value);
		assert_value(t, "count", value);
	}
	assert_value(t, "never", "");
}

static void what_is_not_committed_is_gone(TestStore *t)
{
	Tx *tx = NULL;

	OK(store_write(t->store, &tx, error));
	OK(sql_meta_set(tx, "key", "value", error));
	tx_end(tx);
	assert_value(t, "key", "");
}

static void a_second_one_is_a_conflict(TestStore *t)
{
	g_autoptr(Tx) tx = NULL;

	set(t->store, "key", "first");
	OK(store_write(t->store, &tx, error));
	FAILS(sql_meta_add(tx, "key", "second", error), CONFLICT);
	/* From here on the transaction can only end. */
	FAILS(sql_meta_set(tx, "other", "value", error), BUG);
	FAILS(store_commit(&tx, error), BUG);
	g_assert_null(tx);
	assert_value(t, "other", "");
	assert_value(t, "key", "first");
}

static void a_broken_foreign_key_is_a_bug(TestStore *t)
{
	g_autoptr(Tx) tx = NULL;
	Blob salt = {"", 0};

	OK(store_write(t->store, &tx, error));
	FAILS(sql_record_content_add(tx, 77, salt, "{}", error), BUG);
}

static void a_reader_cannot_write(TestStore *t)
{
	g_autoptr(Tx) tx = NULL;

	OK(store_read(t->store, &tx, error));
	FAILS(sql_meta_set(tx, "key", "value", error), BUG);
}

static void an_act_without_its_entry_is_not_committed(TestStore *t)
{
	g_autoptr(Tx) tx = NULL;

	OK(store_begin(t->store, &tx, error));
	OK(sql_meta_set(tx, "key", "value", error));
	FAILS(store_commit(&tx, error), BUG);
	assert_value(t, "key", "");
}

static void references_count_by_kind_and_year(TestStore *t)
{
	static const struct {
		const char *kind;
		int year;
		const char *wanted;
	} CASES[] = {
		{"C", 2026, "C-2026-000001"},
		{"C", 2026, "C-2026-000002"},
		{"CF", 2026, "CF-2026-000001"},
		{"C", 2027, "C-2027-000001"},
		{"C", 2026, "C-2026-000003"},
	};
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	const char *reference;
	Tx *tx = NULL;

	for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
		OK(store_write(t->store, &tx, error));
		OK(store_next_reference(tx, mem, CASES[i].kind, CASES[i].year, &reference, error));
		OK(store_commit(&tx, error));
		g_assert_cmpstr(reference, ==, CASES[i].wanted);
	}
	/* A number that was not committed is given again. */
	OK(store_write(t->store, &tx, error));
	OK(store_next_reference(tx, mem, "C", 2026, &reference, error));
	tx_end(tx);
	OK(store_write(t->store, &tx, error));
	OK(store_next_reference(tx, mem, "C", 2026, &reference, error));
	tx_end(tx);
	g_assert_cmpstr(reference, ==, "C-2026-000004");
}

static void the_mark_moves_with_an_act(TestStore *t)
{
	gint64 before, same, after;

	OK(store_change_mark(t->store, &before, error));
	OK(store_change_mark(t->store, &same, error));
	g_assert_cmpint(before, ==, same);
	test_store_act(t->store, 1, "log-contact", "{}");
	OK(store_change_mark(t->store, &after, error));
	g_assert_cmpint(before, !=, after);
}

static void K4_viewings_are_numbered_and_stay(TestStore *t)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	ViewingRow *rows;
	gint64 number;
	gsize n;
	Tx *tx = NULL;

	for (int i = 0; i < 3; i++) {
		OK(store_write(t->store, &tx, error));
		OK(store_add_viewing(tx, mem, 5, "ash", "CF-2026-000001", "casefile", &number, error));
		g_assert_cmpint(number, ==, i + 1);
		OK(store_commit(&tx, error));
	}
	OK(store_read(t->store, &tx, error));
	OK(sql_viewing_subject_page(tx, mem, "CF-2026-000001", 1, 10, &rows, &n, error));
	tx_end(tx);
	g_assert_cmpuint(n, ==, 2);
	g_assert_cmpint(rows[1].number, ==, 3);
	g_assert_cmpstr(rows[1].actor, ==, "ash");
	g_assert_false(test_store_try(t, "DELETE FROM viewing"));
	g_assert_false(test_store_try(t, "UPDATE viewing SET actor = 'nobody'"));
}

static void a_reader_keeps_one_state(TestStore *t)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	MetaGetRow *row;
	Tx *tx = NULL;

	set(t->store, "key", "before");
	OK(store_read(t->store, &tx, error));
	OK(sql_meta_get(tx, mem, "key", &row, error));
	set(t->store, "key", "after");
	OK(sql_meta_get(tx, mem, "key", &row, error));
	g_assert_cmpstr(row->value, ==, "before");
	tx_end(tx);
	assert_value(t, "key", "after");
}

static void a_cut_connection_recovers(TestStore *t)
{
	static const char CUT[] =
		"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
		" AND pid <> pg_backend_pid()";
	Tx *tx = NULL;

	if (t->name == NULL)
		return; /* SQLite has no connection to lose */
	set(t->store, "key", "first");
	g_assert_true(test_store_try(t, CUT)); /* idle ones: nobody notices */
	set(t->store, "key", "second");
	assert_value(t, "key", "second");

	OK(store_begin(t->store, &tx, error));
	OK(sql_meta_set(tx, "key", "third", error));
	g_assert_true(test_store_try(t, CUT)); /* one at work: its transaction is gone */
	FAILS(sql_meta_set(tx, "key", "fourth", error), UNAVAILABLE);
	tx_end(tx);
	assert_value(t, "key", "second");

	OK(store_write(t->store, &tx, error));
	OK(sql_meta_set(tx, "key", "fifth", error));
	g_assert_true(test_store_try(t, CUT));
	FAILS(store_commit(&tx, error), UNAVAILABLE);
	g_assert_null(tx);
	test_store_act(t->store, 1, "log-contact", "{}");
}

static void a_locked_file_is_unavailable_and_recovers(TestStore *t)
{
	g_autoptr(GError) failure = NULL;
	Store *other;
	Tx *lock = NULL, *tx = NULL;

	if (t->name != NULL)
		return;
	/* Another process, such as a shell's act: it has a writer of its own. */
	other = store_new(t->url, &failure);
	g_assert_no_error(failure);
	g_assert_true(store_write(other, &lock, &failure));
	FAILS(store_begin(t->store, &tx, error), UNAVAILABLE); /* after the busy time-out of five seconds */
	assert_value(t, "key", "");                            /* readers do not wait */
	tx_end(lock);
	set(t->store, "key", "value");
	store_free(other);
}

static void a_role_that_owns_nothing_can_work(TestStore *t)
{
	/* Without a row, so that it is the missing right that refuses, and not a trigger. */
	static const char *const FORBIDDEN[] = {
		"UPDATE record SET actor = 'x' WHERE false",
		"DELETE FROM record WHERE false",
		"UPDATE record_content SET content = 'x' WHERE false",
		"DELETE FROM disposed WHERE false",
		"DELETE FROM viewing WHERE false",
		"DELETE FROM record_head WHERE false",
		"DELETE FROM schema_version WHERE false",
		"TRUNCATE meta",
		"ALTER TABLE record DISABLE TRIGGER ALL",
		"DROP TRIGGER record_no_update ON record",
		"SET session_replication_role = replica",
	};
	g_autofree char *role = NULL;
	g_autofree char *url = NULL;
	g_autofree char *sql = NULL;
	g_autoptr(GError) failure = NULL;
	Store *store;

	if (t->name == NULL) {
		FAILS(store_grant(t->store, "clerk", error), INVALID);
		return;
	}
	role = g_strdup_printf("clerk_%s", t->name);
	sql = g_strdup_printf("CREATE ROLE %s LOGIN", role);
	g_assert_true(test_store_try(t, sql));
	FAILS(store_grant(t->store, "x'; DROP TABLE record; --", error), INVALID);
	OK(store_grant(t->store, role, error));
	url = g_strdup_printf("postgresql://%s:secret%s&sslpassword=secret", role, strchr(t->url, '@'));
	store = store_new(url, &failure);
	g_assert_no_error(failure);
	g_assert_null(strstr(store_url(store), "secret"));
	g_assert_nonnull(strstr(store_url(store), t->name));
	OK(store_check_schema(store, error));
	test_store_act(store, 1, "log-contact", "{}");
	set(store, "key", "value");
	store_free(store);

	/* As that role, by hand. */
	g_free(t->url);
	t->url = g_steal_pointer(&url);
	g_assert_true(test_store_try(t, "UPDATE meta SET value = 'x'"));
	g_assert_true(test_store_try(t, "DELETE FROM record_content WHERE false"));
	for (gsize i = 0; i < G_N_ELEMENTS(FORBIDDEN); i++)
		if (test_store_try(t, FORBIDDEN[i]))
			g_error("accepted: %s", FORBIDDEN[i]);
}

static void addresses(void)
{
	g_autoptr(GError) failure = NULL;
	g_autofree char *folder = g_dir_make_tmp("store-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "db", NULL);
	g_autofree char *url = g_strconcat("sqlite:", path, NULL);
	GStatBuf found;
	Store *store;
	Tx *tx = NULL;

	g_assert_null(store_new("mysql://x", &failure));
	g_assert_error(failure, EVENHAND_ERROR, EVENHAND_ERROR_INVALID);
	g_clear_error(&failure);
	g_assert_null(store_new("sqlite:", &failure));
	g_assert_error(failure, EVENHAND_ERROR, EVENHAND_ERROR_INVALID);
	g_clear_error(&failure);

	/* The password is in no sentence. */
	g_assert_null(store_new("postgresql://me:secret@/db?host=/nowhere&password=secret", &failure));
	g_assert_error(failure, EVENHAND_ERROR, EVENHAND_ERROR_UNAVAILABLE);
	g_assert_null(strstr(failure->message, "secret"));
	g_clear_error(&failure);

	/* A file that is not there yet: only migrating makes it, for its owner alone. */
	store = store_new(url, &failure);
	g_assert_no_error(failure);
	FAILS(store_read(store, &tx, error), UNAVAILABLE);
	FAILS(store_check_schema(store, error), UNAVAILABLE);
	g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
	OK(store_migrate(store, error));
	g_assert_cmpint(g_stat(path, &found), ==, 0);
	g_assert_cmpint(found.st_mode & 0777, ==, 0600);
	store_free(store);

	/* What is no database. */
	g_assert_true(g_file_set_contents(path, "This is a letter, and rather a long one, about nothing.", -1, NULL));
	g_assert_null(store_new(url, &failure));
	g_assert_error(failure, EVENHAND_ERROR, EVENHAND_ERROR_UNAVAILABLE);
	g_remove(path);
	g_rmdir(folder);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/addresses", addresses);
#define T(test) test_store_add("/" #test, test)
	T(every_statement_fits_the_schema);
	T(migrating_twice_changes_nothing);
	T(only_a_demonstration_is_wiped);
	T(every_earlier_schema_migrates);
	T(a_newer_schema_is_a_conflict);
	T(an_older_schema_is_a_conflict);
	T(an_empty_database_says_so);
	T(every_type_comes_back_as_it_went);
	T(absent_values_come_back_absent);
	T(an_absent_value_where_none_may_be_is_a_bug);
	T(a_statement_is_used_many_times);
	T(what_is_not_committed_is_gone);
	T(a_second_one_is_a_conflict);
	T(a_broken_foreign_key_is_a_bug);
	T(a_reader_cannot_write);
	T(an_act_without_its_entry_is_not_committed);
	T(references_count_by_kind_and_year);
	T(the_mark_moves_with_an_act);
	T(K4_viewings_are_numbered_and_stay);
	T(a_reader_keeps_one_state);
	T(a_cut_connection_recovers);
	T(a_locked_file_is_unavailable_and_recovers);
	T(a_role_that_owns_nothing_can_work);
	return g_test_run();
}
