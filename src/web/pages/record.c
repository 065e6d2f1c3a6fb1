/* record.c: the record on a page. What an entry contained is not shown here. */
#include "web/pages/record.h"

/* A customer's or a casefile's page is one click away, for those who may see it. */
static const char *href_of(Visit *visit, const RecordLine *line)
{
	if (office_may(visit->office, BY(ADMINISTRATOR)) && !office_may(visit->office, BY(AUDITOR) | BY_ANYONE))
		return NULL;
	if (line->casefile != NULL)
		return arena_printf(visit->mem, "/casefiles/%s", line->casefile);
	return line->subject != NULL && g_str_has_prefix(line->subject, "C-")
		       ? arena_printf(visit->mem, "/customers/%s", line->subject)
		       : NULL;
}

static const char *about(Visit *visit, const RecordLine *line)
{
	if (line->subject_name != NULL)
		return line->subject_name;
	if (line->casefile == NULL || line->subject == NULL || g_str_equal(line->casefile, line->subject))
		return line->subject != NULL ? office_function(visit->office, line->subject) : line->casefile;
	return arena_printf(visit->mem, "%s on %s", line->subject, line->casefile);
}

/* Who it was and how they came; that somebody came by a page is not said. */
static const char *who(Visit *visit, const RecordLine *line)
{
	if (g_str_equal(line->via, "web") || g_str_equal(line->via, "job"))
		return line->actor_name;
	if (g_str_has_prefix(line->via, "shell"))
		return arena_printf(visit->mem, "%s, from the command line", line->actor_name);
	return arena_printf(visit->mem, "%s, through a program", line->actor_name);
}

static void list_entries(Visit *visit, RecordShown *page)
{
	RecordRow *rows = arena_array(visit->mem, RecordRow, page->record->n_lines + 1);

	for (gsize i = 0; i < page->record->n_lines; i++) {
		const RecordLine *line = &page->record->lines[i];

		rows[i] = (RecordRow){.number = arena_printf(visit->mem, "%" G_GINT64_FORMAT, line->number),
			.when = page_time(visit, line->at),
			.what = line->title,
			.who = who(visit, line),
			.subject = about(visit, line),
			.subject_href = href_of(visit, line),
			.policy = line->policy};
	}
	page->rows = rows;
	page->n_rows = page->record->n_lines;
}

void page_record(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	const ActCaller caller = visit_caller(visit);
	const Layout frame = page_frame(visit, "The record");
	const char *before_text = http_query(request, "before");
	gint64 before = before_text != NULL ? g_ascii_strtoll(before_text, NULL, 10) : 0;
	RecordShown page = {.form_key = visit->session->form_key};
	RecordPage *record;
	RecordProof proof;
	g_autoptr(GError) error = NULL;
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);

	(void)context;
	if (!read_record(visit->web->acts, visit->mem, &caller, before, &record, &error) ||
		(g_str_equal(http_method(request), "POST") &&
			!read_record_proof(visit->web->acts, visit->mem, &caller, &proof, &error))) {
		page_error(visit, response, error);
		return;
	}
	page.base = admin_frame(visit, &frame);
	page.proof = g_str_equal(http_method(request), "POST") ? &proof : NULL;
	page.record = record;
	list_entries(visit, &page);
	if (record->older > 0)
		page.older_href = arena_printf(visit->mem, "/record?before=%" G_GINT64_FORMAT, record->older);
	if (before > 0)
		page.newest_href = "/record";
	record_page(out, &page);
	page_send(visit, response, 200, out);
}
