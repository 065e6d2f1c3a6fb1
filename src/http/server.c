/* server.c: from the socket to the handler and back: libmicrohttpd's epoll pool, the queue, and its workers. */
#include "http/request.h"
#include "http/response.h"

#include "base/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum {
	BODY_MAX = 64 << 10,
	BODIES_MAX = 64 << 20,  /* of all requests together, since anybody may send one */
	DROPPED_MAX = 16 << 20, /* of a body that is too long for its route; a longer one is cut off */
	CUT_MAX = 256 << 20,    /* the same of a form with a file whose texts are given back */
	QUEUE_MAX = 1000,
	WAIT_SECONDS = 20,
	RUN_SECONDS = 60,        /* a worker ends by the database's own time-outs */
	IDLE_SECONDS = 30,       /* of a connection */
	CONNECTIONS_MAX = 10000, /* fewer where the hard limit of open files is lower */
	SPARE_FILES = 128,
	END_SECONDS = 5, /* for the last answers to leave */
};

struct HttpServer {
	struct MHD_Daemon *daemon;
	const HttpSite *sites;
	gsize n_sites;
	gboolean behind_proxy;
	guint queue, wait_seconds, run_seconds;
	guint16 port;
	char *unix_path;
	pthread_t *workers;
	guint n_workers;
	pthread_t sweeper;
	gboolean sweeps; /* the sweeper was started */

	atomic_size_t bodies; /* bytes in memory */

	pthread_mutex_t lock; /* guards all below and the jobs' state */
	pthread_cond_t work;
	pthread_cond_t sweep;
	pthread_cond_t answered;
	HttpRequest *first, *last; /* waiting */
	guint under_way;           /* queued, and not completed */
	HttpRequest **running;     /* a worker's own place */
	gboolean ending;
	HttpCounts counts;
};

static gint64 seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

static const HttpSite *site_of(const HttpServer *server, const char *path)
{
	for (gsize i = 0; i < server->n_sites; i++)
		if (g_str_has_prefix(path, server->sites[i].prefix))
			return &server->sites[i];
	return &server->sites[server->n_sites - 1];
}

static void answer_problem(HttpRequest *request, int status)
{
	const HttpSite *site = request->site != NULL ? request->site : site_of(request->server, request->path);

	request->response = (HttpResponse){.status = status};
	site->problem(site->context, request, status, &request->response);
}

/* Notes a method that the request's path has. */
static void allow(HttpRequest *request, const HttpRoute *route)
{
	if (strstr(request->allow, route->method) != NULL)
		return;
	if (request->allow[0] != '\0')
		g_strlcat(request->allow, ", ", sizeof request->allow);
	g_strlcat(
		request->allow, g_str_equal(route->method, "GET") ? "GET, HEAD" : route->method, sizeof request->allow);
}

/* The route of path and method; sets route and site. 0, or the status of what is wrong. */
static int find_route(HttpRequest *request)
{
	const HttpServer *server = request->server;
	const char *method = g_str_equal(request->method, "HEAD") ? "GET" : request->method;

	for (gsize s = 0; s < server->n_sites; s++)
		for (const HttpRoute *route = server->sites[s].routes; route->method != NULL; route++) {
			if (!request_fits(request, route))
				continue;
			if (g_str_equal(route->method, method)) {
				request->route = route;
				request->site = &server->sites[s];
				return 0;
			}
			allow(request, route);
		}
	return request->allow[0] != '\0' ? 405 : 404;
}

static void run_handler(HttpRequest *request)
{
	const HttpSite *site = request->site;

	request->response = (HttpResponse){.status = 200, .body = ""};
	if (site->admit(site->context, request, request->route, &request->response))
		request->route->handle(site->context, request, &request->response);
}

static enum MHD_Result send_response(HttpRequest *request)
{
	HttpServer *server = request->server;
	struct MHD_Response *response = response_for_mhd(&request->response, request->secure);
	enum MHD_Result queued;

	pthread_mutex_lock(&server->lock);
	server->counts.requests++;
	if (request->response.status >= 500)
		server->counts.failures++;
	pthread_mutex_unlock(&server->lock);
	if (response == NULL)
		return MHD_NO;
	queued = MHD_queue_response(request->connection, (unsigned)request->response.status, response);
	MHD_destroy_response(response);
	return queued;
}

/* Puts the request into the queue and suspends its connection. FALSE where the queue is full. */
static gboolean enqueue(HttpRequest *request)
{
	HttpServer *server = request->server;
	gboolean taken;

	pthread_mutex_lock(&server->lock);
	taken = server->counts.waiting < server->queue && !server->ending;
	if (taken) {
		request->state = JOB_WAITING;
		request->deadline = seconds_now() + server->wait_seconds;
		request->next = NULL;
		if (server->last != NULL)
			server->last->next = request;
		else
			server->first = request;
		server->last = request;
		server->counts.waiting++;
		request->queued = TRUE;
		server->under_way++;
		MHD_suspend_connection(request->connection);
		pthread_cond_signal(&server->work);
	} else {
		server->counts.refused++;
	}
	pthread_mutex_unlock(&server->lock);
	return taken;
}

static void drop_body(HttpRequest *request)
{
	atomic_fetch_sub(&request->server->bodies, request->counted);
	request->counted = 0;
	g_byte_array_unref(request->body);
	request->body = g_byte_array_new();
}

static void drop(HttpRequest *request)
{
	HttpServer *server = request->server;
	gboolean last;

	pthread_mutex_lock(&server->lock);
	last = --request->holders == 0;
	pthread_mutex_unlock(&server->lock);
	if (last) {
		drop_body(request);
		request_free(request);
	}
}

/* Under the lock. */
static HttpRequest *take_first(HttpServer *server)
{
	HttpRequest *request = server->first;

	server->first = request->next;
	if (server->first == NULL)
		server->last = NULL;
	server->counts.waiting--;
	return request;
}

/* Under the lock: the client gets 503, whatever a worker still does. The answer is made by the epoll thread. */
static void expire(HttpServer *server, HttpRequest *request)
{
	request->state = JOB_EXPIRED;
	server->counts.refused++;
	MHD_resume_connection(request->connection);
}

typedef struct {
	HttpServer *server;
	guint place;
} WorkerStart;

static void *work(void *data)
{
	WorkerStart *start = data;
	HttpServer *server = start->server;
	HttpRequest **place = &server->running[start->place];

	g_free(start);
	for (;;) {
		HttpRequest *request;

		pthread_mutex_lock(&server->lock);
		while (server->first == NULL && !server->ending)
			pthread_cond_wait(&server->work, &server->lock);
		if (server->first == NULL) {
			pthread_mutex_unlock(&server->lock);
			return NULL;
		}
		request = take_first(server);
		request->state = JOB_RUNNING;
		request->deadline = seconds_now() + server->run_seconds;
		request->holders++;
		*place = request;
		pthread_mutex_unlock(&server->lock);

		run_handler(request);

		pthread_mutex_lock(&server->lock);
		*place = NULL;
		if (request->state == JOB_RUNNING) {
			request->state = JOB_ANSWERED;
			MHD_resume_connection(request->connection);
		}
		pthread_mutex_unlock(&server->lock);
		drop(request);
	}
}

/* libmicrohttpd never times a suspended connection out: this thread does. */
static void *sweep(void *data)
{
	HttpServer *server = data;

	pthread_mutex_lock(&server->lock);
	while (!server->ending) {
		const gint64 now = seconds_now();
		struct timespec wake;

		while (server->first != NULL && server->first->deadline <= now)
			expire(server, take_first(server));
		for (guint i = 0; i < server->n_workers; i++)
			if (server->running[i] != NULL && server->running[i]->state == JOB_RUNNING &&
				server->running[i]->deadline <= now)
				expire(server, server->running[i]);
		clock_gettime(CLOCK_REALTIME, &wake);
		wake.tv_sec += 1;
		pthread_cond_timedwait(&server->sweep, &server->lock, &wake);
	}
	pthread_mutex_unlock(&server->lock);
	return NULL;
}

static gboolean is_address(const char *text)
{
	struct in6_addr parsed;

	return inet_pton(AF_INET, text, &parsed) == 1 || inet_pton(AF_INET6, text, &parsed) == 1;
}

/* The proxy adds what it saw at the end, to the last header of that name or as one more; what stands before is the
 * client's own word. */
static void see_proxy(HttpRequest *request)
{
	const char *forwarded = NULL, *comma;
	const char *scheme = http_header(request, "X-Forwarded-Proto");
	char *last;

	if (!request->server->behind_proxy)
		return;
	request->secure = scheme != NULL && g_str_equal(scheme, "https");
	for (gsize i = 0; i < request->n_headers; i++)
		if (g_ascii_strcasecmp(request->headers[i].name, "X-Forwarded-For") == 0)
			forwarded = request->headers[i].value;
	if (forwarded == NULL)
		return;
	comma = strrchr(forwarded, ',');
	last = g_strstrip(arena_strdup(request->mem, comma != NULL ? comma + 1 : forwarded));
	if (is_address(last))
		request->address = last;
}

static gboolean may_cut(HttpRequest *request)
{
	return request->route->text_max > 0 && request_is_multipart(request);
}

static enum MHD_Result begin(
	HttpServer *server, struct MHD_Connection *connection, const char *url, const char *method, void **job)
{
	HttpRequest *request = request_new(server, connection, method, url);
	int status = find_route(request);
	const char *length = http_header(request, "Content-Length");
	guint64 body = G_MAXUINT64;

	*job = request;
	see_proxy(request);
	if (status == 0 && length != NULL &&
		(!g_ascii_string_to_unsigned(length, 10, 0, G_MAXINT64, &body, NULL) ||
			body > (request->route->body_max > 0 ? request->route->body_max : BODY_MAX))) {
		/* A browser shows an answer only once its form is sent: what is a little too long is read and dropped.
		 */
		if (may_cut(request) && body <= CUT_MAX)
			return MHD_YES;
		if (body <= DROPPED_MAX)
			request->too_long = TRUE;
		else
			status = 413;
	}
	if (status == 0)
		return MHD_YES;
	answer_problem(request, status);
	if (status == 405)
		http_header_set(&request->response, "Allow", request->allow);
	return send_response(request);
}

static enum MHD_Result finish(HttpRequest *request)
{
	JobState state;

	pthread_mutex_lock(&request->server->lock);
	state = request->state;
	pthread_mutex_unlock(&request->server->lock);
	if (state == JOB_ANSWERED)
		return send_response(request);
	if (state == JOB_EXPIRED) {
		/* A worker may still write to the request: this answer is made beside it. */
		HttpRequest *late = request_new(request->server, request->connection, request->method, request->path);
		enum MHD_Result sent;

		see_proxy(late);
		answer_problem(late, 503);
		sent = send_response(late);
		request_free(late);
		return sent;
	}
	if (request->too_long)
		answer_problem(request, 413);
	else if (request->too_much)
		answer_problem(request, 503);
	else if (request->route->quick)
		run_handler(request);
	else if (enqueue(request))
		return MHD_YES;
	else
		answer_problem(request, 503);
	return send_response(request);
}

/* Keeps the beginning, where the texts of a form stand that come before its file. */
static void cut_body(HttpRequest *request, const char *bytes, gsize n)
{
	const gsize max = request->route->text_max;
	GByteArray *kept = g_byte_array_new();

	g_byte_array_append(kept, request->body->data, (guint)MIN(request->body->len, max));
	g_byte_array_append(kept, (const guint8 *)bytes, (guint)MIN(n, max - kept->len));
	drop_body(request);
	g_byte_array_unref(request->body);
	request->body = kept;
	request->counted = kept->len;
	atomic_fetch_add(&request->server->bodies, kept->len);
	request->cut = TRUE;
}

/* A piece of the body: kept while it fits its route and, with all others, the server. */
static void take_piece(HttpRequest *request, const char *bytes, gsize n)
{
	HttpServer *server = request->server;
	const gsize max = request->route->body_max > 0 ? request->route->body_max : BODY_MAX;

	if (request->too_long || request->too_much || request->cut)
		return;
	if (request->body->len + n > max && may_cut(request)) {
		cut_body(request, bytes, n);
		return;
	}
	if (request->body->len + n > max) {
		request->too_long = TRUE;
		drop_body(request);
		return;
	}
	request->counted += n;
	if (atomic_fetch_add(&server->bodies, n) + n > BODIES_MAX) {
		request->too_much = TRUE;
		drop_body(request);
		pthread_mutex_lock(&server->lock);
		server->counts.refused++;
		pthread_mutex_unlock(&server->lock);
		return;
	}
	g_byte_array_append(request->body, (const guint8 *)bytes, (guint)n);
}

static enum MHD_Result access_handler(void *data, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *upload, size_t *upload_size, void **job)
{
	HttpRequest *request = *job;

	(void)version;
	if (request == NULL)
		return begin(data, connection, url, method, job);
	if (*upload_size > 0) {
		take_piece(request, upload, *upload_size);
		*upload_size = 0;
		return MHD_YES;
	}
	return finish(request);
}

static void completed(void *data, struct MHD_Connection *connection, void **job, enum MHD_RequestTerminationCode how)
{
	HttpServer *server = data;
	HttpRequest *request = *job;

	(void)connection;
	(void)how;
	if (request == NULL)
		return;
	pthread_mutex_lock(&server->lock);
	if (request->queued && --server->under_way == 0)
		pthread_cond_signal(&server->answered);
	pthread_mutex_unlock(&server->lock);
	drop(request);
	*job = NULL;
}

/* As many connections as the hard limit of open files lets us have; raises the soft one. */
static guint connection_limit(void)
{
	struct rlimit files;
	rlim_t room;

	if (getrlimit(RLIMIT_NOFILE, &files) != 0)
		return 500;
	if (files.rlim_cur < files.rlim_max) {
		files.rlim_cur = files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &files);
		getrlimit(RLIMIT_NOFILE, &files);
	}
	room = files.rlim_cur > 2 * SPARE_FILES ? files.rlim_cur - SPARE_FILES : SPARE_FILES;
	return room < CONNECTIONS_MAX ? (guint)room : CONNECTIONS_MAX;
}

/* n_workers is told to the sweeper by its start: it begins last. */
static gboolean start_threads(HttpServer *server, guint workers, GError **error)
{
	server->workers = g_new0(pthread_t, workers);
	server->running = g_new0(HttpRequest *, workers);
	int problem;

	for (guint i = 0; i < workers; i++) {
		WorkerStart *start = g_new(WorkerStart, 1);

		*start = (WorkerStart){.server = server, .place = i};
		problem = pthread_create(&server->workers[i], NULL, work, start);
		if (problem != 0) {
			g_free(start);
			return unavailable(error, "Cannot start a thread: %s.", g_strerror(problem));
		}
		server->n_workers = i + 1;
	}
	problem = pthread_create(&server->sweeper, NULL, sweep, server);
	server->sweeps = problem == 0;
	return problem == 0 || unavailable(error, "Cannot start a thread: %s.", g_strerror(problem));
}

HttpServer *http_new(const HttpOptions *options, GError **error)
{
	HttpServer *server;
	Listener listener;

	if (!listen_open(options->listen, 1024, &listener, error))
		return NULL;
	server = g_new0(HttpServer, 1);
	server->sites = options->sites;
	server->n_sites = options->n_sites;
	server->behind_proxy = options->behind_proxy;
	server->queue = options->queue > 0 ? options->queue : QUEUE_MAX;
	server->wait_seconds = options->wait_seconds > 0 ? options->wait_seconds : WAIT_SECONDS;
	server->run_seconds = options->run_seconds > 0 ? options->run_seconds : RUN_SECONDS;
	server->port = listener.port;
	server->unix_path = listener.is_unix ? g_strdup(options->listen + strlen("unix:")) : NULL;
	pthread_mutex_init(&server->lock, NULL);
	pthread_cond_init(&server->work, NULL);
	pthread_cond_init(&server->sweep, NULL);
	pthread_cond_init(&server->answered, NULL);
	if (!start_threads(server, options->workers > 0 ? options->workers : 16, error)) {
		close(listener.fd);
		http_free(server);
		return NULL;
	}
	server->daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL,
		access_handler, server, MHD_OPTION_LISTEN_SOCKET, listener.fd, MHD_OPTION_THREAD_POOL_SIZE,
		options->threads > 0 ? options->threads : 2, MHD_OPTION_CONNECTION_LIMIT, connection_limit(),
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
		(size_t)(32 << 10), MHD_OPTION_UNESCAPE_CALLBACK, request_unescape, NULL, MHD_OPTION_NOTIFY_COMPLETED,
		completed, server, MHD_OPTION_END);
	if (server->daemon == NULL) {
		unavailable(error, "Cannot serve at %s: %s.", options->listen, g_strerror(errno));
		close(listener.fd);
		http_free(server);
		return NULL;
	}
	return server;
}

guint16 http_port(const HttpServer *server)
{
	return server->port;
}

HttpCounts http_counts(HttpServer *server)
{
	HttpCounts counts;

	pthread_mutex_lock(&server->lock);
	counts = server->counts;
	pthread_mutex_unlock(&server->lock);
	return counts;
}

/* The workers are done; the epoll threads still send. */
static void let_answers_leave(HttpServer *server)
{
	struct timespec end;

	clock_gettime(CLOCK_REALTIME, &end);
	end.tv_sec += END_SECONDS;
	pthread_mutex_lock(&server->lock);
	while (server->under_way > 0 && pthread_cond_timedwait(&server->answered, &server->lock, &end) == 0)
		;
	pthread_mutex_unlock(&server->lock);
}

void http_free(HttpServer *server)
{
	int listener = -1;

	if (server == NULL)
		return;
	if (server->daemon != NULL)
		listener = MHD_quiesce_daemon(server->daemon);
	pthread_mutex_lock(&server->lock);
	server->ending = TRUE; /* the workers empty the queue first */
	pthread_cond_broadcast(&server->work);
	pthread_cond_signal(&server->sweep);
	pthread_mutex_unlock(&server->lock);
	for (guint i = 0; i < server->n_workers; i++)
		pthread_join(server->workers[i], NULL);
	if (server->sweeps)
		pthread_join(server->sweeper, NULL);
	let_answers_leave(server);
	if (server->daemon != NULL)
		MHD_stop_daemon(server->daemon);
	if (listener >= 0) /* its epoll threads take it out of their sets, which they could not once it is closed */
		close(listener);
	if (server->unix_path != NULL)
		unlink(server->unix_path);
	pthread_mutex_destroy(&server->lock);
	pthread_cond_destroy(&server->work);
	pthread_cond_destroy(&server->sweep);
	pthread_cond_destroy(&server->answered);
	g_free(server->unix_path);
	g_free(server->workers);
	g_free(server->running);
	g_free(server);
}
