/* form_test.c: what a form's fields become, by an act's table; and the table of pages. */
#include "web/form.h"
#include "web/words.h"

#include <stdlib.h>

typedef struct {
	const char *kind, *report;
	const RestrictionArgument *arguments;
	gsize n_arguments;
} Asked;

typedef struct {
	const char *line, *text;
	gboolean yes;
	gint64 count;
	Day day;
	const char *const *lines;
	const KeyedText *keyed;
	gsize n_keyed;
	const Asked *group;
	gsize n_group;
} Input;

static const Field asked_fields[] = {
	FIELD(Asked, kind, LINE, .required = FALSE),
	FIELD(Asked, report, LINE, .required = FALSE),
	FIELD_LIST(Asked, arguments, ARGUMENTS, .required = FALSE),
	FIELDS_END,
};

static const Field fields[] = {
	FIELD(Input, line, LINE, .required = FALSE),
	FIELD(Input, text, TEXT, .required = FALSE),
	FIELD(Input, yes, BOOL, .required = FALSE),
	FIELD(Input, count, COUNT, .required = FALSE),
	FIELD(Input, day, DAY, .required = FALSE),
	FIELD(Input, lines, LINES, .required = FALSE),
	FIELD_LIST(Input, keyed, KEYED, .required = FALSE),
	FIELD_LIST(Input, group, GROUP, .fields = asked_fields, .size = sizeof(Asked)),
	FIELDS_END,
};

static json_t *envelope_of(Arena *mem, const HttpPair *pairs, gsize n)
{
	g_autoptr(Zone) zone = zone_new("Europe/London", NULL);
	Instant now;

	g_assert_true(instant_parse("2026-07-24T15:30:00+01:00", NULL, &now, NULL));
	return form_envelope(pairs, n, mem, fields, zone, now);
}

#define ENVELOPE(mem, ...)                                                                                             \
	envelope_of((mem), (const HttpPair[]){__VA_ARGS__}, sizeof((const HttpPair[]){__VA_ARGS__}) / sizeof(HttpPair))

static void assert_json(json_t *json, const char *expected)
{
	json_t *other = json_loads(expected, 0, NULL);
	char *text = json_dumps(json, JSON_SORT_KEYS);

	if (!json_equal(json, other))
		g_error("%s, not %s", text, expected);
	free(text);
	json_decref(other);
	json_decref(json);
}

#define EMPTY "\"lines\": [], \"keyed\": {}, \"group\": []"

static void only_declared_fields_are_read(void)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);

	assert_json(ENVELOPE(mem, {"csrf", "k"}, {"q", "typed"}, {"line", "a"}, {"line", "twice"}, {"text", "b\nc"},
			    {"yes", "yes"}, {"count", "7"}, {"actor", "root"}),
		"{\"line\": \"a\", \"text\": \"b\\nc\", \"yes\": \"yes\", \"count\": \"7\", " EMPTY "}");
	assert_json(ENVELOPE(mem, {"line", ""}), "{" EMPTY "}");
}

static void the_envelope_is_read_beside_them(void)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);

	assert_json(ENVELOPE(mem, {"request_id", "r"}, {"casefile", "CF-2026-000001"}, {"version", "3"},
			    {"at", "2020-01-01T00:00:00Z"}),
		"{\"request_id\": \"r\", \"casefile\": \"CF-2026-000001\", \"version\": \"3\", " EMPTY "}");
}

static void a_day_is_three_fields_or_one(void)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);

	assert_json(ENVELOPE(mem, {"day/day", "5"}, {"day/month", "11"}, {"day/year", "2026"}),
		"{\"day\": \"2026-11-05\", " EMPTY "}");
	assert_json(ENVELOPE(mem, {"day", "2026-11-05"}), "{\"day\": \"2026-11-05\", " EMPTY "}");
	assert_json(ENVELOPE(mem, {"day/day", ""}, {"day/month", ""}, {"day/year", ""}), "{" EMPTY "}");
	/* What is no date goes on as it was typed: the act refuses it, with the field's name. */
	assert_json(ENVELOPE(mem, {"day/day", "x"}, {"day/month", "11"}, {"day/year", "2026"}),
		"{\"day\": \"2026-11-x\", " EMPTY "}");
}

static void lists_and_keys_and_groups(void)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);

	assert_json(ENVELOPE(mem, {"lines", "a"}, {"lines", ""}, {"lines", "b"}, {"keyed/one", "1"}, {"keyed/two", ""},
			    {"group/0/kind", "channels-only"}, {"group/0/arguments/channels[]", "email"},
			    {"group/0/arguments/channels[]", "letter"}, {"group/1/kind", "call-slot"},
			    {"group/1/arguments/weekday", "friday"}, {"group/3/kind", "not in a row"}),
		"{\"lines\": [\"a\", \"b\"], \"keyed\": {\"one\": \"1\"}, \"group\": ["
		"{\"kind\": \"channels-only\", \"arguments\": {\"channels\": [\"email\", \"letter\"]}}, "
		"{\"kind\": \"call-slot\", \"arguments\": {\"weekday\": \"friday\"}}]}");
}

/* A group's end is where no field begins with its number: no form makes it long. */
static void a_group_is_bounded(void)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	HttpPair pairs[150];
	json_t *json;

	for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++)
		pairs[i] = (HttpPair){arena_printf(mem, "group/%zu/kind", i), "k"};
	json = envelope_of(mem, pairs, G_N_ELEMENTS(pairs));
	g_assert_cmpuint(json_array_size(json_object_get(json, "group")), ==, 100);
	json_decref(json);
}

static void problems_name_what_the_page_shows(void)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);

	g_assert_cmpstr(form_in_words(mem, "what", "Shorten 'what': it has 5 characters."), ==,
		"Shorten ‘What it was about’: it has 5 characters.");
	g_assert_cmpstr(form_in_words(mem, "group/0/minutes", "Give 'minutes' as a whole number."), ==,
		"Give ‘Minutes it took’ as a whole number.");
	g_assert_cmpstr(form_in_words(mem, "what", "Say more."), ==, "Say more.");
	g_assert_cmpstr(form_in_words(mem, "zebra", "Shorten 'zebra'."), ==, "Shorten 'zebra'.");
	g_assert_cmpstr(form_in_words(mem, "", "Nothing is '' here."), ==, "Nothing is '' here.");
}

static void a_refusals_rule_stands_inside_its_sentence(void)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);

	g_assert_cmpstr(words_with_rule(mem, "Ask one of them.", "W1"), ==, "Ask one of them (rule W1).");
	g_assert_cmpstr(words_with_rule(mem, "Enter why", "A7"), ==, "Enter why (rule A7)");
	g_assert_cmpstr(words_with_rule(mem, "Ask one of them.", NULL), ==, "Ask one of them.");
	g_assert_cmpstr(words_with_rule(mem, "", "A7"), ==, " (rule A7)");
}

/* The right is a column that cannot be left out; whoever posts is somebody, but to sign in and out, and where a link
 * that an administrator gave sets a new password. */
static void every_page_says_who_may_come(void)
{
	for (const HttpRoute *route = web_routes; route->method != NULL; route++) {
		g_assert_cmpint(route->right, !=, 0);
		g_assert_nonnull(route->handle);
		g_assert_true(!route->quick || g_str_has_prefix(route->path, "/assets/"));
		if (g_str_equal(route->method, "POST") && !g_str_has_prefix(route->path, "/sign-") &&
			!g_str_has_prefix(route->path, "/reset/"))
			g_assert_cmpint(route->right, !=, PAGE_PUBLIC);
	}
}

static void only_our_own_paths_are_safe(void)
{
	static const char *const OURS[] = {"/", "/?q=%2B44", "/customers/C-2026-000001?act=warn&before=x"};
	static const char *const NOT[] = {"", "//evil.example", "/\\evil.example", "https://evil.example",
		"javascript:1", "/a\r\nb", "/a b", "/\xc3\xa9", "/\"", "/sign-in?back=x", "/sign-out"};

	for (gsize i = 0; i < G_N_ELEMENTS(OURS); i++)
		g_assert_cmpstr(visit_safe_path(OURS[i]), ==, OURS[i]);
	for (gsize i = 0; i < G_N_ELEMENTS(NOT); i++)
		g_assert_cmpstr(visit_safe_path(NOT[i]), ==, "/");
	g_assert_cmpstr(visit_safe_path(NULL), ==, "/");
}

static void a_time_is_typed_as_people_say_it(void)
{
	static const struct {
		const char *day, *time, *expected;
	} CASES[] = {
		{"20", "9:30", "{\"happened_at\":\"2026-07-20T08:30:00Z\",\"lines\":[],\"keyed\":{},\"group\":[]}"},
		{"20", "2.15pm", "{\"happened_at\":\"2026-07-20T13:15:00Z\",\"lines\":[],\"keyed\":{},\"group\":[]}"},
		{"20", "12am", "{\"happened_at\":\"2026-07-19T23:00:00Z\",\"lines\":[],\"keyed\":{},\"group\":[]}"},
		{"20", "", "{\"happened_at\":\"2026-07-20T11:00:00Z\",\"lines\":[],\"keyed\":{},\"group\":[]}"},
		{"24", "", "{\"lines\":[],\"keyed\":{},\"group\":[]}"},
		{"", "", "{\"lines\":[],\"keyed\":{},\"group\":[]}"},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autoptr(Arena) mem = arena_new(1 << 20);
		const char *month = *CASES[i].day != '\0' ? "7" : "", *year = *CASES[i].day != '\0' ? "2026" : "";

		assert_json(ENVELOPE(mem, {"happened_at/day", CASES[i].day}, {"happened_at/month", month},
				    {"happened_at/year", year}, {"happened_at/time", CASES[i].time}),
			CASES[i].expected);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/form/only-declared-fields-are-read", only_declared_fields_are_read);
	g_test_add_func("/form/the-envelope-is-read-beside-them", the_envelope_is_read_beside_them);
	g_test_add_func("/form/a-day-is-three-fields-or-one", a_day_is_three_fields_or_one);
	g_test_add_func("/form/lists-and-keys-and-groups", lists_and_keys_and_groups);
	g_test_add_func("/form/a-group-is-bounded", a_group_is_bounded);
	g_test_add_func("/form/problems-name-what-the-page-shows", problems_name_what_the_page_shows);
	g_test_add_func("/form/a-refusals-rule-stands-inside-its-sentence", a_refusals_rule_stands_inside_its_sentence);
	g_test_add_func("/pages/every-page-says-who-may-come", every_page_says_who_may_come);
	g_test_add_func("/pages/only-our-own-paths-are-safe", only_our_own_paths_are_safe);
	g_test_add_func("/form/a-time-is-typed-as-people-say-it", a_time_is_typed_as_people_say_it);
	return g_test_run();
}
