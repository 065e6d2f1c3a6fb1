/* dispute.c: the flows 'record a dispute', 'acknowledge a dispute', 'withdraw a dispute' (D1) and 'acknowledge the
 * customer's answer' (W6). */
#include "web/pages/dispute.h"
#include "web/flow_rows.h"

/* One choice a decision whose arrangement has not ended. */
static void list_decisions(Flow *flow, DisputePage *page)
{
	const CasefilePageView *file = flow->file;
	GovukChoice *choices = arena_array(flow->mem, GovukChoice, file->n_arrangements + 1);
	ArrangementView *shown = arena_array(flow->mem, ArrangementView, file->n_arrangements + 1);

	for (gsize i = 0; i < file->n_arrangements; i++) {
		const ArrangementView *view = &file->arrangements[i];
		const char *about = flow->subject.about;

		if (view->state == ARRANGEMENT_ENDED || (about != NULL && !g_str_equal(about, view->decision)))
			continue;
		choices[page->n_decisions++] = (GovukChoice){.value = view->decision,
			.text = arena_printf(flow->mem, "%s", view->decision),
			.hint = {.text = arena_printf(flow->mem, "%c%s. %s", g_ascii_toupper(view->scope_words[0]),
					 view->scope_words + 1, view->state_sentence)}};
		shown[page->n_arrangements++] = *view;
	}
	page->decisions = choices;
	page->arrangements = shown;
}

static gboolean fill_dispute(Flow *flow, GError **error)
{
	DisputePage *page = arena_new0(flow->mem, DisputePage);
	const int days = flow->visit->office->policy->dispute.days_to_lodge;

	(void)error;
	list_decisions(flow, page);
	page->decision = casefile_page_decision(flow->file, flow->subject.about);
	if (flow->subject.about == NULL && page->n_decisions == 1)
		flow_prefill(flow, "decision", page->decisions[0].value);
	if (days > 0)
		page->late = arena_printf(
			flow->mem, "The policy gives them %d days after the letter with the decision.", days);
	flow->page = page;
	return TRUE;
}

static void ask_dispute(Html *out, Flow *flow)
{
	dispute_questions(out, flow, flow->page);
}

static void show_disputed(Html *out, const Flow *flow)
{
	dispute_evidence(out, flow, flow->page);
}

static gboolean dispute_done(Visit *visit, const CasefilePageView *file, const char *ref, FlowDone *ret_done)
{
	const DisputeView *dispute = file != NULL ? casefile_page_dispute(file, ref) : NULL;

	ret_done->happened = arena_printf(visit->mem, "Dispute %s recorded", ref);
	ret_done->next =
		dispute != NULL
			? arena_printf(visit->mem,
				  "A complaints officer who had no part in the decision answers it by %s. Now tell the "
				  "customer by letter that it is here.",
				  day_in_words(visit->mem, dispute->reply_by))
			: "A complaints officer who had no part in the decision answers it. Give the customer this "
			  "reference.";
	return TRUE;
}

const FlowPage flow_dispute = {
	.act = "dispute",
	.title = "Record a dispute",
	.intro = "The customer disagrees with a decision to restrict their contact. Anybody here takes that in; "
		 "somebody "
		 "who had no part in the decision answers it. It never makes things stricter for them.",
	.button = "Record the dispute",
	.about = "decision",
	.fill = fill_dispute,
	.ask = ask_dispute,
	.evidence = show_disputed,
	.say_done = dispute_done,
};

/* The dispute that the address names. */
static void show_dispute(Html *out, const Flow *flow)
{
	const DisputeView *dispute = casefile_page_dispute(flow->file, flow->subject.about);

	if (dispute != NULL)
		dispute_shown(out, flow, dispute);
}

/* Not every viewer sees it: then nothing stands beside the questions. */
static gboolean sees_dispute(const Flow *flow)
{
	return casefile_page_dispute(flow->file, flow->subject.about) != NULL;
}

/* The letter that was made, and how far it has come. */
static gboolean letter_done(Visit *visit, const CasefilePageView *file, const char *ref, FlowDone *ret_done)
{
	const FileLetterView *letter = file != NULL ? casefile_page_letter(file, ref) : NULL;

	if (letter == NULL)
		return FALSE;
	ret_done->happened = arena_printf(visit->mem, "Letter %s made: %s", ref, letter->letter.title);
	ret_done->next = letter->state_words;
	return TRUE;
}

const FlowPage flow_acknowledge_dispute = {
	.act = "acknowledge-dispute",
	.title = "Tell the customer that their dispute is here",
	.intro = "The letter gives its reference, the day by which they get an answer, and whether the arrangements "
		 "apply "
		 "until then.",
	.button = "Make the letter",
	.about = "dispute",
	.check = TRUE,
	.ask = flow_ask_delivery,
	.evidence = show_dispute,
	.has_evidence = sees_dispute,
	.say_done = letter_done,
};

static gboolean withdrawn_done(Visit *visit, const CasefilePageView *file, const char *ref, FlowDone *ret_done)
{
	(void)file;
	ret_done->happened = arena_printf(visit->mem, "Dispute %s withdrawn", ref);
	ret_done->next = "The decision stays as it is. If they still disagree, it can be disputed again.";
	return TRUE;
}

const FlowPage flow_withdraw_dispute = {
	.act = "withdraw-dispute",
	.title = "The customer takes their dispute back",
	.button = "Withdraw the dispute",
	.about = "dispute",
	.check = TRUE,
	.ask = withdraw_dispute_questions,
	.evidence = show_dispute,
	.has_evidence = sees_dispute,
	.say_done = withdrawn_done,
};

/* The answer that the address names, and the warning that it is to. */
static void show_answer(Html *out, const Flow *flow)
{
	const CasefilePageView *file = flow->file;

	for (gsize i = 0; i < file->n_answers; i++)
		if (g_strcmp0(file->answers[i].ref, flow->subject.about) == 0)
			dispute_answer_shown(
				out, flow, &file->answers[i], casefile_page_warning(file, file->answers[i].warning));
}

const FlowPage flow_acknowledge_answer = {
	.act = "acknowledge-answer",
	.title = "Tell the customer that their answer is here",
	.intro = "The letter gives its reference, says that whoever decides will weigh it, and by when they hear from "
		 "us "
		 "where it needs a reply.",
	.button = "Make the letter",
	.about = "answer",
	.check = TRUE,
	.ask = flow_ask_delivery,
	.evidence = show_answer,
	.say_done = letter_done,
};
