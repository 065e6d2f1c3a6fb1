/* dispute_answer.c: the answer to a dispute (D1, D2, G8): what it leaves in force, at once, and the letter that tells
 * it, in the same act. How a dispute comes in is disputes.c's; what an easing does to an arrangement easing.c's. */
#include "acts/easing.h"
#include "acts/families.h"
#include "acts/outcomes.h"
#include "core/dispute.h"

typedef struct {
	AnswerDisputeInput core; /* first: its fields are addressed as its own */
	const char *delivery, *owner;
} AnswerDispute;
G_STATIC_ASSERT(G_STRUCT_OFFSET(AnswerDispute, core) == 0);

/* What the answer leaves of the decision's newest arrangement; *ret_row NULL: nothing. */
static gboolean carry_out(ActRun *run, const Dispute *disputed, const AnswerDisputeInput *in, DisputeOutcome outcome,
	ArrangementRow **ret_row, GError **error)
{
	const Arrangement *newest = casefile_arrangement_of(run->file, disputed->decision);
	const gboolean over = newest == NULL || arrangement_is_over(newest, run->today);
	EasingWanted wanted = {.kind = "dispute",
		.restrictions = in->restrictions,
		.n_restrictions = in->n_restrictions,
		.until_on = in->until_on,
		.reasons = in->reasons,
		.dispute = in->dispute,
		.agreement = in->agreement,
		.capacity = "complaints-officer"};
	EasingDone done = {0};
	ArrangementRow *row = NULL;

	*ret_row = NULL;
	if (over)
		return TRUE;
	if (!sql_arrangement_by_ref(run->tx, run->mem, newest->ref, &row, error))
		return FALSE;
	if (outcome == DISPUTE_STILL_APPLY) {
		*ret_row = row;
		return TRUE;
	}
	wanted.old = row;
	if (outcome == DISPUTE_DIFFERENT && !restrictions_check(run, in->restrictions, in->n_restrictions, error))
		return FALSE;
	if (!easing_apply(run, &wanted, &done, error))
		return FALSE;
	*ret_row = done.arrangement;
	return TRUE;
}

static const char *outcome_in_words(const Dispute *disputed, const AnswerDisputeInput *in, DisputeOutcome outcome)
{
	if (outcome == DISPUTE_STILL_APPLY)
		return disputed->suspends ? "The arrangements that we told you of apply again."
					  : "The arrangements that we told you of still apply, as they are.";
	if (outcome == DISPUTE_ENDED)
		return "The arrangements have ended.";
	return in->agreement != NULL ? "We have agreed another course with you. It applies at once."
				     : "We have made the arrangements easier for you. This applies at once.";
}

/* D2: in writing, in the same act. */
static gboolean tell_outcome(ActRun *run, const Dispute *disputed, const AnswerDispute *in, DisputeOutcome outcome,
	const ArrangementRow *row, GError **error)
{
	Letter letter = {.kind = "dispute-answered",
		.entry = disputed->ref,
		.received = day_in_words(run->mem, zone_day(run->zone, disputed->received_at)),
		.outcome = outcome_in_words(disputed, &in->core, outcome),
		.decided_on = DAY_NONE};
	ArenaList ways = {0};
	const char *notice;

	if (row != NULL && !easing_tell(run, row, &letter, &ways, error))
		return FALSE;
	letter.why = in->core.reasons;
	letter.owner = in->owner;
	return notice_signer_self(run, &letter.signed_by, error) &&
	       notice_make(run, &letter, disputed->ref, in->delivery, &notice, error);
}

static gboolean answer_dispute(ActRun *run, const void *input, GError **error)
{
	const AnswerDispute *in = input;
	const Dispute *disputed;
	DisputeOutcome outcome;
	ArrangementRow *row;
	gint64 changed;

	if (!casefile_check_answer_dispute(&run->rules, run->file, &in->core, &outcome, error))
		return FALSE;
	disputed = casefile_dispute(run->file, in->core.dispute);
	run->id = disputed->ref;
	run->summary = arena_printf(
		run->mem, "Dispute answered: %s", outcome_words(OUTCOME_DISPUTED, dispute_outcome_name(outcome)));
	return sql_dispute_answer(run->tx, disputed->ref, run->now, run->actor->user_name,
		       dispute_outcome_name(outcome), in->core.reasons, &changed, error) &&
	       carry_out(run, disputed, &in->core, outcome, &row, error) &&
	       tell_outcome(run, disputed, in, outcome, row, error);
}

const Act act_answer_dispute = {
	.name = "answer-dispute",
	.title = "Answer a dispute",
	.summary =
		"A complaints officer who had no part in the decision says whether its arrangements still apply, are "
		"less or another, or end (D1, D2, G8). It works at once, and the letter tells the customer.",
	.by = BY_ANYONE,
	.needs = ACT_CASEFILE,
	.fields =
		(const Field[]){
			FIELD(AnswerDisputeInput, dispute, LINE, .required = TRUE, .help = "the dispute"),
			{.name = "outcome",
				.type = FIELD_CHOICE,
				.offset = G_STRUCT_OFFSET(AnswerDisputeInput, outcome),
				.required = TRUE,
				.choices = (const char *const[]){"still-apply", "different", "ended", NULL},
				.help = "the arrangements still apply, something different does, or they end (D2)"},
			FIELD_LIST(AnswerDisputeInput, restrictions, GROUP, .privacy = FIELD_PERSONAL, .max = 20,
				.fields = restriction_fields, .size = sizeof(RestrictionAsked),
				.help = "of 'different': what applies from now on; less than before, never more"),
			FIELD(AnswerDisputeInput, until_on, DAY,
				.help = "of 'different': the last day; left out: as before"),
			FIELD(AnswerDisputeInput, reasons, TEXT, .privacy = FIELD_PERSONAL,
				.help = "your reasons; the letter tells them to the customer"),
			FIELD(AnswerDisputeInput, agreement, TEXT, .privacy = FIELD_PERSONAL, .max = 4000,
				.help = "of another course that is not simply less: when and how they agreed to it "
					"(D2)"),
			DELIVERY_FIELD(AnswerDispute),
			OWNER_FIELD(AnswerDispute),
			FIELDS_END,
		},
	.input_size = sizeof(AnswerDispute),
	.perform = answer_dispute,
};
