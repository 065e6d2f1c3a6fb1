/* journal.c: takes the gate's journal in as contacts, a batch an act, and forgets the files that were taken in. */
#include "jobs/table.h"

#include "gate/journal.h"
#include "store/statements.h"

enum { BATCH = 500 };

static const ActCaller CALLER = {.user_name = "job:journal", .via = "job", .machine = TRUE, .at = INSTANT_NONE};

static json_t *uses_json(const GateEntry *entry)
{
	json_t *uses = json_array();

	for (gsize i = 0; i < entry->n_uses; i++)
		json_array_append_new(
			uses, json_pack("{s:s, s:I, s:I, s:I}", "arrangement", entry->uses[i].arrangement,
				      "restriction", (json_int_t)entry->uses[i].restriction, "slot",
				      (json_int_t)entry->uses[i].slot, "period", (json_int_t)entry->uses[i].period));
	return uses;
}

static json_t *contact_json(const GateEntry *entry, Arena *mem)
{
	return json_pack("{s:s*, s:s*, s:s*, s:s, s:s, s:s*, s:s*, s:s*, s:s, s:s*, s:s*, s:i, s:i, s:s, s:o}", "id",
		entry->contact_id, "identifier", entry->identifier, "customer", entry->customer, "channel",
		channel_name(entry->channel), "direction", direction_name(entry->direction), "door", entry->door,
		"matter", entry->matter, "purpose", entry->purpose, "verdict", verdict_name(entry->verdict), "reasons",
		entry->reasons, "item", entry->item, "minutes", entry->minutes, "recipients", entry->recipients, "at",
		instant_format(mem, entry->at), "uses", uses_json(entry));
}

static json_t *stranger_json(const GateEntry *entry, Arena *mem)
{
	return json_pack("{s:s, s:s, s:s}", "hash", entry->hash, "channel", channel_name(entry->channel), "at",
		instant_format(mem, entry->at));
}

static gboolean read_taken(const JobContext *context, Arena *mem, const char *name, gint64 *ret_taken, GError **error)
{
	g_autoptr(Tx) tx = NULL;
	GateJournalTakenRow *row = NULL;

	if (!store_read(acts_store(context->acts), &tx, error) || !sql_gate_journal_taken(tx, mem, name, &row, error))
		return FALSE;
	*ret_taken = row != NULL ? row->taken : 0;
	return TRUE;
}

static gboolean take_in(const JobContext *context, Arena *mem, const char *name, gint64 from, gint64 to,
	const GateEntry *entries, gsize n, GError **error)
{
	json_t *contacts = json_array(), *strangers = json_array();
	ActAnswer answer;
	json_t *input;
	gboolean done;

	for (gsize i = 0; i < n; i++)
		if (entries[i].stranger)
			json_array_append_new(strangers, stranger_json(&entries[i], mem));
		else
			json_array_append_new(contacts, contact_json(&entries[i], mem));
	input = json_pack("{s:s, s:I, s:I, s:o, s:o}", "gate", name, "from", (json_int_t)from, "to", (json_int_t)to,
		"contacts", contacts, "strangers", strangers);
	done = acts_perform(context->acts, mem, &CALLER, "take-in-contacts", input, &answer, NULL, error);
	json_decref(input);
	return done;
}

gboolean job_journal(const JobContext *context, Arena *mem, gboolean *ret_more, GError **error)
{
	const char *name;
	GateEntry *entries;
	gint64 taken, to;
	gsize n;

	if (context->journal_dir == NULL)
		return TRUE;
	if (!gate_journal_name(context->journal_dir, mem, &name, error) ||
		!read_taken(context, mem, name, &taken, error) ||
		!gate_journal_read_after(context->journal_dir, taken, BATCH, mem, &entries, &n, &to, NULL, error))
		return FALSE;
	if (n == 0)
		return TRUE;
	*ret_more = n == BATCH;
	return take_in(context, mem, name, taken, to, entries, n, error) &&
	       gate_journal_forget(context->journal_dir, to, error);
}
