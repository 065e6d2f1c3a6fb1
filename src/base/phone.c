/* phone.c: phone numbers to E.164. Shape alone decides: a table of the ranges in use is out of date the day it is
 * printed, and would refuse people their own number. What is ambiguous is refused: a number that could be two
 * people's must never become one of them. */
#include "base/forms.h"

#define E164_SHORTEST 7
#define E164_LONGEST 15
#define SHORT_CODE_SHORTEST 3
#define SHORT_CODE_LONGEST 6

static const char NOT_A_NUMBER[] =
	"Type the phone number in digits. Spaces, hyphens, brackets and an extension after x are fine.";
static const char WITHHELD[] = "The caller’s number is withheld. Leave the number out.";
static const char TOO_LONG[] = "The phone number has too many digits. Type it with its area code; for a number abroad "
			       "start with + and the country code.";
static const char TOO_SHORT[] = "The phone number has too few digits. Type it with its area code; for a number abroad "
				"start with + and the country code.";
static const char NOT_WHOLE[] = "Type the whole phone number, as you would dial it from another town; for a number "
				"abroad start with + and the country code.";

/* Room for the longest number and what may stand before it. */
typedef struct {
	char digits[32];
	int n;
	gboolean plus;
} Dialled;

/* The number itself out of "Jo <sip:+441632960123;tag=1@example.org>" or a tel: address; TRUE for an address. */
static gboolean unwrap(const char **p, const char **end)
{
	const char *stop;
	gboolean sip;

	span_trim(p, end);
	span_unbracket(p, end);
	span_trim(p, end);
	sip = span_skip(p, *end, "sip:") || span_skip(p, *end, "sips:");
	if (!sip && !span_skip(p, *end, "tel:"))
		return FALSE;
	if (sip && (stop = memchr(*p, '@', (gsize)(*end - *p))) != NULL)
		*end = stop;
	for (stop = *p; stop < *end && *stop != ';' && !(sip && *stop == ':');)
		stop++;
	*end = stop;
	span_trim(p, end);
	return TRUE;
}

static gboolean span_is_withheld(const char *p, const char *end)
{
	static const char *const WORDS[] = {"anonymous", "unknown", "private", "withheld", "restricted", "unavailable"};

	if (p == end)
		return TRUE;
	if (!g_ascii_isalpha(*p))
		return FALSE;
	for (gsize i = 0; i < G_N_ELEMENTS(WORDS); i++) {
		const char *rest = p;

		if (span_skip(&rest, end, WORDS[i]) && rest == end)
			return TRUE;
	}
	return FALSE;
}

gboolean phone_is_withheld(const char *text)
{
	const char *p = text, *end;

	if (text == NULL)
		return TRUE;
	end = text + strlen(text);
	unwrap(&p, &end);
	return span_is_withheld(p, end);
}

/* "x12", "ext. 12", "#12" and nothing else up to the end. */
static gboolean is_extension(const char *p, const char *end)
{
	static const char *const MARKS[] = {"extension", "extn", "ext", "x", "#", ","};
	const char *rest = p;
	gsize i = 0;

	if (g_ascii_isdigit(*p) || memchr("eExX#,", *p, 6) == NULL)
		return FALSE;
	while (i < G_N_ELEMENTS(MARKS) && !span_skip(&rest, end, MARKS[i]))
		i++;
	if (i == G_N_ELEMENTS(MARKS))
		return FALSE;
	while (rest < end && memchr(" .:,", *rest, 4) != NULL)
		rest++;
	for (p = rest; p < end && (g_ascii_isdigit(*p) || *p == ' ');)
		p++;
	return p > rest && p == end;
}

/* What stands at p: a digit as itself, '+', ' ' for what may stand between digits, NUL for anything else. */
static char read_one(const char **p, const char *end, gboolean in_address)
{
	unsigned char c = (unsigned char)**p;
	gunichar u;

	if (in_address && c == '%' && end - *p >= 3 && g_ascii_isxdigit((*p)[1]) && g_ascii_isxdigit((*p)[2])) {
		c = (unsigned char)(g_ascii_xdigit_value((*p)[1]) * 16 + g_ascii_xdigit_value((*p)[2]));
		*p += 2;
	}
	if (c < 0x80) {
		(*p)++;
		if (g_ascii_isdigit(c) || c == '+')
			return (char)c;
		return c != '\0' && strchr(" \t-.()[]/", c) != NULL ? ' ' : '\0';
	}
	u = g_utf8_get_char_validated(*p, end - *p);
	if (u == (gunichar)-1 || u == (gunichar)-2)
		return '\0';
	*p = g_utf8_next_char(*p);
	if (g_unichar_isdigit(u))
		return (char)('0' + g_unichar_digit_value(u));
	switch (g_unichar_type(u)) {
	case G_UNICODE_SPACE_SEPARATOR:
	case G_UNICODE_DASH_PUNCTUATION:
	case G_UNICODE_OPEN_PUNCTUATION:
	case G_UNICODE_CLOSE_PUNCTUATION:
	case G_UNICODE_FORMAT: /* marks of direction, which address books copy along */
		return ' ';
	default:
		if (u == 0xff0b)
			return '+';
		return u == 0x2212 || u == 0x00b7 ? ' ' : '\0';
	}
}

static gboolean begins(const char *digits, const char *with)
{
	return with[0] != '\0' && g_str_has_prefix(digits, with);
}

/* In Britain 18001 before a number calls it through the text relay, 18002 is the way back: the same person. */
static gboolean is_text_relay(const Dialled *dialled, const PhoneRules *rules)
{
	return g_str_equal(rules->country_code, "44") &&
	       (begins(dialled->digits, "18001") || begins(dialled->digits, "18002"));
}

static const char *read_dialled(
	const char *p, const char *end, gboolean in_address, const PhoneRules *rules, Dialled *dialled)
{
	while (p < end) {
		char c;

		if (dialled->n > 0 && is_extension(p, end))
			return NULL;
		if (*p == '(' && dialled->n > 0 && span_skip(&p, end, "(0)"))
			continue;
		c = read_one(&p, end, in_address);
		if (c == '+') {
			if (dialled->n == 5 && is_text_relay(dialled, rules))
				*dialled = (Dialled){0};
			if (dialled->n > 0 || dialled->plus)
				return NOT_A_NUMBER;
			dialled->plus = TRUE;
		} else if (c == '\0') {
			return NOT_A_NUMBER;
		} else if (c != ' ') {
			if (dialled->n == (int)sizeof(dialled->digits) - 1)
				return TOO_LONG;
			dialled->digits[dialled->n++] = c;
		}
	}
	return NULL;
}

static const char *write_number(const char *before, const char *code, const char *digits, char *out, gsize size)
{
	const char *const parts[] = {before, code, digits};
	Sink sink = {.out = out, .size = size};

	for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
		for (const char *p = parts[i]; *p != '\0'; p++)
			sink_put(&sink, *p);
	}
	return sink_end(&sink) ? NULL : TOO_LONG;
}

/* A number of the pack's own country, without its trunk prefix. */
static const char *write_national(const char *digits, const PhoneRules *rules, char *out, gsize size)
{
	int n = (int)strlen(digits);

	if (n < rules->min_digits)
		return TOO_SHORT;
	if (n > rules->max_digits)
		return TOO_LONG;
	return write_number("+", rules->country_code, digits, out, size);
}

/* After the country's own code people often leave the trunk prefix: +44 01632 960123. */
static const char *skip_trunk(const char *digits, const PhoneRules *rules)
{
	if (begins(digits, rules->trunk_prefix) &&
		(g_str_equal(rules->trunk_prefix, "0") || (int)strlen(digits) > rules->max_digits))
		return digits + strlen(rules->trunk_prefix);
	return digits;
}

/* Digits that begin with a country code. */
static const char *write_international(const char *digits, const PhoneRules *rules, char *out, gsize size)
{
	gsize n = strlen(digits);

	if (digits[0] == '0')
		return NOT_WHOLE;
	if (begins(digits, rules->country_code))
		return write_national(skip_trunk(digits + strlen(rules->country_code), rules), rules, out, size);
	if (n < E164_SHORTEST)
		return TOO_SHORT;
	if (n > E164_LONGEST)
		return TOO_LONG;
	return write_number("+", "", digits, out, size);
}

static const char *write_domestic(const char *digits, const PhoneRules *rules, char *out, gsize size)
{
	int n = (int)strlen(digits);

	if (n < SHORT_CODE_SHORTEST)
		return TOO_SHORT;
	if (n <= SHORT_CODE_LONGEST && digits[0] != '0')
		return write_number("", "", digits, out, size);
	if (begins(digits, rules->trunk_prefix))
		return write_national(digits + strlen(rules->trunk_prefix), rules, out, size);
	/* switches leave out the +; too long for a number of the country itself, it can only be meant so */
	if (begins(digits, rules->country_code) && n > rules->max_digits)
		return write_international(digits, rules, out, size);
	if (rules->trunk_prefix[0] != '\0')
		return NOT_WHOLE;
	return write_national(digits, rules, out, size);
}

const char *phone_form(const char *text, gsize length, const PhoneRules *rules, char *out, gsize size)
{
	static const PhoneRules NOWHERE = {.country_code = "", .trunk_prefix = "", .international_prefix = ""};
	const char *p = text, *end = text + length, *fault, *digits;
	Dialled dialled = {0};
	gboolean in_address = unwrap(&p, &end);

	if (rules == NULL)
		rules = &NOWHERE;
	if (span_is_withheld(p, end))
		return WITHHELD;
	fault = read_dialled(p, end, in_address, rules, &dialled);
	if (fault != NULL)
		return fault;
	digits = dialled.digits;
	if (dialled.n == 0)
		return NOT_A_NUMBER;
	if (dialled.plus)
		return write_international(digits, rules, out, size);
	if (dialled.n > 7 && is_text_relay(&dialled, rules))
		digits += 5;
	if (begins(digits, rules->international_prefix))
		return write_international(digits + strlen(rules->international_prefix), rules, out, size);
	return write_domestic(digits, rules, out, size);
}

/* Into how many groups of digits a number of Britain is written: 020 7946 0199, 0113 496 0123, 01632 960123. */
static const int *groups_in_britain(const char *national)
{
	static const int CITY[] = {2, 4, 4, 0}, AREA[] = {3, 3, 4, 0}, TOWN[] = {4, 6, 0};

	if (national[0] == '2')
		return CITY;
	if (strchr("389", national[0]) != NULL || (national[0] == '1' && (national[1] == '1' || national[2] == '1')))
		return AREA;
	return TOWN;
}

/* From the end: four digits, and threes before them. */
static char *in_threes(const char *national, Arena *mem)
{
	gsize n = strlen(national), last = n > 4 ? n - 4 : 0, first = last % 3;
	const char *words = arena_strndup(mem, national, first);

	for (gsize at = first; at < last; at += 3)
		words = arena_printf(mem, "%s%s%.3s", words, *words == '\0' ? "" : " ", national + at);
	return arena_printf(mem, "%s%s%s", words, *words == '\0' ? "" : " ", national + last);
}

char *phone_in_words(const char *text, const PhoneRules *phones, Arena *mem)
{
	char form[IDENTIFIER_MAX];
	const char *national, *words = "";

	if (phone_form(text, strlen(text), phones, form, sizeof form) != NULL || form[0] != '+' ||
		!begins(form + 1, phones->country_code))
		return arena_strdup(mem, text);
	national = form + 1 + strlen(phones->country_code);
	if (!g_str_equal(phones->country_code, "44"))
		return arena_printf(mem, "+%s %s", phones->country_code, in_threes(national, mem));
	for (const int *group = groups_in_britain(national); *group > 0 && *national != '\0'; group++) {
		words = arena_printf(mem, "%s%s%.*s", words, *words == '\0' ? "" : " ", *group, national);
		national += MIN((gsize)*group, strlen(national));
	}
	return arena_printf(mem, "%s%s", phones->trunk_prefix, words);
}
