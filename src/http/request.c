/* request.c: what a handler reads of its request: path, query, headers, cookies, form. */
#include "http/request.h"

#include "http/multipart.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

enum { QUERY_MAX = 100, FORM_MAX = 500, FILES_MAX = 20, HEADERS_MAX = 100, COOKIES_MAX = 50 };

typedef struct {
	Arena *mem;
	HttpPair *pairs;
	gsize n, max;
} Collect;

/* What goes into answers and the log is text: bytes that are not UTF-8 are replaced, and then fit no route. */
static const char *as_text(Arena *mem, const char *bytes)
{
	return g_utf8_validate(bytes, -1, NULL) ? arena_strdup(mem, bytes)
						: arena_own(mem, g_utf8_make_valid(bytes, -1), g_free);
}

/* What somebody typed into an address is never taken for nothing; a header or a cookie that is no text is. */
static const char *value_of(Arena *mem, enum MHD_ValueKind kind, const char *value)
{
	if (value == NULL || (kind != MHD_GET_ARGUMENT_KIND && !g_utf8_validate(value, -1, NULL)))
		return "";
	return as_text(mem, value);
}

static enum MHD_Result collect(void *data, enum MHD_ValueKind kind, const char *name, const char *value)
{
	Collect *into = data;

	if (into->n < into->max && g_utf8_validate(name, -1, NULL))
		into->pairs[into->n++] = (HttpPair){arena_strdup(into->mem, name), value_of(into->mem, kind, value)};
	return MHD_YES;
}

static HttpPair *collect_all(HttpRequest *request, enum MHD_ValueKind kind, gsize max, gsize *ret_n)
{
	Collect into = {.mem = request->mem, .pairs = arena_array(request->mem, HttpPair, max), .max = max};

	MHD_get_connection_values(request->connection, kind, collect, &into);
	*ret_n = into.n;
	return into.pairs;
}

static const char *find(const HttpPair *pairs, gsize n, const char *name)
{
	for (gsize i = 0; i < n; i++)
		if (g_str_equal(pairs[i].name, name))
			return pairs[i].value;
	return NULL;
}

static const char *peer_address(HttpRequest *request)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(request->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	char text[INET6_ADDRSTRLEN] = "local";

	if (info != NULL && info->client_addr != NULL && info->client_addr->sa_family == AF_INET)
		inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)info->client_addr)->sin_addr, text,
			sizeof text);
	else if (info != NULL && info->client_addr != NULL && info->client_addr->sa_family == AF_INET6)
		inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)info->client_addr)->sin6_addr, text,
			sizeof text);
	return arena_strdup(request->mem, text);
}

HttpRequest *request_new(HttpServer *server, struct MHD_Connection *connection, const char *method, const char *path)
{
	HttpRequest *request = g_new0(HttpRequest, 1);

	request->server = server;
	request->connection = connection;
	request->mem = arena_new(ARENA_REQUEST_MAX);
	request->method = as_text(request->mem, method);
	request->path = as_text(request->mem, path);
	request->body = g_byte_array_new();
	request->holders = 1;
	request->address = peer_address(request);
	request->query = collect_all(request, MHD_GET_ARGUMENT_KIND, QUERY_MAX, &request->n_query);
	request->headers = collect_all(request, MHD_HEADER_KIND, HEADERS_MAX, &request->n_headers);
	request->cookies = collect_all(request, MHD_COOKIE_KIND, COOKIES_MAX, &request->n_cookies);
	return request;
}

void request_free(HttpRequest *request)
{
	g_byte_array_unref(request->body);
	arena_free(request->mem);
	g_free(request);
}

static int hex(char c)
{
	return g_ascii_xdigit_value(c);
}

size_t request_unescape(void *data, struct MHD_Connection *connection, char *text)
{
	static const char REPLACEMENT[] = "\xef\xbf\xbd"; /* as long as "%00" */
	char *out = text;

	(void)data;
	(void)connection;
	for (const char *in = text; *in != '\0';) {
		if (g_str_has_prefix(in, "%00")) {
			memcpy(out, REPLACEMENT, strlen(REPLACEMENT));
			out += strlen(REPLACEMENT);
			in += 3;
		} else if (*in == '%' && hex(in[1]) >= 0 && hex(in[2]) >= 0) {
			*out++ = (char)(hex(in[1]) * 16 + hex(in[2]));
			in += 3;
		} else {
			*out++ = *in++;
		}
	}
	*out = '\0';
	return (size_t)(out - text);
}

/* %XX and + undone, CR LF turned into LF; what is no text is replaced, and *ret_unreadable set. */
static const char *decode(Arena *mem, const char *text, gsize length, gboolean *ret_unreadable)
{
	char *out = arena_alloc(mem, length + 1);
	gsize n = 0;

	for (gsize i = 0; i < length; i++) {
		char c = text[i];

		if (c == '+')
			c = ' ';
		else if (c == '%' && i + 2 < length && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0) {
			c = (char)(hex(text[i + 1]) * 16 + hex(text[i + 2]));
			i += 2;
		}
		if (c == '\n' && n > 0 && out[n - 1] == '\r')
			n--;
		out[n++] = c;
	}
	out[n] = '\0';
	if (g_utf8_validate(out, (gssize)n, NULL))
		return out;
	*ret_unreadable = TRUE;
	return arena_own(mem, g_utf8_make_valid(out, (gssize)n), g_free);
}

HttpPair *request_pairs(
	Arena *mem, const char *text, gsize length, gsize max, gsize *ret_n, const char ***ret_unreadable)
{
	const char **unreadable = arena_array(mem, const char *, max + 1);
	HttpPair *pairs = arena_array(mem, HttpPair, max + 1);
	const char *end = text + length;
	gsize n = 0, n_unreadable = 0;

	while (text < end && n < max) {
		const char *amp = memchr(text, '&', (gsize)(end - text));
		const char *stop = amp != NULL ? amp : end;
		const char *equals = memchr(text, '=', (gsize)(stop - text));

		if (stop > text) {
			const char *name_end = equals != NULL ? equals : stop;
			gboolean bad = FALSE;

			pairs[n].name = decode(mem, text, (gsize)(name_end - text), &bad);
			pairs[n].value =
				equals != NULL ? decode(mem, equals + 1, (gsize)(stop - equals - 1), &bad) : "";
			if (bad)
				unreadable[n_unreadable++] = pairs[n].name;
			n++;
		}
		text = stop + 1;
	}
	*ret_n = n;
	*ret_unreadable = unreadable;
	return pairs;
}

gboolean request_fits(HttpRequest *request, const HttpRoute *route)
{
	const char *pattern = route->path, *path = request->path;

	request->n_params = 0;
	while (*pattern != '\0') {
		if (*pattern == ':' || *pattern == '*') {
			const char *name_end = pattern + 1 + strcspn(pattern + 1, "/");
			gsize length = *pattern == '*' ? strlen(path) : strcspn(path, "/");

			if (length == 0 || request->n_params == PARAMS_MAX)
				return FALSE;
			request->params[request->n_params++] =
				(HttpPair){arena_strndup(request->mem, pattern + 1, (gsize)(name_end - pattern - 1)),
					arena_strndup(request->mem, path, length)};
			pattern = name_end;
			path += length;
		} else if (*pattern++ != *path++) {
			return FALSE;
		}
	}
	return *path == '\0';
}

Arena *http_arena(HttpRequest *request)
{
	return request->mem;
}

const char *http_method(const HttpRequest *request)
{
	return request->method;
}

const char *http_path(const HttpRequest *request)
{
	return request->path;
}

const char *http_target(HttpRequest *request)
{
	GString *target;

	if (request->target == NULL) {
		target = g_string_new(request->path);
		for (gsize i = 0; i < request->n_query; i++) {
			g_string_append_c(target, i == 0 ? '?' : '&');
			g_string_append_uri_escaped(target, request->query[i].name, NULL, FALSE);
			g_string_append_c(target, '=');
			g_string_append_uri_escaped(target, request->query[i].value, NULL, FALSE);
		}
		request->target = arena_own(request->mem, g_string_free(target, FALSE), g_free);
	}
	return request->target;
}

HttpServer *http_server(const HttpRequest *request)
{
	return request->server;
}

const HttpRoute *http_route(const HttpRequest *request)
{
	return request->route;
}

const char *http_param(HttpRequest *request, const char *name)
{
	return find(request->params, request->n_params, name);
}

const char *http_query(HttpRequest *request, const char *name)
{
	return find(request->query, request->n_query, name);
}

const HttpPair *http_query_all(HttpRequest *request, gsize *ret_n)
{
	*ret_n = request->n_query;
	return request->query;
}

const char *http_header(HttpRequest *request, const char *name)
{
	for (gsize i = 0; i < request->n_headers; i++)
		if (g_ascii_strcasecmp(request->headers[i].name, name) == 0)
			return request->headers[i].value;
	return NULL;
}

const char *http_cookie(HttpRequest *request, const char *name)
{
	return find(request->cookies, request->n_cookies, name);
}

const char *http_body(HttpRequest *request, gsize *ret_length)
{
	*ret_length = request->body->len;
	return (const char *)request->body->data;
}

static gboolean is_form(HttpRequest *request)
{
	static const char FORM[] = "application/x-www-form-urlencoded";
	const char *type = http_header(request, "Content-Type");

	return type != NULL && strcspn(type, "; ") == strlen(FORM) &&
	       g_ascii_strncasecmp(type, FORM, strlen(FORM)) == 0;
}

gboolean request_is_multipart(HttpRequest *request)
{
	const char *type = http_header(request, "Content-Type");

	return type != NULL && multipart_boundary(request->mem, type) != NULL;
}

/* A part that is a text: CR LF turned into LF; what is no text is replaced, and *ret_unreadable set. */
static const char *text_of_part(Arena *mem, const MultipartPart *part, gboolean *ret_unreadable)
{
	char *out = arena_alloc(mem, part->length + 1);
	gsize n = 0;

	for (gsize i = 0; i < part->length; i++) {
		if (part->bytes[i] == '\n' && n > 0 && out[n - 1] == '\r')
			n--;
		out[n++] = part->bytes[i];
	}
	out[n] = '\0';
	if (g_utf8_validate(out, (gssize)n, NULL))
		return out;
	*ret_unreadable = TRUE;
	return arena_own(mem, g_utf8_make_valid(out, (gssize)n), g_free);
}

/* A browser sends a field of files with none chosen as one without a name and without bytes. */
static void take_file(HttpRequest *request, const MultipartPart *part)
{
	if ((*part->file_name == '\0' && part->length == 0) || request->n_files == FILES_MAX)
		return;
	request->files[request->n_files++] = (HttpFile){.field = part->name,
		.name = as_text(request->mem, part->file_name),
		.type = as_text(request->mem, part->type),
		.bytes = part->bytes,
		.length = part->length};
}

static void parse_multipart(HttpRequest *request)
{
	Arena *mem = request->mem;
	const char *boundary = multipart_boundary(mem, http_header(request, "Content-Type"));
	gsize n_parts, n_unreadable = 0;
	gboolean whole;
	const MultipartPart *parts = multipart_parse(
		mem, (const char *)request->body->data, request->body->len, boundary, FORM_MAX, &n_parts, &whole);

	request->form = arena_array(mem, HttpPair, n_parts + 1);
	request->files = arena_array(mem, HttpFile, FILES_MAX);
	request->unreadable = arena_array(mem, const char *, n_parts + 2);
	for (gsize i = 0; i < n_parts; i++) {
		gboolean bad = FALSE;

		if (parts[i].file_name != NULL) {
			take_file(request, &parts[i]);
			continue;
		}
		request->form[request->n_form++] = (HttpPair){parts[i].name, text_of_part(mem, &parts[i], &bad)};
		if (bad)
			request->unreadable[n_unreadable++] = parts[i].name;
	}
	/* What is broken off is not taken for the whole. */
	if (!whole && !request->cut)
		request->unreadable[n_unreadable] = "";
}

const HttpFile *http_file(HttpRequest *request, const char *field)
{
	gsize n;

	http_form_all(request, &n);
	for (gsize i = 0; i < request->n_files; i++)
		if (g_str_equal(request->files[i].field, field))
			return &request->files[i];
	return NULL;
}

gboolean http_cut(const HttpRequest *request)
{
	return request->cut;
}

const HttpPair *http_form_all(HttpRequest *request, gsize *ret_n)
{
	if (!request->form_parsed) {
		if (request_is_multipart(request))
			parse_multipart(request);
		if (is_form(request))
			request->form = request_pairs(request->mem, (const char *)request->body->data,
				request->body->len, FORM_MAX, &request->n_form, &request->unreadable);
		request->form_parsed = TRUE;
	}
	*ret_n = request->n_form;
	return request->form;
}

const char *http_form(HttpRequest *request, const char *name)
{
	gsize n;
	const HttpPair *form = http_form_all(request, &n);

	return find(form, n, name);
}

const char *const *http_form_unreadable(HttpRequest *request)
{
	static const char *const NONE[] = {NULL};
	gsize n;

	http_form_all(request, &n);
	return request->unreadable != NULL ? request->unreadable : NONE;
}

const char *http_address(HttpRequest *request)
{
	return request->address;
}

gboolean http_secure(HttpRequest *request)
{
	return request->secure;
}

void http_set_guest(HttpRequest *request, void *guest)
{
	request->guest = guest;
}

void *http_guest(const HttpRequest *request)
{
	return request->guest;
}
