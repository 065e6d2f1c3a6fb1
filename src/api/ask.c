/* ask.c: POST /api/v1/gate/ask: the gate's question as JSON, in the words of `evenhand ask`. With an id it is a contact
 * that is happening: kept and counted. Without one it is a look-up and uses nothing. */
#include "api/api.h"

#include "acts/fields.h"

typedef struct {
	const char *id, *channel, *direction, *from, *customer, *to, *matter, *purpose;
	const char *const *functions;
	gboolean machine;
	Instant at;
} AskInput;

const Field api_ask_fields[] = {
	FIELD(AskInput, id, LINE, .help = "the contact id of the mail server or phone system; left out for a look-up"),
	{.name = "channel",
		.type = FIELD_CHOICE,
		.offset = G_STRUCT_OFFSET(AskInput, channel),
		.required = TRUE,
		.choices = (const char *const[]){"phone", "email", "letter", "in-person", "web", "chat", NULL},
		.help = "phone, email, letter, in-person, web or chat"},
	{.name = "direction",
		.type = FIELD_CHOICE,
		.offset = G_STRUCT_OFFSET(AskInput, direction),
		.choices = (const char *const[]){"in", "out", NULL},
		.help = "in (the default), or out for a contact that staff are about to make"},
	FIELD(AskInput, from, LINE, .max = 512, .privacy = FIELD_PERSONAL,
		.help = "the other party's number or address"),
	FIELD(AskInput, customer, LINE, .help = "who it is, where somebody said so"),
	FIELD(AskInput, to, LINE, .max = 512, .help = "the mailbox, extension or desk"),
	FIELD(AskInput, matter, LINE, .help = "what it is about, if known"),
	FIELD(AskInput, purpose, LINE, .help = "a protected purpose, if known (G5)"),
	FIELD(AskInput, functions, LINES, .help = "the asker's functions, used without `to`"),
	FIELD(AskInput, machine, BOOL, .help = "a machine asks: nobody can be questioned"),
	FIELD(AskInput, at, INSTANT, .help = "the time that the question is about; now, where it is left out"),
	FIELDS_END,
};

static gboolean parse(HttpRequest *request, AskInput *ret_input, ArenaList *problems, GError **error)
{
	json_error_t where;
	gsize length;
	const char *body = http_body(request, &length);
	json_t *json = json_loadb(body != NULL ? body : "", length, JSON_REJECT_DUPLICATES, &where);

	if (json == NULL)
		return invalid(error, NULL, "The body is not JSON: line %d, column %d: %s.", where.line, where.column,
			where.text);
	fields_parse(api_ask_fields, json, NULL, http_arena(request), ret_input, problems);
	json_decref(json);
	return problems->n == 0 || invalid(error, ((const FieldProblem *)problems->items[0])->field, "%s",
					   ((const FieldProblem *)problems->items[0])->sentence);
}

static gboolean ask(Api *api, const AskInput *in, json_t **ret_answer, GError **error)
{
	GateQuery query = {.contact_id = in->id,
		.from = in->from,
		.customer = in->customer,
		.to = in->to,
		.matter = in->matter,
		.purpose = in->purpose,
		.asker_functions = in->functions,
		.machine_door = in->machine,
		.at = in->at};

	if (api->gate == NULL)
		return unavailable(error, "This process is no gate: ask one that runs with the role 'gate'.");
	if (in->id != NULL && in->at != INSTANT_NONE)
		return invalid(error, "at", "A contact that is happening happens now: leave 'at' out, or the id.");
	channel_parse(in->channel, &query.channel);
	if (in->direction != NULL)
		direction_parse(in->direction, &query.direction);
	return gate_ask_json(api->gate, &query, ret_answer, error);
}

void api_ask(void *context, HttpRequest *request, HttpResponse *response)
{
	AskInput in = {0};
	ArenaList problems = {0};
	g_autoptr(GError) error = NULL;
	json_t *answer;

	if (parse(request, &in, &problems, &error) && ask(context, &in, &answer, &error))
		api_json(request, response, 200, answer);
	else
		api_error(request, response, error, &problems);
}
