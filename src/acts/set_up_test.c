/* set_up_test.c: the acts beside the steps of casework: customers and what they are recognised by, matters, needs and
 * adjustments, contacts and ended calls, policy packs, doors. */
#include "acts/acts_testing.h"
#include "acts/read.h"
#include "acts/run.h"

#include <string.h>

#define INVALID EVENHAND_ERROR_INVALID
#define REFUSED EVENHAND_ERROR_REFUSED
#define NOT_FOUND EVENHAND_ERROR_NOT_FOUND
#define CONFLICT EVENHAND_ERROR_CONFLICT

static IdentifierRow *identifier(World *w, const char *ref)
{
	g_autoptr(Tx) tx = NULL;
	IdentifierRow *row = NULL;

	g_assert_true(store_read(w->t->store, &tx, NULL));
	g_assert_true(sql_identifier_by_ref(tx, w->mem, ref, &row, NULL));
	g_assert_nonnull(row);
	return row;
}

static ContactRow *contact(World *w, const char *ref)
{
	g_autoptr(Tx) tx = NULL;
	ContactRow *row = NULL;

	g_assert_true(store_read(w->t->store, &tx, NULL));
	g_assert_true(sql_contact_by_ref(tx, w->mem, ref, &row, NULL));
	g_assert_nonnull(row);
	return row;
}

static const char *add_phone(World *w, const char *user, const char *customer, const char *number)
{
	return done(w, user, "add-identifier", "{'customer': '%s', 'kind': 'phone', 'value': '%s'}", customer, number);
}

static const char *open_matter(World *w, const char *customer)
{
	return done(w, "sam", "open-matter",
		"{'customer': '%s', 'function': 'casework', 'kind': 'complaint', 'title': 'Stop and search'}",
		customer);
}

/* As if it had been decided: what stands behind it does not matter here. */
static void arrangement_for(World *w, const char *customer)
{
	g_autofree char *sql = g_strdup_printf(
		"INSERT INTO arrangement (ref, decision, casefile, customer, scope, restrictions, review_on, pack) "
		"VALUES "
		"('A-2026-000001', 'D', 'CF', '%s', 'function', '[]', '2026-09-01', 'police-complaints 1')",
		customer);

	test_store_raw(w->t, sql);
}

static void R11_a_shared_identifier_is_marked_on_both_sides(TestStore *t)
{
	World *w = world_new(t);
	const char *other = done(w, "sam", "add-customer", "{'name': 'Robin Quill'}");
	const char *first = "ID-2026-000001", *second;

	g_assert_cmpstr(identifier(w, first)->normal, ==, "+447700900123");
	g_assert_false(identifier(w, first)->used_by_others);
	second = add_phone(w, "sam", other, "+44 (0)7700 900 123"); /* the same number, typed otherwise */
	g_assert_true(identifier(w, first)->used_by_others);
	g_assert_true(identifier(w, second)->used_by_others);
	refused(w, CONFLICT, NULL, NULL, "sam", "add-identifier",
		"{'customer': '%s', 'kind': 'phone', 'value': '07700900123'}", other);
	refused(w, INVALID, NULL, "value", "sam", "add-identifier",
		"{'customer': '%s', 'kind': 'email', 'value': 'nobody'}", other);
	refused(w, NOT_FOUND, NULL, NULL, "sam", "add-identifier",
		"{'customer': 'C-2026-000099', 'kind': 'phone', 'value': '07700 900999'}");
	/* Somebody says so. */
	g_assert_false(identifier(w, "ID-2026-000002")->used_by_others);
	done(w, "sam", "mark-shared", "{'identifier': 'ID-2026-000002'}");
	g_assert_true(identifier(w, "ID-2026-000002")->used_by_others);
	second = done(w, "sam", "add-identifier",
		"{'customer': '%s', 'kind': 'phone', 'value': '07700 900555', 'used_by_others': true}", other);
	g_assert_true(identifier(w, second)->used_by_others);
	world_free(w);
}

static void G13_another_manager_confirms(TestStore *t)
{
	World *w = world_new(t);
	const char *ref = add_phone(w, "sam", w->customer, "07700 900456");

	g_assert_true(identifier(w, ref)->confirmed); /* before any decision */
	arrangement_for(w, w->customer);
	ref = add_phone(w, "mira", w->customer, "07700 900789");
	g_assert_false(identifier(w, ref)->confirmed); /* R11: it binds nobody yet */
	refused(w, REFUSED, "G13", NULL, "mira", "confirm-identifier", "{'identifier': '%s'}", ref);
	refused(w, REFUSED, NULL, NULL, "sam", "confirm-identifier", "{'identifier': '%s'}", ref);
	done(w, "nora", "confirm-identifier", "{'identifier': '%s'}", ref);
	g_assert_true(identifier(w, ref)->confirmed);
	world_free(w);
}

static void an_ended_identifier(TestStore *t)
{
	World *w = world_new(t);

	done(w, "sam", "end-identifier", "{'identifier': 'ID-2026-000001'}");
	refused(w, NOT_FOUND, NULL, NULL, "sam", "end-identifier", "{'identifier': 'ID-2026-000001'}");
	refused(w, NOT_FOUND, NULL, NULL, "nora", "confirm-identifier", "{'identifier': 'ID-2026-000001'}");
	refused(w, NOT_FOUND, NULL, NULL, "sam", "mark-shared", "{'identifier': 'ID-2026-000001'}");
	g_assert_cmpstr(add_phone(w, "sam", w->customer, "07700 900123"), ==, "ID-2026-000003");
	world_free(w);
}

static void customers(TestStore *t)
{
	World *w = world_new(t);

	refused(w, INVALID, NULL, "language", "sam", "add-customer", "{'name': 'Ann', 'language': 'xx'}");
	refused(w, INVALID, NULL, "format", "sam", "add-customer", "{'name': 'Ann', 'format': 'smoke'}");
	refused(w, INVALID, NULL, "kind", "sam", "add-customer", "{'name': 'Ann', 'kind': 'ghost'}");
	refused(w, INVALID, NULL, "identifiers/1/value", "sam", "add-customer",
		"{'name': 'Ann', 'identifiers': [{'kind': 'phone', 'value': '07700 900111'}, {'kind': 'email', "
		"'value': "
		"'?'}]}");
	refused(w, INVALID, NULL, "identifiers/1/value", "sam", "add-customer",
		"{'name': 'Ann', 'identifiers': [{'kind': 'phone', 'value': '07700 900111'}, {'kind': 'phone', "
		"'value': '+44 7700 900111'}]}");
	done(w, "sam", "register-representative",
		"{'customer': '%s', 'name': 'Lou Law', 'capacity': 'solicitor', 'kind': 'email', 'value': "
		"'lou@law.example'}",
		w->customer);
	refused(w, NOT_FOUND, NULL, NULL, "sam", "register-representative",
		"{'customer': 'C-2026-000099', 'name': 'x', 'capacity': 'x', 'kind': 'email', 'value': 'x@y.example'}");
	world_free(w);
}

static void matters(TestStore *t)
{
	World *w = world_new(t);
	const char *matter = open_matter(w, w->customer);

	refused(w, INVALID, NULL, "function", "sam", "open-matter",
		"{'customer': '%s', 'function': 'none', 'kind': 'query', 'title': 't'}", w->customer);
	done(w, "sam", "close-matter", "{'matter': '%s', 'how': 'Upheld'}", matter);
	refused(w, CONFLICT, NULL, NULL, "sam", "close-matter", "{'matter': '%s', 'how': 'Upheld'}", matter);
	refused(w, NOT_FOUND, NULL, NULL, "sam", "close-matter", "{'matter': 'M-2026-000099', 'how': 'x'}");
	world_free(w);
}

static void B6_needs(TestStore *t)
{
	World *w = world_new(t);

	done(w, "sam", "record-need",
		"{'customer': '%s', 'what': 'Cannot hear', 'why': 'Told us', 'abilities': {'phone': 'only-with', "
		"'email': "
		"'can', 'in-person': 'cannot'}, 'only_with': 'Relay'}",
		w->customer);
	refused(w, INVALID, NULL, "only_with", "sam", "record-need",
		"{'customer': '%s', 'what': 'w', 'why': 'y', 'abilities': {'phone': 'only-with'}}", w->customer);
	refused(w, INVALID, NULL, "abilities", "sam", "record-need",
		"{'customer': '%s', 'what': 'w', 'why': 'y', 'abilities': {'pigeon': 'can'}}", w->customer);
	refused(w, INVALID, NULL, "abilities", "sam", "record-need",
		"{'customer': '%s', 'what': 'w', 'why': 'y', 'abilities': {'phone': 'rarely'}}", w->customer);
	refused(w, INVALID, NULL, "why", "sam", "record-need", "{'customer': '%s', 'what': 'w'}", w->customer);
	world_free(w);
}

static void G7_adjustments_have_a_review_date(TestStore *t)
{
	World *w = world_new(t);
	const char *other = done(w, "sam", "add-customer", "{'name': 'Robin'}");
	const char *need = done(
		w, "sam", "record-need", "{'customer': '%s', 'what': 'Cannot hear', 'why': 'Told us'}", w->customer);
	const char *asked = done(w, "sam", "ask-adjustment", "{'customer': '%s', 'asked': 'Write to me', 'need': '%s'}",
		w->customer, need);

	refused(w, INVALID, NULL, "need", "sam", "ask-adjustment", "{'customer': '%s', 'asked': 'a', 'need': '%s'}",
		other, need);
	refused(w, REFUSED, "G7", "review_on", "mira", "answer-adjustment",
		"{'adjustment': '%s', 'outcome': 'granted', 'reasons': 'r'}", asked);
	refused(w, REFUSED, "G7", "review_on", "mira", "answer-adjustment",
		"{'adjustment': '%s', 'outcome': 'granted-for-now', 'reasons': 'r'}", asked);
	refused(w, INVALID, NULL, "review_on", "mira", "answer-adjustment",
		"{'adjustment': '%s', 'outcome': 'granted', 'reasons': 'r', 'review_on': '2026-03-02'}", asked);
	refused(w, INVALID, NULL, "reasons", "mira", "answer-adjustment", "{'adjustment': '%s', 'outcome': 'refused'}",
		asked);
	done(w, "mira", "answer-adjustment",
		"{'adjustment': '%s', 'outcome': 'granted', 'reasons': 'r', 'review_on': '2026-03-03'}", asked);
	refused(w, CONFLICT, NULL, NULL, "mira", "answer-adjustment",
		"{'adjustment': '%s', 'outcome': 'refused', 'reasons': 'r'}", asked);
	asked = done(w, "sam", "ask-adjustment", "{'customer': '%s', 'asked': 'Never call'}", w->customer);
	done(w, "mira", "answer-adjustment", "{'adjustment': '%s', 'outcome': 'refused', 'reasons': 'r'}", asked);
	world_free(w);
}

static void S2_an_ended_call_has_its_reason(TestStore *t)
{
	World *w = world_new(t);
	const char *ref;

	refused(w, INVALID, NULL, "reason", "sam", "end-call", "{'customer': '%s'}", w->customer);
	refused(w, REFUSED, "S2", "reason", "sam", "end-call", "{'reason': 'tired'}");
	ref = done(w, "sam", "end-call",
		"{'customer': '%s', 'from': '07700 900 123', 'reason': 'abusive', 'words': 'w', 'minutes': 3}",
		w->customer);
	g_assert_cmpstr(contact(w, ref)->handling, ==, "ended");
	g_assert_cmpstr(contact(w, ref)->end_reason, ==, "abusive");
	g_assert_cmpstr(contact(w, ref)->identifier, ==, "+447700900123");
	g_assert_cmpstr(contact(w, ref)->function, ==, "casework");
	ref = done(w, "sam", "hold-call", "{}"); /* S1: needs no reason */
	g_assert_cmpstr(contact(w, ref)->handling, ==, "held");
	world_free(w);
}

/* One form, one act, one entry: the contact, the ended call and the report. */
static void S3_an_ended_call_is_reported_in_the_same_step(TestStore *t)
{
	World *w = world_new(t);
	const char *whole = "'report': true, 'example': 'verbal-abuse', 'effect': "
			    "'I could not go on.', 'disability': 'not-known', 'welfare': 'I felt unsafe.', 'targets': "
			    "['sam']";
	const char *ref;
	g_autoptr(Tx) tx = NULL;
	ReportRow *report = NULL;

	refused(w, INVALID, NULL, "customer", "sam", "end-call", "{'reason': 'abusive', 'what': 'w', %s}", whole);
	refused(w, REFUSED, "B2", "what", "sam", "end-call", "{'customer': '%s', 'reason': 'abusive', %s}", w->customer,
		whole);
	refused(w, INVALID, NULL, "welfare", "sam", "end-call",
		"{'customer': '%s', 'reason': 'abusive', 'welfare': 'I felt unsafe.'}", w->customer);
	ref = done(w, "sam", "end-call", "{'customer': '%s', 'reason': 'abusive', 'what': 'Called me names', %s}",
		w->customer, whole);
	g_assert_cmpstr(contact(w, ref)->handling, ==, "ended");
	g_assert_true(store_read(w->t->store, &tx, NULL));
	g_assert_true(sql_report_by_ref(tx, w->mem, "R-2026-000001", &report, NULL));
	g_assert_cmpstr(report->contact, ==, ref);
	g_assert_cmpstr(report->what, ==, "Called me names");
	g_assert_cmpstr(report->welfare, ==, "I felt unsafe.");
	g_assert_cmpstr(report->channel, ==, "phone");
	g_assert_cmpstr(report->heading, ==, "aggressive-or-abusive"); /* which the example says */
	world_free(w);
}

static void contacts(TestStore *t)
{
	World *w = world_new(t);
	const char *other = done(w, "sam", "add-customer", "{'name': 'Robin'}");
	const char *matter = open_matter(w, w->customer);
	const char *ref = done(w, "sam", "log-contact",
		"{'customer': '%s', 'channel': 'email', 'from': ' Quill@EXAMPLE.org', 'matter': '%s', 'purpose': "
		"'emergency', 'happened_at': '2026-03-01T10:00:00Z'}",
		w->customer, matter);

	g_assert_cmpstr(contact(w, ref)->identifier, ==, "quill@example.org");
	g_assert_cmpstr(instant_format(w->mem, contact(w, ref)->happened_at), ==, "2026-03-01T10:00:00Z");
	ref = done(w, "sam", "log-contact", "{'from': 'withheld'}"); /* what cannot be read is kept out, not refused */
	g_assert_null(contact(w, ref)->identifier);
	g_assert_cmpstr(contact(w, ref)->channel, ==, "phone");
	refused(w, REFUSED, "G4", "matter", "sam", "log-contact", "{'customer': '%s', 'matter': '%s'}", other, matter);
	refused(w, INVALID, NULL, "matter", "sam", "log-contact", "{'matter': 'M-2026-000099'}");
	refused(w, INVALID, NULL, "purpose", "sam", "log-contact", "{'purpose': 'chatting'}");
	refused(w, INVALID, NULL, "channel", "sam", "log-contact", "{'channel': 'pigeon'}");
	refused(w, INVALID, NULL, "minutes", "sam", "log-contact", "{'minutes': 1441}");
	refused(w, NOT_FOUND, NULL, NULL, "sam", "log-contact", "{'customer': 'C-2026-000099'}");
	refused(w, NOT_FOUND, NULL, NULL, "sam", "log-contact", "{'contact': 'K-2026-000099'}");
	world_free(w);
}

/* The gate's own entry is completed: no second one, and nothing is taken back. */
static void completing(TestStore *t)
{
	World *w = world_new(t);
	const char *other = done(w, "sam", "add-customer", "{'name': 'Robin'}");
	const char *others_matter = open_matter(w, other), *ref;

	test_store_raw(t,
		"INSERT INTO contact (ref, gate_id, channel, direction, happened_at, recorded_at, recorded_by, source, "
		"verdict) VALUES ('K-2026-000900', 'call-1', 'phone', 'in', 0, 0, 'job:journal', 'gate', 'limit')");
	ref = done(w, "sam", "log-contact", "{'gate_id': 'call-1', 'customer': '%s', 'what': 'Asked about dates'}",
		w->customer);
	g_assert_cmpstr(ref, ==, "K-2026-000900");
	g_assert_cmpstr(contact(w, ref)->customer, ==, w->customer);
	g_assert_cmpstr(contact(w, ref)->verdict, ==, "limit");
	done(w, "sam", "end-call", "{'contact': '%s', 'reason': 'abusive'}", ref);
	g_assert_cmpstr(contact(w, ref)->handling, ==, "ended");
	g_assert_cmpstr(contact(w, ref)->what, ==, "Asked about dates");
	refused(w, REFUSED, "G4", "customer", "sam", "log-contact", "{'contact': '%s', 'customer': '%s'}", ref, other);
	refused(w, REFUSED, "G4", "matter", "sam", "log-contact", "{'contact': '%s', 'matter': '%s'}", ref,
		others_matter);
	/* K3: what a colleague wrote stays. */
	ref = done(w, "sam", "log-contact", "{'customer': '%s', 'what': 'Asked about dates'}", w->customer);
	refused(w, REFUSED, "K3", "contact", "mira", "log-contact", "{'contact': '%s', 'what': 'Shouted'}", ref);
	done(w, "mira", "log-contact", "{'contact': '%s', 'minutes': 4}", ref);
	g_assert_cmpint(contact(w, ref)->minutes, ==, 4);
	/* An id that the gate did not keep makes a contact of its own. */
	g_assert_cmpstr(done(w, "sam", "log-contact", "{'gate_id': 'call-2'}"), !=, ref);
	world_free(w);
}

/* The pack with another version, and in force on another day. */
static json_t *pack_of(World *w, const char *version, const char *in_force)
{
	json_t *pack = pack_json(w), *file;
	gsize i;

	json_array_foreach(json_object_get(pack, "files"), i, file)
	{
		const char *text = json_string_value(json_object_get(file, "text"));
		g_auto(GStrv) pieces = NULL;
		g_autofree char *put = NULL, *changed = NULL;

		if (!g_str_equal(json_string_value(json_object_get(file, "path")), "policy.yaml"))
			continue;
		pieces = g_strsplit(text, "\nversion: 1\nin_force: 2026-01-01\n", 2);
		g_assert_cmpuint(g_strv_length(pieces), ==, 2);
		put = g_strdup_printf("\nversion: %s\nin_force: %s\n", version, in_force);
		changed = g_strjoinv(put, pieces);
		json_object_set_new(file, "text", json_string(changed));
	}
	return pack;
}

static const char *pack_of_entry(World *w, gint64 number)
{
	g_autoptr(Tx) tx = NULL;
	EntryRow *entry = NULL;

	g_assert_true(store_read(w->t->store, &tx, NULL));
	g_assert_true(sql_record_entry(tx, w->mem, number, &entry, NULL));
	return entry->pack;
}

static void packs(TestStore *t)
{
	World *w = world_new(t);
	g_autoptr(GError) same = NULL, other = NULL, none = NULL, passed = NULL, taken = NULL;
	json_t *sent = pack_json(w), *file;
	g_autoptr(Tx) tx = NULL;
	PackFilesRow *rows;
	gsize n, i;

	g_assert_false(perform(w, "adam", "adopt-policy", pack_json(w), &same));
	g_assert_error(same, EVENHAND_ERROR, CONFLICT);
	g_assert_false(perform(w, "adam", "adopt-policy", pack_of(w, "1", "2026-01-02"), &other));
	g_assert_error(other, EVENHAND_ERROR, CONFLICT);
	g_assert_cmpstr(same->message, !=, other->message);
	/* G1: not on a day that has passed, nor on one that has its pack. */
	g_assert_false(perform(w, "adam", "adopt-policy", pack_of(w, "2", "2026-03-01"), &passed));
	g_assert_error(passed, EVENHAND_ERROR, REFUSED);
	g_assert_true(perform(w, "adam", "adopt-policy", pack_of(w, "2", "2026-03-02"), NULL));
	g_assert_false(perform(w, "adam", "adopt-policy", pack_of(w, "3", "2026-03-02"), &taken));
	g_assert_error(taken, EVENHAND_ERROR, REFUSED);
	g_assert_nonnull(strstr(taken->message, "'police-complaints 2'"));
	refused(w, INVALID, NULL, "files", "adam", "adopt-policy",
		"{'files': [{'path': 'policy.yaml', 'text': 'pack: x'}]}");
	/* Byte for byte. */
	g_assert_true(store_read(t->store, &tx, NULL));
	g_assert_true(sql_pack_files(tx, w->mem, "police-complaints 1", &rows, &n, NULL));
	g_assert_cmpuint(n, ==, json_array_size(json_object_get(sent, "files")));
	json_array_foreach(json_object_get(sent, "files"), i, file)
	{
		const char *path = json_string_value(json_object_get(file, "path"));
		json_t *text = json_object_get(file, "text");
		gsize r = 0;

		while (!g_str_equal(rows[r].path, path))
			g_assert_cmpuint(++r, <, n);
		g_assert_cmpuint(rows[r].bytes.length, ==, json_string_length(text));
		g_assert_cmpint(memcmp(rows[r].bytes.data, json_string_value(text), rows[r].bytes.length), ==, 0);
	}
	json_decref(sent);
	g_assert_null(acts_pack(w->acts, "police-complaints 9", &none));
	g_assert_error(none, EVENHAND_ERROR, NOT_FOUND);
	world_free(w);
}

/* In London it is the next day already while it is 23:30 in UTC. */
static void a_pack_comes_into_force_by_local_day(TestStore *t)
{
	World *w = world_new(t);

	g_assert_true(perform(w, "adam", "adopt-policy", pack_of(w, "2", "2026-07-01"), NULL));
	w->at = "2026-06-30T22:59:59Z";
	done(w, "sam", "log-contact", "{}");
	g_assert_cmpstr(pack_of_entry(w, w->answer.record_number), ==, "police-complaints 1");
	w->at = "2026-06-30T23:00:00Z";
	done(w, "sam", "log-contact", "{}");
	g_assert_cmpstr(pack_of_entry(w, w->answer.record_number), ==, "police-complaints 2");
	world_free(w);
}

/* How many sentences of the status begin so. */
static int unprotected(World *w, const char *beginning)
{
	StatusView status;
	int n = 0;

	g_assert_true(read_status(w->acts, w->mem, &status, NULL));
	for (gsize i = 0; i < status.n_unprotected; i++)
		n += g_str_has_prefix(status.unprotected[i], beginning) ? 1 : 0;
	return n;
}

static void G5_ways_that_no_door_protects_are_named(TestStore *t)
{
	World *w = world_new(t);

	g_assert_cmpint(unprotected(w, "The policy names "), ==, 6);
	g_assert_cmpint(
		unprotected(w, "The policy names complaints@opcr.example.org for 'dispute', but no door "), ==, 1);
	g_assert_cmpint(unprotected(w, "The policy names 020 7946 0199 for 'dispute', "), ==, 1);
	g_assert_cmpint(unprotected(w, "The policy names 020 7946 0199 for 'new-complaint', "), ==, 1);
	g_assert_cmpint(unprotected(w, "The policy names information@opcr.example.org for 'data-rights', "), ==, 1);
	/* A door of the same number that protects something else does not do. */
	done(w, "adam", "add-door",
		"{'address': '02079460199', 'kind': 'extension', 'title': 'x', 'protects': ['dispute']}");
	done(w, "adam", "add-door",
		"{'address': 'complaints@opcr.example.org', 'kind': 'mailbox', 'title': 'x', 'protects': ['dispute', "
		"'new-complaint']}");
	g_assert_cmpint(unprotected(w, "The policy names 020 7946 0199 for 'dispute', "), ==, 0);
	g_assert_cmpint(unprotected(w, "The policy names 020 7946 0199 for 'new-complaint', "), ==, 1);
	g_assert_cmpint(unprotected(w, "The policy names "), ==, 3);
	world_free(w);
}

static void doors(TestStore *t)
{
	World *w = world_new(t);
	const char *matter = open_matter(w, w->customer);

	done(w, "adam", "add-door",
		"{'address': 'Help@Example.ORG', 'kind': 'mailbox', 'title': 'Help', 'protects': ['emergency', "
		"'safeguarding']}");
	g_assert_cmpstr(w->answer.id, ==, "help@example.org");
	refused(w, CONFLICT, NULL, NULL, "adam", "add-door",
		"{'address': 'help@example.org', 'kind': 'mailbox', 'title': 'Help'}");
	refused(w, INVALID, NULL, "address", "adam", "add-door",
		"{'address': 'help', 'kind': 'mailbox', 'title': 'Help'}");
	refused(w, INVALID, NULL, "protects", "adam", "add-door",
		"{'address': '301', 'kind': 'extension', 'title': 'x', 'protects': ['tea']}");
	refused(w, INVALID, NULL, "function", "adam", "add-door",
		"{'address': '301', 'kind': 'extension', 'title': 'x', 'function': 'none'}");
	refused(w, INVALID, NULL, "user_name", "adam", "add-door",
		"{'address': '301', 'kind': 'extension', 'title': 'x', 'user_name': 'nobody'}");
	done(w, "adam", "add-door", "{'address': '302', 'kind': 'desk', 'title': 'x', 'matter': '%s'}", matter);
	world_free(w);
}

/* What restrictions may point at: a staff member's own line belongs to each function in which they work. */
static void facts_of_a_staff_members_own_line(TestStore *t)
{
	World *w = world_new(t);
	g_autoptr(Tx) tx = NULL;
	CustomerFacts facts = {0};
	ActRun run = {.acts = w->acts, .mem = w->mem};
	gboolean seen = FALSE;

	done(w, "adam", "grant-role", "{'user_name': 'sam', 'role': 'staff', 'function': 'enquiries'}");
	done(w, "adam", "add-door", "{'address': '355', 'kind': 'extension', 'title': 'Sam', 'user_name': 'sam'}");
	done(w, "adam", "add-door", "{'address': '300', 'kind': 'extension', 'title': 'Switchboard'}");
	g_assert_true(store_read(t->store, &tx, NULL));
	run.tx = tx;
	run.policy = pack_policy(acts_pack_in(w->acts, tx, "police-complaints 1", NULL));
	g_assert_true(load_facts(&run, w->customer, &facts, NULL));
	for (gsize i = 0; i < facts.restrictions.n_doors; i++) {
		const Door *door = &facts.restrictions.doors[i];

		if (g_str_equal(door->address, "355")) {
			seen = TRUE;
			g_assert_true(door_belongs_to(door, "casework"));
			g_assert_true(door_belongs_to(door, "enquiries"));
			g_assert_false(door_belongs_to(door, "other"));
			g_assert_false(door_is_general(door));
		} else {
			g_assert_null(door->functions);
			g_assert_true(door_is_general(door));
		}
	}
	g_assert_true(seen);
	g_assert_false(facts.restrictions.stored);
	world_free(w);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	test_store_add(
		"/R11/a-shared-identifier-is-marked-on-both-sides", R11_a_shared_identifier_is_marked_on_both_sides);
	test_store_add("/G13/another-manager-confirms", G13_another_manager_confirms);
	test_store_add("/acts/an-ended-identifier", an_ended_identifier);
	test_store_add("/acts/customers", customers);
	test_store_add("/acts/matters", matters);
	test_store_add("/B6/needs", B6_needs);
	test_store_add("/G7/adjustments-have-a-review-date", G7_adjustments_have_a_review_date);
	test_store_add("/S2/an-ended-call-has-its-reason", S2_an_ended_call_has_its_reason);
	test_store_add("/S3/an-ended-call-is-reported-in-the-same-step", S3_an_ended_call_is_reported_in_the_same_step);
	test_store_add("/G4/contacts", contacts);
	test_store_add("/K3/completing", completing);
	test_store_add("/acts/packs", packs);
	test_store_add("/acts/a-pack-comes-into-force-by-local-day", a_pack_comes_into_force_by_local_day);
	test_store_add("/acts/doors", doors);
	test_store_add("/acts/G5/ways-that-no-door-protects-are-named", G5_ways_that_no_door_protects_are_named);
	test_store_add("/acts/facts-of-a-staff-members-own-line", facts_of_a_staff_members_own_line);
	return g_test_run();
}
