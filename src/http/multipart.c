/* multipart.c: see multipart.h. What a text may hold, and which files are taken, is the reader's to say. */
#include "http/multipart.h"

#include <string.h>

static const char FORM_DATA[] = "multipart/form-data";

/* Reads `name=value` or `name="value"` behind a semicolon; *at moves on. FALSE at the end, or where it does not fit. */
static gboolean next_parameter(const char **at, const char *end, const char **ret_name, gsize *ret_name_length,
	const char **ret_value, gsize *ret_length)
{
	const char *p = *at;

	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	if (p == end || *p++ != ';')
		return FALSE;
	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	*ret_name = p;
	while (p < end && *p != '=' && *p != ';' && *p != '"' && *p != ' ')
		p++;
	*ret_name_length = (gsize)(p - *ret_name);
	if (p == end || *p++ != '=')
		return FALSE;
	if (p < end && *p == '"') {
		const char *close = memchr(p + 1, '"', (gsize)(end - p - 1));

		if (close == NULL)
			return FALSE;
		*ret_value = p + 1;
		*ret_length = (gsize)(close - p - 1);
		*at = close + 1;
		return TRUE;
	}
	*ret_value = p;
	while (p < end && *p != ';' && *p != ' ' && *p != '\t' && *p != '"')
		p++;
	*ret_length = (gsize)(p - *ret_value);
	*at = p;
	return TRUE;
}

static gboolean is_word(const char *text, gsize length, const char *word)
{
	return length == strlen(word) && g_ascii_strncasecmp(text, word, length) == 0;
}

/* RFC 2046's signs of a boundary, without the space. */
static gboolean is_boundary(const char *text, gsize length)
{
	if (length == 0 || length > MULTIPART_BOUNDARY_MAX)
		return FALSE;
	for (gsize i = 0; i < length; i++)
		if (!g_ascii_isalnum(text[i]) && strchr("'()+_,-./:=?", text[i]) == NULL)
			return FALSE;
	return TRUE;
}

char *multipart_boundary(Arena *mem, const char *content_type)
{
	const char *end = content_type + strlen(content_type), *at = content_type + strcspn(content_type, "; \t");
	const char *name, *value;
	gsize name_length, length;

	if (!is_word(content_type, (gsize)(at - content_type), FORM_DATA))
		return NULL;
	while (next_parameter(&at, end, &name, &name_length, &value, &length))
		if (is_word(name, name_length, "boundary"))
			return is_boundary(value, length) ? arena_strndup(mem, value, length) : NULL;
	return NULL;
}

/* What browsers write for a quote and a line's end in a name is undone. */
static char *decode_name(Arena *mem, const char *text, gsize length)
{
	char *out = arena_alloc(mem, length + 1);
	gsize n = 0;

	for (gsize i = 0; i < length; i++) {
		if (i + 2 < length && g_ascii_strncasecmp(text + i, "%22", 3) == 0) {
			out[n++] = '"';
			i += 2;
		} else if (i + 2 < length && (g_ascii_strncasecmp(text + i, "%0D", 3) == 0 ||
						     g_ascii_strncasecmp(text + i, "%0A", 3) == 0)) {
			i += 2;
		} else {
			out[n++] = text[i];
		}
	}
	out[n] = '\0';
	return out;
}

static gboolean read_disposition(Arena *mem, const char *value, const char *end, MultipartPart *part)
{
	const char *at = value, *name, *text;
	gsize name_length, length;

	while (at < end && *at != ';')
		at++;
	while (at > value && (at[-1] == ' ' || at[-1] == '\t'))
		at--;
	if (!is_word(value, (gsize)(at - value), "form-data"))
		return FALSE;
	while (next_parameter(&at, end, &name, &name_length, &text, &length)) {
		if (memchr(text, '\0', length) != NULL)
			return FALSE;
		if (is_word(name, name_length, "name"))
			part->name = decode_name(mem, text, length);
		else if (is_word(name, name_length, "filename"))
			part->file_name = decode_name(mem, text, length);
	}
	return part->name != NULL && g_utf8_validate(part->name, -1, NULL);
}

/* The lines of a part's head; each ends with CR LF. */
static gboolean read_head(Arena *mem, const char *head, const char *end, MultipartPart *part)
{
	gboolean disposed = FALSE;

	while (head < end) {
		const char *line_end = memmem(head, (gsize)(end - head), "\r\n", 2);
		const char *colon, *value;

		if (line_end == NULL)
			line_end = end;
		colon = memchr(head, ':', (gsize)(line_end - head));
		if (colon == NULL)
			return FALSE;
		for (value = colon + 1; value < line_end && (*value == ' ' || *value == '\t');)
			value++;
		if (is_word(head, (gsize)(colon - head), "Content-Disposition")) {
			if (disposed || !read_disposition(mem, value, line_end, part))
				return FALSE;
			disposed = TRUE;
		} else if (is_word(head, (gsize)(colon - head), "Content-Type")) {
			part->type = arena_strndup(mem, value, (gsize)(line_end - value));
		}
		head = MIN(line_end + 2, end);
	}
	return disposed;
}

MultipartPart *multipart_parse(
	Arena *mem, const char *body, gsize length, const char *boundary, gsize max, gsize *ret_n, gboolean *ret_whole)
{
	MultipartPart *parts = arena_array(mem, MultipartPart, max + 1);
	const char *between = arena_printf(mem, "\r\n--%s", boundary), *end = body + length, *at = body;
	const gsize n_between = strlen(between);

	*ret_n = 0;
	*ret_whole = FALSE;
	/* The first line has no line before it. */
	if (length < n_between || memcmp(body, between + 2, n_between - 2) != 0)
		return parts;
	at += n_between - 2;
	for (;;) {
		MultipartPart part = {.type = ""};
		const char *head_end, *stop;

		if (end - at >= 2 && memcmp(at, "--", 2) == 0) {
			at += 2;
			*ret_whole = at == end || (end - at == 2 && memcmp(at, "\r\n", 2) == 0);
			return parts;
		}
		if (end - at < 2 || memcmp(at, "\r\n", 2) != 0 || *ret_n == max)
			return parts;
		at += 2;
		head_end = memmem(at, (gsize)MIN(end - at, MULTIPART_HEADERS_MAX), "\r\n\r\n", 4);
		if (head_end == NULL || !read_head(mem, at, head_end, &part))
			return parts;
		part.bytes = head_end + 4;
		stop = memmem(part.bytes, (gsize)(end - part.bytes), between, n_between);
		if (stop == NULL)
			return parts;
		part.length = (gsize)(stop - part.bytes);
		parts[(*ret_n)++] = part;
		at = stop + n_between;
	}
}
