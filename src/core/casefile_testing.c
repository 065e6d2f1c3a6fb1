/* casefile_testing.c: see casefile_testing.h. */
#include "core/casefile_testing.h"

static const BehaviourExample abusive_examples[] = {
	{.key = "violence-threatened",
		.title = "Violence threatened",
		.skips_warning = TRUE,
		.violence = TRUE,
		.police = POLICE_ALWAYS},
	{.key = "harassment", .title = "Harassment", .skips_warning = TRUE, .police = POLICE_MAY},
	{.key = "rudeness", .title = "Rudeness"},
};
static const PolicyQuestion abusive_tests[] = {{.key = "beyond-anger", .question = "What went beyond anger?"}};
static const BehaviourExample persistent_examples[] = {{.key = "same-issue", .title = "The same issue"}};
static const PolicyQuestion persistent_tests[] = {
	{.key = "decided", .question = "What was decided, and when?"},
	{.key = "time-taken", .question = "How much time does it take?"},
};
static const Heading headings[] = {
	{.key = "abusive",
		.title = "Abusive",
		.examples = abusive_examples,
		.n_examples = G_N_ELEMENTS(abusive_examples),
		.tests = abusive_tests,
		.n_tests = G_N_ELEMENTS(abusive_tests),
		.lifting = "contact free of abuse"},
	{.key = "persistent",
		.title = "Persistent",
		.examples = persistent_examples,
		.n_examples = G_N_ELEMENTS(persistent_examples),
		.tests = persistent_tests,
		.n_tests = G_N_ELEMENTS(persistent_tests),
		.lifting = "no more contact about it",
		.internal_review = TRUE},
};
static const WarningTier tiers[] = {
	{.key = "written", .title = "Written warning", .by = 1u << ROLE_MANAGER, .days_to_adapt = 14},
	{.key = "final", .title = "Final warning", .by = 1u << ROLE_HEAD_OF_FUNCTION, .days_to_adapt = 7},
};
static const PolicyWord skip_reasons[] = {{"harassment", "Staff were harassed"}, {"danger", "Staff in danger"}};
static const Criterion criteria[] = {
	{.key = "properly-considered", .title = "Properly considered", .question = "Was it?", .may_not_apply = TRUE},
	{.key = "access", .title = "Access needs", .question = "Which needs?"},
};
static const RestrictionKind kinds[] = {
	{.key = "channels-not", .title = "Not these ways", .reach = REACH_NAMED, .channels = CHANNELS_ALL},
	{.key = "channels-only", .title = "Only these ways", .reach = REACH_OTHERS, .channels = CHANNELS_ALL},
	{.key = "read-and-file", .title = "Read and filed", .reach = REACH_FIXED, .channels = 1u << CHANNEL_EMAIL},
	{.key = "block",
		.title = "Blocked",
		.reach = REACH_IDENTIFIERS,
		.channels = 1u << CHANNEL_PHONE,
		.needs = "severe-circumstances"},
};

static const char *const no_texts[] = {NULL};
static const char *const one_matter[] = {"M-1", NULL};
static const char *const target[] = {"target", NULL};
static const char *const cited_reports[] = {"R-1", "R-2", NULL};
static const char *const new_report[] = {"R-3", NULL};
static const char *const phone[] = {"phone", NULL};
static const RestrictionArgument not_phone[] = {{.key = "channels", .values = phone}};

#define ACTOR(user, ...)                                                                                               \
	{                                                                                                              \
		.user_name = user, .name = user, .roles = (const ActorRole[]){__VA_ARGS__},                            \
		.n_roles = sizeof((const ActorRole[]){__VA_ARGS__}) / sizeof(ActorRole)                                \
	}
#define SUBSTITUTE(user, capacity_for, ...)                                                                            \
	{                                                                                                              \
		.user_name = user, .name = user, .roles = (const ActorRole[]){__VA_ARGS__},                            \
		.n_roles = sizeof((const ActorRole[]){__VA_ARGS__}) / sizeof(ActorRole),                               \
		.substitutes = (const ActorSubstitute[]){{"casework", capacity_for}}, .n_substitutes = 1               \
	}
static const Actor people[] = {
	ACTOR("reporter", {ROLE_STAFF, "casework"}),
	ACTOR("staff", {ROLE_STAFF, "casework"}),
	ACTOR("target", {ROLE_HEAD_OF_FUNCTION, "casework"}),
	ACTOR("manager", {ROLE_MANAGER, "casework"}),
	ACTOR("second-manager", {ROLE_MANAGER, "casework"}),
	ACTOR("head", {ROLE_HEAD_OF_FUNCTION, "casework"}),
	ACTOR("second-head", {ROLE_HEAD_OF_FUNCTION, "casework"}),
	ACTOR("manager-and-head", {ROLE_MANAGER, "casework"}, {ROLE_HEAD_OF_FUNCTION, "casework"}),
	SUBSTITUTE("deputy", CAPACITY_DEPUTY, {ROLE_MANAGER, "casework"}),
	SUBSTITUTE("stand-in", CAPACITY_STAND_IN, {ROLE_HEAD_OF_FUNCTION, "finance"}),
	SUBSTITUTE("manager-named-stand-in", CAPACITY_STAND_IN, {ROLE_MANAGER, "casework"}),
	ACTOR("other-head", {ROLE_HEAD_OF_FUNCTION, "finance"}),
	ACTOR("other-manager", {ROLE_MANAGER, "finance"}),
	ACTOR("other-staff", {ROLE_STAFF, "finance"}),
	ACTOR("two-functions", {ROLE_STAFF, "casework"}, {ROLE_STAFF, "finance"}),
	ACTOR("everywhere", {ROLE_STAFF, NULL}),
	ACTOR("also-everywhere", {ROLE_STAFF, "casework"}, {ROLE_RECORDS_OFFICER, NULL}),
	ACTOR("also-auditor", {ROLE_STAFF, "casework"}, {ROLE_AUDITOR, "finance"}),
	ACTOR("officer", {ROLE_COMPLAINTS_OFFICER, NULL}),
	ACTOR("auditor", {ROLE_AUDITOR, NULL}),
	ACTOR("administrator", {ROLE_ADMINISTRATOR, NULL}),
	/* with roles that nobody would grant them: what they are stops them */
	{.user_name = "job:outbox",
		.name = "job",
		.roles = (const ActorRole[]){{ROLE_STAFF, NULL}, {ROLE_MANAGER, NULL}, {ROLE_HEAD_OF_FUNCTION, NULL}},
		.n_roles = 3,
		.machine = TRUE},
	{.user_name = "gate",
		.name = "gate",
		.roles = (const ActorRole[]){{ROLE_STAFF, NULL}, {ROLE_MANAGER, NULL}, {ROLE_HEAD_OF_FUNCTION, NULL}},
		.n_roles = 3,
		.gate_only = TRUE},
	{.user_name = "gate-machine",
		.name = "gate",
		.roles = (const ActorRole[]){{ROLE_STAFF, NULL}},
		.n_roles = 1,
		.machine = TRUE,
		.gate_only = TRUE},
};

void test_as(TestFile *t, const char *user_name)
{
	for (gsize i = 0; i < G_N_ELEMENTS(people); i++)
		if (strcmp(people[i].user_name, user_name) == 0) {
			t->rules.actor = &people[i];
			return;
		}
	g_error("There is nobody called %s.", user_name);
}

Instant test_time(const TestFile *t, int day, int hour)
{
	return zone_instant(t->zone, day_from_civil(2026, 11, day), hour * 3600);
}

Day test_day(int month, int day)
{
	return day_from_civil(2026, month, day);
}

static void fill_policy(TestFile *t)
{
	memcpy(t->headings, headings, sizeof headings);
	memcpy(t->tiers, tiers, sizeof tiers);
	memcpy(t->criteria, criteria, sizeof criteria);
	t->policy = (Policy){
		.name = "test",
		.version = 1,
		.channels = CHANNELS_ALL,
		.headings = t->headings,
		.n_headings = G_N_ELEMENTS(headings),
		.tiers = t->tiers,
		.n_tiers = 1,
		.skip_reasons = skip_reasons,
		.n_skip_reasons = G_N_ELEMENTS(skip_reasons),
		.criteria = t->criteria,
		.n_criteria = G_N_ELEMENTS(criteria),
		.kinds = kinds,
		.n_kinds = G_N_ELEMENTS(kinds),
		.authorisation = {.signatures = 1, .deputy = TRUE},
		.review = {.months = 12},
		.notices = {.post_working_days = 2},
	};
}

static void fill_file(TestFile *t)
{
	const Report report = {.reporter = "reporter",
		.function = "casework",
		.channel = CHANNEL_PHONE,
		.heading = "persistent",
		.example = "same-issue",
		.targets = target};

	t->reports[0] = t->reports[1] = t->reports[2] = report;
	for (int i = 0; i < 3; i++) {
		static const char *const refs[] = {"R-1", "R-2", "R-3"}, *const assessed[] = {"AS-1", "AS-2", "AS-3"};
		static const int days[] = {2, 20, 21};

		t->reports[i].ref = refs[i];
		t->reports[i].assessment = assessed[i];
		t->reports[i].happened_at = test_time(t, days[i], 10);
		t->reports[i].recorded_at = test_time(t, days[i], 11);
		t->assessments[i] = (Assessment){.ref = assessed[i],
			.by = "manager",
			.outcome = i == 0 ? ASSESSED_WARNING : ASSESSED_REQUEST,
			.heading = "persistent",
			.at = test_time(t, days[i], 12)};
	}
	t->notices[0] = (NoticeState){.ref = "N-1",
		.kind = "warning",
		.about = "W-1",
		.owner = "manager",
		.delivery = "email",
		.made_at = test_time(t, 4, 9),
		.sent_at = test_time(t, 4, 10),
		.delivered_at = test_time(t, 4, 10),
		.returned_at = INSTANT_NONE};
	t->notices[1] = t->notices[0];
	t->warnings[0] = (Warning){.ref = "W-1",
		.assessment = "AS-1",
		.tier = "written",
		.notice = "N-1",
		.by = "manager",
		.days_to_adapt = 14,
		.at = test_time(t, 4, 9),
		.sent = &t->notices[0]};
	t->warnings[1] = t->warnings[0];
	t->requests[0] = (Request){.ref = "Q-1",
		.by = "manager",
		.state = REQUEST_OPEN,
		.at = test_time(t, 23, 9),
		.warning = "W-1",
		.reports = cited_reports,
		.account = t->account,
		.n_account = 1,
		.internal_review = "exhausted",
		.scope = SCOPE_FUNCTION,
		.scope_of = "casework",
		.restrictions = t->asked,
		.n_restrictions = 1,
		.until_on = DAY_NONE,
		.review_on = test_day(12, 31)};
	t->requests[1] = t->requests[0];
	t->file = (Casefile){.ref = "CF-1",
		.customer = "C-1",
		.function = "casework",
		.scope = SCOPE_FUNCTION,
		.scope_of = "casework",
		.matters = one_matter,
		.opened_at = test_time(t, 2, 11),
		.closed_at = INSTANT_NONE,
		.version = 7,
		.reports = t->reports,
		.n_reports = 2,
		.assessments = t->assessments,
		.n_assessments = 3,
		.referrals = t->referrals,
		.warnings = t->warnings,
		.n_warnings = 1,
		.requests = t->requests,
		.n_requests = 1,
		.decisions = t->decisions};
}

static void fill_inputs(TestFile *t)
{
	t->report = (ReportInput){.customer = "C-1",
		.matters = no_texts,
		.channel = "phone",
		.heading = "persistent",
		.example = "same-issue",
		.what = "Rang fifty times.",
		.effect = "Nobody else got through.",
		.disability = "not-known",
		.targets = no_texts};
	t->tests[0] = (KeyedText){"decided", "The complaint, in May."};
	t->tests[1] = (KeyedText){"time-taken", "Two hours a day."};
	t->assess = (AssessInput){.reports = new_report,
		.outcome = "request",
		.heading = "persistent",
		.tests = t->tests,
		.n_tests = 2,
		.needs_considered = "None known; asked on 3 November.",
		.behaviour = "You rang fifty times."};
	t->warn = (WarnInput){.assessment = "AS-2"};
	t->asked[0] =
		(RestrictionAsked){.kind = "channels-not", .arguments = not_phone, .n_arguments = 1, .report = "R-2"};
	t->asked[1] = t->asked[0];
	t->account[0] = (KeyedText){"properly-considered", "It was, in May."};
	t->account[1] = (KeyedText){"access", "None known."};
	t->complaints[0] = (CustomerComplaint){
		.about = "head", .reference = "COM-7", .lodged_on = test_day(11, 20), .concerns = "conduct"};
	t->request = (RequestInput){.warning = "W-1",
		.reports = cited_reports,
		.account = t->account,
		.n_account = 2,
		.internal_review = "exhausted",
		.no_complaints = TRUE,
		.restrictions = t->asked,
		.n_restrictions = 1,
		.reasons = "The calls go on.",
		.until_on = DAY_NONE,
		.review_on = test_day(12, 31)};
	t->findings[0] = (Finding){.criterion = "properly-considered", .finding = "met", .adopt = TRUE};
	t->findings[1] = (Finding){.criterion = "access", .finding = "met", .how = "I asked."};
	t->decide = (DecideInput){.request = "Q-1",
		.outcome = "as-asked",
		.findings = t->findings,
		.n_findings = 2,
		.reasons = "Letters reach us.",
		.lesser_step = "The warning did not help.",
		.affected = "Nobody.",
		.until_on = DAY_NONE,
		.review_on = test_day(12, 31)};
}

TestFile *test_file_new(void)
{
	TestFile *t = g_new0(TestFile, 1);

	t->zone = zone_new("Europe/London", NULL);
	g_assert_nonnull(t->zone);
	fill_policy(t);
	fill_file(t);
	fill_inputs(t);
	t->rules = (RuleContext){.policy = &t->policy, .zone = t->zone, .now = test_time(t, 24, 10)};
	test_as(t, "manager");
	return t;
}

void test_file_free(TestFile *t)
{
	zone_free(t->zone);
	g_free(t);
}

Report *test_add_report(TestFile *t, const char *heading, const char *example, AssessedOutcome outcome)
{
	Report *report = &t->reports[2];

	report->heading = t->assessments[2].heading = heading;
	report->example = example;
	report->violence = example != NULL && strcmp(example, "violence-threatened") == 0;
	if (outcome == ASSESSED_OUTCOMES)
		report->assessment = NULL;
	else
		t->assessments[2].outcome = outcome;
	t->file.n_reports = 3;
	return report;
}

void test_without_request(TestFile *t)
{
	t->file.n_requests = 0;
}

void test_without_warning(TestFile *t)
{
	test_add_report(t, "abusive", "harassment", ASSESSED_REQUEST);
	t->assessments[2].ground = "harassment";
	t->requests[0].warning = NULL;
	t->requests[0].skip_reason = "harassment";
	t->requests[0].reports = t->request.reports = new_report;
	t->request.warning = NULL;
	t->request.skip_reason = "harassment";
	t->request.skip_risk = "It would have gone on.";
	t->asked[0].report = "R-3";
	t->decide.confirms_no_warning = "A warning would have made it worse.";
}

Decision *test_add_decision(TestFile *t, DecidedOutcome outcome, const char *user_name, gboolean complete)
{
	Decision *decision = &t->decisions[0];

	t->signatures[0] = (Signature){user_name, CAPACITY_HEAD, test_time(t, 24, 9)};
	*decision = (Decision){.ref = "D-1",
		.request = "Q-1",
		.outcome = outcome,
		.signatures = t->signatures,
		.n_signatures = 1,
		.at = test_time(t, 24, 9),
		.complete_at = complete ? test_time(t, 24, 9) : INSTANT_NONE,
		.review_on = test_day(12, 31)};
	t->file.n_decisions = 1;
	return decision;
}

Dispute *test_add_dispute(TestFile *t, gboolean open)
{
	static const char *const acted_before[] = {"head", "manager", "reporter", NULL};
	Decision *decision = test_add_decision(t, DECIDED_AS_ASKED, "head", TRUE);
	Dispute *dispute = &t->disputes[0];

	t->rules.now = test_time(t, 30, 10);
	t->requests[0].state = REQUEST_AUTHORISED;
	t->notices[2] = (NoticeState){.ref = "N-3",
		.kind = "decision",
		.about = "D-1",
		.owner = "manager",
		.delivery = "email",
		.made_at = test_time(t, 24, 12),
		.sent_at = test_time(t, 24, 13),
		.delivered_at = test_time(t, 24, 13),
		.returned_at = INSTANT_NONE};
	decision->notice = &t->notices[2];
	t->file.notices = t->notices;
	t->file.n_notices = 3;
	t->arrangements[0] = (Arrangement){.ref = "A-1",
		.decision = "D-1",
		.casefile = "CF-1",
		.from = test_time(t, 24, 13),
		.until = INSTANT_NONE,
		.until_day = DAY_NONE,
		.review_day = test_day(12, 31)};
	t->file.arrangements = t->arrangements;
	t->file.n_arrangements = 1;
	*dispute = (Dispute){.ref = "DI-1",
		.decision = "D-1",
		.by = "staff",
		.received_at = test_time(t, 26, 9),
		.at = test_time(t, 26, 10),
		.reply_by = test_day(12, 16),
		.withdrawn_at = INSTANT_NONE,
		.answered_at = INSTANT_NONE,
		.acted_before = acted_before};
	t->file.disputes = t->disputes;
	t->file.n_disputes = open ? 1 : 0;
	return dispute;
}

typedef struct {
	TestCheck check;
	const TestCase *test;
} TestRun;

static void run_case(gconstpointer data)
{
	const TestRun *run = data;
	const TestCase *test = run->test;
	g_autoptr(TestFile) t = test_file_new();
	g_autoptr(GError) error = NULL;
	gboolean done;

	test->change(t);
	done = run->check(t, &error);
	if (strcmp(test->want, "ok") == 0) {
		g_assert_no_error(error);
		g_assert_true(done);
		return;
	}
	g_assert_false(done);
	g_assert_nonnull(error);
	g_test_message("%s", error->message);
	if (g_ascii_islower(test->want[0])) {
		g_assert_cmpstr(evenhand_error_kind(error), ==, test->want);
	} else {
		g_assert_cmpstr(evenhand_error_kind(error), ==, "refused");
		g_assert_cmpstr(evenhand_error_rule(error), ==, test->want);
	}
	g_assert_cmpstr(evenhand_error_field(error), ==, test->field);
	g_assert_true(g_utf8_validate(error->message, -1, NULL));
	g_assert_true(g_str_has_suffix(error->message, ".") || g_str_has_suffix(error->message, "?"));
}

void test_add_cases(const char *subject, TestCheck check, const TestCase *cases, gsize n)
{
	for (gsize i = 0; i < n; i++) {
		gboolean rule = g_ascii_isupper(cases[i].want[0]);
		g_autofree char *path = g_strdup_printf("/%s/%s", rule ? cases[i].want : subject, cases[i].name);
		TestRun *run = g_new(TestRun, 1);

		*run = (TestRun){check, &cases[i]};
		g_test_add_data_func_full(g_strdelimit(path, "_", '-'), run, run_case, g_free);
	}
}
