/* main.c: picks a subcommand from one table and wires the rooms together. */
#include "cli/cli.h"
#include "routes.h"
#include "serve.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

static const CliCommand COMMANDS[] = {
	{"init", "[--policy DIR] [--administrator USER] [--demo]", "make the database, or bring it up to this version",
		cli_init},
	{"serve", "[--listen ADDR] [--state DIR]", "serve pages, API and gate, and do what time brings", serve_command},
	{"act", "NAME --as USER < act.json", "perform any act; without NAME: list them", cli_act},
	{"show", "REFERENCE --as USER", "show any object by its reference", cli_show},
	{"list", "WHAT --as USER [--filter NAME=VALUE]", "a page of a list; without WHAT: which there are", cli_list},
	{"ask", "--channel CHANNEL --from TEXT [--to ADDRESS]", "what a contact would meet", cli_ask},
	{"policy", "check|adopt DIR", "check a policy pack, or adopt it", cli_policy},
	{"record", "verify|head", "check the record, or print its head", cli_record},
	{"staff", "token|password|reset-password|…  USER", "tokens, passwords, ways in", cli_staff},
	{"clock", "set TIME|show", "a demonstration's time", cli_clock},
	{"status", "", "how the database stands", cli_status},
	{"routes", "[--json]", "every page and API address, and who may come to it", routes_command},
};

static int usage(FILE *out, int status)
{
	fprintf(out, "evenhand %s: carries out a policy on managing customer contact\n\n", EVENHAND_VERSION);
	for (gsize i = 0; i < G_N_ELEMENTS(COMMANDS); i++)
		fprintf(out, "  evenhand %-8s %-52s %s\n", COMMANDS[i].name, COMMANDS[i].usage, COMMANDS[i].summary);
	fprintf(out,
		"\nEach takes --db URL (or EVENHAND_DB) and --help. Exit status: 0 done, 1 refused, 2 usage or input, "
		"3 unavailable, 4 a bug.\n");
	return status;
}

int main(int argc, char **argv)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	if (argc < 2)
		return usage(stderr, 2);
	if (g_str_equal(argv[1], "--help") || g_str_equal(argv[1], "help"))
		return usage(stdout, 0);
	if (g_str_equal(argv[1], "--version"))
		return puts("evenhand " EVENHAND_VERSION) < 0;
	for (gsize i = 0; i < G_N_ELEMENTS(COMMANDS); i++)
		if (g_str_equal(argv[1], COMMANDS[i].name))
			return COMMANDS[i].run(argc - 1, argv + 1);
	fprintf(stderr, "There is no command '%s'.\n\n", argv[1]);
	return usage(stderr, 2);
}
