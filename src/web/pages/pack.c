/* pack.c: the pack in force on a page. */
#include "web/pages/pack.h"

#include "web/words.h"

/* "Decline: phone, chat. File: e-mail.": what the kind does, the same verdicts together. */
static const char *effect_in_words(Arena *mem, const RestrictionKind *kind)
{
	g_autoptr(GString) words = g_string_new("What the gate answers: ");
	ChannelSet said = 0;

	if (kind->reach == REACH_OTHERS)
		g_string_append(words, "on all channels but those that are named, ");
	for (Channel first = 0; first < CHANNELS; first++) {
		if (!(kind->channels & (1u << first)) || (said & (1u << first)))
			continue;
		g_string_append_printf(
			words, "%s%s (", said != 0 ? "; " : "", words_verdict_short(kind->effect[first]));
		for (Channel channel = first; channel < CHANNELS; channel++)
			if ((kind->channels & (1u << channel)) && kind->effect[channel] == kind->effect[first]) {
				g_string_append_printf(
					words, "%s%s", channel == first ? "" : ", ", words_channel(channel));
				said |= 1u << channel;
			}
		g_string_append_c(words, ')');
	}
	g_string_append_c(words, '.');
	if (kind->needs != NULL)
		g_string_append(words, " It needs severe circumstances, stated in the decider's own words.");
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
			.words = policy->kinds[i].in_words,
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
	DAYS("A report is assessed within", policy->days_to_assess, "days");
	for (gsize i = 0; i < policy->n_tiers; i++)
		DAYS(arena_printf(visit->mem, "To adapt after: %s", policy->tiers[i].title),
			policy->tiers[i].days_to_adapt, "days");
	DAYS("An arrangement is reviewed at the latest after", policy->review.months, "months");
	DAYS("A dispute is answered within", policy->dispute.days_to_answer, "days");
	DAYS("A letter by post counts as delivered after", policy->notices.post_working_days, "working days");
	DAYS("One's own entry may be put right for", policy->days.strike_days, "days");
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
	samples = letter_samples(visit->mem, &n);
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
