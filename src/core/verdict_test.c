/* Tests of verdict.c: what a contact meets, a table a rule. An answer is compared whole, written as
 * "verdict: reasons | what else it holds". */
#include "core/testing.h"

typedef struct {
	const char *path;
	const char *arrangements; /* " + " between them */
	Channel channel;
	const char *to; /* a door; NULL: none known */
	const char *expected;
	const char *at; /* default: Tuesday 2026-12-01T09:30 */
	const char *from, *asker, *matter, *matter_function, *purpose;
	gboolean machine, shared, exempt, out;
	int used; /* of every allowance */
} Case;

#define PHONE CHANNEL_PHONE
#define EMAIL CHANNEL_EMAIL
#define TUESDAYS "call-slot weekday=tuesday from=09:00 to=10:00 calls=1 minutes=15"
#define THURSDAYS "call-slot weekday=thursday from=14:00 to=15:00 calls=2 minutes=20"
#define POC "single-contact name=Jo mailbox=poc@x extension=0377"

static const Case cases[] = {
	{"/R1/inside-the-slot", "function casework: " TUESDAYS, PHONE, "0301",
		.expected = "limit: limit R1 | 15 min | uses 0.0=20788"},
	{"/R1/minutes-are-what-is-left-of-the-slot", "function casework: " TUESDAYS, PHONE, "0301",
		.expected = "limit: limit R1 | 8 min | uses 0.0=20788", .at = "2026-12-01T09:52"},
	{"/R1/outside-the-slot-declines-with-the-next", "function casework: " TUESDAYS, PHONE, "0301",
		.expected = "decline: decline R1 | next 2026-12-08T09:00:00Z", .at = "2026-12-01T10:00"},
	{"/R1/before-the-slot-on-its-day", "function casework: " TUESDAYS, PHONE, "0301",
		.expected = "decline: decline R1 | next 2026-12-01T09:00:00Z", .at = "2026-12-01T08:59"},
	{"/R1/next-slot-in-summer-time", "function casework: " TUESDAYS, PHONE, "0301",
		.expected = "decline: decline R1 | next 2027-03-30T08:00:00Z", .at = "2027-03-27T12:00"},
	{"/R1/allowance-used-declines-a-call", "function casework: " TUESDAYS, PHONE, "0301",
		.expected = "decline: decline R1 | next 2026-12-08T09:00:00Z", .used = 1},
	{"/R1/allowance-of-a-month-used", "function casework: " TUESDAYS " per=month", PHONE, "0301",
		.expected = "decline: decline R1 | next 2027-01-05T09:00:00Z", .used = 1},
	{"/R1/allowance-of-a-week", "function casework: " TUESDAYS " per=week", PHONE, "0301",
		.expected = "limit: limit R1 | 15 min | uses 0.0=20787"},
	{"/R1/two-slots-are-alternatives", "function casework: " TUESDAYS "; " THURSDAYS, PHONE, "0301",
		.expected = "limit: limit R1 | 20 min | uses 1.0=20790", .at = "2026-12-03T14:10"},
	{"/R1/outside-both-the-sooner-is-next", "function casework: " TUESDAYS "; " THURSDAYS, PHONE, "0301",
		.expected = "decline: decline R1, decline R1 | next 2026-12-03T14:00:00Z", .at = "2026-12-01T11:00"},
	{"/R1/one-used-up-the-other-not-yet-open", "function casework: " TUESDAYS "; " THURSDAYS, PHONE, "0301",
		.expected = "decline: decline R1, decline R1 | next 2026-12-03T14:00:00Z", .used = 2},
	{"/R1/of-two-open-slots-the-longer",
		"function casework: " TUESDAYS "; call-slot weekday=tuesday from=09:00 "
		"to=12:00 calls=9 minutes=40",
		PHONE, "0301", .expected = "limit: limit R1 | 40 min | uses 1.0=20788"},
	{"/R1/two-arrangements-both-bind", "function casework: " TUESDAYS " + organisation: " THURSDAYS, PHONE, "0301",
		.expected = "decline: decline R1, limit R1 | next 2026-12-03T14:00:00Z"},
	{"/R1/the-smaller-minutes-of-two-arrangements",
		"function casework: " TUESDAYS " + organisation: call-slot calls=3 minutes=5", PHONE, "0301",
		.expected = "limit: limit R1, limit R1 | 5 min | uses 0.0=20788 0.0=20788"},
	{"/R1/the-smaller-minutes-whichever-comes-first",
		"organisation: call-slot calls=3 minutes=5 + function casework: " TUESDAYS, PHONE, "0301",
		.expected = "limit: limit R1, limit R1 | 5 min | uses 0.0=20788 0.0=20788"},
	{"/R1/the-later-of-two-arrangements-next",
		"function casework: call-slot weekday=thursday from=10:00 to=11:00 calls=1 + "
		"organisation: call-slot weekday=thursday from=09:00 to=12:00 calls=1",
		PHONE, "0301", .expected = "decline: decline R1, decline R1 | next 2026-12-03T10:00:00Z"},
	{"/R1/any-number-of-calls-counts-nothing",
		"function casework: call-slot weekday=tuesday from=09:00 to=10:00 minutes=15", PHONE, "0301",
		.expected = "limit: limit R1 | 15 min", .used = 99},
	{"/R1/mail-outside-its-slot", "function casework: mail-limit weekday=monday from=09:00 to=10:00", EMAIL,
		"casework@x", .expected = "decline: decline R1 | next 2026-12-07T09:00:00Z"},
	{"/R1/mail-within-the-allowance", "function casework: mail-limit calls=2 per=week", EMAIL, "casework@x",
		.expected = "limit: limit R1 | uses 0.0=20787", .used = 1},
	{"/R1/mail-over-the-allowance-is-filed", "function casework: mail-limit calls=2 per=week", EMAIL, "casework@x",
		.expected = "file: file R1", .used = 2},
	{"/R1/no-next-slot-where-calls-are-closed", "function casework: " TUESDAYS "; channels-not channels=phone",
		PHONE, "0301", .expected = "decline: decline R2, decline R1", .at = "2026-12-01T11:00"},
	{"/R1/nothing-is-used-by-what-is-declined",
		"function casework: " TUESDAYS " + organisation: channels-not channels=phone", PHONE, "0301",
		.expected = "decline: decline R2, limit R1"},

	{"/R2/not-these", "function casework: channels-not channels=phone", PHONE, "0301",
		.expected = "decline: decline R2"},
	{"/R2/not-these-leaves-others-untouched", "function casework: channels-not channels=phone", EMAIL, "casework@x",
		.expected = "proceed:"},
	{"/R2/only-these", "function casework: channels-only channels=email,letter", PHONE, "0301",
		.expected = "decline: decline R2"},
	{"/R2/only-these-lets-the-named-in", "function casework: channels-only channels=email,letter", EMAIL,
		"casework@x", .expected = "proceed:"},
	{"/R2/only-these-names-every-other", "function casework: channels-only channels=email,letter", CHANNEL_CHAT,
		NULL, .expected = "decline: decline R2", .asker = "casework"},

	{"/R3/to-the-point-of-contact", "function casework: " POC, EMAIL, "casework@x",
		.expected = "route: route R3 | route poc@x 0377 Jo"},
	{"/R3/of-two-the-first",
		"function casework: " POC " + organisation: single-contact name=Al mailbox=contact@x extension=0100",
		PHONE, "0301", .expected = "route: route R3, route R3 | route poc@x 0377 Jo"},

	{"/R4/recorded", "function casework: call-recording", PHONE, "0301", .expected = "record: record R4 | record"},
	{"/R4/recorded-under-a-severer-that-lets-through", "function casework: call-recording; " TUESDAYS "; " POC,
		PHONE, "0301",
		.expected = "route: route R3, limit R1, record R4 | 15 min | route poc@x 0377 Jo | record | uses "
			    "1.0=20788"},
	{"/R4/not-where-it-is-declined", "function casework: call-recording; channels-not channels=phone", PHONE,
		"0301", .expected = "decline: decline R2, record R4"},
	{"/R4/not-mail", "function casework: call-recording", EMAIL, "casework@x", .expected = "proceed:"},

	{"/R5/read-and-filed", "function casework: read-and-file", EMAIL, "casework@x", .expected = "file: file R5"},
	{"/R5/not-calls", "function casework: read-and-file", PHONE, "0301", .expected = "proceed:"},

	{"/R6/by-phone-a-question", "function casework: no-reopening matter=M-1", PHONE, "0301",
		.expected = "check: check R6"},
	{"/R6/by-mail-filed", "function casework: no-reopening matter=M-1", EMAIL, "casework@x",
		.expected = "file: file R6"},
	{"/R6/the-matter-named", "function casework: no-reopening matter=M-1", EMAIL, "casework@x",
		.expected = "file: file R6", .matter = "M-1"},
	{"/R6/another-matter-is-untouched", "function casework: no-reopening matter=M-1", EMAIL, "casework@x",
		.expected = "proceed:", .matter = "M-2"},

	{"/R7/another-action-asks", "function casework: other-action words=Two_staff", PHONE, "0301",
		.expected = "check: check R7"},
	{"/R7/blocked-number", "function casework: block-identifier identifiers=ID-1", PHONE, "0301",
		.expected = "block: block R7", .from = "+441"},
	{"/R7/another-number-of-theirs", "function casework: block-identifier identifiers=ID-1", PHONE, "0301",
		.expected = "proceed:", .from = "+442"},
	{"/R7/named-by-staff-without-a-number", "function casework: block-identifier identifiers=ID-1", PHONE, "0301",
		.expected = "proceed:"},
	{"/R7/block-is-the-severest",
		"function casework: channels-not channels=phone; block-identifier identifiers=ID-1,ID-2; "
		"call-recording",
		PHONE, "0301", .expected = "block: block R7, decline R2, record R4", .from = "+441"},

	{"/R8/words-alone", "function casework: two-present", CHANNEL_IN_PERSON, "desk-1",
		.expected = "proceed: proceed R8"},

	{"/R11/shared-number-at-a-machine", "function casework: channels-not channels=phone", PHONE, "0301",
		.expected = "check: check R11", .shared = TRUE, .machine = TRUE},
	{"/R11/shared-number-blocked", "function casework: block-identifier identifiers=ID-5", PHONE, "0301",
		.expected = "check: check R11", .from = "+445", .shared = TRUE, .machine = TRUE},
	{"/R11/shared-number-uses-nothing", "function casework: " TUESDAYS "; call-recording; " POC, PHONE, "0301",
		.expected = "check: check R11, check R11, check R11", .shared = TRUE, .machine = TRUE},
	{"/R11/shared-number-nothing-restricts", "function casework: channels-not channels=phone", EMAIL, "casework@x",
		.expected = "proceed:", .shared = TRUE, .machine = TRUE},
	{"/R11/staff-who-named-the-customer", "function casework: channels-not channels=phone", PHONE, "0301",
		.expected = "decline: decline R2", .shared = TRUE},

	{"/gate/function/another-functions-door", "function casework: channels-not channels=phone", PHONE, "0401",
		.expected = "proceed:"},
	{"/gate/function/the-switchboard-asks", "function casework: channels-not channels=phone", PHONE, "0100",
		.expected = "check: check G4", .machine = TRUE},
	{"/gate/function/the-switchboard-nothing-restricts", "function casework: channels-not channels=phone", EMAIL,
		"contact@x", .expected = "proceed:", .machine = TRUE},
	{"/gate/function/an-unknown-door-is-the-organisations", "function casework: channels-not channels=phone", PHONE,
		NULL, .expected = "check: check G4", .machine = TRUE},
	{"/gate/function/without-a-door-the-askers", "function casework: channels-not channels=phone", PHONE, NULL,
		.expected = "decline: decline R2", .asker = "casework"},
	{"/gate/function/without-a-door-another-asker", "function casework: channels-not channels=phone", PHONE, NULL,
		.expected = "proceed:", .asker = "intake"},
	{"/gate/function/a-line-of-its-staff", "function intake: channels-not channels=phone", PHONE, "0355",
		.expected = "decline: decline R2"},
	{"/gate/function/a-line-of-others", "function complaints: channels-not channels=phone", PHONE, "0355",
		.expected = "proceed:"},
	{"/gate/function/another-matter-at-the-switchboard-asks", "function casework: channels-not channels=phone",
		PHONE, "0100", .expected = "check: check G4", .matter = "M-2"},
	{"/gate/function/the-casefiles-matter", "function casework: channels-not channels=phone", PHONE, "0301",
		.expected = "decline: decline R2", .matter = "M-1"},
	{"/gate/function/the-casefiles-matter-at-the-switchboard", "function casework: channels-not channels=phone",
		PHONE, "0100", .expected = "decline: decline R2", .matter = "M-1"},
	{"/gate/function/the-casefiles-matter-elsewhere", "function casework: channels-not channels=phone", PHONE,
		"0401", .expected = "decline: decline R2", .matter = "M-1"},
	{"/gate/function/another-matter-asks", "function casework: channels-not channels=phone", PHONE, "0301",
		.expected = "check: check G4", .matter = "M-2"},
	{"/gate/function/another-matter-of-it-elsewhere", "function casework: channels-not channels=phone", PHONE,
		"0401", .expected = "check: check G4", .matter = "M-2", .matter_function = "casework"},
	{"/gate/function/another-functions-matter", "function casework: channels-not channels=phone", PHONE, "0401",
		.expected = "proceed:", .matter = "M-2", .matter_function = "intake"},
	{"/gate/organisation/binds-everywhere", "organisation: channels-not channels=phone", PHONE, "0100",
		.expected = "decline: decline R2", .machine = TRUE},
	{"/gate/organisation/an-unknown-door", "organisation: channels-not channels=phone", PHONE, NULL,
		.expected = "decline: decline R2", .machine = TRUE},
	{"/gate/matter/unknown-staff-ask", "matter M-1: channels-not channels=phone", PHONE, "0301",
		.expected = "check: check G4"},
	{"/gate/matter/unknown-machines-let-through", "matter M-1: channels-not channels=phone", PHONE, "0301",
		.expected = "proceed:", .machine = TRUE},
	{"/gate/matter/known", "matter M-1: channels-not channels=email", EMAIL, "casework@x",
		.expected = "decline: decline R2", .matter = "M-1"},
	{"/gate/matter/known-by-its-door", "matter M-1: channels-not channels=email", EMAIL, "m1@x",
		.expected = "decline: decline R2", .machine = TRUE},
	{"/gate/matter/another", "matter M-1: channels-not channels=email", EMAIL, "casework@x",
		.expected = "proceed:", .matter = "M-2"},

	{"/G5/emergency-everywhere", "organisation: channels-not channels=phone", PHONE, "0301",
		.expected = "proceed:", .purpose = "emergency"},
	{"/G5/exempt-everywhere", "organisation: channels-not channels=phone", PHONE, "0301",
		.expected = "proceed:", .exempt = TRUE},
	{"/G5/dispute-at-its-door", "organisation: channels-not channels=email", EMAIL, "complaints@x",
		.expected = "proceed:", .purpose = "dispute"},
	{"/G5/purpose-unsaid-at-a-marked-door", "organisation: channels-not channels=email", EMAIL, "complaints@x",
		.expected = "proceed:", .machine = TRUE},
	{"/G5/dispute-elsewhere", "organisation: channels-not channels=email", EMAIL, "casework@x",
		.expected = "decline: decline R2", .purpose = "dispute"},
	{"/G5/another-purpose-at-that-door", "organisation: channels-not channels=email", EMAIL, "complaints@x",
		.expected = "decline: decline R2", .purpose = "information-request"},
	{"/G5/an-unknown-purpose-opens-nothing", "organisation: channels-not channels=email", EMAIL, "casework@x",
		.expected = "decline: decline R2", .purpose = "notice"},

	{"/G12/outward-unbound-has-words", "function casework: channels-not channels=phone", PHONE, NULL,
		.expected = "proceed: proceed R2", .asker = "casework", .out = TRUE},
	{"/G12/outward-uses-nothing", "function casework: " TUESDAYS, PHONE, NULL, .expected = "proceed: proceed R1",
		.asker = "casework", .out = TRUE},
	{"/G12/outward-bound-asks", "function casework: no-calls-from-us", PHONE, NULL, .expected = "check: check R8",
		.asker = "casework", .out = TRUE},
	{"/G12/what-binds-outward-leaves-calls-in", "function casework: no-calls-from-us", PHONE, "0301",
		.expected = "proceed: proceed R8"},
	{"/G12/a-marked-door-opens-nothing-outward", "organisation: no-calls-from-us", PHONE, "0199",
		.expected = "check: check R8", .out = TRUE},
	{"/G12/notices-proceed", "function casework: no-calls-from-us", PHONE, NULL,
		.expected = "proceed:", .asker = "casework", .out = TRUE, .purpose = PURPOSE_NOTICE},
	{"/G12/legal-duties-proceed", "function casework: no-calls-from-us", PHONE, NULL,
		.expected = "proceed:", .asker = "casework", .out = TRUE, .purpose = PURPOSE_LEGAL_DUTY},
	{"/G12/emergencies-proceed", "function casework: no-calls-from-us", PHONE, NULL,
		.expected = "proceed:", .asker = "casework", .out = TRUE, .purpose = "emergency"},
	{"/G12/another-purpose-asks", "function casework: no-calls-from-us", PHONE, NULL, .expected = "check: check R8",
		.asker = "casework", .out = TRUE, .purpose = "dispute"},

	{"/N5/nothing-before-its-start", "organisation: channels-not channels=phone", PHONE, "0301",
		.expected = "proceed:", .at = "2026-10-31T23:59"},
	{"/N5/from-its-start", "organisation: channels-not channels=phone", PHONE, "0301",
		.expected = "decline: decline R2", .at = "2026-11-01T00:00"},
	{"/G2/not-overdue-on-the-review-day", "organisation: channels-not channels=phone", PHONE, "0301",
		.expected = "decline: decline R2", .at = "2027-11-01T23:59"},
	{"/G2/overdue-shows-on-each-answer", "organisation: channels-not channels=phone", EMAIL, "casework@x",
		.expected = "proceed: | overdue", .at = "2027-11-02T00:00"},
	{"/G2/overdue-still-binds", "organisation: channels-not channels=phone", PHONE, "0301",
		.expected = "decline: decline R2 | overdue", .at = "2027-11-02T00:00"},
	{"/G2/overdue-shows-to-the-exempt", "organisation: channels-not channels=phone", PHONE, "0301",
		.expected = "proceed: | overdue", .at = "2027-11-02T00:00", .exempt = TRUE},
};

static gint64 used_so_often(
	const void *counts, const Arrangement *arrangement, gsize restriction, gsize slot, gint64 period_key)
{
	(void)arrangement, (void)restriction, (void)slot, (void)period_key;
	return *(const int *)counts;
}

static char *describe(const VerdictAnswer *answer, Arena *mem)
{
	GString *text = g_string_new(verdict_name(answer->verdict));

	g_string_append_c(text, ':');
	for (gsize i = 0; i < answer->n_reasons; i++)
		g_string_append_printf(text, "%s %s %s", i == 0 ? "" : ",", verdict_name(answer->reasons[i].verdict),
			answer->reasons[i].rule);
	if (answer->minutes > 0)
		g_string_append_printf(text, " | %d min", answer->minutes);
	if (answer->mailbox != NULL)
		g_string_append_printf(
			text, " | route %s %s %s", answer->mailbox, answer->extension, answer->contact_name);
	if (answer->record)
		g_string_append(text, " | record");
	if (answer->next_slot != INSTANT_NONE)
		g_string_append_printf(text, " | next %s", instant_format(mem, answer->next_slot));
	if (answer->review_overdue)
		g_string_append(text, " | overdue");
	if (answer->n_uses > 0)
		g_string_append(text, " | uses");
	for (gsize i = 0; i < answer->n_uses; i++)
		g_string_append_printf(text, " %d.%d=%d", (int)answer->uses[i].restriction, (int)answer->uses[i].slot,
			(int)answer->uses[i].period_key);
	return arena_own(mem, g_string_free(text, FALSE), g_free);
}

static gsize make_arrangements(const char *text, Arena *mem, const Arrangement **ret_arrangements)
{
	g_auto(GStrv) parts = g_strsplit(text, " + ", -1);
	gsize n = g_strv_length(parts);

	for (gsize i = 0; i < n; i++)
		ret_arrangements[i] = test_arrangement(parts[i], mem);
	return n;
}

static void test_case(gconstpointer data)
{
	const Case *c = data;
	g_autoptr(Arena) mem = arena_new(1 << 20);
	g_autoptr(Zone) zone = zone_new("Europe/London", NULL);
	const Arrangement *arrangements[4];
	gsize n = make_arrangements(c->arrangements, mem, arrangements);
	const VerdictQuery query = {.channel = c->channel,
		.direction = c->out ? DIRECTION_OUT : DIRECTION_IN,
		.identifier = c->from,
		.door = test_door(c->to),
		.asker_function = c->asker,
		.matter = c->matter,
		.matter_function = c->matter_function,
		.purpose = c->purpose,
		.machine_door = c->machine,
		.identifier_shared = c->shared,
		.exempt = c->exempt,
		.at = test_at(zone, c->at != NULL ? c->at : "2026-12-01T09:30")};
	VerdictAnswer answer;

	memset(&answer, 0xaa, sizeof answer); /* every field is set */
	verdict_for(&test_policy, zone, arrangements, n, &query, used_so_often, &c->used, &answer);
	g_assert_cmpstr(describe(&answer, mem), ==, c->expected);
}

/* What one arrangement answers to a call on Tuesday 1 December 2026 at 9:30. */
static void ask(const Arrangement *arrangement, Channel channel, const char *at, VerdictAnswer *ret_answer)
{
	g_autoptr(Zone) zone = zone_new("Europe/London", NULL);
	const VerdictQuery query = {.channel = channel,
		.door = test_door(channel == EMAIL ? "casework@x" : "0301"),
		.at = test_at(zone, at != NULL ? at : "2026-12-01T09:30")};

	verdict_for(&test_policy, zone, &arrangement, 1, &query, NULL, NULL, ret_answer);
}

static void test_words_fit_the_verdict(void)
{
	static const struct {
		const char *arrangement;
		Channel channel;
		const char *at, *staff, *caller, *sender;
	} words[] = {
		{"organisation: channels-not channels=phone", PHONE, NULL, "Not by phone.", "We cannot take this call.",
			"We cannot accept this message."},
		{"organisation: " TUESDAYS, PHONE, "2026-12-01T11:00", "Calls on Tuesdays.",
			"We can take this call on Tuesdays between 9am and 10am.", NULL},
		{"organisation: " TUESDAYS, PHONE, NULL, "Calls on Tuesdays.", NULL, NULL},
		{"organisation: " TUESDAYS "; call-recording", PHONE, NULL, "Calls on Tuesdays.",
			"This call may be recorded.", NULL},
		{"organisation: two-present; call-recording; read-and-file", EMAIL, NULL, "Read it and file it.", NULL,
			NULL},
		{"organisation: no-calls-from-us; call-recording; block-identifier identifiers=ID-1", PHONE, NULL,
			"Say that it is recorded.", "This call may be recorded.", NULL},
		{"organisation: no-reopening matter=M-1; call-recording", PHONE, NULL, "Say that it is recorded.",
			"This call may be recorded.", NULL},
		{"organisation: no-reopening matter=M-1", PHONE, NULL, "M-1 is closed.",
			"Somebody will ask what your call is about.", NULL},
		{"function intake: channels-not channels=phone", PHONE, NULL, NULL, NULL, NULL},
		{"matter M-1: channels-not channels=phone", PHONE, NULL, "Not by phone.", NULL, NULL},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
		g_autoptr(Arena) mem = arena_new(1 << 20);
		VerdictAnswer answer;

		ask(test_arrangement(words[i].arrangement, mem), words[i].channel, words[i].at, &answer);
		g_assert_cmpstr(answer.say_to_staff, ==, words[i].staff);
		g_assert_cmpstr(answer.say_to_caller, ==, words[i].caller);
		g_assert_cmpstr(answer.say_to_sender, ==, words[i].sender);
	}
}

/* What is declined or filed is not told that it is recorded. */
static void test_declined_without_words_borrows_none(void)
{
	g_autoptr(Arena) mem = arena_new(1 << 20);
	Arrangement *arrangement = test_arrangement("organisation: channels-not channels=phone; call-recording", mem);
	VerdictAnswer answer;

	arrangement->restrictions[0].say_to_caller = NULL;
	ask(arrangement, PHONE, NULL, &answer);
	g_assert_cmpint(answer.verdict, ==, VERDICT_DECLINE);
	g_assert_null(answer.say_to_caller);
}

/* Words for customers are for those who come to us. */
static void test_outward_has_words_for_staff_alone(void)
{
	g_autoptr(Arena) mem = arena_new(1 << 20);
	g_autoptr(Zone) zone = zone_new("Europe/London", NULL);
	const Arrangement *arrangement = test_arrangement("organisation: no-calls-from-us", mem);
	const VerdictQuery query = {
		.channel = PHONE, .direction = DIRECTION_OUT, .at = test_at(zone, "2026-12-01T09:30")};
	VerdictAnswer answer;

	verdict_for(&test_policy, zone, &arrangement, 1, &query, NULL, NULL, &answer);
	g_assert_cmpstr(answer.say_to_staff, ==, "We agreed not to ring.");
	g_assert_null(answer.say_to_caller);
}

static void test_over_need_asks(void)
{
	g_autoptr(Arena) mem = arena_new(1 << 20);
	Arrangement *arrangement = test_arrangement("organisation: channels-not channels=phone; call-recording", mem);
	VerdictAnswer answer;

	arrangement->restrictions[0].over_need = TRUE;
	ask(arrangement, PHONE, NULL, &answer);
	g_assert_cmpstr(describe(&answer, mem), ==, "record: record R4, check R9 | record");
	g_assert_cmpstr(answer.say_to_staff, ==, "Say that it is recorded.");
	arrangement->n_restrictions = 1;
	ask(arrangement, PHONE, NULL, &answer);
	g_assert_cmpstr(describe(&answer, mem), ==, "check: check R9");
}

/* What the words for staff are about: of the first reason, whatever turned it to what it is. */
static void test_words_are_about(void)
{
	static const struct {
		const char *arrangement, *door;
		Direction direction;
		gboolean over_need, shared;
		WordsAbout about;
		const char *staff;
	} words[] = {
		{"function casework: channels-not channels=phone", "0301", DIRECTION_IN, FALSE, FALSE, WORDS_KIND,
			"Not by phone."},
		{"function casework: channels-not channels=phone", "0301", DIRECTION_IN, TRUE, FALSE, WORDS_NEED,
			"Take it, for what they cannot do otherwise: the head of function has not decided yet about a "
			"need recorded since."},
		{"function casework: channels-not channels=phone", "0301", DIRECTION_IN, FALSE, TRUE, WORDS_SHARED,
			"Not by phone."},
		{"function casework: channels-not channels=phone", "0100", DIRECTION_IN, FALSE, FALSE, WORDS_SCOPE,
			"Not by phone."},
		{"function casework: other-action words=Two_staff", "0100", DIRECTION_IN, FALSE, FALSE, WORDS_SCOPE,
			"Two staff"},
		{"function casework: channels-not channels=phone", "0301", DIRECTION_OUT, FALSE, FALSE, WORDS_OUTWARD,
			"Not by phone."},
		{"function casework: no-calls-from-us", "0301", DIRECTION_OUT, FALSE, FALSE, WORDS_KIND,
			"We agreed not to ring."},
		{"function casework: no-calls-from-us; channels-not channels=phone", "0301", DIRECTION_OUT, FALSE,
			FALSE, WORDS_KIND, "We agreed not to ring."},
	};
	g_autoptr(Zone) zone = zone_new("Europe/London", NULL);

	for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
		g_autoptr(Arena) mem = arena_new(1 << 20);
		Arrangement *arrangement = test_arrangement(words[i].arrangement, mem);
		const VerdictQuery query = {.channel = PHONE,
			.direction = words[i].direction,
			.door = test_door(words[i].door),
			.machine_door = words[i].shared,
			.identifier_shared = words[i].shared,
			.at = test_at(zone, "2026-12-01T09:30")};
		VerdictAnswer answer;

		arrangement->restrictions[0].over_need = words[i].over_need;
		verdict_for(
			&test_policy, zone, (const Arrangement *const *)&arrangement, 1, &query, NULL, NULL, &answer);
		g_assert_cmpint(answer.staff_about, ==, words[i].about);
		g_assert_cmpstr(answer.say_to_staff, ==, words[i].staff);
		g_assert_true(answer.staff_of == arrangement);
	}
}

static void test_lapse_and_end(void)
{
	g_autoptr(Arena) mem = arena_new(1 << 20);
	Arrangement *arrangement = test_arrangement("organisation: " TUESDAYS, mem);
	VerdictAnswer answer;

	arrangement->review_lapses = TRUE;
	ask(arrangement, PHONE, "2027-11-01T23:59", &answer);
	g_assert_cmpint(answer.verdict, ==, VERDICT_DECLINE);
	ask(arrangement, PHONE, "2027-11-02T00:00", &answer);
	g_assert_cmpint(answer.verdict, ==, VERDICT_PROCEED);
	g_assert_false(answer.review_overdue);

	/* its end is sooner than the next slot: from then on they may ring */
	arrangement->until = day_from_civil(2026, 12, 5) * USEC_PER_DAY;
	ask(arrangement, PHONE, "2026-12-04T23:59", &answer);
	g_assert_cmpstr(describe(&answer, mem), ==, "decline: decline R1 | next 2026-12-05T00:00:00Z");
	ask(arrangement, PHONE, "2026-12-05T00:00", &answer);
	g_assert_cmpint(answer.verdict, ==, VERDICT_PROCEED);

	arrangement->from = INSTANT_NONE;
	ask(arrangement, PHONE, "2026-12-03T10:00", &answer);
	g_assert_cmpint(answer.verdict, ==, VERDICT_PROCEED);
}

/* More reasons than an answer holds: the mildest are left out. */
static void test_the_severest_reasons_stay(void)
{
	g_autoptr(Arena) mem = arena_new(1 << 20);
	GString *text = g_string_new("organisation: call-recording");
	VerdictAnswer answer;

	for (int i = 0; i < 20; i++)
		g_string_append(text, "; other-action words=x");
	g_string_append(text, "; channels-not channels=phone");
	ask(test_arrangement(text->str, mem), PHONE, NULL, &answer);
	g_string_free(text, TRUE);
	g_assert_cmpint(answer.verdict, ==, VERDICT_DECLINE);
	g_assert_cmpuint(answer.n_reasons, ==, VERDICT_REASONS_MAX);
	g_assert_cmpint(answer.reasons[0].verdict, ==, VERDICT_DECLINE);
	g_assert_cmpint(answer.reasons[1].verdict, ==, VERDICT_RECORD);
	g_assert_cmpint(answer.reasons[2].verdict, ==, VERDICT_CHECK);
}

static void test_speed(void)
{
	g_autoptr(Arena) mem = arena_new(1 << 20);
	g_autoptr(Zone) zone = zone_new("Europe/London", NULL);
	const Arrangement *arrangement = test_arrangement("function casework: " TUESDAYS, mem);
	VerdictQuery query = {.channel = PHONE, .door = test_door("0301"), .at = test_at(zone, "2026-12-01T09:30")};
	const int rounds = 1000000;
	VerdictAnswer answer;
	gint64 sum = 0;
	gint64 begin = g_get_monotonic_time();

	for (int i = 0; i < rounds; i++) {
		query.at += USEC_PER_SEC;
		verdict_for(&test_policy, zone, &arrangement, 1, &query, NULL, NULL, &answer);
		sum += answer.verdict;
	}
	g_test_message("%.0f ns a verdict (%d)", (double)(g_get_monotonic_time() - begin) * 1000.0 / rounds, (int)sum);
}

/* D2: another course that was agreed: until its letter was delivered each contact gets the milder of it and the one
 * before. */
static void test_agreed(void)
{
	g_autoptr(Arena) mem = arena_new(1 << 20);
	g_autoptr(Zone) zone = zone_new("Europe/London", NULL);
	Arrangement *now = test_arrangement("function casework: channels-not channels=email; " TUESDAYS, mem);
	const Arrangement *const all[] = {now};
	const Instant told = test_at(zone, "2026-12-08T09:30");
	VerdictQuery query = {.channel = EMAIL, .door = test_door("casework@x"), .at = told - 1};
	VerdictAnswer answer;

	now->before = test_arrangement("function casework: channels-not channels=phone,letter", mem);
	now->told = told;
	verdict_for(&test_policy, zone, all, 1, &query, NULL, NULL, &answer);
	g_assert_cmpint(answer.verdict, ==, VERDICT_PROCEED);
	query.at = told;
	verdict_for(&test_policy, zone, all, 1, &query, NULL, NULL, &answer);
	g_assert_cmpint(answer.verdict, ==, VERDICT_DECLINE);
	now->told = INSTANT_NONE;
	verdict_for(&test_policy, zone, all, 1, &query, NULL, NULL, &answer);
	g_assert_cmpint(answer.verdict, ==, VERDICT_PROCEED);
	query = (VerdictQuery){.channel = PHONE, .door = test_door("0301"), .at = told};
	verdict_for(&test_policy, zone, all, 1, &query, NULL, NULL, &answer);
	g_assert_cmpint(answer.verdict, ==, VERDICT_LIMIT);
	query.channel = CHANNEL_LETTER;
	query.door = NULL;
	query.asker_function = "casework";
	verdict_for(&test_policy, zone, all, 1, &query, NULL, NULL, &answer);
	g_assert_cmpint(answer.verdict, ==, VERDICT_PROCEED);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
		g_test_add_data_func(cases[i].path, &cases[i], test_case);
	g_test_add_func("/gate/words-fit-the-verdict", test_words_fit_the_verdict);
	g_test_add_func("/gate/declined-without-words-borrows-none", test_declined_without_words_borrows_none);
	g_test_add_func("/G12/outward-has-words-for-staff-alone", test_outward_has_words_for_staff_alone);
	g_test_add_func("/R9/over-a-need-asks", test_over_need_asks);
	g_test_add_func("/G4/words-are-about", test_words_are_about);
	g_test_add_func("/G2/lapse-and-end", test_lapse_and_end);
	g_test_add_func("/gate/the-severest-reasons-stay", test_the_severest_reasons_stay);
	if (g_test_perf()) /* -m perf */
		g_test_add_func("/gate/speed", test_speed);
	g_test_add_func("/D2/another-course-until-its-letter-has-told-it", test_agreed);
	return g_test_run();
}
