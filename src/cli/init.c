/* init.c: `evenhand init` makes the database, adopts a policy pack, and adds the first administrator; with --demo a
 * demonstration organisation, made by performing acts. */
#include "cli/demo.h"

#include <stdio.h>

/* Before there is anybody, whoever holds the machine acts. */
static ActCaller set_up(Cli *cli)
{
	return (ActCaller){.user_name = "job:init", .via = cli_via(cli), .machine = TRUE, .at = INSTANT_NONE};
}

/* The first administrator: everybody else is added by acts. */
static gboolean add_administrator(Cli *cli, const char *user_name, const char *name, GError **error)
{
	const char *given = g_getenv("EVENHAND_PASSWORD");
	const char *password = given != NULL ? given : auth_random_password(cli->mem);
	const ActCaller setup = set_up(cli);
	ActAnswer answer;
	json_t *staff = json_pack("{s:s, s:s, s:s}", "user_name", user_name, "name", name != NULL ? name : user_name,
		"password", password);
	json_t *role = json_pack("{s:s, s:s}", "user_name", user_name, "role", "administrator");
	gboolean done = acts_perform(cli->acts, cli->mem, &setup, "add-staff", staff, &answer, NULL, error) &&
			acts_perform(cli->acts, cli->mem, &setup, "grant-role", role, &answer, NULL, error);

	json_decref(staff);
	json_decref(role);
	if (done && given == NULL)
		printf("Administrator %s, password %s\n", user_name, password);
	return done;
}

typedef struct {
	char *policy, *administrator, *name, *sign_ins, *grant_to;
	gboolean demo, small, fresh;
} InitOptions;

static gboolean init(Cli *cli, const InitOptions *options, GError **error)
{
	const ActCaller setup = set_up(cli);
	ActAnswer answer;

	if (cli->db == NULL)
		return invalid(error, "db",
			"Say which database: --db sqlite:PATH or --db postgresql://…, or set EVENHAND_DB.");
	cli->store = store_new(cli->db, error);
	if (cli->store == NULL || (options->fresh && !store_wipe_demo(cli->store, error)) ||
		!store_migrate(cli->store, error))
		return FALSE;
	if (options->grant_to != NULL && !store_grant(cli->store, options->grant_to, error))
		return FALSE;
	cli->acts = acts_new(cli->store, error);
	if (cli->acts == NULL)
		return FALSE;
	if (options->demo)
		return acts_mark_demo(cli->acts, error) &&
		       demo_make(cli, options->policy, options->sign_ins, options->small, error);
	return (options->policy == NULL || cli_adopt_pack(cli, &setup, options->policy, &answer, error)) &&
	       (options->administrator == NULL || add_administrator(cli, options->administrator, options->name, error));
}

int cli_init(int argc, char **argv)
{
	g_auto(Cli) cli = {0};
	g_autoptr(GError) error = NULL;
	InitOptions options = {0};
	const GOptionEntry more[] = {
		{"policy", 0, 0, G_OPTION_ARG_FILENAME, &options.policy, "the policy pack to adopt", "DIR"},
		{"administrator", 0, 0, G_OPTION_ARG_STRING, &options.administrator,
			"the first administrator; the password comes from EVENHAND_PASSWORD, or a random one is "
			"printed",
			"USER"},
		{"name", 0, 0, G_OPTION_ARG_STRING, &options.name, "the administrator's name", "NAME"},
		{"grant-to", 0, 0, G_OPTION_ARG_STRING, &options.grant_to,
			"PostgreSQL: the role that the program runs as, where another owns the tables", "ROLE"},
		{"demo", 0, 0, G_OPTION_ARG_NONE, &options.demo,
			"a demonstration organisation; marks the database as one for good", NULL},
		{"small", 0, 0, G_OPTION_ARG_NONE, &options.small,
			"of the demonstration's customers only the first four, one of whom has an arrangement", NULL},
		{"fresh", 0, 0, G_OPTION_ARG_NONE, &options.fresh,
			"takes out all that a demonstration database holds first; refused for any other", NULL},
		{"sign-ins", 0, 0, G_OPTION_ARG_FILENAME, &options.sign_ins,
			"where the demonstration's user names and passwords are written (mode 0600)", "FILE"},
		G_OPTION_ENTRY_NULL,
	};
	gboolean done =
		cli_options(&cli, &argc, &argv, more, "",
			"Makes the database or brings it up to this program's version. May be run again.", &error) &&
		init(&cli, &options, &error);

	g_free(options.policy);
	g_free(options.administrator);
	g_free(options.name);
	g_free(options.sign_ins);
	g_free(options.grant_to);
	return done ? 0 : cli_fail(error);
}
