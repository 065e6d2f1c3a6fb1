/* read_evidence.c: evidence as those see it who answer for its casefile, and who attached it; and the file itself. */
#include "acts/read_run.h"

gboolean evidence_json(Reading *reading, const EvidenceRow *row, guint *hidden, json_t **ret_json, GError **error)
{
	DecisionBeforeRow *before = NULL;

	if (!sql_decision_before(reading->tx, reading->mem, row->casefile, row->at, &before, error))
		return FALSE;
	*ret_json = columns_json(evidence_columns, row, VEILS_ALL, hidden, reading->mem);
	json_object_set_new(*ret_json, "after", before != NULL ? json_string(before->ref) : json_null());
	return TRUE;
}

gboolean load_evidence(Reading *reading, const char *reference, EvidenceRow **ret_row, GError **error)
{
	EvidenceRow *row = NULL;
	gboolean sees;

	if (!sql_evidence_by_ref(reading->tx, reading->mem, reference, &row, error))
		return FALSE;
	if (row == NULL)
		return not_found(error, "There is no %s.", reference);
	if (!sees_casefile(reading, row->casefile, &sees, error))
		return FALSE;
	if (!sees && !g_str_equal(row->by_user, reading->run.actor->user_name))
		return refuse(error, "G10",
			"%s is seen by the manager and the head of function of %s, and by who attached it. Ask them "
			"for "
			"what you need.",
			reference, row->casefile);
	*ret_row = row;
	return TRUE;
}

gboolean read_evidence_file(
	Acts *acts, Arena *mem, const ActCaller *caller, const char *reference, EvidenceFile *ret_file, GError **error)
{
	g_auto(Reading) reading = {0};
	EvidenceFileRow *file = NULL;
	EvidenceRow *row = NULL;

	if (!reading_begin(&reading, acts, mem, caller, TRUE, error) ||
		!load_evidence(&reading, reference, &row, error) ||
		!sql_evidence_file(reading.tx, mem, reference, &file, error))
		return FALSE;
	if (file == NULL)
		return not_found(error, "The file of %s is no longer kept.", reference);
	if (!reading_viewed(&reading, caller, row->casefile, arena_printf(mem, "file of %s", reference), error))
		return FALSE;
	*ret_file = (EvidenceFile){.name = row->file_name,
		.type = row->media_type,
		.bytes = file->bytes.data,
		.length = file->bytes.length};
	return TRUE;
}
