/* acts_test.c: what every act has in common, from the envelope to the commit: request ids, versions, times, rights, the
 * record; and who may grant what. The acts one by one: set_up_test.c and steps_test.c. */
#include "acts/acts_testing.h"
#include "store/record.h"
#include "store/statements.h"

#include <string.h>

#define INVALID EVENHAND_ERROR_INVALID
#define REFUSED EVENHAND_ERROR_REFUSED
#define NOT_FOUND EVENHAND_ERROR_NOT_FOUND
#define CONFLICT EVENHAND_ERROR_CONFLICT

static void one_entry_an_act(TestStore *t)
{
	World *w = world_new(t);
	const gint64 before = head_number(w);
	RecordContentRow *content = NULL;
	RecordVerdict verdict;
	EntryRow *entry = NULL;
	g_autoptr(Tx) tx = NULL;

	done(w, "adam", "add-staff", "{'password': 'correct horse battery', 'user_name': 'lee', 'name': 'Lee  '}");
	g_assert_cmpint(w->answer.record_number, ==, before + 1);
	g_assert_cmpint(head_number(w), ==, before + 1);
	g_assert_true(store_read(t->store, &tx, NULL));
	g_assert_true(sql_record_entry(tx, w->mem, before + 1, &entry, NULL));
	g_assert_cmpstr(entry->actor, ==, "adam");
	g_assert_cmpstr(entry->via, ==, "test");
	g_assert_cmpstr(entry->act, ==, "add-staff");
	g_assert_cmpstr(entry->subject, ==, "lee");
	g_assert_cmpstr(entry->pack, ==, "police-complaints 1");
	g_assert_cmpstr(entry->hash, ==, w->answer.record_hash);
	g_assert_null(entry->casefile);
	g_assert_cmpstr(instant_format(w->mem, entry->recorded_at), ==, w->at);
	/* Byte for byte as it came, without the secret. */
	g_assert_true(sql_record_content(tx, w->mem, before + 1, &content, NULL));
	g_assert_cmpstr(content->content, ==, "{\"user_name\":\"lee\",\"name\":\"Lee  \"}");
	g_clear_pointer(&tx, tx_end);
	g_assert_true(record_verify(t->store, w->mem, 0, NULL, &verdict, NULL));
	g_assert_cmpint(verdict.broken_at, ==, 0);
	world_free(w);
}

static void request_ids(TestStore *t)
{
	World *w = world_new(t);
	const char *first = done(w, "sam", "add-customer", "{'request_id': 'r1', 'name': 'Ann'}");
	const ActAnswer answer = w->answer;
	const gint64 head = head_number(w);

	/* Asked again, in whatever order: the same answer, and nothing twice. */
	g_assert_cmpstr(done(w, "sam", "add-customer", "{'name': 'Ann', 'request_id': 'r1'}"), ==, first);
	g_assert_cmpint(w->answer.record_number, ==, answer.record_number);
	g_assert_cmpstr(w->answer.record_hash, ==, answer.record_hash);
	g_assert_cmpint(head_number(w), ==, head);
	refused(w, CONFLICT, NULL, NULL, "sam", "add-customer", "{'request_id': 'r1', 'name': 'Bea'}");
	refused(w, CONFLICT, NULL, NULL, "sam", "log-contact", "{'request_id': 'r1'}");
	/* It is the actor's own. */
	g_assert_cmpstr(done(w, "mira", "add-customer", "{'request_id': 'r1', 'name': 'Bea'}"), !=, first);
	/* A refusal is not kept: mended, the same request is done. */
	refused(w, INVALID, NULL, "name", "sam", "add-customer", "{'request_id': 'r2'}");
	done(w, "sam", "add-customer", "{'request_id': 'r2', 'name': 'Cyd'}");
	/* Nobody can try out passwords on what is kept of a request: secrets are no part of it. */
	done(w, "adam", "add-staff",
		"{'request_id': 'r3', 'user_name': 'lee', 'name': 'Lee', 'password': 'one two three'}");
	done(w, "adam", "add-staff",
		"{'request_id': 'r3', 'user_name': 'lee', 'name': 'Lee', 'password': 'four five six'}");
	world_free(w);
}

static void versions(TestStore *t)
{
	World *w = world_new(t);
	const char *casefile;
	gint64 version;

	done(w, "sam", "report-behaviour",
		"{'customer': '%s', 'channel': 'phone', 'heading': 'aggressive-or-abusive', 'example': "
		"'violence-threatened', "
		"'what': "
		"'w', 'effect': 'e', 'disability': 'no'}",
		w->customer);
	casefile = w->answer.casefile;
	version = w->answer.version;
	refused(w, CONFLICT, NULL, NULL, "mira", "refer-to-police",
		"{'casefile': '%s', 'version': %d, 'force': 'Oldtown Police'}", casefile, (int)version + 1);
	done(w, "mira", "refer-to-police", "{'casefile': '%s', 'version': %d, 'force': 'Oldtown Police'}", casefile,
		(int)version);
	g_assert_cmpint(w->answer.version, ==, version + 1);
	refused(w, CONFLICT, NULL, NULL, "mira", "refer-to-police",
		"{'casefile': '%s', 'version': %d, 'force': 'Oldtown Police'}", casefile, (int)version);
	refused(w, INVALID, NULL, "version", "mira", "refer-to-police",
		"{'casefile': '%s', 'version': 'new', 'force': 'Oldtown Police'}", casefile);
	done(w, "mira", "refer-to-police", "{'casefile': '%s', 'force': 'Newtown Police'}", casefile);
	g_assert_cmpint(w->answer.version, ==, version + 2);
	refused(w, INVALID, NULL, "casefile", "mira", "refer-to-police", "{'force': 'Oldtown Police'}");
	refused(w, NOT_FOUND, NULL, NULL, "mira", "refer-to-police", "{'casefile': 'CF-2026-009999', 'force': 'x'}");
	world_free(w);
}

/* What the envelope names is never passed over. */
static void casefiles_that_do_not_belong(TestStore *t)
{
	static const char REPORT[] = "{%s 'customer': '%s', 'channel': 'phone', 'heading': 'aggressive-or-abusive', "
				     "'example': 'threats', 'what': 'w', 'effect': 'e', 'disability': 'no'}";
	World *w = world_new(t);
	const char *casefile, *other;
	gint64 version;

	refused(w, INVALID, NULL, "casefile", "sam", "log-contact", "{'casefile': 'CF-2026-009999'}");
	refused(w, INVALID, NULL, "version", "sam", "log-contact", "{'version': 3}");
	refused(w, CONFLICT, NULL, NULL, "sam", "report-behaviour", REPORT, "'casefile': 'CF-2026-009999',",
		w->customer);
	refused(w, INVALID, NULL, "version", "sam", "report-behaviour", REPORT, "'version': 1,", w->customer);
	done(w, "sam", "report-behaviour", REPORT, "", w->customer);
	casefile = w->answer.casefile;
	version = w->answer.version;
	other = arena_printf(w->mem, "'casefile': '%s', 'version': %d,", casefile, (int)version + 1);
	refused(w, CONFLICT, NULL, NULL, "sam", "report-behaviour", REPORT, other, w->customer);
	refused(w, CONFLICT, NULL, NULL, "sam", "report-behaviour", REPORT, "'casefile': 'CF-2026-009999',",
		w->customer);
	done(w, "sam", "report-behaviour", REPORT,
		arena_printf(w->mem, "'casefile': '%s', 'version': %d,", casefile, (int)version), w->customer);
	g_assert_cmpstr(w->answer.casefile, ==, casefile);
	g_assert_cmpint(w->answer.version, ==, version + 1);
	world_free(w);
}

static gint64 opened_at(World *w, const char *matter)
{
	g_autoptr(Tx) tx = NULL;
	MatterRow *row = NULL;

	g_assert_true(store_read(w->t->store, &tx, NULL));
	g_assert_true(sql_matter_by_ref(tx, w->mem, matter, &row, NULL));
	return row->opened_at;
}

static const char *open_matter(World *w, const char *happened_at)
{
	return done(w, "sam", "open-matter",
		"{'customer': '%s', 'function': 'casework', 'kind': 'query', 'title': 't', 'happened_at': '%s'}",
		w->customer, happened_at);
}

static void times(TestStore *t)
{
	World *w = world_new(t);
	const char *past = open_matter(w, "2026-02-27T10:00:00Z"), *ahead = open_matter(w, "2026-03-02T09:00:30Z");

	g_assert_cmpstr(instant_format(w->mem, opened_at(w, past)), ==, "2026-02-27T10:00:00Z");
	g_assert_cmpstr(instant_format(w->mem, opened_at(w, ahead)), ==, w->at); /* clocks differ a little */
	refused(w, INVALID, NULL, "happened_at", "sam", "log-contact", "{'happened_at': '2026-03-02T09:02:00Z'}");
	refused(w, INVALID, NULL, "happened_at", "sam", "log-contact", "{'happened_at': 'yesterday'}");
	refused(w, INVALID, NULL, "at", "sam", "log-contact", "{'at': '9999-12-31T23:59:59Z'}");
	refused(w, INVALID, NULL, "happened_at", "sam", "log-contact", "{'happened_at': '1969-12-31T23:59:59Z'}");
	/* The envelope's `at` moves time on, and never back. */
	done(w, "sam", "log-contact", "{'at': '2026-03-05T09:00:00Z'}");
	refused(w, REFUSED, "K3", "at", "sam", "log-contact", "{'at': '2026-03-05T08:59:59Z'}");
	refused(w, REFUSED, "K3", "at", "sam", "log-contact", "{}"); /* the caller's is earlier too */
	w->at = NULL;                                                /* the machine's clock, whenever it is */
	done(w, "sam", "log-contact", "{}");
	world_free(w);
}

/* Outside demonstrations nobody says what time it is. */
static void time_is_real_elsewhere(TestStore *t)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autoptr(GError) error = NULL;
	Acts *acts;
	World w = {.t = t, .mem = mem};

	g_assert_true(store_migrate(t->store, NULL));
	w.acts = acts = acts_new(t->store, NULL);
	done(&w, "job:init", "add-function", "{'slug': 'casework', 'title': 'Casework'}");
	refused(&w, REFUSED, "K3", "at", "job:init", "add-function",
		"{'slug': 'other', 'title': 'Other', 'at': '2030-01-01T00:00:00Z'}");
	g_assert_false(acts_set_clock(acts, when_now() + USEC_PER_DAY, &error));
	g_assert_cmpstr(evenhand_error_rule(error), ==, "K3");
	g_clear_error(&error);
	g_assert_false(acts_mark_demo(acts, &error)); /* what is in use never becomes one */
	g_assert_error(error, EVENHAND_ERROR, CONFLICT);
	g_assert_cmpint(ABS(acts_now(acts) - when_now()), <, USEC_PER_MINUTE);
	acts_free(acts);
}

static void inputs(TestStore *t)
{
	World *w = world_new(t);
	g_autoptr(GError) error = NULL;

	refused(w, NOT_FOUND, NULL, NULL, "sam", "log-contacts", "{}");
	g_assert_false(perform(w, "sam", "log-contact", json_array(), &error));
	g_assert_error(error, EVENHAND_ERROR, INVALID);
	refused(w, INVALID, NULL, "customer", "sam", "open-matter", "{'kind': 'x', 'zebra': 1}");
	g_assert_cmpuint(w->problems.n, ==, 5); /* all of them: three are missing, one is no choice, one is unknown */
	refused(w, INVALID, NULL, "request_id", "sam", "log-contact", "{'request_id': 5, 'at': 'x'}");
	g_assert_cmpuint(w->problems.n, ==, 2);
	refused(w, NOT_FOUND, NULL, NULL, "nobody", "log-contact", "{}");
	world_free(w);
}

/* Whether it was refused because of who asked. */
static gboolean kept_out(World *w, const char *user, const Act *act)
{
	g_autoptr(GError) error = NULL;

	return !perform(w, user, act->name, json_object(), &error) && g_error_matches(error, EVENHAND_ERROR, REFUSED) &&
	       evenhand_error_rule(error) == NULL &&
	       (strstr(error->message, "Your roles") != NULL || strstr(error->message, "No job") != NULL);
}

static void A1_every_act_refuses_every_other_role(TestStore *t)
{
	World *w = world_new(t);

	for (Role role = 0; role < ROLES; role++) {
		const char *user = arena_printf(w->mem, "only.%s", role_name(role));
		const char *function = role == ROLE_HEAD_OF_FUNCTION ? ", 'function': 'only'" : "";

		if (role == ROLE_HEAD_OF_FUNCTION)
			done(w, "adam", "add-function", "{'slug': 'only', 'title': 'Only'}");
		done(w, "adam", "add-staff", "{'user_name': '%s', 'name': 'x'}", user);
		done(w, "adam", "grant-role", "{'user_name': '%s', 'role': '%s'%s}", user, role_name(role), function);
		for (gsize i = 0; acts_table[i] != NULL; i++)
			if (kept_out(w, user, acts_table[i]) != !(acts_table[i]->by & (1u << role)))
				g_error("%s by %s", acts_table[i]->name, role_name(role));
	}
	done(w, "adam", "add-staff", "{'user_name': 'new', 'name': 'x'}");
	for (gsize i = 0; acts_table[i] != NULL; i++) {
		g_assert_true(kept_out(w, "new", acts_table[i]));
		g_assert_true(kept_out(w, "job:any", acts_table[i]) == !acts_table[i]->machine);
	}
	world_free(w);
}

/* The table's rights against the policy's words. Where a rule says who may, core refuses, with its number. */
static void A1_the_tables_rights(void)
{
	static const char *const SET_UP[] = {"adopt-policy", "add-function", "add-staff", "end-staff", "grant-role",
		"revoke-role", "name-substitute", "add-door", "reset-password", "reset-second-factor", NULL};
	g_assert_cmpuint(acts_find("confirm-identifier")->by, ==, BY(MANAGER));
	g_assert_cmpuint(acts_find("answer-adjustment")->by, ==, BY(MANAGER) | BY(HEAD_OF_FUNCTION));
	for (gsize i = 0; acts_table[i] != NULL; i++) {
		const Act *act = acts_table[i];

		g_assert_cmpuint(act->by & BY(AUDITOR), ==, 0); /* reads all, changes nothing */
		if (act->by & BY(ADMINISTRATOR))                /* runs the system, sees no case */
			g_assert_true(g_strv_contains(SET_UP, act->name));
		g_assert_true(act->by != 0 || act->machine);
		g_assert_true(act == acts_find(act->name));
		g_assert_cmpint(act->title[0], !=, '\0');
		g_assert_true(g_str_has_suffix(act->summary, "."));
	}
}

static void G1_nobody_grants_a_role_to_themselves(TestStore *t)
{
	World *w = world_new(t);

	refused(w, REFUSED, "G1", "user_name", "adam", "grant-role", "{'user_name': 'adam', 'role': 'manager'}");
	refused(w, CONFLICT, NULL, NULL, "adam", "grant-role",
		"{'user_name': 'sam', 'role': 'staff', 'function': 'casework'}");
	refused(w, INVALID, NULL, "user_name", "adam", "grant-role", "{'user_name': 'nobody', 'role': 'staff'}");
	refused(w, INVALID, NULL, "function", "adam", "grant-role",
		"{'user_name': 'sam', 'role': 'staff', 'function': 'none'}");
	refused(w, INVALID, NULL, "role", "adam", "grant-role", "{'user_name': 'sam', 'role': 'king'}");
	done(w, "adam", "grant-role", "{'user_name': 'sam', 'role': 'staff', 'function': 'enquiries'}");
	done(w, "adam", "revoke-role", "{'user_name': 'sam', 'role': 'staff', 'function': 'enquiries'}");
	refused(w, NOT_FOUND, NULL, NULL, "adam", "revoke-role",
		"{'user_name': 'sam', 'role': 'staff', 'function': 'enquiries'}");
	world_free(w);
}

static void A1_a_function_has_one_head(TestStore *t)
{
	World *w = world_new(t);

	refused(w, REFUSED, "A2", "function", "adam", "grant-role", "{'user_name': 'sam', 'role': 'head-of-function'}");
	refused(w, REFUSED, "A1", "user_name", "adam", "grant-role",
		"{'user_name': 'mira', 'role': 'head-of-function', 'function': 'casework'}");
	done(w, "adam", "end-staff", "{'user_name': 'hana'}"); /* who has left heads nothing */
	done(w, "adam", "grant-role", "{'user_name': 'mira', 'role': 'head-of-function', 'function': 'casework'}");
	done(w, "adam", "revoke-role", "{'user_name': 'mira', 'role': 'head-of-function', 'function': 'casework'}");
	done(w, "adam", "grant-role", "{'user_name': 'nora', 'role': 'head-of-function', 'function': 'casework'}");
	world_free(w);
}

static void who_has_left_does_nothing(TestStore *t)
{
	World *w = world_new(t);

	done(w, "adam", "end-staff", "{'user_name': 'sam'}");
	refused(w, NOT_FOUND, NULL, NULL, "sam", "log-contact", "{}");
	refused(w, INVALID, NULL, "user_name", "adam", "end-staff", "{'user_name': 'sam'}");
	refused(w, INVALID, NULL, "user_name", "adam", "grant-role", "{'user_name': 'sam', 'role': 'manager'}");
	refused(w, CONFLICT, NULL, NULL, "adam", "add-staff", "{'user_name': 'sam', 'name': 'Another Sam'}");
	world_free(w);
}

/* Else nobody could grant roles any more. */
static void the_last_administrator_stays(TestStore *t)
{
	World *w = world_new(t);

	refused(w, REFUSED, NULL, "user_name", "adam", "end-staff", "{'user_name': 'adam'}");
	refused(w, REFUSED, NULL, "user_name", "adam", "revoke-role", "{'user_name': 'adam', 'role': 'administrator'}");
	done(w, "adam", "grant-role", "{'user_name': 'rex', 'role': 'administrator'}");
	done(w, "adam", "revoke-role", "{'user_name': 'adam', 'role': 'administrator'}");
	refused(w, REFUSED, NULL, "user_name", "rex", "end-staff", "{'user_name': 'rex'}");
	world_free(w);
}

static Capacity capacity_of(World *w, const char *user, const char *day)
{
	g_autoptr(Tx) tx = NULL;
	const Pack *pack = acts_pack(w->acts, "police-complaints 1", NULL);
	Actor *actor;
	Day on;

	g_assert_true(day_parse(day, "day", &on, NULL));
	g_assert_true(store_read(w->t->store, &tx, NULL));
	g_assert_true(actor_load(tx, w->mem, user, (Instant)on * USEC_PER_DAY, on, &actor, NULL));
	return actor_capacity(actor, pack_policy(pack), "casework");
}

static void A2_deputies_and_stand_ins(TestStore *t)
{
#define PERIOD "'from_on': '2026-03-02', 'until_on': '2026-03-03', 'reason': 'away'"
	World *w = world_new(t);

	refused(w, REFUSED, "A2", "user_name", "adam", "name-substitute",
		"{'function': 'casework', 'user_name': 'mira', 'capacity': 'stand-in', " PERIOD "}");
	refused(w, REFUSED, "A2", "user_name", "hana", "name-substitute",
		"{'function': 'casework', 'user_name': 'hana', 'capacity': 'deputy', " PERIOD "}");
	refused(w, REFUSED, "A2", NULL, "idris", "name-substitute",
		"{'function': 'casework', 'user_name': 'mira', 'capacity': 'deputy', " PERIOD "}");
	refused(w, INVALID, NULL, "until_on", "hana", "name-substitute",
		"{'function': 'casework', 'user_name': 'mira', 'capacity': 'deputy', 'from_on': '2026-03-03', "
		"'until_on': "
		"'2026-03-02', 'reason': 'away'}");
	done(w, "hana", "name-substitute",
		"{'function': 'casework', 'user_name': 'sam', 'capacity': 'deputy', " PERIOD "}");
	done(w, "adam", "name-substitute",
		"{'function': 'casework', 'user_name': 'idris', 'capacity': 'stand-in', " PERIOD "}");
	g_assert_cmpint(capacity_of(w, "hana", "2026-03-02"), ==, CAPACITY_HEAD);
	g_assert_cmpint(capacity_of(w, "sam", "2026-03-01"), ==, CAPACITY_NONE);
	g_assert_cmpint(capacity_of(w, "sam", "2026-03-02"), ==, CAPACITY_DEPUTY);
	g_assert_cmpint(capacity_of(w, "sam", "2026-03-03"), ==, CAPACITY_DEPUTY); /* the last day is in it */
	g_assert_cmpint(capacity_of(w, "sam", "2026-03-04"), ==, CAPACITY_NONE);
	g_assert_cmpint(capacity_of(w, "idris", "2026-03-03"), ==, CAPACITY_STAND_IN);
	g_assert_cmpint(capacity_of(w, "nora", "2026-03-03"), ==, CAPACITY_NONE);
	done(w, "adam", "revoke-role", "{'user_name': 'idris', 'role': 'head-of-function', 'function': 'enquiries'}");
	g_assert_cmpint(capacity_of(w, "idris", "2026-03-03"), ==, CAPACITY_NONE); /* head of nothing any more */
#undef PERIOD
	world_free(w);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	test_store_add("/K3/one-entry-an-act", one_entry_an_act);
	test_store_add("/acts/request-ids", request_ids);
	test_store_add("/acts/versions", versions);
	test_store_add("/acts/casefiles-that-do-not-belong", casefiles_that_do_not_belong);
	test_store_add("/K3/times", times);
	test_store_add("/K3/time-is-real-elsewhere", time_is_real_elsewhere);
	test_store_add("/acts/inputs", inputs);
	test_store_add("/A1/every-act-refuses-every-other-role", A1_every_act_refuses_every_other_role);
	g_test_add_func("/A1/the-tables-rights", A1_the_tables_rights);
	test_store_add("/G1/nobody-grants-a-role-to-themselves", G1_nobody_grants_a_role_to_themselves);
	test_store_add("/A1/a-function-has-one-head", A1_a_function_has_one_head);
	test_store_add("/acts/who-has-left-does-nothing", who_has_left_does_nothing);
	test_store_add("/acts/the-last-administrator-stays", the_last_administrator_stays);
	test_store_add("/A2/deputies-and-stand-ins", A2_deputies_and_stand_ins);
	return g_test_run();
}
