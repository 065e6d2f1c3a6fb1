/* cli.c: what the subcommands share: options, the database, who acts, and how errors are said. */
#include "cli/cli.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { INPUT_MAX = 4 << 20 };

gboolean cli_options(Cli *cli, int *argc, char ***argv, const GOptionEntry *more, const char *usage,
	const char *summary, GError **error)
{
	const GOptionEntry common[] = {
		{"db", 0, 0, G_OPTION_ARG_STRING, &cli->db, "sqlite:PATH or postgresql://…; default: EVENHAND_DB",
			"URL"},
		{"as", 0, 0, G_OPTION_ARG_STRING, &cli->as, "who acts", "USER"},
		{"at", 0, 0, G_OPTION_ARG_STRING, &cli->at, "the time to pretend, in demonstration databases", "TIME"},
		{"json", 0, 0, G_OPTION_ARG_NONE, &cli->json, "print JSON", NULL},
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GOptionContext) context = g_option_context_new(usage);
	g_autoptr(GError) problem = NULL;

	cli->mem = arena_new(ARENA_REQUEST_MAX);
	g_option_context_set_summary(context, summary);
	g_option_context_add_main_entries(context, common, NULL);
	if (more != NULL)
		g_option_context_add_main_entries(context, more, NULL);
	if (!g_option_context_parse(context, argc, argv, &problem))
		return invalid(error, NULL, "%s. See --help.", problem->message);
	if (cli->db == NULL)
		cli->db = g_strdup(g_getenv("EVENHAND_DB"));
	return TRUE;
}

gboolean cli_open(Cli *cli, GError **error)
{
	if (cli->db == NULL)
		return invalid(error, "db",
			"Say which database: --db sqlite:PATH or --db postgresql://…, or set EVENHAND_DB.");
	cli->store = store_new(cli->db, error);
	if (cli->store == NULL || !store_check_schema(cli->store, error))
		return FALSE;
	cli->acts = acts_new(cli->store, error);
	return cli->acts != NULL;
}

const char *cli_via(Cli *cli)
{
	const struct passwd *user = getpwuid(getuid());

	return arena_printf(cli->mem, "shell:%s", user != NULL ? user->pw_name : "unknown");
}

gboolean cli_caller(Cli *cli, ActCaller *ret_caller, GError **error)
{
	const char *secret = g_getenv("EVENHAND_TOKEN");
	TokenHolder *holder = NULL;
	Instant at = INSTANT_NONE;

	if (cli->at != NULL && !instant_parse(cli->at, "at", &at, error))
		return FALSE;
	if (secret != NULL && !auth_token(cli->acts, cli->mem, secret, &holder, error))
		return FALSE;
	if (holder != NULL && holder->user_name == NULL)
		return refuse(error, NULL, "A gate's token may only ask.");
	if (cli->as == NULL && holder == NULL)
		return invalid(error, "as", "Say who acts: --as USER.");
	if (holder == NULL && !acts_is_demo(cli->acts))
		return refuse(error, NULL,
			"'--as %s' alone says who you are, and does not prove it. Make a token for them once, with "
			"'evenhand "
			"staff token %s', put what it prints into EVENHAND_TOKEN, and run this again.",
			cli->as, cli->as);
	if (holder != NULL && cli->as != NULL && !g_str_equal(holder->user_name, cli->as))
		return refuse(error, NULL, "EVENHAND_TOKEN is the token of %s, not of %s.", holder->user_name, cli->as);
	*ret_caller =
		(ActCaller){.user_name = holder != NULL ? holder->user_name : cli->as, .via = cli_via(cli), .at = at};
	return TRUE;
}

void cli_done(Cli *cli)
{
	acts_free(cli->acts);
	store_free(cli->store);
	arena_free(cli->mem);
	g_free(cli->db);
	g_free(cli->as);
	g_free(cli->at);
}

int cli_fail(const GError *error)
{
	static const int STATUS[] = {
		[EVENHAND_ERROR_INVALID] = 2,
		[EVENHAND_ERROR_REFUSED] = 1,
		[EVENHAND_ERROR_NOT_FOUND] = 1,
		[EVENHAND_ERROR_CONFLICT] = 1,
		[EVENHAND_ERROR_UNAVAILABLE] = 3,
		[EVENHAND_ERROR_BUG] = 4,
	};
	const char *rule = evenhand_error_rule(error);
	const char *field = evenhand_error_field(error);

	fprintf(stderr, "%s", evenhand_error_kind(error));
	if (rule != NULL)
		fprintf(stderr, " (%s)", rule);
	fprintf(stderr, ": %s", error->message);
	if (field != NULL && *field != '\0')
		fprintf(stderr, " [%s]", field);
	fputc('\n', stderr);
	return STATUS[evenhand_error_code(error)];
}

gboolean cli_read_json(json_t **ret_json, GError **error)
{
	g_autoptr(GString) text = g_string_new(NULL);
	json_error_t problem;
	char buffer[65536];
	gsize n;

	while ((n = fread(buffer, 1, sizeof buffer, stdin)) > 0) {
		if (text->len + n > INPUT_MAX)
			return invalid(error, NULL, "The input is longer than %d MiB.", INPUT_MAX >> 20);
		g_string_append_len(text, buffer, (gssize)n);
	}
	*ret_json = json_loadb(text->str, text->len, JSON_REJECT_DUPLICATES, &problem);
	return *ret_json != NULL || invalid(error, NULL, "The input is not JSON: line %d, column %d: %s.", problem.line,
					    problem.column, problem.text);
}

void cli_print_json(json_t *value)
{
	char *text = json_dumps(value, JSON_INDENT(2) | JSON_PRESERVE_ORDER);

	puts(text);
	free(text);
	json_decref(value);
}
