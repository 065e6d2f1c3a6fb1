/* connection.c: one peer: what it sent and is not whole yet, what it has not taken yet, and the bounds of both. */
#include "gate/lines_private.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

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

Connection *connection_new(LineThread *thread, int fd, const GateProtocol *protocol)
{
	Connection *connection = g_malloc0(sizeof *connection + protocol->state_size);

	connection->fd = fd;
	connection->protocol = protocol;
	connection->active_ms = lines_now_ms();
	atomic_fetch_add(&thread->lines->connections, 1);
	pthread_mutex_lock(&thread->mutex);
	connection->next = thread->connections;
	if (connection->next != NULL)
		connection->next->previous = connection;
	thread->connections = connection;
	pthread_mutex_unlock(&thread->mutex);
	return connection;
}

void connection_close(LineThread *thread, Connection *connection)
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

void connection_give_up(LineThread *thread, Connection *connection, const char *why)
{
	Lines *lines = thread->lines;

	connection->gone = TRUE;
	atomic_fetch_add(&lines->closed, 1);
	gate_log_limited(&lines->log_closed, "the gate closed a connection", why);
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
			connection_give_up(thread, connection, trouble);
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
		connection_give_up(thread, connection, "a request of more than 64 KiB");
	} else if (!buffer_take(lines, n - at)) {
		connection_give_up(thread, connection, "too many bytes wait for the rest of their requests");
	} else {
		connection->in = g_memdup2(bytes + at, n - at);
		connection->in_length = n - at;
		if (began_now)
			connection->request_ms = lines_now_ms();
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
	connection->active_ms = lines_now_ms();
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
void connection_send(LineThread *thread, Connection *connection)
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
		connection_give_up(thread, connection, "too many bytes wait for peers that do not read");
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
	connection->active_ms = lines_now_ms();
	connection->out_sent += (gsize)n;
	if (connection->out_sent < connection->out_length)
		return;
	drop_out(thread->lines, connection);
	wait_for(thread, connection, EPOLLIN);
}

void connection_serve(LineThread *thread, Connection *connection)
{
	if (connection->out != NULL)
		connection_drain(thread, connection);
	else
		connection_read(thread, connection);
}
