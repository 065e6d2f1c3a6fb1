/* contact.c: 'contact, now'. Who it may be is contact_who.c's, what the page says contact_fill.c's and
 * contact_next.c's; here it is put together, and a contact is logged, held, or a letter read out. */
#include "web/pages/contact_now.h"

#include "web/pages/end_call.h"
#include "web/pages/sign_in.h"
#include "web/words.h"

#define SEES_CASES (BY_ANYONE | BY(AUDITOR))

static void fill_box(const Visit *visit, ContactPage *page)
{
	static const GovukOption DIRECTIONS_OFFERED[] = {
		{.text = "They contact us", .value = "in"}, {.text = "We contact them", .value = "out"}};
	const Policy *policy = visit->office->policy;
	GovukOption *channels = arena_array(visit->mem, GovukOption, CHANNELS);

	for (Channel channel = 0; channel < CHANNELS; channel++)
		if (policy->channels & (1u << channel))
			channels[page->n_channels++] =
				(GovukOption){.text = words_channel(channel), .value = channel_name(channel)};
	page->channels = channels;
	page->directions = DIRECTIONS_OFFERED;
	page->n_directions = G_N_ELEMENTS(DIRECTIONS_OFFERED);
}

static void show(Contact *contact, HttpResponse *response)
{
	Visit *visit = contact->visit;
	ContactPage page = {.question = &contact->question,
		.no_cases = !office_may(visit->office, SEES_CASES),
		.keys = page_form_keys(visit),
		.result = contact->result,
		.once_more = contact->once_more,
		.problem_title = contact->once_more ? "This was sent already" : NULL,
		.what = form_typed(visit, "what"),
		.minutes = form_typed(visit, "minutes"),
		.contact_word = words_contact(contact->question.channel)};
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);
	g_autoptr(GError) error = NULL;
	Layout frame;

	fill_box(visit, &page);
	if (!page.no_cases && contact->result == NULL && contact_is_over(&contact->question)) {
		contact_fill_over(contact, &page);
	} else if (!page.no_cases && (*contact->question.typed != '\0' || contact->question.customer != NULL)) {
		if (!contact_find_out(contact, &error)) {
			if (contact->result != NULL)
				resume_later(visit, response, error);
			else
				page_error(visit, response, error);
			return;
		}
		contact_fill(contact, &page);
		contact_fill_next(contact, &page);
	}
	page.problems = form_summary(visit, contact->result, "log", &page.n_problems);
	frame = page_frame(visit, page.box != NULL       ? page.box->word
				  : page.heading != NULL ? page.heading
							 : "Contact, now");
	frame.has_problems = page.n_problems > 0;
	page.frame = &frame;
	contact_page(out, &page);
	page_send(visit, response, contact->result != NULL ? contact->result->status : 200, out);
}

void page_contact(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	Contact contact = {.visit = visit, .question = contact_question(visit, http_query)};

	(void)context;
	show(&contact, response);
}

/* Performs the act with the form, and leads back to the same question. A held call's entry is completed by what is
 * logged next. asks_first: where the same was sent already. */
static void perform(HttpRequest *request, HttpResponse *response, const char *act, const char *did, gboolean asks_first)
{
	Visit *visit = visit_of(request);
	Contact contact = {.visit = visit, .question = contact_question(visit, http_form)};
	FormResult result;

	if (!asks_first || form_is_new(visit, act, &result))
		form_perform(visit, act, &result);
	else
		contact.once_more = result.kind == EVENHAND_ERROR_CONFLICT;
	if (result.done) {
		contact.question.did = did;
		contact.question.done_ref = result.answer.id;
		contact.question.gate_id = NULL;
		contact.question.contact = g_str_equal(did, "held") ? result.answer.id : NULL;
		http_redirect(response, contact_url(visit, &contact.question));
		return;
	}
	contact.result = &result;
	show(&contact, response);
}

/* One form for what is done with a contact, so that nothing typed is lost; the button says what: logged, put on hold,
 * which needs nothing (S1), or ended, with or without a report (S2, S3). 'Same again' means it, and is not asked. */
void page_contact_log(void *context, HttpRequest *request, HttpResponse *response)
{
	const char *go = http_form(request, "go");

	if (g_strcmp0(go, "report") == 0 || g_strcmp0(go, "only") == 0)
		page_end_call(context, request, response);
	else if (g_strcmp0(go, "hold") == 0)
		perform(request, response, "hold-call", "held", TRUE);
	else
		perform(request, response, "log-contact", "logged", !g_str_equal(http_path(request), "/log-again"));
}

/* N5: read out now. */
void page_contact_read_out(void *context, HttpRequest *request, HttpResponse *response)
{
	(void)context;
	perform(request, response, "confirm-notice", "read", FALSE);
}
