/* confirm.c: what became of a letter: sent, delivered, or come back (N5). A decision's arrangement is in force from
 * here, and nowhere else. Making letters is notices.c's. */
#include "acts/families.h"
#include "acts/outcomes.h"
#include "core/delivery.h"
#include "core/loosen.h"

typedef struct {
	const char *notice, *how, *why;
} ConfirmNotice;

static const NoticeState *find_notice(const Casefile *file, const char *ref)
{
	for (gsize i = 0; i < file->n_notices; i++)
		if (g_str_equal(file->notices[i].ref, ref))
			return &file->notices[i];
	return NULL;
}

/* The newest arrangement of the decision that this letter tells something of, unless it has ended; and whether it rests
 * on no warning. */
static gboolean told_arrangement(
	ActRun *run, const NoticeState *notice, ArrangementRow **ret_row, gboolean *ret_no_warning, GError **error)
{
	const char *decision = casefile_decision_told(run->file, notice);

	*ret_row = NULL;
	*ret_no_warning = FALSE;
	if (decision == NULL)
		return TRUE;
	*ret_no_warning = decision_without_warning(run->file, casefile_decision(run->file, decision));
	if (!sql_arrangement_of_decision(run->tx, run->mem, decision, ret_row, error))
		return FALSE;
	if (*ret_row != NULL && (*ret_row)->ended_at != INSTANT_NONE)
		*ret_row = NULL;
	return TRUE;
}

/* N5: from deemed delivery, W5: from the sending. The arrangements that it takes the place of end at that moment. An
 * easing is in force already; where it took the place of one that was not, its letter is what it waits for. */
static gboolean went_out(ActRun *run, const NoticeState *notice, Instant delivered, GError **error)
{
	ArrangementRow *row;
	gboolean no_warning;
	gint64 changed;
	Instant from;

	if (!sql_notice_set_sent(run->tx, notice->ref, run->happened_at, delivered, &changed, error) ||
		!sql_outbox_settle(run->tx, notice->ref, run->now, &changed, error) ||
		!told_arrangement(run, notice, &row, &no_warning, error))
		return FALSE;
	if (row == NULL || row->from_at != INSTANT_NONE ||
		!notice_tells(run->file, notice, casefile_arrangement(run->file, row->ref)))
		return TRUE;
	from = delivery_starts(run->happened_at, delivered, no_warning, run->now);
	return sql_arrangement_set_from(run->tx, row->ref, from, &changed, error) &&
	       sql_arrangement_end_earlier(run->tx, run->file->ref, row->decision, from, &changed, error);
}

/* What an earlier decision had in force is back: it ended when this one's first arrangement began, or a later one of
 * it.
 */
static gboolean revive_earlier(ActRun *run, const char *decision, GError **error)
{
	for (gsize i = 0; i < run->file->n_arrangements; i++) {
		const Arrangement *arrangement = &run->file->arrangements[i];
		gint64 changed;

		if (g_str_equal(arrangement->decision, decision) && arrangement->from != INSTANT_NONE &&
			!sql_arrangement_revive_earlier(
				run->tx, run->file->ref, decision, arrangement->from, &changed, error))
			return FALSE;
	}
	return TRUE;
}

/* The sending is undone: the arrangement is out of force until it is sent anew, and what it took the place of is back.
 * Not where another letter about the decision, or about an easing of it, reached the customer; and not under W5: it
 * stays, and staff read the notice out. */
static gboolean came_back(ActRun *run, const NoticeState *notice, const char *why, GError **error)
{
	ArrangementRow *row;
	gboolean no_warning;
	gint64 changed;

	if (!sql_notice_set_returned(run->tx, notice->ref, run->happened_at, why, &changed, error) ||
		!sql_outbox_settle(run->tx, notice->ref, run->now, &changed, error) ||
		!told_arrangement(run, notice, &row, &no_warning, error))
		return FALSE;
	if (row == NULL || row->from_at == INSTANT_NONE || no_warning ||
		decision_is_told(run->file, row->decision, /* but */ notice->ref))
		return TRUE;
	return sql_arrangement_set_from(run->tx, row->ref, INSTANT_NONE, &changed, error) &&
	       revive_earlier(run, row->decision, error);
}

static gboolean confirm_notice(ActRun *run, const void *input, GError **error)
{
	const ConfirmNotice *in = input;
	const NoticeState *notice = find_notice(run->file, in->notice);
	const gboolean returned = g_str_equal(in->how, "returned");
	Instant delivered;

	if (notice == NULL)
		return not_found(error, "There is no notice %s on %s.", in->notice, run->file->ref);
	if (!notice_check_confirm(&run->rules, notice, in->how, run->happened_at, &delivered, error))
		return FALSE;
	if (returned && in->why == NULL)
		return refuse_at(
			error, "N5", "why", "Say how the letter came back: what the envelope or the mail says.");
	run->id = notice->ref;
	run->summary = outcome_words(OUTCOME_LETTER, in->how);
	return returned ? came_back(run, notice, in->why, error) : went_out(run, notice, delivered, error);
}

const Act act_confirm_notice = {
	.name = "confirm-notice",
	.title = "Record what became of a letter",
	.summary = "Says what became of a letter: accepted, posted, handed over, read out, completed or returned, and "
		   "when. "
		   "An arrangement is in force from its letter's deemed delivery (N5), and out of force where it came "
		   "back.",
	.by = BY_ANYONE,
	.machine = TRUE,
	.needs = ACT_CASEFILE,
	.fields =
		(const Field[]){
			FIELD(ConfirmNotice, notice, LINE, .required = TRUE, .help = "the letter"),
			{.name = "how",
				.type = FIELD_CHOICE,
				.offset = G_STRUCT_OFFSET(ConfirmNotice, how),
				.required = TRUE,
				.choices = (const char *const[]){"accepted", "handed-over", "posted", "read-out",
					"completed", "returned", NULL},
				.help = "what became of it"},
			FIELD(ConfirmNotice, why, TEXT, .privacy = FIELD_PERSONAL, .max = 2000,
				.help = "of a return: what the envelope or the mail says"),
			FIELDS_END,
		},
	.input_size = sizeof(ConfirmNotice),
	.perform = confirm_notice,
};
