/* ask.c: `evenhand ask` looks up what a contact would meet: the gate's question straight from the database. It uses
 * nothing and keeps nothing; any time may be asked about. */
#include "acts/read.h"
#include "cli/cli.h"
#include "cli/source.h"
#include "cli/text.h"

typedef struct {
	char *channel, *from, *to, *customer, *direction, *purpose, *matter, *id, *state;
	gboolean machine;
} AskOptions;

/* Who asks: anybody in a demonstration; else staff or a gate, by their token. The functions of whoever is named. */
static gboolean settle_asker(Cli *cli, GateQuery *query, GError **error)
{
	const char *secret = g_getenv("EVENHAND_TOKEN");
	ActCaller caller = {.user_name = cli->as, .via = "shell", .at = INSTANT_NONE};
	TokenHolder *holder = NULL;

	if (secret != NULL && !auth_token(cli->acts, cli->mem, secret, &holder, error))
		return FALSE;
	if (holder == NULL && !acts_is_demo(cli->acts))
		return refuse(error, NULL,
			"Asking needs a token: set EVENHAND_TOKEN to what 'evenhand staff token USER' or 'evenhand "
			"staff gate-token' printed.");
	if (holder != NULL)
		caller.user_name = holder->user_name;
	return caller.user_name == NULL ||
	       read_own_functions(cli->acts, cli->mem, &caller, &query->asker_functions, error);
}

static gboolean parse(Cli *cli, const AskOptions *options, GateQuery *ret_query, GError **error)
{
	GateQuery query = {.contact_id = options->id,
		.from = options->from,
		.customer = options->customer,
		.to = options->to,
		.matter = options->matter,
		.purpose = options->purpose,
		.machine_door = options->machine,
		.at = INSTANT_NONE};

	if (options->channel == NULL || !channel_parse(options->channel, &query.channel))
		return invalid(error, "channel", "Say on which channel: phone, email, letter, in-person, web or chat.");
	if (options->direction != NULL && !direction_parse(options->direction, &query.direction))
		return invalid(error, "direction", "Give in or out.");
	if (cli->at != NULL && !instant_parse(cli->at, "at", &query.at, error))
		return FALSE;
	*ret_query = query;
	return TRUE;
}

static gboolean ask(Cli *cli, const AskOptions *options, GError **error)
{
	g_autofree char *journal = options->state != NULL ? g_build_filename(options->state, "journal", NULL) : NULL;
	GateSource source;
	GateQuery query;
	json_t *answer;

	if (!parse(cli, options, &query, error) || !cli_open(cli, error) || !settle_asker(cli, &query, error))
		return FALSE;
	source = gate_source_of(cli->acts);
	if (!gate_look_up(cli->store, &source, journal, &query, &answer, error))
		return FALSE;
	if (cli->json)
		cli_print_json(answer);
	else
		cli_print_object(answer);
	return TRUE;
}

int cli_ask(int argc, char **argv)
{
	g_auto(Cli) cli = {0};
	g_autoptr(GError) error = NULL;
	AskOptions options = {0};
	const GOptionEntry more[] = {
		{"channel", 0, 0, G_OPTION_ARG_STRING, &options.channel, "phone, email, letter, in-person, web or chat",
			"CHANNEL"},
		{"from", 0, 0, G_OPTION_ARG_STRING, &options.from, "the other party's number or address", "TEXT"},
		{"to", 0, 0, G_OPTION_ARG_STRING, &options.to, "the mailbox, extension or desk", "ADDRESS"},
		{"customer", 0, 0, G_OPTION_ARG_STRING, &options.customer, "who it is, where somebody said so",
			"REFERENCE"},
		{"direction", 0, 0, G_OPTION_ARG_STRING, &options.direction, "in (the default) or out", "DIRECTION"},
		{"purpose", 0, 0, G_OPTION_ARG_STRING, &options.purpose, "a protected purpose (G5)", "KEY"},
		{"matter", 0, 0, G_OPTION_ARG_STRING, &options.matter, "what it is about", "REFERENCE"},
		{"id", 0, 0, G_OPTION_ARG_STRING, &options.id, "the contact id of the mail server or phone system",
			"ID"},
		{"machine", 0, 0, G_OPTION_ARG_NONE, &options.machine, "as a mail server or phone system asks", NULL},
		{"state", 0, 0, G_OPTION_ARG_FILENAME, &options.state,
			"the state folder of 'serve', for allowances used in the last seconds", "DIR"},
		G_OPTION_ENTRY_NULL,
	};
	int status = 0;

	if (!cli_options(&cli, &argc, &argv, more, "",
		    "Asks what a contact would meet, now or at any time. Uses nothing and keeps nothing.", &error) ||
		!ask(&cli, &options, &error))
		status = cli_fail(error);
	for (gsize i = 0; more[i].long_name != NULL; i++)
		if (more[i].arg != G_OPTION_ARG_NONE)
			g_free(*(char **)more[i].arg_data);
	return status;
}
