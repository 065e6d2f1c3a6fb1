/* policy.c: `evenhand policy check DIR` reads a pack and names what is wrong; `adopt DIR` stores its bytes. */
#include "cli/cli.h"

#include <stdio.h>

static int check(const char *folder, Cli *cli)
{
	g_autoptr(GError) error = NULL;
	PackProblems problems = {0};
	PackFiles files;
	Pack *pack;

	if (!pack_files_read(folder, cli->mem, &files, &error))
		return cli_fail(error);
	pack_read(&files, cli->mem, &pack, &problems);
	for (gsize i = 0; i < problems.n; i++)
		fprintf(stderr, "%s\n", problems.lines[i]);
	if (problems.n > 0)
		return 1;
	printf("%s: good, %s\n", folder, policy_label(pack_policy(pack), cli->mem));
	return 0;
}

/* The pack's files as the act takes them. */
static gboolean pack_json(const char *folder, Arena *mem, json_t **ret_json, GError **error)
{
	json_t *list;
	PackFiles files;

	if (!pack_files_read(folder, mem, &files, error))
		return FALSE;
	list = json_array();
	for (gsize i = 0; i < files.n; i++)
		json_array_append_new(list, json_pack("{s:s, s:s%}", "path", files.files[i].path, "text",
						    files.files[i].bytes, files.files[i].length));
	*ret_json = json_pack("{s:o}", "files", list);
	return TRUE;
}

gboolean cli_adopt_pack(Cli *cli, const ActCaller *caller, const char *folder, ActAnswer *ret_answer, GError **error)
{
	json_t *input;
	gboolean done;

	if (!pack_json(folder, cli->mem, &input, error))
		return FALSE;
	done = acts_perform(cli->acts, cli->mem, caller, "adopt-policy", input, ret_answer, NULL, error);
	json_decref(input);
	return done;
}

static gboolean adopt(const char *folder, Cli *cli, GError **error)
{
	ActCaller caller;
	ActAnswer answer;

	if (!cli_open(cli, error) || !cli_caller(cli, &caller, error) ||
		!cli_adopt_pack(cli, &caller, folder, &answer, error))
		return FALSE;
	cli_print_json(acts_answer_json(&answer));
	return TRUE;
}

int cli_policy(int argc, char **argv)
{
	g_auto(Cli) cli = {0};
	g_autoptr(GError) error = NULL;

	if (!cli_options(&cli, &argc, &argv, NULL, "check|adopt DIR",
		    "Checks a policy pack (every problem as file:line:column: reason), or adopts it into the database.",
		    &error))
		return cli_fail(error);
	if (argc == 3 && g_str_equal(argv[1], "check"))
		return check(argv[2], &cli);
	if (argc == 3 && g_str_equal(argv[1], "adopt"))
		return adopt(argv[2], &cli, &error) ? 0 : cli_fail(error);
	fprintf(stderr, "usage: evenhand policy check DIR | evenhand policy adopt DIR --as USER\n");
	return 2;
}
