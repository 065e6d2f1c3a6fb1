/* work_flows.c: three flows with addresses of their own: follow up, hand on, deal with an item. What they show beside
 * the question comes of read_show, which says what the viewer may see of it. */
#include "web/pages/work_flows.h"

#include "web/flow_rows.h"
#include "web/words.h"

#include <jansson.h>

enum { FACTS_MAX = 8 };

static const char *text_of(Flow *flow, const json_t *object, const char *name)
{
	return arena_strdup(flow->mem, json_string_value(json_object_get(object, name)));
}

/* A member of staff, by name. */
static const char *person_of(Flow *flow, const json_t *object, const char *name)
{
	const WorkFlowPage *page = flow->page;

	return arena_strdup(flow->mem, office_person(page->people, json_string_value(json_object_get(object, name))));
}

/* "Jordan Quill, C-2026-000013" */
static const char *customer_named(Flow *flow, const char *reference)
{
	const WorkFlowPage *page = flow->page;

	return reference != NULL && page->customer_name != NULL
		       ? arena_printf(flow->mem, "%s, %s", page->customer_name, reference)
		       : reference;
}

/* The page, with what it needs to name people. */
static gboolean begin(Flow *flow, GovukSummaryRow **ret_rows, GError **error)
{
	const ActCaller caller = visit_caller(flow->visit);
	WorkFlowPage *page = arena_new0(flow->mem, WorkFlowPage);
	const char *customer;

	flow->page = page;
	page->facts = *ret_rows = arena_array(flow->mem, GovukSummaryRow, FACTS_MAX);
	return office_people(flow->visit->web->acts, flow->mem, &page->people, error) &&
	       (flow->subject.about == NULL || read_whose(flow->visit->web->acts, flow->mem, &caller,
						       flow->subject.about, &customer, &page->customer_name, error));
}

static const char *time_of(Flow *flow, const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	Instant at;

	return text != NULL && instant_parse(text, name, &at, NULL) ? page_time(flow->visit, at) : NULL;
}

static void fact(WorkFlowPage *page, GovukSummaryRow *rows, const char *key, const char *value)
{
	if (value != NULL && page->n_facts < FACTS_MAX)
		rows[page->n_facts++] = (GovukSummaryRow){.key = {.text = key}, .value = {.text = value}};
}

/* The object that the flow is about; its members go with the request. */
static gboolean show(Flow *flow, const char *reference, json_t **ret_object, GError **error)
{
	const ActCaller caller = visit_caller(flow->visit);

	if (!read_show(flow->visit->web->acts, flow->mem, &caller, reference, ret_object, error))
		return FALSE;
	arena_own(flow->mem, *ret_object, (GDestroyNotify)json_decref);
	return TRUE;
}

static const char *channel_words(Flow *flow, const json_t *contact)
{
	const char *name = json_string_value(json_object_get(contact, "channel"));
	Channel channel;

	(void)flow;
	return name != NULL && channel_parse(name, &channel) ? words_channel(channel) : NULL;
}

static const char *end_reason(Flow *flow, const json_t *contact)
{
	const Policy *policy = flow->visit->office->policy;
	const char *key = json_string_value(json_object_get(contact, "reason"));
	const PolicyWord *word =
		key != NULL ? policy_word(policy->call_end_reasons, policy->n_call_end_reasons, key) : NULL;

	return word != NULL ? word->title : arena_strdup(flow->mem, key);
}

static void tell_contact(Flow *flow, const json_t *contact, WorkFlowPage *page, GovukSummaryRow *rows)
{
	const char *words = text_of(flow, contact, "words");

	fact(page, rows, "When", time_of(flow, contact, "happened_at"));
	fact(page, rows, "How", channel_words(flow, contact));
	fact(page, rows, "Customer", customer_named(flow, text_of(flow, contact, "customer")));
	fact(page, rows, "From", text_of(flow, contact, "from"));
	fact(page, rows, "By", person_of(flow, contact, "by"));
	fact(page, rows, "Ended because", end_reason(flow, contact));
	page->said = words != NULL ? words : text_of(flow, contact, "what");
}

static void tell_report(Flow *flow, const json_t *report, WorkFlowPage *page, GovukSummaryRow *rows)
{
	fact(page, rows, "Reported by", person_of(flow, report, "by"));
	fact(page, rows, "When", time_of(flow, report, "happened_at"));
	fact(page, rows, "Customer", customer_named(flow, text_of(flow, report, "customer")));
	fact(page, rows, "Casefile", text_of(flow, report, "casefile"));
	fact(page, rows, "What it did", text_of(flow, report, "effect"));
	page->said = text_of(flow, report, "welfare");
}

static gboolean fill_follow_up(Flow *flow, GError **error)
{
	GovukSummaryRow *rows;
	WorkFlowPage *page;
	const char *about = flow->subject.about;
	json_t *object;

	if (!begin(flow, &rows, error))
		return FALSE;
	page = flow->page;
	if (about == NULL)
		return not_found(error, "The address does not say what was followed up.");
	if (!show(flow, about, &object, error))
		return FALSE;
	page->heading = g_str_has_prefix(about, "K-") ? arena_printf(flow->mem, "Ended call %s", about)
						      : arena_printf(flow->mem, "Report %s", about);
	if (g_str_has_prefix(about, "K-"))
		tell_contact(flow, object, page, rows);
	else
		tell_report(flow, object, page, rows);
	return TRUE;
}

static void show_about(Html *out, const Flow *flow)
{
	work_flow_evidence(out, flow->page);
}

static const char *after_work(const Flow *flow, const ActAnswer *answer)
{
	return flow_done_href(flow->visit, "/work", flow->row->act, answer->id);
}

const FlowPage flow_follow_up = {
	.act = "follow-up",
	.place = FLOW_OWN,
	.title = "What did you do about it?",
	.intro = "A call that was ended, and a colleague who feels unsafe or unfairly treated, stay on your list until "
		 "you "
		 "say what you did.",
	.button = "Record what you did",
	.about = "about",
	.fill = fill_follow_up,
	.ask = follow_up_questions,
	.evidence = show_about,
	.done = {"Followed up", "It is on the record, and no longer on your list."},
	.after = after_work,
};

static gboolean fill_assign(Flow *flow, GError **error)
{
	const ActCaller caller = visit_caller(flow->visit);
	GovukSummaryRow *rows;
	WorkFlowPage *page;
	GovukChoice *choices;
	WorkHands *hands;

	if (!begin(flow, &rows, error))
		return FALSE;
	page = flow->page;
	if (flow->subject.about == NULL)
		return not_found(error, "The address does not say which work is handed on.");
	if (!read_work_hands(flow->visit->web->acts, flow->mem, &caller, flow->subject.about, &hands, error))
		return FALSE;
	choices = arena_array(flow->mem, GovukChoice, hands->n_hands + 1);
	for (gsize i = 0; i < hands->n_hands; i++)
		choices[i] = (GovukChoice){.value = hands->hands[i].user_name,
			.text = hands->hands[i].name,
			.hint = {.text = hands->hands[i].roles}};
	page->choices = choices;
	page->n_choices = hands->n_hands;
	page->heading = "What it is";
	fact(page, rows, "Work", hands->ref);
	fact(page, rows, "Casefile", hands->casefile);
	fact(page, rows, "Customer", customer_named(flow, hands->customer));
	fact(page, rows, "Who has it now", hands->owner_name != NULL ? hands->owner_name : "Nobody");
	if (hands->n_hands == 0)
		page->nobody = hands->sentence != NULL ? hands->sentence : "There is nobody who may have it.";
	return TRUE;
}

static void ask_assign(Html *out, Flow *flow)
{
	assign_questions(out, flow, flow->page);
}

const FlowPage flow_assign = {
	.act = "assign",
	.place = FLOW_OWN,
	.title = "Hand it to somebody",
	.button = "Hand it on",
	.about = "work",
	.fill = fill_assign,
	.ask = ask_assign,
	.evidence = show_about,
	.done = {"Handed on", "It stands among their work now."},
	.after = after_work,
};

static const GovukChoice OUTCOMES[] = {
	{.value = "new-information", .text = "New information", .hint = {.text = "It goes to whoever has the matter"}},
	{.value = "safeguarding",
		.text = "Somebody is at risk of harm",
		.hint = {.text = "Tell who is to be told at once"}},
	{.value = "information-request",
		.text = "A request for information",
		.hint = {.text = "Its time runs from the day on which it came"}},
	{.value = "new-complaint", .text = "A new complaint"},
	{.value = "nothing-new", .text = "Nothing new"},
};

static gboolean fill_item(Flow *flow, GError **error)
{
	GovukSummaryRow *rows;
	WorkFlowPage *page;
	json_t *item, *contact;
	const char *reference;

	if (!begin(flow, &rows, error))
		return FALSE;
	page = flow->page;
	page->choices = OUTCOMES;
	page->n_choices = G_N_ELEMENTS(OUTCOMES);
	if (!show(flow, flow->subject.about, &item, error))
		return FALSE;
	reference = text_of(flow, item, "contact");
	page->heading = arena_printf(flow->mem, "Item %s", flow->subject.about);
	fact(page, rows, "It waits since", time_of(flow, item, "opened_at"));
	if (reference == NULL)
		return not_found(error, "There is no item %s.", flow->subject.about);
	if (!show(flow, reference, &contact, error))
		return FALSE;
	tell_contact(flow, contact, page, rows);
	return TRUE;
}

static void ask_item(Html *out, Flow *flow)
{
	item_questions(out, flow, flow->page);
}

const FlowPage flow_deal_with_item = {
	.act = "deal-with-item",
	.place = FLOW_OWN,
	.title = "Deal with an item",
	.intro = "What was filed, passed on or held is read by somebody, and ends only with what came of it.",
	.button = "Record what came of it",
	.about = "item",
	.fill = fill_item,
	.ask = ask_item,
	.evidence = show_about,
	.done = {"Dealt with", "What came of it is on the record."},
	.after = after_work,
};

/* A reference of the query or the form; NULL where it is none: it goes into addresses. */
static const char *reference_in(HttpRequest *request, const char *name)
{
	const char *value = http_query(request, name);

	if (value == NULL)
		value = http_form(request, name);
	for (const char *c = value; c != NULL && *c != '\0'; c++)
		if (!g_ascii_isalnum(*c) && *c != '-')
			return NULL;
	return value != NULL && *value != '\0' ? value : NULL;
}

static void respond(
	HttpRequest *request, const FlowPage *row, const char *about, const char *address, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	const ActCaller caller = visit_caller(visit);
	FlowSubject subject = {.about = about, .caption = "My work", .back = "/work", .address = address};
	const char *customer, *name = NULL;
	g_autoptr(GError) error = NULL;

	if (about != NULL && !read_whose(visit->web->acts, visit->mem, &caller, about, &customer, &name, &error)) {
		page_error(visit, response, error);
		return;
	}
	if (about != NULL)
		subject.caption = name != NULL ? arena_printf(visit->mem, "%s, %s", about, name) : about;
	flow_respond(visit, row, &subject, response);
}

void page_follow_up(void *context, HttpRequest *request, HttpResponse *response)
{
	const char *about = reference_in(request, "about");

	(void)context;
	respond(request, &flow_follow_up, about,
		arena_printf(http_arena(request), "/work/follow-up?about=%s", about != NULL ? about : ""), response);
}

void page_assign(void *context, HttpRequest *request, HttpResponse *response)
{
	const char *work = reference_in(request, "work");

	(void)context;
	respond(request, &flow_assign, work,
		arena_printf(http_arena(request), "/work/assign?work=%s", work != NULL ? work : ""), response);
}

void page_item(void *context, HttpRequest *request, HttpResponse *response)
{
	(void)context;
	respond(request, &flow_deal_with_item, http_param(request, "ref"), http_path(request), response);
}
