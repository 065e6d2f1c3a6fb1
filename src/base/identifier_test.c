/* Tests of identifier.c, address.c and fold.c; phone numbers are phone_test.c. */
#include "base/error.h"
#include "base/identifier.h"

#include <stdlib.h>
#include <string.h>

/* The fast path may not allocate: the program's own malloc counts. Under a sanitizer malloc is the sanitizer's. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define SANITIZED 1
#endif
#endif
#if !defined(SANITIZED) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define COUNTS_ALLOCATIONS 1
static int allocations;

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t size);

void *malloc(size_t size)
{
	allocations++;
	return __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
	allocations++;
	return __libc_calloc(n, size);
}

void *realloc(void *p, size_t size)
{
	allocations++;
	return __libc_realloc(p, size);
}
#endif

static const PhoneRules BRITAIN = {"44", "0", "00", 7, 10};

typedef struct {
	const char *typed, *form; /* form NULL: must be refused */
} Case;

static void check(IdentifierKind kind, const Case *cases, gsize n)
{
	g_autoptr(Arena) mem = arena_new(1 << 20);

	for (gsize i = 0; i < n; i++) {
		g_autoptr(GError) error = NULL;
		char *form = NULL;
		gboolean ok = identifier_normalise(kind, cases[i].typed, &BRITAIN, "from", mem, &form, &error);

		if (ok != (cases[i].form != NULL))
			g_test_message("typed: %s", cases[i].typed);
		g_assert_cmpstr(form, ==, cases[i].form);
		g_assert_cmpint(ok, ==, cases[i].form != NULL);
		if (!ok) {
			g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_INVALID);
			g_assert_cmpstr(evenhand_error_field(error), ==, "from");
		}
	}
}

#define LABEL63 "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz12345678901"
#define LOCAL64 LABEL63 "x"

static void test_email(void)
{
	static const Case CASES[] = {
		{"jo@example.org", "jo@example.org"},
		{" Jo.Bloggs@Example.ORG\n", "jo.bloggs@example.org"},
		{"jo+tag@example.org", "jo+tag@example.org"},
		{"Jo Bloggs <jo@example.org>", "jo@example.org"},
		{"\"<jo>\" <jo@example.org>", "jo@example.org"},
		{"<jo@example.org>", "jo@example.org"},
		{"mailto:jo@example.org?subject=a@b", "jo@example.org"},
		{"jo@example.org.", "jo@example.org"},
		{"\"jo\"@example.org", "jo@example.org"},
		{"\"j\\o\"@example.org", "jo@example.org"},
		{"\"jo bloggs\"@example.org", "\"jo bloggs\"@example.org"},
		{"\"a@b\"@example.org", "\"a@b\"@example.org"},
		{"o'brien@example.org", "o'brien@example.org"},
		{"jo..bloggs.@example.org", "jo..bloggs.@example.org"}, /* seen in the wild */
		{"JOS\xc3\x89@example.org", "jos\xc3\xa9@example.org"},
		{"jose\xcc\x81@example.org", "jos\xc3\xa9@example.org"}, /* the accent apart */
		{"jo@B\xc3\xbc"
		 "cher.example",
			"jo@xn--bcher-kva.example"},
		{"jo@xn--bcher-kva.example", "jo@xn--bcher-kva.example"},
		{LOCAL64 "@example.org", LOCAL64 "@example.org"},
		{"jo@" LABEL63 ".org", "jo@" LABEL63 ".org"},
		{NULL, NULL},
		{"", NULL},
		{"<>", NULL},
		{"@", NULL},
		{"jo", NULL},
		{"jo@", NULL},
		{"@example.org", NULL},
		{"jo@localhost", NULL},
		{"jo@.org", NULL},
		{"jo@example..org", NULL},
		{"jo@-example.org", NULL},
		{"jo@example-.org", NULL},
		{"jo@example.org-", NULL},
		{"jo@192.0.2.1", NULL},
		{"jo@[192.0.2.1]", NULL},
		{"jo bloggs@example.org", NULL},
		{"jo@exam ple.org", NULL},
		{"jo@b@example.org", NULL},
		{"jo,al@example.org", NULL},
		{"\"jo@example.org", NULL},
		{"\"\"@example.org", NULL},
		{"\"j\"o\"@example.org", NULL},
		{"jo\x01@example.org", NULL},
		{"jo\xff@example.org", NULL},
		{"jo@ex\xff"
		 "ample.org",
			NULL},
		{LOCAL64 "y@example.org", NULL},
		{"jo@" LABEL63 "2.org", NULL},
		{"jo@" LABEL63 "." LABEL63 "." LABEL63 "." LABEL63 ".org", NULL},
	};

	check(IDENTIFIER_EMAIL, CASES, G_N_ELEMENTS(CASES));
}

static void test_post(void)
{
	static const Case CASES[] = {
		{"12 High Street,\nLondon  SW1A 1AA", "12high street london sw1a1aa"},
		{"12, HIGH STREET. LONDON SW1A1AA", "12high street london sw1a1aa"},
		{"12A St. John's Road", "12a st johns road"},
		{"12 a St John\xe2\x80\x99s Road", "12a st johns road"},
		{"Stoke-on-Trent", "stoke on trent"},
		{"Flat 1, 2 High Street", "flat1 2high street"},
		{"Flat 12 High Street", "flat12high street"}, /* another household */
		{"\xc3\x86r\xc3\xb8gade 5", "aerogade5"},
		{"Caf\xc3\xa9 Lane", "cafe lane"},
		{"Sm\xc3\xb6rg\xc3\xa5s Lane", "smorgas lane"},
		{NULL, NULL},
		{"", NULL},
		{" ,.- ", NULL},
		{"12 High\xff Street", NULL},
	};

	check(IDENTIFIER_POST, CASES, G_N_ELEMENTS(CASES));
}

static void test_handle(void)
{
	static const Case CASES[] = {
		{"@JoBloggs", "jobloggs"},
		{" jobloggs ", "jobloggs"},
		{"jo.bloggs@social.example", "jo.bloggs@social.example"},
		{"@JOS\xc3\x89", "jos\xc3\xa9"},
		{"\xef\xbc\xa0jo", "jo"}, /* full width @ */
		{NULL, NULL},
		{"@", NULL},
		{"\xc7\xb0o", "\xc7\xb0o"}, /* a letter that case folding takes apart */
		{"jo bloggs", NULL},
		{"jo\xc2\xa0"
		 "bloggs",
			NULL},
		{"jo\x07", NULL},
		{"jo\xff", NULL},
	};

	check(IDENTIFIER_HANDLE, CASES, G_N_ELEMENTS(CASES));
}

static void test_kinds(void)
{
	IdentifierKind kind = IDENTIFIER_KINDS;

	for (guint i = 0; i < IDENTIFIER_KINDS; i++) {
		g_assert_true(identifier_kind_parse(identifier_kind_name((IdentifierKind)i), &kind));
		g_assert_cmpint(kind, ==, i);
	}
	g_assert_false(identifier_kind_parse("fax", &kind));
	g_assert_false(identifier_kind_parse(NULL, &kind));
}

static void test_length_limits(void)
{
	g_autofree char *text = g_malloc(4000);
	char out[IDENTIFIER_MAX];

	memset(text, ' ', 4000);
	text[999] = text[1000] = 'a';
	g_assert_true(identifier_normalise_into(IDENTIFIER_POST, text, IDENTIFIER_TYPED_MAX, NULL, out, sizeof(out)));
	g_assert_false(
		identifier_normalise_into(IDENTIFIER_POST, text, IDENTIFIER_TYPED_MAX + 1, NULL, out, sizeof(out)));
	memset(text, 'a', 4000);
	for (guint kind = IDENTIFIER_POST; kind < IDENTIFIER_KINDS; kind++) {
		g_assert_true(identifier_normalise_into((IdentifierKind)kind, text, 511, NULL, out, sizeof(out)));
		g_assert_cmpuint(strlen(out), ==, 511);
		g_assert_false(identifier_normalise_into((IdentifierKind)kind, text, 512, NULL, out, sizeof(out)));
		g_assert_true(identifier_normalise_into((IdentifierKind)kind, text, 5, NULL, out, 6));
		g_assert_false(identifier_normalise_into((IdentifierKind)kind, text, 5, NULL, out, 5));
		g_assert_false(identifier_normalise_into((IdentifierKind)kind, text, 5, NULL, out, 0));
	}
	for (guint kind = 0; kind < IDENTIFIER_KINDS; kind++) {
		g_assert_false(identifier_normalise_into((IdentifierKind)kind, text, 4000, NULL, out, sizeof(out)));
		g_assert_false(
			identifier_normalise_into((IdentifierKind)kind, "a\0@b.example", 12, NULL, out, sizeof(out)));
	}
	g_assert_true(identifier_normalise_into(IDENTIFIER_EMAIL, "jo@example.org>", 14, NULL, out, 15));
	g_assert_false(identifier_normalise_into(IDENTIFIER_EMAIL, "jo@example.org", 14, NULL, out, 14));
}

#ifdef COUNTS_ALLOCATIONS
static void test_fast_path_allocates_nothing(void)
{
	static const struct {
		IdentifierKind kind;
		const char *text;
	} CASES[] = {
		{IDENTIFIER_PHONE, "+441632960123"},
		{IDENTIFIER_PHONE, "01632 960123 ext 4"},
		{IDENTIFIER_PHONE, "sip:+441632960123@example.org"},
		{IDENTIFIER_PHONE, "anonymous"},
		{IDENTIFIER_EMAIL, "Jo.Bloggs@Example.org"},
		{IDENTIFIER_EMAIL, "nothing"},
		{IDENTIFIER_POST, "12 High Street, London SW1A 1AA"},
		{IDENTIFIER_HANDLE, "@JoBloggs"},
	};
	char out[IDENTIFIER_MAX];
	int before;

	free(g_strdup("counted"));
	g_assert_cmpint(allocations, >, 0);
	before = allocations;
	for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++)
		identifier_normalise_into(
			CASES[i].kind, CASES[i].text, strlen(CASES[i].text), &BRITAIN, out, sizeof(out));
	g_assert_cmpint(allocations, ==, before);
}
#endif

/* Whatever comes in: nothing is written beyond the buffer, and the form of a form is itself. */
static void test_form_of_a_form(void)
{
	static const char ALPHABET[][8] = {"0", "1", "4", "4", "+", "(", ")", " ", "x", "#", "a", "B", "\"", "\\", "<",
		">", "@", ".", ".org", "-", "'", "%", "2", "B", ";", ":", "sip:", "tel:", "mailto", "\xc3\x89",
		"\xcc\x81", "\xc4\xb0", "\xef\xbc\xa0", "\xe2\x84\x8c", "\xc2\xa0", "\xff", "\xc5\x81", "\xef\xac\x81",
		"\xc7\x85"};

	for (int round = 0; round < 200000; round++) {
		IdentifierKind kind = (IdentifierKind)(round % IDENTIFIER_KINDS);
		int n = g_test_rand_int_range(0, 16);
		gsize length = 0, size = (gsize)g_test_rand_int_range(0, 40);
		char text[128];
		g_autofree char *out = g_malloc(size);
		char again[40];

		while (n-- > 0) {
			const char *piece = ALPHABET[g_test_rand_int_range(0, G_N_ELEMENTS(ALPHABET))];

			memcpy(text + length, piece, strlen(piece));
			length += strlen(piece);
		}
		text[length] = '\0';
		if (!identifier_normalise_into(kind, text, length, &BRITAIN, out, size))
			continue;
		g_assert_cmpuint(strnlen(out, size), <, size);
		if (!identifier_normalise_into(kind, out, strlen(out), &BRITAIN, again, sizeof(again)) ||
			strcmp(out, again) != 0)
			g_error("%s: '%s' gave '%s', and that something else", identifier_kind_name(kind), text, out);
	}
}

static void test_names(void)
{
	static const Case CASES[] = {
		{"O'Brien", "obrien"},
		{"OBrien", "obrien"},
		{"O Brien", "obrien"},
		{"O\xe2\x80\x99"
		 "BRIEN",
			"obrien"},
		{"O`Brien", "obrien"},
		{"\xc5\x81ukasz \xc5\xbb\xc3\xb3\xc5\x82\xc4\x87", "lukaszzolc"},
		{"\xc3\x86r\xc3\xb8", "aero"},
		{"\xc4\xb0stanbul", "istanbul"},
		{"Istanbul", "istanbul"},
		{"D\xc4\xb1yarbak\xc4\xb1r", "diyarbakir"},
		{"Stra\xc3\x9f"
		 "e",
			"strasse"},
		{"\xc3\x9eorvald \xc3\x90ur", "thorvalddur"},
		{"\xc5\x92uvre", "oeuvre"},
		{"Anne-Marie", "annemarie"},
		{"Anne\xe2\x80\x90Marie", "annemarie"},
		{"St. John", "stjohn"},
		{"Hawai\xca\xbbi", "hawaii"},
		{"Ren\xc3\xa9"
		 "e",
			"renee"},
		{"Rene\xcc\x81"
		 "e",
			"renee"},
		{"\xef\xac\x81on", "fion"}, /* the ligature fi */
		{"\xce\x9d\xce\xaf\xce\xba\xce\xbf\xcf\x82",
			"\xce\xbd\xce\xb9\xce\xba\xce\xbf\xcf\x83"}, /* Níkos, final sigma */
		{"\xe6\x9d\x8e \xe5\xb0\x8f\xe9\xbe\x99", "\xe6\x9d\x8e\xe5\xb0\x8f\xe9\xbe\x99"},
		{"Jo 2", "jo2"},
		{"\xef\xbc\xaa\xef\xbd\x8f", "jo"}, /* full width */
		{"", ""},
		{"--", ""},
		{"Jo\xff", ""},
	};
	g_autoptr(Arena) mem = arena_new(1 << 20);

	for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++)
		g_assert_cmpstr(name_fold(mem, CASES[i].typed), ==, CASES[i].form);
}

static void test_storable(void)
{
	static const struct {
		const char *text;
		gsize length;
		gboolean in_a_line, in_a_text;
	} CASES[] = {
		{"", 0, TRUE, TRUE}, {"\xc5\x81ukasz", 7, TRUE, TRUE}, {"a\nb", 3, FALSE, TRUE},
		{"a\tb", 3, FALSE, TRUE}, {"a\r\nb", 4, FALSE, FALSE}, {"a\0b", 3, FALSE, FALSE},
		{"a\x1b[2J", 5, FALSE, FALSE}, {"a\x7f", 2, FALSE, FALSE},
		{"a\xc2\x85", 3, FALSE, FALSE},    /* next line, a control character of Unicode */
		{"a\xe2\x80\xa8", 4, FALSE, TRUE}, /* line separator */
		{"a\xe2\x80\xae"
		 "b",
			5, FALSE, TRUE},           /* turns what follows from right to left */
		{"a\xe2\x81\xa9", 4, FALSE, TRUE}, /* ends such a turn */
		{"a\xe2\x80\x8f"
		 "b",
			5, TRUE, TRUE},                                 /* a mark without width, as names hold it */
		{"a\xff", 2, FALSE, FALSE}, {"a\xc5", 2, FALSE, FALSE}, /* cut off */
		{"\xed\xa0\x80", 3, FALSE, FALSE},                      /* half a surrogate pair */
		{"\xc0\xaf", 2, FALSE, FALSE},                          /* overlong */
	};

	for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_assert_cmpint(text_is_storable(CASES[i].text, CASES[i].length, FALSE), ==, CASES[i].in_a_line);
		g_assert_cmpint(text_is_storable(CASES[i].text, CASES[i].length, TRUE), ==, CASES[i].in_a_text);
	}
}

int main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/identifier/email", test_email);
	g_test_add_func("/identifier/R11/post-keeps-households-apart", test_post);
	g_test_add_func("/identifier/handle", test_handle);
	g_test_add_func("/identifier/kinds", test_kinds);
	g_test_add_func("/identifier/length-limits", test_length_limits);
#ifdef COUNTS_ALLOCATIONS /* a sanitizer owns malloc */
	g_test_add_func("/identifier/fast-path-allocates-nothing", test_fast_path_allocates_nothing);
#endif
	g_test_add_func("/identifier/form-of-a-form-is-itself", test_form_of_a_form);
	g_test_add_func("/identifier/names-meet", test_names);
	g_test_add_func("/identifier/storable", test_storable);
	return g_test_run();
}
