/* prose_test.c: a text of the pack as a page shows it: each kind of node, and nothing that could be markup. */
#include "web/prose.h"

#include <string.h>

static void shows(const char *markdown, const char *expected)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);
	g_autoptr(GError) error = NULL;
	Node *root;

	g_assert_true(letter_text_read("policy.md", markdown, strlen(markdown), mem, &root, &error));
	g_assert_no_error(error);
	prose(out, root);
	g_assert_cmpstr(html_peek(out, NULL), ==, expected);
}

static void each_kind_of_node(void)
{
	shows("# One\n\n## Two\n\n### Three\n",
		"<h1 class=\"govuk-heading-l\">One</h1><h2 class=\"govuk-heading-m\">Two</h2>"
		"<h3 class=\"govuk-heading-s\">Three</h3>");
	shows("A *soft* and **strong** word.\n",
		"<p class=\"govuk-body\">A <em>soft</em> and <strong>strong</strong> word.</p>");
	shows("3. one\n4. two\n",
		"<ol class=\"govuk-list govuk-list--number\" start=\"3\"><li>one</li><li>two</li></ol>");
	shows("- one\n\n  more\n", "<ul class=\"govuk-list govuk-list--bullet\"><li><p class=\"govuk-body\">one</p>"
				   "<p class=\"govuk-body\">more</p></li></ul>");
	shows("> said\n", "<blockquote class=\"govuk-inset-text\"><p class=\"govuk-body\">said</p></blockquote>");
}

static void text_stays_text(void)
{
	shows("Less < than & \"more\".\n", "<p class=\"govuk-body\">Less &lt; than &amp; &quot;more&quot;.</p>");
	shows("[here](https://example.org/?a=1&b=2)\n", "<p class=\"govuk-body\"><a class=\"govuk-link\" "
							"href=\"https://example.org/?a=1&amp;b=2\">here</a></p>");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/prose/each-kind-of-node", each_kind_of_node);
	g_test_add_func("/prose/text-stays-text", text_stays_text);
	return g_test_run();
}
