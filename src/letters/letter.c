/* letter.c: a letter's template: read, checked, asked what it holds. Filling it is compile.c's. */
#include "letters/template.h"

gboolean letter_template_read(
	const char *file, const char *text, gsize length, Arena *mem, LetterTemplate **ret_template, GError **error)
{
	LetterTemplate *letter = arena_new0(mem, LetterTemplate);

	if (!markdown_read(file, text, length, TRUE, mem, &letter->root, &letter->notes, error))
		return FALSE;
	if (letter->notes.titles == 0)
		return invalid(error, NULL, "%s:1:1: The letter has no title; begin one line with '# '.", file);
	if (letter->notes.titles > 1)
		return invalid(error, NULL, "%s:%d:1: A second title; use '## ' for the headings below it.", file,
			letter->notes.last_title_line);
	*ret_template = letter;
	return TRUE;
}

int letter_template_line(const LetterTemplate *letter, const char *placeholder)
{
	for (gsize i = 0; i < letter->notes.uses.n; i++) {
		const PlaceholderUse *use = letter->notes.uses.items[i];

		if (g_str_equal(use->name, placeholder))
			return use->line;
	}
	return 0;
}

gboolean letter_template_holds(const LetterTemplate *letter, const char *placeholder)
{
	return letter_template_line(letter, placeholder) > 0;
}

gboolean letter_text_check(const char *file, const char *text, gsize length, GError **error)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	Node *root;

	return letter_text_read(file, text, length, mem, &root, error);
}

gboolean letter_text_read(const char *file, const char *text, gsize length, Arena *mem, Node **ret_root, GError **error)
{
	MarkdownNotes notes;

	return markdown_read(file, text, length, FALSE, mem, ret_root, &notes, error);
}
