/* close.c: the flow 'close a casefile' (G3). What is in the way is core's to say. */
#include "web/pages/close.h"

#include "web/flow_rows.h"

const FlowQuestion *close_outcome(Flow *flow)
{
	static const GovukChoice OUTCOMES[] = {
		{.value = "no-action", .text = "No action was needed"},
		{.value = "advice-sufficed", .text = "Advice was enough"},
		{.value = "warning-sufficed", .text = "A warning was enough"},
		{.value = "refused", .text = "Authorisation was refused"},
		{.value = "overturned", .text = "A dispute overturned the decision"},
		{.value = "ended", .text = "The arrangements have ended"},
	};
	const char *const *fits = flow->file->outcomes;
	GovukChoice *choices = arena_array(flow->mem, GovukChoice, G_N_ELEMENTS(OUTCOMES));
	FlowQuestion *question = arena_new0(flow->mem, FlowQuestion);

	*question = (FlowQuestion){
		.name = "outcome", .ask = "What came of it?", .missing = "Select what came of it", .choices = choices};
	for (gsize i = 0; i < G_N_ELEMENTS(OUTCOMES); i++)
		if (fits == NULL || g_strv_contains(fits, OUTCOMES[i].value))
			choices[question->n_choices++] = OUTCOMES[i];
	return question;
}

/* A letter may still have to go: whoever closes it reads that with the rest. */
static gboolean say_done(Visit *visit, const CasefilePageView *file, const char *ref, FlowDone *ret_done)
{
	const FileLetterView *last = file->n_letters > 0 ? &file->letters[file->n_letters - 1] : NULL;

	(void)ref;
	ret_done->happened = "Casefile closed";
	ret_done->next = last != NULL && last->waits
				 ? arena_printf(visit->mem,
					   "One letter is still to go, %s. %s What happens later opens a "
					   "new casefile.",
					   last->letter.ref, last->task_words)
				 : "What happens later opens a new casefile.";
	return TRUE;
}

const FlowPage flow_close_casefile = {
	.act = "close-casefile",
	.title = "Close the casefile",
	.intro = "Nothing more can be added to it afterwards. What happens later opens a new one.",
	.button = "Close the casefile",
	.check = TRUE,
	.ask = close_questions,
	.evidence = close_evidence,
	.done = {"Casefile closed", "What happens later opens a new one."},
	.say_done = say_done,
};
