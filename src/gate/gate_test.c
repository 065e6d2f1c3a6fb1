/* A gate on a real database of each engine: what it sees of changes, and what it does in trouble. */
#include "gate/gate.h"
#include "gate/lines.h"
#include "gate/testing.h"
#include "store/test_store.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>

#define PATIENCE_US (20 * USEC_PER_SEC)

typedef struct {
	char *top, *journal;
	Policy policy;
	GateSource source;
	Gate *gate;
} World;

static gboolean give_policy(
	void *data, Tx *tx, const char *label, Instant at, const Policy **ret_policy, GError **error)
{
	(void)tx;
	(void)label;
	(void)at;
	(void)error;
	*ret_policy = data;
	return TRUE;
}

static void start(World *world, Store *store)
{
	g_autoptr(GError) error = NULL;
	const GateSettings settings = {
		.store = store, .source = world->source, .journal_dir = world->journal, .poll_ms = 10};

	if (!gate_new(&settings, &world->gate, &error) || !gate_start(world->gate, &error))
		g_error("no gate: %s", error->message);
}

static void begin(World *world, TestStore *t)
{
	*world = (World){.policy = *test_gate_policy()};
	world->top = g_dir_make_tmp("evenhand-gate-XXXXXX", NULL);
	world->journal = g_build_filename(world->top, "journal", NULL);
	world->source = (GateSource){.data = &world->policy, .policy = give_policy};
	g_assert_true(store_migrate(t->store, NULL));
	test_store_world(t->store);
}

static void finish(World *world)
{
	g_autoptr(GDir) folder = NULL;
	const char *name;

	gate_free(world->gate);
	folder = g_dir_open(world->journal, 0, NULL);
	while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
		g_autofree char *path = g_build_filename(world->journal, name, NULL);

		g_unlink(path);
	}
	g_rmdir(world->journal);
	g_rmdir(world->top);
	g_free(world->journal);
	g_free(world->top);
}

static const GateQuery call_of_jo = {.channel = CHANNEL_PHONE, .customer = "C-1", .to = "0301", .at = INSTANT_NONE};

/* The verdict, or NULL where the gate cannot answer. */
static const char *verdict_of(Gate *gate, const GateQuery *query)
{
	json_t *answer = NULL;
	const char *verdict;

	if (!gate_ask_json(gate, query, &answer, NULL))
		return NULL;
	verdict = g_intern_string(json_string_value(json_object_get(answer, "verdict")));
	json_decref(answer);
	return verdict;
}

static void wait_for(Gate *gate, const GateQuery *query, const char *verdict)
{
	gint64 end = g_get_monotonic_time() + PATIENCE_US;

	while (g_strcmp0(verdict_of(gate, query), verdict) != 0) {
		if (g_get_monotonic_time() > end)
			g_error("still %s, not %s", verdict_of(gate, query), verdict);
		g_usleep(2000);
	}
}

static void N5_an_arrangement_is_seen_when_it_comes_into_force(TestStore *t)
{
	World world;
	GateHealth health;

	begin(&world, t);
	start(&world, t->store);
	wait_for(world.gate, &call_of_jo, "proceed");
	test_store_bring_in(t->store);
	wait_for(world.gate, &call_of_jo, "decline");
	gate_health(world.gate, &health);
	g_assert_true(health.answers);
	g_assert_cmpint(health.version, ==, 1);
	g_assert_cmpuint(health.problems, ==, 0);
	finish(&world);
}

static void what_cannot_matter_makes_no_snapshot(TestStore *t)
{
	World world;
	GateHealth health;
	gint64 before;

	begin(&world, t);
	start(&world, t->store);
	wait_for(world.gate, &call_of_jo, "proceed");
	gate_health(world.gate, &health);
	before = health.snapshots;
	test_store_act(t->store, 5, "log-contact", "{}");
	g_usleep(200000);
	gate_health(world.gate, &health);
	g_assert_cmpint(health.snapshots, ==, before);
	test_store_act(t->store, 6, "lift", "{}");
	for (int i = 0; i < 1000 && health.snapshots == before; i++) {
		g_usleep(10000);
		gate_health(world.gate, &health);
	}
	g_assert_cmpint(health.snapshots, ==, before + 1);
	finish(&world);
}

static void the_same_look_up_without_a_gate(TestStore *t)
{
	World world;
	json_t *answer;

	begin(&world, t);
	test_store_bring_in(t->store);
	g_assert_true(gate_look_up(t->store, &world.source, world.journal, &call_of_jo, &answer, NULL));
	g_assert_cmpstr(json_string_value(json_object_get(answer, "verdict")), ==, "decline");
	json_decref(answer);
	finish(&world);
}

/* The database is away: the snapshot holds until stale_after, then nobody gets an answer, and it recovers. */
static void open_when_the_database_is_away_for_too_long(TestStore *t)
{
	World world;
	g_autoptr(GError) error = NULL;
	GateHealth health;
	gint64 away;
	json_t *answer = NULL;

	begin(&world, t);
	world.policy.gate.stale_after_seconds = 3;
	world.policy.gate.unavailable_words = "Help as you would help anybody.";
	test_store_bring_in(t->store);
	start(&world, t->store);
	wait_for(world.gate, &call_of_jo, "decline");
	away = g_get_monotonic_time();
	test_store_raw(t, "ALTER TABLE record RENAME TO record_away");
	for (;;) {
		const char *verdict = verdict_of(world.gate, &call_of_jo);
		gint64 since = g_get_monotonic_time() - away;

		if (verdict == NULL) {
			/* confirmed at most a second before it went */
			g_assert_cmpint(since, >, 1900 * 1000);
			break;
		}
		g_assert_cmpstr(verdict, ==, "decline");
		g_assert_cmpint(since, <, PATIENCE_US);
		g_usleep(10000);
	}
	g_assert_false(gate_ask_json(world.gate, &call_of_jo, &answer, &error));
	g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_UNAVAILABLE);
	g_assert_true(g_str_has_prefix(error->message, "Help as you would help anybody."));
	gate_health(world.gate, &health);
	g_assert_false(health.answers);
	g_assert_cmpstr(health.error, !=, "");
	g_assert_cmpint(health.failures, >, 0);
	test_store_raw(t, "ALTER TABLE record_away RENAME TO record");
	wait_for(world.gate, &call_of_jo, "decline");
	gate_health(world.gate, &health);
	g_assert_true(health.answers);
	finish(&world);
}

static void R1_allowances_survive_a_restart(TestStore *t)
{
	World world;
	GateQuery call = {.contact_id = "call-1",
		.channel = CHANNEL_PHONE,
		.from = "+441632960005",
		.to = "0301",
		.machine_door = TRUE,
		.at = test_time("2026-12-01T09:30")};

	begin(&world, t);
	start(&world, t->store);
	wait_for(world.gate, &call_of_jo, "proceed");
	g_assert_cmpstr(verdict_of(world.gate, &call), ==, "limit");
	call.contact_id = "call-2";
	g_assert_cmpstr(verdict_of(world.gate, &call), ==, "decline");
	gate_free(world.gate);
	start(&world, t->store);
	wait_for(world.gate, &call_of_jo, "proceed");
	call.contact_id = "call-3";
	g_assert_cmpstr(verdict_of(world.gate, &call), ==, "decline");
	call.contact_id = "call-1";
	g_assert_cmpstr(verdict_of(world.gate, &call), ==, "limit");
	finish(&world);
}

static void a_journal_that_cannot_be_written_means_no_answer(TestStore *t)
{
	World world;
	GateQuery call = call_of_jo;
	struct rlimit before, none;
	GateHealth health;

	begin(&world, t);
	test_store_bring_in(t->store);
	start(&world, t->store);
	wait_for(world.gate, &call_of_jo, "decline");
	call.contact_id = "call-9";
	getrlimit(RLIMIT_FSIZE, &before);
	none = before;
	none.rlim_cur = 0;
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &none);
	g_assert_null(verdict_of(world.gate, &call));
	gate_health(world.gate, &health);
	setrlimit(RLIMIT_FSIZE, &before);
	g_assert_false(health.answers);
	g_assert_nonnull(strstr(health.error, "journal"));
	g_assert_cmpstr(verdict_of(world.gate, &call), ==, "decline");
	gate_health(world.gate, &health);
	g_assert_true(health.answers);
	finish(&world);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	/* the gate says on its log what is the matter; these tests bring it about */
	g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
	test_store_add("/N5/an-arrangement-is-seen-when-it-comes-into-force",
		N5_an_arrangement_is_seen_when_it_comes_into_force);
	test_store_add("/gate/what-cannot-matter-makes-no-snapshot", what_cannot_matter_makes_no_snapshot);
	test_store_add("/gate/the-same-look-up-without-a-gate", the_same_look_up_without_a_gate);
	test_store_add(
		"/gate/open-when-the-database-is-away-for-too-long", open_when_the_database_is_away_for_too_long);
	test_store_add("/R1/allowances-survive-a-restart", R1_allowances_survive_a_restart);
	test_store_add("/gate/a-journal-that-cannot-be-written-means-no-answer",
		a_journal_that_cannot_be_written_means_no_answer);
	return g_test_run();
}
