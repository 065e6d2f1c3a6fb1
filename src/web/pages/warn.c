/* warn.c: the flows 'warn the customer' and 'record what they answer'. */
#include "web/pages/warn.h"

#include "web/flow_rows.h"
#include "web/pages/entry.h"

/* The assessments that ask for a warning; the newest is where the form starts. */
static void fill_assessments(Flow *flow, WarnPage *page)
{
	const CasefilePageView *file = flow->file;
	GovukChoice *choices = arena_array(flow->mem, GovukChoice, file->n_assessments + 1);

	for (gsize i = file->n_assessments; i > 0; i--) {
		const AssessmentView *assessment = &file->assessments[i - 1];

		if (g_str_equal(assessment->outcome, "warning"))
			choices[page->n_assessments++] = (GovukChoice){.value = assessment->ref,
				.text = arena_printf(flow->mem, "%s, %s", assessment->ref, assessment->heading_title),
				.hint = {.text = assessment->behaviour}};
	}
	page->assessments = choices;
	if (flow->subject.about == NULL && page->n_assessments > 0)
		flow_prefill(flow, "assessment", choices[0].value);
}

static void fill_tiers(Flow *flow, WarnPage *page)
{
	const Policy *policy = flow->visit->office->policy;
	GovukChoice *choices = arena_array(flow->mem, GovukChoice, policy->n_tiers + 1);
	const char *chosen = flow_value(flow, "tier");

	choices[page->n_tiers++] =
		(GovukChoice){.value = "", .text = "The next one", .checked = chosen == NULL || *chosen == '\0'};
	for (gsize i = 0; i < policy->n_tiers && policy->n_tiers > 1; i++)
		choices[page->n_tiers++] = (GovukChoice){.value = policy->tiers[i].key, .text = policy->tiers[i].title};
	page->tiers = choices;
}

static gboolean fill_warn(Flow *flow, GError **error)
{
	WarnPage *page = arena_new0(flow->mem, WarnPage);

	(void)error;
	flow->page = page;
	fill_assessments(flow, page);
	fill_tiers(flow, page);
	return TRUE;
}

static void ask_warn(Html *out, Flow *flow)
{
	warn_questions(out, flow, flow->page);
}

static gboolean say_warned(Visit *visit, const CasefilePageView *file, const char *ref, FlowDone *ret_done)
{
	const WarningView *warning = casefile_page_warning(file, ref);
	const FileLetterView *letter;

	if (warning == NULL)
		return FALSE;
	letter = casefile_page_letter(file, warning->notice);
	ret_done->happened = arena_printf(visit->mem, "Warning %s made", warning->ref);
	if (warning->adapt_until != DAY_NONE)
		ret_done->next = arena_printf(
			visit->mem, "They have until %s to adapt.", day_in_words(visit->mem, warning->adapt_until));
	else if (letter != NULL && g_strcmp0(letter->letter.delivery, "email") == 0)
		ret_done->next = arena_printf(visit->mem,
			"The letter goes out by e-mail by itself. They have %d days to adapt, counted from its "
			"delivery.",
			warning->days_to_adapt);
	else
		ret_done->next = arena_printf(visit->mem,
			"Send letter %s and record it: they have %d days to adapt, counted from its delivery.",
			warning->notice, warning->days_to_adapt);
	return TRUE;
}

const FlowPage flow_warn = {
	.act = "warn",
	.title = "Warn the customer",
	.intro = "They are told in writing that the behaviour is unacceptable and that steps may be taken, with the "
		 "policy "
		 "enclosed, and are given time to adapt.",
	.button = "Make the warning",
	.about = "assessment",
	.check = TRUE,
	.fill = fill_warn,
	.ask = ask_warn,
	.evidence = evidence_assessments,
	.say_done = say_warned,
};

static gboolean fill_answer(Flow *flow, GError **error)
{
	AnswerPage *page = arena_new0(flow->mem, AnswerPage);
	const CasefilePageView *file = flow->file;
	GovukChoice *choices = arena_array(flow->mem, GovukChoice, file->n_warnings + 1);

	(void)error;
	for (gsize i = file->n_warnings; i > 0; i--) {
		const WarningView *warning = &file->warnings[i - 1];

		choices[page->n_warnings++] = (GovukChoice){.value = warning->ref,
			.text = arena_printf(flow->mem, "%s, %s", warning->ref, warning->tier_title),
			.hint = {.text = warning->sent_at != INSTANT_NONE
						 ? arena_printf(flow->mem, "Sent on %s",
							   page_time(flow->visit, warning->sent_at))
						 : "Not sent yet"}};
	}
	page->warnings = choices;
	flow->page = page;
	if (flow->subject.about == NULL && page->n_warnings > 0)
		flow_prefill(flow, "warning", choices[0].value);
	return TRUE;
}

static void ask_answer(Html *out, Flow *flow)
{
	answer_questions(out, flow, flow->page);
}

const FlowPage flow_record_answer = {
	.act = "record-answer",
	.title = "Record the customer's answer",
	.intro = "Everybody has the right to be heard: what they say to a warning is kept and considered.",
	.button = "Record the answer",
	.about = "warning",
	.fill = fill_answer,
	.ask = ask_answer,
	.evidence = evidence_warnings,
	.done = {"Answer recorded",
		"It is with the managers, and stands beside the criteria when it is decided. It can be "
		"acknowledged by letter."},
};
