/* askers.c: whose token was accepted. */
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

	hash_of(token, hash);
	pthread_mutex_lock(&askers->lock);
	if (find(askers, hash) == ASKERS_MAX) {
		memcpy(askers->hashes[askers->next], hash, ASKER_HASH);
		askers->next = (askers->next + 1) % ASKERS_MAX;
		askers->n = MIN(askers->n + 1, ASKERS_MAX);
	}
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

gboolean askers_know(Askers *askers, const char *token)
{
	guint8 hash[ASKER_HASH];
	gboolean known;

	hash_of(token, hash);
	pthread_mutex_lock(&askers->lock);
	known = find(askers, hash) != ASKERS_MAX;
	pthread_mutex_unlock(&askers->lock);
	return known;
}
