/* list.c: `evenhand list WHAT` prints a page of a list. Its filters are options: `--customer C-2026-000123`, or
 * `--filter customer=C-2026-000123`. */
#include "acts/read.h"
#include "cli/cli.h"
#include "cli/text.h"

#include <string.h>

typedef struct {
	char **filters;                 /* --filter NAME=VALUE */
	char *values[READ_FILTERS_MAX]; /* --NAME VALUE, in the list's order */
	char *cursor;
	int limit;
} ListOptions;

static void print_lists(void)
{
	for (gsize i = 0; read_lists[i] != NULL; i++)
		printf("%-14s %s\n", read_lists[i]->name, read_lists[i]->summary);
}

static gboolean collect(Cli *cli, const ReadList *list, const ListOptions *options, ReadFilter *filters, gsize room,
	gsize *ret_n, GError **error)
{
	gsize n = 0;

	for (gsize i = 0; list != NULL && list->filters != NULL && list->filters[i].name != NULL; i++)
		if (options->values[i] != NULL)
			filters[n++] = (ReadFilter){list->filters[i].name, options->values[i]};
	for (char **filter = options->filters; filter != NULL && *filter != NULL; filter++) {
		const char *equals = strchr(*filter, '=');

		if (equals == NULL || n == room)
			return invalid(error, "filter", "Give each filter once, as NAME=VALUE.");
		filters[n++] = (ReadFilter){arena_strndup(cli->mem, *filter, (gsize)(equals - *filter)),
			arena_strdup(cli->mem, equals + 1)};
	}
	*ret_n = n;
	return TRUE;
}

static gboolean list(Cli *cli, const char *what, const ListOptions *options, GError **error)
{
	ReadFilter filters[2 * READ_FILTERS_MAX];
	ActCaller caller;
	json_t *page, *next;
	gsize n = 0;

	if (options->limit < 1) /* to the read function 0 means: as many as usual */
		return invalid(error, "limit", "Give --limit as a number from 1 to %d.", READ_LIMIT_MAX);
	if (!collect(cli, read_list_find(what), options, filters, G_N_ELEMENTS(filters), &n, error) ||
		!cli_open(cli, error) || !cli_caller(cli, &caller, error) ||
		!read_list(
			cli->acts, cli->mem, &caller, what, filters, n, options->cursor, options->limit, &page, error))
		return FALSE;
	if (cli->json) {
		cli_print_json(page);
		return TRUE;
	}
	next = json_object_get(page, "next");
	cli_print_table(json_incref(json_object_get(page, "items")));
	if (json_is_string(next))
		printf("There are more: --cursor %s\n", json_string_value(next));
	json_decref(page);
	return TRUE;
}

int cli_list(int argc, char **argv)
{
	g_auto(Cli) cli = {0};
	g_autoptr(GError) error = NULL;
	ListOptions options = {.limit = READ_LIMIT_DEFAULT};
	/* which list it is decides what its options are */
	const ReadList *known = argc > 1 ? read_list_find(argv[1]) : NULL;
	GOptionEntry more[READ_FILTERS_MAX + 4] = {
		{"filter", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.filters, "only what fits", "NAME=VALUE"},
		{"cursor", 0, 0, G_OPTION_ARG_STRING, &options.cursor, "the page that follows", "CURSOR"},
		{"limit", 0, 0, G_OPTION_ARG_INT, &options.limit, "how many on a page; at most 200", "N"},
	};
	int status = 0;

	for (gsize i = 0; known != NULL && known->filters != NULL && known->filters[i].name != NULL; i++)
		more[3 + i] = (GOptionEntry){.long_name = known->filters[i].name,
			.arg = G_OPTION_ARG_STRING,
			.arg_data = &options.values[i],
			.description = known->filters[i].help,
			.arg_description = "VALUE"};
	if (!cli_options(&cli, &argc, &argv, more, "WHAT",
		    "Lists what you may see. Without WHAT: says which lists there are.", &error))
		status = cli_fail(error);
	else if (argc < 2)
		print_lists();
	else if (argc > 2) {
		fprintf(stderr, "usage: evenhand list WHAT --as USER [--filter NAME=VALUE …] [--json]\n");
		status = 2;
	} else if (!list(&cli, argv[1], &options, &error))
		status = cli_fail(error);
	g_strfreev(options.filters);
	g_free(options.cursor);
	for (gsize i = 0; i < READ_FILTERS_MAX; i++)
		g_free(options.values[i]);
	return status;
}
