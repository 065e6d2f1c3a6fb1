/* demo.c: the demonstration organisation: its people, functions and doors, its customers, and the stories that are
 * played on them. All of it is data of the folder demo/; here is only how it becomes acts. */
#include "cli/demo.h"

#include "cli/story.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BEGINS = -200 /* the day on which the organisation is set up */ };

typedef struct {
	Cli *cli;
	Story *story;
	FILE *sign_ins; /* NULL: nobody asked for them */
	gboolean small;
	Instant at; /* of the next act of setting up */
} Demo;

/* One act of setting up, by the machine; acts of one moment stay in their order. Takes the reference of input. */
static void set_up(Demo *demo, const char *act, json_t *input)
{
	story_add(demo->story, demo->at, "job:init", act, input, NULL);
	json_decref(input);
}

/* Whether a customer or a story belongs to the demonstration that is made. */
static gboolean belongs(const Demo *demo, const json_t *object)
{
	return !demo->small || json_is_true(json_object_get(object, "small"));
}

static void add_person(Demo *demo, const json_t *person)
{
	const char *user_name = json_string_value(json_object_get(person, "user_name"));
	const char *role = json_string_value(json_object_get(person, "role"));
	json_t *function = json_object_get(person, "function");
	const char *password = auth_random_password(demo->cli->mem);

	set_up(demo, "add-staff",
		json_pack("{s:s, s:O, s:o, s:s}", "user_name", user_name, "name", json_object_get(person, "name"),
			"email", json_sprintf("%s@opcr.example.org", user_name), "password", password));
	set_up(demo, "grant-role",
		json_pack("{s:s, s:s, s:O*}", "user_name", user_name, "role", role, "function", function));
	if (demo->sign_ins != NULL)
		fprintf(demo->sign_ins, "%-8s %s  %s%s%s\n", user_name, password, role, function != NULL ? " of " : "",
			function != NULL ? json_string_value(function) : "");
}

static void add_organisation(Demo *demo, const json_t *organisation)
{
	json_t *item;
	size_t i;

	json_array_foreach(json_object_get(organisation, "functions"), i, item)
		set_up(demo, "add-function", json_incref(item));
	json_array_foreach(json_object_get(organisation, "staff"), i, item) add_person(demo, item);
	json_array_foreach(json_object_get(organisation, "doors"), i, item) set_up(demo, "add-door", json_incref(item));
}

/* How they are usually in touch: calls from their own number about their matter. */
static gboolean add_calls(Demo *demo, const char *key, const json_t *customer, GError **error)
{
	json_t *habit = json_object_get(customer, "calls");
	json_t *identifiers = json_object_get(json_object_get(customer, "customer"), "identifiers");
	json_t *file;
	gboolean done;

	if (habit == NULL)
		return TRUE;
	file = json_pack("{s:[O]}", "habits", habit);
	json_object_set_new(habit, "input",
		json_pack("{s:o, s:s, s:O, s:o}", "customer", json_sprintf("$%s", key), "channel", "phone", "from",
			json_object_get(json_array_get(identifiers, 0), "value"), "matter",
			json_sprintf("$%s-matter", key)));
	done = story_add_file(demo->story, key, file, error);
	json_decref(file);
	return done;
}

/* Each customer with a matter of their own. */
static gboolean add_customer(Demo *demo, const json_t *customer, GError **error)
{
	const char *key, *by;
	json_t *fields, *matter;
	int day;

	if (json_unpack((json_t *)customer, "{s:s, s:i, s:s, s:o, s:o}", "key", &key, "day", &day, "by", &by,
		    "customer", &fields, "matter", &matter) != 0)
		return invalid(error, "customers", "A customer says key, day, by, customer and matter.");
	if (!story_time(demo->story, day, "09:00", &demo->at, error))
		return FALSE;
	json_object_set_new(matter, "customer", json_sprintf("$%s", key));
	story_add(demo->story, demo->at, by, "add-customer", fields, arena_strdup(demo->cli->mem, key));
	story_add(demo->story, demo->at, by, "open-matter", matter, arena_printf(demo->cli->mem, "%s-matter", key));
	return add_calls(demo, key, customer, error);
}

static gboolean add_customers(Demo *demo, const json_t *customers, GError **error)
{
	const json_t *item;
	size_t i;
	gboolean done = TRUE;

	json_array_foreach(customers, i, item) done = done && (!belongs(demo, item) || add_customer(demo, item, error));
	return done;
}

/* Which of the files it is says what it holds; all that are not named here are stories. */
static gboolean add_file(Demo *demo, const EmbeddedFile *file, GError **error)
{
	json_error_t where;
	json_t *json = json_loads(file->text, JSON_REJECT_DUPLICATES, &where);
	gboolean done = TRUE;

	if (json == NULL)
		return bug(error, "demo/%s:%d: %s", file->name, where.line, where.text);
	arena_own(demo->cli->mem, json, (GDestroyNotify)json_decref);
	if (g_str_equal(file->name, "organisation.json"))
		add_organisation(demo, json);
	else if (g_str_equal(file->name, "texts.json"))
		story_add_texts(demo->story, json);
	else if (g_str_equal(file->name, "customers.json"))
		done = add_customers(demo, json_object_get(json, "customers"), error);
	else if (belongs(demo, json))
		done = story_add_file(demo->story, file->name, json, error);
	return done;
}

static gboolean tell(Demo *demo, GError **error)
{
	for (const EmbeddedFile *file = demo_files; file->name != NULL; file++)
		if (!add_file(demo, file, error))
			return FALSE;
	return story_play(demo->story, error);
}

static FILE *open_sign_ins(const char *path, GError **error)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || fchmod(fd, 0600) != 0) {
		unavailable(error, "Cannot write %s: %s.", path, g_strerror(errno));
		return NULL;
	}
	return fdopen(fd, "w");
}

/* The pack is adopted first: it says in which zone the stories' days are. */
static gboolean make(Demo *demo, const char *policy, GError **error)
{
	const Instant begins = when_now() + BEGINS * USEC_PER_DAY;
	const ActCaller caller = {.user_name = "job:init", .via = cli_via(demo->cli), .machine = TRUE, .at = begins};
	g_autoptr(Story) story = NULL;
	const Zone *zone;
	ActAnswer answer;
	const Pack *pack;

	if (!cli_adopt_pack(demo->cli, &caller, policy, &answer, error))
		return FALSE;
	pack = acts_pack(demo->cli->acts, answer.id, error);
	if (pack == NULL)
		return FALSE;
	zone = acts_pack_zone(demo->cli->acts, pack);
	story = demo->story = story_new(demo->cli->acts, cli_via(demo->cli), zone_day(zone, when_now()), zone);
	return story_time(story, BEGINS + 1, "08:00", &demo->at, error) && tell(demo, error);
}

gboolean demo_make(Cli *cli, const char *policy, const char *sign_ins, gboolean small, GError **error)
{
	Demo demo = {.cli = cli, .small = small};
	gboolean done;

	if (policy == NULL)
		return invalid(error, "policy", "A demonstration needs a policy: --policy DIR.");
	if (sign_ins != NULL && (demo.sign_ins = open_sign_ins(sign_ins, error)) == NULL)
		return FALSE;
	done = make(&demo, policy, error);
	if (demo.sign_ins != NULL && fclose(demo.sign_ins) != 0 && done)
		done = unavailable(error, "Cannot write %s: %s.", sign_ins, g_strerror(errno));
	return done;
}
