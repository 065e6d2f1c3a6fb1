/* acts_testing.c: the organisation that the tests of acts work in. */
#include "acts/acts_testing.h"

#include "packs/pack.h"
#include "store/statements.h"

json_t *json_of(const char *text)
{
	g_autofree char *proper = g_strdelimit(g_strdup(text), "'", '"');
	json_error_t problem;
	json_t *json = json_loads(proper, 0, &problem);

	if (json == NULL)
		g_error("%s: %s", problem.text, proper);
	return json;
}

gint64 head_number(World *w)
{
	g_autoptr(Tx) tx = NULL;
	const char *hash;
	gint64 number;

	g_assert_true(store_read(w->t->store, &tx, NULL));
	g_assert_true(store_head(tx, w->mem, &number, &hash, NULL));
	return number;
}

gboolean perform(World *w, const char *user, const char *act, json_t *json, GError **error)
{
	ActCaller caller = {
		.user_name = user, .via = "test", .machine = g_str_has_prefix(user, "job:"), .at = INSTANT_NONE};
	gboolean performed;

	if (w->at != NULL)
		g_assert_true(instant_parse(w->at, "at", &caller.at, NULL));
	w->problems = (ArenaList){0};
	performed = acts_perform(w->acts, w->mem, &caller, act, json, &w->answer, &w->problems, error);
	json_decref(json);
	return performed;
}

const char *done(World *w, const char *user, const char *act, const char *format, ...)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	if (!perform(w, user, act, json_of(text), &error))
		g_error("%s by %s: %s %s (%s)", act, user, evenhand_error_rule(error), error->message,
			evenhand_error_field(error));
	return w->answer.id;
}

void refused(World *w, EvenhandError kind, const char *rule, const char *field, const char *user, const char *act,
	const char *format, ...)
{
	const gint64 before = head_number(w);
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	if (perform(w, user, act, json_of(text), &error))
		g_error("%s by %s was done: %s", act, user, text);
	g_assert_error(error, EVENHAND_ERROR, (int)kind);
	g_assert_cmpstr(evenhand_error_rule(error), ==, rule);
	g_assert_cmpstr(evenhand_error_field(error), ==, field);
	g_assert_cmpint(head_number(w), ==, before);
}

json_t *pack_json(World *w)
{
	g_autofree char *folder = g_build_filename(g_getenv("EVENHAND_SOURCE"), "policies", "police-complaints", NULL);
	g_autoptr(GError) error = NULL;
	json_t *list = json_array();
	PackFiles files;

	if (!pack_files_read(folder, w->mem, &files, &error))
		g_error("%s", error->message);
	for (gsize i = 0; i < files.n; i++)
		json_array_append_new(list, json_pack("{s:s, s:s%}", "path", files.files[i].path, "text",
						    files.files[i].bytes, files.files[i].length));
	return json_pack("{s:o}", "files", list);
}

static void add_people(World *w)
{
	static const struct {
		const char *user_name, *role, *function;
	} PEOPLE[] = {
		{"sam", "staff", "casework"},
		{"mira", "manager", "casework"},
		{"hana", "head-of-function", "casework"},
		{"nora", "manager", "enquiries"},
		{"idris", "head-of-function", "enquiries"},
		{"cara", "complaints-officer", NULL},
		{"rex", "records-officer", NULL},
		{"ada", "auditor", NULL},
		{"adam", "administrator", NULL},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(PEOPLE); i++) {
		done(w, "job:init", "add-staff", "{'user_name': '%s', 'name': 'Name of %s'}", PEOPLE[i].user_name,
			PEOPLE[i].user_name);
		if (PEOPLE[i].function != NULL)
			done(w, "job:init", "grant-role", "{'user_name': '%s', 'role': '%s', 'function': '%s'}",
				PEOPLE[i].user_name, PEOPLE[i].role, PEOPLE[i].function);
		else
			done(w, "job:init", "grant-role", "{'user_name': '%s', 'role': '%s'}", PEOPLE[i].user_name,
				PEOPLE[i].role);
	}
}

World *world_new(TestStore *t)
{
	g_autoptr(GError) error = NULL;
	World *w = g_new0(World, 1);

	w->t = t;
	w->mem = arena_new(ARENA_REQUEST_MAX);
	w->at = "2026-03-02T09:00:00Z";
	g_assert_true(store_migrate(t->store, &error));
	w->acts = acts_new(t->store, &error);
	g_assert_no_error(error);
	g_assert_true(acts_mark_demo(w->acts, &error));
	g_assert_true(perform(w, "job:init", "adopt-policy", pack_json(w), &error));
	done(w, "job:init", "add-function", "{'slug': 'casework', 'title': 'Casework'}");
	done(w, "job:init", "add-function", "{'slug': 'enquiries', 'title': 'Enquiries'}");
	add_people(w);
	w->customer = done(w, "sam", "add-customer",
		"{'name': 'Jordan Quill', 'postal_address': '1 Mill Lane', 'identifiers': [{'kind': 'phone', 'value': "
		"'07700 900123'}, {'kind': 'email', 'value': 'quill@example.org'}]}");
	return w;
}

void world_free(World *w)
{
	acts_free(w->acts);
	arena_free(w->mem);
	g_free(w);
}
