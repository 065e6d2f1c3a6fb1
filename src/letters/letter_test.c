/* letter_test.c: templates are read and refused, and filled without a gap. */
#include "letters/letter.h"

#include <string.h>

#define ARENA() arena_new(ARENA_REQUEST_MAX)

static LetterTemplate *read_good(Arena *mem, const char *text)
{
	g_autoptr(GError) error = NULL;
	LetterTemplate *letter = NULL;

	gboolean read = letter_template_read("letters/en/x.md", text, strlen(text), mem, &letter, &error);

	g_assert_no_error(error);
	g_assert_true(read);
	return letter;
}

static void reads_placeholders(void)
{
	g_autoptr(Arena) mem = ARENA();
	LetterTemplate *letter = read_good(mem, "# About {reference}\n\nDear {customer-name},\n\n{arrangements}\n\n"
						"From **{starts}**, [see {date}](https://example.org).\n");

	g_assert_true(letter_template_holds(letter, "arrangements"));
	g_assert_false(letter_template_holds(letter, "dispute"));
	g_assert_cmpint(letter_template_line(letter, "reference"), ==, 1);
	g_assert_cmpint(letter_template_line(letter, "customer-name"), ==, 3);
	g_assert_cmpint(letter_template_line(letter, "arrangements"), ==, 5);
	g_assert_cmpint(letter_template_line(letter, "date"), ==, 7);
	g_assert_cmpint(letter_template_line(letter, "dispute"), ==, 0);
}

static const struct {
	const char *text, *problem;
} refused[] = {
	{"# T\n\nDear {custmer-name},\n",
		"x.md:3:6: There is no placeholder {custmer-name}; did you mean {customer-name}?"},
	{"# T\n\nŴ {customer_name}\n",
		"x.md:3:3: There is no placeholder {customer_name}; did you mean {customer-name}?"},
	{"# T\n\n{whatever-else}\n", "x.md:3:1: There is no placeholder {whatever-else}."},
	{"# T\n\n{}\n", "x.md:3:1: There is no placeholder {}."},
	{"# T\n\nfirst {date}\n  then {dat}\n", "x.md:4:8: There is no placeholder {dat}; did you mean {date}?"},
	{"# T\n\n- one\n- > {date} and\n  > {dete}\n",
		"x.md:5:5: There is no placeholder {dete}; did you mean {date}?"},
	{"# T\r\n\r\nDear {custmer-name},\r\n",
		"x.md:3:6: There is no placeholder {custmer-name}; did you mean {customer-name}?"},
	{"# T\n\n\\{date\\} {dat}\n", "x.md:3:10: There is no placeholder {dat}"},
	{"# T\n\nThese apply: {arrangements}\n",
		"x.md:3:14: {arrangements} is a list; put it into a paragraph of its own."},
	{"# T\n\n**{arrangements}**\n", "x.md:3:3: {arrangements} is a list"},
	{"# {arrangements}\n", "x.md:1:3: {arrangements} is a list"},
	{"# T\n\n- {arrangements}\n", "x.md:3:3: {arrangements} is a list by itself; leave out the mark before it."},
	{"# T\n\nOn {date we\n", "x.md:3:4: The brace is not closed; a placeholder is written {name}."},
	{"# T\n\nOn {date {date}\n", "x.md:3:4: The brace is not closed"},
	{"# T\n\nOn {*date*}\n", "x.md:3:4: The brace is not closed"},
	{"# T\n\nOn date} we\n", "x.md:3:8: A closing brace without an opening one."},
	{"# T\n\n[x](https://example.org/{date})\n", "x.md:3:1: A link's address cannot hold a placeholder"},
	{"# T\n\n[x](javascript:alert)\n", "x.md:3:1: A link's address begins with https://"},
	{"# T\n\n[x](https://example.org \"hidden\")\n", "x.md:3:1: A link's title is not shown"},
	{"# T\n\n<p>x</p>\n", "x.md:3:1: HTML is not read"},
	{"# T\n\nsome <b>text</b>\n", "x.md:3:6: HTML is not read"},
	{"# T\n\n    indented\n", "x.md:3:5: Text between ` marks or indented by four spaces is code"},
	{"# T\n\nsome `code`\n", "x.md:3:"},
	{"# T\n\n![x](https://example.org/x.png)\n", "x.md:3:1: Images are not shown"},
	{"# T\n\n#### deep\n", "x.md:3:1: Headings go down to the third level"},
	{"text\n", "x.md:1:1: The letter has no title; begin one line with '# '."},
	{"", "x.md:1:1: The letter has no title"},
	{"# T\n\n# U\n", "x.md:3:1: A second title; use '## ' for the headings below it."},
	{"# T\n\na\xff\n", "x.md:3:2: This is not UTF-8"},
	{"# T\n\na\x1b[31m\n", "x.md:3:2: A control character"},
};

static void refuses_what_no_format_shows(void)
{
	for (gsize i = 0; i < G_N_ELEMENTS(refused); i++) {
		g_autoptr(Arena) mem = ARENA();
		g_autoptr(GError) error = NULL;
		LetterTemplate *letter = NULL;

		g_assert_false(
			letter_template_read("x.md", refused[i].text, strlen(refused[i].text), mem, &letter, &error));
		g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_INVALID);
		if (!g_str_has_prefix(error->message, refused[i].problem))
			g_error("%s\n  wanted: %s\n  got:    %s", refused[i].text, refused[i].problem, error->message);
		g_assert_null(letter);
	}
}

static void refuses_deep_nesting(void)
{
	g_autoptr(Arena) mem = ARENA();
	g_autoptr(GString) text = g_string_new("# T\n\n");
	g_autoptr(GError) error = NULL;
	LetterTemplate *letter = NULL;

	for (int i = 0; i < 20000; i++)
		g_string_append_c(text, '>');
	g_string_append(text, " x\n");
	g_assert_false(letter_template_read("x.md", text->str, text->len, mem, &letter, &error));
	g_assert_true(strstr(error->message, "nested too deeply") != NULL);
}

static void refuses_what_is_too_long(void)
{
	static const struct {
		const char *piece;
		int n;
		const char *problem;
	} long_ones[] = {
		{"word\n", 60000, "x.md:1:1: The text is longer than 256 KiB."},
		{"{date}\n", 201, "x.md:203:1: A letter takes at most 200 placeholders."},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(long_ones); i++) {
		g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
		g_autoptr(GString) text = g_string_new("# T\n\n");
		g_autoptr(GError) error = NULL;
		LetterTemplate *letter = NULL;

		for (int j = 0; j < long_ones[i].n; j++)
			g_string_append(text, long_ones[i].piece);
		g_assert_false(letter_template_read("x.md", text->str, text->len, mem, &letter, &error));
		g_assert_cmpstr(error->message, ==, long_ones[i].problem);
	}
}

static void refuses_nul(void)
{
	static const char text[] = "# T\n\nab\0c\n";
	g_autoptr(Arena) mem = ARENA();
	g_autoptr(GError) error = NULL;
	LetterTemplate *letter = NULL;

	g_assert_false(letter_template_read("x.md", text, sizeof(text) - 1, mem, &letter, &error));
	g_assert_true(g_str_has_prefix(error->message, "x.md:3:3: "));
}

/* Every beginning of a letter, and every beginning with a byte changed, gives a template or an error. */
static void survives_truncation(void)
{
	static const char text[] =
		"# About {reference}\n\n{customer-name}\\\n{customer-address}\n\n> *Ŵ* **{date}**\n\n"
		"1. a [b {until}](https://example.org/x_(y))\n2. <https://example.org>\n\n   c\n\n"
		"{arrangements}\n\n[r]: https://example.org 't'\n\n&#123;date&#125; \\{date} [r]\n";

	for (gsize length = 0; length < sizeof(text); length++) {
		for (int changed = 0; changed < 4; changed++) {
			g_autoptr(Arena) mem = ARENA();
			g_autoptr(GError) error = NULL;
			LetterTemplate *letter = NULL;
			char *copy =
				g_memdup2(text, MAX(length, 1)); /* no byte after it: the sanitizer sees an overrun */

			if (changed > 0 && length > 0)
				copy[length / 2] = "{}\xc5"[changed - 1];
			if (letter_template_read("x.md", copy, length, mem, &letter, &error))
				g_assert_nonnull(letter);
			else
				g_assert_true(g_str_has_prefix(error->message, "x.md:"));
			g_free(copy);
		}
	}
}

static gboolean compile(
	Arena *mem, const char *text, const LetterValue *values, gsize n, Document **ret, GError **error)
{
	return letter_compile(read_good(mem, text), values, n, "en", NULL, NULL, mem, ret, error);
}

static void G3_refuses_an_empty_element(void)
{
	static const char *const none[] = {NULL};
	static const char *const blank[] = {"something", " \t ", NULL};
	static const LetterValue empty[] = {
		{.name = "date", .text = "today"}, /* another one */
		{.name = "arrangements"},
		{.name = "arrangements", .text = ""},
		{.name = "arrangements", .text = " \n\t\xc2\xa0\xe2\x80\x8b"}, /* no-break and zero-width space */
		{.name = "arrangements", .items = none},
		{.name = "arrangements", .items = blank},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(empty); i++) {
		g_autoptr(Arena) mem = ARENA();
		g_autoptr(GError) error = NULL;
		Document *document = NULL;

		g_assert_false(compile(mem, "# T\n\n{arrangements}\n", &empty[i], 1, &document, &error));
		g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_REFUSED);
		g_assert_cmpstr(evenhand_error_rule(error), ==, "G3");
		g_assert_cmpstr(evenhand_error_field(error), ==, "arrangements");
		g_assert_null(document);
	}
}

static void W3_refuses_an_empty_policy(void)
{
	g_autoptr(Arena) mem = ARENA();
	g_autoptr(GError) error = NULL;
	Document *document = NULL;

	g_assert_false(letter_compile(read_good(mem, "# T\n"), NULL, 0, "en", "Policy", "\n", mem, &document, &error));
	g_assert_cmpstr(evenhand_error_rule(error), ==, "W3");
}

/* The policy has one heading: its own, or else the title that the pack gives it. */
static void W3_the_policy_is_headed_once(void)
{
	static const char *const texts[] = {"# How we do it\n\nFairly.\n", "Fairly.\n"};
	static const char *const titles[] = {"How we do it", "Policy"};

	for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autoptr(Arena) mem = ARENA();
		Document *document = NULL;

		g_assert_true(letter_compile(
			read_good(mem, "# T\n"), NULL, 0, "en", "Policy", texts[i], mem, &document, NULL));
		g_assert_cmpstr(document->enclosed_title, ==, titles[i]);
		g_assert_cmpstr(node_plain(document->enclosed, mem), ==, "Fairly.");
	}
}

static void refuses_values_that_are_not_text(void)
{
	static const char *const bad[] = {"a\x1b[2Jb", "\xff", "a\x7f"};

	for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(Arena) mem = ARENA();
		g_autoptr(GError) error = NULL;
		Document *document = NULL;
		const LetterValue value = {.name = "date", .text = bad[i]};

		g_assert_false(compile(mem, "# T\n\n{date}\n", &value, 1, &document, &error));
		g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_INVALID);
		g_assert_cmpstr(evenhand_error_field(error), ==, "date");
	}
}

static void a_list_for_a_text_is_a_bug(void)
{
	static const char *const items[] = {"a", NULL};
	static const LetterValue values[] = {{.name = "date", .items = items}, {.name = "dote", .text = "x"}};

	for (gsize i = 0; i < G_N_ELEMENTS(values); i++) {
		g_autoptr(Arena) mem = ARENA();
		g_autoptr(GError) error = NULL;
		Document *document = NULL;

		g_assert_false(compile(mem, "# T\n\n{date}\n", &values[i], 1, &document, &error));
		g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_BUG);
	}
}

static void the_title_is_filled_in(void)
{
	g_autoptr(Arena) mem = ARENA();
	Document *document = NULL;
	const LetterValue value = {.name = "matter", .text = "your\r\ncomplaint & more"};

	g_assert_true(compile(mem, "Before\n\n# About *{matter}*\n", &value, 1, &document, NULL));
	g_assert_cmpstr(document->title, ==, "About your complaint & more");
	g_assert_cmpstr(document->language, ==, "en");
}

static void text_check_refuses_braces(void)
{
	g_autoptr(GError) error = NULL;

	g_assert_true(letter_text_check("policy.md", "# P\n\nWords.\n", 12, NULL));
	g_assert_false(letter_text_check("policy.md", "# P\n\n{date}\n", 12, &error));
	g_assert_true(g_str_has_prefix(error->message, "policy.md:3:1: "));
}

static void placeholders_are_in_order(void)
{
	for (const LetterPlaceholder *known = letter_placeholders; known->name != NULL; known++) {
		g_assert_true(letter_placeholder(known->name) == known); /* no name twice */
		g_assert_cmpstr(letter_placeholder_near(known->name), ==, known->name);
		g_assert_true(known->meaning != NULL && known->sample != NULL && *known->sample != '\0');
	}
	g_assert_null(letter_placeholder_near("a-very-long-name-that-is-longer-than-any-name-of-the-list-could-be"));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/letters/reads-placeholders", reads_placeholders);
	g_test_add_func("/letters/refuses-what-no-format-shows", refuses_what_no_format_shows);
	g_test_add_func("/letters/refuses-deep-nesting", refuses_deep_nesting);
	g_test_add_func("/letters/refuses-what-is-too-long", refuses_what_is_too_long);
	g_test_add_func("/letters/refuses-nul", refuses_nul);
	g_test_add_func("/letters/survives-truncation", survives_truncation);
	g_test_add_func("/G3/refuses-an-empty-element", G3_refuses_an_empty_element);
	g_test_add_func("/W3/refuses-an-empty-policy", W3_refuses_an_empty_policy);
	g_test_add_func("/W3/the-policy-is-headed-once", W3_the_policy_is_headed_once);
	g_test_add_func("/letters/refuses-values-that-are-not-text", refuses_values_that_are_not_text);
	g_test_add_func("/letters/a-list-for-a-text-is-a-bug", a_list_for_a_text_is_a_bug);
	g_test_add_func("/letters/the-title-is-filled-in", the_title_is_filled_in);
	g_test_add_func("/letters/text-check-refuses-braces", text_check_refuses_braces);
	g_test_add_func("/letters/placeholders-are-in-order", placeholders_are_in_order);
	return g_test_run();
}
