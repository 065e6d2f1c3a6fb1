/* contact_who.c: what 'contact, now' was asked, who it may be (acts/read.h), and what the gate says (web/answer.h). */
#include "web/pages/contact_now.h"

#include <string.h>

enum { REFERENCE_MAX = 20 };

/* A softphone's '+44…' that was not percent-encoded arrives as ' 44…'. */
static const char *plus_again(Arena *mem, const char *typed)
{
	return typed[0] == ' ' && g_ascii_isdigit(typed[1]) ? arena_printf(mem, "+%s", typed + 1) : typed;
}

static const char *given(const char *value)
{
	return value != NULL && *value != '\0' ? value : NULL;
}

/* What is shown must look like what it says it is. */
static const char *reference(const char *value, const char *prefix)
{
	return value != NULL && g_str_has_prefix(value, prefix) && strlen(value) <= REFERENCE_MAX ? value : NULL;
}

enum { ODD_MAX = 3, QUOTED_MAX = 40 };

static void add_odd(const Visit *visit, ContactQuestion *question, const char *value, const char *sentence)
{
	const glong length = g_utf8_validate(value, -1, NULL) ? g_utf8_strlen(value, -1) : 0;
	g_autofree char *quoted = g_utf8_substring(value, 0, MIN(length, QUOTED_MAX));

	question->odd[question->n_odd++] = arena_printf(visit->mem, "‘%s’ %s", quoted, sentence);
}

/* How they are in touch and what they want. What of it is not known is said: a link with a mistake in it must not
 * mislead. */
static void take_how(const Visit *visit, ContactGetter get, ContactQuestion *question)
{
	HttpRequest *request = visit->request;
	const char *channel = given(get(request, "channel")), *direction = given(get(request, "direction"));
	const char *purpose = given(get(request, "purpose"));

	question->odd = arena_array(visit->mem, const char *, ODD_MAX);
	if (channel != NULL && !channel_parse(channel, &question->channel))
		add_odd(visit, question, channel, "is no way of contact that we know. Phone is taken instead.");
	if (direction != NULL && !direction_parse(direction, &question->direction))
		add_odd(visit, question, direction, "is neither ‘in’ nor ‘out’. It is taken that they contact us.");
	if (purpose != NULL && policy_purpose(visit->office->policy, purpose) != NULL)
		question->purpose = purpose;
	else if (purpose != NULL)
		add_odd(visit, question, purpose,
			"is nothing that the policy keeps open. It was left out: choose what they want.");
}

ContactQuestion contact_question(Visit *visit, ContactGetter get)
{
	HttpRequest *request = visit->request;
	const char *typed = get(request, "q"), *gate_id = given(get(request, "gate_id"));
	const char *did = given(get(request, "did")), *ref = get(request, "ref");
	ContactQuestion question = {.typed = typed != NULL ? plus_again(visit->mem, typed) : "",
		.channel = CHANNEL_PHONE,
		.direction = DIRECTION_IN,
		.customer = given(get(request, "customer")),
		.to = given(get(request, "to")),
		.gate_id = gate_id != NULL ? gate_id : given(get(request, "id")),
		.matter = reference(get(request, "matter"), "M-"),
		.contact = reference(get(request, "contact"), "K-")};

	take_how(visit, get, &question);
	question.done_ref = reference(ref, g_strcmp0(did, "read") == 0 ? "N-" : "K-");
	if (question.done_ref != NULL)
		question.did = did;
	return question;
}

static void add_to_url(GString *url, const char *name, const char *value)
{
	if (given(value) == NULL)
		return;
	g_string_append_printf(url, "%s%s=", strchr(url->str, '?') != NULL ? "&" : "?", name);
	g_string_append_uri_escaped(url, value, NULL, FALSE);
}

const char *contact_url(const Visit *visit, const ContactQuestion *question)
{
	GString *url = g_string_new("/");

	add_to_url(url, "channel", channel_name(question->channel));
	add_to_url(url, "q", question->typed);
	add_to_url(url, "customer", question->customer);
	add_to_url(url, "to", question->to);
	add_to_url(url, "gate_id", question->gate_id);
	add_to_url(url, "direction", question->direction == DIRECTION_OUT ? "out" : NULL);
	add_to_url(url, "matter", question->matter);
	add_to_url(url, "purpose", question->purpose);
	add_to_url(url, "contact", question->contact);
	add_to_url(url, "did", question->did);
	add_to_url(url, "ref", question->done_ref);
	return arena_own(visit->mem, g_string_free(url, FALSE), g_free);
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

static gboolean is_other(const Contact *contact)
{
	return g_strcmp0(contact->question.customer, "other") == 0;
}

/* Who it is, as far as that is clear: chosen, or the only one that was found. NULL: not clear, or nobody's. */
static const char *clear_customer(const Contact *contact)
{
	const LookUp *look_up = contact->look_up;

	if (contact->question.customer != NULL)
		return is_other(contact) ? NULL : contact->question.customer;
	if (contact->from == NULL && look_up->n_hits == 1 && !look_up->more && !look_up->hits[0].shared)
		return look_up->hits[0].customer;
	return NULL;
}

static gboolean is_nobody(const Contact *contact)
{
	return is_other(contact) || contact->look_up->withheld || contact->look_up->n_hits == 0;
}

gboolean contact_is_mistyped(const Contact *contact)
{
	const LookUp *look_up = contact->look_up;

	return contact->question.customer == NULL && look_up->n_hits == 0 && !look_up->withheld &&
	       look_up->normal == NULL;
}

/* The database knows whose number or address it is, and the gate has not read it yet. */
static gboolean is_news_to_gate(const Contact *contact, const char *customer)
{
	return customer == NULL && contact->from != NULL && !is_other(contact) && contact->look_up->n_hits > 0 &&
	       contact->answer->own.customer == NULL && contact->answer->n_candidates == 0;
}

static gboolean ask_gate(Contact *contact, const char *customer, GError **error)
{
	const ContactQuestion *question = &contact->question;
	const GateQuery query = {.channel = question->channel,
		.direction = question->direction,
		.from = contact->look_up->withheld ? contact->look_up->typed
			: is_other(contact)        ? NULL
						   : contact->from,
		.customer = customer,
		.to = question->to,
		.asker_functions = functions_of(contact->visit),
		.matter = customer != NULL ? question->matter : NULL,
		.purpose = question->purpose,
		.at = INSTANT_NONE};
	g_autoptr(GError) problem = NULL;

	if (answer_ask(contact->visit, &query, &contact->answer, &problem))
		return !is_news_to_gate(contact, customer) ||
		       answer_ask_stored(contact->visit, &query, &contact->answer, error);
	if (!g_error_matches(problem, EVENHAND_ERROR, EVENHAND_ERROR_UNAVAILABLE)) {
		g_propagate_error(error, g_steal_pointer(&problem));
		return FALSE;
	}
	g_warning("%s %s: %s", http_method(contact->visit->request), http_path(contact->visit->request),
		problem->message);
	contact->unanswered = arena_strdup(contact->visit->mem, problem->message);
	return TRUE;
}

static gboolean look_at(Contact *contact, const char *customer, GError **error)
{
	const Visit *visit = contact->visit;
	const ActCaller caller = visit_caller(visit);
	NowQuestion question = {.identifier = contact->look_up->normal,
		.channel = contact->question.channel,
		.direction = contact->question.direction};

	if (customer != NULL &&
		!read_customer(visit->web->acts, visit->mem, &caller, customer, &contact->customer, error))
		return FALSE;
	question.customer = contact->customer != NULL ? contact->customer->ref : NULL;
	return read_now(visit->web->acts, visit->mem, &caller, &question, &contact->now, error);
}

gboolean contact_find_out(Contact *contact, GError **error)
{
	const Visit *visit = contact->visit;
	const ActCaller caller = visit_caller(visit);
	const char *customer;

	if (!read_look_up(visit->web->acts, visit->mem, &caller, contact->question.typed, &contact->look_up, error))
		return FALSE;
	if (contact->look_up->normal != NULL && fits_channel(contact->question.channel, contact->look_up->kind))
		contact->from = contact->look_up->normal;
	if (contact_is_mistyped(contact))
		return TRUE;
	customer = clear_customer(contact);
	if ((customer != NULL || contact->from != NULL || is_nobody(contact)) && !ask_gate(contact, customer, error))
		return FALSE;
	if (contact->answer != NULL && contact->answer->own.customer != NULL)
		customer = contact->answer->own.customer;
	return look_at(contact, customer, error);
}
