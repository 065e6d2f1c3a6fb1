/* easing.c: an arrangement ends and an easier one may take its place (R8, D2, R9), and what a letter says of one. Who
 * may do it stands in core; vary and lift are in vary.c, the answer to a dispute in dispute_answer.c. */
#include "acts/easing.h"

#include "core/dispute.h"
#include "core/ease.h"
#include "core/loosen.h"

/* The row of what binds from now on: everything that was not said stays as it was. */
static ArrangementRow changed_row(ActRun *run, const EasingWanted *wanted)
{
	ArrangementRow row = *wanted->old;

	row.ref = "";
	row.notice = NULL;
	row.restrictions = fields_dump(
		restriction_fields, wanted->restrictions, wanted->n_restrictions, sizeof(RestrictionAsked), run->mem);
	row.supersedes = wanted->old->ref;
	row.pack = run->pack_label;
	if (row.from_at != INSTANT_NONE)
		row.from_at = MAX(row.from_at, run->now);
	if (wanted->until_on != DAY_NONE)
		row.until_on = wanted->until_on;
	return row;
}

static gboolean is_dispute(const EasingWanted *wanted)
{
	return wanted->dispute != NULL;
}

/* R8, A3, or of a dispute D2; then R9, with all that this customer has. */
static gboolean check_changed(ActRun *run, const EasingWanted *wanted, const ArrangementRow *row, GError **error)
{
	CustomerFacts facts;
	Arrangement *old, *changed, **all;
	ArenaList ways = {0};
	Easing easing;
	gsize n;

	if (!restrictions_check(run, wanted->restrictions, wanted->n_restrictions, error) ||
		!load_facts(run, row->customer, &facts, error) ||
		!load_arrangement(run, wanted->old, &facts, &old, error) ||
		!load_arrangement(run, row, &facts, &changed, error))
		return FALSE;
	if (is_dispute(wanted)) {
		arrangement_compare(run->policy, run->zone, old, changed, facts.restrictions.doors,
			facts.restrictions.n_doors, run->mem, &easing);
		if (!dispute_check_course(&easing, wanted->agreement, error))
			return FALSE;
	} else if (!arrangement_nowhere_severer(run->policy, run->zone, old, changed, facts.restrictions.doors,
			   facts.restrictions.n_doors, run->mem, error))
		return FALSE;
	return load_arrangements(run, row->customer, row, &facts, &all, &n, error) &&
	       arrangement_leaves_way(run->policy, (const Arrangement *const *)all, n, facts.needs, facts.n_needs,
		       facts.restrictions.doors, facts.restrictions.n_doors, run->mem, &ways, error);
}

/* What would lead to lifting it: as said now, or as it was said of the one before. */
static gboolean find_lifting(ActRun *run, const EasingWanted *wanted, const char **ret_lifting, GError **error)
{
	VariationRow *before = NULL;

	*ret_lifting = wanted->lifting;
	if (wanted->lifting != NULL || wanted->old->variation == NULL)
		return TRUE;
	if (!sql_variation_by_ref(run->tx, run->mem, wanted->old->variation, &before, error))
		return FALSE;
	*ret_lifting = before != NULL ? before->lifting : NULL;
	return TRUE;
}

static gboolean save_variation(ActRun *run, const EasingWanted *wanted, const char **ret_variation, GError **error)
{
	VariationRow row = {.casefile = run->file->ref,
		.arrangement = wanted->old->ref,
		.kind = wanted->kind,
		.dispute = wanted->dispute,
		.reasons = wanted->reasons,
		.agreement = wanted->agreement,
		.by_user = run->actor->user_name,
		.capacity = wanted->capacity,
		.at = run->now,
		.pack = run->pack_label};

	if (!find_lifting(run, wanted, &row.lifting, error) || !act_new_reference(run, "V", &row.ref, error))
		return FALSE;
	*ret_variation = row.ref;
	return sql_variation_add(run->tx, &row, error);
}

gboolean easing_apply(ActRun *run, const EasingWanted *wanted, EasingDone *ret_done, GError **error)
{
	const gboolean ends = wanted->n_restrictions == 0;
	ArrangementRow *row = NULL;
	EasingDone done = {.before = wanted->old};
	gint64 changed;

	if (wanted->old->ended_at != INSTANT_NONE)
		return refuse_at(error, "G1", "arrangement", "%s has ended. There is nothing to change in it.",
			wanted->old->ref);
	if (!ends) {
		const ArrangementRow fresh = changed_row(run, wanted);

		row = arena_memdup(run->mem, &fresh, sizeof fresh);
		if (!check_changed(run, wanted, row, error))
			return FALSE;
	}
	if (!save_variation(run, wanted, &done.variation, error) ||
		!sql_arrangement_end(run->tx, wanted->old->ref, run->now, &changed, error))
		return FALSE;
	if (!ends) {
		row->variation = done.variation;
		if (!act_new_reference(run, "A", &row->ref, error) || !sql_arrangement_add(run->tx, row, error) ||
			!sql_arrangement_supersede_instead(run->tx, wanted->old->ref, row->ref, &changed, error))
			return FALSE;
		run->arrangement = row->ref;
	}
	done.arrangement = row;
	*ret_done = done;
	return TRUE;
}

/* What happened, in the words of the assessments of all that the request cites; the first gives the heading. */
static gboolean tell_behaviour(ActRun *run, const Request *request, Letter *letter, GError **error)
{
	g_autoptr(GHashTable) told = g_hash_table_new(g_str_hash, g_str_equal);

	for (gsize i = 0; request->reports[i] != NULL; i++) {
		const Report *report = casefile_report(run->file, request->reports[i]);
		AssessmentRow *row = NULL;

		if (report == NULL || report->assessment == NULL || !g_hash_table_add(told, (char *)report->assessment))
			continue;
		if (!sql_assessment_by_ref(run->tx, run->mem, report->assessment, &row, error))
			return FALSE;
		if (letter->heading == NULL)
			letter->heading = policy_heading(run->policy, row->heading);
		letter->behaviour = letter->behaviour == NULL
					    ? row->behaviour
					    : arena_printf(run->mem, "%s\n\n%s", letter->behaviour, row->behaviour);
	}
	return TRUE;
}

/* R9, G5: the ways that are left for everything, and those that no arrangement closes. */
static void list_ways(ActRun *run, const ArenaList *usable, const ArenaList *protected, ArenaList *ways)
{
	g_autoptr(GString) all = g_string_new(NULL);

	for (gsize i = 0; i < usable->n; i++)
		g_string_append_printf(all, "%s%s", i > 0 ? "; " : "", (const char *)usable->items[i]);
	if (usable->n > 0)
		arena_list_add(
			run->mem, ways, arena_printf(run->mem, "For anything that you need from us: %s", all->str));
	for (gsize i = 0; i < protected->n; i++)
		arena_list_add(run->mem, ways, protected->items[i]);
}

/* The compiled arrangement, and the ways that all of this customer's arrangements together leave open. */
static gboolean tell_ways(ActRun *run, const ArrangementRow *row, Letter *letter, ArenaList *ways, GError **error)
{
	CustomerFacts facts;
	Arrangement **all, *own;
	ArenaList usable = {0}, protected = {0};
	gsize n;

	if (!load_facts(run, row->customer, &facts, error) || !load_arrangement(run, row, &facts, &own, error) ||
		!load_arrangements(run, row->customer, NULL, &facts, &all, &n, error) ||
		!arrangement_leaves_way(run->policy, (const Arrangement *const *)all, n, facts.needs, facts.n_needs,
			facts.restrictions.doors, facts.restrictions.n_doors, run->mem, &usable, error))
		return FALSE;
	arrangement_open_ways(run->policy, facts.restrictions.doors, facts.restrictions.n_doors, facts.needs,
		facts.n_needs, TRUE, run->mem, &protected);
	list_ways(run, &usable, &protected, ways);
	letter->arrangement = own;
	letter->ways = ways;
	return TRUE;
}

/* An easing that works from its act does not wait for this letter. */
static const char *starts_in_words(ActRun *run, const ArrangementRow *row)
{
	if (row->variation == NULL || row->from_at == INSTANT_NONE)
		return NULL;
	if (row->from_at > run->now)
		return arena_printf(run->mem, "This starts on %s.", zone_format(run->zone, run->mem, row->from_at));
	return arena_printf(run->mem, "This applies at once. It has applied since %s.",
		zone_format(run->zone, run->mem, row->from_at));
}

gboolean easing_tell(ActRun *run, const ArrangementRow *row, Letter *letter, ArenaList *ways, GError **error)
{
	const Decision *decision = casefile_decision(run->file, row->decision);
	const Request *request = decision != NULL ? casefile_request(run->file, decision->request) : NULL;
	VariationRow *variation = NULL;
	DecisionRow *decided = NULL;

	if (request == NULL || decision->n_signatures == 0)
		return bug(error, "Decision %s has no request or signature.", row->decision);
	if (!sql_decision_by_ref(run->tx, run->mem, row->decision, &decided, error) ||
		(row->variation != NULL &&
			!sql_variation_by_ref(run->tx, run->mem, row->variation, &variation, error)) ||
		!tell_behaviour(run, request, letter, error) || !tell_ways(run, row, letter, ways, error) ||
		!notice_signer(run, decision->signatures[0].user_name, decision->signatures[0].capacity,
			&letter->decided_by, error))
		return FALSE;
	letter->no_warning = decision_without_warning(run->file, decision);
	letter->decided_on = zone_day(run->zone, decision->at);
	letter->starts = starts_in_words(run, row);
	letter->lifting = variation != NULL && variation->lifting != NULL ? variation->lifting : decided->lifting;
	if (letter->lifting == NULL && letter->heading != NULL)
		letter->lifting = letter->heading->lifting;
	return TRUE;
}

gboolean easing_settle_lapsing(ActRun *run, GError **error)
{
	Arrangement *arrangements = arena_array(run->mem, Arrangement, run->file->n_arrangements + 1);

	for (gsize i = 0; i < run->file->n_arrangements; i++) {
		const Pack *pack = acts_pack_in(run->acts, run->tx, run->file->arrangements[i].pack, error);

		if (pack == NULL)
			return FALSE;
		arrangements[i] = run->file->arrangements[i];
		arrangements[i].review_lapses = pack_policy(pack)->review.missed == MISSED_LAPSE;
	}
	run->file->arrangements = arrangements;
	return TRUE;
}
