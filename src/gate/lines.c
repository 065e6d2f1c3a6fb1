/* lines.c: doors, threads and turns. What is read and sent is connection.c's, what it means a protocol's (postfix.c).
 */
#include "gate/lines_private.h"

#include <errno.h>
#include <fcntl.h>
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

/* Open files that are left to the rest of the program. */
#define FILES_KEPT 256

gint64 lines_now_ms(void)
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
	Connection *connection = connection_new(thread, fd, protocol);
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};

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
	gint64 now = lines_now_ms();
	Connection *connection, *next;

	pthread_mutex_lock(&thread->mutex);
	connection = thread->connections;
	pthread_mutex_unlock(&thread->mutex);
	for (; connection != NULL; connection = next) {
		/* only this thread takes out, and others add at the front only */
		next = connection->next;
		if (connection->in != NULL && now - connection->request_ms > limits->request_ms)
			connection_give_up(thread, connection, "a request that was not whole in time");
		else if (connection->out != NULL && now - connection->active_ms > limits->request_ms)
			connection_give_up(thread, connection, "an answer that nobody took");
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
	gint64 swept = lines_now_ms();

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
		if (lines_now_ms() - swept >= 1000) {
			sweep(thread);
			swept = lines_now_ms();
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
