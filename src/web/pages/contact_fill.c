/* contact_fill.c: the top of 'contact, now': what to do, the words to say, until when, whom to pass to, and why. */
#include "web/pages/contact_now.h"

#include "web/words.h"

#include <string.h>

enum { UNDERLINE_MIN = 3, WRAPPED_FROM = 55 /* a line that is so long was broken */ };

/* The same question with another answer to who it is. What it is about was somebody else's. */
static const char *choice_url(const Contact *contact, const char *customer)
{
	ContactQuestion question = contact->question;

	question.customer = customer;
	question.matter = question.contact = question.did = question.done_ref = NULL;
	return contact_url(contact->visit, &question);
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

	list[page->n_choices++] = (ContactChoice){.href = choice_url(contact, customer),
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
		page->nobody_href = choice_url(contact, "other");
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

static const ProtectedPurpose *purpose_of(const Contact *contact)
{
	return policy_purpose(contact->visit->office->policy, contact->question.purpose);
}

/* G5: where the contact would be turned away, and what they want may not be, the way for it comes before that. */
static gboolean is_shown_the_way(const Contact *contact)
{
	const ProtectedPurpose *purpose = purpose_of(contact);

	return purpose != NULL && !purpose->everywhere && contact->question.direction == DIRECTION_IN &&
	       contact->answer->own.verdict >= VERDICT_DECLINE;
}

/* The way that stays open for what they want: that of this customer, where the gate names one, or else the pack's. */
static const char *way_for(const Contact *contact, const ProtectedPurpose *purpose)
{
	const AnswerView *own = &contact->answer->own;
	const char *title = arena_printf(contact->visit->mem, "%s: ", purpose->title);

	for (gsize i = 0; i < own->n_open_ways; i++)
		if (g_str_has_prefix(own->open_ways[i], title))
			return own->open_ways[i] + strlen(title);
	return purpose->how;
}

static const char *usual_word(const Contact *contact)
{
	const AnswerView *own = &contact->answer->own;
	const Channel channel = contact->question.channel;
	Arena *mem = contact->visit->mem;

	if (own->verdict == VERDICT_CHECK && own->n_reasons > 0)
		return words_check(mem, own->reasons[0].about, channel);
	return words_verdict(mem, own->verdict, channel, own->minutes, own->route_name);
}

static const char *with_weekday(const Visit *visit, Instant at)
{
	return arena_printf(visit->mem, "%s %s", weekday_name(day_weekday(zone_day(visit->office->zone, at))),
		page_time(visit, at));
}

static void fill_facts(const Contact *contact, VerdictBox *box)
{
	Arena *mem = contact->visit->mem;
	const AnswerView *answer = box->answer;
	GovukSummaryRow *rows = arena_array(mem, GovukSummaryRow, 8);
	const ProtectedPurpose *purpose = purpose_of(contact);

	box->facts = rows;
	if (is_shown_the_way(contact))
		add_fact(box, rows, "Anything else", usual_word(contact));
	else if (purpose != NULL)
		add_fact(box, rows, "Open for this", way_for(contact, purpose));
	if (answer->route_to != NULL) {
		const char *to =
			phone_in_words(answer->route_to, &contact->visit->office->policy->organisation.phone, mem);

		add_fact(box, rows, "Pass to",
			answer->route_name != NULL ? arena_printf(mem, "%s, %s", answer->route_name, to) : to);
	}
	if (answer->minutes > 0)
		add_fact(box, rows, "Minutes", arena_printf(mem, "at most %d", answer->minutes));
	if (answer->record && answer->verdict != VERDICT_RECORD)
		add_fact(box, rows, "Recording", "it is recorded or listened to");
	if (answer->next_slot != INSTANT_NONE)
		add_fact(box, rows, "Next time", with_weekday(contact->visit, answer->next_slot));
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

/* "Managing customer contact, version 1", of this pack's label. */
static const char *pack_in_words(const Visit *visit, const char *label)
{
	const Policy *policy = visit->office->policy;
	const char *name = arena_printf(visit->mem, "%s ", policy->name);

	if (label == NULL || policy->title == NULL || !g_str_has_prefix(label, name))
		return label;
	return arena_printf(visit->mem, "%s, version %s", policy->title, label + strlen(name));
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
				.pack = pack_in_words(contact->visit, reason->pack),
				.until = until_in_words(mem, reason->until, reason->review)};
	}
	page->why = why;
}

static const char *who_in_words(const Contact *contact)
{
	const CustomerView *customer = contact->customer;
	const LookUpHit *hit;

	if (customer == NULL)
		return contact->answer->withheld          ? "Number withheld"
		       : *contact->question.typed != '\0' ? contact->question.typed
							  : NULL;
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
	const gboolean out = contact->question.direction == DIRECTION_OUT;
	const ProtectedPurpose *purpose = purpose_of(contact);

	if (purpose != NULL && purpose->everywhere)
		return "No restriction ever stands in the way of this.";
	if (own->say_to_staff != NULL || own->say_to_customer != NULL)
		return NULL;
	if (own->representative)
		return "They act for somebody else, whose restrictions do not reach them.";
	if (contact->customer != NULL && own->verdict != VERDICT_PROCEED)
		return NULL;
	if (contact->customer != NULL)
		return out ? "Nothing restricts contact from us." : "Nothing restricts this contact.";
	if (contact->answer->withheld)
		return "The number is withheld. Once they say who they are, look up their name.";
	if (contact->answer->n_candidates > 0)
		return "It may be one of several people; nothing restricts any of them.";
	return out ? "We do not know them, so nothing restricts it."
		   : "We do not know them, so nothing restricts this contact. If they give a name, look it up.";
}

static const char *word_of(const Contact *contact)
{
	const AnswerView *own = &contact->answer->own;
	const ProtectedPurpose *purpose = purpose_of(contact);
	const Channel channel = contact->question.channel;
	Arena *mem = contact->visit->mem;

	if (is_shown_the_way(contact))
		return "Tell them the way for this";
	if (contact->answer->n_candidates > 0 && own->verdict == VERDICT_CHECK)
		return "Ask who it is";
	if (contact->question.direction == DIRECTION_OUT)
		return words_outward(mem, own->verdict, channel);
	if (purpose != NULL && purpose->everywhere && own->verdict == VERDICT_PROCEED)
		return arena_printf(mem, "Take this %s now", words_contact(channel));
	return usual_word(contact);
}

static void fill_answer(Contact *contact, ContactPage *page)
{
	VerdictBox *box = arena_new0(contact->visit->mem, VerdictBox);
	const AnswerView *own = &contact->answer->own;

	page->answer = own;
	page->box = box;
	*box = (VerdictBox){.verdict = verdict_name(is_shown_the_way(contact) ? VERDICT_ROUTE : own->verdict),
		.word = word_of(contact),
		.who = who_in_words(contact),
		.href = contact->customer != NULL
				? arena_printf(contact->visit->mem, "/customers/%s", contact->customer->ref)
				: NULL,
		.answer = own,
		.say = is_shown_the_way(contact) ? arena_printf(contact->visit->mem, "This stays open to you: %s.",
							   way_for(contact, purpose_of(contact)))
						 : own->say_to_customer,
		.for_staff = own->say_to_staff,
		.needs_of = own->representative && contact->customer != NULL ? contact->customer->name : NULL,
		.intro = intro_of(contact)};
	fill_facts(contact, box);
	fill_notes(contact, box);
	fill_why(contact, page);
}

static gboolean is_underline(const char *line, gsize length)
{
	return length >= UNDERLINE_MIN && strspn(line, "=-~") == length;
}

/* Where the letter begins, below address, date and reference: its title, which is underlined. */
static char **first_to_read(char **lines)
{
	for (char **line = lines; line[0] != NULL && line[1] != NULL; line++)
		if (is_underline(line[1], strlen(line[1])))
			return line;
	return lines;
}

/* A letter's plain text as it is read out: from its title on, without the lines that underline its headings, and what
 * was broken at the end of a long line is one paragraph again. */
static const char *read_aloud(Arena *mem, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	GString *kept = g_string_new(NULL);
	gsize before = 0;

	for (char **line = first_to_read(lines); *line != NULL; line++) {
		const gsize length = strlen(*line);

		if (is_underline(*line, length))
			continue;
		if (kept->len > 0)
			g_string_append_c(kept, before >= WRAPPED_FROM && length > 0 && **line != '-' ? ' ' : '\n');
		g_string_append(kept, g_strchug(*line));
		before = length;
	}
	return arena_own(mem, g_string_free(kept, FALSE), g_free);
}

static void fill_notices(const Contact *contact, ContactPage *page)
{
	const NowView *now = contact->now;
	NoticeToRead *notices;

	if (now == NULL)
		return;
	notices = arena_array(contact->visit->mem, NoticeToRead, now->n_notices + 1);
	for (gsize i = 0; i < now->n_notices; i++) {
		notices[i] = now->notices[i];
		notices[i].text = read_aloud(contact->visit->mem, now->notices[i].text);
	}
	page->notices = notices;
	page->n_notices = now->n_notices;
}

/* A number without its first nought is nobody's; the restriction of whoever has it with one would be missed. */
static void fill_meant(const Contact *contact, ContactPage *page)
{
	const LookUp *meant = contact->look_up->meant;
	const PhoneRules *phones = &contact->visit->office->policy->organisation.phone;
	ContactQuestion question = contact->question;
	Arena *mem = contact->visit->mem;

	if (meant == NULL || question.customer != NULL)
		return;
	question.typed = meant->typed;
	question.did = question.done_ref = NULL;
	page->meant_href = contact_url(contact->visit, &question);
	page->meant = arena_printf(mem, "%s (%s)", phone_in_words(meant->typed, phones, mem),
		meant->n_hits == 1 && !meant->more ? meant->hits[0].name : "several people");
}

void contact_fill(Contact *contact, ContactPage *page)
{
	Arena *mem = contact->visit->mem;

	fill_meant(contact, page);
	if (contact->answer != NULL) {
		fill_answer(contact, page);
	} else if (contact->unanswered != NULL) {
		page->heading = "Answer as usual";
		page->sentence = contact->unanswered;
	} else if (contact_is_mistyped(contact)) {
		page->heading = arena_printf(mem, "Nobody found under “%s”", contact->look_up->typed);
		page->sentence = "Check the spelling, or try their number or e-mail address.";
		page->look_again = TRUE;
	} else {
		page->heading = "Who is it?";
		page->sentence = "Several people fit what you typed. Ask, and choose.";
	}
	fill_choices(contact, page);
	if (contact->customer != NULL)
		page->customer = contact->customer->ref;
	page->from = contact->from;
	fill_notices(contact, page);
}
