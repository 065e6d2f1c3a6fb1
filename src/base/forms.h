/* forms.h: the one form of each kind of identifier. base's own; callers take identifier.h.
 *
 * Each writes the form of text (length bytes, any bytes) into out, NUL-terminated within size bytes, and returns
 * NULL; where there is none, or it does not fit, returns the sentence that says what to type instead. */
#pragma once

#include "base/identifier.h"

#include <string.h>

const char *phone_form(const char *text, gsize length, const PhoneRules *rules, char *out, gsize size);
const char *email_form(const char *text, gsize length, char *out, gsize size);
const char *post_form(const char *text, gsize length, char *out, gsize size);
const char *handle_form(const char *text, gsize length, char *out, gsize size);

/* NFKD, case folded, marks off, letters without a decomposition by table; spaces and signs stay. NULL for invalid
 * UTF-8, else free with g_free. */
char *fold_letters(const char *text, gsize length);

/* A growing text in a buffer that does not grow: what does not fit is noticed once, at the end. */
typedef struct {
	char *out;
	gsize size, n;
} Sink;

static inline void sink_put(Sink *sink, char c)
{
	if (sink->n < sink->size)
		sink->out[sink->n] = c;
	sink->n++;
}

/* Ends the text; FALSE where it did not fit. */
static inline gboolean sink_end(Sink *sink)
{
	if (sink->n >= sink->size)
		return FALSE;
	sink->out[sink->n] = '\0';
	return TRUE;
}

/* Takes ASCII white space off both ends. */
static inline void span_trim(const char **p, const char **end)
{
	while (*p < *end && g_ascii_isspace(**p))
		(*p)++;
	while (*p < *end && g_ascii_isspace((*end)[-1]))
		(*end)--;
}

/* Takes word, in any case, off the beginning. */
static inline gboolean span_skip(const char **p, const char *end, const char *word)
{
	gsize n = strlen(word);

	if ((gsize)(end - *p) < n || g_ascii_strncasecmp(*p, word, n) != 0)
		return FALSE;
	*p += n;
	return TRUE;
}

/* "Jo <what>" becomes what. */
static inline void span_unbracket(const char **p, const char **end)
{
	const char *open;

	if (*p < *end && (*end)[-1] == '>' && (open = memrchr(*p, '<', (gsize)(*end - *p))) != NULL) {
		*p = open + 1;
		(*end)--;
	}
}
