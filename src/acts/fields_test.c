/* fields_test.c: the one parser of acts' inputs: each type, its limits, what is said of what does not fit, what the
 * record keeps, and what the database gives back. */
#include "acts/fields.h"
#include "acts/run.h"
#include "base/when.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	const char *name, *secret;
	gint64 count;
} Inner;

typedef struct {
	const char *line, *text, *choice, *password, *bytes;
	gboolean yes;
	gint64 count;
	Instant when;
	Day day;
	const char *const *lines;
	const KeyedText *keyed;
	gsize n_keyed;
	const Inner *group;
	gsize n_group;
	const RestrictionArgument *arguments;
	gsize n_arguments;
} All;

static const Field inner_fields[] = {
	FIELD(Inner, name, LINE, .required = TRUE),
	FIELD(Inner, secret, LINE, .privacy = FIELD_SECRET),
	FIELD(Inner, count, COUNT, .help = NULL),
	FIELDS_END,
};

static const Field all_fields[] = {
	FIELD(All, line, LINE, .max = 10),
	FIELD(All, text, TEXT, .max = 50),
	{.name = "choice",
		.type = FIELD_CHOICE,
		.offset = G_STRUCT_OFFSET(All, choice),
		.choices = (const char *const[]){"red", "green", NULL}},
	FIELD(All, password, LINE, .privacy = FIELD_SECRET),
	FIELD(All, bytes, TEXT, .verbatim = TRUE),
	FIELD(All, yes, BOOL, .help = NULL),
	FIELD(All, count, COUNT, .max = 60),
	FIELD(All, when, INSTANT, .help = NULL),
	FIELD(All, day, DAY, .help = NULL),
	FIELD(All, lines, LINES, .max = 3),
	FIELD_LIST(All, keyed, KEYED, .max = 20),
	FIELD_LIST(All, group, GROUP, .max = 2, .fields = inner_fields, .size = sizeof(Inner)),
	FIELD_LIST(All, arguments, ARGUMENTS, .help = NULL),
	FIELDS_END,
};

/* JSON as it is read in this file: ' for ". */
static json_t *json_of(const char *text)
{
	g_autofree char *proper = g_strdelimit(g_strdup(text), "'", '"');
	json_error_t problem;
	json_t *json = json_loads(proper, JSON_DECODE_ANY, &problem);

	if (json == NULL)
		g_error("%s: %s", problem.text, proper);
	return json;
}

static void parse(Arena *mem, const Field *fields, const char *json, void *out, ArenaList *problems)
{
	json_t *input = json_of(json);

	fields_parse(fields, input, NULL, mem, out, problems);
	json_decref(input);
}

static All *parse_good(Arena *mem, const char *json)
{
	All *all = arena_new0(mem, All);
	ArenaList problems = {0};

	parse(mem, all_fields, json, all, &problems);
	if (problems.n > 0)
		g_error("%s: %s", json, ((const FieldProblem *)problems.items[0])->sentence);
	return all;
}

static void every_type(void)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	const All *all = parse_good(mem,
		"{'line': '  two  ', 'text': ' a\\nb\\tc ', 'choice': 'green', 'bytes': ' \\n x\\n', 'yes': true, "
		"'count': 60, 'when': '2026-03-02T09:00:00+01:00', 'day': '2026-02-28', 'lines': ['x', ' ', 'y'], "
		"'keyed': {'a': 'one', 'b': '', 'c': null}, 'group': [{'name': 'n'}, {'name': 'm', 'count': 0}], "
		"'arguments': {'text': 't', 'number': 12, 'list': ['p', 'q'], 'none': null}}");

	g_assert_cmpstr(all->line, ==, "two");
	g_assert_cmpstr(all->text, ==, "a\nb\tc");
	g_assert_cmpstr(all->choice, ==, "green");
	g_assert_cmpstr(all->bytes, ==, " \n x\n");
	g_assert_true(all->yes);
	g_assert_cmpint(all->count, ==, 60);
	g_assert_cmpstr(instant_format(mem, all->when), ==, "2026-03-02T08:00:00Z");
	g_assert_cmpstr(day_format(mem, all->day), ==, "2026-02-28");
	g_assert_cmpuint(g_strv_length((char **)all->lines), ==, 2);
	g_assert_cmpstr(all->lines[1], ==, "y");
	g_assert_cmpuint(all->n_keyed, ==, 1);
	g_assert_cmpstr(all->keyed[0].key, ==, "a");
	g_assert_cmpstr(all->keyed[0].text, ==, "one");
	g_assert_cmpuint(all->n_group, ==, 2);
	g_assert_cmpstr(all->group[1].name, ==, "m");
	g_assert_cmpint(all->group[0].count, ==, -1);
	g_assert_cmpint(all->group[1].count, ==, 0);
	g_assert_cmpuint(all->n_arguments, ==, 3);
	g_assert_cmpstr(all->arguments[1].value, ==, "12");
	g_assert_cmpstr(all->arguments[2].values[1], ==, "q");
}

static void what_is_absent(void)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	/* What a form that was not filled in sends is absent too. */
	static const char *const CASES[] = {"{}",
		"{'line': '', 'text': ' ', 'choice': '', 'yes': '', 'count': '', 'when': '', 'day': '', 'lines': '', "
		"'keyed': {}, 'group': [], 'arguments': {}}",
		"{'line': null, 'text': null, 'choice': null, 'yes': null, 'count': null, 'when': null, 'day': null, "
		"'lines': null, 'keyed': null, 'group': null, 'arguments': null}"};

	for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
		const All *all = parse_good(mem, CASES[i]);

		g_assert_null(all->line);
		g_assert_null(all->text);
		g_assert_null(all->choice);
		g_assert_false(all->yes);
		g_assert_cmpint(all->count, ==, -1);
		g_assert_cmpint(all->when, ==, INSTANT_NONE);
		g_assert_cmpint(all->day, ==, DAY_NONE);
		g_assert_nonnull(all->lines);
		g_assert_null(all->lines[0]);
		g_assert_cmpuint(all->n_keyed + all->n_group + all->n_arguments, ==, 0);
	}
}

/* A form sends texts only. */
static void forms_texts(void)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	const All *all = parse_good(mem, "{'yes': 'yes', 'count': '7', 'lines': 'only'}");

	g_assert_true(all->yes);
	g_assert_cmpint(all->count, ==, 7);
	g_assert_cmpstr(all->lines[0], ==, "only");
	g_assert_null(all->lines[1]);
	g_assert_false(parse_good(mem, "{'yes': 'no'}")->yes);
}

static void what_does_not_fit(void)
{
	static const struct {
		const char *json, *field, *sentence;
	} CASES[] = {
		{"{'line': '12345678901'}", "line", "*has 11 characters, at most 10*"},
		{"{'line': '\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9'}",
			"line", "*has 11 characters*"},
		{"{'when': '9999-12-31T23:59:59Z'}", "when", "*between the years 1970 and 9900*"},
		{"{'when': '1969-12-31T23:59:59Z'}", "when", "*between the years*"},
		{"{'day': '9901-01-01'}", "day", "*between the years*"},
		{"{'line': 'one\\ntwo'}", "line", "*on one line*"},
		{"{'line': 'bell\\u0007'}", "line", "*control characters*"},
		{"{'line': 5}", "line", "*as text*"},
		{"{'text': 'cr\\r\\n.'}", "text", "*control characters*"},
		{"{'choice': 'blue'}", "choice", "*one of 'red', 'green'*"},
		{"{'yes': 'perhaps'}", "yes", "*true or false*"},
		{"{'yes': 1}", "yes", "*true or false*"},
		{"{'count': 61}", "count", "*from 0 to 60*"},
		{"{'count': -1}", "count", "*from 0 to 60*"},
		{"{'count': 1.5}", "count", "*whole number*"},
		{"{'count': '12x'}", "count", "*whole number*"},
		{"{'count': true}", "count", "*whole number*"},
		{"{'when': '2026-03-02'}", "when", "*"},
		{"{'when': 5}", "when", "*as text*"},
		{"{'day': '2026-02-29'}", "day", "*"},
		{"{'lines': ['a', 'b', 'c', 'd']}", "lines", "*may hold 3*"},
		{"{'lines': [['a']]}", "lines", "*as text*"},
		{"{'lines': {}}", "lines", "*list of texts*"},
		{"{'keyed': {'key': '123456789012345678901'}}", "keyed/key", "*at most 20*"},
		{"{'keyed': ['a']}", "keyed", "*object of texts*"},
		{"{'keyed': {'': 'x'}}", "keyed/", "*keys of 1 to 100 characters*"},
		{"{'keyed': {'two\\nlines': 'x'}}", "keyed/", "*without control characters*"},
		{"{'group': [{'name': 'a'}, {'count': 1}]}", "group/1/name", "Fill in 'name'*"},
		{"{'group': [{'name': 'a'}, {'name': 'b'}, {'name': 'c'}]}", "group", "*at most 2 objects*"},
		{"{'group': ['a']}", "group/0/", "*object of fields*"},
		{"{'group': {'name': 'a'}}", "group", "*list of*"},
		{"{'arguments': {'bad': {}}}", "arguments/bad", "*as text*"},
		{"{'arguments': 'x'}", "arguments", "*by their keys*"},
		{"[]", "", "*object of fields*"},
		{"{'lnie': 'x'}", "lnie", "There is no field 'lnie' here. Did you mean 'line'?"},
		{"{'passwort': 'x'}", "passwort", "*Did you mean 'password'?"},
		{"{'zebra': 'x'}", "zebra", "There is no field 'zebra' here."},
		{"{'group': [{'name': 'a', 'nam': 'b'}]}", "group/0/nam", "*Did you mean 'name'?"},
	};
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);

	for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
		All all = {0};
		ArenaList problems = {0};
		const FieldProblem *problem;

		parse(mem, all_fields, CASES[i].json, &all, &problems);
		if (problems.n != 1)
			g_error("%s: %zu problems", CASES[i].json, problems.n);
		problem = problems.items[0];
		g_assert_cmpstr(problem->field, ==, CASES[i].field);
		if (!g_pattern_match_simple(CASES[i].sentence, problem->sentence))
			g_error("%s: %s", CASES[i].json, problem->sentence);
	}
}

static void what_is_needed(void)
{
	static const Field needed[] = {
		FIELD(All, line, LINE, .required = TRUE, .help = "who it is"),
		FIELD(All, yes, BOOL, .required = TRUE),
		FIELD(All, count, COUNT, .required = TRUE),
		FIELD(All, when, INSTANT, .required = TRUE),
		FIELD(All, day, DAY, .required = TRUE),
		FIELD(All, lines, LINES, .required = TRUE),
		FIELD_LIST(All, keyed, KEYED, .required = TRUE),
		FIELD_LIST(All, group, GROUP, .required = TRUE, .fields = inner_fields, .size = sizeof(Inner)),
		FIELDS_END,
	};
	static const char *const CASES[] = {"{}",
		"{'line': ' ', 'yes': '', 'count': '', 'when': '', 'day': '', 'lines': [''], 'keyed': {'a': ''}, "
		"'group': []}"};
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);

	for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
		All all = {0};
		ArenaList problems = {0};

		parse(mem, needed, CASES[i], &all, &problems);
		g_assert_cmpuint(problems.n, ==, G_N_ELEMENTS(needed) - 1);
		for (gsize f = 0; f < problems.n; f++) /* all of them, in the table's order */
			g_assert_cmpstr(((const FieldProblem *)problems.items[f])->field, ==, needed[f].name);
		g_assert_cmpstr(((const FieldProblem *)problems.items[0])->sentence, ==, "Fill in 'line': who it is.");
	}
}

static void the_envelopes_fields_are_not_unknown(void)
{
	static const char *const ENVELOPE[] = {"version", NULL};
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	json_t *input = json_of("{'version': 3, 'verison': 3}");
	ArenaList problems = {0};
	All all = {0};

	fields_parse(all_fields, input, ENVELOPE, mem, &all, &problems);
	g_assert_cmpuint(problems.n, ==, 1);
	g_assert_cmpstr(((const FieldProblem *)problems.items[0])->field, ==, "verison");
	json_decref(input);
}

/* As much as the API lets in, of the worst kind: neither the arena nor the list of problems grows with it. */
static void hostile_inputs(void)
{
	g_autoptr(Arena) mem = arena_new(8 << 20);
	g_autoptr(GString) deep = g_string_new("{'arguments': {'a': ");
	json_t *many = json_object(), *group = json_array();
	ArenaList problems = {0};
	All all = {0};

	for (int i = 0; i < 400000; i++)
		json_object_set_new(many, arena_printf(mem, "%x", (unsigned)i), json_true());
	for (int i = 0; i < 200000; i++)
		json_array_append_new(group, json_integer(i));
	json_object_set_new(many, "group", group);
	fields_parse(all_fields, many, NULL, mem, &all, &problems);
	g_assert_cmpuint(problems.n, ==, 100);
	g_assert_cmpstr(((const FieldProblem *)problems.items[0])->field, ==, "group");
	json_decref(many);

	for (int i = 0; i < 2000; i++)
		g_string_append_c(deep, '[');
	for (int i = 0; i < 2000; i++)
		g_string_append_c(deep, ']');
	g_string_append(deep, "}}");
	problems = (ArenaList){0};
	parse(mem, all_fields, deep->str, &all, &problems);
	g_assert_cmpuint(problems.n, ==, 1);
}

static void K3_secrets_never_enter_content(void)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	json_t *input = json_of("{'version': 2, 'password': 'hush', 'line': 'é', 'group': [{'secret': 'hush', 'name': "
				"'n'}, {'name': 'm'}], 'bytes': ' x '}");
	gsize length;
	const char *content = fields_content(all_fields, input, mem, &length);

	/* All else as it came, in its order. */
	g_assert_cmpstr(content, ==,
		"{\"version\":2,\"line\":\"\xc3\xa9\",\"group\":[{\"name\":\"n\"},{\"name\":\"m\"}],\"bytes\":\" x "
		"\"}");
	g_assert_cmpuint(length, ==, strlen(content));
	g_assert_nonnull(json_object_get(input, "password"));
	json_decref(input);
}

/* A secret that is marked as one in every act's table. */
static void K3_passwords_are_secret_in_every_act(void)
{
	for (gsize i = 0; acts_table[i] != NULL; i++)
		for (const Field *field = acts_table[i]->fields; field->name != NULL; field++)
			if (strstr(field->name, "password") != NULL || strstr(field->name, "token") != NULL)
				g_assert_cmpint(field->privacy, ==, FIELD_SECRET);
}

static void dump_and_load(void)
{
	static const char GOOD[] =
		"{'line': 'l', 'text': 'a\\nb', 'choice': 'red', 'bytes': ' x', 'yes': true, 'count': 0, 'when': "
		"'2026-03-02T09:00:00.000001Z', 'day': '2026-02-28', 'lines': ['x', 'y'], 'keyed': {'b': '1', 'a': "
		"'2'}, "
		"'group': [{'name': 'n', 'count': 3}], 'arguments': {'t': 'v', 'n': 4, 'l': ['p', 'q']}}";
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autoptr(GError) error = NULL;
	All both[2] = {*parse_good(mem, GOOD), *parse_good(mem, "{}")};
	const char *json = fields_dump(all_fields, both, 2, sizeof *both, mem);
	All *back;
	gsize n;

	g_assert_true(fields_load(all_fields, json, sizeof *back, mem, (void **)&back, &n, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(n, ==, 2);
	g_assert_cmpint(back[0].when, ==, both[0].when);
	g_assert_cmpint(back[1].when, ==, INSTANT_NONE);
	g_assert_cmpint(back[1].count, ==, -1);
	g_assert_cmpstr(back[0].bytes, ==, " x");
	g_assert_cmpstr(back[0].keyed[0].key, ==, "b");
	g_assert_cmpstr(back[0].arguments[1].value, ==, "4");
	g_assert_cmpstr(fields_dump(all_fields, back, n, sizeof *back, mem), ==, json);
	g_assert_true(fields_load(all_fields, "[]", sizeof *back, mem, (void **)&back, &n, &error));
	g_assert_cmpuint(n, ==, 0);
}

static void texts_and_keyed_texts(void)
{
	static const char *const TEXTS[] = {"a", "b\"c", NULL};
	static const KeyedText KEYED[] = {{.key = "z", .text = "1"}, {.key = "a", .text = "2"}};
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	const char *const *texts;
	const KeyedText *keyed;
	gsize n;

	g_assert_true(texts_load(texts_dump(TEXTS, mem), mem, &texts, NULL));
	g_assert_true(g_strv_equal(texts, TEXTS));
	g_assert_true(keyed_load(keyed_dump(KEYED, 2, mem), mem, &keyed, &n, NULL));
	g_assert_cmpuint(n, ==, 2);
	g_assert_cmpstr(keyed[0].key, ==, "z");
	g_assert_cmpstr(keyed[1].text, ==, "2");
}

/* Somebody wrote into the database past the program. */
static void what_was_edited_is_a_bug(void)
{
	static const char *const LISTS[] = {"", "{", "{}", "[{'name': 5}]", "[{'strange': 'x'}]", "[5]"};
	static const char *const TEXTS[] = {"", "{}", "[5]", "[null]"};
	static const char *const KEYED[] = {"", "[]", "{'a': 5}"};
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	const char *const *texts;
	const KeyedText *keyed;
	void *items;
	gsize n;

#define BUG(call)                                                                                                      \
	do {                                                                                                           \
		g_autoptr(GError) error = NULL;                                                                        \
		g_assert_false(call);                                                                                  \
		g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_BUG);                                             \
	} while (0)
	for (gsize i = 0; i < G_N_ELEMENTS(LISTS); i++) {
		g_autofree char *json = g_strdelimit(g_strdup(LISTS[i]), "'", '"');

		BUG(fields_load(inner_fields, json, sizeof(Inner), mem, &items, &n, &error));
	}
	for (gsize i = 0; i < G_N_ELEMENTS(TEXTS); i++)
		BUG(texts_load(TEXTS[i], mem, &texts, &error));
	for (gsize i = 0; i < G_N_ELEMENTS(KEYED); i++) {
		g_autofree char *json = g_strdelimit(g_strdup(KEYED[i]), "'", '"');

		BUG(keyed_load(json, mem, &keyed, &n, &error));
	}
#undef BUG
}

/* What is declared can be met: a choice has choices, a list its count, no name stands twice or in the envelope. */
static void check_table(const char *act, const Field *fields, gsize size, gboolean top)
{
	static const char *const ENVELOPE[] = {"request_id", "casefile", "version", "happened_at", "at", NULL};

	for (const Field *field = fields; field->name != NULL; field++) {
		if (top && g_strv_contains(ENVELOPE, field->name))
			g_error("%s: '%s' is the envelope's", act, field->name);
		for (const Field *other = fields; other != field; other++)
			if (g_str_equal(other->name, field->name) || other->offset == field->offset)
				g_error("%s: '%s' stands twice", act, field->name);
		g_assert_cmpuint(field->offset, <, size);
		g_assert_nonnull(field->help);
		if (field->type == FIELD_CHOICE)
			g_assert_nonnull(field->choices[0]);
		if (field->type == FIELD_GROUP || field->type == FIELD_KEYED || field->type == FIELD_ARGUMENTS)
			g_assert_cmpuint(field->count_offset, >, 0);
		if (field->type == FIELD_GROUP)
			check_table(act, field->fields, field->size, FALSE);
	}
}

static void every_acts_table(void)
{
	for (gsize i = 0; acts_table[i] != NULL; i++)
		check_table(acts_table[i]->name, acts_table[i]->fields, acts_table[i]->input_size, TRUE);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/fields/every-type", every_type);
	g_test_add_func("/fields/what-is-absent", what_is_absent);
	g_test_add_func("/fields/forms-texts", forms_texts);
	g_test_add_func("/fields/what-does-not-fit", what_does_not_fit);
	g_test_add_func("/fields/what-is-needed", what_is_needed);
	g_test_add_func("/fields/the-envelopes-fields-are-not-unknown", the_envelopes_fields_are_not_unknown);
	g_test_add_func("/fields/hostile-inputs", hostile_inputs);
	g_test_add_func("/K3/secrets-never-enter-content", K3_secrets_never_enter_content);
	g_test_add_func("/K3/passwords-are-secret-in-every-act", K3_passwords_are_secret_in_every_act);
	g_test_add_func("/fields/dump-and-load", dump_and_load);
	g_test_add_func("/fields/texts-and-keyed-texts", texts_and_keyed_texts);
	g_test_add_func("/fields/what-was-edited-is-a-bug", what_was_edited_is_a_bug);
	g_test_add_func("/fields/every-acts-table", every_acts_table);
	return g_test_run();
}
