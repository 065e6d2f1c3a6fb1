/* message_test.c: header lines, and what never gets into one. */
#include "mail/message.h"

#include <string.h>

static MailMessage good(void)
{
	return (MailMessage){
		.from = {.name = "The Complaints Office", .address = "office@example.org"},
		.to = {.name = NULL, .address = "morgan@example.com"},
		.subject = "About your contact",
		.date = (Instant)1795519308 * USEC_PER_SEC,
		.id = "N-2026-000001.1",
		.text = "Words\n",
	};
}

static char *headers_of(Arena *mem, const MailMessage *message)
{
	g_autoptr(GError) error = NULL;
	char **lines = NULL;
	gboolean made = mail_headers(message, mem, &lines, &error);

	g_assert_no_error(error);
	g_assert_true(made);
	return arena_own(mem, g_strjoinv("\r\n", lines), g_free);
}

static void plain_headers(void)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	MailMessage message = good();

	g_assert_cmpstr(headers_of(mem, &message), ==,
		"Date: Tue, 24 Nov 2026 11:21:48 +0000\r\n"
		"From: The Complaints Office\r\n <office@example.org>\r\n"
		"To: morgan@example.com\r\n"
		"Subject: About your contact\r\n"
		"Message-ID: <N-2026-000001.1@example.org>");
	message.automatic = TRUE;
	g_assert_true(g_str_has_suffix(headers_of(mem, &message), "\r\nAuto-Submitted: auto-generated"));
}

/* Undoes RFC 2047 for words of UTF-8 in base64, and checks their form. */
static char *decoded(const char *header)
{
	GString *out = g_string_new(NULL);

	for (const char *at = strstr(header, "=?UTF-8?B?"); at != NULL; at = strstr(at, "=?UTF-8?B?")) {
		const char *end = strstr(at += 10, "?=");
		g_autofree char *base64 = g_strndup(at, (gsize)(end - at));
		gsize length = 0;
		g_autofree guchar *bytes = g_base64_decode(base64, &length);

		g_assert_true(g_utf8_validate((const char *)bytes, (gssize)length, NULL)); /* no character is split */
		g_string_append_len(out, (const char *)bytes, (gssize)length);
	}
	return g_string_free(out, FALSE);
}

static void other_letters_are_encoded(void)
{
	static const char *const subjects[] = {
		"Ŵythnos",
		"=?UTF-8?B?eA==?=",
		"苦情がある場合は、この手紙の上部にある住所に書面でお知らせください。お返事します。",
		"A subject of plain words that is longer than what goes into one line of a header, so it is folded",
	};

	for (gsize i = 0; i < G_N_ELEMENTS(subjects); i++) {
		g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
		MailMessage message = good();
		g_autofree char *subject = NULL;
		g_auto(GStrv) lines = NULL;
		char *headers;

		message.subject = subjects[i];
		message.to.name = "Morgan \"Łukasz\" <x@y>, (z)";
		headers = headers_of(mem, &message);
		g_assert_true(g_str_is_ascii(headers));
		subject = decoded(strstr(headers, "Subject: "));
		g_assert_cmpstr(subject, ==, subjects[i]);
		lines = g_strsplit(headers, "\r\n", -1);
		for (gsize j = 0; lines[j] != NULL; j++)
			g_assert_cmpuint(strlen(lines[j]), <=, 76);
		g_assert_null(strstr(headers, "x@y"));
		g_assert_nonnull(strstr(headers, "?=\r\n <morgan@example.com>\r\n"));
	}
}

static void no_header_is_injected(void)
{
	static const struct {
		const char *field;
		MailMessage with;
	} bad[] = {
		{"subject", {.subject = "x\r\nBcc: a@example.org"}},
		{"subject", {.subject = "x\nBcc: a@example.org"}},
		{"subject", {.subject = "x\rBcc: a@example.org"}},
		{"subject", {.subject = "x\xc2\x85y"}},
		{"subject", {.subject = "x\u2028y"}},
		{"subject", {.subject = "\xff"}},
		{"subject", {.subject = ""}},
		{"to", {.to = {.name = "x\r\nBcc: a@example.org", .address = "a@example.org"}}},
		{"to", {.to = {.address = "a@example.org\r\nBcc: b@example.org"}}},
		{"to", {.to = {.address = "a\r\nRCPT TO:<b@example.org>@example.org"}}},
		{"to", {.to = {.address = "a@example.org, b@example.org"}}},
		{"to", {.to = {.address = "<a@example.org>"}}},
		{"to", {.to = {.address = "a b@example.org"}}},
		{"to", {.to = {.address = "\"a b\"@example.org"}}},
		{"to", {.to = {.address = "a@b@example.org"}}},
		{"to", {.to = {.address = "ŵ@example.org"}}},
		{"to", {.to = {.address = "@example.org"}}},
		{"to", {.to = {.address = "a@"}}},
		{"to", {.to = {.address = "a@example..org"}}},
		{"to", {.to = {.address = "a..b@example.org"}}},
		{"to", {.to = {.address = "a"}}},
		{"to", {.to = {.address = ""}}},
		{"from", {.from = {.address = "a@exam ple.org"}}},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
		g_autoptr(GError) error = NULL;
		MailMessage message = good();
		char **lines = NULL;

		if (bad[i].with.subject != NULL)
			message.subject = bad[i].with.subject;
		if (bad[i].with.to.address != NULL)
			message.to = bad[i].with.to;
		if (bad[i].with.from.address != NULL)
			message.from = bad[i].with.from;
		if (mail_headers(&message, mem, &lines, &error))
			g_error("case %" G_GSIZE_FORMAT " passed", i);
		g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_INVALID);
		g_assert_cmpstr(evenhand_error_field(error), ==, bad[i].field);
		g_assert_null(lines);
	}
}

static void an_id_is_one_word(void)
{
	static const char *const bad[] = {"", "a b", "a\r\nb", "a>", "a@b", ".a"};

	for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
		g_autoptr(GError) error = NULL;
		MailMessage message = good();
		char **lines = NULL;

		message.id = bad[i];
		g_assert_false(mail_headers(&message, mem, &lines, &error));
		g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_BUG);
	}
}

static void domains_go_in_ascii(void)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	char *ascii = NULL;

	g_assert_true(mail_address_check("O'Brien+x@bücher.example", "to", mem, &ascii, NULL));
	g_assert_cmpstr(ascii, ==, "O'Brien+x@xn--bcher-kva.example");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/mail/plain-headers", plain_headers);
	g_test_add_func("/mail/other-letters-are-encoded", other_letters_are_encoded);
	g_test_add_func("/mail/no-header-is-injected", no_header_is_injected);
	g_test_add_func("/mail/an-id-is-one-word", an_id_is_one_word);
	g_test_add_func("/mail/domains-go-in-ascii", domains_go_in_ascii);
	return g_test_run();
}
