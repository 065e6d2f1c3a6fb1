/* lines.c: connections, buffers and turns. What is said on them is a protocol's (postfix.c). */
#include "gate/lines.h"

#include "base/listen.h"
#include "gate/log.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

const LinesLimits LINES_LIMITS = {.idle_ms = 600 * 1000,
	.request_ms = 10 * 1000,
	.buffered_max = (gsize)64 << 20,
	.connections_max = 0,
	.threads = 0};

#define EVENTS_MAX 256
#define DOORS_MAX 16
#define THREADS_MAX 4
/* Open files that are left to the rest of the program. */
#define FILES_KEPT 256
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
	guint8 state[];
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

static gint64 now_ms(void)
{
	return g_get_monotonic_time() / 1000;
}

Lines *lines_new(Gate *gate, const LinesLimits *limits)
{
	Lines *lines = g_new0(Lines, 1);

	lines->gate = gate;
	lines->limits = *limits;
	lines->stop = lines->spare = -1;
	return lines;
}

gboolean lines_bind(Lines *lines, const GateProtocol *protocol, const char *address, GError **error)
{
	LineDoor *door = &lines->doors[lines->n_doors];

	if (lines->n_doors == DOORS_MAX)
		return invalid(error, "address", "The gate listens on at most %d addresses.", DOORS_MAX);
	if (!listen_open(address, /* backlog= */ 0, &door->socket, error))
		return FALSE;
	door->path = door->socket.is_unix ? g_strdup(address + strlen("unix:")) : NULL;
	door->protocol = protocol;
	lines->n_doors++;
	return TRUE;
}

/* Bytes that wait in memory; FALSE where there are too many for one more. */
static gboolean buffer_take(Lines *lines, gsize n)
{
	if (atomic_fetch_add(&lines->buffered, (gint64)n) + (gint64)n <= (gint64)lines->limits.buffered_max)
		return TRUE;
	atomic_fetch_sub(&lines->buffered, (gint64)n);
	return FALSE;
}

static void buffer_give(Lines *lines, gsize n)
{
	atomic_fetch_sub(&lines->buffered, (gint64)n);
}

static void drop_in(Lines *lines, Connection *connection)
{
	if (connection->in == NULL)
		return;
	buffer_give(lines, connection->in_length);
	g_clear_pointer(&connection->in, g_free);
	connection->in_length = 0;
}

static void drop_out(Lines *lines, Connection *connection)
{
	if (connection->out == NULL)
		return;
	buffer_give(lines, connection->out_length);
	g_clear_pointer(&connection->out, g_free);
	connection->out_length = connection->out_sent = 0;
}

static void connection_close(LineThread *thread, Connection *connection)
{
	pthread_mutex_lock(&thread->mutex);
	if (connection->previous != NULL)
		connection->previous->next = connection->next;
	else
		thread->connections = connection->next;
	if (connection->next != NULL)
		connection->next->previous = connection->previous;
	pthread_mutex_unlock(&thread->mutex);
	close(connection->fd);
	drop_in(thread->lines, connection);
	drop_out(thread->lines, connection);
	g_free(connection);
	atomic_fetch_sub(&thread->lines->connections, 1);
}

/* The connection ends with this turn, for a reason that is logged. */
static void give_up(LineThread *thread, Connection *connection, const char *why)
{
	Lines *lines = thread->lines;

	connection->gone = TRUE;
	atomic_fetch_add(&lines->closed, 1);
	gate_log_limited(&lines->log_closed, "the gate closed a connection", why);
}

/* At the limit of open files one more is accepted and closed at once: the peer sees an end and not a silence. */
static void refuse_one(Lines *lines, int listener)
{
	int fd;

	atomic_fetch_add(&lines->refused, 1);
	close(lines->spare);
	fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
	if (fd >= 0)
		close(fd);
	lines->spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
	gate_log_limited(&lines->log_refused, "the gate refused a connection", "no more files may be open");
}

static void adopt(Lines *lines, int fd, const GateProtocol *protocol)
{
	LineThread *thread = &lines->threads[lines->next_thread++ % (guint)lines->n_threads];
	Connection *connection = g_malloc0(sizeof *connection + protocol->state_size);
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};

	connection->fd = fd;
	connection->protocol = protocol;
	connection->active_ms = now_ms();
	atomic_fetch_add(&lines->connections, 1);
	pthread_mutex_lock(&thread->mutex);
	connection->next = thread->connections;
	if (connection->next != NULL)
		connection->next->previous = connection;
	thread->connections = connection;
	pthread_mutex_unlock(&thread->mutex);
	if (epoll_ctl(thread->epoll, EPOLL_CTL_ADD, fd, &event) < 0)
		connection_close(thread, connection);
}

static void accept_some(Lines *lines, const LineDoor *door)
{
	for (int i = 0; i < EVENTS_MAX; i++) {
		int fd = accept4(door->socket.fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

		if (fd < 0 && (errno == EMFILE || errno == ENFILE)) {
			refuse_one(lines, door->socket.fd);
			return;
		}
		if (fd < 0)
			return;
		if (atomic_load(&lines->connections) >= (gint64)lines->limits.connections_max) {
			atomic_fetch_add(&lines->refused, 1);
			close(fd);
			gate_log_limited(
				&lines->log_refused, "the gate refused a connection", "as many as may be are open");
			continue;
		}
		adopt(lines, fd, door->protocol);
	}
}

/* Hands the requests in bytes to the protocol, and keeps the beginning of one that is not whole. */
static void take_requests(LineThread *thread, Connection *connection, char *bytes, gsize n)
{
	Lines *lines = thread->lines;
	gboolean began_now = connection->in == NULL;
	const char *trouble = NULL;
	gsize at = 0;

	connection->turn_from = thread->turn.out->len;
	while (at < n) {
		gssize took = connection->protocol->take(
			&thread->turn, connection->state, bytes + at, n - at, &connection->scanned, &trouble);

		if (took < 0) {
			give_up(thread, connection, trouble);
			break;
		}
		if (took == 0)
			break;
		at += (gsize)took;
		connection->scanned = 0;
		began_now = TRUE;
	}
	connection->turn_to = thread->turn.out->len;
	drop_in(lines, connection);
	if (connection->gone || at == n)
		return;
	if (n - at > LINES_REQUEST_MAX) {
		give_up(thread, connection, "a request of more than 64 KiB");
	} else if (!buffer_take(lines, n - at)) {
		give_up(thread, connection, "too many bytes wait for the rest of their requests");
	} else {
		connection->in = g_memdup2(bytes + at, n - at);
		connection->in_length = n - at;
		if (began_now)
			connection->request_ms = now_ms();
	}
}

static void touch(LineThread *thread, Connection *connection)
{
	thread->touched[thread->n_touched++] = connection;
	connection->turn_from = connection->turn_to = 0;
}

static void connection_read(LineThread *thread, Connection *connection)
{
	gsize kept = connection->in_length;
	ssize_t n;

	touch(thread, connection);
	n = recv(connection->fd, thread->buffer + kept, READ_SIZE, 0);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		connection->gone = TRUE;
		return;
	}
	connection->active_ms = now_ms();
	if (kept > 0)
		memcpy(thread->buffer, connection->in, kept);
	take_requests(thread, connection, thread->buffer, kept + (gsize)n);
}

static void wait_for(LineThread *thread, Connection *connection, guint32 events)
{
	struct epoll_event event = {.events = events, .data.ptr = connection};

	if (epoll_ctl(thread->epoll, EPOLL_CTL_MOD, connection->fd, &event) < 0)
		connection->gone = TRUE;
}

/* What the peer does not take at once waits, and until it has, nothing more is read from it. */
static void connection_send(LineThread *thread, Connection *connection)
{
	const char *bytes = (const char *)thread->turn.out->data + connection->turn_from;
	gsize length = connection->turn_to - connection->turn_from, left;
	ssize_t n;

	if (length == 0)
		return;
	n = send(connection->fd, bytes, length, MSG_NOSIGNAL);
	if (n == (ssize_t)length)
		return;
	if (n < 0 && errno != EAGAIN && errno != EINTR) {
		connection->gone = TRUE;
		return;
	}
	left = length - (gsize)MAX(n, 0);
	if (!buffer_take(thread->lines, left)) {
		give_up(thread, connection, "too many bytes wait for peers that do not read");
		return;
	}
	connection->out = g_memdup2(bytes + length - left, left);
	connection->out_length = left;
	connection->out_sent = 0;
	wait_for(thread, connection, EPOLLOUT);
}

static void connection_drain(LineThread *thread, Connection *connection)
{
	ssize_t n;

	touch(thread, connection);
	n = send(connection->fd, connection->out + connection->out_sent, connection->out_length - connection->out_sent,
		MSG_NOSIGNAL);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n < 0) {
		connection->gone = TRUE;
		return;
	}
	connection->active_ms = now_ms();
	connection->out_sent += (gsize)n;
	if (connection->out_sent < connection->out_length)
		return;
	drop_out(thread->lines, connection);
	wait_for(thread, connection, EPOLLIN);
}

static void connection_serve(LineThread *thread, Connection *connection)
{
	if (connection->out != NULL)
		connection_drain(thread, connection);
	else
		connection_read(thread, connection);
}

static void begin_turn(LineThread *thread)
{
	GateTurn *turn = &thread->turn;

	thread->n_touched = 0;
	turn->why = NULL;
	turn->snapshot = gate_take(thread->lines->gate, &turn->why);
	turn->now = turn->snapshot != NULL ? gate_now(turn->snapshot) : INSTANT_NONE;
	g_byte_array_set_size(turn->out, 0);
	g_byte_array_set_size(turn->batch, 0);
}

/* First the journal, then the answers. Where it cannot be written, nobody who asked in this turn gets one. */
static void end_turn(LineThread *thread)
{
	GateTurn *turn = &thread->turn;
	g_autoptr(GError) error = NULL;
	gboolean kept = gate_commit(turn->gate, turn->batch, &error);

	if (!kept)
		gate_log_limited(&thread->lines->log_journal, "the gate cannot answer", error->message);
	for (gsize i = 0; i < thread->n_touched; i++) {
		Connection *connection = thread->touched[i];

		if (!kept && connection->turn_to > connection->turn_from) {
			gate_note_failure(turn->gate);
			connection->gone = TRUE;
		} else {
			connection_send(thread, connection);
		}
		if (connection->gone)
			connection_close(thread, connection);
	}
	gate_snapshot_unref(turn->snapshot);
	turn->snapshot = NULL;
}

/* Once a second: who was idle too long, or too slow. */
static void sweep(LineThread *thread)
{
	const LinesLimits *limits = &thread->lines->limits;
	gint64 now = now_ms();
	Connection *connection, *next;

	pthread_mutex_lock(&thread->mutex);
	connection = thread->connections;
	pthread_mutex_unlock(&thread->mutex);
	for (; connection != NULL; connection = next) {
		/* only this thread takes out, and others add at the front only */
		next = connection->next;
		if (connection->in != NULL && now - connection->request_ms > limits->request_ms)
			give_up(thread, connection, "a request that was not whole in time");
		else if (connection->out != NULL && now - connection->active_ms > limits->request_ms)
			give_up(thread, connection, "an answer that nobody took");
		else if (now - connection->active_ms > limits->idle_ms)
			connection->gone = TRUE;
		if (connection->gone)
			connection_close(thread, connection);
	}
}

static const LineDoor *as_door(const Lines *lines, const void *data)
{
	for (guint i = 0; i < lines->n_doors; i++)
		if (data == &lines->doors[i])
			return &lines->doors[i];
	return NULL;
}

static void *serve(void *data)
{
	LineThread *thread = data;
	Lines *lines = thread->lines;
	struct epoll_event events[EVENTS_MAX];
	gint64 swept = now_ms();

	while (!atomic_load(&lines->ending)) {
		int n = epoll_wait(thread->epoll, events, EVENTS_MAX, 1000);

		begin_turn(thread);
		for (int i = 0; i < n; i++) {
			const LineDoor *door = thread == &lines->threads[0] ? as_door(lines, events[i].data.ptr) : NULL;

			if (door != NULL)
				accept_some(lines, door);
			else if (events[i].data.ptr != NULL)
				connection_serve(thread, events[i].data.ptr);
		}
		end_turn(thread);
		if (now_ms() - swept >= 1000) {
			sweep(thread);
			swept = now_ms();
		}
	}
	return NULL;
}

/* How many connections the limit of open files allows, once it is raised as far as it may be. */
static guint raise_limit(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) < 0)
		return 512;
	files.rlim_cur = files.rlim_max;
	(void)setrlimit(RLIMIT_NOFILE, &files);
	if (getrlimit(RLIMIT_NOFILE, &files) < 0 || files.rlim_cur == RLIM_INFINITY)
		return 1u << 20;
	return files.rlim_cur > 2 * FILES_KEPT ? (guint)(files.rlim_cur - FILES_KEPT) : (guint)(files.rlim_cur / 2);
}

static gboolean thread_start(Lines *lines, LineThread *thread, GError **error)
{
	struct epoll_event stop = {.events = EPOLLIN, .data.ptr = NULL};

	thread->lines = lines;
	thread->epoll = epoll_create1(EPOLL_CLOEXEC);
	pthread_mutex_init(&thread->mutex, NULL);
	thread->buffer = g_malloc(LINES_REQUEST_MAX + READ_SIZE);
	thread->turn = (GateTurn){.gate = lines->gate, .batch = g_byte_array_new(), .out = g_byte_array_new()};
	if (thread->epoll < 0 || epoll_ctl(thread->epoll, EPOLL_CTL_ADD, lines->stop, &stop) < 0)
		return unavailable(error, "The gate cannot wait for connections: %s.", g_strerror(errno));
	return TRUE;
}

static void thread_free(LineThread *thread)
{
	while (thread->connections != NULL)
		connection_close(thread, thread->connections);
	close(thread->epoll);
	g_free(thread->buffer);
	g_byte_array_unref(thread->turn.batch);
	g_byte_array_unref(thread->turn.out);
	pthread_mutex_destroy(&thread->mutex);
}

gboolean lines_start(Lines *lines, GError **error)
{
	guint allowed = raise_limit();
	int wanted = lines->limits.threads > 0 ? lines->limits.threads : (int)g_get_num_processors();

	if (lines->limits.connections_max == 0 || lines->limits.connections_max > allowed)
		lines->limits.connections_max = allowed;
	lines->stop = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	lines->spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
	wanted = CLAMP(wanted, 1, THREADS_MAX);
	for (lines->n_threads = 0; lines->n_threads < wanted; lines->n_threads++)
		if (!thread_start(lines, &lines->threads[lines->n_threads], error))
			return FALSE;
	for (guint i = 0; i < lines->n_doors; i++) {
		struct epoll_event event = {.events = EPOLLIN, .data.ptr = &lines->doors[i]};

		if (listen(lines->doors[i].socket.fd, SOMAXCONN) < 0 ||
			epoll_ctl(lines->threads[0].epoll, EPOLL_CTL_ADD, lines->doors[i].socket.fd, &event) < 0)
			return unavailable(error, "The gate cannot listen: %s.", g_strerror(errno));
	}
	for (int i = 0; i < lines->n_threads; i++)
		if (pthread_create(&lines->threads[i].thread, NULL, serve, &lines->threads[i]) != 0)
			g_error("the threads of the gate cannot be started");
	lines->started = TRUE;
	return TRUE;
}

void lines_stop(Lines *lines)
{
	guint64 one = 1;

	if (!lines->started)
		return;
	atomic_store(&lines->ending, TRUE);
	if (write(lines->stop, &one, sizeof one) != sizeof one)
		g_warning("the gate's threads end within a second");
	for (int i = 0; i < lines->n_threads; i++)
		pthread_join(lines->threads[i].thread, NULL);
	lines->started = FALSE;
}

void lines_free(Lines *lines)
{
	if (lines == NULL)
		return;
	lines_stop(lines);
	for (int i = 0; i < lines->n_threads; i++)
		thread_free(&lines->threads[i]);
	for (guint i = 0; i < lines->n_doors; i++) {
		close(lines->doors[i].socket.fd);
		if (lines->doors[i].path != NULL)
			unlink(lines->doors[i].path);
		g_free(lines->doors[i].path);
	}
	if (lines->stop >= 0)
		close(lines->stop);
	if (lines->spare >= 0)
		close(lines->spare);
	g_free(lines);
}

gint64 lines_connections(const Lines *lines)
{
	return atomic_load(&lines->connections);
}

gint64 lines_refused(const Lines *lines)
{
	return atomic_load(&lines->refused);
}

gint64 lines_closed(const Lines *lines)
{
	return atomic_load(&lines->closed);
}
