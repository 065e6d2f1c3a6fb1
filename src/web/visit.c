/* visit.c: who comes, and whether the form is ours. What a page shows them is the page's. */
#include "web/visit.h"

#include "base/bytes.h"
#include "web/page.h"
#include "web/pages/sign_in.h"

#include <string.h>

enum { KEY_BYTES = 32 };

/* The __Host- prefix binds a cookie to this host, this path and TLS; browsers take it over TLS only. */
static const char *session_cookie(HttpRequest *request)
{
	return http_secure(request) ? "__Host-evenhand" : "evenhand";
}

static const char *early_cookie(HttpRequest *request)
{
	return http_secure(request) ? "__Host-evenhand-form" : "evenhand-form";
}

static void set_cookie(Visit *visit, HttpResponse *response, const char *name, const char *value, const char *more)
{
	http_header_set(response, "Set-Cookie",
		arena_printf(visit->mem, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s", name, value,
			http_secure(visit->request) ? "; Secure" : "", more));
}

void visit_begin_session(Visit *visit, HttpResponse *response, const char *secret)
{
	const char *before = http_cookie(visit->request, session_cookie(visit->request));
	g_autoptr(GError) error = NULL;

	/* Whoever was signed in here before is so no longer. */
	if (before != NULL && !auth_sign_out(visit->web->acts, visit->mem, before, &error))
		g_warning("A session was not ended: %s", error->message);
	set_cookie(visit, response, session_cookie(visit->request), secret, "");
	set_cookie(visit, response, early_cookie(visit->request), "", "; Max-Age=0");
}

gboolean visit_end_session(Visit *visit, HttpResponse *response, GError **error)
{
	const char *secret = http_cookie(visit->request, session_cookie(visit->request));

	if (secret != NULL && !auth_sign_out(visit->web->acts, visit->mem, secret, error))
		return FALSE;
	set_cookie(visit, response, session_cookie(visit->request), "", "; Max-Age=0");
	return TRUE;
}

const char *visit_early_key(Visit *visit)
{
	const char *key = http_cookie(visit->request, early_cookie(visit->request));
	guint8 bytes[KEY_BYTES];

	if (visit->new_key != NULL)
		return visit->new_key;
	if (key != NULL && bytes_from_hex(key, bytes, sizeof bytes))
		return key;
	bytes_random(bytes, sizeof bytes);
	visit->new_key = bytes_to_hex(visit->mem, bytes, sizeof bytes);
	return visit->new_key;
}

void visit_set_early_cookie(Visit *visit, HttpResponse *response)
{
	if (visit->new_key != NULL)
		set_cookie(visit, response, early_cookie(visit->request), visit->new_key, "");
}

static gboolean same_secret(const char *a, const char *b)
{
	return a != NULL && b != NULL && strlen(a) == strlen(b) && bytes_equal(a, b, strlen(a));
}

gboolean visit_form_has(HttpRequest *request, const char *key)
{
	return same_secret(http_form(request, "csrf"), key);
}

gboolean visit_early_form_is_ours(Visit *visit)
{
	const char *key = http_cookie(visit->request, early_cookie(visit->request));
	guint8 bytes[KEY_BYTES];

	return key != NULL && bytes_from_hex(key, bytes, sizeof bytes) && visit_form_has(visit->request, key);
}

VisitFrom visit_from(HttpRequest *request)
{
	const char *site = http_header(request, "Sec-Fetch-Site"), *origin = http_header(request, "Origin");
	const char *host = http_header(request, "Host");

	if (site != NULL && !g_str_equal(site, "same-origin") && !g_str_equal(site, "none"))
		return FROM_ELSEWHERE;
	if (origin == NULL)
		return site != NULL ? FROM_US : FROM_NOWHERE;
	/* Over TLS only a page that came over TLS may post here. */
	if (g_str_has_prefix(origin, "https://"))
		origin += strlen("https://");
	else if (g_str_has_prefix(origin, "http://") && !http_secure(request))
		origin += strlen("http://");
	else
		return FROM_ELSEWHERE;
	return host != NULL && g_ascii_strcasecmp(origin, host) == 0 ? FROM_US : FROM_ELSEWHERE;
}

const char *visit_safe_path(const char *path)
{
	if (path == NULL || path[0] != '/' || path[1] == '/')
		return "/";
	for (const char *c = path; *c != '\0'; c++)
		if (!g_ascii_isgraph(*c) || *c == '\\' || *c == '"' || *c == '<')
			return "/";
	if (g_str_has_prefix(path, "/sign-in") || g_str_has_prefix(path, "/sign-out"))
		return "/";
	return path;
}

const char *visit_back(Visit *visit)
{
	const char *from = http_header(visit->request, "Referer"), *host = http_header(visit->request, "Host");
	const char *path;

	if (from == NULL || host == NULL)
		return "/";
	from = strstr(from, "://");
	if (from == NULL || !g_str_has_prefix(from + 3, host))
		return "/";
	path = visit_safe_path(from + 3 + strlen(host));
	/* Not to the page itself, from one part of its timeline to another. */
	return g_str_has_prefix(path, http_path(visit->request)) ? "/" : path;
}

Visit *visit_of(HttpRequest *request)
{
	return http_guest(request);
}

SignInFrom visit_from_where(Visit *visit)
{
	return (SignInFrom){
		.address = http_address(visit->request), .browser = http_header(visit->request, "User-Agent")};
}

ActCaller visit_caller(const Visit *visit)
{
	return (ActCaller){.user_name = visit->session->user_name, .via = "web", .at = INSTANT_NONE};
}

gboolean visit_become(Visit *visit, const Session *session, GError **error)
{
	Office *office;

	if (!office_load(visit->web->acts, visit->mem, session != NULL ? session->user_name : NULL, &office, error))
		return FALSE;
	visit->session = session;
	visit->office = office;
	return TRUE;
}

static gboolean load(Visit *visit, GError **error)
{
	const char *secret = http_cookie(visit->request, session_cookie(visit->request));
	Session *session = NULL;

	if (secret != NULL && !auth_session(visit->web->acts, visit->mem, secret, &session, error))
		return FALSE;
	if (session != NULL && session->half) { /* opens the page for the code, and nothing else */
		visit->half = session;
		session = NULL;
	}
	return visit_become(visit, session, error);
}

static gboolean sign_in_first(Visit *visit, HttpResponse *response)
{
	char *path;

	if (g_str_equal(http_method(visit->request), "POST")) {
		sign_in_keep(visit, response);
		return FALSE;
	}
	path = g_uri_escape_string(visit_safe_path(http_target(visit->request)), NULL, FALSE);
	http_redirect(response, arena_printf(visit->mem, "/sign-in?back=%s", path));
	g_free(path);
	return FALSE;
}

static gboolean refuse_foreign(Visit *visit, HttpResponse *response)
{
	page_trouble(visit, response, 403,
		&(Trouble){.heading = "This form did not come from Evenhand",
			.sentence = "Nothing was done. Open the page in Evenhand itself and fill in its form there."});
	return FALSE;
}

/* Who comes cannot be told: the database is gone, as a rule. A form is given back, but for a password. */
static gboolean cannot_tell(Visit *visit, HttpResponse *response, const GError *error)
{
	const gboolean keeps = g_str_equal(http_method(visit->request), "POST") &&
			       visit_from(visit->request) == FROM_US &&
			       http_route(visit->request)->right != PAGE_PUBLIC;

	if (keeps)
		resume_later(visit, response, error);
	else
		page_error(visit, response, error);
	return FALSE;
}

gboolean visit_admit(void *context, HttpRequest *request, const HttpRoute *route, HttpResponse *response)
{
	const gboolean post = g_str_equal(http_method(request), "POST");
	const RoleSet by = (RoleSet)route->right >> PAGE_ROLES;
	g_autoptr(GError) error = NULL;
	Visit *visit;

	if (route->quick) /* style sheets and scripts: for everybody, and without a look into the database */
		return TRUE;
	visit = arena_new0(http_arena(request), Visit);
	*visit = (Visit){.web = context, .request = request, .mem = http_arena(request)};
	http_set_guest(request, visit);
	if (post && visit_from(request) == FROM_ELSEWHERE)
		return refuse_foreign(visit, response);
	if (!load(visit, &error))
		return cannot_tell(visit, response, error);
	if (route->right == PAGE_PUBLIC)
		return TRUE;
	if (visit->session == NULL)
		return sign_in_first(visit, response);
	if (by != 0 && !office_may(visit->office, by)) {
		page_trouble(visit, response, 403,
			&(Trouble){.heading = "You do not have access to this page",
				.sentence = "Ask your manager, or the administrator."});
		return FALSE;
	}
	if (!post || visit_form_has(request, visit->session->form_key))
		return TRUE;
	if (visit_from(request) != FROM_US)
		return refuse_foreign(visit, response);
	resume_keep(visit, response);
	return FALSE;
}
