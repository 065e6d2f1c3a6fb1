/* Tests of decide.c, and of whoever may decide in actor.c. */
#include "core/casefile_testing.h"

static gboolean check_decide(TestFile *t, GError **error)
{
	Capacity capacity = CAPACITY_NONE;

	if (strcmp(t->rules.actor->user_name, "manager") == 0) /* who acts where a case names nobody */
		test_as(t, "head");
	if (!casefile_check_decide(&t->rules, &t->file, &t->decide, &capacity, error))
		return FALSE;
	g_assert_cmpint(capacity, !=, CAPACITY_NONE);
	return TRUE;
}

/* As a manager who did not make the request. */
static void as_manager(TestFile *t)
{
	test_as(t, "second-manager");
}

static void complained_of(TestFile *t, const char *user_name, const char *concerns)
{
	t->complaints[0].about = user_name;
	t->complaints[0].concerns = concerns;
	t->requests[0].complaints = t->complaints;
	t->requests[0].n_complaints = 1;
}

#define WHO_CASES(X)                                                                                                   \
	X("ok", head_of_function_decides, NULL, (void)t)                                                               \
	X("ok", deputy_decides, NULL, test_as(t, "deputy"))                                                            \
	X("ok", stand_in_decides, NULL, test_as(t, "stand-in"))                                                        \
	X("A1", job_cannot_decide, NULL, test_as(t, "job:outbox"))                                                     \
	X("A1", gate_cannot_decide, NULL, test_as(t, "gate"))                                                          \
	X("A1", auditor_cannot_decide, NULL, test_as(t, "auditor"))                                                    \
	X("A1", staff_cannot_decide, NULL, test_as(t, "staff"))                                                        \
	X("A1", manager_cannot_decide, NULL, as_manager(t))                                                            \
	X("A1", deputy_only_where_the_pack_allows, NULL, t->policy.authorisation.deputy = FALSE; test_as(t, "deputy")) \
	X("A1", who_heads_nothing_stands_in_for_nobody, NULL, test_as(t, "manager-named-stand-in"))                    \
	X("A2", head_of_another_function_cannot_decide, NULL, test_as(t, "other-head"))                                \
	X("A4", requester_cannot_decide, NULL, t->requests[0].by = "manager-and-head"; test_as(t, "manager-and-head")) \
	X("A4", requester_cannot_decide_as_deputy, NULL, t->requests[0].by = "deputy"; test_as(t, "deputy"))           \
	X("G8", reporter_cannot_decide, NULL, t->reports[1].reporter = "head")                                         \
	X("G8", target_cannot_decide, NULL, test_as(t, "target"))                                                      \
	X("ok", who_reported_something_else_decides, NULL,                                                             \
		test_add_report(t, "persistent", "same-issue", ASSESSED_REQUEST)->reporter = "head")                   \
	X("G8", conduct_complained_of_before_the_request, NULL, complained_of(t, "head", "conduct");                   \
		t->decide.conflict_reason = "It is about something else.")                                             \
	X("G8", conduct_complained_of_on_its_day, NULL, complained_of(t, "head", "conduct");                           \
		t->complaints[0].lodged_on = test_day(11, 23); t->decide.conflict_reason = "It is about another day.") \
	X("ok", stand_in_decides_where_the_head_is_complained_of, NULL, complained_of(t, "head", "conduct");           \
		test_as(t, "stand-in"))                                                                                \
	X("ok", conduct_complained_of_later, NULL, complained_of(t, "head", "conduct");                                \
		t->complaints[0].lodged_on = test_day(11, 24); t->decide.conflict_reason = "It followed this.")        \
	X("G8", complaint_about_a_decision_needs_a_reason, "conflict_reason", complained_of(t, "head", "decision"))    \
	X("ok", complaint_about_a_decision_with_a_reason, NULL, complained_of(t, "head", "decision");                  \
		t->decide.conflict_reason = "That decision was another case's.")                                       \
	X("ok", complaint_about_the_requester, NULL, complained_of(t, "manager", "conduct"))

TEST_CASES(who_cases, WHO_CASES);

#define STATE_CASES(X)                                                                                                 \
	X("A3", decision_answers_a_request, "request", t->decide.request = "Q-9")                                      \
	X("A3", nothing_is_decided_unasked, "request", t->decide.request = NULL)                                       \
	X("A3", answered_request_is_not_decided_again, NULL, t->requests[0].state = REQUEST_REFUSED)                   \
	X("A3", withdrawn_request_is_not_decided, NULL, t->requests[0].state = REQUEST_WITHDRAWN)                      \
	X("G1", closed_casefile_takes_no_decision, NULL, t->file.closed_at = t->rules.now)                             \
	X("L2", no_decision_before_the_police_referral, NULL, t->reports[1].violence = TRUE)                           \
	X("L2", no_refusal_before_the_police_referral, NULL, t->reports[1].violence = TRUE;                            \
		t->decide.outcome = "refused")                                                                         \
	X("W1", returned_warning_carries_no_decision, NULL, t->notices[0].returned_at = test_time(t, 23, 12))          \
	X("ok", returned_warning_may_be_refused, NULL, t->notices[0].returned_at = test_time(t, 23, 12);               \
		t->decide.outcome = "refused")                                                                         \
	X("G7", open_adjustment_stops_authorisation, NULL, t->file.open_adjustments = 1)                               \
	X("ok", open_adjustment_does_not_stop_a_refusal, NULL, t->file.open_adjustments = 1;                           \
		t->decide.outcome = "refused")                                                                         \
	X("invalid", unknown_outcome_of_decision, "outcome", t->decide.outcome = "maybe")                              \
	X("A8", refusal_gives_reasons, "reasons", t->decide.outcome = "refused"; t->decide.reasons = NULL)             \
	X("A8", return_gives_reasons, "reasons", t->decide.outcome = "returned"; t->decide.reasons = NULL)             \
	X("A8", refusal_restricts_nothing, "restrictions", t->decide.outcome = "refused";                              \
		t->decide.restrictions = t->asked; t->decide.n_restrictions = 1)                                       \
	X("ok", refusal_needs_no_findings, NULL,                                                                       \
		t->decide = (DecideInput){.request = "Q-1",                                                            \
			.outcome = "refused",                                                                          \
			.reasons = "Not yet.",                                                                         \
			.until_on = DAY_NONE,                                                                          \
			.review_on = DAY_NONE})

TEST_CASES(state_cases, STATE_CASES);

static void different(TestFile *t)
{
	t->decide.outcome = "different";
	t->decide.restrictions = t->asked;
	t->decide.n_restrictions = 1;
}

static void ask_for_all(TestFile *t)
{
	t->requests[0].scope = SCOPE_ORGANISATION;
	t->requests[0].scope_of = NULL;
}

#define CONTENT_CASES(X)                                                                                               \
	X("A8", authorisation_gives_reasons, "reasons", t->decide.reasons = NULL)                                      \
	X("A5", criterion_unanswered, "findings/access", t->decide.n_findings = 1)                                     \
	X("A5", account_that_was_not_given_is_not_adopted, "findings/properly-considered/how",                         \
		t->account[0].text = "")                                                                               \
	X("A6", open_internal_review_needs_a_reason, "open_review_reason", t->requests[0].internal_review = "open")    \
	X("ok", open_internal_review_with_a_reason, NULL, t->requests[0].internal_review = "open";                     \
		t->decide.open_review_reason = "It is about something else.")                                          \
	X("A7", lesser_step_would_not_do, "lesser_step", t->decide.lesser_step = NULL)                                 \
	X("W5", decider_confirms_that_no_warning_was_right, "confirms_no_warning", test_without_warning(t);            \
		t->decide.confirms_no_warning = NULL)                                                                  \
	X("ok", decided_without_warning, NULL, test_without_warning(t))                                                \
	X("G14", who_else_is_affected, "affected", t->decide.affected = NULL)                                          \
	X("G3", what_would_lead_to_lifting, "lifting", t->headings[1].lifting = NULL)                                  \
	X("ok", what_would_lead_to_lifting_in_own_words, NULL, t->headings[1].lifting = NULL;                          \
		t->decide.lifting = "Three months without a call.")                                                    \
	X("ok", something_different, NULL, different(t))                                                               \
	X("A7", something_different_names_a_restriction, "restrictions", different(t); t->decide.n_restrictions = 0)   \
	X("A8", as_asked_is_what_was_asked, "restrictions", t->decide.restrictions = t->asked;                         \
		t->decide.n_restrictions = 1)                                                                          \
	X("G4", different_restriction_answers_a_cited_report, "restrictions/0/report", different(t);                   \
		t->asked[0].report = "R-3")                                                                            \
	X("R10", blocking_needs_severe_circumstances, "severe_circumstances", t->asked[0].kind = "block")              \
	X("ok", blocking_in_severe_circumstances, NULL, t->asked[0].kind = "block";                                    \
		t->decide.severe_circumstances = "A threat each night.")                                               \
	X("G4", decision_never_widens_to_all, "scope", different(t); t->decide.scope = "organisation";                 \
		t->decide.scope_reason = "Better safe.")                                                               \
	X("G4", decision_never_widens_from_the_matter, "scope", different(t); t->requests[0].scope = SCOPE_MATTER;     \
		t->requests[0].scope_of = "M-1"; t->decide.scope = "function")                                         \
	X("G4", decision_stays_with_the_matter, "scope", different(t); t->requests[0].scope = SCOPE_MATTER;            \
		t->requests[0].scope_of = "M-1"; t->list[0] = "M-1"; t->list[1] = "M-2"; t->file.matters = t->list;    \
		t->decide.scope_of = "M-2")                                                                            \
	X("ok", decision_narrows_to_the_function, NULL, different(t); ask_for_all(t); t->decide.scope = "function")    \
	X("ok", decision_for_all_as_asked, NULL, ask_for_all(t))                                                       \
	X("A8", as_asked_does_not_narrow, "scope", ask_for_all(t); t->decide.scope = "function")                       \
	X("V1", decision_without_review_date, "review_on", t->decide.review_on = DAY_NONE)                             \
	X("V1", decision_with_review_in_thirteen_months, "review_on",                                                  \
		t->decide.review_on = day_from_civil(2027, 12, 24))                                                    \
	X("V1", decision_with_review_past, "review_on", t->decide.review_on = test_day(11, 23))                        \
	X("G2", decision_without_end, "until_on", t->policy.authorisation.end_required = TRUE)                         \
	X("ok", end_as_asked, NULL, t->policy.authorisation.end_required = TRUE;                                       \
		t->requests[0].until_on = test_day(12, 24))                                                            \
	X("A8", end_other_than_asked, "until_on", t->requests[0].until_on = test_day(12, 24);                          \
		t->decide.until_on = test_day(12, 25))                                                                 \
	X("G2", end_past_the_longest_that_the_pack_has, "until_on", different(t);                                      \
		t->policy.authorisation.max_months = 1; t->decide.until_on = test_day(12, 25))

TEST_CASES(content_cases, CONTENT_CASES);

/* The pack wants two signatures, `second-head` gave the first, and this is the second's input. */
static void waiting(TestFile *t, DecidedOutcome outcome)
{
	t->policy.authorisation.signatures = 2;
	test_add_decision(t, outcome, "second-head", FALSE);
	t->decide = (DecideInput){.request = "Q-1",
		.outcome = decided_name(outcome),
		.reasons = "I agree.",
		.until_on = DAY_NONE,
		.review_on = DAY_NONE};
}

#define SIGNATURE_CASES(X)                                                                                             \
	X("ok", another_head_signs, NULL, waiting(t, DECIDED_AS_ASKED))                                                \
	X("ok", another_head_signs_something_different, NULL, waiting(t, DECIDED_DIFFERENT))                           \
	X("ok", head_of_another_function_adds_a_signature, NULL, waiting(t, DECIDED_AS_ASKED);                         \
		test_as(t, "other-head"))                                                                              \
	X("A1", job_does_not_sign, NULL, waiting(t, DECIDED_AS_ASKED); test_as(t, "job:outbox"))                       \
	X("A1", nobody_signs_twice, NULL, waiting(t, DECIDED_AS_ASKED); test_as(t, "second-head"))                     \
	X("A1", manager_does_not_sign, NULL, waiting(t, DECIDED_AS_ASKED); as_manager(t))                              \
	X("A4", requester_does_not_sign, NULL, waiting(t, DECIDED_AS_ASKED); t->requests[0].by = "head")               \
	X("A8", signatures_agree, "outcome", waiting(t, DECIDED_AS_ASKED); t->decide.outcome = "refused")              \
	X("A8", what_is_signed_stands, "outcome", waiting(t, DECIDED_AS_ASKED); t->decide.findings = t->findings;      \
		t->decide.n_findings = 2)                                                                              \
	X("A8", signed_restrictions_stand, "outcome", waiting(t, DECIDED_DIFFERENT); different(t))                     \
	X("A8", signed_scope_stands, "outcome", waiting(t, DECIDED_DIFFERENT); t->decide.scope = "matter")             \
	X("A8", signed_scope_of_stands, "outcome", waiting(t, DECIDED_DIFFERENT); t->decide.scope_of = "casework")     \
	X("A8", signed_end_stands, "outcome", waiting(t, DECIDED_AS_ASKED); t->decide.until_on = test_day(12, 1))      \
	X("A8", signed_review_stands, "outcome", waiting(t, DECIDED_AS_ASKED); t->decide.review_on = test_day(12, 1))  \
	X("A8", signature_has_its_own_reasons, "reasons", waiting(t, DECIDED_AS_ASKED); t->decide.reasons = NULL)      \
	X("V1", nothing_is_signed_past_its_review, "outcome", waiting(t, DECIDED_AS_ASKED);                            \
		t->decisions[0].review_on = test_day(11, 24))                                                          \
	X("W5", each_signature_confirms_that_no_warning_was_right, "confirms_no_warning", test_without_warning(t);     \
		waiting(t, DECIDED_AS_ASKED))                                                                          \
	X("G7", open_adjustment_stops_a_signature, NULL, waiting(t, DECIDED_AS_ASKED); t->file.open_adjustments = 1)

TEST_CASES(signature_cases, SIGNATURE_CASES);

static void test_capacity_is_told(void)
{
	static const struct {
		const char *user_name;
		int capacity;
	} cases[] = {{"head", CAPACITY_HEAD}, {"deputy", CAPACITY_DEPUTY}, {"stand-in", CAPACITY_STAND_IN}};

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(TestFile) t = test_file_new();
		Capacity capacity = CAPACITY_NONE;

		test_as(t, cases[i].user_name);
		g_assert_true(casefile_check_decide(&t->rules, &t->file, &t->decide, &capacity, NULL));
		g_assert_cmpint(capacity, ==, cases[i].capacity);
	}
}

static void test_signatures_that_the_pack_asks_for(void)
{
	Policy policy = {.authorisation = {.signatures = 2}};

	g_assert_false(decision_is_complete(&policy, DECIDED_AS_ASKED, 1));
	g_assert_false(decision_is_complete(&policy, DECIDED_DIFFERENT, 1));
	g_assert_true(decision_is_complete(&policy, DECIDED_AS_ASKED, 2));
	g_assert_true(decision_is_complete(&policy, DECIDED_REFUSED, 1));
	g_assert_true(decision_is_complete(&policy, DECIDED_RETURNED, 1));
	policy.authorisation.signatures = 0;
	g_assert_false(decision_is_complete(&policy, DECIDED_AS_ASKED, 0));
}

static void test_terms_of_a_decision(void)
{
	g_autoptr(TestFile) t = test_file_new();
	Terms terms;

	t->requests[0].until_on = test_day(12, 24);
	t->decide.request = "Q-9";
	g_assert_false(casefile_decide_terms(&t->file, &t->decide, &terms, NULL));
	t->decide.request = "Q-1";
	g_assert_true(casefile_decide_terms(&t->file, &t->decide, &terms, NULL));
	g_assert_true(terms.restrictions == t->asked);
	g_assert_cmpuint(terms.n_restrictions, ==, 1);
	g_assert_cmpint(terms.until_on, ==, test_day(12, 24));
	g_assert_cmpstr(terms.scope_of, ==, "casework");
	different(t);
	t->decide.restrictions = &t->asked[1];
	g_assert_true(casefile_decide_terms(&t->file, &t->decide, &terms, NULL));
	g_assert_true(terms.restrictions == &t->asked[1]);
	g_assert_cmpint(terms.until_on, ==, DAY_NONE);
	g_assert_cmpint(terms.review_on, ==, test_day(12, 31));
}

static gboolean names_field(const ArenaList *errors, const char *field)
{
	for (gsize i = 0; i < errors->n; i++)
		if (g_strcmp0(evenhand_error_field(errors->items[i]), field) == 0)
			return TRUE;
	return FALSE;
}

/* A form says all of it at once; who may not decide, or not yet, is told that alone. */
static void test_all_that_is_missing_is_said(void)
{
	g_autoptr(TestFile) t = test_file_new();
	g_autoptr(Arena) mem = arena_new(1 << 14);
	ArenaList missing;

	test_as(t, "head");
	casefile_decide_missing(&t->rules, &t->file, &t->decide, mem, &missing);
	g_assert_cmpuint(missing.n, ==, 0);
	t->findings[0].adopt = FALSE;
	t->decide.n_findings = 1;
	t->decide.lesser_step = t->decide.affected = t->decide.reasons = NULL;
	t->decide.review_on = DAY_NONE;
	casefile_decide_missing(&t->rules, &t->file, &t->decide, mem, &missing);
	g_assert_cmpuint(missing.n, ==, 6);
	g_assert_true(names_field(&missing, "findings/properly-considered/how"));
	g_assert_true(names_field(&missing, "findings/access"));
	g_assert_true(names_field(&missing, "lesser_step"));
	g_assert_true(names_field(&missing, "affected"));
	g_assert_true(names_field(&missing, "review_on"));
	g_assert_true(names_field(&missing, "reasons"));
	t->decide.outcome = "refused";
	casefile_decide_missing(&t->rules, &t->file, &t->decide, mem, &missing);
	g_assert_cmpuint(missing.n, ==, 1);
	test_as(t, "second-manager");
	casefile_decide_missing(&t->rules, &t->file, &t->decide, mem, &missing);
	g_assert_cmpuint(missing.n, ==, 0);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	test_add_cases("decide", check_decide, who_cases, G_N_ELEMENTS(who_cases));
	test_add_cases("decide", check_decide, state_cases, G_N_ELEMENTS(state_cases));
	test_add_cases("decide", check_decide, content_cases, G_N_ELEMENTS(content_cases));
	test_add_cases("sign", check_decide, signature_cases, G_N_ELEMENTS(signature_cases));
	g_test_add_func("/A2/capacity-is-told", test_capacity_is_told);
	g_test_add_func("/A1/signatures-that-the-pack-asks-for", test_signatures_that_the_pack_asks_for);
	g_test_add_func("/A5/all-that-is-missing-is-said", test_all_that_is_missing_is_said);
	g_test_add_func("/G4/terms-of-a-decision", test_terms_of_a_decision);
	return g_test_run();
}
