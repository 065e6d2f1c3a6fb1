/* qr_test.c: a QR code's three corners, its quiet zone, and a text that is too long for one. What it says was read by a
 * scanner once; the squares are libqrencode's. */
#include "web/qr.h"

#include <stdio.h>
#include <string.h>

enum { MOST = 200 };

/* Paints the path as a browser does. */
static void paint(const QrCode *qr, gboolean dark[MOST][MOST])
{
	char *c = (char *)qr->path;

	while (*c != '\0') {
		gint64 x, y, run;

		g_assert_cmpint(*c, ==, 'M');
		x = g_ascii_strtoll(c + 1, &c, 10);
		y = g_ascii_strtoll(c, &c, 10);
		g_assert_cmpint(*c, ==, 'h');
		run = g_ascii_strtoll(c + 1, &c, 10);
		g_assert_true(g_str_has_prefix(c, "v1h-"));
		g_assert_cmpint(g_ascii_strtoll(c + 4, &c, 10), ==, run);
		g_assert_cmpint(*c++, ==, 'z');
		for (gint64 i = 0; i < run; i++)
			dark[y][x + i] = TRUE;
	}
}

static void assert_corner(gboolean dark[MOST][MOST], int left, int top)
{
	static const char *const CORNER[] = {
		"#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"};

	for (int y = 0; y < 7; y++)
		for (int x = 0; x < 7; x++)
			g_assert_cmpint(dark[top + y][left + x], ==, CORNER[y][x] == '#');
}

static void corners_and_quiet_zone(void)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	const QrCode *qr =
		qr_code(mem, "otpauth://totp/Evenhand:sam?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Evenhand");
	gboolean dark[MOST][MOST] = {{FALSE}};

	g_assert_nonnull(qr);
	g_assert_cmpint(qr->size, <, MOST);
	g_assert_cmpint((qr->size - 8 - 21) % 4, ==, 0); /* a version's size */
	paint(qr, dark);
	assert_corner(dark, 4, 4);
	assert_corner(dark, qr->size - 11, 4);
	assert_corner(dark, 4, qr->size - 11);
	for (int i = 0; i < qr->size; i++)
		for (int edge = 0; edge < 4; edge++)
			g_assert_false(dark[i][edge] || dark[edge][i] || dark[i][qr->size - 1 - edge] ||
				       dark[qr->size - 1 - edge][i]);
}

static void too_long(void)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autofree char *endless = g_strnfill(5000, 'x');

	g_assert_null(qr_code(mem, endless));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/qr/corners-and-quiet-zone", corners_and_quiet_zone);
	g_test_add_func("/qr/too-long", too_long);
	return g_test_run();
}
