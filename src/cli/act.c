/* act.c: `evenhand act NAME --as USER < act.json` performs any act; `evenhand act --help` lists them. */
#include "cli/cli.h"

#include <stdio.h>

static const char *type_in_words(const Field *field)
{
	switch (field->type) {
	case FIELD_LINE:
	case FIELD_CHOICE:
		return "text";
	case FIELD_TEXT:
		return "text, lines";
	case FIELD_BOOL:
		return "true or false";
	case FIELD_COUNT:
		return "number";
	case FIELD_INSTANT:
		return "time, RFC 3339";
	case FIELD_DAY:
		return "day, 2026-12-31";
	case FIELD_LINES:
		return "list of texts";
	case FIELD_KEYED:
	case FIELD_ARGUMENTS:
		return "object";
	case FIELD_GROUP:
		return "list of objects";
	}
	return "";
}

static void print_fields(const Field *fields, int depth)
{
	for (const Field *field = fields; field->name != NULL; field++) {
		printf("%*s%-*s %s (%s%s)\n", 2 + depth * 2, "", 24 - depth * 2, field->name,
			field->help != NULL ? field->help : "", type_in_words(field),
			field->required ? ", needed" : "");
		if (field->type == FIELD_GROUP)
			print_fields(field->fields, depth + 1);
	}
}

static int list_acts(void)
{
	for (gsize i = 0; acts_table[i] != NULL; i++)
		printf("%-24s %s\n", acts_table[i]->name, acts_table[i]->summary);
	return 0;
}

static int describe(const char *name)
{
	g_autoptr(GError) error = NULL;
	const Act *act = acts_find(name);

	if (act == NULL) {
		not_found(&error, "There is no act '%s'. 'evenhand act' lists them.", name);
		return cli_fail(error);
	}
	printf("%s: %s\n\nBy:", act->title, act->summary);
	for (Role role = 0; role < ROLES; role++)
		if (act->by & (1u << role))
			printf(" %s", role_name(role));
	printf("\n%s\nFields:\n", act->needs == ACT_CASEFILE ? "The envelope names its casefile.\n" : "");
	print_fields(act->fields, 0);
	return 0;
}

/* The first problem of an input is the error's sentence; the others follow it, a line each. */
static int fail(const GError *error, const ArenaList *problems)
{
	const int status = cli_fail(error);

	for (gsize i = 1; i < problems->n; i++) {
		const FieldProblem *problem = problems->items[i];

		fprintf(stderr, "  %s [%s]\n", problem->sentence, problem->field);
	}
	return status;
}

static int perform(Cli *cli, const char *name)
{
	g_autoptr(GError) error = NULL;
	ArenaList problems = {0};
	ActCaller caller;
	ActAnswer answer;
	json_t *input;
	gboolean done;

	if (!cli_open(cli, &error) || !cli_caller(cli, &caller, &error) || !cli_read_json(&input, &error))
		return cli_fail(error);
	done = acts_perform(cli->acts, cli->mem, &caller, name, input, &answer, &problems, &error);
	json_decref(input);
	if (!done)
		return fail(error, &problems);
	cli_print_json(acts_answer_json(&answer));
	return 0;
}

int cli_act(int argc, char **argv)
{
	g_auto(Cli) cli = {0};
	g_autoptr(GError) error = NULL;
	gboolean describe_it = FALSE;
	const GOptionEntry more[] = {
		{"describe", 0, 0, G_OPTION_ARG_NONE, &describe_it, "say what the act does and which fields it takes",
			NULL},
		G_OPTION_ENTRY_NULL,
	};

	if (!cli_options(&cli, &argc, &argv, more, "NAME < act.json",
		    "Performs an act: one JSON object on standard input. Without NAME: lists all acts.", &error))
		return cli_fail(error);
	if (argc < 2)
		return list_acts();
	if (argc > 2) {
		fprintf(stderr, "usage: evenhand act NAME --as USER < act.json\n");
		return 2;
	}
	if (describe_it)
		return describe(argv[1]);
	return perform(&cli, argv[1]);
}
