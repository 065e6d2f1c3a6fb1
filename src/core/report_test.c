/* Tests of report.c and assess.c. */
#include "core/casefile_testing.h"

static gboolean check_report(TestFile *t, GError **error)
{
	gboolean violence;

	return casefile_check_report(&t->rules, &t->report, &violence, error);
}

#define REPORT_CASES(X)                                                                                                \
	X("ok", good_report_is_taken, NULL, test_as(t, "staff"))                                                       \
	X("ok", other_behaviour_in_words, NULL, t->report.example = NULL; t->report.other = "Sent a wreath.")          \
	X("ok", own_function_named, NULL, test_as(t, "two-functions"); t->report.function = "finance")                 \
	X("ok", whole_organisation_with_a_reason, NULL, t->report.scope = "organisation";                              \
		t->report.scope_reason = "All desks.")                                                                 \
	X("S3", job_cannot_report, NULL, test_as(t, "job:outbox"))                                                     \
	X("S3", gate_cannot_report, NULL, test_as(t, "gate"))                                                          \
	X("S3", auditor_cannot_report, NULL, test_as(t, "auditor"))                                                    \
	X("S3", administrator_cannot_report, NULL, test_as(t, "administrator"))                                        \
	X("S3", somebody_of_two_functions_says_which, "function", test_as(t, "two-functions"))                         \
	X("S3", somebody_of_no_function_says_which, "function", test_as(t, "everywhere"))                              \
	X("S3", other_function_is_reported_there, "function", t->report.function = "finance")                          \
	X("invalid", report_names_a_customer, "customer", t->report.customer = NULL)                                   \
	X("invalid", report_names_a_channel, "channel", t->report.channel = "fax")                                     \
	X("invalid", report_names_a_channel_of_the_pack, "channel", t->policy.channels = 1u << CHANNEL_EMAIL)          \
	X("invalid", unknown_heading, "heading", t->report.heading = "rude")                                           \
	X("invalid", example_of_another_heading, "example", t->report.example = "rudeness")                            \
	X("B2", report_names_a_heading, "heading", t->report.heading = NULL)                                           \
	X("B2", report_names_an_example_or_other, "example", t->report.example = NULL)                                 \
	X("B2", report_says_what_happened, "what", t->report.what = NULL)                                              \
	X("B2", report_says_what_it_did, "effect", t->report.effect = NULL)                                            \
	X("G7", report_asks_about_disability, "disability", t->report.disability = NULL)                               \
	X("G7", report_answers_about_disability, "disability", t->report.disability = "perhaps")                       \
	X("invalid", unknown_scope_of_report, "scope", t->report.scope = "world")                                      \
	X("G4", whole_organisation_needs_a_reason, "scope_reason", t->report.scope = "organisation")                   \
	X("ok", scope_of_one_matter, NULL, t->report.scope = "matter"; t->list[0] = "M-1";                             \
		t->report.matters = t->list)                                                                           \
	X("G4", scope_of_a_matter_without_any, "matters", t->report.scope = "matter"; t->report.matters = NULL)        \
	X("G4", scope_of_a_matter_names_it, "matters", t->report.scope = "matter")                                     \
	X("G4", scope_of_a_matter_names_only_one, "matters", t->report.scope = "matter"; t->list[0] = "M-1";           \
		t->list[1] = "M-2"; t->report.matters = t->list)

TEST_CASES(report_cases, REPORT_CASES);

static void test_violence_is_known_from_word_or_example(void)
{
	g_autoptr(TestFile) t = test_file_new();
	gboolean violence = TRUE;

	g_assert_true(casefile_check_report(&t->rules, &t->report, &violence, NULL));
	g_assert_false(violence);
	t->report.violence = TRUE;
	g_assert_true(casefile_check_report(&t->rules, &t->report, &violence, NULL));
	g_assert_true(violence);
	t->report.violence = FALSE;
	t->report.heading = "abusive";
	t->report.example = "violence-threatened";
	violence = FALSE;
	g_assert_true(casefile_check_report(&t->rules, &t->report, &violence, NULL));
	g_assert_true(violence);
}

static void B2_report_all_that_is_missing_at_once(void)
{
	static const char *const fields[] = {"channel", "heading", "what", "effect", "disability"};
	g_autoptr(TestFile) t = test_file_new();
	g_autoptr(Arena) mem = arena_new(1 << 16);
	ArenaList missing;

	casefile_report_missing(&t->rules, &t->report, mem, &missing);
	g_assert_cmpuint(missing.n, ==, 0);
	t->report.channel = t->report.heading = t->report.example = t->report.what = t->report.effect =
		t->report.disability = NULL;
	casefile_report_missing(&t->rules, &t->report, mem, &missing);
	g_assert_cmpuint(missing.n, ==, G_N_ELEMENTS(fields));
	for (gsize i = 0; i < G_N_ELEMENTS(fields); i++)
		g_assert_cmpstr(evenhand_error_field(missing.items[i]), ==, fields[i]);
}

static gboolean check_refer(TestFile *t, GError **error)
{
	return casefile_check_refer(&t->rules, &t->file, error);
}

#define REFER_CASES(X)                                                                                                 \
	X("ok", manager_records_a_referral, NULL, test_add_report(t, "abusive", "harassment", ASSESSED_OUTCOMES))      \
	X("ok", reporter_records_a_referral, NULL,                                                                     \
		test_add_report(t, "abusive", "violence-threatened", ASSESSED_OUTCOMES);                               \
		test_as(t, "reporter"))                                                                                \
	X("ok", other_behaviour_may_be_referred, NULL, test_add_report(t, "abusive", NULL, ASSESSED_OUTCOMES))         \
	X("ok", assessed_as_harassment_may_be_referred, NULL,                                                          \
		test_add_report(t, "abusive", "rudeness", ASSESSED_REQUEST);                                           \
		t->assessments[2].ground = "harassment")                                                               \
	X("ok", one_of_several_reporters_refers, NULL, t->reports[0].reporter = "staff"; t->reports[0].example = NULL; \
		test_as(t, "staff"))                                                                                   \
	X("L1", who_did_not_report_cannot_refer, NULL, test_add_report(t, "abusive", "harassment", ASSESSED_OUTCOMES); \
		test_as(t, "staff"))                                                                                   \
	X("L1", other_manager_cannot_refer, NULL, test_add_report(t, "abusive", "harassment", ASSESSED_OUTCOMES);      \
		test_as(t, "other-manager"))                                                                           \
	X("L1", job_cannot_refer, NULL, test_add_report(t, "abusive", "harassment", ASSESSED_OUTCOMES);                \
		test_as(t, "job:outbox"))                                                                              \
	X("L1", persistence_is_no_police_matter, NULL, (void)t)                                                        \
	X("G1", closed_casefile_takes_no_referral, NULL,                                                               \
		test_add_report(t, "abusive", "harassment", ASSESSED_OUTCOMES);                                        \
		t->file.closed_at = t->rules.now)

TEST_CASES(refer_cases, REFER_CASES);

/* R-3 is on file, not assessed, unless a case says otherwise. */
static gboolean check_assess(TestFile *t, GError **error)
{
	if (t->file.n_reports < 3)
		test_add_report(t, "persistent", "same-issue", ASSESSED_OUTCOMES);
	return casefile_check_assess(&t->rules, &t->file, &t->assess, error);
}

static void assess_as_abusive(TestFile *t, const char *example)
{
	test_add_report(t, "abusive", example, ASSESSED_OUTCOMES);
	t->assess.heading = "abusive";
	t->tests[0].key = "beyond-anger";
	t->assess.n_tests = 1;
}

#define ASSESS_CASES(X)                                                                                                \
	X("ok", manager_assesses, NULL, (void)t)                                                                       \
	X("ok", advice_says_what_it_asks, NULL, t->assess.outcome = "informal-advice"; t->assess.advice = "Write.")    \
	X("S3", job_cannot_assess, NULL, test_as(t, "job:outbox"))                                                     \
	X("S3", staff_cannot_assess, NULL, test_as(t, "staff"))                                                        \
	X("S3", head_is_no_manager, NULL, test_as(t, "head"))                                                          \
	X("S3", other_manager_cannot_assess, NULL, test_as(t, "other-manager"))                                        \
	X("S3", reporter_cannot_assess_own_report, "reports",                                                          \
		test_add_report(t, "persistent", "same-issue", ASSESSED_OUTCOMES)->reporter = "manager")               \
	X("G1", closed_casefile_takes_no_assessment, NULL, t->file.closed_at = t->rules.now)                           \
	X("B2", assessment_names_a_report, "reports", t->assess.reports = t->list)                                     \
	X("G4", report_of_another_casefile_is_not_assessed, "reports", t->list[0] = "R-9";                             \
		t->assess.reports = t->list)                                                                           \
	X("invalid", report_named_twice, "reports", t->list[0] = "R-3"; t->list[1] = "R-3";                            \
		t->assess.reports = t->list)                                                                           \
	X("B3", report_is_assessed_once, "reports", test_add_report(t, "persistent", "same-issue", ASSESSED_REQUEST))  \
	X("ok", violence_may_be_assessed_again_as_none, NULL, assess_as_abusive(t, "violence-threatened");             \
		t->reports[2].assessment = "AS-3"; t->assess.no_violence = "They meant the case.")                     \
	X("B3", violence_is_assessed_again_only_as_none, "reports", assess_as_abusive(t, "violence-threatened");       \
		t->reports[2].assessment = "AS-3")                                                                     \
	X("B3", violence_found_none_is_not_assessed_again, "reports", assess_as_abusive(t, "violence-threatened");     \
		t->reports[2].assessment = "AS-3"; t->assessments[2].no_violence = TRUE;                               \
		t->assess.no_violence = "They meant the case.")                                                        \
	X("invalid", unknown_outcome_of_assessment, "outcome", t->assess.outcome = "arrest")                           \
	X("invalid", unknown_heading_of_assessment, "heading", t->assess.heading = "rude")                             \
	X("B3", test_of_the_heading_is_answered, "tests/time-taken", t->assess.n_tests = 1)                            \
	X("B3", empty_answer_is_none, "tests/decided", t->tests[0].text = "")                                          \
	X("invalid", question_of_another_heading, "tests/beyond-anger", t->tests[1].key = "beyond-anger")              \
	X("B6", needs_are_considered, "needs_considered", t->assess.needs_considered = NULL)                           \
	X("B2", behaviour_in_words_for_the_customer, "behaviour", t->assess.behaviour = NULL)                          \
	X("G1", advice_needs_words, "advice", t->assess.outcome = "informal-advice")                                   \
	X("invalid", advice_belongs_to_its_outcome, "advice", t->assess.advice = "Write.")                             \
	X("ok", ground_of_a_heading_that_has_it, NULL, assess_as_abusive(t, "harassment");                             \
		t->assess.ground = "harassment")                                                                       \
	X("invalid", ground_is_on_the_list, "ground", assess_as_abusive(t, "harassment"); t->assess.ground = "noise")  \
	X("W5", persistence_is_no_ground_to_skip_a_warning, "ground", t->assess.ground = "harassment")                 \
	X("ok", violence_found_none_with_reasons, NULL, assess_as_abusive(t, "violence-threatened");                   \
		t->assess.no_violence = "They meant the case.")                                                        \
	X("L2", no_violence_answers_reported_violence, "no_violence", t->assess.no_violence = "None.")                 \
	X("G4", assessment_of_all_needs_a_reason, "scope_reason", t->assess.scope = "organisation")                    \
	X("ok", assessment_narrows_to_the_matter, NULL, t->assess.scope = "matter")                                    \
	X("G4", assessment_of_another_matter, "scope_of", t->assess.scope = "matter"; t->assess.scope_of = "M-2")

TEST_CASES(assess_cases, ASSESS_CASES);

/* Whoever sends an empty assessment is told all that it needs, in one answer. */
static void B3_all_that_is_missing_at_once(void)
{
	static const char *const EXPECTED[] = {
		"outcome", "needs_considered", "behaviour", "tests/decided", "tests/time-taken"};
	g_autoptr(Arena) mem = arena_new(1 << 16);
	g_autoptr(TestFile) t = test_file_new();
	g_autoptr(GError) error = NULL;
	ArenaList errors = {0};

	g_assert_true(check_assess(t, &error));
	t->assess = (AssessInput){.reports = t->assess.reports, .heading = t->assess.heading};
	casefile_assess_missing(&t->rules, &t->file, &t->assess, mem, &errors);
	g_assert_cmpuint(errors.n, ==, G_N_ELEMENTS(EXPECTED));
	for (gsize i = 0; i < errors.n; i++)
		g_assert_cmpstr(evenhand_error_field(errors.items[i]), ==, EXPECTED[i]);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	test_add_cases("report", check_report, report_cases, G_N_ELEMENTS(report_cases));
	g_test_add_func("/L2/violence-is-known-from-word-or-example", test_violence_is_known_from_word_or_example);
	g_test_add_func("/B2/report/all-that-is-missing-at-once", B2_report_all_that_is_missing_at_once);
	test_add_cases("refer", check_refer, refer_cases, G_N_ELEMENTS(refer_cases));
	g_test_add_func("/B3/assess/all-that-is-missing-at-once", B3_all_that_is_missing_at_once);
	test_add_cases("assess", check_assess, assess_cases, G_N_ELEMENTS(assess_cases));
	return g_test_run();
}
