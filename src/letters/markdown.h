/* markdown.h: CommonMark to nodes; inside this folder only. */
#pragma once

#include "letters/letter.h"

typedef struct {
	const char *name; /* as in letter_placeholders */
	int line;
} PlaceholderUse;

typedef struct {
	ArenaList uses; /* of PlaceholderUse, in the order of the text */
	int titles;     /* top headings of level 1 */
	int last_title_line;
} MarkdownNotes;

/* Reads text into nodes below a NODE_DOCUMENT. Placeholders become NODE_PLACEHOLDER where allowed, and are refused
 * otherwise. Invalid as letter_template_read says. The tree is at most MARKDOWN_DEPTH deep, so that walking it by
 * recursion is safe. */
#define MARKDOWN_DEPTH 32
/* What a letter or a policy never reaches; it bounds the memory that one takes. */
#define MARKDOWN_BYTES ((gsize)256 << 10)
#define MARKDOWN_PLACEHOLDERS 200
gboolean markdown_read(const char *file, const char *text, gsize length, gboolean placeholders, Arena *mem,
	Node **ret_root, MarkdownNotes *ret_notes, GError **error) MUST_CHECK;
