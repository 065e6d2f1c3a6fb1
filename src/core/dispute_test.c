/* Tests of dispute.c: how a dispute comes in, who may hear it, and what the answer may be. */
#include "core/dispute.h"

#include "core/casefile_testing.h"

static DisputeInput dispute;
static AnswerDisputeInput answer;
static Instant received;
static const char *about;
static const char *const officers[] = {"officer", NULL};

static void start(TestFile *t, gboolean open)
{
	test_add_dispute(t, open);
	dispute = (DisputeInput){.decision = "D-1", .channel = "email", .words = "I never rang fifty times."};
	answer = (AnswerDisputeInput){
		.dispute = "DI-1", .outcome = "still-apply", .reasons = "The calls are on file.", .until_on = DAY_NONE};
	received = test_time(t, 26, 9);
	t->policy.dispute.days_to_answer = 20;
}

static gboolean check_dispute(TestFile *t, GError **error)
{
	Day reply_by = DAY_NONE;

	if (!casefile_check_dispute(&t->rules, &t->file, &dispute, received, &reply_by, error))
		return FALSE;
	g_assert_cmpint(reply_by, ==, zone_day(t->zone, received) + 20);
	return TRUE;
}

static gboolean check_acknowledge(TestFile *t, GError **error)
{
	return casefile_check_acknowledge_dispute(&t->rules, &t->file, about, error);
}

static gboolean check_acknowledge_answer(TestFile *t, GError **error)
{
	return casefile_check_acknowledge_answer(&t->rules, &t->file, about, error);
}

static gboolean check_withdraw(TestFile *t, GError **error)
{
	return casefile_check_withdraw_dispute(&t->rules, &t->file, about, error);
}

static gboolean check_answer(TestFile *t, GError **error)
{
	DisputeOutcome outcome = DISPUTE_OUTCOMES;

	if (!casefile_check_answer_dispute(&t->rules, &t->file, &answer, &outcome, error))
		return FALSE;
	g_assert_cmpstr(dispute_outcome_name(outcome), ==, answer.outcome);
	return TRUE;
}

#define COMING(...)                                                                                                    \
	start(t, FALSE);                                                                                               \
	test_as(t, "staff");                                                                                           \
	__VA_ARGS__

#define DISPUTE_CASES(X)                                                                                               \
	X("ok", disputed, NULL, COMING((void)t))                                                                       \
	X("ok", staff_of_another_function_may_record_it, NULL, COMING(test_as(t, "other-staff")))                      \
	X("D1", job_disputes_nothing, NULL, COMING(test_as(t, "job:outbox")))                                          \
	X("D1", auditor_records_no_dispute, NULL, COMING(test_as(t, "auditor")))                                       \
	X("G1", closed_casefile_takes_no_dispute, NULL, COMING(t->file.closed_at = t->rules.now))                      \
	X("D1", dispute_names_a_decision, "decision", COMING(dispute.decision = NULL))                                 \
	X("D1", dispute_of_another_casefile, "decision", COMING(dispute.decision = "D-9"))                             \
	X("D1", a_refusal_is_not_disputed, "decision", COMING(t->decisions[0].outcome = DECIDED_REFUSED))              \
	X("A1", unsigned_decision_is_not_disputed, "decision", COMING(t->decisions[0].complete_at = INSTANT_NONE))     \
	X("D1", one_open_at_a_time, "decision", COMING(t->file.n_disputes = 1))                                        \
	X("ok", again_after_an_answer, NULL,                                                                           \
		COMING(t->file.n_disputes = 1; t->disputes[0].answered_at = test_time(t, 29, 9)))                      \
	X("ok", again_after_it_was_withdrawn, NULL,                                                                    \
		COMING(t->file.n_disputes = 1; t->disputes[0].withdrawn_at = test_time(t, 29, 9)))                     \
	X("invalid", by_an_unknown_channel, "channel", COMING(dispute.channel = "pigeon"))                             \
	X("D1", without_words, "words", COMING(dispute.words = NULL))                                                  \
	X("invalid", before_the_decision, "happened_at", COMING(received = test_time(t, 24, 8)))                       \
	X("ok", on_the_last_day, NULL, COMING(t->policy.dispute.days_to_lodge = 2))                                    \
	X("D1", late_without_a_reason, "late_reason", COMING(t->policy.dispute.days_to_lodge = 1))                     \
	X("ok", late_with_a_reason, NULL,                                                                              \
		COMING(t->policy.dispute.days_to_lodge = 1; dispute.late_reason = "They were in hospital."))           \
	X("ok", days_do_not_run_without_delivery, NULL,                                                                \
		COMING(t->policy.dispute.days_to_lodge = 1; t->notices[2].delivered_at = INSTANT_NONE))                \
	X("ok", days_stop_where_the_letter_came_back, NULL,                                                            \
		COMING(t->policy.dispute.days_to_lodge = 1; t->notices[2].returned_at = test_time(t, 25, 9)))

TEST_CASES(dispute_cases, DISPUTE_CASES);

#define ABOUT(ref, ...)                                                                                                \
	start(t, TRUE);                                                                                                \
	test_as(t, "staff");                                                                                           \
	about = ref;                                                                                                   \
	__VA_ARGS__

static void add_notice(TestFile *t, const char *kind, const char *of, Instant returned)
{
	t->notices[1] = (NoticeState){.ref = "N-2", .kind = kind, .about = of, .returned_at = returned};
}

#define ACKNOWLEDGE_CASES(X)                                                                                           \
	X("ok", acknowledged, NULL, ABOUT("DI-1", (void)t))                                                            \
	X("ok", officer_acknowledges, NULL, ABOUT("DI-1", test_as(t, "officer")))                                      \
	X("D1", job_acknowledges_nothing, NULL, ABOUT("DI-1", test_as(t, "job:outbox")))                               \
	X("N1", staff_of_another_function_send_no_letter, NULL, ABOUT("DI-1", test_as(t, "other-staff")))              \
	X("D1", no_such_dispute, "dispute", ABOUT("DI-9", (void)t))                                                    \
	X("D1", answered_is_not_acknowledged, "dispute", ABOUT("DI-1", t->disputes[0].answered_at = t->rules.now))     \
	X("D1", withdrawn_is_not_acknowledged, "dispute", ABOUT("DI-1", t->disputes[0].withdrawn_at = t->rules.now))   \
	X("N1", acknowledged_once, "dispute",                                                                          \
		ABOUT("DI-1", add_notice(t, "dispute-acknowledged", "DI-1", INSTANT_NONE)))                            \
	X("ok", acknowledged_anew_where_it_came_back, NULL,                                                            \
		ABOUT("DI-1", add_notice(t, "dispute-acknowledged", "DI-1", test_time(t, 27, 9))))                     \
	X("ok", another_letter_about_it_is_none, NULL,                                                                 \
		ABOUT("DI-1", add_notice(t, "dispute-answered", "DI-1", INSTANT_NONE)))

TEST_CASES(acknowledge_cases, ACKNOWLEDGE_CASES);

static void answered(TestFile *t)
{
	static const CustomerAnswer answers[] = {{.ref = "AW-1", .warning = "W-1"}};

	t->file.answers = answers;
	t->file.n_answers = 1;
}

#define ANSWERED(ref, ...) ABOUT(ref, answered(t); __VA_ARGS__)

#define ACKNOWLEDGE_ANSWER_CASES(X)                                                                                    \
	X("ok", answer_acknowledged, NULL, ANSWERED("AW-1", (void)t))                                                  \
	X("W6", job_acknowledges_no_answer, NULL, ANSWERED("AW-1", test_as(t, "job:outbox")))                          \
	X("W6", no_such_answer, "answer", ANSWERED("AW-2", (void)t))                                                   \
	X("G1", closed_casefile_acknowledges_nothing, NULL, ANSWERED("AW-1", t->file.closed_at = t->rules.now))        \
	X("N1", answer_acknowledged_once, "answer",                                                                    \
		ANSWERED("AW-1", add_notice(t, "answer-acknowledged", "AW-1", INSTANT_NONE)))                          \
	X("N1", staff_elsewhere_send_no_letter, NULL, ANSWERED("AW-1", test_as(t, "other-staff")))

TEST_CASES(acknowledge_answer_cases, ACKNOWLEDGE_ANSWER_CASES);

#define WITHDRAW_CASES(X)                                                                                              \
	X("ok", withdrawn, NULL, ABOUT("DI-1", (void)t))                                                               \
	X("D1", withdrawn_once, "dispute", ABOUT("DI-1", t->disputes[0].withdrawn_at = t->rules.now))                  \
	X("D1", nothing_to_withdraw, "dispute", ABOUT(NULL, (void)t))                                                  \
	X("D1", who_decided_does_not_withdraw_it, NULL, ABOUT("DI-1", test_as(t, "head")))                             \
	X("D1", who_asked_does_not_withdraw_it, NULL, ABOUT("DI-1", test_as(t, "manager")))                            \
	X("D1", gate_withdraws_nothing, NULL, ABOUT("DI-1", test_as(t, "gate")))

TEST_CASES(withdraw_cases, WITHDRAW_CASES);

#define HEARING(...)                                                                                                   \
	start(t, TRUE);                                                                                                \
	test_as(t, "officer");                                                                                         \
	__VA_ARGS__

static void different(TestFile *t)
{
	answer.outcome = "different";
	answer.restrictions = t->asked;
	answer.n_restrictions = 1;
}

#define ANSWER_CASES(X)                                                                                                \
	X("ok", still_apply, NULL, HEARING((void)t))                                                                   \
	X("ok", something_different, NULL, HEARING(different(t)))                                                      \
	X("ok", nothing_any_more, NULL, HEARING(answer.outcome = "ended"))                                             \
	X("ok", who_recorded_the_dispute_may_hear_it, NULL, HEARING(t->disputes[0].by = "officer"))                    \
	X("D1", staff_hear_no_dispute, NULL, HEARING(test_as(t, "staff")))                                             \
	X("D1", a_manager_hears_no_dispute, NULL, HEARING(test_as(t, "second-manager")))                               \
	X("D1", job_hears_no_dispute, NULL, HEARING(test_as(t, "job:outbox")))                                         \
	X("D1", who_asked_does_not_hear_it, NULL, HEARING(t->requests[0].by = "officer"))                              \
	X("D1", who_decided_does_not_hear_it, NULL, HEARING(t->signatures[0].user_name = "officer"))                   \
	X("D1", the_second_signature_counts_too, NULL,                                                                 \
		HEARING(t->signatures[1] = (Signature){.user_name = "officer"}; t->decisions[0].n_signatures = 2))     \
	X("G8", who_reported_does_not_hear_it, NULL, HEARING(t->reports[0].reporter = "officer"))                      \
	X("G8", a_target_does_not_hear_it, NULL, HEARING(t->reports[1].targets = officers))                            \
	X("G8", who_did_something_before_does_not_hear_it, NULL, HEARING(t->disputes[0].acted_before = officers))      \
	X("D1", no_dispute_of_that_name, "dispute", HEARING(answer.dispute = "DI-9"))                                  \
	X("D1", answered_once, "dispute", HEARING(t->disputes[0].answered_at = t->rules.now))                          \
	X("D1", withdrawn_is_not_answered, "dispute", HEARING(t->disputes[0].withdrawn_at = t->rules.now))             \
	X("invalid", unknown_outcome, "outcome", HEARING(answer.outcome = "maybe"))                                    \
	X("D2", reasons_are_given, "reasons", HEARING(answer.reasons = NULL))                                          \
	X("D2", different_says_what_applies, "restrictions", HEARING(different(t); answer.n_restrictions = 0))         \
	X("G2", last_day_lies_ahead, "until_on", HEARING(different(t); answer.until_on = test_day(11, 30)))            \
	X("ok", last_day_is_tomorrow, NULL, HEARING(different(t); answer.until_on = test_day(12, 1)))                  \
	X("invalid", restrictions_belong_to_different, "restrictions",                                                 \
		HEARING(different(t); answer.outcome = "still-apply"))                                                 \
	X("invalid", last_day_belongs_to_different, "until_on", HEARING(answer.until_on = test_day(12, 9)))            \
	X("invalid", agreement_belongs_to_different, "agreement", HEARING(answer.agreement = "By phone."))             \
	X("D2", what_was_ended_does_not_still_apply, "outcome", HEARING(t->arrangements[0].until = t->rules.now))      \
	X("D2", what_was_ended_is_not_changed, "outcome",                                                              \
		HEARING(different(t); t->arrangements[0].until = t->rules.now))                                        \
	X("D2", what_ran_out_does_not_still_apply, "outcome",                                                          \
		HEARING(t->arrangements[0].until_day = test_day(11, 29)))                                              \
	X("ok", it_applies_on_its_last_day, NULL, HEARING(t->arrangements[0].until_day = test_day(11, 30)))            \
	X("ok", what_was_ended_is_answered_with_ended, NULL,                                                           \
		HEARING(answer.outcome = "ended"; t->arrangements[0].until = t->rules.now))                            \
	X("ok", the_newest_arrangement_counts, NULL,                                                                   \
		HEARING(t->arrangements[1] = t->arrangements[0]; t->arrangements[0].until = t->rules.now;              \
			t->file.n_arrangements = 2))

TEST_CASES(answer_cases, ANSWER_CASES);

static void D2_less_never_more(void)
{
	const Easing nowhere = {.milder = "by phone"}, same = {0},
		     both = {.severer = "by e-mail", .severer_at = "restrictions/0", .milder = "by phone"},
		     only = {.severer = "by e-mail is open", .severer_at = "restrictions/1/channels"};
	g_autoptr(GError) error = NULL;

	g_assert_true(dispute_check_course(&nowhere, NULL, NULL));
	g_assert_true(dispute_check_course(&same, NULL, NULL));
	g_assert_true(dispute_check_course(&both, "By phone on 27 November.", NULL));
	g_assert_false(dispute_check_course(&only, "By phone on 27 November.", &error));
	g_assert_cmpstr(evenhand_error_rule(error), ==, "D2");
	g_assert_cmpstr(evenhand_error_field(error), ==, "restrictions/1/channels");
	g_assert_cmpstr(error->message, ==, "By e-mail is open. The answer to a dispute may be less, never more.");
	g_clear_error(&error);
	g_assert_false(dispute_check_course(&both, NULL, &error));
	g_assert_cmpstr(evenhand_error_rule(error), ==, "D2");
	g_assert_cmpstr(evenhand_error_field(error), ==, "agreement");
}

static void D3_overdue_from_the_day_after(void)
{
	Dispute row = {.reply_by = 100, .withdrawn_at = INSTANT_NONE, .answered_at = INSTANT_NONE};

	g_assert_false(dispute_is_overdue(&row, 100));
	g_assert_true(dispute_is_overdue(&row, 101));
	row.answered_at = 1;
	g_assert_false(dispute_is_overdue(&row, 101));
	row.answered_at = INSTANT_NONE;
	row.withdrawn_at = 1;
	g_assert_false(dispute_is_overdue(&row, 101));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	test_add_cases("dispute", check_dispute, dispute_cases, G_N_ELEMENTS(dispute_cases));
	test_add_cases("acknowledge", check_acknowledge, acknowledge_cases, G_N_ELEMENTS(acknowledge_cases));
	test_add_cases("acknowledge-answer", check_acknowledge_answer, acknowledge_answer_cases,
		G_N_ELEMENTS(acknowledge_answer_cases));
	test_add_cases("withdraw", check_withdraw, withdraw_cases, G_N_ELEMENTS(withdraw_cases));
	test_add_cases("answer", check_answer, answer_cases, G_N_ELEMENTS(answer_cases));
	g_test_add_func("/D2/less-never-more", D2_less_never_more);
	g_test_add_func("/D3/overdue-from-the-day-after", D3_overdue_from_the_day_after);
	return g_test_run();
}
