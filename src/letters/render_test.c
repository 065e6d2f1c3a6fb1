/* render_test.c: one document in its formats, held against golden files; and values that try to be more than text.
 * EVENHAND_GOLDEN=write writes the golden files anew: read the difference before it is committed. */
#include "letters/letter.h"

#include <string.h>

#define FOLDER "src/letters/golden"

static const char *const arrangements[] = {
	"We will not take your telephone calls at any of our numbers. If you call, the person who answers will say so "
	"and end the call.",
	"We will read what you write.\nWe will answer where there is something new.",
	NULL,
};

static const LetterValue values[] = {
	{.name = "organisation", .text = "The Complaints Office"},
	{.name = "organisation-address", .text = "PO Box 1\nOldtown"},
	{.name = "customer-name", .text = "*Morgan* <b>Ŵyn</b> & {date}"},
	{.name = "customer-address", .text = "12 Mill Lane\r\n\r\nOldtown\r\n"},
	{.name = "date", .text = "24 November 2026"},
	{.name = "reference", .text = "CF-2026-000045"},
	{.name = "matter", .text = "\"a\" <script>alert('x')</script>"},
	{.name = "decided-on", .text = "20 November 2026"},
	{.name = "arrangements", .items = arrangements},
	{.name = "why",
		.text = "You called 53 times.\r\nEach call was answered.\n\n# Not a heading\n\n- [not a "
			"link](javascript:x)"},
	{.name = "review", .text = "26 May 2027"},
	{.name = "dispute",
		.text = "Write to the complaints officer. "
			"苦情がある場合は、この手紙の上部にある住所に書面でお知らせください。"
			"お返事します。"},
	{.name = "signed-by", .text = "A. Reader\nHead of Casework"},
};

static char *source_file(Arena *mem, const char *name)
{
	return arena_own(mem, g_build_filename(g_getenv("EVENHAND_SOURCE"), FOLDER, name, NULL), g_free);
}

static char *read_file(Arena *mem, const char *name)
{
	g_autoptr(GError) error = NULL;
	char *text = NULL;

	g_file_get_contents(source_file(mem, name), &text, NULL, &error);
	g_assert_no_error(error);
	return arena_own(mem, text, g_free);
}

static Document *compiled(Arena *mem, const char *text, const LetterValue *given, gsize n, const char *policy)
{
	g_autoptr(GError) error = NULL;
	LetterTemplate *letter = NULL;
	Document *document = NULL;
	gboolean done = letter_template_read("letter.md", text, strlen(text), mem, &letter, &error) &&
			letter_compile(letter, given, n, "en", "How we manage contact", policy, mem, &document, &error);

	g_assert_no_error(error);
	g_assert_true(done);
	return document;
}

static void same_as_golden(Arena *mem, const char *got, const char *name)
{
	if (g_strcmp0(g_getenv("EVENHAND_GOLDEN"), "write") == 0)
		g_assert_true(g_file_set_contents(source_file(mem, name), got, -1, NULL));
	g_assert_cmpstr(got, ==, read_file(mem, name));
}

static Document *golden_document(Arena *mem)
{
	return compiled(mem, read_file(mem, "letter.md"), values, G_N_ELEMENTS(values), read_file(mem, "policy.md"));
}

static void text_is_as_before(void)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);

	same_as_golden(mem, letter_render_text(golden_document(mem), mem), "letter.txt");
}

static void html_is_as_before(void)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);

	same_as_golden(mem, letter_render_html(golden_document(mem), mem), "letter.html");
}

/* The element names of a page, in order, to see that a value adds none. */
static char *tags(const char *html)
{
	GString *out = g_string_new(NULL);

	for (const char *at = strchr(html, '<'); at != NULL; at = strchr(at + 1, '<'))
		g_string_append_len(out, at, (gssize)strcspn(at, " >") + 1);
	return g_string_free(out, FALSE);
}

static void values_stay_text(void)
{
	static const char *const hostile[] = {
		"<script>alert(1)</script>",
		"</title></style><script>",
		"\" onmouseover=\"x",
		"' x='",
		"&lt;b&gt;",
		"**bold**",
		"# Heading",
		"[a](javascript:x)",
		"<javascript:x>",
		"{date}",
		"{",
		"}",
		"`code`",
		"![i](x)",
		"<!--",
		"]]>",
		"\\",
		"\u202Ereversed",
	};
	static const char text[] =
		"# About {matter}\n\nDear {customer-name}\n\n{why}\n\n[{signed-by}](https://example.org)\n";
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autofree char *plain_tags = NULL;

	for (gsize i = 0; i <= G_N_ELEMENTS(hostile); i++) {
		const char *value = i == 0 ? "plain" : hostile[i - 1];
		const char *const items[] = {value, NULL};
		const LetterValue given[] = {
			{.name = "matter", .text = value},
			{.name = "customer-name", .text = value},
			{.name = "why", .items = items},
			{.name = "signed-by", .text = value},
		};
		Document *document = compiled(mem, text, given, G_N_ELEMENTS(given), NULL);
		g_autofree char *found = tags(letter_render_html(document, mem));
		g_autofree char *dear = g_strdup_printf("\nDear %s\n", value);

		if (i == 0)
			plain_tags = g_steal_pointer(&found);
		else
			g_assert_cmpstr(found, ==, plain_tags);
		g_assert_nonnull(strstr(letter_render_text(document, mem), dear));
	}
}

static void lines_keep_to_72_columns(void)
{
	static const char *const words[] = {"a", "seven77", "Ŵŵŷ", "e\xcc\x81\xcc\x82", "手紙", "，"};
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autoptr(GRand) chance = g_rand_new_with_seed(42);

	for (int round = 0; round < 200; round++) {
		g_autoptr(GString) value = g_string_new("a");
		LetterValue given = {.name = "signed-by"};
		g_auto(GStrv) lines = NULL;

		for (int i = 0; i < 100; i++) {
			g_string_append(value, words[g_rand_int_range(chance, 0, G_N_ELEMENTS(words))]);
			g_string_append(value, g_rand_boolean(chance) ? " " : "");
			if (g_rand_int_range(chance, 0, 3) == 0)
				g_string_append_c(value, ' ');
		}
		given.text = value->str;
		lines = g_strsplit(
			letter_render_text(compiled(mem, "# T\n\n> 1. > {signed-by}\n", &given, 1, NULL), mem), "\n",
			-1);
		for (gsize i = 0; lines[i] != NULL; i++) {
			glong columns = 0;
			gboolean one_word = strrchr(lines[i], ' ') == NULL || strlen(strrchr(lines[i], ' ')) > 64;

			for (const char *at = lines[i]; *at != '\0'; at = g_utf8_next_char(at)) {
				gunichar c = g_utf8_get_char(at);

				columns += g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
			}
			if (columns > 72 && !one_word)
				g_error("%ld columns: %s", columns, lines[i]);
			g_assert_false(g_str_has_suffix(lines[i], " "));
		}
	}
}

static void a_long_address_stays_whole(void)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autofree char *path = g_strnfill(100, 'x');
	g_autofree char *text = g_strdup_printf("# T\n\nSee <https://example.org/%s> there\n", path);
	g_autofree char *line = g_strdup_printf("See\nhttps://example.org/%s\nthere\n", path);

	g_assert_nonnull(strstr(letter_render_text(compiled(mem, text, NULL, 0, NULL), mem), line));
}

static void samples_fill_every_placeholder(void)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autoptr(GString) text = g_string_new("# T\n\n");
	gsize n = 0;
	LetterValue *samples = letter_samples(mem, &n);

	for (gsize i = 0; letter_placeholders[i].name != NULL; i++)
		g_string_append_printf(text, "{%s}\n\n", letter_placeholders[i].name);
	g_assert_nonnull(strstr(letter_render_text(compiled(mem, text->str, samples, n, NULL), mem), "\n- "));
}

static void language_is_the_pages(void)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	Document *document = compiled(mem, "# T\n", NULL, 0, NULL);

	document->language = "ur-PK";
	g_assert_nonnull(strstr(letter_render_html(document, mem), "<html lang=\"ur-PK\" dir=\"rtl\">"));
	document->language = "cy";
	g_assert_nonnull(strstr(letter_render_html(document, mem), "<html lang=\"cy\" dir=\"ltr\">"));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/G3/text-is-as-before", text_is_as_before);
	g_test_add_func("/G3/html-is-as-before", html_is_as_before);
	g_test_add_func("/letters/values-stay-text", values_stay_text);
	g_test_add_func("/letters/lines-keep-to-72-columns", lines_keep_to_72_columns);
	g_test_add_func("/letters/a-long-address-stays-whole", a_long_address_stays_whole);
	g_test_add_func("/letters/samples-fill-every-placeholder", samples_fill_every_placeholder);
	g_test_add_func("/N4/language-is-the-pages", language_is_the_pages);
	return g_test_run();
}
