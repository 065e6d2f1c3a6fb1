/* smtp.c: one mail over SMTP by libcurl, and what its outcome means. Header lines are message.c's. */
#include "mail/smtp.h"

#include <curl/curl.h>
#include <pthread.h>
#include <string.h>

#define CONNECT_SECONDS 10
#define REPLY_MAX 500

G_DEFINE_AUTOPTR_CLEANUP_FUNC(CURL, curl_easy_cleanup)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(curl_mime, curl_mime_free)
typedef struct curl_slist Lines;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lines, curl_slist_free_all)

/* The server's last reply; of several lines, all of them. */
typedef struct {
	int code;
	gboolean complete;
	GString *words;
} Reply;

gboolean mail_server_parse(const char *text, Arena *mem, MailServer *ret_server, GError **error)
{
	g_autoptr(GUri) uri = g_uri_parse(text, G_URI_FLAGS_HAS_PASSWORD, NULL);
	const char *host = uri == NULL || g_uri_get_host(uri) == NULL ? "" : g_uri_get_host(uri);
	int port;

	if (*host == '\0' || strspn(host, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS ".-:") != strlen(host) ||
		strcmp(g_uri_get_scheme(uri), "smtp") != 0 || g_uri_get_userinfo(uri) != NULL ||
		(*g_uri_get_path(uri) != '\0' && strcmp(g_uri_get_path(uri), "/") != 0) ||
		g_uri_get_query(uri) != NULL || g_uri_get_fragment(uri) != NULL)
		return invalid(error, "smtp", "The mail server is written smtp://HOST:PORT.");
	port = g_uri_get_port(uri);
	if (port == 0)
		return invalid(error, "smtp", "Port 0 is none that a mail server listens on.");
	*ret_server = (MailServer){
		.host = arena_strdup(mem, host),
		.port = port < 0 ? 25 : (guint16)port,
		.timeout_seconds = MAIL_TIMEOUT_SECONDS,
	};
	return TRUE;
}

static void set_up_curl(void)
{
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		g_error("libcurl cannot be set up");
}

/* Called by curl with each line that the server says. */
static size_t hear(char *line, size_t size, size_t n, void *data)
{
	Reply *reply = data;
	gsize length = size * n;
	gboolean more;
	int code;

	if (length < 3 || !g_ascii_isdigit(line[0]) || !g_ascii_isdigit(line[1]) || !g_ascii_isdigit(line[2]))
		return length;
	code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
	if (code == 221) /* goodbye: what was said before it counts */
		return length;
	more = length > 3 && line[3] == '-';
	if (reply->complete || reply->code != code) {
		g_string_truncate(reply->words, 0);
		reply->code = code;
	}
	reply->complete = !more;
	if (reply->words->len > 0)
		g_string_append_c(reply->words, ' ');
	g_string_append_len(reply->words, line, (gssize)MIN(length, REPLY_MAX - MIN(reply->words->len, REPLY_MAX)));
	for (char *at = reply->words->str; *at != '\0'; at++)
		if (g_ascii_iscntrl(*at))
			*at = ' ';
	while (reply->words->len > 0 && reply->words->str[reply->words->len - 1] == ' ')
		g_string_truncate(reply->words, reply->words->len - 1);
	return length;
}

/* Mail's lines end with CR LF; so do those that curl is to encode. */
static gboolean add_part(curl_mime *mime, const char *type, const char *text)
{
	g_autoptr(GString) even = g_string_new(text);
	curl_mimepart *part = curl_mime_addpart(mime);

	g_string_replace(even, "\r\n", "\n", 0);
	g_string_replace(even, "\r", "\n", 0);
	g_string_replace(even, "\n", "\r\n", 0);
	return part != NULL && curl_mime_data(part, even->str, even->len) == CURLE_OK &&
	       curl_mime_type(part, type) == CURLE_OK && curl_mime_encoder(part, "quoted-printable") == CURLE_OK;
}

static gboolean add_line(Lines **lines, const char *line)
{
	Lines *longer = curl_slist_append(*lines, line);

	if (longer == NULL)
		return FALSE;
	*lines = longer;
	return TRUE;
}

static gboolean outcome(
	const MailServer *server, CURLcode code, const char *problem, const Reply *reply, GError **error)
{
	g_autofree char *words = g_utf8_make_valid(reply->words->str, -1);

	if (code == CURLE_OK)
		return TRUE;
	if (reply->code >= 500)
		return refuse(error, NULL, "The mail server refused the mail: %s", words);
	if (reply->code >= 400)
		return unavailable(error, "The mail server does not take the mail at the moment: %s", words);
	return unavailable(error, "The mail server %s (port %u) did not take the mail: %s", server->host, server->port,
		*problem != '\0' ? problem : curl_easy_strerror(code));
}

static char *server_url(const MailServer *server, Arena *mem)
{
	gboolean brackets = strchr(server->host, ':') != NULL; /* IPv6 */

	return arena_printf(
		mem, "smtp://%s%s%s:%u", brackets ? "[" : "", server->host, brackets ? "]" : "", server->port);
}

gboolean mail_send(const MailServer *server, const MailMessage *message, GError **error)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	g_autoptr(Arena) mem = arena_new((gsize)1 << 20);
	g_autoptr(GString) words = g_string_new(NULL);
	g_autoptr(Lines) headers = NULL;
	g_autoptr(Lines) recipients = NULL;
	g_autoptr(CURL) curl = NULL;
	g_autoptr(curl_mime) mime = NULL;
	Reply reply = {.complete = TRUE, .words = words};
	char problem[CURL_ERROR_SIZE] = "";
	char **lines, *from, *to;
	gboolean made;

	if (!mail_headers(message, mem, &lines, error) ||
		!mail_address_check(message->from.address, "from", mem, &from, error) ||
		!mail_address_check(message->to.address, "to", mem, &to, error))
		return FALSE;
	pthread_once(&once, set_up_curl);
	curl = curl_easy_init();
	mime = curl == NULL ? NULL : curl_mime_init(curl);
	/* the last of the parts is the one a reader's program prefers */
	made = mime != NULL && add_part(mime, "text/plain; charset=utf-8", message->text) &&
	       (message->html == NULL || add_part(mime, "text/html; charset=utf-8", message->html)) &&
	       add_line(&headers, "Content-Type: multipart/alternative") && add_line(&recipients, to);
	for (gsize i = 0; made && lines[i] != NULL; i++)
		made = add_line(&headers, lines[i]);
	if (!made)
		return unavailable(error, "The mail could not be put together: there is no memory for it.");
	curl_easy_setopt(curl, CURLOPT_URL, server_url(server, mem));
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp");
	curl_easy_setopt(curl, CURLOPT_PROXY, ""); /* whatever the environment says */
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)MIN(CONNECT_SECONDS, server->timeout_seconds));
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)server->timeout_seconds);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, problem);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, hear);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, &reply);
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from);
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_MIMEPOST, mime);
	return outcome(server, curl_easy_perform(curl), problem, &reply, error);
}
