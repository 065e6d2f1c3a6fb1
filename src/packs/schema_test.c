/* Tests of schema.c and of the nearest word: docs/adopting/keys.md says of each key what the reader's table says. */
#include "packs/schema.h"

#include "packs/problems.h"

#include <string.h>

static void test_did_you_mean(void)
{
	static const char *const words[] = {"minutes", "months", "until", "review"};
	g_autoptr(Arena) mem = arena_new(1 << 16);

	g_assert_cmpstr(did_you_mean(mem, "minuets", words, 4), ==, "; did you mean 'minutes'?");
	g_assert_cmpstr(did_you_mean(mem, "month", words, 4), ==, "; did you mean 'months'?");
	g_assert_cmpstr(did_you_mean(mem, "reviews", words, 4), ==, "; did you mean 'review'?");
	g_assert_cmpstr(did_you_mean(mem, "zebra", words, 4), ==, "");
	g_assert_cmpstr(did_you_mean(mem, "", words, 4), ==, "");
	g_assert_cmpstr(
		did_you_mean(mem, "a-word-that-is-much-longer-than-any-that-a-pack-may-hold", words, 4), ==, "");
}

/* Every row of the schema as keys.md writes it: `path` | what is allowed | required | rule. */
static void schema_rows(const Shape *shape, const char *prefix, Arena *mem, ArenaList *rows)
{
	for (gsize i = 0; i < shape->n_fields; i++) {
		const Field *field = &shape->fields[i];
		char *path = arena_printf(mem, "%s%s", prefix, field->key);

		arena_list_add(mem, rows,
			arena_printf(mem, "| `%s` | %s | %s | %s | ", path, field_allows(field, mem),
				field->required ? "yes" : "no", field->rule ? field->rule : ""));
		if (field->type == FIELD_SHAPE)
			schema_rows(field->shape, arena_printf(mem, "%s.", path), mem, rows);
		else if (field->type == FIELD_ENTRIES)
			schema_rows(field->shape, arena_printf(mem, "%s.KEY.", path), mem, rows);
		else if (field->type == FIELD_ITEMS)
			schema_rows(field->shape, arena_printf(mem, "%s[].", path), mem, rows);
	}
}

/* docs/adopting/keys.md has a row for each key of the schema, with the same words, and no other. */
static void test_keys_md_is_the_schema(void)
{
	g_autoptr(Arena) mem = arena_new(1 << 20);
	const char *source = g_getenv("EVENHAND_SOURCE");
	g_autofree char *page = NULL;
	g_auto(GStrv) lines = NULL;
	ArenaList rows = {0};
	gsize n_keys = 0;

	g_assert_true(g_file_get_contents(
		arena_printf(mem, "%s/docs/adopting/keys.md", source ? source : "."), &page, NULL, NULL));
	schema_rows(&policy_shape, "", mem, &rows);
	lines = g_strsplit(page, "\n", -1);
	for (gsize i = 0; lines[i]; i++) {
		const char *row = n_keys < rows.n ? rows.items[n_keys] : "";

		if (!g_str_has_prefix(lines[i], "| `"))
			continue;
		if (!g_str_has_prefix(lines[i], row) || strlen(lines[i]) < strlen(row) + 4)
			g_test_message("keys.md:%zu has\n%s\nand the schema has\n%s", i + 1, lines[i], row);
		g_assert_cmpuint(n_keys, <, rows.n);
		g_assert_true(g_str_has_prefix(lines[i], row));
		g_assert_cmpuint(strlen(lines[i]), >=, strlen(row) + 4); /* a meaning in words follows */
		n_keys++;
	}
	g_assert_cmpuint(n_keys, ==, rows.n);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/schema/did-you-mean", test_did_you_mean);
	g_test_add_func("/schema/keys-md-is-the-schema", test_keys_md_is_the_schema);
	return g_test_run();
}
