/* closing.c: when a casefile may be closed, and as what (G3). What ends an arrangement stands in loosen.c. */
#include "core/closing.h"

#include "core/dispute.h"
#include "core/loosen.h"
#include "core/rules.h"

static const char *const closed_names[] = {
	[CLOSED_NO_ACTION] = "no-action",
	[CLOSED_ADVICE_SUFFICED] = "advice-sufficed",
	[CLOSED_WARNING_SUFFICED] = "warning-sufficed",
	[CLOSED_REFUSED] = "refused",
	[CLOSED_OVERTURNED] = "overturned",
	[CLOSED_ENDED] = "ended",
};
_Static_assert(G_N_ELEMENTS(closed_names) == CLOSED_OUTCOMES, "a name for every outcome");

const char *closed_name(ClosedOutcome outcome)
{
	return closed_names[outcome];
}

gboolean closed_parse(const char *text, ClosedOutcome *ret_outcome)
{
	for (int i = 0; i < CLOSED_OUTCOMES; i++)
		if (rules_same(closed_names[i], text)) {
			*ret_outcome = (ClosedOutcome)i;
			return TRUE;
		}
	return FALSE;
}

/* Somebody still has to answer. */
static gboolean check_answered(const Casefile *file, GError **error)
{
	const Request *request = casefile_open_request(file);
	const Dispute *dispute = casefile_open_dispute(file, NULL);

	for (gsize i = 0; i < file->n_reports; i++)
		if (file->reports[i].assessment == NULL)
			return refuse(
				error, "G3", "Report %s has not been assessed. Assess it first.", file->reports[i].ref);
	if (request != NULL)
		return refuse(error, "G3", "Request %s is open. Wait for its decision, or withdraw it.", request->ref);
	if (dispute != NULL)
		return refuse(error, "G3", "Dispute %s is open. It is answered first.", dispute->ref);
	return TRUE;
}

/* One that another took the place of is told by that one's letter. */
static gboolean is_succeeded(const Casefile *file, const Arrangement *arrangement)
{
	for (gsize i = 0; i < file->n_arrangements; i++) {
		const Arrangement *later = &file->arrangements[i];

		if (rules_same(later->decision, arrangement->decision)
				? later->variation != NULL && strcmp(later->ref, arrangement->ref) > 0
				: later->from != INSTANT_NONE && strcmp(later->decision, arrangement->decision) > 0)
			return TRUE;
	}
	return FALSE;
}

gboolean arrangement_end_is_told(const Casefile *file, const Arrangement *arrangement)
{
	const Variation *variation = casefile_variation_of(file, arrangement->ref);

	for (gsize i = 0; i < file->n_notices; i++) {
		const NoticeState *notice = &file->notices[i];

		if (notice->sent_at == INSTANT_NONE || notice->returned_at != INSTANT_NONE)
			continue;
		if (rules_same(notice->kind, "ended") &&
			(rules_same(notice->about, arrangement->ref) ||
				(variation != NULL && rules_same(notice->about, variation->ref))))
			return TRUE;
		if (variation != NULL && variation->dispute != NULL && rules_same(notice->kind, "dispute-answered") &&
			rules_same(notice->about, variation->dispute))
			return TRUE;
	}
	return FALSE;
}

static gboolean check_arrangements(const Casefile *file, GError **error)
{
	for (gsize i = 0; i < file->n_arrangements; i++) {
		const Arrangement *arrangement = &file->arrangements[i];

		if (arrangement->until == INSTANT_NONE)
			return refuse(error, "G3",
				"Arrangement %s has not been ended. Lift it first, or wait until it has run out.",
				arrangement->ref);
		if (arrangement_is_known(file, arrangement) && !is_succeeded(file, arrangement) &&
			!arrangement_end_is_told(file, arrangement))
			return refuse(error, "G3",
				"The letter which says that %s has ended has not gone out, or it came back. Send it "
				"first.",
				arrangement->ref);
	}
	return TRUE;
}

/* A letter about a decision of which nothing is left need not go out any more. */
static gboolean is_moot(const Casefile *file, const NoticeState *notice)
{
	gboolean any = FALSE;

	for (gsize i = 0; i < file->n_arrangements; i++) {
		if (!rules_same(file->arrangements[i].decision, notice->about))
			continue;
		any = TRUE;
		if (file->arrangements[i].until == INSTANT_NONE)
			return FALSE;
	}
	return any;
}

static gboolean check_letters(const Casefile *file, GError **error)
{
	for (gsize i = 0; i < file->n_notices; i++) {
		const NoticeState *notice = &file->notices[i];

		if (notice->sent_at == INSTANT_NONE && notice->returned_at == INSTANT_NONE && !is_moot(file, notice))
			return refuse(
				error, "G3", "Letter %s is still to be sent. Send it, and confirm that.", notice->ref);
	}
	return TRUE;
}

gboolean casefile_check_closable(const RuleContext *rules, const Casefile *file, GError **error)
{
	return rules_open(rules, file, error) && casefile_police_done(file, error) && check_answered(file, error) &&
	       check_arrangements(file, error) && check_letters(file, error);
}

static gboolean was_warned(const Casefile *file)
{
	for (gsize i = 0; i < file->n_warnings; i++)
		if (warning_is_sent(&file->warnings[i]))
			return TRUE;
	return FALSE;
}

static gboolean was_advised(const Casefile *file)
{
	for (gsize i = 0; i < file->n_assessments; i++)
		if (file->assessments[i].outcome == ASSESSED_INFORMAL_ADVICE)
			return TRUE;
	return FALSE;
}

static gboolean has_decided(const Casefile *file, gboolean authorised)
{
	for (gsize i = 0; i < file->n_decisions; i++) {
		const Decision *decision = &file->decisions[i];

		if (decision->complete_at == INSTANT_NONE)
			continue;
		if (authorised ? decided_authorises(decision->outcome) : decision->outcome == DECIDED_REFUSED)
			return TRUE;
	}
	return FALSE;
}

static gboolean was_overturned(const Casefile *file)
{
	for (gsize i = 0; i < file->n_variations; i++)
		if (file->variations[i].dispute != NULL)
			return TRUE;
	return FALSE;
}

gboolean casefile_nothing_followed(const Casefile *file)
{
	return was_warned(file) && !has_decided(file, TRUE);
}

gboolean casefile_check_outcome(const Casefile *file, ClosedOutcome outcome, GError **error)
{
	const gboolean restricted = has_decided(file, TRUE);

	switch (outcome) {
	case CLOSED_ENDED:
		return restricted || refuse_at(error, "G3", "outcome",
					     "Nothing was authorised on %s, so nothing has ended. Choose what came of "
					     "it.",
					     file->ref);
	case CLOSED_OVERTURNED:
		return was_overturned(file) || refuse_at(error, "G3", "outcome",
						       "No dispute changed or ended anything on %s. Choose what came "
						       "of it.",
						       file->ref);
	default:
		break;
	}
	if (restricted)
		return refuse_at(error, "G3", "outcome",
			"An arrangement was authorised on %s. It ended, or was overturned: choose which.", file->ref);
	if (outcome == CLOSED_REFUSED && !has_decided(file, FALSE))
		return refuse_at(
			error, "G3", "outcome", "No request was refused on %s. Choose what came of it.", file->ref);
	if (outcome == CLOSED_WARNING_SUFFICED && !was_warned(file))
		return refuse_at(
			error, "G3", "outcome", "No warning went out on %s. Choose what came of it.", file->ref);
	if (outcome == CLOSED_ADVICE_SUFFICED && !was_advised(file))
		return refuse_at(
			error, "G3", "outcome", "No advice was given on %s. Choose what came of it.", file->ref);
	return TRUE;
}

gboolean casefile_check_close(const RuleContext *rules, const Casefile *file, const char *text, const char *words,
	ClosedOutcome *ret_outcome, GError **error)
{
	ClosedOutcome outcome;

	if (!rules_manager(rules, file, "G3", "say what came of it and close", error) ||
		!rules_open(rules, file, error))
		return FALSE;
	if (!closed_parse(text, &outcome))
		return invalid(error, "outcome",
			"Choose what came of it: no-action, advice-sufficed, warning-sufficed, refused, overturned or "
			"ended.");
	if (!casefile_check_closable(rules, file, error) || !casefile_check_outcome(file, outcome, error))
		return FALSE;
	if (!rules_said(words))
		return refuse_at(error, "G3", "words", "Say in a sentence or two what came of it.");
	*ret_outcome = outcome;
	return TRUE;
}
