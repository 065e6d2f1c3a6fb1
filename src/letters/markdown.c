/* markdown.c: CommonMark, as cmark parses it, to the nodes of a letter: what a letter cannot show in every format
 * (HTML, code, images) is refused at its line, and braces become placeholders. What the values are is compile.c's. */
#include "letters/markdown.h"

#define CMARK_NO_SHORT_NAMES /* they are our own NODE_… */
#include <cmark.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(cmark_node, cmark_node_free)

/* cmark's columns count from where a block's text begins, so the place of a brace is looked up in the source: the
 * cursor goes through it once, along with the walk through the tree. */
typedef struct {
	const char *at, *end;
	const char *line_start;
	int line;
} Cursor;

typedef struct {
	const char *file;
	gboolean placeholders;
	Cursor cursor;
	gboolean lost; /* a brace of the tree is not in the source (written as an entity) */
	Arena *mem;
	MarkdownNotes *notes;
	GError **error;
} Reader;

static void cursor_step(Cursor *cursor)
{
	gboolean ends = *cursor->at == '\n' ||
			(*cursor->at == '\r' && (cursor->at + 1 == cursor->end || cursor->at[1] != '\n'));

	cursor->at++;
	if (ends) {
		cursor->line++;
		cursor->line_start = cursor->at;
	}
}

static int cursor_column(const Cursor *cursor)
{
	return (int)g_utf8_strlen(cursor->line_start, cursor->at - cursor->line_start) + 1;
}

/* Moves the cursor to the next of brace, at line or later. */
static void reader_seek(Reader *reader, int line, char brace)
{
	Cursor cursor = reader->cursor;

	while (!reader->lost && cursor.at < cursor.end && (cursor.line < line || *cursor.at != brace))
		cursor_step(&cursor);
	if (cursor.at < cursor.end)
		reader->cursor = cursor;
	else
		reader->lost = TRUE;
}

static int node_line(cmark_node *node)
{
	int line = 0;

	for (; node != NULL && line == 0; node = cmark_node_parent(node))
		line = cmark_node_get_start_line(node);
	return MAX(line, 1);
}

static gboolean wrong_here(Reader *reader, const char *reason)
{
	return invalid(reader->error, NULL, "%s:%d:%d: %s", reader->file, reader->cursor.line,
		cursor_column(&reader->cursor), reason);
}

static gboolean wrong_node(Reader *reader, cmark_node *node, const char *reason)
{
	return invalid(reader->error, NULL, "%s:%d:%d: %s", reader->file, node_line(node),
		MAX(cmark_node_get_start_column(node), 1), reason);
}

/* A list's placeholder is a paragraph by itself: its text is all that the paragraph holds. */
static gboolean stands_alone(cmark_node *text, gsize length)
{
	return cmark_node_get_type(cmark_node_parent(text)) == CMARK_NODE_PARAGRAPH &&
	       cmark_node_previous(text) == NULL && cmark_node_next(text) == NULL &&
	       strlen(cmark_node_get_literal(text)) == length;
}

static gboolean opens_item(cmark_node *text)
{
	cmark_node *paragraph = cmark_node_parent(text);

	return cmark_node_get_type(cmark_node_parent(paragraph)) == CMARK_NODE_ITEM &&
	       cmark_node_previous(paragraph) == NULL;
}

static gboolean unknown_placeholder(Reader *reader, const char *name)
{
	const char *near = letter_placeholder_near(name);

	return wrong_here(reader,
		near == NULL
			? arena_printf(reader->mem, "There is no placeholder {%s}.", name)
			: arena_printf(reader->mem, "There is no placeholder {%s}; did you mean {%s}?", name, near));
}

/* length: of the name with its braces; the cursor stands on the opening one. */
static gboolean read_placeholder(Reader *reader, cmark_node *from, const char *name, gsize length, Node *parent)
{
	const LetterPlaceholder *known = letter_placeholder(name);
	PlaceholderUse *use = arena_new0(reader->mem, PlaceholderUse);

	if (!reader->placeholders)
		return wrong_here(reader, "This text takes no placeholders; write it without the braces.");
	if (known == NULL)
		return unknown_placeholder(reader, name);
	if (known->list && !stands_alone(from, length))
		return wrong_here(
			reader, arena_printf(reader->mem, "{%s} is a list; put it into a paragraph of its own.", name));
	if (known->list && opens_item(from))
		return wrong_here(reader,
			arena_printf(reader->mem, "{%s} is a list by itself; leave out the mark before it.", name));
	if (reader->notes->uses.n == MARKDOWN_PLACEHOLDERS)
		return wrong_here(reader,
			arena_printf(reader->mem, "A letter takes at most %d placeholders.", MARKDOWN_PLACEHOLDERS));
	*use = (PlaceholderUse){.name = known->name, .line = reader->cursor.line};
	arena_list_add(reader->mem, &reader->notes->uses, use);
	node_new(reader->mem, parent, NODE_PLACEHOLDER, known->name);
	return TRUE;
}

static gboolean read_text(Reader *reader, cmark_node *from, Node *parent)
{
	const char *text = cmark_node_get_literal(from);

	while (*text != '\0') {
		gsize plain = strcspn(text, "{}");
		gsize inner;

		if (plain > 0) {
			node_new(reader->mem, parent, NODE_TEXT, arena_strndup(reader->mem, text, plain));
			text += plain;
			continue;
		}
		reader_seek(reader, node_line(from), *text);
		if (*text == '}')
			return wrong_here(reader, "A closing brace without an opening one.");
		inner = strcspn(text + 1, "{}");
		if (text[1 + inner] != '}')
			return wrong_here(reader, "The brace is not closed; a placeholder is written {name}.");
		if (!read_placeholder(reader, from, arena_strndup(reader->mem, text + 1, inner), inner + 2, parent))
			return FALSE;
		reader_seek(reader, node_line(from), '}');
		text += inner + 2;
	}
	return TRUE;
}

static gboolean read_link(Reader *reader, cmark_node *from, Node *node)
{
	static const char *const schemes[] = {"https://", "http://", "mailto:", "tel:"};
	const char *address = cmark_node_get_url(from);

	if (strpbrk(address, "{}") != NULL)
		return wrong_node(reader, from, "A link's address cannot hold a placeholder or a brace.");
	if (*cmark_node_get_title(from) != '\0')
		return wrong_node(reader, from, "A link's title is not shown on paper; put it into the text.");
	for (gsize i = 0; i < G_N_ELEMENTS(schemes); i++) {
		if (g_ascii_strncasecmp(address, schemes[i], strlen(schemes[i])) == 0) {
			node->text = arena_strdup(reader->mem, address);
			return TRUE;
		}
	}
	return wrong_node(reader, from, "A link's address begins with https://, http://, mailto: or tel:.");
}

static gboolean read_heading(Reader *reader, cmark_node *from, Node *node)
{
	node->level = cmark_node_get_heading_level(from);
	if (node->level > 3)
		return wrong_node(reader, from, "Headings go down to the third level (###).");
	if (node->level == 1 && cmark_node_get_type(cmark_node_parent(from)) == CMARK_NODE_DOCUMENT) {
		reader->notes->titles++;
		reader->notes->last_title_line = node_line(from);
	}
	return TRUE;
}

static gboolean read_children(Reader *reader, cmark_node *from, Node *node, int depth);

static gboolean read_node(Reader *reader, cmark_node *from, Node *parent, int depth)
{
	Arena *mem = reader->mem;
	Node *node;

	switch (cmark_node_get_type(from)) {
	case CMARK_NODE_PARAGRAPH:
		return read_children(reader, from, node_new(mem, parent, NODE_PARAGRAPH, NULL), depth);
	case CMARK_NODE_HEADING:
		node = node_new(mem, parent, NODE_HEADING, NULL);
		return read_heading(reader, from, node) && read_children(reader, from, node, depth);
	case CMARK_NODE_LIST:
		if (cmark_node_get_list_type(from) == CMARK_BULLET_LIST)
			return read_children(reader, from, node_new(mem, parent, NODE_LIST, NULL), depth);
		node = node_new(mem, parent, NODE_ORDERED_LIST, NULL);
		node->level = cmark_node_get_list_start(from);
		return read_children(reader, from, node, depth);
	case CMARK_NODE_ITEM:
		return read_children(reader, from, node_new(mem, parent, NODE_ITEM, NULL), depth);
	case CMARK_NODE_BLOCK_QUOTE:
		return read_children(reader, from, node_new(mem, parent, NODE_QUOTE, NULL), depth);
	case CMARK_NODE_THEMATIC_BREAK:
		node_new(mem, parent, NODE_RULE, NULL);
		return TRUE;
	case CMARK_NODE_TEXT:
		return read_text(reader, from, parent);
	case CMARK_NODE_SOFTBREAK:
		node_new(mem, parent, NODE_TEXT, " ");
		return TRUE;
	case CMARK_NODE_LINEBREAK:
		node_new(mem, parent, NODE_BREAK, NULL);
		return TRUE;
	case CMARK_NODE_EMPH:
		return read_children(reader, from, node_new(mem, parent, NODE_EMPHASIS, NULL), depth);
	case CMARK_NODE_STRONG:
		return read_children(reader, from, node_new(mem, parent, NODE_STRONG, NULL), depth);
	case CMARK_NODE_LINK:
		node = node_new(mem, parent, NODE_LINK, NULL);
		return read_link(reader, from, node) && read_children(reader, from, node, depth);
	case CMARK_NODE_HTML_BLOCK:
	case CMARK_NODE_HTML_INLINE:
		return wrong_node(reader, from, "HTML is not read; write it as plain text or Markdown.");
	case CMARK_NODE_CODE_BLOCK:
	case CMARK_NODE_CODE:
		return wrong_node(reader, from,
			"Text between ` marks or indented by four spaces is code, which a "
			"letter cannot show; write it as plain text.");
	case CMARK_NODE_IMAGE:
		return wrong_node(reader, from, "Images are not shown; say it in words.");
	default:
		return wrong_node(reader, from, "This has no place in a letter.");
	}
}

static gboolean read_children(Reader *reader, cmark_node *from, Node *node, int depth)
{
	if (depth >= MARKDOWN_DEPTH)
		return wrong_node(reader, from, "Lists, quotes and emphasis are nested too deeply.");
	for (cmark_node *child = cmark_node_first_child(from); child != NULL; child = cmark_node_next(child))
		if (!read_node(reader, child, node, depth + 1))
			return FALSE;
	return TRUE;
}

/* Refuses control characters, at the place of the first. */
static gboolean check_controls(Reader *reader)
{
	for (Cursor *cursor = &reader->cursor; cursor->at < cursor->end; cursor_step(cursor)) {
		guchar byte = (guchar)*cursor->at;

		if ((byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t') || byte == 0x7f)
			return wrong_here(reader, "A control character; take it out.");
	}
	return TRUE;
}

gboolean markdown_read(const char *file, const char *text, gsize length, gboolean placeholders, Arena *mem,
	Node **ret_root, MarkdownNotes *ret_notes, GError **error)
{
	g_autoptr(cmark_node) tree = NULL;
	MarkdownNotes notes = {0};
	const Cursor start = {.at = text, .end = text + length, .line_start = text, .line = 1};
	Reader reader = {.file = file,
		.placeholders = placeholders,
		.cursor = start,
		.mem = mem,
		.notes = &notes,
		.error = error};
	Node *root = node_new(mem, NULL, NODE_DOCUMENT, NULL);
	const char *valid_end = NULL;

	if (length > MARKDOWN_BYTES)
		return wrong_here(
			&reader, arena_printf(mem, "The text is longer than %u KiB.", (guint)(MARKDOWN_BYTES >> 10)));
	if (!g_utf8_validate_len(text, length, &valid_end)) {
		while (reader.cursor.at < valid_end)
			cursor_step(&reader.cursor);
		return wrong_here(&reader, "This is not UTF-8; save the file as UTF-8.");
	}
	if (!check_controls(&reader))
		return FALSE;
	reader.cursor = start;
	tree = cmark_parse_document(text, length, CMARK_OPT_DEFAULT);
	cmark_consolidate_text_nodes(tree);
	if (!read_children(&reader, tree, root, 0))
		return FALSE;
	*ret_root = root;
	*ret_notes = notes;
	return TRUE;
}
