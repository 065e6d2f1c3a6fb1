/* Tests of loosen.c: who may vary, lift and end an arrangement, and which letters tell one. */
#include "core/loosen.h"

#include "core/casefile_testing.h"

static VaryInput vary;
static const char *arrangement, *reasons, *about;
static Variation variations[2];
static NoticeState letters[4];

/* The decision's arrangement A-1 is in force. */
static void start(TestFile *t, const char *user_name)
{
	static const RestrictionAsked asked[] = {{.kind = "channels-not"}};

	test_add_dispute(t, FALSE);
	test_as(t, user_name);
	vary = (VaryInput){.arrangement = "A-1",
		.restrictions = asked,
		.n_restrictions = 1,
		.until_on = DAY_NONE,
		.reasons = "They kept to it."};
	arrangement = "A-1";
	reasons = "They kept to it.";
}

/* V-1 made A-2 of it, and its letter N-4 went out; or lifted it. */
static void eased(TestFile *t, const char *kind)
{
	start(t, "staff");
	for (gsize i = 0; i < 3; i++)
		letters[i] = t->notices[i];
	letters[3] = letters[2];
	letters[3].ref = "N-4";
	letters[3].about = "V-1";
	letters[3].made_at = test_time(t, 28, 9);
	t->file.notices = letters;
	t->file.n_notices = 4;
	t->arrangements[0].until = test_time(t, 28, 9);
	t->arrangements[1] = t->arrangements[0];
	t->arrangements[1].ref = "A-2";
	t->arrangements[1].variation = "V-1";
	t->arrangements[1].until = INSTANT_NONE;
	t->file.n_arrangements = g_str_equal(kind, "lift") ? 1 : 2;
	variations[0] = (Variation){.ref = "V-1", .arrangement = "A-1", .kind = kind, .at = test_time(t, 28, 9)};
	variations[0].notice = &letters[3];
	t->file.variations = variations;
	t->file.n_variations = 1;
	about = "V-1";
}

static gboolean check_vary(TestFile *t, GError **error)
{
	Capacity capacity = CAPACITY_NONE;

	if (!casefile_check_vary(&t->rules, &t->file, &vary, &capacity, error))
		return FALSE;
	g_assert_cmpint(capacity, !=, CAPACITY_NONE);
	return TRUE;
}

static gboolean check_lift(TestFile *t, GError **error)
{
	Capacity capacity = CAPACITY_NONE;

	return casefile_check_lift(&t->rules, &t->file, arrangement, reasons, &capacity, error);
}

static gboolean check_end(TestFile *t, GError **error)
{
	return casefile_check_end(&t->rules, &t->file, arrangement, error);
}

static gboolean check_notify(TestFile *t, GError **error)
{
	return casefile_check_notify_end(&t->rules, &t->file, about, error);
}

#define VARYING(...)                                                                                                   \
	start(t, "head");                                                                                              \
	__VA_ARGS__
#define VARY(X)                                                                                                        \
	X("ok", the_head_of_function_may, NULL, VARYING())                                                             \
	X("ok", a_deputy_may, NULL, VARYING(test_as(t, "deputy")))                                                     \
	X("ok", a_stand_in_may, NULL, VARYING(test_as(t, "stand-in")))                                                 \
	X("ok", what_is_decided_and_not_yet_in_force, NULL, VARYING(t->arrangements[0].from = INSTANT_NONE))           \
	X("A1", a_manager_may_not, NULL, VARYING(test_as(t, "manager")))                                               \
	X("A1", another_head_may_not, NULL, VARYING(test_as(t, "other-head")))                                         \
	X("A1", a_job_may_not, NULL, VARYING(test_as(t, "job:outbox")))                                                \
	X("A1", an_auditor_may_not, NULL, VARYING(test_as(t, "auditor")))                                              \
	X("G1", on_a_closed_casefile, NULL, VARYING(t->file.closed_at = t->rules.now))                                 \
	X("G1", no_such_arrangement, "arrangement", VARYING(vary.arrangement = "A-9"))                                 \
	X("G1", none_named, "arrangement", VARYING(vary.arrangement = NULL))                                           \
	X("G1", one_that_ended, "arrangement", VARYING(t->arrangements[0].until = t->rules.now - 1))                   \
	X("G1", one_that_ran_out, "arrangement", VARYING(t->arrangements[0].until_day = test_day(11, 29)))             \
	X("G1", one_that_lapsed, "arrangement",                                                                        \
		VARYING(t->arrangements[0].review_day = test_day(11, 29); t->arrangements[0].review_lapses = TRUE))    \
	X("ok", a_review_that_only_is_overdue, NULL, VARYING(t->arrangements[0].review_day = test_day(11, 29)))        \
	X("L2", while_the_police_are_to_be_told, NULL,                                                                 \
		VARYING(test_add_report(t, "abusive", "violence-threatened", ASSESSED_REQUEST)->violence = TRUE))      \
	X("R8", nothing_left, "restrictions", VARYING(vary.n_restrictions = 0))                                        \
	X("G2", a_last_day_that_is_past, "until_on", VARYING(vary.until_on = test_day(11, 30)))                        \
	X("ok", a_last_day_to_come, NULL, VARYING(vary.until_on = test_day(12, 1)))                                    \
	X("A8", no_reasons, "reasons", VARYING(vary.reasons = NULL))
TEST_CASES(vary_cases, VARY);

#define LIFT(X)                                                                                                        \
	X("ok", lifted_by_the_head, NULL, VARYING())                                                                   \
	X("A1", lifted_by_a_manager, NULL, VARYING(test_as(t, "manager")))                                             \
	X("G1", lifted_twice, "arrangement", VARYING(t->arrangements[0].until = t->rules.now - 1))                     \
	X("G3", lifted_after_its_last_day, "arrangement", VARYING(t->arrangements[0].until_day = test_day(11, 29)))    \
	X("ok", lifted_while_the_police_are_to_be_told, NULL,                                                          \
		VARYING(test_add_report(t, "abusive", "violence-threatened", ASSESSED_REQUEST)->violence = TRUE))      \
	X("A8", lifted_without_reasons, "reasons", VARYING(reasons = ""))
TEST_CASES(lift_cases, LIFT);

#define ENDING(user, ...)                                                                                              \
	start(t, user);                                                                                                \
	t->arrangements[0].until_day = test_day(11, 29);                                                               \
	__VA_ARGS__
#define END(X)                                                                                                         \
	X("ok", a_job_ends_it, NULL, ENDING("job:outbox", (void)t))                                                    \
	X("ok", a_manager_ends_it, NULL, ENDING("manager", (void)t))                                                   \
	X("ok", a_head_ends_it, NULL, ENDING("head", (void)t))                                                         \
	X("ok", a_missed_review_ended_it, NULL,                                                                        \
		ENDING("job:outbox", t->arrangements[0].until_day = DAY_NONE; t->arrangements[0].review_lapses = TRUE; \
			t->arrangements[0].review_day = test_day(11, 29)))                                             \
	X("G3", a_missed_review_that_only_is_flagged, "arrangement",                                                   \
		ENDING("job:outbox", t->arrangements[0].until_day = DAY_NONE;                                          \
			t->arrangements[0].review_day = test_day(11, 29)))                                             \
	X("G3", on_its_last_day, "arrangement", ENDING("job:outbox", t->arrangements[0].until_day = test_day(11, 30))) \
	X("G3", staff_do_not_end_it, NULL, ENDING("staff", (void)t))                                                   \
	X("G3", another_manager_does_not, NULL, ENDING("other-manager", (void)t))                                      \
	X("G3", a_gate_does_not, NULL, ENDING("gate", (void)t))                                                        \
	X("G1", ended_twice, "arrangement", ENDING("job:outbox", t->arrangements[0].until = t->rules.now - 1))
TEST_CASES(end_cases, END);

#define NOTIFY(X)                                                                                                      \
	X("ok", the_letter_came_back, NULL, eased(t, "vary"); letters[3].returned_at = t->rules.now - 1)               \
	X("N1", the_letter_is_under_way, "variation", eased(t, "vary"))                                                \
	X("N1", no_letter_was_made, "variation", eased(t, "vary"); about = "V-9")                                      \
	X("N1", another_function_makes_it, NULL, eased(t, "vary"); letters[3].returned_at = t->rules.now - 1;          \
		test_as(t, "other-manager"))                                                                           \
	X("G1", a_letter_on_a_closed_casefile, NULL, eased(t, "lift"); letters[3].returned_at = t->rules.now - 1;      \
		t->file.closed_at = t->rules.now)
TEST_CASES(notify_cases, NOTIFY);

static void test_told(void)
{
	g_autoptr(TestFile) t = test_file_new();

	eased(t, "vary");
	g_assert_cmpstr(casefile_decision_told(&t->file, &letters[2]), ==, "D-1");
	g_assert_cmpstr(casefile_decision_told(&t->file, &letters[3]), ==, "D-1");
	g_assert_null(casefile_decision_told(&t->file, &letters[0]));
	g_assert_true(notice_tells(&t->file, &letters[2], &t->arrangements[0]));
	g_assert_false(notice_tells(&t->file, &letters[2], &t->arrangements[1]));
	g_assert_true(notice_tells(&t->file, &letters[3], &t->arrangements[1]));
	g_assert_true(decision_is_told(&t->file, "D-1", NULL));
	g_assert_true(decision_is_told(&t->file, "D-1", "N-4"));
	letters[2].returned_at = t->rules.now;
	g_assert_false(decision_is_told(&t->file, "D-1", "N-4"));
	g_assert_true(decision_is_told(&t->file, "D-1", "N-3"));
	letters[3].sent_at = INSTANT_NONE;
	g_assert_false(decision_is_told(&t->file, "D-1", NULL));
}

static void test_known(void)
{
	g_autoptr(TestFile) t = test_file_new();

	start(t, "head");
	g_assert_true(arrangement_is_known(&t->file, &t->arrangements[0]));
	t->arrangements[0].from = INSTANT_NONE;
	g_assert_true(arrangement_is_known(&t->file, &t->arrangements[0]));
	t->notices[2].returned_at = t->rules.now;
	g_assert_false(arrangement_is_known(&t->file, &t->arrangements[0]));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	test_add_cases("vary", check_vary, vary_cases, G_N_ELEMENTS(vary_cases));
	test_add_cases("lift", check_lift, lift_cases, G_N_ELEMENTS(lift_cases));
	test_add_cases("end", check_end, end_cases, G_N_ELEMENTS(end_cases));
	test_add_cases("notify", check_notify, notify_cases, G_N_ELEMENTS(notify_cases));
	g_test_add_func("/N5/which-letters-tell-a-decision", test_told);
	g_test_add_func("/G3/whether-the-customer-knows-of-it", test_known);
	return g_test_run();
}
