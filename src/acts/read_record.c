/* read_record.c: the record's entries page by page, and its proof. What entries contain is not read here. */
#include "acts/read_record.h"

#include "acts/office.h"
#include "acts/read_run.h"
#include "store/record.h"

static gboolean may_come(const Reading *reading, GError **error)
{
	const Actor *actor = reading->run.actor;

	return actor_has(actor, ROLE_ADMINISTRATOR, NULL) || actor_has(actor, ROLE_RECORDS_OFFICER, NULL) ||
	       actor_has(actor, ROLE_AUDITOR, NULL) ||
	       refuse(error, "G10", "The record is for those who answer for it. Ask the records officer.");
}

static const char *policy_in_words(Reading *reading, const char *label, GError **error)
{
	const Pack *pack = acts_pack_in(reading->run.acts, reading->tx, label, error);

	return pack == NULL ? NULL
			    : arena_printf(reading->mem, "%s, version %" G_GINT64_FORMAT, pack_policy(pack)->title,
				      pack_policy(pack)->version);
}

static gboolean line_of(Reading *reading, GHashTable *people, const EntryRow *row, RecordLine *ret_line, GError **error)
{
	const Act *act = acts_find(row->act);

	*ret_line = (RecordLine){.number = row->number,
		.at = row->recorded_at,
		.actor = row->actor,
		.actor_name = office_person(people, row->actor),
		.via = row->via,
		.act = row->act,
		.title = act != NULL                     ? act->title
			 : g_str_equal(row->act, "view") ? "Customers looked at"
							 : row->act,
		.casefile = row->casefile,
		.subject = row->subject,
		.pack = row->pack,
		.hash = row->hash};
	if (row->subject != NULL)
		ret_line->subject_name = g_hash_table_lookup(people, row->subject);
	if (row->pack != NULL)
		ret_line->policy = policy_in_words(reading, row->pack, error);
	return row->pack == NULL || ret_line->policy != NULL;
}

gboolean read_record(
	Acts *acts, Arena *mem, const ActCaller *caller, gint64 before, RecordPage **ret_page, GError **error)
{
	g_auto(Reading) reading = {0};
	RecordPage *page = arena_new0(mem, RecordPage);
	GHashTable *people;
	RecordLine *lines;
	EntryRow *rows;
	gsize n;

	if (!office_people(acts, mem, &people, error) || !reading_begin(&reading, acts, mem, caller, FALSE, error) ||
		!may_come(&reading, error) || !store_head(reading.tx, mem, &page->head, &page->head_hash, error) ||
		!sql_record_page_back(
			reading.tx, mem, before > 0 ? before : G_MAXINT64, RECORD_PAGE_LINES + 1, &rows, &n, error))
		return FALSE;
	page->lines = lines = arena_array(mem, RecordLine, n + 1);
	page->n_lines = MIN(n, RECORD_PAGE_LINES);
	for (gsize i = 0; i < page->n_lines; i++)
		if (!line_of(&reading, people, &rows[i], &lines[i], error))
			return FALSE;
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
