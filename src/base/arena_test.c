/* Tests of arena.c. */
#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static void test_alloc(void)
{
	g_autoptr(Arena) arena = arena_new(1 << 20);

	for (gsize size = 0; size < 5000; size += 37) {
		unsigned char *p = arena_alloc(arena, size);

		g_assert_cmpuint((uintptr_t)p % _Alignof(max_align_t), ==, 0);
		for (gsize i = 0; i < size; i++)
			g_assert_cmpuint(p[i], ==, 0);
		memset(p, 0xee, size); /* must not show in the next piece */
	}
	g_assert_cmpuint(arena_used(arena), >=, 4999);
	g_assert_cmpuint(arena_used(arena), <=, 1 << 20);
}

static void test_big_piece_keeps_the_chunk_in_use(void)
{
	g_autoptr(Arena) arena = arena_new(64 << 20);
	char *first = arena_alloc(arena, 16);
	char *big = arena_alloc(arena, 8 << 20);
	char *second = arena_alloc(arena, 16);

	memset(big, 1, 8 << 20);
	g_assert_true(second == first + 16);
	g_assert_cmpint(second[0], ==, 0);
}

static void test_text(void)
{
	g_autoptr(Arena) arena = arena_new(1 << 20);

	g_assert_null(arena_strdup(arena, NULL));
	g_assert_cmpstr(arena_strdup(arena, ""), ==, "");
	g_assert_cmpstr(arena_strdup(arena, "warned"), ==, "warned");
	g_assert_cmpstr(arena_strndup(arena, "warned", 4), ==, "warn");
	g_assert_cmpstr(arena_strndup(arena, "warned", 40), ==, "warned");
	g_assert_cmpstr(arena_printf(arena, "%s %d", "rule", 7), ==, "rule 7");
	g_assert_cmpstr(arena_printf(arena, "%s", ""), ==, "");
	g_assert_cmpint(memcmp(arena_memdup(arena, "a\0b", 3), "a\0b", 3), ==, 0);
}

typedef struct {
	GString *log;
	char name;
} Noted;

static void note(gpointer data)
{
	const Noted *noted = data;

	g_string_append_c(noted->log, noted->name);
}

static void test_own_runs_backwards(void)
{
	g_autoptr(GString) log = g_string_new(NULL);
	Noted one = {log, '1'};
	Noted two = {log, '2'};
	Arena *arena = arena_new(1 << 20);

	g_assert_true(arena_own(arena, &one, note) == &one);
	arena_own(arena, &two, note);
	arena_free(arena);
	g_assert_cmpstr(log->str, ==, "21");
	arena_free(NULL);
}

static void test_list(void)
{
	g_autoptr(Arena) arena = arena_new(1 << 20);
	ArenaList list = {0};
	int numbers[1000];

	for (int i = 0; i < 1000; i++)
		arena_list_add(arena, &list, &numbers[i]);
	g_assert_cmpuint(list.n, ==, 1000);
	for (int i = 0; i < 1000; i++)
		g_assert_true(list.items[i] == &numbers[i]);
}

static void test_maximum(void)
{
	if (g_test_subprocess()) {
		g_autoptr(Arena) arena = arena_new(1000);

		for (int i = 0; i < 10; i++)
			arena_alloc(arena, 100);
		return;
	}
	g_autoptr(Arena) arena = arena_new(1000);

	arena_alloc(arena, 1000); /* exactly full is allowed */
	g_assert_cmpuint(arena_used(arena), ==, 1000);
	g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
	g_test_trap_assert_failed();
	g_test_trap_assert_stderr("*arena: 100 bytes wanted*of 1000 used*");
}

static void test_product_does_not_wrap(void)
{
	if (g_test_subprocess()) {
		g_autoptr(Arena) arena = arena_new(1000);
		volatile gsize n = G_MAXSIZE / 4; /* hidden from the compiler, which would refuse it */

		arena_array(arena, gint64, n);
		return;
	}
	g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
	g_test_trap_assert_failed();
	g_test_trap_assert_stderr("*arena: *times 8 bytes wanted*");
}

int main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/arena/zeroed-and-aligned", test_alloc);
	g_test_add_func("/arena/big-piece-keeps-the-chunk-in-use", test_big_piece_keeps_the_chunk_in_use);
	g_test_add_func("/arena/text", test_text);
	g_test_add_func("/arena/own-runs-backwards", test_own_runs_backwards);
	g_test_add_func("/arena/list", test_list);
	g_test_add_func("/arena/maximum-ends-the-program", test_maximum);
	g_test_add_func("/arena/product-does-not-wrap", test_product_does_not_wrap);
	return g_test_run();
}
