/* jobs_test.c: the jobs' thread beside other acts; the gate's journal taken in once, whatever an asker sent; a mail
 * server that is not there. Run under the thread sanitizer too. */
#include "acts/journal.h"
#include "acts/read.h"
#include "gate/journal.h"
#include "jobs/jobs.h"

#include <glib/gstdio.h>
#include <unistd.h>

typedef struct {
	char *folder, *journal_dir;
	Store *store;
	Acts *acts;
	Arena *mem;
	const char *customer;
} Office;

static ActAnswer act(Office *office, const char *user, const char *name, json_t *json)
{
	const ActCaller caller = {
		.user_name = user, .via = "test", .machine = g_str_has_prefix(user, "job:"), .at = INSTANT_NONE};
	g_autoptr(GError) error = NULL;
	ActAnswer answer = {0};

	if (!acts_perform(office->acts, office->mem, &caller, name, json, &answer, NULL, &error))
		g_error("%s by %s: %s", name, user, error->message);
	json_decref(json);
	return answer;
}

static void adopt_pack(Office *office)
{
	g_autofree char *folder = g_build_filename(g_getenv("EVENHAND_SOURCE"), "policies", "police-complaints", NULL);
	json_t *list = json_array();
	PackFiles files;

	g_assert_true(pack_files_read(folder, office->mem, &files, NULL));
	for (gsize i = 0; i < files.n; i++)
		json_array_append_new(list, json_pack("{s:s, s:s%}", "path", files.files[i].path, "text",
						    files.files[i].bytes, files.files[i].length));
	act(office, "job:init", "adopt-policy", json_pack("{s:o}", "files", list));
}

static void add_person(Office *office, const char *user, const char *role)
{
	act(office, "job:init", "add-staff", json_pack("{s:s, s:s}", "user_name", user, "name", user));
	act(office, "job:init", "grant-role",
		json_pack("{s:s, s:s, s:s}", "user_name", user, "role", role, "function", "casework"));
}

static Office *begin(void)
{
	g_autoptr(GError) error = NULL;
	Office *office = g_new0(Office, 1);
	g_autofree char *url = NULL;

	office->folder = g_dir_make_tmp("evenhand-jobs-XXXXXX", NULL);
	office->journal_dir = g_build_filename(office->folder, "journal", NULL);
	office->mem = arena_new(ARENA_REQUEST_MAX);
	url = g_strdup_printf("sqlite:%s/evenhand.db", office->folder);
	office->store = store_new(url, &error);
	g_assert_no_error(error);
	g_assert_true(store_migrate(office->store, &error));
	office->acts = acts_new(office->store, &error);
	g_assert_no_error(error);
	adopt_pack(office);
	act(office, "job:init", "add-function", json_pack("{s:s, s:s}", "slug", "casework", "title", "Casework"));
	add_person(office, "sam", "staff");
	add_person(office, "mira", "manager");
	act(office, "job:init", "add-door",
		json_pack("{s:s, s:s, s:s, s:s}", "address", "casework@x.example", "kind", "mailbox", "title",
			"Casework", "function", "casework"));
	office->customer = act(office, "sam", "add-customer",
		json_pack("{s:s, s:s, s:[{s:s, s:s}]}", "name", "Jordan Quill", "format", "email", "identifiers",
			"kind", "email", "value", "quill@example.org"))
				   .id;
	return office;
}

static void remove_all(const char *folder)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(folder, name, NULL);

		if (g_file_test(path, G_FILE_TEST_IS_DIR))
			remove_all(path);
		else
			g_unlink(path);
	}
	g_rmdir(folder);
}

static void end(Office *office)
{
	acts_free(office->acts);
	store_free(office->store);
	arena_free(office->mem);
	remove_all(office->folder);
	g_free(office->folder);
	g_free(office->journal_dir);
	g_free(office);
}

static json_t *list(Office *office, const char *what)
{
	const ActCaller mira = {.user_name = "mira", .via = "test", .at = INSTANT_NONE};
	g_autoptr(GError) error = NULL;
	json_t *page;

	if (!read_list(office->acts, office->mem, &mira, what, NULL, 0, NULL, 0, &page, &error))
		g_error("%s: %s", what, error->message);
	return page;
}

static gsize count(Office *office, const char *what)
{
	json_t *page = list(office, what);
	gsize n = json_array_size(json_object_get(page, "items"));

	json_decref(page);
	return n;
}

static void write_journal(const Office *office, const GateEntry *entries, gsize n)
{
	g_autoptr(GByteArray) batch = g_byte_array_new();
	g_autoptr(GateJournal) journal = NULL;
	static const GateAnswer ANSWER;
	static const guint8 STRANGER[16] = {1, 2, 3};

	g_assert_true(gate_journal_open(office->journal_dir, &journal, NULL));
	for (gsize i = 0; i < n; i++)
		gate_entry_add_contact(batch, &entries[i], &ANSWER, FALSE);
	gate_entry_add_stranger(batch, CHANNEL_EMAIL, when_now(), STRANGER);
	g_assert_true(gate_journal_append(journal, batch, NULL));
}

static void run_once(Office *office, const char *smtp)
{
	const JobsSettings settings = {.smtp = smtp, .journal_dir = office->journal_dir};
	g_autoptr(GError) error = NULL;

	if (!jobs_run_once(office->acts, &settings, &error))
		g_error("%s", error->message);
}

/* Members that the contact of a gate's id shows. */
static const char *contact_member(Office *office, const char *gate_id, const char *member)
{
	json_t *page = list(office, "contacts"), *item;
	const char *text = NULL;
	gsize i;

	json_array_foreach(json_object_get(page, "items"), i,
		item) if (g_strcmp0(json_string_value(json_object_get(item, "gate_id")), gate_id) == 0) text =
		arena_strdup(office->mem, json_string_value(json_object_get(item, member)));
	json_decref(page);
	return text;
}

/* K2, G6: a mail to two doors is one contact with the severest verdict and one item; a customer that this database does
 * not know, and bytes that no text may hold, stop nothing; a second run takes nothing in again. */
static void test_journal(void)
{
	Office *office = begin();
	const Instant at = when_now();
	g_autofree char *gone = g_strnfill(600, 'x');
	const GateEntry entries[] = {
		{.channel = CHANNEL_EMAIL,
			.at = at,
			.contact_id = "m1",
			.identifier = "quill@example.org",
			.customer = office->customer,
			.door = "casework@x.example",
			.verdict = VERDICT_CHECK,
			.recipients = 2,
			.item = "several-recipients"},
		{.channel = CHANNEL_EMAIL,
			.at = at,
			.contact_id = "m1",
			.identifier = "quill@example.org",
			.customer = office->customer,
			.door = "other@x.example",
			.verdict = VERDICT_FILE,
			.recipients = 2,
			.item = "several-recipients"},
		{.channel = CHANNEL_PHONE,
			.at = at,
			.contact_id = "m2",
			.customer = "C-1999-000001",
			.matter = "M-1999-000001",
			.verdict = VERDICT_CHECK},
		{.channel = CHANNEL_EMAIL,
			.at = at,
			.contact_id = "m3",
			.identifier = "a\x01\x02@\tb",
			.door = gone,
			.verdict = VERDICT_CHECK},
	};

	write_journal(office, entries, G_N_ELEMENTS(entries));
	run_once(office, NULL);
	g_assert_cmpuint(count(office, "contacts"), ==, 3);
	g_assert_cmpuint(count(office, "items"), ==, 1);
	g_assert_cmpstr(contact_member(office, "m1", "verdict"), ==, "file");
	g_assert_cmpstr(contact_member(office, "m1", "customer"), ==, office->customer);
	g_assert_cmpstr(contact_member(office, "m1", "function"), ==, "casework");
	g_assert_cmpstr(contact_member(office, "m2", "verdict"), ==, "check");
	g_assert_null(contact_member(office, "m2", "customer"));
	run_once(office, NULL);
	g_assert_cmpuint(count(office, "contacts"), ==, 3);
	end(office);
}

/* The position is the database's: a batch is taken in once, also by two processes. */
static void test_once(void)
{
	Office *office = begin();
	const GateEntry entry = {
		.channel = CHANNEL_PHONE, .at = when_now(), .contact_id = "p", .verdict = VERDICT_CHECK};
	const ActCaller job = {.user_name = "job:journal", .via = "job", .machine = TRUE, .at = INSTANT_NONE};
	g_autoptr(GError) error = NULL;
	json_t *again = json_pack("{s:s, s:i, s:i}", "gate", "", "from", 0, "position", 10);
	const char *gate;
	ActAnswer answer;

	write_journal(office, &entry, 1);
	run_once(office, NULL);
	g_assert_true(gate_journal_name(office->journal_dir, office->mem, &gate, NULL));
	json_object_set_new(again, "gate", json_string(gate));
	g_assert_false(acts_perform(office->acts, office->mem, &job, "take-in-contacts", again, &answer, NULL, &error));
	g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_CONFLICT);
	json_decref(again);
	end(office);
}

static void warn_customer(Office *office)
{
	const ActAnswer report = act(office, "sam", "report-behaviour",
		json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "customer", office->customer, "channel", "phone",
			"heading", "unreasonable", "example", "continual-contact", "what", "Rang.", "effect", "Much.",
			"disability", "no"));
	const ActAnswer assessment = act(office, "mira", "assess-report",
		json_pack("{s:s, s:[s], s:s, s:s, s:{s:s, s:s, s:s}, s:s, s:s}", "casefile", report.casefile, "reports",
			report.id, "outcome", "warning", "heading", "unreasonable", "tests", "circumstances", "c",
			"seriousness", "s", "impact", "i", "needs_considered", "None.", "behaviour", "You rang."));

	act(office, "mira", "warn", json_pack("{s:s, s:s}", "casefile", report.casefile, "assessment", assessment.id));
}

/* N5: with no mail server there, the letter stays in the outbox, not sent and not given up. */
static void test_no_server(void)
{
	Office *office = begin();
	StatusView status;

	warn_customer(office);
	run_once(office, "smtp://127.0.0.1:1");
	g_assert_true(read_status(office->acts, office->mem, &status, NULL));
	g_assert_cmpint(status.outbox_waiting, ==, 1);
	g_assert_cmpint(status.outbox_given_up, ==, 0);
	end(office);
}

static void test_bad_server(void)
{
	Office *office = begin();
	const JobsSettings settings = {.smtp = "http://127.0.0.1"};
	g_autoptr(GError) error = NULL;
	Jobs *jobs;

	g_assert_false(jobs_start(office->acts, &settings, &jobs, &error));
	g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_INVALID);
	end(office);
}

/* The thread takes in what the gate writes while others act, and ends when it is told. */
static void test_thread(void)
{
	Office *office = begin();
	const JobsSettings settings = {.smtp = "smtp://127.0.0.1:1", .journal_dir = office->journal_dir};
	const GateEntry entry = {.channel = CHANNEL_EMAIL,
		.at = when_now(),
		.contact_id = "m",
		.customer = office->customer,
		.verdict = VERDICT_CHECK};
	Jobs *jobs;

	g_assert_true(jobs_start(office->acts, &settings, &jobs, NULL));
	write_journal(office, &entry, 1);
	warn_customer(office);
	for (int i = 0; i < 600 && contact_member(office, "m", "verdict") == NULL; i++) {
		act(office, "sam", "log-contact", json_pack("{s:s}", "customer", office->customer));
		g_usleep(50000);
	}
	g_assert_cmpstr(contact_member(office, "m", "verdict"), ==, "check");
	jobs_stop(jobs);
	jobs_stop(NULL);
	end(office);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/K2/journal", test_journal);
	g_test_add_func("/K2/journal-once", test_once);
	g_test_add_func("/N5/no-mail-server", test_no_server);
	g_test_add_func("/jobs/bad-mail-server", test_bad_server);
	g_test_add_func("/jobs/thread", test_thread);
	return g_test_run();
}
