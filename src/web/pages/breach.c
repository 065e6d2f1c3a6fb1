/* breach.c: see breach.h. */
#include "web/pages/breach.h"

#include "web/flow_rows.h"

static gboolean fill(Flow *flow, GError **error)
{
	const CasefilePageView *file = flow->file;
	BreachPage *page = arena_new0(flow->mem, BreachPage);
	GovukChoice *choices = arena_array(flow->mem, GovukChoice, file->n_arrangements + 1);

	(void)error;
	for (gsize i = 0; i < file->n_arrangements; i++) {
		const ArrangementView *arrangement = &file->arrangements[i];

		if (arrangement->state != ARRANGEMENT_DECIDED)
			choices[page->n_arrangements++] = (GovukChoice){.value = arrangement->ref,
				.text = arena_printf(flow->mem, "%s, %s", arrangement->ref, arrangement->scope_words),
				.hint = {.text = arrangement->state_sentence}};
	}
	page->arrangements = choices;
	if (page->n_arrangements == 1 && flow->subject.about == NULL)
		flow_prefill(flow, "arrangement", choices[0].value); /* there is no other: it is not asked */
	flow->page = page;
	return TRUE;
}

static void ask(Html *out, Flow *flow)
{
	breach_questions(out, flow, flow->page);
}

const FlowPage flow_log_breach = {
	.act = "log-breach",
	.title = "Log a breach",
	.intro = "Use this if something was done against an arrangement and you know that it was this customer. Staff "
		 "may decline to engage.",
	.button = "Log the breach",
	.about = "arrangement",
	.fill = fill,
	.ask = ask,
	.evidence = breach_evidence,
	.done = {"Breach logged", "The manager sees it. The arrangement stays as it is."},
};
