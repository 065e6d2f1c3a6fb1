/* sign_in.c: signing in, in one step or two, and out. A form that came while nobody was signed in is carried through
 * both steps; resume.c has it. */
#include "web/pages/sign_in.h"

#include <string.h>

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

static void send_code(Visit *visit, HttpResponse *response, int status, const char *problem, const Session *half,
	const char *back, const KeptForm *kept)
{
	Layout frame = page_frame(visit, "Type your code");
	const SignInPage page = {.frame = &frame,
		.form_key = half->form_key,
		.back = back,
		.user_name = half->name,
		.problem = problem,
		.problem_at = "code",
		.kept = kept};
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);

	frame.has_problems = problem != NULL;
	sign_in_code_page(out, &page);
	page_send(visit, response, status, out);
}

void sign_in_keep(Visit *visit, HttpResponse *response)
{
	SignInPage page = {.back = "/", .notice = "You are not signed in, or your session has ended."};
	KeptForm kept = {0};

	/* Only what the browser says came from our own page is kept: nobody else's form is put into a person's hands.
	 */
	if (visit_from(visit->request) == FROM_US)
		kept = resume_of_request(visit);
	send_sign_in(visit, response, 403, &page, &kept);
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
		page.notice = "You have signed out.";
	if (http_query(request, "set") != NULL)
		page.notice = "Your new password is set. Sign in with it.";
	send_sign_in(visit, response, 200, &page, &(KeptForm){0});
}

static void refuse_sign_in(Visit *visit, HttpResponse *response, const char *field, const char *sentence)
{
	const KeptForm kept = resume_of_sign_in(visit);
	SignInPage page = {.back = visit_safe_path(http_form(visit->request, "back")),
		.user_name = http_form(visit->request, "user_name"),
		.problem = sentence,
		.problem_at = field != NULL ? field : "user_name"};

	send_sign_in(visit, response, 403, &page, &kept);
}

/* Somebody is signed in: to where they wanted to go, or to the form that they had typed. */
static void arrive(Visit *visit, HttpResponse *response, const Session *session, const char *secret)
{
	const KeptForm kept = resume_of_sign_in(visit);
	g_autoptr(GError) error = NULL;

	visit_begin_session(visit, response, secret);
	if (kept.action == NULL)
		http_redirect(response, visit_safe_path(http_form(visit->request, "back")));
	else if (!visit_become(visit, session, &error))
		page_error(visit, response, error);
	else
		resume_give_back(visit, response, 200, &kept, "Your text is still here",
			"Nothing was done yet. Look at what you typed, and send it if it is still what you want.");
}

static void ask_code(Visit *visit, HttpResponse *response, const Session *half, const char *secret)
{
	const KeptForm kept = resume_of_sign_in(visit);
	const char *back = visit_safe_path(http_form(visit->request, "back"));
	char *escaped;

	visit_begin_session(visit, response, secret);
	if (kept.action != NULL) {
		send_code(visit, response, 200, NULL, half, back, &kept);
		return;
	}
	escaped = g_uri_escape_string(back, NULL, FALSE);
	http_redirect(response, arena_printf(visit->mem, "/sign-in/code?back=%s", escaped));
	g_free(escaped);
}

void page_sign_in_post(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	const char *user_name = http_form(request, "user_name"), *password = http_form(request, "password"), *secret;
	const SignInFrom from = visit_from_where(visit);
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
	} else if (session->half)
		ask_code(visit, response, session, secret);
	else
		arrive(visit, response, session, secret);
}

void page_sign_in_code(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	const char *back = visit_safe_path(http_query(request, "back"));

	(void)context;
	if (visit->session != NULL)
		http_redirect(response, back);
	else if (visit->half == NULL)
		http_redirect(response, "/sign-in");
	else
		send_code(visit, response, 200, NULL, visit->half, back, &(KeptForm){0});
}

static void refuse_code(Visit *visit, HttpResponse *response, const char *sentence)
{
	const KeptForm kept = resume_of_sign_in(visit);

	send_code(
		visit, response, 403, sentence, visit->half, visit_safe_path(http_form(visit->request, "back")), &kept);
}

void page_sign_in_code_post(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	const char *code = http_form(request, "code"), *secret;
	const SignInFrom from = visit_from_where(visit);
	g_autoptr(GError) error = NULL;
	Session *session;

	(void)context;
	if (visit->half == NULL || !visit_form_has(request, visit->half->form_key)) {
		refuse_sign_in(visit, response, NULL,
			"The code was not typed in time, or cookies are switched off. Begin with your password again.");
		return;
	}
	if (code == NULL || *code == '\0') {
		refuse_code(visit, response, "Type your code");
		return;
	}
	if (auth_second_step(visit->web->acts, visit->mem, visit->half, code, &from, &secret, &session, &error))
		arrive(visit, response, session, secret);
	else if (!g_error_matches(error, EVENHAND_ERROR, EVENHAND_ERROR_REFUSED))
		page_error(visit, response, error);
	else if (g_strcmp0(evenhand_error_field(error), "user_name") == 0)
		refuse_sign_in(visit, response, "user_name", error->message);
	else
		refuse_code(visit, response, error->message);
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
