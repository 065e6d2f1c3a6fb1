/* disputes.c: the customer disagrees with a decision: recorded, acknowledged, withdrawn (D1, D3); and the letter that
 * acknowledges what they answered to a warning (W6). The answer to a dispute is dispute_answer.c's. */
#include "acts/families.h"
#include "core/dispute.h"

/* D1: it waits for somebody who had no part in the decision. Where the pack says so, the decision's arrangement is out
 * of force from here until the answer. */
static gboolean dispute(ActRun *run, const void *input, GError **error)
{
	const DisputeInput *in = input;
	DisputeRow row = {.number = run->number,
		.casefile = run->file->ref,
		.customer = run->file->customer,
		.decision = in->decision,
		.channel = in->channel,
		.words = in->words,
		.late_reason = in->late_reason,
		.received_at = run->happened_at,
		.suspends = run->policy->dispute.suspends,
		.by_user = run->actor->user_name,
		.at = run->now,
		.withdrawn_at = INSTANT_NONE,
		.answered_at = INSTANT_NONE,
		.pack = run->pack_label};

	if (!casefile_check_dispute(&run->rules, run->file, in, run->happened_at, &row.reply_by, error) ||
		!act_new_reference(run, "DI", &row.ref, error))
		return FALSE;
	run->id = row.ref;
	run->summary = arena_printf(
		run->mem, "The customer disputes %s; reply by %s", in->decision, day_in_words(run->mem, row.reply_by));
	return sql_dispute_add(run->tx, &row, error);
}

const Act act_dispute = {
	.name = "dispute",
	.title = "Record a dispute",
	.summary =
		"Records that the customer disagrees with a decision to restrict contact, in their words, and when it "
		"came (happened_at). A complaints officer who had no part in it answers (D1).",
	.by = BY_ANYONE,
	.needs = ACT_CASEFILE,
	.fields =
		(const Field[]){
			FIELD(DisputeInput, decision, LINE, .required = TRUE,
				.help = "the decision that they disagree with"),
			FIELD(DisputeInput, words, TEXT, .required = TRUE, .privacy = FIELD_PERSONAL,
				.help = "what they say, in their words"),
			{.name = "channel",
				.type = FIELD_CHOICE,
				.offset = G_STRUCT_OFFSET(DisputeInput, channel),
				.required = TRUE,
				.choices = (const char *const[]){"phone", "email", "letter", "in-person", "web", "chat",
					NULL},
				.help = "how it came in"},
			FIELD(DisputeInput, late_reason, TEXT, .privacy = FIELD_PERSONAL, .max = 4000,
				.help = "of one that came late: why it is heard all the same (D1)"),
			FIELDS_END,
		},
	.input_size = sizeof(DisputeInput),
	.perform = dispute,
};

/* Letters. */

static const char *day_of(ActRun *run, Instant at)
{
	return day_in_words(run->mem, zone_day(run->zone, at));
}

typedef struct {
	const char *dispute, *delivery;
} AcknowledgeDispute;

static gboolean acknowledge_dispute(ActRun *run, const void *input, GError **error)
{
	const AcknowledgeDispute *in = input;
	const Dispute *disputed;
	Letter letter = {.kind = "dispute-acknowledged", .entry = in->dispute, .decided_on = DAY_NONE};

	if (!casefile_check_acknowledge_dispute(&run->rules, run->file, in->dispute, error))
		return FALSE;
	disputed = casefile_dispute(run->file, in->dispute);
	letter.received = day_of(run, disputed->received_at);
	letter.reply_by = day_in_words(run->mem, disputed->reply_by);
	letter.suspends = disputed->suspends;
	letter.owner = run->actor->user_name;
	run->summary = "Letter that acknowledges the dispute approved";
	return notice_signer_self(run, &letter.signed_by, error) &&
	       notice_make(run, &letter, in->dispute, in->delivery, &run->id, error);
}

const Act act_acknowledge_dispute = {
	.name = "acknowledge-dispute",
	.title = "Acknowledge a dispute",
	.summary =
		"Makes the letter that says that the dispute reached us, its reference, and the day by which they get "
		"a reply.",
	.by = BY_ANYONE,
	.needs = ACT_CASEFILE,
	.fields =
		(const Field[]){
			FIELD(AcknowledgeDispute, dispute, LINE, .required = TRUE, .help = "the dispute"),
			DELIVERY_FIELD(AcknowledgeDispute),
			FIELDS_END,
		},
	.input_size = sizeof(AcknowledgeDispute),
	.perform = acknowledge_dispute,
};

typedef struct {
	const char *answer, *delivery;
} AcknowledgeAnswer;

static const CustomerAnswer *find_answer(const Casefile *file, const char *ref)
{
	for (gsize i = 0; i < file->n_answers; i++)
		if (g_str_equal(file->answers[i].ref, ref))
			return &file->answers[i];
	return NULL;
}

static gboolean acknowledge_answer(ActRun *run, const void *input, GError **error)
{
	const AcknowledgeAnswer *in = input;
	Letter letter = {.kind = "answer-acknowledged", .entry = in->answer, .decided_on = DAY_NONE};
	Instant received;

	if (!casefile_check_acknowledge_answer(&run->rules, run->file, in->answer, error))
		return FALSE;
	received = find_answer(run->file, in->answer)->happened_at;
	letter.received = day_of(run, received);
	letter.reply_by =
		day_in_words(run->mem, MAX(zone_day(run->zone, received), run->today) + run->policy->days.reply_days);
	letter.owner = run->actor->user_name;
	run->summary = "Letter that acknowledges the customer's answer approved";
	return notice_signer_self(run, &letter.signed_by, error) &&
	       notice_make(run, &letter, in->answer, in->delivery, &run->id, error);
}

const Act act_acknowledge_answer = {
	.name = "acknowledge-answer",
	.title = "Acknowledge the customer's answer",
	.summary =
		"Makes the letter that says that their answer to a warning reached us, its reference, and the day by "
		"which they get a reply where it needs one (W6).",
	.by = BY_ANYONE,
	.needs = ACT_CASEFILE,
	.fields =
		(const Field[]){
			FIELD(AcknowledgeAnswer, answer, LINE, .required = TRUE, .help = "the answer"),
			DELIVERY_FIELD(AcknowledgeAnswer),
			FIELDS_END,
		},
	.input_size = sizeof(AcknowledgeAnswer),
	.perform = acknowledge_answer,
};

typedef struct {
	const char *dispute, *words;
} WithdrawDispute;

static gboolean withdraw_dispute(ActRun *run, const void *input, GError **error)
{
	const WithdrawDispute *in = input;
	gint64 changed;

	if (!casefile_check_withdraw_dispute(&run->rules, run->file, in->dispute, error))
		return FALSE;
	run->id = in->dispute;
	run->summary = "The customer took their dispute back";
	return sql_dispute_withdraw(run->tx, in->dispute, run->now, in->words, &changed, error);
}

const Act act_withdraw_dispute = {
	.name = "withdraw-dispute",
	.title = "Withdraw a dispute",
	.summary =
		"Records that the customer takes their dispute back. Whoever asked for the decision or made it leaves "
		"that to somebody else (D1).",
	.by = BY_ANYONE,
	.needs = ACT_CASEFILE,
	.fields =
		(const Field[]){
			FIELD(WithdrawDispute, dispute, LINE, .required = TRUE, .help = "the dispute"),
			FIELD(WithdrawDispute, words, TEXT, .required = TRUE, .privacy = FIELD_PERSONAL, .max = 4000,
				.help = "how and when they took it back, in their words"),
			FIELDS_END,
		},
	.input_size = sizeof(WithdrawDispute),
	.perform = withdraw_dispute,
};
