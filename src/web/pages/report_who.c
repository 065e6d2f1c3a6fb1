/* report_who.c: whom a report is about, where nobody was chosen yet: looked up, or recorded here. */
#include "web/pages/report.h"

#include "acts/read.h"

static const char *report_href(const Flow *flow, const char *customer)
{
	const char *contact = http_query(flow->visit->request, "contact");
	GString *href = g_string_new("/report?customer=");

	g_string_append_uri_escaped(href, customer, NULL, FALSE);
	if (contact != NULL) {
		g_string_append(href, "&contact=");
		g_string_append_uri_escaped(href, contact, NULL, FALSE);
	}
	return arena_own(flow->mem, g_string_free(href, FALSE), g_free);
}

static gboolean fill(Flow *flow, GError **error)
{
	const ActCaller caller = visit_caller(flow->visit);
	ReportWhoPage *page = arena_new0(flow->mem, ReportWhoPage);
	LookUp *found = NULL;
	ReportHit *hits;

	flow->page = page;
	page->contact = http_query(flow->visit->request, "contact");
	page->typed = http_query(flow->visit->request, "q");
	flow_prefill(flow, "kind", "person");
	if (page->typed == NULL || *page->typed == '\0')
		return TRUE;
	if (!read_look_up(flow->visit->web->acts, flow->mem, &caller, page->typed, &found, error))
		return FALSE;
	hits = arena_array(flow->mem, ReportHit, found->n_hits + 1);
	for (gsize i = 0; i < found->n_hits; i++)
		hits[page->n_hits++] = (ReportHit){.href = report_href(flow, found->hits[i].customer),
			.name = found->hits[i].name,
			.how = arena_printf(
				flow->mem, "%s, by %s", found->hits[i].customer, found->hits[i].recognised)};
	page->hits = hits;
	page->more = found->more;
	return TRUE;
}

static void evidence(Html *out, const Flow *flow)
{
	report_who_evidence(out, flow, flow->page);
}

static const char *after(const Flow *flow, const ActAnswer *answer)
{
	return report_href(flow, answer->id);
}

const FlowPage report_who = {
	.act = "add-customer",
	.place = FLOW_OWN,
	.title = "Whom is it about?",
	.button = "Record them, and go on",
	.fill = fill,
	.ask = report_who_questions,
	.evidence = evidence,
	.after = after,
};
