/* prose.c: walks the tree of a text; how each node looks is prose.html's. */
#include "web/prose_nodes.h"

const char *prose_heading_class(const Node *heading)
{
	return heading->level == 1 ? "govuk-heading-l" : heading->level == 2 ? "govuk-heading-m" : "govuk-heading-s";
}

static void one(Html *out, const Node *node)
{
	switch (node->type) {
	case NODE_HEADING:
		prose_heading(out, node);
		break;
	case NODE_PARAGRAPH:
		prose_paragraph(out, node);
		break;
	case NODE_LIST:
		prose_list(out, node);
		break;
	case NODE_ORDERED_LIST:
		prose_ordered(out, node);
		break;
	case NODE_ITEM: /* one that is a single paragraph is printed without it */
		prose_item(out, node->first != NULL && node->first == node->last && node->first->type == NODE_PARAGRAPH
					? node->first
					: node);
		break;
	case NODE_QUOTE:
		prose_quote(out, node);
		break;
	case NODE_BREAK:
		prose_break(out);
		break;
	case NODE_RULE:
		prose_rule(out);
		break;
	case NODE_TEXT:
		html_text(out, node->text);
		break;
	case NODE_STRONG:
		prose_strong(out, node);
		break;
	case NODE_EMPHASIS:
		prose_emphasis(out, node);
		break;
	case NODE_LINK:
		prose_link(out, node);
		break;
	case NODE_DOCUMENT:
		prose(out, node);
		break;
	case NODE_PLACEHOLDER:
		g_assert_not_reached(); /* a text holds none */
	}
}

void prose(Html *out, const Node *root)
{
	for (const Node *node = root->first; node != NULL; node = node->next)
		one(out, node);
}

static Node *lowered(Arena *mem, Node *parent, const Node *node, int by)
{
	enum { DEEPEST = 6 };
	Node *copy = node_new(mem, parent, node->type, node->text);

	copy->level = node->type == NODE_HEADING ? MIN(node->level + by, DEEPEST) : node->level;
	for (const Node *below = node->first; below != NULL; below = below->next)
		lowered(mem, copy, below, by);
	return copy;
}

const Node *prose_lowered(Arena *mem, const Node *root, int by)
{
	return lowered(mem, NULL, root, by);
}
