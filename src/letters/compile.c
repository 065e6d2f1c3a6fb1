/* compile.c: template and values to the document, with the policy enclosed (W3). Values go in as text nodes; nothing
 * here parses CommonMark but the policy's own text. */
#include "letters/template.h"

#include <string.h>

typedef struct {
	const LetterValue *values;
	gsize n;
	Arena *mem;
} Filler;

static const LetterValue *value_of(const Filler *filler, const char *name)
{
	for (gsize i = 0; i < filler->n; i++)
		if (g_str_equal(filler->values[i].name, name))
			return &filler->values[i];
	return NULL;
}

/* Nothing that a reader would see. */
static gboolean is_blank(const char *text)
{
	for (; *text != '\0'; text = g_utf8_next_char(text))
		if (g_unichar_isgraph(g_utf8_get_char(text)))
			return FALSE;
	return TRUE;
}

static gboolean is_clean(const char *text)
{
	if (!g_utf8_validate(text, -1, NULL))
		return FALSE;
	for (; *text != '\0'; text++)
		if (((guchar)*text < 0x20 && *text != '\n' && *text != '\r' && *text != '\t') || *text == 0x7f)
			return FALSE;
	return TRUE;
}

static gboolean check_text(const char *name, const char *text, GError **error)
{
	if (!is_clean(text))
		return invalid(error, name,
			"What stands for {%s} is not clean text (UTF-8 without control characters).", name);
	if (is_blank(text))
		return refuse_at(error, "G3", name, "The letter cannot be issued: {%s} is empty (%s).", name,
			letter_placeholder(name)->meaning);
	return TRUE;
}

/* G3: every element of the template has something to say. */
static gboolean check_value(const Filler *filler, const char *name, GError **error)
{
	const LetterPlaceholder *known = letter_placeholder(name);
	const LetterValue *value = value_of(filler, name);

	if (value == NULL || (value->text == NULL && (value->items == NULL || value->items[0] == NULL)))
		return refuse_at(error, "G3", name, "The letter cannot be issued: nothing is given for {%s} (%s).",
			name, known->meaning);
	if (value->text != NULL)
		return check_text(name, value->text, error);
	if (!known->list)
		return bug(error, "{%s} is a text and was given a list.", name);
	for (gsize i = 0; value->items[i] != NULL; i++)
		if (!check_text(name, value->items[i], error))
			return FALSE;
	return TRUE;
}

static gboolean check_values(const Filler *filler, const LetterTemplate *letter, GError **error)
{
	for (gsize i = 0; i < filler->n; i++)
		if (letter_placeholder(filler->values[i].name) == NULL)
			return bug(
				error, "A value is given for {%s}, which is no placeholder.", filler->values[i].name);
	for (gsize i = 0; i < letter->notes.uses.n; i++) {
		const PlaceholderUse *use = letter->notes.uses.items[i];

		if (!check_value(filler, use->name, error))
			return FALSE;
	}
	return TRUE;
}

/* The lines of a value, without the white space around each; every way to end a line counts. */
static char **value_lines(const char *text)
{
	g_autoptr(GString) even = g_string_new(text);
	char **lines;

	g_string_replace(even, "\r\n", "\n", 0);
	g_string_replace(even, "\r", "\n", 0);
	g_string_replace(even, "\xc2\x85", "\n", 0);     /* U+0085 next line */
	g_string_replace(even, "\xe2\x80\xa8", "\n", 0); /* U+2028 line separator */
	g_string_replace(even, "\xe2\x80\xa9", "\n", 0); /* U+2029 paragraph separator */
	lines = g_strsplit(even->str, "\n", -1);
	for (gsize i = 0; lines[i] != NULL; i++)
		g_strstrip(lines[i]);
	return lines;
}

/* Inside a sentence or a heading: the lines one below the other, in a heading one after the other. */
static void fill_inline(const Filler *filler, const char *text, gboolean heading, Node *parent)
{
	g_auto(GStrv) lines = value_lines(text);
	gboolean first = TRUE;

	for (gsize i = 0; lines[i] != NULL; i++) {
		if (is_blank(lines[i]))
			continue;
		if (!first && heading)
			node_new(filler->mem, parent, NODE_TEXT, " ");
		else if (!first)
			node_new(filler->mem, parent, NODE_BREAK, NULL);
		node_new(filler->mem, parent, NODE_TEXT, lines[i]);
		first = FALSE;
	}
}

/* Alone in a paragraph: an empty line parts paragraphs. */
static void fill_paragraphs(const Filler *filler, const char *text, Node *parent)
{
	g_auto(GStrv) lines = value_lines(text);
	Node *paragraph = NULL;

	for (gsize i = 0; lines[i] != NULL; i++) {
		if (is_blank(lines[i])) {
			paragraph = NULL;
			continue;
		}
		if (paragraph == NULL)
			paragraph = node_new(filler->mem, parent, NODE_PARAGRAPH, NULL);
		else
			node_new(filler->mem, paragraph, NODE_BREAK, NULL);
		node_new(filler->mem, paragraph, NODE_TEXT, lines[i]);
	}
}

static void fill_block(const Filler *filler, const char *name, Node *parent)
{
	const LetterValue *value = value_of(filler, name);
	Node *list;

	if (value->text != NULL) {
		fill_paragraphs(filler, value->text, parent);
		return;
	}
	list = node_new(filler->mem, parent, NODE_LIST, NULL);
	for (gsize i = 0; value->items[i] != NULL; i++)
		fill_paragraphs(filler, value->items[i], node_new(filler->mem, list, NODE_ITEM, NULL));
}

static gboolean is_block(const Node *node)
{
	return node->type == NODE_PARAGRAPH && node->first != NULL && node->first == node->last &&
	       node->first->type == NODE_PLACEHOLDER;
}

static void fill_children(const Filler *filler, const Node *from, gboolean heading, Node *to)
{
	for (const Node *child = from->first; child != NULL; child = child->next) {
		if (is_block(child)) {
			fill_block(filler, child->first->text, to);
		} else if (child->type == NODE_PLACEHOLDER) {
			fill_inline(filler, value_of(filler, child->text)->text, heading, to);
		} else {
			Node *copy = node_new(filler->mem, to, child->type, child->text);

			copy->level = child->level;
			fill_children(filler, child, heading || child->type == NODE_HEADING, copy);
		}
	}
}

static const char *document_title(const Node *root, Arena *mem)
{
	for (const Node *node = root->first; node != NULL; node = node->next)
		if (node->type == NODE_HEADING && node->level == 1)
			return node_plain(node, mem);
	return "";
}

/* The policy's own first heading, where it has one, is the enclosure's title, and is not said twice. */
static gboolean enclose(Document *document, const char *title, const char *text, Arena *mem, GError **error)
{
	MarkdownNotes notes;
	Node *first;

	if (!markdown_read("policy.md", text, strlen(text), FALSE, mem, &document->enclosed, &notes, error))
		return FALSE;
	document->enclosed_title = arena_strdup(mem, title);
	first = document->enclosed->first;
	if (first != NULL && first->type == NODE_HEADING && first->level == 1) {
		document->enclosed_title = node_plain(first, mem);
		document->enclosed->first = first->next;
	}
	if (document->enclosed->first == NULL || is_blank(document->enclosed_title))
		return refuse_at(error, "W3", "policy", "The letter cannot be issued: the enclosed policy is empty.");
	return TRUE;
}

gboolean letter_compile(const LetterTemplate *letter, const LetterValue *values, gsize n_values, const char *language,
	const char *policy_title, const char *policy_text, Arena *mem, Document **ret_document, GError **error)
{
	Filler filler = {.values = values, .n = n_values, .mem = mem};
	Document *document = arena_new0(mem, Document);

	if (!check_values(&filler, letter, error))
		return FALSE;
	document->language = arena_strdup(mem, language);
	document->root = node_new(mem, NULL, NODE_DOCUMENT, NULL);
	fill_children(&filler, letter->root, FALSE, document->root);
	document->title = document_title(document->root, mem);
	if (policy_text != NULL && !enclose(document, policy_title, policy_text, mem, error))
		return FALSE;
	*ret_document = document;
	return TRUE;
}
