/* account.c: one's own account. What is asked and kept is auth.h's and second_factor.h's. Whatever is turned on or off
 * asks for the password once more: a session that was left open is not enough. */
#include "web/pages/account.h"

#include <string.h>

/* "Firefox on Linux", of what a browser calls itself; the first that fits names it. */
static const char *browser_in_words(Arena *mem, const char *agent)
{
	static const char *const BROWSERS[][2] = {{"Edg", "Edge"}, {"OPR/", "Opera"},
		{"SamsungBrowser", "Samsung Internet"}, {"Firefox/", "Firefox"}, {"FxiOS", "Firefox"},
		{"CriOS", "Chrome"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}};
	static const char *const SYSTEMS[][2] = {{"iPhone", "an iPhone"}, {"iPad", "an iPad"}, {"Android", "Android"},
		{"CrOS", "ChromeOS"}, {"Windows", "Windows"}, {"Mac OS", "a Mac"}, {"Linux", "Linux"}};
	const char *browser = "A browser", *system = NULL;

	for (gsize i = G_N_ELEMENTS(BROWSERS); i-- > 0;)
		if (strstr(agent, BROWSERS[i][0]) != NULL)
			browser = BROWSERS[i][1];
	for (gsize i = G_N_ELEMENTS(SYSTEMS); i-- > 0;)
		if (strstr(agent, SYSTEMS[i][0]) != NULL)
			system = SYSTEMS[i][1];
	return system != NULL ? arena_printf(mem, "%s on %s", browser, system) : browser;
}

/* Sessions keep real time, whatever a demonstration pretends. */
static gboolean list_sessions(Visit *visit, AccountPage *page, GError **error)
{
	AccountSession *sessions;
	SessionView *views;
	gsize n;

	if (!auth_sessions(visit->web->acts, visit->mem, visit->session->user_name, &views, &n, error))
		return FALSE;
	sessions = arena_array(visit->mem, AccountSession, n + 1);
	for (gsize i = 0; i < n; i++)
		sessions[i] = (AccountSession){
			.hash = g_str_equal(views[i].hash, visit->session->hash) ? NULL : views[i].hash,
			.where = arena_printf(visit->mem, "%s, from %s", browser_in_words(visit->mem, views[i].browser),
				*views[i].address != '\0' ? views[i].address : "an unknown address"),
			.since = page_time(visit, views[i].since),
			.seen = page_time(visit, views[i].seen)};
	page->sessions = sessions;
	page->n_sessions = n;
	return TRUE;
}

static const char *notice_of(HttpRequest *request)
{
	static const char *const NOTICES[][2] = {{"password", "Your password is changed."},
		{"off", "Your second factor is off."}, {"ended", "The session has ended."},
		{"others", "Your other sessions have ended."}};
	const char *done = http_query(request, "done");

	for (gsize i = 0; i < G_N_ELEMENTS(NOTICES); i++)
		if (g_strcmp0(done, NOTICES[i][0]) == 0)
			return NOTICES[i][1];
	return NULL;
}

void page_account(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	const Layout frame = page_frame(visit, "Your account");
	SecondFactor factor;
	AccountPage page = {
		.frame = &frame, .form_key = visit->session->form_key, .notice = notice_of(request), .factor = &factor};
	const GovukAction change = {.href = "/account/password", .text = "Change", .visually_hidden = "your password"};
	const GovukSummaryRow rows[] = {
		{.key = {.text = "Name"}, .value = {.text = visit->session->name}},
		{.key = {.text = "User name"}, .value = {.text = visit->session->user_name}},
		{.key = {.text = "Roles"}, .value = {.text = frame.roles}},
		{.key = {.text = "Password"}, .value = {.text = "Set"}, .actions = &change, .n_actions = 1},
	};
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);
	g_autoptr(GError) error = NULL;

	(void)context;
	page.rows = rows;
	page.n_rows = G_N_ELEMENTS(rows);
	if (!second_factor_view(visit->web->acts, visit->mem, visit->session->user_name, &factor, &error) ||
		!list_sessions(visit, &page, &error)) {
		page_error(visit, response, error);
		return;
	}
	if (factor.on)
		page.factor_since = page_time(visit, factor.since);
	account_page(out, &page);
	page_send(visit, response, 200, out);
}

void page_account_sessions(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	const char *which = http_form(request, "session");
	const gboolean others = g_strcmp0(which, "others") == 0;
	g_autoptr(GError) error = NULL;

	(void)context;
	if (others ? auth_end_other_sessions(visit->web->acts, visit->mem, visit->session, &error)
		   : auth_end_session(visit->web->acts, visit->mem, visit->session->user_name,
			     which != NULL ? which : "", &error))
		http_redirect(response, others ? "/account?done=others" : "/account?done=ended");
	else
		page_error(visit, response, error);
}

typedef void (*Template)(Html *out, const AccountForm *p);

/* problem: what came of what was sent; NULL: nothing was. What is wrong with a form is shown on it, the rest is a page
 * of its own. */
static void send_form(
	Visit *visit, HttpResponse *response, Template template, const AccountForm *form, const GError *problem)
{
	Layout frame = page_frame(visit, form->title);
	AccountForm page = *form;
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);

	if (problem != NULL && http_status(problem) != 400 && http_status(problem) != 403) {
		page_error(visit, response, problem);
		return;
	}
	frame.has_problems = problem != NULL;
	page.frame = &frame;
	page.form_key = visit->session->form_key;
	page.user_name = visit->session->user_name;
	if (problem != NULL) {
		page.problem = problem->message;
		if (evenhand_error_field(problem) != NULL)
			page.problem_at = evenhand_error_field(problem);
	}
	template(out, &page);
	page_send(visit, response, problem != NULL ? http_status(problem) : 200, out);
}

/* Of a field of the form; "" where it was left out. */
static const char *typed(const Visit *visit, const char *field)
{
	const char *value = http_form(visit->request, field);

	return value != NULL ? value : "";
}

static void send_password(Visit *visit, HttpResponse *response, const GError *problem)
{
	AccountForm form = {.title = "Change your password", .problem_at = "old_password"};

	send_form(visit, response, account_password_page, &form, problem);
}

void page_account_password(void *context, HttpRequest *request, HttpResponse *response)
{
	(void)context;
	send_password(visit_of(request), response, NULL);
}

void page_account_password_post(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	g_autoptr(GError) error = NULL;

	(void)context;
	if (auth_change_password(visit->web->acts, visit->mem, visit->session, typed(visit, "old_password"),
		    typed(visit, "new_password"), http_address(request), &error))
		http_redirect(response, "/account?done=password");
	else
		send_password(visit, response, error);
}

/* The pages that ask for the password before they do something. */
static const AccountForm BEGIN = {.title = "Set up a second factor",
	.sentence =
		"A second factor is a code from your phone that signing in asks for beside your password. You need an "
		"authenticator app: any that shows time-based codes (TOTP) will do. "
		"First, your "
		"password.",
	.action = "/account/second-factor/begin",
	.button = "Continue"};
static const AccountForm OFF = {.title = "Turn your second factor off",
	.sentence = "From then on your password alone signs you in, and your recovery codes stop working.",
	.action = "/account/second-factor/off",
	.button = "Turn it off",
	.asks_code = TRUE};
static const AccountForm CODES = {.title = "Make new recovery codes",
	.sentence = "The ones that you have stop working.",
	.action = "/account/recovery-codes",
	.button = "Make new codes",
	.asks_code = TRUE};

static void send_proof(Visit *visit, HttpResponse *response, const AccountForm *row, const GError *problem)
{
	AccountForm form = *row;

	form.problem_at = "password";
	send_form(visit, response, account_prove_page, &form, problem);
}

/* Whether the form's password (and code) are the person's; else the response is filled in. */
static gboolean prove(Visit *visit, HttpResponse *response, const AccountForm *row)
{
	g_autoptr(GError) error = NULL;

	if (auth_prove(visit->web->acts, visit->mem, visit->session, typed(visit, "password"), "password",
		    row->asks_code ? typed(visit, "code") : NULL, http_address(visit->request), &error))
		return TRUE;
	send_proof(visit, response, row, error);
	return FALSE;
}

/* The page of a key that was offered, with what came of a code that was sent; begins anew where none is. */
static void send_key(Visit *visit, HttpResponse *response, const GError *problem)
{
	AccountForm form = {.title = BEGIN.title, .problem_at = "code"};
	SecondFactor factor;
	g_autoptr(GError) error = NULL;

	if (!second_factor_view(visit->web->acts, visit->mem, visit->session->user_name, &factor, &error)) {
		page_error(visit, response, error);
	} else if (factor.on) {
		http_redirect(response, "/account");
	} else if (factor.secret == NULL) {
		send_proof(visit, response, &BEGIN, NULL);
	} else {
		form.factor = &factor;
		form.qr = qr_code(visit->mem, factor.otpauth);
		send_form(visit, response, account_key_page, &form, problem);
	}
}

static void send_codes(Visit *visit, HttpResponse *response, const char *heading, const char *const *codes)
{
	AccountForm form = {.title = heading, .heading = heading, .codes = codes, .n_codes = RECOVERY_CODES};

	send_form(visit, response, account_codes_page, &form, NULL);
}

void page_second_factor(void *context, HttpRequest *request, HttpResponse *response)
{
	(void)context;
	send_proof(visit_of(request), response, &BEGIN, NULL);
}

void page_second_factor_begin(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	g_autoptr(GError) error = NULL;

	(void)context;
	if (!prove(visit, response, &BEGIN))
		return;
	if (!second_factor_offer(visit->web->acts, visit->mem, visit->session->user_name, &error))
		page_error(visit, response, error);
	else
		send_key(visit, response, NULL);
}

void page_second_factor_confirm(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	g_autoptr(GError) error = NULL;
	const char *const *codes = NULL;

	(void)context;
	if (second_factor_confirm(visit->web->acts, visit->mem, visit->session, typed(visit, "code"), &codes, &error))
		send_codes(visit, response, "Your second factor is on", codes);
	else
		send_key(visit, response, error);
}

void page_second_factor_off(void *context, HttpRequest *request, HttpResponse *response)
{
	(void)context;
	send_proof(visit_of(request), response, &OFF, NULL);
}

void page_second_factor_off_post(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	g_autoptr(GError) error = NULL;

	(void)context;
	if (!prove(visit, response, &OFF))
		return;
	if (second_factor_end(visit->web->acts, visit->mem, visit->session->user_name, &error))
		http_redirect(response, "/account?done=off");
	else
		page_error(visit, response, error);
}

void page_recovery_codes(void *context, HttpRequest *request, HttpResponse *response)
{
	(void)context;
	send_proof(visit_of(request), response, &CODES, NULL);
}

void page_recovery_codes_post(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	g_autoptr(GError) error = NULL;
	const char *const *codes = NULL;

	(void)context;
	if (!prove(visit, response, &CODES))
		return;
	if (second_factor_new_codes(visit->web->acts, visit->mem, visit->session->user_name, &codes, &error))
		send_codes(visit, response, "Your new recovery codes", codes);
	else
		page_error(visit, response, error);
}
