/* contact_next.c: what can be done next on 'contact, now': say what it is about, log, log the same again, hold, end,
 * report, record who they are. */
#include "web/pages/contact_now.h"

#include "web/customer_words.h"
#include "web/words.h"

#include <string.h>

enum { LETTERS_SHOWN = 3, MATTERS_SHOWN = 8 };

static const char *purpose_url(const Contact *contact, const char *purpose)
{
	ContactQuestion question = contact->question;

	question.purpose = purpose;
	question.did = question.done_ref = NULL;
	return contact_url(contact->visit, &question);
}

/* G5: what they say they want; asked of the gate with it, and one click takes it back. */
static void fill_purposes(const Contact *contact, ContactPage *page)
{
	const Policy *policy = contact->visit->office->policy;
	ContactLink *links = arena_array(contact->visit->mem, ContactLink, policy->n_purposes + 1);

	if (contact->answer == NULL || contact->question.direction == DIRECTION_OUT)
		return;
	for (gsize i = 0; i < policy->n_purposes; i++) {
		const ProtectedPurpose *purpose = &policy->purposes[i];
		const gboolean chosen = g_strcmp0(purpose->key, contact->question.purpose) == 0;

		links[page->n_purposes++] = (ContactLink){.href = purpose_url(contact, chosen ? NULL : purpose->key),
			.text = purpose->title,
			.chosen = chosen};
	}
	page->purposes = links;
}

static void fill_matters(const Contact *contact, ContactPage *page)
{
	const CustomerView *customer = contact->customer;
	ContactLink *links = arena_array(contact->visit->mem, ContactLink, MATTERS_SHOWN);

	if (customer == NULL || contact->answer == NULL)
		return;
	for (gsize i = 0; i < customer->n_matters && page->n_matters < MATTERS_SHOWN; i++) {
		const MatterView *matter = &customer->matters[i];
		const gboolean chosen = g_strcmp0(matter->ref, contact->question.matter) == 0;
		ContactQuestion question = contact->question;

		question.matter = chosen ? NULL : matter->ref;
		question.did = question.done_ref = NULL;
		links[page->n_matters++] = (ContactLink){.href = contact_url(contact->visit, &question),
			.text = arena_printf(contact->visit->mem, "%s, %s%s", matter->title, matter->ref,
				matter->closed_at != INSTANT_NONE ? " (closed)" : ""),
			.chosen = chosen};
	}
	page->matters = links;
}

static void fill_letters(const Contact *contact, ContactPage *page)
{
	const CustomerView *customer = contact->customer;
	ContactLetter *letters = arena_array(contact->visit->mem, ContactLetter, LETTERS_SHOWN);

	for (gsize i = 0; customer != NULL && i < customer->n_letters && i < LETTERS_SHOWN; i++)
		letters[page->n_letters++] = (ContactLetter){
			.href = arena_printf(contact->visit->mem, "/letters/%s", customer->letters[i].ref),
			.title = customer->letters[i].title,
			.state = letter_in_words(contact->visit, &customer->letters[i])};
	page->letters = letters;
}

/* What was done a moment ago is no news where more was logged since: somebody went back to the page. */
static gboolean is_news(const Contact *contact)
{
	const LoggedContact *logged = contact->now != NULL ? contact->now->logged : NULL;

	return logged == NULL || g_strcmp0(contact->question.did, "logged") != 0 ||
	       g_strcmp0(contact->question.done_ref, logged->ref) == 0;
}

/* Going back to the form after it was sent, or a second browser, must not log the same contact twice unsaid. */
static void fill_logged(const Contact *contact, ContactPage *page)
{
	const LoggedContact *logged = contact->now != NULL ? contact->now->logged : NULL;
	const char *done = contact->question.done_ref;

	if (logged == NULL || contact->question.contact != NULL)
		return;
	page->again = logged->ref;
	page->again_matter = logged->matter;
	page->again_purpose = logged->purpose;
	if (g_strcmp0(done, logged->ref) != 0)
		page->logged = arena_printf(contact->visit->mem,
			"You logged a %s with them on %s, as %s. If this is that one, it need not be logged again.",
			words_contact(contact->question.channel), page_time(contact->visit, logged->at), logged->ref);
}

static void add_field(GString *url, const char *name, const char *value)
{
	if (value == NULL || *value == '\0')
		return;
	g_string_append_printf(url, "%c%s=", strchr(url->str, '?') == NULL ? '?' : '&', name);
	g_string_append_uri_escaped(url, value, NULL, FALSE);
}

/* A number or an e-mail address by its shape alone; IDENTIFIER_KINDS: neither. */
static IdentifierKind kind_of(const Visit *visit, const char *typed)
{
	static const IdentifierKind TOLD[] = {IDENTIFIER_PHONE, IDENTIFIER_EMAIL};
	const PhoneRules *phones = &visit->office->policy->organisation.phone;
	char *normal;

	for (gsize i = 0; i < G_N_ELEMENTS(TOLD); i++)
		if (identifier_normalise(TOLD[i], typed, phones, "q", visit->mem, &normal, NULL))
			return TOLD[i];
	return IDENTIFIER_KINDS;
}

const char *contact_create_url(const Visit *visit, const ContactQuestion *back, const LookUp *look_up)
{
	const IdentifierKind kind =
		look_up != NULL && look_up->normal != NULL ? look_up->kind : kind_of(visit, back->typed);
	ContactQuestion question = *back;
	GString *url = g_string_new("/customers/new");

	if (kind < IDENTIFIER_KINDS) {
		add_field(url, "kind", identifier_kind_name(kind));
		add_field(url, "value", back->typed);
	} else if (!phone_is_withheld(back->typed)) {
		add_field(url, "name", back->typed);
	}
	question.customer = NULL;
	add_field(url, "back", contact_url(visit, &question));
	return arena_own(visit->mem, g_string_free(url, FALSE), g_free);
}

/* Whoever is not known yet: recorded, and then back to this contact. */
static const char *create_url(const Contact *contact)
{
	ContactQuestion back = contact->question;

	if (contact->customer != NULL || contact->look_up == NULL)
		return NULL;
	back.did = back.done_ref = NULL;
	return contact_create_url(contact->visit, &back, contact->look_up);
}

/* S5, D1: of the first arrangement that has not ended. */
static void fill_arrangement_links(const Contact *contact, ContactPage *page)
{
	Arena *mem = contact->visit->mem;

	for (gsize i = 0; i < contact->customer->n_arrangements; i++) {
		const ArrangementView *view = &contact->customer->arrangements[i];

		if (view->state == ARRANGEMENT_ENDED)
			continue;
		if (view->state == ARRANGEMENT_IN_FORCE)
			page->breach_href = page_act_href(mem, view->casefile, "log-breach", view->ref);
		page->dispute_href = page_act_href(mem, view->casefile, "dispute", view->decision);
		return;
	}
}

static void fill_links(const Contact *contact, ContactPage *page)
{
	const char *customer = contact->customer != NULL ? contact->customer->ref : NULL;
	Arena *mem = contact->visit->mem;

	page->create_href = create_url(contact);
	if (customer == NULL)
		return;
	fill_arrangement_links(contact, page);
	page->matter_href = arena_printf(mem, "/customers/%s/open-matter", customer);
	page->report_href =
		contact->question.done_ref != NULL && g_strcmp0(contact->question.did, "read") != 0
			? arena_printf(mem, "/report?customer=%s&contact=%s", customer, contact->question.done_ref)
			: arena_printf(mem, "/report?customer=%s", customer);
}

gboolean contact_may_be_reason(Direction direction, const CustomerView *customer, const char *reason)
{
	return !g_str_equal(reason, "arrangement-in-force") ||
	       (direction == DIRECTION_IN && customer != NULL && customer->has_in_force);
}

static void fill_reasons(const Contact *contact, ContactPage *page)
{
	const Policy *policy = contact->visit->office->policy;
	GovukChoice *reasons = arena_array(contact->visit->mem, GovukChoice, policy->n_call_end_reasons + 1);

	for (gsize i = 0; i < policy->n_call_end_reasons; i++)
		if (contact_may_be_reason(
			    contact->question.direction, contact->customer, policy->call_end_reasons[i].key))
			reasons[page->n_reasons++] = (GovukChoice){
				.value = policy->call_end_reasons[i].key, .text = policy->call_end_reasons[i].title};
	page->reasons = reasons;
}

static const char *banner_of(const Contact *contact)
{
	static const struct {
		const char *did, *words;
	} BANNERS[] = {
		{"logged", "Logged as %s."},
		{"held", "On hold, noted as %s. Log what it was about when they are back."},
		{"ended", "The call was ended and logged as %s. Your manager is told."},
		{"reported", "The call was ended, logged as %s, and reported. Your manager is told."},
		{"read", "%s was read out, and counts as delivered now."},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(BANNERS); i++)
		if (g_strcmp0(BANNERS[i].did, contact->question.did) == 0) {
			g_auto(GStrv) parts = g_strsplit(BANNERS[i].words, "%s", 2);

			return arena_printf(
				contact->visit->mem, "%s%s%s", parts[0], contact->question.done_ref, parts[1]);
		}
	return NULL;
}

gboolean contact_is_over(const ContactQuestion *question)
{
	return question->done_ref != NULL &&
	       (g_strcmp0(question->did, "ended") == 0 || g_strcmp0(question->did, "reported") == 0);
}

void contact_fill_over(const Contact *contact, ContactPage *page)
{
	const ContactQuestion *question = &contact->question;
	const char *customer = g_strcmp0(question->customer, "other") != 0 ? question->customer : NULL;
	Arena *mem = contact->visit->mem;

	page->over = TRUE;
	page->heading = "Who is next?";
	page->banner = banner_of(contact);
	if (customer == NULL) {
		page->create_href = contact_create_url(contact->visit, question, NULL);
		return;
	}
	customer = arena_own(mem, g_uri_escape_string(customer, NULL, FALSE), g_free);
	page->customer_href = arena_printf(mem, "/customers/%s", customer);
	if (g_strcmp0(question->did, "ended") == 0)
		page->report_href = arena_printf(mem, "/report?customer=%s&contact=%s", customer, question->done_ref);
}

void contact_fill_next(Contact *contact, ContactPage *page)
{
	const Visit *visit = contact->visit;

	if (is_news(contact))
		page->banner = banner_of(contact);
	fill_purposes(contact, page);
	fill_matters(contact, page);
	fill_letters(contact, page);
	/* Logging a contact of one of several is wrong until somebody asked who it is. */
	page->may_act = (page->n_choices == 0 || (page->answer != NULL && page->answer->verdict == VERDICT_PROCEED)) &&
			office_may(visit->office, BY_ANYONE);
	if (!page->may_act)
		return;
	page->may_end = contact->question.channel == CHANNEL_PHONE;
	fill_logged(contact, page);
	fill_links(contact, page);
	if (page->may_end)
		fill_reasons(contact, page);
}
