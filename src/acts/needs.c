/* needs.c: access needs and adjustments (B6, G7, R9): recorded, considered at every stage, and answered. */
#include "acts/families.h"
#include "acts/outcomes.h"

#include <stdlib.h>

typedef struct {
	const char *customer, *what, *why, *only_with;
	const KeyedText *abilities;
	gsize n_abilities;
	Day review_on;
} RecordNeed;

static gboolean dump_abilities(ActRun *run, const RecordNeed *in, const char **ret_json, GError **error)
{
	json_t *object = json_object();
	gboolean needs_help = FALSE;

	for (gsize i = 0; i < in->n_abilities; i++) {
		Channel channel;
		Ability ability;

		if (!channel_parse(in->abilities[i].key, &channel) || !ability_parse(in->abilities[i].text, &ability)) {
			json_decref(object);
			return invalid(error, "abilities",
				"'%s: %s' does not fit. Name a channel, and can, cannot or only-with.",
				in->abilities[i].key, in->abilities[i].text);
		}
		needs_help |= ability == ABILITY_ONLY_WITH;
		json_object_set_new(object, channel_name(channel), json_string(ability_name(ability)));
	}
	*ret_json = arena_own(run->mem, json_dumps(object, JSON_COMPACT), free);
	json_decref(object);
	if (needs_help && in->only_with == NULL)
		return invalid(
			error, "only_with", "Say with what help the channel can be used, such as a relay interpreter.");
	return TRUE;
}

static gboolean record_need(ActRun *run, const void *input, GError **error)
{
	const RecordNeed *in = input;
	NeedRow row = {.what = in->what,
		.why = in->why,
		.only_with = in->only_with,
		.review_on = in->review_on,
		.recorded_at = run->now,
		.recorded_by = run->actor->user_name,
		.ended_at = INSTANT_NONE};
	CustomerRow *customer;

	if (!load_customer(run->tx, run->mem, in->customer, "customer", &customer, error) ||
		!dump_abilities(run, in, &row.abilities, error) || !act_new_reference(run, "NE", &row.ref, error))
		return FALSE;
	row.customer = run->customer = customer->ref;
	run->id = row.ref;
	run->summary = "An access need was recorded";
	return sql_need_add(run->tx, &row, error);
}

const Act act_record_need = {
	.name = "record-need",
	.title = "Record an access need",
	.summary = "Records what a customer can, cannot, or can only with help use. It shows on every answer of the "
		   "gate; a "
		   "restriction that leaves no usable way gives 'check' until the head of function has decided (R9).",
	.by = BY_ANYONE,
	.fields =
		(const Field[]){
			FIELD(RecordNeed, customer, LINE, .required = TRUE, .help = "whose need it is"),
			FIELD(RecordNeed, what, TEXT, .required = TRUE, .privacy = FIELD_PERSONAL, .max = 1000,
				.help = "what is needed, in words staff can act on"),
			FIELD(RecordNeed, why, TEXT, .required = TRUE, .privacy = FIELD_PERSONAL, .max = 2000,
				.help = "why it is recorded"),
			FIELD_LIST(RecordNeed, abilities, KEYED, .max = 20,
				.help = "by channel: can, cannot or only-with"),
			FIELD(RecordNeed, only_with, LINE, .privacy = FIELD_PERSONAL, .help = "the help that it takes"),
			FIELD(RecordNeed, review_on, DAY, .help = "when it is looked at again"),
			FIELDS_END,
		},
	.input_size = sizeof(RecordNeed),
	.perform = record_need,
};

typedef struct {
	const char *customer, *asked, *need;
} AskAdjustment;

static gboolean check_need(ActRun *run, const char *customer, const char *ref, GError **error)
{
	NeedRow *needs;
	gsize n;

	if (ref == NULL)
		return TRUE;
	if (!sql_needs_of(run->tx, run->mem, customer, &needs, &n, error))
		return FALSE;
	for (gsize i = 0; i < n; i++)
		if (g_str_equal(needs[i].ref, ref))
			return TRUE;
	return invalid(error, "need", "There is no need %s of %s.", ref, customer);
}

static gboolean ask_adjustment(ActRun *run, const void *input, GError **error)
{
	const AskAdjustment *in = input;
	AdjustmentRow row = {.need = in->need,
		.asked = in->asked,
		.asked_at = run->now,
		.asked_by = run->actor->user_name,
		.review_on = DAY_NONE,
		.answered_at = INSTANT_NONE};
	CustomerRow *customer;

	if (!load_customer(run->tx, run->mem, in->customer, "customer", &customer, error) ||
		!check_need(run, customer->ref, in->need, error) || !act_new_reference(run, "AD", &row.ref, error))
		return FALSE;
	row.customer = run->customer = customer->ref;
	run->id = row.ref;
	run->summary = "An adjustment was asked for";
	return sql_adjustment_add(run->tx, &row, error);
}

const Act act_ask_adjustment = {
	.name = "ask-adjustment",
	.title = "Record a request for an adjustment",
	.summary =
		"Records what a customer asks to be done differently. Nothing is authorised until it is answered (G7).",
	.by = BY_ANYONE,
	.fields =
		(const Field[]){
			FIELD(AskAdjustment, customer, LINE, .required = TRUE, .help = "who asks"),
			FIELD(AskAdjustment, asked, TEXT, .required = TRUE, .privacy = FIELD_PERSONAL, .max = 2000,
				.help = "what they ask for"),
			FIELD(AskAdjustment, need, LINE, .help = "the recorded need that it is about"),
			FIELDS_END,
		},
	.input_size = sizeof(AskAdjustment),
	.perform = ask_adjustment,
};

typedef struct {
	const char *adjustment, *outcome, *reasons;
	Day review_on;
} AnswerAdjustment;

static gboolean answer_adjustment(ActRun *run, const void *input, GError **error)
{
	const AnswerAdjustment *in = input;
	AdjustmentRow *row = NULL;
	gint64 changed;

	if (!sql_adjustment_by_ref(run->tx, run->mem, in->adjustment, &row, error))
		return FALSE;
	if (row == NULL)
		return not_found(error, "There is no request for an adjustment %s.", in->adjustment);
	if (row->outcome != NULL)
		return conflict(error, "%s was answered already: %s.", row->ref, row->outcome);
	if (!g_str_equal(in->outcome, "refused") && in->review_on == DAY_NONE)
		return refuse_at(
			error, "G7", "review_on", "An adjustment has a review date: say when it is looked at again.");
	if (in->review_on != DAY_NONE && in->review_on <= run->today)
		return invalid(error, "review_on", "Give a day that is still to come.");
	run->id = row->ref;
	run->customer = row->customer;
	run->summary = arena_printf(
		run->mem, "Request for an adjustment answered: %s", outcome_words(OUTCOME_ADJUSTMENT, in->outcome));
	return sql_adjustment_answer(run->tx, row->ref, in->outcome, in->reasons, in->review_on, run->now,
		run->actor->user_name, &changed, error);
}

const Act act_answer_adjustment = {
	.name = "answer-adjustment",
	.title = "Answer a request for an adjustment",
	.summary = "Grants it, grants it for the time being, or refuses it, with reasons (G7).",
	.by = BY(MANAGER) | BY(HEAD_OF_FUNCTION),
	.fields =
		(const Field[]){
			FIELD(AnswerAdjustment, adjustment, LINE, .required = TRUE,
				.help = "the request, such as AD-2026-000012"),
			{.name = "outcome",
				.type = FIELD_CHOICE,
				.offset = G_STRUCT_OFFSET(AnswerAdjustment, outcome),
				.required = TRUE,
				.choices = (const char *const[]){"granted", "granted-for-now", "refused", NULL},
				.help = "granted, granted-for-now or refused"},
			FIELD(AnswerAdjustment, reasons, TEXT, .required = TRUE, .privacy = FIELD_PERSONAL, .max = 2000,
				.help = "why"),
			FIELD(AnswerAdjustment, review_on, DAY, .help = "when it is looked at again"),
			FIELDS_END,
		},
	.input_size = sizeof(AnswerAdjustment),
	.perform = answer_adjustment,
};
