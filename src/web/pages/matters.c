/* matters.c: the flows about a customer's matters. */
#include "web/pages/matters.h"

#include "web/flow_rows.h"

static gboolean fill_open(Flow *flow, GError **error)
{
	const Office *office = flow->visit->office;
	const char *own = actor_only_function(office->actor);
	GovukChoice *functions = arena_array(flow->mem, GovukChoice, office->n_functions + 1);
	MattersPage *page = arena_new0(flow->mem, MattersPage);

	(void)error;
	for (gsize i = 0; i < office->n_functions; i++)
		functions[page->n_functions++] =
			(GovukChoice){.value = office->functions[i].slug, .text = office->functions[i].title};
	page->functions = functions;
	flow->page = page;
	if (own != NULL)
		flow_prefill(flow, "function", own);
	return TRUE;
}

static gboolean fill_close(Flow *flow, GError **error)
{
	MattersPage *page = arena_new0(flow->mem, MattersPage);

	(void)error;
	for (gsize i = 0; i < flow->customer->n_matters; i++)
		if (g_strcmp0(flow->customer->matters[i].ref, flow->subject.about) == 0)
			page->matter = &flow->customer->matters[i];
	flow->page = page;
	return TRUE;
}

static void ask_open(Html *out, Flow *flow)
{
	open_matter_questions(out, flow, flow->page);
}

static void evidence(Html *out, const Flow *flow)
{
	matters_evidence(out, flow, flow->page);
}

const FlowPage flow_open_matter = {
	.act = "open-matter",
	.place = FLOW_CUSTOMER,
	.title = "Open a matter",
	.intro = "The complaint, case, query or request that their contact is about. A restriction never closes the "
		 "way to "
		 "a new one.",
	.button = "Open the matter",
	.fill = fill_open,
	.ask = ask_open,
	.evidence = evidence,
	.done = {"Matter opened", "Contacts can be logged under it now."},
};

const FlowPage flow_close_matter = {
	.act = "close-matter",
	.place = FLOW_CUSTOMER,
	.title = "Close the matter",
	.button = "Close it",
	.about = "matter",
	.fill = fill_close,
	.ask = close_matter_questions,
	.evidence = evidence,
	.done = {"Matter closed", "It stays on the customer's page, with what was decided."},
};
