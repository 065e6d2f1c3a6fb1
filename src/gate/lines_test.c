/* Hostile and slow peers, the limits, and snapshots swapped under load. */
#include "gate/lines.h"
#include "gate/postfix.h"
#include "gate/testing.h"
#include "store/test_store.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define QUESTION                                                                                                       \
	"request=smtpd_access_policy\nprotocol_state=RCPT\nsender=bad@example.org\nrecipient=contact@x\n"              \
	"instance=7.7.7\n\n"
#define ANSWER "action=REJECT 5.7.1 Blocked. Ring 0100.\n\n"

typedef struct {
	char *top, *path;
	Store *store;
	Gate *gate;
	Lines *lines; /* beside the gate's own, with limits of the test */
} Place;

static void remove_folder(const char *path)
{
	g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
	const char *name;

	while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
		g_autofree char *inside = g_build_filename(path, name, NULL);

		if (g_file_test(inside, G_FILE_TEST_IS_DIR))
			remove_folder(inside);
		else
			g_unlink(inside);
	}
	g_rmdir(path);
}

static void begin(Place *place, const LinesLimits *limits)
{
	g_autofree char *url = NULL, *journal = NULL, *address = NULL;
	GateSettings settings = {.source = test_source, .poll_ms = 1};
	const char *why;

	place->top = g_dir_make_tmp("evenhand-lines-XXXXXX", NULL);
	url = g_strdup_printf("sqlite:%s/db", place->top);
	journal = g_build_filename(place->top, "journal", NULL);
	address = g_strdup_printf("unix:%s/gate", place->top);
	place->path = g_strdup(address + strlen("unix:"));
	place->store = store_new(url, NULL);
	g_assert_true(store_migrate(place->store, NULL));
	test_store_world(place->store);
	settings.store = place->store;
	settings.journal_dir = journal;
	g_assert_true(gate_new(&settings, &place->gate, NULL));
	g_assert_true(gate_start(place->gate, NULL));
	for (int i = 0; i < 2000; i++) {
		GateSnapshot *snapshot = gate_take(place->gate, &why);

		if (snapshot != NULL) {
			gate_snapshot_unref(snapshot);
			break;
		}
		g_usleep(10000);
	}
	place->lines = lines_new(place->gate, limits);
	g_assert_true(lines_bind(place->lines, &POSTFIX_PROTOCOL, address, NULL));
	g_assert_true(lines_start(place->lines, NULL));
}

static void finish(Place *place)
{
	lines_free(place->lines);
	gate_free(place->gate);
	store_free(place->store);
	remove_folder(place->top);
	g_free(place->top);
	g_free(place->path);
}

static int dial(const Place *place)
{
	struct sockaddr_un name = {.sun_family = AF_UNIX};
	struct timeval patience = {.tv_sec = 20};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	g_strlcpy(name.sun_path, place->path, sizeof name.sun_path);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	g_assert_cmpint(connect(fd, (const struct sockaddr *)&name, sizeof name), ==, 0);
	return fd;
}

static gboolean is_ended(int fd)
{
	char byte;
	ssize_t n = recv(fd, &byte, 1, 0);

	return n == 0 || (n < 0 && errno == ECONNRESET);
}

static void expect_answer(int fd)
{
	char text[sizeof ANSWER] = "";

	g_assert_cmpint(recv(fd, text, sizeof ANSWER - 1, MSG_WAITALL), ==, (gssize)sizeof ANSWER - 1);
	g_assert_cmpstr(text, ==, ANSWER);
}

static void ask(int fd)
{
	g_assert_cmpint(send(fd, QUESTION, strlen(QUESTION), MSG_NOSIGNAL), ==, (gssize)strlen(QUESTION));
	expect_answer(fd);
}

static void a_megabyte_of_one_attribute_ends_the_connection(void)
{
	Place place;
	g_autofree char *much = g_strnfill((gsize)1 << 20, 'x');
	int fd, other;
	gsize sent = 0;

	begin(&place, &LINES_LIMITS);
	fd = dial(&place);
	other = dial(&place);
	g_assert_cmpint(send(fd, "request=", 8, MSG_NOSIGNAL), ==, 8);
	while (sent < (gsize)1 << 20) {
		ssize_t n = send(fd, much + sent, ((gsize)1 << 20) - sent, MSG_NOSIGNAL);

		if (n < 0)
			break;
		sent += (gsize)n;
	}
	g_assert_true(is_ended(fd));
	g_assert_cmpint(lines_closed(place.lines), ==, 1);
	ask(other);
	close(fd);
	close(other);
	finish(&place);
}

static void slow_peers_are_not_waited_for(void)
{
	LinesLimits limits = LINES_LIMITS;
	Place place;
	int slow, idle, busy;

	limits.request_ms = 300;
	limits.idle_ms = 2500;
	begin(&place, &limits);
	slow = dial(&place);
	idle = dial(&place);
	busy = dial(&place);
	for (int i = 0; i < 100 && send(slow, "a", 1, MSG_NOSIGNAL) == 1; i++) {
		g_usleep(50000);
		ask(busy);
	}
	g_assert_true(is_ended(slow));
	g_assert_cmpint(lines_closed(place.lines), ==, 1);
	g_assert_true(is_ended(idle));
	/* being idle is nobody's fault */
	g_assert_cmpint(lines_closed(place.lines), ==, 1);
	close(slow);
	close(idle);
	close(busy);
	finish(&place);
}

static void bytes_that_wait_are_bounded_for_all_together(void)
{
	enum { PEERS = 40 };
	LinesLimits limits = LINES_LIMITS;
	g_autofree char *most = g_strnfill(60000, 'x');
	Place place;
	int fds[PEERS], fd;

	limits.buffered_max = (gsize)1 << 20;
	limits.request_ms = 60000;
	begin(&place, &limits);
	for (int i = 0; i < PEERS; i++) {
		fds[i] = dial(&place);
		(void)send(fds[i], most, 60000, MSG_NOSIGNAL);
	}
	for (int i = 0; i < 1000 && lines_closed(place.lines) < PEERS - 17; i++)
		g_usleep(10000);
	g_assert_cmpint(lines_closed(place.lines), >=, PEERS - 17);
	fd = dial(&place);
	ask(fd);
	for (int i = 0; i < PEERS; i++)
		close(fds[i]);
	close(fd);
	finish(&place);
}

/* A peer that asks and never reads: it is not read from either, and in the end it is let go. */
static void who_does_not_read_is_not_read_from(void)
{
	LinesLimits limits = LINES_LIMITS;
	Place place;
	int deaf, fd;
	gsize asked = 0;

	limits.request_ms = 500;
	begin(&place, &limits);
	deaf = dial(&place);
	for (;;) {
		ssize_t n = send(deaf, QUESTION, strlen(QUESTION), MSG_NOSIGNAL | MSG_DONTWAIT);

		if (n < 0 && errno != EAGAIN)
			break;
		if (n < 0)
			g_usleep(10000);
		else
			asked += (gsize)n;
		g_assert_cmpuint(asked, <, (gsize)64 << 20);
	}
	g_assert_cmpint(lines_closed(place.lines), ==, 1);
	fd = dial(&place);
	ask(fd);
	close(fd);
	close(deaf);
	finish(&place);
}

static void at_the_limit_one_more_is_refused(void)
{
	enum { LIMIT = 30 };
	LinesLimits limits = LINES_LIMITS;
	Place place;
	int fds[LIMIT], more;

	limits.connections_max = LIMIT;
	begin(&place, &limits);
	for (int i = 0; i < LIMIT; i++) {
		fds[i] = dial(&place);
		ask(fds[i]);
	}
	more = dial(&place);
	g_assert_true(is_ended(more));
	close(more);
	g_assert_cmpint(lines_refused(place.lines), ==, 1);
	close(fds[0]);
	for (int i = 0; i < 1000 && lines_connections(place.lines) == LIMIT; i++)
		g_usleep(10000);
	fds[0] = dial(&place);
	ask(fds[0]);
	for (int i = 0; i < LIMIT; i++)
		close(fds[i]);
	finish(&place);
}

typedef struct {
	const Place *place;
	atomic_int *ending;
	gint64 answers;
} Asker;

static void *keep_asking(void *data)
{
	Asker *asker = data;
	int fd = dial(asker->place);

	while (atomic_load(asker->ending) == 0) {
		ask(fd);
		asker->answers++;
	}
	close(fd);
	return NULL;
}

static void snapshots_are_swapped_under_load(void)
{
	enum { ASKERS = 3 };
	Place place;
	Asker askers[ASKERS];
	pthread_t threads[ASKERS];
	atomic_int ending = 0;
	GateHealth health;

	begin(&place, &LINES_LIMITS);
	for (int i = 0; i < ASKERS; i++) {
		askers[i] = (Asker){&place, &ending, 0};
		g_assert_cmpint(pthread_create(&threads[i], NULL, keep_asking, &askers[i]), ==, 0);
	}
	for (gint64 i = 1; i <= 30; i++) {
		gint64 version = 0;

		test_store_act(place.store, i, "lift", "{}");
		for (int wait = 0; wait < 2000 && version < i; wait++) {
			g_usleep(2000);
			gate_health(place.gate, &health);
			version = health.version;
		}
		g_assert_cmpint(version, ==, i);
	}
	atomic_store(&ending, 1);
	for (int i = 0; i < ASKERS; i++) {
		pthread_join(threads[i], NULL);
		g_assert_cmpint(askers[i].answers, >, 30);
	}
	g_assert_cmpint(health.snapshots, >=, 30);
	g_assert_cmpint(health.failures, ==, 0);
	finish(&place);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	/* the gate says on its log why it closes a connection */
	g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
	g_test_add_func("/lines/a-megabyte-of-one-attribute-ends-the-connection",
		a_megabyte_of_one_attribute_ends_the_connection);
	g_test_add_func("/lines/slow-peers-are-not-waited-for", slow_peers_are_not_waited_for);
	g_test_add_func(
		"/lines/bytes-that-wait-are-bounded-for-all-together", bytes_that_wait_are_bounded_for_all_together);
	g_test_add_func("/lines/who-does-not-read-is-not-read-from", who_does_not_read_is_not_read_from);
	g_test_add_func("/lines/at-the-limit-one-more-is-refused", at_the_limit_one_more_is_refused);
	g_test_add_func("/gate/snapshots-are-swapped-under-load", snapshots_are_swapped_under_load);
	return g_test_run();
}
