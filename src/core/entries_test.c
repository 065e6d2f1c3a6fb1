/* Tests of entries.c: what staff add to a casefile beside its steps. */
#include "core/casefile_testing.h"
#include "core/entries.h"

static Arrangement in_force;
static const char *broken = "A-1";
static int day = 23;

static gboolean check_breach(TestFile *t, GError **error)
{
	const Instant at = test_time(t, day, 9);
	const char *ref = broken;

	broken = "A-1";
	day = 23;
	return casefile_check_breach(&t->rules, &t->file, ref, at, error);
}

/* A-1, in force from 20 November. */
static void arrange(TestFile *t)
{
	in_force = (Arrangement){.ref = "A-1",
		.from = test_time(t, 20, 9),
		.until = INSTANT_NONE,
		.until_day = DAY_NONE,
		.review_day = test_day(12, 31)};
	t->file.arrangements = &in_force;
	t->file.n_arrangements = 1;
	test_as(t, "other-staff");
}

#define BREACH_CASES(X)                                                                                                \
	X("ok", anybody_logs_a_breach, NULL, arrange(t))                                                               \
	X("S5", no_job_logs_a_breach, NULL, arrange(t); test_as(t, "job:outbox"))                                      \
	X("S5", no_auditor_logs_a_breach, NULL, arrange(t); test_as(t, "auditor"))                                     \
	X("G1", closed_casefile_takes_no_breach, NULL, arrange(t); t->file.closed_at = t->rules.now)                   \
	X("S5", arrangement_of_another_casefile, "arrangement", arrange(t); broken = "A-2")                            \
	X("S5", not_yet_in_force_is_not_broken, "arrangement", arrange(t); day = 19)                                   \
	X("S5", decided_alone_is_not_broken, "arrangement", arrange(t); in_force.from = INSTANT_NONE)                  \
	X("S5", ended_is_not_broken, "arrangement", arrange(t); in_force.until = test_time(t, 22, 9))                  \
	X("S5", after_its_last_day_is_not_broken, "arrangement", arrange(t); in_force.until_day = test_day(11, 22))    \
	X("ok", on_its_last_day_is_broken, NULL, arrange(t); in_force.until_day = test_day(11, 23))

TEST_CASES(breach_cases, BREACH_CASES);

static const char *borne_out;

static gboolean check_evidence(TestFile *t, GError **error)
{
	const char *report = borne_out;

	borne_out = NULL;
	return casefile_check_evidence(&t->rules, &t->file, report, error);
}

#define EVIDENCE_CASES(X)                                                                                              \
	X("ok", anybody_attaches_evidence, NULL, test_as(t, "other-staff"))                                            \
	X("ok", evidence_of_a_report, NULL, test_as(t, "other-staff"); borne_out = "R-2")                              \
	X("G4", report_of_another_casefile, "report", test_as(t, "other-staff"); borne_out = "R-9")                    \
	X("G9", no_job_attaches_evidence, NULL, test_as(t, "job:outbox"))                                              \
	X("G1", closed_casefile_takes_no_evidence, NULL, t->file.closed_at = t->rules.now)

TEST_CASES(evidence_cases, EVIDENCE_CASES);

static gboolean check_safety(TestFile *t, GError **error)
{
	return casefile_check_safety(&t->rules, &t->file, error);
}

static void violent(TestFile *t, const char *user)
{
	test_add_report(t, "abusive", "violence-threatened", ASSESSED_REQUEST);
	test_as(t, user);
}

#define SAFETY_CASES(X)                                                                                                \
	X("ok", the_head_approves, NULL, violent(t, "head"))                                                           \
	X("ok", the_deputy_approves, NULL, violent(t, "deputy"))                                                       \
	X("ok", the_stand_in_approves, NULL, violent(t, "stand-in"))                                                   \
	X("L2", a_manager_approves_nothing, NULL, violent(t, "manager"))                                               \
	X("L2", another_head_approves_nothing, NULL, violent(t, "other-head"))                                         \
	X("L2", no_job_approves, NULL, violent(t, "job:outbox"))                                                       \
	X("L2", without_violence_nothing_is_told, NULL, test_as(t, "head"))                                            \
	X("L2", violence_found_none_is_not_told, NULL, violent(t, "head"); t->assessments[2].no_violence = TRUE)       \
	X("ok", violence_not_assessed_yet_is_told, NULL, violent(t, "head"); t->reports[2].assessment = NULL;          \
		t->assessments[2].no_violence = TRUE)                                                                  \
	X("G1", closed_casefile_takes_no_sentence, NULL, violent(t, "head"); t->file.closed_at = t->rules.now)

TEST_CASES(safety_cases, SAFETY_CASES);

static void G9_what_is_entered_after_a_decision_is_known(void)
{
	g_autoptr(TestFile) t = test_file_new();
	const Decision *decision = test_add_decision(t, DECIDED_AS_ASKED, "head", TRUE);

	g_assert_null(casefile_decision_before(&t->file, decision->complete_at - 1));
	g_assert_true(casefile_decision_before(&t->file, decision->complete_at) == decision);
	t->decisions[0].complete_at = INSTANT_NONE;
	g_assert_null(casefile_decision_before(&t->file, t->rules.now));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	test_add_cases("breach", check_breach, breach_cases, G_N_ELEMENTS(breach_cases));
	test_add_cases("evidence", check_evidence, evidence_cases, G_N_ELEMENTS(evidence_cases));
	test_add_cases("safety", check_safety, safety_cases, G_N_ELEMENTS(safety_cases));
	g_test_add_func("/G9/what-is-entered-after-a-decision-is-known", G9_what_is_entered_after_a_decision_is_known);
	return g_test_run();
}
