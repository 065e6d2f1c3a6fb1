/* show.c: `evenhand show REFERENCE` prints any object, as far as whoever asks may see it. */
#include "acts/read.h"
#include "cli/cli.h"
#include "cli/text.h"

static gboolean show(Cli *cli, const char *reference, GError **error)
{
	ActCaller caller;
	json_t *object;

	if (!cli_open(cli, error) || !cli_caller(cli, &caller, error) ||
		!read_show(cli->acts, cli->mem, &caller, reference, &object, error))
		return FALSE;
	if (cli->json)
		cli_print_json(object);
	else
		cli_print_object(object);
	return TRUE;
}

int cli_show(int argc, char **argv)
{
	g_auto(Cli) cli = {0};
	g_autoptr(GError) error = NULL;

	if (!cli_options(&cli, &argc, &argv, NULL, "REFERENCE",
		    "Shows a customer, casefile, contact, notice … by its reference. That you looked is recorded.",
		    &error))
		return cli_fail(error);
	if (argc != 2) {
		fprintf(stderr, "usage: evenhand show REFERENCE --as USER [--json]\n");
		return 2;
	}
	return show(&cli, argv[1], &error) ? 0 : cli_fail(error);
}
