/* html.c: the buffer behind compiled templates, and the escaping of values by place.
 *
 * No element and no page is printed here: that is the templates' part. */
#include "web/html.h"

#include <string.h>

struct Html {
	GString *text;
	gsize max;
	gboolean full;
	GPtrArray *kept;      /* what html_keep was given; made at its first use */
	GHashTable *messages; /* borrowed */
};

Html *html_new(gsize max_bytes)
{
	Html *out = g_new0(Html, 1);

	out->text = g_string_sized_new(MIN(max_bytes, 4096));
	out->max = max_bytes;
	return out;
}

void html_free(Html *out)
{
	if (!out)
		return;
	g_string_free(out->text, TRUE);
	g_clear_pointer(&out->kept, g_ptr_array_unref);
	g_free(out);
}

gboolean html_full(const Html *out)
{
	return out->full;
}

const char *html_peek(const Html *out, gsize *ret_length)
{
	if (ret_length)
		*ret_length = out->text->len;
	return out->text->str;
}

char *html_steal(Html *out, gsize *ret_length)
{
	GString *text = out->text;

	if (ret_length)
		*ret_length = text->len;
	out->text = g_string_new(NULL);
	return g_string_free(text, FALSE);
}

gsize html_mark(const Html *out)
{
	return out->text->len;
}

HtmlSafe html_cut(Html *out, gsize mark)
{
	char *markup;

	g_assert(mark <= out->text->len);
	markup = g_strndup(out->text->str + mark, out->text->len - mark);
	g_string_truncate(out->text, mark);
	return (HtmlSafe){html_keep(out, markup)};
}

void *html_keep(Html *out, void *p)
{
	if (!out->kept)
		out->kept = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(out->kept, p);
	return p;
}

const char *html_format(Html *out, const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	return html_keep(out, text);
}

HtmlSafe html_trust(const char *markup)
{
	return (HtmlSafe){markup};
}

HtmlContent html_either(const char *text, HtmlSafe html)
{
	return (HtmlContent){.text = text, .html = html};
}

gboolean html_has(const char *text, HtmlSafe html)
{
	return (html.markup && *html.markup) || (text && *text);
}

gboolean html_has_content(HtmlContent content)
{
	return html_has(content.text, content.html);
}

void html_set_messages(Html *out, GHashTable *messages)
{
	out->messages = messages;
}

const char *html_tr(const Html *out, const char *words)
{
	const char *found = out->messages ? g_hash_table_lookup(out->messages, words) : NULL;

	return found ? found : words;
}

void html_bytes(Html *out, const char *bytes, gsize n)
{
	if (out->full || n > out->max - out->text->len) {
		out->full = TRUE;
		return;
	}
	g_string_append_len(out->text, bytes, (gssize)n);
}

void html_text(Html *out, const char *text)
{
	if (!text)
		return;
	while (*text) {
		gsize plain = strcspn(text, "&<>\"'");

		html_bytes(out, text, plain);
		text += plain;
		switch (*text) {
		case '&':
			html_literal(out, "&amp;");
			break;
		case '<':
			html_literal(out, "&lt;");
			break;
		case '>':
			html_literal(out, "&gt;");
			break;
		case '"':
			html_literal(out, "&quot;");
			break;
		case '\'':
			html_literal(out, "&#39;");
			break;
		default: /* the end */
			return;
		}
		text++;
	}
}

void html_int(Html *out, gint64 number)
{
	char digits[24];

	html_bytes(out, digits, (gsize)g_snprintf(digits, sizeof digits, "%" G_GINT64_FORMAT, number));
}

void html_uint(Html *out, guint64 number)
{
	char digits[24];

	html_bytes(out, digits, (gsize)g_snprintf(digits, sizeof digits, "%" G_GUINT64_FORMAT, number));
}

void html_level(Html *out, int level)
{
	g_assert(level >= 1 && level <= 6);
	html_int(out, level);
}

void html_markup(Html *out, HtmlSafe html)
{
	if (html.markup)
		html_bytes(out, html.markup, strlen(html.markup));
}

void html_content(Html *out, HtmlContent content)
{
	if (content.html.markup && *content.html.markup)
		html_markup(out, content.html);
	else
		html_text(out, content.text);
}

/* A browser drops tabs and line ends inside a URL and takes a backslash for a slash: neither is let through
 * where it could make another site or another scheme out of what looks like a path. */
static gboolean url_is_harmless(const char *url)
{
	static const char *const schemes[] = {"http", "https", "mailto", "tel"};
	gsize scheme = strcspn(url, ":/?#\\");

	for (const char *c = url; *c; c++) {
		if (g_ascii_iscntrl(*c))
			return FALSE;
	}
	if (url[scheme] == ':') {
		for (gsize i = 0; i < G_N_ELEMENTS(schemes); i++) {
			if (strlen(schemes[i]) == scheme && g_ascii_strncasecmp(url, schemes[i], scheme) == 0)
				return TRUE;
		}
		return FALSE;
	}
	return url[scheme] != '\\' && !(url[0] == '/' && (url[1] == '/' || url[1] == '\\'));
}

void html_url(Html *out, const char *url)
{
	if (url)
		html_text(out, url_is_harmless(url) ? url : "#");
}

void html_url_part(Html *out, const char *text)
{
	static const char hex[] = "0123456789ABCDEF";

	for (; text && *text; text++) {
		guchar c = (guchar)*text;

		if (g_ascii_isalnum(*text) || strchr("-._~", *text))
			html_bytes(out, text, 1);
		else
			html_bytes(out, (char[]){'%', hex[c >> 4], hex[c & 15]}, 3);
	}
}

void html_attribute(Html *out, const char *name, const char *value)
{
	html_attributes(out, (HtmlAttributes){&(HtmlAttribute){name, value}, value ? 1 : 0});
}

void html_attribute_url(Html *out, const char *name, const char *url)
{
	if (!url)
		return;
	html_literal(out, " ");
	html_text(out, name);
	html_literal(out, "=\"");
	html_url(out, url);
	html_literal(out, "\"");
}

/* The same names that tools/tmplc/tmplc.py refuses or treats as URLs. */
static gboolean name_is_harmless(const char *name)
{
	static const char *const refused[] = {"style", "srcdoc", "srcset", "href", "src", "action", "formaction",
		"cite", "poster", "background", "data", "manifest", "ping", "http-equiv", NULL};

	if (!g_ascii_islower(*name) || g_str_has_prefix(name, "on"))
		return FALSE;
	for (const char *c = name; *c; c++) {
		if (!g_ascii_islower(*c) && !g_ascii_isdigit(*c) && *c != '-')
			return FALSE;
	}
	return !g_strv_contains(refused, name);
}

void html_attributes(Html *out, HtmlAttributes attributes)
{
	for (gsize i = 0; i < attributes.n; i++) {
		const HtmlAttribute *each = &attributes.items[i];

		g_assert(name_is_harmless(each->name));
		html_literal(out, " ");
		html_text(out, each->name);
		if (!each->value)
			continue;
		html_literal(out, "=\"");
		html_text(out, each->value);
		html_literal(out, "\"");
	}
}
