/* policy.c: a policy pack is adopted by storing its bytes; processes read packs only from there. */
#include "acts/families.h"
#include "base/bytes.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	const char *path, *text;
} AdoptFile;

typedef struct {
	const AdoptFile *files;
	gsize n_files;
} AdoptPolicy;

static int by_path(const void *a, const void *b)
{
	return g_strcmp0(((const PackFile *)a)->path, ((const PackFile *)b)->path);
}

static gboolean store_files(ActRun *run, const PackFiles *files, const char *label, GError **error)
{
	for (gsize i = 0; i < files->n; i++)
		if (!sql_pack_file_add(run->tx, label, files->files[i].path,
			    (Blob){.data = files->files[i].bytes, .length = files->files[i].length}, error))
			return FALSE;
	return TRUE;
}

/* The key with which all gates of this database hash the identifiers of strangers (gate/snapshot.h reads it): a secret,
 * so it is no part of the act's content. Made with the first pack, without which no gate answers. */
static gboolean make_stranger_key(ActRun *run, GError **error)
{
	MetaGetRow *known = NULL;
	guint8 key[16];

	if (!sql_meta_get(run->tx, run->mem, "gate_stranger_key", &known, error))
		return FALSE;
	bytes_random(key, sizeof key);
	return known != NULL ||
	       sql_meta_set(run->tx, "gate_stranger_key", bytes_to_hex(run->mem, key, sizeof key), error);
}

/* G1: each step is bound to the pack of its day, so no day that has passed gets another pack, and no day two. The
 * first pack may be of a day that has passed: nothing was done before it. */
static gboolean comes_into_force_in_order(ActRun *run, const Policy *policy, GError **error)
{
	Zone *zone;
	PackRow *rows;
	Day today;
	gsize n;

	if (!sql_pack_list(run->tx, run->mem, &rows, &n, error))
		return FALSE;
	if (n == 0)
		return TRUE;
	if ((zone = zone_new(policy->organisation.time_zone, error)) == NULL)
		return FALSE;
	today = zone_day(zone, run->now);
	zone_free(zone);
	if (policy->in_force < today)
		return refuse(error, "G1",
			"This pack would come into force on %s, which has passed, and what was done since is bound to "
			"another. Set in_force to today (%s) or a later day.",
			day_format(run->mem, policy->in_force), day_format(run->mem, today));
	for (gsize i = 0; i < n; i++)
		if (rows[i].in_force == policy->in_force)
			return refuse(error, "G1",
				"'%s' comes into force on the same day, %s. Set in_force to another day.",
				rows[i].label, day_format(run->mem, policy->in_force));
	return TRUE;
}

static gboolean adopt_policy(ActRun *run, const void *input, GError **error)
{
	const AdoptPolicy *in = input;
	PackFiles files = {.files = arena_array(run->mem, PackFile, in->n_files), .n = in->n_files};
	PackProblems problems = {0};
	PackRow *known = NULL;
	const Policy *policy;
	const char *label;
	PackRow row;
	Pack *pack;

	for (gsize i = 0; i < in->n_files; i++)
		files.files[i] = (PackFile){
			.path = in->files[i].path, .bytes = in->files[i].text, .length = strlen(in->files[i].text)};
	qsort(files.files, files.n, sizeof *files.files, by_path);
	pack_read(&files, run->mem, &pack, &problems);
	if (problems.n > 0)
		return invalid(error, "files", "%s", problems.lines[0]);
	policy = pack_policy(pack);
	label = policy_label(policy, run->mem);
	if (!sql_pack_by_label(run->tx, run->mem, label, &known, error))
		return FALSE;
	if (known != NULL && !g_str_equal(known->hash, pack_hash(pack)))
		return conflict(error,
			"'%s' was adopted with other content. Raise the version in policy.yaml: decisions are bound to "
			"the old one.",
			label);
	if (known != NULL)
		return conflict(error, "'%s' is adopted already, with the same content.", label);
	if (!comes_into_force_in_order(run, policy, error))
		return FALSE;
	row = (PackRow){.label = label,
		.name = policy->name,
		.version = policy->version,
		.in_force = policy->in_force,
		.hash = pack_hash(pack),
		.adopted_at = run->now,
		.adopted_by = run->actor->user_name};
	run->id = label;
	run->summary = arena_printf(run->mem, "Policy adopted: %s", label);
	return make_stranger_key(run, error) && sql_pack_add(run->tx, &row, error) &&
	       store_files(run, &files, label, error);
}

const Act act_adopt_policy = {
	.name = "adopt-policy",
	.title = "Adopt a policy pack",
	.summary =
		"Stores a checked policy pack; from its day in force, today or later, new steps follow it. 'evenhand "
		"policy adopt DIR' sends the files.",
	.by = BY(ADMINISTRATOR),
	.machine = TRUE,
	.no_pack = TRUE,
	.fields =
		(const Field[]){
			FIELD_LIST(AdoptPolicy, files, GROUP, .required = TRUE, .max = 200,
				.fields =
					(const Field[]){
						FIELD(AdoptFile, path, LINE, .required = TRUE,
							.help = "the file's path in the pack"),
						FIELD(AdoptFile, text, TEXT, .required = TRUE, .verbatim = TRUE,
							.max = 1 << 20, .help = "its content"),
						FIELDS_END,
					},
				.size = sizeof(AdoptFile), .help = "the pack's files"),
			FIELDS_END,
		},
	.input_size = sizeof(AdoptPolicy),
	.perform = adopt_policy,
};
