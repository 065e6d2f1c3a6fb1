/* admin_flows.c: what administration changes, each a flow with an address of its own. Whether it may be is the act's to
 * say. */
#include "web/pages/admin_flows.h"

#include "acts/read_organisation.h"
#include "web/flow_rows.h"
#include "web/pages/admin.h"

static AdminAsk *asking(Flow *flow)
{
	AdminAsk *ask = arena_new0(flow->mem, AdminAsk);

	flow->page = ask;
	return ask;
}

/* whole: what stands for the whole organisation; NULL: it cannot be chosen. */
static void offer_functions(Flow *flow, AdminAsk *ask, const char *whole)
{
	const Office *office = flow->visit->office;
	GovukChoice *choices = arena_array(flow->mem, GovukChoice, office->n_functions + 1);

	for (gsize i = 0; i < office->n_functions; i++)
		choices[ask->n_functions++] =
			(GovukChoice){.value = office->functions[i].slug, .text = office->functions[i].title};
	if (whole != NULL)
		choices[ask->n_functions++] = (GovukChoice){.value = "", .text = whole};
	ask->functions = choices;
}

static const GovukChoice *choices_of(Flow *flow, const char *const (*pairs)[2], gsize n)
{
	GovukChoice *choices = arena_array(flow->mem, GovukChoice, n);

	for (gsize i = 0; i < n; i++)
		choices[i] = (GovukChoice){.value = pairs[i][0], .text = pairs[i][1]};
	return choices;
}

static const char *person_after(const Flow *flow, const ActAnswer *answer)
{
	const char *user_name = http_param(flow->visit->request, "user");
	const char *path = arena_printf(flow->mem, "/admin/staff/%s", user_name != NULL ? user_name : answer->id);

	return flow_done_href(flow->visit, path, flow->row->act, answer->id);
}

static const char *functions_after(const Flow *flow, const ActAnswer *answer)
{
	return flow_done_href(flow->visit, "/admin/functions", flow->row->act, answer->id);
}

static const char *doors_after(const Flow *flow, const ActAnswer *answer)
{
	return flow_done_href(flow->visit, "/admin/doors", flow->row->act, answer->id);
}

const FlowPage flow_add_staff = {
	.act = "add-staff",
	.place = FLOW_OWN,
	.title = "Add a member of staff",
	.intro = "They get their first password by a link that you make for them afterwards.",
	.button = "Add them",
	.ask = admin_ask_staff,
	.done = {"Added", "Grant them a role next, and make them a link to set their password."},
	.after = person_after,
};

static gboolean fill_grant(Flow *flow, GError **error)
{
	AdminAsk *ask = asking(flow);
	GovukChoice *roles = arena_array(flow->mem, GovukChoice, ROLES);

	(void)error;
	for (Role role = 0; role < ROLES; role++)
		roles[ask->n_roles++] =
			(GovukChoice){.value = role_name(role), .text = admin_role_title(flow->mem, role)};
	ask->roles = roles;
	offer_functions(flow, ask, "The whole organisation");
	return TRUE;
}

const FlowPage flow_grant_role = {
	.act = "grant-role",
	.place = FLOW_OWN,
	.title = "Grant a role",
	.intro = "They may do what the role allows from that moment. Nobody grants a role to themselves.",
	.button = "Grant the role",
	.about = "user_name",
	.fill = fill_grant,
	.ask = admin_ask_grant,
	.done = {"Role granted", NULL},
	.after = person_after,
};

/* Which role is in the address, and then in the form. */
static gboolean fill_revoke(Flow *flow, GError **error)
{
	AdminAsk *ask = asking(flow);
	const char *role_key = http_query(flow->visit->request, "role");
	const char *function = http_query(flow->visit->request, "function");
	Role role;

	if (role_key != NULL) {
		flow_prefill(flow, "role", role_key);
		flow_prefill(flow, "function", function);
	}
	role_key = flow_value(flow, "role");
	function = flow_value(flow, "function");
	if (role_key == NULL || !role_parse(role_key, &role))
		return not_found(error, "Choose a role on the person's page first.");
	ask->said = arena_printf(flow->mem, "%s, %s", admin_role_title(flow->mem, role),
		function != NULL && *function != '\0' ? office_function(flow->visit->office, function)
						      : "the whole organisation");
	return TRUE;
}

const FlowPage flow_revoke_role = {
	.act = "revoke-role",
	.place = FLOW_OWN,
	.title = "Revoke a role",
	.button = "Revoke the role",
	.warns = TRUE,
	.asks_nothing = TRUE,
	.about = "user_name",
	.fill = fill_revoke,
	.ask = admin_ask_revoke,
	.done = {"Role revoked", NULL},
	.after = person_after,
};

const FlowPage flow_end_staff = {
	.act = "end-staff",
	.place = FLOW_OWN,
	.title = "End their access",
	.intro = "For somebody who no longer works here. Their roles, sessions and tokens end at once. What they did "
		 "stays on the record. Work that waits for "
		 "them shows in the queue of their function.",
	.button = "End their access",
	.warns = TRUE,
	.asks_nothing = TRUE,
	.about = "user_name",
	.done = {"Their access has ended", "They can no longer sign in."},
	.after = person_after,
};

const FlowPage flow_add_function = {
	.act = "add-function",
	.place = FLOW_OWN,
	.title = "Add a function",
	.intro = "A function is a department with one head, who decides about restrictions there.",
	.button = "Add the function",
	.ask = admin_ask_function,
	.done = {"Function added", "Grant somebody the role of its head next."},
	.after = functions_after,
};

/* Who may stand in for the head of the function: the heads of others (A2); with deputies, also who belongs to it (A1).
 */
static gboolean may_substitute(const StaffView *person, const char *function, gboolean deputies)
{
	gboolean may = FALSE;

	for (gsize i = 0; i < person->n_roles; i++) {
		const RoleHeld *role = &person->roles[i];
		const gboolean here = g_strcmp0(role->function, function) == 0;

		if (role->role == ROLE_HEAD_OF_FUNCTION && here)
			return FALSE;
		may |= role->role == ROLE_HEAD_OF_FUNCTION || (deputies && here);
	}
	return may && person->ended_at == INSTANT_NONE;
}

static const char *person_and_office(Arena *mem, const StaffView *person)
{
	for (gsize i = 0; i < person->n_roles; i++)
		if (person->roles[i].role == ROLE_HEAD_OF_FUNCTION)
			return arena_printf(mem, "%s, head of %s", person->name, person->roles[i].function_title);
	return person->name;
}

static gboolean offer_people(Flow *flow, AdminAsk *ask, GError **error)
{
	const ActCaller caller = visit_caller(flow->visit);
	const gboolean deputies = flow->visit->office->policy->authorisation.deputy;
	OrganisationView *view;
	GovukChoice *people;

	if (!read_organisation(flow->visit->web->acts, flow->mem, &caller, &view, error))
		return FALSE;
	people = arena_array(flow->mem, GovukChoice, view->n_staff + 1);
	for (gsize i = 0; i < view->n_staff; i++)
		if (may_substitute(&view->staff[i], flow->subject.about, deputies))
			people[ask->n_people++] = (GovukChoice){.value = view->staff[i].user_name,
				.text = person_and_office(flow->mem, &view->staff[i])};
	ask->people = people;
	return TRUE;
}

static gboolean fill_substitute(Flow *flow, GError **error)
{
	static const char *const CAPACITIES[][2] = {{"stand-in", "Stand-in: the head of another function"},
		{"deputy", "Deputy: somebody of this function"}};
	AdminAsk *ask = asking(flow);

	ask->capacities = choices_of(flow, CAPACITIES, G_N_ELEMENTS(CAPACITIES));
	ask->n_capacities = flow->visit->office->policy->authorisation.deputy ? 2 : 1;
	return offer_people(flow, ask, error);
}

const FlowPage flow_name_substitute = {
	.act = "name-substitute",
	.place = FLOW_OWN,
	.title = "Name who stands in",
	.intro = "They decide in place of the head of function from the first day to the last, both included.",
	.button = "Name them",
	.about = "function",
	.fill = fill_substitute,
	.ask = admin_ask_substitute,
	.done = {"Named", NULL},
	.after = functions_after,
};

/* Whose own line it may be: nobody's, or one of those who work here. */
static gboolean offer_owners(Flow *flow, AdminAsk *ask, GError **error)
{
	const ActCaller caller = visit_caller(flow->visit);
	OrganisationView *view;
	GovukOption *owners;

	if (!read_organisation(flow->visit->web->acts, flow->mem, &caller, &view, error))
		return FALSE;
	owners = arena_array(flow->mem, GovukOption, view->n_staff + 1);
	owners[ask->n_owners++] = (GovukOption){.text = "Nobody's: it belongs to the function", .value = ""};
	for (gsize i = 0; i < view->n_staff; i++)
		if (view->staff[i].ended_at == INSTANT_NONE)
			owners[ask->n_owners++] =
				(GovukOption){.text = view->staff[i].name, .value = view->staff[i].user_name};
	ask->owners = owners;
	return TRUE;
}

static gboolean fill_door(Flow *flow, GError **error)
{
	static const char *const KINDS[][2] = {
		{"mailbox", "A mailbox"}, {"extension", "A phone number or extension"}, {"desk", "A desk"}};
	const Policy *policy = flow->visit->office->policy;
	AdminAsk *ask = asking(flow);
	GovukChoice *purposes = arena_array(flow->mem, GovukChoice, policy->n_purposes + 1);

	ask->kinds = choices_of(flow, KINDS, G_N_ELEMENTS(KINDS));
	ask->n_kinds = G_N_ELEMENTS(KINDS);
	for (gsize i = 0; i < policy->n_purposes; i++)
		if (!policy->purposes[i].everywhere)
			purposes[ask->n_purposes++] =
				(GovukChoice){.value = policy->purposes[i].key, .text = policy->purposes[i].title};
	ask->purposes = purposes;
	offer_functions(flow, ask, "None: it is the whole organisation's, such as the switchboard");
	return offer_owners(flow, ask, error);
}

static void ask_door(Html *out, Flow *flow)
{
	admin_ask_door(out, flow);
	flow_answered(flow, "user_name", "Whose own line it is", flow_value(flow, "user_name"));
}

const FlowPage flow_add_door = {
	.act = "add-door",
	.place = FLOW_OWN,
	.title = "Add a mailbox, extension or desk",
	.intro = "A contact that arrives there is for the function that you choose here.",
	.button = "Add it",
	.fill = fill_door,
	.ask = ask_door,
	.done = {"Added", "Contacts that arrive there are recognised from now on."},
	.after = doors_after,
};

static void respond(HttpRequest *request, const FlowPage *row, const char *about, const char *caption, const char *back,
	HttpResponse *response)
{
	const FlowSubject subject = {.about = about, .caption = caption, .back = back, .address = http_path(request)};

	flow_respond(visit_of(request), row, &subject, response);
}

static void respond_about_person(HttpRequest *request, const FlowPage *row, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	const char *user_name = http_param(request, "user");
	g_autoptr(GError) error = NULL;
	GHashTable *people;

	if (!office_people(visit->web->acts, visit->mem, &people, &error)) {
		page_error(visit, response, error);
		return;
	}
	respond(request, row, user_name, office_person(people, user_name),
		arena_printf(visit->mem, "/admin/staff/%s", user_name), response);
}

void page_admin_add_staff(void *context, HttpRequest *request, HttpResponse *response)
{
	(void)context;
	respond(request, &flow_add_staff, NULL, "Administration", "/admin/staff", response);
}

void page_admin_grant(void *context, HttpRequest *request, HttpResponse *response)
{
	(void)context;
	respond_about_person(request, &flow_grant_role, response);
}

void page_admin_revoke(void *context, HttpRequest *request, HttpResponse *response)
{
	(void)context;
	respond_about_person(request, &flow_revoke_role, response);
}

void page_admin_end_staff(void *context, HttpRequest *request, HttpResponse *response)
{
	(void)context;
	respond_about_person(request, &flow_end_staff, response);
}

void page_admin_add_function(void *context, HttpRequest *request, HttpResponse *response)
{
	(void)context;
	respond(request, &flow_add_function, NULL, "Administration", "/admin/functions", response);
}

void page_admin_substitute(void *context, HttpRequest *request, HttpResponse *response)
{
	const Visit *visit = visit_of(request);
	const char *slug = http_param(request, "function");

	(void)context;
	respond(request, &flow_name_substitute, slug, office_function(visit->office, slug), "/admin/functions",
		response);
}

void page_admin_add_door(void *context, HttpRequest *request, HttpResponse *response)
{
	(void)context;
	respond(request, &flow_add_door, NULL, "Administration", "/admin/doors", response);
}
