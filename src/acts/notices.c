/* notices.c: the letter that tells a decision (N1 to N4, G3), a report to the police, or once more an easing or an end.
 * What became of a letter stands in confirm.c. */
#include "acts/easing.h"
#include "acts/families.h"
#include "core/loosen.h"

typedef struct {
	const char *decision, *referral, *variation, *arrangement, *delivery, *owner;
} Notify;

static gboolean tell_decision(
	ActRun *run, const Notify *in, const Decision *decision, const char **ret_notice, GError **error)
{
	ArrangementRow *arrangement = NULL;
	DecisionRow *row = NULL;
	ArenaList ways = {0};
	Letter letter = {.kind = "decision", .owner = in->owner};

	if (!sql_decision_by_ref(run->tx, run->mem, decision->ref, &row, error) ||
		!sql_arrangement_of_decision(run->tx, run->mem, decision->ref, &arrangement, error))
		return FALSE;
	if (arrangement == NULL)
		return bug(error, "Decision %s has no arrangement.", decision->ref);
	if (arrangement->ended_at != INSTANT_NONE)
		return refuse_at(
			error, "G3", "decision", "%s has ended, so there is nothing of it to tell.", arrangement->ref);
	if (arrangement->variation != NULL)
		return refuse_at(error, "N1", "decision",
			"What %s decided was changed since. The letter about %s tells what applies now.", decision->ref,
			arrangement->variation);
	if (!easing_tell(run, arrangement, &letter, &ways, error))
		return FALSE;
	letter.why = row->reasons;
	letter.signed_by = letter.decided_by;
	return notice_make(run, &letter, decision->ref, in->delivery, ret_notice, error);
}

/* N1: the police were told, and agreed that this is said; what happened, in the words of the newest assessment. */
static gboolean tell_referral(ActRun *run, const Notify *in, const char **ret_notice, GError **error)
{
	const Referral *referral = casefile_referral(run->file, in->referral);
	const char *assessed = run->file->assessments[run->file->n_assessments - 1].ref;
	AssessmentRow *assessment = NULL;
	Letter letter = {.kind = "police-referral", .owner = in->owner, .decided_on = DAY_NONE};

	if (!sql_assessment_by_ref(run->tx, run->mem, assessed, &assessment, error) ||
		!notice_signer(run, run->actor->user_name, CAPACITY_NONE, &letter.signed_by, error))
		return FALSE;
	letter.behaviour = assessment->behaviour;
	letter.police =
		referral->police_reference != NULL
			? arena_printf(run->mem, "We told %s about this on %s. Their reference is %s.", referral->force,
				  day_in_words(run->mem, zone_day(run->zone, referral->referred_at)),
				  referral->police_reference)
			: arena_printf(run->mem, "We told %s about this on %s. They have not given us a reference yet.",
				  referral->force, day_in_words(run->mem, zone_day(run->zone, referral->referred_at)));
	return notice_make(run, &letter, referral->ref, in->delivery, ret_notice, error);
}

gboolean notice_preview_decision(ActRun *run, const Document **ret_letter, GError **error)
{
	const Notify in = {.decision = run->id};
	const Decision *decision;
	const char *notice;

	*ret_letter = NULL;
	if (!load_casefile(run->tx, run->mem, run->file->ref, &run->file, error))
		return FALSE;
	decision = casefile_decision(run->file, run->id);
	if (decision == NULL || decision->complete_at == INSTANT_NONE || !decided_authorises(decision->outcome))
		return TRUE;
	if (!tell_decision(run, &in, decision, &notice, error))
		return FALSE;
	*ret_letter = run->letter;
	return TRUE;
}

static Capacity capacity_of(const char *name)
{
	for (Capacity capacity = CAPACITY_HEAD; capacity <= CAPACITY_STAND_IN; capacity++)
		if (g_str_equal(capacity_name(capacity), name))
			return capacity;
	return CAPACITY_NONE;
}

/* The letter about an easing, made anew: signed by who eased. */
static gboolean tell_variation(ActRun *run, const Notify *in, const char **ret_notice, GError **error)
{
	const Variation *known = casefile_variation(run->file, in->variation);
	ArrangementRow *arrangement = NULL;
	VariationRow *row = NULL;
	ArenaList ways = {0};
	Letter letter = {.kind = "arrangement-varied", .owner = in->owner};

	if (known == NULL)
		return refuse_at(
			error, "N1", "variation", "‘%s’ is no variation on %s.", in->variation, run->file->ref);
	if (!sql_variation_by_ref(run->tx, run->mem, in->variation, &row, error))
		return FALSE;
	if (g_str_equal(row->kind, "lift"))
		return ending_tell(run, casefile_arrangement(run->file, row->arrangement), row->ref, row->reasons,
			capacity_of(row->capacity), in->delivery, in->owner, ret_notice, error);
	if (!sql_arrangement_of_decision(run->tx, run->mem, casefile_arrangement(run->file, row->arrangement)->decision,
		    &arrangement, error))
		return FALSE;
	if (arrangement->ended_at != INSTANT_NONE || g_strcmp0(arrangement->variation, row->ref) != 0)
		return refuse_at(error, "N1", "variation",
			"What %s changed was changed again or has ended since. The letter about that tells it.",
			row->ref);
	letter.why = row->reasons;
	return easing_tell(run, arrangement, &letter, &ways, error) &&
	       notice_signer(run, row->by_user, capacity_of(row->capacity), &letter.signed_by, error) &&
	       notice_make(run, &letter, row->ref, in->delivery, ret_notice, error);
}

static gboolean tell_end(ActRun *run, const Notify *in, const char **ret_notice, GError **error)
{
	const Arrangement *ended;

	if (!easing_settle_lapsing(run, error))
		return FALSE;
	ended = casefile_arrangement(run->file, in->arrangement);
	if (ended == NULL)
		return refuse_at(
			error, "N1", "arrangement", "‘%s’ is no arrangement of %s.", in->arrangement, run->file->ref);
	return ending_tell(run, ended, ended->ref, ending_why(run, ended), CAPACITY_NONE, in->delivery, in->owner,
		ret_notice, error);
}

static gboolean notify(ActRun *run, const void *input, GError **error)
{
	const Notify *in = input;
	const int subjects =
		(in->decision != NULL) + (in->referral != NULL) + (in->variation != NULL) + (in->arrangement != NULL);

	if (subjects != 1)
		return invalid(error, "decision",
			"Say what is to be told: a decision, a report to the police, or a change or an end whose "
			"letter came back.");
	if (in->referral != NULL) {
		run->summary = "Letter about the report to the police approved";
		return casefile_check_notify_referral(&run->rules, run->file, in->referral, error) &&
		       tell_referral(run, in, &run->id, error);
	}
	if (in->variation != NULL) {
		run->summary = "Letter about a change of the arrangements made anew";
		return casefile_check_notify_end(&run->rules, run->file, in->variation, error) &&
		       tell_variation(run, in, &run->id, error);
	}
	if (in->arrangement != NULL) {
		run->summary = "Letter about the end of the arrangements made anew";
		return casefile_check_notify_end(&run->rules, run->file, in->arrangement, error) &&
		       tell_end(run, in, &run->id, error);
	}
	run->summary = "Letter about the decision approved";
	return casefile_check_notify(&run->rules, run->file, in->decision, error) &&
	       tell_decision(run, in, casefile_decision(run->file, in->decision), &run->id, error);
}

const Act act_notify = {
	.name = "notify",
	.title = "Make the letter that tells them",
	.summary =
		"Makes the letter that tells a decision, approved by whoever does this: reasons, arrangements, "
		"duration, review, what would lift it, how to dispute (N1 to N4, G3); or, where the police agreed, "
		"that they were told; or once more a letter about a change or an end that came back. E-mail goes out "
		"by itself; all else is confirmed when it was done.",
	.by = BY_ANYONE,
	.needs = ACT_CASEFILE,
	.fields =
		(const Field[]){
			FIELD(Notify, decision, LINE, .help = "the decision"),
			FIELD(Notify, referral, LINE, .help = "or the report to the police"),
			FIELD(Notify, variation, LINE, .help = "or the change whose letter came back"),
			FIELD(Notify, arrangement, LINE,
				.help = "or the arrangement that ran out, whose letter came back"),
			DELIVERY_FIELD(Notify),
			OWNER_FIELD(Notify),
			FIELDS_END,
		},
	.input_size = sizeof(Notify),
	.perform = notify,
};
