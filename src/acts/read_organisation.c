/* read_organisation.c: who works here and through which doors people come. What a role may do is no part of it. */
#include "acts/read_organisation.h"

#include "acts/read_run.h"

typedef struct {
	Reading *reading;
	OrganisationView *view;
	GrantRow *grants;
	gsize n_grants;
	FunctionRow *functions;
	gsize n_functions;
} Gather;

static const char *function_title(const Gather *gather, const char *slug)
{
	for (gsize i = 0; slug != NULL && i < gather->n_functions; i++)
		if (g_str_equal(gather->functions[i].slug, slug))
			return gather->functions[i].title;
	return slug;
}

static void add_roles(const Gather *gather, StaffView *staff)
{
	RoleHeld *roles = arena_array(gather->reading->mem, RoleHeld, gather->n_grants + 1);

	for (gsize i = 0; i < gather->n_grants; i++) {
		const GrantRow *grant = &gather->grants[i];
		Role role;

		if (g_str_equal(grant->user_name, staff->user_name) && role_parse(grant->role, &role))
			roles[staff->n_roles++] = (RoleHeld){.role = role,
				.function = grant->function,
				.function_title = function_title(gather, grant->function),
				.granted_by = grant->granted_by,
				.granted_at = grant->granted_at};
	}
	staff->roles = roles;
}

/* Those who work here first, then those who have left. */
static gboolean gather_staff(Gather *gather, GError **error)
{
	Arena *mem = gather->reading->mem;
	SecondFactorsOnRow *factors;
	StaffView *staff;
	StaffRow *rows;
	gsize n, n_factors;

	if (!sql_staff_list(gather->reading->tx, mem, &rows, &n, error) ||
		!sql_second_factors_on(gather->reading->tx, mem, &factors, &n_factors, error))
		return FALSE;
	staff = arena_array(mem, StaffView, n + 1);
	for (int left = 0; left <= 1; left++)
		for (gsize i = 0; i < n; i++) {
			StaffView *view = &staff[gather->view->n_staff];

			if ((rows[i].ended_at != INSTANT_NONE) != left)
				continue;
			*view = (StaffView){.user_name = rows[i].user_name,
				.name = rows[i].name,
				.email = rows[i].email,
				.can_sign_in = rows[i].password != NULL && !left,
				.created_at = rows[i].created_at,
				.ended_at = rows[i].ended_at};
			for (gsize k = 0; k < n_factors; k++)
				view->second_factor |= g_str_equal(factors[k].user_name, rows[i].user_name);
			add_roles(gather, view);
			gather->view->n_staff++;
		}
	gather->view->staff = staff;
	return TRUE;
}

const StaffView *organisation_staff(const OrganisationView *organisation, const char *user_name)
{
	for (gsize i = 0; i < organisation->n_staff; i++)
		if (g_str_equal(organisation->staff[i].user_name, user_name))
			return &organisation->staff[i];
	return NULL;
}

/* The names of those who hold the role for the function; NULL: nobody. */
static const char *holders(const Gather *gather, const char *function, Role role)
{
	g_autoptr(GString) names = g_string_new(NULL);

	for (gsize i = 0; i < gather->view->n_staff; i++) {
		const StaffView *staff = &gather->view->staff[i];

		for (gsize r = 0; staff->ended_at == INSTANT_NONE && r < staff->n_roles; r++)
			if (staff->roles[r].role == role && g_strcmp0(staff->roles[r].function, function) == 0)
				g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", staff->name);
	}
	return names->len > 0 ? arena_strndup(gather->reading->mem, names->str, names->len) : NULL;
}

static void gather_functions(Gather *gather)
{
	FunctionView *functions = arena_array(gather->reading->mem, FunctionView, gather->n_functions + 1);

	for (gsize i = 0; i < gather->n_functions; i++)
		functions[i] = (FunctionView){.slug = gather->functions[i].slug,
			.title = gather->functions[i].title,
			.heads = holders(gather, gather->functions[i].slug, ROLE_HEAD_OF_FUNCTION),
			.managers = holders(gather, gather->functions[i].slug, ROLE_MANAGER),
			.created_at = gather->functions[i].created_at};
	gather->view->functions = functions;
	gather->view->n_functions = gather->n_functions;
}

static gboolean gather_substitutes(Gather *gather, GError **error)
{
	Arena *mem = gather->reading->mem;
	const Day today = gather->reading->run.today;
	SubstituteView *views;
	SubstituteRow *rows;
	gsize n;

	if (!sql_substitutes_from(gather->reading->tx, mem, today, &rows, &n, error))
		return FALSE;
	views = arena_array(mem, SubstituteView, n + 1);
	for (gsize i = 0; i < n; i++) {
		const StaffView *staff = organisation_staff(gather->view, rows[i].user_name);

		views[i] = (SubstituteView){.function = rows[i].function,
			.function_title = function_title(gather, rows[i].function),
			.user_name = rows[i].user_name,
			.name = staff != NULL ? staff->name : rows[i].user_name,
			.capacity = rows[i].capacity,
			.reason = rows[i].reason,
			.from_on = rows[i].from_on,
			.until_on = rows[i].until_on,
			.now = rows[i].from_on <= today};
	}
	gather->view->substitutes = views;
	gather->view->n_substitutes = n;
	return TRUE;
}

/* Titles of the purposes, as the policy in force has them. */
static const char *const *purposes(const Reading *reading, const char *protects)
{
	g_auto(GStrv) keys = g_strsplit(protects != NULL ? protects : "", " ", -1);
	const char **titles = arena_array(reading->mem, const char *, g_strv_length(keys) + 1);
	gsize n = 0;

	for (gsize i = 0; keys[i] != NULL; i++) {
		const ProtectedPurpose *purpose =
			reading->run.policy != NULL ? policy_purpose(reading->run.policy, keys[i]) : NULL;

		if (*keys[i] != '\0')
			titles[n++] = purpose != NULL ? purpose->title : arena_strdup(reading->mem, keys[i]);
	}
	return titles;
}

static gboolean gather_doors(Gather *gather, GError **error)
{
	Arena *mem = gather->reading->mem;
	DoorView *views;
	DoorRow *rows;
	gsize n;

	if (!sql_door_list(gather->reading->tx, mem, &rows, &n, error))
		return FALSE;
	views = arena_array(mem, DoorView, n + 1);
	for (gsize i = 0; i < n; i++)
		views[i] = (DoorView){.address = rows[i].address,
			.kind = rows[i].kind,
			.title = rows[i].title,
			.function_title = function_title(gather, rows[i].function),
			.matter = rows[i].matter,
			.user_name = rows[i].user_name,
			.protects = purposes(gather->reading, rows[i].protects)};
	gather->view->doors = views;
	gather->view->n_doors = n;
	return TRUE;
}

static gboolean gather_tokens(Gather *gather, GError **error)
{
	Arena *mem = gather->reading->mem;
	TokenView *views;
	TokenRow *rows;
	gsize n;

	if (!sql_tokens_in_force(gather->reading->tx, mem, &rows, &n, error))
		return FALSE;
	views = arena_array(mem, TokenView, n + 1);
	for (gsize i = 0; i < n; i++)
		views[i] = (TokenView){rows[i].title, rows[i].user_name, rows[i].created_at};
	gather->view->tokens = views;
	gather->view->n_tokens = n;
	return TRUE;
}

gboolean read_organisation(
	Acts *acts, Arena *mem, const ActCaller *caller, OrganisationView **ret_organisation, GError **error)
{
	g_auto(Reading) reading = {0};
	Gather gather = {.reading = &reading, .view = arena_new0(mem, OrganisationView)};
	const Actor *actor;
	gboolean runs;

	if (!reading_begin(&reading, acts, mem, caller, FALSE, error))
		return FALSE;
	actor = reading.run.actor;
	runs = actor_has(actor, ROLE_ADMINISTRATOR, NULL) || actor_has(actor, ROLE_AUDITOR, NULL);
	if (!runs && !actor_has(actor, ROLE_HEAD_OF_FUNCTION, NULL))
		return refuse(error, "G10", "Who runs the system sees this. Ask an administrator.");
	if (!sql_function_list(reading.tx, mem, &gather.functions, &gather.n_functions, error) ||
		!sql_grants_in_force(reading.tx, mem, &gather.grants, &gather.n_grants, error) ||
		!gather_staff(&gather, error) || !gather_substitutes(&gather, error) || !gather_doors(&gather, error) ||
		(runs && !gather_tokens(&gather, error)))
		return FALSE;
	gather_functions(&gather);
	*ret_organisation = gather.view;
	return TRUE;
}
