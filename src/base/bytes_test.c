/* Tests of bytes.c. */
#include "base/bytes.h"

#include <string.h>

static void test_hex(void)
{
	static const char *const BAD[] = {NULL, "", "00", "00ff7", "00ff7g", "00ff7f00", " 0ff7f", "0x0ff7"};
	const guint8 data[] = {0x00, 0xff, 0x7f};
	guint8 back[3] = {9, 9, 9};
	g_autoptr(Arena) mem = arena_new(1 << 20);

	for (gsize i = 0; i < G_N_ELEMENTS(BAD); i++)
		g_assert_false(bytes_from_hex(BAD[i], back, 3));
	g_assert_cmpint(back[0], ==, 9);
	g_assert_cmpstr(bytes_to_hex(mem, data, 3), ==, "00ff7f");
	g_assert_true(bytes_from_hex("00fF7f", back, 3));
	g_assert_cmpint(memcmp(back, data, 3), ==, 0);
	g_assert_cmpstr(bytes_to_hex(mem, data, 0), ==, "");
	g_assert_true(bytes_from_hex("", back, 0));
}

static void test_equal(void)
{
	guint8 a[32], b[32];

	bytes_random(a, sizeof(a));
	memcpy(b, a, sizeof(a));
	g_assert_true(bytes_equal(a, b, sizeof(a)));
	g_assert_true(bytes_equal(a, b, 0));
	for (gsize i = 0; i < sizeof(a); i++) {
		b[i] ^= (guint8)(1 << (i % 8));
		g_assert_false(bytes_equal(a, b, sizeof(a)));
		b[i] = a[i];
	}
}

static void test_random(void)
{
	guint8 a[1000] = {0}, b[1000] = {0}, seen[256] = {0};
	int kinds = 0;

	bytes_random(a, sizeof(a) - 1);
	bytes_random(b, sizeof(b) - 1);
	g_assert_false(bytes_equal(a, b, sizeof(a)));
	g_assert_cmpint(a[999], ==, 0); /* not a byte more than asked */
	for (gsize i = 0; i < sizeof(a) - 1; i++) {
		kinds += seen[a[i]] == 0;
		seen[a[i]] = 1;
	}
	g_assert_cmpint(kinds, >, 200);
}

int main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/bytes/hex", test_hex);
	g_test_add_func("/bytes/equal", test_equal);
	g_test_add_func("/bytes/random", test_random);
	return g_test_run();
}
