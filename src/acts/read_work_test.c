/* read_work_test.c: who finds which work, how pressing it is, and that it goes when it is done; on both engines. */
#include "acts/acts_testing.h"
#include "acts/read_work.h"

#include <string.h>

static WorkView *look(World *w, const char *user, const WorkAsk *ask)
{
	ActCaller caller = {.user_name = user, .via = "test"};
	g_autoptr(GError) error = NULL;
	WorkView *view = NULL;

	g_assert_true(instant_parse(w->at, "at", &caller.at, NULL));
	if (!read_work(w->acts, w->mem, &caller, ask, &view, &error))
		g_error("work of %s: %s", user, error->message);
	return view;
}

/* The one line of a kind that somebody sees; NULL where there is none. */
static const WorkLine *line(World *w, const char *user, const char *kind)
{
	const WorkView *view = look(w, user, &(const WorkAsk){.kind = kind, .whose = "function"});

	g_assert_cmpuint(view->n, <=, 1);
	return view->n == 1 ? &view->lines[0] : NULL;
}

static gboolean is_mine(World *w, const char *user, const char *kind)
{
	const WorkLine *found = line(w, user, kind);

	return found != NULL && found->mine;
}

static const char *report(World *w, const char *user)
{
	return done(w, user, "report-behaviour",
		"{'customer': '%s', 'channel': 'phone', 'heading': 'unreasonable', 'example': 'continual-contact', "
		"'what': 'Called again and again.', 'effect': 'Nobody else got through.', 'disability': 'no'}",
		w->customer);
}

static const char *assess(World *w, const char *of, const char *outcome)
{
	return done(w, "mira", "assess-report",
		"{'casefile': '%s', 'reports': ['%s'], 'outcome': '%s', 'heading': 'unreasonable', 'tests': "
		"{'circumstances': 'c', 'seriousness': 's', 'impact': 'i'}, 'needs_considered': 'None known; asked.', "
		"'behaviour': 'You called us 53 times on 2 March.'}",
		w->answer.casefile, of, outcome);
}

/* S3: a manager of the function assesses; the reporter sees what comes of it; nobody else is told. */
static void S3_a_report_is_the_managers(TestStore *t)
{
	World *w = world_new(t);
	const char *ref = report(w, "sam");
	const WorkLine *found = line(w, "mira", "assess-report");

	g_assert_nonnull(found);
	g_assert_cmpstr(found->ref, ==, ref);
	g_assert_cmpstr(found->act, ==, "assess-report");
	g_assert_cmpstr(found->customer_name, ==, "Jordan Quill");
	g_assert_cmpstr(day_format(w->mem, found->due_on), ==, "2026-03-07"); /* the pack's five days */
	g_assert_true(found->mine);
	g_assert_true(found->may_assign);
	found = line(w, "hana", "assess-report"); /* of her function, and not hers */
	g_assert_nonnull(found);
	g_assert_false(found->mine);
	found = line(w, "ada", "assess-report");
	g_assert_nonnull(found);
	g_assert_false(found->mine);
	g_assert_false(found->may_assign);
	g_assert_null(line(w, "nora", "assess-report"));
	g_assert_null(line(w, "cara", "assess-report"));
	g_assert_null(line(w, "sam", "assess-report"));
	found = line(w, "sam", "reported");
	g_assert_nonnull(found);
	g_assert_cmpint(found->urgency, ==, URGENCY_TO_KNOW);
	g_assert_true(found->mine);
	assess(w, ref, "no-action");
	g_assert_null(line(w, "mira", "assess-report"));
	g_assert_true(g_str_has_suffix(line(w, "sam", "reported")->what, "nothing further was found to be needed."));
	world_free(w);
}

static void S3_how_pressing_a_report_is(TestStore *t)
{
	static const struct {
		const char *at;
		Urgency urgency;
		gboolean named; /* the head of function is to name an assessor */
	} DAYS[] = {
		{"2026-03-03T09:00:00Z", URGENCY_NOT_DUE, FALSE},
		{"2026-03-04T09:00:00Z", URGENCY_DUE_SOON, FALSE},
		{"2026-03-07T23:59:00Z", URGENCY_DUE_SOON, FALSE},
		{"2026-03-08T00:01:00Z", URGENCY_OVERDUE, TRUE},
		{"2026-03-13T09:00:00Z", URGENCY_OVERDUE, TRUE},
		{"2026-03-14T09:00:00Z", URGENCY_CRITICALLY_OVERDUE, TRUE},
	};
	World *w = world_new(t);

	report(w, "sam");
	for (gsize i = 0; i < G_N_ELEMENTS(DAYS); i++) {
		w->at = DAYS[i].at;
		g_assert_cmpint(line(w, "mira", "assess-report")->urgency, ==, DAYS[i].urgency);
		g_assert_cmpint(is_mine(w, "hana", "name-assessor"), ==, DAYS[i].named);
		g_assert_false(is_mine(w, "mira", "name-assessor"));
	}
	world_free(w);
}

/* Where the only manager reported it, nobody here may assess it: the head of function names another at once. */
static void S3_nobody_here_may_assess(TestStore *t)
{
	World *w = world_new(t);
	const char *ref = report(w, "mira");

	g_assert_false(is_mine(w, "mira", "assess-report"));
	g_assert_null(line(w, "mira", "assess-report")->act);
	g_assert_true(is_mine(w, "hana", "name-assessor"));
	g_assert_cmpstr(line(w, "hana", "name-assessor")->act, ==, "assign");
	done(w, "hana", "assign", "{'work': '%s', 'to': 'nora'}", ref);
	g_assert_null(line(w, "hana", "name-assessor"));
	g_assert_true(is_mine(w, "nora", "assess-report")); /* by name, though of another function */
	g_assert_cmpstr(line(w, "hana", "assess-report")->owner_name, ==, "Name of nora");
	world_free(w);
}

/* S2, S4: what only a manager's words end. */
static void S2_S4_ended_calls_and_welfare(TestStore *t)
{
	World *w = world_new(t);
	const char *call = done(w, "sam", "end-call", "{'customer': '%s', 'reason': 'abusive'}", w->customer);

	g_assert_true(is_mine(w, "mira", "follow-up-call"));
	g_assert_null(line(w, "nora", "follow-up-call"));
	g_assert_null(line(w, "sam", "follow-up-call"));
	done(w, "mira", "follow-up", "{'about': '%s', 'words': 'Listened to it together.'}", call);
	g_assert_null(line(w, "mira", "follow-up-call"));
	done(w, "sam", "report-behaviour",
		"{'customer': '%s', 'channel': 'phone', 'heading': 'aggressive-or-abusive', 'example': "
		"'violence-threatened', 'what': 'Would come round.', 'effect': 'Afraid.', 'disability': 'no', "
		"'welfare': 'I am afraid to leave.'}",
		w->customer);
	g_assert_true(is_mine(w, "mira", "follow-up-welfare"));
	g_assert_true(is_mine(w, "mira", "refer-to-police")); /* L2: at once */
	g_assert_cmpint(line(w, "mira", "refer-to-police")->urgency, ==, URGENCY_DUE_SOON);
	done(w, "mira", "refer-to-police", "{'casefile': '%s', 'force': 'Oldtown Police'}", w->answer.casefile);
	g_assert_null(line(w, "mira", "refer-to-police"));
	world_free(w);
}

/* W1 to W4: the warning, its letter, and its days. */
static void W4_a_warning_runs(TestStore *t)
{
	World *w = world_new(t);
	const char *assessment = assess(w, report(w, "sam"), "warning");
	const WorkLine *found;

	g_assert_true(is_mine(w, "mira", "warn"));
	done(w, "mira", "warn", "{'casefile': '%s', 'assessment': '%s', 'delivery': 'post'}", w->answer.casefile,
		assessment);
	g_assert_null(line(w, "mira", "warn"));
	found = line(w, "mira", "letter");
	g_assert_nonnull(found);
	g_assert_cmpstr(found->owner, ==, "mira");
	g_assert_true(found->mine);
	g_assert_nonnull(strstr(found->what, "post it"));
	g_assert_false(is_mine(w, "sam", "letter")); /* of his function, and hers */
	done(w, "mira", "confirm-notice", "{'casefile': '%s', 'notice': '%s', 'how': 'posted'}", w->answer.casefile,
		found->ref);
	g_assert_null(line(w, "mira", "letter"));
	g_assert_cmpint(line(w, "mira", "warning-days")->urgency, ==, URGENCY_TO_KNOW);
	w->at = "2026-03-18T09:00:00Z"; /* deemed delivered on the 4th: the last of fourteen days */
	g_assert_cmpint(line(w, "mira", "warning-days")->urgency, ==, URGENCY_TO_KNOW);
	w->at = "2026-03-19T09:00:00Z";
	g_assert_cmpint(line(w, "mira", "warning-days")->urgency, ==, URGENCY_NOT_DUE);
	g_assert_cmpstr(line(w, "mira", "warning-days")->act, ==, "close-casefile");
	report(w, "sam"); /* it goes on: the report is the work now */
	g_assert_null(line(w, "mira", "warning-days"));
	g_assert_true(is_mine(w, "mira", "assess-report"));
	world_free(w);
}

/* A1, A4: a head of function decides, and who asked does not; whoever stands in sees it in their days. */
static void A1_requests_are_the_heads(TestStore *t)
{
	World *w = world_new(t);
	const char *ref;

	done(w, "adam", "grant-role", "{'user_name': 'hana', 'role': 'manager', 'function': 'enquiries'}");
	ref = done(w, "sam", "report-behaviour",
		"{'customer': '%s', 'channel': 'phone', 'heading': 'aggressive-or-abusive', 'example': 'harassment', "
		"'what': 'Followed her.', 'effect': 'Afraid.', 'disability': 'no'}",
		w->customer);
	done(w, "mira", "assess-report",
		"{'casefile': '%s', 'reports': ['%s'], 'outcome': 'request', 'heading': 'aggressive-or-abusive', "
		"'tests': {'beyond-anger': 'Followed her.'}, 'ground': 'harassment', 'needs_considered': 'n', "
		"'behaviour': 'You followed a member of staff.'}",
		w->answer.casefile, ref);
	g_assert_true(is_mine(w, "mira", "request"));
	done(w, "mira", "request",
		"{'casefile': '%s', 'skip_reason': 'harassment', 'skip_risk': 'It would have told them.', 'reports': "
		"['%s'], 'account': {'properly-considered': 'a', 'right-decision': 'a', 'communication': 'a', "
		"'misunderstandings': 'a', 'access-requirements': 'a', 'gateway-or-legal-advice': 'a'}, "
		"'no_complaints': true, 'restrictions': [{'kind': 'channels-not', 'arguments': {'channels': "
		"['phone']}, "
		"'report': '%s'}], 'reasons': 'It goes on.', 'review_on': '2026-08-01'}",
		w->answer.casefile, ref, ref);
	g_assert_null(line(w, "mira", "request"));
	g_assert_true(is_mine(w, "hana", "decide"));
	g_assert_false(is_mine(w, "mira", "decide"));
	g_assert_null(line(w, "idris", "decide"));
	done(w, "adam", "name-substitute",
		"{'function': 'casework', 'user_name': 'idris', 'capacity': 'stand-in', 'from_on': '2026-03-02', "
		"'until_on': '2026-03-06', 'reason': 'Hana is away.'}");
	g_assert_true(is_mine(w, "idris", "decide"));
	g_assert_nonnull(strstr(line(w, "hana", "stand-in")->what, "6 March 2026"));
	g_assert_nonnull(strstr(line(w, "idris", "stand-in")->what, "You stand in"));
	w->at = "2026-03-09T09:00:00Z";
	g_assert_null(line(w, "idris", "decide"));
	world_free(w);
}

/* What is asked for is checked, and pages go on where the page before ended. */
static void pages_and_filters(TestStore *t)
{
	World *w = world_new(t);
	ActCaller caller = {.user_name = "mira", .via = "test"};
	const WorkView *whole, *first, *rest;
	g_autoptr(GError) error = NULL;
	WorkView *view;

	for (int i = 0; i < 5; i++)
		report(w, "sam");
	w->at = "2026-03-10T09:00:00Z";
	report(w, "sam");
	whole = look(w, "mira", &(const WorkAsk){0});
	g_assert_cmpuint(whole->n, ==, 6);
	g_assert_cmpuint(whole->counts[URGENCY_OVERDUE], ==, 5);
	g_assert_cmpuint(whole->counts[URGENCY_NOT_DUE], ==, 1);
	g_assert_cmpuint(whole->n_kinds, ==, 1);
	first = look(w, "mira", &(const WorkAsk){.limit = 4});
	g_assert_cmpuint(first->n, ==, 4);
	g_assert_cmpuint(first->total, ==, 6);
	rest = look(w, "mira", &(const WorkAsk){.limit = 4, .behind = first->next});
	g_assert_cmpuint(rest->n, ==, 2);
	g_assert_null(rest->next);
	g_assert_cmpstr(rest->lines[1].ref, ==, whole->lines[5].ref);
	g_assert_cmpuint(look(w, "mira", &(const WorkAsk){.urgency = "overdue"})->n, ==, 5);
	g_assert_true(instant_parse(w->at, "at", &caller.at, NULL));
	g_assert_false(read_work(w->acts, w->mem, &caller, &(const WorkAsk){.kind = "nonsense"}, &view, &error));
	g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_INVALID);
	g_clear_error(&error);
	caller.user_name = "adam"; /* an administrator sees no case */
	g_assert_false(read_work(w->acts, w->mem, &caller, &(const WorkAsk){0}, &view, &error));
	g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_REFUSED);
	world_free(w);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	test_store_add("/S3/a-report-is-the-managers", S3_a_report_is_the_managers);
	test_store_add("/S3/how-pressing-a-report-is", S3_how_pressing_a_report_is);
	test_store_add("/S3/nobody-here-may-assess", S3_nobody_here_may_assess);
	test_store_add("/S2/S4/ended-calls-and-welfare", S2_S4_ended_calls_and_welfare);
	test_store_add("/W4/a-warning-runs", W4_a_warning_runs);
	test_store_add("/A1/requests-are-the-heads", A1_requests_are_the_heads);
	test_store_add("/work/pages-and-filters", pages_and_filters);
	return g_test_run();
}
