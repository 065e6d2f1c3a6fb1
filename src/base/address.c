/* address.c: the one form of e-mail addresses, postal addresses and online handles. Usual ASCII text is written
 * straight into the buffer; anything else goes through GLib's Unicode tables first. */
#include "base/forms.h"

static const char NOT_AN_EMAIL[] = "Type the e-mail address as name@example.org.";
static const char NOT_A_POSTAL_ADDRESS[] = "Type the postal address with letters and digits, at most 500 characters.";
static const char NOT_A_HANDLE[] = "Type the online name without spaces, like @name.";

#define LOCAL_LONGEST 64 /* RFC 5321 */
#define DOMAIN_LONGEST 253
#define LABEL_LONGEST 63

static gboolean is_ascii(const char *p, const char *end)
{
	while (p < end && (unsigned char)*p < 0x80)
		p++;
	return p == end;
}

/* Case folded and composed; NULL for invalid UTF-8, else free with g_free. */
static char *fold_case(const char *p, const char *end, GNormalizeMode mode)
{
	g_autofree char *composed = g_utf8_validate(p, end - p, NULL) ? g_utf8_normalize(p, end - p, mode) : NULL;
	g_autofree char *folded = composed != NULL ? g_utf8_casefold(composed, -1) : NULL;

	return folded != NULL ? g_utf8_normalize(folded, -1, mode) : NULL;
}

/* RFC 5322's atext, and the full stop, which people put anywhere. */
static gboolean is_atom_char(char c)
{
	return g_ascii_isalnum(c) || (unsigned char)c >= 0x80 ||
	       (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~.", c) != NULL);
}

/* The part before the @, ASCII case folded. "jo"@example.org and "j\o"@example.org are jo@example.org. */
static gboolean put_local(Sink *sink, const char *p, const char *end)
{
	gboolean quoted = end - p > 2 && *p == '"' && end[-1] == '"';
	gboolean needs_quotes = FALSE;
	gsize start = sink->n;

	if (end - p < 1 || end - p > LOCAL_LONGEST + 2)
		return FALSE;
	if (quoted) {
		p++;
		end--;
	}
	for (const char *q = p; q < end; q++) {
		if (quoted && *q == '\\' && q + 1 < end)
			q++;
		if (!is_atom_char(*q)) {
			if (!quoted || g_ascii_iscntrl(*q) || *q == '"' || *q == '\\')
				return FALSE;
			needs_quotes = TRUE;
		}
	}
	if (needs_quotes)
		sink_put(sink, '"');
	for (; p < end; p++) {
		if (quoted && *p == '\\' && p + 1 < end)
			p++;
		sink_put(sink, g_ascii_tolower(*p));
	}
	if (needs_quotes)
		sink_put(sink, '"');
	return sink->n - start <= LOCAL_LONGEST;
}

/* Two labels at least, the last not a number, as a host's name has them. */
static gboolean put_domain(Sink *sink, const char *p, const char *end)
{
	int labels = 0, in_label = 0;
	gboolean has_letter = FALSE;

	if (p < end && end[-1] == '.')
		end--;
	if (end - p > DOMAIN_LONGEST)
		return FALSE;
	for (; p < end; p++) {
		if (*p == '.') {
			if (in_label == 0 || p[-1] == '-')
				return FALSE;
			labels++;
			in_label = 0;
			has_letter = FALSE;
		} else {
			if (!g_ascii_isalnum(*p) && *p != '_' && (*p != '-' || in_label == 0))
				return FALSE;
			has_letter = has_letter || g_ascii_isalpha(*p);
			if (++in_label > LABEL_LONGEST)
				return FALSE;
		}
		sink_put(sink, g_ascii_tolower(*p));
	}
	return labels > 0 && in_label > 0 && has_letter && end[-1] != '-';
}

const char *email_form(const char *text, gsize length, char *out, gsize size)
{
	Sink sink = {.out = out, .size = size};
	const char *p = text, *end = text + length, *at, *query;
	g_autofree char *local = NULL, *domain = NULL;

	span_trim(&p, &end);
	span_unbracket(&p, &end);
	if (span_skip(&p, end, "mailto:") && (query = memchr(p, '?', (gsize)(end - p))) != NULL)
		end = query;
	at = memrchr(p, '@', (gsize)(end - p));
	if (at == NULL)
		return NOT_AN_EMAIL;
	if (is_ascii(p, end)) {
		if (!put_local(&sink, p, at))
			return NOT_AN_EMAIL;
		sink_put(&sink, '@');
		if (!put_domain(&sink, at + 1, end))
			return NOT_AN_EMAIL;
		return sink_end(&sink) ? NULL : NOT_AN_EMAIL;
	}
	if (end - p > LOCAL_LONGEST + 2 + DOMAIN_LONGEST + 2)
		return NOT_AN_EMAIL;
	local = fold_case(p, at, G_NORMALIZE_NFC);
	if (local == NULL || !g_utf8_validate(at + 1, end - at - 1, NULL))
		return NOT_AN_EMAIL;
	domain = g_strndup(at + 1, (gsize)(end - at - 1));
	if (!is_ascii(domain, domain + strlen(domain))) {
		char *ascii = g_hostname_to_ascii(domain); /* bücher.example and xn--bcher-kva.example are one */

		g_free(domain);
		domain = ascii;
	}
	if (domain == NULL || !put_local(&sink, local, local + strlen(local)))
		return NOT_AN_EMAIL;
	sink_put(&sink, '@');
	if (!put_domain(&sink, domain, domain + strlen(domain)))
		return NOT_AN_EMAIL;
	return sink_end(&sink) ? NULL : NOT_AN_EMAIL;
}

typedef enum { NOTHING, LETTER, DIGIT } CharKind;

/* Words in lower case with one space between. No space where a letter meets a digit: 12 A and 12a, SW1A 1AA and sw1a1aa
 * are one; between two digits it stays: Flat 1, 2 High Street is not Flat 12. */
const char *post_form(const char *text, gsize length, char *out, gsize size)
{
	Sink sink = {.out = out, .size = size};
	g_autofree char *folded = NULL;
	CharKind before = NOTHING;
	gboolean space = FALSE;
	const char *p = text, *end = text + length;

	if (!is_ascii(p, end)) {
		folded = fold_letters(text, length);
		if (folded == NULL)
			return NOT_A_POSTAL_ADDRESS;
		p = folded;
		end = folded + strlen(folded);
	}
	while (p < end) {
		const char *next = (unsigned char)*p < 0x80 ? p + 1 : g_utf8_next_char(p);
		gunichar u = (unsigned char)*p < 0x80 ? (gunichar)*p : g_utf8_get_char(p);
		CharKind kind = g_unichar_isdigit(u) ? DIGIT : g_unichar_isalpha(u) ? LETTER : NOTHING;

		if (*p == '\0')
			return NOT_A_POSTAL_ADDRESS;
		if (kind == NOTHING) {
			if (u != '\'' && u != 0x2019) /* St John's Road is St Johns Road */
				space = TRUE;
		} else {
			if (space && kind == before)
				sink_put(&sink, ' ');
			for (; p < next; p++)
				sink_put(&sink, g_ascii_tolower(*p));
			before = kind;
			space = FALSE;
		}
		p = next;
	}
	return sink.n > 0 && sink_end(&sink) ? NULL : NOT_A_POSTAL_ADDRESS;
}

const char *handle_form(const char *text, gsize length, char *out, gsize size)
{
	Sink sink = {.out = out, .size = size};
	g_autofree char *folded = NULL;
	const char *p = text, *end = text + length;

	if (!is_ascii(p, end)) {
		folded = fold_case(p, end, G_NORMALIZE_NFKC);
		if (folded == NULL)
			return NOT_A_HANDLE;
		p = folded;
		end = folded + strlen(folded);
	}
	span_trim(&p, &end);
	while (p < end && *p == '@')
		p++;
	for (; p < end; p++) {
		if (g_ascii_isspace(*p) || g_ascii_iscntrl(*p))
			return NOT_A_HANDLE;
		sink_put(&sink, g_ascii_tolower(*p));
	}
	return sink.n > 0 && sink_end(&sink) ? NULL : NOT_A_HANDLE;
}
