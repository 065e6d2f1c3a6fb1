/* Tests of casefile.c and actor.c. */
#include "core/casefile_testing.h"

static void test_names_go_both_ways(void)
{
	for (int i = 0; i < ASSESSED_OUTCOMES; i++) {
		AssessedOutcome outcome;

		g_assert_true(assessed_parse(assessed_name((AssessedOutcome)i), &outcome));
		g_assert_cmpint(outcome, ==, i);
	}
	for (int i = 0; i < REQUEST_STATES; i++) {
		RequestState state;

		g_assert_true(request_state_parse(request_state_name((RequestState)i), &state));
		g_assert_cmpint(state, ==, i);
	}
	for (int i = 0; i < DECIDED_OUTCOMES; i++) {
		DecidedOutcome outcome = DECIDED_RETURNED;

		g_assert_true(decided_parse(decided_name((DecidedOutcome)i), &outcome));
		g_assert_cmpint(outcome, ==, i);
		g_assert_false(decided_parse(NULL, &outcome));
		g_assert_false(decided_parse("maybe", &outcome));
		g_assert_cmpint(outcome, ==, i);
	}
	g_assert_cmpstr(capacity_name(CAPACITY_HEAD), ==, "head");
	g_assert_cmpstr(capacity_name(CAPACITY_DEPUTY), ==, "deputy");
	g_assert_cmpstr(capacity_name(CAPACITY_STAND_IN), ==, "stand-in");
}

static void test_look_ups(void)
{
	g_autoptr(TestFile) t = test_file_new();

	test_add_decision(t, DECIDED_AS_ASKED, "head", FALSE);
	g_assert_true(casefile_report(&t->file, "R-2") == &t->reports[1]);
	g_assert_null(casefile_report(&t->file, "R-3"));
	g_assert_null(casefile_report(&t->file, NULL));
	g_assert_true(casefile_assessment(&t->file, "AS-2") == &t->assessments[1]);
	g_assert_true(casefile_warning(&t->file, "W-1") == &t->warnings[0]);
	g_assert_true(casefile_request(&t->file, "Q-1") == &t->requests[0]);
	g_assert_true(casefile_decision(&t->file, "D-1") == &t->decisions[0]);
	g_assert_true(casefile_open_request(&t->file) == &t->requests[0]);
	g_assert_true(casefile_unsigned_decision(&t->file, "Q-1") == &t->decisions[0]);
	g_assert_null(casefile_unsigned_decision(&t->file, "Q-2"));
	t->decisions[0].complete_at = t->rules.now;
	g_assert_null(casefile_unsigned_decision(&t->file, "Q-1"));
	t->requests[0].state = REQUEST_AUTHORISED;
	g_assert_null(casefile_open_request(&t->file));
}

static void test_decided_without_warning(void)
{
	g_autoptr(TestFile) t = test_file_new();
	const Decision *decision = test_add_decision(t, DECIDED_AS_ASKED, "head", TRUE);

	g_assert_false(decision_without_warning(&t->file, decision));
	test_without_warning(t);
	g_assert_true(decision_without_warning(&t->file, decision));
}

/* Who holds what, and where: NULL is anywhere. */
static void test_rights(void)
{
	static const struct {
		const char *user_name, *function;
		gboolean manager, belongs, works;
		const char *only;
	} cases[] = {
		{"manager", "casework", TRUE, TRUE, TRUE, "casework"},
		{"manager", "finance", FALSE, FALSE, TRUE, "casework"},
		{"manager", NULL, TRUE, TRUE, TRUE, "casework"},
		{"staff", "casework", FALSE, TRUE, TRUE, "casework"},
		{"manager-and-head", "casework", TRUE, TRUE, TRUE, "casework"},
		{"two-functions", "finance", FALSE, TRUE, TRUE, NULL},
		{"everywhere", "finance", FALSE, TRUE, TRUE, NULL},
		{"also-everywhere", "finance", FALSE, TRUE, TRUE, "casework"},
		{"also-auditor", "finance", FALSE, FALSE, TRUE, "casework"},
		{"gate", "casework", TRUE, TRUE, FALSE, NULL},
		{"auditor", "casework", FALSE, FALSE, FALSE, NULL},
		{"administrator", "casework", FALSE, FALSE, FALSE, NULL},
		{"job:outbox", "casework", TRUE, TRUE, FALSE, NULL},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(TestFile) t = test_file_new();

		test_as(t, cases[i].user_name);
		g_assert_cmpint(actor_has(t->rules.actor, ROLE_MANAGER, cases[i].function), ==, cases[i].manager);
		g_assert_cmpint(actor_belongs(t->rules.actor, cases[i].function), ==, cases[i].belongs);
		g_assert_cmpint(actor_works_cases(t->rules.actor), ==, cases[i].works);
		g_assert_cmpstr(actor_only_function(t->rules.actor), ==, cases[i].only);
	}
}

static void test_capacity(void)
{
	static const struct {
		const char *user_name;
		int capacity;
	} cases[] = {{"head", CAPACITY_HEAD}, {"deputy", CAPACITY_DEPUTY}, {"stand-in", CAPACITY_STAND_IN},
		{"other-head", CAPACITY_NONE}, {"manager", CAPACITY_NONE}, {"manager-named-stand-in", CAPACITY_NONE},
		{"job:outbox", CAPACITY_NONE}, {"gate", CAPACITY_NONE}};

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(TestFile) t = test_file_new();

		test_as(t, cases[i].user_name);
		g_assert_cmpint(actor_capacity(t->rules.actor, &t->policy, "casework"), ==, cases[i].capacity);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/casefile/names-go-both-ways", test_names_go_both_ways);
	g_test_add_func("/casefile/look-ups", test_look_ups);
	g_test_add_func("/W5/decided-without-warning", test_decided_without_warning);
	g_test_add_func("/A1/rights", test_rights);
	g_test_add_func("/A2/capacity", test_capacity);
	return g_test_run();
}
