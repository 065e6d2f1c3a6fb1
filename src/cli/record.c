/* record.c: `evenhand record verify [--head N:HASH]` checks the whole record; `head` prints what to keep elsewhere. */
#include "store/record.h"
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

static gboolean parse_head(const char *text, gint64 *ret_number, const char **ret_hash, GError **error)
{
	const char *colon = text != NULL ? strchr(text, ':') : NULL;
	g_autofree char *number = NULL;

	*ret_number = 0;
	*ret_hash = NULL;
	if (text == NULL)
		return TRUE;
	number = colon != NULL ? g_strndup(text, (gsize)(colon - text)) : NULL;
	if (number == NULL || !g_ascii_string_to_signed(number, 10, 1, G_MAXINT64, ret_number, NULL) ||
		strlen(colon + 1) != 64)
		return invalid(
			error, "head", "Give the kept head as NUMBER:HASH, as 'evenhand record head' printed it.");
	*ret_hash = colon + 1;
	return TRUE;
}

static int verify(Cli *cli, const char *head, GError **error)
{
	RecordVerdict verdict;
	const char *hash;
	gint64 number;

	if (!parse_head(head, &number, &hash, error) ||
		!record_verify(cli->store, cli->mem, number, hash, &verdict, error))
		return cli_fail(*error);
	if (cli->json)
		cli_print_json(json_pack("{s:I, s:I, s:I, s:s, s:I, s:s?}", "entries", (json_int_t)verdict.entries,
			"disposed", (json_int_t)verdict.disposed, "head", (json_int_t)verdict.head, "hash",
			verdict.head_hash, "broken_at", (json_int_t)verdict.broken_at, "what", verdict.what));
	else if (verdict.broken_at == 0)
		printf("The record fits: %" G_GINT64_FORMAT " entries, %" G_GINT64_FORMAT
		       " contents disposed of. Head %" G_GINT64_FORMAT ":%s\n",
			verdict.entries, verdict.disposed, verdict.head, verdict.head_hash);
	else
		fprintf(stderr, "The record does not fit at entry %" G_GINT64_FORMAT ": %s\n", verdict.broken_at,
			verdict.what);
	return verdict.broken_at == 0 ? 0 : 1;
}

static int print_head(Cli *cli, GError **error)
{
	g_autoptr(Tx) tx = NULL;
	const char *hash;
	gint64 number;

	if (!store_read(cli->store, &tx, error) || !store_head(tx, cli->mem, &number, &hash, error))
		return cli_fail(*error);
	printf("%" G_GINT64_FORMAT ":%s\n", number, hash);
	return 0;
}

int cli_record(int argc, char **argv)
{
	g_auto(Cli) cli = {0};
	g_autoptr(GError) error = NULL;
	g_autofree char *head = NULL;
	const GOptionEntry more[] = {
		{"head", 0, 0, G_OPTION_ARG_STRING, &head,
			"a head that was kept elsewhere: a cut-off end is noticed too", "N:HASH"},
		G_OPTION_ENTRY_NULL,
	};

	if (!cli_options(&cli, &argc, &argv, more, "verify|head",
		    "Checks the record's chain and contents, or prints its head to be kept elsewhere.", &error) ||
		!cli_open(&cli, &error))
		return cli_fail(error);
	if (argc == 2 && g_str_equal(argv[1], "verify"))
		return verify(&cli, head, &error);
	if (argc == 2 && g_str_equal(argv[1], "head"))
		return print_head(&cli, &error);
	fprintf(stderr, "usage: evenhand record verify [--head N:HASH] | evenhand record head\n");
	return 2;
}
