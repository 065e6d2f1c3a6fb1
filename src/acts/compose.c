/* compose.c: what each placeholder of a letter says. Which letter goes to whom, and how, is notices.c's; what a
 * restriction says is the pack's and core's. */
#include "acts/compose.h"

#include "core/delivery.h"

typedef struct {
	const Letter *letter;
	const Policy *policy;
	Arena *mem;
	LetterValue values[60];
	gsize n;
} Values;

static void say(Values *values, const char *name, const char *text)
{
	g_assert(values->n < G_N_ELEMENTS(values->values));
	if (text != NULL)
		values->values[values->n++] = (LetterValue){.name = name, .text = text};
}

static void say_list(Values *values, const char *name, const ArenaList *list)
{
	const char **items = arena_array(values->mem, const char *, list->n + 1);

	g_assert(values->n < G_N_ELEMENTS(values->values));
	for (gsize i = 0; i < list->n; i++)
		items[i] = list->items[i];
	if (list->n > 0)
		values->values[values->n++] = (LetterValue){.name = name, .items = items};
}

static void say_day(Values *values, const char *name, Day day)
{
	if (day != DAY_NONE)
		say(values, name, day_in_words(values->mem, day));
}

static const char *where_it_goes(const Letter *letter)
{
	if (letter->address != NULL)
		return letter->address;
	switch (letter->delivery) {
	case DELIVERY_READ_OUT:
		return "Read out to you";
	case DELIVERY_TASK:
		return letter->format->title;
	default:
		return "By hand";
	}
}

/* N4. A decision's letter names the ways that are open: no other is offered there. */
static const char *format_offer(const Values *values)
{
	const Policy *policy = values->policy;
	g_autoptr(GString) titles = g_string_new(NULL);

	for (gsize i = 0; i < policy->notices.n_formats; i++)
		if (&policy->notices.formats[i] != values->letter->format)
			g_string_append_printf(
				titles, "%s%s", titles->len > 0 ? "; " : "", policy->notices.formats[i].title);
	if (values->letter->arrangement != NULL)
		return arena_printf(values->mem,
			"Do you need this in another form or language? Tell us in one of the ways that this letter "
			"names. We can offer: %s.",
			titles->str);
	if (values->letter->entry != NULL && values->letter->outcome == NULL)
		return arena_printf(values->mem,
			"Do you need this in another form or language? Tell us in the way in which you reached us. We "
			"can offer: %s.",
			titles->str);
	return arena_printf(values->mem,
		"Do you need this in another form or language? Tell us in whichever way is easiest for you. We can "
		"offer: %s.",
		titles->str);
}

static const char *how_to_answer(const Values *values)
{
	const Policy *policy = values->policy;

	if (policy->organisation.email == NULL)
		return "Write to us, or tell the person you deal with.";
	return arena_printf(values->mem, "Write to us, send an e-mail to %s, or tell the person you deal with.",
		policy->organisation.email);
}

static void say_sender(Values *values)
{
	const Letter *letter = values->letter;
	const Policy *policy = values->policy;

	say(values, "customer-name", letter->customer_name);
	say(values, "customer-address", where_it_goes(letter));
	say(values, "reference", letter->reference);
	say_day(values, "date", letter->date);
	say(values, "organisation", policy->organisation.name);
	say(values, "organisation-address", policy->organisation.address);
	say(values, "organisation-email", policy->organisation.email);
	say(values, "organisation-telephone", policy->organisation.telephone);
	say(values, "signed-by", letter->signed_by);
	say(values, "format-offer", format_offer(values));
	say(values, "policy-title", policy->title);
	if (letter->matters != NULL && letter->matters[0] != NULL)
		say(values, "matter", arena_own(values->mem, g_strjoinv("; ", (char **)letter->matters), g_free));
}

/* W2: what may be done if it goes on. */
static void say_steps(Values *values)
{
	ArenaList steps = {0};

	for (gsize i = 0; i < values->policy->n_kinds; i++)
		arena_list_add(values->mem, &steps, (void *)values->policy->kinds[i].title);
	say_list(values, "steps", &steps);
}

static void say_what_happened(Values *values)
{
	const Letter *letter = values->letter;
	Day from = letter->date;

	say(values, "heading", letter->heading != NULL ? letter->heading->title : NULL);
	say(values, "behaviour", letter->behaviour);
	say(values, "why", letter->why);
	say(values, "reasons", letter->why);
	say(values, "asked", letter->asked);
	say(values, "police", letter->police);
	say(values, "how-to-answer", how_to_answer(values));
	say_steps(values);
	if (letter->days_to_adapt <= 0)
		return;
	if (letter->delivery == DELIVERY_POST)
		from = delivery_by_post(values->policy, from);
	say(values, "days-to-adapt",
		arena_printf(values->mem, "%d %s", letter->days_to_adapt, letter->days_to_adapt == 1 ? "day" : "days"));
	say_day(values, "adapt-until", from + letter->days_to_adapt);
}

/* N5: when it starts, by the way that the letter goes; W5 spares the wait for delivery. */
static const char *when_it_starts(const Values *values)
{
	const Letter *letter = values->letter;
	const int days = values->policy->notices.post_working_days;

	switch (letter->delivery) {
	case DELIVERY_EMAIL:
		return "As soon as this e-mail has been delivered to you.";
	case DELIVERY_POST:
		if (letter->no_warning)
			return "As soon as this letter has been posted to you.";
		return arena_printf(values->mem,
			"At the end of %s: %d working %s after this letter is posted, if that is on the date above. If "
			"it is posted later, it starts as many working days after that.",
			day_in_words(values->mem, delivery_by_post(values->policy, letter->date)), days,
			days == 1 ? "day" : "days");
	case DELIVERY_READ_OUT:
		return "As soon as this letter has been read out to you.";
	case DELIVERY_TASK:
		return "As soon as this has reached you in the form that you need.";
	default:
		return "As soon as this letter has been handed to you.";
	}
}

/* G4: how far it reaches. */
static const char *scope_in_words(const Values *values)
{
	const Letter *letter = values->letter;

	switch (letter->arrangement->scope) {
	case SCOPE_ORGANISATION:
		return arena_printf(values->mem, "all your contact with %s", values->policy->organisation.name);
	case SCOPE_FUNCTION:
		return arena_printf(values->mem, "your contact with this department: %s", letter->function);
	default:
		return arena_printf(values->mem, "your contact about this matter: %s (%s)",
			letter->matters != NULL && letter->matters[0] != NULL ? letter->matters[0] : letter->function,
			letter->arrangement->scope_of);
	}
}

static const char *until_in_words(const Values *values)
{
	const Day until = values->letter->arrangement->until_day;

	if (until == DAY_NONE)
		return "No end date is set. It ends when we lift it, which we consider at each review.";
	return arena_printf(values->mem, "%s, at the end of the day", day_in_words(values->mem, until));
}

static void say_arrangement(Values *values)
{
	const Letter *letter = values->letter;
	const Arrangement *arrangement = letter->arrangement;
	const char *scope;
	ArenaList list = {0};
	gboolean all = arrangement != NULL;

	if (!all)
		return;
	scope = scope_in_words(values);
	arena_list_add(values->mem, &list, arena_printf(values->mem, "This is about %s.", scope));
	for (gsize i = 0; i < arrangement->n_restrictions; i++) {
		const char *words = arrangement->restrictions[i].in_words;

		all &= words != NULL && *words != '\0';
		arena_list_add(values->mem, &list, (void *)words);
	}
	if (all && arrangement->n_restrictions > 0) /* else it is missing, which G3 refuses */
		say_list(values, "arrangements", &list);
	say(values, "scope", scope);
	say(values, "starts", letter->starts != NULL ? letter->starts : when_it_starts(values));
	say(values, "until", until_in_words(values));
	say_day(values, "review", arrangement->review_day);
	if (letter->ways != NULL)
		say_list(values, "open-ways", letter->ways);
}

static void say_decision(Values *values)
{
	const Letter *letter = values->letter;

	say_arrangement(values);
	say(values, "lifting", letter->lifting);
	say(values, "dispute", values->policy->dispute.how);
	say(values, "dispute-external", values->policy->dispute.external);
	say(values, "decided-by", letter->decided_by);
	say_day(values, "decided-on", letter->decided_on);
}

/* D2: what applies now, each thing that a decision's letter says of it; or that nothing does. Where something is
 * missing the whole is, which G3 refuses. */
static void say_what_applies(Values *values)
{
	const Letter *letter = values->letter;
	const Arrangement *arrangement = letter->arrangement;
	ArenaList list = {0};

	if (arrangement == NULL) {
		arena_list_add(
			values->mem, &list, "Nothing. This decision does not restrict your contact with us any more.");
		say_list(values, "what-applies", &list);
		return;
	}
	if (letter->lifting == NULL || letter->ways == NULL || arrangement->n_restrictions == 0)
		return;
	arena_list_add(values->mem, &list, arena_printf(values->mem, "This is about %s.", scope_in_words(values)));
	for (gsize i = 0; i < arrangement->n_restrictions; i++) {
		if (arrangement->restrictions[i].in_words == NULL)
			return;
		arena_list_add(values->mem, &list, (void *)arrangement->restrictions[i].in_words);
	}
	arena_list_add(values->mem, &list, arena_printf(values->mem, "It ends: %s", until_in_words(values)));
	if (arrangement->review_day != DAY_NONE)
		arena_list_add(values->mem, &list,
			arena_printf(values->mem, "We will look at it again: %s",
				day_in_words(values->mem, arrangement->review_day)));
	arena_list_add(
		values->mem, &list, arena_printf(values->mem, "What would lead to lifting it: %s", letter->lifting));
	for (gsize i = 0; i < letter->ways->n; i++)
		arena_list_add(values->mem, &list, letter->ways->items[i]);
	say_list(values, "what-applies", &list);
}

static const char *after_dispute(const Values *values)
{
	const Policy *policy = values->policy;
	const char *again =
		values->letter->arrangement != NULL
			? "Tell us at any time if something has changed: we will look at the arrangements again. "
			: "";

	if (policy->dispute.external != NULL)
		return arena_printf(values->mem, "%s%s", again, policy->dispute.external);
	return arena_printf(values->mem, "%sThis ends our %s about this decision.", again, policy->dispute.route);
}

/* What they sent us, and what came or will come of it. */
static void say_entry(Values *values)
{
	const Letter *letter = values->letter;

	if (letter->entry == NULL)
		return;
	say(values, "entry-reference", letter->entry);
	say(values, "received", letter->received);
	say(values, "reply-by", letter->reply_by);
	say(values, "meanwhile",
		letter->suspends ? "Until then the arrangements do not apply: you can contact us as usual."
				 : "Until then the arrangements that we told you of stay as they are.");
	if (letter->outcome == NULL)
		return;
	say(values, "outcome", letter->outcome);
	say(values, "after-dispute", after_dispute(values));
	say_what_applies(values);
}

gboolean compose_document(const Letter *letter, Arena *mem, Document **ret_document, GError **error)
{
	const Policy *policy = pack_policy(letter->pack);
	const NoticeKind *kind = policy_notice(policy, letter->kind);
	Values values = {.letter = letter, .policy = policy, .mem = mem};
	const LetterTemplate *text;
	const char *language;

	if (kind == NULL)
		return bug(error, "The policy pack has no letter '%s'.", letter->kind);
	text = pack_letter(letter->pack, letter->kind, letter->language, &language);
	if (text == NULL)
		return bug(error, "The policy pack has no text of the letter '%s'.", letter->kind);
	say_sender(&values);
	say_what_happened(&values);
	say_decision(&values);
	say_entry(&values);
	return letter_compile(text, values.values, values.n, language, policy->title,
		kind->encloses_policy ? pack_text(letter->pack) : NULL, mem, ret_document, error);
}
