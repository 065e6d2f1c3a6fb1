/* Tests of multipart.c. */
#include "http/multipart.h"

#include <string.h>

typedef struct {
	const char *type, *boundary;
} TypeCase;

static void boundaries(void)
{
	static const TypeCase CASES[] = {
		{"multipart/form-data; boundary=abc", "abc"},
		{"Multipart/Form-Data;boundary=\"a:b c\"", NULL},
		{"multipart/form-data; boundary=\"a:b=c\"", "a:b=c"},
		{"multipart/form-data; charset=utf-8; Boundary=----WebKitFormBoundaryX1", "----WebKitFormBoundaryX1"},
		{"multipart/form-data", NULL},
		{"multipart/form-data; boundary=", NULL},
		{"multipart/mixed; boundary=abc", NULL},
		{"application/x-www-form-urlencoded", NULL},
		{"multipart/form-data; boundary=\"abc", NULL},
		{"multipart/form-data; boundary=a\001b", NULL},
		{"multipart/form-data; boundary="
		 "12345678901234567890123456789012345678901234567890123456789012345678901",
			NULL},
	};
	g_autoptr(Arena) mem = arena_new(1 << 16);

	for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++)
		g_assert_cmpstr(multipart_boundary(mem, CASES[i].type), ==, CASES[i].boundary);
}

static MultipartPart *parse(Arena *mem, const char *body, gsize *n, gboolean *whole)
{
	return multipart_parse(mem, body, strlen(body), "b", 10, n, whole);
}

static void assert_part(
	const MultipartPart *part, const char *name, const char *file, const char *type, const char *bytes)
{
	g_assert_cmpstr(part->name, ==, name);
	g_assert_cmpstr(part->file_name, ==, file);
	g_assert_cmpstr(part->type, ==, type);
	g_assert_cmpuint(part->length, ==, strlen(bytes));
	g_assert_true(memcmp(part->bytes, bytes, part->length) == 0);
}

#define TEXT(name, value) "--b\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"

static void texts_and_files(void)
{
	g_autoptr(Arena) mem = arena_new(1 << 16);
	gboolean whole;
	gsize n;
	const MultipartPart *parts = parse(mem,
		TEXT("what", "two\r\nlines") TEXT("empty", "") "--b\r\ncontent-disposition: form-data; name=\"file\"; "
							       "filename=\"a%22b;c.eml\"\r\nContent-Type: "
							       "message/rfc822\r\n\r\n--b is no line\r\n\r\n--b--\r\n",
		&n, &whole);

	g_assert_true(whole);
	g_assert_cmpuint(n, ==, 3);
	assert_part(&parts[0], "what", NULL, "", "two\r\nlines");
	assert_part(&parts[1], "empty", NULL, "", "");
	assert_part(&parts[2], "file", "a\"b;c.eml", "message/rfc822", "--b is no line\r\n");
}

static void bytes_of_any_kind(void)
{
	static const char BODY[] =
		"--b\r\nContent-Disposition: form-data; name=f; filename=x\r\n\r\n\0\xff\r\n-\r\n--b--";
	g_autoptr(Arena) mem = arena_new(1 << 16);
	gboolean whole;
	gsize n;
	const MultipartPart *parts = multipart_parse(mem, BODY, sizeof BODY - 1, "b", 10, &n, &whole);

	g_assert_true(whole);
	g_assert_cmpuint(n, ==, 1);
	g_assert_cmpuint(parts[0].length, ==, 5);
	g_assert_true(memcmp(parts[0].bytes, "\0\xff\r\n-", 5) == 0);
}

typedef struct {
	const char *body;
	gsize n; /* parts before it broke */
} BrokenCase;

static void what_is_broken_is_not_whole(void)
{
	static const BrokenCase CASES[] = {
		{"", 0},
		{"--c\r\n", 0},
		{"--b", 0},
		{TEXT("a", "1"), 0},
		{TEXT("a", "1") "--b", 1},
		{TEXT("a", "1") "--b\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\nhalf a va", 1},
		{TEXT("a", "1") "--b--\r\nmore", 1},
		{TEXT("a", "1") "--bx\r\n", 1},
		{"--b\r\nContent-Disposition: form-data\r\n\r\n1\r\n--b--\r\n", 0},
		{"--b\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--b--\r\n", 0},
		{"--b\r\nno head at all\r\n\r\n1\r\n--b--\r\n", 0},
		{"--b\r\nContent-Type: text/plain\r\n\r\n1\r\n--b--\r\n", 0},
		{"--b\r\nContent-Disposition: form-data; name=\"\xff\"\r\n\r\n1\r\n--b--\r\n", 0},
		{"--b\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; "
		 "name=\"b\"\r\n\r\n1\r\n"
		 "--b--\r\n",
			0},
		{"--b\nContent-Disposition: form-data; name=\"a\"\n\n1\n--b--\n", 0},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autoptr(Arena) mem = arena_new(1 << 16);
		gboolean whole = TRUE;
		gsize n;

		parse(mem, CASES[i].body, &n, &whole);
		g_assert_false(whole);
		g_assert_cmpuint(n, ==, CASES[i].n);
	}
}

static void more_parts_than_are_taken(void)
{
	g_autoptr(GString) body = g_string_new(NULL);
	g_autoptr(Arena) mem = arena_new(1 << 20);
	gboolean whole = TRUE;
	gsize n;

	for (int i = 0; i < 11; i++)
		g_string_append(body, TEXT("a", "1"));
	g_string_append(body, "--b--\r\n");
	parse(mem, body->str, &n, &whole);
	g_assert_cmpuint(n, ==, 10);
	g_assert_false(whole);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/multipart/boundaries", boundaries);
	g_test_add_func("/multipart/texts-and-files", texts_and_files);
	g_test_add_func("/multipart/bytes-of-any-kind", bytes_of_any_kind);
	g_test_add_func("/multipart/what-is-broken-is-not-whole", what_is_broken_is_not_whole);
	g_test_add_func("/multipart/more-parts-than-are-taken", more_parts_than_are_taken);
	return g_test_run();
}
