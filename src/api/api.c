/* api.c: the API's route table, who may come in, and how answers and errors are said. */
#include "api/api.h"

#include <stdlib.h>
#include <string.h>

enum { ACT_BODY_MAX = 15 << 20 }; /* a file of 10 MiB in base64, and room for the rest */

const HttpRoute api_routes[] = {
	{.method = "POST",
		.path = "/api/v1/acts/:name",
		.right = API_PERSON,
		.handle = api_act,
		.body_max = ACT_BODY_MAX,
		.summary = "performs an act"},
	{.method = "POST",
		.path = "/api/v1/gate/ask",
		.right = API_ASK,
		.handle = api_ask,
		.summary = "what a contact meets; with an id it is kept as a contact and uses its allowance"},
	{.method = "GET",
		.path = "/api/v1/openapi.yaml",
		.right = API_PUBLIC,
		.handle = api_openapi,
		.quick = TRUE,
		.summary = "this description"},
	{.method = "GET",
		.path = "/api/v1/:what",
		.right = API_PERSON,
		.handle = api_list,
		.summary = "a list, with filters and paging by cursor"},
	{.method = "GET",
		.path = "/api/v1/:what/:reference",
		.right = API_PERSON,
		.handle = api_show,
		.summary = "one object by its reference"},
	{.method = "GET",
		.path = "/api/v1/evidence/:reference/file",
		.right = API_PERSON,
		.handle = api_evidence_file,
		.summary = "the file of a piece of evidence, as an attachment"},
	{.method = "GET",
		.path = "/healthz",
		.right = API_PUBLIC,
		.handle = api_healthz,
		.quick = TRUE,
		.summary = "200 while database and gate work, else 503, with what is the matter"},
	{.method = "GET",
		.path = "/metrics",
		.right = API_PUBLIC,
		.handle = api_metrics,
		.quick = TRUE,
		.summary = "counts for Prometheus"},
	{.method = NULL},
};

void api_json(HttpRequest *request, HttpResponse *response, int status, json_t *value)
{
	char *text = json_dumps(value, JSON_INDENT(2) | JSON_PRESERVE_ORDER);

	g_assert(text != NULL); /* what we say is always UTF-8 */
	arena_own(http_arena(request), text, free);
	json_decref(value);
	http_text(response, status, "application/json", text);
}

void api_error(HttpRequest *request, HttpResponse *response, const GError *error, const ArenaList *problems)
{
	if (http_status(error) >= 500)
		g_warning("%s %s: %s", http_method(request), http_path(request), error->message);
	api_json(request, response, http_status(error), acts_error_json(error, problems));
}

ActCaller api_caller(HttpRequest *request)
{
	const TokenHolder *holder = http_guest(request);

	return (ActCaller){.user_name = holder->user_name, .via = "api", .at = INSTANT_NONE};
}

static gboolean say_unauthorised(HttpRequest *request, HttpResponse *response, const GError *error)
{
	api_json(request, response, 401, acts_error_json(error, NULL));
	http_header_set(response, "WWW-Authenticate", "Bearer realm=\"evenhand\"");
	return FALSE;
}

/* The gate looks at the database several times a second: whether it saw it just now, without waiting for it. */
static gboolean database_answers(Api *api)
{
	enum { JUST_NOW_MS = 1000 };
	GateHealth health;

	if (api->gate == NULL)
		return TRUE;
	gate_health(api->gate, &health);
	return health.confirmed_ms >= 0 && health.confirmed_ms < JUST_NOW_MS;
}

/* Whose token it is. While the database is gone, whoever had been accepted may still ask the gate. */
static gboolean find_holder(Api *api, HttpRequest *request, const HttpRoute *route, const char *token,
	TokenHolder **ret_holder, GError **error)
{
	g_autoptr(GError) problem = NULL;

	if (route->right == API_ASK && askers_know(&api->askers, token) && !database_answers(api)) {
		*ret_holder = arena_new0(http_arena(request), TokenHolder); /* no name: it may only ask */
		return TRUE;
	}
	if (auth_token(api->acts, http_arena(request), token, ret_holder, &problem)) {
		askers_remember(&api->askers, token);
		return TRUE;
	}
	if (!g_error_matches(problem, EVENHAND_ERROR, EVENHAND_ERROR_UNAVAILABLE))
		askers_forget(&api->askers, token);
	g_propagate_error(error, g_steal_pointer(&problem));
	return FALSE;
}

static gboolean admit(void *context, HttpRequest *request, const HttpRoute *route, HttpResponse *response)
{
	Api *api = context;
	const char *header = http_header(request, "Authorization");
	g_autoptr(GError) error = NULL;
	TokenHolder *holder;

	if (route->right == API_PUBLIC)
		return TRUE;
	if (header == NULL || g_ascii_strncasecmp(header, "Bearer ", 7) != 0) {
		refuse(&error, NULL, "Send 'Authorization: Bearer TOKEN'. 'evenhand staff token USER' makes one.");
		return say_unauthorised(request, response, error);
	}
	if (!find_holder(api, request, route, header + 7, &holder, &error)) {
		if (g_error_matches(error, EVENHAND_ERROR, EVENHAND_ERROR_REFUSED))
			return say_unauthorised(request, response, error);
		api_error(request, response, error, NULL);
		return FALSE;
	}
	if (holder->user_name == NULL && route->right != API_ASK) {
		refuse(&error, NULL, "A gate's token may only ask.");
		api_error(request, response, error, NULL);
		return FALSE;
	}
	http_set_guest(request, holder);
	return TRUE;
}

static void problem(void *context, HttpRequest *request, int status, HttpResponse *response)
{
	g_autoptr(GError) error = NULL;

	(void)context;
	switch (status) {
	case 413:
		invalid(&error, NULL, "The request is too long.");
		break;
	case 503:
		unavailable(&error, "Too much is going on at the moment. Try again in a few seconds.");
		break;
	case 405:
		invalid(&error, NULL, "%s does not take %s.", http_path(request), http_method(request));
		break;
	default:
		not_found(
			&error, "There is nothing at %s. /api/v1/openapi.yaml says what there is.", http_path(request));
		break;
	}
	api_json(request, response, status, acts_error_json(error, NULL));
	if (status == 503)
		http_header_set(response, "Retry-After", "5");
}

HttpSite api_site(Api *api)
{
	return (HttpSite){.routes = api_routes, .admit = admit, .problem = problem, .context = api, .prefix = "/api/"};
}
