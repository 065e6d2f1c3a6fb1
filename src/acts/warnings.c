/* warnings.c: the written warning (W1 to W4) and what the customer answers to it (W6). */
#include "acts/families.h"

typedef struct {
	WarnInput core; /* first: its fields are addressed as its own */
	const char *why, *delivery, *owner;
} Warn;
G_STATIC_ASSERT(G_STRUCT_OFFSET(Warn, core) == 0);

/* W1: that the behaviour is unacceptable, by the policy's own heading and in the manager's words. */
static gboolean send_warning(
	ActRun *run, const Warn *in, const WarningTier *tier, const char **ret_notice, GError **error)
{
	AssessmentRow *assessment = NULL;
	Letter letter = {
		.kind = tier->notice, .days_to_adapt = tier->days_to_adapt, .owner = in->owner, .decided_on = DAY_NONE};

	if (!sql_assessment_by_ref(run->tx, run->mem, in->core.assessment, &assessment, error))
		return FALSE;
	letter.behaviour = assessment->behaviour;
	letter.heading = policy_heading(run->policy, assessment->heading);
	if (letter.heading != NULL)
		letter.why = arena_printf(
			run->mem, "Our policy calls this ‘%s’. %s", letter.heading->title, letter.heading->meaning);
	if (in->why != NULL)
		letter.why = letter.why != NULL ? arena_printf(run->mem, "%s\n\n%s", letter.why, in->why) : in->why;
	return notice_signer(run, run->actor->user_name, CAPACITY_NONE, &letter.signed_by, error) &&
	       notice_make(run, &letter, run->id, in->delivery, ret_notice, error);
}

static gboolean warn(ActRun *run, const void *input, GError **error)
{
	const Warn *in = input;
	const WarningTier *tier;
	WarningRow row = {.casefile = run->file->ref,
		.assessment = in->core.assessment,
		.by_user = run->actor->user_name,
		.at = run->now,
		.pack = run->pack_label};

	if (!casefile_check_warn(&run->rules, run->file, &in->core, &tier, error) ||
		!act_new_reference(run, "W", &row.ref, error))
		return FALSE;
	run->id = row.ref;
	row.tier = tier->key;
	row.days_to_adapt = tier->days_to_adapt;
	run->summary = arena_printf(run->mem, "Warned: %s", tier->title);
	return send_warning(run, in, tier, &row.notice, error) && sql_warning_add(run->tx, &row, error);
}

const Act act_warn = {
	.name = "warn",
	.title = "Warn the customer",
	.summary =
		"Tells the customer in writing that the behaviour is unacceptable and what may follow, with the policy "
		"enclosed (W1 to W3). The days to adapt run from its delivery (W4).",
	.by = BY_ANYONE,
	.needs = ACT_CASEFILE,
	.fields =
		(const Field[]){
			FIELD(WarnInput, assessment, LINE, .help = "the assessment that it rests on"),
			FIELD(WarnInput, tier, LINE, .help = "which of the pack's warnings; left out: the next one"),
			FIELD(Warn, why, TEXT, .privacy = FIELD_PERSONAL, .max = 4000,
				.help = "why it is unacceptable, in your own words to the customer"),
			DELIVERY_FIELD(Warn),
			OWNER_FIELD(Warn),
			FIELDS_END,
		},
	.input_size = sizeof(Warn),
	.perform = warn,
};

typedef struct {
	const char *warning, *words;
} RecordAnswer;

/* W6: it stands beside the criteria at the decision. */
static gboolean record_answer(ActRun *run, const void *input, GError **error)
{
	const RecordAnswer *in = input;
	AnswerRow row = {.casefile = run->file->ref,
		.struck_at = INSTANT_NONE,
		.warning = in->warning,
		.words = in->words,
		.happened_at = run->happened_at,
		.by_user = run->actor->user_name,
		.at = run->now};

	if (!casefile_check_answer(&run->rules, run->file, in->warning, run->happened_at, error) ||
		!act_new_reference(run, "AW", &row.ref, error))
		return FALSE;
	run->id = row.ref;
	run->summary = "The customer answered the warning";
	return sql_answer_add(run->tx, &row, error);
}

const Act act_record_answer = {
	.name = "record-answer",
	.title = "Record the customer's answer",
	.summary = "Records what the customer says to a warning: they have the right to be heard (W6).",
	.by = BY_ANYONE,
	.needs = ACT_CASEFILE,
	.fields =
		(const Field[]){
			FIELD(RecordAnswer, warning, LINE, .required = TRUE, .help = "the warning that they answer"),
			FIELD(RecordAnswer, words, TEXT, .required = TRUE, .privacy = FIELD_PERSONAL,
				.help = "what they say, in their words"),
			FIELDS_END,
		},
	.input_size = sizeof(RecordAnswer),
	.perform = record_answer,
};
