/* cli.h: the shell's face: one file a subcommand, the same acts as everywhere. No rule stands here.
 *
 * Exit status: 0 done, 1 refused (rule and sentence on stderr), 2 usage or input, 3 unavailable, 4 bug. */
#pragma once

#include "acts/auth.h"

typedef struct {
	const char *name;
	const char *usage;   /* "NAME --as USER < act.json" */
	const char *summary; /* a sentence */
	int (*run)(int argc, char **argv);
} CliCommand;

int cli_init(int argc, char **argv);
int cli_act(int argc, char **argv);
int cli_ask(int argc, char **argv);
int cli_show(int argc, char **argv);
int cli_list(int argc, char **argv);
int cli_policy(int argc, char **argv);
int cli_record(int argc, char **argv);
int cli_staff(int argc, char **argv);
int cli_clock(int argc, char **argv);
int cli_status(int argc, char **argv);

/* What most subcommands share. */
typedef struct {
	char *db; /* --db, else EVENHAND_DB */
	char *as; /* --as */
	char *at; /* --at */
	gboolean json;
	Store *store;
	Acts *acts;
	Arena *mem;
} Cli;

/* Parses the common options and `more` (may be NULL; ends with {NULL}); argv is left with what is no option.
 * summary: the help's first line. */
gboolean cli_options(Cli *cli, int *argc, char ***argv, const GOptionEntry *more, const char *usage,
	const char *summary, GError **error) MUST_CHECK;
/* Opens the database, whose schema must be this program's. */
gboolean cli_open(Cli *cli, GError **error) MUST_CHECK;
/* Who acts: --as, made sure of by EVENHAND_TOKEN outside demonstration databases. */
gboolean cli_caller(Cli *cli, ActCaller *ret_caller, GError **error) MUST_CHECK;
/* "shell:UNIXUSER", as the record keeps it. */
const char *cli_via(Cli *cli);
void cli_done(Cli *cli);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Cli, cli_done)

/* Says what went wrong on stderr ("refused (A4): …") and gives the exit status. */
int cli_fail(const GError *error);
/* All of standard input, at most 4 MiB, as JSON. */
gboolean cli_read_json(json_t **ret_json, GError **error) MUST_CHECK;
/* Prints JSON on stdout, indented. */
void cli_print_json(json_t *value /* takes the reference */);
/* Performs `adopt-policy` with the files of a folder. */
gboolean cli_adopt_pack(
	Cli *cli, const ActCaller *caller, const char *folder, ActAnswer *ret_answer, GError **error) MUST_CHECK;
