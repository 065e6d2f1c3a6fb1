/* request.c: the flow 'ask for authorisation' (A3, A5, A6, W4, W5, G4, G8). A request that was returned starts the next
 * one. The rules are core's. */
#include "web/pages/request.h"

#include "web/flow_rows.h"

#include <string.h>

enum { COMPLAINTS_MAX = 20 };

#define ADD_COMPLAINT "add-complaint"
#define REMOVE_COMPLAINT "remove-complaint-"

/* The newest warning that was sent; NULL. */
static const WarningView *sent_warning(const CasefilePageView *file)
{
	for (gsize i = file->n_warnings; i > 0; i--)
		if (file->warnings[i - 1].sent_at != INSTANT_NONE)
			return &file->warnings[i - 1];
	return NULL;
}

/* Whether a request may rest on the report: assessed as calling for something. */
static gboolean counts(const CasefilePageView *file, const ReportView *report)
{
	const AssessmentView *assessment = casefile_page_assessment(file, report->assessment);

	return assessment != NULL && !g_str_equal(assessment->outcome, "no-action") &&
	       report->struck_at == INSTANT_NONE;
}

static void find_before(Flow *flow, RequestPage *page)
{
	const CasefilePageView *file = flow->file;
	const RequestView *last = file->n_requests > 0 ? &file->requests[file->n_requests - 1] : NULL;

	if (last == NULL || (!g_str_equal(last->state, "returned") && !g_str_equal(last->state, "withdrawn")))
		return;
	page->before = last;
	for (gsize i = 0; i < file->n_decisions; i++)
		if (g_str_equal(file->decisions[i].request, last->ref))
			page->answer = &file->decisions[i];
}

static void prefill_new(Flow *flow)
{
	const CasefilePageView *file = flow->file;
	const WarningView *warning = sent_warning(file);

	flow_prefill(flow, "scope", file->scope);
	if (warning != NULL)
		flow_prefill(flow, "warning", warning->ref);
	for (gsize i = 0; i < file->n_reports; i++)
		if (counts(file, &file->reports[i]) &&
			(warning == NULL || file->reports[i].happened_at > warning->sent_at))
			flow_prefill(flow, "reports", file->reports[i].ref);
}

/* What the last one said, where it was returned or withdrawn; complaints are stated anew each time. */
static gboolean prefill_again(Flow *flow, const RequestView *before, GError **error)
{
	flow_prefill(flow, "warning", before->warning);
	flow_prefill(flow, "skip_reason", before->skip_reason);
	flow_prefill(flow, "skip_risk", before->skip_risk);
	flow_prefill(flow, "early_reason", before->early_reason);
	for (const char *const *ref = before->reports; *ref != NULL; ref++)
		flow_prefill(flow, "reports", *ref);
	for (gsize i = 0; i < before->n_account; i++)
		flow_prefill(
			flow, arena_printf(flow->mem, "account/%s", before->account[i].key), before->account[i].text);
	flow_prefill(flow, "internal_review", before->internal_review);
	flow_prefill(flow, "reasons", before->reasons);
	flow_prefill(flow, "scope", before->scope);
	flow_prefill(flow, "scope_reason", before->scope_reason);
	if (g_str_equal(before->scope, "matter"))
		flow_prefill(flow, "scope_of", before->scope_of);
	flow_prefill_day(flow, "until_on", before->until_on);
	flow_prefill_day(flow, "review_on", before->review_on);
	return restrictions_form_prefill(flow, before->asked_json, error);
}

static void fill_warnings(const Flow *flow, RequestPage *page)
{
	const CasefilePageView *file = flow->file;
	const WarningView *last = sent_warning(file);
	GovukChoice *warnings = arena_array(flow->mem, GovukChoice, file->n_warnings + 1);

	for (gsize i = 0; i < file->n_warnings; i++) {
		const WarningView *warning = &file->warnings[i];

		if (warning->sent_at == INSTANT_NONE)
			continue;
		warnings[page->n_warnings++] = (GovukChoice){.value = warning->ref,
			.text = arena_printf(flow->mem, "%s, %s, sent on %s", warning->ref, warning->tier_title,
				page_time(flow->visit, warning->sent_at))};
	}
	if (page->n_warnings > 0)
		warnings[page->n_warnings++] = (GovukChoice){.value = "", .text = "None: it could not be waited for"};
	page->warnings = warnings;
	if (last != NULL && last->adapt_until != DAY_NONE)
		page->adapt_words = arena_printf(flow->mem, "They %s until %s to adapt.",
			last->adapting ? "have" : "had", entry_day(flow->visit, last->adapt_until));
}

/* W5: the policy's reasons, once something was assessed as one of them. */
static void fill_skips(const Flow *flow, RequestPage *page)
{
	const CasefilePageView *file = flow->file;
	const Policy *policy = flow->visit->office->policy;
	GovukChoice *skips = arena_array(flow->mem, GovukChoice, policy->n_skip_reasons + 1);

	for (gsize k = 0; k < policy->n_skip_reasons; k++)
		for (gsize i = 0; i < file->n_assessments; i++)
			if (g_strcmp0(file->assessments[i].ground, policy->skip_reasons[k].key) == 0) {
				skips[page->n_skips++] = (GovukChoice){
					.value = policy->skip_reasons[k].key, .text = policy->skip_reasons[k].title};
				break;
			}
	if (page->n_skips == 1 && page->n_warnings == 0)
		skips[0].checked = TRUE; /* there is nothing else that it could rest on */
	if (page->n_skips > 0 && page->n_warnings > 0)
		skips[page->n_skips++] = (GovukChoice){.value = "", .text = "None: it rests on the warning"};
	page->skips = skips;
}

static void fill_reports(const Flow *flow, RequestPage *page)
{
	const CasefilePageView *file = flow->file;
	const Policy *policy = flow->visit->office->policy;
	GovukChoice *reports = arena_array(flow->mem, GovukChoice, file->n_reports + 1);

	for (gsize i = 0; i < file->n_reports; i++) {
		const ReportView *report = &file->reports[i];
		const AssessmentView *assessment = casefile_page_assessment(file, report->assessment);
		const Heading *heading = assessment != NULL ? policy_heading(policy, assessment->heading) : NULL;

		if (!counts(file, report))
			continue;
		page->internal_review |= heading != NULL && heading->internal_review;
		reports[page->n_reports++] = (GovukChoice){.value = report->ref,
			.text = arena_printf(flow->mem, "%s, %s, %s", report->ref,
				page_time(flow->visit, report->happened_at), report->channel_words),
			.hint = {.text = assessment->heading_title}};
	}
	page->reports = reports;
}

static void fill_criteria(const Flow *flow, RequestPage *page)
{
	const Policy *policy = flow->visit->office->policy;
	RequestCriterion *criteria = arena_array(flow->mem, RequestCriterion, policy->n_criteria + 1);

	for (gsize i = 0; i < policy->n_criteria; i++)
		criteria[i] = (RequestCriterion){.name = arena_printf(flow->mem, "account/%s", policy->criteria[i].key),
			.title = policy->criteria[i].title,
			.missing = arena_printf(flow->mem, "Enter what you say to ‘%s’", policy->criteria[i].title),
			.question = policy->criteria[i].question};
	page->criteria = criteria;
	page->n_criteria = policy->n_criteria;
}

static const GovukOption *options_of(
	const Flow *flow, const ChoiceView *choices, gsize n, const char *none, gsize *ret_n)
{
	GovukOption *options = arena_array(flow->mem, GovukOption, n + 1);

	options[0] = (GovukOption){.text = none, .value = ""};
	for (gsize i = 0; i < n; i++)
		options[i + 1] = (GovukOption){.text = choices[i].title, .value = choices[i].value};
	*ret_n = n + 1;
	return options;
}

static const char *complaint_field(const Flow *flow, gsize i, const char *member)
{
	return arena_printf(flow->mem, "complaints/%" G_GSIZE_FORMAT "/%s", i, member);
}

/* The complaint whose 'Remove' was pressed goes, and what follows moves up: in what was typed, so that every field
 * finds its value. */
static void remove_complaint(Flow *flow)
{
	HttpPair *pairs;
	guint64 gone;
	gsize n = 0;

	if (flow->go == NULL || !g_str_has_prefix(flow->go, REMOVE_COMPLAINT) ||
		!g_ascii_string_to_unsigned(flow->go + strlen(REMOVE_COMPLAINT), 10, 0, COMPLAINTS_MAX, &gone, NULL))
		return;
	pairs = arena_array(flow->mem, HttpPair, flow->n_pairs + 1);
	for (gsize i = 0; i < flow->n_pairs; i++) {
		const char *rest = NULL;
		guint64 number = 0;
		gboolean own = g_str_has_prefix(flow->pairs[i].name, "complaints/");

		if (own) {
			number = g_ascii_strtoull(flow->pairs[i].name + strlen("complaints/"), (char **)&rest, 10);
			if (number == gone)
				continue;
		}
		pairs[n] = flow->pairs[i];
		if (own && number > gone)
			pairs[n].name = arena_printf(flow->mem, "complaints/%u%s", (guint)number - 1, rest);
		n++;
	}
	flow->pairs = pairs;
	flow->n_pairs = n;
}

static gboolean states_complaint(const Flow *flow, gsize i)
{
	return flow_value(flow, complaint_field(flow, i, "about")) != NULL;
}

static void fill_complaints(Flow *flow, RequestPage *page)
{
	static const GovukChoice CONCERNED[] = {
		{.value = "conduct", .text = "Their conduct"},
		{.value = "decision", .text = "A decision"},
	};
	RequestComplaint *complaints = arena_array(flow->mem, RequestComplaint, COMPLAINTS_MAX);
	gsize n = 0;

	remove_complaint(flow);
	while (n < COMPLAINTS_MAX && states_complaint(flow, n))
		n++;
	if (g_strcmp0(flow->go, ADD_COMPLAINT) == 0 && n < COMPLAINTS_MAX)
		n++;
	for (gsize i = 0; i < n; i++)
		complaints[i] = (RequestComplaint){.number = i + 1,
			.id = arena_printf(flow->mem, "complaints/%" G_GSIZE_FORMAT, i),
			.about = complaint_field(flow, i, "about"),
			.reference = complaint_field(flow, i, "reference"),
			.lodged = complaint_field(flow, i, "lodged_on"),
			.concerns = complaint_field(flow, i, "concerns"),
			.person = flow_value(flow, complaint_field(flow, i, "about")),
			.remove = arena_printf(flow->mem, REMOVE_COMPLAINT "%" G_GSIZE_FORMAT, i),
			.concerned = CONCERNED,
			.n_concerned = G_N_ELEMENTS(CONCERNED)};
	page->complaints = complaints;
	page->n_complaints = n;
}

static void fill_fixed(const Flow *flow, RequestPage *page)
{
	static const GovukChoice REVIEWS[] = {
		{.value = "exhausted", .text = "It has ended"},
		{.value = "out-of-time", .text = "It is out of time"},
		{.value = "none-exists", .text = "There is none for this"},
		{.value = "open", .text = "It is still open"},
	};
	const Visit *visit = flow->visit;

	page->reviews = REVIEWS;
	page->n_reviews = G_N_ELEMENTS(REVIEWS);
	page->scopes = flow_scopes(flow, &page->n_scopes);
	page->latest_review = day_in_words(flow->mem, day_add_months(zone_day(visit->office->zone, visit->office->now),
							      visit->office->policy->review.months));
}

/* Reports that are ticked now are those that a restriction may answer. */
static const char *const *cited(const Flow *flow, const RequestPage *page)
{
	const char **refs = arena_array(flow->mem, const char *, page->n_reports + 1);
	gsize n = 0;

	for (gsize i = 0; i < page->n_reports; i++)
		refs[n++] = page->reports[i].value;
	return refs;
}

static gboolean fill_choices(Flow *flow, RequestPage *page, GError **error)
{
	const ActCaller caller = visit_caller(flow->visit);
	RestrictionChoices choices = {0};
	ChoiceView *matters;
	const RestrictionsAsk ask = {.ask = "What you ask for",
		.hint = "Only what the behaviour calls for, on the way of contact that it came by.",
		.reports = cited(flow, page)};

	if (!read_restriction_choices(flow->visit->web->acts, flow->mem, &caller, flow->file->ref, &choices, error))
		return FALSE;
	page->people = options_of(flow, choices.people, choices.n_people, "Choose", &page->n_people);
	matters = arena_array(flow->mem, ChoiceView, flow->file->n_matters + 1);
	for (gsize i = 0; i < flow->file->n_matters; i++)
		matters[i] = (ChoiceView){flow->file->matters[i].ref,
			arena_printf(flow->mem, "%s, %s", flow->file->matters[i].ref, flow->file->matters[i].title)};
	page->matters = options_of(flow, matters, flow->file->n_matters, "Not one matter only", &page->n_matters);
	page->restrictions = restrictions_form_of(flow, &ask, error);
	return page->restrictions != NULL;
}

static gboolean fill(Flow *flow, GError **error)
{
	RequestPage *page = arena_new0(flow->mem, RequestPage);

	flow->page = page;
	if (!flow->file->full)
		return refuse(error, "G10", "%s belongs to %s. Its managers ask for authorisation there.",
			flow->file->ref, flow->file->function_title);
	find_before(flow, page);
	if (flow->pairs == NULL && page->before == NULL)
		prefill_new(flow);
	else if (flow->pairs == NULL && !prefill_again(flow, page->before, error))
		return FALSE;
	fill_warnings(flow, page);
	fill_skips(flow, page);
	fill_reports(flow, page);
	fill_criteria(flow, page);
	fill_complaints(flow, page);
	fill_fixed(flow, page);
	return fill_choices(flow, page, error);
}

static void ask(Html *out, Flow *flow)
{
	request_page_questions(out, flow, flow->page);
}

static gboolean say_done(Visit *visit, const CasefilePageView *file, const char *ref, FlowDone *ret_done)
{
	const RequestView *request = file != NULL ? casefile_page_request(file, ref) : NULL;

	if (request == NULL)
		return FALSE;
	ret_done->happened = arena_printf(visit->mem, "Request %s sent", ref);
	ret_done->next = arena_printf(visit->mem, "The head of function of %s decides. You may withdraw it until then.",
		file->function_title);
	return TRUE;
}

const FlowPage flow_request = {
	.act = "request",
	.title = "Request authorisation",
	.intro = "The head of function decides. Say what they need to know, as you would want it said about you.",
	.button = "Send the request",
	.check = TRUE,
	.fill = fill,
	.ask = ask,
	.evidence = request_page_evidence,
	.say_done = say_done,
};
