/* response.c: what handlers say, and the headers that every answer carries. */
#include "http/response.h"

#include <string.h>

void http_header_set(HttpResponse *response, const char *name, const char *value)
{
	g_assert(response->n_headers < G_N_ELEMENTS(response->headers));
	response->headers[response->n_headers++] = (HttpPair){name, value};
}

void http_text(HttpResponse *response, int status, const char *content_type, const char *text)
{
	response->status = status;
	response->content_type = content_type;
	response->body = text;
	response->length = strlen(text);
}

/* What a browser opens by itself stays what it is; nothing that could hold a script does. */
static gboolean is_harmless(const char *type)
{
	return (g_str_has_prefix(type, "image/") && !g_str_has_prefix(type, "image/svg")) ||
	       g_str_has_prefix(type, "audio/") || g_str_has_prefix(type, "video/") ||
	       g_str_equal(type, "application/pdf") || g_str_equal(type, "message/rfc822") ||
	       g_str_equal(type, "text/plain");
}

void http_attachment(
	HttpResponse *response, Arena *mem, const char *name, const char *type, const void *bytes, gsize length)
{
	char *plain = arena_strdup(mem, name);
	char *exact = arena_own(mem, g_uri_escape_string(name, NULL, FALSE), g_free);

	for (char *c = plain; *c != '\0'; c++)
		if (!g_ascii_isalnum(*c) && strchr("._-", *c) == NULL)
			*c = '_';
	response->status = 200;
	response->content_type = is_harmless(type) ? arena_strdup(mem, type) : "application/octet-stream";
	response->body = bytes;
	response->length = length;
	http_header_set(response, "Content-Disposition",
		arena_printf(mem, "attachment; filename=\"%s\"; filename*=UTF-8''%s", plain, exact));
	http_header_set(response, "Content-Security-Policy", "default-src 'none'; sandbox");
}

void http_redirect(HttpResponse *response, const char *path)
{
	http_text(response, 303, "text/plain; charset=utf-8", "See the page that this leads to.\n");
	http_header_set(response, "Location", path);
}

int http_status(const GError *error)
{
	static const int STATUS[] = {
		[EVENHAND_ERROR_INVALID] = 400,
		[EVENHAND_ERROR_REFUSED] = 403,
		[EVENHAND_ERROR_NOT_FOUND] = 404,
		[EVENHAND_ERROR_CONFLICT] = 409,
		[EVENHAND_ERROR_UNAVAILABLE] = 503,
		[EVENHAND_ERROR_BUG] = 500,
	};

	return STATUS[evenhand_error_code(error)];
}

/* The second wall: pages hold no inline script or style, load nothing from elsewhere, and stand in no frame. */
static const HttpPair ALWAYS[] = {
	{"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
				    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
				    "frame-ancestors 'none'"},
	{"X-Content-Type-Options", "nosniff"},
	{"X-Frame-Options", "DENY"},
	{"Referrer-Policy", "same-origin"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Permissions-Policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()"},
};

static gboolean has_header(const HttpResponse *response, const char *name)
{
	for (gsize i = 0; i < response->n_headers; i++)
		if (g_ascii_strcasecmp(response->headers[i].name, name) == 0)
			return TRUE;
	return FALSE;
}

struct MHD_Response *response_for_mhd(const HttpResponse *response, gboolean secure)
{
	/* A body in the request's arena is copied, since libmicrohttpd may send it after the request has ended. */
	struct MHD_Response *out = MHD_create_response_from_buffer(response->length, (void *)response->body,
		response->is_static ? MHD_RESPMEM_PERSISTENT : MHD_RESPMEM_MUST_COPY);

	if (out == NULL)
		return NULL;
	MHD_add_response_header(out, "Content-Type",
		response->content_type != NULL ? response->content_type : "text/html; charset=utf-8");
	for (gsize i = 0; i < G_N_ELEMENTS(ALWAYS); i++)
		if (!has_header(response, ALWAYS[i].name))
			MHD_add_response_header(out, ALWAYS[i].name, ALWAYS[i].value);
	if (secure)
		MHD_add_response_header(out, "Strict-Transport-Security", "max-age=31536000");
	if (!has_header(response, "Cache-Control"))
		MHD_add_response_header(out, "Cache-Control", "no-store");
	for (gsize i = 0; i < response->n_headers; i++)
		MHD_add_response_header(out, response->headers[i].name, response->headers[i].value);
	return out;
}
