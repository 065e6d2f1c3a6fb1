/* Tests of notify.c. */
#include "core/casefile_testing.h"

static gboolean check_notify(TestFile *t, GError **error)
{
	if (t->file.n_decisions == 0)
		test_add_decision(t, DECIDED_AS_ASKED, "head", TRUE);
	return casefile_check_notify(&t->rules, &t->file, "D-1", error);
}

static void told(TestFile *t)
{
	test_add_decision(t, DECIDED_AS_ASKED, "head", TRUE)->notice = &t->notices[1];
}

#define NOTIFY_CASES(X)                                                                                                \
	X("ok", staff_make_the_notice, NULL, test_as(t, "staff"))                                                      \
	X("N1", job_makes_no_notice, NULL, test_as(t, "job:outbox"))                                                   \
	X("N1", other_function_makes_no_notice, NULL, test_as(t, "other-manager"))                                     \
	X("G1", closed_casefile_takes_no_notice, NULL, t->file.closed_at = t->rules.now)                               \
	X("N1", notice_is_about_a_decision, "decision",                                                                \
		test_add_decision(t, DECIDED_AS_ASKED, "head", TRUE)->ref = "D-2")                                     \
	X("N1", refusal_arranges_nothing, "decision", test_add_decision(t, DECIDED_REFUSED, "head", TRUE))             \
	X("A1", unsigned_decision_is_not_told, "decision", test_add_decision(t, DECIDED_AS_ASKED, "head", FALSE))      \
	X("N1", nobody_is_told_twice, "decision", told(t))                                                             \
	X("ok", told_anew_after_a_return, NULL, told(t); t->notices[1].returned_at = test_time(t, 24, 9))

TEST_CASES(notify_cases, NOTIFY_CASES);

/* N-2, made on 4 November at 9; what is done with it, and when. */
static const char *how;
static int day, hour;

static void unsent(TestFile *t, const char *delivery, const char *done, int on, int at)
{
	t->notices[1].sent_at = t->notices[1].delivered_at = INSTANT_NONE;
	t->notices[1].delivery = delivery;
	how = done;
	day = on;
	hour = at;
}

/* Went out by e-mail on 4 November at 10. */
static void sent(TestFile *t, const char *done, int on)
{
	how = done;
	day = on;
	hour = 10;
	t->notices[1].ref = "N-2";
}

static gboolean check_confirm(TestFile *t, GError **error)
{
	Instant delivered = 5;
	gboolean done =
		notice_check_confirm(&t->rules, &t->notices[1], how, test_time(t, day, hour), &delivered, error);

	g_assert_true(done || delivered == 5);
	return done;
}

#define CONFIRM_CASES(X)                                                                                               \
	X("ok", job_confirms_what_was_accepted, NULL, unsent(t, "email", "accepted", 4, 10); test_as(t, "job:outbox")) \
	X("ok", staff_confirm_what_was_posted, NULL, unsent(t, "post", "posted", 4, 10); test_as(t, "staff"))          \
	X("ok", completed_task, NULL, unsent(t, "task", "completed", 4, 10))                                           \
	X("ok", letter_handed_over, NULL, unsent(t, "post", "handed-over", 4, 10))                                     \
	X("ok", mail_read_out, NULL, unsent(t, "email", "read-out", 4, 10))                                            \
	X("N5", gate_confirms_nothing, NULL, unsent(t, "email", "accepted", 4, 10); test_as(t, "gate"))                \
	X("N5", auditor_confirms_nothing, NULL, unsent(t, "email", "accepted", 4, 10); test_as(t, "auditor"))          \
	X("invalid", unknown_way_of_sending, "how", unsent(t, "email", "shouted", 4, 10))                              \
	X("N5", mail_is_not_posted, "how", unsent(t, "email", "posted", 4, 10))                                        \
	X("N5", letter_is_not_accepted_by_a_server, "how", unsent(t, "post", "accepted", 4, 10))                       \
	X("N5", letter_is_no_task, "how", unsent(t, "post", "completed", 4, 10))                                       \
	X("invalid", sent_after_it_was_made, "happened_at", unsent(t, "email", "accepted", 4, 8))                      \
	X("invalid", sent_not_later_than_now, "happened_at", unsent(t, "email", "accepted", 24, 11))                   \
	X("ok", sent_as_it_was_made, NULL, unsent(t, "email", "accepted", 4, 9))                                       \
	X("ok", sent_this_moment, NULL, unsent(t, "email", "accepted", 24, 10))                                        \
	X("N5", gate_machine_confirms_nothing, NULL, unsent(t, "email", "accepted", 4, 10);                            \
		test_as(t, "gate-machine"))                                                                            \
	X("N5", confirmed_once, NULL, sent(t, "accepted", 5))                                                          \
	X("ok", mail_that_bounced, NULL, sent(t, "returned", 5); test_as(t, "job:outbox"))                             \
	X("invalid", nothing_returns_before_it_was_sent, "happened_at", sent(t, "returned", 3))                        \
	X("ok", mail_that_no_server_takes, NULL, unsent(t, "email", "returned", 4, 10))                                \
	X("N5", returned_once, NULL, sent(t, "returned", 6); t->notices[1].returned_at = test_time(t, 5, 9))           \
	X("ok", read_out_after_a_return, NULL, sent(t, "read-out", 6); t->notices[1].returned_at = test_time(t, 5, 9)) \
	X("invalid", sent_anew_after_its_return, "happened_at", sent(t, "read-out", 4);                                \
		t->notices[1].returned_at = test_time(t, 5, 9))                                                        \
	X("bug", unknown_delivery, NULL, unsent(t, "pigeon", "accepted", 4, 10))

TEST_CASES(confirm_cases, CONFIRM_CASES);

/* The moment; by post the end of the second working day; never before now. Posted at 10 on a day, told on another. */
static void test_deemed_delivery(void)
{
	static const struct {
		const char *delivery, *done;
		int on, now, delivered, delivered_hour;
	} cases[] = {
		{"email", "accepted", 6, 6, 6, 10},
		{"email", "accepted", 6, 9, 9, 10}, /* nothing starts before its confirmation is recorded */
		{"by-hand", "handed-over", 6, 6, 6, 10},
		{"read-out", "read-out", 6, 6, 6, 10},
		{"task", "completed", 6, 6, 6, 10},
		{"post", "posted", 4, 4, 6, 24},   /* Wednesday: Friday */
		{"post", "posted", 5, 5, 10, 24},  /* Thursday, and the 9th is closed: Tuesday */
		{"post", "posted", 4, 16, 16, 10}, /* told late */
		{"post", "handed-over", 4, 4, 4, 10},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(TestFile) t = test_file_new();
		Day closed = test_day(11, 9);
		Instant delivered = INSTANT_NONE;

		t->policy.organisation.closed_days = &closed;
		t->policy.organisation.n_closed_days = 1;
		t->rules.now = test_time(t, cases[i].now, 10);
		unsent(t, cases[i].delivery, cases[i].done, cases[i].on, 10);
		g_assert_true(notice_check_confirm(
			&t->rules, &t->notices[1], how, test_time(t, day, hour), &delivered, NULL));
		g_assert_cmpint(delivered, ==, test_time(t, cases[i].delivered, cases[i].delivered_hour));
	}
}

static void test_a_return_delivers_nothing(void)
{
	g_autoptr(TestFile) t = test_file_new();
	Instant delivered = 5;

	g_assert_true(
		notice_check_confirm(&t->rules, &t->notices[1], "returned", test_time(t, 5, 10), &delivered, NULL));
	g_assert_cmpint(delivered, ==, INSTANT_NONE);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	test_add_cases("notify", check_notify, notify_cases, G_N_ELEMENTS(notify_cases));
	test_add_cases("confirm", check_confirm, confirm_cases, G_N_ELEMENTS(confirm_cases));
	g_test_add_func("/N5/deemed-delivery", test_deemed_delivery);
	g_test_add_func("/N5/a-return-delivers-nothing", test_a_return_delivers_nothing);
	return g_test_run();
}
