/* read_record.c: the record's entries page by page, and its proof. What entries contain is not read here. */
#include "acts/read_record.h"

#include "acts/read_run.h"
#include "store/record.h"

static gboolean may_come(const Reading *reading, GError **error)
{
	const Actor *actor = reading->run.actor;

	return actor_has(actor, ROLE_ADMINISTRATOR, NULL) || actor_has(actor, ROLE_RECORDS_OFFICER, NULL) ||
	       actor_has(actor, ROLE_AUDITOR, NULL) ||
	       refuse(error, "G10", "The record is for those who answer for it. Ask the records officer.");
}

static RecordLine line_of(const EntryRow *row)
{
	const Act *act = acts_find(row->act);

	return (RecordLine){.number = row->number,
		.at = row->recorded_at,
		.actor = row->actor,
		.via = row->via,
		.act = row->act,
		.title = act != NULL                     ? act->title
			 : g_str_equal(row->act, "view") ? "Customers looked at"
							 : row->act,
		.casefile = row->casefile,
		.subject = row->subject,
		.pack = row->pack,
		.hash = row->hash};
}

gboolean read_record(
	Acts *acts, Arena *mem, const ActCaller *caller, gint64 before, RecordPage **ret_page, GError **error)
{
	g_auto(Reading) reading = {0};
	RecordPage *page = arena_new0(mem, RecordPage);
	RecordLine *lines;
	EntryRow *rows;
	gsize n;

	if (!reading_begin(&reading, acts, mem, caller, FALSE, error) || !may_come(&reading, error) ||
		!store_head(reading.tx, mem, &page->head, &page->head_hash, error) ||
		!sql_record_page_back(
			reading.tx, mem, before > 0 ? before : G_MAXINT64, RECORD_PAGE_LINES + 1, &rows, &n, error))
		return FALSE;
	page->lines = lines = arena_array(mem, RecordLine, n + 1);
	page->n_lines = MIN(n, RECORD_PAGE_LINES);
	for (gsize i = 0; i < page->n_lines; i++)
		lines[i] = line_of(&rows[i]);
	if (n > RECORD_PAGE_LINES)
		page->older = rows[RECORD_PAGE_LINES - 1].number;
	*ret_page = page;
	return TRUE;
}

gboolean read_record_proof(Acts *acts, Arena *mem, const ActCaller *caller, RecordProof *ret_proof, GError **error)
{
	RecordVerdict verdict;

	{
		g_auto(Reading) reading = {0};

		if (!reading_begin(&reading, acts, mem, caller, FALSE, error) || !may_come(&reading, error))
			return FALSE;
	}
	if (!record_verify(acts_store(acts), mem, 0, NULL, &verdict, error))
		return FALSE;
	*ret_proof = (RecordProof){.entries = verdict.entries,
		.disposed = verdict.disposed,
		.head = verdict.head,
		.broken_at = verdict.broken_at,
		.head_hash = verdict.head_hash,
		.what = verdict.what};
	return TRUE;
}
