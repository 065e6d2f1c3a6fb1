/* answer_dispute.c: the flow 'answer a dispute' (D1, D2). What is less and what is more, and who may answer, is core's
 * to say. */
#include "web/pages/answer_dispute.h"
#include "web/flow_rows.h"

#include <string.h>

#define TAKE_OVER "take-over"

/* The decision's newest arrangement, where it has not ended. */
static const ArrangementView *arrangement_of(const CasefilePageView *file, const char *decision)
{
	for (gsize i = file->n_arrangements; i > 0; i--) {
		const ArrangementView *view = &file->arrangements[i - 1];

		if (g_str_equal(view->decision, decision))
			return view->state != ARRANGEMENT_ENDED ? view : NULL;
	}
	return NULL;
}

/* 'Start from what applies now': its restrictions in place of those that were typed; all else stays as it was typed. */
static gboolean take_over(Flow *flow, const char *json, GError **error)
{
	const gsize before = flow->prefilled.n;
	HttpPair *pairs;
	gsize n = 0;

	if (!restrictions_form_prefill(flow, json, error))
		return FALSE;
	pairs = arena_array(flow->mem, HttpPair, flow->n_pairs + flow->prefilled.n);
	for (gsize i = 0; i < flow->n_pairs; i++)
		if (!g_str_has_prefix(flow->pairs[i].name, "restrictions/"))
			pairs[n++] = flow->pairs[i];
	for (gsize i = before; i < flow->prefilled.n; i++)
		pairs[n++] = *(const HttpPair *)flow->prefilled.items[i];
	flow->prefilled.n = before;
	flow->pairs = pairs;
	flow->n_pairs = n;
	return TRUE;
}

static gboolean fill(Flow *flow, GError **error)
{
	AnswerDisputePage *page = arena_new0(flow->mem, AnswerDisputePage);
	const RestrictionsAsk ask = {.ask = "If something different applies: what is it?",
		.hint = "Leave this empty for any other outcome."};

	page->dispute = casefile_page_dispute(flow->file, flow->subject.about);
	if (page->dispute != NULL) {
		page->decision = casefile_page_decision(flow->file, page->dispute->decision);
		page->arrangement = arrangement_of(flow->file, page->dispute->decision);
	}
	if (page->decision != NULL)
		page->request = casefile_page_request(flow->file, page->decision->request);
	if (page->arrangement != NULL && page->arrangement->until_on != DAY_NONE)
		page->applies_until = day_in_words(flow->mem, page->arrangement->until_on);
	if (g_strcmp0(flow->go, TAKE_OVER) == 0 && page->arrangement != NULL &&
		!take_over(flow, page->arrangement->asked_json, error))
		return FALSE;
	page->restrictions = restrictions_form_of(flow, &ask, error);
	flow->page = page;
	return page->restrictions != NULL;
}

static void ask(Html *out, Flow *flow)
{
	answer_dispute_questions(out, flow, flow->page);
}

static void show(Html *out, const Flow *flow)
{
	answer_dispute_evidence(out, flow, flow->page);
}

static gboolean say_done(Visit *visit, const CasefilePageView *file, const char *ref, FlowDone *ret_done)
{
	const DisputeView *dispute = file != NULL ? casefile_page_dispute(file, ref) : NULL;

	if (dispute == NULL || dispute->outcome_words == NULL)
		return FALSE;
	ret_done->happened = arena_printf(visit->mem, "Dispute %s answered: %s", ref, dispute->outcome_words);
	for (gsize i = 0; i < file->n_letters; i++) {
		const LetterView *letter = &file->letters[i].letter;

		if (g_str_equal(letter->about, ref) && g_str_equal(letter->kind, "dispute-answered"))
			ret_done->next = arena_printf(visit->mem, "%s Letter %s tells the customer. %s",
				g_strcmp0(dispute->outcome, "still-apply") == 0 ? "Nothing changes."
										: "This applies from now on.",
				letter->ref, file->letters[i].task_words);
	}
	return TRUE;
}

const FlowPage flow_answer_dispute = {
	.act = "answer-dispute",
	.title = "Answer the dispute",
	.intro = "You had no part in the decision. Say whether its arrangements still apply. It may be less than what "
		 "was "
		 "decided, never more.",
	.button = "Answer the dispute",
	.about = "dispute",
	.check = TRUE,
	.fill = fill,
	.ask = ask,
	.evidence = show,
	.say_done = say_done,
};
