/* routes.c: the tables that http/server.c routes by, in words or as JSON. What an act or a read function asks beyond
 * the route's right stands in acts/. */
#include "routes.h"

#include "api/api.h"
#include "cli/cli.h"
#include "web/flow.h"
#include "web/web.h"

#include <stdio.h>
#include <string.h>

/* Everybody who is signed in, or the names of roles; NULL for a list of roles. */
static const char *page_right(int right)
{
	return right == PAGE_PUBLIC ? "public" : right == PAGE_SIGNED_IN ? "signed-in" : NULL;
}

static const char *api_right(int right)
{
	return right == API_PUBLIC ? "public" : right == API_ASK ? "any-token" : "person-token";
}

/* The acts that stand for ':act' in the path of a flow. */
static json_t *acts_of(const HttpRoute *route)
{
	const FlowPlace place = g_str_has_prefix(route->path, "/customers/") ? FLOW_CUSTOMER : FLOW_CASEFILE;
	json_t *acts = json_array();

	for (const FlowPage *const *flow = flow_table; *flow != NULL; flow++)
		if ((*flow)->place == place)
			json_array_append_new(acts, json_string((*flow)->act));
	return acts;
}

static json_t *route_json(const char *site, const HttpRoute *route, const char *right, RoleSet by)
{
	json_t *json = json_pack("{s:s, s:s, s:s, s:s}", "site", site, "method", route->method, "path", route->path,
		"right", right != NULL ? right : "roles");
	json_t *roles = json_array();

	for (int role = 0; right == NULL && role < ROLES; role++)
		if (by & (1u << role))
			json_array_append_new(roles, json_string(role_name((Role)role)));
	if (right == NULL)
		json_object_set_new(json, "roles", roles);
	else
		json_decref(roles);
	if (strstr(route->path, ":act") != NULL)
		json_object_set_new(json, "acts", acts_of(route));
	return json;
}

static json_t *all_routes(void)
{
	json_t *list = json_array();

	for (const HttpRoute *route = web_routes; route->method != NULL; route++)
		json_array_append_new(
			list, route_json("web", route, page_right(route->right), (RoleSet)route->right >> PAGE_ROLES));
	for (const HttpRoute *route = api_routes; route->method != NULL; route++)
		json_array_append_new(list, route_json("api", route, api_right(route->right), 0));
	return list;
}

static void print_routes(const json_t *list)
{
	json_t *route, *role;
	size_t i, k;

	json_array_foreach((json_t *)list, i, route)
	{
		const char *right = json_string_value(json_object_get(route, "right"));
		json_t *roles = json_object_get(route, "roles");

		printf("%-4s %-48s ", json_string_value(json_object_get(route, "method")),
			json_string_value(json_object_get(route, "path")));
		if (roles == NULL)
			printf("%s", right);
		json_array_foreach(roles, k, role) printf("%s%s", k > 0 ? " " : "", json_string_value(role));
		puts("");
	}
}

int routes_command(int argc, char **argv)
{
	g_auto(Cli) cli = {0};
	g_autoptr(GError) error = NULL;
	json_t *list;

	if (!cli_options(&cli, &argc, &argv, NULL, "",
		    "Prints every page and API address, and who may come to it. Acts and read functions ask the fine "
		    "right "
		    "beyond that.",
		    &error))
		return cli_fail(error);
	if (argc > 1) {
		fprintf(stderr, "usage: evenhand routes [--json]\n");
		return 2;
	}
	list = all_routes();
	if (cli.json) {
		cli_print_json(list);
	} else {
		print_routes(list);
		json_decref(list);
	}
	return 0;
}
