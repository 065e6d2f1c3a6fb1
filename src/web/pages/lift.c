/* lift.c: the flows 'lift an arrangement' and 'end what has run out' (G2, G3). */
#include "web/pages/lift.h"

#include "web/flow_rows.h"

static gboolean fill(Flow *flow, GError **error)
{
	const ArrangementView *arrangement = easing_arrangement(flow);

	(void)error;
	flow->page = (void *)arrangement;
	if (arrangement != NULL)
		flow_prefill(flow, "arrangement", arrangement->ref);
	return TRUE;
}

static void show(Html *out, const Flow *flow)
{
	easing_evidence(out, flow, flow->page);
}

/* about: the variation that lifted it, or the arrangement that ran out. */
static gboolean say_done(Visit *visit, const CasefilePageView *file, const char *about, FlowDone *ret_done)
{
	ret_done->happened = "The arrangement has ended";
	for (gsize i = 0; file != NULL && i < file->n_letters; i++) {
		const FileLetterView *letter = &file->letters[i];

		if (g_str_equal(letter->letter.kind, "ended") && g_strcmp0(letter->letter.about, about) == 0)
			ret_done->next = arena_printf(visit->mem,
				"Letter %s tells the customer. %s The casefile can be closed once it went out.",
				letter->letter.ref, letter->task_words);
	}
	if (ret_done->next == NULL)
		ret_done->next = "The customer was never told of it, so no letter is needed.";
	return file != NULL;
}

const FlowPage flow_lift = {
	.act = "lift",
	.heads = "A1",
	.title = "Lift the arrangement",
	.intro = "It ends at once, and the customer can contact you as before. A letter tells them.",
	.button = "Lift it",
	.about = "arrangement",
	.check = TRUE,
	.fill = fill,
	.ask = lift_questions,
	.evidence = show,
	.done = {"The arrangement has ended", "A letter tells the customer."},
	.say_done = say_done,
};

const FlowPage flow_end_arrangement = {
	.act = "end-arrangement",
	.title = "Tell them that it has ended",
	.intro = "The arrangement restricts nothing any more. The letter that says so could not be made automatically. "
		 "Choose how to send it.",
	.button = "Make the letter",
	.about = "arrangement",
	.check = TRUE,
	.fill = fill,
	.ask = end_questions,
	.evidence = show,
	.done = {"The arrangement has ended", "A letter tells the customer."},
	.say_done = say_done,
};
