/* answer.c: from the gate's JSON, which is the same for every face, to what a page shows. */
#include "web/answer.h"

#include "core/arrangement.h"

static const char *text_of(Arena *mem, const json_t *object, const char *key)
{
	return arena_strdup(mem, json_string_value(json_object_get(object, key)));
}

static Day day_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));
	Day day = DAY_NONE;

	return text != NULL && day_parse(text, key, &day, NULL) ? day : DAY_NONE;
}

static Instant instant_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));
	Instant instant = INSTANT_NONE;

	return text != NULL && instant_parse(text, key, &instant, NULL) ? instant : INSTANT_NONE;
}

static Verdict verdict_of(const json_t *object)
{
	const char *text = json_string_value(json_object_get(object, "verdict"));
	Verdict verdict = VERDICT_PROCEED;

	return text != NULL && verdict_parse(text, &verdict) ? verdict : VERDICT_PROCEED;
}

static const char *abilities_in_words(Arena *mem, const json_t *json)
{
	Need need = {.only_with = text_of(mem, json, "only_with")};
	const char *name;
	json_t *value;

	json_object_foreach(json_object_get(json, "abilities"), name, value)
	{
		Ability ability;
		Channel channel;

		if (channel_parse(name, &channel) && ability_parse(json_string_value(value), &ability))
			need.ability[channel] = ability;
	}
	return need_in_words(&need, mem);
}

static void read_needs(Arena *mem, const json_t *json, AnswerView *view)
{
	const json_t *needs = json_object_get(json, "needs"), *adjustments = json_object_get(json, "adjustments");
	AnswerNeed *list = arena_array(mem, AnswerNeed, json_array_size(needs) + 1);
	gsize i;
	json_t *item;

	json_array_foreach(needs, i, item)
	{
		list[view->n_needs++] =
			(AnswerNeed){.what = text_of(mem, item, "what"), .in_words = abilities_in_words(mem, item)};
	}
	view->needs = list;
	view->adjustments = arena_array(mem, const char *, json_array_size(adjustments) + 1);
	json_array_foreach(adjustments, i, item)
	{
		const char *asked = text_of(mem, item, "asked");

		view->adjustments[view->n_adjustments++] =
			json_is_true(json_object_get(item, "open"))
				? arena_printf(mem, "%s (asked for, not answered yet)", asked)
				: asked;
	}
}

static void read_reasons(Arena *mem, const json_t *json, AnswerView *view)
{
	const json_t *reasons = json_object_get(json, "reasons");
	AnswerReason *list = arena_array(mem, AnswerReason, json_array_size(reasons) + 1);
	gsize i;
	json_t *item;

	json_array_foreach(reasons, i, item)
	{
		list[view->n_reasons++] = (AnswerReason){.rule = text_of(mem, item, "rule"),
			.restriction = text_of(mem, item, "restriction"),
			.about = text_of(mem, item, "about"),
			.arrangement = text_of(mem, item, "arrangement"),
			.decision = text_of(mem, item, "decision"),
			.pack = text_of(mem, item, "pack"),
			.verdict = verdict_of(item),
			.until = day_of(item, "until"),
			.review = day_of(item, "review")};
	}
	view->reasons = list;
}

static void read_person(Arena *mem, const json_t *json, AnswerView *view)
{
	const json_t *ways = json_object_get(json, "open_ways");
	gsize i;
	json_t *way;

	*view = (AnswerView){.verdict = verdict_of(json),
		.customer = text_of(mem, json, "customer"),
		.representative = json_is_true(json_object_get(json, "representative")),
		.say_to_staff = text_of(mem, json, "say_to_staff"),
		.say_to_customer = text_of(mem, json, "say_to_customer"),
		.route_to = text_of(mem, json, "route_to"),
		.route_name = text_of(mem, json, "route_name"),
		.safety = text_of(mem, json, "safety"),
		.minutes = (int)json_integer_value(json_object_get(json, "minutes")),
		.record = json_is_true(json_object_get(json, "record")),
		.review_overdue = json_is_true(json_object_get(json, "review_overdue")),
		.next_slot = instant_of(json, "next_slot")};
	view->open_ways = arena_array(mem, const char *, json_array_size(ways) + 1);
	json_array_foreach(ways, i, way)
	{
		view->open_ways[view->n_open_ways++] = arena_strdup(mem, json_string_value(way));
	}
	read_needs(mem, json, view);
	read_reasons(mem, json, view);
}

static gboolean ask_json(const Web *web, const GateQuery *query, gboolean stored, json_t **ret_json, GError **error)
{
	if (web->gate != NULL && !stored)
		return gate_ask_json(web->gate, query, ret_json, error);
	return gate_look_up(acts_store(web->acts), &web->source, NULL, query, ret_json, error);
}

static gboolean ask(Visit *visit, const GateQuery *query, gboolean stored, Answer **ret_answer, GError **error)
{
	const json_t *candidates;
	Answer *answer;
	AnswerView *views;
	json_t *json = NULL, *item;
	gsize i;

	if (!ask_json(visit->web, query, stored, &json, error))
		return FALSE;
	answer = arena_new0(visit->mem, Answer);
	candidates = json_object_get(json, "candidates");
	views = arena_array(visit->mem, AnswerView, json_array_size(candidates) + 1);
	read_person(visit->mem, json, &answer->own);
	json_array_foreach(candidates, i, item)
	{
		read_person(visit->mem, item, &views[answer->n_candidates++]);
	}
	answer->candidates = views;
	answer->withheld = g_strcmp0(json_string_value(json_object_get(json, "caller")), "withheld") == 0;
	json_decref(json);
	*ret_answer = answer;
	return TRUE;
}

gboolean answer_ask(Visit *visit, const GateQuery *query, Answer **ret_answer, GError **error)
{
	g_autoptr(GError) problem = NULL;

	if (ask(visit, query, FALSE, ret_answer, &problem))
		return TRUE;
	/* Somebody recorded them a moment ago, and the gate has not read it yet. */
	if (g_error_matches(problem, EVENHAND_ERROR, EVENHAND_ERROR_NOT_FOUND))
		return ask(visit, query, TRUE, ret_answer, error);
	g_propagate_error(error, g_steal_pointer(&problem));
	return FALSE;
}

gboolean answer_ask_stored(Visit *visit, const GateQuery *query, Answer **ret_answer, GError **error)
{
	return ask(visit, query, TRUE, ret_answer, error);
}
