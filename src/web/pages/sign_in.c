/* sign_in.c: signing in and out. A form that came while nobody was signed in is carried through the sign-in in hidden
 * fields, 'kept' (where it goes) and 'kept.NAME'; a session that ends costs nobody their text. */
#include "web/pages/sign_in.h"

#include <string.h>

#define KEPT "kept."

/* Fields of the form's own machinery, which a person did not type. */
static gboolean is_machinery(const char *name)
{
	return g_str_equal(name, "csrf") || g_str_equal(name, "request_id") || g_str_equal(name, "q");
}

static void send_sign_in(
	Visit *visit, HttpResponse *response, int status, const SignInPage *filled, const KeptForm *kept)
{
	Layout frame = page_frame(visit, "Sign in");
	SignInPage page = *filled;
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);

	frame.has_problems = page.problem != NULL;
	page.frame = &frame;
	page.form_key = visit_early_key(visit);
	page.kept = kept;
	sign_in_page(out, &page);
	page_send(visit, response, status, out);
}

/* The form as it came in this request. */
static KeptForm kept_of_request(Visit *visit)
{
	gsize n;
	const HttpPair *pairs = http_form_all(visit->request, &n);
	KeptField *fields = arena_array(visit->mem, KeptField, n + 1);
	KeptForm kept = {.action = http_path(visit->request), .fields = fields};

	for (gsize i = 0; i < n; i++)
		if (!g_str_equal(pairs[i].name, "csrf"))
			fields[kept.n_fields++] = (KeptField){pairs[i].name, pairs[i].value};
	return kept;
}

/* The form that a sign-in carries. */
static KeptForm kept_of_sign_in(Visit *visit)
{
	gsize n;
	const HttpPair *pairs = http_form_all(visit->request, &n);
	const char *action = http_form(visit->request, "kept");
	KeptField *fields = arena_array(visit->mem, KeptField, n + 1);
	KeptForm kept = {.fields = fields};

	if (action == NULL || g_str_equal(visit_safe_path(action), "/"))
		return kept;
	kept.action = action;
	for (gsize i = 0; i < n; i++)
		if (g_str_has_prefix(pairs[i].name, KEPT))
			fields[kept.n_fields++] = (KeptField){pairs[i].name + strlen(KEPT), pairs[i].value};
	return kept;
}

/* "skip_reason" as people read it: "Skip reason". */
static const char *title_of(Arena *mem, const char *name)
{
	char *title = g_strdelimit(arena_strdup(mem, name), "_-/[]", ' ');

	title[0] = g_ascii_toupper(title[0]);
	return title;
}

static void send_resume(Visit *visit, HttpResponse *response, int status, const char *form_key, const char *heading,
	const char *sentence, const KeptForm *kept)
{
	const Layout frame = page_frame(visit, heading);
	GovukSummaryRow *rows = arena_array(visit->mem, GovukSummaryRow, kept->n_fields + 1);
	ResumePage page = {.frame = &frame,
		.heading = heading,
		.sentence = sentence,
		.form_key = form_key,
		.kept = kept,
		.rows = rows};
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);

	for (gsize i = 0; i < kept->n_fields; i++) {
		const KeptField *field = &kept->fields[i];

		if (is_machinery(field->name) || *field->value == '\0')
			continue;
		rows[page.n_rows++] = (GovukSummaryRow){
			.key = {.text = title_of(visit->mem, field->name)}, .value = {.text = field->value}};
	}
	resume_page(out, &page);
	page_send(visit, response, status, out);
}

void sign_in_keep(Visit *visit, HttpResponse *response)
{
	SignInPage page = {.back = "/", .notice = "You are not signed in, or your session has ended"};
	KeptForm kept = {0};

	/* Only what the browser says came from our own page is kept: nobody else's form is put into a person's hands.
	 */
	if (visit_from(visit->request) == FROM_US)
		kept = kept_of_request(visit);
	send_sign_in(visit, response, 403, &page, &kept);
}

void resume_keep(Visit *visit, HttpResponse *response)
{
	const KeptForm kept = kept_of_request(visit);

	send_resume(visit, response, 403, visit->session->form_key, "Nothing was done yet",
		"This form was opened before you signed in last. Look at what it holds, and send it if it is still "
		"what you want.",
		&kept);
}

void resume_later(Visit *visit, HttpResponse *response, const GError *error)
{
	const KeptForm kept = kept_of_request(visit);
	const gboolean passes = http_status(error) >= 500;

	if (http_status(error) >= 500)
		g_warning("%s %s: %s", http_method(visit->request), http_path(visit->request), error->message);
	send_resume(visit, response, http_status(error), http_form(visit->request, "csrf"), "Nothing was done yet",
		arena_printf(visit->mem,
			passes ? "%s What you typed is kept on this page: wait a few seconds, and send it again. If "
				 "somebody is on the line, answer as usual meanwhile."
			       : "%s What you typed is kept on this page: copy it from here, look up whom it is about, "
				 "and log it there.",
			error->message),
		&kept);
}

void page_sign_in(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	const char *back = visit_safe_path(http_query(request, "back"));
	SignInPage page = {.back = back};

	(void)context;
	if (visit->session != NULL) {
		http_redirect(response, back);
		return;
	}
	if (http_query(request, "ended") != NULL)
		page.notice = "You have signed out";
	send_sign_in(visit, response, 200, &page, &(KeptForm){0});
}

static void refuse_sign_in(Visit *visit, HttpResponse *response, const char *field, const char *sentence)
{
	const KeptForm kept = kept_of_sign_in(visit);
	SignInPage page = {.back = visit_safe_path(http_form(visit->request, "back")),
		.user_name = http_form(visit->request, "user_name"),
		.problem = sentence,
		.problem_at = field != NULL ? field : "user_name"};

	send_sign_in(visit, response, 403, &page, &kept);
}

void page_sign_in_post(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	const char *user_name = http_form(request, "user_name"), *password = http_form(request, "password"), *secret;
	const SignInFrom from = visit_from_where(visit);
	const KeptForm kept = kept_of_sign_in(visit);
	g_autoptr(GError) error = NULL;
	Session *session;

	(void)context;
	if (!visit_early_form_is_ours(visit)) {
		refuse_sign_in(visit, response, NULL,
			"This form was open for too long, or cookies are switched off. Try once more.");
		return;
	}
	if (user_name == NULL || *user_name == '\0') {
		refuse_sign_in(visit, response, "user_name", "Type your user name");
		return;
	}
	if (password == NULL || *password == '\0') {
		refuse_sign_in(visit, response, "password", "Type your password");
		return;
	}
	if (!auth_sign_in(visit->web->acts, visit->mem, user_name, password, &from, &secret, &session, &error)) {
		if (g_error_matches(error, EVENHAND_ERROR, EVENHAND_ERROR_REFUSED))
			refuse_sign_in(visit, response, evenhand_error_field(error), error->message);
		else
			page_error(visit, response, error);
		return;
	}
	visit_begin_session(visit, response, secret);
	if (kept.action == NULL)
		http_redirect(response, visit_safe_path(http_form(request, "back")));
	else if (!visit_become(visit, session, &error))
		page_error(visit, response, error);
	else
		send_resume(visit, response, 200, session->form_key, "Your text is still here",
			"Nothing was done yet. Look at what you typed, and send it if it is still what you want.",
			&kept);
}

void page_sign_out(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	g_autoptr(GError) error = NULL;

	(void)context;
	/* Signing out of a session that has ended already is no mistake. */
	if (visit->session != NULL && !visit_form_has(request, visit->session->form_key))
		page_trouble(visit, response, 403,
			&(Trouble){.heading = "You are still signed in",
				.sentence = "This form was not ours. Use 'Sign out' at the top of this page."});
	else if (!visit_end_session(visit, response, &error))
		page_error(visit, response, error);
	else
		http_redirect(response, "/sign-in?ended=yes");
}
