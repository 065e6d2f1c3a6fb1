/* clock.c: `evenhand clock set TIME` moves a demonstration's time; `clock show` prints it. */
#include "cli/cli.h"

#include <stdio.h>

static gboolean set(Cli *cli, const char *time, GError **error)
{
	Instant at;

	return instant_parse(time, "time", &at, error) && acts_set_clock(cli->acts, at, error);
}

int cli_clock(int argc, char **argv)
{
	g_auto(Cli) cli = {0};
	g_autoptr(GError) error = NULL;

	if (!cli_options(&cli, &argc, &argv, NULL, "set TIME|show",
		    "Sets or shows the time of a demonstration database.", &error) ||
		!cli_open(&cli, &error))
		return cli_fail(error);
	if (argc == 3 && g_str_equal(argv[1], "set")) {
		if (!set(&cli, argv[2], &error))
			return cli_fail(error);
	} else if (argc != 2 || !g_str_equal(argv[1], "show")) {
		fprintf(stderr, "usage: evenhand clock set TIME | evenhand clock show\n");
		return 2;
	}
	puts(instant_format(cli.mem, acts_now(cli.acts)));
	return 0;
}
