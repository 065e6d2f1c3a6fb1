/* record_verify.c: reads the whole record in pieces and names the first entry that does not fit. Adding to it is
 * record.c's. */
#include "store/record.h"

#include "store/record_hash.h"
#include "store/statements.h"

#include <jansson.h>
#include <string.h>

#define PIECE 50 /* entries at a time: contents may be large */

typedef struct {
	Tx *tx;
	Arena *mem; /* the caller's: for the verdict */
	gint64 kept_number;
	const char *kept_hash;
	RecordVerdict verdict;
	char last_hash[65];

	gint64 dispose_entry; /* the dispose entry whose numbers are at hand; 0: none */
	GHashTable *numbers;  /* of gint64 */
} Check;

/* Always FALSE: the check ends here. */
static gboolean broken(Check *check, gint64 number, const char *format, ...) G_GNUC_PRINTF(3, 4);

static gboolean broken(Check *check, gint64 number, const char *format, ...)
{
	va_list args;
	g_autofree char *what = NULL;

	va_start(args, format);
	what = g_strdup_vprintf(format, args);
	va_end(args);
	check->verdict.broken_at = number;
	check->verdict.what = arena_strdup(check->mem, what);
	return FALSE;
}

static void read_numbers(Check *check, const char *content)
{
	json_t *root = json_loads(content, 0, NULL);
	json_t *list = json_object_get(root, "numbers");
	json_t *item;
	size_t i;

	json_array_foreach(list, i, item)
	{
		gint64 number = json_integer_value(item);

		g_hash_table_add(check->numbers, g_memdup2(&number, sizeof number));
	}
	json_decref(root);
}

/* Whether a dispose entry accounts for the absent content of a number. FALSE only with *error. */
static gboolean is_disposed(
	Check *check, Arena *mem, gint64 number, gint64 entry, gboolean *ret_disposed, GError **error)
{
	EntryRow *by;
	RecordContentRow *content;

	*ret_disposed = FALSE;
	if (entry <= number) /* also where there is none */
		return TRUE;
	if (check->dispose_entry != entry) {
		check->dispose_entry = entry;
		g_hash_table_remove_all(check->numbers);
		if (!sql_record_entry(check->tx, mem, entry, &by, error) ||
			!sql_record_content(check->tx, mem, entry, &content, error))
			return FALSE;
		if (by != NULL && content != NULL && g_str_equal(by->act, "dispose"))
			read_numbers(check, content->content);
	}
	*ret_disposed = g_hash_table_contains(check->numbers, &number);
	return TRUE;
}

/* FALSE where the entry does not fit (the verdict says so) or with *error. */
static gboolean check_content(Check *check, Arena *mem, const RecordVerifyPageRow *row, GError **error)
{
	gboolean disposed;

	if (row->content != NULL)
		return g_str_equal(record_content_hash(mem, row->salt.data, row->salt.length, row->content),
			       row->content_hash) ||
		       broken(check, row->number, "The content of entry %" G_GINT64_FORMAT " was changed.",
			       row->number);
	if (!is_disposed(check, mem, row->number, row->disposed_by, &disposed, error))
		return FALSE;
	if (!disposed)
		return broken(check, row->number,
			"The content of entry %" G_GINT64_FORMAT " is missing, and no dispose entry names it.",
			row->number);
	check->verdict.disposed++;
	return TRUE;
}

static gboolean check_entry(Check *check, Arena *mem, const RecordVerifyPageRow *row, GError **error)
{
	gint64 expected = check->verdict.head + 1;
	EntryRow entry = {
		.number = row->number,
		.recorded_at = row->recorded_at,
		.actor = row->actor,
		.via = row->via,
		.act = row->act,
		.casefile = row->casefile,
		.subject = row->subject,
		.pack = row->pack,
		.content_hash = row->content_hash,
	};

	if (row->number != expected)
		return broken(check, expected, "Entry %" G_GINT64_FORMAT " is missing.", expected);
	if (!g_str_equal(record_entry_hash(mem, check->last_hash, &entry), row->hash))
		return broken(check, row->number,
			"Entry %" G_GINT64_FORMAT " was changed or moved: its hash does not fit.", row->number);
	if (row->number == check->kept_number && !g_str_equal(row->hash, check->kept_hash))
		return broken(check, row->number,
			"Entry %" G_GINT64_FORMAT " is not the one of the kept head: the record was written anew.",
			row->number);
	if (!check_content(check, mem, row, error))
		return FALSE;
	g_strlcpy(check->last_hash, row->hash, sizeof check->last_hash);
	check->verdict.head = row->number;
	check->verdict.entries++;
	return TRUE;
}

/* TRUE when all pieces were read and fit. */
static gboolean check_entries(Check *check, GError **error)
{
	gsize n = PIECE;

	while (n == PIECE) {
		g_autoptr(Arena) mem = arena_new((gsize)1 << 30);
		RecordVerifyPageRow *rows;

		if (!sql_record_verify_page(check->tx, mem, check->verdict.head, PIECE, &rows, &n, error))
			return FALSE;
		for (gsize i = 0; i < n; i++)
			if (!check_entry(check, mem, &rows[i], error))
				return FALSE;
	}
	return TRUE;
}

static gboolean check_end(Check *check, GError **error)
{
	gint64 last = check->verdict.head;
	gint64 number;
	const char *hash;

	if (!store_head(check->tx, check->mem, &number, &hash, error))
		return FALSE;
	if (number > last || check->kept_number > last)
		return broken(check, last + 1,
			"Entry %" G_GINT64_FORMAT " is missing: the record was cut off after %" G_GINT64_FORMAT ".",
			last + 1, last);
	if (number < last)
		return broken(
			check, number + 1, "Entry %" G_GINT64_FORMAT " stands behind the record's head.", number + 1);
	return g_str_equal(hash, check->last_hash) ||
	       broken(check, last, "The record's head does not fit its last entry, %" G_GINT64_FORMAT ".", last);
}

/* Statements fit the schema that was checked before, so one that does not run means that somebody has changed the
 * record's tables: a verdict about the record, not a fault of the program. */
static gboolean cannot_be_read(Check *check, const GError *failure)
{
	if (!g_error_matches(failure, EVENHAND_ERROR, EVENHAND_ERROR_BUG))
		return FALSE;
	broken(check, check->verdict.head + 1,
		"It cannot be read from here on: a table of the record is missing or was changed (%s). Bring back the "
		"last "
		"backup, and keep this database to find out who did it.",
		failure->message);
	return TRUE;
}

gboolean record_verify(
	Store *store, Arena *mem, gint64 kept_number, const char *kept_hash, RecordVerdict *ret_verdict, GError **error)
{
	g_autoptr(Tx) tx = NULL;
	g_autoptr(GHashTable) numbers = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	g_autoptr(GError) failure = NULL;
	Check check = {.mem = mem, .kept_number = kept_number, .kept_hash = kept_hash, .numbers = numbers};

	if (kept_number > 0 && !record_is_hash(kept_hash))
		return invalid(error, "head", "Write the kept head as NUMBER:HASH, with 64 digits 0-9 and a-f.");
	if (!store_read(store, &tx, error))
		return FALSE;
	check.tx = tx;
	memset(check.last_hash, '0', sizeof check.last_hash - 1);
	if ((!check_entries(&check, &failure) || !check_end(&check, &failure)) && failure != NULL &&
		!cannot_be_read(&check, failure)) {
		g_propagate_error(error, g_steal_pointer(&failure));
		return FALSE;
	}
	check.verdict.head_hash = arena_strdup(mem, check.last_hash);
	*ret_verdict = check.verdict;
	return TRUE;
}
