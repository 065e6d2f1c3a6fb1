/* askers.h: whose token was accepted lately. The gate's question over the API needs no look-up in the database for each
 * contact, and is answered while the database is gone too (the gate itself knows how long its snapshot may be used: the
 * pack's stale_after). A token that was ended may ask for at most ASKER_SECONDS more. */
#pragma once

#include <glib.h>
#include <pthread.h>

enum { ASKERS_MAX = 64, ASKER_HASH = 32, ASKER_SECONDS = 60 };

typedef struct {
	pthread_mutex_t lock;
	guint8 hashes[ASKERS_MAX][ASKER_HASH]; /* SHA-256 of the tokens; the oldest gives way */
	gint64 accepted[ASKERS_MAX];           /* monotonic microseconds */
	gsize n, next;
} Askers;

#define ASKERS_INIT                                                                                                    \
	{                                                                                                              \
		.lock = PTHREAD_MUTEX_INITIALIZER                                                                      \
	}

void askers_remember(Askers *askers, const char *token);
void askers_forget(Askers *askers, const char *token);
/* Accepted at any time; *ret_lately (may be NULL): within ASKER_SECONDS. */
gboolean askers_know(Askers *askers, const char *token, gboolean *ret_lately);
