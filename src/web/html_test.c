#include "web/html.h"

#include <string.h>

static char *url(const char *value)
{
	g_autoptr(Html) out = html_new(1000);

	html_url(out, value);
	return html_steal(out, NULL);
}

static void urls_lead_to_this_site_or_to_known_schemes(void)
{
	static const struct {
		const char *value;
		const char *printed;
	} cases[] = {
		{"/customers/C-2026-000001", "/customers/C-2026-000001"},
		{"customers?from=10:30", "customers?from=10:30"},
		{"#number", "#number"},
		{"?page=2&x=\"", "?page=2&amp;x=&quot;"},
		{"", ""},
		{"https://example.org/a", "https://example.org/a"},
		{"HTTP://example.org", "HTTP://example.org"},
		{"mailto:a@example.org", "mailto:a@example.org"},
		{"tel:+441632960001", "tel:+441632960001"},
		{"javascript:alert(1)", "#"},
		{"JavaScript:alert(1)", "#"},
		{"java\nscript:alert(1)", "#"},
		{" javascript:alert(1)", "#"},
		{"\x01javascript:alert(1)", "#"},
		{"data:text/html,x", "#"},
		{"vbscript:x", "#"},
		{"httpsx:y", "#"},
		{":x", "#"},
		{"//example.org/a", "#"},
		{"/\\example.org/a", "#"},
		{"\\\\example.org/a", "#"},
		{"/\t/example.org", "#"},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *got = url(cases[i].value);

		g_assert_cmpstr(got, ==, cases[i].printed);
	}
}

static void a_part_of_a_url_is_percent_encoded(void)
{
	g_autoptr(Html) out = html_new(1000);

	html_url_part(out, "a/b?c=d&e #\"'é.-_~");
	html_url_part(out, NULL);
	g_assert_cmpstr(html_peek(out, NULL), ==, "a%2Fb%3Fc%3Dd%26e%20%23%22%27%C3%A9.-_~");
}

static void a_buffer_never_passes_its_maximum(void)
{
	g_autoptr(Html) out = html_new(10);
	gsize length;

	html_text(out, "12345");
	html_text(out, "67890");
	g_assert_false(html_full(out));
	html_text(out, "1");
	g_assert_true(html_full(out));
	html_text(out, "");
	g_assert_cmpstr(html_peek(out, &length), ==, "1234567890");
	g_assert_cmpuint(length, ==, 10);
}

static void what_is_cut_out_lives_as_long_as_the_buffer(void)
{
	g_autoptr(Html) out = html_new(1000);
	gsize mark;
	HtmlSafe outer, inner;

	html_text(out, "a");
	mark = html_mark(out);
	html_text(out, "<");
	inner = html_cut(out, mark);
	html_markup(out, inner);
	html_markup(out, inner);
	outer = html_cut(out, mark);
	g_assert_cmpstr(html_peek(out, NULL), ==, "a");
	html_content(out, html_either("text", outer));
	html_content(out, html_either("<t>", (HtmlSafe){NULL}));
	html_content(out, html_either("b", (HtmlSafe){""}));
	g_assert_cmpstr(html_peek(out, NULL), ==, "a&lt;&lt;&lt;t&gt;b");
	g_assert_cmpstr(html_format(out, "%s-%d", "x", 2), ==, "x-2");
}

static void words_without_a_translation_stay(void)
{
	g_autoptr(Html) out = html_new(1000);
	g_autoptr(GHashTable) messages = g_hash_table_new(g_str_hash, g_str_equal);

	g_assert_cmpstr(html_tr(out, "Back"), ==, "Back");
	g_hash_table_insert(messages, (void *)"Back", (void *)"Yn ôl");
	html_set_messages(out, messages);
	g_assert_cmpstr(html_tr(out, "Back"), ==, "Yn ôl");
	g_assert_cmpstr(html_tr(out, "Next"), ==, "Next");
}

/* A name that could run something is a bug in our own code: the program ends. */
static void an_attribute_with_a_harmful_name_ends_the_program(void)
{
	static const char *const names[] = {"onclick", "style", "href", "srcdoc", "a b", "a=b", "A", "", "formaction"};

	if (g_test_subprocess()) {
		g_autoptr(Html) out = html_new(1000);
		const char *name = g_getenv("ATTRIBUTE_NAME");

		html_attribute(out, name, "x");
		return;
	}
	for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
		g_setenv("ATTRIBUTE_NAME", names[i], TRUE);
		g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
		g_test_trap_assert_failed();
	}
	g_setenv("ATTRIBUTE_NAME", "data-x", TRUE);
	g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
	g_test_trap_assert_passed();
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/html/urls-lead-to-this-site-or-to-known-schemes", urls_lead_to_this_site_or_to_known_schemes);
	g_test_add_func("/html/a-part-of-a-url-is-percent-encoded", a_part_of_a_url_is_percent_encoded);
	g_test_add_func("/html/a-buffer-never-passes-its-maximum", a_buffer_never_passes_its_maximum);
	g_test_add_func(
		"/html/what-is-cut-out-lives-as-long-as-the-buffer", what_is_cut_out_lives_as_long_as_the_buffer);
	g_test_add_func("/html/words-without-a-translation-stay", words_without_a_translation_stay);
	g_test_add_func("/html/an-attribute-with-a-harmful-name-ends-the-program",
		an_attribute_with_a_harmful_name_ends_the_program);
	return g_test_run();
}
