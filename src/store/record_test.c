/* record_test.c: the record proves itself (K3), on both engines: each kind of tampering is found and placed. */
#include "store/record.h"
#include "store/statements.h"
#include "store/test_store.h"

#include <string.h>

#define ENTRIES 5

static RecordVerdict verify(TestStore *t, Arena *mem, gint64 kept_number, const char *kept_hash)
{
	g_autoptr(GError) error = NULL;
	RecordVerdict verdict;

	g_assert_true(record_verify(t->store, mem, kept_number, kept_hash, &verdict, &error));
	g_assert_no_error(error);
	return verdict;
}

static void fill(TestStore *t)
{
	for (int i = 1; i <= ENTRIES; i++) {
		g_autofree char *content = g_strdup_printf("{\"contact\": %d}", i);

		test_store_act(t->store, i, "log-contact", content);
	}
}

/* Fills a record, does this to it, and wants it broken at the number with the words. */
static void expect(TestStore *t, const char *sql, gint64 number, const char *words)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	RecordVerdict verdict;

	fill(t);
	verdict = verify(t, mem, 0, NULL);
	g_assert_cmpint(verdict.broken_at, ==, 0);
	g_assert_cmpint(verdict.entries, ==, ENTRIES);
	test_store_raw(t, sql);
	verdict = verify(t, mem, 0, NULL);
	g_assert_cmpint(verdict.broken_at, ==, number);
	g_assert_nonnull(strstr(verdict.what, words));
}

/* The form of the hashes is fixed for good: these were computed by another program. */
static void K3_the_hash_is_as_documented(TestStore *t)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	RecordVerdict verdict;

	test_store_act(t->store, 1, "log-contact", "{}");
	test_store_act(t->store, 2, "warn", "{\"why\": \"\\u2026 \xe2\x80\xa6\"}");
	verdict = verify(t, mem, 1, "fd16b34eae80b6b8d68abd76b5c8e0717418f347dcadb50ae3153f711d689cf4");
	g_assert_cmpint(verdict.broken_at, ==, 0);
	g_assert_cmpint(verdict.head, ==, 2);
	g_assert_cmpstr(verdict.head_hash, ==, "e0bb94543e7872a08567081b76c4f119390ae1557d96d13ef5dcb7389a8ed8d7");
}

static void K3_an_empty_record_fits(TestStore *t)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	RecordVerdict verdict = verify(t, mem, 0, NULL);

	g_assert_cmpint(verdict.broken_at, ==, 0);
	g_assert_cmpint(verdict.entries, ==, 0);
}

static void K3_more_than_one_piece(TestStore *t)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	RecordVerdict verdict;

	for (int i = 1; i <= 401; i++)
		test_store_act(t->store, i, "log-contact", "{}");
	verdict = verify(t, mem, 0, NULL);
	g_assert_cmpint(verdict.broken_at, ==, 0);
	g_assert_cmpint(verdict.entries, ==, 401);
	test_store_raw(t, "UPDATE record SET actor = 'nobody' WHERE number = 400");
	g_assert_cmpint(verify(t, mem, 0, NULL).broken_at, ==, 400);
}

static void K3_a_changed_number(TestStore *t)
{
	expect(t, "UPDATE record SET number = 99 WHERE number = 2", 2, "missing");
}
static void K3_a_changed_time(TestStore *t)
{
	expect(t, "UPDATE record SET recorded_at = recorded_at + 1 WHERE number = 2", 2, "changed");
}
static void K3_a_changed_actor(TestStore *t)
{
	expect(t, "UPDATE record SET actor = 'asi' WHERE number = 2", 2, "changed");
}
static void K3_a_changed_way(TestStore *t)
{
	expect(t, "UPDATE record SET via = 'wea' WHERE number = 2", 2, "changed");
}
static void K3_a_changed_act(TestStore *t)
{
	expect(t, "UPDATE record SET act = 'log-contacu' WHERE number = 2", 2, "changed");
}
static void K3_a_changed_casefile(TestStore *t)
{
	expect(t, "UPDATE record SET casefile = NULL WHERE number = 2", 2, "changed");
}
static void K3_a_moved_field(TestStore *t) /* lengths are hashed too */
{
	expect(t, "UPDATE record SET subject = casefile, casefile = NULL WHERE number = 2", 2, "changed");
}
static void K3_a_changed_pack(TestStore *t)
{
	expect(t, "UPDATE record SET pack = 'p 1' WHERE number = 2", 2, "changed");
}
static void K3_a_changed_hash(TestStore *t)
{
	expect(t, "UPDATE record SET hash = replace(hash, 'a', 'b') WHERE number = 2", 2, "changed");
}
static void K3_a_changed_content(TestStore *t)
{
	expect(t, "UPDATE record_content SET content = '{\"contact\": 7}' WHERE number = 3", 3, "content");
}
static void K3_a_changed_salt(TestStore *t)
{
	expect(t,
		"UPDATE record_content SET salt = (SELECT salt FROM record_content WHERE number = 2) WHERE number = 3",
		3, "content");
}
static void K3_a_swapped_content(TestStore *t)
{
	expect(t,
		"UPDATE record_content SET number = -2 WHERE number = 2;"
		"UPDATE record_content SET number = 2 WHERE number = 3;"
		"UPDATE record_content SET number = 3 WHERE number = -2",
		2, "content");
}
static void K3_a_missing_content(TestStore *t)
{
	expect(t, "DELETE FROM record_content WHERE number = 3", 3, "missing");
}
static void K3_a_removed_row(TestStore *t)
{
	expect(t, "DELETE FROM record_content WHERE number = 3; DELETE FROM record WHERE number = 3", 3, "missing");
}
static void K3_the_first_row_removed(TestStore *t)
{
	expect(t, "DELETE FROM record_content WHERE number = 1; DELETE FROM record WHERE number = 1", 1, "missing");
}
static void K3_the_last_row_removed(TestStore *t)
{
	expect(t, "DELETE FROM record_content WHERE number = 5; DELETE FROM record WHERE number = 5", 5, "cut off");
}
static void K3_swapped_rows(TestStore *t)
{
	expect(t,
		"UPDATE record SET number = 77 WHERE number = 2;"
		"UPDATE record SET number = 2 WHERE number = 3;"
		"UPDATE record SET number = 3 WHERE number = 77",
		2, "moved");
}
static void K3_a_head_that_does_not_fit(TestStore *t)
{
	expect(t, "UPDATE record_head SET hash = replace(hash, 'a', 'b')", 5, "head");
}
static void K3_a_head_set_back(TestStore *t)
{
	expect(t, "UPDATE record_head SET number = 4", 5, "behind");
}

/* Cut off at the end, and the head row made to fit: only the kept head knows. */
static void K3_the_kept_head_notices_a_cut(TestStore *t)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	RecordVerdict kept, cut;

	fill(t);
	kept = verify(t, mem, 0, NULL);
	g_assert_cmpint(verify(t, mem, kept.head, kept.head_hash).broken_at, ==, 0);
	test_store_raw(t, "DELETE FROM record_content WHERE number = 5; DELETE FROM record WHERE number = 5;"
			  "UPDATE record_head SET number = 4, hash = (SELECT hash FROM record WHERE number = 4)");
	g_assert_cmpint(verify(t, mem, 0, NULL).broken_at, ==, 0);
	cut = verify(t, mem, kept.head, kept.head_hash);
	g_assert_cmpint(cut.broken_at, ==, 5);
	g_assert_nonnull(strstr(cut.what, "cut off"));

	/* Written on from there: whole in itself, and yet another record. */
	test_store_act(t->store, 5, "log-contact", "{\"contact\": 6}");
	g_assert_cmpint(verify(t, mem, 0, NULL).broken_at, ==, 0);
	cut = verify(t, mem, kept.head, kept.head_hash);
	g_assert_cmpint(cut.broken_at, ==, 5);
	g_assert_nonnull(strstr(cut.what, "anew"));
}

static void K3_a_kept_head_must_be_one(TestStore *t)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autoptr(GError) error = NULL;
	RecordVerdict verdict;

	g_assert_false(record_verify(t->store, mem, 1, "abc", &verdict, &error));
	g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_INVALID);
}

static void dispose(TestStore *t, const char *act, const char *content, const gint64 *numbers, gsize n, gboolean wanted)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autoptr(GError) error = NULL;
	g_autoptr(Tx) tx = NULL;
	RecordEntry entry = {
		.recorded_at = 10 * USEC_PER_SEC,
		.actor = "job:retention",
		.via = "job",
		.act = act,
		.content = content,
		.content_length = strlen(content),
	};
	gint64 number = 0;
	const char *hash;

	g_assert_true(store_begin(t->store, &tx, &error) && record_append(tx, mem, &entry, &number, &hash, &error));
	g_assert_cmpint(record_dispose(tx, number, numbers, n, &error), ==, wanted);
	if (wanted)
		g_assert_true(store_commit(&tx, &error));
	else
		g_assert_nonnull(error);
}

static void F2_disposed_is_told_from_missing(TestStore *t)
{
	static const gint64 NUMBERS[] = {2, 4};
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	RecordVerdict verdict;

	fill(t);
	dispose(t, "dispose", "{\"numbers\": [2, 4], \"why\": \"retention\"}", NUMBERS, 2, TRUE);
	verdict = verify(t, mem, 0, NULL);
	g_assert_cmpint(verdict.broken_at, ==, 0);
	g_assert_cmpint(verdict.disposed, ==, 2);
	g_assert_cmpint(verdict.entries, ==, ENTRIES + 1);
	test_store_raw(t, "DELETE FROM record_content WHERE number = 3");
	g_assert_cmpint(verify(t, mem, 0, NULL).broken_at, ==, 3);
}

/* A row of the table disposed alone proves nothing: the dispose entry's own content must name the number. */
static void F2_a_forged_disposal_is_missing(TestStore *t)
{
	static const gint64 TWO[] = {2};
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);

	fill(t);
	dispose(t, "dispose", "{\"numbers\": [2]}", TWO, 1, TRUE);
	test_store_raw(t, "INSERT INTO disposed (number, entry) VALUES (3, 6);"
			  "DELETE FROM record_content WHERE number = 3");
	g_assert_cmpint(verify(t, mem, 0, NULL).broken_at, ==, 3);
	test_store_raw(t, "UPDATE disposed SET entry = 5 WHERE number = 2");
	g_assert_cmpint(verify(t, mem, 0, NULL).broken_at, ==, 2);
}

static void F2_only_a_dispose_entry_takes_content_away(TestStore *t)
{
	static const gint64 TWO[] = {2}, SIX[] = {6};

	fill(t);
	dispose(t, "log-contact", "{\"numbers\": [2]}", TWO, 1, FALSE);
	dispose(t, "dispose", "{\"numbers\": [2]}", TWO, 1, TRUE);
	dispose(t, "dispose", "{\"numbers\": [2]}", TWO, 1, FALSE); /* it is gone already */
	dispose(t, "dispose", "{\"numbers\": [6]}", SIX, 1, FALSE); /* never the content of a dispose entry */
}

static void K3_the_database_refuses_every_change(TestStore *t)
{
	static const gint64 TWO[] = {2};
	static const char *const CHANGES[] = {
		"UPDATE record SET actor = 'nobody' WHERE number = 1",
		"UPDATE record SET number = 9 WHERE number = 5",
		"DELETE FROM record WHERE number = 5",
		"DELETE FROM record",
		"INSERT INTO record SELECT * FROM record WHERE number = 1",
		"UPDATE record_content SET content = '{}' WHERE number = 1",
		"DELETE FROM record_content WHERE number = 1",
		"DELETE FROM record_content",
		/* Disposed of: it does not come back. */
		"INSERT INTO record_content SELECT 2, salt, content FROM record_content WHERE number = 1",
		"UPDATE disposed SET entry = 5",
		"DELETE FROM disposed",
		"INSERT INTO disposed (number, entry) VALUES (1, 5)", /* 5 is no dispose entry */
		"DELETE FROM record_head",
		"INSERT INTO record_head (one, number, recorded_at, hash) VALUES (2, 0, 0, '')",
	};
	static const char *const SQLITE_CHANGES[] = {
		"REPLACE INTO record SELECT * FROM record WHERE number = 5",
		"INSERT OR IGNORE INTO record SELECT * FROM record WHERE number = 5",
		"INSERT OR REPLACE INTO record_content SELECT number, salt, '{}' FROM record_content WHERE number = 1",
		"UPDATE OR REPLACE record SET number = 4 WHERE number = 5",
		"UPDATE OR IGNORE record SET actor = 'nobody'",
		"REPLACE INTO record_head (one, number, recorded_at, hash) VALUES (1, 0, 0, '')",
		"REPLACE INTO viewing VALUES (1, 1, 'nobody', 'x', 'x')",
	};
	static const char *const POSTGRESQL_CHANGES[] = {
		"TRUNCATE record CASCADE",
		"TRUNCATE record_content",
		"TRUNCATE disposed",
		"TRUNCATE record_head",
		"TRUNCATE viewing",
		"INSERT INTO disposed SELECT * FROM disposed ON CONFLICT (number) DO UPDATE SET entry = 7",
	};
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autoptr(GError) error = NULL;
	gint64 number;
	Tx *tx = NULL;

	fill(t);
	dispose(t, "dispose", "{\"numbers\": [2]}", TWO, 1, TRUE);
	g_assert_true(store_write(t->store, &tx, &error) &&
		      store_add_viewing(tx, mem, 1, "ash", "CF-2026-000001", "casefile", &number, &error) &&
		      store_commit(&tx, &error));
	for (gsize i = 0; i < G_N_ELEMENTS(CHANGES); i++)
		if (test_store_try(t, CHANGES[i]))
			g_error("accepted: %s", CHANGES[i]);
	for (gsize i = 0; t->name == NULL && i < G_N_ELEMENTS(SQLITE_CHANGES); i++)
		if (test_store_try(t, SQLITE_CHANGES[i]))
			g_error("accepted: %s", SQLITE_CHANGES[i]);
	for (gsize i = 0; t->name != NULL && i < G_N_ELEMENTS(POSTGRESQL_CHANGES); i++)
		if (test_store_try(t, POSTGRESQL_CHANGES[i]))
			g_error("accepted: %s", POSTGRESQL_CHANGES[i]);
	g_assert_cmpint(verify(t, mem, 0, NULL).broken_at, ==, 0);
}

/* Tries to append, and gives the kind of failure as a code, or -1 where it was accepted. */
static int append(Tx *tx, const RecordEntry *entry)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autoptr(GError) error = NULL;
	gint64 number;
	const char *hash;

	return record_append(tx, mem, entry, &number, &hash, &error) ? -1 : (int)evenhand_error_code(error);
}

static void K3_one_entry_an_act_and_never_back_in_time(TestStore *t)
{
	RecordEntry entry = {.recorded_at = 20 * USEC_PER_SEC,
		.actor = "ash",
		.via = "web",
		.act = "warn",
		.content = "{}",
		.content_length = 2};
	RecordEntry early = entry, torn = entry;
	g_autoptr(GError) error = NULL;
	Tx *tx = NULL;

	fill(t);
	early.recorded_at = ENTRIES * USEC_PER_SEC - 1;
	g_assert_true(store_begin(t->store, &tx, &error));
	g_assert_cmpint(append(tx, &early), ==, EVENHAND_ERROR_REFUSED);
	g_clear_pointer(&tx, tx_end);

	torn.content = "\xe2\x80";
	g_assert_true(store_begin(t->store, &tx, &error));
	g_assert_cmpint(append(tx, &torn), ==, EVENHAND_ERROR_BUG);
	g_clear_pointer(&tx, tx_end);

	g_assert_true(store_write(t->store, &tx, &error)); /* no act */
	g_assert_cmpint(append(tx, &entry), ==, EVENHAND_ERROR_BUG);
	g_clear_pointer(&tx, tx_end);

	g_assert_true(store_begin(t->store, &tx, &error));
	g_assert_cmpint(append(tx, &entry), ==, -1);
	g_assert_cmpint(append(tx, &entry), ==, EVENHAND_ERROR_BUG);
	g_assert_true(store_commit(&tx, &error));
	g_assert_no_error(error);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define T(test) test_store_add("/" #test, test)
	T(K3_the_hash_is_as_documented);
	T(K3_an_empty_record_fits);
	T(K3_more_than_one_piece);
	T(K3_a_changed_number);
	T(K3_a_changed_time);
	T(K3_a_changed_actor);
	T(K3_a_changed_way);
	T(K3_a_changed_act);
	T(K3_a_changed_casefile);
	T(K3_a_moved_field);
	T(K3_a_changed_pack);
	T(K3_a_changed_hash);
	T(K3_a_changed_content);
	T(K3_a_changed_salt);
	T(K3_a_swapped_content);
	T(K3_a_missing_content);
	T(K3_a_removed_row);
	T(K3_the_first_row_removed);
	T(K3_the_last_row_removed);
	T(K3_swapped_rows);
	T(K3_a_head_that_does_not_fit);
	T(K3_a_head_set_back);
	T(K3_the_kept_head_notices_a_cut);
	T(K3_a_kept_head_must_be_one);
	T(F2_disposed_is_told_from_missing);
	T(F2_a_forged_disposal_is_missing);
	T(F2_only_a_dispose_entry_takes_content_away);
	T(K3_the_database_refuses_every_change);
	T(K3_one_entry_an_act_and_never_back_in_time);
	return g_test_run();
}
