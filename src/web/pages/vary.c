/* vary.c: the flow 'make an arrangement easier' (R8, G1). What is easier is core's to say. */
#include "web/pages/vary.h"

#include "web/flow_rows.h"

const ArrangementView *easing_arrangement(const Flow *flow)
{
	const CasefilePageView *file = flow->file;
	const ArrangementView *only = NULL;

	if (flow->subject.about != NULL)
		return casefile_page_arrangement(file, flow->subject.about);
	for (gsize i = 0; i < file->n_arrangements; i++)
		if (file->arrangements[i].state != ARRANGEMENT_ENDED)
			only = only == NULL ? &file->arrangements[i] : NULL;
	return only;
}

static gboolean fill(Flow *flow, GError **error)
{
	VaryPage *page = arena_new0(flow->mem, VaryPage);
	const RestrictionsAsk ask = {.ask = "What applies from now on?",
		.hint = "It starts with what applies now: take away what is no longer needed, or ease it. Nothing may "
			"become stricter: no way of contact, no time, no number of calls or minutes."};

	page->arrangement = easing_arrangement(flow);
	if (page->arrangement != NULL) {
		page->decision = casefile_page_decision(flow->file, page->arrangement->decision);
		flow_prefill(flow, "arrangement", page->arrangement->ref);
		if (page->arrangement->until_on != DAY_NONE)
			page->applies_until = day_in_words(flow->mem, page->arrangement->until_on);
	}
	if (flow->pairs == NULL && !restrictions_form_prefill(flow,
					   page->arrangement != NULL ? page->arrangement->asked_json : NULL, error))
		return FALSE;
	page->restrictions = restrictions_form_of(flow, &ask, error);
	flow->page = page;
	return page->restrictions != NULL;
}

static void ask(Html *out, Flow *flow)
{
	vary_questions(out, flow, flow->page);
}

static void show(Html *out, const Flow *flow)
{
	vary_evidence(out, flow, flow->page);
}

static gboolean say_done(Visit *visit, const CasefilePageView *file, const char *ref, FlowDone *ret_done)
{
	for (gsize i = 0; file != NULL && i < file->n_letters; i++) {
		const FileLetterView *letter = &file->letters[i];

		if (g_strcmp0(letter->letter.about, ref) != 0)
			continue;
		ret_done->happened = "The arrangement is easier from now on";
		ret_done->next = arena_printf(
			visit->mem, "Letter %s tells the customer. %s", letter->letter.ref, letter->task_words);
		return TRUE;
	}
	return FALSE;
}

const FlowPage flow_vary = {
	.act = "vary",
	.heads = "A1",
	.title = "Make the arrangement easier",
	.intro = "It works at once. It keeps its decision and its review date. For anything stricter, a manager asks "
		 "for "
		 "authorisation anew.",
	.button = "Make it easier",
	.about = "arrangement",
	.check = TRUE,
	.fill = fill,
	.ask = ask,
	.evidence = show,
	.done = {"The arrangement is easier from now on", "The letter tells the customer."},
	.say_done = say_done,
};
