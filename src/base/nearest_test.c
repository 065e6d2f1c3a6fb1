/* Tests of nearest.c. */
#include "base/nearest.h"

static void test_nearest(void)
{
	static const char *const words[] = {"minutes", "calls", "weekday", "to"};
	static const struct {
		const char *written, *nearest;
	} cases[] = {
		{"minuts", "minutes"},
		{"mintues", "minutes"},
		{"minuets", "minutes"},
		{"call", "calls"},
		{"weekdays", "weekday"},
		{"ot", "to"},
		{"hours", NULL},
		{"", NULL},
	};
	g_autofree char *endless = g_strnfill(10000, 'm');

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_cmpstr(nearest_word(cases[i].written, words, G_N_ELEMENTS(words)), ==, cases[i].nearest);
	g_assert_null(nearest_word(endless, words, G_N_ELEMENTS(words)));
	g_assert_null(nearest_word("calls", NULL, 0));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/nearest/words", test_nearest);
	return g_test_run();
}
