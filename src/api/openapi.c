/* openapi.c: openapi.yaml, made from the tables that the program itself works by: the routes and the acts' fields. */
#include "api/api.h"

#include "acts/read.h"

#include <stdlib.h>

static void add_text(GString *out, const char *text)
{
	json_t *string = json_string(text); /* what JSON quotes, YAML reads the same */
	char *quoted = json_dumps(string, JSON_ENCODE_ANY);

	g_string_append(out, quoted);
	free(quoted);
	json_decref(string);
}

static void add_schema(GString *out, const Field *field, int indent);

static void add_properties(GString *out, const Field *fields, int indent)
{
	gboolean any = FALSE;

	g_string_append_printf(out, "%*sproperties:\n", indent, "");
	for (const Field *field = fields; field->name != NULL; field++) {
		g_string_append_printf(out, "%*s%s:\n", indent + 2, "", field->name);
		if (field->help != NULL) {
			g_string_append_printf(out, "%*sdescription: ", indent + 4, "");
			add_text(out, field->help);
			g_string_append_c(out, '\n');
		}
		add_schema(out, field, indent + 4);
	}
	for (const Field *field = fields; field->name != NULL; field++)
		if (field->required) {
			if (!any)
				g_string_append_printf(out, "%*srequired:\n", indent, "");
			g_string_append_printf(out, "%*s- %s\n", indent + 2, "", field->name);
			any = TRUE;
		}
}

static void add_schema(GString *out, const Field *field, int indent)
{
	switch (field->type) {
	case FIELD_LINE:
	case FIELD_TEXT:
		g_string_append_printf(
			out, "%*stype: string\n%*smaxLength: %zu\n", indent, "", indent, "", field_max(field));
		break;
	case FIELD_CHOICE:
		g_string_append_printf(out, "%*stype: string\n%*senum:\n", indent, "", indent, "");
		for (gsize i = 0; field->choices[i] != NULL; i++)
			g_string_append_printf(out, "%*s- %s\n", indent + 2, "", field->choices[i]);
		break;
	case FIELD_BOOL:
		g_string_append_printf(out, "%*stype: boolean\n", indent, "");
		break;
	case FIELD_COUNT:
		g_string_append_printf(out, "%*stype: integer\n%*sminimum: 0\n%*smaximum: %zu\n", indent, "", indent,
			"", indent, "", field_max(field));
		break;
	case FIELD_INSTANT:
		g_string_append_printf(out, "%*stype: string\n%*sformat: date-time\n", indent, "", indent, "");
		break;
	case FIELD_DAY:
		g_string_append_printf(out, "%*stype: string\n%*sformat: date\n", indent, "", indent, "");
		break;
	case FIELD_LINES:
		g_string_append_printf(
			out, "%*stype: array\n%*sitems:\n%*stype: string\n", indent, "", indent, "", indent + 2, "");
		break;
	case FIELD_KEYED:
		g_string_append_printf(out, "%*stype: object\n%*sadditionalProperties:\n%*stype: string\n", indent, "",
			indent, "", indent + 2, "");
		break;
	case FIELD_ARGUMENTS:
		g_string_append_printf(out, "%*stype: object\n%*sadditionalProperties: true\n", indent, "", indent, "");
		break;
	case FIELD_FILE:
		g_string_append_printf(out,
			"%*stype: object\n%*sproperties:\n%*sname: {type: string}\n%*stype: {type: string}\n%*sbytes: "
			"{type: string, format: byte, description: \"at most %zu bytes, in base64\"}\n",
			indent, "", indent, "", indent + 2, "", indent + 2, "", indent + 2, "", field_max(field));
		break;
	case FIELD_GROUP:
		g_string_append_printf(out, "%*stype: array\n%*smaxItems: %zu\n%*sitems:\n%*stype: object\n", indent,
			"", indent, "", field_max(field), indent, "", indent + 2, "");
		add_properties(out, field->fields, indent + 2);
		break;
	}
}

static void add_act(GString *out, const Act *act)
{
	g_string_append_printf(
		out, "  /api/v1/acts/%s:\n    post:\n      operationId: %s\n      summary: ", act->name, act->name);
	add_text(out, act->title);
	g_string_append(out, "\n      description: ");
	add_text(out, act->summary);
	g_string_append(out, "\n      requestBody:\n        required: true\n        content:\n          "
			     "application/json:\n            schema:\n"
			     "              allOf:\n                - $ref: '#/components/schemas/Envelope'\n          "
			     "      - type: object\n");
	if (act->fields[0].name != NULL)
		add_properties(out, act->fields, 18);
	g_string_append(out, "      responses:\n        '200':\n          description: Done\n          content:\n"
			     "            application/json:\n              schema:\n                $ref: "
			     "'#/components/schemas/Answer'\n"
			     "        default:\n          $ref: '#/components/responses/Error'\n");
}

static void add_route(GString *out, const HttpRoute *route)
{
	g_auto(GStrv) parts = g_strsplit(route->path, "/", -1);
	g_autoptr(GString) parameters = g_string_new(NULL);

	g_string_append(out, "  ");
	for (gsize i = 1; parts[i] != NULL; i++) {
		if (parts[i][0] == ':') {
			g_string_append_printf(out, "/{%s}", parts[i] + 1);
			g_string_append_printf(parameters,
				"        - name: %s\n          in: path\n          required: true\n          schema:\n "
				"           type: string\n",
				parts[i] + 1);
		} else {
			g_string_append_printf(out, "/%s", parts[i]);
		}
	}
	g_string_append_printf(out, ":\n    %s:\n      summary: ", g_str_equal(route->method, "GET") ? "get" : "post");
	add_text(out, route->summary);
	g_string_append(out, "\n");
	if (parameters->len > 0)
		g_string_append_printf(out, "      parameters:\n%s", parameters->str);
	if (route->right == API_PUBLIC)
		g_string_append(out, "      security: []\n");
	if (route->handle == api_ask) {
		g_string_append(out,
			"      requestBody:\n        required: true\n        content:\n          application/json:\n"
			"            schema:\n              type: object\n");
		add_properties(out, api_ask_fields, 14);
	}
	g_string_append(out, "      responses:\n        '200':\n          description: Done\n        default:\n"
			     "          $ref: '#/components/responses/Error'\n");
}

static const char *filter_schema(const ReadFilterField *filter)
{
	switch (filter->type) {
	case FILTER_BOOL:
		return "boolean";
	case FILTER_NUMBER:
		return "integer";
	default:
		return "string";
	}
}

static void add_list(GString *out, const ReadList *list)
{
	g_string_append_printf(
		out, "  /api/v1/%s:\n    get:\n      operationId: list-%s\n      summary: ", list->name, list->name);
	add_text(out, list->summary);
	g_string_append(out, "\n      parameters:\n");
	for (const ReadFilterField *filter = list->filters; filter != NULL && filter->name != NULL; filter++) {
		g_string_append_printf(
			out, "        - name: %s\n          in: query\n          description: ", filter->name);
		add_text(out, filter->help != NULL ? filter->help : "");
		g_string_append_printf(out, "\n          schema:\n            type: %s\n", filter_schema(filter));
	}
	g_string_append_printf(out,
		"        - name: cursor\n          in: query\n          description: \"what 'next' gave\"\n          "
		"schema:\n"
		"            type: string\n        - name: limit\n          in: query\n          schema:\n            "
		"type: integer\n"
		"            maximum: %d\n      responses:\n        '200':\n          description: A page of the list\n"
		"        default:\n          $ref: '#/components/responses/Error'\n",
		READ_LIMIT_MAX);
}

static const char HEAD[] =
	"openapi: 3.0.3\ninfo:\n  title: Evenhand\n  version: " EVENHAND_VERSION "\n"
	"  description: \"What an organisation does about customer contact: acts, reads, and the gate.\"\n"
	"security:\n  - token: []\npaths:\n";

static const char TAIL[] =
	"components:\n  securitySchemes:\n    token:\n      type: http\n      scheme: bearer\n"
	"  responses:\n    Error:\n      description: Not done; nothing was changed\n      content:\n        "
	"application/json:\n"
	"          schema:\n            $ref: '#/components/schemas/Error'\n"
	"  schemas:\n"
	"    Envelope:\n      type: object\n      properties:\n"
	"        request_id:\n          type: string\n          maxLength: 100\n"
	"          description: \"Names this request; asked again, it answers the same and does nothing twice.\"\n"
	"        casefile:\n          type: string\n          description: \"The casefile that the act belongs to; "
	"left out where it belongs to none.\"\n"
	"        version:\n          type: integer\n          description: \"The casefile's version as it was seen.\"\n"
	"        happened_at:\n          type: string\n          format: date-time\n"
	"        at:\n          type: string\n          format: date-time\n"
	"          description: \"The time to pretend, in demonstration databases only.\"\n"
	"    Answer:\n      type: object\n      properties:\n        id:\n          type: string\n          nullable: "
	"true\n"
	"        casefile:\n          type: string\n          nullable: true\n        version:\n          type: "
	"integer\n"
	"        notice:\n          type: string\n          description: \"The letter that the act made.\"\n"
	"        arrangement:\n          type: string\n          description: \"The arrangement that it made.\"\n"
	"        record:\n          type: object\n          properties:\n            number:\n              type: "
	"integer\n"
	"            hash:\n              type: string\n"
	"    Error:\n      type: object\n      properties:\n        error:\n          type: object\n          "
	"properties:\n"
	"            kind:\n              type: string\n"
	"              enum: [invalid, refused, not found, conflict, unavailable, bug]\n"
	"            rule:\n              type: string\n              nullable: true\n"
	"            sentence:\n              type: string\n"
	"            field:\n              type: string\n              nullable: true\n";

char *openapi_make(Arena *mem)
{
	GString *out = g_string_new(HEAD);

	for (gsize i = 0; acts_table[i] != NULL; i++)
		add_act(out, acts_table[i]);
	for (const HttpRoute *route = api_routes; route->method != NULL; route++)
		if (route->handle != api_act && route->handle != api_list)
			add_route(out, route);
	for (gsize i = 0; read_lists[i] != NULL; i++)
		add_list(out, read_lists[i]);
	g_string_append(out, TAIL);
	return arena_own(mem, g_string_free(out, FALSE), g_free);
}

void api_openapi(void *context, HttpRequest *request, HttpResponse *response)
{
	(void)context;
	http_text(response, 200, "application/yaml", openapi_make(http_arena(request)));
}
