/* admin.c: the pages of administration that show. They hold no right of their own: read_organisation asks. */
#include "web/pages/admin.h"

#include <string.h>

static const struct {
	const char *href, *text;
	RoleSet by;
} SECTIONS[] = {
	{"/admin/staff", "Staff", BY(ADMINISTRATOR) | BY(AUDITOR)},
	{"/admin/functions", "Functions", BY(ADMINISTRATOR) | BY(AUDITOR) | BY(HEAD_OF_FUNCTION)},
	{"/admin/doors", "Mailboxes and numbers", BY(ADMINISTRATOR) | BY(AUDITOR)},
	{"/admin/tokens", "Tokens", BY(ADMINISTRATOR) | BY(AUDITOR)},
	{"/gate", "The gate", BY(ADMINISTRATOR) | BY(AUDITOR)},
	{"/record", "The record", BY(ADMINISTRATOR) | BY(RECORDS_OFFICER) | BY(AUDITOR)},
};

AdminFrame admin_frame(Visit *visit, const Layout *frame)
{
	MojNavigationItem *items = arena_array(visit->mem, MojNavigationItem, G_N_ELEMENTS(SECTIONS));
	AdminFrame base = {.frame = frame,
		.done = flow_done(visit, NULL),
		.sections = items,
		.may_change = office_may(visit->office, BY(ADMINISTRATOR))};

	for (gsize i = 0; i < G_N_ELEMENTS(SECTIONS); i++)
		if (office_may(visit->office, SECTIONS[i].by))
			items[base.n_sections++] = (MojNavigationItem){.text = SECTIONS[i].text,
				.href = SECTIONS[i].href,
				.active = g_str_equal(http_path(visit->request), SECTIONS[i].href)};
	return base;
}

static gboolean look(Visit *visit, HttpResponse *response, OrganisationView **ret_view)
{
	const ActCaller caller = visit_caller(visit);
	g_autoptr(GError) error = NULL;

	if (read_organisation(visit->web->acts, visit->mem, &caller, ret_view, &error))
		return TRUE;
	page_error(visit, response, error);
	return FALSE;
}

/* A row of cells; href: where the first leads, NULL: nowhere. */
static AdminRow row_of(Visit *visit, const AdminCell *head, const char *href, const char *const *texts, gsize n)
{
	AdminCell *cells = arena_array(visit->mem, AdminCell, n);

	for (gsize i = 0; i < n; i++)
		cells[i] = (AdminCell){
			.text = texts[i] != NULL ? texts[i] : "", .href = i == 0 ? href : NULL, .label = head[i].text};
	return (AdminRow){.cells = cells, .n_cells = n};
}

#define ROW_OF(visit, href, ...)                                                                                       \
	row_of((visit), HEAD, (href), (const char *const[]){__VA_ARGS__},                                              \
		sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

const char *admin_role_title(Arena *mem, Role role)
{
	const char *title = role_title(role);

	return arena_printf(mem, "%c%s", g_ascii_toupper(*title), title + 1);
}

static const char *role_in_words(Visit *visit, const RoleHeld *role)
{
	return role->function == NULL
		       ? role_title(role->role)
		       : arena_printf(visit->mem, "%s (%s)", role_title(role->role), role->function_title);
}

static const char *roles_in_words(Visit *visit, const StaffView *person)
{
	g_autoptr(GString) words = g_string_new(NULL);

	for (gsize i = 0; i < person->n_roles; i++)
		g_string_append_printf(words, "%s%s", i > 0 ? ", " : "", role_in_words(visit, &person->roles[i]));
	if (words->len == 0)
		return "No role";
	words->str[0] = g_ascii_toupper(words->str[0]);
	return arena_strndup(visit->mem, words->str, words->len);
}

static void send_table(Visit *visit, HttpResponse *response, const AdminTable *page)
{
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);

	admin_table_page(out, page);
	page_send(visit, response, 200, out);
}

void page_admin_staff(void *context, HttpRequest *request, HttpResponse *response)
{
	static const AdminCell HEAD[] = {
		{"Name", NULL, NULL}, {"User name", NULL, NULL}, {"Roles", NULL, NULL}, {"State", NULL, NULL}};
	Visit *visit = visit_of(request);
	const Layout frame = page_frame(visit, "Staff");
	OrganisationView *view;
	AdminRow *rows;
	AdminTable page = {.caption = "Staff",
		.head = HEAD,
		.n_head = G_N_ELEMENTS(HEAD),
		.title = "Staff",
		.intro = "Who can sign in, and what they may do. A role is granted for one function, or for the whole "
			 "organisation. Nobody grants a role to themselves.",
		.nothing = "Nobody works here yet."};

	(void)context;
	if (!look(visit, response, &view))
		return;
	page.base = admin_frame(visit, &frame);
	if (page.base.may_change) {
		page.add_href = "/admin/staff/new";
		page.add_text = "Add a member of staff";
	}
	page.rows = rows = arena_array(visit->mem, AdminRow, view->n_staff + 1);
	for (gsize i = 0; i < view->n_staff; i++) {
		const StaffView *person = &view->staff[i];
		const char *state = person->ended_at != INSTANT_NONE ? "Has left"
				    : person->can_sign_in            ? "Can sign in"
								     : "Has no password yet";

		rows[page.n_rows++] = ROW_OF(visit, arena_printf(visit->mem, "/admin/staff/%s", person->user_name),
			person->name, person->user_name, roles_in_words(visit, person), state);
	}
	send_table(visit, response, &page);
}

static const char *granted(Visit *visit, const OrganisationView *view, const RoleHeld *role)
{
	const StaffView *by = organisation_staff(view, role->granted_by);
	const char *day = day_in_words(visit->mem, zone_day(visit->office->zone, role->granted_at));

	return by != NULL ? arena_printf(visit->mem, "Granted by %s on %s", by->name, day)
			  : arena_printf(visit->mem, "Granted when the system was set up, on %s", day);
}

static void list_roles(Visit *visit, const OrganisationView *view, AdminPerson *page)
{
	const StaffView *person = page->person;
	AdminRole *roles = arena_array(visit->mem, AdminRole, person->n_roles + 1);
	const gboolean own = g_str_equal(person->user_name, visit->session->user_name);

	for (gsize i = 0; i < person->n_roles; i++) {
		const RoleHeld *role = &person->roles[i];

		roles[i] = (AdminRole){.title = admin_role_title(visit->mem, role->role),
			.reach = role->function != NULL ? role->function_title : "the whole organisation",
			.since = granted(visit, view, role)};
		if (page->base.may_change && !own)
			roles[i].revoke_href = arena_printf(visit->mem, "/admin/staff/%s/revoke?role=%s&function=%s",
				person->user_name, role_name(role->role), role->function != NULL ? role->function : "");
	}
	page->roles = roles;
	page->n_roles = person->n_roles;
}

static void offer_changes(Visit *visit, AdminPerson *page)
{
	const char *user_name = page->person->user_name;

	if (!page->base.may_change || page->person->ended_at != INSTANT_NONE ||
		g_str_equal(user_name, visit->session->user_name))
		return;
	page->grant_href = arena_printf(visit->mem, "/admin/staff/%s/grant", user_name);
	page->password_href = arena_printf(visit->mem, "/admin/staff/%s/reset-password", user_name);
	if (page->person->second_factor)
		page->second_factor_href = arena_printf(visit->mem, "/admin/staff/%s/reset-second-factor", user_name);
	page->end_href = arena_printf(visit->mem, "/admin/staff/%s/end", user_name);
}

void page_admin_person(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	const char *user_name = http_param(request, "user");
	OrganisationView *view;
	AdminPerson page = {0};
	Layout frame;
	g_autoptr(GError) error = NULL;
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);

	(void)context;
	if (!look(visit, response, &view))
		return;
	page.person = organisation_staff(view, user_name);
	if (page.person == NULL) {
		not_found(&error, "Nobody here has the user name '%s'.", user_name);
		page_error(visit, response, error);
		return;
	}
	frame = page_frame(visit, page.person->name);
	page.base = admin_frame(visit, &frame);
	page.state =
		page.person->ended_at != INSTANT_NONE
			? arena_printf(visit->mem, "Left on %s.",
				  day_in_words(visit->mem, zone_day(visit->office->zone, page.person->ended_at)))
			: arena_printf(visit->mem, "Works here since %s. %s",
				  day_in_words(visit->mem, zone_day(visit->office->zone, page.person->created_at)),
				  page.person->can_sign_in ? "They have a password." : "They have no password yet.");
	list_roles(visit, view, &page);
	offer_changes(visit, &page);
	admin_person_page(out, &page);
	page_send(visit, response, 200, out);
}

static void list_substitutes(Visit *visit, const OrganisationView *view, AdminFunction *function)
{
	AdminSubstitute *list = arena_array(visit->mem, AdminSubstitute, view->n_substitutes + 1);

	for (gsize i = 0; i < view->n_substitutes; i++) {
		const SubstituteView *substitute = &view->substitutes[i];

		if (g_str_equal(substitute->function, function->slug))
			list[function->n_substitutes++] = (AdminSubstitute){.who = substitute->name,
				.capacity = substitute->capacity,
				.from = day_in_words(visit->mem, substitute->from_on),
				.until = day_in_words(visit->mem, substitute->until_on),
				.reason = substitute->reason,
				.now = substitute->now};
	}
	function->substitutes = list;
}

void page_admin_functions(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	const Layout frame = page_frame(visit, "Functions");
	const gboolean names = office_may(visit->office, BY(ADMINISTRATOR) | BY(HEAD_OF_FUNCTION));
	OrganisationView *view;
	AdminFunction *functions;
	AdminFunctions page = {0};
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);

	(void)context;
	if (!look(visit, response, &view))
		return;
	page.base = admin_frame(visit, &frame);
	page.add_href = page.base.may_change ? "/admin/functions/new" : NULL;
	page.functions = functions = arena_array(visit->mem, AdminFunction, view->n_functions + 1);
	for (gsize i = 0; i < view->n_functions; i++) {
		const FunctionView *function = &view->functions[i];

		functions[i] = (AdminFunction){.title = function->title,
			.slug = function->slug,
			.heads = function->heads != NULL ? function->heads : "nobody yet",
			.managers = function->managers != NULL ? function->managers : "nobody yet",
			.substitute_href =
				names ? arena_printf(visit->mem, "/admin/functions/%s/stand-in", function->slug)
				      : NULL};
		list_substitutes(visit, view, &functions[i]);
	}
	page.n_functions = view->n_functions;
	admin_functions_page(out, &page);
	page_send(visit, response, 200, out);
}

static const char *belongs_to(Visit *visit, const OrganisationView *view, const DoorView *door)
{
	const StaffView *owner = door->user_name != NULL ? organisation_staff(view, door->user_name) : NULL;

	if (owner != NULL)
		return arena_printf(visit->mem, "%s's own", owner->name);
	if (door->matter != NULL)
		return arena_printf(visit->mem, "%s, for %s", door->function_title, door->matter);
	return door->function_title != NULL ? door->function_title : "The whole organisation";
}

void page_admin_doors(void *context, HttpRequest *request, HttpResponse *response)
{
	static const AdminCell HEAD[] = {{"Address", NULL, NULL}, {"Name", NULL, NULL}, {"Kind", NULL, NULL},
		{"Belongs to", NULL, NULL}, {"Always stays open for", NULL, NULL}};
	Visit *visit = visit_of(request);
	const Layout frame = page_frame(visit, "Mailboxes and numbers");
	OrganisationView *view;
	AdminRow *rows;
	AdminTable page = {.caption = "Mailboxes, extensions and desks",
		.head = HEAD,
		.n_head = G_N_ELEMENTS(HEAD),
		.title = "Mailboxes and numbers",
		.intro = "Where contact arrives, and which function it belongs to. At what belongs to the whole "
			 "organisation a narrower arrangement makes staff ask first. What stays open for disputes, new "
			 "complaints and information is never closed to anybody.",
		.nothing = "None is registered: every contact is answered as at the organisation's own doors."};

	(void)context;
	if (!look(visit, response, &view))
		return;
	page.base = admin_frame(visit, &frame);
	if (page.base.may_change) {
		page.add_href = "/admin/doors/new";
		page.add_text = "Add a mailbox, extension or desk";
	}
	page.rows = rows = arena_array(visit->mem, AdminRow, view->n_doors + 1);
	for (gsize i = 0; i < view->n_doors; i++) {
		const DoorView *door = &view->doors[i];
		g_autofree char *protects = g_strjoinv(", ", (char **)door->protects);

		rows[page.n_rows++] = ROW_OF(visit, NULL, door->address, door->title, door->kind,
			belongs_to(visit, view, door), arena_strdup(visit->mem, protects));
	}
	send_table(visit, response, &page);
}

static const char *owner_of(const OrganisationView *view, const char *user_name)
{
	const StaffView *owner = user_name != NULL ? organisation_staff(view, user_name) : NULL;

	return owner != NULL ? owner->name : user_name != NULL ? user_name : "A gate";
}

void page_admin_tokens(void *context, HttpRequest *request, HttpResponse *response)
{
	static const AdminCell HEAD[] = {{"Name", NULL, NULL}, {"Whose", NULL, NULL}, {"Made", NULL, NULL}};
	Visit *visit = visit_of(request);
	const Layout frame = page_frame(visit, "Tokens");
	OrganisationView *view;
	AdminRow *rows;
	AdminTable page = {.caption = "Tokens",
		.head = HEAD,
		.n_head = G_N_ELEMENTS(HEAD),
		.title = "Tokens",
		.intro = "What programs sign in with. A gate's token may only ask. Tokens are made and ended on the "
			 "machine itself, with 'evenhand staff token', where their secret is shown once.",
		.nothing = "No program has a token."};

	(void)context;
	if (!look(visit, response, &view))
		return;
	page.base = admin_frame(visit, &frame);
	page.rows = rows = arena_array(visit->mem, AdminRow, view->n_tokens + 1);
	for (gsize i = 0; i < view->n_tokens; i++)
		rows[page.n_rows++] = ROW_OF(visit, NULL, view->tokens[i].title,
			owner_of(view, view->tokens[i].user_name), page_time(visit, view->tokens[i].created_at));
	send_table(visit, response, &page);
}
