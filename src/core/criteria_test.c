/* Tests of criteria.c. */
#include "core/casefile_testing.h"

static gboolean check(TestFile *t, GError **error)
{
	return criteria_check(&t->policy, t->findings, t->decide.n_findings, t->account, 2, test_day(11, 24), error);
}

static void not_met(TestFile *t)
{
	t->findings[1] = (Finding){.criterion = "access",
		.finding = "not-met-but-now",
		.how = "Nobody asked.",
		.because = "The calls stop the line.",
		.who = "manager",
		.by_when = test_day(11, 24)};
}

static void does_not_apply(TestFile *t)
{
	t->findings[0] = (Finding){.criterion = "properly-considered",
		.finding = "does-not-apply",
		.how = "I looked for one.",
		.because = "There is no matter."};
}

#define CASES(X)                                                                                                       \
	X("ok", each_criterion_has_its_finding, NULL, (void)t)                                                         \
	X("A5", no_criterion_is_left_out, "findings/access", t->decide.n_findings = 1)                                 \
	X("A5", no_criterion_has_two, "findings/access", t->findings[0] = t->findings[1]; t->policy.criteria++;        \
		t->policy.n_criteria--)                                                                                \
	X("invalid", unknown_criterion, "findings/weather", t->findings[1].criterion = "weather")                      \
	X("invalid", unknown_finding, "findings/access", t->findings[1].finding = "fine")                              \
	X("A5", how_it_was_considered, "findings/access/how", t->findings[1].how = NULL)                               \
	X("ok", account_is_adopted, NULL, t->findings[1].how = NULL; t->findings[1].adopt = TRUE)                      \
	X("A5", what_the_manager_did_not_say_is_not_adopted, "findings/properly-considered/how",                       \
		t->account[0].text = NULL)                                                                             \
	X("ok", what_does_not_apply, NULL, does_not_apply(t))                                                          \
	X("A5", why_it_does_not_apply, "findings/properly-considered/because", does_not_apply(t);                      \
		t->findings[0].because = NULL)                                                                         \
	X("A5", access_always_applies, "findings/access", does_not_apply(t); t->criteria[0].may_not_apply = TRUE;      \
		t->findings[1].finding = "does-not-apply"; t->findings[1].because = "No.")                             \
	X("ok", not_met_but_now, NULL, not_met(t))                                                                     \
	X("A5", not_met_says_why_now, "findings/access/because", not_met(t); t->findings[1].because = NULL)            \
	X("A5", not_met_says_who_mends_it, "findings/access/who", not_met(t); t->findings[1].who = NULL)               \
	X("A5", not_met_says_by_when, "findings/access/by_when", not_met(t); t->findings[1].by_when = DAY_NONE)        \
	X("A5", not_met_by_a_day_to_come, "findings/access/by_when", not_met(t);                                       \
		t->findings[1].by_when = test_day(11, 23))                                                             \
	X("A5", other_finding_is_in_own_words, "findings/access/how", not_met(t); t->findings[1].adopt = TRUE)

TEST_CASES(cases, CASES);

/* Whoever finds 'not met' and says nothing is told all that it needs, in one answer. */
static void A5_all_that_is_missing_at_once(void)
{
	static const char *const EXPECTED[] = {
		"findings/access/how", "findings/access/because", "findings/access/who", "findings/access/by_when"};
	g_autoptr(Arena) mem = arena_new(1 << 16);
	ArenaList errors = {0};
	g_autoptr(TestFile) t = test_file_new();

	t->findings[1] = (Finding){.criterion = "access", .finding = "not-met-but-now"};
	criteria_missing(&t->policy, t->findings, t->decide.n_findings, t->account, 2, test_day(11, 24), mem, &errors);
	g_assert_cmpuint(errors.n, ==, G_N_ELEMENTS(EXPECTED));
	for (gsize i = 0; i < errors.n; i++)
		g_assert_cmpstr(evenhand_error_field(errors.items[i]), ==, EXPECTED[i]);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	test_add_cases("criteria", check, cases, G_N_ELEMENTS(cases));
	g_test_add_func("/A5/criteria/all-that-is-missing-at-once", A5_all_that_is_missing_at_once);
	return g_test_run();
}
