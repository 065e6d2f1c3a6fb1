/* compose.c: what each placeholder of a letter says. Which letter goes to whom, and how, is notices.c's; what a
 * restriction says is the pack's and core's. */
#include "acts/compose.h"

#include "core/delivery.h"

#include <string.h>

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

/* "a, b or c" */
static const char *either(Arena *mem, const ArenaList *items)
{
	const char *words = "";

	for (gsize i = 0; i < items->n; i++)
		words = arena_printf(mem, "%s%s%s", words,
			i == 0              ? ""
			: i + 1 == items->n ? " or "
					    : ", ",
			(const char *)items->items[i]);
	return words;
}

/* "as a letter, in large print or read out to you": all but the one that they have before them. */
static const char *other_formats(const Values *values)
{
	const Policy *policy = values->policy;
	ArenaList others = {0};

	for (gsize i = 0; i < policy->notices.n_formats; i++) {
		const NoticeFormat *format = &policy->notices.formats[i];

		if (format != values->letter->format)
			arena_list_add(values->mem, &others,
				(void *)(format->in_words != NULL ? format->in_words : format->title));
	}
	return either(values->mem, &others);
}

/* "send an e-mail to …, ring … or write to us at the address of this letter" */
static const char *how_to_reach_us(const Values *values)
{
	const Policy *policy = values->policy;
	ArenaList ways = {0};

	if (policy->organisation.email != NULL)
		arena_list_add(values->mem, &ways,
			arena_printf(values->mem, "send an e-mail to %s", policy->organisation.email));
	if (policy->organisation.telephone != NULL)
		arena_list_add(
			values->mem, &ways, arena_printf(values->mem, "ring %s", policy->organisation.telephone));
	arena_list_add(values->mem, &ways, "write to us at the address of this letter");
	return either(values->mem, &ways);
}

/* N4. A letter that says which ways are open offers no other. */
static const char *format_offer(const Values *values)
{
	const Letter *letter = values->letter;
	const char *how;

	if (letter->arrangement != NULL)
		how = "Tell us in one of the ways that this letter names.";
	else if (letter->entry != NULL && letter->outcome == NULL)
		how = "Tell us in the way in which you reached us.";
	else
		how = arena_printf(values->mem, "You can %s.", how_to_reach_us(values));
	return arena_printf(values->mem, "Do you need this in another form or language? %s We can give it to you %s.",
		how, other_formats(values));
}

static const char *how_to_answer(const Values *values)
{
	return arena_printf(values->mem, "You can %s. Or tell the person you deal with.", how_to_reach_us(values));
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
		return "This starts as soon as this e-mail has been delivered to you.";
	case DELIVERY_POST:
		if (letter->no_warning)
			return "This starts as soon as this letter has been posted to you.";
		return arena_printf(values->mem,
			"This starts at the end of %s. That is %d working %s after the date of this letter. If we post "
			"it later, it starts as many working days after we post it.",
			day_in_words(values->mem, delivery_by_post(values->policy, letter->date)), days,
			days == 1 ? "day" : "days");
	case DELIVERY_READ_OUT:
		return "This starts as soon as this letter has been read out to you.";
	case DELIVERY_TASK:
		return "This starts as soon as this has reached you in the form that you need.";
	default:
		return "This starts as soon as this letter has been handed to you.";
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
		return "No end date is set. It ends when we lift it. We think about that each time we look at it "
		       "again.";
	return arena_printf(values->mem, "It ends at the end of %s.", day_in_words(values->mem, until));
}

/* G3: a sentence stands as it is; what is only named ("contact that …") becomes one. */
static const char *lifting_in_words(const Values *values)
{
	const char *text = values->letter->lifting;
	const char *stop;

	if (text == NULL || *text == '\0')
		return text;
	stop = strchr(".!?", text[strlen(text) - 1]) != NULL ? "" : ".";
	if (g_unichar_isupper(g_utf8_get_char(text)))
		return arena_printf(values->mem, "%s%s", text, stop);
	return arena_printf(values->mem, "We can lift it when we see %s%s", text, stop);
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
	say(values, "lifting", lifting_in_words(values));
	say(values, "dispute", values->policy->dispute.how);
	say(values, "dispute-external", values->policy->dispute.external);
	say(values, "decided-by", letter->decided_by);
	say_day(values, "decided-on", letter->decided_on);
}

/* D2: what applies now, and how long; the ways that stay open are told beside it; or that nothing does. Where something
 * is missing the whole is, which G3 refuses. */
static void say_what_applies(Values *values)
{
	const Letter *letter = values->letter;
	const Arrangement *arrangement = letter->arrangement;
	ArenaList list = {0};

	if (arrangement == NULL) {
		say(values, "what-applies", "Nothing. This decision does not limit how you contact us any more.");
		say(values, "open-ways", "As far as this decision goes, you can contact us as before.");
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
	arena_list_add(values->mem, &list, (void *)until_in_words(values));
	if (arrangement->review_day != DAY_NONE)
		arena_list_add(values->mem, &list,
			arena_printf(values->mem,
				"We will look at this again by %s at the latest, and tell you the result.",
				day_in_words(values->mem, arrangement->review_day)));
	arena_list_add(values->mem, &list, (void *)lifting_in_words(values));
	say_list(values, "what-applies", &list);
}

static const char *after_dispute(const Values *values)
{
	const Policy *policy = values->policy;
	const char *again = values->letter->arrangement != NULL
				    ? "If something changes, tell us. We will then look at the arrangements again. "
				    : "";

	if (policy->dispute.external != NULL)
		return arena_printf(values->mem, "%s%s", again, policy->dispute.external);
	return arena_printf(values->mem, "%sOur %s about this decision ends here.", again, policy->dispute.route);
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
