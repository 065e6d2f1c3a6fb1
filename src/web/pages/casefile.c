/* casefile.c: fills the casefile's page from what the viewer may see (acts/read_file.h), which records the viewing.
 * Which steps are open, and what is in the way, is said there. */
#include "web/pages/casefile.h"

#include "web/words.h"

enum { TIMELINE_LINES = 20 };

typedef struct {
	Visit *visit;
	const CasefilePageView *file;
	CasefilePage *page;
} Filling;

static const char *day_of(const Filling *filling, Instant at)
{
	return day_in_words(filling->visit->mem, zone_day(filling->visit->office->zone, at));
}

/* Whether somebody with these roles finds a page for the act. */
static gboolean has_page(const Visit *visit, const char *name)
{
	const Act *act = acts_find(name);

	return act != NULL && office_may(visit->office, act->by) &&
	       (flow_find(FLOW_CASEFILE, name) != NULL || flow_find(FLOW_CUSTOMER, name) != NULL);
}

gboolean casefile_mends(const CasefilePage *p, const StepView *step)
{
	return step->mend_act != NULL && has_page(p->visit, step->mend_act);
}

const char *casefile_step_href(const CasefilePage *p, const StepView *step)
{
	if (step->state == STEP_OPEN && step->act != NULL && has_page(p->visit, step->act))
		return flow_href(p->visit->mem, p->file, step->act, step->about);
	return step->state == STEP_DONE && step->ref != NULL && p->file->full
		       ? arena_printf(p->visit->mem, "#%s", step->ref)
		       : NULL;
}

static GovukTask task_of(const CasefilePage *p, const StepView *step, HtmlSafe hint)
{
	GovukTask task = {.title = {.text = step->title}, .hint = {.html = hint}, .href = casefile_step_href(p, step)};

	switch (step->state) {
	case STEP_DONE:
		task.status.text = "Done";
		break;
	case STEP_OPEN:
		task.tag = step->yours ? (GovukTag){.text = "Yours to do", .classes = "govuk-tag--blue"}
				       : (GovukTag){.text = "For others to do", .classes = "govuk-tag--grey"};
		break;
	case STEP_BLOCKED:
		task.tag = (GovukTag){.text = "Something is in the way", .classes = "govuk-tag--yellow"};
		break;
	case STEP_NOT_YET:
		task.status.text = "Not yet";
		task.status_classes = "govuk-task-list__status--cannot-start-yet";
		break;
	case STEP_NOT_NEEDED:
	case STEP_NONE:
		task.status.text = step->state == STEP_NONE ? "None" : "Not needed";
		task.status_classes = "govuk-task-list__status--cannot-start-yet";
		break;
	}
	return task;
}

gboolean casefile_said_above(const CasefilePage *p, const StepView *step)
{
	for (gsize i = 0; i < p->n_steps && p->steps[i] != step; i++)
		if (p->steps[i]->state == STEP_BLOCKED && g_strcmp0(p->steps[i]->sentence, step->sentence) == 0)
			return TRUE;
	return FALSE;
}

void casefile_tasks(Html *out, const CasefilePage *p)
{
	GovukTask *tasks = arena_array(p->visit->mem, GovukTask, p->n_steps + 1);

	for (gsize i = 0; i < p->n_steps; i++) {
		const gsize mark = html_mark(out);
		HtmlSafe hint = {0};

		if (p->steps[i]->words != NULL || p->steps[i]->sentence != NULL) {
			casefile_step_hint(out, p, p->steps[i]);
			hint = html_cut(out, mark);
		}
		tasks[i] = task_of(p, p->steps[i], hint);
	}
	govuk_task_list(out, &(GovukTaskList){.items = tasks, .n_items = p->n_steps});
}

/* The steps are those that the policy asks for; what may be done besides stands below them. */
static void fill_steps(const Filling *filling)
{
	static const char *const BESIDES[] = {"attach-evidence", "refer-to-police", "close-casefile"};
	const gsize n_besides = filling->file->full ? G_N_ELEMENTS(BESIDES) : G_N_ELEMENTS(BESIDES) - 1;
	const CasefilePageView *file = filling->file;
	CasefilePage *page = filling->page;
	CasefileAct *acts = arena_array(filling->visit->mem, CasefileAct, file->n_steps + G_N_ELEMENTS(BESIDES));
	g_autoptr(GHashTable) said = g_hash_table_new(g_str_hash, g_str_equal);

	page->steps = arena_array(filling->visit->mem, const StepView *, file->n_steps + 1);
	for (gsize i = 0; i < file->n_steps; i++) {
		const StepView *step = &file->steps[i];

		if (!step->optional)
			page->steps[page->n_steps++] = step;
		else if (step->state == STEP_OPEN && step->yours && has_page(filling->visit, step->act))
			acts[page->n_acts++] = (CasefileAct){
				.href = flow_href(filling->visit->mem, file, step->act, step->about),
				.title = step->about == NULL ? step->title
							     : arena_printf(filling->visit->mem, "%s: %s",
								       acts_find(step->act)->title, step->about)};
		if (step->act != NULL)
			g_hash_table_add(said, (char *)step->act);
	}
	for (gsize i = 0; i < n_besides && file->closed_at == INSTANT_NONE; i++)
		if (!g_hash_table_contains(said, BESIDES[i]) && has_page(filling->visit, BESIDES[i]))
			acts[page->n_acts++] =
				(CasefileAct){.href = flow_href(filling->visit->mem, file, BESIDES[i], NULL),
					.title = acts_find(BESIDES[i])->title};
	page->acts = acts;
}

static void fill_parts(const Filling *filling)
{
	const CasefilePageView *file = filling->file;
	const CasefilePart PARTS[] = {
		{"#in-force", "What is in force", filling->page->counts[ARRANGEMENT_IN_FORCE]},
		{"#decided", "Decided, not yet in force", filling->page->counts[ARRANGEMENT_DECIDED]},
		{"#suspended", "Out of force for now", filling->page->counts[ARRANGEMENT_SUSPENDED]},
		{"#needs", "Needs and adjustments", file->n_needs + file->n_adjustments},
		{"#steps", "Steps", filling->page->n_steps},
		{"#reports", "Reports", file->n_reports + file->hidden_reports},
		{"#assessments", "Assessments", file->n_assessments},
		{"#referrals", "The police", file->n_referrals},
		{"#warnings", "Warnings", file->n_warnings},
		{"#answers", "What the customer answered", file->n_answers},
		{"#requests", "Requests", file->n_requests},
		{"#decisions", "Decisions", file->n_decisions},
		{"#earlier", "Earlier arrangements", filling->page->counts[ARRANGEMENT_ENDED]},
		{"#variations", "Changes of an arrangement", file->n_variations},
		{"#disputes", "Disputes", file->n_disputes},
		{"#breaches", "Breaches", file->n_breaches},
		{"#evidence", "Evidence", file->n_evidence},
		{"#letters", "Letters", file->n_letters},
		{"#timeline", "Timeline", filling->page->n_timeline},
	};
	CasefilePart *parts = arena_array(filling->visit->mem, CasefilePart, G_N_ELEMENTS(PARTS));

	for (gsize i = 0; i < G_N_ELEMENTS(PARTS); i++) {
		if (PARTS[i].n == 0)
			continue;
		parts[filling->page->n_parts] = PARTS[i];
		/* How many steps the policy has, and lines of the timeline this page, says nothing. */
		if (g_str_equal(PARTS[i].href, "#steps") || g_str_equal(PARTS[i].href, "#timeline"))
			parts[filling->page->n_parts].n = 0;
		filling->page->n_parts++;
	}
	filling->page->parts = parts;
}

static void add_row(GovukSummaryRow *rows, gsize *n, const char *key, const char *value)
{
	if (value != NULL && *value != '\0')
		rows[(*n)++] = (GovukSummaryRow){.key = {.text = key}, .value = {.text = value}};
}

static const char *matters_in_words(const Filling *filling)
{
	g_autoptr(GString) words = g_string_new(NULL);

	for (gsize i = 0; i < filling->file->n_matters; i++) {
		const MatterView *matter = &filling->file->matters[i];

		g_string_append_printf(words, "%s%s, %s%s", i > 0 ? "; " : "", matter->title, matter->ref,
			matter->closed_at != INSTANT_NONE ? ", closed" : "");
	}
	return arena_strndup(filling->visit->mem, words->str, words->len);
}

static void fill_about(const Filling *filling)
{
	const CasefilePageView *file = filling->file;
	GovukSummaryRow *rows = arena_array(filling->visit->mem, GovukSummaryRow, 8);
	gsize n = 0;

	add_row(rows, &n, "Owned by", file->function_title);
	add_row(rows, &n, "Applies to", file->scope_words);
	add_row(rows, &n, "Why the whole organisation", file->scope_reason);
	add_row(rows, &n, "Matters", matters_in_words(filling));
	add_row(rows, &n, "Opened", day_of(filling, file->opened_at));
	if (file->closed_at != INSTANT_NONE)
		add_row(rows, &n, "Closed",
			arena_printf(filling->visit->mem, "%s by %s: %s", day_of(filling, file->closed_at),
				file->closed_by.name, file->outcome_words));
	add_row(rows, &n, "What was said on closing it", file->close_words);
	filling->page->about = rows;
	filling->page->n_about = n;
}

/* With fewer others nothing is usual. */
enum { OTHERS_TO_COMPARE = 3 };

static const char *beside(Arena *mem, const TakesBeside *takes, gint64 own, gint64 usual)
{
	return takes->customers > OTHERS_TO_COMPARE
		       ? arena_printf(mem, "%" G_GINT64_FORMAT " (usual: %" G_GINT64_FORMAT ")", own, usual)
		       : arena_printf(mem, "%" G_GINT64_FORMAT, own);
}

/* B4: shown, not felt. */
static void fill_takes(const Filling *filling)
{
	const TakesBeside *takes = filling->file->takes;
	Arena *mem = filling->visit->mem;
	GovukSummaryRow *rows = arena_array(mem, GovukSummaryRow, 3);
	gsize n = 0;

	if (takes == NULL)
		return;
	filling->page->takes_words =
		takes->customers > OTHERS_TO_COMPARE
			? arena_printf(mem,
				  "Counted over the last %d days, and compared with the usual (median) of the "
				  "%" G_GINT64_FORMAT " customers who were in touch.",
				  takes->days, takes->customers)
			: arena_printf(mem,
				  "Counted over the last %d days. Too few others were in touch to compare it with.",
				  takes->days);
	add_row(rows, &n, "Contacts", beside(mem, takes, takes->own.contacts, takes->usual.contacts));
	add_row(rows, &n, "Minutes of staff time", beside(mem, takes, takes->own.minutes, takes->usual.minutes));
	add_row(rows, &n, "Members of staff", beside(mem, takes, takes->own.staff, takes->usual.staff));
	filling->page->takes = rows;
	filling->page->n_takes = n;
}

static gboolean fill_timeline(const Filling *filling, GError **error)
{
	Visit *visit = filling->visit;
	const ActCaller caller = visit_caller(visit);
	const char *before = http_query(visit->request, "before"), *ref = filling->file->ref;
	CasefilePage *page = filling->page;
	MojTimelineItem *items;
	Timeline *timeline;

	if (!read_timeline(visit->web->acts, visit->mem, &caller, ref,
		    &(TimelinePage){.cursor = before, .limit = TIMELINE_LINES}, &timeline, error))
		return FALSE;
	items = arena_array(visit->mem, MojTimelineItem, timeline->n + 1);
	for (gsize i = 0; i < timeline->n; i++) {
		const TimelineLine *line = &timeline->lines[i];

		items[i] = (MojTimelineItem){
			.label = line->struck ? arena_printf(visit->mem, "%s (struck out)", line->title) : line->title,
			.byline = line->by_name,
			.timestamp = instant_format(visit->mem, line->happened_at),
			.when = page_time(visit, line->happened_at),
			.text = line->text};
	}
	page->timeline = items;
	page->n_timeline = timeline->n;
	if (timeline->next != NULL)
		page->older_href = arena_printf(visit->mem, "/casefiles/%s?before=%s#timeline", ref, timeline->next);
	if (before != NULL)
		page->newest_href = arena_printf(visit->mem, "/casefiles/%s#timeline", ref);
	return TRUE;
}

static gboolean fill(const Filling *filling, GError **error)
{
	const CasefilePageView *file = filling->file;
	CasefilePage *page = filling->page;
	Arena *mem = filling->visit->mem;

	page->done = flow_done(filling->visit, file);
	page->customer_href = arena_printf(mem, "/customers/%s", file->customer);
	/* Where it applies to contact with a function, that is whose it is. */
	page->owner = g_str_equal(file->scope, "function") && g_strcmp0(file->scope_of, file->function) == 0
			      ? NULL
			      : arena_printf(mem, "%s. ", file->function_title);
	page->state =
		file->closed_at == INSTANT_NONE
			? arena_printf(mem, "Open since %s", day_of(filling, file->opened_at))
			: arena_printf(mem, "Closed on %s: %s", day_of(filling, file->closed_at), file->outcome_words);
	if (!file->full)
		page->hidden = arena_printf(mem,
			"You see what you reported yourself, what is in force, and what is yours to do. The rest is "
			"for the managers and the head of function of %s.",
			file->function_title);
	for (gsize i = 0; i < file->n_arrangements; i++)
		page->counts[file->arrangements[i].state]++;
	if (!fill_timeline(filling, error))
		return FALSE;
	fill_steps(filling);
	fill_parts(filling);
	fill_about(filling);
	fill_takes(filling);
	return TRUE;
}

void page_casefile(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	const ActCaller caller = visit_caller(visit);
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);
	g_autoptr(GError) error = NULL;
	CasefilePageView *file;
	CasefilePage page = {.visit = visit};
	Layout frame;

	(void)context;
	if (!read_casefile_page(visit->web->acts, visit->mem, &caller, http_param(request, "ref"), &file, &error)) {
		page_error(visit, response, error);
		return;
	}
	page.file = file;
	if (!fill(&(Filling){.visit = visit, .file = file, .page = &page}, &error)) {
		page_error(visit, response, error);
		return;
	}
	frame = page_frame(visit, arena_printf(visit->mem, "%s, %s", file->ref, file->customer_name));
	page.frame = &frame;
	casefile_page(out, &page);
	page_send(visit, response, 200, out);
}
