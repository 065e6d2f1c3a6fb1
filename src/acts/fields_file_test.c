/* Tests of fields.c: files as an act takes them. */
#include "acts/fields.h"

#include <string.h>

typedef struct {
	const char *what;
	FileInput file;
} Input;

static const Field table[] = {
	FIELD(Input, what, LINE, .help = "what it is"),
	FIELD(Input, file, FILE, .required = TRUE, .max = 10, .help = "the file"),
	FIELDS_END,
};

static json_t *json(const char *text)
{
	json_t *value = json_loads(text, 0, NULL);

	g_assert_nonnull(value);
	return value;
}

typedef struct {
	const char *file;    /* as JSON; NULL: left out */
	const char *problem; /* how its first sentence begins; NULL: none */
	const char *name, *type;
} FileCase;

static void what_is_taken(void)
{
	static const FileCase CASES[] = {
		{"{\"name\":\"a.eml\",\"type\":\"message/rfc822\",\"bytes\":\"aGVsbG8=\"}", NULL, "a.eml",
			"message/rfc822"},
		{"{\"name\":\"../mail/a.eml\",\"bytes\":\"aGVsbG8=\"}", NULL, "a.eml", "application/octet-stream"},
		{"{\"name\":\"C:\\\\mail\\\\a.eml\",\"type\":\"text/html; charset=utf-8\",\"bytes\":\"aGVsbG8=\"}",
			NULL, "a.eml", "application/octet-stream"},
		{"{\"name\":\"mail/\",\"bytes\":\"aGVsbG8=\"}", NULL, "file", "application/octet-stream"},
		{"{\"bytes\":\"MTIzNDU2Nzg5MA==\"}", NULL, "file", "application/octet-stream"},
		{"{\"bytes\":\"MTIzNDU2Nzg5MDE=\"}", "'file' is too large", NULL, NULL},
		{"{\"name\":\"a\",\"bytes\":\"\"}", "'file' is empty", NULL, NULL},
		{"{\"name\":\"a\",\"bytes\":\"aGVsbG8\"}", "'file' is empty", NULL, NULL},
		{"{\"name\":\"a\",\"bytes\":\"aGVs=bG8\"}", "'file' is empty", NULL, NULL},
		{"{\"name\":\"a\",\"bytes\":\"aGV\\u0000bG8=\"}", "'file' is empty", NULL, NULL},
		{"{\"name\":\"a\\u0001\",\"bytes\":\"aGVsbG8=\"}", "Write 'name'", NULL, NULL},
		{"{\"name\":\"a\"}", "'file' is empty", NULL, NULL},
		{"\"letter.eml\"", "Give 'file' as an object", NULL, NULL},
		{"[]", "Give 'file' as an object", NULL, NULL},
		{NULL, "Fill in 'file'", NULL, NULL},
		{"null", "Fill in 'file'", NULL, NULL},
		{"\"\"", "Fill in 'file'", NULL, NULL},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autoptr(Arena) mem = arena_new(1 << 20);
		g_autofree char *text =
			CASES[i].file != NULL ? g_strdup_printf("{\"file\":%s}", CASES[i].file) : g_strdup("{}");
		json_t *input = json_loads(text, JSON_ALLOW_NUL, NULL);
		ArenaList problems = {0};
		Input out = {0};

		g_assert_nonnull(input);
		fields_parse(table, input, NULL, mem, &out, &problems);
		json_decref(input);
		if (CASES[i].problem != NULL) {
			const FieldProblem *first = problems.n > 0 ? problems.items[0] : NULL;

			g_assert_nonnull(first);
			g_assert_true(g_str_has_prefix(first->sentence, CASES[i].problem));
			g_assert_cmpuint(problems.n, ==, 1);
			g_assert_null(out.file.bytes);
			continue;
		}
		g_assert_cmpuint(problems.n, ==, 0);
		g_assert_cmpstr(out.file.name, ==, CASES[i].name);
		g_assert_cmpstr(out.file.type, ==, CASES[i].type);
	}
}

static void K3_the_record_keeps_the_hash_and_not_the_bytes(void)
{
	g_autoptr(Arena) mem = arena_new(1 << 20);
	json_t *input = json(
		"{\"what\":\"a mail\",\"file\":{\"name\":\"a.eml\",\"type\":\"text/plain\",\"bytes\":\"aGVsbG8=\"}}");
	ArenaList problems = {0};
	const char *content;
	Input out = {0};
	gsize length;

	fields_parse(table, input, NULL, mem, &out, &problems);
	g_assert_cmpuint(out.file.length, ==, 5);
	g_assert_true(memcmp(out.file.bytes, "hello", 5) == 0);
	content = fields_content(table, input, mem, &length);
	json_decref(input);
	g_assert_cmpstr(content, ==,
		arena_printf(mem,
			"{\"what\":\"a "
			"mail\",\"file\":{\"name\":\"a.eml\",\"type\":\"text/plain\",\"size\":5,\"sha256\":\"%s\"}}",
			out.file.hash));
	g_assert_cmpstr(out.file.hash, ==, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/file/what-is-taken", what_is_taken);
	g_test_add_func(
		"/K3/the-record-keeps-the-hash-and-not-the-bytes", K3_the_record_keeps_the_hash_and_not_the_bytes);
	return g_test_run();
}
