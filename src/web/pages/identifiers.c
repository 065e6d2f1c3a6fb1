/* identifiers.c: the flows about who a customer is and what they are recognised by. */
#include "web/pages/identifiers.h"

#include "web/flow_rows.h"

#include <string.h>

/* Looks up what was typed, and adds whoever else has it. What cannot be looked up (too long) is nobody's: what is wrong
 * with it is the act's to say, at its field. */
static gboolean add_same(Flow *flow, IdentifiersPage *page, const char *typed, GError **error)
{
	const ActCaller caller = visit_caller(flow->visit);
	g_autoptr(GError) problem = NULL;
	LookUp *found = NULL;
	SameAs *same;

	if (typed == NULL || *typed == '\0')
		return TRUE;
	if (!read_look_up(flow->visit->web->acts, flow->mem, &caller, typed, &found, &problem)) {
		if (g_error_matches(problem, EVENHAND_ERROR, EVENHAND_ERROR_INVALID))
			return TRUE;
		g_propagate_error(error, g_steal_pointer(&problem));
		return FALSE;
	}
	same = arena_array(flow->mem, SameAs, page->n_same + found->n_hits + 1);
	for (gsize i = 0; i < page->n_same; i++)
		same[i] = page->same[i];
	for (gsize i = 0; i < found->n_hits; i++)
		if (flow->customer == NULL || !g_str_equal(found->hits[i].customer, flow->customer->ref))
			same[page->n_same++] =
				(SameAs){.href = arena_printf(flow->mem, "/customers/%s", found->hits[i].customer),
					.name = found->hits[i].name,
					.how = arena_printf(flow->mem, "%s, by %s", found->hits[i].customer,
						found->hits[i].recognised)};
	page->same = same;
	return TRUE;
}

static IdentifiersPage *page_of(Flow *flow)
{
	IdentifiersPage *page = arena_new0(flow->mem, IdentifiersPage);

	flow->page = page;
	return page;
}

static gboolean fill_new(Flow *flow, GError **error)
{
	static const char *const FROM_ADDRESS[][2] = {
		{"name", "name"}, {"kind", "identifiers/0/kind"}, {"value", "identifiers/0/value"}};
	IdentifiersPage *page = page_of(flow);

	flow_prefill(flow, "kind", "person");
	for (gsize i = 0; i < G_N_ELEMENTS(FROM_ADDRESS); i++) {
		const char *given = http_query(flow->visit->request, FROM_ADDRESS[i][0]);

		if (given != NULL && *given != '\0')
			flow_prefill(flow, FROM_ADDRESS[i][1], given);
	}
	if (!add_same(flow, page, flow_value(flow, "name"), error) ||
		!add_same(flow, page, flow_value(flow, "identifiers/0/value"), error) ||
		!add_same(flow, page, flow_value(flow, "identifiers/1/value"), error))
		return FALSE;
	return TRUE;
}

static gboolean fill_identifier(Flow *flow, GError **error)
{
	return add_same(flow, page_of(flow), flow_value(flow, "value"), error);
}

/* The number or address that the address names; the act says it where there is none. */
static gboolean fill_chosen(Flow *flow, GError **error)
{
	IdentifiersPage *page = page_of(flow);

	(void)error;
	for (gsize i = 0; i < flow->customer->n_identifiers; i++)
		if (g_strcmp0(flow->customer->identifiers[i].ref, flow->subject.about) == 0)
			page->chosen = &flow->customer->identifiers[i];
	return TRUE;
}

/* G13: said once more before anything is recorded. */
static void beware(Html *out, const Flow *flow)
{
	const IdentifiersPage *page = flow->page;

	if (page->n_same > 0)
		same_warning(out, flow, page);
}

static void ask_chosen(Html *out, Flow *flow)
{
	const IdentifiersPage *page = flow->page;

	if (page->chosen != NULL)
		chosen_identifier(out, flow, page->chosen);
}

static void evidence(Html *out, const Flow *flow)
{
	identifiers_evidence(out, flow, flow->page);
}

/* Back to the contact that they were recorded for, now that it is known who it is. */
static const char *after_new(const Flow *flow, const ActAnswer *answer)
{
	const char *back = http_query(flow->visit->request, "back");

	if (back == NULL || !g_str_has_prefix(back, "/?"))
		return arena_printf(flow->mem, "/?q=%s", answer->id);
	return arena_printf(flow->mem, "%s&customer=%s", visit_safe_path(back), answer->id);
}

const FlowPage flow_add_customer = {
	.act = "add-customer",
	.place = FLOW_OWN,
	.title = "Record who they are",
	.button = "Record them",
	.check = TRUE,
	.fill = fill_new,
	.ask = new_customer_questions,
	.beware = beware,
	.evidence = evidence,
	.after = after_new,
};

const FlowPage flow_add_identifier = {
	.act = "add-identifier",
	.place = FLOW_CUSTOMER,
	.title = "Add a number or address",
	.button = "Add it",
	.check = TRUE,
	.fill = fill_identifier,
	.ask = identifier_questions,
	.beware = beware,
	.evidence = evidence,
	.done = {"Added", "They are recognised by it from now on."},
};

const FlowPage flow_mark_shared = {
	.act = "mark-shared",
	.place = FLOW_CUSTOMER,
	.title = "Do others use it too?",
	.intro = "A household, an office or a switchboard: mark it, so that nobody else is restricted. Whoever answers "
		 "then asks who it is, and no machine refuses it.",
	.ask = ask_chosen,
	.button = "Mark it as used by others",
	.about = "identifier",
	.fill = fill_chosen,
	.evidence = evidence,
	.done = {"Marked as used by others", "Whoever answers asks who it is."},
};

const FlowPage flow_confirm_identifier = {
	.act = "confirm-identifier",
	.place = FLOW_CUSTOMER,
	.title = "Is it theirs?",
	.intro = "It was added after a decision. Until a manager who did not add it confirms it, no restriction binds "
		 "it at machines.",
	.ask = ask_chosen,
	.button = "Confirm that it is theirs",
	.about = "identifier",
	.fill = fill_chosen,
	.evidence = evidence,
	.done = {"Confirmed", "What was decided about them binds it too."},
};

const FlowPage flow_end_identifier = {
	.act = "end-identifier",
	.place = FLOW_CUSTOMER,
	.title = "Is it no longer theirs?",
	.intro = "They are no longer recognised by it. What happened under it stays.",
	.ask = ask_chosen,
	.button = "It is no longer theirs",
	.about = "identifier",
	.fill = fill_chosen,
	.evidence = evidence,
	.done = {"No longer theirs", "They are no longer recognised by it."},
};

const FlowPage flow_register_representative = {
	.act = "register-representative",
	.place = FLOW_CUSTOMER,
	.title = "Register who speaks for them",
	.intro = "No restriction of the customer ever reaches somebody who acts for them.",
	.button = "Register them",
	.ask = representative_questions,
	.done = {"Registered",
		"Their number or address is answered as usual, whatever was decided about the customer."},
};

static void add_to(GString *address, const char *name, const char *value)
{
	if (value == NULL || *value == '\0')
		return;
	g_string_append_printf(address, "%c%s=", strchr(address->str, '?') == NULL ? '?' : '&', name);
	g_string_append_uri_escaped(address, value, NULL, FALSE);
}

void page_new_customer(void *context, HttpRequest *request, HttpResponse *response)
{
	static const char *const CARRIED[] = {"kind", "value", "name", "back"};
	Visit *visit = visit_of(request);
	GString *address = g_string_new("/customers/new");
	const char *back = http_query(request, "back");
	FlowSubject subject = {.caption = "A new customer", .back = back != NULL ? visit_safe_path(back) : "/"};

	(void)context;
	for (gsize i = 0; i < G_N_ELEMENTS(CARRIED); i++)
		add_to(address, CARRIED[i], http_query(request, CARRIED[i]));
	subject.address = arena_own(visit->mem, g_string_free(address, FALSE), g_free);
	flow_respond(visit, &flow_add_customer, &subject, response);
}
