/* read_file_test.c: the casefile's page as a typed view, from report to arrangement: its task list, its entries, who
 * sees what; and beside it acts_try, drafts and like decisions. On both engines and the shipped policy. */
#include "acts/acts_testing.h"
#include "acts/draft.h"
#include "acts/read_file.h"
#include "store/statements.h"

#include <string.h>

#define REPORT                                                                                                         \
	"{'customer': '%s', 'channel': 'phone', 'heading': 'aggressive-or-abusive', 'example': 'threats', 'what': "    \
	"'Rang and shouted.', 'effect': 'Sam went home.', 'disability': 'not-known'}"
#define ASSESS                                                                                                         \
	"{'casefile': '%s', 'reports': ['%s'], 'outcome': '%s', 'heading': 'aggressive-or-abusive'%s, 'behaviour': "   \
	"'You shouted.', 'tests': {'beyond-anger': 'It was aimed at Sam.'}, 'needs_considered': 'None is known.'}"
#define ACCOUNT                                                                                                        \
	"{'properly-considered': 'a', 'right-decision': 'b', 'communication': 'c', 'misunderstandings': 'd', "         \
	"'access-requirements': 'e', 'gateway-or-legal-advice': 'f'}"
#define FINDING(key) "{'criterion': '" key "', 'finding': 'met', 'adopt': true}"
#define FINDINGS                                                                                                       \
	"[" FINDING("properly-considered") ", " FINDING("right-decision") ", " FINDING("communication") ", " FINDING(  \
		"misunderstandings") ", " FINDING("access-requirements") ", " FINDING("gateway-or-legal-advice") "]"

typedef struct {
	const char *casefile, *report, *assessment, *request, *decision;
} Told;

static ActCaller caller_of(const World *w, const char *user)
{
	ActCaller caller = {.user_name = user, .via = "test", .at = INSTANT_NONE};

	g_assert_true(instant_parse(w->at, "at", &caller.at, NULL));
	return caller;
}

static CasefilePageView *page(World *w, const char *user, const char *casefile)
{
	const ActCaller caller = caller_of(w, user);
	g_autoptr(GError) error = NULL;
	CasefilePageView *view = NULL;

	if (!read_casefile_page(w->acts, w->mem, &caller, casefile, &view, &error))
		g_error("%s: %s", user, error->message);
	return view;
}

/* The first line of a step; NULL. */
static const StepView *step(const CasefilePageView *view, const char *key)
{
	for (gsize i = 0; i < view->n_steps; i++)
		if (g_str_equal(view->steps[i].key, key))
			return &view->steps[i];
	return NULL;
}

static void is_step(const CasefilePageView *view, const char *key, StepState state)
{
	const StepView *found = step(view, key);

	g_assert_nonnull(found);
	if (found->state != state)
		g_error("%s is %d: %s", key, (int)found->state, found->words);
}

static Told report_and_assess(World *w, const char *outcome)
{
	Told told = {.report = done(w, "sam", "report-behaviour", REPORT, w->customer)};

	told.casefile = w->answer.casefile;
	told.assessment = done(w, "mira", "assess-report", ASSESS, told.casefile, told.report, outcome,
		g_str_equal(outcome, "request") ? ", 'ground': 'threat'" : "");
	return told;
}

static void ask(World *w, Told *told)
{
	told->request = done(w, "mira", "request",
		"{'casefile': '%s', 'reports': ['%s'], 'skip_reason': 'threat', 'skip_risk': 'Worse.', 'account': "
		"" ACCOUNT ", 'no_complaints': true, 'restrictions': [{'kind': 'channels-not', 'arguments': "
		"{'channels': ['phone']}, 'report': '%s'}], 'reasons': 'It goes on.', 'review_on': '2026-09-01'}",
		told->casefile, told->report, told->report);
}

#define DECIDE                                                                                                         \
	"{'casefile': '%s', 'request': '%s', 'outcome': 'as-asked', 'findings': " FINDINGS ", 'reasons': 'You "        \
	"threatened Sam.', 'lesser_step': 'Advice did nothing.', 'affected': 'Nobody.', 'confirms_no_warning': 'No "   \
	"time.', 'review_on': '2026-08-01'}"

static void the_task_list_follows_the_policy(TestStore *t)
{
	World *w = world_new(t);
	Told told = {.report = done(w, "sam", "report-behaviour", REPORT, w->customer)};
	const CasefilePageView *view;
	const StepView *open;

	told.casefile = w->answer.casefile;
	view = page(w, "mira", told.casefile);
	is_step(view, "report", STEP_DONE);
	is_step(view, "assess", STEP_OPEN);
	is_step(view, "warn", STEP_NOT_YET);
	g_assert_cmpstr(step(view, "assess")->about, ==, told.report);
	g_assert_true(step(view, "assess")->yours);
	g_assert_cmpuint(view->n_open, ==, 1);
	told.assessment = done(w, "mira", "assess-report", ASSESS, told.casefile, told.report, "warning", "");
	view = page(w, "mira", told.casefile);
	is_step(view, "assess", STEP_DONE);
	g_assert_nonnull(strstr(step(view, "assess")->words, "by Name of mira on 2 March 2026"));
	is_step(view, "warn", STEP_OPEN);
	open = step(view, "request");
	g_assert_cmpint(open->state, ==, STEP_BLOCKED);
	g_assert_cmpstr(open->rule, ==, "W1");
	g_assert_cmpstr(open->mend_act, ==, "warn");
	g_assert_cmpstr(open->mend_about, ==, told.assessment);
	done(w, "mira", "warn", "{'casefile': '%s', 'assessment': '%s', 'delivery': 'by-hand'}", told.casefile,
		told.assessment);
	view = page(w, "mira", told.casefile);
	is_step(view, "send-warning", STEP_OPEN);
	done(w, "sam", "confirm-notice", "{'casefile': '%s', 'notice': '%s', 'how': 'handed-over'}", told.casefile,
		view->letters[0].letter.ref);
	view = page(w, "mira", told.casefile);
	is_step(view, "send-warning", STEP_DONE);
	is_step(view, "adapt", STEP_NOT_YET);
	g_assert_nonnull(strstr(step(view, "adapt")->words, "until 16 March 2026"));
	g_assert_cmpstr(step(view, "request")->rule, ==, "W4");
	g_assert_true(step(view, "answer")->optional);
	g_assert_true(view->warnings[0].adapting);
	world_free(w);
}

static void a_decision_and_what_comes_of_it(TestStore *t)
{
	World *w = world_new(t);
	Told told = report_and_assess(w, "request");
	const CasefilePageView *view;
	const RequestView *request;

	is_step(page(w, "mira", told.casefile), "warn", STEP_NOT_NEEDED);
	is_step(page(w, "mira", told.casefile), "police", STEP_NOT_NEEDED);
	ask(w, &told);
	view = page(w, "hana", told.casefile);
	is_step(view, "decide", STEP_OPEN);
	g_assert_true(step(view, "decide")->yours);
	g_assert_false(step(page(w, "mira", told.casefile), "decide")->yours);
	request = casefile_page_open_request(view);
	g_assert_cmpstr(request->by.name, ==, "Name of mira");
	g_assert_cmpstr(request->skip_reason_title, ==, "Staff were threatened");
	g_assert_cmpstr(request->heading, ==, "aggressive-or-abusive");
	g_assert_nonnull(strstr(request->restrictions[0].in_words, "Please do not contact us by phone"));
	g_assert_cmpuint(request->n_account, ==, 6);
	told.decision = done(w, "hana", "decide", DECIDE, told.casefile, told.request);
	view = page(w, "hana", told.casefile);
	is_step(view, "decide", STEP_DONE);
	is_step(view, "notify", STEP_OPEN);
	is_step(view, "in-force", STEP_NOT_YET);
	g_assert_cmpstr(view->decisions[0].signatures[0].capacity_words, ==, "Head of function");
	g_assert_cmpstr(view->decisions[0].findings[0].finding_words, ==, "Met");
	g_assert_nonnull(view->decisions[0].arrangement);
	done(w, "sam", "notify", "{'casefile': '%s', 'decision': '%s', 'delivery': 'by-hand'}", told.casefile,
		told.decision);
	done(w, "sam", "confirm-notice", "{'casefile': '%s', 'notice': '%s', 'how': 'handed-over'}", told.casefile,
		w->answer.id);
	w->at = "2026-03-02T09:30:00Z";
	view = page(w, "hana", told.casefile);
	is_step(view, "send-decision", STEP_DONE);
	is_step(view, "in-force", STEP_DONE);
	is_step(view, "review", STEP_NOT_YET);
	g_assert_cmpint(step(view, "review")->due_on, ==, day_from_civil(2026, 8, 1));
	/* G9: what is entered after the decision is marked so. */
	done(w, "sam", "report-behaviour", REPORT, w->customer);
	view = page(w, "hana", told.casefile);
	g_assert_false(view->reports[0].late);
	g_assert_true(view->reports[1].late);
	world_free(w);
}

static void who_sees_what(TestStore *t)
{
	World *w = world_new(t);
	Told told = report_and_assess(w, "request");
	static const char *const ALL[] = {"mira", "hana", "cara", "rex", "ada"};
	const CasefilePageView *view;
	ActCaller caller = caller_of(w, "adam");
	g_autoptr(GError) error = NULL;
	CasefilePageView *none = NULL;

	ask(w, &told);
	for (gsize i = 0; i < G_N_ELEMENTS(ALL); i++) {
		view = page(w, ALL[i], told.casefile);
		g_assert_true(view->full);
		g_assert_cmpuint(view->n_requests, ==, 1);
		g_assert_cmpuint(view->n_reports, ==, 1);
		g_assert_nonnull(view->takes);
	}
	/* Who reported sees their report, and no reasons. */
	view = page(w, "sam", told.casefile);
	g_assert_false(view->full);
	g_assert_cmpuint(view->n_reports, ==, 1);
	g_assert_true(view->reports[0].own);
	g_assert_cmpuint(view->n_requests + view->n_assessments + view->n_decisions + view->n_answers, ==, 0);
	g_assert_true(view->hidden & VEIL_REASONS);
	g_assert_true(view->hidden & VEIL_POLICE);
	g_assert_null(step(view, "assess"));
	/* Another function's manager sees neither. */
	view = page(w, "nora", told.casefile);
	g_assert_cmpuint(view->n_reports, ==, 0);
	g_assert_cmpuint(view->hidden_reports, ==, 1);
	g_assert_cmpuint(view->n_steps, ==, 0);
	/* The administrator sees no case. */
	g_assert_false(read_casefile_page(w->acts, w->mem, &caller, told.casefile, &none, &error));
	g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_REFUSED);
	world_free(w);
}

static void looking_is_recorded(TestStore *t)
{
	World *w = world_new(t);
	Told told = report_and_assess(w, "request");
	ViewingRow *rows = NULL;
	g_autoptr(Tx) tx = NULL;
	gboolean found = FALSE;
	gsize n = 0;

	page(w, "hana", told.casefile);
	g_assert_true(store_read(t->store, &tx, NULL));
	g_assert_true(sql_read_viewings(tx, w->mem, told.casefile, NULL, G_MAXINT64, 100, &rows, &n, NULL));
	for (gsize i = 0; i < n; i++)
		found |= g_str_equal(rows[i].actor, "hana") && g_str_equal(rows[i].what, "casefile's page");
	g_assert_true(found);
	g_clear_pointer(&tx, tx_end);
	world_free(w);
}

static void a_trial_leaves_nothing(TestStore *t)
{
	World *w = world_new(t);
	Told told = report_and_assess(w, "request");
	const ActCaller hana = caller_of(w, "hana");
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;
	ArenaList problems = {0};
	ActTrial trial;
	json_t *json;
	gint64 head;

	ask(w, &told);
	head = head_number(w);
	text = g_strdup_printf(DECIDE, told.casefile, told.request);
	json = json_of(text);
	json_object_set_new(json, "request_id", json_string("a trial"));
	g_assert_true(acts_try(w->acts, w->mem, &hana, "decide", json, &trial, &problems, &error));
	g_assert_no_error(error);
	g_assert_true(g_str_has_prefix(trial.answer.id, "D-"));
	/* The letter that notify will make of it. */
	g_assert_nonnull(trial.letter);
	g_assert_nonnull(strstr(letter_render_text(trial.letter, w->mem), "You threatened Sam."));
	g_assert_cmpint(head_number(w), ==, head);
	g_assert_cmpuint(page(w, "hana", told.casefile)->n_decisions, ==, 0);
	/* Then for good, under the same request_id and with the same reference. */
	g_assert_true(perform(w, "hana", "decide", json_incref(json), &error));
	g_assert_cmpstr(w->answer.id, ==, trial.answer.id);
	g_assert_cmpint(w->answer.version, ==, trial.answer.version);
	/* Errors are those of the act itself. */
	g_assert_false(acts_try(w->acts, w->mem, &hana, "decide", json, &trial, &problems, &error));
	g_assert_cmpstr(evenhand_error_rule(error), ==, "A3");
	json_decref(json);
	world_free(w);
}

static void all_that_is_missing_comes_as_problems(TestStore *t)
{
	World *w = world_new(t);
	Told told = report_and_assess(w, "request");
	const FieldProblem *first;

	ask(w, &told);
	refused(w, EVENHAND_ERROR_REFUSED, "W5", "confirms_no_warning", "hana", "decide",
		"{'casefile': '%s', 'request': '%s', 'outcome': 'as-asked'}", told.casefile, told.request);
	g_assert_cmpuint(w->problems.n, >=, 10);
	first = w->problems.items[0];
	g_assert_cmpstr(first->field, ==, "findings/properly-considered");
	g_assert_cmpstr(first->rule, ==, "A5");
	/* Who may not decide is told that alone. */
	refused(w, EVENHAND_ERROR_REFUSED, "A1", NULL, "mira", "decide",
		"{'casefile': '%s', 'request': '%s', 'outcome': 'as-asked'}", told.casefile, told.request);
	g_assert_cmpuint(w->problems.n, ==, 0);
	world_free(w);
}

static void drafts_are_their_writers(TestStore *t)
{
	World *w = world_new(t);
	const Draft *draft = NULL, *list = NULL;
	gsize n = 0;

	g_assert_true(draft_save(w->acts, "hana", "decide", "CF-1", "reasons=a", NULL));
	g_assert_true(draft_save(w->acts, "hana", "decide", "CF-1", "reasons=b", NULL));
	g_assert_true(draft_load(w->acts, w->mem, "hana", "decide", "CF-1", &draft, NULL));
	g_assert_cmpstr(draft->form, ==, "reasons=b");
	g_assert_true(draft_load(w->acts, w->mem, "idris", "decide", "CF-1", &draft, NULL));
	g_assert_null(draft);
	g_assert_true(draft_list(w->acts, w->mem, "hana", &list, &n, NULL));
	g_assert_cmpuint(n, ==, 1);
	g_assert_cmpstr(list[0].about, ==, "CF-1");
	g_assert_true(draft_drop(w->acts, "hana", "decide", "CF-1", NULL));
	g_assert_true(draft_drop(w->acts, "hana", "decide", "CF-1", NULL));
	g_assert_true(draft_load(w->acts, w->mem, "hana", "decide", "CF-1", &draft, NULL));
	g_assert_null(draft);
	world_free(w);
}

static void like_cases_come_without_names(TestStore *t)
{
	World *w = world_new(t);
	Told told = report_and_assess(w, "request");
	const ActCaller hana = caller_of(w, "hana"), sam = caller_of(w, "sam");
	const PrecedentView *precedents = NULL;
	g_autoptr(GError) error = NULL;
	gsize n = 0;

	ask(w, &told);
	done(w, "hana", "decide", DECIDE, told.casefile, told.request);
	g_assert_true(
		read_precedents(w->acts, w->mem, &hana, "aggressive-or-abusive", told.casefile, &precedents, &n, NULL));
	g_assert_cmpuint(n, ==, 0);
	g_assert_true(read_precedents(w->acts, w->mem, &hana, "unreasonable", NULL, &precedents, &n, NULL));
	g_assert_cmpuint(n, ==, 0);
	g_assert_true(read_precedents(w->acts, w->mem, &hana, "aggressive-or-abusive", NULL, &precedents, &n, NULL));
	g_assert_cmpuint(n, ==, 1);
	g_assert_false(precedents[0].warned);
	g_assert_cmpstr(precedents[0].restrictions[0], ==, "Not these ways of contact: phone");
	g_assert_cmpstr(precedents[0].length_words, ==, "Until lifted");
	g_assert_cmpstr(precedents[0].since_words, ==, "Not in force yet");
	g_assert_false(read_precedents(w->acts, w->mem, &sam, "unreasonable", NULL, &precedents, &n, &error));
	g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_REFUSED);
	world_free(w);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	test_store_add("/read-file/the-task-list-follows-the-policy", the_task_list_follows_the_policy);
	test_store_add("/read-file/a-decision-and-what-comes-of-it", a_decision_and_what_comes_of_it);
	test_store_add("/read-file/G10-who-sees-what", who_sees_what);
	test_store_add("/read-file/K4-looking-is-recorded", looking_is_recorded);
	test_store_add("/acts-try/leaves-nothing", a_trial_leaves_nothing);
	test_store_add("/A5/all-that-is-missing-comes-as-problems", all_that_is_missing_comes_as_problems);
	test_store_add("/draft/is-its-writers", drafts_are_their_writers);
	test_store_add("/G17/like-cases-come-without-names", like_cases_come_without_names);
	return g_test_run();
}
