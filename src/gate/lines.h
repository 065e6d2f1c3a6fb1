/* lines.h: protocols of lines over TCP and Unix sockets: a few threads, each with an epoll loop of its own.
 *
 * In a turn a thread reads what its connections sent, collects their answers, appends what must be kept to the journal
 * with one write, and only then sends. Limits: a request has at most 64 KiB and must be whole within ten seconds of its
 * first byte; a connection may be idle for ten minutes; bytes that wait in memory are at most 64 MiB for all
 * connections together; connections are as many as the process's hard limit of open files leaves, and one more is
 * accepted and closed at once. What does not fit closes its connection and is logged, once a second. */
#pragma once

#include "gate/gate.h"

#define LINES_REQUEST_MAX ((gsize)64 << 10)

/* What a protocol works on in a turn. */
typedef struct {
	Gate *gate;
	GateSnapshot *snapshot; /* NULL: cannot answer; `why` says why */
	const char *why;
	Instant now;
	GByteArray *batch; /* for the journal */
	GByteArray *out;   /* answers, appended */
} GateTurn;

typedef struct {
	const char *name;
	gsize state_size; /* what it remembers of a connection, zeroed at first */
	/* Takes one request from the beginning of bytes, which it may change, and appends its answer. Returns how many
	 * bytes it took, 0 where the request is not whole yet (*scanned: what need not be looked at again), or -1 where
	 * the connection must end, with the reason in *ret_trouble. */
	gssize (*take)(GateTurn *turn, void *state, char *bytes, gsize n, gsize *scanned, const char **ret_trouble);
} GateProtocol;

typedef struct {
	int idle_ms, request_ms;
	gsize buffered_max;
	guint connections_max; /* 0: from the limit of open files */
	int threads;           /* 0: as many as processors, at most 4 */
} LinesLimits;
extern const LinesLimits LINES_LIMITS;

typedef struct Lines Lines;

Lines *lines_new(Gate *gate, const LinesLimits *limits);
void lines_free(Lines *lines); /* stops; NULL is fine */

gboolean lines_bind(Lines *lines, const GateProtocol *protocol, const char *address, GError **error) MUST_CHECK;
/* Raises the soft limit of open files, listens, and starts the threads. */
gboolean lines_start(Lines *lines, GError **error) MUST_CHECK;
void lines_stop(Lines *lines);

gint64 lines_connections(const Lines *lines);
gint64 lines_refused(const Lines *lines);
gint64 lines_closed(const Lines *lines);
