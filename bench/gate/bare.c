/* bare.c: the limit: an epoll server that finds the sender of a policy request in a table and answers. It keeps
 * nothing, decides nothing and trusts its peer.
 *
 *   bare FILE unix:PATH|inet:PORT THREADS      FILE: one address a line */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define THREADS_MAX 16
#define BUFFER 16384
#define DUNNO "action=DUNNO\n\n"
#define REJECT "action=REJECT 5.7.1 We cannot accept this message. Please use another way to contact us.\n\n"

typedef struct {
	const char *text;
	uint32_t length;
	uint32_t hash;
} Place;

typedef struct {
	int fd;
	size_t used;
	char buffer[BUFFER];
} Peer;

static Place *places;
static size_t n_places;
static int epolls[THREADS_MAX];
static int n_threads;

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static uint32_t hash_of(const char *text, size_t n)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < n; i++)
		hash = (hash ^ (unsigned char)text[i]) * 16777619u;
	return hash;
}

static Place *find(const char *text, size_t n)
{
	uint32_t hash = hash_of(text, n);
	size_t at = hash & (n_places - 1);

	for (; places[at].text != NULL; at = (at + 1) & (n_places - 1))
		if (places[at].hash == hash && places[at].length == n && memcmp(places[at].text, text, n) == 0)
			break;
	return &places[at];
}

static void load(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat status;
	const char *text, *end, *line;
	size_t lines = 0;

	if (fd < 0 || fstat(fd, &status) < 0)
		fail(path);
	text = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (text == MAP_FAILED)
		fail(path);
	close(fd);
	end = text + status.st_size;
	for (const char *p = text; p < end; p++)
		lines += *p == '\n';
	for (n_places = 1; n_places < 2 * lines; n_places *= 2)
		continue;
	places = calloc(n_places, sizeof *places);
	if (places == NULL)
		fail("calloc");
	for (line = text; line < end;) {
		const char *stop = memchr(line, '\n', (size_t)(end - line));
		size_t n = stop != NULL ? (size_t)(stop - line) : (size_t)(end - line);

		*find(line, n) = (Place){line, (uint32_t)n, hash_of(line, n)};
		line += n + 1;
	}
}

static int listen_on(const char *address)
{
	struct sockaddr_un path = {.sun_family = AF_UNIX};
	struct sockaddr_in port = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int is_unix = strncmp(address, "unix:", 5) == 0, one = 1;
	int fd = socket(is_unix ? AF_UNIX : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (is_unix) {
		snprintf(path.sun_path, sizeof path.sun_path, "%s", address + 5);
		unlink(path.sun_path);
	} else {
		port.sin_port = htons((uint16_t)strtol(address + 5, NULL, 10));
		(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	}
	if (bind(fd, is_unix ? (struct sockaddr *)&path : (struct sockaddr *)&port,
		    is_unix ? (socklen_t)sizeof path : (socklen_t)sizeof port) < 0 ||
		listen(fd, SOMAXCONN) < 0)
		fail(address);
	if (is_unix && chmod(path.sun_path, 0666) < 0)
		fail(address);
	return fd;
}

/* The answers to what a peer sent, in one send. */
static int serve_peer(Peer *peer)
{
	char out[BUFFER];
	size_t n_out = 0, at = 0;
	ssize_t n = recv(peer->fd, peer->buffer + peer->used, BUFFER - peer->used, 0);

	if (n <= 0)
		return n < 0 && errno == EAGAIN ? 0 : -1;
	peer->used += (size_t)n;
	for (;;) {
		char *request = peer->buffer + at;
		char *end = memmem(request, peer->used - at, "\n\n", 2), *sender, *stop;
		const char *answer = DUNNO;

		if (end == NULL || n_out + sizeof REJECT > sizeof out)
			break;
		sender = memmem(request, (size_t)(end - request), "\nsender=", 8);
		if (sender != NULL) {
			sender += 8;
			stop = memchr(sender, '\n', (size_t)(end + 1 - sender));
			if (find(sender, (size_t)(stop - sender))->text != NULL)
				answer = REJECT;
		}
		memcpy(out + n_out, answer, strlen(answer));
		n_out += strlen(answer);
		at = (size_t)(end + 2 - peer->buffer);
	}
	memmove(peer->buffer, peer->buffer + at, peer->used - at);
	peer->used -= at;
	return n_out == 0 || send(peer->fd, out, n_out, MSG_NOSIGNAL) == (ssize_t)n_out ? 0 : -1;
}

static void *serve(void *data)
{
	struct epoll_event events[256];

	for (;;) {
		int n = epoll_wait(*(int *)data, events, 256, -1);

		for (int i = 0; i < n; i++) {
			Peer *peer = events[i].data.ptr;

			if (serve_peer(peer) < 0) {
				close(peer->fd);
				free(peer);
			}
		}
	}
	return NULL;
}

int main(int argc, char **argv)
{
	int listener;

	if (argc != 4)
		return 2;
	load(argv[1]);
	listener = listen_on(argv[2]);
	n_threads = (int)strtol(argv[3], NULL, 10);
	for (int i = 0; i < n_threads && i < THREADS_MAX; i++) {
		pthread_t thread;

		epolls[i] = epoll_create1(EPOLL_CLOEXEC);
		if (pthread_create(&thread, NULL, serve, &epolls[i]) != 0)
			fail("pthread_create");
	}
	for (int i = 0;; i++) {
		int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
		Peer *peer = calloc(1, sizeof *peer);
		struct epoll_event event = {.events = EPOLLIN, .data.ptr = peer};

		if (fd < 0 || peer == NULL)
			fail("accept4");
		peer->fd = fd;
		if (epoll_ctl(epolls[i % n_threads], EPOLL_CTL_ADD, fd, &event) < 0)
			fail("epoll_ctl");
	}
}
