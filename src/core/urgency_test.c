/* urgency_test.c: how pressing work is, day by day round its due day. */
#include "core/urgency.h"

/* Wednesday, 23 December 2026; the office is closed on 25 and 28 December and on 1 January. */
static const Day CLOSED[3] = {20812, 20815, 20819};

static Policy office(void)
{
	return (Policy){.organisation = {.closed_days = CLOSED, .n_closed_days = G_N_ELEMENTS(CLOSED)}};
}

static void the_bounds_are_kept_to_the_day(void)
{
	const Policy policy = office();
	const Day due = day_from_civil(2026, 12, 23);
	static const struct {
		int month, day, year;
		Urgency urgency;
	} CASES[] = {
		{12, 17, 2026, URGENCY_NOT_DUE},
		{12, 18, 2026, URGENCY_DUE_SOON}, /* Friday: three working days before */
		{12, 23, 2026, URGENCY_DUE_SOON},
		{12, 24, 2026, URGENCY_OVERDUE},
		{12, 31, 2026, URGENCY_OVERDUE}, /* working days since: 24, 29, 30, 31 */
		{1, 4, 2027, URGENCY_OVERDUE},   /* the fifth */
		{1, 5, 2027, URGENCY_CRITICALLY_OVERDUE},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++)
		g_assert_cmpint(
			urgency_of(&policy, due, day_from_civil(CASES[i].year, CASES[i].month, CASES[i].day), 0), ==,
			CASES[i].urgency);
}

static void G2_a_review_is_due_soon_from_the_packs_notice_on(void)
{
	const Policy policy = office();
	const Day due = day_from_civil(2027, 3, 1);

	g_assert_cmpint(urgency_of(&policy, due, due - 29, 28), ==, URGENCY_NOT_DUE);
	g_assert_cmpint(urgency_of(&policy, due, due - 28, 28), ==, URGENCY_DUE_SOON);
	g_assert_cmpint(urgency_of(&policy, due, due + 1, 28), ==, URGENCY_OVERDUE);
}

static void work_without_a_day_is_not_due(void)
{
	const Policy policy = office();

	g_assert_cmpint(urgency_of(&policy, DAY_NONE, day_from_civil(2026, 12, 23), 0), ==, URGENCY_NOT_DUE);
}

static void names_are_read_as_they_are_written(void)
{
	for (Urgency urgency = 0; urgency < URGENCIES; urgency++) {
		Urgency read = URGENCIES;

		g_assert_true(urgency_parse(urgency_name(urgency), &read));
		g_assert_cmpint(read, ==, urgency);
	}
	g_assert_false(urgency_parse("urgent", &(Urgency){0}));
	g_assert_false(urgency_parse(NULL, &(Urgency){0}));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/urgency/the_bounds_are_kept_to_the_day", the_bounds_are_kept_to_the_day);
	g_test_add_func("/urgency/G2_a_review_is_due_soon_from_the_packs_notice_on",
		G2_a_review_is_due_soon_from_the_packs_notice_on);
	g_test_add_func("/urgency/work_without_a_day_is_not_due", work_without_a_day_is_not_due);
	g_test_add_func("/urgency/names_are_read_as_they_are_written", names_are_read_as_they_are_written);
	return g_test_run();
}
