/* load.c: asks a policy server as Postfix does: each connection has one question under way. Counts answers and how long
 * each took.
 *
 *   load unix:PATH|inet:PORT CONNECTIONS SECONDS IDENTIFIERS THREADS
 *
 * One question in a hundred is about one of the IDENTIFIERS customers, whose addresses are reckoned as run reckons
 * them; it must be refused, and the others must not. Prints one object of JSON. */
#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define CONNECTIONS_MAX 1000
#define THREADS_MAX 16
/* Steps of 5 µs, up to half a second. */
#define STEP_NS 5000
#define STEPS 100000

static const char QUESTION[] = "request=smtpd_access_policy\nprotocol_state=RCPT\nprotocol_name=ESMTP\n"
			       "client_address=192.0.2.17\nclient_name=mail.sender.example\nclient_port=51234\n"
			       "reverse_client_name=mail.sender.example\nserver_address=198.51.100.9\nserver_port=25\n"
			       "helo_name=mail.sender.example\nsender=%s\nrecipient=casework@opcr.example.org\n"
			       "recipient_count=0\nqueue_id=\ninstance=%x.%x.%x.0\nsize=4711\netrn_domain=\nstress=\n"
			       "sasl_method=\nsasl_username=\nsasl_sender=\nccert_subject=\nccert_issuer=\n"
			       "ccert_fingerprint=\nccert_pubkey_fingerprint=\nencryption_protocol=TLSv1.3\n"
			       "encryption_cipher=TLS_AES_256_GCM_SHA384\nencryption_keysize=256\npolicy_context=\n\n";

typedef struct {
	int fd;
	int64_t asked_ns;
	int is_hit;
	size_t got;
	char answer[1024];
} Connection;

typedef struct {
	pthread_t thread;
	int number, n;
	Connection *connections;
	uint64_t random, answers;
	uint32_t *steps;
} Worker;

static const char *address;
static unsigned identifiers;
static atomic_int counting, ending;

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static int64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static unsigned next_random(Worker *worker)
{
	worker->random ^= worker->random << 13;
	worker->random ^= worker->random >> 7;
	worker->random ^= worker->random << 17;
	return (unsigned)(worker->random >> 11);
}

static int dial(void)
{
	struct sockaddr_un path = {.sun_family = AF_UNIX};
	struct sockaddr_in port = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int is_unix = strncmp(address, "unix:", 5) == 0;
	int fd = socket(is_unix ? AF_UNIX : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (is_unix)
		snprintf(path.sun_path, sizeof path.sun_path, "%s", address + 5);
	else
		port.sin_port = htons((uint16_t)strtol(address + 5, NULL, 10));
	if (connect(fd, is_unix ? (struct sockaddr *)&path : (struct sockaddr *)&port,
		    is_unix ? (socklen_t)sizeof path : (socklen_t)sizeof port) < 0)
		fail(address);
	return fd;
}

static void ask(Worker *worker, Connection *connection)
{
	char sender[64], question[2048];
	unsigned number = next_random(worker);
	int n;

	connection->is_hit = next_random(worker) % 100 == 0;
	if (connection->is_hit)
		snprintf(sender, sizeof sender, "customer.%06u@mail.example", number % identifiers);
	else
		snprintf(sender, sizeof sender, "stranger.%08x@mail.example", number);
	n = snprintf(question, sizeof question, QUESTION, sender, number, next_random(worker), number & 0xffff);
	connection->got = 0;
	connection->asked_ns = now_ns();
	if (send(connection->fd, question, (size_t)n, MSG_NOSIGNAL) != n)
		fail("send");
}

static void count(Worker *worker, const Connection *connection)
{
	int64_t step = (now_ns() - connection->asked_ns) / STEP_NS;

	worker->answers++;
	worker->steps[step < STEPS ? step : STEPS - 1]++;
}

static void hear(Worker *worker, Connection *connection)
{
	ssize_t n = recv(connection->fd, connection->answer + connection->got,
		sizeof connection->answer - 1 - connection->got, 0);

	if (n <= 0)
		fail("the server ended the connection");
	connection->got += (size_t)n;
	connection->answer[connection->got] = '\0';
	if (connection->got < 2 || memcmp(connection->answer + connection->got - 2, "\n\n", 2) != 0)
		return;
	if ((strncmp(connection->answer, "action=REJECT", 13) == 0) != connection->is_hit) {
		fprintf(stderr, "a wrong answer: %s", connection->answer);
		exit(1);
	}
	if (atomic_load(&counting))
		count(worker, connection);
	if (!atomic_load(&ending))
		ask(worker, connection);
}

static void *work(void *data)
{
	Worker *worker = data;
	struct epoll_event events[256];
	int epoll = epoll_create1(EPOLL_CLOEXEC);

	for (int i = 0; i < worker->n; i++) {
		struct epoll_event event = {.events = EPOLLIN, .data.ptr = &worker->connections[i]};

		worker->connections[i].fd = dial();
		if (epoll_ctl(epoll, EPOLL_CTL_ADD, worker->connections[i].fd, &event) < 0)
			fail("epoll_ctl");
	}
	for (int i = 0; i < worker->n; i++)
		ask(worker, &worker->connections[i]);
	while (!atomic_load(&ending)) {
		int n = epoll_wait(epoll, events, 256, 100);

		for (int i = 0; i < n; i++)
			hear(worker, events[i].data.ptr);
	}
	return NULL;
}

static double at_share(Worker *workers, int n, uint64_t answers, double share)
{
	uint64_t seen = 0;

	for (int step = 0; step < STEPS; step++) {
		for (int i = 0; i < n; i++)
			seen += workers[i].steps[step];
		if ((double)seen >= share * (double)answers)
			return (step + 1) * (STEP_NS / 1000.0);
	}
	return STEPS * (STEP_NS / 1000.0);
}

int main(int argc, char **argv)
{
	static Worker workers[THREADS_MAX];
	static Connection connections[CONNECTIONS_MAX];
	int n_connections, n_threads, given = 0;
	double seconds;
	uint64_t answers = 0;
	int64_t start;

	if (argc != 6)
		return 2;
	address = argv[1];
	n_connections = (int)strtol(argv[2], NULL, 10);
	seconds = strtod(argv[3], NULL);
	identifiers = (unsigned)strtol(argv[4], NULL, 10);
	n_threads = (int)strtol(argv[5], NULL, 10);
	if (n_connections < 1 || n_connections > CONNECTIONS_MAX || n_threads < 1 || n_threads > THREADS_MAX ||
		identifiers == 0)
		return 2;
	for (int i = 0; i < n_threads; i++) {
		Worker *worker = &workers[i];

		worker->number = i;
		worker->n = (n_connections - given) / (n_threads - i);
		worker->connections = &connections[given];
		worker->random = 88172645463325252u + (uint64_t)now_ns() * (uint64_t)(i + 1);
		worker->steps = calloc(STEPS, sizeof *worker->steps);
		given += worker->n;
		if (worker->steps == NULL || pthread_create(&worker->thread, NULL, work, worker) != 0)
			fail("pthread_create");
	}
	usleep(200 * 1000);
	atomic_store(&counting, 1);
	start = now_ns();
	usleep((useconds_t)(seconds * 1e6));
	atomic_store(&counting, 0);
	seconds = (double)(now_ns() - start) / 1e9;
	atomic_store(&ending, 1);
	for (int i = 0; i < n_threads; i++) {
		pthread_join(workers[i].thread, NULL);
		answers += workers[i].answers;
	}
	printf("{\"answers_a_second\": %.0f, \"p50_us\": %.0f, \"p99_us\": %.0f}\n", (double)answers / seconds,
		at_share(workers, n_threads, answers, 0.5), at_share(workers, n_threads, answers, 0.99));
	return answers > 0 ? 0 : 1;
}
