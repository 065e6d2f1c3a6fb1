/* Tests of warn.c, and of L2 in casefile.c. */
#include "core/casefile_testing.h"

static gboolean check_warn(TestFile *t, GError **error)
{
	const WarningTier *tier = NULL;

	if (!casefile_check_warn(&t->rules, &t->file, &t->warn, &tier, error))
		return FALSE;
	g_assert_nonnull(tier);
	return TRUE;
}

static void two_tiers(TestFile *t)
{
	t->policy.n_tiers = 2;
	t->warn.tier = "final";
	test_as(t, "head");
}

static void violence_reported(TestFile *t)
{
	test_add_report(t, "abusive", "violence-threatened", ASSESSED_WARNING);
}

/* Recorded at that hour of 21 November; R-3 was at 11. */
static void refer(TestFile *t, int hour)
{
	t->referrals[0] = (Referral){.ref = "P-1", .at = test_time(t, 21, hour)};
	t->file.n_referrals = 1;
}

#define WARN_CASES(X)                                                                                                  \
	X("ok", manager_warns, NULL, (void)t)                                                                          \
	X("W1", job_cannot_warn, NULL, test_as(t, "job:outbox"))                                                       \
	X("W1", staff_cannot_warn, NULL, test_as(t, "staff"))                                                          \
	X("W1", other_manager_cannot_warn, NULL, test_as(t, "other-manager"))                                          \
	X("G1", closed_casefile_takes_no_warning, NULL, t->file.closed_at = t->rules.now)                              \
	X("L2", no_warning_before_the_police_referral, NULL, violence_reported(t))                                     \
	X("L2", referral_answers_what_was_recorded_before_it, NULL, violence_reported(t); refer(t, 10))                \
	X("ok", referred_violence_may_be_warned_about, NULL, violence_reported(t); refer(t, 11))                       \
	X("ok", violence_found_none_may_be_warned_about, NULL, violence_reported(t);                                   \
		t->assessments[2].no_violence = TRUE)                                                                  \
	X("L2", assessing_alone_does_not_answer_violence, NULL, violence_reported(t); t->reports[2].assessment = NULL; \
		t->assessments[2].no_violence = TRUE)                                                                  \
	X("invalid", unknown_tier, "tier", t->warn.tier = "yellow-card")                                               \
	X("W1", tier_is_given_by_its_role, "tier", two_tiers(t); test_as(t, "manager"))                                \
	X("W1", warning_rests_on_an_assessment, "assessment", t->warn.assessment = NULL)                               \
	X("W1", assessment_of_another_casefile, "assessment", t->warn.assessment = "AS-9")                             \
	X("W1", no_warning_where_none_is_called_for, "assessment", t->assessments[1].outcome = ASSESSED_NO_ACTION)     \
	X("W1", advice_is_no_warning, "assessment", t->assessments[1].outcome = ASSESSED_INFORMAL_ADVICE)              \
	X("W1", nobody_is_warned_twice_about_one_thing, "assessment", t->warn.assessment = "AS-1")                     \
	X("ok", warned_anew_after_a_return, NULL, t->warn.assessment = "AS-1";                                         \
		t->notices[0].returned_at = test_time(t, 6, 9))                                                        \
	X("ok", second_tier_after_the_first, NULL, two_tiers(t))                                                       \
	X("ok", left_out_tier_is_the_next, NULL, two_tiers(t); t->warn.tier = NULL)                                    \
	X("W1", left_out_tier_is_the_next_and_its_role_counts, "tier", two_tiers(t); t->warn.tier = NULL;              \
		test_as(t, "manager"))                                                                                 \
	X("W1", second_tier_never_comes_first, "tier", two_tiers(t); t->file.n_warnings = 0)                           \
	X("W1", second_tier_after_a_return, "tier", two_tiers(t); t->notices[0].returned_at = test_time(t, 6, 9))      \
	X("W1", second_tier_before_the_first_was_sent, "tier", two_tiers(t);                                           \
		t->notices[0].delivered_at = INSTANT_NONE)                                                             \
	X("G9", second_tier_needs_behaviour_after_the_first, "assessment", two_tiers(t);                               \
		t->reports[1].happened_at = t->warnings[0].at)

TEST_CASES(warn_cases, WARN_CASES);

static const char *answered = "W-1";
static int answered_day = 4, answered_hour;

static gboolean check_answer(TestFile *t, GError **error)
{
	const char *warning = answered;
	Instant at = test_time(t, answered_day, answered_hour);

	answered = "W-1";
	answered_day = 4;
	return casefile_check_answer(&t->rules, &t->file, warning, at, error);
}

#define ANSWER_CASES(X)                                                                                                \
	X("ok", staff_record_an_answer, NULL, answered_hour = 10; test_as(t, "other-staff"))                           \
	X("ok", answer_at_once, NULL, answered_hour = 9)                                                               \
	X("ok", answer_this_moment, NULL, answered_day = 24; answered_hour = 10)                                       \
	X("W6", job_records_no_answer, NULL, answered_hour = 10; test_as(t, "job:outbox"))                             \
	X("W6", auditor_records_no_answer, NULL, answered_hour = 10; test_as(t, "auditor"))                            \
	X("G1", closed_casefile_takes_no_answer, NULL, answered_hour = 10; t->file.closed_at = t->rules.now)           \
	X("W6", answer_is_to_a_warning, "warning", answered_hour = 10; answered = "W-9")                               \
	X("invalid", answer_comes_after_its_warning, "happened_at", answered_hour = 8)                                 \
	X("invalid", answer_does_not_come_tomorrow, "happened_at", answered_day = 24; answered_hour = 11)

TEST_CASES(answer_cases, ANSWER_CASES);

/* From deemed delivery, by local days; the last one included. */
static void test_days_to_adapt(void)
{
	static const struct {
		const char *delivery;
		int month, day, second;
		Day until;
	} cases[] = {
		{"email", 11, 4, 10 * 3600, 20775}, /* 18 November 2026 */
		{"email", 11, 4, 0, 20775},         /* at midnight: of that day */
		{"post", 11, 4, 86400, 20775},      /* the end of the day is that day's */
		{"post", 11, 4, 10 * 3600, 20775},  /* confirmed late */
		{"by-hand", 10, 24, 86399, 20764},  /* over the change of clocks: 7 November */
	};

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(TestFile) t = test_file_new();
		Day until = DAY_NONE;

		t->notices[0].delivery = cases[i].delivery;
		t->notices[0].delivered_at =
			zone_instant(t->zone, test_day(cases[i].month, cases[i].day), cases[i].second);
		g_assert_true(warning_adapt_until(&t->warnings[0], t->zone, &until));
		g_assert_cmpint(until, ==, cases[i].until);
	}
}

static void test_no_days_run_before_sending(void)
{
	g_autoptr(TestFile) t = test_file_new();
	Day until = 5;

	t->notices[0].returned_at = test_time(t, 6, 9);
	g_assert_false(warning_adapt_until(&t->warnings[0], t->zone, &until));
	t->notices[0].returned_at = INSTANT_NONE;
	t->notices[0].delivered_at = INSTANT_NONE;
	g_assert_false(warning_adapt_until(&t->warnings[0], t->zone, &until));
	g_assert_cmpint(until, ==, 5);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	test_add_cases("warn", check_warn, warn_cases, G_N_ELEMENTS(warn_cases));
	test_add_cases("answer", check_answer, answer_cases, G_N_ELEMENTS(answer_cases));
	g_test_add_func("/W4/days-to-adapt", test_days_to_adapt);
	g_test_add_func("/W4/no-days-run-before-sending", test_no_days_run_before_sending);
	return g_test_run();
}
