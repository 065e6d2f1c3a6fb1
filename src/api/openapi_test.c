/* openapi_test.c: the description of the API is YAML that another program can read, names every act, list and route
 * with its fields, and refers to nothing that it does not hold. */
#include "acts/read.h"
#include "api/api.h"

#include <libfyaml.h>
#include <string.h>

static struct fy_document *description(Arena *mem)
{
	/* Refuses a key that stands twice. */
	struct fy_document *document = fy_document_build_from_string(NULL, openapi_make(mem), FY_NT);

	g_assert_nonnull(document);
	return document;
}

static struct fy_node *at(struct fy_document *document, const char *path)
{
	return fy_node_by_path(fy_document_root(document), path, FY_NT, FYNWF_DONT_FOLLOW);
}

static struct fy_node *in(struct fy_node *mapping, const char *key)
{
	return mapping != NULL ? fy_node_mapping_lookup_by_string(mapping, key, FY_NT) : NULL;
}

static void assert_text(struct fy_node *node, const char *text)
{
	gsize length;
	const char *is = fy_node_get_scalar(node, &length);

	g_assert_nonnull(is);
	g_assert_cmpuint(length, ==, strlen(text));
	g_assert_cmpint(strncmp(is, text, length), ==, 0);
}

static void check_properties(Arena *mem, struct fy_node *object, const Field *fields)
{
	struct fy_node *properties = in(object, "properties");
	int n = 0;

	for (const Field *field = fields; field->name != NULL; field++, n++) {
		struct fy_node *property = in(properties, field->name);

		g_assert_nonnull(in(property, "type"));
		if (field->type == FIELD_COUNT)
			assert_text(in(property, "maximum"), arena_printf(mem, "%zu", field_max(field)));
		if (field->help != NULL)
			assert_text(in(property, "description"), field->help);
		if (field->type == FIELD_GROUP)
			check_properties(mem, in(property, "items"), field->fields);
	}
	g_assert_cmpint(n > 0 ? fy_node_mapping_item_count(properties) : 0, ==, n);
}

static void every_act(void)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	struct fy_document *document = description(mem);
	struct fy_node *paths = at(document, "/paths");

	for (gsize i = 0; acts_table[i] != NULL; i++) {
		struct fy_node *post = in(in(paths, arena_printf(mem, "/api/v1/acts/%s", acts_table[i]->name)), "post");
		struct fy_node *body = in(in(in(in(post, "requestBody"), "content"), "application/json"), "schema");
		struct fy_node *all = in(body, "allOf");

		assert_text(in(post, "operationId"), acts_table[i]->name);
		assert_text(in(post, "summary"), acts_table[i]->title);
		assert_text(in(post, "description"), acts_table[i]->summary);
		g_assert_cmpint(fy_node_sequence_item_count(all), ==, 2);
		check_properties(mem, fy_node_sequence_get_by_index(all, 1), acts_table[i]->fields);
	}
	fy_document_destroy(document);
}

static void every_list_and_route(void)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	struct fy_document *document = description(mem);
	struct fy_node *paths = at(document, "/paths"), *ask;

	for (gsize i = 0; read_lists[i] != NULL; i++)
		g_assert_nonnull(in(in(paths, arena_printf(mem, "/api/v1/%s", read_lists[i]->name)), "get"));
	for (const HttpRoute *route = api_routes; route->method != NULL; route++) {
		g_auto(GStrv) parts = g_strsplit(route->path, "/", -1);
		struct fy_node *path;

		if (route->handle == api_act || route->handle == api_list) /* each act and each list by itself */
			continue;
		for (gsize i = 0; parts[i] != NULL; i++)
			if (parts[i][0] == ':') {
				char *named = g_strdup_printf("{%s}", parts[i] + 1);

				g_free(parts[i]);
				parts[i] = named;
			}
		path = in(paths, arena_own(mem, g_strjoinv("/", parts), g_free));
		assert_text(
			in(in(path, g_str_equal(route->method, "GET") ? "get" : "post"), "summary"), route->summary);
	}
	ask = in(in(in(in(in(in(paths, "/api/v1/gate/ask"), "post"), "requestBody"), "content"), "application/json"),
		"schema");
	check_properties(mem, ask, api_ask_fields);
	fy_document_destroy(document);
}

/* Every `$ref: '#/a/b'` in the text leads somewhere. */
static void references(void)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	struct fy_document *document = description(mem);
	const char *text = openapi_make(mem);
	int n = 0;

	for (const char *next = text; (next = strstr(next, "$ref: '#")) != NULL; n++) {
		next += strlen("$ref: '#");
		g_assert_nonnull(at(document, arena_strndup(mem, next, strcspn(next, "'"))));
	}
	g_assert_cmpint(n, >, 0);
	assert_text(at(document, "/openapi"), "3.0.3");
	fy_document_destroy(document);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/openapi/every-act", every_act);
	g_test_add_func("/openapi/every-list-and-route", every_list_and_route);
	g_test_add_func("/openapi/references", references);
	return g_test_run();
}
