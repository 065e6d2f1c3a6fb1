/* packs.c: the program's room for acts: the database's packs, read once and kept, and the clock. */
#include "acts/acts.h"
#include "acts/run.h"
#include "acts/viewing.h"

#include <pthread.h>
#include <string.h>

/* A pack as it was read, with the zone of its organisation. */
typedef struct KeptPack KeptPack;
struct KeptPack {
	char *label;
	Arena *mem;
	Pack *pack;
	Zone *zone;
	KeptPack *next;
};

struct Acts {
	Store *store;
	gboolean demo;
	Viewings *viewings;
	pthread_mutex_t lock; /* guards `kept` */
	KeptPack *kept;
};

enum { PACK_MEMORY_MAX = 64 << 20 };

Acts *acts_new(Store *store, GError **error)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autoptr(Tx) tx = NULL;
	MetaGetRow *demo = NULL;
	Acts *acts;

	if (!store_read(store, &tx, error) || !sql_meta_get(tx, mem, "demo", &demo, error))
		return NULL;
	acts = g_new0(Acts, 1);
	acts->store = store;
	acts->demo = demo != NULL;
	acts->viewings = viewings_new(store);
	pthread_mutex_init(&acts->lock, NULL);
	return acts;
}

void acts_free(Acts *acts)
{
	if (acts == NULL)
		return;
	while (acts->kept != NULL) {
		KeptPack *kept = acts->kept;

		acts->kept = kept->next;
		arena_free(kept->mem);
		zone_free(kept->zone);
		g_free(kept->label);
		g_free(kept);
	}
	viewings_free(acts->viewings);
	pthread_mutex_destroy(&acts->lock);
	g_free(acts);
}

Store *acts_store(Acts *acts)
{
	return acts->store;
}

Viewings *acts_viewings(Acts *acts)
{
	return acts->viewings;
}

gboolean acts_is_demo(Acts *acts)
{
	return acts->demo;
}

gboolean acts_clock_offset(Acts *acts, Tx *tx, gint64 *ret_offset, GError **error)
{
	const gint64 most = USEC_PER_DAY * 366 * 100;
	g_autoptr(Arena) mem = NULL;
	MetaGetRow *offset = NULL;

	*ret_offset = 0;
	if (!acts->demo)
		return TRUE;
	mem = arena_new(ARENA_REQUEST_MAX);
	if (!sql_meta_get(tx, mem, "clock_offset", &offset, error))
		return FALSE;
	return offset == NULL || g_ascii_string_to_signed(offset->value, 10, -most, most, ret_offset, NULL) ||
	       bug(error, "The demonstration's stored time cannot be read.");
}

gboolean acts_mark_demo(Acts *acts, GError **error)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autoptr(Tx) tx = NULL;
	HeadRow *head = NULL;

	if (!store_write(acts->store, &tx, error) || !sql_record_head(tx, mem, &head, error))
		return FALSE;
	if (head->number > 0)
		return conflict(error, acts->demo
					       ? "The demonstration is there already. --fresh makes it anew."
					       : "This database is in use and is no demonstration. Name another one.");
	if (!acts->demo && (!sql_meta_add(tx, "demo", "yes", error) || !store_commit(&tx, error)))
		return FALSE;
	acts->demo = TRUE;
	return TRUE;
}

Instant acts_now(Acts *acts)
{
	g_autoptr(Tx) tx = NULL;
	gint64 offset = 0;

	if (acts->demo && (!store_read(acts->store, &tx, NULL) || !acts_clock_offset(acts, tx, &offset, NULL)))
		offset = 0;
	return when_now() + offset;
}

gboolean acts_set_clock(Acts *acts, Instant at, GError **error)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autoptr(Tx) tx = NULL;
	HeadRow *head = NULL;

	if (!acts->demo)
		return refuse(error, "K3", "The time can be set only in a demonstration database.");
	if (!instant_check(at, "time", error) || !store_write(acts->store, &tx, error) ||
		!sql_record_head(tx, mem, &head, error))
		return FALSE;
	if (head->number > 0 && at < head->recorded_at)
		return refuse(error, "K3", "The record's last entry is of %s. Give a time that is not before it.",
			instant_format(mem, head->recorded_at));
	return sql_meta_set(tx, "clock_offset", arena_printf(mem, "%" G_GINT64_FORMAT, at - when_now()), error) &&
	       store_commit(&tx, error);
}

static KeptPack *kept_pack(Acts *acts, const char *label)
{
	KeptPack *kept;

	pthread_mutex_lock(&acts->lock);
	for (kept = acts->kept; kept != NULL && !g_str_equal(kept->label, label); kept = kept->next)
		;
	pthread_mutex_unlock(&acts->lock);
	return kept;
}

/* Reads a pack's bytes from the database. NULL with an error. */
static KeptPack *read_pack(Tx *tx, const char *label, GError **error)
{
	g_autoptr(Arena) bytes = arena_new(PACK_MEMORY_MAX);
	PackFilesRow *rows;
	PackFiles files = {0};
	PackProblems problems = {0};
	KeptPack *kept;
	gsize n;

	if (!sql_pack_files(tx, bytes, label, &rows, &n, error))
		return NULL;
	if (n == 0) {
		not_found(error,
			"There is no policy pack '%s' in this database. Adopt it with 'evenhand policy adopt'.", label);
		return NULL;
	}
	kept = g_new0(KeptPack, 1);
	kept->mem = arena_new(PACK_MEMORY_MAX);
	files.files = arena_array(kept->mem, PackFile, n);
	files.n = n;
	for (gsize i = 0; i < n; i++) {
		char *copy = arena_strndup(kept->mem, rows[i].bytes.data, rows[i].bytes.length);

		files.files[i] = (PackFile){
			.path = arena_strdup(kept->mem, rows[i].path), .bytes = copy, .length = rows[i].bytes.length};
	}
	pack_read(&files, kept->mem, &kept->pack, &problems);
	if (problems.n > 0)
		bug(error, "The adopted pack '%s' is refused by this program: %s", label, problems.lines[0]);
	else
		kept->zone = zone_new(pack_policy(kept->pack)->organisation.time_zone, error);
	if (kept->zone == NULL) {
		arena_free(kept->mem);
		g_free(kept);
		return NULL;
	}
	kept->label = g_strdup(label);
	return kept;
}

/* Keeps it, unless another thread was first. */
static KeptPack *keep_pack(Acts *acts, KeptPack *read)
{
	KeptPack *kept;

	pthread_mutex_lock(&acts->lock);
	for (kept = acts->kept; kept != NULL && !g_str_equal(kept->label, read->label); kept = kept->next)
		;
	if (kept == NULL) {
		read->next = acts->kept;
		acts->kept = kept = read;
	}
	pthread_mutex_unlock(&acts->lock);
	if (kept != read) {
		arena_free(read->mem);
		zone_free(read->zone);
		g_free(read->label);
		g_free(read);
	}
	return kept;
}

static KeptPack *find_pack(Acts *acts, Tx *tx, const char *label, GError **error)
{
	KeptPack *kept = kept_pack(acts, label);

	if (kept == NULL) {
		kept = read_pack(tx, label, error);
		if (kept != NULL)
			kept = keep_pack(acts, kept);
	}
	return kept;
}

const Pack *acts_pack_in(Acts *acts, Tx *tx, const char *label, GError **error)
{
	const KeptPack *kept = find_pack(acts, tx, label, error);

	return kept != NULL ? kept->pack : NULL;
}

const Pack *acts_pack(Acts *acts, const char *label, GError **error)
{
	const KeptPack *kept = kept_pack(acts, label);
	g_autoptr(Tx) tx = NULL;

	if (kept != NULL)
		return kept->pack;
	return store_read(acts->store, &tx, error) ? acts_pack_in(acts, tx, label, error) : NULL;
}

const Pack *acts_pack_at(Acts *acts, Tx *tx, Instant at, GError **error)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	const Day utc = (Day)(at / USEC_PER_DAY);

	/* Which day it is there, only the pack says: tomorrow's may have come already, or today's not yet. */
	for (Day day = utc + 1; day >= utc - 1; day--) {
		PackRow *row = NULL;
		const KeptPack *kept;

		if (!sql_pack_on_day(tx, mem, day, &row, error))
			return NULL;
		if (row == NULL)
			break;
		kept = find_pack(acts, tx, row->label, error);
		if (kept == NULL)
			return NULL;
		if (row->in_force <= zone_day(kept->zone, at))
			return kept->pack;
	}
	not_found(error, "No policy pack is in force. Adopt one with 'evenhand policy adopt DIR'; nothing can be done "
			 "without a policy.");
	return NULL;
}

const Zone *acts_pack_zone(Acts *acts, const Pack *pack)
{
	const Zone *zone = NULL;

	pthread_mutex_lock(&acts->lock);
	for (const KeptPack *kept = acts->kept; kept != NULL; kept = kept->next)
		if (kept->pack == pack)
			zone = kept->zone;
	pthread_mutex_unlock(&acts->lock);
	return zone;
}
