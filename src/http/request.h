/* request.h: a request from its first byte to its answer; for http/ alone. */
#pragma once

#include "http/http.h"

#include <microhttpd.h>
#include <pthread.h>

typedef enum {
	JOB_READING,  /* the body comes in */
	JOB_WAITING,  /* suspended, in the queue */
	JOB_RUNNING,  /* suspended, a worker has it */
	JOB_ANSWERED, /* resumed, the answer is ready */
	JOB_EXPIRED   /* resumed with 503; a worker may still have it */
} JobState;

enum { PARAMS_MAX = 8 };

struct HttpRequest {
	struct MHD_Connection *connection; /* of the epoll thread only while it lasts */
	HttpServer *server;
	const HttpSite *site;
	const HttpRoute *route;
	Arena *mem;
	const char *method, *path, *target, *address;
	gboolean secure;
	HttpPair params[PARAMS_MAX];
	gsize n_params;
	HttpPair *query, *form, *headers, *cookies;
	gsize n_query, n_form, n_headers, n_cookies;
	gboolean form_parsed;
	const char **unreadable; /* names of fields, once the form is parsed */
	HttpFile *files;
	gsize n_files;
	GByteArray *body;
	gsize counted;               /* of the body, in the server's count of all bodies */
	gboolean too_long, too_much; /* for its route; for the server, with all others: dropped */
	gboolean cut;                /* its beginning alone is kept */
	char allow[40];              /* of a path that other methods have */
	void *guest;
	HttpResponse response;

	/* Under the server's lock: */
	JobState state;
	gboolean queued; /* counted among those under way */
	guint holders;   /* the connection, and a worker */
	gint64 deadline;
	HttpRequest *next;
};

HttpRequest *request_new(HttpServer *server, struct MHD_Connection *connection, const char *method, const char *path);
void request_free(HttpRequest *request);

/* Splits `a=b&c=d`; decodes; at most max pairs. *ret_unreadable: names of those that held what is no text. */
HttpPair *request_pairs(
	Arena *mem, const char *text, gsize length, gsize max, gsize *ret_n, const char ***ret_unreadable);
/* Whether the body is a multipart form. */
gboolean request_is_multipart(HttpRequest *request);
/* Undoes %XX in place, for libmicrohttpd; a NUL becomes U+FFFD, so that no text is cut at it. */
size_t request_unescape(void *data, struct MHD_Connection *connection, char *text);
/* Whether the path fits a route's pattern; then fills in its parameters. */
gboolean request_fits(HttpRequest *request, const HttpRoute *route);
