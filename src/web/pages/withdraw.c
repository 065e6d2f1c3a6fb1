/* withdraw.c: the flow 'withdraw a request'. */
#include "web/pages/withdraw.h"

#include "web/flow_rows.h"

static gboolean fill(Flow *flow, GError **error)
{
	const RequestView *open = casefile_page_open_request(flow->file);

	(void)error;
	if (flow->subject.about == NULL && open != NULL)
		flow_prefill(flow, "request", open->ref);
	return TRUE;
}

const FlowPage flow_withdraw_request = {
	.act = "withdraw-request",
	.title = "Withdraw the request",
	.button = "Withdraw the request",
	.about = "request",
	.fill = fill,
	.ask = withdraw_questions,
	.evidence = withdraw_evidence,
	.done = {"Request withdrawn", "The casefile is where it was before. A new request can be made at any time."},
};
