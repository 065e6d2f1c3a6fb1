/* letter.h: what the customer is told, from template and data to one document, and from the document to formats.
 *
 * A template is CommonMark with placeholders from a closed list and no logic: `{customer-name}` inside a
 * paragraph stands for text, `{arrangements}` alone in a paragraph for a list. The same document is rendered as
 * text and HTML (and, in time, other formats), so that every reader is told the same thing (G3). */
#pragma once

#include "base/arena.h"
#include "base/error.h"

typedef enum {
	NODE_DOCUMENT,
	NODE_HEADING, /* level 1 to 3 */
	NODE_PARAGRAPH,
	NODE_LIST,
	NODE_ORDERED_LIST, /* level = its first number */
	NODE_ITEM,
	NODE_QUOTE,
	NODE_BREAK, /* a line that ends here: addresses */
	NODE_RULE,
	NODE_TEXT,
	NODE_STRONG,
	NODE_EMPHASIS,
	NODE_LINK,        /* text = address; children = what is read */
	NODE_PLACEHOLDER, /* text = name; only in a template, never in a document */
} NodeType;

typedef struct Node Node;
struct Node {
	NodeType type;
	int level;
	const char *text;
	Node *first, *last, *next;
};

typedef struct {
	const char *title;    /* the text of the one heading of level 1 */
	const char *language; /* "en" */
	Node *root;
	Node *enclosed;             /* the policy (W3), or NULL */
	const char *enclosed_title; /* its title */
} Document;

/* Appended as the parent's last child; text is copied and may be NULL. */
Node *node_new(Arena *mem, Node *parent /* may be NULL */, NodeType type, const char *text);
/* What is read aloud of a node and all below it, on one line. */
char *node_plain(const Node *node, Arena *mem);
/* What has to stand beside a NODE_LINK where it cannot be followed (paper, plain text): its address or number, and
 * NULL where its words say that already. */
const char *node_link_beside(const Node *link);

/* One value for a placeholder: a text (may hold several lines), or a list of texts. Values go into the document
 * as text and are never read as CommonMark: a name `*x*` or `{date}` stays what it is. */
typedef struct {
	const char *name;
	const char *text;         /* NULL where it is a list */
	const char *const *items; /* NULL-terminated, or NULL */
} LetterValue;

/* What a placeholder is, for checking and for the preview with sample data. The table is in placeholder.c and is
 * the closed list. */
typedef struct {
	const char *name;
	gboolean list; /* its value may be a list, so it stands alone in a paragraph; a text may be given too */
	const char *meaning;
	const char *sample; /* of a list: an item a line */
} LetterPlaceholder;

extern const LetterPlaceholder letter_placeholders[]; /* ends with name == NULL */
const LetterPlaceholder *letter_placeholder(const char *name);
/* The placeholder whose name is nearest to a mistyped one; NULL where none is near. */
const char *letter_placeholder_near(const char *name);
/* The samples of all placeholders, to preview a letter; lives in mem. */
LetterValue *letter_samples(Arena *mem, gsize *ret_n);

typedef struct LetterTemplate LetterTemplate;

/* Reads a template. Invalid, as `file:line:column: reason` (with 'did you mean'), for an unknown placeholder, a
 * list placeholder inside a sentence, an unclosed brace, a brace in a link's address, raw HTML, code, an image, a
 * text that is not UTF-8 or longer than 256 KiB, more than 200 placeholders, and unless exactly one heading of level 1
 * gives the title. A brace always means a placeholder; there is no way to write a plain one. Lives in mem. */
gboolean letter_template_read(const char *file, const char *text, gsize length, Arena *mem,
	LetterTemplate **ret_template, GError **error) MUST_CHECK;

gboolean letter_template_holds(const LetterTemplate *letter, const char *placeholder);
int letter_template_line(const LetterTemplate *letter, const char *placeholder); /* 0 where it does not stand */

/* Checks a text without placeholders (the policy that is enclosed) by the same rules; braces are refused. */
gboolean letter_text_check(const char *file, const char *text, gsize length, GError **error) MUST_CHECK;
/* The same text as a tree below a NODE_DOCUMENT, for pages that show it. Lives in mem. */
gboolean letter_text_read(
	const char *file, const char *text, gsize length, Arena *mem, Node **ret_root, GError **error) MUST_CHECK;

/* Template and data make the document. A placeholder of the template without a value, or with an empty one, is
 * refused with G3, its name as the field: a letter is never issued with an element empty. policy_text (CommonMark)
 * is enclosed where not NULL; a heading of level 1 that it opens with stands instead of policy_title.
 * Invalid, naming the placeholder: a value that is not UTF-8 or holds control characters. */
gboolean letter_compile(const LetterTemplate *letter, const LetterValue *values, gsize n_values, const char *language,
	const char *policy_title, const char *policy_text, Arena *mem, Document **ret_document,
	GError **error) MUST_CHECK;

/* Lines of at most 72 columns, UTF-8; a word longer than that (a web address) stays whole. Ends with a newline. */
char *letter_render_text(const Document *document, Arena *mem);
char *letter_render_html(const Document *document, Arena *mem); /* a whole page, no script, for mail and print */
