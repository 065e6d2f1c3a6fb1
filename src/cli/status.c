/* status.c: `evenhand status` says how this database stands: policy, record, counts, what waits to be sent. */
#include "acts/read.h"
#include "cli/cli.h"
#include "cli/text.h"

static json_t *status_json(Cli *cli, const StatusView *status)
{
	json_t *unprotected = json_array();

	for (gsize i = 0; i < status->n_unprotected; i++)
		json_array_append_new(unprotected, json_string(status->unprotected[i]));
	return json_pack("{s:s, s:s, s:s, s:b, s:s?, s:{s:I, s:s}, s:{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}, s:{s:I, "
			 "s:I}, s:o, s:s?}",
		"program", EVENHAND_VERSION, "database", status->database, "now", instant_format(cli->mem, status->now),
		"demonstration", status->demo, "pack", status->pack, "record", "number",
		(json_int_t)status->record_number, "hash", status->record_hash, "counts", "customers",
		(json_int_t)status->customers, "open_matters", (json_int_t)status->open_matters, "contacts",
		(json_int_t)status->contacts, "open_casefiles", (json_int_t)status->open_casefiles, "in_force",
		(json_int_t)status->in_force, "notices_to_send", (json_int_t)status->notices_to_send, "open_items",
		(json_int_t)status->open_items, "viewings", (json_int_t)status->viewings, "outbox", "waiting",
		(json_int_t)status->outbox_waiting, "given_up", (json_int_t)status->outbox_given_up, "unprotected",
		unprotected, "warning", status->warning);
}

int cli_status(int argc, char **argv)
{
	g_auto(Cli) cli = {0};
	g_autoptr(GError) error = NULL;
	StatusView status;

	/* cli_open refuses a schema that is not this program's, and says which it is. */
	if (!cli_options(&cli, &argc, &argv, NULL, "",
		    "Says how the database stands: schema, policy in force, record, counts, outbox, ways that no door "
		    "protects.",
		    &error) ||
		!cli_open(&cli, &error) || !read_status(cli.acts, cli.mem, &status, &error))
		return cli_fail(error);
	if (cli.json)
		cli_print_json(status_json(&cli, &status));
	else
		cli_print_object(status_json(&cli, &status));
	return 0;
}
