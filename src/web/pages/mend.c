/* mend.c: see mend.h. Which texts an entry has is core/mending.h's to say; what of them somebody sees, read_show's. */
#include "web/pages/mend.h"

#include "core/mending.h"
#include "web/flow_rows.h"

#include <jansson.h>

static const char *kind_title(EntryKind kind)
{
	static const char *const TITLES[] = {
		[ENTRY_CONTACT] = "Contact",
		[ENTRY_REPORT] = "Report",
		[ENTRY_BREACH] = "Breach",
		[ENTRY_EVIDENCE] = "Evidence",
		[ENTRY_ANSWER] = "Answer to a warning",
		[ENTRY_NEED] = "Access need",
	};

	return TITLES[kind];
}

static const char *field_title(EntryKind kind, const char *field)
{
	static const struct {
		const char *field, *title;
	} TITLES[] = {{"effect", "What it did to staff or the service"}, {"other", "The behaviour in words"},
		{"staff_did", "What staff did"}, {"why", "Why it is recorded"}};

	if (g_str_equal(field, "what"))
		return kind == ENTRY_CONTACT    ? "What was said"
		       : kind == ENTRY_EVIDENCE ? "What it is"
		       : kind == ENTRY_NEED     ? "What they need"
						: "What happened";
	if (g_str_equal(field, "words"))
		return kind == ENTRY_CONTACT ? "What was said before the call ended" : "What they say";
	for (gsize i = 0; i < G_N_ELEMENTS(TITLES); i++)
		if (g_str_equal(TITLES[i].field, field))
			return TITLES[i].title;
	return field;
}

/* The texts that hold something, and of a correction the one that the address names, to begin with. */
static void add_texts(Flow *flow, EntryKind kind, const json_t *entry, MendPage *page)
{
	const char *const *names = entry_texts(kind);
	const gsize n = g_strv_length((char **)names);
	MendText *texts = arena_array(flow->mem, MendText, n + 1);
	GovukChoice *fields = arena_array(flow->mem, GovukChoice, n + 1);
	const char *chosen = http_query(flow->visit->request, "field");

	for (gsize i = 0; i < n; i++) {
		const char *text = arena_strdup(flow->mem, json_string_value(json_object_get(entry, names[i])));

		if (text == NULL)
			continue;
		fields[page->n_texts] = (GovukChoice){.value = names[i], .text = field_title(kind, names[i])};
		texts[page->n_texts++] = (MendText){.field = names[i],
			.title = field_title(kind, names[i]),
			.text = text,
			.href = page->corrects ? arena_printf(flow->mem, "/entries/%s/correct?field=%s",
							 flow->subject.about, names[i])
					       : NULL};
	}
	page->texts = texts;
	page->fields = fields;
	page->n_fields = page->n_texts;
	for (gsize i = 0; page->corrects && i < page->n_texts; i++)
		if (page->n_texts == 1 || g_strcmp0(chosen, texts[i].field) == 0) {
			flow_prefill(flow, "field", texts[i].field);
			flow_prefill(flow, "words", texts[i].text);
		}
}

static gboolean fill_page(Flow *flow, gboolean corrects, GError **error)
{
	const ActCaller caller = visit_caller(flow->visit);
	MendPage *page = arena_new0(flow->mem, MendPage);
	const char *ref = flow->subject.about;
	EntryKind kind;
	json_t *entry;

	page->corrects = corrects;
	flow->page = page;
	if (!entry_kind(ref, &kind))
		return not_found(error, "%s is nothing that its author can correct.", ref);
	if (!read_show(flow->visit->web->acts, flow->mem, &caller, ref, &entry, error))
		return FALSE;
	page->what = arena_printf(flow->mem, "%s %s", kind_title(kind), ref);
	add_texts(flow, kind, entry, page);
	json_decref(entry);
	return TRUE;
}

static gboolean fill_strike(Flow *flow, GError **error)
{
	return fill_page(flow, FALSE, error);
}

static gboolean fill_correct(Flow *flow, GError **error)
{
	return fill_page(flow, TRUE, error);
}

static void ask(Html *out, Flow *flow)
{
	mend_questions(out, flow, flow->page);
}

static void show(Html *out, const Flow *flow)
{
	mend_evidence(out, flow->page);
}

/* To where the entry stands. */
static const char *after(const Flow *flow, const ActAnswer *answer)
{
	const char *path = flow->subject.back;

	if (answer->casefile != NULL)
		path = arena_printf(flow->mem, "/casefiles/%s", answer->casefile);
	return flow_done_href(flow->visit, path, flow->row->act, answer->id);
}

static gboolean say(Visit *visit, const char *ref, const char *did, const char *next, FlowDone *ret_done)
{
	EntryKind kind;

	if (!entry_kind(ref, &kind))
		return FALSE;
	*ret_done = (FlowDone){arena_printf(visit->mem, "%s %s %s", kind_title(kind), ref, did), next};
	return TRUE;
}

static gboolean say_struck(Visit *visit, const CasefilePageView *file, const char *ref, FlowDone *ret_done)
{
	(void)file;
	return say(visit, ref, "struck out", "It stays visible, crossed out, and counts for nothing.", ret_done);
}

static gboolean say_corrected(Visit *visit, const CasefilePageView *file, const char *ref, FlowDone *ret_done)
{
	(void)file;
	return say(visit, ref, "corrected", "The old words stay on the record.", ret_done);
}

const FlowPage flow_strike = {
	.act = "strike",
	.place = FLOW_OWN,
	.title = "Strike out what you wrote",
	.intro = "It stays visible, crossed out, and counts for nothing from now on. This cannot be undone.",
	.button = "Strike it out",
	.warns = TRUE,
	.about = "entry",
	.fill = fill_strike,
	.ask = ask,
	.evidence = show,
	.say_done = say_struck,
	.after = after,
};

const FlowPage flow_correct = {
	.act = "correct",
	.place = FLOW_OWN,
	.title = "Correct what you wrote",
	.intro = "The text is changed, and the old words stay on the record.",
	.button = "Correct it",
	.about = "entry",
	.fill = fill_correct,
	.ask = ask,
	.evidence = show,
	.say_done = say_corrected,
	.after = after,
};

/* Back to the customer whom the entry is about, or, where there is none, to the first page. */
static void respond(HttpRequest *request, const FlowPage *row, const char *part, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	const ActCaller caller = visit_caller(visit);
	const char *ref = http_param(request, "ref");
	const char *customer = NULL, *name = NULL;
	g_autoptr(GError) error = NULL;

	if (!read_whose(visit->web->acts, visit->mem, &caller, ref, &customer, &name, &error)) {
		page_error(visit, response, error);
		return;
	}
	flow_respond(visit, row,
		&(FlowSubject){.about = ref,
			.caption = name != NULL ? arena_printf(visit->mem, "%s, %s", ref, name) : ref,
			.back = customer != NULL ? arena_printf(visit->mem, "/customers/%s", customer) : "/",
			.address = arena_printf(visit->mem, "/entries/%s/%s", ref, part)},
		response);
}

void page_strike(void *context, HttpRequest *request, HttpResponse *response)
{
	(void)context;
	respond(request, &flow_strike, "strike", response);
}

void page_correct(void *context, HttpRequest *request, HttpResponse *response)
{
	(void)context;
	respond(request, &flow_correct, "correct", response);
}
