/* Tests of request.c and terms.c. */
#include "core/casefile_testing.h"

static gboolean check_request(TestFile *t, GError **error)
{
	test_without_request(t);
	return casefile_check_request(&t->rules, &t->file, &t->request, error);
}

static void cite(TestFile *t, const char *report)
{
	t->list[0] = report;
	t->list[1] = NULL;
	t->request.reports = t->list;
	t->asked[0].report = report;
}

/* The only new behaviour is of that day of November. */
static void happened_on(TestFile *t, int day)
{
	t->reports[1].happened_at = test_time(t, day, 10);
}

static void complain(TestFile *t)
{
	t->request.complaints = t->complaints;
	t->request.n_complaints = 1;
	t->request.no_complaints = FALSE;
}

#define GROUNDS_CASES(X)                                                                                               \
	X("ok", manager_asks, NULL, (void)t)                                                                           \
	X("A3", job_cannot_ask, NULL, test_as(t, "job:outbox"))                                                        \
	X("A3", staff_cannot_ask, NULL, test_as(t, "staff"))                                                           \
	X("A3", other_manager_cannot_ask, NULL, test_as(t, "other-manager"))                                           \
	X("G1", closed_casefile_takes_no_request, NULL, t->file.closed_at = t->rules.now)                              \
	X("L2", no_request_before_the_police_referral, NULL, t->reports[1].violence = TRUE)                            \
	X("A3", request_cites_a_report, "reports", t->request.reports = t->list)                                       \
	X("G4", report_of_another_casefile_is_not_cited, "reports", cite(t, "R-9"))                                    \
	X("invalid", report_cited_twice, "reports", cite(t, "R-2"); t->list[1] = "R-2")                                \
	X("B3", report_is_assessed_before_it_is_cited, "reports", t->reports[1].assessment = NULL)                     \
	X("B3", report_that_calls_for_nothing, "reports", t->assessments[1].outcome = ASSESSED_NO_ACTION)              \
	X("W4", no_warning_and_no_reason_to_skip_it, "warning", t->request.warning = NULL)                             \
	X("invalid", warning_and_reason_to_skip_it, "skip_reason", t->request.skip_reason = "harassment")              \
	X("W1", warning_of_another_casefile, "warning", t->request.warning = "W-9")                                    \
	X("W1", warning_not_sent, "warning", t->notices[0].sent_at = t->notices[0].delivered_at = INSTANT_NONE)        \
	X("W1", warning_returned, "warning", t->notices[0].returned_at = test_time(t, 6, 9))                           \
	X("W1", last_tier_comes_before_a_request, "warning", t->policy.n_tiers = 2)                                    \
	X("ok", last_tier_is_enough, NULL, t->policy.n_tiers = 2; t->warnings[0].tier = "final")                       \
	X("ok", warning_in_its_life, NULL, t->policy.warning_life_months = 12;                                         \
		t->notices[0].delivered_at = zone_instant(t->zone, day_from_civil(2025, 11, 24), 36000))               \
	X("W4", warning_past_its_life, "warning", t->policy.warning_life_months = 12;                                  \
		t->notices[0].delivered_at = zone_instant(t->zone, day_from_civil(2025, 11, 23), 36000))               \
	X("W4", nothing_new_after_the_warning, "reports", cite(t, "R-1"))                                              \
	X("W4", nothing_new_whatever_the_reason, "reports", cite(t, "R-1"); t->request.early_reason = "Urgent.")       \
	X("W4", nothing_new_before_delivery, "reports", t->reports[1].happened_at = t->notices[0].delivered_at)        \
	X("W4", behaviour_within_the_days, "early_reason", happened_on(t, 18))                                         \
	X("ok", behaviour_after_the_days, NULL, happened_on(t, 19))                                                    \
	X("ok", behaviour_within_the_days_with_a_reason, NULL, happened_on(t, 18);                                     \
		t->request.early_reason = "Forty calls a day.")                                                        \
	X("W4", days_not_passed, "early_reason", happened_on(t, 10); t->rules.now = test_time(t, 18, 23))              \
	X("ok", days_not_passed_with_a_reason, NULL, happened_on(t, 10); t->rules.now = test_time(t, 18, 23);          \
		t->request.early_reason = "Forty calls a day.")                                                        \
	X("ok", days_passed, NULL, happened_on(t, 19); t->rules.now = test_time(t, 19, 12))                            \
	X("ok", no_warning_with_a_reason_and_its_risk, NULL, test_without_warning(t))                                  \
	X("invalid", reason_to_skip_a_warning_is_on_the_list, "skip_reason", test_without_warning(t);                  \
		t->request.skip_reason = "noise")                                                                      \
	X("W5", cited_report_is_assessed_as_such, "skip_reason", test_without_warning(t);                              \
		t->assessments[2].ground = NULL)                                                                       \
	X("W5", another_ground_is_not_such, "skip_reason", test_without_warning(t);                                    \
		t->assessments[2].ground = "danger")                                                                   \
	X("W5", uncited_report_is_none, "skip_reason", test_without_warning(t); cite(t, "R-2"))                        \
	X("W5", risk_of_a_warning_is_said, "skip_risk", test_without_warning(t); t->request.skip_risk = NULL)          \
	X("G9", no_skipping_of_a_warning_that_was_given, "reports", test_without_warning(t);                           \
		t->reports[2].happened_at = test_time(t, 3, 9))                                                        \
	X("G9", no_skipping_of_a_warning_of_that_moment, "reports", test_without_warning(t);                           \
		t->reports[2].happened_at = t->warnings[0].at)                                                         \
	X("ok", warning_that_came_back_answers_nothing, NULL, test_without_warning(t);                                 \
		t->reports[2].happened_at = test_time(t, 3, 9); t->notices[0].returned_at = test_time(t, 6, 9))        \
	X("G9", step_up_after_a_decision_needs_later_behaviour, "reports",                                             \
		test_add_decision(t, DECIDED_AS_ASKED, "head", TRUE))                                                  \
	X("G9", step_up_with_behaviour_of_that_moment, "reports",                                                      \
		test_add_decision(t, DECIDED_AS_ASKED, "head", TRUE)->at = t->reports[1].happened_at)                  \
	X("ok", step_up_with_later_behaviour, NULL,                                                                    \
		test_add_decision(t, DECIDED_AS_ASKED, "head", TRUE)->at = test_time(t, 20, 9))                        \
	X("ok", refused_request_may_be_made_again, NULL, test_add_decision(t, DECIDED_REFUSED, "head", TRUE))

TEST_CASES(grounds_cases, GROUNDS_CASES);

static const char *const several_channels[] = {"phone", "email", NULL};
static const RestrictionArgument several[] = {
	{.key = "channels", .values = several_channels}, {.key = "channels", .value = "chat"}};
static const RestrictionArgument alone[] = {
	{.key = "channels", .value = "phone"}, {.key = "channels", .value = "chat"}};
static const RestrictionArgument words[] = {{.key = "words", .value = "phone"}, {.key = "channels", .value = "email"}};

#define CONTENT_CASES(X)                                                                                               \
	X("A6", internal_review_is_stated_for_persistence, "internal_review", t->request.internal_review = NULL)       \
	X("ok", internal_review_only_where_the_pack_says, NULL, t->headings[1].internal_review = FALSE;                \
		t->request.internal_review = NULL)                                                                     \
	X("invalid", unknown_state_of_internal_review, "internal_review", t->request.internal_review = "soon")         \
	X("G8", complaints_are_stated_or_none, "complaints", t->request.no_complaints = FALSE)                         \
	X("ok", complaint_stated, NULL, complain(t))                                                                   \
	X("invalid", complaint_and_none, "no_complaints", complain(t); t->request.no_complaints = TRUE)                \
	X("G8", complaint_with_its_person, "complaints/0", complain(t); t->complaints[0].about = NULL)                 \
	X("G8", complaint_with_its_reference, "complaints/0", complain(t); t->complaints[0].reference = NULL)          \
	X("G8", complaint_with_its_day, "complaints/0", complain(t); t->complaints[0].lodged_on = DAY_NONE)            \
	X("G8", complaint_with_its_matter, "complaints/0", complain(t); t->complaints[0].concerns = "tone")            \
	X("ok", complaint_of_today, NULL, complain(t); t->complaints[0].lodged_on = test_day(11, 24))                  \
	X("invalid", complaint_of_tomorrow, "complaints/0", complain(t);                                               \
		t->complaints[0].lodged_on = test_day(11, 25))                                                         \
	X("A5", account_of_each_criterion, "account/access", t->request.n_account = 1)                                 \
	X("invalid", account_of_an_unknown_criterion, "account/weather", t->account[1].key = "weather")                \
	X("A7", request_names_a_restriction, "restrictions", t->request.n_restrictions = 0)                            \
	X("invalid", unknown_restriction, "restrictions/0/kind", t->asked[0].kind = "exile")                           \
	X("G4", restriction_cites_a_report, "restrictions/0/report", t->asked[0].report = NULL)                        \
	X("G4", restriction_cites_a_report_of_the_request, "restrictions/0/report", cite(t, "R-2");                    \
		t->asked[0].report = "R-1")                                                                            \
	X("G4", restriction_on_another_channel, "restrictions/0/other_reason", t->reports[1].channel = CHANNEL_EMAIL)  \
	X("ok", restriction_on_another_channel_with_a_reason, NULL, t->reports[1].channel = CHANNEL_EMAIL;             \
		t->asked[0].other_reason = "They announced it.")                                                       \
	X("ok", restriction_without_report_with_a_reason, NULL, t->asked[0].report = NULL;                             \
		t->asked[0].other_reason = "They announced it.")                                                       \
	X("ok", one_of_the_channels_named, NULL, t->asked[0].arguments = several; t->asked[0].n_arguments = 2)         \
	X("ok", channel_named_alone, NULL, t->asked[0].arguments = alone; t->asked[0].n_arguments = 2)                 \
	X("G4", other_arguments_name_no_channel, "restrictions/0/other_reason", t->asked[0].arguments = words;         \
		t->asked[0].n_arguments = 2)                                                                           \
	X("ok", only_others_touches_the_rest, NULL, t->reports[1].channel = CHANNEL_EMAIL;                             \
		t->asked[0].kind = "channels-only")                                                                    \
	X("G4", only_leaves_the_named_alone, "restrictions/0/other_reason", t->asked[0].kind = "channels-only")        \
	X("G4", second_restriction_is_looked_at_too, "restrictions/1/other_reason", t->request.n_restrictions = 2;     \
		t->asked[1].kind = "read-and-file")                                                                    \
	X("A3", request_gives_reasons, "reasons", t->request.reasons = NULL)                                           \
	X("invalid", unknown_scope_of_request, "scope", t->request.scope = "world")                                    \
	X("G4", request_for_all_needs_a_reason, "scope_reason", t->request.scope = "organisation")                     \
	X("ok", request_for_all_with_a_reason, NULL, t->request.scope = "organisation";                                \
		t->request.scope_reason = "Every desk is rung.")                                                       \
	X("ok", casefile_of_all_had_its_reason, NULL, t->file.scope = SCOPE_ORGANISATION; t->file.scope_of = NULL)     \
	X("G4", another_function_is_not_reached, "scope_of", t->request.scope = "function";                            \
		t->request.scope_of = "finance")                                                                       \
	X("G4", another_matter_is_not_reached, "scope_of", t->request.scope = "matter"; t->request.scope_of = "M-2")   \
	X("invalid", whole_organisation_has_no_name, "scope_of", t->request.scope = "organisation";                    \
		t->request.scope_of = "casework")                                                                      \
	X("ok", request_for_its_matter, NULL, t->request.scope = "matter")                                             \
	X("G4", one_of_two_matters_is_named, "scope_of", t->list[0] = "M-1"; t->list[1] = "M-2";                       \
		t->file.matters = t->list; t->request.scope = "matter")                                                \
	X("V1", no_review_date, "review_on", t->request.review_on = DAY_NONE)                                          \
	X("V1", review_today_is_none, "review_on", t->request.review_on = test_day(11, 24))                            \
	X("ok", review_in_twelve_months, NULL, t->request.review_on = day_from_civil(2027, 11, 24))                    \
	X("V1", review_in_thirteen_months, "review_on", t->request.review_on = day_from_civil(2027, 12, 24))           \
	X("V1", review_in_a_year_and_a_day, "review_on", t->request.review_on = day_from_civil(2027, 11, 25))          \
	X("V1", review_within_the_packs_months, "review_on", t->policy.review.months = 6;                              \
		t->request.review_on = test_day(5, 25) + 365)                                                          \
	X("V1", review_never_later_than_a_year, "review_on", t->policy.review.months = 24;                             \
		t->request.review_on = day_from_civil(2027, 12, 24))                                                   \
	X("ok", review_clipped_to_the_months_end, NULL, t->policy.review.months = 3;                                   \
		t->rules.now = test_time(t, 30, 10); t->request.review_on = day_from_civil(2027, 2, 28))               \
	X("V1", review_past_the_months_end, "review_on", t->policy.review.months = 3;                                  \
		t->rules.now = test_time(t, 30, 10); t->request.review_on = day_from_civil(2027, 3, 1))                \
	X("G2", end_where_the_pack_wants_one, "until_on", t->policy.authorisation.end_required = TRUE)                 \
	X("G2", end_where_the_pack_has_a_longest, "until_on", t->policy.authorisation.max_months = 6)                  \
	X("ok", end_within_the_longest, NULL, t->policy.authorisation.max_months = 6;                                  \
		t->request.until_on = day_from_civil(2027, 5, 24))                                                     \
	X("G2", end_past_the_longest, "until_on", t->policy.authorisation.max_months = 6;                              \
		t->request.until_on = day_from_civil(2027, 5, 25))                                                     \
	X("G2", end_today_is_none, "until_on", t->request.until_on = test_day(11, 24))

TEST_CASES(content_cases, CONTENT_CASES);

/* Q-1 is on file. */
static gboolean check_second_request(TestFile *t, GError **error)
{
	return casefile_check_request(&t->rules, &t->file, &t->request, error);
}

#define SECOND_CASES(X)                                                                                                \
	X("A3", one_request_at_a_time, NULL, (void)t)                                                                  \
	X("ok", asked_again_after_a_return, NULL, t->requests[0].state = REQUEST_RETURNED)

TEST_CASES(second_cases, SECOND_CASES);

static gboolean check_withdraw(TestFile *t, GError **error)
{
	return casefile_check_withdraw(&t->rules, &t->file, casefile_request(&t->file, "Q-1"), error);
}

#define WITHDRAW_CASES(X)                                                                                              \
	X("ok", manager_withdraws, NULL, test_as(t, "second-manager"))                                                 \
	X("A3", staff_cannot_withdraw, NULL, test_as(t, "staff"))                                                      \
	X("A3", job_cannot_withdraw, NULL, test_as(t, "job:outbox"))                                                   \
	X("G1", closed_casefile_has_nothing_to_withdraw, NULL, t->file.closed_at = t->rules.now)                       \
	X("A3", answered_request_cannot_be_withdrawn, NULL, t->requests[0].state = REQUEST_REFUSED)                    \
	X("A3", unknown_request_cannot_be_withdrawn, NULL, test_without_request(t))

TEST_CASES(withdraw_cases, WITHDRAW_CASES);

static void test_terms_are_filled_in(void)
{
	g_autoptr(TestFile) t = test_file_new();
	Terms terms;

	g_assert_true(casefile_request_terms(&t->file, &t->request, &terms, NULL));
	g_assert_cmpint(terms.scope, ==, SCOPE_FUNCTION);
	g_assert_cmpstr(terms.scope_of, ==, "casework");
	t->request.scope = "matter";
	g_assert_true(casefile_request_terms(&t->file, &t->request, &terms, NULL));
	g_assert_cmpint(terms.scope, ==, SCOPE_MATTER);
	g_assert_cmpstr(terms.scope_of, ==, "M-1");
	t->list[0] = "M-1";
	t->list[1] = "M-2";
	t->file.matters = t->list;
	t->file.scope = SCOPE_MATTER;
	t->file.scope_of = "M-2";
	g_assert_true(casefile_request_terms(&t->file, &t->request, &terms, NULL));
	g_assert_cmpstr(terms.scope_of, ==, "M-2");
	t->request.scope = "organisation";
	g_assert_true(casefile_request_terms(&t->file, &t->request, &terms, NULL));
	g_assert_null(terms.scope_of);
}

/* A form says all of it at once; what rests on the reports waits until those stand. */
static void test_all_that_is_missing_is_said(void)
{
	g_autoptr(TestFile) t = test_file_new();
	g_autoptr(Arena) mem = arena_new(1 << 14);
	ArenaList missing;

	test_without_request(t);
	t->request.n_account = 0;
	t->request.reasons = NULL;
	t->request.review_on = DAY_NONE;
	casefile_request_missing(&t->rules, &t->file, &t->request, mem, &missing);
	g_assert_cmpuint(missing.n, ==, t->policy.n_criteria + 2);
	t->request.reports = NULL;
	casefile_request_missing(&t->rules, &t->file, &t->request, mem, &missing);
	g_assert_cmpuint(missing.n, ==, t->policy.n_criteria + 3);
	g_assert_cmpstr(evenhand_error_field(missing.items[0]), ==, "reports");
	test_as(t, "staff");
	casefile_request_missing(&t->rules, &t->file, &t->request, mem, &missing);
	g_assert_cmpuint(missing.n, ==, 0);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	test_add_cases("request", check_request, grounds_cases, G_N_ELEMENTS(grounds_cases));
	test_add_cases("request", check_request, content_cases, G_N_ELEMENTS(content_cases));
	test_add_cases("request", check_second_request, second_cases, G_N_ELEMENTS(second_cases));
	test_add_cases("withdraw", check_withdraw, withdraw_cases, G_N_ELEMENTS(withdraw_cases));
	g_test_add_func("/G4/terms-are-filled-in", test_terms_are_filled_in);
	g_test_add_func("/A3/all-that-is-missing-is-said", test_all_that_is_missing_is_said);
	return g_test_run();
}
