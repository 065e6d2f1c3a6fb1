/* pool.c: who gets which connection, and who waits. */
#include "store/pool.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>

#define WAIT_SECONDS 10

/* One thread that waits; lives on its stack. */
typedef struct Waiter {
	pthread_cond_t ready;
	gboolean served; /* with given, or, where that is NULL, with the right to open one */
	Connection *given;
	struct Waiter *next;
} Waiter;

struct Pool {
	const Engine *engine;
	const char *target;
	TxMode mode;
	guint max;

	pthread_mutex_t lock; /* guards all that follows */
	guint n;              /* open, or being opened */
	Connection *idle;
	Waiter *first;
	Waiter *last;
};

Pool *pool_new(const Engine *engine, const char *target, TxMode mode, guint max)
{
	Pool *pool = g_new0(Pool, 1);

	*pool = (Pool){.engine = engine, .target = target, .mode = mode, .max = max};
	pthread_mutex_init(&pool->lock, NULL);
	return pool;
}

void pool_free(Pool *pool)
{
	if (pool == NULL)
		return;
	while (pool->idle != NULL) {
		Connection *connection = pool->idle;

		pool->idle = connection->next;
		pool->engine->close(connection);
		pool->n--;
	}
	g_assert(pool->n == 0 && pool->first == NULL);
	pthread_mutex_destroy(&pool->lock);
	g_free(pool);
}

static void serve_first(Pool *pool, Connection *connection)
{
	Waiter *waiter = pool->first;

	pool->first = waiter->next;
	if (pool->first == NULL)
		pool->last = NULL;
	waiter->served = TRUE;
	waiter->given = connection;
	pthread_cond_signal(&waiter->ready);
}

static void leave_queue(Pool *pool, const Waiter *waiter)
{
	Waiter *before = NULL;

	for (Waiter *w = pool->first; w != waiter; w = w->next)
		before = w;
	*(before != NULL ? &before->next : &pool->first) = waiter->next;
	if (pool->last == waiter)
		pool->last = before;
}

/* With the lock held. FALSE when nobody served us in time. */
static gboolean wait_in_queue(Pool *pool, Connection **ret_given)
{
	Waiter me = {.served = FALSE};
	pthread_condattr_t attr;
	struct timespec until;
	int status = 0;

	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&me.ready, &attr);
	pthread_condattr_destroy(&attr);
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += WAIT_SECONDS;
	*(pool->last != NULL ? &pool->last->next : &pool->first) = &me;
	pool->last = &me;
	while (!me.served && status != ETIMEDOUT)
		status = pthread_cond_timedwait(&me.ready, &pool->lock, &until);
	if (!me.served)
		leave_queue(pool, &me);
	pthread_cond_destroy(&me.ready);
	*ret_given = me.given;
	return me.served;
}

/* A place of the pool became free, with no connection in it. */
static void free_place(Pool *pool)
{
	pthread_mutex_lock(&pool->lock);
	if (pool->first != NULL)
		serve_first(pool, NULL);
	else
		pool->n--;
	pthread_mutex_unlock(&pool->lock);
}

gboolean pool_take(Pool *pool, gboolean create, Connection **ret_connection, GError **error)
{
	Connection *connection = NULL;
	gboolean served = TRUE;

	pthread_mutex_lock(&pool->lock);
	if (pool->idle != NULL) {
		connection = pool->idle;
		pool->idle = connection->next;
	} else if (pool->n < pool->max) {
		pool->n++;
	} else {
		served = wait_in_queue(pool, &connection);
	}
	pthread_mutex_unlock(&pool->lock);

	if (!served)
		return unavailable(error, "The database is busy: no connection became free in %d seconds. Try again.",
			WAIT_SECONDS);
	if (connection == NULL && !pool->engine->open(pool->target, pool->mode, create, &connection, error)) {
		free_place(pool);
		return FALSE;
	}
	*ret_connection = connection;
	return TRUE;
}

void pool_give(Pool *pool, Connection *connection)
{
	if (connection->lost) {
		pool->engine->close(connection);
		free_place(pool);
		return;
	}
	pthread_mutex_lock(&pool->lock);
	if (pool->first != NULL) {
		serve_first(pool, connection);
	} else {
		connection->next = pool->idle;
		pool->idle = connection;
	}
	pthread_mutex_unlock(&pool->lock);
}
