/* customer.c: fills the customer's page from what the viewer may see (acts/read.h), which records the viewing. */
#include "web/pages/customer_fill.h"
#include "web/pages/entry.h"

const char *customer_day(const CustomerFilling *filling, Instant at)
{
	return day_in_words(filling->visit->mem, zone_day(filling->visit->office->zone, at));
}

GovukSummaryRow customer_row(const char *key, const char *value)
{
	return (GovukSummaryRow){.key = {.text = key}, .value = {.text = value}};
}

void customer_link(
	const CustomerFilling *filling, GovukSummaryRow *row, const char *href, const char *text, const char *what)
{
	GovukAction *actions = arena_array(filling->visit->mem, GovukAction, row->n_actions + 1);

	for (gsize i = 0; i < row->n_actions; i++)
		actions[i] = row->actions[i];
	actions[row->n_actions++] = (GovukAction){.href = href, .text = text, .visually_hidden = what};
	row->actions = actions;
}

static void fill_alerts(const CustomerFilling *filling)
{
	const CustomerView *customer = filling->customer;
	CustomerPage *page = filling->page;

	page->alerts = arena_array(filling->visit->mem, const char *, customer->n_adjustments + 2);
	if (customer->informal_advice != NULL)
		page->alerts[page->n_alerts++] = customer->informal_advice;
	for (gsize i = 0; i < customer->n_adjustments; i++)
		if (customer->adjustments[i].outcome == NULL)
			page->alerts[page->n_alerts++] = arena_printf(filling->visit->mem,
				"They asked for an adjustment and have no answer yet: %s",
				customer->adjustments[i].asked);
}

/* What can be said of an arrangement that has not ended: its page, for who may. */
static const char *act_link(
	const CustomerFilling *filling, const ArrangementView *view, const char *act, const char *about)
{
	if (!filling->page->works_cases || view->state == ARRANGEMENT_ENDED || flow_find(FLOW_CASEFILE, act) == NULL)
		return NULL;
	return page_act_href(filling->visit->mem, view->casefile, act, about);
}

static void fill_arrangements(const CustomerFilling *filling)
{
	const CustomerView *customer = filling->customer;
	Arena *mem = filling->visit->mem;
	CustomerArrangement *list = arena_array(mem, CustomerArrangement, customer->n_arrangements + 1);

	for (gsize i = 0; i < customer->n_arrangements; i++) {
		const ArrangementView *view = &customer->arrangements[i];
		const gboolean ended = view->state == ARRANGEMENT_ENDED;

		list[i] = (CustomerArrangement){.ref = view->ref,
			.state = entry_state(view->state),
			.tag_classes = entry_state_classes(view->state),
			.state_sentence = view->state_sentence,
			.scope_words = view->scope_words,
			.ended = ended,
			.casefile = view->casefile,
			.decision = view->decision,
			.breach_href = act_link(filling, view, "log-breach", view->ref),
			.dispute_href = act_link(filling, view, "dispute", view->decision),
			.review_words =
				!ended && view->review_on != DAY_NONE
					? arena_printf(mem, "It is reviewed by %s.", day_in_words(mem, view->review_on))
					: NULL,
			.review_overdue = view->review_overdue && !ended,
			.restrictions = view->restrictions,
			.n_restrictions = view->n_restrictions};
	}
	filling->page->arrangements = list;
	filling->page->n_arrangements = customer->n_arrangements;
}

void page_customer(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	const ActCaller caller = visit_caller(visit);
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);
	g_autoptr(GError) error = NULL;
	const TimelinePage wanted = customer_timeline_wanted(request);
	CustomerPageView view = {0};
	CustomerPage page = {0};
	CustomerFilling filling;
	Layout frame;

	(void)context;
	if (!read_customer_page(
		    visit->web->acts, visit->mem, &caller, http_param(request, "ref"), &wanted, &view, &error)) {
		page_error(visit, response, error);
		return;
	}
	filling = (CustomerFilling){
		.visit = visit, .customer = view.customer, .file = view.file, .timeline = view.timeline, .page = &page};
	page.customer = view.customer;
	page.done = flow_done(visit, NULL);
	page.works_cases = office_may(visit->office, BY_ANYONE);
	page.kind = g_str_equal(view.customer->kind, "body") ? "an organisation" : "a person";
	page.back = visit_back(visit);
	page.call_href = arena_printf(visit->mem, "/?q=%s", view.customer->ref);
	fill_alerts(&filling);
	fill_arrangements(&filling);
	customer_fill_who(&filling);
	customer_fill_lists(&filling);
	customer_fill_timeline(&filling);
	frame = page_frame(visit, view.customer->name);
	page.frame = &frame;
	customer_page(out, &page);
	page_send(visit, response, 200, out);
}
