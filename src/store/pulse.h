/* pulse.h: the pulse as the store keeps it; nobody outside this folder includes it. */
#pragma once

#include "store/store.h"

#include <pthread.h>
#include <stdatomic.h>

typedef struct {
	pthread_mutex_t lock; /* guards seen and at */
	StorePulse seen;
	gint64 at; /* of the last look that came back; monotonic */
	atomic_bool write_failed;
} Pulse;

void pulse_init(Pulse *pulse);
void pulse_clear(Pulse *pulse);
/* A transaction that writes was committed, or the database could not do it. */
void pulse_note_write(Pulse *pulse, gboolean done);
Pulse *store_pulse_of(Store *store); /* store.c */
