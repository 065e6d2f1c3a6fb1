/* needs.c: the flows about a customer's needs and adjustments. */
#include "web/pages/needs.h"

#include "web/flow_rows.h"
#include "web/words.h"

enum { ANSWERS = 4 };

/* "Phone": not said, can, cannot, only with help. */
static FlowQuestion channel_question(Flow *flow, Channel channel)
{
	static const GovukChoice CHOICES[ANSWERS] = {
		{.value = "", .text = "Nothing was said"},
		{.value = "can", .text = "Can use it"},
		{.value = "cannot", .text = "Cannot use it"},
		{.value = "only-with", .text = "Only with help"},
	};
	const char *name = arena_printf(flow->mem, "abilities/%s", channel_name(channel));
	const char *chosen = flow_value(flow, name);
	GovukChoice *choices = arena_memdup(flow->mem, CHOICES, sizeof CHOICES);

	choices[0].checked = chosen == NULL || *chosen == '\0';
	return (FlowQuestion){.name = name,
		.ask = words_channel(channel),
		.choices = choices,
		.n_choices = ANSWERS,
		.classes = "govuk-radios--inline govuk-radios--small"};
}

static gboolean fill(Flow *flow, GError **error)
{
	const Policy *policy = flow->visit->office->policy;
	NeedsPage *page = arena_new0(flow->mem, NeedsPage);
	FlowQuestion *channels = arena_array(flow->mem, FlowQuestion, CHANNELS);
	GovukChoice *needs = arena_array(flow->mem, GovukChoice, flow->customer->n_needs + 1);

	(void)error;
	for (Channel channel = 0; channel < CHANNELS; channel++)
		if (policy->channels & (1u << channel))
			channels[page->n_channels++] = channel_question(flow, channel);
	for (gsize i = 0; i < flow->customer->n_needs; i++)
		needs[page->n_needs++] =
			(GovukChoice){.value = flow->customer->needs[i].ref, .text = flow->customer->needs[i].what};
	page->channels = channels;
	page->needs = needs;
	flow->page = page;
	return TRUE;
}

static void ask_need(Html *out, Flow *flow)
{
	need_questions(out, flow, flow->page);
}

static void ask_adjustment(Html *out, Flow *flow)
{
	adjustment_questions(out, flow, flow->page);
}

const FlowPage flow_record_need = {
	.act = "record-need",
	.place = FLOW_CUSTOMER,
	.title = "Record what they need",
	.button = "Record the need",
	.fill = fill,
	.ask = ask_need,
	.evidence = needs_evidence,
	.done = {"Need recorded", "It shows on every answer about them, to whoever takes the call."},
};

const FlowPage flow_ask_adjustment = {
	.act = "ask-adjustment",
	.place = FLOW_CUSTOMER,
	.title = "They ask for an adjustment",
	.button = "Record what they ask for",
	.fill = fill,
	.ask = ask_adjustment,
	.evidence = needs_evidence,
	.done = {"Request for an adjustment recorded",
		"A manager answers it. Until then no restriction can be authorised."},
};

const FlowPage flow_answer_adjustment = {
	.act = "answer-adjustment",
	.place = FLOW_CUSTOMER,
	.title = "Answer a request for an adjustment",
	.button = "Record the answer",
	.about = "adjustment",
	.ask = adjusted_questions,
	.evidence = needs_evidence,
	.done = {"Adjustment answered", "Tell the customer. What was granted shows on every answer about them."},
};
