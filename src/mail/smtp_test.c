/* smtp_test.c: a mail to a small SMTP server in a thread: the bytes that arrive, and what each kind of failure is. */
#include "mail/smtp.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* What the server says where it does not say yes; "" closes the connection there, "hang" says nothing more. */
typedef struct {
	const char *greeting, *helo, *sender, *recipient, *data, *end;
} Script;

typedef struct {
	Script script;
	int listener;
	MailServer address;
	pthread_t thread;
	GString *commands; /* all lines before the data, and after */
	GString *data;     /* the bytes between DATA and the dot, stuffed as they came */
} Server;

typedef struct {
	FILE *in, *out;
} Peer;

/* FALSE where the conversation ends here. */
static gboolean say(const Peer *peer, const char *given, const char *otherwise)
{
	const char *reply = given == NULL ? otherwise : given;

	if (strcmp(reply, "hang") == 0) {
		while (fgetc(peer->in) != EOF) /* until the client goes */
			;
		return FALSE;
	}
	if (*reply == '\0')
		return FALSE;
	fprintf(peer->out, "%s\r\n", reply);
	fflush(peer->out);
	return TRUE;
}

static gboolean begins(const char *line, const char *command)
{
	return g_ascii_strncasecmp(line, command, strlen(command)) == 0;
}

static gboolean take_data(Server *server, const Peer *peer)
{
	char line[2000];

	while (fgets(line, sizeof(line), peer->in) != NULL) {
		if (strcmp(line, ".\r\n") == 0)
			return TRUE;
		g_string_append(server->data, line);
	}
	return FALSE;
}

static void *serve(void *data)
{
	Server *server = data;
	const Script *script = &server->script;
	int fd = accept(server->listener, NULL, NULL);
	const Peer *peer = &(Peer){.in = fdopen(fd, "r"), .out = fdopen(dup(fd), "w")};
	gboolean on = say(peer, script->greeting, "220 test.example ESMTP");
	char line[2000];

	while (on && fgets(line, sizeof(line), peer->in) != NULL) {
		g_string_append(server->commands, line);
		if (begins(line, "EHLO") || begins(line, "HELO")) {
			on = say(peer, script->helo, "250-test.example\r\n250-8BITMIME\r\n250 SIZE 1000000");
		} else if (begins(line, "MAIL")) {
			on = say(peer, script->sender, "250 2.1.0 Ok");
		} else if (begins(line, "RCPT")) {
			on = say(peer, script->recipient, "250 2.1.5 Ok");
		} else if (begins(line, "DATA")) {
			on = say(peer, script->data, "354 go on");
			if (on && script->data == NULL)
				on = take_data(server, peer) && say(peer, script->end, "250 2.0.0 Ok: queued");
		} else if (begins(line, "QUIT")) {
			on = say(peer, NULL, "221 2.0.0 Bye") && FALSE;
		} else {
			on = say(peer, NULL, "502 5.5.2 what?");
		}
	}
	fclose(peer->out);
	fclose(peer->in);
	return NULL;
}

static void server_start(Server *server, Script script)
{
	struct sockaddr_in any = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t length = sizeof(any);

	*server = (Server){.script = script, .listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
	g_assert_cmpint(bind(server->listener, (struct sockaddr *)&any, sizeof(any)), ==, 0);
	g_assert_cmpint(listen(server->listener, 5), ==, 0);
	g_assert_cmpint(getsockname(server->listener, (struct sockaddr *)&any, &length), ==, 0);
	server->address = (MailServer){.host = "127.0.0.1", .port = ntohs(any.sin_port), .timeout_seconds = 20};
	server->commands = g_string_new(NULL);
	server->data = g_string_new(NULL);
	g_assert_cmpint(pthread_create(&server->thread, NULL, serve, server), ==, 0);
}

static void server_end(Server *server)
{
	pthread_join(server->thread, NULL);
	close(server->listener);
}

static void server_free(Server *server)
{
	g_string_free(server->commands, TRUE);
	g_string_free(server->data, TRUE);
}

static const MailMessage letter = {
	.from = {.name = "The Complaints Office", .address = "office@example.org"},
	.to = {.name = "Morgan Ŵyn", .address = "morgan@example.com"},
	.subject = "Cyswllt â ni: eich ŵyth galwad",
	.date = (Instant)1795519308 * USEC_PER_SEC,
	.id = "N-2026-000001",
	.text = "Dear Morgan Ŵyn,\n.\n.hidden\nlong long long long long long long long long long long long long long "
		"long long "
		"line\nFrom here = there \nEnd\n",
	.html = "<!doctype html>\n<p>Dear Morgan Ŵyn</p>\n",
};

/* The body of the part of a type, its dots and its quoted-printable undone. */
static char *part(const Server *server, const char *type)
{
	const char *start = strstr(strstr(server->data->str, type), "\r\n\r\n") + 4;
	g_autofree char *raw = g_strndup(start, (gsize)(strstr(start, "\r\n--") - start));
	GString *out = g_string_new(raw);

	if (out->str[0] == '.')
		g_string_erase(out, 0, 1);
	g_string_replace(out, "\r\n.", "\r\n", 0);
	g_string_replace(out, "=\r\n", "", 0);
	for (gsize i = 0; i + 2 < out->len; i++) {
		if (out->str[i] == '=') {
			out->str[i] = (char)(g_ascii_xdigit_value(out->str[i + 1]) * 16 +
					     g_ascii_xdigit_value(out->str[i + 2]));
			g_string_erase(out, (gssize)i + 1, 2);
		}
	}
	g_string_replace(out, "\r\n", "\n", 0);
	return g_string_free(out, FALSE);
}

static void what_arrives(void)
{
	Server server;
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;
	g_autofree char *html = NULL;
	g_auto(GStrv) lines = NULL;
	gboolean sent;

	server_start(&server, (Script){0});
	sent = mail_send(&server.address, &letter, &error);
	server_end(&server);
	g_assert_no_error(error);
	g_assert_true(sent);

	g_assert_nonnull(strstr(server.commands->str, "MAIL FROM:<office@example.org>"));
	g_assert_nonnull(strstr(server.commands->str, "RCPT TO:<morgan@example.com>\r\n"));
	g_assert_null(strstr(strstr(server.commands->str, "RCPT") + 1, "RCPT"));
	g_assert_nonnull(
		strstr(server.data->str, "Subject: =?UTF-8?B?Q3lzd2xsdCDDoiBuaTogZWljaCDFtXl0aCBnYWx3YWQ=?=\r\n"));
	g_assert_nonnull(strstr(server.data->str, "Message-ID: <N-2026-000001@example.org>\r\n"));
	g_assert_nonnull(strstr(server.data->str, "Content-Type: multipart/alternative; boundary="));
	g_assert_null(strstr(server.data->str, "multipart/mixed"));
	g_assert_true(g_str_is_ascii(server.data->str));
	g_assert_null(strstr(server.data->str, "=0A")); /* lines are lines, not encoded bytes */
	g_assert_true(strstr(server.data->str, "text/plain; charset=utf-8") <
		      strstr(server.data->str, "text/html; charset=utf-8"));
	lines = g_strsplit(server.data->str, "\r\n", -1);
	for (gsize i = 0; lines[i] != NULL; i++) {
		g_assert_cmpuint(strlen(lines[i]), <=, g_str_has_prefix(lines[i], "Content-Type: ") ? 100 : 76);
		g_assert_null(strchr(lines[i], '\n'));
		g_assert_true(lines[i][0] != '.' || lines[i][1] == '.'); /* stuffed */
	}
	text = part(&server, "text/plain");
	html = part(&server, "text/html");
	g_assert_cmpstr(text, ==, letter.text);
	g_assert_cmpstr(html, ==, letter.html);
	server_free(&server);
}

static void failure(Script script, EvenhandError kind, const char *words)
{
	Server server;
	g_autoptr(GError) error = NULL;

	server_start(&server, script);
	server.address.timeout_seconds = 2;
	g_assert_false(mail_send(&server.address, &letter, &error));
	server_end(&server);
	g_assert_cmpint(evenhand_error_code(error), ==, kind);
	if (strstr(error->message, words) == NULL)
		g_error("wanted '%s' in '%s'", words, error->message);
	server_free(&server);
}

static void no_for_good(void)
{
	failure((Script){.recipient = "550 5.1.1 nobody here"}, EVENHAND_ERROR_REFUSED, ": 550 5.1.1 nobody here");
	failure((Script){.recipient = "550-5.7.1 not\r\n550 5.7.1 \x1b[1mwanted"}, EVENHAND_ERROR_REFUSED,
		": 550-5.7.1 not 550 5.7.1  [1mwanted");
	failure((Script){.sender = "553 5.1.8 who are you"}, EVENHAND_ERROR_REFUSED, ": 553 5.1.8 who are you");
	failure((Script){.end = "554 5.6.0 no such content"}, EVENHAND_ERROR_REFUSED, ": 554 5.6.0 no such content");
	failure((Script){.greeting = "554 5.3.2 no service"}, EVENHAND_ERROR_REFUSED, ": 554 5.3.2 no service");
}

static void not_now(void)
{
	failure((Script){.recipient = "451 4.3.0 come back"}, EVENHAND_ERROR_UNAVAILABLE, ": 451 4.3.0 come back");
	failure((Script){.data = "452 4.3.1 disk full"}, EVENHAND_ERROR_UNAVAILABLE, ": 452 4.3.1 disk full");
	failure((Script){.end = "451 4.3.0 later"}, EVENHAND_ERROR_UNAVAILABLE, ": 451 4.3.0 later");
	failure((Script){.greeting = "421 4.3.2 closing"}, EVENHAND_ERROR_UNAVAILABLE, ": 421 4.3.2 closing");
}

static void broken_off(void)
{
	failure((Script){.greeting = "hang"}, EVENHAND_ERROR_UNAVAILABLE, "127.0.0.1");
	failure((Script){.greeting = ""}, EVENHAND_ERROR_UNAVAILABLE, "127.0.0.1");
	failure((Script){.sender = ""}, EVENHAND_ERROR_UNAVAILABLE, "127.0.0.1");
	failure((Script){.recipient = ""}, EVENHAND_ERROR_UNAVAILABLE, "127.0.0.1");
	failure((Script){.end = ""}, EVENHAND_ERROR_UNAVAILABLE, "127.0.0.1");
	failure((Script){.recipient = "hang"}, EVENHAND_ERROR_UNAVAILABLE, "127.0.0.1");
}

static void nobody_listens(void)
{
	Server server;
	g_autoptr(GError) error = NULL;
	struct sockaddr_in any = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t length = sizeof(any);
	int taken = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0); /* bound, so that nobody else listens there */

	g_assert_cmpint(bind(taken, (struct sockaddr *)&any, sizeof(any)), ==, 0);
	g_assert_cmpint(getsockname(taken, (struct sockaddr *)&any, &length), ==, 0);
	server.address = (MailServer){.host = "127.0.0.1", .port = ntohs(any.sin_port), .timeout_seconds = 2};
	g_assert_false(mail_send(&server.address, &letter, &error));
	g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_UNAVAILABLE);
	close(taken);
}

static void a_bad_address_reaches_no_server(void)
{
	g_autoptr(GError) error = NULL;
	MailMessage message = letter;
	const MailServer nowhere = {.host = "127.0.0.1", .port = 1, .timeout_seconds = 1};

	message.to.address = "a@example.org>\r\nRCPT TO:<b@example.org";
	g_assert_false(mail_send(&nowhere, &message, &error));
	g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_INVALID);
	g_assert_cmpstr(evenhand_error_field(error), ==, "to");
}

static void servers_are_parsed(void)
{
	static const char *const bad[] = {"", "localhost", "localhost:25", "http://localhost", "smtp://", "smtp://:25",
		"smtp://user@host", "smtp://user:word@host", "smtp://host/path", "smtp://host?x", "smtp://host#x",
		"smtp://host:0", "smtp://host:99999", "smtp://host:x", "smtps://host", "smtp://a b", "smtp://a%2fb"};
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	MailServer server;

	g_assert_true(mail_server_parse("smtp://mail.example.org:2525", mem, &server, NULL));
	g_assert_cmpstr(server.host, ==, "mail.example.org");
	g_assert_cmpuint(server.port, ==, 2525);
	g_assert_cmpint(server.timeout_seconds, ==, MAIL_TIMEOUT_SECONDS);
	g_assert_true(mail_server_parse("smtp://[::1]/", mem, &server, NULL));
	g_assert_cmpstr(server.host, ==, "::1");
	g_assert_cmpuint(server.port, ==, 25);
	for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GError) error = NULL;

		if (mail_server_parse(bad[i], mem, &server, &error))
			g_error("'%s' passed", bad[i]);
		g_assert_cmpstr(evenhand_error_field(error), ==, "smtp");
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/mail/what-arrives", what_arrives);
	g_test_add_func("/mail/no-for-good", no_for_good);
	g_test_add_func("/mail/not-now", not_now);
	g_test_add_func("/mail/broken-off", broken_off);
	g_test_add_func("/mail/nobody-listens", nobody_listens);
	g_test_add_func("/mail/a-bad-address-reaches-no-server", a_bad_address_reaches_no_server);
	g_test_add_func("/mail/servers-are-parsed", servers_are_parsed);
	return g_test_run();
}
