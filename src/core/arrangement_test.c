/* Tests of arrangement.c and ways.c: when an arrangement is in force, and which ways several leave open together. */
#include "core/testing.h"

static void G4_narrow_never_widen(void)
{
	g_assert_true(scope_within(SCOPE_ORGANISATION, SCOPE_FUNCTION));
	g_assert_true(scope_within(SCOPE_FUNCTION, SCOPE_FUNCTION));
	g_assert_true(scope_within(SCOPE_FUNCTION, SCOPE_MATTER));
	g_assert_false(scope_within(SCOPE_MATTER, SCOPE_FUNCTION));
	g_assert_false(scope_within(SCOPE_FUNCTION, SCOPE_ORGANISATION));
}

static void N5_in_force(void)
{
	const Arrangement arrangement = {.from = 1000, .until = 2000, .review_day = 100};
	Arrangement other = arrangement;

	g_assert_false(arrangement_in_force(&arrangement, 999, 50));
	g_assert_true(arrangement_in_force(&arrangement, 1000, 50));
	g_assert_true(arrangement_in_force(&arrangement, 1999, 50));
	g_assert_false(arrangement_in_force(&arrangement, 2000, 50));
	other.until = INSTANT_NONE;
	g_assert_true(arrangement_in_force(&other, G_MAXINT64, 50));
	other.from = INSTANT_NONE;
	g_assert_false(arrangement_in_force(&other, 1500, 50));
}

static void D1_out_of_force_while_a_dispute_suspends_it(void)
{
	const Suspension times[] = {{1200, 1300}, {1500, INSTANT_NONE}};
	Arrangement arrangement = {
		.from = 1000, .until = INSTANT_NONE, .review_day = 100, .suspended = times, .n_suspended = 2};

	g_assert_true(arrangement_in_force(&arrangement, 1199, 50));
	g_assert_false(arrangement_in_force(&arrangement, 1200, 50));
	g_assert_false(arrangement_in_force(&arrangement, 1299, 50));
	g_assert_true(arrangement_in_force(&arrangement, 1300, 50));
	g_assert_true(arrangement_in_force(&arrangement, 1499, 50));
	g_assert_false(arrangement_in_force(&arrangement, G_MAXINT64, 50));
	arrangement.n_suspended = 1;
	g_assert_true(arrangement_in_force(&arrangement, G_MAXINT64, 50));
}

static void G2_lapse_where_the_pack_says_so(void)
{
	Arrangement arrangement = {.from = 1000, .until = INSTANT_NONE, .review_day = 100};

	g_assert_false(arrangement_review_overdue(&arrangement, 100));
	g_assert_true(arrangement_review_overdue(&arrangement, 101));
	g_assert_true(arrangement_in_force(&arrangement, 1500, 101));
	arrangement.review_lapses = TRUE;
	g_assert_true(arrangement_in_force(&arrangement, 1500, 100));
	g_assert_false(arrangement_in_force(&arrangement, 1500, 101));
	arrangement.review_day = DAY_NONE;
	g_assert_true(arrangement_in_force(&arrangement, 1500, 101));
}

static void G5_a_door_may_protect_several(void)
{
	const Door door = {.protects = "new-complaint  dispute"};

	g_assert_true(door_protects(&door, "dispute"));
	g_assert_true(door_protects(&door, "new-complaint"));
	g_assert_false(door_protects(&door, "complaint"));
	g_assert_false(door_protects(&door, "disput"));
	g_assert_false(door_protects(&(Door){0}, "dispute"));
	g_assert_false(door_protects(&(Door){.protects = ""}, "dispute"));
}

static void names_go_both_ways(void)
{
	for (int i = 0; i < SCOPES; i++) {
		ScopeKind kind = SCOPES;

		g_assert_true(scope_parse(scope_name((ScopeKind)i), &kind));
		g_assert_cmpint(kind, ==, i);
	}
	for (int i = 0; i < ABILITIES; i++) {
		Ability ability = ABILITIES;

		g_assert_true(ability_parse(ability_name((Ability)i), &ability));
		g_assert_cmpint(ability, ==, i);
	}
	for (int i = 0; i < DOOR_KINDS; i++) {
		DoorKind kind = DOOR_KINDS;

		g_assert_true(door_kind_parse(door_kind_name((DoorKind)i), &kind));
		g_assert_cmpint(kind, ==, i);
	}
	g_assert_false(scope_parse("team", &(ScopeKind){0}));
	g_assert_false(ability_parse(NULL, &(Ability){0}));
	g_assert_false(door_kind_parse("", &(DoorKind){0}));
}

/* The needs of one person, a letter a channel in order (phone, email, letter, in-person, web, chat): y, n, or w for
 * only with help. */
static Need need(const char *abilities)
{
	Need result = {.only_with = "a relay interpreter", .ended = INSTANT_NONE};

	for (int k = 0; k < CHANNELS; k++)
		result.ability[k] = abilities[k] == 'n'   ? ABILITY_CANNOT
				    : abilities[k] == 'w' ? ABILITY_ONLY_WITH
							  : ABILITY_CAN;
	return result;
}

typedef struct {
	const char *path;
	const char *arrangements; /* " + " between them */
	const char *need;         /* NULL: none */
	const char *expected;     /* the ways with "; " between them, or the rule */
	gsize n_doors;            /* of test_doors, from the first; 0: all */
} WaysCase;

#define NOT(channels) "channels-not channels=" channels
#define ONLY(channels) "channels-only channels=" channels
#define REST "; other-action words=x"
#define TUESDAYS "call-slot weekday=tuesday from=09:00 to=10:00 calls=1"

static const WaysCase ways_cases[] = {
	{"/R9/ways/not-by-phone", "function casework: " NOT("phone,web") "; " ONLY("phone,web,email,letter"), NULL,
		"by e-mail to casework@x; by letter", 0},
	{"/R9/ways/only-by-phone", "function casework: " ONLY("phone"), NULL, "by phone on 0301", 0},
	{"/R9/ways/in-person", "function casework: " ONLY("in-person"), NULL, "in person at the casework desk", 0},
	{"/R9/ways/every-channel-closed", "function casework: " ONLY("phone") "; " NOT("phone"), NULL, "R9", 0},
	{"/R9/ways/closed-by-two-together", "function casework: " ONLY("phone") " + organisation: " ONLY("email"), NULL,
		"R9", 0},
	{"/R9/ways/another-function-closes-nothing-here",
		"function casework: " ONLY("phone") " + function intake: " ONLY("email"), NULL,
		"by phone on 0301; by e-mail to intake@x", 0},
	{"/R9/ways/no-door-of-the-scope", "function intake: " ONLY("in-person"), NULL, "R9", 0},
	{"/R9/ways/marked-doors-do-not-count", "function complaints: " ONLY("email") REST, NULL, "by e-mail", 0},
	{"/R9/ways/a-slot-is-a-way", "function casework: " ONLY("phone") "; " TUESDAYS, NULL,
		"by phone on 0301, Tuesdays from 9am to 10am, one call in that time", 0},
	{"/R9/ways/two-slots-that-never-meet",
		"function casework: " ONLY(
			"phone") "; " TUESDAYS " + organisation: call-slot weekday=tuesday from=10:00 to=11:00 calls=1",
		NULL, "R9", 0},
	{"/R9/ways/two-slots-that-meet",
		"function casework: " ONLY(
			"phone") "; " TUESDAYS " + organisation: call-slot weekday=tuesday from=09:59 to=11:00 calls=1",
		NULL,
		"by phone on 0301, Tuesdays from 9am to 10am, one call in that time, Tuesdays from 9:59am to 11am, one "
		"call in that time; by e-mail to intake@x; by letter; on our website; by chat",
		0},
	{"/R9/ways/two-slots-of-one-are-alternatives",
		"function casework: " ONLY("phone") "; " TUESDAYS
						    "; call-slot weekday=friday from=10:00 to=11:00 calls=1",
		NULL,
		"by phone on 0301, Tuesdays from 9am to 10am, one call in that time, or Fridays from 10am to 11am, one "
		"call in that time",
		0},
	{"/R9/ways/once-a-month-is-not-weekly", "function casework: " ONLY("phone") "; " TUESDAYS " per=month", NULL,
		"R9", 0},
	{"/R9/ways/filing-and-routing-are-ways",
		"function casework: " ONLY(
			"email") "; read-and-file; single-contact name=Jo mailbox=poc@x extension=0377",
		NULL, "by e-mail to casework@x", 0},
	{"/R9/ways/a-blocked-address-is-none",
		"function casework: " ONLY("email") "; block-identifier identifiers=ID-2", NULL, "R9", 0},
	{"/R9/ways/a-door-for-another-matter-is-none", "function archive: " ONLY("in-person"), NULL, "in person", 0},
	{"/R9/ways/of-the-organisation", "organisation: " ONLY("phone"), NULL, "by phone on 0301", 0},
	{"/R9/ways/of-a-matter", "matter M-1: " ONLY("email"), NULL, "by e-mail to casework@x", 0},
	{"/R9/ways/of-a-matter-in-its-function", "matter M-1: " ONLY("email") " + function casework: " ONLY("phone"),
		NULL, "R9", 0},
	{"/R9/ways/another-matter-closes-nothing", "function casework: " ONLY("email") " + matter M-2: " ONLY("phone"),
		NULL, "by e-mail to casework@x; by phone on 0301", 0},
	{"/R9/ways/without-registered-doors", "function casework: " ONLY("phone"), NULL, "by phone", 1000},
	{"/G7/ways/only-one-they-cannot-use", "function casework: " ONLY("phone"), "nyyyyy", "G7", 0},
	{"/G7/ways/closed-whatever-they-can", "function casework: " ONLY("phone") "; " NOT("phone"), "nyyyyy", "R9", 0},
	{"/G7/ways/only-with-help", "function casework: " ONLY("phone,letter"), "wnnnyy",
		"by phone on 0301, with a relay interpreter", 0},
};

static void test_ways(gconstpointer data)
{
	const WaysCase *c = data;
	g_autoptr(Arena) mem = arena_new(1 << 20);
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) text = g_string_new(NULL);
	g_auto(GStrv) parts = g_strsplit(c->arrangements, " + ", -1);
	gsize n = g_strv_length(parts), n_doors = c->n_doors == 0 ? test_n_doors : 0;
	const Need needs[] = {need(c->need != NULL ? c->need : "yyyyyy"), {.ability = {ABILITY_CANNOT}, .ended = 5}};
	const Arrangement *arrangements[4];
	ArenaList ways = {0};

	for (gsize i = 0; i < n; i++)
		arrangements[i] = test_arrangement(parts[i], mem);
	if (arrangement_leaves_way(&test_policy, arrangements, n, needs, 2, test_doors, n_doors, mem, &ways, &error)) {
		for (gsize i = 0; i < ways.n; i++)
			g_string_append_printf(text, "%s%s", i == 0 ? "" : "; ", (const char *)ways.items[i]);
	} else {
		g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_REFUSED);
		g_assert_null(ways.items);
		g_string_append(text, evenhand_error_rule(error));
	}
	g_assert_cmpstr(text->str, ==, c->expected);
}

static void R9_says_what_closes_what(void)
{
	g_autoptr(Arena) mem = arena_new(1 << 20);
	g_autoptr(GError) error = NULL;
	const Arrangement *arrangement =
		test_arrangement("function casework: channels-only channels=phone; channels-not channels=phone", mem);
	ArenaList ways;

	g_assert_false(arrangement_leaves_way(
		&test_policy, &arrangement, 1, NULL, 0, test_doors, test_n_doors, mem, &ways, &error));
	g_assert_cmpstr(error->message, ==,
		"All arrangements together leave no way in to the function casework at least once a week. Closed or "
		"limited: by phone (‘Not these ways of contact’), by e-mail (‘Only these ways of contact’), by letter "
		"(‘Only these ways of contact’), in person (‘Only these ways of contact’), on our website (‘Only these "
		"ways of contact’), by chat (‘Only these ways of contact’). Leave one open.");
}

static void R9_a_need_recorded_later(void)
{
	g_autoptr(Arena) mem = arena_new(1 << 20);
	Arrangement *arrangement =
		test_arrangement("function casework: channels-only channels=phone; read-and-file", mem);
	Arrangement *elsewhere = test_arrangement("function intake: channels-not channels=phone", mem);
	Arrangement *const both[] = {arrangement, elsewhere};
	const Need cannot_phone = need("nyyyyy"), cannot_write = need("ynnyyy");
	ArenaList ways;

	arrangement_settle_needs(&test_policy, both, 2, &cannot_write, 1, test_doors, test_n_doors);
	g_assert_false(arrangement->restrictions[0].over_need);
	arrangement_settle_needs(&test_policy, both, 2, &cannot_phone, 1, test_doors, test_n_doors);
	g_assert_true(arrangement->restrictions[0].over_need);
	g_assert_false(arrangement->restrictions[1].over_need);
	g_assert_false(elsewhere->restrictions[0].over_need);
	/* settled again, nothing has changed; with the need ended, it binds again */
	arrangement_settle_needs(&test_policy, both, 2, &cannot_phone, 1, test_doors, test_n_doors);
	g_assert_true(arrangement->restrictions[0].over_need);
	/* softened, it closes nothing */
	arrangement_settle_needs(&test_policy, both, 2, &cannot_phone, 1, test_doors, test_n_doors);
	g_assert_true(arrangement_leaves_way(&test_policy, (const Arrangement *const *)both, 2, &cannot_phone, 1,
		test_doors, test_n_doors, mem, &ways, NULL));
	g_assert_cmpstr(ways.items[0], ==, "by e-mail to casework@x");
	arrangement_settle_needs(&test_policy, both, 2, NULL, 0, test_doors, test_n_doors);
	g_assert_false(arrangement->restrictions[0].over_need);
}

/* Set times that never meet, for somebody who can only ring. */
static void R9_limits_clash_too(void)
{
	g_autoptr(Arena) mem = arena_new(1 << 20);
	Arrangement *const both[] = {test_arrangement("function casework: " TUESDAYS, mem),
		test_arrangement("organisation: call-slot weekday=tuesday from=10:00 to=11:00 calls=1", mem)};
	const Need can_only_ring = need("ynnnnn");
	ArenaList ways;

	arrangement_settle_needs(&test_policy, both, 2, &can_only_ring, 1, test_doors, test_n_doors);
	g_assert_true(both[0]->restrictions[0].over_need);
	g_assert_true(both[1]->restrictions[0].over_need);
	g_assert_true(arrangement_leaves_way(&test_policy, (const Arrangement *const *)both, 2, &can_only_ring, 1,
		test_doors, test_n_doors, mem, &ways, NULL));
	g_assert_cmpstr(ways.items[0], ==, "by phone on 0301");
}

static void G5_open_ways(void)
{
	g_autoptr(Arena) mem = arena_new(1 << 20);
	const Need cannot_write = need("ynnyyy"), nothing = need("nnnnnn");
	ArenaList ways;

	arrangement_open_ways(&test_policy, test_doors, test_n_doors, NULL, 0, FALSE, mem, &ways);
	g_assert_cmpuint(ways.n, ==, 2);
	g_assert_cmpstr(ways.items[0], ==, "Disputing: by e-mail to complaints@x or by phone on 0199");
	g_assert_cmpstr(ways.items[1], ==, "Asking for information: Write to the records officer");
	arrangement_open_ways(&test_policy, test_doors, test_n_doors, &cannot_write, 1, FALSE, mem, &ways);
	g_assert_cmpstr(ways.items[0], ==, "Disputing: by phone on 0199");
	arrangement_open_ways(&test_policy, test_doors, test_n_doors, &nothing, 1, FALSE, mem, &ways);
	g_assert_cmpstr(ways.items[0], ==, "Disputing: Write to the complaints officer");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/G4/narrow-never-widen", G4_narrow_never_widen);
	g_test_add_func("/N5/in-force", N5_in_force);
	g_test_add_func("/D1/out-of-force-while-a-dispute-suspends-it", D1_out_of_force_while_a_dispute_suspends_it);
	g_test_add_func("/G2/lapse-where-the-pack-says-so", G2_lapse_where_the_pack_says_so);
	g_test_add_func("/G5/a-door-may-protect-several", G5_a_door_may_protect_several);
	g_test_add_func("/arrangement/names-go-both-ways", names_go_both_ways);
	for (gsize i = 0; i < G_N_ELEMENTS(ways_cases); i++)
		g_test_add_data_func(ways_cases[i].path, &ways_cases[i], test_ways);
	g_test_add_func("/R9/says-what-closes-what", R9_says_what_closes_what);
	g_test_add_func("/R9/a-need-recorded-later", R9_a_need_recorded_later);
	g_test_add_func("/R9/limits-clash-too", R9_limits_clash_too);
	g_test_add_func("/G5/open-ways", G5_open_ways);
	return g_test_run();
}
