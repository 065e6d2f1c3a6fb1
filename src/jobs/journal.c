/* journal.c: takes the gate's journal in, a batch an act, and clears away what was taken. What becomes of an entry
 * stands in acts/journal.c. */
#include "acts/journal.h"

#include "base/identifier.h"
#include "gate/journal.h"
#include "jobs/run.h"

#include <string.h>

enum { ENTRIES_A_BATCH = 500, BATCHES_A_RUN = 20 };

/* What an asker sent is kept as it came, but for what no text may hold; it is never a reason to stop. */
static void set_text(json_t *object, const char *name, const char *text, gsize max)
{
	g_autofree char *clean = NULL;
	gsize length;

	if (text == NULL)
		return;
	clean = g_utf8_make_valid(text, (gssize)strnlen(text, max - 1));
	for (char *c = clean; *c != '\0'; c++)
		if (g_ascii_iscntrl(*c))
			*c = '?';
	length = strlen(clean);
	if (length >= max) /* what replaced wrong bytes is longer than they were */
		*g_utf8_find_prev_char(clean, clean + max - 1) = '\0';
	if (!text_is_storable(clean, strlen(clean), FALSE))
		return;
	json_object_set_new(object, name, json_string(clean));
}

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
	json_t *contact = json_pack("{s:s, s:s, s:s, s:s, s:o}", "channel", channel_name(entry->channel), "direction",
		direction_name(entry->direction), "verdict", verdict_name(entry->verdict), "at",
		instant_format(mem, entry->at), "uses", uses_json(entry));

	set_text(contact, "contact_id", entry->contact_id, IDENTIFIER_MAX);
	set_text(contact, "identifier", entry->identifier, IDENTIFIER_MAX);
	set_text(contact, "customer", entry->customer, 40);
	set_text(contact, "door", entry->door, IDENTIFIER_MAX);
	set_text(contact, "matter", entry->matter, 40);
	set_text(contact, "purpose", entry->purpose, 100);
	set_text(contact, "item", entry->item, 100);
	if (entry->reasons != NULL)
		json_object_set_new(contact, "reasons", json_string(entry->reasons));
	return contact;
}

static json_t *batch_json(const char *gate, gint64 from, gint64 position, const GateEntry *entries, gsize n, Arena *mem)
{
	json_t *contacts = json_array(), *strangers = json_array();

	for (gsize i = 0; i < n; i++)
		if (entries[i].stranger)
			json_array_append_new(strangers,
				json_pack("{s:s, s:s, s:s}", "hash", entries[i].hash, "channel",
					channel_name(entries[i].channel), "at", instant_format(mem, entries[i].at)));
		else
			json_array_append_new(contacts, contact_json(&entries[i], mem));
	return json_pack("{s:s, s:I, s:I, s:o, s:o}", "gate", gate, "from", (json_int_t)from, "position",
		(json_int_t)position, "contacts", contacts, "strangers", strangers);
}

static gboolean take_in(JobRun *run, const char *gate, gint64 from, gint64 position, const GateEntry *entries, gsize n,
	Arena *mem, GError **error)
{
	ActAnswer answer;
	json_t *json = batch_json(gate, from, position, entries, n, mem);
	gboolean done = acts_perform(run->acts, mem, &run->caller, "take-in-contacts", json, &answer, NULL, error);

	json_decref(json);
	return done;
}

/* One batch; *ret_more where there may be another. */
static gboolean take_batch(JobRun *run, const char *gate, gint64 *position, gboolean *ret_more, GError **error)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	const char *dir = run->settings->journal_dir;
	GateEntry *entries;
	gint64 next;
	gsize n;

	if (!gate_journal_read_after(dir, *position, ENTRIES_A_BATCH, mem, &entries, &n, &next, NULL, error))
		return FALSE;
	*ret_more = n == ENTRIES_A_BATCH;
	if (n == 0)
		return TRUE;
	if (!take_in(run, gate, *position, next, entries, n, mem, error))
		return FALSE;
	*position = next;
	return gate_journal_forget(dir, next, error);
}

gboolean job_journal(JobRun *run, GError **error)
{
	g_autoptr(GError) none = NULL;
	const char *gate;
	gint64 position;
	gboolean more = TRUE;

	if (run->settings->journal_dir == NULL)
		return TRUE;
	if (!gate_journal_name(run->settings->journal_dir, run->mem, &gate, &none))
		return TRUE; /* no gate has written here yet */
	if (!journal_taken(run->acts, run->mem, gate, &position, error))
		return FALSE;
	for (int i = 0; more && i < BATCHES_A_RUN; i++)
		if (!take_batch(run, gate, &position, &more, error))
			return FALSE;
	return TRUE;
}

gboolean job_strangers(JobRun *run, GError **error)
{
	return journal_forget_strangers(run->acts, error);
}
