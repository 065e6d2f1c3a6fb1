/* notices.c: the flows 'tell the customer' and 'what became of a letter'. */
#include "web/pages/notices.h"

#include "web/flow_rows.h"

/* What is told, by the kind of its reference; without ?about the decision that waits for its letter. */
static gboolean fill_notify(Flow *flow, GError **error)
{
	static const struct {
		const char *kind, *field;
	} FIELDS[] = {{"D-", "decision"}, {"P-", "referral"}, {"V-", "variation"}, {"A-", "arrangement"}};

	(void)error;
	for (gsize i = 0; flow->subject.about != NULL && i < G_N_ELEMENTS(FIELDS); i++)
		if (g_str_has_prefix(flow->subject.about, FIELDS[i].kind))
			flow_prefill(flow, FIELDS[i].field, flow->subject.about);
	return TRUE;
}

/* What is to be done with a letter, by the way that it goes. */
static const char *to_do(const char *delivery)
{
	static const struct {
		const char *delivery, *words;
	} WORDS[] = {
		{"email", "It goes out by e-mail by itself. The arrangement is in force once it was accepted."},
		{"post", "Print it, post it, and record the day: it counts as delivered some working days later, and "
			 "nothing is in force before."},
		{"by-hand", "Print it, hand it over, and record when: nothing is in force before."},
		{"read-out", "Read it out at the next contact, and record when: nothing is in force before."},
		{"task", "Have it made in their format, and record when that was completed: nothing is in force "
			 "before."},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(WORDS); i++)
		if (g_strcmp0(WORDS[i].delivery, delivery) == 0)
			return WORDS[i].words;
	return NULL;
}

static gboolean say_notified(Visit *visit, const CasefilePageView *file, const char *ref, FlowDone *ret_done)
{
	const FileLetterView *letter = casefile_page_letter(file, ref);

	if (letter == NULL)
		return FALSE;
	ret_done->happened = arena_printf(visit->mem, "Letter %s made", letter->letter.ref);
	ret_done->next = to_do(letter->letter.delivery);
	return TRUE;
}

const FlowPage flow_notify = {
	.act = "notify",
	.title = "Make the letter that tells them",
	.intro = "It says what was decided and why, what exactly is arranged and for how long, when it is reviewed, "
		 "what "
		 "would lift it, and how to dispute it. Reading it on the next page is approving it.",
	.button = "Approve the letter",
	.check = TRUE,
	.fill = fill_notify,
	.ask = notify_questions,
	.evidence = notify_evidence,
	.done = {"Letter made", "Whoever sees to it sends it, and records that."},
	.say_done = say_notified,
};

/* What can have become of a letter, by the way that it goes; any can be handed over, read out, or come back. */
static void fill_ways(Flow *flow, ConfirmPage *page)
{
	static const struct {
		const char *delivery;
		GovukChoice choice;
	} WAYS[] = {
		{"post", {.value = "posted", .text = "It was posted"}},
		{"email", {.value = "accepted", .text = "The receiving mail server accepted it"}},
		{"task", {.value = "completed", .text = "It was made in their format and given to them"}},
		{NULL, {.value = "handed-over", .text = "It was handed over"}},
		{NULL, {.value = "read-out", .text = "It was read out to them"}},
		{NULL, {.value = "returned", .text = "It came back"}},
	};
	GovukChoice *ways = arena_array(flow->mem, GovukChoice, G_N_ELEMENTS(WAYS));

	for (gsize i = 0; i < G_N_ELEMENTS(WAYS); i++)
		if (WAYS[i].delivery == NULL || page->letter == NULL ||
			g_strcmp0(WAYS[i].delivery, page->letter->letter.delivery) == 0)
			ways[page->n_ways++] = WAYS[i].choice;
	page->ways = ways;
}

static gboolean fill_confirm(Flow *flow, GError **error)
{
	ConfirmPage *page = arena_new0(flow->mem, ConfirmPage);
	const CasefilePageView *file = flow->file;
	GovukChoice *choices = arena_array(flow->mem, GovukChoice, file->n_letters + 1);

	(void)error;
	page->letter = casefile_page_letter(file, flow->subject.about);
	for (gsize i = file->n_letters; i > 0; i--)
		choices[page->n_letters++] = (GovukChoice){.value = file->letters[i - 1].letter.ref,
			.text = arena_printf(flow->mem, "%s, %s", file->letters[i - 1].letter.ref,
				file->letters[i - 1].letter.title),
			.hint = {.text = file->letters[i - 1].state_words}};
	page->letters = choices;
	fill_ways(flow, page);
	flow->page = page;
	return TRUE;
}

static void ask_confirm(Html *out, Flow *flow)
{
	confirm_questions(out, flow, flow->page);
}

static const ArrangementView *told_by(const CasefilePageView *file, const char *notice)
{
	for (gsize i = 0; i < file->n_decisions; i++)
		if (g_strcmp0(file->decisions[i].notice, notice) == 0)
			return casefile_page_arrangement(file, file->decisions[i].arrangement);
	return NULL;
}

static gboolean say_confirmed(Visit *visit, const CasefilePageView *file, const char *ref, FlowDone *ret_done)
{
	const FileLetterView *letter = casefile_page_letter(file, ref);
	const ArrangementView *arrangement = told_by(file, ref);

	if (letter == NULL)
		return FALSE;
	ret_done->happened = arena_printf(visit->mem, "Recorded: %s %s", letter->letter.title, letter->letter.ref);
	ret_done->next = arrangement != NULL ? arena_printf(visit->mem, "%s Arrangement %s: %s", letter->state_words,
						       arrangement->ref, arrangement->state_sentence)
					     : letter->state_words;
	for (gsize i = 0; i < file->n_warnings; i++)
		if (g_strcmp0(file->warnings[i].notice, ref) == 0 && file->warnings[i].adapt_until != DAY_NONE)
			ret_done->next = arena_printf(visit->mem, "%s They have until %s to adapt.",
				letter->state_words, day_in_words(visit->mem, file->warnings[i].adapt_until));
	return TRUE;
}

const FlowPage flow_confirm_notice = {
	.act = "confirm-notice",
	.title = "Record what became of a letter",
	.button = "Record it",
	.about = "notice",
	.fill = fill_confirm,
	.ask = ask_confirm,
	.evidence = confirm_evidence,
	.done = {"Recorded what became of the letter", NULL},
	.say_done = say_confirmed,
};
