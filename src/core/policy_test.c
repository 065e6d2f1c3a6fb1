/* Tests of policy.c. */
#include "core/policy.h"

static void test_names_go_both_ways(void)
{
	for (int i = 0; i < VERDICTS; i++) {
		Verdict verdict;

		g_assert_true(verdict_parse(verdict_name((Verdict)i), &verdict));
		g_assert_cmpint(verdict, ==, i);
	}
	for (int i = 0; i < CHANNELS; i++) {
		Channel channel;

		g_assert_true(channel_parse(channel_name((Channel)i), &channel));
		g_assert_cmpint(channel, ==, i);
	}
	for (int i = 0; i < DIRECTIONS; i++) {
		Direction direction;

		g_assert_true(direction_parse(direction_name((Direction)i), &direction));
		g_assert_cmpint(direction, ==, i);
	}
	for (int i = 0; i < ROLES; i++) {
		Role role;

		g_assert_true(role_parse(role_name((Role)i), &role));
		g_assert_cmpint(role, ==, i);
		g_assert_cmpstr(role_title((Role)i), !=, "");
	}
	for (int i = 0; i < DELIVERIES; i++) {
		Delivery delivery;

		g_assert_true(delivery_parse(delivery_name((Delivery)i), &delivery));
		g_assert_cmpint(delivery, ==, i);
	}
}

static void test_unknown_names_touch_nothing(void)
{
	Verdict verdict = VERDICT_FILE;
	Channel channel = CHANNEL_WEB;

	g_assert_false(verdict_parse("refuse", &verdict));
	g_assert_false(verdict_parse("Block", &verdict));
	g_assert_false(verdict_parse("", &verdict));
	g_assert_false(verdict_parse(NULL, &verdict));
	g_assert_cmpint(verdict, ==, VERDICT_FILE);
	g_assert_false(channel_parse("in person", &channel));
	g_assert_cmpint(channel, ==, CHANNEL_WEB);
}

/* The gate takes the severest verdict by comparing: the order is part of the contract. */
static void test_verdicts_stand_mildest_first(void)
{
	const char *const order[] = {"proceed", "check", "record", "limit", "route", "file", "decline", "block"};

	g_assert_cmpint(G_N_ELEMENTS(order), ==, VERDICTS);
	for (int i = 0; i < VERDICTS; i++)
		g_assert_cmpstr(verdict_name((Verdict)i), ==, order[i]);
}

static void test_look_ups(void)
{
	static const BehaviourExample examples[] = {{.key = "threats"}, {.key = "rudeness"}};
	static const Heading headings[] = {
		{.key = "abusive", .examples = examples, .n_examples = 2}, {.key = "persistent"}};
	static const KindArgument arguments[] = {{.key = "weekday"}, {.key = "minutes"}};
	static const RestrictionKind kinds[] = {{.key = "call-slot", .arguments = arguments, .n_arguments = 2}};
	static const Criterion criteria[] = {{.key = "properly-considered"}};
	static const WarningTier tiers[] = {{.key = "written"}};
	static const NoticeKind notices[] = {{.key = "decision"}, {.key = "ended"}};
	static const NoticeFormat formats[] = {{.key = "letter"}, {.key = "email"}};
	static const ProtectedPurpose purposes[] = {{.key = "emergency"}};
	static const PolicyWord words[] = {{.key = "danger", .title = "Danger to staff"}};
	const Policy policy = {
		.name = "police-complaints",
		.version = 12,
		.headings = headings,
		.n_headings = G_N_ELEMENTS(headings),
		.kinds = kinds,
		.n_kinds = G_N_ELEMENTS(kinds),
		.criteria = criteria,
		.n_criteria = G_N_ELEMENTS(criteria),
		.tiers = tiers,
		.n_tiers = G_N_ELEMENTS(tiers),
		.notices = {.kinds = notices, .n_kinds = 2, .formats = formats, .n_formats = 2},
		.purposes = purposes,
		.n_purposes = G_N_ELEMENTS(purposes),
	};
	g_autoptr(Arena) mem = arena_new(1 << 16);

	g_assert_true(policy_heading(&policy, "persistent") == &headings[1]);
	g_assert_null(policy_heading(&policy, "rude"));
	g_assert_null(policy_heading(&policy, NULL));
	g_assert_true(heading_example(&headings[0], "rudeness") == &examples[1]);
	g_assert_null(heading_example(&headings[1], "rudeness"));
	g_assert_true(policy_kind(&policy, "call-slot") == &kinds[0]);
	g_assert_true(kind_argument(&kinds[0], "minutes") == &arguments[1]);
	g_assert_null(kind_argument(&kinds[0], "min"));
	g_assert_true(policy_criterion(&policy, "properly-considered") == &criteria[0]);
	g_assert_true(policy_tier(&policy, "written") == &tiers[0]);
	g_assert_true(policy_notice(&policy, "ended") == &notices[1]);
	g_assert_true(policy_format(&policy, "email") == &formats[1]);
	g_assert_true(policy_purpose(&policy, "emergency") == &purposes[0]);
	g_assert_true(policy_word(words, 1, "danger") == &words[0]);
	g_assert_null(policy_word(NULL, 0, "danger"));
	g_assert_cmpstr(policy_label(&policy, mem), ==, "police-complaints 12");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/policy/names-go-both-ways", test_names_go_both_ways);
	g_test_add_func("/policy/unknown-names-touch-nothing", test_unknown_names_touch_nothing);
	g_test_add_func("/policy/verdicts-stand-mildest-first", test_verdicts_stand_mildest_first);
	g_test_add_func("/policy/look-ups", test_look_ups);
	return g_test_run();
}
