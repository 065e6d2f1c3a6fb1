/* read.c: GET /api/v1/WHAT lists, GET /api/v1/WHAT/REFERENCE shows. Query parameters other than `cursor` and `limit`
 * are filters of the list. */
#include "api/api.h"

#include "acts/read.h"

enum { FILTERS_MAX = 20 };

static gboolean parse_limit(HttpRequest *request, gint64 *ret_limit, GError **error)
{
	const char *text = http_query(request, "limit");
	guint64 limit = 0;

	if (text != NULL && !g_ascii_string_to_unsigned(text, 10, 1, READ_LIMIT_MAX, &limit, NULL))
		return invalid(error, "limit", "Give 'limit' as a whole number from 1 to %d.", READ_LIMIT_MAX);
	*ret_limit = (gint64)limit;
	return TRUE;
}

void api_list(void *context, HttpRequest *request, HttpResponse *response)
{
	Api *api = context;
	const ActCaller caller = api_caller(request);
	g_autoptr(GError) error = NULL;
	ReadFilter filters[FILTERS_MAX];
	gsize n, n_filters = 0;
	const HttpPair *query = http_query_all(request, &n);
	gint64 limit = READ_LIMIT_MAX;
	json_t *list;

	for (gsize i = 0; i < n && n_filters < FILTERS_MAX; i++)
		if (!g_str_equal(query[i].name, "cursor") && !g_str_equal(query[i].name, "limit"))
			filters[n_filters++] = (ReadFilter){query[i].name, query[i].value};
	if (parse_limit(request, &limit, &error) &&
		read_list(api->acts, http_arena(request), &caller, http_param(request, "what"), filters, n_filters,
			http_query(request, "cursor"), limit, &list, &error))
		api_json(request, response, 200, list);
	else
		api_error(request, response, error, NULL);
}

void api_show(void *context, HttpRequest *request, HttpResponse *response)
{
	Api *api = context;
	const ActCaller caller = api_caller(request);
	const char *what = http_param(request, "what");
	g_autoptr(GError) error = NULL;
	json_t *object;

	if (read_list_find(what) == NULL)
		not_found(&error, "There is no list '%s'. /api/v1/openapi.yaml says what there is.", what);
	else if (read_show(
			 api->acts, http_arena(request), &caller, http_param(request, "reference"), &object, &error)) {
		api_json(request, response, 200, object);
		return;
	}
	api_error(request, response, error, NULL);
}

void api_evidence_file(void *context, HttpRequest *request, HttpResponse *response)
{
	Api *api = context;
	const ActCaller caller = api_caller(request);
	g_autoptr(GError) error = NULL;
	EvidenceFile file;

	if (read_evidence_file(
		    api->acts, http_arena(request), &caller, http_param(request, "reference"), &file, &error))
		http_attachment(response, http_arena(request), file.name, file.type, file.bytes, file.length);
	else
		api_error(request, response, error, NULL);
}
