/* askers.h: whose token was accepted. While the database is gone nobody's token can be looked up; who had been accepted
 * may still ask the gate, which knows how long its snapshot may be used (the pack's stale_after). */
#pragma once

#include <glib.h>
#include <pthread.h>

enum { ASKERS_MAX = 64, ASKER_HASH = 32 };

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
gboolean askers_know(Askers *askers, const char *token);
