/* assess.c: the flow 'assess a report'. What an assessment has to answer is core/assess.c's. */
#include "web/pages/assess.h"

#include "web/flow_rows.h"
#include "web/pages/entry.h"

/* A report that this may answer: one that nobody assessed; one of violence once more, to say that there was none. */
static gboolean may_answer(const CasefilePageView *file, const ReportView *report)
{
	const AssessmentView *before = casefile_page_assessment(file, report->assessment);

	return report->struck_at == INSTANT_NONE &&
	       (report->assessment == NULL || (report->violence && (before == NULL || before->no_violence == NULL)));
}

static void fill_reports(Flow *flow, AssessPage *page)
{
	const CasefilePageView *file = flow->file;
	GovukChoice *choices = arena_array(flow->mem, GovukChoice, file->n_reports + 1);

	for (gsize i = 0; i < file->n_reports; i++) {
		const ReportView *report = &file->reports[i];

		if (!may_answer(file, report))
			continue;
		choices[page->n_reports++] = (GovukChoice){.value = report->ref,
			.text = arena_printf(flow->mem, "%s, %s", report->ref,
				report->example_title != NULL ? report->example_title : report->heading_title),
			.hint = {.text = arena_printf(flow->mem, "%s, reported by %s",
					 page_time(flow->visit, report->happened_at), report->reporter.name)}};
		page->violence |= report->violence;
	}
	page->reports = choices;
}

static const AssessHeading *questions_of(Flow *flow, const Heading *heading)
{
	AssessHeading *asked = arena_new0(flow->mem, AssessHeading);
	FlowQuestion *tests = arena_array(flow->mem, FlowQuestion, heading->n_tests + 1);

	for (gsize i = 0; i < heading->n_tests; i++)
		tests[i] = (FlowQuestion){.name = arena_printf(flow->mem, "tests/%s", heading->tests[i].key),
			.ask = heading->tests[i].question,
			.missing = arena_printf(flow->mem, "Enter an answer to ‘%s’", heading->tests[i].question),
			.rows = 3};
	*asked = (AssessHeading){
		.title = heading->title, .meaning = heading->meaning, .tests = tests, .n_tests = heading->n_tests};
	return asked;
}

/* The heading of what was reported comes first; it is only where to start from. */
static void fill_headings(Flow *flow, AssessPage *page, const char *reported)
{
	const Policy *policy = flow->visit->office->policy;
	GovukChoice *choices = arena_array(flow->mem, GovukChoice, policy->n_headings + 1);
	AssessHeading *asked = arena_array(flow->mem, AssessHeading, policy->n_headings + 1);

	for (int reported_ones = 1; reported_ones >= 0; reported_ones--)
		for (gsize i = 0; i < policy->n_headings; i++) {
			const Heading *heading = &policy->headings[i];

			if ((g_strcmp0(heading->key, reported) == 0) != (reported_ones == 1))
				continue;
			choices[page->n_headings++] = (GovukChoice){
				.value = heading->key, .text = heading->title, .hint = {.text = heading->meaning}};
			asked[page->n_asked++] = *questions_of(flow, heading);
		}
	page->headings = choices;
	page->asked = asked;
	flow_prefill(flow, "heading", reported);
}

/* W5's closed list, after the rule: a warning comes first. */
static void fill_grounds(Flow *flow, AssessPage *page)
{
	const Policy *policy = flow->visit->office->policy;
	GovukChoice *choices = arena_array(flow->mem, GovukChoice, policy->n_skip_reasons + 2);
	const char *chosen = flow_value(flow, "ground");

	choices[page->n_grounds++] = (GovukChoice){
		.value = "", .text = "Yes: a warning comes first", .checked = chosen == NULL || *chosen == '\0'};
	for (gsize i = 0; i < policy->n_skip_reasons; i++)
		choices[page->n_grounds++] = (GovukChoice){.value = policy->skip_reasons[i].key,
			.text = arena_printf(flow->mem, "No: %s", policy->skip_reasons[i].title)};
	page->grounds = choices;
}

static void fill_reach(Flow *flow, AssessPage *page)
{
	const GovukChoice *all = flow_scopes(flow, &page->n_scopes);
	GovukChoice *scopes = arena_memdup(flow->mem, all, FLOW_SCOPES * sizeof *all);
	const char *chosen = flow_value(flow, "scope");

	/* What the casefile has is chosen by saying nothing: it stays as it is. */
	for (gsize i = 0; i < page->n_scopes; i++) {
		if (!g_str_equal(scopes[i].value, flow->file->scope) ||
			(g_str_equal(flow->file->scope, "matter") && flow->file->n_matters > 1))
			continue;
		scopes[i].value = "";
		scopes[i].hint = (GovukHint){.text = "As the casefile has it."};
		scopes[i].checked = chosen == NULL || *chosen == '\0';
	}
	page->scopes = scopes;
	page->matters = flow_matters(flow, &page->n_matters);
}

static gboolean fill(Flow *flow, GError **error)
{
	AssessPage *page = arena_new0(flow->mem, AssessPage);
	const ReportView *about = casefile_page_report(flow->file, flow->subject.about);

	(void)error;
	flow->page = page;
	fill_reports(flow, page);
	if (about == NULL && page->n_reports == 1) {
		about = casefile_page_report(flow->file, page->reports[0].value);
		flow_prefill(flow, "reports", page->reports[0].value);
	}
	fill_headings(flow, page, about != NULL ? about->heading : NULL);
	fill_grounds(flow, page);
	fill_reach(flow, page);
	return TRUE;
}

static void ask(Html *out, Flow *flow)
{
	assess_questions(out, flow, flow->page);
}

/* The step that this act is, where it is open or something is in its way; NULL. */
static const StepView *step_of(const CasefilePageView *file, const char *act)
{
	for (gsize i = 0; i < file->n_steps; i++)
		if (g_strcmp0(file->steps[i].act, act) == 0)
			return &file->steps[i];
	return NULL;
}

/* What comes first where something is in the way of what the assessment calls for; NULL: nothing is. */
static const char *comes_first(const Visit *visit, const CasefilePageView *file, const char *act)
{
	const StepView *step = act != NULL ? step_of(file, act) : NULL;

	if (step == NULL || step->state != STEP_BLOCKED)
		return NULL;
	if (step->mend_act == NULL || g_str_equal(step->mend_act, act))
		return step->sentence;
	return arena_printf(visit->mem, "Next: %s. %s", flow_title(step->mend_act), step->sentence);
}

static gboolean say_done(Visit *visit, const CasefilePageView *file, const char *ref, FlowDone *ret_done)
{
	static const struct {
		const char *outcome, *act, *next;
	} NEXT[] = {
		{"no-action", NULL, "Who reported it sees that. If nothing else is open, the casefile can be closed."},
		{"informal-advice", NULL, "The letter restricts nothing: they are answered as usual."},
		{"warning", "warn", "Next: Warn the customer. The letter starts from your words."},
		{"request", "request", "Next: Request authorisation. The form starts from your assessment."},
	};
	const AssessmentView *assessment = casefile_page_assessment(file, ref);
	const char *first;

	if (assessment == NULL)
		return FALSE;
	ret_done->happened = arena_printf(visit->mem, "Assessed: %s", assessment->outcome_words);
	for (gsize i = 0; i < G_N_ELEMENTS(NEXT); i++)
		if (g_str_equal(NEXT[i].outcome, assessment->outcome)) {
			first = comes_first(visit, file, NEXT[i].act);
			ret_done->next = first != NULL ? first : NEXT[i].next;
		}
	return TRUE;
}

const FlowPage flow_assess_report = {
	.act = "assess-report",
	.title = "Assess a report",
	.button = "Record the assessment",
	.about = "reports",
	.check = TRUE,
	.fill = fill,
	.ask = ask,
	.evidence = evidence_reports,
	.say_done = say_done,
};
