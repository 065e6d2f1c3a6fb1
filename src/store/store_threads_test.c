/* store_threads_test.c: several threads on one store, on both engines. Run under the thread sanitizer too. */
#include "store/record.h"
#include "store/statements.h"
#include "store/test_store.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#define WRITERS 4
#define ACTS 25
#define READERS 3

static atomic_bool finished;

static gint64 read_number(Tx *tx, Arena *mem, const char *key)
{
	g_autoptr(GError) error = NULL;
	MetaGetRow *row;

	g_assert_true(sql_meta_get(tx, mem, key, &row, &error));
	g_assert_no_error(error);
	return row != NULL ? g_ascii_strtoll(row->value, NULL, 10) : 0;
}

/* Reads, adds one and writes, in two places: lost or half seen updates would show. */
static void act(Store *store)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autoptr(GError) error = NULL;
	g_autoptr(Tx) tx = NULL;
	RecordEntry entry = {.recorded_at = 1,
		.actor = "ash",
		.via = "web",
		.act = "log-contact",
		.content = "{}",
		.content_length = 2};
	gint64 number;
	const char *hash, *reference;
	char *value;

	g_assert_true(store_begin(store, &tx, &error));
	value = arena_printf(mem, "%" G_GINT64_FORMAT, read_number(tx, mem, "left") + 1);
	g_assert_true(sql_meta_set(tx, "left", value, &error));
	g_assert_true(store_next_reference(tx, mem, "C", 2026, &reference, &error));
	g_assert_true(record_append(tx, mem, &entry, &number, &hash, &error));
	g_assert_true(sql_meta_set(tx, "right", value, &error));
	g_assert_true(store_commit(&tx, &error));
	g_assert_no_error(error);
}

static void *write_on(void *data)
{
	for (int i = 0; i < ACTS; i++)
		act(data);
	return NULL;
}

static void *read_on(void *data)
{
	Store *store = data;

	while (!atomic_load(&finished)) {
		g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
		g_autoptr(GError) error = NULL;
		g_autoptr(Tx) tx = NULL;
		gint64 left, number, mark;
		const char *hash;

		g_assert_true(store_read(store, &tx, &error));
		left = read_number(tx, mem, "left");
		g_assert_true(store_head(tx, mem, &number, &hash, &error));
		g_assert_cmpint(number, ==, left); /* one act, one entry */
		g_assert_cmpint(read_number(tx, mem, "right"), ==, left);
		g_clear_pointer(&tx, tx_end);
		g_assert_true(store_change_mark(store, &mark, &error));
		g_assert_no_error(error);
	}
	return NULL;
}

static void acts_are_serial_and_readers_see_whole_ones(TestStore *t)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autoptr(GError) error = NULL;
	g_autoptr(Tx) tx = NULL;
	pthread_t writers[WRITERS], readers[READERS];
	RecordVerdict verdict;

	atomic_store(&finished, FALSE);
	for (int i = 0; i < READERS; i++)
		pthread_create(&readers[i], NULL, read_on, t->store);
	for (int i = 0; i < WRITERS; i++)
		pthread_create(&writers[i], NULL, write_on, t->store);
	for (int i = 0; i < WRITERS; i++)
		pthread_join(writers[i], NULL);
	atomic_store(&finished, TRUE);
	for (int i = 0; i < READERS; i++)
		pthread_join(readers[i], NULL);

	g_assert_true(store_read(t->store, &tx, &error));
	g_assert_cmpint(read_number(tx, mem, "left"), ==, WRITERS * ACTS);
	g_assert_true(record_verify(t->store, mem, 0, NULL, &verdict, &error));
	g_assert_cmpint(verdict.broken_at, ==, 0);
	g_assert_cmpint(verdict.entries, ==, WRITERS * ACTS);
}

/* More readers than the pool has connections wait for one another, and all come through. */
#define CROWD 24

static void *read_once(void *data)
{
	for (int i = 0; i < 10; i++) {
		g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
		g_autoptr(GError) error = NULL;
		g_autoptr(Tx) tx = NULL;

		g_assert_true(store_read(data, &tx, &error));
		read_number(tx, mem, "left");
		g_assert_no_error(error);
	}
	return NULL;
}

static void a_crowd_of_readers_comes_through(TestStore *t)
{
	pthread_t crowd[CROWD];

	for (int i = 0; i < CROWD; i++)
		pthread_create(&crowd[i], NULL, read_once, t->store);
	for (int i = 0; i < CROWD; i++)
		pthread_join(crowd[i], NULL);
}

/* Two processes' stores on one database: acts are serial between them too. */
static void acts_of_two_stores_are_serial(TestStore *t)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autoptr(GError) error = NULL;
	Store *other = store_new(t->url, &error);
	pthread_t here, there;
	Tx *tx = NULL;

	g_assert_no_error(error);
	pthread_create(&here, NULL, write_on, t->store);
	pthread_create(&there, NULL, write_on, other);
	pthread_join(here, NULL);
	pthread_join(there, NULL);
	store_free(other);
	g_assert_true(store_read(t->store, &tx, &error));
	g_assert_cmpint(read_number(tx, mem, "left"), ==, 2 * ACTS);
	tx_end(tx);
}

/* The second act waits for the first, and sees what it did. */
typedef struct {
	Store *store;
	atomic_bool done;
} Second;

static void *second_act(void *data)
{
	Second *second = data;

	act(second->store);
	atomic_store(&second->done, TRUE);
	return NULL;
}

static void an_act_waits_for_the_one_before(TestStore *t)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autoptr(GError) error = NULL;
	Second second = {.store = t->store};
	RecordEntry entry = {
		.recorded_at = 1, .actor = "ash", .via = "web", .act = "warn", .content = "{}", .content_length = 2};
	Tx *tx = NULL;
	pthread_t thread;
	gint64 number;
	const char *hash;

	g_assert_true(store_begin(t->store, &tx, &error));
	pthread_create(&thread, NULL, second_act, &second);
	g_usleep(200000); /* long enough for it to overtake, if it could */
	g_assert_false(atomic_load(&second.done));
	g_assert_true(sql_meta_set(tx, "left", "41", &error));
	g_assert_true(record_append(tx, mem, &entry, &number, &hash, &error));
	g_assert_true(store_commit(&tx, &error));
	pthread_join(thread, NULL);
	g_assert_true(store_read(t->store, &tx, &error));
	g_assert_cmpint(read_number(tx, mem, "left"), ==, 42);
	tx_end(tx);
	g_assert_no_error(error);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define T(test) test_store_add("/" #test, test)
	T(acts_are_serial_and_readers_see_whole_ones);
	T(a_crowd_of_readers_comes_through);
	T(acts_of_two_stores_are_serial);
	T(an_act_waits_for_the_one_before);
	return g_test_run();
}
