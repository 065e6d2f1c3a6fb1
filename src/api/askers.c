/* askers.c: whose token was accepted lately. */
#include "api/askers.h"

#include "base/bytes.h"

#include <string.h>

static void hash_of(const char *token, guint8 *ret_hash)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	gsize size = ASKER_HASH;

	g_checksum_update(sum, (const guchar *)token, (gssize)strlen(token));
	g_checksum_get_digest(sum, ret_hash, &size);
}

/* Under the lock: its place, or ASKERS_MAX. */
static gsize find(const Askers *askers, const guint8 *hash)
{
	for (gsize i = 0; i < askers->n; i++)
		if (bytes_equal(askers->hashes[i], hash, ASKER_HASH))
			return i;
	return ASKERS_MAX;
}

void askers_remember(Askers *askers, const char *token)
{
	guint8 hash[ASKER_HASH];
	gsize place;

	hash_of(token, hash);
	pthread_mutex_lock(&askers->lock);
	place = find(askers, hash);
	if (place == ASKERS_MAX) {
		place = askers->next;
		memcpy(askers->hashes[place], hash, ASKER_HASH);
		askers->next = (askers->next + 1) % ASKERS_MAX;
		askers->n = MIN(askers->n + 1, ASKERS_MAX);
	}
	askers->accepted[place] = g_get_monotonic_time();
	pthread_mutex_unlock(&askers->lock);
}

void askers_forget(Askers *askers, const char *token)
{
	guint8 hash[ASKER_HASH];
	gsize place;

	hash_of(token, hash);
	pthread_mutex_lock(&askers->lock);
	place = find(askers, hash);
	if (place != ASKERS_MAX)
		bytes_random(askers->hashes[place], ASKER_HASH);
	pthread_mutex_unlock(&askers->lock);
}

gboolean askers_know(Askers *askers, const char *token, gboolean *ret_lately)
{
	guint8 hash[ASKER_HASH];
	gsize place;

	hash_of(token, hash);
	pthread_mutex_lock(&askers->lock);
	place = find(askers, hash);
	if (ret_lately != NULL)
		*ret_lately = place != ASKERS_MAX &&
			      g_get_monotonic_time() - askers->accepted[place] < ASKER_SECONDS * G_USEC_PER_SEC;
	pthread_mutex_unlock(&askers->lock);
	return place != ASKERS_MAX;
}
