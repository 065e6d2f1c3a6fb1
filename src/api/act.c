/* act.c: POST /api/v1/acts/NAME performs an act: the same JSON as `evenhand act NAME`. */
#include "api/api.h"

void api_act(void *context, HttpRequest *request, HttpResponse *response)
{
	Api *api = context;
	const ActCaller caller = api_caller(request);
	g_autoptr(GError) error = NULL;
	ArenaList problems = {0};
	json_error_t where;
	ActAnswer answer;
	json_t *input;
	const char *body;
	gsize length;

	body = http_body(request, &length);
	input = json_loadb(body != NULL ? body : "", length, JSON_REJECT_DUPLICATES, &where);
	if (input == NULL) {
		invalid(&error, NULL, "The body is not JSON: line %d, column %d: %s.", where.line, where.column,
			where.text);
		api_error(request, response, error, NULL);
		return;
	}
	if (acts_perform(api->acts, http_arena(request), &caller, http_param(request, "name"), input, &answer,
		    &problems, &error))
		api_json(request, response, 200, acts_answer_json(&answer));
	else
		api_error(request, response, error, &problems);
	json_decref(input);
}
