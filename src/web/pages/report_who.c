/* report_who.c: whom a report is about, where nobody was chosen yet: looked up, or recorded here. */
#include "web/pages/report.h"

#include "acts/read.h"

static const char *report_href(const Visit *visit, const char *customer)
{
	const char *contact = http_query(visit->request, "contact");
	GString *href = g_string_new("/report?customer=");

	g_string_append_uri_escaped(href, customer, NULL, FALSE);
	if (contact != NULL) {
		g_string_append(href, "&contact=");
		g_string_append_uri_escaped(href, contact, NULL, FALSE);
	}
	return arena_own(visit->mem, g_string_free(href, FALSE), g_free);
}

static gboolean fill_hits(Visit *visit, ReportWhomPage *page, GError **error)
{
	const ActCaller caller = visit_caller(visit);
	LookUp *found = NULL;
	ReportHit *hits;

	if (page->typed == NULL || *page->typed == '\0')
		return TRUE;
	if (!read_look_up(visit->web->acts, visit->mem, &caller, page->typed, &found, error))
		return FALSE;
	hits = arena_array(visit->mem, ReportHit, found->n_hits + 1);
	for (gsize i = 0; i < found->n_hits; i++)
		hits[page->n_hits++] = (ReportHit){.href = report_href(visit, found->hits[i].customer),
			.name = found->hits[i].name,
			.how = arena_printf(
				visit->mem, "%s, by %s", found->hits[i].customer, found->hits[i].recognised)};
	page->hits = hits;
	page->more = found->more;
	return TRUE;
}

static void look_them_up(Visit *visit, const char *new_href, HttpResponse *response)
{
	const Layout frame = page_frame(visit, "Whom is it about?");
	ReportWhomPage page = {.frame = &frame,
		.typed = http_query(visit->request, "q"),
		.contact = http_query(visit->request, "contact"),
		.new_href = new_href};
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);
	g_autoptr(GError) error = NULL;

	if (!fill_hits(visit, &page, &error)) {
		page_error(visit, response, error);
		return;
	}
	report_whom_page(out, &page);
	page_send(visit, response, 200, out);
}

static gboolean fill_new(Flow *flow, GError **error)
{
	(void)error;
	flow_prefill(flow, "kind", "person");
	return TRUE;
}

static const char *after(const Flow *flow, const ActAnswer *answer)
{
	return report_href(flow->visit, answer->id);
}

static const FlowPage NEW_CUSTOMER = {
	.act = "add-customer",
	.place = FLOW_OWN,
	.title = "Record somebody new",
	.button = "Record them, and go on to the report",
	.fill = fill_new,
	.ask = report_new_questions,
	.after = after,
};

void report_whom(Visit *visit, const char *carried, HttpResponse *response)
{
	const char *address = arena_printf(visit->mem, "/report?new=yes%s", carried);

	if (http_query(visit->request, "new") == NULL && !g_str_equal(http_method(visit->request), "POST"))
		look_them_up(visit, address, response);
	else
		flow_respond(visit, &NEW_CUSTOMER,
			&(FlowSubject){.caption = "Report behaviour", .back = "/report", .address = address}, response);
}
