/* Postfix's policy delegation: parse and print, and the transcripts of tests/gate on a socket. */
#include "gate/gate.h"
#include "gate/postfix.h"
#include "gate/testing.h"
#include "store/test_store.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define NOW "2026-12-01T09:30"

static void a_request_is_parsed(void)
{
	char bytes[] =
		"request=smtpd_access_policy\nprotocol_state=DATA\nsender=a@b\nrecipient=c@d\nrecipient_count=1\n"
		"instance=1.2.3\nsasl_username=\nunknown=1\n\nrequest=next";
	gsize scanned = 0, length = postfix_request_length(bytes, strlen(bytes), &scanned);
	PostfixRequest request;
	const char *trouble;

	g_assert_cmpuint(length, ==, strlen(bytes) - strlen("request=next"));
	g_assert_true(postfix_parse(bytes, length, &request, &trouble));
	g_assert_cmpstr(request.state, ==, "DATA");
	g_assert_cmpstr(request.sender, ==, "a@b");
	g_assert_cmpstr(request.recipient, ==, "c@d");
	g_assert_cmpint(request.recipient_count, ==, 1);
	g_assert_cmpstr(request.instance, ==, "1.2.3");
	g_assert_cmpstr(request.sasl_username, ==, "");
}

/* However the bytes are cut, the end of the request is found once, at the same place. */
static void a_request_in_pieces_is_found_once(void)
{
	const char text[] = "request=smtpd_access_policy\nsender=a@b\n\n";
	gsize whole = strlen(text);

	for (gsize step = 1; step <= whole; step++) {
		gsize scanned = 0;

		for (gsize n = 0; n < whole; n += step) {
			g_assert_cmpuint(postfix_request_length(text, n, &scanned), ==, 0);
			g_assert_cmpuint(scanned, <=, n);
		}
		g_assert_cmpuint(postfix_request_length(text, whole, &scanned), ==, whole);
	}
}

static void too_many_attributes(void)
{
	g_autoptr(GString) text = g_string_new("request=smtpd_access_policy\n");
	PostfixRequest request;
	const char *trouble = NULL;

	for (int i = 0; i < 200; i++)
		g_string_append(text, "a=b\n");
	g_string_append(text, "\n");
	g_assert_false(postfix_parse(text->str, text->len, &request, &trouble));
	g_assert_cmpstr(trouble, ==, "more than 200 attributes");
}

static void check_printed(PostfixAction action, const char *expected)
{
	g_autoptr(GByteArray) out = g_byte_array_new();

	postfix_print(&action, out);
	g_byte_array_append(out, (const guint8 *)"", 1);
	g_assert_cmpstr((const char *)out->data, ==, expected);
}

static void actions_are_printed(void)
{
	g_autofree char *words = g_strnfill(2000, 'x');
	g_autoptr(GByteArray) out = g_byte_array_new();
	const PostfixAction lengthy = {.kind = POSTFIX_REJECT, .words = words};

	check_printed((PostfixAction){.kind = POSTFIX_DUNNO}, "action=DUNNO\n\n");
	check_printed((PostfixAction){.kind = POSTFIX_REJECT, .words = "No.\nOK"}, "action=REJECT 5.7.1 No. OK\n\n");
	check_printed((PostfixAction){.kind = POSTFIX_REDIRECT, .words = "a@b"}, "action=REDIRECT a@b\n\n");
	check_printed((PostfixAction){.kind = POSTFIX_PREPEND, .header = "X-E", .words = "check"},
		"action=PREPEND X-E: check\n\n");
	postfix_print(&lengthy, out);
	g_assert_cmpuint(out->len, <, 512);
}

/* The transcripts */

static Policy transcript_policy;

static gboolean give_policy(
	void *data, Tx *tx, const char *label, Instant at, const Policy **ret_policy, GError **error)
{
	(void)data;
	(void)tx;
	(void)label;
	(void)at;
	(void)error;
	*ret_policy = &transcript_policy;
	return TRUE;
}

static gboolean give_offset(void *data, Tx *tx, gint64 *ret_offset, GError **error)
{
	(void)tx;
	(void)error;
	*ret_offset = *(gint64 *)data;
	return TRUE;
}

typedef struct {
	const char *file;
	int line;
	char *socket, *journal;
	int fd;
	GByteArray *received;
	Arena *mem;
	GateEntry *entries;
	gsize n_entries, next_entry;
	gint64 position;
} Play;

static int dial(const char *path)
{
	struct sockaddr_un name = {.sun_family = AF_UNIX};
	struct timeval patience = {.tv_sec = 10};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	g_strlcpy(name.sun_path, path, sizeof name.sun_path);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	for (int i = 0; connect(fd, (const struct sockaddr *)&name, sizeof name) < 0; i++) {
		if (i == 1000)
			g_error("nobody listens on %s", path);
		g_usleep(10000);
	}
	return fd;
}

static void send_bytes(Play *play, const char *bytes, gsize n)
{
	if (play->fd < 0)
		play->fd = dial(play->socket);
	g_assert_cmpint(send(play->fd, bytes, n, MSG_NOSIGNAL), ==, (gssize)n);
}

/* C's escapes, NUL too. */
static gsize unescape(const char *text, char *out)
{
	gsize n = 0;

	for (; *text != '\0'; text++) {
		if (*text != '\\') {
			out[n++] = *text;
		} else if (*++text == 'n') {
			out[n++] = '\n';
		} else {
			guint value = 0;
			int digits = 0;

			for (; digits < 3 && *text >= '0' && *text <= '7'; digits++)
				value = value * 8 + (guint)(*text++ - '0');
			g_assert_cmpint(digits, >, 0);
			out[n++] = (char)value;
			text--;
		}
	}
	return n;
}

static void expect_line(Play *play, const char *expected)
{
	for (;;) {
		char piece[4096];
		guint8 *end = memchr(play->received->data, '\n', play->received->len);
		ssize_t n;

		if (end != NULL) {
			guint length = (guint)(end - play->received->data);
			g_autofree char *line = g_strndup((const char *)play->received->data, length);

			if (strcmp(line, expected) != 0)
				g_error("%s:%d: '%s' came", play->file, play->line, line);
			g_byte_array_remove_range(play->received, 0, length + 1);
			return;
		}
		n = recv(play->fd, piece, sizeof piece, 0);
		if (n <= 0 && strcmp(expected, "EOF") == 0 && play->received->len == 0 &&
			(n == 0 || errno == ECONNRESET))
			return;
		if (n <= 0)
			g_error("%s:%d: nothing came (%s)", play->file, play->line, n == 0 ? "end" : g_strerror(errno));
		g_byte_array_append(play->received, (guint8 *)piece, (guint)n);
	}
}

static void expect_entry(Play *play, const char *expected)
{
	g_autofree char *found = NULL;
	const GateEntry *entry;

	if (play->next_entry == play->n_entries) {
		g_assert_true(gate_journal_read_after(play->journal, play->position, 1000, play->mem, &play->entries,
			&play->n_entries, &play->position, NULL, NULL));
		play->next_entry = 0;
	}
	if (play->next_entry == play->n_entries)
		g_error("%s:%d: nothing was kept", play->file, play->line);
	entry = &play->entries[play->next_entry++];
	found = entry->stranger ? g_strdup("stranger")
				: g_strdup_printf("%s %s %s %s", entry->customer != NULL ? entry->customer : "-",
					  verdict_name(entry->verdict), entry->door != NULL ? entry->door : "-",
					  entry->item != NULL ? entry->item : "-");
	if (strcmp(found, expected) != 0)
		g_error("%s:%d: '%s' was kept", play->file, play->line, found);
}

static void play_line(Play *play, const char *line)
{
	g_autofree char *bytes = g_malloc(strlen(line) + 2);
	gsize n;

	if (g_str_has_prefix(line, ">> ")) {
		n = unescape(line + 3, bytes);
		send_bytes(play, bytes, n);
		g_usleep(2000); /* so that pieces arrive as pieces */
	} else if (line[0] == '>') {
		n = (gsize)g_snprintf(bytes, strlen(line) + 2, "%s\n", line[1] == ' ' ? line + 2 : line + 1);
		send_bytes(play, bytes, n);
	} else if (line[0] == '<') {
		expect_line(play, line[1] == ' ' ? line + 2 : line + 1);
	} else if (line[0] == '=') {
		expect_entry(play, line + 2);
	} else if (strcmp(line, "--") == 0) {
		close(play->fd);
		play->fd = -1;
		g_byte_array_set_size(play->received, 0);
	} else if (line[0] != '#' && line[0] != '\0') {
		g_error("%s:%d: what is '%s'?", play->file, play->line, line);
	}
}

static void play_file(Play *play, const char *path)
{
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;

	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	lines = g_strsplit(g_strchomp(text), "\n", -1);
	for (int i = 0; lines[i] != NULL; i++) {
		play->line = i + 1;
		play_line(play, lines[i]);
	}
	/* nothing that was not said */
	g_assert_cmpuint(play->received->len, ==, 0);
	g_assert_true(gate_journal_read_after(play->journal, play->position, 1000, play->mem, &play->entries,
		&play->n_entries, &play->position, NULL, NULL));
	if (play->n_entries > 0)
		g_error("%s: %zu entries too many were kept", play->file, play->n_entries);
}

static void remove_folder(const char *path)
{
	g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
	const char *name;

	while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
		g_autofree char *inside = g_build_filename(path, name, NULL);

		if (g_file_test(inside, G_FILE_TEST_IS_DIR))
			remove_folder(inside);
		else
			g_unlink(inside);
	}
	g_rmdir(path);
}

static void transcript(gconstpointer file)
{
	g_autofree char *top = g_dir_make_tmp("evenhand-postfix-XXXXXX", NULL);
	g_autofree char *url = g_strdup_printf("sqlite:%s/db", top);
	g_autofree char *address = g_strdup_printf("unix:%s/gate", top);
	g_autofree char *name = g_path_get_basename(file);
	g_autoptr(Store) store = store_new(url, NULL);
	gint64 offset = test_time(NOW) - when_now();
	GateSettings settings = {
		.store = store, .source = {.data = &offset, .policy = give_policy, .clock_offset = give_offset}};
	g_autoptr(Gate) gate = NULL;
	Play play = {.file = name, .fd = -1};

	transcript_policy = *test_gate_policy();
	g_assert_true(store_migrate(store, NULL));
	test_store_world(store);
	play.socket = g_strdup(address + strlen("unix:"));
	play.journal = g_build_filename(top, "journal", NULL);
	play.received = g_byte_array_sized_new(4096);
	play.mem = arena_new((gsize)64 << 20);
	settings.journal_dir = play.journal;
	g_assert_true(gate_new(&settings, &gate, NULL));
	g_assert_true(gate_listen(gate, "postfix", address, NULL));
	g_assert_true(gate_start(gate, NULL));
	play_file(&play, file);
	if (play.fd >= 0)
		close(play.fd);
	g_clear_pointer(&gate, gate_free);
	g_assert_false(g_file_test(play.socket, G_FILE_TEST_EXISTS));
	g_byte_array_unref(play.received);
	arena_free(play.mem);
	g_free(play.socket);
	g_free(play.journal);
	remove_folder(top);
}

int main(int argc, char **argv)
{
	g_autofree char *folder = g_build_filename(g_getenv("EVENHAND_SOURCE"), "tests", "gate", NULL);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *name;
	int transcripts = 0;

	g_test_init(&argc, &argv, NULL);
	/* the gate says on its log why it closes a connection */
	g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
	g_test_add_func("/postfix/a-request-is-parsed", a_request_is_parsed);
	g_test_add_func("/postfix/a-request-in-pieces-is-found-once", a_request_in_pieces_is_found_once);
	g_test_add_func("/postfix/too-many-attributes", too_many_attributes);
	g_test_add_func("/postfix/actions-are-printed", actions_are_printed);
	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = NULL;

		if (!g_str_has_suffix(name, ".t"))
			continue;
		path = g_strdup_printf("/postfix/%.*s", (int)strlen(name) - 2, name);
		g_test_add_data_func_full(path, g_build_filename(folder, name, NULL), transcript, g_free);
		transcripts++;
	}
	g_assert_cmpint(transcripts, >, 0);
	return g_test_run();
}
