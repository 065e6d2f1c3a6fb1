/* suggest.c: answers GET /suggest/customers?q=NAME with [{"ref", "name"}], at most SUGGESTIONS of them. */
#include "web/pages/suggest.h"

#include "acts/read.h"
#include "web/page.h"

#include <string.h>

enum { SUGGESTIONS = 8 };

/* What does not fit a filter (nothing but signs, too long) has no suggestions, and is no error of who types. */
static json_t *names_like(Visit *visit, const char *typed, GError **error)
{
	const ActCaller caller = visit_caller(visit);
	const ReadFilter by_name = {.name = "name", .value = typed};
	json_t *found = NULL, *names = json_array(), *item;
	g_autoptr(GError) own = NULL;
	gsize i;

	if (!read_list(
		    visit->web->acts, visit->mem, &caller, "customers", &by_name, 1, NULL, SUGGESTIONS, &found, &own)) {
		if (g_error_matches(own, EVENHAND_ERROR, EVENHAND_ERROR_INVALID))
			return names;
		g_propagate_error(error, g_steal_pointer(&own));
		json_decref(names);
		return NULL;
	}
	json_array_foreach(json_object_get(found, "items"), i, item)
	{
		json_array_append_new(names, json_pack("{s:O, s:O}", "ref", json_object_get(item, "id"), "name",
						     json_object_get(item, "name")));
	}
	json_decref(found);
	return names;
}

void page_suggest(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	const char *typed = http_query(request, "q");
	g_autoptr(GError) error = NULL;
	json_t *names = names_like(visit, typed != NULL ? typed : "", &error);
	char *body;

	(void)context;
	if (names == NULL) {
		page_error(visit, response, error);
		return;
	}
	body = json_dumps(names, JSON_COMPACT);
	json_decref(names);
	response->status = 200;
	response->content_type = "application/json";
	response->length = strlen(body);
	response->body = arena_memdup(visit->mem, body, response->length);
	free(body);
	http_header_set(response, "Cache-Control", "no-store");
}
