/* pack.c: the pack in force on a page. */
#include "web/pages/pack.h"

#include "web/words.h"

/* "Phone or chat", "Phone, e-mail or letter": the channels of a set. */
static void add_channels(GString *words, ChannelSet channels)
{
	gsize left = 0;

	for (Channel channel = 0; channel < CHANNELS; channel++)
		left += (channels >> channel) & 1u;
	for (Channel channel = 0; channel < CHANNELS; channel++) {
		if (!(channels & (1u << channel)))
			continue;
		g_string_append(words, words_channel(channel));
		left--;
		g_string_append(words, left > 1 ? ", " : left == 1 ? " and " : "");
	}
}

/* The channels of a kind that get the same answer as this one. */
static ChannelSet same_effect(const RestrictionKind *kind, Channel first)
{
	ChannelSet same = 0;

	for (Channel channel = 0; channel < CHANNELS; channel++)
		if ((kind->channels & (1u << channel)) && kind->effect[channel] == kind->effect[first])
			same |= 1u << channel;
	return same;
}

/* "Phone, In person and Chat: Check. E-mail, Letter and Web: File." */
static const char *effect_in_words(Arena *mem, const RestrictionKind *kind)
{
	g_autoptr(GString) words = g_string_new(NULL);
	ChannelSet said = 0;

	for (Channel first = 0; first < CHANNELS; first++) {
		if (!(kind->channels & ~said & (1u << first)))
			continue;
		said |= same_effect(kind, first);
		if (words->len > 0)
			g_string_append_c(words, ' ');
		if (kind->reach == REACH_OTHERS)
			g_string_append(words, "Every way of contact that is not named");
		else if (kind->reach == REACH_NAMED)
			g_string_append(words, "Each way of contact that is named");
		else if (kind->reach == REACH_IDENTIFIERS)
			g_string_append(words, "Each number and address that is named");
		else
			add_channels(words, same_effect(kind, first));
		g_string_append_printf(words, ": %s.", words_verdict_short(kind->effect[first]));
	}
	if (kind->needs != NULL)
		g_string_append(words, " It needs severe circumstances, stated in the decider's own words.");
	return arena_strndup(mem, words->str, words->len);
}

/* What stands for an argument in an example of the letter's sentence; a free text is named by its title. */
static const char *sample_of(Arena *mem, const KindArgument *argument)
{
	static const char *const samples[] = {
		[ARGUMENT_WEEKDAY] = "Tuesday",
		[ARGUMENT_COUNT] = "2",
		[ARGUMENT_MINUTES] = "15",
		[ARGUMENT_PERIOD] = "each week",
		[ARGUMENT_MAILBOX] = "casework@example.org",
		[ARGUMENT_EXTENSION] = "020 7946 0000",
		[ARGUMENT_MATTER] = "M-2026-000123",
		[ARGUMENT_CHANNELS] = "by phone or by chat",
		[ARGUMENT_IDENTIFIERS] = "020 7946 0000 and someone@example.org",
		[ARGUMENT_TEXT] = NULL,
	};

	if (argument->type == ARGUMENT_TIME)
		return g_str_equal(argument->key, "to") ? "11am" : "10am";
	if ((gsize)argument->type < G_N_ELEMENTS(samples) && samples[argument->type] != NULL)
		return samples[argument->type];
	return arena_printf(mem, "[%s]", argument->title);
}

static const char *words_with_samples(Arena *mem, const RestrictionKind *kind)
{
	g_autoptr(GString) words = g_string_new(kind->in_words);

	for (gsize i = 0; i < kind->n_arguments; i++)
		g_string_replace(words, arena_printf(mem, "{%s}", kind->arguments[i].key),
			sample_of(mem, &kind->arguments[i]), 0);
	return arena_strndup(mem, words->str, words->len);
}

static void list_kinds(Visit *visit, PackPage *page)
{
	const Policy *policy = page->policy;
	PackKind *kinds = arena_array(visit->mem, PackKind, policy->n_kinds + 1);

	for (gsize i = 0; i < policy->n_kinds; i++)
		kinds[i] = (PackKind){.title = policy->kinds[i].title,
			.key = policy->kinds[i].key,
			.rule = policy->kinds[i].rule,
			.words = words_with_samples(visit->mem, &policy->kinds[i]),
			.effect = effect_in_words(visit->mem, &policy->kinds[i])};
	page->kinds = kinds;
	page->n_kinds = policy->n_kinds;
}

static void list_days(Visit *visit, PackPage *page)
{
	const Policy *policy = page->policy;
	GovukSummaryRow *rows = arena_array(visit->mem, GovukSummaryRow, policy->n_tiers + 5);
	gsize n = 0;

#define DAYS(what, number, unit)                                                                                       \
	rows[n++] = (GovukSummaryRow)                                                                                  \
	{                                                                                                              \
		.key = {.text = (what)}, .value = {.text = arena_printf(visit->mem, "%d %s", (number), (unit)) }       \
	}
	DAYS("A manager assesses a report within", policy->days_to_assess, "days");
	for (gsize i = 0; i < policy->n_tiers; i++)
		DAYS(arena_printf(visit->mem, "Time for the customer to adapt after: %s", policy->tiers[i].title),
			policy->tiers[i].days_to_adapt, "days");
	DAYS("An arrangement is reviewed at the latest after", policy->review.months, "months");
	DAYS("A dispute is answered within", policy->dispute.days_to_answer, "days");
	DAYS("A letter by post counts as delivered after", policy->notices.post_working_days, "working days");
	DAYS("You may correct or strike out your own entry for", policy->days.strike_days, "days");
#undef DAYS
	page->days = rows;
	page->n_days = n;
}

static void list_letters(Visit *visit, PackPage *page)
{
	const Policy *policy = page->policy;
	PackLetterLink *letters = arena_array(visit->mem, PackLetterLink, policy->notices.n_kinds + 1);

	for (gsize i = 0; i < policy->notices.n_kinds; i++)
		letters[i] =
			(PackLetterLink){arena_printf(visit->mem, "/pack/letters/%s", policy->notices.kinds[i].key),
				policy->notices.kinds[i].title};
	page->letters = letters;
	page->n_letters = policy->notices.n_kinds;
}

void page_pack(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	const Layout frame = page_frame(visit, "The policy in detail");
	PackPage page = {.frame = &frame,
		.policy = visit->office->policy,
		.in_force = day_in_words(visit->mem, visit->office->policy->in_force)};
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);

	(void)context;
	list_kinds(visit, &page);
	list_days(visit, &page);
	list_letters(visit, &page);
	pack_page(out, &page);
	page_send(visit, response, 200, out);
}

/* The samples, with the organisation's own particulars where the pack has them. */
static const LetterValue *samples_of(Visit *visit, const Policy *policy, gsize *ret_n)
{
	const struct {
		const char *name, *text;
	} own[] = {{"organisation", policy->organisation.name}, {"organisation-address", policy->organisation.address},
		{"organisation-email", policy->organisation.email},
		{"organisation-telephone", policy->organisation.telephone}, {"policy-title", policy->title},
		{"dispute", policy->dispute.how}, {"dispute-external", policy->dispute.external}};
	LetterValue *samples = letter_samples(visit->mem, ret_n);

	for (gsize i = 0; i < *ret_n; i++)
		for (gsize k = 0; k < G_N_ELEMENTS(own); k++)
			if (own[k].text != NULL && g_str_equal(samples[i].name, own[k].name))
				samples[i].text = own[k].text;
	return samples;
}

void page_pack_letter(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	const Policy *policy = visit->office->policy;
	const NoticeKind *kind = policy_notice(policy, http_param(request, "kind"));
	const Layout frame = page_frame(visit, kind != NULL ? kind->title : "Letter");
	PackLetterPage page = {.frame = &frame};
	const LetterTemplate *letter;
	const LetterValue *samples;
	const char *language;
	Document *document;
	gsize n;
	g_autoptr(GError) error = NULL;
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);

	(void)context;
	if (kind == NULL) {
		page_problem(context, request, 404, response);
		return;
	}
	letter = pack_letter(visit->office->pack, kind->key, policy->organisation.languages[0], &language);
	samples = samples_of(visit, policy, &n);
	if (!letter_compile(letter, samples, n, language, policy->title,
		    kind->encloses_policy ? pack_text(visit->office->pack) : NULL, visit->mem, &document, &error)) {
		page_error(visit, response, error);
		return;
	}
	page.title = kind->title;
	page.letter = prose_lowered(visit->mem, document->root, 1);
	page.enclosed = document->enclosed != NULL ? document->enclosed_title : NULL;
	pack_letter_page(out, &page);
	page_send(visit, response, 200, out);
}
