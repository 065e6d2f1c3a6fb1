/* casefile_testing.h: for the tests of the casefile's rules: a small pack, people, and a casefile that has come as far
 * as an open request; each test changes one thing. And tables of such changes, named by rule.
 *
 * On 24 November 2026 at 10am in London: R-1 (2 November, phone, persistent, by `reporter`) was assessed in AS-1 and
 * warned about in W-1, which was delivered by e-mail on 4 November; the days to adapt ran until 18 November; R-2 (20
 * November) was assessed in AS-2; `manager` made request Q-1 on 23 November. */
#pragma once

#include "core/criteria.h"

typedef struct {
	Policy policy;
	Heading headings[2];
	WarningTier tiers[2];
	Criterion criteria[2];
	RuleContext rules;
	Zone *zone;
	Casefile file;
	Report reports[3];
	Assessment assessments[3];
	Referral referrals[1];
	Warning warnings[2];
	NoticeState notices[3];
	Request requests[2];
	Decision decisions[2];
	Signature signatures[2];
	Arrangement arrangements[2];
	Dispute disputes[2];
	CustomerComplaint complaints[1];

	/* The inputs, each good as it stands. */
	ReportInput report;
	AssessInput assess; /* of R-3, which is then on file */
	WarnInput warn;     /* about AS-2 */
	RequestInput request;
	DecideInput decide;
	RestrictionAsked asked[2];
	KeyedText tests[2], account[2];
	Finding findings[2];
	const char *list[4]; /* references of reports, where a test cites others */
} TestFile;

TestFile *test_file_new(void);
void test_file_free(TestFile *t);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TestFile, test_file_free)

/* Acts as that person: reporter, staff, manager, second-manager, head, manager-and-head, deputy, stand-in, other-head,
 * other-manager, officer (of complaints), auditor, administrator, job, gate. */
void test_as(TestFile *t, const char *user_name);
Instant test_time(const TestFile *t, int day, int hour); /* of November 2026 */
Day test_day(int month, int day);                        /* of 2026 */

/* Adds R-3, of 21 November: on the channel, under the heading and example, by `reporter`; assessed as the outcome in
 * AS-3, or not at all (ASSESSED_OUTCOMES). */
Report *test_add_report(TestFile *t, const char *heading, const char *example, AssessedOutcome outcome);
/* The casefile before its request: Q-1 is not on file. */
void test_without_request(TestFile *t);
/* Q-1 rests on no warning: R-3 is harassment, assessed with that ground, and cited. */
void test_without_warning(TestFile *t);
/* A decision on Q-1, signed by the user on 24 November; complete or not. */
Decision *test_add_decision(TestFile *t, DecidedOutcome outcome, const char *user_name, gboolean complete);
/* The decision D-1 of `head`, its letter N-3 delivered by e-mail, its arrangement A-1 in force; and where `open`, the
 * dispute DI-1 about it, recorded by `staff` on 26 November. It is the 30th. */
Dispute *test_add_dispute(TestFile *t, gboolean open);

typedef gboolean (*TestCheck)(TestFile *t, GError **error);

/* One change and what it leads to: "ok", a kind of error ("invalid"), or the rule that refuses; and the field it names.
 */
typedef struct {
	const char *want, *name, *field;
	void (*change)(TestFile *t);
} TestCase;

#define TEST_CHANGE(want, name, field, ...)                                                                            \
	static void name(TestFile *t)                                                                                  \
	{                                                                                                              \
		(void)t;                                                                                               \
		__VA_ARGS__;                                                                                           \
	}
#define TEST_ROW(want, name, field, ...) {want, #name, field, name},
/* Makes functions and table of a list `LIST(X)` with rows X(want, name, field, changes). */
#define TEST_CASES(table, LIST) LIST(TEST_CHANGE) static const TestCase table[] = {LIST(TEST_ROW)}

/* Adds a test for each case, "/A4/requester-cannot-decide"; what is fine or ill-formed goes under `subject`. */
void test_add_cases(const char *subject, TestCheck check, const TestCase *cases, gsize n);
