/* staff.c: tokens, passwords and ways in: `staff token USER`, `staff gate-token` and their ends, `staff password USER`
 * by whoever holds the machine; `staff reset-password USER` and `staff reset-second-factor USER` perform the acts of
 * those names. Roles are granted by acts. */
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

/* By the administrator of --as; without it by whoever holds the machine, so that the only administrator can be helped
 * too. The record keeps the shell's user either way. */
static gboolean way_in(Cli *cli, const char *act, json_t *input, GError **error)
{
	ActCaller caller = {.user_name = "job:shell", .via = cli_via(cli), .machine = TRUE, .at = INSTANT_NONE};
	ActAnswer answer;

	return (cli->as == NULL || cli_caller(cli, &caller, error)) &&
	       acts_perform(cli->acts, cli->mem, &caller, act, input, &answer, NULL, error);
}

static gboolean reset_password(Cli *cli, const char *user_name, const char *reason, const char *url, GError **error)
{
	const char *secret = auth_new_secret(cli->mem);
	json_t *input = json_pack("{s:s, s:s, s:s*}", "user_name", user_name, "secret", secret, "reason", reason);
	const gboolean done = way_in(cli, "reset-password", input, error);

	json_decref(input);
	if (done)
		printf("%s/reset/%s\n", url != NULL ? url : "", secret);
	return done;
}

static gboolean reset_second_factor(Cli *cli, const char *user_name, const char *reason, GError **error)
{
	json_t *input = json_pack("{s:s, s:s*}", "user_name", user_name, "reason", reason);
	const gboolean done = way_in(cli, "reset-second-factor", input, error);

	json_decref(input);
	return done;
}

typedef struct {
	char *title, *reason, *url;
} StaffOptions;

/* 0 or the exit status; *error where it is to be said. */
static int run(Cli *cli, int argc, char **argv, const StaffOptions *options, GError **error)
{
	const char *what = argc > 1 ? argv[1] : "", *user = argc == 3 ? argv[2] : NULL, *title = options->title;
	gboolean done;

	if (user != NULL && g_str_equal(what, "token"))
		done = token(cli, user, title != NULL ? title : "shell", error);
	else if (argc == 2 && g_str_equal(what, "gate-token"))
		done = token(cli, NULL, title != NULL ? title : "gate", error);
	else if (user != NULL && g_str_equal(what, "end-token"))
		done = auth_token_end(cli->acts, cli->mem, user, title != NULL ? title : "shell", error);
	else if (argc == 2 && g_str_equal(what, "end-gate-token"))
		done = auth_token_end(cli->acts, cli->mem, NULL, title != NULL ? title : "gate", error);
	else if (user != NULL && g_str_equal(what, "password"))
		done = password(cli, user, error);
	else if (user != NULL && g_str_equal(what, "reset-password"))
		done = reset_password(cli, user, options->reason, options->url, error);
	else if (user != NULL && g_str_equal(what, "reset-second-factor"))
		done = reset_second_factor(cli, user, options->reason, error);
	else {
		fprintf(stderr, "usage: evenhand staff token USER | end-token USER | gate-token | end-gate-token | "
				"password USER | reset-password USER | reset-second-factor USER --reason TEXT\n");
		return 2;
	}
	return done ? 0 : cli_fail(*error);
}

int cli_staff(int argc, char **argv)
{
	g_auto(Cli) cli = {0};
	g_autoptr(GError) error = NULL;
	StaffOptions options = {0};
	const GOptionEntry more[] = {
		{"title", 0, 0, G_OPTION_ARG_STRING, &options.title, "what the token is for", "TEXT"},
		{"reason", 0, 0, G_OPTION_ARG_STRING, &options.reason,
			"how you know that it is they who ask; stands in the record", "TEXT"},
		{"url", 0, 0, G_OPTION_ARG_STRING, &options.url,
			"where people reach the pages, to print the whole link", "URL"},
		G_OPTION_ENTRY_NULL,
	};
	int status;

	if (!cli_options(&cli, &argc, &argv, more,
		    "token USER|end-token USER|gate-token|end-gate-token|password USER|reset-password "
		    "USER|reset-second-factor USER",
		    "Makes or ends a token; sets a password (from EVENHAND_PASSWORD, or a random one that is printed); "
		    "prints a "
		    "link with which somebody sets their own, once and within a day; turns off a second factor that is "
		    "lost.",
		    &error) ||
		!cli_open(&cli, &error))
		status = cli_fail(error);
	else
		status = run(&cli, argc, argv, &options, &error);
	g_free(options.title);
	g_free(options.reason);
	g_free(options.url);
	return status;
}
