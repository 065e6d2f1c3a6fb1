/* Tests of phone.c. British numbers are those that Ofcom keeps free for drama. */
#include "base/error.h"
#include "base/identifier.h"

static const PhoneRules BRITAIN = {"44", "0", "00", 7, 10};
static const PhoneRules AMERICA = {"1", "", "011", 10, 10};
static const PhoneRules RUSSIA = {"7", "8", "810", 10, 10};

typedef struct {
	const char *typed, *form; /* form NULL: must be refused */
} Case;

static void check(const PhoneRules *rules, const Case *cases, gsize n)
{
	g_autoptr(Arena) mem = arena_new(1 << 20);

	for (gsize i = 0; i < n; i++) {
		g_autoptr(GError) error = NULL;
		char *form = NULL;
		gboolean ok =
			identifier_normalise(IDENTIFIER_PHONE, cases[i].typed, rules, "phone", mem, &form, &error);

		if (ok != (cases[i].form != NULL))
			g_test_message("typed: %s", cases[i].typed);
		g_assert_cmpstr(form, ==, cases[i].form);
		g_assert_cmpint(ok, ==, cases[i].form != NULL);
		if (!ok) {
			g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_INVALID);
			g_assert_cmpstr(evenhand_error_field(error), ==, "phone");
		}
	}
}

static void test_britain(void)
{
	static const Case CASES[] = {
		{"07700 900123", "+447700900123"},
		{"07700900123", "+447700900123"},
		{"(01632) 960-123", "+441632960123"},
		{"01632.960.123", "+441632960123"},
		{"01632/960123", "+441632960123"},
		{"[01632] 960123", "+441632960123"},
		{"\t 01632 960123\n", "+441632960123"},
		{"+44 (0)1632 960123", "+441632960123"},
		{"+44(0)1632960123", "+441632960123"},
		{"+44 01632 960123", "+441632960123"},
		{"+44 1632 960123", "+441632960123"},
		{"+44 0800 1111", "+448001111"},
		{"+441632960123", "+441632960123"},
		{"0044 1632 960123", "+441632960123"},
		{"0044 (0)1632 960123", "+441632960123"},
		{"441632960123", "+441632960123"}, /* as switches send it */
		{"020 7946 0958", "+442079460958"},
		{"0800 1111", "+448001111"}, /* the shortest there is */
		{"01632 960123 x12", "+441632960123"},
		{"01632 960123 X 12", "+441632960123"},
		{"01632 960123 ext. 12", "+441632960123"},
		{"01632 960123 extn 12", "+441632960123"},
		{"01632 960123 Extension: 12", "+441632960123"},
		{"01632 960123#12", "+441632960123"},
		{"01632 960123,,12", "+441632960123"},
		{"18001 01632 960123", "+441632960123"},
		{"18001 +44 1632 960123", "+441632960123"},
		{"18002 0044 1632 960123", "+441632960123"},
		{"18001 999", "999"},
		{"tel:+44-1632-960123", "+441632960123"},
		{"TEL:01632-960123;ext=12", "+441632960123"},
		{"sip:+441632960123@example.org", "+441632960123"},
		{"sip:+441632960123@example.org;user=phone", "+441632960123"},
		{"sip:+441632960123;npdi:secret@example.org", "+441632960123"},
		{"sips:%2B441632960123@example.org", "+441632960123"},
		{"sip:01632960123", "+441632960123"},
		{"sip:7042@pbx.example.org", "7042"},
		{"\"Jo <b>\" <sip:+441632960123@example.org>", "+441632960123"},
		{"\"Anonymous\" <sip:+441632960123@example.org>", "+441632960123"},
		{"\xe2\x80\xaa+44 1632 960123\xe2\x80\xac", "+441632960123"}, /* marks of direction */
		{"01632\xc2\xa0"
		 "960\xe2\x80\x93"
		 "123",
			"+441632960123"},                                              /* no-break space, dash */
		{"\xef\xbc\x8b\xef\xbc\x94\xef\xbc\x94 1632 960123", "+441632960123"}, /* full width +44 */
		{"\xd9\xa0\xd9\xa1\xd9\xa6\xd9\xa3\xd9\xa2 960123", "+441632960123"},  /* Arabic digits 01632 */
		{"999", "999"},
		{"101", "101"},
		{"116 123", "116123"},
		{"118500", "118500"},
		{"+1 202-555-0123", "+12025550123"},
		{"001 202 555 0123", "+12025550123"},
		{"+39 06 1234 5678", "+390612345678"}, /* Italy keeps its 0 */
		{"+49 (0)30 1234567", "+49301234567"},
		{"+290 1234", "+2901234"}, /* seven digits, the fewest */
		{"+123456789012345", "+123456789012345"},
	};

	check(&BRITAIN, CASES, G_N_ELEMENTS(CASES));
}

static void test_britain_refuses(void)
{
	static const Case CASES[] = {
		{NULL, NULL}, {"", NULL}, {"   ", NULL}, {"anonymous", NULL}, {"sip:anonymous@anonymous.invalid", NULL},
		{"sip:jo@example.org", NULL}, {"0800 FLOWERS", NULL}, {"call 01632 960123", NULL},
		{"01632 960123 or 01632 960124", NULL}, {"01632 960123 x", NULL}, {"01632 960123 x12 after six", NULL},
		{"x12", NULL}, {"*67 01632 960123", NULL}, {"%2B441632960123", NULL}, /* an escape outside an address */
		{"++44 1632 960123", NULL}, {"01632+960123", NULL}, {"+", NULL}, {"12", NULL}, {"012345", NULL},
		{"07700 90", NULL}, {"07700 9001234", NULL}, {"+44 7700 9001234", NULL}, {"+44 12345", NULL},
		{"7700900123", NULL}, /* without its 0: perhaps from abroad, then another person's */
		{"2025550123", NULL}, {"44163296", NULL}, {"+0 1632 960123", NULL}, {"00 0 1632 960123", NULL},
		{"+123456", NULL}, {"+1234567890123456", NULL}, {"0123456789012345678901234567890123456789", NULL},
		{"01632\xff"
		 "960123",
			NULL},
		{"01632 960123\xe2\x82\xac", NULL}, /* a euro sign */
		{"\xc2\xbd"
		 "1632 960123",
			NULL}, /* one half is no digit */
	};

	check(&BRITAIN, CASES, G_N_ELEMENTS(CASES));
}

static void test_other_countries(void)
{
	static const Case IN_AMERICA[] = {
		{"(202) 555-0123", "+12025550123"},
		{"1-202-555-0123", "+12025550123"},
		{"+1 202 555 0123", "+12025550123"},
		{"011 44 1632 960123", "+441632960123"},
		{"1-800-155-5012", "+18001555012"}, /* 18001 is no prefix here */
		{"911", "911"},
		{"555-0123", NULL},
	};
	static const Case IN_RUSSIA[] = {
		{"8 (800) 555-35-35", "+78005553535"},
		{"+7 800 555 35 35", "+78005553535"}, /* its first 8 is no trunk prefix */
		{"+7 8 800 555 35 35", "+78005553535"},
		{"810 44 1632 960123", "+441632960123"},
	};
	static const Case NOWHERE[] = {
		{"+44 1632 960123", "+441632960123"},
		{"112", "112"},
		{"01632 960123", NULL},
	};

	check(&AMERICA, IN_AMERICA, G_N_ELEMENTS(IN_AMERICA));
	check(&RUSSIA, IN_RUSSIA, G_N_ELEMENTS(IN_RUSSIA));
	check(NULL, NOWHERE, G_N_ELEMENTS(NOWHERE));
}

static void test_ofcom_drama_numbers(void)
{
	for (int i = 0; i < 1000; i++) {
		g_autofree char *mobile = g_strdup_printf("07700 900%03d", i);
		g_autofree char *mobile_form = g_strdup_printf("+447700900%03d", i);
		g_autofree char *fixed = g_strdup_printf("01632 960%03d", i);
		g_autofree char *fixed_form = g_strdup_printf("+441632960%03d", i);
		const Case cases[] = {{mobile, mobile_form}, {fixed, fixed_form}};

		check(&BRITAIN, cases, 2);
	}
}

static void test_withheld(void)
{
	static const char *const WITHHELD[] = {NULL, "", "  ", "anonymous", "Anonymous", "UNKNOWN", "private",
		"withheld", "restricted", "Unavailable ", "sip:anonymous@anonymous.invalid",
		"<sip:Anonymous@example.org>", "\"Anonymous\" <sip:anonymous@anonymous.invalid>", "sip:@example.org"};
	static const char *const GIVEN[] = {"01632 960123", "7042", "anonymous1", "jo", "sip:jo@anonymous.invalid",
		"\"Anonymous\" <sip:+441632960123@example.org>", "anonymous@example.org"};

	for (gsize i = 0; i < G_N_ELEMENTS(WITHHELD); i++)
		g_assert_true(phone_is_withheld(WITHHELD[i]));
	for (gsize i = 0; i < G_N_ELEMENTS(GIVEN); i++)
		g_assert_false(phone_is_withheld(GIVEN[i]));
}

static void test_as_people_write_it(void)
{
	static const Case IN_BRITAIN[] = {
		{"02079460199", "020 7946 0199"},
		{"+442079460199", "020 7946 0199"},
		{"01632960100", "01632 960100"},
		{"+441632960900", "01632 960900"},
		{"07700900123", "07700 900123"},
		{"01134960123", "0113 496 0123"},
		{"08081570123", "0808 157 0123"},
		{"01204 12345", "01204 12345"}, /* a short one */
		{"116123", "116123"},
		{"7042", "7042"},
		{"+33142685300", "+33142685300"},
		{"reception", "reception"},
	};
	static const Case IN_AMERICA[] = {{"+12025550123", "+1 202 555 0123"}, {"911", "911"}};
	g_autoptr(Arena) mem = arena_new(1 << 16);

	for (gsize i = 0; i < G_N_ELEMENTS(IN_BRITAIN); i++)
		g_assert_cmpstr(phone_in_words(IN_BRITAIN[i].typed, &BRITAIN, mem), ==, IN_BRITAIN[i].form);
	for (gsize i = 0; i < G_N_ELEMENTS(IN_AMERICA); i++)
		g_assert_cmpstr(phone_in_words(IN_AMERICA[i].typed, &AMERICA, mem), ==, IN_AMERICA[i].form);
}

static void test_length_counts(void)
{
	char out[IDENTIFIER_MAX];

	/* the gate hands over a piece of a line */
	g_assert_true(identifier_normalise_into(IDENTIFIER_PHONE, "01632960123\n9", 11, &BRITAIN, out, sizeof(out)));
	g_assert_cmpstr(out, ==, "+441632960123");
	g_assert_true(identifier_normalise_into(IDENTIFIER_PHONE, "01632960123", 11, &BRITAIN, out, 14));
	g_assert_false(identifier_normalise_into(IDENTIFIER_PHONE, "01632960123", 11, &BRITAIN, out, 13));
	g_assert_false(identifier_normalise_into(IDENTIFIER_PHONE, "01632960123", 11, &BRITAIN, out, 0));
	g_assert_false(identifier_normalise_into(IDENTIFIER_PHONE, "01632\0960123", 12, &BRITAIN, out, sizeof(out)));
}

int main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/phone/britain", test_britain);
	g_test_add_func("/phone/R11/what-is-ambiguous-is-refused", test_britain_refuses);
	g_test_add_func("/phone/other-countries", test_other_countries);
	g_test_add_func("/phone/ofcom-drama-numbers", test_ofcom_drama_numbers);
	g_test_add_func("/phone/G13/withheld", test_withheld);
	g_test_add_func("/phone/as-people-write-it", test_as_people_write_it);
	g_test_add_func("/phone/length-counts", test_length_counts);
	return g_test_run();
}
