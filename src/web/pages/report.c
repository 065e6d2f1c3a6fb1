/* report.c: the flow 'report behaviour'. The behaviours are the pack's; what a report has to say is core/report.c's. */
#include "web/pages/report.h"

#include "acts/read.h"
#include "web/flow_rows.h"
#include "web/words.h"

#include <string.h>

static void fill_behaviours(Flow *flow, ReportPage *page)
{
	const Policy *policy = flow->visit->office->policy;
	ReportHeading *headings = arena_array(flow->mem, ReportHeading, policy->n_headings + 1);
	GovukChoice *choices = arena_array(flow->mem, GovukChoice, policy->n_headings + 1);

	for (gsize i = 0; i < policy->n_headings; i++) {
		const Heading *heading = &policy->headings[i];
		GovukChoice *examples = arena_array(flow->mem, GovukChoice, heading->n_examples + 1);

		for (gsize k = 0; k < heading->n_examples; k++) {
			const BehaviourExample *example = &heading->examples[k];

			examples[k] = (GovukChoice){
				.value = example->key, .text = example->title, .hint = {.text = example->say}};
			if (flow_holds(flow, "example", example->key))
				flow_answered(flow, "example", "What did they do?", example->title);
		}
		headings[i] =
			(ReportHeading){.id = i == 0 ? "example" : arena_printf(flow->mem, "example-%s", heading->key),
				.title = heading->title,
				.meaning = heading->meaning,
				.examples = examples,
				.n_examples = heading->n_examples};
		choices[i] = (GovukChoice){.value = heading->key, .text = heading->title};
	}
	page->headings = headings;
	page->heading_choices = choices;
	page->n_headings = policy->n_headings;
}

static void fill_channels(Flow *flow, ReportPage *page)
{
	GovukChoice *choices = arena_array(flow->mem, GovukChoice, CHANNELS);

	for (Channel channel = 0; channel < CHANNELS; channel++)
		if (flow->visit->office->policy->channels & (1u << channel))
			choices[page->n_channels++] =
				(GovukChoice){.value = channel_name(channel), .text = words_channel(channel)};
	page->channels = choices;
}

static gboolean works_with(const Visit *visit, const json_t *staff)
{
	const json_t *role;
	gsize i;

	json_array_foreach(json_object_get(staff, "roles"), i, role)
	{
		const char *function = json_string_value(json_object_get(role, "function"));

		if (function != NULL && actor_belongs(visit->office->actor, function))
			return TRUE;
	}
	return FALSE;
}

/* G8: oneself first, then who works in the same functions. */
static gboolean fill_targets(Flow *flow, ReportPage *page, GError **error)
{
	const ActCaller caller = visit_caller(flow->visit);
	const char *own = flow->visit->office->actor->user_name;
	GovukChoice *choices = arena_array(flow->mem, GovukChoice, READ_LIMIT_MAX + 1);
	json_t *list = NULL, *staff;
	gsize i;

	if (!read_list(
		    flow->visit->web->acts, flow->mem, &caller, "staff", NULL, 0, NULL, READ_LIMIT_MAX, &list, error))
		return FALSE;
	arena_own(flow->mem, list, (GDestroyNotify)json_decref);
	choices[page->n_targets++] = (GovukChoice){.value = own, .text = "Me"};
	json_array_foreach(json_object_get(list, "items"), i, staff)
	{
		const char *user = json_string_value(json_object_get(staff, "id"));
		const char *name = json_string_value(json_object_get(staff, "name"));

		if (user != NULL && name != NULL && json_is_null(json_object_get(staff, "ended_at")) &&
			!g_str_equal(user, own) && works_with(flow->visit, staff))
			choices[page->n_targets++] = (GovukChoice){.value = user, .text = name};
	}
	page->targets = choices;
	return TRUE;
}

static void fill_place(Flow *flow, ReportPage *page)
{
	const Office *office = flow->visit->office;
	GovukChoice *functions = arena_array(flow->mem, GovukChoice, office->n_functions + 1);
	GovukChoice *scopes = arena_array(flow->mem, GovukChoice, 3);
	const char *chosen = flow_value(flow, "scope");

	for (gsize i = 0; actor_only_function(office->actor) == NULL && i < office->n_functions; i++)
		if (actor_belongs(office->actor, office->functions[i].slug))
			functions[page->n_functions++] =
				(GovukChoice){.value = office->functions[i].slug, .text = office->functions[i].title};
	page->functions = functions;
	scopes[page->n_scopes++] = (GovukChoice){.value = "function",
		.text = "Contact with the function that was affected",
		.checked = chosen == NULL || *chosen == '\0'};
	if (page->n_matters > 0)
		scopes[page->n_scopes++] =
			(GovukChoice){.value = "matter", .text = "Only the one matter that is ticked above"};
	scopes[page->n_scopes++] = (GovukChoice){
		.value = "organisation", .text = "The whole organisation", .hint = {.text = "This needs a reason."}};
	page->scopes = scopes;
}

static void fill_matters(Flow *flow, ReportPage *page)
{
	const CustomerView *customer = flow->customer;
	GovukChoice *choices = arena_array(flow->mem, GovukChoice, customer->n_matters + 2);

	for (gsize i = 0; i < customer->n_matters; i++) {
		const MatterView *matter = &customer->matters[i];

		if (matter->closed_at == INSTANT_NONE || flow_holds(flow, "matters", matter->ref))
			choices[page->n_matters++] = (GovukChoice){.value = matter->ref,
				.text = matter->title,
				.hint = {.text = arena_printf(flow->mem, "%s, %s", matter->ref,
						 office_function(flow->visit->office, matter->function))}};
	}
	if (page->opened != NULL)
		choices[page->n_matters++] =
			(GovukChoice){.value = page->opened, .text = flow_value(flow, "new_matter/title")};
	page->matters = choices;
}

static void add_pair(Flow *flow, const char *name, const char *value)
{
	HttpPair *pairs = arena_array(flow->mem, HttpPair, flow->n_pairs + 1);

	for (gsize i = 0; i < flow->n_pairs; i++)
		pairs[i] = flow->pairs[i];
	pairs[flow->n_pairs++] = (HttpPair){.name = name, .value = value};
	flow->pairs = pairs;
}

/* The problems of the new matter stand at its own fields. */
static void say_matter_problems(Flow *flow, const ArenaList *problems, const GError *error)
{
	FormResult *result = arena_new0(flow->mem, FormResult);

	*result = (FormResult){.status = http_status(error), .kind = evenhand_error_code(error)};
	for (gsize i = 0; i < problems->n || i == 0; i++) {
		const FieldProblem *told = i < problems->n ? problems->items[i] : NULL;
		const char *field = told != NULL ? told->field : evenhand_error_field(error);
		FieldProblem *problem = arena_new0(flow->mem, FieldProblem);

		*problem =
			(FieldProblem){.field = g_strcmp0(field, "kind") == 0 ? "new_matter/kind" : "new_matter/title",
				.sentence = told != NULL ? told->sentence : arena_strdup(flow->mem, error->message)};
		arena_list_add(flow->mem, &result->problems, problem);
	}
	flow->result = result;
}

/* A matter is opened within the report. The request's number is the form's, so that sending it twice opens one. */
static void open_matter(Flow *flow, ReportPage *page)
{
	const ActCaller caller = visit_caller(flow->visit);
	const char *function = flow_value(flow, "function"), *title = flow_value(flow, "new_matter/title");
	const char *kind = flow_value(flow, "new_matter/kind"), *request = flow_value(flow, "request_id");
	json_t *envelope = json_object();
	g_autoptr(GError) error = NULL;
	ArenaList problems = {0};
	ActAnswer answer;

	if (function == NULL || *function == '\0')
		function = actor_only_function(flow->visit->office->actor);
	json_object_set_new(envelope, "request_id", json_string(arena_printf(flow->mem, "%.40s-matter", request)));
	json_object_set_new(envelope, "customer", json_string(flow->subject.customer));
	if (function != NULL)
		json_object_set_new(envelope, "function", json_string(function));
	if (kind != NULL && *kind != '\0')
		json_object_set_new(envelope, "kind", json_string(kind));
	if (title != NULL)
		json_object_set_new(envelope, "title", json_string(title));
	if (acts_perform(
		    flow->visit->web->acts, flow->mem, &caller, "open-matter", envelope, &answer, &problems, &error)) {
		page->opened = answer.id;
		add_pair(flow, "matters", answer.id);
	} else {
		say_matter_problems(flow, &problems, error);
	}
	json_decref(envelope);
}

/* What is known of the contact in which it happened. */
static gboolean fill_contact(Flow *flow, const char *contact, GError **error)
{
	const ActCaller caller = visit_caller(flow->visit);
	json_t *shown = NULL;
	Instant at;

	if (contact == NULL)
		return TRUE;
	if (!read_show(flow->visit->web->acts, flow->mem, &caller, contact, &shown, error))
		return FALSE;
	flow_prefill(flow, "contact", contact);
	flow_prefill(flow, "channel", json_string_value(json_object_get(shown, "channel")));
	if (instant_parse(json_string_value(json_object_get(shown, "happened_at")), NULL, &at, NULL))
		flow_prefill_when(flow, "happened_at", at);
	json_decref(shown);
	return TRUE;
}

static gboolean fill(Flow *flow, GError **error)
{
	ReportPage *page = arena_new0(flow->mem, ReportPage);
	const Policy *policy = flow->visit->office->policy;

	flow->page = page;
	page->linked = policy->linked;
	page->n_linked = policy->n_linked;
	flow_prefill(flow, "scope", "function");
	if (!fill_contact(flow, http_query(flow->visit->request, "contact"), error) || !fill_targets(flow, page, error))
		return FALSE;
	if (g_strcmp0(flow->go, "matter") == 0)
		open_matter(flow, page);
	fill_matters(flow, page);
	if (page->opened != NULL)
		flow_forget(flow, "new_matter/title");
	fill_behaviours(flow, page);
	fill_channels(flow, page);
	fill_place(flow, page);
	return TRUE;
}

static void ask(Html *out, Flow *flow)
{
	report_questions(out, flow, flow->page);
}

static void evidence(Html *out, const Flow *flow)
{
	report_evidence(out, flow, flow->page);
}

static const char *after(const Flow *flow, const ActAnswer *answer)
{
	return flow_done_href(flow->visit, arena_printf(flow->mem, "/casefiles/%s", answer->casefile),
		"report-behaviour", answer->id);
}

static const BehaviourExample *example_of(const Policy *policy, const ReportView *report)
{
	const Heading *heading = policy_heading(policy, report->heading);

	for (gsize i = 0; heading != NULL && i < heading->n_examples; i++)
		if (g_strcmp0(heading->examples[i].title, report->example_title) == 0)
			return &heading->examples[i];
	return NULL;
}

static gboolean say_done(Visit *visit, const CasefilePageView *file, const char *ref, FlowDone *ret_done)
{
	const ReportView *report = file != NULL ? casefile_page_report(file, ref) : NULL;
	const BehaviourExample *example;

	if (report == NULL)
		return FALSE;
	example = example_of(visit->office->policy, report);
	ret_done->happened = arena_printf(visit->mem, "Reported as %s", report->ref);
	ret_done->next =
		report->violence
			? "Next: Refer to the police. You or your manager can; nothing else goes on before that."
		: example != NULL && example->say != NULL ? example->say
							  : "It is with the managers of your function. You "
							    "see here, and under 'My work', what came of it.";
	return TRUE;
}

const FlowPage flow_report_behaviour = {
	.act = "report-behaviour",
	.place = FLOW_OWN,
	.title = "Report behaviour",
	.button = "Send the report",
	.fill = fill,
	.ask = ask,
	.evidence = evidence,
	.after = after,
	.say_done = say_done,
};

static gboolean is_reference(const char *text, const char *kind)
{
	if (text == NULL || !g_str_has_prefix(text, kind))
		return FALSE;
	for (const char *c = text; *c != '\0'; c++)
		if (!g_ascii_isalnum(*c) && *c != '-')
			return FALSE;
	return TRUE;
}

void page_report(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	const char *customer = http_query(request, "customer"), *contact = http_query(request, "contact");
	const char *title = http_form(request, "new_matter/title"), *carried = "";

	(void)context;
	if (is_reference(contact, "K-"))
		carried = arena_printf(visit->mem, "&contact=%s", contact);
	if (!is_reference(customer, "C-")) {
		report_whom(visit, carried, response);
		return;
	}
	flow_respond(visit, &flow_report_behaviour,
		&(FlowSubject){.customer = customer,
			.address = arena_printf(visit->mem, "/report?customer=%s%s", customer, carried),
			/* A matter that was typed and not opened is opened first, and the report comes back with it. */
			.go = title != NULL && *title != '\0' && g_strcmp0(http_form(request, "go"), "draft") != 0
				      ? "matter"
				      : NULL},
		response);
}
