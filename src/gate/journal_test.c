/* The journal: what was appended is there after a death, a torn end, and a full disk. */
#include "gate/journal.h"
#include "gate/testing.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char *make_dir(void)
{
	char *top = g_dir_make_tmp("evenhand-journal-XXXXXX", NULL);
	char *dir = g_build_filename(top, "journal", NULL);

	g_free(top);
	return dir;
}

static void remove_dir(char *dir)
{
	g_autoptr(GDir) folder = g_dir_open(dir, 0, NULL);
	g_autofree char *top = g_path_get_dirname(dir);
	const char *name;

	while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
		g_autofree char *path = g_build_filename(dir, name, NULL);

		g_unlink(path);
	}
	g_rmdir(dir);
	g_rmdir(top);
	g_free(dir);
}

/* The entry of a mail to casework@x, as the gate would write it. */
static void add_entry(GByteArray *batch, const GateSnapshot *snapshot, const char *from, const char *id)
{
	GateQuery query = {.contact_id = id,
		.channel = CHANNEL_EMAIL,
		.from = from,
		.to = "casework@x",
		.machine_door = TRUE,
		.at = test_time("2026-12-01T09:30")};
	GateAnswer answer;
	GateEntry entry;

	g_assert_true(gate_ask(snapshot, NULL, &query, &answer, NULL));
	gate_entry_from_answer(&query, &answer, &entry);
	entry.item = "file";
	gate_entry_add_contact(batch, &entry, &answer, TRUE);
}

static GateJournal *open_journal(const char *dir)
{
	g_autoptr(GError) error = NULL;
	GateJournal *journal = NULL;

	if (!gate_journal_open(dir, &journal, &error))
		g_error("no journal: %s", error->message);
	return journal;
}

static void append(GateJournal *journal, const GateSnapshot *snapshot, const char *id)
{
	g_autoptr(GByteArray) batch = g_byte_array_new();

	add_entry(batch, snapshot, "filed@example.org", id);
	g_assert_true(gate_journal_append(journal, batch, NULL));
}

static gsize read_all(const char *dir, gint64 position, Arena *mem, GateEntry **ret_entries, gint64 *ret_position)
{
	g_autoptr(GError) error = NULL;
	gsize n;

	if (!gate_journal_read_after(dir, position, 100000, mem, ret_entries, &n, ret_position, NULL, &error))
		g_error("not read: %s", error->message);
	return n;
}

static void what_is_written_is_read(void)
{
	g_autoptr(GateSnapshot) snapshot = test_snapshot();
	g_autoptr(Arena) mem = arena_new((gsize)64 << 20);
	g_autoptr(GByteArray) batch = g_byte_array_new();
	static const guint8 hash[16] = {0xab, 1};
	char *dir = make_dir();
	GateJournal *journal = open_journal(dir);
	const char *name, *again;
	GateEntry *entries;
	gint64 position;

	add_entry(batch, snapshot, "filed@example.org", "12.34.0");
	gate_entry_add_stranger(batch, CHANNEL_PHONE, 77, hash);
	g_assert_true(gate_journal_append(journal, batch, NULL));
	g_assert_true(gate_journal_sync(journal, NULL));
	g_assert_cmpuint(read_all(dir, 0, mem, &entries, &position), ==, 2);
	g_assert_cmpstr(entries[0].contact_id, ==, "12.34.0");
	g_assert_cmpstr(entries[0].customer, ==, "C-6");
	g_assert_cmpstr(entries[0].identifier, ==, "filed@example.org");
	g_assert_cmpstr(entries[0].door, ==, "casework@x");
	g_assert_cmpstr(entries[0].item, ==, "file");
	g_assert_cmpint(entries[0].verdict, ==, VERDICT_FILE);
	g_assert_nonnull(strstr(entries[0].reasons, "\"R5\""));
	g_assert_true(entries[1].stranger);
	g_assert_cmpstr(entries[1].hash, ==, "ab010000000000000000000000000000");
	g_assert_cmpint(entries[1].at, ==, 77);
	g_assert_cmpint(position, ==, gate_journal_end(journal));
	/* from where the last reading ended */
	append(journal, snapshot, "second");
	g_assert_cmpuint(read_all(dir, position, mem, &entries, &position), ==, 1);
	g_assert_cmpstr(entries[0].contact_id, ==, "second");
	g_assert_true(gate_journal_name(dir, mem, &name, NULL));
	gate_journal_close(journal);
	journal = open_journal(dir);
	g_assert_true(gate_journal_name(dir, mem, &again, NULL));
	g_assert_cmpstr(name, ==, again);
	gate_journal_close(journal);
	remove_dir(dir);
}

static void uses_of_allowances_are_kept(void)
{
	g_autoptr(GateSnapshot) snapshot = test_snapshot();
	g_autoptr(Arena) mem = arena_new((gsize)64 << 20);
	g_autoptr(GByteArray) batch = g_byte_array_new();
	GateQuery query = {.contact_id = "call-1",
		.channel = CHANNEL_PHONE,
		.from = "+441632960005",
		.machine_door = TRUE,
		.at = test_time("2026-12-01T09:30")};
	char *dir = make_dir();
	GateJournal *journal = open_journal(dir);
	GateAnswer answer;
	GateEntry entry, *entries;
	gint64 position;

	g_assert_true(gate_ask(snapshot, NULL, &query, &answer, NULL));
	gate_entry_from_answer(&query, &answer, &entry);
	gate_entry_add_contact(batch, &entry, &answer, TRUE);
	gate_entry_add_contact(batch, &entry, &answer, FALSE);
	g_assert_true(gate_journal_append(journal, batch, NULL));
	g_assert_cmpuint(read_all(dir, 0, mem, &entries, &position), ==, 2);
	g_assert_cmpuint(entries[0].n_uses, ==, 1);
	g_assert_cmpstr(entries[0].uses[0].contact_id, ==, "call-1");
	g_assert_cmpstr(entries[0].uses[0].arrangement, ==, "A-5");
	g_assert_cmpint(entries[0].uses[0].period, ==, answer.candidates[0].answer.uses[0].period_key);
	g_assert_cmpint(entries[0].minutes, ==, 15);
	g_assert_cmpuint(entries[1].n_uses, ==, 0);
	gate_journal_close(journal);
	remove_dir(dir);
}

/* Cuts the journal's only file at each byte: the whole entries before it are read, the next start goes on. */
static void a_torn_end_is_passed_over(void)
{
	g_autoptr(GateSnapshot) snapshot = test_snapshot();
	g_autoptr(GByteArray) batch = g_byte_array_new();
	gint64 whole, end;

	add_entry(batch, snapshot, "filed@example.org", "x");
	whole = batch->len;
	for (gint64 cut = whole; cut < 2 * whole; cut += 7) {
		g_autoptr(Arena) mem = arena_new((gsize)64 << 20);
		char *dir = make_dir();
		g_autofree char *path = g_build_filename(dir, "00000000000000000000.journal", NULL);
		GateJournal *journal = open_journal(dir);
		GateEntry *entries;
		gint64 position;

		append(journal, snapshot, "x");
		append(journal, snapshot, "y");
		gate_journal_close(journal);
		g_assert_cmpint(truncate(path, cut), ==, 0);
		journal = open_journal(dir);
		append(journal, snapshot, "z");
		end = gate_journal_end(journal);
		g_assert_cmpuint(read_all(dir, 0, mem, &entries, &position), ==, 2);
		g_assert_cmpstr(entries[0].contact_id, ==, "x");
		g_assert_cmpstr(entries[1].contact_id, ==, "z");
		g_assert_cmpint(position, ==, end);
		gate_journal_close(journal);
		remove_dir(dir);
	}
}

static void a_changed_byte_is_not_believed(void)
{
	g_autoptr(GByteArray) batch = g_byte_array_new();
	static const guint8 hash[16] = {1, 2, 3};

	gate_entry_add_stranger(batch, CHANNEL_EMAIL, 5, hash);
	g_assert_cmpuint(gate_frame_length(batch->data, batch->len), ==, batch->len);
	for (guint i = 0; i < batch->len; i++) {
		batch->data[i] ^= 0x10;
		g_assert_cmpuint(gate_frame_length(batch->data, batch->len), ==, 0);
		batch->data[i] ^= 0x10;
	}
	memset(batch->data, 0, batch->len);
	g_assert_cmpuint(gate_frame_length(batch->data, batch->len), ==, 0);
}

/* A child writes and says what it wrote; it is killed in the middle. Everything that it said is there. */
static void what_was_acknowledged_survives_kill_9(void)
{
	g_autoptr(GateSnapshot) snapshot = test_snapshot();
	g_autoptr(Arena) mem = arena_new((gsize)256 << 20);
	char *dir = make_dir();
	GateEntry *entries;
	gint64 position;
	int said = 0;

	for (int death = 0; death < 5; death++) {
		int ends[2], number = -1;
		pid_t child;

		g_assert_cmpint(pipe(ends), ==, 0);
		child = fork();
		if (child == 0) {
			GateJournal *journal = open_journal(dir);

			for (int i = said;; i++) {
				char id[16];

				g_snprintf(id, sizeof id, "%d", i);
				append(journal, snapshot, id);
				if (write(ends[1], &i, sizeof i) != sizeof i)
					_exit(1);
			}
		}
		close(ends[1]);
		while (number < said + 200 && read(ends[0], &number, sizeof number) == sizeof number)
			continue;
		kill(child, SIGKILL);
		while (read(ends[0], &number, sizeof number) == sizeof number)
			continue;
		close(ends[0]);
		waitpid(child, NULL, 0);
		said = number + 1;
	}
	g_assert_cmpint(said, >, 1000);
	{
		g_autofree gboolean *found = g_new0(gboolean, (gsize)said);
		gsize n = read_all(dir, 0, mem, &entries, &position);

		for (gsize i = 0; i < n; i++) {
			gint64 number = g_ascii_strtoll(entries[i].contact_id, NULL, 10);

			if (number < said) /* the last one may have been written and not said */
				found[number] = TRUE;
		}
		for (int i = 0; i < said; i++)
			g_assert_true(found[i]);
	}
	remove_dir(dir);
}

static void a_full_disk_is_said_and_recovered_from(void)
{
	g_autoptr(GateSnapshot) snapshot = test_snapshot();
	g_autoptr(Arena) mem = arena_new((gsize)64 << 20);
	g_autoptr(GByteArray) batch = g_byte_array_new();
	g_autoptr(GError) error = NULL;
	char *dir = make_dir();
	GateJournal *journal = open_journal(dir);
	struct rlimit before, small;
	GateEntry *entries;
	gint64 position;

	add_entry(batch, snapshot, "filed@example.org", "lost");
	getrlimit(RLIMIT_FSIZE, &before);
	small = before;
	small.rlim_cur = 1000000;
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &small);
	g_assert_false(gate_journal_append(journal, batch, &error));
	g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_UNAVAILABLE);
	g_assert_cmpuint(read_all(dir, 0, mem, &entries, &position), ==, 0);
	setrlimit(RLIMIT_FSIZE, &before);
	append(journal, snapshot, "after");
	/* the space was taken: nothing can stop the next one */
	setrlimit(RLIMIT_FSIZE, &small);
	append(journal, snapshot, "next");
	setrlimit(RLIMIT_FSIZE, &before);
	g_assert_cmpuint(read_all(dir, 0, mem, &entries, &position), ==, 2);
	g_assert_cmpstr(entries[0].contact_id, ==, "after");
	g_assert_cmpstr(entries[1].contact_id, ==, "next");
	gate_journal_close(journal);
	remove_dir(dir);
}

/* More than a file holds: no entry is lost between two files, and a reader follows from one to the next. */
static void files_follow_one_another(void)
{
	enum { BATCHES = 40, EACH = 20000 };
	g_autoptr(GByteArray) batch = g_byte_array_new();
	char *dir = make_dir();
	GateJournal *journal = open_journal(dir);
	gint64 position = 0, skipped = 0;
	gsize seen = 0, n;

	for (int i = 0; i < BATCHES; i++) {
		g_byte_array_set_size(batch, 0);
		for (guint j = 0; j < EACH; j++) {
			guint8 hash[16] = {(guint8)i, (guint8)(j >> 8), (guint8)j};

			gate_entry_add_stranger(batch, CHANNEL_EMAIL, i * EACH + (int)j, hash);
		}
		g_assert_true(gate_journal_append(journal, batch, NULL));
	}
	do {
		g_autoptr(Arena) mem = arena_new((gsize)64 << 20);
		GateEntry *entries;

		g_assert_true(
			gate_journal_read_after(dir, position, 30000, mem, &entries, &n, &position, &skipped, NULL));
		g_assert_cmpint(skipped, ==, 0);
		for (gsize i = 0; i < n; i++)
			g_assert_cmpint(entries[i].at, ==, (gint64)seen++);
	} while (n > 0);
	g_assert_cmpuint(seen, ==, BATCHES * EACH);
	g_assert_cmpint(position, ==, gate_journal_end(journal));
	gate_journal_close(journal);
	remove_dir(dir);
}

static void one_writer_and_what_was_taken_in_goes(void)
{
	g_autoptr(GateSnapshot) snapshot = test_snapshot();
	g_autoptr(Arena) mem = arena_new((gsize)64 << 20);
	g_autoptr(GError) error = NULL;
	char *dir = make_dir();
	g_autofree char *first = g_build_filename(dir, "00000000000000000000.journal", NULL);
	GateJournal *journal = open_journal(dir), *second = NULL;
	GateEntry *entries;
	gint64 position;

	g_assert_false(gate_journal_open(dir, &second, &error));
	g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_CONFLICT);
	append(journal, snapshot, "one");
	gate_journal_close(journal);
	journal = open_journal(dir);
	append(journal, snapshot, "two");
	read_all(dir, 0, mem, &entries, &position);
	/* not while something of it was not taken in */
	g_assert_true(gate_journal_forget(dir, 5, NULL));
	g_assert_true(g_file_test(first, G_FILE_TEST_EXISTS));
	g_assert_true(gate_journal_forget(dir, position, NULL));
	g_assert_false(g_file_test(first, G_FILE_TEST_EXISTS));
	append(journal, snapshot, "three");
	g_assert_cmpuint(read_all(dir, position, mem, &entries, &position), ==, 1);
	gate_journal_close(journal);
	remove_dir(dir);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/journal/what-is-written-is-read", what_is_written_is_read);
	g_test_add_func("/R1/uses-of-allowances-are-kept", uses_of_allowances_are_kept);
	g_test_add_func("/journal/a-torn-end-is-passed-over", a_torn_end_is_passed_over);
	g_test_add_func("/journal/a-changed-byte-is-not-believed", a_changed_byte_is_not_believed);
	g_test_add_func("/journal/what-was-acknowledged-survives-kill-9", what_was_acknowledged_survives_kill_9);
	g_test_add_func("/journal/a-full-disk-is-said-and-recovered-from", a_full_disk_is_said_and_recovered_from);
	g_test_add_func("/journal/files-follow-one-another", files_follow_one_another);
	g_test_add_func("/journal/one-writer-and-what-was-taken-in-goes", one_writer_and_what_was_taken_in_goes);
	return g_test_run();
}
