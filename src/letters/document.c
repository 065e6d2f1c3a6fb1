/* document.c: the tree that a letter is before it takes a format. Reading it from a template is markdown.c's and
 * compile.c's, writing it out render/'s. */
#include "letters/letter.h"

Node *node_new(Arena *mem, Node *parent, NodeType type, const char *text)
{
	Node *node = arena_new0(mem, Node);

	node->type = type;
	node->text = arena_strdup(mem, text);
	if (parent == NULL)
		return node;
	if (parent->last == NULL)
		parent->first = node;
	else
		parent->last->next = node;
	parent->last = node;
	return node;
}

static void plain_into(GString *out, const Node *node)
{
	if (node->type == NODE_TEXT)
		g_string_append(out, node->text);
	else if (node->type == NODE_BREAK)
		g_string_append_c(out, ' ');
	for (const Node *child = node->first; child != NULL; child = child->next)
		plain_into(out, child);
}

char *node_plain(const Node *node, Arena *mem)
{
	g_autoptr(GString) out = g_string_new(NULL);

	plain_into(out, node);
	return arena_strdup(mem, g_strstrip(out->str));
}
