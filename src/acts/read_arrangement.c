/* read_arrangement.c: an arrangement in words, as the pack that it is bound to compiles it. */
#include "acts/read_run.h"

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

/* 'In force' is never stored: it is the dates compared with now. */
static void settle_state(const Reading *reading, const Arrangement *arrangement, ArrangementView *view)
{
	const Instant now = reading->run.now;

	view->review_overdue = FALSE;
	if (view->ended_at != INSTANT_NONE && view->ended_at <= now) {
		view->state = ARRANGEMENT_ENDED;
		view->state_words = arena_printf(reading->mem, "ended on %s", day_of(reading, view->ended_at));
	} else if (arrangement_is_suspended(arrangement, now) &&
		   (arrangement->until == INSTANT_NONE || arrangement->until > now)) {
		view->state = ARRANGEMENT_SUSPENDED;
		view->state_words = "out of force while a dispute about it is open: answer as usual";
	} else if (arrangement_in_force(arrangement, now, reading->run.today)) {
		view->state = ARRANGEMENT_IN_FORCE;
		view->review_overdue = arrangement_review_overdue(arrangement, reading->run.today);
		view->state_words = arena_printf(reading->mem, "in force since %s%s", day_of(reading, view->from_at),
			view->review_overdue ? "; its review is overdue" : "");
	} else if (view->from_at == INSTANT_NONE) {
		view->state = ARRANGEMENT_DECIDED;
		view->state_words = "decided, not yet in force: answer as usual";
	} else if (view->from_at > now) {
		view->state = ARRANGEMENT_DECIDED;
		view->state_words = arena_printf(reading->mem, "decided, in force from %s: until then answer as usual",
			zone_format(reading->run.zone, reading->mem, view->from_at));
	} else {
		view->state = ARRANGEMENT_ENDED;
		view->state_words = arrangement->until != INSTANT_NONE && arrangement->until <= now
					    ? arena_printf(reading->mem, "ended with %s",
						      day_in_words(reading->mem, view->until_on))
					    : "lapsed: its review was missed";
	}
	view->state_name = (const char *const[]){"decided", "in-force", "suspended", "ended"}[view->state];
}

static void restrictions_in_words(Reading *reading, const Arrangement *arrangement, ArrangementView *view)
{
	RestrictionView *restrictions = arena_array(reading->mem, RestrictionView, arrangement->n_restrictions + 1);

	for (gsize i = 0; i < arrangement->n_restrictions; i++) {
		const Restriction *restriction = &arrangement->restrictions[i];

		restrictions[i] = (RestrictionView){.kind = restriction->kind->key,
			.title = restriction->kind->title,
			.rule = restriction->kind->rule,
			.in_words = restriction->in_words,
			.say_to_staff = restriction->say_to_staff};
	}
	view->restrictions = restrictions;
	view->n_restrictions = arrangement->n_restrictions;
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
	restrictions_in_words(reading, arrangement, &view);
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
