/* document.c: the tree that a letter is before it takes a format. Reading it from a template is markdown.c's and
 * compile.c's, writing it out render/'s. */
#include "letters/letter.h"

#include <string.h>

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

const char *node_link_beside(const Node *link)
{
	g_autoptr(GString) words = g_string_new(NULL);

	plain_into(words, link);
	if (g_ascii_strncasecmp(link->text, "tel:", 4) == 0) /* a number is written in many ways */
		return strpbrk(words->str, "0123456789") == NULL ? link->text + 4 : NULL;
	if (g_ascii_strncasecmp(link->text, "mailto:", 7) == 0)
		return strstr(words->str, link->text + 7) == NULL ? link->text + 7 : NULL;
	return strstr(words->str, link->text) == NULL ? link->text : NULL;
}
