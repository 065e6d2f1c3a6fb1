/* story.c: plays stories. What they tell is data (demo/); what may happen is the acts' to say. */
#include "cli/story.h"

enum { STORY_MAX = 256 << 20 }; /* all acts of a demonstration, with what each was given and answered */

typedef struct {
	Instant at;
	guint place; /* the order of entry, for acts of one moment */
	const char *user_name, *act, *keep, *file;
	const json_t *input;
} Step;

typedef struct {
	const char *id, *casefile, *notice, *arrangement;
} Kept;

struct Story {
	Acts *acts;
	Arena *mem;
	const char *via;
	Day today;
	const Zone *zone;
	GArray *steps;    /* Step */
	GHashTable *kept; /* name → Kept */
	json_t *texts;
	const char *file; /* of the steps that are being added; NULL */
};

Story *story_new(Acts *acts, const char *via, Day today, const Zone *zone)
{
	Story *story = g_new0(Story, 1);

	*story = (Story){.acts = acts,
		.mem = arena_new(STORY_MAX),
		.via = via,
		.today = today,
		.zone = zone,
		.steps = g_array_new(FALSE, FALSE, sizeof(Step)),
		.kept = g_hash_table_new(g_str_hash, g_str_equal),
		.texts = json_object()};
	return story;
}

void story_free(Story *story)
{
	if (story == NULL)
		return;
	g_array_free(story->steps, TRUE);
	g_hash_table_destroy(story->kept);
	json_decref(story->texts);
	arena_free(story->mem);
	g_free(story);
}

void story_add_texts(Story *story, json_t *texts)
{
	json_object_update(story->texts, texts);
}

static void let_go(gpointer json)
{
	json_decref(json);
}

void story_add(Story *story, Instant at, const char *user_name, const char *act, const json_t *input, const char *keep)
{
	Step step = {.at = at,
		.place = story->steps->len,
		.user_name = user_name,
		.act = act,
		.keep = keep,
		.file = story->file,
		.input = arena_own(story->mem, json_deep_copy(input), let_go)};

	g_array_append_val(story->steps, step);
}

gboolean story_time(const Story *story, int day, const char *clock, Instant *ret_at, GError **error)
{
	int minute;

	if (clock == NULL || !clock_parse(clock, &minute))
		return invalid(error, "at", "'%s' is no time of day.", clock != NULL ? clock : "");
	*ret_at = zone_instant(story->zone, story->today + day, minute * 60);
	return TRUE;
}

/* Text of a member; NULL where there is none. */
static const char *text(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static int number(const json_t *object, const char *key, int otherwise)
{
	const json_t *value = json_object_get(object, key);

	return json_is_integer(value) ? (int)json_integer_value(value) : otherwise;
}

/* {"day", "at", "as", "act", "input", "keep", "times", "every"}: every: minutes between the times. */
static gboolean add_step(Story *story, const json_t *step, GError **error)
{
	const char *user_name = text(step, "as"), *act = text(step, "act");
	const json_t *input = json_object_get(step, "input");
	const int every = number(step, "every", 1);
	Instant at;

	if (user_name == NULL || act == NULL || !json_is_object(input) ||
		!json_is_integer(json_object_get(step, "day")))
		return invalid(error, "step", "A step says day, at, as, act and input.");
	if (!story_time(story, number(step, "day", 0), text(step, "at"), &at, error))
		return FALSE;
	for (int i = 0; i < number(step, "times", 1); i++)
		story_add(story, at + i * every * USEC_PER_MINUTE, user_name, act, input, text(step, "keep"));
	return TRUE;
}

/* {"from", "until", "every", "at", "as": […], "what": […], "minutes": […], "input"}: one logged contact each so many
 * days; who took it, what was said and how long it took go round. */
static gboolean add_habit(Story *story, const json_t *habit, GError **error)
{
	const json_t *by = json_object_get(habit, "as"), *what = json_object_get(habit, "what");
	const json_t *minutes = json_object_get(habit, "minutes");
	const int every = MAX(1, number(habit, "every", 7));
	size_t turn = 0;

	if (json_array_size(by) == 0 || json_array_size(what) == 0 || json_array_size(minutes) == 0)
		return invalid(error, "habit", "A habit says as, what and minutes, each a list.");
	for (int day = number(habit, "from", 0); day <= number(habit, "until", -1); day += every, turn++) {
		json_t *input = json_deep_copy(json_object_get(habit, "input"));
		Instant at;

		if (!story_time(story, day, text(habit, "at"), &at, error)) {
			json_decref(input);
			return FALSE;
		}
		json_object_set(input, "what", json_array_get(what, turn % json_array_size(what)));
		json_object_set(input, "minutes", json_array_get(minutes, turn % json_array_size(minutes)));
		story_add(story, at, json_string_value(json_array_get(by, turn % json_array_size(by))), "log-contact",
			input, NULL);
		json_decref(input);
	}
	return TRUE;
}

gboolean story_add_file(Story *story, const char *name, const json_t *file, GError **error)
{
	const json_t *item;
	size_t i;
	gboolean done = TRUE;

	story->file = name;
	json_array_foreach(json_object_get(file, "habits"), i, item) done = done && add_habit(story, item, error);
	json_array_foreach(json_object_get(file, "steps"), i, item) done = done && add_step(story, item, error);
	if (!done)
		g_prefix_error(error, "%s: ", name);
	return done;
}

/* "$report", "$report.casefile", "$report.notice", "$report.arrangement". */
static json_t *kept_value(Story *story, const char *name, GError **error)
{
	g_auto(GStrv) parts = g_strsplit(name, ".", 2);
	const Kept *kept = g_hash_table_lookup(story->kept, parts[0]);
	const char *value = NULL;

	if (kept != NULL)
		value = parts[1] == NULL                       ? kept->id
			: g_str_equal(parts[1], "casefile")    ? kept->casefile
			: g_str_equal(parts[1], "arrangement") ? kept->arrangement
			: g_str_equal(parts[1], "notice")      ? kept->notice
							       : NULL;
	if (value == NULL)
		invalid(error, "input", "Nothing is kept as $%s.", name);
	return value != NULL ? json_string(value) : NULL;
}

static json_t *resolved_text(Story *story, const char *value, GError **error)
{
	const json_t *shared;

	switch (*value) {
	case '$':
		return kept_value(story, value + 1, error);
	case '@':
		return json_string(day_format(story->mem, story->today + (Day)g_ascii_strtoll(value + 1, NULL, 10)));
	case '%':
		shared = json_object_get(story->texts, value + 1);
		if (shared == NULL)
			invalid(error, "input", "There is no text %s.", value);
		return json_deep_copy(shared);
	default:
		return json_string(value);
	}
}

/* A new reference; NULL with an error. */
static json_t *resolved(Story *story, const json_t *value, GError **error)
{
	json_t *copy = json_is_object(value) ? json_object() : json_is_array(value) ? json_array() : NULL;
	json_t *item;
	const char *key;
	size_t i;

	if (json_is_string(value))
		return resolved_text(story, json_string_value(value), error);
	if (copy == NULL)
		return json_deep_copy(value);
	json_object_foreach((json_t *)value, key,
		item) if (json_object_set_new(copy, key, resolved(story, item, error)) != 0) goto fail;
	json_array_foreach(
		value, i, item) if (json_array_append_new(copy, resolved(story, item, error)) != 0) goto fail;
	return copy;
fail:
	json_decref(copy);
	return NULL;
}

static gboolean perform(Story *story, const Step *step, GError **error)
{
	const gboolean machine = g_str_has_prefix(step->user_name, "job:");
	const ActCaller caller = {.user_name = step->user_name, .via = story->via, .machine = machine, .at = step->at};
	json_t *input = resolved(story, step->input, error);
	ActAnswer answer = {0};
	gboolean done =
		input != NULL && acts_perform(story->acts, story->mem, &caller, step->act, input, &answer, NULL, error);

	json_decref(input);
	if (done && step->keep != NULL) {
		Kept *kept = arena_new0(story->mem, Kept);

		*kept = (Kept){answer.id, answer.casefile, answer.notice, answer.arrangement};
		g_hash_table_insert(story->kept, (gpointer)step->keep, kept);
	}
	if (!done)
		g_prefix_error(error, "%s: %s by %s: ", step->file != NULL ? step->file : "the organisation", step->act,
			step->user_name);
	return done;
}

static int by_time(gconstpointer a, gconstpointer b)
{
	const Step *x = a, *y = b;

	return x->at != y->at ? (x->at > y->at) - (x->at < y->at) : (x->place > y->place) - (x->place < y->place);
}

gboolean story_play(Story *story, GError **error)
{
	g_array_sort(story->steps, by_time);
	for (guint i = 0; i < story->steps->len; i++)
		if (!perform(story, &g_array_index(story->steps, Step, i), error))
			return FALSE;
	g_array_set_size(story->steps, 0);
	return TRUE;
}
