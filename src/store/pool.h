/* pool.h: a bounded set of connections, handed out in the order of asking.
 *
 * pthreads, not GLib's locks: the thread sanitizer sees into the first only. */
#pragma once

#include "store/engine.h"

typedef struct Pool Pool;

/* Opens nothing yet. target is borrowed and must outlive the pool. */
Pool *pool_new(const Engine *engine, const char *target, TxMode mode, guint max);
void pool_free(Pool *pool); /* all connections must have been given back */

/* Waits at most ten seconds for a connection, then unavailable. create: see Engine.open. */
gboolean pool_take(Pool *pool, gboolean create, Connection **ret_connection, GError **error) MUST_CHECK;
void pool_give(Pool *pool, Connection *connection);
