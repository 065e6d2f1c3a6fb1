/* http_test.c: a real server on a free port, asked over plain sockets: what comes in, what goes out, and what happens
 * when workers are slow, clients leave, or the server ends. Nothing here knows libmicrohttpd. */
#include "http/http.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RIGHT_ALL = 1, RIGHT_NOBODY, PATIENCE_SECONDS = 30 };

/* Slow handlers wait behind this door until a test opens it. */
static pthread_mutex_t door_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t door_moved = PTHREAD_COND_INITIALIZER;
static gboolean door_open;
static guint inside;         /* handlers that wait or have passed */
static atomic_uint finished; /* slow handlers that are through */

static void door_set(gboolean open)
{
	pthread_mutex_lock(&door_lock);
	door_open = open;
	if (!open)
		inside = 0;
	pthread_cond_broadcast(&door_moved);
	pthread_mutex_unlock(&door_lock);
}

static void wait_until_inside(guint n)
{
	pthread_mutex_lock(&door_lock);
	while (inside < n)
		pthread_cond_wait(&door_moved, &door_lock);
	pthread_mutex_unlock(&door_lock);
}

static void nap(void)
{
	nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
}

static void hello(void *context, HttpRequest *request, HttpResponse *response)
{
	(void)context;
	http_text(response, 200, "text/plain",
		arena_printf(http_arena(request), "name=%s rest=%s q=%s cookie=%s header=%s target=%s",
			http_param(request, "name"), http_param(request, "rest"), http_query(request, "q"),
			http_cookie(request, "session"), http_header(request, "x-test"), http_target(request)));
}

static void echo_form(void *context, HttpRequest *request, HttpResponse *response)
{
	g_autoptr(GString) out = g_string_new(NULL);
	gsize n;
	const HttpPair *pairs = http_form_all(request, &n);

	(void)context;
	for (gsize i = 0; i < n; i++)
		g_string_append_printf(out, "[%s=%s]", pairs[i].name, pairs[i].value);
	for (const char *const *name = http_form_unreadable(request); *name != NULL; name++)
		g_string_append_printf(out, "(%s)", *name);
	if (http_file(request, "file") != NULL) {
		const HttpFile *file = http_file(request, "file");

		g_string_append_printf(out, "{%s %s %zu}", file->name, file->type, file->length);
	}
	if (http_cut(request))
		g_string_append(out, "...");
	http_text(response, 200, "text/plain", arena_strdup(http_arena(request), out->str));
}

static void count_body(void *context, HttpRequest *request, HttpResponse *response)
{
	gsize length;

	(void)context;
	http_body(request, &length);
	http_text(response, 200, "text/plain", arena_printf(http_arena(request), "%zu bytes", length));
}

static void who(void *context, HttpRequest *request, HttpResponse *response)
{
	(void)context;
	http_text(response, 200, "text/plain",
		arena_printf(http_arena(request), "from %s%s", http_address(request),
			http_secure(request) ? " over TLS" : ""));
}

static void slow(void *context, HttpRequest *request, HttpResponse *response)
{
	(void)context;
	pthread_mutex_lock(&door_lock);
	inside++;
	pthread_cond_broadcast(&door_moved);
	while (!door_open)
		pthread_cond_wait(&door_moved, &door_lock);
	pthread_mutex_unlock(&door_lock);
	/* What a handler reads must still be there, whoever has left meanwhile. */
	http_text(response, 200, "text/plain", arena_printf(http_arena(request), "slow %s", http_query(request, "q")));
	atomic_fetch_add(&finished, 1);
}

static gboolean admit(void *context, HttpRequest *request, const HttpRoute *route, HttpResponse *response)
{
	(void)context;
	(void)request;
	if (route->right == RIGHT_ALL)
		return TRUE;
	http_text(response, 403, "text/plain", "not for you");
	return FALSE;
}

static void problem(void *context, HttpRequest *request, int status, HttpResponse *response)
{
	http_text(response, status, "text/plain",
		arena_printf(
			http_arena(request), "%s problem %d at %s", (const char *)context, status, http_path(request)));
}

static const HttpRoute routes[] = {
	{.method = "GET", .path = "/hello/:name", .right = RIGHT_ALL, .handle = hello},
	{.method = "GET", .path = "/hello/:name/files/*rest", .right = RIGHT_ALL, .handle = hello},
	{.method = "GET", .path = "/quick", .right = RIGHT_ALL, .handle = who, .quick = TRUE},
	{.method = "GET", .path = "/nobody", .right = RIGHT_NOBODY, .handle = hello},
	{.method = "POST", .path = "/form", .right = RIGHT_ALL, .handle = echo_form},
	{.method = "POST", .path = "/file", .right = RIGHT_ALL, .handle = echo_form, .body_max = 1000, .text_max = 500},
	{.method = "GET", .path = "/both", .right = RIGHT_ALL, .handle = hello},
	{.method = "POST", .path = "/both", .right = RIGHT_ALL, .handle = count_body, .body_max = 100},
	{.method = "GET", .path = "/slow", .right = RIGHT_ALL, .handle = slow},
	{.method = NULL},
};

static const HttpRoute other_routes[] = {
	{.method = "GET", .path = "/api/other", .right = RIGHT_ALL, .handle = who},
	{.method = NULL},
};

static HttpSite sites[] = {
	{.routes = other_routes, .admit = admit, .problem = problem, .context = (char *)"api", .prefix = "/api/"},
	{.routes = routes, .admit = admit, .problem = problem, .context = (char *)"pages", .prefix = ""},
};

static HttpServer *serve(HttpOptions options)
{
	g_autoptr(GError) error = NULL;
	HttpServer *server;

	if (options.listen == NULL)
		options.listen = "inet:127.0.0.1:0";
	options.sites = sites;
	options.n_sites = G_N_ELEMENTS(sites);
	server = http_new(&options, &error);
	g_assert_no_error(error);
	return server;
}

/* A connection to the server on which everything takes at most PATIENCE_SECONDS. */
static int dial_port(guint16 port)
{
	const struct sockaddr_in name = {
		.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	const struct timeval patience = {.tv_sec = PATIENCE_SECONDS};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	g_assert_cmpint(fd, >=, 0);
	g_assert_cmpint(connect(fd, (const struct sockaddr *)&name, sizeof name), ==, 0);
	g_assert_cmpint(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience), ==, 0);
	return fd;
}

static int dial(const HttpServer *server)
{
	return dial_port(http_port(server));
}

static void send_bytes(int fd, const char *bytes, gsize length)
{
	while (length > 0) {
		gssize sent = send(fd, bytes, length, MSG_NOSIGNAL);

		g_assert_cmpint(sent, >, 0);
		bytes += sent;
		length -= (gsize)sent;
	}
}

static void send_text(int fd, const char *text)
{
	send_bytes(fd, text, strlen(text));
}

/* All that comes until the server closes. */
static char *read_all(int fd)
{
	GString *all = g_string_new(NULL);
	char buffer[4096];
	gssize n;

	while ((n = recv(fd, buffer, sizeof buffer, 0)) > 0)
		g_string_append_len(all, buffer, n);
	close(fd);
	return g_string_free(all, FALSE);
}

/* Sends a whole request with `Connection: close` and gives the whole answer. */
static char *ask(const HttpServer *server, const char *first_line, const char *headers, const char *body)
{
	g_autofree char *request = g_strdup_printf("%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s",
		first_line, headers != NULL ? headers : "");
	int fd = dial(server);

	send_text(fd, request);
	if (body != NULL) {
		g_autofree char *length = g_strdup_printf("Content-Length: %zu\r\n\r\n", strlen(body));

		send_text(fd, length);
		send_text(fd, body);
	} else {
		send_text(fd, "\r\n");
	}
	return read_all(fd);
}

static int status_of(const char *answer)
{
	g_assert_true(g_str_has_prefix(answer, "HTTP/1.1 "));
	return (int)g_ascii_strtoll(answer + strlen("HTTP/1.1 "), NULL, 10);
}

static const char *body_of(const char *answer)
{
	const char *end = strstr(answer, "\r\n\r\n");

	g_assert_nonnull(end);
	return end + 4;
}

static void assert_answer(const HttpServer *server, const char *first_line, const char *headers, const char *body,
	int status, const char *expected)
{
	g_autofree char *answer = ask(server, first_line, headers, body);

	g_assert_cmpint(status_of(answer), ==, status);
	g_assert_cmpstr(body_of(answer), ==, expected);
}

static void routes_and_parameters(void)
{
	g_autoptr(HttpServer) server = serve((HttpOptions){0});

	assert_answer(server, "GET /hello/jo", NULL, NULL, 200,
		"name=jo rest=(null) q=(null) cookie=(null) header=(null) target=/hello/jo");
	assert_answer(server, "GET /hello/a%20b?q=1%262&q=3", "Cookie: x=y; session=s3\r\nX-Test: yes\r\n", NULL, 200,
		"name=a b rest=(null) q=1&2 cookie=s3 header=yes target=/hello/a b?q=1%262&q=3");
	assert_answer(server, "GET /hello/jo/files/a/b.txt", NULL, NULL, 200,
		"name=jo rest=a/b.txt q=(null) cookie=(null) header=(null) target=/hello/jo/files/a/b.txt");
	assert_answer(server, "GET /hello/", NULL, NULL, 404, "pages problem 404 at /hello/");
	assert_answer(server, "GET /hello/jo/", NULL, NULL, 404, "pages problem 404 at /hello/jo/");
	assert_answer(server, "GET /api/none", NULL, NULL, 404, "api problem 404 at /api/none");
	assert_answer(server, "GET /nobody", NULL, NULL, 403, "not for you");
	assert_answer(server, "GET /quick", NULL, NULL, 200, "from 127.0.0.1");
}

static void methods(void)
{
	g_autoptr(HttpServer) server = serve((HttpOptions){0});
	g_autofree char *head = ask(server, "HEAD /hello/jo", NULL, NULL);
	g_autofree char *wrong = ask(server, "POST /quick", NULL, "");
	g_autofree char *deleted = ask(server, "DELETE /both", NULL, NULL);
	g_autofree char *got = ask(server, "GET /hello/jo", NULL, NULL), *length = NULL;

	g_assert_cmpint(status_of(head), ==, 200);
	length = g_strdup_printf("\r\nContent-Length: %zu\r\n", strlen(body_of(got)));
	g_assert_nonnull(strstr(head, length));
	g_assert_cmpstr(body_of(head), ==, "");
	g_assert_cmpint(status_of(wrong), ==, 405);
	g_assert_nonnull(strstr(wrong, "\r\nAllow: GET, HEAD\r\n"));
	g_assert_cmpint(status_of(deleted), ==, 405);
	g_assert_nonnull(strstr(deleted, "\r\nAllow: GET, HEAD, POST\r\n"));
}

/* Bytes that are no text reach no handler as such, and no answer either. */
static void what_is_not_utf_8(void)
{
	g_autoptr(HttpServer) server = serve((HttpOptions){0});
	g_autofree char *bare = NULL;

	assert_answer(server, "GET /api/%ff%0a", NULL, NULL, 404, "api problem 404 at /api/\xef\xbf\xbd\n");
	assert_answer(server, "GET /hello/jo?q=%ff&%fe=1", "Cookie: session=\xff\r\nX-Test: a\xff\r\n", NULL, 200,
		"name=jo rest=(null) q=\xef\xbf\xbd cookie= header= target=/hello/jo?q=%EF%BF%BD");
	/* Nothing is cut at a NUL. */
	assert_answer(server, "GET /hello/jo%00x?q=a%00b", NULL, NULL, 200,
		"name=jo\xef\xbf\xbdx rest=(null) q=a\xef\xbf\xbd"
		"b cookie=(null) header=(null) target=/hello/jo\xef\xbf\xbdx"
		"?q=a%EF%BF%BDb");
	assert_answer(server, "GET /quick%00", NULL, NULL, 404, "pages problem 404 at /quick\xef\xbf\xbd");
	bare = ask(server, "G\xffT /hello/jo", NULL, NULL);
	g_assert_cmpint(status_of(bare), >=, 400);
}

static void forms(void)
{
	static const struct {
		const char *body, *expected;
	} CASES[] = {
		{"a=1&b=two+words&c=%26%3D", "[a=1][b=two words][c=&=]"},
		{"text=one%0D%0Atwo%0Athree%0D%0D%0A", "[text=one\ntwo\nthree\r\n]"},
		{"bad=%FF%FE&good=%C3%A9", "[bad=\xef\xbf\xbd\xef\xbf\xbd][good=\xc3\xa9](bad)"},
		{"nul=a%00b&after=1&odd=caf%e9", "[nul=a\xef\xbf\xbd"
						 "b][after=1][odd=caf\xef\xbf\xbd](nul)(odd)"},
		{"odd=%zz%4&end=%", "[odd=%zz%4][end=%]"},
		{"&&none&=empty&a=&a=b=c", "[none=][=empty][a=][a=b=c]"},
		{"", ""},
	};
	static const char FORM[] = "Content-Type: application/x-www-form-urlencoded; charset=utf-8\r\n";
	g_autoptr(HttpServer) server = serve((HttpOptions){0});
	g_autoptr(GString) many = g_string_new("x=1");
	g_autofree char *answer = NULL;

	for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++)
		assert_answer(server, "POST /form", FORM, CASES[i].body, 200, CASES[i].expected);
	assert_answer(server, "POST /form", "Content-Type: text/plain\r\n", "a=1", 200, "");
	assert_answer(server, "POST /form", NULL, "a=1", 200, "");
	for (int i = 0; i < 2000; i++)
		g_string_append(many, "&x=1");
	answer = ask(server, "POST /form", FORM, many->str);
	g_assert_cmpuint(strlen(body_of(answer)), ==, 500 * strlen("[x=1]"));
}

#define TEXT_PART(name, value) "--b\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"
#define FILE_HEAD                                                                                                      \
	"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.eml\"\r\nContent-Type: "                   \
	"message/rfc822\r\n\r\n"

static void forms_with_files(void)
{
	static const char FORM[] = "Content-Type: multipart/form-data; boundary=b\r\n";
	g_autoptr(HttpServer) server = serve((HttpOptions){0});
	g_autofree char *filler = g_strnfill(2000, 'x'), *full = g_strnfill(300, 'x');
	g_autofree char *fits = g_strconcat(TEXT_PART("what", "one\r\ntwo"), FILE_HEAD, full, "\r\n--b--\r\n", NULL);
	g_autofree char *too_long = g_strconcat(TEXT_PART("what", "one"), FILE_HEAD, filler, "\r\n--b--\r\n", NULL);
	g_autofree char *late = g_strconcat(FILE_HEAD, filler, "\r\n", TEXT_PART("what", "one"), "--b--\r\n", NULL);

	assert_answer(server, "POST /file", FORM, fits, 200, "[what=one\ntwo]{a.eml message/rfc822 300}");
	assert_answer(server, "POST /file", FORM,
		TEXT_PART("what",
			"\xff") "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n"
				"--b--\r\n",
		200, "[what=\xef\xbf\xbd](what)");
	assert_answer(server, "POST /file", FORM, TEXT_PART("what", "one") "--b", 200, "[what=one]()");
	assert_answer(server, "POST /file", FORM, too_long, 200, "[what=one]...");
	assert_answer(server, "POST /file", FORM, late, 200, "...");
	assert_answer(server, "POST /file", "Content-Type: text/plain\r\n", filler, 413, "pages problem 413 at /file");
	assert_answer(server, "POST /both", FORM, too_long, 413, "pages problem 413 at /both");
}

static void long_bodies(void)
{
	g_autoptr(HttpServer) server = serve((HttpOptions){0});
	g_autofree char *most = g_strnfill(100, 'x'), *more = g_strnfill(101, 'x'), *far = g_strnfill(70000, 'x');
	g_autofree char *chunked = NULL, *wrong = NULL;
	int fd;

	assert_answer(server, "POST /both", NULL, most, 200, "100 bytes");
	assert_answer(server, "POST /both", NULL, more, 413, "pages problem 413 at /both");
	assert_answer(server, "POST /form", NULL, far, 413, "pages problem 413 at /form");
	fd = dial(server); /* nobody said how long it would be */
	send_text(fd, "POST /both HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
	for (int i = 0; i < 11; i++)
		send_text(fd, "a\r\n0123456789\r\n");
	send_text(fd, "0\r\n\r\n");
	chunked = read_all(fd);
	g_assert_cmpint(status_of(chunked), ==, 413);
	fd = dial(server);
	send_text(fd, "POST /both HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: -1\r\n\r\n");
	wrong = read_all(fd);
	g_assert_false(g_str_has_prefix(wrong, "HTTP/1.1 200"));
	assert_answer(server, "GET /quick", NULL, NULL, 200, "from 127.0.0.1");
}

static void every_answer_has_the_security_headers(void)
{
	static const char *const LINES[] = {
		"GET /hello/jo", "HEAD /quick", "GET /none", "POST /quick", "GET /nobody", "GET /api/none"};
	static const char *const HEADERS[] = {"Content-Security-Policy: default-src 'none';",
		"X-Content-Type-Options: nosniff", "X-Frame-Options: DENY", "Referrer-Policy: same-origin",
		"Cross-Origin-Opener-Policy: same-origin", "Cross-Origin-Resource-Policy: same-origin",
		"Permissions-Policy: ", "Cache-Control: no-store"};
	g_autoptr(HttpServer) server = serve((HttpOptions){0});

	for (gsize i = 0; i < G_N_ELEMENTS(LINES); i++) {
		g_autofree char *answer = ask(server, LINES[i], NULL, NULL);

		for (gsize h = 0; h < G_N_ELEMENTS(HEADERS); h++) {
			g_autofree char *line = g_strdup_printf("\r\n%s", HEADERS[h]);

			g_assert_nonnull(strstr(answer, line));
		}
	}
}

static void the_proxy_says_who_asks(void)
{
	static const char TWO[] = "X-Forwarded-For: 6.6.6.6, 203.0.113.9\r\nX-Forwarded-Proto: https\r\n";
	static const char LATER[] = "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 2001:db8::9\r\n";
	g_autoptr(HttpServer) server = serve((HttpOptions){.behind_proxy = TRUE});
	g_autoptr(HttpServer) open = serve((HttpOptions){0});

	assert_answer(server, "GET /quick", TWO, NULL, 200, "from 203.0.113.9 over TLS");
	assert_answer(server, "GET /quick", LATER, NULL, 200, "from 2001:db8::9");
	assert_answer(server, "GET /quick", "X-Forwarded-For: nonsense\r\n", NULL, 200, "from 127.0.0.1");
	assert_answer(server, "GET /quick", NULL, NULL, 200, "from 127.0.0.1");
	assert_answer(open, "GET /quick", TWO, NULL, 200, "from 127.0.0.1");
}

static void unix_socket(void)
{
	g_autofree char *folder = g_dir_make_tmp("http_test.XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "socket", NULL);
	g_autofree char *address = g_strconcat("unix:", path, NULL);
	g_autofree char *answer = NULL;
	g_autoptr(GError) error = NULL;
	HttpServer *server = serve((HttpOptions){.listen = address});
	const HttpOptions again = {.listen = address, .sites = sites, .n_sites = G_N_ELEMENTS(sites)};
	struct sockaddr_un name = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	g_assert_cmpuint(http_port(server), ==, 0);
	g_strlcpy(name.sun_path, path, sizeof name.sun_path);
	g_assert_cmpint(connect(fd, (const struct sockaddr *)&name, sizeof name), ==, 0);
	send_text(fd, "GET /quick HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
	answer = read_all(fd);
	g_assert_cmpstr(body_of(answer), ==, "from local");
	g_assert_null(http_new(&again, &error));
	g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_UNAVAILABLE);
	http_free(server);
	g_assert_cmpint(access(path, F_OK), !=, 0);
	g_assert_cmpint(rmdir(folder), ==, 0);
}

static int begin_slow(const HttpServer *server)
{
	int fd = dial(server);

	send_text(fd, "GET /slow?q=kept HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
	return fd;
}

static void wait_until_waiting(HttpServer *server, guint n)
{
	while (http_counts(server).waiting < n)
		nap();
}

static void a_slow_request_holds_up_no_quick_one(void)
{
	g_autoptr(HttpServer) server = serve((HttpOptions){.workers = 1, .threads = 1});
	g_autofree char *answer = NULL;
	int fd;

	door_set(FALSE);
	fd = begin_slow(server);
	wait_until_inside(1);
	assert_answer(server, "GET /quick", NULL, NULL, 200, "from 127.0.0.1");
	door_set(TRUE);
	answer = read_all(fd);
	g_assert_cmpstr(body_of(answer), ==, "slow kept");
}

static void a_full_queue_is_503(void)
{
	HttpServer *server = serve((HttpOptions){.workers = 1, .queue = 2});
	g_autofree char *first = NULL, *second = NULL, *third = NULL;
	int running, waiting[2];

	door_set(FALSE);
	running = begin_slow(server);
	wait_until_inside(1);
	waiting[0] = begin_slow(server);
	waiting[1] = begin_slow(server);
	wait_until_waiting(server, 2);
	assert_answer(server, "GET /hello/jo", NULL, NULL, 503, "pages problem 503 at /hello/jo");
	assert_answer(server, "GET /api/other", NULL, NULL, 503, "api problem 503 at /api/other");
	g_assert_cmpuint(http_counts(server).refused, ==, 2);
	door_set(TRUE);
	first = read_all(running);
	second = read_all(waiting[0]);
	third = read_all(waiting[1]);
	g_assert_cmpint(status_of(first), ==, 200);
	g_assert_cmpint(status_of(second), ==, 200);
	g_assert_cmpint(status_of(third), ==, 200);
	http_free(server);
}

static void who_waits_too_long_gets_503(void)
{
	HttpServer *server = serve((HttpOptions){.workers = 1, .wait_seconds = 1});
	g_autofree char *late = NULL, *answer = NULL;
	int running;

	door_set(FALSE);
	running = begin_slow(server);
	wait_until_inside(1);
	late = read_all(begin_slow(server));
	g_assert_cmpint(status_of(late), ==, 503);
	g_assert_cmpstr(body_of(late), ==, "pages problem 503 at /slow");
	door_set(TRUE);
	answer = read_all(running);
	g_assert_cmpint(status_of(answer), ==, 200);
	g_assert_cmpuint(atomic_load(&finished), >=, 1);
	http_free(server);
}

/* The client has its 503 and has gone; the worker still reads its request. */
static void a_worker_that_takes_too_long_keeps_its_request(void)
{
	HttpServer *server = serve((HttpOptions){.workers = 1, .run_seconds = 1});
	g_autofree char *answer = NULL;
	const guint before = atomic_load(&finished);

	door_set(FALSE);
	answer = read_all(begin_slow(server));
	g_assert_cmpint(status_of(answer), ==, 503);
	door_set(TRUE);
	while (atomic_load(&finished) == before)
		nap();
	assert_answer(server, "GET /hello/jo", NULL, NULL, 200,
		"name=jo rest=(null) q=(null) cookie=(null) header=(null) target=/hello/jo");
	http_free(server);
}

static void a_client_may_leave_at_any_time(void)
{
	HttpServer *server = serve((HttpOptions){.workers = 2});
	const struct linger at_once = {.l_onoff = 1};
	const guint before = atomic_load(&finished);
	int fds[6], half = dial(server);

	door_set(FALSE);
	for (gsize i = 0; i < G_N_ELEMENTS(fds); i++)
		fds[i] = begin_slow(server);
	wait_until_inside(2);
	wait_until_waiting(server, G_N_ELEMENTS(fds) - 2);
	send_text(half, "POST /both HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nhalf of");
	for (gsize i = 0; i < G_N_ELEMENTS(fds); i++) {
		if (i % 2 == 0) /* a reset instead of an end */
			setsockopt(fds[i], SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
		close(fds[i]);
	}
	close(half);
	door_set(TRUE);
	while (atomic_load(&finished) < before + G_N_ELEMENTS(fds))
		nap();
	assert_answer(server, "GET /quick", NULL, NULL, 200, "from 127.0.0.1");
	http_free(server);
}

static void *open_the_door_later(void *data)
{
	(void)data;
	for (int i = 0; i < 20; i++)
		nap();
	door_set(TRUE);
	return NULL;
}

/* Whoever was in before the end gets their answer: the one a worker has, and those that still wait. */
static void the_end_answers_those_under_way(void)
{
	HttpServer *server = serve((HttpOptions){.workers = 1});
	int fds[5];
	pthread_t opener;
	gint64 start;

	door_set(FALSE);
	for (gsize i = 0; i < G_N_ELEMENTS(fds); i++)
		fds[i] = begin_slow(server);
	wait_until_inside(1);
	wait_until_waiting(server, G_N_ELEMENTS(fds) - 1);
	g_assert_cmpint(pthread_create(&opener, NULL, open_the_door_later, NULL), ==, 0);
	start = g_get_monotonic_time();
	http_free(server);
	g_assert_cmpint(g_get_monotonic_time() - start, <, 4 * G_USEC_PER_SEC); /* the last has left, not given up */
	pthread_join(opener, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(fds); i++) {
		g_autofree char *answer = read_all(fds[i]);

		g_assert_cmpstr(body_of(answer), ==, "slow kept");
	}
}

static void *ask_often(void *data)
{
	const HttpServer *server = data;

	for (int i = 0; i < 50; i++) {
		assert_answer(server, "GET /hello/jo?q=1", NULL, NULL, 200,
			"name=jo rest=(null) q=1 cookie=(null) header=(null) target=/hello/jo?q=1");
		assert_answer(server, "POST /form", "Content-Type: application/x-www-form-urlencoded\r\n", "a=b", 200,
			"[a=b]");
		http_counts((HttpServer *)server);
	}
	return NULL;
}

static void many_at_once(void)
{
	HttpServer *server = serve((HttpOptions){.workers = 4, .threads = 2});
	pthread_t clients[8];

	for (gsize i = 0; i < G_N_ELEMENTS(clients); i++)
		g_assert_cmpint(pthread_create(&clients[i], NULL, ask_often, server), ==, 0);
	for (gsize i = 0; i < G_N_ELEMENTS(clients); i++)
		pthread_join(clients[i], NULL);
	g_assert_cmpuint(http_counts(server).requests, ==, 8 * 50 * 2);
	g_assert_cmpuint(http_counts(server).failures, ==, 0);
	http_free(server);
}

enum { FEW_FILES = 300, MANY_CLIENTS = 280 };

/* The clients, in a process with files of its own: opens them all, waits to be told, closes them, asks once more. */
static void crowd(int from_server, int to_server)
{
	guint16 port;
	int fds[MANY_CLIENTS];
	char byte = 'o';

	g_assert_cmpint(read(from_server, &port, sizeof port), ==, sizeof port);
	for (gsize i = 0; i < G_N_ELEMENTS(fds); i++) {
		fds[i] = dial_port(port);
		send_text(fds[i], "GET /quick HTTP/1.1\r\nHost: x\r\n\r\n");
	}
	g_assert_cmpint(recv(fds[0], &byte, 1, 0), ==, 1);
	g_assert_cmpint(write(to_server, "o", 1), ==, 1);
	g_assert_cmpint(read(from_server, &byte, 1), ==, 1);
	for (gsize i = 0; i < G_N_ELEMENTS(fds); i++)
		close(fds[i]);
	fds[0] = dial_port(port);
	send_text(fds[0], "GET /quick HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
	g_assert_cmpint(status_of(read_all(fds[0])), ==, 200);
	_exit(0);
}

/* However many come, the program keeps files for its database and journal; those beyond wait and are served later. */
static void few_files_in_a_process_of_its_own(void)
{
	const struct rlimit few = {.rlim_cur = 64, .rlim_max = FEW_FILES};
	struct rlimit now;
	HttpServer *server;
	int down[2], up[2], spare[20], status;
	guint16 port;
	pid_t child;
	char byte;

	g_assert_cmpint(pipe(down), ==, 0);
	g_assert_cmpint(pipe(up), ==, 0);
	child = fork();
	g_assert_cmpint(child, >=, 0);
	if (child == 0)
		crowd(down[0], up[1]);
	g_assert_cmpint(setrlimit(RLIMIT_NOFILE, &few), ==, 0);
	server = serve((HttpOptions){.threads = 1});
	g_assert_cmpint(getrlimit(RLIMIT_NOFILE, &now), ==, 0);
	g_assert_cmpuint(now.rlim_cur, ==, FEW_FILES); /* as far as the hard limit lets us */
	port = http_port(server);
	g_assert_cmpint(write(down[1], &port, sizeof port), ==, sizeof port);
	g_assert_cmpint(read(up[0], &byte, 1), ==, 1);
	while (http_counts(server).requests <
		FEW_FILES / 2) /* all that the server takes at a time, and a little longer */
		nap();
	for (int i = 0; i < 40; i++)
		nap();
	for (gsize i = 0; i < G_N_ELEMENTS(spare); i++) {
		spare[i] = open("/dev/null", O_RDONLY | O_CLOEXEC);
		g_assert_cmpint(spare[i], >=, 0);
	}
	g_assert_cmpint(write(down[1], "c", 1), ==, 1);
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	g_assert_cmpint(status, ==, 0);
	http_free(server);
}

static void the_hard_limit_of_files_holds(void)
{
	g_test_trap_subprocess("/http/few-files/subprocess", 60000000, 0);
	g_test_trap_assert_passed();
}

static void addresses(void)
{
	static const char *const WRONG[] = {"127.0.0.1:8080", "inet:", "inet:host", "inet::80",
		"inet:host:", "unix:", "inet:[:80", "inet:[::1:80", "inet:127.0.0.1:eighty"};
	g_autofree char *name = g_strnfill(200, 'x'), *far = g_strconcat("unix:/", name, NULL);

	for (gsize i = 0; i < G_N_ELEMENTS(WRONG) + 1; i++) {
		const char *listen = i < G_N_ELEMENTS(WRONG) ? WRONG[i] : far;
		const HttpOptions options = {.listen = listen, .sites = sites, .n_sites = G_N_ELEMENTS(sites)};
		g_autoptr(GError) error = NULL;

		g_assert_null(http_new(&options, &error));
		g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_INVALID);
	}
}

static void statuses_of_errors(void)
{
	static const struct {
		EvenhandError kind;
		int status;
	} CASES[] = {{EVENHAND_ERROR_INVALID, 400}, {EVENHAND_ERROR_REFUSED, 403}, {EVENHAND_ERROR_NOT_FOUND, 404},
		{EVENHAND_ERROR_CONFLICT, 409}, {EVENHAND_ERROR_UNAVAILABLE, 503}, {EVENHAND_ERROR_BUG, 500}};

	for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autoptr(GError) error = g_error_new_literal(EVENHAND_ERROR, (int)CASES[i].kind, "x");

		g_assert_cmpint(http_status(error), ==, CASES[i].status);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/http/routes-and-parameters", routes_and_parameters);
	g_test_add_func("/http/methods", methods);
	g_test_add_func("/http/what-is-not-utf-8", what_is_not_utf_8);
	g_test_add_func("/http/forms", forms);
	g_test_add_func("/http/forms-with-files", forms_with_files);
	g_test_add_func("/http/long-bodies", long_bodies);
	g_test_add_func("/http/every-answer-has-the-security-headers", every_answer_has_the_security_headers);
	g_test_add_func("/http/the-proxy-says-who-asks", the_proxy_says_who_asks);
	g_test_add_func("/http/unix-socket", unix_socket);
	g_test_add_func("/http/addresses", addresses);
	g_test_add_func("/http/statuses-of-errors", statuses_of_errors);
	g_test_add_func("/http/a-slow-request-holds-up-no-quick-one", a_slow_request_holds_up_no_quick_one);
	g_test_add_func("/http/a-full-queue-is-503", a_full_queue_is_503);
	g_test_add_func("/http/who-waits-too-long-gets-503", who_waits_too_long_gets_503);
	g_test_add_func(
		"/http/a-worker-that-takes-too-long-keeps-its-request", a_worker_that_takes_too_long_keeps_its_request);
	g_test_add_func("/http/a-client-may-leave-at-any-time", a_client_may_leave_at_any_time);
	g_test_add_func("/http/the-end-answers-those-under-way", the_end_answers_those_under_way);
	g_test_add_func("/http/many-at-once", many_at_once);
	g_test_add_func("/http/the-hard-limit-of-files-holds", the_hard_limit_of_files_holds);
	g_test_add_func("/http/few-files/subprocess", few_files_in_a_process_of_its_own);
	return g_test_run();
}
