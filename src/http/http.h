/* http.h: listens, routes, limits, parses forms; wraps libmicrohttpd. No word of the domain and no session here: who
 * may come in is asked of the site that a route belongs to.
 *
 * Requests are accepted by an epoll pool. A route that is `quick` is answered there; any other is suspended and run by
 * a bounded pool of workers, so that a commit or a password hash never holds up the others. A request that waits too
 * long for its turn, or finds the queue full, is answered 503. */
#pragma once

#include "base/arena.h"
#include "base/error.h"

#include <glib.h>

typedef struct HttpRequest HttpRequest;

typedef struct {
	const char *name, *value;
} HttpPair;

typedef struct {
	int status;
	const char *content_type; /* NULL: text/html; charset=utf-8 */
	const char *body;         /* in the request's arena, or static where `is_static` */
	gsize length;
	gboolean is_static; /* the body outlives the server */
	HttpPair headers[16];
	gsize n_headers;
} HttpResponse;

void http_header_set(HttpResponse *response, const char *name, const char *value);
/* A body that is text; copies nothing. */
void http_text(HttpResponse *response, int status, const char *content_type, const char *text);
/* A file to be saved, never shown: its type is kept where a browser only shows or plays it, and is a stream of bytes
 * else. name and type may be anything. mem: the request's. */
void http_attachment(
	HttpResponse *response, Arena *mem, const char *name, const char *type, const void *bytes, gsize length);
/* 303 to a path of this site. */
void http_redirect(HttpResponse *response, const char *path);
/* The status of an error's kind: 400, 403, 404, 409, 503, 500. */
int http_status(const GError *error);

typedef void (*HttpHandler)(void *context, HttpRequest *request, HttpResponse *response);

typedef struct {
	const char *method; /* "GET" (answers HEAD too) or "POST" */
	const char *path;   /* "/customers/:ref"; the last part may be "*rest" */
	int right;          /* the site's own meaning; never 0, which means that it was forgotten */
	HttpHandler handle;
	gboolean quick; /* answered at once on the epoll thread: touches neither database nor disk */
	gsize body_max; /* longest body in bytes; 0: 64 KiB */
	/* Of a multipart form that is longer than body_max: so much of its beginning is kept, and the handler runs with
	 * http_cut, so that what was typed before the file can be given back. 0: 413, as any other. */
	gsize text_max;
	const char *summary; /* for openapi.yaml; NULL for pages */
} HttpRoute;

typedef struct {
	const HttpRoute *routes; /* ends with method == NULL */
	/* Whether the request may come to the route; FALSE: response is filled in (sign in, forbidden …). */
	gboolean (*admit)(void *context, HttpRequest *request, const HttpRoute *route, HttpResponse *response);
	/* Fills in the page for what no handler answers: 404, 405, 413, 503, 500. */
	void (*problem)(void *context, HttpRequest *request, int status, HttpResponse *response);
	void *context;
	const char *prefix; /* requests whose path begins with it get this site's `problem`; "" for the last */
} HttpSite;

typedef struct {
	const char *listen;    /* "inet:HOST:PORT" or "unix:PATH" */
	const HttpSite *sites; /* the first whose route fits answers */
	gsize n_sites;
	guint threads;         /* epoll threads; 0: 2 */
	guint workers;         /* 0: 16; most of them wait for a commit, and more wait for the same one */
	guint queue;           /* requests that may wait for a worker; 0: 1000 */
	guint wait_seconds;    /* for a worker; 0: 20 */
	guint run_seconds;     /* then the client gets 503, whatever the worker still does; 0: 60 */
	gboolean behind_proxy; /* the address is the last of X-Forwarded-For, and X-Forwarded-Proto counts */
} HttpOptions;

typedef struct HttpServer HttpServer;

HttpServer *http_new(const HttpOptions *options, GError **error);
guint16 http_port(const HttpServer *server); /* where it listens; 0 for a unix socket */
/* Takes no more requests, answers those under way (whoever does not take their answer within seconds loses it), ends
 * all threads. */
void http_free(HttpServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HttpServer, http_free)

typedef struct {
	guint64 requests, failures /* 5xx */, refused /* queue full or too late */;
	guint waiting;
} HttpCounts;
HttpCounts http_counts(HttpServer *server);

/* What a handler reads. All strings live as long as the request and are UTF-8, whatever was sent: in path, query and
 * form what is no text, or a NUL, is U+FFFD; a header or a cookie that is no text is "". NULL where there is none. */
Arena *http_arena(HttpRequest *request);
HttpServer *http_server(const HttpRequest *request);
const char *http_method(const HttpRequest *request);
const char *http_path(const HttpRequest *request);
const char *http_target(HttpRequest *request); /* path and query, to come back to */
const HttpRoute *http_route(const HttpRequest *request);
const char *http_param(HttpRequest *request, const char *name); /* ":ref" of the route */
const char *http_query(HttpRequest *request, const char *name); /* the first of that name */
const HttpPair *http_query_all(HttpRequest *request, gsize *ret_n);
const char *http_header(HttpRequest *request, const char *name);
const char *http_cookie(HttpRequest *request, const char *name);
const char *http_body(HttpRequest *request, gsize *ret_length);
/* Fields of an application/x-www-form-urlencoded or multipart/form-data body (of another there are none), in order,
 * CR LF turned into LF; at most 500. Files are not among them. */
const char *http_form(HttpRequest *request, const char *name);
const HttpPair *http_form_all(HttpRequest *request, gsize *ret_n);
/* Names of the form's fields that held a NUL or invalid UTF-8, so that what was typed is not whole; NULL-terminated. */
const char *const *http_form_unreadable(HttpRequest *request);
/* A file that was chosen in a field of a multipart form; its name and type are as the sender says. */
typedef struct {
	const char *field, *name, *type; /* type: "" where it was not said */
	const void *bytes;
	gsize length;
} HttpFile;
const HttpFile *http_file(HttpRequest *request, const char *field); /* NULL: none was chosen */
/* The form was too long, and its end is missing (HttpRoute.text_max). */
gboolean http_cut(const HttpRequest *request);
const char *http_address(HttpRequest *request); /* "127.0.0.1" */
gboolean http_secure(HttpRequest *request);     /* came over TLS, as the proxy says */
/* What `admit` wants its handlers to have: a session, a token's holder. */
void http_set_guest(HttpRequest *request, void *guest);
void *http_guest(const HttpRequest *request);
