/* record.c: adding to the record, and the one hash of an entry. Checking the whole is record_verify.c's. */
#include "store/record.h"

#include "store/record_hash.h"
#include "store/statements.h"
#include "store/tx.h"

#include <string.h>

#define HEX 64

static void hash_field(GChecksum *sum, const char *field)
{
	guint64 length = field != NULL ? strlen(field) : 0;
	guint64 big_endian = GUINT64_TO_BE(length);

	g_checksum_update(sum, (const guchar *)&big_endian, sizeof big_endian);
	g_checksum_update(sum, (const guchar *)field, (gssize)length);
}

char *record_content_hash(Arena *mem, const void *salt, gsize salt_length, const char *content)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

	g_checksum_update(sum, salt, (gssize)salt_length);
	g_checksum_update(sum, (const guchar *)content, (gssize)strlen(content));
	return arena_strdup(mem, g_checksum_get_string(sum));
}

char *record_entry_hash(Arena *mem, const char *previous, const EntryRow *entry)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	guint8 bytes[HEX / 2];

	for (gsize i = 0; i < sizeof bytes; i++)
		bytes[i] = (guint8)(g_ascii_xdigit_value(previous[2 * i]) << 4 |
				    g_ascii_xdigit_value(previous[2 * i + 1]));
	g_checksum_update(sum, bytes, sizeof bytes);
	hash_field(sum, arena_printf(mem, "%" G_GINT64_FORMAT, entry->number));
	hash_field(sum, arena_printf(mem, "%" G_GINT64_FORMAT, entry->recorded_at));
	hash_field(sum, entry->actor);
	hash_field(sum, entry->via);
	hash_field(sum, entry->act);
	hash_field(sum, entry->casefile);
	hash_field(sum, entry->subject);
	hash_field(sum, entry->pack);
	hash_field(sum, entry->content_hash);
	return arena_strdup(mem, g_checksum_get_string(sum));
}

gboolean record_is_hash(const char *text)
{
	return text != NULL && strlen(text) == HEX && strspn(text, "0123456789abcdef") == HEX;
}

gboolean store_head(Tx *tx, Arena *mem, gint64 *ret_number, const char **ret_hash, GError **error)
{
	HeadRow *head;

	if (!sql_record_head(tx, mem, &head, error))
		return FALSE;
	if (head == NULL || !record_is_hash(head->hash))
		return unavailable(error, "The database has no head of its record. Bring back the last backup.");
	*ret_number = head->number;
	*ret_hash = head->hash;
	return TRUE;
}

gboolean record_append(
	Tx *tx, Arena *mem, const RecordEntry *entry, gint64 *ret_number, const char **ret_hash, GError **error)
{
	Blob salt = {entry->salt, sizeof entry->salt};
	const char *content = arena_strndup(mem, entry->content, entry->content_length);
	HeadRow *head;
	HeadRow next;
	EntryRow row = {
		.recorded_at = entry->recorded_at,
		.actor = entry->actor,
		.via = entry->via,
		.act = entry->act,
		.casefile = entry->casefile,
		.subject = entry->subject,
		.pack = entry->pack,
	};
	gint64 moved;

	if (strlen(content) != entry->content_length || !g_utf8_validate(content, -1, NULL))
		return bug(error, "The content of a record entry is no UTF-8 text.");
	if (!tx_claim_entry(tx, error) || !sql_record_head(tx, mem, &head, error))
		return FALSE;
	if (entry->recorded_at < head->recorded_at)
		return refuse(error, "K3", "The time %s is before the record's last entry (%s). Check the clock.",
			instant_format(mem, entry->recorded_at), instant_format(mem, head->recorded_at));
	row.number = head->number + 1;
	row.content_hash = record_content_hash(mem, salt.data, salt.length, content);
	row.hash = record_entry_hash(mem, head->hash, &row);
	next = (HeadRow){.number = row.number, .recorded_at = row.recorded_at, .hash = row.hash};
	if (!sql_record_add(tx, &row, error) || !sql_record_content_add(tx, row.number, salt, content, error) ||
		!sql_record_head_move(tx, &next, &moved, error))
		return FALSE;
	*ret_number = row.number;
	*ret_hash = row.hash;
	return TRUE;
}

gboolean record_dispose(Tx *tx, gint64 entry, const gint64 *numbers, gsize n, GError **error)
{
	gint64 gone;

	for (gsize i = 0; i < n; i++)
		if (!sql_disposed_add(tx, numbers[i], entry, error) ||
			!sql_record_content_delete(tx, numbers[i], &gone, error))
			return FALSE;
	return TRUE;
}
