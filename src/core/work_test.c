/* Tests of work.c: who deals with owned work, who hands it on, and what a manager follows up. */
#include "core/casefile_testing.h"
#include "core/work.h"

static Work work;
static const char *outcome, *words, *to;
static FollowUp about;

static void fresh(void)
{
	work = (Work){.kind = WORK_ITEM, .ref = "I-1", .function = "casework"};
	outcome = "nothing-new";
	words = "The same letter as last week.";
	to = "staff";
	about = (FollowUp){.ref = "K-1", .function = "casework", .by = "staff", .ended_call = TRUE, .calls_for = TRUE};
}

static gboolean check_deal(TestFile *t, GError **error)
{
	const gboolean done = work_check_deal(&t->rules, &work, outcome, words, error);

	fresh();
	return done;
}

#define DEAL_CASES(X)                                                                                                  \
	X("ok", whose_function_has_it_deals_with_it, NULL, test_as(t, "staff"))                                        \
	X("G6", another_function_leaves_it, NULL, test_as(t, "other-staff"))                                           \
	X("ok", what_came_to_the_organisation_is_anybodys, NULL, test_as(t, "other-staff"); work.function = NULL)      \
	X("ok", its_owner_deals_with_it, NULL, test_as(t, "other-staff"); work.owner = "other-staff")                  \
	X("G6", what_has_an_owner_is_theirs, NULL, test_as(t, "staff"); work.owner = "manager")                        \
	X("G6", no_job_ends_an_item, NULL, test_as(t, "job:outbox"))                                                   \
	X("G6", no_auditor_ends_an_item, NULL, test_as(t, "auditor"))                                                  \
	X("conflict", nothing_ends_twice, NULL, test_as(t, "staff"); work.done = TRUE)                                 \
	X("G6", nothing_ends_without_an_outcome, "outcome", test_as(t, "staff"); outcome = NULL)                       \
	X("G6", outcomes_are_a_closed_list, "outcome", test_as(t, "staff"); outcome = "binned")                        \
	X("G6", nothing_ends_without_words, "words", test_as(t, "staff"); words = NULL)

TEST_CASES(deal_cases, DEAL_CASES);

static const char *assigned_by;

static gboolean check_assign(TestFile *t, GError **error)
{
	const Actor *receiver;
	gboolean done;

	test_as(t, to);
	receiver = t->rules.actor;
	test_as(t, assigned_by != NULL ? assigned_by : "manager");
	t->policy.days_to_assess = 5;
	done = work_check_assign(&t->rules, &work, receiver, error);
	assigned_by = NULL;
	fresh();
	return done;
}

/* R-1, recorded so many days before the present (24 November); one other manager is there. */
static void report(TestFile *t, int days_ago)
{
	work = (Work){.kind = WORK_REPORT,
		.ref = "R-1",
		.function = "casework",
		.reporter = "manager",
		.since = test_time(t, 24 - days_ago, 9),
		.managers = 1};
	to = "second-manager";
	assigned_by = "head";
}

#define ASSIGN_CASES(X)                                                                                                \
	X("ok", manager_hands_an_item_on, NULL, (void)t)                                                               \
	X("ok", head_hands_an_item_on, NULL, assigned_by = "head")                                                     \
	X("ok", stand_in_hands_an_item_on, NULL, assigned_by = "stand-in")                                             \
	X("G6", staff_do_not_hand_items_on, NULL, assigned_by = "staff")                                               \
	X("G6", other_manager_does_not_hand_on, NULL, assigned_by = "other-manager")                                   \
	X("ok", any_manager_hands_on_what_is_anybodys, NULL, assigned_by = "other-manager"; work.function = NULL)      \
	X("G6", items_stay_in_their_function, "to", to = "other-staff")                                                \
	X("G6", no_item_goes_to_an_auditor, "to", to = "auditor"; work.function = NULL)                                \
	X("conflict", what_is_done_is_not_handed_on, NULL, work.done = TRUE)                                           \
	X("N1", staff_do_not_hand_on_others_letters, NULL, work.kind = WORK_NOTICE; work.owner = "manager";            \
		assigned_by = "staff"; to = "reporter")                                                                \
	X("ok", its_owner_hands_a_letter_on, NULL, work.kind = WORK_NOTICE; work.owner = "staff";                      \
		assigned_by = "staff"; to = "reporter")                                                                \
	X("D1", managers_name_nobody_for_a_dispute, NULL, work.kind = WORK_DISPUTE)                                    \
	X("ok", head_names_an_assessor, NULL, report(t, 1))                                                            \
	X("S3", nobody_is_named_for_their_own_report, "to", report(t, 1); to = "manager")                              \
	X("S3", staff_assess_nothing, "to", report(t, 1); to = "staff")                                                \
	X("S3", elsewhere_waits_while_one_here_may, "to", report(t, 1); to = "other-manager")                          \
	X("S3", elsewhere_waits_to_the_end_of_the_days, "to", report(t, 5); to = "other-manager")                      \
	X("ok", elsewhere_after_the_days, NULL, report(t, 6); to = "other-manager")                                    \
	X("ok", elsewhere_where_nobody_here_may, NULL, report(t, 1); work.managers = 0; to = "other-manager")          \
	X("S3", only_the_head_names_elsewhere, "to", report(t, 6); work.managers = 0; to = "other-manager";            \
		assigned_by = "second-manager")                                                                        \
	X("ok", the_deputy_names_elsewhere, NULL, report(t, 6); to = "other-manager"; assigned_by = "deputy")

TEST_CASES(assign_cases, ASSIGN_CASES);

static gboolean check_follow_up(TestFile *t, GError **error)
{
	const gboolean done = work_check_follow_up(&t->rules, &about, error);

	fresh();
	return done;
}

static void welfare(void)
{
	about = (FollowUp){.ref = "R-1", .function = "casework", .by = "reporter", .calls_for = TRUE};
}

#define FOLLOW_UP_CASES(X)                                                                                             \
	X("ok", manager_follows_an_ended_call_up, NULL, (void)t)                                                       \
	X("ok", head_follows_an_ended_call_up, NULL, test_as(t, "head"))                                               \
	X("S2", staff_follow_nothing_up, NULL, test_as(t, "reporter"))                                                 \
	X("S2", other_manager_follows_nothing_up, NULL, test_as(t, "other-manager"))                                   \
	X("S2", nobody_follows_their_own_call_up, NULL, about.by = "manager")                                          \
	X("S2", what_was_not_ended, "about", about.calls_for = FALSE)                                                  \
	X("ok", manager_follows_a_welfare_mark_up, NULL, welfare())                                                    \
	X("S4", nobody_follows_their_own_welfare_up, NULL, welfare(); about.by = "manager")                            \
	X("S4", no_mark_no_follow_up, "about", welfare(); about.calls_for = FALSE)                                     \
	X("S4", no_job_follows_up, NULL, welfare(); test_as(t, "job:outbox"))

TEST_CASES(follow_up_cases, FOLLOW_UP_CASES);

static gboolean check_assess(TestFile *t, GError **error)
{
	return casefile_check_assess(&t->rules, &t->file, &t->assess, error);
}

static void named(TestFile *t, const char *user)
{
	test_add_report(t, "persistent", "same-issue", ASSESSED_OUTCOMES);
	t->reports[2].named = user;
	test_as(t, "other-manager");
}

#define NAMED_CASES(X)                                                                                                 \
	X("ok", who_was_named_assesses, NULL, named(t, "other-manager"))                                               \
	X("S3", who_was_not_named_does_not, NULL, named(t, "stand-in"))                                                \
	X("S3", who_was_named_assesses_that_alone, NULL, named(t, "other-manager"); t->reports[1].assessment = NULL;   \
		t->list[0] = "R-3"; t->list[1] = "R-2"; t->list[2] = NULL; t->assess.reports = t->list)                \
	X("S3", naming_staff_gives_no_right, NULL, named(t, "staff"); test_as(t, "staff"))

TEST_CASES(named_cases, NAMED_CASES);

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	fresh();
	test_add_cases("deal", check_deal, deal_cases, G_N_ELEMENTS(deal_cases));
	test_add_cases("assign", check_assign, assign_cases, G_N_ELEMENTS(assign_cases));
	test_add_cases("follow-up", check_follow_up, follow_up_cases, G_N_ELEMENTS(follow_up_cases));
	test_add_cases("named", check_assess, named_cases, G_N_ELEMENTS(named_cases));
	return g_test_run();
}
