/* staff.c: tokens and passwords, by whoever holds the machine: `staff token USER`, `staff gate-token` and
 * their ends, `staff password USER`. Roles are granted by acts. */
#include "cli/cli.h"

#include <stdio.h>

static gboolean token(Cli *cli, const char *user_name, const char *title, GError **error)
{
	const char *secret;

	if (!auth_token_new(cli->acts, cli->mem, user_name, title, &secret, error))
		return FALSE;
	puts(secret);
	return TRUE;
}

static gboolean password(Cli *cli, const char *user_name, GError **error)
{
	const char *given = g_getenv("EVENHAND_PASSWORD");
	const char *fresh = given != NULL ? given : auth_random_password(cli->mem);

	if (!auth_set_password(cli->acts, cli->mem, user_name, fresh, error))
		return FALSE;
	if (given == NULL)
		puts(fresh);
	return TRUE;
}

int cli_staff(int argc, char **argv)
{
	g_auto(Cli) cli = {0};
	g_autoptr(GError) error = NULL;
	g_autofree char *title = NULL;
	const GOptionEntry more[] = {
		{"title", 0, 0, G_OPTION_ARG_STRING, &title, "what the token is for", "TEXT"},
		G_OPTION_ENTRY_NULL,
	};
	gboolean done;

	if (!cli_options(&cli, &argc, &argv, more, "token USER|end-token USER|gate-token|end-gate-token|password USER",
		    "Makes or ends a token, or sets a password (from EVENHAND_PASSWORD, or a random one that is "
		    "printed).",
		    &error) ||
		!cli_open(&cli, &error))
		return cli_fail(error);
	if (argc == 3 && g_str_equal(argv[1], "token"))
		done = token(&cli, argv[2], title != NULL ? title : "shell", &error);
	else if (argc == 2 && g_str_equal(argv[1], "gate-token"))
		done = token(&cli, NULL, title != NULL ? title : "gate", &error);
	else if (argc == 3 && g_str_equal(argv[1], "end-token"))
		done = auth_token_end(cli.acts, cli.mem, argv[2], title != NULL ? title : "shell", &error);
	else if (argc == 2 && g_str_equal(argv[1], "end-gate-token"))
		done = auth_token_end(cli.acts, cli.mem, NULL, title != NULL ? title : "gate", &error);
	else if (argc == 3 && g_str_equal(argv[1], "password"))
		done = password(&cli, argv[2], &error);
	else {
		fprintf(stderr, "usage: evenhand staff token USER | end-token USER | gate-token | end-gate-token | "
				"password USER\n");
		return 2;
	}
	return done ? 0 : cli_fail(error);
}
