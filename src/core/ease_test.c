/* Tests of ease.c: what is only easier, and each way in which a change can be severer. */
#include "core/ease.h"
#include "core/testing.h"

#define TUESDAYS "call-slot weekday=tuesday from=09:00 to=10:00 calls=1 minutes=15"
#define THURSDAYS "call-slot weekday=thursday from=14:00 to=15:00 calls=2 minutes=20"
#define POC "single-contact name=Jo mailbox=poc@x extension=0377"
#define CASEWORK "function casework: "

typedef struct {
	const char *path, *old, *now;
	const char *severer; /* how the sentence begins; NULL: nowhere */
	const char *milder;  /* likewise */
	const char *until, *new_until, *new_review;
	const char *at; /* the field that makes it severer; NULL: not looked at */
} Case;

static const Case cases[] = {
	/* easier */
	{"/R8/ease/one-of-two-restrictions-dropped", CASEWORK "channels-not channels=phone; read-and-file",
		CASEWORK "read-and-file", .milder = "by phone"},
	{"/R8/ease/closed-calls-become-a-slot", CASEWORK "channels-not channels=phone", CASEWORK TUESDAYS,
		.milder = "by phone, on Tuesdays at 9am"},
	{"/R8/ease/one-more-way", CASEWORK "channels-only channels=email,letter",
		CASEWORK "channels-only channels=email,letter,phone", .milder = "by phone"},
	{"/R8/ease/only-becomes-not", CASEWORK "channels-only channels=email,letter",
		CASEWORK "channels-not channels=phone", .milder = "in person"},
	{"/R8/ease/a-longer-slot", CASEWORK TUESDAYS,
		CASEWORK "call-slot weekday=tuesday from=09:00 to=11:00 calls=1 minutes=15", .milder = "by phone"},
	{"/R8/ease/one-more-slot", CASEWORK TUESDAYS, CASEWORK TUESDAYS "; " THURSDAYS, .milder = "by phone"},
	{"/R8/ease/more-calls", CASEWORK TUESDAYS,
		CASEWORK "call-slot weekday=tuesday from=09:00 to=10:00 calls=3 minutes=15", .milder = "more calls"},
	{"/R8/ease/more-minutes", CASEWORK TUESDAYS,
		CASEWORK "call-slot weekday=tuesday from=09:00 to=10:00 calls=1 minutes=30", .milder = "by phone"},
	{"/R8/ease/recorded-no-longer", CASEWORK "call-recording; " TUESDAYS, CASEWORK TUESDAYS, .milder = "by phone"},
	{"/A3/ease/routed-on-more-channels", CASEWORK "channels-not channels=phone,email", CASEWORK POC,
		.severer = "by letter: what goes through now goes to the point", .milder = "by phone"},
	{"/R8/ease/an-identifier-fewer", CASEWORK "block-identifier identifiers=ID-1,ID-2",
		CASEWORK "block-identifier identifiers=ID-1", .milder = "by e-mail, from a@b"},
	{"/R8/ease/about-one-matter-only", CASEWORK "read-and-file; no-reopening matter=M-1",
		CASEWORK "no-reopening matter=M-1", .milder = "by e-mail"},
	{"/R8/ease/words-where-nothing-got-through",
		CASEWORK "channels-only channels=phone; other-action words=Two_staff",
		CASEWORK "other-action words=Two_staff", .milder = "by e-mail"},
	{"/R8/ease/another-point-of-contact", CASEWORK POC,
		CASEWORK "single-contact name=Al mailbox=casework@x extension=0301", .severer = NULL},
	{"/R8/ease/two-allowances-in-one", CASEWORK TUESDAYS "; " THURSDAYS,
		CASEWORK "call-slot from=09:00 to=17:00 calls=3 minutes=20", .milder = "by phone"},
	{"/R8/ease/a-week-instead-of-a-month", CASEWORK TUESDAYS " per=month", CASEWORK TUESDAYS " per=week",
		.milder = "more calls"},
	{"/R8/ease/ends-sooner", CASEWORK TUESDAYS, CASEWORK TUESDAYS, .milder = "it ends sooner",
		.until = "2027-06-30", .new_until = "2027-03-31"},
	{"/R8/ease/has-an-end", CASEWORK TUESDAYS, CASEWORK TUESDAYS, .milder = "it ends sooner",
		.new_until = "2027-03-31"},
	{"/R8/ease/the-same", CASEWORK TUESDAYS, CASEWORK TUESDAYS, .severer = NULL},
	{"/R8/ease/calls-from-us-again", CASEWORK "no-calls-from-us; read-and-file", CASEWORK "read-and-file",
		.milder = "by phone"},
	{"/R8/ease/a-matter-fewer", "matter M-1: channels-not channels=phone; read-and-file",
		"matter M-1: read-and-file", .milder = "by phone"},

	/* severer */
	{"/A3/ease/another-channel-closed", CASEWORK "channels-not channels=phone",
		CASEWORK "channels-not channels=phone,email",
		.severer = "by e-mail is open to the customer now, and this would close it",
		.at = "restrictions/0/channels"},
	{"/A3/ease/the-second-restriction-closes-it", CASEWORK "channels-not channels=phone",
		CASEWORK "channels-not channels=phone; channels-not channels=email", .severer = "by e-mail is open",
		.at = "restrictions/1/channels"},
	{"/A3/ease/a-slot-becomes-closed", CASEWORK TUESDAYS, CASEWORK "channels-not channels=phone",
		.severer = "by phone, on Tuesdays at 9am"},
	{"/A3/ease/not-becomes-only", CASEWORK "channels-not channels=phone", CASEWORK "channels-only channels=email",
		.severer = "by letter"},
	{"/A3/ease/another-day", CASEWORK TUESDAYS,
		CASEWORK "call-slot weekday=wednesday from=09:00 to=10:00 calls=1 minutes=15",
		.severer = "by phone, on Tuesdays at 9am", .milder = "by phone, on Wednesdays at 9am"},
	{"/A3/ease/a-shorter-slot", CASEWORK TUESDAYS,
		CASEWORK "call-slot weekday=tuesday from=09:00 to=09:30 calls=1 minutes=15",
		.severer = "by phone, on Tuesdays at 9:29am"},
	{"/A3/ease/fewer-minutes", CASEWORK TUESDAYS,
		CASEWORK "call-slot weekday=tuesday from=09:00 to=10:00 calls=1 minutes=10", .severer = "by phone"},
	{"/A3/ease/minutes-where-none-were-set", CASEWORK POC,
		CASEWORK POC "; call-slot from=00:00 to=24:00 calls=9 minutes=60", .severer = "by phone"},
	{"/A3/ease/fewer-minutes-when-the-longer-is-used-up",
		CASEWORK "call-slot weekday=tuesday from=09:00 to=10:00 calls=1 minutes=40; "
			 "call-slot weekday=tuesday from=09:00 to=10:00 minutes=20",
		CASEWORK "call-slot weekday=tuesday from=09:00 to=10:00 calls=1 minutes=40; "
			 "call-slot weekday=tuesday from=09:00 to=10:00 minutes=10",
		.severer = "by phone"},
	{"/A3/ease/fewer-calls", CASEWORK THURSDAYS,
		CASEWORK "call-slot weekday=thursday from=14:00 to=15:00 calls=1 minutes=20", .severer = "fewer calls"},
	{"/A3/ease/a-month-instead-of-a-week", CASEWORK TUESDAYS " per=week", CASEWORK TUESDAYS " per=month",
		.severer = "fewer calls"},
	{"/A3/ease/two-allowances-share-one", CASEWORK TUESDAYS "; " THURSDAYS,
		CASEWORK "call-slot from=09:00 to=17:00 calls=2 minutes=20 per=week", .severer = "fewer calls",
		.milder = "by phone"},
	{"/A3/ease/counted-where-it-was-not", CASEWORK "call-slot weekday=tuesday from=09:00 to=10:00 minutes=15",
		CASEWORK TUESDAYS, .severer = "by phone"},
	{"/A3/ease/mail-over-the-allowance-is-filed", CASEWORK "mail-limit calls=2 per=week",
		CASEWORK "mail-limit calls=1 per=week", .severer = "fewer messages"},
	{"/A3/ease/recorded-now", CASEWORK TUESDAYS, CASEWORK TUESDAYS "; call-recording", .severer = "by phone"},
	{"/A3/ease/one-point-of-contact-now", CASEWORK TUESDAYS, CASEWORK TUESDAYS "; " POC, .severer = "by phone"},
	{"/A3/ease/another-identifier", CASEWORK "block-identifier identifiers=ID-1",
		CASEWORK "block-identifier identifiers=ID-1,ID-2", .severer = "by e-mail, from a@b"},
	{"/A3/ease/another-matter", CASEWORK "no-reopening matter=M-1",
		CASEWORK "no-reopening matter=M-1; no-reopening matter=M-2", .severer = "by phone"},
	{"/A3/ease/every-matter", CASEWORK "no-reopening matter=M-1", CASEWORK "no-reopening matter=M-1; read-and-file",
		.severer = "by e-mail"},
	{"/A3/ease/other-words", CASEWORK "other-action words=Two_staff", CASEWORK "other-action words=Three_staff",
		.severer = "by phone"},
	{"/A3/ease/words-beside-what-was-decided", CASEWORK "channels-not channels=phone",
		CASEWORK "channels-not channels=phone; two-present", .severer = "in person"},
	{"/A3/ease/no-calls-from-us-now", CASEWORK "read-and-file", CASEWORK "read-and-file; no-calls-from-us",
		.severer = "by phone: ‘We do not ring’"},
	{"/A3/ease/reaches-further", "matter M-1: channels-not channels=phone", CASEWORK "channels-not channels=phone",
		.severer = "by phone", .milder = "by phone"},
	{"/A3/ease/ends-later", CASEWORK TUESDAYS, CASEWORK TUESDAYS, .severer = "it would end later",
		.until = "2027-03-31", .new_until = "2027-06-30"},
	{"/A3/ease/ends-no-more", CASEWORK TUESDAYS, CASEWORK TUESDAYS, .severer = "it would end later",
		.until = "2027-03-31"},
	{"/V1/ease/reviewed-later", CASEWORK TUESDAYS, CASEWORK TUESDAYS, .severer = "it would be reviewed later",
		.new_review = "2027-11-02"},
};

static void set_days(Arrangement *arrangement, const char *until, const char *review)
{
	if (until != NULL)
		g_assert_true(day_parse(until, "until", &arrangement->until_day, NULL));
	if (review != NULL)
		g_assert_true(day_parse(review, "review", &arrangement->review_day, NULL));
}

static void assert_begins(const char *what, const char *sentence, const char *expected)
{
	if ((sentence == NULL) != (expected == NULL) || (expected != NULL && !g_str_has_prefix(sentence, expected))) {
		g_test_message("%s: ‘%s’, expected ‘%s…’", what, sentence, expected);
		g_test_fail();
	}
}

static void test_case(const void *data)
{
	const Case *t = data;
	g_autoptr(Arena) mem = arena_new(1 << 24);
	g_autoptr(Zone) zone = zone_new("Europe/London", NULL);
	g_autoptr(GError) error = NULL;
	Arrangement *old = test_arrangement(t->old, mem), *now = test_arrangement(t->now, mem);
	gboolean eases, differs = !g_str_has_suffix(t->path, "/the-same");
	Easing easing;

	set_days(old, t->until, NULL);
	set_days(now, t->new_until, t->new_review);
	arrangement_compare(&test_policy, zone, old, now, test_doors, test_n_doors, mem, &easing);
	assert_begins("severer", easing.severer, t->severer);
	assert_begins("milder", easing.milder, t->milder);
	if (t->at != NULL)
		g_assert_cmpstr(easing.severer_at, ==, t->at);
	eases = arrangement_nowhere_severer(&test_policy, zone, old, now, test_doors, test_n_doors, mem, &error);
	g_assert_cmpint(eases, ==, t->severer == NULL && differs);
	if (!eases)
		g_assert_cmpstr(evenhand_error_rule(error), ==, t->severer != NULL ? "A3" : "R8");
}

/* The review lapses: what is given up is the time after it. */
static void test_lapsing_review(void)
{
	g_autoptr(Arena) mem = arena_new(1 << 24);
	g_autoptr(Zone) zone = zone_new("Europe/London", NULL);
	Arrangement *old = test_arrangement(CASEWORK TUESDAYS, mem), *now = test_arrangement(CASEWORK TUESDAYS, mem);
	Easing easing;

	old->review_lapses = TRUE;
	arrangement_compare(&test_policy, zone, old, now, test_doors, test_n_doors, mem, &easing);
	assert_begins("severer", easing.severer, "it would end later");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
		g_test_add_data_func(cases[i].path, &cases[i], test_case);
	g_test_add_func("/G2/ease/a-review-that-lapsed-no-longer-does", test_lapsing_review);
	return g_test_run();
}
