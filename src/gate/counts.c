/* counts.c: sets of contact ids by allowance. Periods are core's (slots.h); keeping uses for good is the journal's. */
#include "gate/counts.h"

#include <pthread.h>

struct GateCounts {
	pthread_mutex_t mutex;
	GHashTable *uses; /* allowance → set of contact ids */
};

#define KEY_MAX 128

static void write_key(char out[KEY_MAX], const char *arrangement, gsize restriction, gsize slot, gint64 period_key)
{
	g_snprintf(out, KEY_MAX, "%.60s %zu %zu %" G_GINT64_FORMAT, arrangement, restriction, slot, period_key);
}

GateCounts *gate_counts_new(void)
{
	GateCounts *counts = g_new0(GateCounts, 1);

	pthread_mutex_init(&counts->mutex, NULL);
	counts->uses = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
	return counts;
}

void gate_counts_free(GateCounts *counts)
{
	if (counts == NULL)
		return;
	g_hash_table_unref(counts->uses);
	pthread_mutex_destroy(&counts->mutex);
	g_free(counts);
}

/* Under the mutex. */
static gint64 count_others(const GateCounts *counts, const char *key, const char *contact_id)
{
	GHashTable *ids = g_hash_table_lookup(counts->uses, key);
	gint64 n = ids != NULL ? (gint64)g_hash_table_size(ids) : 0;

	return n > 0 && contact_id != NULL && g_hash_table_contains(ids, contact_id) ? n - 1 : n;
}

static void add(GateCounts *counts, const char *key, const char *contact_id)
{
	GHashTable *ids = g_hash_table_lookup(counts->uses, key);

	if (ids == NULL) {
		ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		g_hash_table_insert(counts->uses, g_strdup(key), ids);
	}
	g_hash_table_add(ids, g_strdup(contact_id));
}

gint64 gate_counts_get(
	const void *counts_for, const Arrangement *arrangement, gsize restriction, gsize slot, gint64 period_key)
{
	const GateCountsFor *asked = counts_for;
	char key[KEY_MAX];
	gint64 n;

	write_key(key, arrangement->ref, restriction, slot, period_key);
	pthread_mutex_lock(&asked->counts->mutex);
	n = count_others(asked->counts, key, asked->contact_id);
	pthread_mutex_unlock(&asked->counts->mutex);
	return n;
}

gboolean gate_counts_use(GateCounts *counts, const char *contact_id, const VerdictAnswer *answer)
{
	char keys[VERDICT_REASONS_MAX][KEY_MAX];
	gboolean left = TRUE;

	for (gsize i = 0; i < answer->n_uses; i++)
		write_key(keys[i], answer->uses[i].arrangement->ref, answer->uses[i].restriction, answer->uses[i].slot,
			answer->uses[i].period_key);
	pthread_mutex_lock(&counts->mutex);
	for (gsize i = 0; i < answer->n_uses && left; i++) {
		const Restriction *restriction =
			&answer->uses[i].arrangement->restrictions[answer->uses[i].restriction];
		int calls = restriction->slots[answer->uses[i].slot].calls;

		left = calls == 0 || count_others(counts, keys[i], contact_id) < calls;
	}
	for (gsize i = 0; i < answer->n_uses && left; i++)
		add(counts, keys[i], contact_id);
	pthread_mutex_unlock(&counts->mutex);
	return left;
}

void gate_counts_add(GateCounts *counts, const char *contact_id, const char *arrangement, gsize restriction, gsize slot,
	gint64 period_key)
{
	char key[KEY_MAX];

	write_key(key, arrangement, restriction, slot, period_key);
	pthread_mutex_lock(&counts->mutex);
	add(counts, key, contact_id);
	pthread_mutex_unlock(&counts->mutex);
}

void gate_counts_give_back(GateCounts *counts, const char *contact_id)
{
	GHashTableIter iter;
	gpointer ids;

	pthread_mutex_lock(&counts->mutex);
	g_hash_table_iter_init(&iter, counts->uses);
	while (g_hash_table_iter_next(&iter, NULL, &ids))
		g_hash_table_remove(ids, contact_id);
	pthread_mutex_unlock(&counts->mutex);
}
