/* ending.c: what has run out is ended with its own letter, and a casefile is closed (G2, G3). Lifting before the time
 * is vary.c's. */
#include "acts/easing.h"
#include "acts/families.h"
#include "acts/outcomes.h"
#include "core/closing.h"
#include "core/loosen.h"

gboolean ending_tell(ActRun *run, const Arrangement *ended, const char *about, const char *why, Capacity capacity,
	const char *delivery, const char *owner, const char **ret_notice, GError **error)
{
	Letter letter = {
		.kind = "ended", .why = why, .about_decision = ended->decision, .owner = owner, .decided_on = DAY_NONE};

	*ret_notice = NULL;
	if (!arrangement_is_known(run->file, ended))
		return TRUE;
	return notice_signer(run, run->actor->user_name, capacity, &letter.signed_by, error) &&
	       notice_make(run, &letter, about, delivery, ret_notice, error);
}

const char *ending_why(ActRun *run, const Arrangement *ended)
{
	if (ended->until_day != DAY_NONE && (!ended->review_lapses || ended->until_day <= ended->review_day))
		return arena_printf(run->mem, "Their last day was %s.", day_in_words(run->mem, ended->until_day));
	return arena_printf(run->mem,
		"We were to look at them again by %s and did not. They do not go on without that.",
		day_in_words(run->mem, ended->review_day));
}

typedef struct {
	const char *arrangement, *delivery, *owner;
} EndArrangement;

static gboolean end_arrangement(ActRun *run, const void *input, GError **error)
{
	const EndArrangement *in = input;
	const Arrangement *ended;
	const char *notice;
	gint64 changed;

	if (!easing_settle_lapsing(run, error) || !casefile_check_end(&run->rules, run->file, in->arrangement, error) ||
		!sql_arrangement_end(run->tx, in->arrangement, run->now, &changed, error))
		return FALSE;
	ended = casefile_arrangement(run->file, in->arrangement);
	run->id = ended->ref;
	run->summary = "Arrangements ended: they had run out";
	return ending_tell(
		run, ended, ended->ref, ending_why(run, ended), CAPACITY_NONE, in->delivery, in->owner, &notice, error);
}

const Act act_end_arrangement = {
	.name = "end-arrangement",
	.title = "Tell them that it has ended",
	.summary = "After its last day, or where the policy lets it lapse with a missed review: makes the letter which "
		   "tells the customer that it has ended (G3). A job does this by itself; a person where the job could "
		   "not make the letter.",
	.by = BY_ANYONE,
	.machine = TRUE,
	.needs = ACT_CASEFILE,
	.fields =
		(const Field[]){
			FIELD(EndArrangement, arrangement, LINE, .required = TRUE, .help = "the arrangement"),
			DELIVERY_FIELD(EndArrangement),
			OWNER_FIELD(EndArrangement),
			FIELDS_END,
		},
	.input_size = sizeof(EndArrangement),
	.perform = end_arrangement,
};

typedef struct {
	const char *outcome, *words, *delivery, *owner;
} CloseCasefile;

/* A warning hangs over nobody for ever: they are told that nothing follows. */
static gboolean tell_nothing_followed(ActRun *run, const CloseCasefile *in, GError **error)
{
	Letter letter = {.kind = "nothing-followed", .owner = in->owner, .decided_on = DAY_NONE};
	const char *notice;

	if (!casefile_nothing_followed(run->file))
		return TRUE;
	return notice_signer(run, run->actor->user_name, CAPACITY_NONE, &letter.signed_by, error) &&
	       notice_make(run, &letter, run->file->ref, in->delivery, &notice, error);
}

static gboolean close_casefile(ActRun *run, const void *input, GError **error)
{
	const CloseCasefile *in = input;
	ClosedOutcome outcome;
	gint64 changed;

	if (!casefile_check_close(&run->rules, run->file, in->outcome, in->words, &outcome, error))
		return FALSE;
	run->id = run->file->ref;
	run->summary =
		arena_printf(run->mem, "Casefile closed: %s", outcome_words(OUTCOME_CLOSED, closed_name(outcome)));
	return sql_casefile_close(run->tx, run->file->ref, run->now, closed_name(outcome), in->words,
		       run->actor->user_name, &changed, error) &&
	       tell_nothing_followed(run, in, error);
}

const Act act_close_casefile = {
	.name = "close-casefile",
	.title = "Close the casefile",
	.summary = "A manager closes a casefile with its outcome, once nothing on it is in force, open or still to be "
		   "sent (G3). Where a warning went out and nothing followed, a short letter says so.",
	.by = BY_ANYONE,
	.needs = ACT_CASEFILE,
	.fields =
		(const Field[]){
			{.name = "outcome",
				.type = FIELD_CHOICE,
				.offset = G_STRUCT_OFFSET(CloseCasefile, outcome),
				.required = TRUE,
				.choices = (const char *const[]){"no-action", "advice-sufficed", "warning-sufficed",
					"refused", "overturned", "ended", NULL},
				.help = "what came of it"},
			FIELD(CloseCasefile, words, TEXT, .privacy = FIELD_PERSONAL, .max = 4000,
				.help = "the same in a sentence or two"),
			DELIVERY_FIELD(CloseCasefile),
			OWNER_FIELD(CloseCasefile),
			FIELDS_END,
		},
	.input_size = sizeof(CloseCasefile),
	.perform = close_casefile,
};
