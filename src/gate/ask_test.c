/* Who a contact may be, and what it meets, by rule. */
#include "gate/answer.h"
#include "gate/testing.h"

#define TUESDAY "2026-12-01T09:30"

typedef struct {
	const char *channel, *from, *customer, *to;
	gboolean machine;
	const char *at; /* NULL: TUESDAY */
	const char *purpose;
	Direction direction;
	/* expected */
	const char *verdict, *caller;
	gsize candidates;
} Case;

static void ask(
	const GateSnapshot *snapshot, GateCounts *counts, const Case *c, const char *contact_id, GateAnswer *answer)
{
	g_autoptr(GError) error = NULL;
	GateQuery query = {.contact_id = contact_id,
		.from = c->from,
		.customer = c->customer,
		.to = c->to,
		.machine_door = c->machine,
		.purpose = c->purpose,
		.direction = c->direction,
		.at = test_time(c->at != NULL ? c->at : TUESDAY)};

	g_assert_true(channel_parse(c->channel, &query.channel));
	if (!gate_ask(snapshot, counts, &query, answer, &error))
		g_error("%s from %s: %s", c->channel, c->from, error->message);
}

static void check(const Case *cases, gsize n)
{
	g_autoptr(GateSnapshot) snapshot = test_snapshot();

	for (gsize i = 0; i < n; i++) {
		const Case *c = &cases[i];
		GateAnswer answer;

		ask(snapshot, NULL, c, NULL, &answer);
		if (strcmp(verdict_name(answer.verdict), c->verdict) != 0 ||
			strcmp(gate_caller_name(answer.caller), c->caller) != 0 || answer.n_candidates != c->candidates)
			g_error("case %zu, %s from %s to %s: %s, %s, %zu candidates", i, c->channel, c->from, c->to,
				verdict_name(answer.verdict), gate_caller_name(answer.caller), answer.n_candidates);
	}
}

static void R2_phone_declines_and_mail_passes(void)
{
	static const Case cases[] = {
		{"phone", "01632 960 001", "C-1", "0301", .verdict = "decline", .caller = "named", .candidates = 1},
		{"email", "Jo@Example.org", NULL, "casework@x", TRUE, .verdict = "proceed", .caller = "known",
			.candidates = 1},
		{"email", "bad@example.org", NULL, "contact@x", TRUE, .verdict = "block", .caller = "known",
			.candidates = 1},
		{"email", "good@example.org", NULL, "contact@x", TRUE, .verdict = "proceed", .caller = "known",
			.candidates = 1},
		{"email", "poc@example.org", NULL, "intake@x", TRUE, .verdict = "route", .caller = "known",
			.candidates = 1},
		{"email", "filed@example.org", NULL, "contact@x", TRUE, .verdict = "file", .caller = "known",
			.candidates = 1},
		{"email", "free@example.org", NULL, "contact@x", TRUE, .verdict = "proceed", .caller = "known",
			.candidates = 1},
		{"email", "nobody@example.org", NULL, "contact@x", TRUE, .verdict = "proceed", .caller = "unknown"},
	};

	check(cases, G_N_ELEMENTS(cases));
}

static void R11_a_shared_number_is_asked_never_declined(void)
{
	static const Case cases[] = {
		{"phone", "+441632960001", NULL, "0301", TRUE, .verdict = "check", .caller = "known", .candidates = 2},
		{"phone", "+441632960001", NULL, "0301", .verdict = "check", .caller = "known", .candidates = 2},
		/* asked again with the customer: that person's answer */
		{"phone", "+441632960001", "C-1", "0301", .verdict = "decline", .caller = "named", .candidates = 1},
		{"phone", "+441632960001", "C-4", "0301", .verdict = "proceed", .caller = "named", .candidates = 1},
		/* only where some answer would be more than proceed */
		{"phone", "+441632960001", NULL, "0301", .at = "2024-10-05T09:30", .verdict = "proceed",
			.caller = "known", .candidates = 2},
		/* marked as used by others, or added later and not confirmed: at most `check` at machine doors */
		{"phone", "+441632960007", NULL, "0301", TRUE, .verdict = "check", .caller = "known", .candidates = 1},
		{"phone", "+441632960007", NULL, "0301", .verdict = "check", .caller = "known", .candidates = 1},
		{"phone", "+441632960007", "C-7", "0301", .verdict = "decline", .caller = "named", .candidates = 1},
		{"email", "new@example.org", NULL, "contact@x", TRUE, .verdict = "check", .caller = "known",
			.candidates = 1},
		{"email", "new@example.org", NULL, "contact@x", .verdict = "decline", .caller = "known",
			.candidates = 1},
	};

	check(cases, G_N_ELEMENTS(cases));
}

static void G5_who_acts_for_them_and_what_stays_open(void)
{
	static const Case cases[] = {
		{"email", "solicitor@law.example", NULL, "casework@x", TRUE, .verdict = "proceed", .caller = "known",
			.candidates = 1},
		/* so too where staff named the customer and the address shows who writes */
		{"email", "solicitor@law.example", "C-3", "casework@x", .verdict = "proceed", .caller = "named",
			.candidates = 1},
		{"email", "poc@example.org", "C-3", "casework@x", .verdict = "route", .caller = "named",
			.candidates = 1},
		{"phone", NULL, "C-1", "0301", .purpose = "emergency", .verdict = "proceed", .caller = "named",
			.candidates = 1},
		{"email", "bad@example.org", NULL, "complaints@x", TRUE, .verdict = "proceed", .caller = "known",
			.candidates = 1},
	};

	check(cases, G_N_ELEMENTS(cases));
}

static void G13_withheld_numbers_and_strangers_proceed(void)
{
	static const Case cases[] = {
		{"phone", "anonymous", NULL, "0301", TRUE, .verdict = "proceed", .caller = "withheld"},
		{"phone", "", NULL, "0301", TRUE, .verdict = "proceed", .caller = "withheld"},
		{"phone", "Withheld", "C-1", "0301", .verdict = "decline", .caller = "named", .candidates = 1},
		{"email", "", NULL, "contact@x", TRUE, .verdict = "proceed", .caller = "none"},
		{"email", "@@@", NULL, "contact@x", TRUE, .verdict = "proceed", .caller = "none"},
		{"in-person", NULL, NULL, NULL, .verdict = "proceed", .caller = "none"},
	};
	g_autoptr(GateSnapshot) snapshot = test_snapshot();
	GateAnswer answer;

	check(cases, G_N_ELEMENTS(cases));
	ask(snapshot, NULL, &cases[0], NULL, &answer);
	g_assert_cmpstr(answer.say_to_staff, ==, "Caller unknown.");
}

static void G4_doors_of_the_organisation_ask(void)
{
	static const Case cases[] = {
		{"phone", NULL, "C-1", "0100", .verdict = "check", .caller = "named", .candidates = 1},
		{"phone", NULL, "C-1", "9999", .verdict = "check", .caller = "named", .candidates = 1},
		{"phone", NULL, "C-1", "0355", .verdict = "decline", .caller = "named", .candidates = 1},
		{"phone", NULL, "C-1", NULL, .verdict = "check", .caller = "named", .candidates = 1},
	};

	check(cases, G_N_ELEMENTS(cases));
}

static void G4_without_a_door_the_askers_functions_count(void)
{
	static const char *const casework[] = {"intake", "casework", NULL}, *const intake[] = {"intake", NULL};
	g_autoptr(GateSnapshot) snapshot = test_snapshot();
	GateQuery query = {
		.channel = CHANNEL_PHONE, .customer = "C-1", .asker_functions = casework, .at = test_time(TUESDAY)};
	GateAnswer answer;

	g_assert_true(gate_ask(snapshot, NULL, &query, &answer, NULL));
	g_assert_cmpint(answer.verdict, ==, VERDICT_DECLINE);
	query.asker_functions = intake;
	g_assert_true(gate_ask(snapshot, NULL, &query, &answer, NULL));
	g_assert_cmpint(answer.verdict, ==, VERDICT_PROCEED);
}

static void G12_outward(void)
{
	static const Case cases[] = {
		{"phone", "+441632960005", NULL, NULL, .direction = DIRECTION_OUT, .verdict = "proceed",
			.caller = "known", .candidates = 1},
	};

	check(cases, G_N_ELEMENTS(cases));
}

/* What staff are told, and what the first reason says that it is about. */
static void check_staff_words(const GateSnapshot *snapshot, const GateQuery *query, const char *about,
	const char *scope_of, const char *words)
{
	GateQuery asked = *query;
	const json_t *reason;
	GateAnswer answer;
	json_t *json;

	asked.at = test_time(TUESDAY);
	g_assert_true(gate_ask(snapshot, NULL, &asked, &answer, NULL));
	json = gate_answer_json(snapshot, &asked, &answer);
	reason = json_array_get(json_object_get(json, "reasons"), 0);
	g_assert_cmpstr(json_string_value(json_object_get(reason, "about")), ==, about);
	g_assert_cmpstr(json_string_value(json_object_get(reason, "scope_of")), ==, scope_of);
	g_assert_cmpstr(json_string_value(json_object_get(json, "say_to_staff")), ==, words);
	json_decref(json);
}

static void G4_words_say_what_they_are_about(void)
{
	const GateQuery switchboard = {.channel = CHANNEL_PHONE, .customer = "C-1", .to = "0100"},
			casework = {.channel = CHANNEL_PHONE, .customer = "C-1", .to = "0301"},
			outward = {.channel = CHANNEL_PHONE,
				.customer = "C-1",
				.to = "0301",
				.direction = DIRECTION_OUT},
			everywhere = {
				.channel = CHANNEL_PHONE, .customer = "C-7", .to = "0301", .direction = DIRECTION_OUT};

	const GateQuery shared = {
		.channel = CHANNEL_PHONE, .from = "+441632960007", .to = "0301", .machine_door = TRUE};
	g_autoptr(GateSnapshot) snapshot = test_snapshot();

	check_staff_words(snapshot, &casework, "kind", "casework", "Not by phone.");
	check_staff_words(snapshot, &switchboard, "scope", "casework",
		"An arrangement is in force for contact with Casework only. Ask what it is about. If it is about "
		"something else, answer as usual. For contact with Casework: Not by phone.");
	check_staff_words(snapshot, &outward, "outward", "casework",
		"You may contact them. An arrangement is in force for contacts from them with Casework, and does not "
		"stop you. They were told: Do not contact us by phone.");
	check_staff_words(snapshot, &everywhere, "outward", NULL,
		"You may contact them. An arrangement is in force for contacts from them, and does not stop you. They "
		"were told: Do not contact us by phone or by e-mail.");
	check_staff_words(snapshot, &shared, "shared", NULL, "More than one person.");
}

static void G4_words_about_one_matter_name_it(void)
{
	const GateQuery unsaid = {.channel = CHANNEL_PHONE, .customer = "C-1", .to = "0301"};
	GateFacts facts = test_facts();
	GateArrangementsRow row = facts.arrangements[0];
	g_autoptr(GateSnapshot) snapshot = NULL;

	row.scope = "matter";
	row.scope_of = "M-1";
	facts.arrangements = &row;
	facts.n_arrangements = 1;
	g_assert_true(gate_snapshot_new(&facts, &test_source, NULL, &snapshot, NULL));
	check_staff_words(snapshot, &unsaid, "scope", "M-1",
		"An arrangement is in force for contact about the matter M-1 only. Ask what it is about. If it is "
		"about something else, answer as usual. For contact about the matter M-1: Not by phone.");
}

static void R1_the_same_contact_uses_once(void)
{
	static const Case call = {
		"phone", "+441632960005", NULL, "0301", TRUE, .verdict = "limit", .caller = "known", .candidates = 1};
	g_autoptr(GateSnapshot) snapshot = test_snapshot();
	GateCounts *counts = gate_counts_new();
	GateAnswer answer;

	ask(snapshot, counts, &call, "call-1", &answer);
	g_assert_cmpint(answer.verdict, ==, VERDICT_LIMIT);
	g_assert_cmpint(answer.candidates[0].answer.minutes, ==, 15);
	g_assert_true(gate_counts_use(counts, "call-1", &answer.candidates[0].answer));
	g_assert_true(gate_counts_use(counts, "call-1", &answer.candidates[0].answer));
	/* another call at the same moment finds the allowance gone though it was told otherwise */
	g_assert_false(gate_counts_use(counts, "call-2", &answer.candidates[0].answer));
	ask(snapshot, counts, &call, "call-1", &answer);
	g_assert_cmpint(answer.verdict, ==, VERDICT_LIMIT);
	ask(snapshot, counts, &call, "call-2", &answer);
	g_assert_cmpint(answer.verdict, ==, VERDICT_DECLINE);
	/* a look-up uses nothing and sees the same */
	ask(snapshot, counts, &call, NULL, &answer);
	g_assert_cmpint(answer.verdict, ==, VERDICT_DECLINE);
	gate_counts_give_back(counts, "call-1");
	ask(snapshot, counts, &call, "call-2", &answer);
	g_assert_cmpint(answer.verdict, ==, VERDICT_LIMIT);
	gate_counts_free(counts);
}

static void N5_not_before_its_notice_was_delivered(void)
{
	static const Case before = {"phone", NULL, "C-1", "0301", .at = "2024-10-05T09:30", .verdict = "proceed",
		.caller = "named", .candidates = 1};
	GateFacts facts = test_facts();
	g_autoptr(GateSnapshot) snapshot = NULL;
	GateArrangementsRow ended = facts.arrangements[0];
	Case after = before;
	GateAnswer answer;

	check(&before, 1);
	/* one that ended answers for its own time and for no other */
	ended.ended_at = facts.at;
	facts.arrangements = &ended;
	facts.n_arrangements = 1;
	g_assert_true(gate_snapshot_new(&facts, &test_source, NULL, &snapshot, NULL));
	after.at = "2024-12-05T09:30";
	ask(snapshot, NULL, &after, NULL, &answer);
	g_assert_cmpint(answer.verdict, ==, VERDICT_DECLINE);
	after.at = TUESDAY;
	ask(snapshot, NULL, &after, NULL, &answer);
	g_assert_cmpint(answer.verdict, ==, VERDICT_PROCEED);
}

static void D1_not_while_a_dispute_suspends_it(void)
{
	const Case call = {"phone", NULL, "C-1", "0301", .at = TUESDAY, .caller = "named", .candidates = 1};
	GateFacts facts = test_facts();
	GateSuspensionsRow open[] = {{"D-1", facts.at - USEC_PER_DAY, INSTANT_NONE}, {"D-9", 1, INSTANT_NONE}};
	GateAnswer answer;

	facts.suspensions = open;
	facts.n_suspensions = G_N_ELEMENTS(open);
	for (int settled = 0; settled < 2; settled++) {
		g_autoptr(GateSnapshot) snapshot = NULL;
		Case asked = call;

		g_assert_true(gate_snapshot_new(&facts, &test_source, NULL, &snapshot, NULL));
		ask(snapshot, NULL, &asked, NULL, &answer);
		g_assert_cmpint(answer.verdict, ==, settled ? VERDICT_DECLINE : VERDICT_PROCEED);
		open[0].until_at = facts.at;
	}
}

static void questions_that_do_not_fit(void)
{
	g_autoptr(GateSnapshot) snapshot = test_snapshot();
	GateQuery query = {.channel = CHANNEL_PHONE, .customer = "C-99", .at = test_time(TUESDAY)};
	g_autoptr(GError) unknown = NULL, purpose = NULL, from = NULL;
	GateAnswer answer;

	g_assert_false(gate_ask(snapshot, NULL, &query, &answer, &unknown));
	g_assert_error(unknown, EVENHAND_ERROR, EVENHAND_ERROR_NOT_FOUND);
	query.customer = "C-1";
	query.purpose = "chat";
	g_assert_false(gate_ask(snapshot, NULL, &query, &answer, &purpose));
	g_assert_cmpstr(evenhand_error_field(purpose), ==, "purpose");
	query = (GateQuery){.channel = CHANNEL_PHONE, .from = "call me", .at = test_time(TUESDAY)};
	g_assert_false(gate_ask(snapshot, NULL, &query, &answer, &from));
	g_assert_cmpstr(evenhand_error_field(from), ==, "from");
}

/* A matter or function that is mistyped would be another one, which nothing restricts; a machine is never refused. */
static void G4_a_matter_or_function_that_is_unknown(void)
{
	static const char *const casework[] = {"casework", NULL}, *const mistyped[] = {"caseworks", NULL};
	g_autoptr(GateSnapshot) snapshot = test_snapshot();
	GateQuery query = {.channel = CHANNEL_EMAIL,
		.from = "closed@example.org",
		.to = "contact@x",
		.matter = "M-9",
		.at = test_time(TUESDAY)};
	g_autoptr(GError) matter = NULL, function = NULL;
	GateAnswer answer;

	g_assert_false(gate_ask(snapshot, NULL, &query, &answer, &matter));
	g_assert_error(matter, EVENHAND_ERROR, EVENHAND_ERROR_NOT_FOUND);
	g_assert_nonnull(strstr(matter->message, "M-9"));
	query.machine_door = TRUE;
	g_assert_true(gate_ask(snapshot, NULL, &query, &answer, NULL));
	query.machine_door = FALSE;
	query.matter = "M-2";
	g_assert_true(gate_ask(snapshot, NULL, &query, &answer, NULL));
	query.asker_functions = casework;
	g_assert_true(gate_ask(snapshot, NULL, &query, &answer, NULL));
	query.asker_functions = mistyped;
	g_assert_false(gate_ask(snapshot, NULL, &query, &answer, &function));
	g_assert_cmpstr(evenhand_error_field(function), ==, "functions");
	g_assert_nonnull(strstr(function->message, "caseworks"));
	query.machine_door = TRUE;
	g_assert_true(gate_ask(snapshot, NULL, &query, &answer, NULL));
}

static void G11_a_broken_arrangement_is_left_out_and_named(void)
{
	GateFacts facts = test_facts();
	g_autoptr(GateSnapshot) snapshot = NULL;
	GateArrangementsRow rows[2] = {facts.arrangements[0], facts.arrangements[1]};
	const char *problem;

	rows[0].restrictions = "[{\"kind\":\"no-such-kind\",\"arguments\":{}}]";
	facts.arrangements = rows;
	facts.n_arrangements = 2;
	g_assert_true(gate_snapshot_new(&facts, &test_source, NULL, &snapshot, NULL));
	g_assert_cmpuint(gate_snapshot_problems(snapshot, &problem), ==, 1);
	g_assert_true(g_str_has_prefix(problem, "A-1: "));
	g_assert_cmpuint(gate_snapshot_customer_by_ref(snapshot, "C-2")->managed->n_arrangements, ==, 1);
}

static void the_answer_as_json(void)
{
	g_autoptr(GateSnapshot) snapshot = test_snapshot();
	GateQuery query = {.channel = CHANNEL_PHONE, .customer = "C-1", .to = "0301", .at = test_time(TUESDAY)};
	GateAnswer answer;
	json_t *json;

	g_assert_true(gate_ask(snapshot, NULL, &query, &answer, NULL));
	json = gate_answer_json(snapshot, &query, &answer);
	g_assert_cmpstr(json_string_value(json_object_get(json, "verdict")), ==, "decline");
	g_assert_cmpstr(json_string_value(json_object_get(json, "customer")), ==, "C-1");
	g_assert_cmpstr(json_string_value(json_object_get(json, "say_to_customer")), ==, "We cannot take this call.");
	g_assert_cmpstr(json_string_value(json_object_get(json_array_get(json_object_get(json, "reasons"), 0), "rule")),
		==, "R2");
	g_assert_cmpuint(json_array_size(json_object_get(json, "open_ways")), >, 0);
	g_assert_cmpuint(json_array_size(json_object_get(json, "needs")), ==, 1);
	g_assert_true(json_is_true(json_object_get(json_array_get(json_object_get(json, "adjustments"), 0), "open")));
	json_decref(json);
	query = (GateQuery){.channel = CHANNEL_PHONE, .from = "+441632960001", .to = "0301", .at = test_time(TUESDAY)};
	g_assert_true(gate_ask(snapshot, NULL, &query, &answer, NULL));
	json = gate_answer_json(snapshot, &query, &answer);
	g_assert_cmpstr(json_string_value(json_object_get(json, "say_to_staff")), ==, "More than one person.");
	g_assert_true(json_is_null(json_object_get(json, "say_to_customer")));
	g_assert_cmpuint(json_array_size(json_object_get(json, "candidates")), ==, 2);
	g_assert_cmpstr(
		json_string_value(json_object_get(json_array_get(json_object_get(json, "candidates"), 0), "verdict")),
		==, "decline");
	json_decref(json);
}

static void the_index_costs_at_most_64_bytes_an_identifier(void)
{
	static const guint8 key[16] = {1};
	enum { N = 100000 };
	GateIndex *index = gate_index_new(N, N * 34, key);
	char normal[64];
	GateIndexCursor cursor;
	guint32 customer;
	guint flags;

	for (guint i = 0; i < N; i++) {
		g_snprintf(normal, sizeof normal, "firstname.lastname%05u@mail.org", i);
		gate_index_add(index, IDENTIFIER_EMAIL, normal, i, i % 8);
	}
	for (guint i = 0; i < N; i++) {
		char found[GATE_KEY_MAX];
		gsize length;

		g_snprintf(normal, sizeof normal, "firstname.lastname%05u@mail.org", i);
		length = gate_index_key(
			IDENTIFIER_EMAIL, normal, strlen(normal), &test_gate_policy()->organisation.phone, found);
		gate_index_find(index, found, length, &cursor);
		g_assert_true(gate_index_next(index, found, length, &cursor, &customer, &flags));
		g_assert_cmpuint(customer, ==, i);
		g_assert_cmpuint(flags, ==, i % 8);
		g_assert_false(gate_index_next(index, found, length, &cursor, &customer, &flags));
	}
	/* with texts of 32 letters */
	g_assert_cmpuint(gate_index_size(index), ==, N);
	g_assert_cmpuint(gate_index_bytes(index) / N, <=, 64);
	gate_index_free(index);
}

static void a_text_that_many_share_is_kept_once(void)
{
	static const guint8 key[16] = {2};
	GateIndex *index = gate_index_new(50, 40, key);
	GateIndexCursor cursor;
	guint32 customer;
	guint flags, found = 0;

	for (guint32 i = 0; i < 50; i++)
		gate_index_add(index, IDENTIFIER_PHONE, "+441632960999", i, 0);
	gate_index_find(index, "a+441632960999", 14, &cursor);
	while (gate_index_next(index, "a+441632960999", 14, &cursor, &customer, &flags))
		g_assert_cmpuint(customer, ==, found++);
	g_assert_cmpuint(found, ==, 50);
	gate_index_find(index, "b+441632960999", 14, &cursor);
	g_assert_false(gate_index_next(index, "b+441632960999", 14, &cursor, &customer, &flags));
	gate_index_free(index);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/R2/phone-declines-and-mail-passes", R2_phone_declines_and_mail_passes);
	g_test_add_func("/R11/a-shared-number-is-asked-never-declined", R11_a_shared_number_is_asked_never_declined);
	g_test_add_func("/G5/who-acts-for-them-and-what-stays-open", G5_who_acts_for_them_and_what_stays_open);
	g_test_add_func("/G13/withheld-numbers-and-strangers-proceed", G13_withheld_numbers_and_strangers_proceed);
	g_test_add_func("/G4/doors-of-the-organisation-ask", G4_doors_of_the_organisation_ask);
	g_test_add_func("/G4/without-a-door-the-askers-functions-count", G4_without_a_door_the_askers_functions_count);
	g_test_add_func("/G12/outward", G12_outward);
	g_test_add_func("/G4/words-say-what-they-are-about", G4_words_say_what_they_are_about);
	g_test_add_func("/G4/words-about-one-matter-name-it", G4_words_about_one_matter_name_it);
	g_test_add_func("/G4/a-matter-or-function-that-is-unknown", G4_a_matter_or_function_that_is_unknown);
	g_test_add_func("/R1/the-same-contact-uses-once", R1_the_same_contact_uses_once);
	g_test_add_func("/N5/not-before-its-notice-was-delivered", N5_not_before_its_notice_was_delivered);
	g_test_add_func("/D1/not-while-a-dispute-suspends-it", D1_not_while_a_dispute_suspends_it);
	g_test_add_func("/gate/questions-that-do-not-fit", questions_that_do_not_fit);
	g_test_add_func(
		"/G11/a-broken-arrangement-is-left-out-and-named", G11_a_broken_arrangement_is_left_out_and_named);
	g_test_add_func("/gate/the-answer-as-json", the_answer_as_json);
	g_test_add_func("/gate/the-index-costs-at-most-64-bytes", the_index_costs_at_most_64_bytes_an_identifier);
	g_test_add_func("/gate/a-text-that-many-share-is-kept-once", a_text_that_many_share_is_kept_once);
	return g_test_run();
}
