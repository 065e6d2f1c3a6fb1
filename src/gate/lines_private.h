/* lines_private.h: the line protocols from within. lines.c has doors, threads and turns; connection.c has what is read
 * from and sent to one peer. */
#pragma once

#include "base/listen.h"
#include "gate/lines.h"
#include "gate/log.h"

#include <pthread.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stddef.h>

#define EVENTS_MAX 256
#define DOORS_MAX 16
#define THREADS_MAX 4
#define READ_SIZE ((gsize)64 << 10)

typedef struct Connection {
	struct Connection *previous, *next; /* of its thread's */
	int fd;
	const GateProtocol *protocol;
	char *in; /* the beginning of a request that is not whole */
	gsize in_length, scanned;
	char *out; /* what the peer has not taken yet */
	gsize out_length, out_sent;
	gsize turn_from, turn_to;     /* its answers in this turn */
	gint64 active_ms, request_ms; /* last heard of; when the request in `in` began */
	gboolean gone;
	alignas(max_align_t) guint8 state[]; /* the protocol's */
} Connection;

typedef struct {
	Lines *lines;
	pthread_t thread;
	int epoll;
	pthread_mutex_t mutex; /* the list: the first thread adds to it */
	Connection *connections;
	char *buffer;
	Connection *touched[EVENTS_MAX];
	gsize n_touched;
	GateTurn turn;
} LineThread;

typedef struct {
	Listener socket;
	char *path; /* of a Unix socket */
	const GateProtocol *protocol;
} LineDoor;

struct Lines {
	Gate *gate;
	LinesLimits limits;
	LineDoor doors[DOORS_MAX];
	guint n_doors;
	LineThread threads[THREADS_MAX];
	int n_threads;
	gboolean started;
	int stop;  /* an eventfd: the threads end */
	int spare; /* given up to accept and close one at the limit of open files */
	guint next_thread;
	_Atomic gint64 connections, refused, closed;
	_Atomic gint64 buffered;
	atomic_bool ending;
	GateLogLimit log_closed, log_refused, log_journal;
};

gint64 lines_now_ms(void);

/* A peer's connection, in the list of its thread. */
Connection *connection_new(LineThread *thread, int fd, const GateProtocol *protocol);
void connection_close(LineThread *thread, Connection *connection);
/* It ends with this turn, for a reason that is logged. */
void connection_give_up(LineThread *thread, Connection *connection, const char *why);
/* What epoll said is ready: takes what it sent, or sends on what it did not take. */
void connection_serve(LineThread *thread, Connection *connection);
/* Sends its answers of this turn. */
void connection_send(LineThread *thread, Connection *connection);
