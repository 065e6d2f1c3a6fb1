/* page.c: frame, sending, and what is said where something went wrong. */
#include "web/page.h"

#include "base/bytes.h"

#include <string.h>

enum { REQUEST_ID_BYTES = 16 };

const char *page_time(const Visit *visit, Instant instant)
{
	return zone_format(visit->office->zone, visit->mem, instant);
}

static const char *roles_in_words(const Visit *visit)
{
	const Actor *actor = visit->office->actor;
	g_autoptr(GString) words = g_string_new(NULL);
	RoleSet said = 0;

	for (gsize i = 0; i < actor->n_roles; i++) {
		const Role role = actor->roles[i].role;

		if (said & (1u << role))
			continue;
		said |= 1u << role;
		g_string_append_printf(words, "%s%s", words->len > 0 ? ", " : "", role_title(role));
	}
	if (words->len == 0)
		g_string_append(words, "no role");
	return arena_strndup(visit->mem, words->str, words->len);
}

/* The navigation: where each part of the program begins, for those who may go there. `within`: what its pages' paths
 * begin with; NULL: the page alone. */
static const struct {
	const char *text, *href, *within;
	RoleSet by; /* 0: anybody */
} PARTS[] = {
	{"Contact, now", "/", NULL, BY_ANYONE | BY(AUDITOR)},
	{"My work", "/work", "/work", BY_ANYONE | BY(AUDITOR)},
	{"Registers", "/registers/customers", "/registers/", BY_ANYONE | BY(AUDITOR)},
	{"Administration", "/admin/staff", "/admin/", BY(ADMINISTRATOR) | BY(AUDITOR)},
	{"Functions", "/admin/functions", "/admin/functions", BY(HEAD_OF_FUNCTION)},
	{"The record", "/record", "/record", BY(RECORDS_OFFICER)},
	{"The policy", "/policy", "/policy", 0},
	{"Policy in detail", "/pack", "/pack", BY_ANYONE | BY(AUDITOR) | BY(ADMINISTRATOR)},
};

static gboolean is_within(const Visit *visit, gsize part)
{
	const char *path = http_path(visit->request);

	return g_str_equal(path, PARTS[part].href) ||
	       (PARTS[part].within != NULL && g_str_has_prefix(path, PARTS[part].within));
}

static void add_parts(const Visit *visit, Layout *frame)
{
	GovukNavigationItem *items = arena_array(visit->mem, GovukNavigationItem, G_N_ELEMENTS(PARTS));

	for (gsize i = 0; i < G_N_ELEMENTS(PARTS); i++)
		if (PARTS[i].by == 0 || (visit->session != NULL && office_may(visit->office, PARTS[i].by)))
			items[frame->n_items++] = (GovukNavigationItem){
				.text = PARTS[i].text, .href = PARTS[i].href, .current = is_within(visit, i)};
	frame->items = items;
}

Layout page_frame(const Visit *visit, const char *title)
{
	Layout frame = {.title = title};

	if (visit == NULL || visit->office == NULL)
		return frame;
	frame.organisation = visit->office->policy->organisation.name;
	frame.lang = visit->office->policy->organisation.languages[0];
	if (acts_is_demo(visit->web->acts))
		frame.demonstration = arena_printf(
			visit->mem, "Everything here is invented. It is %s.", page_time(visit, visit->office->now));
	if (visit->session != NULL) {
		frame.user = visit->session->name;
		frame.roles = roles_in_words(visit);
		frame.csrf = visit->session->form_key;
	}
	add_parts(visit, &frame);
	return frame;
}

static void send_bytes(HttpRequest *request, HttpResponse *response, int status, Html *out)
{
	response->status = status;
	response->body = arena_own(http_arena(request), html_steal(out, &response->length), g_free);
}

void page_send(Visit *visit, HttpResponse *response, int status, Html *out)
{
	if (html_full(out)) {
		g_warning("%s %s: the page is too long", http_method(visit->request), http_path(visit->request));
		page_trouble(visit, response, 500,
			&(Trouble){.heading = "This page is too long to show",
				.sentence = "Nothing was lost. Tell the administrator which page it was."});
		return;
	}
	visit_set_early_cookie(visit, response);
	send_bytes(visit->request, response, status, out);
}

static void say(HttpRequest *request, Visit *visit, HttpResponse *response, int status, const Trouble *trouble)
{
	const Layout frame = page_frame(visit, trouble->heading);
	Trouble said = *trouble;
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);

	if (visit != NULL && said.back == NULL)
		said.back = visit_back(visit);
	layout_trouble(out, &frame, &said);
	send_bytes(request, response, status, out);
	if (status == 503)
		http_header_set(response, "Retry-After", "5");
}

void page_trouble(Visit *visit, HttpResponse *response, int status, const Trouble *trouble)
{
	say(visit->request, visit, response, status, trouble);
}

void page_error(Visit *visit, HttpResponse *response, const GError *error)
{
	page_error_back(visit, response, error, NULL);
}

void page_error_back(Visit *visit, HttpResponse *response, const GError *error, const char *back)
{
	static const char *const HEADINGS[] = {
		[EVENHAND_ERROR_INVALID] = "This does not fit",
		[EVENHAND_ERROR_REFUSED] = "This cannot be done",
		[EVENHAND_ERROR_NOT_FOUND] = "We cannot find this",
		[EVENHAND_ERROR_CONFLICT] = "Somebody else was first",
		[EVENHAND_ERROR_UNAVAILABLE] = "This is not working at the moment",
		[EVENHAND_ERROR_BUG] = "Something went wrong on our side",
	};
	const int status = http_status(error);
	Trouble trouble = {.heading = HEADINGS[evenhand_error_code(error)],
		.sentence = error->message,
		.rule = evenhand_error_rule(error),
		.back = back};

	if (status >= 500)
		g_warning("%s %s: %s", http_method(visit->request), http_path(visit->request), error->message);
	if (status == 404)
		trouble.sentence =
			arena_printf(visit->mem, "%s Check the reference, or look them up by name.", error->message);
	if (status == 503)
		trouble.sentence = arena_printf(visit->mem,
			"%s Wait a few seconds and try again. If somebody is on the line, answer as usual meanwhile.",
			error->message);
	if (status == 500)
		trouble.sentence = "Nothing was changed. Try again; if it happens again, tell the administrator the "
				   "time and the page. Calls and mail go on as before.";
	say(visit->request, visit, response, status, &trouble);
}

/* Runs on the epoll threads too, so it looks into no database: the frame is that of somebody unknown. */
void page_problem(void *context, HttpRequest *request, int status, HttpResponse *response)
{
	Trouble trouble;

	(void)context;
	switch (status) {
	case 404:
		trouble = (Trouble){.heading = "There is no such page",
			.sentence = "If you typed the address, check it. If you followed a link, tell the "
				    "administrator which one."};
		break;
	case 405:
		trouble = (Trouble){.heading = "This page cannot be opened like that",
			.sentence = "It only takes a form that was filled in. Go back to the page with the form, and "
				    "send it from there."};
		break;
	case 413:
		trouble = (Trouble){.heading = "That was too much for one form",
			.sentence =
				"Nothing was saved: it was longer than any form of ours takes. Go back, shorten the "
				"text, and send it again."};
		break;
	case 503:
		trouble = (Trouble){.heading = "Too much is going on at the moment",
			.sentence = "Nothing was lost. Wait a few seconds and load this page again. If somebody is on "
				    "the line, answer as usual meanwhile."};
		break;
	default:
		trouble = (Trouble){.heading = "Something went wrong on our side",
			.sentence = "Try again; if it happens again, tell the administrator the time and the page."};
		break;
	}
	say(request, NULL, response, status, &trouble);
}

const char *page_act_href(Arena *mem, const char *casefile, const char *act, const char *about)
{
	return about == NULL ? arena_printf(mem, "/casefiles/%s/%s", casefile, act)
			     : arena_printf(mem, "/casefiles/%s/%s?about=%s", casefile, act, about);
}

FormKeys page_form_keys(const Visit *visit)
{
	guint8 bytes[REQUEST_ID_BYTES];

	bytes_random(bytes, sizeof bytes);
	return (FormKeys){.form_key = visit->session != NULL ? visit->session->form_key : NULL,
		.request_id = bytes_to_hex(visit->mem, bytes, sizeof bytes)};
}
