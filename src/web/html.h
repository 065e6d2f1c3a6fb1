/* html.h: the buffer that compiled templates print into, and the types that decide how a value is printed.
 *
 * Templates (*.html, compiled by tools/tmplc/tmplc.py) call the functions of this file: the
 * compiler of the templates knows the place in the markup (the HTML_IN_… lists at the end), C's _Generic chooses by
 * the type of the value. A string is always escaped for its place. The only type printed as it stands is HtmlSafe,
 * which comes out of html_cut (what a template printed) or html_trust (what our own renderer made); the test 'tmplc'
 * lists the files that may make one. */
#pragma once

#include <glib.h>

typedef struct Html Html;

/* Markup that may be printed as it stands. { NULL } prints nothing. */
typedef struct HtmlSafe {
	const char *markup;
} HtmlSafe;

/* Either of the two: the markup where there is some, else the text, escaped. See html_either. */
typedef struct HtmlContent {
	const char *text;
	HtmlSafe html;
} HtmlContent;

/* More attributes for an element, named in C code and never by input: html_attributes asserts that a name is
 * harmless (letters, digits, hyphens; no event handler, no style, nothing that takes a URL). */
typedef struct {
	const char *name;
	const char *value; /* NULL: the name alone */
} HtmlAttribute;

typedef struct {
	const HtmlAttribute *items;
	gsize n;
} HtmlAttributes;

/* HTML_ATTRIBUTES({ "data-module", "x" }, …): for initialisers; lives as long as the enclosing block. */
#define HTML_ATTRIBUTES(...)                                                                                           \
	{                                                                                                              \
		.items = (const HtmlAttribute[]){__VA_ARGS__},                                                         \
		.n = sizeof((const HtmlAttribute[]){__VA_ARGS__}) / sizeof(HtmlAttribute)                              \
	}

/* An empty buffer for at most max_bytes. What does not fit is left out and html_full tells so: an edge must not
 * send such a page. Free with html_free. */
Html *html_new(gsize max_bytes);
void html_free(Html *out); /* NULL is fine; ends all that html_cut, html_format and html_keep returned */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Html, html_free)

/* The size most pages get: 8 MiB. */
#define HTML_PAGE_MAX ((gsize)8 << 20)

gboolean html_full(const Html *out);

/* What has been printed, zero-terminated; borrowed, until the next print. ret_length may be NULL. */
const char *html_peek(const Html *out, gsize *ret_length);

/* The same, handed to the caller (g_free); the buffer is empty afterwards. */
char *html_steal(Html *out, gsize *ret_length);

/* {{call f(out, …, body) with body}}: takes what was printed since the mark out of the buffer again and gives it
 * as markup, which lives as long as the buffer. */
gsize html_mark(const Html *out);
HtmlSafe html_cut(Html *out, gsize mark);

/* Vouches for markup that this program made itself, escaping what it put in (letters' renderer). Borrowed. */
HtmlSafe html_trust(const char *markup);

HtmlContent html_either(const char *text, HtmlSafe html);
gboolean html_has(const char *text, HtmlSafe html); /* either is set and not empty */
gboolean html_has_content(HtmlContent content);

/* A string put together for a template, escaped like any other where it is printed; lives as long as the buffer. */
const char *html_format(Html *out, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* The buffer frees p (g_free) when it ends; returns p. */
void *html_keep(Html *out, void *p);

/* {{tr "words"}}: the words in the page's language. messages maps the templates' own words to others (both
 * strings; borrowed, must outlive the buffer); words it does not know, and all words before it is set, stay. */
void html_set_messages(Html *out, GHashTable *messages);
const char *html_tr(const Html *out, const char *words);

/* The printers. A NULL string prints nothing. */
void html_bytes(Html *out, const char *bytes, gsize n); /* as they stand: for compiled templates only */
void html_text(Html *out, const char *text);            /* & < > " ' escaped: for text and quoted attributes */
void html_int(Html *out, gint64 number);
void html_uint(Html *out, guint64 number);
void html_markup(Html *out, HtmlSafe html);
void html_content(Html *out, HtmlContent content);
void html_attributes(Html *out, HtmlAttributes attributes); /* each as ' name="value"' */

void html_level(Html *out, int level); /* of a heading, 1 to 6 (asserted): <h{{level}}> */

/* A whole URL or its start: relative to this site, or http, https, mailto, tel; anything else becomes '#'. */
void html_url(Html *out, const char *url);
/* A piece inside a URL, percent-encoded (all but letters, digits and - . _ ~). */
void html_url_part(Html *out, const char *text);

/* {{attr name = value}}: ' name="value"', or nothing where the value is NULL. */
void html_attribute(Html *out, const char *name, const char *value);
void html_attribute_url(Html *out, const char *name, const char *url);

#define html_literal(out, text) html_bytes((out), (text), sizeof(text) - 1)

/* Which function prints a value of which type, one list a place, for _Generic in compiled templates. A type that is
 * missing is a compile error at the template's line. */
/* clang-format off */
#define HTML_INTEGERS \
	short: html_int, unsigned short: html_uint, int: html_int, unsigned int: html_uint, \
	long: html_int, unsigned long: html_uint, long long: html_int, unsigned long long: html_uint

#define HTML_IN_TEXT \
	char *: html_text, const char *: html_text, HtmlSafe: html_markup, HtmlContent: html_content, HTML_INTEGERS

/* In a quoted attribute, and in <title> and <textarea>, which hold text only. */
#define HTML_IN_ATTRIBUTE char *: html_text, const char *: html_text, HTML_INTEGERS

#define HTML_IN_URL char *: html_url, const char *: html_url
#define HTML_IN_URL_PART char *: html_url_part, const char *: html_url_part, HTML_INTEGERS

/* Straight after '<h' and '</h'. */
#define HTML_IN_LEVEL int: html_level

/* Between the attributes of a tag. */
#define HTML_IN_TAG HtmlAttributes: html_attributes
/* clang-format on */
