/* text.c: a document as plain text: lines of at most 72 columns, lists with hanging indents, headings underlined, the
 * enclosed policy after a rule. Width is counted in columns (wide and combining characters), not bytes. */
#include "letters/letter.h"

#include <string.h>

#define COLUMNS 72
#define QUOTED "> "

/* One paragraph: text with '\n' where a line has to end. */
static void inline_into(GString *out, const Node *node)
{
	for (const Node *child = node->first; child != NULL; child = child->next) {
		if (child->type == NODE_TEXT)
			g_string_append(out, child->text);
		else if (child->type == NODE_BREAK)
			g_string_append_c(out, '\n');
		else
			inline_into(out, child);
	}
	if (node->type == NODE_LINK && node_link_beside(node) != NULL)
		g_string_append_printf(out, " (%s)", node_link_beside(node));
}

static gsize char_width(gunichar c)
{
	if (g_unichar_iszerowidth(c))
		return 0;
	return g_unichar_iswide(c) ? 2 : 1;
}

static gsize text_width(const char *text, gsize length)
{
	gsize width = 0;

	for (const char *at = text; at < text + length; at = g_utf8_next_char(at))
		width += char_width(g_utf8_get_char(at));
	return width;
}

/* The bytes up to where a line may end: before a space or, in scripts that write without spaces, around a wide
 * character, though never before its punctuation. */
static gsize piece_length(const char *text)
{
	const char *at = text;
	gboolean wide = g_unichar_iswide(g_utf8_get_char(at));

	for (at = g_utf8_next_char(at); *at != '\0' && *at != ' ' && *at != '\t' && *at != '\n';
		at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);

		if (g_unichar_iszerowidth(c) || (g_unichar_iswide(c) && g_unichar_ispunct(c)))
			continue;
		if (wide || g_unichar_iswide(c))
			break;
	}
	return (gsize)(at - text);
}

static void end_line(GString *out)
{
	while (out->len > 0 && out->str[out->len - 1] == ' ')
		g_string_truncate(out, out->len - 1);
	g_string_append_c(out, '\n');
}

/* first stands before the first line, rest before the others. Returns the width of the longest line without them. */
static gsize wrap(GString *out, const char *text, const char *first, const char *rest)
{
	gsize room = COLUMNS - MIN(text_width(rest, strlen(rest)), COLUMNS / 2);
	gsize column = 0, longest = 0;
	gboolean space = FALSE;

	g_string_append(out, first);
	while (*text != '\0') {
		gsize length, width;

		if (*text == ' ' || *text == '\t') {
			space = TRUE;
			text++;
			continue;
		}
		length = *text == '\n' ? 1 : piece_length(text);
		width = *text == '\n' ? 0 : text_width(text, length);
		if (*text == '\n' || (column > 0 && column + (space ? 1 : 0) + width > room)) {
			end_line(out);
			g_string_append(out, rest);
			column = 0;
		}
		if (*text != '\n') {
			if (space && column > 0) {
				g_string_append_c(out, ' ');
				column++;
			}
			g_string_append_len(out, text, (gssize)length);
			column += width;
			longest = MAX(longest, column);
		}
		space = FALSE;
		text += length;
	}
	end_line(out);
	return longest;
}

static void repeat(GString *out, char c, gsize n)
{
	for (gsize i = 0; i < n; i++)
		g_string_append_c(out, c);
	g_string_append_c(out, '\n');
}

static void heading(GString *out, const char *text, int level, const char *first, const char *rest)
{
	gsize width = wrap(out, text, first, rest);

	g_string_append(out, rest);
	repeat(out, level == 1 ? '=' : level == 2 ? '-' : '~', MIN(width, COLUMNS));
}

static void blocks(GString *out, const Node *parent, int shift, gboolean tight, const char *first, const char *rest);

static gboolean is_tight(const Node *list)
{
	for (const Node *item = list->first; item != NULL; item = item->next)
		if (item->first != item->last && item->first->next->type == NODE_PARAGRAPH)
			return FALSE;
	return TRUE;
}

static void list(GString *out, const Node *node, int shift, const char *first, const char *rest)
{
	gboolean tight = is_tight(node);
	int number = node->level;

	for (const Node *item = node->first; item != NULL; item = item->next) {
		g_autofree char *mark = node->type == NODE_LIST ? g_strdup("- ") : g_strdup_printf("%d. ", number++);
		g_autofree char *indent = g_strnfill(strlen(mark), ' ');
		g_autofree char *item_first = g_strconcat(item == node->first ? first : rest, mark, NULL);
		g_autofree char *item_rest = g_strconcat(rest, indent, NULL);

		if (!tight && item != node->first) {
			g_string_append(out, rest);
			end_line(out);
		}
		blocks(out, item, shift, tight, item_first, item_rest);
	}
}

static void block(GString *out, const Node *node, int shift, const char *first, const char *rest)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autofree char *quoted_first = NULL;
	g_autofree char *quoted_rest = NULL;

	switch (node->type) {
	case NODE_LIST:
	case NODE_ORDERED_LIST:
		list(out, node, shift, first, rest);
		return;
	case NODE_QUOTE:
		quoted_first = g_strconcat(first, QUOTED, NULL);
		quoted_rest = g_strconcat(rest, QUOTED, NULL);
		blocks(out, node, shift, FALSE, quoted_first, quoted_rest);
		return;
	case NODE_RULE:
		g_string_append(out, first);
		repeat(out, '-', COLUMNS - MIN(strlen(rest), COLUMNS / 2));
		return;
	case NODE_HEADING:
		inline_into(text, node);
		heading(out, text->str, node->level + shift, first, rest);
		return;
	default:
		inline_into(text, node);
		wrap(out, text->str, first, rest);
	}
}

/* tight: no empty line between the blocks (a list's item with a list below it). */
static void blocks(GString *out, const Node *parent, int shift, gboolean tight, const char *first, const char *rest)
{
	if (parent->first == NULL) {
		g_string_append(out, first);
		end_line(out);
	}
	for (const Node *node = parent->first; node != NULL; node = node->next) {
		if (node != parent->first && !tight) {
			g_string_append(out, rest);
			end_line(out);
		}
		block(out, node, shift, node == parent->first ? first : rest, rest);
	}
}

char *letter_render_text(const Document *document, Arena *mem)
{
	g_autoptr(GString) out = g_string_new(NULL);

	blocks(out, document->root, 0, FALSE, "", "");
	if (document->enclosed != NULL) {
		g_string_append_c(out, '\n');
		repeat(out, '-', COLUMNS);
		g_string_append_c(out, '\n');
		heading(out, document->enclosed_title, 1, "", "");
		g_string_append_c(out, '\n');
		blocks(out, document->enclosed, 1, FALSE, "", "");
	}
	return arena_strdup(mem, out->str);
}
