/* Tests of mending.c: an author strikes or corrects their own entry. */
#include "core/casefile_testing.h"
#include "core/mending.h"

static OwnEntry entry;
static gboolean of_casefile;
static const char *field, *words, *reason;

/* R-3 of 21 November, by `reporter`, not assessed; the pack gives seven days. */
static void fresh(void)
{
	entry = (OwnEntry){.kind = ENTRY_REPORT, .ref = "R-3", .author = "reporter"};
	of_casefile = TRUE;
	field = "what";
	words = "They rang eleven times.";
	reason = "I had counted wrongly.";
}

static void settle(TestFile *t)
{
	t->policy.days.strike_days = 7;
	if (entry.at == 0)
		entry.at = test_time(t, 21, 11);
}

static gboolean check_strike(TestFile *t, GError **error)
{
	gboolean done;

	settle(t);
	done = entry_check_strike(&t->rules, of_casefile ? &t->file : NULL, &entry, reason, error);
	fresh();
	return done;
}

static gboolean check_correct(TestFile *t, GError **error)
{
	gboolean done;

	settle(t);
	done = entry_check_correct(&t->rules, of_casefile ? &t->file : NULL, &entry, field, words, reason, error);
	fresh();
	return done;
}

/* What holds for striking holds for correcting. */
static gboolean check_both(TestFile *t, GError **error)
{
	g_autoptr(GError) other = NULL;
	const Casefile *file;
	gboolean struck, corrected;

	settle(t);
	file = of_casefile ? &t->file : NULL;
	corrected = entry_check_correct(&t->rules, file, &entry, field, words, reason, &other);
	struck = entry_check_strike(&t->rules, file, &entry, reason, error);
	g_assert_cmpint(corrected, ==, struck);
	if (!struck) {
		g_assert_cmpint(other->code, ==, (*error)->code);
		g_assert_cmpstr(evenhand_error_rule(other), ==, evenhand_error_rule(*error));
	}
	fresh();
	return struck;
}

static void kind(EntryKind of, const char *ref)
{
	entry.kind = of;
	entry.ref = ref;
	field = of == ENTRY_ANSWER ? "words" : "what";
	of_casefile = of != ENTRY_CONTACT && of != ENTRY_NEED;
}

static void author(TestFile *t)
{
	test_as(t, "reporter");
}

static void evidence_of(TestFile *t, int day)
{
	author(t);
	kind(ENTRY_EVIDENCE, "EV-1");
	entry.at = test_time(t, day, 9);
}

static void decided(TestFile *t)
{
	test_add_decision(t, DECIDED_AS_ASKED, "head", FALSE);
	author(t);
	kind(ENTRY_ANSWER, "AW-1");
}

#define BOTH_CASES(X)                                                                                                  \
	X("K3", others_leave_it, NULL, test_as(t, "manager"))                                                          \
	X("K3", no_job_mends, NULL, test_as(t, "job:outbox"))                                                          \
	X("conflict", nothing_is_mended_after_it_was_struck, NULL, author(t); entry.struck = TRUE)                     \
	X("ok", on_the_last_day, NULL, author(t); entry.at = test_time(t, 17, 11))                                     \
	X("K3", after_the_packs_days, NULL, author(t); entry.at = test_time(t, 16, 11))                                \
	X("G1", in_a_closed_casefile, NULL, author(t); t->file.closed_at = t->rules.now)                               \
	X("K3", a_reason_is_needed, "reason", author(t); reason = NULL)                                                \
	X("K3", an_assessed_report_stays, NULL, author(t); entry.assessment = "AS-3")                                  \
	X("ok", evidence_before_the_assessment_of_another_report, NULL, evidence_of(t, 22))                            \
	X("K3", evidence_that_an_assessment_rests_on, NULL, evidence_of(t, 19); entry.assessment = "AS-2")             \
	X("ok", evidence_that_came_after_the_assessment, NULL, evidence_of(t, 21); entry.assessment = "AS-2")          \
	X("K3", evidence_that_a_decision_rests_on, NULL, evidence_of(t, 22);                                           \
		test_add_decision(t, DECIDED_AS_ASKED, "head", TRUE))                                                  \
	X("ok", an_answer_before_it_is_decided, NULL, author(t); kind(ENTRY_ANSWER, "AW-1"))                           \
	X("K3", an_answer_that_was_decided_on, NULL, decided(t))                                                       \
	X("ok", a_breach, NULL, author(t); kind(ENTRY_BREACH, "B-1"); field = "staff_did")                             \
	X("ok", a_contact, NULL, author(t); kind(ENTRY_CONTACT, "K-1"))

#define STRIKE_CASES(X)                                                                                                \
	X("ok", author_strikes_their_report, NULL, author(t))                                                          \
	X("K3", what_others_name_stays, NULL, author(t); kind(ENTRY_CONTACT, "K-1"); entry.cited_by = "R-3")           \
	X("K3", the_gates_own_contact_stays, NULL, author(t); kind(ENTRY_CONTACT, "K-1"); entry.by_gate = TRUE)        \
	X("K3", what_the_police_were_told_of_stays, NULL, author(t);                                                   \
		t->referrals[0] = (Referral){.ref = "P-1", .at = test_time(t, 21, 11)}; t->file.n_referrals = 1)       \
	X("ok", told_of_something_else_before, NULL, author(t);                                                        \
		t->referrals[0] = (Referral){.ref = "P-1", .at = test_time(t, 21, 10)}; t->file.n_referrals = 1)       \
	X("B6", a_need_is_not_struck, NULL, author(t); kind(ENTRY_NEED, "NE-1"))

#define CORRECT_CASES(X)                                                                                               \
	X("ok", author_corrects_their_report, NULL, author(t))                                                         \
	X("ok", a_contact_that_others_name, NULL, author(t); kind(ENTRY_CONTACT, "K-1"); entry.cited_by = "R-3")       \
	X("ok", what_they_wrote_to_the_gates_contact, NULL, author(t); kind(ENTRY_CONTACT, "K-1");                     \
		entry.by_gate = TRUE; field = "words")                                                                 \
	X("ok", a_needs_words, NULL, author(t); kind(ENTRY_NEED, "NE-1"); field = "why")                               \
	X("invalid", a_text_it_has_not, "field", author(t); field = "staff_did")                                       \
	X("invalid", what_is_no_text, "field", author(t); field = "violence")                                          \
	X("K3", the_new_words_are_needed, "words", author(t); words = NULL)

TEST_CASES(both_cases, BOTH_CASES);
TEST_CASES(strike_cases, STRIKE_CASES);
TEST_CASES(correct_cases, CORRECT_CASES);

static void kinds_by_reference(void)
{
	EntryKind found;

	g_assert_true(entry_kind("EV-2026-000001", &found) && found == ENTRY_EVIDENCE);
	g_assert_true(entry_kind("NE-2026-000001", &found) && found == ENTRY_NEED);
	g_assert_false(entry_kind("D-2026-000001", &found));
	g_assert_false(entry_kind("N-2026-000001", &found));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	fresh();
	test_add_cases("mend", check_both, both_cases, G_N_ELEMENTS(both_cases));
	test_add_cases("strike", check_strike, strike_cases, G_N_ELEMENTS(strike_cases));
	test_add_cases("correct", check_correct, correct_cases, G_N_ELEMENTS(correct_cases));
	g_test_add_func("/mending/kinds-by-reference", kinds_by_reference);
	return g_test_run();
}
