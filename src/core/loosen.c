/* loosen.c: who may vary, lift or end an arrangement, and which letters tell one (R8, G1, G3, N5). */
#include "core/loosen.h"

#include "core/dispute.h"
#include "core/rules.h"

const Arrangement *casefile_arrangement(const Casefile *file, const char *ref)
{
	for (gsize i = 0; i < file->n_arrangements; i++)
		if (rules_same(file->arrangements[i].ref, ref))
			return &file->arrangements[i];
	return NULL;
}

const Variation *casefile_variation(const Casefile *file, const char *ref)
{
	for (gsize i = 0; i < file->n_variations; i++)
		if (rules_same(file->variations[i].ref, ref))
			return &file->variations[i];
	return NULL;
}

const Variation *casefile_variation_of(const Casefile *file, const char *arrangement)
{
	for (gsize i = 0; i < file->n_variations; i++)
		if (rules_same(file->variations[i].arrangement, arrangement))
			return &file->variations[i];
	return NULL;
}

/* A1, A2: as for a decision, whose place it takes. deed: "vary" */
static gboolean may_loosen(
	const RuleContext *rules, const Casefile *file, const char *deed, Capacity *ret_capacity, GError **error)
{
	Capacity capacity = actor_capacity(rules->actor, rules->policy, file->function);

	if (!rules_person(rules, "A1", error))
		return FALSE;
	if (capacity == CAPACITY_NONE)
		return refuse(error, "A1",
			"Only the head of function of ‘%s’, or who is named to act for them, may %s an arrangement of "
			"%s. Leave it to them.",
			file->function, deed, file->ref);
	*ret_capacity = capacity;
	return rules_open(rules, file, error);
}

/* The arrangement on the casefile; refused where it has ended. */
static gboolean find_holding(
	const RuleContext *rules, const Casefile *file, const char *ref, const Arrangement **ret_found, GError **error)
{
	const Arrangement *found = casefile_arrangement(file, ref);
	g_autoptr(Arena) mem = NULL;

	if (found == NULL)
		return refuse_at(
			error, "G1", "arrangement", "‘%s’ is no arrangement of %s.", ref != NULL ? ref : "", file->ref);
	mem = arena_new(1 << 12);
	if (found->until != INSTANT_NONE)
		return refuse_at(error, "G1", "arrangement", "%s ended on %s. There is nothing to change in it.",
			found->ref, day_in_words(mem, zone_day(rules->zone, found->until)));
	*ret_found = found;
	return TRUE;
}

static gboolean is_run_out(const RuleContext *rules, const Arrangement *arrangement)
{
	const Day today = rules_today(rules);

	return arrangement_is_over(arrangement, today) ||
	       (arrangement->review_lapses && arrangement_review_overdue(arrangement, today));
}

gboolean casefile_check_vary(
	const RuleContext *rules, const Casefile *file, const VaryInput *in, Capacity *ret_capacity, GError **error)
{
	const Arrangement *arrangement;

	if (!may_loosen(rules, file, "vary", ret_capacity, error) ||
		!find_holding(rules, file, in->arrangement, &arrangement, error))
		return FALSE;
	if (is_run_out(rules, arrangement))
		return refuse_at(error, "G1", "arrangement",
			"%s has run out. What is to go on needs to be authorised anew.", arrangement->ref);
	if (!casefile_police_done(file, error))
		return FALSE;
	if (in->n_restrictions == 0)
		return refuse_at(error, "R8", "restrictions",
			"Say what applies from now on. If nothing does, lift the arrangement.");
	if (in->until_on != DAY_NONE && in->until_on <= rules_today(rules))
		return refuse_at(error, "G2", "until_on",
			"The last day has to lie after today. If it is to end now, lift the arrangement.");
	if (!rules_said(in->reasons))
		return refuse_at(error, "A8", "reasons", "Give your reasons: the letter tells them to the customer.");
	return TRUE;
}

gboolean casefile_check_lift(const RuleContext *rules, const Casefile *file, const char *ref, const char *reasons,
	Capacity *ret_capacity, GError **error)
{
	const Arrangement *arrangement;

	if (!may_loosen(rules, file, "lift", ret_capacity, error) ||
		!find_holding(rules, file, ref, &arrangement, error))
		return FALSE;
	if (is_run_out(rules, arrangement))
		return refuse_at(error, "G3", "arrangement",
			"%s has run out by itself. End it (end-arrangement): that makes the letter which says so.",
			arrangement->ref);
	if (!rules_said(reasons))
		return refuse_at(error, "A8", "reasons", "Give your reasons: the letter tells them to the customer.");
	return TRUE;
}

gboolean casefile_check_end(const RuleContext *rules, const Casefile *file, const char *ref, GError **error)
{
	const Arrangement *arrangement;
	const Actor *actor = rules->actor;

	if (actor->gate_only)
		return refuse(error, "G3", "A program may not do this. A member of staff has to.");
	if (!actor->machine && !rules_person(rules, "G3", error))
		return FALSE;
	if (!actor->machine && !actor_has(actor, ROLE_MANAGER, file->function) &&
		actor_capacity(actor, rules->policy, file->function) == CAPACITY_NONE)
		return refuse(error, "G3",
			"An arrangement that has run out is ended by a manager or the head of function of ‘%s’. Ask "
			"one of them.",
			file->function);
	if (!find_holding(rules, file, ref, &arrangement, error))
		return FALSE;
	if (!is_run_out(rules, arrangement))
		return refuse_at(error, "G3", "arrangement",
			"%s has not run out. Only the head of function can end it before that, by lifting it.",
			arrangement->ref);
	return TRUE;
}

/* The newest letter about something; NULL. */
static const NoticeState *letter_about(const Casefile *file, const char *about)
{
	for (gsize i = file->n_notices; i > 0; i--)
		if (rules_same(file->notices[i - 1].about, about))
			return &file->notices[i - 1];
	return NULL;
}

gboolean casefile_check_notify_end(const RuleContext *rules, const Casefile *file, const char *about, GError **error)
{
	const NoticeState *letter = letter_about(file, about);

	if (!rules_person(rules, "N1", error))
		return FALSE;
	if (!actor_belongs(rules->actor, file->function))
		return refuse(error, "N1", "The letter is sent by ‘%s’, which owns %s. Ask somebody there.",
			file->function, file->ref);
	if (letter == NULL)
		return refuse_at(error, "N1", "variation",
			"No letter about %s was made yet, so none is to be made anew.", about != NULL ? about : "");
	if (letter->returned_at == INSTANT_NONE)
		return refuse_at(error, "N1", "variation",
			"The letter about %s was made already (%s). Confirm that one when it went out.", about,
			letter->ref);
	return rules_open(rules, file, error);
}

const char *casefile_decision_told(const Casefile *file, const NoticeState *notice)
{
	const Variation *variation = casefile_variation(file, notice->about);
	const Dispute *dispute = casefile_dispute(file, notice->about);
	const Arrangement *arrangement;

	if (casefile_decision(file, notice->about) != NULL)
		return notice->about;
	if (dispute != NULL)
		return rules_same(notice->kind, "dispute-answered") ? dispute->decision : NULL;
	arrangement = variation != NULL ? casefile_arrangement(file, variation->arrangement) : NULL;
	return arrangement != NULL ? arrangement->decision : NULL;
}

gboolean notice_tells(const Casefile *file, const NoticeState *notice, const Arrangement *arrangement)
{
	const Variation *variation = casefile_variation(file, arrangement->variation);

	if (!rules_same(casefile_decision_told(file, notice), arrangement->decision))
		return FALSE;
	if (casefile_dispute(file, notice->about) != NULL)
		return variation == NULL || notice->made_at >= variation->at;
	return rules_same(notice->about, variation != NULL ? variation->ref : arrangement->decision);
}

gboolean decision_is_told(const Casefile *file, const char *decision, const char *but)
{
	for (gsize i = 0; i < file->n_notices; i++) {
		const NoticeState *notice = &file->notices[i];

		if (notice->sent_at != INSTANT_NONE && notice->returned_at == INSTANT_NONE &&
			!rules_same(notice->ref, but) && rules_same(casefile_decision_told(file, notice), decision))
			return TRUE;
	}
	return FALSE;
}

gboolean arrangement_is_known(const Casefile *file, const Arrangement *arrangement)
{
	if (arrangement->from != INSTANT_NONE)
		return TRUE;
	for (gsize i = 0; i < file->n_notices; i++)
		if (file->notices[i].returned_at == INSTANT_NONE &&
			rules_same(casefile_decision_told(file, &file->notices[i]), arrangement->decision))
			return TRUE;
	return FALSE;
}
