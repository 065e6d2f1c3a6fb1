/* html.c: a document as one HTML page for mail and print: no script, nothing fetched, one style element (the page does
 * not come from our web server, so no content security policy speaks against it). All text is escaped. The pages of
 * the program itself are made elsewhere, from templates. */
#include "letters/letter.h"

#include <string.h>

static const char style[] =
	"body{margin:0;background:#fff;color:#0b0c0c;font:1.1875rem/1.5 Arial,Helvetica,sans-serif}\n"
	"main{max-width:40em;margin:0 auto;padding:2rem 1rem;overflow-wrap:break-word}\n"
	"h1,h2,h3,h4{line-height:1.25;margin:1.5em 0 .5em}\n"
	"h1{font-size:1.6em}h2{font-size:1.3em}h3,h4{font-size:1.1em}\n"
	"p,ul,ol,blockquote{margin:0 0 1em}li{margin-bottom:.4em}li p:last-child{margin-bottom:0}\n"
	"blockquote{padding-left:1em;border-left:4px solid #505a5f}\n"
	"hr{border:0;border-top:1px solid #505a5f;margin:2em 0}\n"
	"a{color:#1d70b8}\n"
	".enclosed{border-top:2px solid #0b0c0c;margin-top:3em}\n"
	"@page{margin:2cm}\n"
	"@media print{body{font-size:12pt}main{max-width:none;padding:0}a{color:inherit}\n"
	"h1,h2,h3,h4{break-after:avoid}li,blockquote{break-inside:avoid}\n"
	".enclosed{break-before:page;border:0;margin:0}a[data-print]::after{content:\" (\" attr(data-print) \")\"}}\n";

static void escape(GString *out, const char *text)
{
	for (; *text != '\0'; text++) {
		switch (*text) {
		case '&':
			g_string_append(out, "&amp;");
			break;
		case '<':
			g_string_append(out, "&lt;");
			break;
		case '>':
			g_string_append(out, "&gt;");
			break;
		case '"':
			g_string_append(out, "&quot;");
			break;
		case '\'':
			g_string_append(out, "&#39;");
			break;
		default:
			g_string_append_c(out, *text);
		}
	}
}

static void children(GString *out, const Node *node, int shift);

static void element(GString *out, const Node *node, const char *name, int shift, const char *after)
{
	g_string_append_printf(out, "<%s>", name);
	children(out, node, shift);
	g_string_append_printf(out, "</%s>%s", name, after);
}

static void heading(GString *out, const Node *node, int shift)
{
	const char name[] = {'h', (char)('0' + node->level + shift), '\0'};

	element(out, node, name, shift, "\n");
}

/* An item that is one paragraph is written without it. */
static void item(GString *out, const Node *node, int shift)
{
	if (node->first != NULL && node->first == node->last && node->first->type == NODE_PARAGRAPH)
		element(out, node->first, "li", shift, "\n");
	else
		element(out, node, "li", shift, "\n");
}

static void ordered_list(GString *out, const Node *node, int shift)
{
	if (node->level == 1) {
		element(out, node, "ol", shift, "\n");
		return;
	}
	g_string_append_printf(out, "<ol start=\"%d\">", node->level);
	children(out, node, shift);
	g_string_append(out, "</ol>\n");
}

static void link_to(GString *out, const Node *node, int shift)
{
	const char *beside = node_link_beside(node); /* shown in print */

	g_string_append(out, "<a href=\"");
	escape(out, node->text);
	if (beside != NULL) {
		g_string_append(out, "\" data-print=\"");
		escape(out, beside);
	}
	g_string_append(out, "\">");
	children(out, node, shift);
	g_string_append(out, "</a>");
}

static void render(GString *out, const Node *node, int shift)
{
	switch (node->type) {
	case NODE_HEADING:
		heading(out, node, shift);
		break;
	case NODE_PARAGRAPH:
		element(out, node, "p", shift, "\n");
		break;
	case NODE_LIST:
		element(out, node, "ul", shift, "\n");
		break;
	case NODE_ORDERED_LIST:
		ordered_list(out, node, shift);
		break;
	case NODE_ITEM:
		item(out, node, shift);
		break;
	case NODE_QUOTE:
		element(out, node, "blockquote", shift, "\n");
		break;
	case NODE_BREAK:
		g_string_append(out, "<br>\n");
		break;
	case NODE_RULE:
		g_string_append(out, "<hr>\n");
		break;
	case NODE_TEXT:
		escape(out, node->text);
		break;
	case NODE_STRONG:
		element(out, node, "strong", shift, "");
		break;
	case NODE_EMPHASIS:
		element(out, node, "em", shift, "");
		break;
	case NODE_LINK:
		link_to(out, node, shift);
		break;
	case NODE_DOCUMENT:
		children(out, node, shift);
		break;
	case NODE_PLACEHOLDER:
		g_assert_not_reached(); /* a document holds none */
	}
}

static void children(GString *out, const Node *node, int shift)
{
	for (const Node *child = node->first; child != NULL; child = child->next)
		render(out, child, shift);
}

/* Languages written from right to left. */
static const char *direction(const char *language)
{
	static const char *const leftward[] = {"ar", "fa", "he", "ps", "sd", "ug", "ur", "yi"};

	for (gsize i = 0; i < G_N_ELEMENTS(leftward); i++)
		if (strncmp(language, leftward[i], 2) == 0 && (language[2] == '\0' || language[2] == '-'))
			return "rtl";
	return "ltr";
}

char *letter_render_html(const Document *document, Arena *mem)
{
	g_autoptr(GString) out = g_string_new("<!doctype html>\n<html lang=\"");

	escape(out, document->language);
	g_string_append_printf(
		out, "\" dir=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", direction(document->language));
	g_string_append(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
	escape(out, document->title);
	g_string_append_printf(out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n<main>\n", style);
	render(out, document->root, 0);
	if (document->enclosed != NULL) {
		g_string_append(out, "<section class=\"enclosed\" aria-labelledby=\"enclosed\">\n<h2 id=\"enclosed\">");
		escape(out, document->enclosed_title);
		g_string_append(out, "</h2>\n");
		render(out, document->enclosed, 1);
		g_string_append(out, "</section>\n");
	}
	g_string_append(out, "</main>\n</body>\n</html>\n");
	return arena_strdup(mem, out->str);
}
