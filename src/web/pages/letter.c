/* letter.c: fills the page of a letter. Who may read it is acts/read.h's to say, which records the viewing. */
#include "web/pages/letter.h"

#include "acts/read.h"

#include <string.h>

static const char *text_of(const json_t *letter, const char *key)
{
	return json_string_value(json_object_get(letter, key));
}

/* The letter was rendered, every text escaped, by letters/render/html.c; what stands in its `main` is the letter. */
static HtmlSafe body_of(Visit *visit, const json_t *letter)
{
	const char *html = text_of(letter, "html"), *begin, *end;

	begin = html != NULL ? strstr(html, "<main>") : NULL;
	end = begin != NULL ? g_strrstr(begin, "</main>") : NULL;
	if (end == NULL)
		return (HtmlSafe){0};
	begin += strlen("<main>");
	return html_trust(arena_strndup(visit->mem, begin, (gsize)(end - begin)));
}

static const char *time_of(Visit *visit, const json_t *letter, const char *key)
{
	const char *text = text_of(letter, key);
	Instant instant;

	return text != NULL && instant_parse(text, key, &instant, NULL) ? page_time(visit, instant) : NULL;
}

static const char *state_of(Visit *visit, const json_t *letter)
{
	const char *returned = time_of(visit, letter, "returned_at"), *sent = time_of(visit, letter, "sent_at");
	const char *delivered = time_of(visit, letter, "delivered_at");

	if (returned != NULL)
		return arena_printf(visit->mem, "it came back on %s", returned);
	if (sent == NULL)
		return "not sent yet";
	return delivered != NULL ? arena_printf(visit->mem, "sent on %s; it counts as delivered on %s", sent, delivered)
				 : arena_printf(visit->mem, "sent on %s", sent);
}

static void show(Visit *visit, const json_t *letter, HttpResponse *response)
{
	const char *ref = text_of(letter, "id"), *casefile = text_of(letter, "casefile"), *title;
	const gboolean waits = text_of(letter, "sent_at") == NULL || text_of(letter, "returned_at") != NULL;
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);
	Layout frame;
	LetterPage page = {.back = casefile != NULL ? arena_printf(visit->mem, "/casefiles/%s", casefile) : "/",
		.reference = ref,
		.state = state_of(visit, letter),
		.address = text_of(letter, "address"),
		.language = text_of(letter, "language"),
		.body = body_of(visit, letter)};

	if (casefile != NULL && office_may(visit->office, acts_find("confirm-notice")->by) &&
		(waits || page.body.markup))
		page.confirm_href = page_act_href(visit->mem, casefile, "confirm-notice", ref);
	title = text_of(letter, "subject");
	frame = page_frame(visit, title != NULL ? title : arena_printf(visit->mem, "Letter %s", ref));
	page.frame = &frame;
	letter_page(out, &page);
	page_send(visit, response, 200, out);
}

void page_letter(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	const ActCaller caller = visit_caller(visit);
	const char *ref = http_param(request, "ref");
	g_autoptr(GError) error = NULL;
	json_t *letter = NULL;

	(void)context;
	if (!g_str_has_prefix(ref, "N-"))
		not_found(&error, "There is no letter %s.", ref);
	if (error != NULL || !read_show(visit->web->acts, visit->mem, &caller, ref, &letter, &error)) {
		page_error(visit, response, error);
		return;
	}
	show(visit, letter, response);
	json_decref(letter);
}
