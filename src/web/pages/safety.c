/* safety.c: see safety.h. */
#include "web/pages/safety.h"

#include "web/flow_rows.h"
#include "web/pages/entry.h"

static gboolean fill(Flow *flow, GError **error)
{
	const ActCaller caller = visit_caller(flow->visit);
	SafetyPage *page = arena_new0(flow->mem, SafetyPage);
	CustomerView *customer;

	if (!read_customer(flow->visit->web->acts, flow->mem, &caller, flow->file->customer, &customer, error))
		return FALSE;
	page->now = customer->safety;
	flow->page = page;
	return TRUE;
}

static void ask(Html *out, Flow *flow)
{
	safety_questions(out, flow, flow->page);
}

const FlowPage flow_approve_safety_sentence = {
	.act = "approve-safety-sentence",
	.heads = "L2",
	.title = "Approve a safety sentence",
	.intro = "Anybody about to meet this person is told one sentence, on every answer about them. It says what to "
		 "do to be "
		 "safe, and no more about the person than that takes.",
	.button = "Approve the sentence",
	.fill = fill,
	.ask = ask,
	.evidence = evidence_reports,
	.done = {"Safety sentence approved", "From now on it is shown to staff who are about to meet them. It is never "
					     "sent or said to the customer."},
};
