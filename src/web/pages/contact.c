/* contact.c: 'contact, now'. Who it may be is the look-up's (acts/read.h), what they meet the gate's (web/answer.h);
 * here the two are put together, and the contact is logged. */
#include "web/pages/contact.h"

#include "web/pages/sign_in.h"
#include "web/words.h"

#include <string.h>

#define SEES_CASES (BY_ANYONE | BY(AUDITOR))

/* Everything that is found out before the page is filled in. */
typedef struct {
	Visit *visit;
	ContactQuestion question;
	LookUp *look_up;
	Answer *answer;         /* NULL: it is to be chosen who it is, or the gate cannot answer */
	CustomerView *customer; /* whom the answer is about; NULL */
	const char *from;       /* the identifier as the channel has it; NULL */
	const char *unanswered; /* why the gate cannot answer; NULL */
	const FormResult *result;
} Contact;

/* A softphone's '+44…' that was not percent-encoded arrives as ' 44…'. */
static const char *plus_again(Arena *mem, const char *typed)
{
	return typed[0] == ' ' && g_ascii_isdigit(typed[1]) ? arena_printf(mem, "+%s", typed + 1) : typed;
}

static const char *given(const char *value)
{
	return value != NULL && *value != '\0' ? value : NULL;
}

typedef const char *(*Getter)(HttpRequest *request, const char *name);

static ContactQuestion read_question(Visit *visit, Getter get)
{
	HttpRequest *request = visit->request;
	const char *typed = get(request, "q"), *channel = get(request, "channel");
	ContactQuestion question = {.typed = typed != NULL ? plus_again(visit->mem, typed) : "",
		.channel = CHANNEL_PHONE,
		.customer = given(get(request, "customer")),
		.to = given(get(request, "to"))};

	if (channel != NULL)
		channel_parse(channel, &question.channel);
	return question;
}

static void add_to_url(GString *url, const char *name, const char *value)
{
	if (value == NULL)
		return;
	g_string_append_printf(url, "&%s=", name);
	g_string_append_uri_escaped(url, value, NULL, FALSE);
}

/* The same question with another answer to who it is. */
static const char *url_of(const Contact *contact, const char *customer, const char *logged)
{
	const ContactQuestion *question = &contact->question;
	GString *url = g_string_new("/?channel=");

	g_string_append(url, channel_name(question->channel));
	add_to_url(url, "q", question->typed);
	add_to_url(url, "customer", customer);
	add_to_url(url, "to", question->to);
	add_to_url(url, "id", logged == NULL ? question->gate_id : NULL);
	add_to_url(url, "logged", logged);
	return arena_own(contact->visit->mem, g_string_free(url, FALSE), g_free);
}

/* Whether the channel's contacts are recognised by what was typed. */
static gboolean fits_channel(Channel channel, IdentifierKind kind)
{
	switch (channel) {
	case CHANNEL_PHONE:
		return kind == IDENTIFIER_PHONE;
	case CHANNEL_EMAIL:
		return kind == IDENTIFIER_EMAIL;
	case CHANNEL_LETTER:
		return kind == IDENTIFIER_EMAIL || kind == IDENTIFIER_POST;
	default:
		return kind == IDENTIFIER_PHONE || kind == IDENTIFIER_EMAIL || kind == IDENTIFIER_HANDLE;
	}
}

static const char *const *functions_of(const Visit *visit)
{
	const Actor *actor = visit->office->actor;
	const char **functions = arena_array(visit->mem, const char *, actor->n_roles + 1);
	gsize n = 0;

	for (gsize i = 0; i < actor->n_roles; i++)
		if (actor->roles[i].function != NULL)
			functions[n++] = actor->roles[i].function;
	return n > 0 ? functions : NULL;
}

/* Who it is, as far as that is clear: chosen, or the only one that was found. NULL: not clear, or nobody's. */
static const char *clear_customer(const Contact *contact)
{
	const LookUp *look_up = contact->look_up;

	if (contact->question.customer != NULL)
		return g_str_equal(contact->question.customer, "other") ? NULL : contact->question.customer;
	if (contact->from == NULL && look_up->n_hits == 1 && !look_up->more && !look_up->hits[0].shared)
		return look_up->hits[0].customer;
	return NULL;
}

static gboolean is_nobody(const Contact *contact)
{
	return g_strcmp0(contact->question.customer, "other") == 0 || contact->look_up->withheld ||
	       contact->look_up->n_hits == 0;
}

/* A name, a reference or a few digits that nobody has: most likely mistyped, which is no reason to answer at once. */
static gboolean is_mistyped(const Contact *contact)
{
	const LookUp *look_up = contact->look_up;

	return contact->question.customer == NULL && look_up->n_hits == 0 && !look_up->withheld &&
	       look_up->normal == NULL;
}

static gboolean ask_gate(Contact *contact, const char *customer, GError **error)
{
	const gboolean other = g_strcmp0(contact->question.customer, "other") == 0;
	const GateQuery query = {.channel = contact->question.channel,
		.direction = DIRECTION_IN,
		.from = contact->look_up->withheld ? contact->look_up->typed
			: other                    ? NULL
						   : contact->from,
		.customer = customer,
		.to = contact->question.to,
		.asker_functions = functions_of(contact->visit),
		.at = INSTANT_NONE};
	g_autoptr(GError) problem = NULL;

	if (answer_ask(contact->visit, &query, &contact->answer, &problem))
		return TRUE;
	if (!g_error_matches(problem, EVENHAND_ERROR, EVENHAND_ERROR_UNAVAILABLE)) {
		g_propagate_error(error, g_steal_pointer(&problem));
		return FALSE;
	}
	g_warning("%s %s: %s", http_method(contact->visit->request), http_path(contact->visit->request),
		problem->message);
	contact->unanswered = arena_strdup(contact->visit->mem, problem->message);
	return TRUE;
}

static gboolean find_out(Contact *contact, GError **error)
{
	Visit *visit = contact->visit;
	const ActCaller caller = visit_caller(visit);
	const char *customer;

	if (!read_look_up(visit->web->acts, visit->mem, &caller, contact->question.typed, &contact->look_up, error))
		return FALSE;
	if (contact->look_up->normal != NULL && fits_channel(contact->question.channel, contact->look_up->kind))
		contact->from = contact->look_up->normal;
	if (is_mistyped(contact))
		return TRUE;
	customer = clear_customer(contact);
	if ((customer != NULL || contact->from != NULL || is_nobody(contact)) && !ask_gate(contact, customer, error))
		return FALSE;
	if (contact->answer != NULL && contact->answer->own.customer != NULL)
		customer = contact->answer->own.customer;
	return customer == NULL ||
	       read_customer(visit->web->acts, visit->mem, &caller, customer, &contact->customer, error);
}

static const LookUpHit *hit_of(const Contact *contact, const char *customer)
{
	for (gsize i = 0; i < contact->look_up->n_hits; i++)
		if (g_strcmp0(contact->look_up->hits[i].customer, customer) == 0)
			return &contact->look_up->hits[i];
	return NULL;
}

static void add_choice(
	Contact *contact, ContactPage *page, ContactChoice *list, const LookUpHit *hit, const AnswerView *answer)
{
	const Visit *visit = contact->visit;
	const char *customer = hit != NULL ? hit->customer : answer->customer;

	list[page->n_choices++] = (ContactChoice){.href = url_of(contact, customer, NULL),
		.name = hit == NULL ? customer
			: hit->representative != NULL
				? arena_printf(visit->mem, "%s, for %s", hit->representative, hit->name)
				: hit->name,
		.reference = customer,
		.recognised = hit != NULL ? hit->recognised : "number or address",
		.verdict = answer != NULL ? verdict_name(answer->verdict) : NULL,
		.word = answer != NULL ? words_verdict_short(answer->verdict) : NULL};
}

/* R11: whom it may be, with each one's answer where the gate gave them. */
static void fill_choices(Contact *contact, ContactPage *page)
{
	const gsize n_asked = contact->answer != NULL ? contact->answer->n_candidates : 0;
	ContactChoice *list = arena_array(contact->visit->mem, ContactChoice, n_asked + contact->look_up->n_hits + 1);

	if (contact->customer != NULL || g_strcmp0(contact->question.customer, "other") == 0)
		return;
	for (gsize i = 0; i < n_asked; i++) {
		const AnswerView *candidate = &contact->answer->candidates[i];

		add_choice(contact, page, list, hit_of(contact, candidate->customer), candidate);
	}
	for (gsize i = 0; n_asked == 0 && i < contact->look_up->n_hits; i++)
		add_choice(contact, page, list, &contact->look_up->hits[i], NULL);
	page->choices = list;
	page->more_choices = n_asked == 0 && contact->look_up->more;
	if (page->n_choices > 0)
		page->nobody_href = url_of(contact, "other", NULL);
}

static void add_fact(VerdictBox *box, GovukSummaryRow *rows, const char *key, const char *value)
{
	if (value != NULL)
		rows[box->n_facts++] = (GovukSummaryRow){.key = {.text = key}, .value = {.text = value}};
}

static const char *until_in_words(Arena *mem, Day until, Day review)
{
	const char *when =
		until != DAY_NONE ? arena_printf(mem, "until %s", day_in_words(mem, until)) : "until it is lifted";

	return review != DAY_NONE ? arena_printf(mem, "%s; it is reviewed by %s", when, day_in_words(mem, review))
				  : when;
}

static void fill_facts(const Contact *contact, VerdictBox *box)
{
	Arena *mem = contact->visit->mem;
	const AnswerView *answer = box->answer;
	GovukSummaryRow *rows = arena_array(mem, GovukSummaryRow, 6);

	box->facts = rows;
	if (answer->route_to != NULL)
		add_fact(box, rows, "Pass to",
			answer->route_name != NULL ? arena_printf(mem, "%s, %s", answer->route_name, answer->route_to)
						   : answer->route_to);
	if (answer->minutes > 0)
		add_fact(box, rows, "Minutes", arena_printf(mem, "at most %d", answer->minutes));
	if (answer->record && answer->verdict != VERDICT_RECORD)
		add_fact(box, rows, "Recording", "it is recorded or listened to");
	if (answer->next_slot != INSTANT_NONE)
		add_fact(box, rows, "Next time", page_time(contact->visit, answer->next_slot));
	if (answer->n_reasons > 0 && answer->reasons[0].arrangement != NULL)
		add_fact(box, rows, "How long",
			until_in_words(mem, answer->reasons[0].until, answer->reasons[0].review));
}

static void fill_notes(const Contact *contact, VerdictBox *box)
{
	const CustomerView *customer = contact->customer;
	Arena *mem = contact->visit->mem;

	box->notes = arena_array(mem, const char *, (customer != NULL ? customer->n_arrangements : 0) + 3);
	if (box->answer->review_overdue)
		box->notes[box->n_notes++] = "The review of this arrangement is overdue: tell the head of function.";
	if (customer == NULL)
		return;
	for (gsize i = 0; i < customer->n_arrangements; i++)
		if (customer->arrangements[i].state == ARRANGEMENT_DECIDED ||
			customer->arrangements[i].state == ARRANGEMENT_SUSPENDED)
			box->notes[box->n_notes++] = arena_printf(mem, "Arrangement %s: %s.",
				customer->arrangements[i].ref, customer->arrangements[i].state_words);
	if (customer->informal_advice != NULL)
		box->notes[box->n_notes++] = customer->informal_advice;
}

static const ArrangementView *arrangement_of(const CustomerView *customer, const char *ref)
{
	for (gsize i = 0; i < customer->n_arrangements; i++)
		if (g_strcmp0(customer->arrangements[i].ref, ref) == 0)
			return &customer->arrangements[i];
	return NULL;
}

static const RestrictionView *restriction_of(const ArrangementView *arrangement, const char *kind)
{
	for (gsize i = 0; arrangement != NULL && i < arrangement->n_restrictions; i++)
		if (g_strcmp0(arrangement->restrictions[i].kind, kind) == 0)
			return &arrangement->restrictions[i];
	return NULL;
}

/* Why: for who may see reasons. */
static void fill_why(const Contact *contact, ContactPage *page)
{
	const CustomerView *customer = contact->customer;
	Arena *mem = contact->visit->mem;
	ContactWhy *why;

	if (customer == NULL || (customer->hidden & VEIL_REASONS) != 0)
		return;
	why = arena_array(mem, ContactWhy, page->answer->n_reasons + 1);
	for (gsize i = 0; i < page->answer->n_reasons; i++) {
		const AnswerReason *reason = &page->answer->reasons[i];
		const RestrictionView *restriction =
			restriction_of(arrangement_of(customer, reason->arrangement), reason->restriction);

		if (reason->arrangement != NULL)
			why[page->n_why++] = (ContactWhy){.rule = reason->rule,
				.title = restriction != NULL ? restriction->title : reason->restriction,
				.in_words = restriction != NULL ? restriction->in_words : NULL,
				.arrangement = reason->arrangement,
				.decision = reason->decision,
				.pack = reason->pack,
				.until = until_in_words(mem, reason->until, reason->review)};
	}
	page->why = why;
}

static const char *who_in_words(const Contact *contact)
{
	const CustomerView *customer = contact->customer;
	const LookUpHit *hit;

	if (customer == NULL)
		return contact->answer->withheld ? "Number withheld" : given(contact->question.typed);
	hit = hit_of(contact, customer->ref);
	if (contact->answer->own.representative && hit != NULL && hit->representative != NULL)
		return arena_printf(contact->visit->mem, "%s, who acts for %s, %s", hit->representative, customer->name,
			customer->ref);
	return arena_printf(contact->visit->mem, "%s, %s", customer->name, customer->ref);
}

/* What stands below the word where no restriction has words of its own. */
static const char *intro_of(const Contact *contact)
{
	const AnswerView *own = &contact->answer->own;

	if (own->say_to_staff != NULL || own->say_to_customer != NULL)
		return NULL;
	if (own->representative)
		return "They act for somebody else, whose restrictions do not reach them.";
	if (contact->customer != NULL)
		return own->verdict == VERDICT_PROCEED ? "Nothing restricts this contact." : NULL;
	if (contact->answer->withheld)
		return "The number is withheld. Once they say who they are, look up their name.";
	if (contact->answer->n_candidates > 0)
		return "It may be one of several people; nothing restricts any of them.";
	return "We do not know them, so nothing restricts this contact. If they give a name, look it up.";
}

static void fill_answer(Contact *contact, ContactPage *page)
{
	VerdictBox *box = arena_new0(contact->visit->mem, VerdictBox);
	const AnswerView *own = &contact->answer->own;

	page->answer = own;
	page->box = box;
	*box = (VerdictBox){.verdict = verdict_name(own->verdict),
		.word = contact->answer->n_candidates > 0 && own->verdict == VERDICT_CHECK ? "Ask who it is"
			: own->verdict == VERDICT_CHECK && own->n_reasons > 0
				? words_check(contact->visit->mem, own->reasons[0].about, contact->question.channel)
				: words_verdict(contact->visit->mem, own->verdict, contact->question.channel,
					  own->minutes, own->route_name),
		.who = who_in_words(contact),
		.href = contact->customer != NULL
				? arena_printf(contact->visit->mem, "/customers/%s", contact->customer->ref)
				: NULL,
		.answer = own,
		.intro = intro_of(contact)};
	fill_facts(contact, box);
	fill_notes(contact, box);
	fill_why(contact, page);
}

static void fill(Contact *contact, ContactPage *page)
{
	if (contact->answer != NULL) {
		fill_answer(contact, page);
	} else if (contact->unanswered != NULL) {
		page->heading = "Answer as usual";
		page->sentence = contact->unanswered;
	} else if (is_mistyped(contact)) {
		page->heading = arena_printf(contact->visit->mem, "Nobody found under “%s”", contact->look_up->typed);
		page->sentence = "Check the spelling, or try their number or e-mail address.";
	} else {
		page->heading = "Who is it?";
		page->sentence = "Several people fit what you typed. Ask, and choose.";
	}
	fill_choices(contact, page);
	if (contact->customer != NULL)
		page->customer = contact->customer->ref;
	page->from = contact->from;
	/* Logging a contact of one of several is wrong until somebody asked who it is. */
	page->may_log = (page->n_choices == 0 || (page->answer != NULL && page->answer->verdict == VERDICT_PROCEED)) &&
			office_may(contact->visit->office, BY_ANYONE);
}

static void show(Contact *contact, HttpResponse *response)
{
	Visit *visit = contact->visit;
	const Policy *policy = visit->office->policy;
	GovukOption channels[CHANNELS];
	ContactPage page = {.question = &contact->question,
		.no_cases = !office_may(visit->office, SEES_CASES),
		.keys = page_form_keys(visit),
		.result = contact->result,
		.what = form_typed(visit, "what"),
		.minutes = form_typed(visit, "minutes"),
		.channels = channels,
		.contact_word = words_contact(contact->question.channel)};
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);
	g_autoptr(GError) error = NULL;
	Layout frame;

	for (Channel channel = 0; channel < CHANNELS; channel++)
		if (policy->channels & (1u << channel))
			channels[page.n_channels++] =
				(GovukOption){.text = words_channel(channel), .value = channel_name(channel)};
	if (!page.no_cases && (*contact->question.typed != '\0' || contact->question.customer != NULL)) {
		if (!find_out(contact, &error)) {
			if (contact->result != NULL)
				resume_later(visit, response, error);
			else
				page_error(visit, response, error);
			return;
		}
		fill(contact, &page);
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
	Contact contact = {.visit = visit, .question = read_question(visit, http_query)};
	const char *logged = http_query(request, "logged");

	(void)context;
	contact.question.gate_id = given(http_query(request, "id"));
	/* It is shown, so it must look like what it says it is. */
	if (logged != NULL && g_str_has_prefix(logged, "K-") && strlen(logged) <= 20)
		contact.question.logged = logged;
	show(&contact, response);
}

void page_contact_log(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	Contact contact = {.visit = visit, .question = read_question(visit, http_form)};
	FormResult result;

	(void)context;
	contact.question.gate_id = given(http_form(request, "gate_id"));
	form_perform(visit, "log-contact", &result);
	if (result.done) {
		http_redirect(response, url_of(&contact, contact.question.customer, result.answer.id));
		return;
	}
	contact.result = &result;
	show(&contact, response);
}
