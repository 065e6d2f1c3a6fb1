/* pulse.c: the looks at the database that /healthz tells of. What a failing write leaves here is store.c's. */
#include "store/pulse.h"

#include "store/statements.h"

#include <string.h>

#define SILENT_US (10 * USEC_PER_SEC)

void pulse_init(Pulse *pulse)
{
	pthread_mutex_init(&pulse->lock, NULL);
	pulse->seen = (StorePulse){.at = INSTANT_NONE, .error = "The database was not looked at yet."};
	memset(pulse->seen.hash, '0', 64);
	pulse->at = g_get_monotonic_time();
}

void pulse_clear(Pulse *pulse)
{
	pthread_mutex_destroy(&pulse->lock);
}

void pulse_note_write(Pulse *pulse, gboolean done)
{
	atomic_store_explicit(&pulse->write_failed, !done, memory_order_relaxed);
}

/* Whether what could not be written can be written again. */
static gboolean try_to_write(Store *store, GError **error)
{
	g_autoptr(Tx) tx = NULL;

	return store_write(store, &tx, error) && sql_meta_set(tx, "write_tried", "yes", error) &&
	       store_commit(&tx, error);
}

static gboolean look(
	Store *store, Arena *mem, gint64 *ret_number, const char **ret_hash, Instant *ret_at, GError **error)
{
	g_autoptr(Tx) tx = NULL;
	HeadRow *head = NULL;

	if (!store_read(store, &tx, error) || !store_head(tx, mem, ret_number, ret_hash, error) ||
		!sql_record_head(tx, mem, &head, error))
		return FALSE;
	*ret_at = head->recorded_at;
	g_clear_pointer(&tx, tx_end);
	return !atomic_load_explicit(&store_pulse_of(store)->write_failed, memory_order_relaxed) ||
	       try_to_write(store, error);
}

void store_beat(Store *store)
{
	Pulse *pulse = store_pulse_of(store);
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autoptr(GError) error = NULL;
	const char *hash = NULL;
	Instant at = INSTANT_NONE;
	gint64 number;
	gboolean works = look(store, mem, &number, &hash, &at, &error);

	pthread_mutex_lock(&pulse->lock);
	pulse->at = g_get_monotonic_time();
	pulse->seen.works = works;
	g_strlcpy(pulse->seen.error, works ? "" : error->message, sizeof pulse->seen.error);
	if (hash != NULL) {
		pulse->seen.number = number;
		pulse->seen.at = at;
		g_strlcpy(pulse->seen.hash, hash, sizeof pulse->seen.hash);
	}
	pthread_mutex_unlock(&pulse->lock);
}

void store_pulse(Store *store, StorePulse *ret_pulse)
{
	Pulse *pulse = store_pulse_of(store);
	gint64 silent;

	pthread_mutex_lock(&pulse->lock);
	*ret_pulse = pulse->seen;
	silent = g_get_monotonic_time() - pulse->at;
	pthread_mutex_unlock(&pulse->lock);
	if (silent > SILENT_US && ret_pulse->works) {
		ret_pulse->works = FALSE;
		g_snprintf(ret_pulse->error, sizeof ret_pulse->error,
			"The database has not answered for %" G_GINT64_FORMAT " seconds.", silent / USEC_PER_SEC);
	}
}
