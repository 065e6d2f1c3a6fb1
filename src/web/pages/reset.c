/* reset.c: links for a forgotten password, and the end of a lost second factor. The acts are in acts/way_in.c. */
#include "web/pages/reset.h"

#include "acts/auth.h"

/* The link is a secret: no other page is told it as the one that somebody came from. (With "no-referrer" browsers would
 * call the origin of the form itself "null".) */
static void keep_address(HttpResponse *response)
{
	http_header_set(response, "Referrer-Policy", "strict-origin");
}

/* Without page_error, which would put the link's secret into the log. */
static void say(Visit *visit, HttpResponse *response, const GError *error)
{
	const int status = http_status(error);

	if (status >= 500)
		g_warning("%s /reset/…: %s", http_method(visit->request), error->message);
	page_trouble(visit, response, status,
		&(Trouble){.heading = status == 404 ? "This link does not open anything"
						    : "This is not working at the moment",
			.sentence = status == 500 ? "Nothing was changed. Try again in a moment." : error->message,
			.back = "/sign-in"});
	keep_address(response);
}

static void send_reset(Visit *visit, HttpResponse *response, int status, const char *problem)
{
	const char *secret = http_param(visit->request, "secret");
	Layout frame = page_frame(visit, "Set a new password");
	ResetPage page = {.frame = &frame, .problem = problem};
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);
	g_autoptr(GError) error = NULL;

	if (!auth_reset(visit->web->acts, visit->mem, secret, &page.user_name, &page.name, &error)) {
		say(visit, response, error);
		return;
	}
	frame.has_problems = problem != NULL;
	page.form_key = visit_early_key(visit);
	page.action = http_path(visit->request);
	reset_page(out, &page);
	page_send(visit, response, status, out);
	keep_address(response);
}

void page_reset(void *context, HttpRequest *request, HttpResponse *response)
{
	(void)context;
	send_reset(visit_of(request), response, 200, NULL);
}

void page_reset_post(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	const char *password = http_form(request, "new_password");
	g_autoptr(GError) error = NULL;

	(void)context;
	if (!visit_early_form_is_ours(visit))
		send_reset(visit, response, 403,
			"This form was open for too long, or cookies are switched off. Type the password once more.");
	else if (auth_reset_password(visit->web->acts, visit->mem, http_param(request, "secret"),
			 password != NULL ? password : "", &error))
		http_redirect(response, "/sign-in?set=yes");
	else if (g_error_matches(error, EVENHAND_ERROR, EVENHAND_ERROR_INVALID))
		send_reset(visit, response, 400, error->message);
	else
		say(visit, response, error);
}

/* One of the administrator's two forms. */
typedef struct {
	const char *act, *title, *sentence, *button;
	gboolean makes_link;
} ResetKind;

static const ResetKind PASSWORD = {.act = "reset-password",
	.title = "Make a link to set a new password",
	.sentence = "For somebody who forgot theirs. The link opens once, within a day. Their second factor, if they "
		    "have one, "
		    "stays on.",
	.button = "Make the link",
	.makes_link = TRUE};
static const ResetKind SECOND_FACTOR = {.act = "reset-second-factor",
	.title = "Turn off a lost second factor",
	.sentence =
		"For somebody who has lost both their phone and their recovery codes. Their sessions end, and their "
		"password alone signs them in until they set up a new one. Make sure that it is them.",
	.button = "Turn it off"};

static const char *link_of(const Visit *visit, const char *secret)
{
	const char *host = http_header(visit->request, "Host");

	return arena_printf(visit->mem, "%s://%s/reset/%s", http_secure(visit->request) ? "https" : "http",
		host != NULL ? host : "localhost", secret);
}

/* In the words of the form where the reason was left out. */
static void ask_for_reason(FormResult *result, const char *typed)
{
	for (gsize i = 0; i < result->problems.n; i++) {
		FieldProblem *problem = result->problems.items[i];

		if (g_str_equal(problem->field, "reason") && (typed == NULL || *typed == '\0'))
			problem->sentence = "Enter how you know that it is them.";
	}
}

static void reset(Visit *visit, HttpResponse *response, const ResetKind *kind)
{
	const gboolean post = g_str_equal(http_method(visit->request), "POST");
	const char *secret = form_typed(visit, "secret");
	Layout frame = page_frame(visit, kind->title);
	FormResult result = {.status = 200};
	ResetForm page = {.frame = &frame,
		.user_name = http_param(visit->request, "user"),
		.title = kind->title,
		.sentence = kind->sentence,
		.action = http_path(visit->request),
		.button = kind->button,
		.reason = form_typed(visit, "reason"),
		.reason_needed = !kind->makes_link,
		.result = &result};
	GHashTable *people;
	g_autoptr(GError) error = NULL;
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);

	if (!office_people(visit->web->acts, visit->mem, &people, &error)) {
		page_error(visit, response, error);
		return;
	}
	page.name = office_person(people, page.user_name);
	if (post)
		form_perform(visit, kind->act, &result);
	ask_for_reason(&result, page.reason);
	if (result.done) {
		page.link = kind->makes_link ? link_of(visit, secret) : NULL;
		/* Links keep real time, whatever a demonstration pretends. */
		page.until = page_time(visit, when_now() + (gint64)RESET_HOURS * 60 * USEC_PER_MINUTE);
		reset_done_page(out, &page);
	} else {
		/* The link's secret is the form's, so that a form that is sent twice makes one link. */
		if (kind->makes_link)
			page.secret = auth_new_secret(visit->mem);
		page.keys = page_form_keys(visit);
		page.problems = form_summary(visit, &result, "reason", &page.n_problems);
		frame.has_problems = page.n_problems > 0;
		reset_form_page(out, &page);
	}
	page_send(visit, response, result.status, out);
}

void page_admin_reset_password(void *context, HttpRequest *request, HttpResponse *response)
{
	(void)context;
	reset(visit_of(request), response, &PASSWORD);
}

void page_admin_reset_second_factor(void *context, HttpRequest *request, HttpResponse *response)
{
	(void)context;
	reset(visit_of(request), response, &SECOND_FACTOR);
}
