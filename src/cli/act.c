/* act.c: `evenhand act NAME --as USER < act.json` performs any act; `evenhand act --help` lists them. */
#include "cli/cli.h"

#include <glib/gstdio.h>
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
	case FIELD_FILE:
		return "file: --file PATH, or an object of name, type and bytes in base64";
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

/* What a file is, by the end of its name. */
static const char *media_type(const char *path)
{
	static const struct {
		const char *end, *type;
	} TYPES[] = {{".eml", "message/rfc822"}, {".pdf", "application/pdf"}, {".txt", "text/plain"},
		{".png", "image/png"}, {".jpg", "image/jpeg"}, {".jpeg", "image/jpeg"}, {".wav", "audio/x-wav"},
		{".mp3", "audio/mpeg"}};
	g_autofree char *lower = g_ascii_strdown(path, -1);

	for (gsize i = 0; i < G_N_ELEMENTS(TYPES); i++)
		if (g_str_has_suffix(lower, TYPES[i].end))
			return TYPES[i].type;
	return "application/octet-stream";
}

/* --file: the bytes of a file on this machine become the act's one field that takes a file. */
static gboolean add_file(const char *name, const char *path, json_t *input, GError **error)
{
	const Act *act = acts_find(name);
	const Field *field = act != NULL ? act->fields : NULL;
	g_autofree char *bytes = NULL, *encoded = NULL, *base = NULL;
	g_autoptr(GError) problem = NULL;
	GStatBuf found;
	gsize length;

	if (path == NULL)
		return TRUE;
	while (field != NULL && field->name != NULL && field->type != FIELD_FILE)
		field++;
	if (field == NULL || field->name == NULL || !json_is_object(input))
		return invalid(error, "file", "'%s' takes no file: leave --file out.", name);
	if (g_stat(path, &found) == 0 && found.st_size > (goffset)field_max(field))
		return invalid(error, field->name, "'%s' is too large: at most %zu MB can be kept.", path,
			field_max(field) >> 20);
	if (!g_file_get_contents(path, &bytes, &length, &problem))
		return invalid(error, field->name, "'%s' cannot be read: %s.", path, problem->message);
	encoded = g_base64_encode((const guchar *)bytes, length);
	base = g_path_get_basename(path);
	json_object_set_new(input, field->name,
		json_pack("{s:s, s:s, s:s}", "name", base, "type", media_type(path), "bytes", encoded));
	return TRUE;
}

static int perform(Cli *cli, const char *name, const char *file)
{
	g_autoptr(GError) error = NULL;
	ArenaList problems = {0};
	ActCaller caller;
	ActAnswer answer;
	json_t *input;
	gboolean done;

	if (!cli_open(cli, &error) || !cli_caller(cli, &caller, &error) || !cli_read_json(&input, &error))
		return cli_fail(error);
	if (!add_file(name, file, input, &error)) {
		json_decref(input);
		return cli_fail(error);
	}
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
	g_autofree char *file = NULL;
	const GOptionEntry more[] = {
		{"describe", 0, 0, G_OPTION_ARG_NONE, &describe_it, "say what the act does and which fields it takes",
			NULL},
		{"file", 0, 0, G_OPTION_ARG_FILENAME, &file, "a file that the act takes, such as evidence", "PATH"},
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
	return perform(&cli, argv[1], file);
}
