/* end_call.c: a call that was ended, from its reason to the report, as one act. */
#include "web/pages/end_call.h"

#include "web/pages/contact_now.h"
#include "web/pages/sign_in.h"

typedef struct {
	Visit *visit;
	ContactQuestion question;
	ContactPage contact;
	const CustomerView *known; /* who it was; NULL */
	const FormResult *result;  /* NULL: the form was only opened */
} EndCall;

static gboolean is_typed(Visit *visit, const char *field)
{
	const char *value = form_typed(visit, field);

	return value != NULL && *value != '\0';
}

static const char *empty_is_null(const char *value)
{
	return value != NULL && *value != '\0' ? value : NULL;
}

static void fill_behaviours(const Visit *visit, EndCallPage *page)
{
	const Policy *policy = visit->office->policy;
	EndCallHeading *headings = arena_array(visit->mem, EndCallHeading, policy->n_headings);
	GovukChoice *choices = arena_array(visit->mem, GovukChoice, policy->n_headings);

	for (gsize i = 0; i < policy->n_headings; i++) {
		const Heading *heading = &policy->headings[i];
		GovukChoice *examples = arena_array(visit->mem, GovukChoice, heading->n_examples + 1);

		for (gsize j = 0; j < heading->n_examples; j++)
			examples[j] = (GovukChoice){.value = heading->examples[j].key,
				.text = heading->examples[j].title,
				.hint = {.text = heading->examples[j].say}};
		headings[i] = (EndCallHeading){.key = heading->key,
			.title = heading->title,
			.meaning = heading->meaning,
			.id = i == 0 ? "example" : arena_printf(visit->mem, "example-%s", heading->key),
			.examples = examples,
			.n_examples = heading->n_examples};
		choices[i] = (GovukChoice){.value = heading->key, .text = heading->title};
	}
	page->headings = headings;
	page->n_headings = policy->n_headings;
	page->heading_choices = choices;
}

/* For whom it is reported: asked of who belongs to several functions. */
static void fill_functions(const Visit *visit, EndCallPage *page)
{
	const Office *office = visit->office;
	GovukOption *options = arena_array(visit->mem, GovukOption, office->n_functions + 1);

	if (actor_only_function(office->actor) != NULL)
		return;
	options[page->n_functions++] = (GovukOption){.text = "Choose", .value = ""};
	for (gsize i = 0; i < office->n_functions; i++)
		if (actor_belongs(office->actor, office->functions[i].slug))
			options[page->n_functions++] =
				(GovukOption){.text = office->functions[i].title, .value = office->functions[i].slug};
	page->functions = options;
}

static void fill_reasons(const EndCall *call, EndCallPage *page)
{
	const Policy *policy = call->visit->office->policy;
	const char *chosen = form_typed(call->visit, "reason");
	GovukChoice *reasons = arena_array(call->visit->mem, GovukChoice, policy->n_call_end_reasons + 1);

	for (gsize i = 0; i < policy->n_call_end_reasons; i++) {
		const PolicyWord *word = &policy->call_end_reasons[i];

		if (contact_may_be_reason(call->question.direction, call->known, word->key) ||
			g_strcmp0(chosen, word->key) == 0)
			reasons[page->n_reasons++] = (GovukChoice){.value = word->key, .text = word->title};
	}
	page->reasons = reasons;
}

static void fill_typed(const EndCall *call, EndCallPage *page)
{
	Visit *visit = call->visit;
	const char *ended = empty_is_null(form_typed(visit, "happened_at"));
	Instant at = visit->office->now;

	if (ended != NULL && !instant_parse(ended, "happened_at", &at, NULL))
		at = visit->office->now;
	page->ended_at = ended != NULL ? ended : instant_format(visit->mem, at);
	page->ended_words = page_time(visit, at);
	page->reason = form_typed(visit, "reason");
	page->what = form_typed(visit, "what");
	page->minutes = form_typed(visit, "minutes");
	/* Ticked, unless it was unticked or nobody knows whom it would be about. */
	page->reports = call->result != NULL ? is_typed(visit, "report") : call->contact.customer != NULL;
	page->example = form_typed(visit, "example");
	page->heading = form_typed(visit, "heading");
	page->other = form_typed(visit, "other");
	page->effect = form_typed(visit, "effect");
	page->disability = form_typed(visit, "disability");
	page->welfare = form_typed(visit, "welfare");
	page->function = form_typed(visit, "function");
	page->violence = is_typed(visit, "violence");
	page->aimed_at_me = is_typed(visit, "targets");
}

static gboolean fill_who(EndCall *call, EndCallPage *page, GError **error)
{
	Visit *visit = call->visit;
	const ActCaller caller = visit_caller(visit);
	CustomerView *customer;

	if (call->contact.customer == NULL) {
		page->nobody = TRUE;
		return TRUE;
	}
	if (!read_customer(visit->web->acts, visit->mem, &caller, call->contact.customer, &customer, error))
		return FALSE;
	page->caption = arena_printf(visit->mem, "%s, %s", customer->ref, customer->name);
	call->known = customer;
	return TRUE;
}

static void show(EndCall *call, HttpResponse *response)
{
	Visit *visit = call->visit;
	EndCallPage page = {.contact = &call->contact,
		.result = call->result,
		.user_name = visit->office->actor->user_name,
		.linked = visit->office->policy->linked,
		.n_linked = visit->office->policy->n_linked};
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);
	g_autoptr(GError) error = NULL;
	Layout frame;

	if (!fill_who(call, &page, &error)) {
		resume_later(visit, response, error);
		return;
	}
	fill_reasons(call, &page);
	fill_behaviours(visit, &page);
	fill_functions(visit, &page);
	fill_typed(call, &page);
	page.problems = form_summary(visit, call->result, "end", &page.n_problems);
	frame = page_frame(visit, "End a call");
	frame.has_problems = page.n_problems > 0;
	page.frame = &frame;
	end_call_page(out, &page);
	page_send(visit, response, call->result != NULL ? call->result->status : 200, out);
}

/* Neither an example nor a heading was chosen: what is asked first is what they did. */
static void say_at_example(Visit *visit, FormResult *result)
{
	if (is_typed(visit, "other"))
		return;
	for (gsize i = 0; i < result->problems.n; i++) {
		FieldProblem *problem = result->problems.items[i];

		if (g_str_equal(problem->field, "heading"))
			*problem = (FieldProblem){.field = "example",
				.sentence = "Choose what they did, or say it in your own words, or untick the report "
					    "(rule B2)"};
	}
}

/* The button 'go' says what is to happen: "report" opens the form with the reason that was chosen, all else sends it.
 */
void page_end_call(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	EndCall call = {.visit = visit, .question = contact_question(visit, http_form)};
	FormResult result;

	(void)context;
	call.contact = (ContactPage){.question = &call.question,
		.keys = page_form_keys(visit),
		.customer = call.question.customer,
		.from = empty_is_null(http_form(request, "from"))};
	if (g_strcmp0(form_typed(visit, "go"), "report") != 0) {
		if (form_is_new(visit, "end-call", &result)) {
			form_perform(visit, "end-call", &result);
		} else if (result.kind == EVENHAND_ERROR_CONFLICT) {
			call.contact.once_more = TRUE;
			call.contact.problem_title = "This was sent already";
		}
		if (result.done) {
			call.question.did = is_typed(visit, "report") ? "reported" : "ended";
			call.question.done_ref = result.answer.id;
			call.question.contact = call.question.gate_id = NULL;
			http_redirect(response, contact_url(visit, &call.question));
			return;
		}
		say_at_example(visit, &result);
		call.result = &result;
	}
	show(&call, response);
}
