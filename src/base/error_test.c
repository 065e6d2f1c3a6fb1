/* Tests of error.c. */
#include "base/error.h"

static void test_kinds(void)
{
	g_autoptr(GError) error = NULL;
#define CHECK(call, wanted_code, wanted_kind, wanted_rule, wanted_field, wanted_text)                                  \
	do {                                                                                                           \
		g_clear_error(&error);                                                                                 \
		g_assert_false(call);                                                                                  \
		g_assert_error(error, EVENHAND_ERROR, wanted_code);                                                    \
		g_assert_cmpint(evenhand_error_code(error), ==, wanted_code);                                          \
		g_assert_cmpstr(evenhand_error_kind(error), ==, wanted_kind);                                          \
		g_assert_cmpstr(evenhand_error_rule(error), ==, wanted_rule);                                          \
		g_assert_cmpstr(evenhand_error_field(error), ==, wanted_field);                                        \
		g_assert_cmpstr(error->message, ==, wanted_text);                                                      \
	} while (0)

	CHECK(refuse(&error, "G3", "Lift %d first.", 2), EVENHAND_ERROR_REFUSED, "refused", "G3", NULL,
		"Lift 2 first.");
	CHECK(refuse(&error, NULL, "No."), EVENHAND_ERROR_REFUSED, "refused", NULL, NULL, "No.");
	CHECK(refuse_at(&error, "V1", "review", "Give a date."), EVENHAND_ERROR_REFUSED, "refused", "V1", "review",
		"Give a date.");
	CHECK(invalid(&error, "day", "Not a day."), EVENHAND_ERROR_INVALID, "invalid", NULL, "day", "Not a day.");
	CHECK(not_found(&error, "Nobody."), EVENHAND_ERROR_NOT_FOUND, "not found", NULL, NULL, "Nobody.");
	CHECK(conflict(&error, "Later."), EVENHAND_ERROR_CONFLICT, "conflict", NULL, NULL, "Later.");
	CHECK(unavailable(&error, "Down."), EVENHAND_ERROR_UNAVAILABLE, "unavailable", NULL, NULL, "Down.");
	CHECK(bug(&error, "Ours."), EVENHAND_ERROR_BUG, "bug", NULL, NULL, "Ours.");
#undef CHECK
}

static void test_nobody_asks(void)
{
	g_assert_false(refuse(NULL, "G3", "Nobody reads this."));
}

static void test_copy_and_prefix(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GError) copy = NULL;

	refuse_at(&error, "A4", "decider", "Not your own request.");
	copy = g_error_copy(error);
	g_prefix_error(&copy, "CF-2026-000001: ");
	g_clear_error(&error);
	g_assert_cmpstr(evenhand_error_rule(copy), ==, "A4");
	g_assert_cmpstr(evenhand_error_field(copy), ==, "decider");
	g_assert_cmpstr(copy->message, ==, "CF-2026-000001: Not your own request.");
}

static void test_other_domain(void)
{
	g_autoptr(GError) error = g_error_new_literal(g_quark_from_static_string("other"), 0, "x");

	g_assert_cmpint(evenhand_error_code(error), ==, EVENHAND_ERROR_BUG);
	g_assert_cmpstr(evenhand_error_kind(error), ==, "bug");
	g_assert_null(evenhand_error_rule(error));
	g_assert_null(evenhand_error_field(error));
	g_assert_null(evenhand_error_rule(NULL));
	g_assert_null(evenhand_error_field(NULL));
}

int main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/error/kinds", test_kinds);
	g_test_add_func("/error/nobody-asks", test_nobody_asks);
	g_test_add_func("/error/copy-and-prefix-keep-rule-and-field", test_copy_and_prefix);
	g_test_add_func("/error/other-domain-is-a-bug", test_other_domain);
	return g_test_run();
}
