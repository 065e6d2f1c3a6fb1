/* evidence.c: see evidence.h. Who may see a file is read_evidence_file's to say. */
#include "web/pages/evidence.h"

#include "web/flow_rows.h"
#include "web/pages/entry.h"

static gboolean fill(Flow *flow, GError **error)
{
	const CasefilePageView *file = flow->file;
	EvidencePage *page = arena_new0(flow->mem, EvidencePage);
	GovukChoice *reports = arena_array(flow->mem, GovukChoice, file->n_reports + 1);

	const char *report = flow_value(flow, "report");

	(void)error;
	for (gsize i = 0; i < file->n_reports; i++)
		if (file->reports[i].struck_at == INSTANT_NONE)
			reports[page->n_reports++] = (GovukChoice){.value = file->reports[i].ref,
				.text = arena_printf(
					flow->mem, "%s: %s", file->reports[i].ref, file->reports[i].heading_title),
				.hint = {.text = arena_printf(flow->mem, "%s, by %s",
						 page_time(flow->visit, file->reports[i].happened_at),
						 file->reports[i].reporter.name)}};
	if (page->n_reports > 0)
		reports[page->n_reports++] = (GovukChoice){.value = "",
			.text = "No one report: the casefile as a whole",
			.checked = report == NULL || *report == '\0'};
	page->reports = reports;
	flow->page = page;
	return TRUE;
}

static void ask(Html *out, Flow *flow)
{
	evidence_questions(out, flow, flow->page);
}

/* G9: what comes in now stands after the decision, and says so. */
static gboolean say_done(Visit *visit, const CasefilePageView *file, const char *ref, FlowDone *ret_done)
{
	for (gsize i = 0; file != NULL && i < file->n_evidence; i++) {
		const EvidenceView *evidence = &file->evidence[i];

		if (!g_str_equal(evidence->ref, ref))
			continue;
		ret_done->happened = arena_printf(visit->mem, "Evidence kept: %s", evidence->file_name);
		ret_done->next = evidence->late
					 ? "It is marked as entered after the decision, which it does not support."
					 : "It stands with the casefile, with the time at which you entered it.";
		return TRUE;
	}
	return FALSE;
}

const FlowPage flow_attach_evidence = {
	.act = "attach-evidence",
	.title = "Attach evidence",
	.intro = "A mail, a scan, a recording: the file is kept as it is. It cannot be changed afterwards.",
	.button = "Attach the file",
	.about = "report",
	.files = TRUE,
	.fill = fill,
	.ask = ask,
	.evidence = evidence_so_far,
	.say_done = say_done,
	.done = {"Evidence kept", "Whoever answers for the casefile sees it, and so do you."},
};

void page_evidence_file(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	const ActCaller caller = visit_caller(visit);
	g_autoptr(GError) error = NULL;
	EvidenceFile file;

	(void)context;
	if (read_evidence_file(visit->web->acts, visit->mem, &caller, http_param(request, "ref"), &file, &error))
		http_attachment(response, visit->mem, file.name, file.type, file.bytes, file.length);
	else
		page_error(visit, response, error);
}
