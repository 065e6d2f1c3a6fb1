/* read_arrangement.c: an arrangement in words, as the pack that it is bound to compiles it. */
#include "acts/read_run.h"

#include <string.h>

static const char *function_title(Reading *reading, const char *slug, GError **error)
{
	FunctionRow *row = NULL;

	if (!sql_function_by_slug(reading->tx, reading->mem, slug, &row, error))
		return NULL;
	return row != NULL ? row->title : slug;
}

gboolean scope_in_words(
	Reading *reading, const char *scope, const char *scope_of, const char **ret_words, GError **error)
{
	const char *title;

	if (g_str_equal(scope, scope_name(SCOPE_ORGANISATION))) {
		*ret_words = "contact with the whole organisation";
		return TRUE;
	}
	if (g_str_equal(scope, scope_name(SCOPE_MATTER))) {
		*ret_words = arena_printf(reading->mem, "contact about %s", scope_of);
		return TRUE;
	}
	title = function_title(reading, scope_of, error);
	if (title != NULL)
		*ret_words = arena_printf(reading->mem, "contact with %s", title);
	return title != NULL;
}

static char *day_of(const Reading *reading, Instant at)
{
	return day_in_words(reading->mem, zone_day(reading->run.zone, at));
}

static void say_state(ArrangementView *view, ArrangementState state, const char *words, const char *sentence)
{
	view->state = state;
	view->state_words = words;
	view->state_sentence = sentence;
}

/* "16 December 2026" where it starts with that day, else with the time. */
static const char *start_in_words(const Reading *reading, Instant from)
{
	const Zone *zone = reading->run.zone;
	const Day day = zone_day(zone, from);

	return zone_instant(zone, day, 0) == from ? day_in_words(reading->mem, day)
						  : zone_format(zone, reading->mem, from);
}

static void settle_decided(const Reading *reading, ArrangementView *view)
{
	Arena *mem = reading->mem;
	const char *from;

	if (view->from_at == INSTANT_NONE) {
		say_state(view, ARRANGEMENT_DECIDED, "decided, not yet in force: answer as usual",
			"It starts when the letter reaches them. Until then, answer as usual.");
		return;
	}
	from = start_in_words(reading, view->from_at);
	say_state(view, ARRANGEMENT_DECIDED,
		arena_printf(mem, "decided, in force from %s: until then answer as usual", from),
		arena_printf(mem, "In force from %s. Until then, answer as usual.", from));
}

static void settle_in_force(const Reading *reading, ArrangementView *view)
{
	Arena *mem = reading->mem;
	const char *since = day_of(reading, view->from_at);

	say_state(view, ARRANGEMENT_IN_FORCE,
		arena_printf(mem, "in force since %s%s", since, view->review_overdue ? "; its review is overdue" : ""),
		arena_printf(mem, "It has been in force since %s.", since));
}

static void settle_ended(const Reading *reading, const Arrangement *arrangement, ArrangementView *view)
{
	Arena *mem = reading->mem;
	const char *last;

	if (view->ended_at != INSTANT_NONE && view->ended_at <= reading->run.now) {
		last = day_of(reading, view->ended_at);
		say_state(view, ARRANGEMENT_ENDED, arena_printf(mem, "ended on %s", last),
			arena_printf(mem, "It ended on %s.", last));
	} else if (arrangement->until != INSTANT_NONE && arrangement->until <= reading->run.now) {
		last = day_in_words(mem, view->until_on);
		say_state(view, ARRANGEMENT_ENDED, arena_printf(mem, "ended with %s", last),
			arena_printf(mem, "Its last day was %s.", last));
	} else {
		say_state(
			view, ARRANGEMENT_ENDED, "lapsed: its review was missed", "It lapsed: its review was missed.");
	}
}

/* 'In force' is never stored: it is the dates compared with now. */
static void settle_state(const Reading *reading, const Arrangement *arrangement, ArrangementView *view)
{
	const Instant now = reading->run.now;

	view->review_overdue = FALSE;
	if (view->ended_at != INSTANT_NONE && view->ended_at <= now) {
		settle_ended(reading, arrangement, view);
	} else if (arrangement_is_suspended(arrangement, now) &&
		   (arrangement->until == INSTANT_NONE || arrangement->until > now)) {
		say_state(view, ARRANGEMENT_SUSPENDED, "out of force while a dispute about it is open: answer as usual",
			"It is out of force while a dispute about it is open: answer as usual.");
	} else if (arrangement_in_force(arrangement, now, reading->run.today)) {
		view->review_overdue = arrangement_review_overdue(arrangement, reading->run.today);
		settle_in_force(reading, view);
	} else if (view->from_at == INSTANT_NONE || view->from_at > now) {
		settle_decided(reading, view);
	} else {
		settle_ended(reading, arrangement, view);
	}
	view->state_name = (const char *const[]){"decided", "in-force", "suspended", "ended"}[view->state];
}

/* "phone, e-mail, in person" */
static const char *channels_in_words(Arena *mem, const char *const *keys)
{
	g_autoptr(GString) words = g_string_new(NULL);

	for (; keys != NULL && *keys != NULL; keys++) {
		Channel channel;
		const char *one = channel_parse(*keys, &channel) ? channel_in_words(channel) : *keys;

		g_string_append_printf(words, "%s%s", words->len > 0 ? ", " : "",
			g_str_has_prefix(one, "by ") ? one + strlen("by ") : one);
	}
	return arena_strndup(mem, words->str, words->len);
}

/* What may be said of an argument without pointing at anybody; with names, more. NULL: nothing. */
static const char *term_in_words(
	Arena *mem, const KindArgument *argument, const RestrictionArgument *given, gboolean names)
{
	switch (argument->type) {
	case ARGUMENT_CHANNELS:
		return given->values != NULL ? channels_in_words(mem, given->values)
					     : channels_in_words(mem, (const char *const[]){given->value, NULL});
	case ARGUMENT_WEEKDAY:
		return given->value != NULL
			       ? arena_printf(mem, "%c%s", g_ascii_toupper(given->value[0]), given->value + 1)
			       : NULL;
	case ARGUMENT_TIME:
	case ARGUMENT_COUNT:
	case ARGUMENT_MINUTES:
	case ARGUMENT_PERIOD:
		break;
	case ARGUMENT_TEXT:
		return names ? given->value : NULL;
	case ARGUMENT_MAILBOX:
	case ARGUMENT_EXTENSION:
	case ARGUMENT_MATTER:
		return names ? given->value : NULL;
	default:
		return NULL;
	}
	return given->value != NULL
		       ? arena_printf(mem, "%c%s%s%s", g_ascii_tolower(argument->title[0]), argument->title + 1,
				 argument->type == ARGUMENT_TIME ? " " : ": ", given->value)
		       : NULL;
}

const char *restriction_for_staff(Arena *mem, const Policy *policy, const RestrictionAsked *asked, gboolean names)
{
	const RestrictionKind *kind = policy_kind(policy, asked->kind);
	g_autoptr(GString) words = NULL;
	gboolean any = FALSE;

	if (kind == NULL)
		return asked->kind;
	words = g_string_new(kind->title);
	for (gsize i = 0; i < asked->n_arguments; i++) {
		const KindArgument *argument = kind_argument(kind, asked->arguments[i].key);
		const char *term = argument != NULL ? term_in_words(mem, argument, &asked->arguments[i], names) : NULL;

		if (term == NULL)
			continue;
		g_string_append_printf(words, "%s%s", any ? ", " : ": ", term);
		any = TRUE;
	}
	return arena_strndup(mem, words->str, words->len);
}

static gboolean restrictions_in_words(
	Reading *reading, const Arrangement *arrangement, ArrangementView *view, GError **error)
{
	RestrictionView *restrictions = arena_array(reading->mem, RestrictionView, arrangement->n_restrictions + 1);
	const Pack *pack = acts_pack_in(reading->run.acts, reading->tx, view->pack, error);
	RestrictionAsked *asked;
	gsize n;

	if (pack == NULL || !fields_load(restriction_fields, view->asked_json, sizeof *asked, reading->mem,
				    (void **)&asked, &n, error))
		return FALSE;
	for (gsize i = 0; i < arrangement->n_restrictions; i++) {
		const Restriction *restriction = &arrangement->restrictions[i];

		restrictions[i] = (RestrictionView){.kind = restriction->kind->key,
			.title = restriction->kind->title,
			.rule = restriction->kind->rule,
			.in_words = restriction->in_words,
			.say_to_staff = restriction->say_to_staff,
			.for_staff = restriction_for_staff(reading->mem, pack_policy(pack), &asked[i], TRUE),
			.report = asked[i].report};
	}
	view->restrictions = restrictions;
	view->n_restrictions = arrangement->n_restrictions;
	return TRUE;
}

gboolean arrangement_view(Reading *reading, const ArrangementRow *row, const CustomerFacts *facts,
	ArrangementView *ret_view, GError **error)
{
	CustomerFacts own = {0};
	Arrangement *arrangement;
	ArrangementView view = {.ref = row->ref,
		.casefile = row->casefile,
		.decision = row->decision,
		.scope = row->scope,
		.scope_of = row->scope_of,
		.supersedes = row->supersedes,
		.pack = row->pack,
		.asked_json = row->restrictions,
		.from_at = row->from_at,
		.ended_at = row->ended_at,
		.until_on = row->until_on,
		.review_on = row->review_on};

	if (facts == NULL) {
		if (!load_facts(&reading->run, row->customer, &own, error))
			return FALSE;
		facts = &own;
	}
	if (!load_arrangement(&reading->run, row, facts, &arrangement, error) ||
		!scope_in_words(reading, view.scope, view.scope_of, &view.scope_words, error))
		return FALSE;
	view.function = arrangement->function;
	settle_state(reading, arrangement, &view);
	if (!restrictions_in_words(reading, arrangement, &view, error))
		return FALSE;
	*ret_view = view;
	return TRUE;
}

json_t *arrangement_json(const ArrangementView *view, Arena *mem)
{
	guint hidden = 0;
	json_t *object = columns_json(arrangement_columns, view, VEILS_ALL, &hidden, mem);
	json_t *list = json_array();

	for (gsize i = 0; i < view->n_restrictions; i++) {
		const RestrictionView *restriction = &view->restrictions[i];

		json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s?, s:s?}", "kind", restriction->kind, "title",
						    restriction->title, "rule", restriction->rule, "in_words",
						    restriction->in_words, "say_to_staff", restriction->say_to_staff));
	}
	json_object_set_new(object, "restrictions", list);
	return object;
}
