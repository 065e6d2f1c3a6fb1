/* read_customer.c: what the customer's page shows. The gate's verdict is asked of the gate, not of this. */
#include "acts/read_run.h"

#include <string.h>

enum { LETTERS_SHOWN = 10, LETTERS_LOOKED_AT = 100 };

static gboolean view_identifiers(Reading *reading, CustomerView *view, GError **error)
{
	IdentifierRow *rows;
	IdentifierView *identifiers;
	gsize n;

	if (!sql_identifiers_of(reading->tx, reading->mem, view->ref, &rows, &n, error))
		return FALSE;
	identifiers = arena_array(reading->mem, IdentifierView, n + 1);
	for (gsize i = 0; i < n; i++) {
		identifiers[i] = (IdentifierView){.ref = rows[i].ref,
			.kind = rows[i].kind,
			.typed = rows[i].typed,
			.normal = rows[i].normal,
			.recognised = rows[i].recognised,
			.used_by_others = rows[i].used_by_others,
			.confirmed = rows[i].confirmed,
			.added_at = rows[i].added_at,
			.ended_at = rows[i].ended_at};
		if (!identifier_shared_with(reading, &rows[i], &identifiers[i].shared_with, error))
			return FALSE;
	}
	view->identifiers = identifiers;
	view->n_identifiers = n;
	return TRUE;
}

gboolean identifier_shared_with(
	Reading *reading, const IdentifierRow *row, const char *const **ret_customers, GError **error)
{
	IdentifierRow *holders;
	const char **others;
	gsize n = 0, n_others = 0;

	if (row->used_by_others && row->ended_at == INSTANT_NONE &&
		!sql_identifiers_by_normal(reading->tx, reading->mem, row->normal, &holders, &n, error))
		return FALSE;
	others = arena_array(reading->mem, const char *, n + 1);
	for (gsize i = 0; i < n; i++)
		if (!g_str_equal(holders[i].customer, row->customer))
			others[n_others++] = holders[i].customer;
	*ret_customers = others;
	return TRUE;
}

static gboolean view_representatives(Reading *reading, CustomerView *view, GError **error)
{
	RepresentativeRow *rows;
	RepresentativeView *representatives;

	if (!sql_representatives_of(reading->tx, reading->mem, view->ref, &rows, &view->n_representatives, error))
		return FALSE;
	representatives = arena_array(reading->mem, RepresentativeView, view->n_representatives + 1);
	for (gsize i = 0; i < view->n_representatives; i++)
		representatives[i] = (RepresentativeView){.ref = rows[i].ref,
			.name = rows[i].name,
			.capacity = rows[i].capacity,
			.kind = rows[i].kind,
			.normal = rows[i].normal,
			.added_at = rows[i].added_at,
			.ended_at = rows[i].ended_at};
	view->representatives = representatives;
	return TRUE;
}

static const char *abilities_in_words(Arena *mem, const NeedRow *row)
{
	Need need = {.only_with = row->only_with};
	json_t *abilities = json_loads(row->abilities, 0, NULL);
	const char *key;
	json_t *value;

	json_object_foreach(abilities, key, value)
	{
		Ability ability;
		Channel channel;

		if (channel_parse(key, &channel) && ability_parse(json_string_value(value), &ability))
			need.ability[channel] = ability;
	}
	json_decref(abilities);
	return need_in_words(&need, mem);
}

static gboolean view_needs(Reading *reading, CustomerView *view, GError **error)
{
	AdjustmentRow *asked;
	NeedRow *rows;
	NeedView *needs;
	AdjustmentView *adjustments;
	guint lifted;

	if (!sql_needs_of(reading->tx, reading->mem, view->ref, &rows, &view->n_needs, error) ||
		!sql_adjustments_of(reading->tx, reading->mem, view->ref, &asked, &view->n_adjustments, error))
		return FALSE;
	needs = arena_array(reading->mem, NeedView, view->n_needs + 1);
	for (gsize i = 0; i < view->n_needs; i++) {
		lifted = lifts_of_need(reading->run.actor, rows[i].recorded_by);
		view->hidden |= VEIL_HEALTH & ~lifted;
		needs[i] = (NeedView){.ref = rows[i].ref,
			.what = rows[i].what,
			.why = lifted & VEIL_HEALTH ? rows[i].why : NULL,
			.abilities = rows[i].abilities,
			.in_words = abilities_in_words(reading->mem, &rows[i]),
			.only_with = rows[i].only_with,
			.review_on = rows[i].review_on,
			.recorded_at = rows[i].recorded_at,
			.recorded_by = rows[i].recorded_by};
	}
	adjustments = arena_array(reading->mem, AdjustmentView, view->n_adjustments + 1);
	for (gsize i = 0; i < view->n_adjustments; i++) {
		lifted = lifts_of_need(reading->run.actor, asked[i].asked_by);
		if (asked[i].reasons != NULL)
			view->hidden |= VEIL_REASONS & ~lifted;
		adjustments[i] = (AdjustmentView){.ref = asked[i].ref,
			.asked = asked[i].asked,
			.outcome = asked[i].outcome,
			.reasons = lifted & VEIL_REASONS ? asked[i].reasons : NULL,
			.casefile = asked[i].casefile,
			.need = asked[i].need,
			.review_on = asked[i].review_on,
			.asked_at = asked[i].asked_at,
			.answered_at = asked[i].answered_at};
	}
	view->needs = needs;
	view->adjustments = adjustments;
	return TRUE;
}

static gboolean view_matters(Reading *reading, CustomerView *view, GError **error)
{
	CasefileRow *files;
	MatterRow *rows;
	MatterView *matters;
	CasefileView *casefiles;

	if (!sql_matters_of(reading->tx, reading->mem, view->ref, &rows, &view->n_matters, error) ||
		!sql_read_casefiles_of(reading->tx, reading->mem, view->ref, &files, &view->n_casefiles, error))
		return FALSE;
	matters = arena_array(reading->mem, MatterView, view->n_matters + 1);
	for (gsize i = 0; i < view->n_matters; i++)
		matters[view->n_matters - 1 - i] = (MatterView){.ref = rows[i].ref,
			.function = rows[i].function,
			.kind = rows[i].kind,
			.title = rows[i].title,
			.closed_how = rows[i].closed_how,
			.opened_at = rows[i].opened_at,
			.closed_at = rows[i].closed_at};
	casefiles = arena_array(reading->mem, CasefileView, view->n_casefiles + 1);
	for (gsize i = 0; i < view->n_casefiles; i++) {
		casefiles[i] = (CasefileView){.ref = files[i].ref,
			.function = files[i].function,
			.scope = files[i].scope,
			.scope_of = files[i].scope_of,
			.outcome = files[i].outcome,
			.opened_at = files[i].opened_at,
			.closed_at = files[i].closed_at,
			.version = files[i].version,
			.full = sees_all(reading->run.actor, files[i].function)};
		if (!casefiles[i].full)
			view->hidden |= VEIL_EVIDENCE | VEIL_REASONS;
	}
	view->matters = matters;
	view->casefiles = casefiles;
	return TRUE;
}

static gboolean view_arrangements(Reading *reading, CustomerView *view, GError **error)
{
	ArrangementRow *rows;
	ArrangementView *arrangements, *sorted;
	CustomerFacts facts;
	gsize n;

	view->arrangements = NULL;
	if (!sql_read_arrangements_of(reading->tx, reading->mem, view->ref, &rows, &n, error))
		return FALSE;
	if (n == 0)
		return TRUE;
	if (!load_facts(&reading->run, view->ref, &facts, error))
		return FALSE;
	arrangements = arena_array(reading->mem, ArrangementView, n);
	sorted = arena_array(reading->mem, ArrangementView, n);
	for (gsize i = 0; i < n; i++)
		if (!arrangement_view(reading, &rows[i], &facts, &arrangements[i], error))
			return FALSE;
	/* In force first, then what is suspended or decided, then what ended; newest first in each. */
	for (gsize pass = 0; pass < 4; pass++) {
		const ArrangementState state = (const ArrangementState[]){
			ARRANGEMENT_IN_FORCE, ARRANGEMENT_SUSPENDED, ARRANGEMENT_DECIDED, ARRANGEMENT_ENDED}[pass];

		for (gsize i = 0; i < n; i++)
			if (arrangements[i].state == state)
				sorted[view->n_arrangements++] = arrangements[i];
	}
	view->arrangements = sorted;
	view->has_in_force = sorted[0].state == ARRANGEMENT_IN_FORCE;
	return TRUE;
}

static const char *notice_title(const Reading *reading, const char *kind)
{
	const NoticeKind *notice = reading->run.policy != NULL ? policy_notice(reading->run.policy, kind) : NULL;

	return notice != NULL ? notice->title : kind;
}

/* Informal advice restricts nothing, and the gate does not know it: whoever looks is told so, unless something else
 * restricts contact by now. */
static void note_advice(Reading *reading, const NoticeLineRow *row, CustomerView *view)
{
	if (view->informal_advice != NULL || !g_str_equal(row->kind, "informal-advice"))
		return;
	view->informal_advice = arena_printf(reading->mem,
		view->has_in_force
			? "Informal advice was given on %s."
			: "Informal advice was given on %s. It asks, and restricts nothing: answer as usual.",
		day_in_words(reading->mem,
			zone_day(reading->run.zone, row->sent_at != INSTANT_NONE ? row->sent_at : row->made_at)));
}

static gboolean view_letters(Reading *reading, CustomerView *view, GError **error)
{
	NoticeLineRow *rows;
	LetterView *letters;
	guint lifted;
	gsize n;

	if (!sql_read_notices_of(reading->tx, reading->mem, view->ref, LETTERS_LOOKED_AT, &rows, &n, error))
		return FALSE;
	letters = arena_array(reading->mem, LetterView, n + 1);
	for (gsize i = 0; i < n; i++) {
		note_advice(reading, &rows[i], view);
		if (i >= LETTERS_SHOWN)
			continue;
		if (!lifts_of_notice(reading, rows[i].casefile, rows[i].owner, rows[i].delivery, rows[i].sent_at,
			    &lifted, error))
			return FALSE;
		view->hidden |= VEIL_LETTERS & ~lifted;
		letters[view->n_letters++] = (LetterView){.ref = rows[i].ref,
			.casefile = rows[i].casefile,
			.kind = rows[i].kind,
			.title = notice_title(reading, rows[i].kind),
			.about = rows[i].about,
			.owner = rows[i].owner,
			.delivery = rows[i].delivery,
			.subject = lifted & VEIL_LETTERS ? rows[i].subject : NULL,
			.made_at = rows[i].made_at,
			.sent_at = rows[i].sent_at,
			.delivered_at = rows[i].delivered_at,
			.returned_at = rows[i].returned_at};
	}
	view->letters = letters;
	return TRUE;
}

/* L2: the sentence that the head of function approved; until there is one, the policy's own. */
static gboolean view_safety(Reading *reading, CustomerView *view, GError **error)
{
	SafetyOfRow *row = NULL;

	if (!sql_safety_of(reading->tx, reading->mem, view->ref, &row, error))
		return FALSE;
	if (row != NULL)
		view->safety = row->words != NULL            ? row->words
			       : reading->run.policy != NULL ? reading->run.policy->gate.safety_words
							     : NULL;
	return TRUE;
}

gboolean customer_view(Reading *reading, const char *reference, CustomerView **ret_view, GError **error)
{
	CustomerView *view = arena_new0(reading->mem, CustomerView);
	CustomerRow *row;

	if (!load_customer(reading->tx, reading->mem, reference, "customer", &row, error))
		return FALSE;
	*view = (CustomerView){.ref = row->ref,
		.name = row->name,
		.kind = row->kind,
		.salutation = row->salutation,
		.postal_address = row->postal_address,
		.language = row->language,
		.format = row->format,
		.created_at = row->created_at};
	*ret_view = view;
	return view_identifiers(reading, view, error) && view_representatives(reading, view, error) &&
	       view_needs(reading, view, error) && view_matters(reading, view, error) &&
	       view_arrangements(reading, view, error) && view_letters(reading, view, error) &&
	       view_safety(reading, view, error);
}

gboolean read_customer(Acts *acts, Arena *mem, const ActCaller *caller, const char *reference,
	CustomerView **ret_customer, GError **error)
{
	g_auto(Reading) reading = {0};
	CustomerView *view;

	if (!reading_begin(&reading, acts, mem, caller, TRUE, error) ||
		!customer_view(&reading, reference, &view, error) ||
		!reading_viewed(&reading, caller, view->ref, "customer's page", error))
		return FALSE;
	*ret_customer = view;
	return TRUE;
}
