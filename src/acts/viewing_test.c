/* viewing_test.c: viewings of many threads are committed together, none is lost, and the chain covers them (K4). On
 * both engines; run under the thread sanitizer too. */
#include "acts/viewing.h"

#include "store/record.h"
#include "store/statements.h"
#include "store/test_store.h"

#include <jansson.h>
#include <pthread.h>
#include <stdlib.h>

#define THREADS 8
#define LOOKS 20

typedef struct {
	Viewings *viewings;
	int number;
} Looker;

static void *look_often(void *data)
{
	const Looker *looker = data;
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autoptr(GError) error = NULL;

	for (int i = 0; i < LOOKS; i++) {
		const Viewing two[] = {
			{.at = 1000 + i, .actor = "ash", .subject = "C-2026-000001", .what = "show C-2026-000001"},
			{.at = 1000 + i,
				.actor = arena_printf(mem, "user%d", looker->number),
				.subject = arena_printf(mem, "CF-2026-%06d", i + 1),
				.what = "show"},
		};

		g_assert_true(viewings_add(looker->viewings, two, G_N_ELEMENTS(two), &error));
		g_assert_no_error(error);
	}
	return NULL;
}

static void look_together(Viewings *viewings)
{
	pthread_t threads[THREADS];
	Looker lookers[THREADS];

	for (int i = 0; i < THREADS; i++) {
		lookers[i] = (Looker){.viewings = viewings, .number = i};
		g_assert_cmpint(pthread_create(&threads[i], NULL, look_often, &lookers[i]), ==, 0);
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
}

/* The numbers of all viewings that the record's entries list. */
static gsize listed(Store *store, Arena *mem, gsize *ret_entries)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Tx) tx = NULL;
	EntryRow *entries;
	gint64 last = 0;
	gsize n = 0;

	g_assert_true(store_read(store, &tx, &error));
	g_assert_true(sql_record_page(tx, mem, 0, 10000, &entries, ret_entries, &error));
	for (gsize i = 0; i < *ret_entries; i++) {
		RecordContentRow *content;
		json_t *json, *list, *item;
		gsize at;

		g_assert_cmpstr(entries[i].act, ==, "view");
		g_assert_true(sql_record_content(tx, mem, entries[i].number, &content, &error));
		json = json_loads(content->content, 0, NULL);
		list = json_object_get(json, "viewings");
		json_array_foreach(list, at, item)
		{
			g_assert_cmpint(json_integer_value(json_object_get(item, "number")), ==, ++last);
			g_assert_nonnull(json_string_value(json_object_get(item, "subject")));
		}
		n += json_array_size(list);
		json_decref(json);
	}
	return n;
}

static void K4_viewings_are_committed_together(TestStore *t)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autoptr(Viewings) viewings = viewings_new(t->store);
	g_autoptr(GError) error = NULL;
	RecordVerdict verdict;
	gsize entries;

	look_together(viewings);
	g_assert_cmpuint(listed(t->store, mem, &entries), ==, 2 * THREADS * LOOKS);
	g_assert_cmpuint(entries, <, THREADS * LOOKS); /* else nothing was committed together */
	g_assert_true(record_verify(t->store, mem, 0, NULL, &verdict, &error));
	g_assert_cmpint(verdict.broken_at, ==, 0);
	g_assert_cmpint(verdict.entries, ==, (gint64)entries);
}

static void K4_one_viewing_alone_is_committed(TestStore *t)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autoptr(Viewings) viewings = viewings_new(t->store);
	g_autoptr(GError) error = NULL;
	const Viewing one = {.at = 7, .actor = "ash", .subject = "C-2026-000001", .what = "show"};
	gsize entries;

	test_store_act(t->store, 60, "log-contact", "{}"); /* later than the viewing: the clock was set back */
	g_assert_true(viewings_add(viewings, &one, 1, &error));
	g_assert_true(viewings_add(viewings, &one, 0, &error));
	test_store_raw(t, "DELETE FROM record_content WHERE number = 1");
	test_store_raw(t, "DELETE FROM record WHERE number = 1");
	g_assert_cmpuint(listed(t->store, mem, &entries), ==, 1);
	g_assert_cmpuint(entries, ==, 1);
}

static void K4_a_failed_commit_is_told_and_the_next_one_goes_on(TestStore *t)
{
	g_autoptr(Viewings) viewings = viewings_new(t->store);
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autoptr(GError) error = NULL;
	const Viewing broken = {.at = 7, .actor = "ash", .subject = NULL, .what = "show"};
	const Viewing whole = {.at = 8, .actor = "ash", .subject = "C-2026-000001", .what = "show"};
	gsize entries;

	g_assert_false(viewings_add(viewings, &broken, 1, &error));
	g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_BUG);
	g_clear_error(&error);
	g_assert_true(viewings_add(viewings, &whole, 1, &error));
	g_assert_cmpuint(listed(t->store, mem, &entries), ==, 1);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	test_store_add("/viewing/K4/committed-together", K4_viewings_are_committed_together);
	test_store_add("/viewing/K4/one-alone", K4_one_viewing_alone_is_committed);
	test_store_add("/viewing/K4/a-failed-commit-is-told", K4_a_failed_commit_is_told_and_the_next_one_goes_on);
	return g_test_run();
}
