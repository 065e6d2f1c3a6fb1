/* page_test.c: prints page.html with hostile values and compares it with page.expected. */
#include "tmplc_sample.h"

#include <string.h>

static const char hostile[] = "\"><script>alert('1')</script>&{{x}}";

static char *printed(gsize max_bytes, gboolean *ret_full)
{
	g_autoptr(Html) out = html_new(max_bytes);
	g_autoptr(GHashTable) messages = g_hash_table_new(g_str_hash, g_str_equal);
	Item items[] = {{"one", 1}, {hostile, -2}};
	void *list[] = {&items[0], &items[1]};

	g_hash_table_insert(messages, (void *)"Search", (void *)"Chwilio & \"x\"");
	html_set_messages(out, messages);
	page(out, &(Page){
			  .text = hostile,
			  .safe = html_trust("<b>safe</b>"),
			  .content = {.text = hostile},
			  .attributes = HTML_ATTRIBUTES({"data-a", hostile}, {"hidden", NULL}),
			  .on = TRUE,
			  .big = G_MAXUINT64,
			  .level = 2,
			  .items = items,
			  .n_items = G_N_ELEMENTS(items),
			  .list = {.items = list, .n = 2},
		  });
	*ret_full = html_full(out);
	return html_steal(out, NULL);
}

static void every_value_is_escaped_by_its_place(void)
{
	g_autofree char *path = g_build_filename(g_getenv("EVENHAND_SOURCE"), "tools/tmplc_test/page.expected", NULL);
	g_autofree char *expected = NULL, *got = NULL;
	gboolean full;

	got = printed(HTML_PAGE_MAX, &full);
	g_assert_false(full);
	g_assert_null(strstr(got, "<script"));
	g_assert_true(g_file_get_contents(path, &expected, NULL, NULL));
	g_assert_cmpstr(got, ==, expected);
}

static void a_page_over_the_maximum_says_so(void)
{
	gboolean full;
	g_autofree char *got = printed(500, &full);

	g_assert_true(full);
	g_assert_cmpuint(strlen(got), <=, 500);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/tmplc/every-value-is-escaped-by-its-place", every_value_is_escaped_by_its_place);
	g_test_add_func("/tmplc/a-page-over-the-maximum-says-so", a_page_over_the_maximum_says_so);
	return g_test_run();
}
