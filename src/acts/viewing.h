/* viewing.h: who looked at what (K4). Looking is no act, and pages are looked at far more often than acts are done:
 * viewings that come together are committed together, as rows of their own table and one entry of the record, `view`,
 * whose content lists them, so that the chain covers them.
 *
 * The first to come commits for all who come while the commit before is under way; nobody waits for company. Safe from
 * several threads; a caller waits until its own are committed, so it must not hold a transaction. */
#pragma once

#include "store/store.h"

typedef struct {
	Instant at;
	const char *actor;   /* user name */
	const char *subject; /* reference of the customer or casefile, or what list it was */
	const char *what;    /* "show R-2026-000012"; no personal text, since a viewing is never disposed of */
} Viewing;

typedef struct Viewings Viewings;

Viewings *viewings_new(Store *store); /* store: borrowed */
void viewings_free(Viewings *viewings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Viewings, viewings_free)

/* Committed when it gives TRUE. An error is everybody's whose viewings were committed together. */
gboolean viewings_add(Viewings *viewings, const Viewing *list, gsize n, GError **error) MUST_CHECK;
