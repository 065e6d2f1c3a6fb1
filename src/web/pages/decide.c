/* decide.c: the flow 'decide' (A1 to A8, R9, R10, G3, G7, G8, G14, V1): first the answer, then what that answer needs,
 * each question with what the manager says and what the file shows beside it. The rules are core's; which evidence
 * stands beside which question is this file's. */
#include "web/pages/decide.h"

#include "web/flow_private.h"
#include "web/flow_rows.h"
#include "web/words.h"

#include <string.h>

#define KEPT "kept-authorise:"
#define KEPT_FOR_THE_NEXT "decide-next" /* a draft's act: what was written before the request was returned */

static const char *outcome_in_words(const char *outcome)
{
	static const struct {
		const char *outcome, *words;
	} WORDS[] = {
		{"as-asked", "Authorise as asked"},
		{"different", "Authorise something different"},
		{"refused", "Refuse"},
		{"returned", "Return for more"},
	};

	for (gsize i = 0; outcome != NULL && i < G_N_ELEMENTS(WORDS); i++)
		if (g_str_equal(WORDS[i].outcome, outcome))
			return WORDS[i].words;
	return NULL;
}

/* Whether this is for whoever comes to decide, as far as roles tell; what stands against one person is the act's to
 * say.
 */
static gboolean is_theirs(const Flow *flow)
{
	for (gsize i = 0; i < flow->file->n_steps; i++)
		if (g_strcmp0(flow->file->steps[i].act, "decide") == 0)
			return flow->file->steps[i].yours;
	return TRUE;
}

/* The request that is to be decided: the one that the address names, else the open one. */
static gboolean find_request(Flow *flow, DecidePage *page, GError **error)
{
	const CasefilePageView *file = flow->file;

	page->request = flow->subject.about != NULL ? casefile_page_request(file, flow->subject.about)
						    : casefile_page_open_request(file);
	if (!file->full)
		return refuse(error, "G10", "%s belongs to %s. Its head of function decides there.", file->ref,
			file->function_title);
	if (page->request == NULL)
		return refuse(error, "A3", "No request waits for a decision on %s. Look at the casefile.", file->ref);
	if (!flow->is_typed && !is_theirs(flow))
		return refuse(error, "A1",
			"%s is decided by the head of function of %s, or by who is named to act for them today.",
			page->request->ref, file->function_title);
	/* What somebody typed is given back whatever became of the request meanwhile. */
	if (!flow->is_typed && !g_str_equal(page->request->state, "open"))
		return refuse(error, "A3",
			"Request %s waits for no decision any more: %s. Look at the casefile for who decided what.",
			page->request->ref, page->request->state_words);
	page->waiting = casefile_page_unsigned(file, page->request->ref);
	return TRUE;
}

/* A returned request comes back as a new one: what was written on the old one stands in the form. */
static gboolean prefill_kept(Flow *flow, GError **error)
{
	const Draft *draft = NULL;
	Flow old = {.mem = flow->mem, .visit = flow->visit};

	if (!draft_load(flow->visit->web->acts, flow->mem, flow->visit->session->user_name, KEPT_FOR_THE_NEXT,
		    flow->file->ref, &draft, error))
		return FALSE;
	if (draft == NULL)
		return TRUE;
	flow_fill_from_draft(&old, draft);
	for (gsize i = 0; i < old.n_pairs; i++)
		if (g_str_has_prefix(old.pairs[i].name, KEPT))
			flow_prefill(flow, old.pairs[i].name + strlen(KEPT), old.pairs[i].value);
	return TRUE;
}

static gboolean prefill(Flow *flow, const DecidePage *page, GError **error)
{
	const RequestView *request = page->request;

	if (flow->subject.about == NULL)
		flow_prefill(flow, "request", request->ref);
	if (flow->pairs != NULL)
		return TRUE;
	if (!prefill_kept(flow, error))
		return FALSE;
	if (page->waiting != NULL) {
		flow_prefill(flow, "outcome", page->waiting->outcome);
		return TRUE;
	}
	flow_prefill(flow, "lifting", request->lifting);
	flow_prefill_day(flow, "review_on", request->review_on);
	return TRUE;
}

/* What stands in a field, where it says something. */
static const char *said(const Flow *flow, const char *field)
{
	const char *value = flow_value(flow, field);

	return value != NULL && *value != '\0' ? value : NULL;
}

static void settle_outcome(Flow *flow, DecidePage *page)
{
	page->outcome = g_strcmp0(flow->go, "change-answer") == 0 ? NULL : said(flow, "outcome");
	if (page->waiting != NULL)
		page->outcome = page->waiting->outcome;
	page->outcome_words = outcome_in_words(page->outcome);
	if (page->outcome_words == NULL)
		page->outcome = NULL;
	page->different = g_strcmp0(page->outcome, "different") == 0;
	page->returned = g_strcmp0(page->outcome, "returned") == 0;
	page->authorises = page->different || g_strcmp0(page->outcome, "as-asked") == 0;
	if (page->outcome == NULL)
		flow->onward = "Continue";
}

/* Each kind of answer has fields of its own. Those of another than the chosen one go along unseen, under a name that no
 * act reads ("kept-authorise:lesser_step"), so that nothing typed is lost when the answer is changed or given back. */
static const char *kind_of_answer(const char *outcome)
{
	if (g_strcmp0(outcome, "refused") == 0)
		return "kept-refuse:";
	return g_strcmp0(outcome, "returned") == 0 ? "kept-return:" : KEPT;
}

static gboolean is_own(const char *name)
{
	static const char *const OWN[] = {
		"csrf", "request_id", "go", "casefile", "version", "about", "request", "outcome", NULL};

	return g_strv_contains(OWN, name);
}

static void part_fields(Flow *flow, DecidePage *page)
{
	/* What comes from the page on which the answer is chosen, without a kind, was there before anything was typed.
	 */
	const gboolean fresh = g_strcmp0(flow->go, "onward") == 0 || said(flow, "outcome") == NULL;
	const char *was = kind_of_answer(fresh ? NULL : flow_value(flow, "outcome"));
	const char *now = page->outcome != NULL ? kind_of_answer(page->outcome) : NULL;
	HttpPair *pairs = arena_array(flow->mem, HttpPair, flow->n_pairs + 1);
	HttpPair *kept = arena_array(flow->mem, HttpPair, flow->n_pairs + 1);

	for (gsize i = 0; i < flow->n_pairs; i++) {
		HttpPair pair = flow->pairs[i];
		const char *colon = g_str_has_prefix(pair.name, "kept-") ? strchr(pair.name, ':') : NULL;
		const char *kind =
			colon != NULL ? arena_strndup(flow->mem, pair.name, (gsize)(colon + 1 - pair.name)) : was;

		if (colon == NULL && is_own(pair.name)) {
			pairs[i] = pair;
			continue;
		}
		pair.name = colon != NULL ? colon + 1 : pair.name;
		if (now == NULL || !g_str_equal(kind, now)) {
			pair.name = arena_printf(flow->mem, "%s%s", kind, pair.name);
			kept[page->n_kept++] = pair;
		}
		pairs[i] = pair;
	}
	if (flow->pairs != NULL)
		flow->pairs = pairs;
	page->kept = kept;
}

typedef struct {
	const Flow *flow;
	FileFact *items;
	gsize n;
} Facts;

static void add_fact(Facts *facts, const char *what, const char *text)
{
	if (text != NULL && *text != '\0')
		facts->items[facts->n++] = (FileFact){.what = what, .text = text};
}

static const char *day_of(const Flow *flow, Instant at)
{
	return day_in_words(flow->mem, zone_day(flow->visit->office->zone, at));
}

static void add_matters(Facts *facts)
{
	const Flow *flow = facts->flow;

	for (gsize i = 0; i < flow->file->n_matters; i++) {
		const MatterView *matter = &flow->file->matters[i];

		add_fact(facts, arena_printf(flow->mem, "%s, %s", matter->ref, matter->title),
			matter->closed_at != INSTANT_NONE
				? arena_printf(flow->mem, "Closed on %s: %s", day_of(flow, matter->closed_at),
					  matter->closed_how)
				: arena_printf(flow->mem, "Open since %s", day_of(flow, matter->opened_at)));
	}
}

static void add_letters(Facts *facts)
{
	const CasefilePageView *file = facts->flow->file;

	for (gsize i = 0; i < file->n_letters; i++)
		add_fact(facts, file->letters[i].letter.title, file->letters[i].state_words);
}

/* B4 */
static void add_takes(Facts *facts)
{
	const TakesBeside *takes = facts->flow->file->takes;

	if (takes != NULL)
		add_fact(facts, arena_printf(facts->flow->mem, "The last %d days", takes->days),
			arena_printf(facts->flow->mem, "%s. Usual: %s.", words_takes(facts->flow->mem, &takes->own),
				words_takes(facts->flow->mem, &takes->usual)));
}

/* W6: what the customer says stands beside the criteria. */
static void add_customers_answers(Facts *facts)
{
	const CasefilePageView *file = facts->flow->file;

	for (gsize i = 0; i < file->n_answers; i++)
		add_fact(facts,
			arena_printf(facts->flow->mem, "The customer on %s",
				day_of(facts->flow, file->answers[i].happened_at)),
			file->answers[i].words);
	if (file->n_answers == 0 && file->n_warnings > 0)
		add_fact(facts, "The customer", "Nothing they said to the warning is recorded");
}

static void add_needs(Facts *facts)
{
	const CasefilePageView *file = facts->flow->file;

	for (gsize i = 0; i < file->n_needs; i++)
		add_fact(facts, file->needs[i].what,
			*file->needs[i].in_words != '\0' ? file->needs[i].in_words : "No channel is ruled out");
	for (gsize i = 0; i < file->n_adjustments; i++)
		add_fact(facts, arena_printf(facts->flow->mem, "Adjustment: %s", file->adjustments[i].asked),
			file->adjustments[i].outcome != NULL ? entry_adjusted(file->adjustments[i].outcome)
							     : "Not answered yet");
	for (gsize i = 0; i < file->n_assessments; i++)
		add_fact(facts, arena_printf(facts->flow->mem, "Considered in %s", file->assessments[i].ref),
			file->assessments[i].needs_considered);
	for (gsize i = 0; i < file->n_reports; i++)
		if (!g_str_equal(file->reports[i].disability, "no"))
			add_fact(facts,
				arena_printf(
					facts->flow->mem, "%s: could a disability explain it?", file->reports[i].ref),
				entry_disability(file->reports[i].disability));
	if (facts->n == 0)
		add_fact(facts, "Needs", "No access need and no adjustment is recorded");
}

static void add_representatives(Facts *facts)
{
	const CasefilePageView *file = facts->flow->file;

	for (gsize i = 0; i < file->n_representatives; i++)
		add_fact(facts, file->representatives[i].name, file->representatives[i].capacity);
	if (facts->n == 0)
		add_fact(facts, "Somebody who helps them", "No representative or adviser is recorded");
}

/* What the file shows to a criterion. The keys are the pack's own, so one that this table does not know gets what the
 * customer says. */
static FileFacts facts_for(const Flow *flow, const char *criterion)
{
	static const struct {
		const char *criterion;
		void (*add[2])(Facts *facts);
	} TABLE[] = {
		{"properly-considered", {add_matters, NULL}},
		{"right-decision", {add_matters, NULL}},
		{"communication", {add_letters, add_takes}},
		{"misunderstandings", {add_customers_answers, NULL}},
		{"access-requirements", {add_needs, NULL}},
		{"gateway-or-legal-advice", {add_representatives, NULL}},
	};
	const CasefilePageView *file = flow->file;
	const gsize most = file->n_matters + file->n_letters + file->n_answers + file->n_needs + file->n_adjustments +
			   file->n_assessments + file->n_reports + file->n_representatives + 2;
	Facts facts = {.flow = flow, .items = arena_array(flow->mem, FileFact, most)};
	gboolean known = FALSE;

	for (gsize i = 0; i < G_N_ELEMENTS(TABLE); i++) {
		if (!g_str_equal(TABLE[i].criterion, criterion))
			continue;
		known = TRUE;
		for (gsize k = 0; k < G_N_ELEMENTS(TABLE[i].add) && TABLE[i].add[k] != NULL; k++)
			TABLE[i].add[k](&facts);
	}
	if (!known)
		add_customers_answers(&facts);
	return (FileFacts){.items = facts.items, .n_items = facts.n};
}

static const GovukChoice *findings_of(const Flow *flow, const char *key, gsize *ret_n)
{
	static const GovukChoice ALL[] = {
		{.value = "met", .text = "Met"},
		{.value = "not-met-but-now", .text = "Not met, but action is needed now"},
		{.value = "does-not-apply", .text = "Does not apply"},
	};
	const Criterion *criterion = policy_criterion(flow->visit->office->policy, key);

	*ret_n = criterion == NULL || criterion->may_not_apply ? G_N_ELEMENTS(ALL) : G_N_ELEMENTS(ALL) - 1;
	return ALL;
}

/* Whether what only another finding than 'met' needs is shown open. */
static gboolean has_more(const Flow *flow, const DecideCriterion *c)
{
	const char *const NAMES[] = {c->because, c->who, c->by_when, arena_printf(flow->mem, "%s/day", c->by_when),
		arena_printf(flow->mem, "%s/month", c->by_when), arena_printf(flow->mem, "%s/year", c->by_when)};
	gboolean more = g_strcmp0(flow_value(flow, c->finding), "does-not-apply") == 0 ||
			g_strcmp0(flow_value(flow, c->finding), "not-met-but-now") == 0;

	for (gsize i = 0; i < G_N_ELEMENTS(NAMES); i++)
		more |= said(flow, NAMES[i]) != NULL || flow_problem(flow, NAMES[i]) != NULL;
	return more;
}

/* Core names a finding by its criterion, the form by its place: "findings/communication/how" is "findings/2/how". */
static void place_problems(Flow *flow, const DecidePage *page)
{
	for (gsize i = 0; flow->result != NULL && i < flow->result->problems.n; i++) {
		FieldProblem *problem = flow->result->problems.items[i];

		for (gsize k = 0; k < page->request->n_account; k++) {
			const char *of = arena_printf(flow->mem, "findings/%s", page->request->account[k].key);
			const char *member = problem->field + strlen(of);

			if (!g_str_has_prefix(problem->field, of) || (*member != '/' && *member != '\0'))
				continue;
			problem->field = arena_printf(
				flow->mem, "findings/%" G_GSIZE_FORMAT "%s", k, *member != '\0' ? member : "/finding");
			break;
		}
	}
}

static void fill_criteria(const Flow *flow, DecidePage *page)
{
	const RequestView *request = page->request;
	DecideCriterion *criteria = arena_array(flow->mem, DecideCriterion, request->n_account + 1);

	for (gsize i = 0; i < request->n_account; i++) {
		DecideCriterion *c = &criteria[i];
#define NAME(member) arena_printf(flow->mem, "findings/%" G_GSIZE_FORMAT "/" member, i)

		*c = (DecideCriterion){.number = i + 1,
			.asked = &request->account[i],
			.key_name = NAME("criterion"),
			.finding = NAME("finding"),
			.adopt = NAME("adopt"),
			.how = NAME("how"),
			.because = NAME("because"),
			.who = NAME("who"),
			.by_when = NAME("by_when"),
			.facts = facts_for(flow, request->account[i].key)};
#undef NAME
		c->findings = findings_of(flow, c->asked->key, &c->n_findings);
		c->more = has_more(flow, c);
	}
	page->criteria = criteria;
	page->n_criteria = request->n_account;
}

/* G8: complaints about whoever sits before this page. */
static void fill_complaints(const Flow *flow, DecidePage *page)
{
	const RequestView *request = page->request;
	ComplaintView *own = arena_array(flow->mem, ComplaintView, request->n_complaints + 1);

	for (gsize i = 0; i < request->n_complaints; i++)
		if (g_strcmp0(request->complaints[i].about.user, flow->visit->session->user_name) == 0)
			own[page->n_complaints++] = request->complaints[i];
	page->complaints = own;
}

/* G4: as it was asked, or narrower. */
static void fill_scopes(const Flow *flow, DecidePage *page)
{
	static const struct {
		const char *scope, *words;
	} SCOPES_TO_CHOOSE[] = {
		{"organisation", "The whole organisation"},
		{"function", "This function only"},
		{"matter", "One matter only"},
	};
	GovukChoice *choices = arena_array(flow->mem, GovukChoice, G_N_ELEMENTS(SCOPES_TO_CHOOSE));
	gboolean within = FALSE;

	for (gsize i = 0; i < G_N_ELEMENTS(SCOPES_TO_CHOOSE); i++) {
		within |= g_str_equal(SCOPES_TO_CHOOSE[i].scope, page->request->scope);
		if (within)
			choices[page->n_scopes++] =
				(GovukChoice){.value = SCOPES_TO_CHOOSE[i].scope, .text = SCOPES_TO_CHOOSE[i].words};
	}
	if (said(flow, "scope") == NULL && page->n_scopes > 0)
		choices[0].checked = TRUE;
	page->scopes = choices;
}

static gboolean fill_different(Flow *flow, DecidePage *page, GError **error)
{
	const RestrictionsAsk ask = {.ask = "What you authorise instead",
		.hint = "The restrictions that were asked for are filled in: change, remove or add.",
		.reports = page->request->reports};
	gboolean any = FALSE;

	for (gsize i = 0; i < flow->n_pairs; i++)
		any |= g_str_has_prefix(flow->pairs[i].name, "restrictions/");
	/* On the way from the answer to its questions: what was asked for is where they start. */
	if (!any && g_strcmp0(flow->go, "onward") == 0) {
		const HttpPair *typed = flow->pairs;
		const gsize n_typed = flow->n_pairs, before = flow->prefilled.n;
		HttpPair *all;

		if (!restrictions_form_prefill(flow, page->request->asked_json, error))
			return FALSE;
		flow_prefill_day(flow, "until_on", page->request->until_on);
		all = arena_array(flow->mem, HttpPair, n_typed + flow->prefilled.n);
		memcpy(all, typed, n_typed * sizeof *all);
		for (gsize i = before; i < flow->prefilled.n; i++)
			all[flow->n_pairs++] = *(const HttpPair *)flow->prefilled.items[i];
		flow->prefilled.n = before;
		flow->pairs = all;
	}
	page->restrictions = restrictions_form_of(flow, &ask, error);
	fill_scopes(flow, page);
	return page->restrictions != NULL;
}

static gboolean fill_precedents(const Flow *flow, DecidePage *page, GError **error)
{
	const ActCaller caller = visit_caller(flow->visit);

	return page->request->heading == NULL ||
	       read_precedents(flow->visit->web->acts, flow->mem, &caller, page->request->heading, flow->file->ref,
		       &page->precedents, &page->n_precedents, error);
}

static gboolean fill(Flow *flow, GError **error)
{
	const Policy *policy = flow->visit->office->policy;
	DecidePage *page = arena_new0(flow->mem, DecidePage);

	flow->page = page;
	if (!find_request(flow, page, error) || !prefill(flow, page, error))
		return FALSE;
	settle_outcome(flow, page);
	place_problems(flow, page);
	fill_complaints(flow, page);
	if (page->request->until_on != DAY_NONE)
		page->until_words = day_in_words(flow->mem, page->request->until_on);
	page->latest_review = day_in_words(flow->mem,
		day_add_months(zone_day(flow->visit->office->zone, flow->visit->office->now), policy->review.months));
	part_fields(flow, page);
	if (!page->authorises || page->waiting != NULL)
		return TRUE;
	if (page->different && !fill_different(flow, page, error))
		return FALSE;
	fill_criteria(flow, page);
	return fill_precedents(flow, page, error);
}

static void ask(Html *out, Flow *flow)
{
	decide_page_questions(out, flow, flow->page);
}

/* 'Return for more' keeps what was written for when the request comes back; any other answer ends it. */
static const char *after(const Flow *flow, const ActAnswer *answer)
{
	Acts *acts = flow->visit->web->acts;
	const char *user = flow->visit->session->user_name;
	const gboolean returned = g_strcmp0(flow_typed(flow, "outcome"), "returned") == 0;
	g_autoptr(GError) error = NULL;

	if (!(returned ? draft_save(acts, user, KEPT_FOR_THE_NEXT, answer->casefile, flow_draft_text(flow), &error)
		       : draft_drop(acts, user, KEPT_FOR_THE_NEXT, answer->casefile, &error)))
		g_warning("%s: %s", flow->address, error->message);
	return flow_done_href(
		flow->visit, arena_printf(flow->mem, "/casefiles/%s", answer->casefile), "decide", answer->id);
}

static gboolean say_done(Visit *visit, const CasefilePageView *file, const char *ref, FlowDone *ret_done)
{
	const DecisionView *decision = file != NULL ? casefile_page_decision(file, ref) : NULL;

	if (decision == NULL)
		return FALSE;
	ret_done->happened = arena_printf(visit->mem, "Decision %s: %s", ref, decision->outcome_words);
	if (decision->complete_at == INSTANT_NONE)
		ret_done->next = arena_printf(visit->mem,
			"%d of %d signatures are given. Nothing is in force, and nothing is told, until the last one.",
			(int)decision->n_signatures, decision->signatures_needed);
	else if (decision->arrangement != NULL)
		ret_done->next =
			"Make the letter that tells the customer next: nothing is in force before it was sent.";
	else
		ret_done->next = "The manager sees it in their work.";
	return TRUE;
}

const FlowPage flow_decide = {
	.act = "decide",
	.title = "Decide on the request",
	.button = "Send the decision",
	.about = "request",
	.check = TRUE,
	.wide = TRUE,
	.fill = fill,
	.ask = ask,
	.after = after,
	.say_done = say_done,
};
