/* Tests of closing.c: what keeps a casefile open, and as what it may be closed. */
#include "core/closing.h"

#include "core/casefile_testing.h"

static const char *outcome, *words;
static Variation variations[1];
static NoticeState letters[4];

/* Lifted by V-1, whose letter N-4 went out. */
static void lifted(TestFile *t)
{
	test_add_dispute(t, FALSE);
	test_as(t, "manager");
	for (gsize i = 0; i < 3; i++)
		letters[i] = t->notices[i];
	letters[3] = letters[2];
	letters[3].ref = "N-4";
	letters[3].kind = "ended";
	letters[3].about = "V-1";
	t->file.notices = letters;
	t->file.n_notices = 4;
	t->arrangements[0].until = test_time(t, 28, 9);
	variations[0] = (Variation){.ref = "V-1", .arrangement = "A-1", .kind = "lift", .at = test_time(t, 28, 9)};
	t->file.variations = variations;
	t->file.n_variations = 1;
	outcome = "ended";
	words = "All is quiet.";
}

/* Warned, and quiet since. */
static void quiet(TestFile *t)
{
	test_without_request(t);
	test_as(t, "manager");
	t->file.notices = t->notices;
	t->file.n_notices = 1;
	outcome = "warning-sufficed";
	words = "All is quiet.";
}

/* Answered with 'ended' in dispute DI-1. */
static void overturned(TestFile *t)
{
	lifted(t);
	test_add_dispute(t, TRUE);
	test_as(t, "manager");
	t->file.notices = letters;
	t->file.n_notices = 4;
	t->arrangements[0].until = test_time(t, 28, 9);
	t->disputes[0].answered_at = test_time(t, 28, 9);
	variations[0].kind = "dispute";
	variations[0].dispute = "DI-1";
	letters[3].kind = "dispute-answered";
	letters[3].about = "DI-1";
	outcome = "overturned";
}

static gboolean check(TestFile *t, GError **error)
{
	ClosedOutcome closed = CLOSED_OUTCOMES;

	if (!casefile_check_close(&t->rules, &t->file, outcome, words, &closed, error))
		return FALSE;
	g_assert_cmpstr(closed_name(closed), ==, outcome);
	return TRUE;
}

#define CLOSE(X)                                                                                                       \
	X("ok", lifted_and_told, NULL, lifted(t))                                                                      \
	X("ok", warned_and_quiet, NULL, quiet(t))                                                                      \
	X("ok", ended_by_a_dispute, NULL, overturned(t))                                                               \
	X("G3", staff_do_not_close_it, NULL, lifted(t); test_as(t, "staff"))                                           \
	X("G3", another_manager_does_not_close_it, NULL, lifted(t); test_as(t, "other-manager"))                       \
	X("G3", a_job_does_not_close_it, NULL, lifted(t); test_as(t, "job:outbox"))                                    \
	X("G1", closed_twice, NULL, lifted(t); t->file.closed_at = t->rules.now)                                       \
	X("L2", the_police_are_to_be_told, NULL, quiet(t);                                                             \
		test_add_report(t, "abusive", "violence-threatened", ASSESSED_NO_ACTION)->violence = TRUE)             \
	X("G3", a_report_is_not_assessed, NULL, quiet(t);                                                              \
		test_add_report(t, "persistent", "same-issue", ASSESSED_OUTCOMES))                                     \
	X("G3", a_request_is_open, NULL, quiet(t); t->file.n_requests = 1)                                             \
	X("G3", a_dispute_is_open, NULL, overturned(t); t->disputes[0].answered_at = INSTANT_NONE)                     \
	X("G3", an_arrangement_is_in_force, NULL, lifted(t); t->arrangements[0].until = INSTANT_NONE)                  \
	X("G3", an_arrangement_is_to_come, NULL, lifted(t); t->arrangements[0].until = INSTANT_NONE;                   \
		t->arrangements[0].from = INSTANT_NONE)                                                                \
	X("G3", its_end_was_not_told, NULL, lifted(t); t->file.n_notices = 3)                                          \
	X("G3", the_letter_has_not_gone_out, NULL, lifted(t); letters[3].sent_at = INSTANT_NONE)                       \
	X("G3", the_letter_came_back, NULL, lifted(t); letters[3].returned_at = t->rules.now)                          \
	X("ok", nobody_was_told_of_it, NULL, lifted(t); t->file.n_notices = 3; t->arrangements[0].from = INSTANT_NONE; \
		letters[2].returned_at = t->rules.now)                                                                 \
	X("G3", the_warning_is_still_to_be_sent, NULL, quiet(t); t->notices[0].sent_at = INSTANT_NONE)                 \
	X("ok", a_decisions_letter_that_nobody_needs, NULL, lifted(t); letters[2].sent_at = INSTANT_NONE)              \
	X("invalid", no_outcome, "outcome", lifted(t); outcome = NULL)                                                 \
	X("G3", not_as_a_warning_that_sufficed, "outcome", lifted(t); outcome = "warning-sufficed")                    \
	X("G3", not_as_no_action, "outcome", lifted(t); outcome = "no-action")                                         \
	X("G3", not_as_overturned, "outcome", lifted(t); outcome = "overturned")                                       \
	X("G3", not_as_ended, "outcome", quiet(t); outcome = "ended")                                                  \
	X("G3", not_as_refused, "outcome", quiet(t); outcome = "refused")                                              \
	X("G3", not_as_advice, "outcome", quiet(t); outcome = "advice-sufficed")                                       \
	X("G3", no_words, "words", lifted(t); words = "")
TEST_CASES(close_cases, CLOSE);

static void test_nothing_followed(void)
{
	g_autoptr(TestFile) t = test_file_new();

	quiet(t);
	g_assert_true(casefile_nothing_followed(&t->file));
	t->notices[0].returned_at = t->rules.now;
	g_assert_false(casefile_nothing_followed(&t->file));
	t->notices[0].returned_at = INSTANT_NONE;
	lifted(t);
	g_assert_false(casefile_nothing_followed(&t->file));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	test_add_cases("close", check, close_cases, G_N_ELEMENTS(close_cases));
	g_test_add_func("/G3/whether-nothing-followed-a-warning", test_nothing_followed);
	return g_test_run();
}
