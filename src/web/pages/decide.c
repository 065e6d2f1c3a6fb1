/* decide.c: the flow 'decide' (A1 to A8, R9, R10, G3, G7, G8, G14, V1): first what is considered, each question with
 * what the manager says and what the file shows beside it; then the answer; then what that answer needs. The rules are
 * core's; which evidence stands beside which question is this file's. */
#include "web/pages/decide.h"

#include "web/flow_private.h"
#include "web/flow_rows.h"
#include "web/words.h"

#include <string.h>

#define KEPT "kept-authorise:"
#define SETTLED "settled"               /* on the form that comes after the answer was chosen */
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

/* A5: what is considered comes before the answer. The answer counts once 'Continue' was pressed with it. */
static void settle_outcome(Flow *flow, DecidePage *page)
{
	const gboolean onward = g_strcmp0(flow->go, "onward") == 0;

	if (onward || (said(flow, SETTLED) != NULL && g_strcmp0(flow->go, "change-answer") != 0))
		page->outcome = said(flow, "outcome");
	if (page->waiting != NULL)
		page->outcome = page->waiting->outcome;
	page->outcome_words = outcome_in_words(page->outcome);
	if (page->outcome_words == NULL)
		page->outcome = NULL;
	if (onward && page->outcome == NULL)
		flow_object(flow, "outcome", "Select your answer");
	page->different = g_strcmp0(page->outcome, "different") == 0;
	page->returned = g_strcmp0(page->outcome, "returned") == 0;
	page->authorises = page->different || g_strcmp0(page->outcome, "as-asked") == 0;
	page->considers = page->waiting == NULL && (page->outcome == NULL || page->authorises);
	if (page->outcome == NULL) {
		flow->onward = "Continue";
		flow->onward_to = "answer";
	}
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
		"csrf", "request_id", "go", "casefile", "version", "about", "request", "outcome", SETTLED, NULL};

	return g_strv_contains(OWN, name);
}

/* What is asked before the answer: the criteria, and whether it is in proportion. */
static gboolean is_considered(const char *name)
{
	return g_str_has_prefix(name, "findings/") || g_str_equal(name, "lesser_step") || g_str_equal(name, "affected");
}

static gboolean is_of_different(const char *name)
{
	return g_str_has_prefix(name, "restrictions/") || g_str_has_prefix(name, "scope") ||
	       g_str_has_prefix(name, "until_on/");
}

/* Whether a field of that kind of answer is asked on the page as it is now. */
static gboolean is_asked_now(const DecidePage *page, const char *kind, const char *name)
{
	if (!g_str_equal(kind, kind_of_answer(page->outcome)))
		return FALSE;
	if (page->outcome == NULL)
		return is_considered(name);
	return page->different || !page->authorises || !is_of_different(name);
}

static void part_fields(Flow *flow, DecidePage *page)
{
	const char *was = kind_of_answer(said(flow, SETTLED) != NULL ? flow_value(flow, "outcome") : NULL);
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
		if (!is_asked_now(page, kind, pair.name)) {
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
		c->none_found = arena_printf(flow->mem, "Select what you find on ‘%s’", c->asked->title);
		c->nobody = arena_printf(flow->mem, "Enter who will put ‘%s’ right", c->asked->title);
		c->no_day = arena_printf(flow->mem, "Enter by when ‘%s’ is put right", c->asked->title);
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
	GovukChoice *choices = arena_array(flow->mem, GovukChoice, FLOW_SCOPES);
	gboolean within = FALSE;
	gsize n;
	const GovukChoice *all = flow_scopes(flow, &n);

	for (gsize i = n; i > 0; i--) {
		within |= g_str_equal(all[i - 1].value, page->request->scope);
		if (within)
			choices[page->n_scopes++] = (GovukChoice){.value = all[i - 1].value, .text = all[i - 1].text};
	}
	if (said(flow, "scope") == NULL && page->n_scopes > 0)
		choices[0].checked = TRUE;
	page->scopes = choices;
	page->matters = flow_matters(flow, &page->n_matters);
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
	if (!page->considers)
		return TRUE;
	if (page->different && !fill_different(flow, page, error))
		return FALSE;
	fill_criteria(flow, page);
	return fill_precedents(flow, page, error);
}

/* One row a criterion on 'check your answers': what was found, and the words that say how it was considered. */
void decide_note_finding(Html *out, Flow *flow, const DecideCriterion *c)
{
	const char *found = flow_value(flow, c->finding), *by_when = flow_day_in_words(flow, c->by_when);
	const char *const parts[] = {c->adopt, c->how, c->because, c->who, c->by_when};
	g_autoptr(GString) words = g_string_new(NULL);

	(void)out;
	for (gsize i = 0; i < c->n_findings; i++)
		if (g_strcmp0(c->findings[i].value, found) == 0)
			g_string_append(words, c->findings[i].text);
	if (flow_holds(flow, c->adopt, "true"))
		g_string_append_printf(words, "\nYou adopt what the manager says: ‘%s’", c->asked->text);
	if (said(flow, c->how) != NULL)
		g_string_append_printf(words, "\n%s", said(flow, c->how));
	if (said(flow, c->because) != NULL)
		g_string_append_printf(words, "\nBecause: %s", said(flow, c->because));
	if (said(flow, c->who) != NULL)
		g_string_append_printf(words, "\nPut right by: %s%s%s", said(flow, c->who),
			by_when != NULL ? ", until " : "", by_when != NULL ? by_when : "");
	for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
		flow_hide_answer(flow, parts[i]);
	flow_answered(flow, c->finding, c->asked->title, words->str);
}

/* The rows of what is authorised as it was asked for. */
void decide_note_asked(Html *out, Flow *flow, const DecidePage *page)
{
	g_autoptr(GString) words = g_string_new(NULL);

	(void)out;
	for (gsize i = 0; i < page->request->n_restrictions; i++)
		g_string_append_printf(words, "%s%s", i > 0 ? "\n" : "", page->request->restrictions[i].in_words);
	flow_answered(flow, "as-asked", "What is restricted", words->str);
	flow_answered(flow, "as-asked-reach", "Applies to",
		arena_printf(flow->mem, "%c%s", g_ascii_toupper(page->request->scope_words[0]),
			page->request->scope_words + 1));
	flow_answered(flow, "as-asked-until", "Until", page->until_words != NULL ? page->until_words : "It is lifted");
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
