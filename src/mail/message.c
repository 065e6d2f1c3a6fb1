/* message.c: addresses and header lines of a mail. The bodies are encoded by libcurl, which writes headers as they
 * are given: that no value can begin a line of its own is decided here. */
#include "mail/message.h"

#include <string.h>

#define LOCAL_BYTES 64    /* RFC 5321, 4.5.3.1.1 */
#define ADDRESS_BYTES 254 /* ... 4.5.3.1.3, without the angle brackets */
#define NAME_BYTES 300
#define SUBJECT_BYTES 1000
#define ID_BYTES 200

/* Lines of at most 76 characters (RFC 2047): so much of a text gives an encoded word that fits beside a header's name.
 */
#define WORD_BYTES 39
#define PLAIN_MAX 60

static gboolean only_of(const char *text, gsize length, const char *others)
{
	for (gsize i = 0; i < length; i++)
		if (!g_ascii_isalnum(text[i]) && strchr(others, text[i]) == NULL)
			return FALSE;
	return TRUE;
}

/* Labels between dots, none of them empty. */
static gboolean is_dotted(const char *text, gsize length)
{
	return length > 0 && text[0] != '.' && text[length - 1] != '.' &&
	       g_strstr_len(text, (gssize)length, "..") == NULL;
}

gboolean mail_address_check(const char *address, const char *field, Arena *mem, char **ret_ascii, GError **error)
{
	const char *at = address == NULL ? NULL : strrchr(address, '@');
	g_autofree char *domain = NULL;
	gsize local;

	if (at == NULL || !g_utf8_validate(address, -1, NULL))
		return invalid(error, field, "This is not an e-mail address; write it like name@example.org.");
	local = (gsize)(at - address);
	if (local > LOCAL_BYTES || !is_dotted(address, local) || !only_of(address, local, ".!#$%&'*+-/=?^_`{|}~"))
		return invalid(error, field, "The part before the @ is not one that mail servers take.");
	domain = g_hostname_to_ascii(at + 1);
	if (domain == NULL || !is_dotted(domain, strlen(domain)) || !only_of(domain, strlen(domain), ".-"))
		return invalid(error, field, "The part after the @ is not the name of a mail domain.");
	if (local + 1 + strlen(domain) > ADDRESS_BYTES)
		return invalid(error, field, "The e-mail address is too long.");
	*ret_ascii = arena_printf(mem, "%.*s@%s", (int)local, address, domain);
	return TRUE;
}

static gboolean check_words(const char *text, gsize max, const char *field, GError **error)
{
	if (strlen(text) > max)
		return invalid(error, field, "This is too long for a mail's header.");
	if (!g_utf8_validate(text, -1, NULL))
		return invalid(error, field, "This is not UTF-8.");
	for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);

		if (g_unichar_iscntrl(c) || c == 0x2028 || c == 0x2029)
			return invalid(error, field, "A mail's header is one line without control characters.");
	}
	return TRUE;
}

/* RFC 2047: words of base64, none of which splits a character, each on a line of its own. */
static char *encode_words(const char *text, Arena *mem)
{
	g_autoptr(GString) out = g_string_new(NULL);

	while (*text != '\0') {
		const char *end = text;
		g_autofree char *base64 = NULL;

		while (*end != '\0' && g_utf8_next_char(end) - text <= WORD_BYTES)
			end = g_utf8_next_char(end);
		base64 = g_base64_encode((const guchar *)text, (gsize)(end - text));
		g_string_append_printf(out, "%s=?UTF-8?B?%s?=", out->len > 0 ? "\r\n " : "", base64);
		text = end;
	}
	return arena_strdup(mem, out->str);
}

static char *subject_words(const char *subject, Arena *mem)
{
	gboolean plain = g_str_is_ascii(subject) && strlen(subject) <= PLAIN_MAX && strstr(subject, "=?") == NULL;

	return plain ? arena_strdup(mem, subject) : encode_words(subject, mem);
}

/* "Name <address>": a name that is more than words and spaces is encoded, which spares quoting. */
static gboolean mailbox(const MailAddress *who, const char *field, Arena *mem, char **ret_mailbox, GError **error)
{
	const char *name = who->name == NULL ? "" : who->name;
	gboolean plain = strlen(name) <= PLAIN_MAX && only_of(name, strlen(name), " -'") && g_ascii_isalnum(*name);
	char *address;

	if (!mail_address_check(who->address, field, mem, &address, error) ||
		!check_words(name, NAME_BYTES, field, error))
		return FALSE;
	if (*name == '\0')
		*ret_mailbox = address;
	else
		*ret_mailbox = arena_printf(mem, "%s\r\n <%s>", plain ? name : encode_words(name, mem), address);
	return TRUE;
}

/* RFC 5322, 3.3; by our own names, since strftime's follow the locale. */
static char *date_words(Instant date, Arena *mem)
{
	static const char *const weekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
	static const char *const months[] = {
		"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(date / USEC_PER_SEC);

	g_assert(time != NULL);
	return arena_printf(mem, "%s, %d %s %d %02d:%02d:%02d +0000", weekdays[g_date_time_get_day_of_week(time) - 1],
		g_date_time_get_day_of_month(time), months[g_date_time_get_month(time) - 1], g_date_time_get_year(time),
		g_date_time_get_hour(time), g_date_time_get_minute(time), g_date_time_get_second(time));
}

gboolean mail_headers(const MailMessage *message, Arena *mem, char ***ret_lines, GError **error)
{
	char *from, *to, *sender;
	ArenaList lines = {0};

	if (!mailbox(&message->from, "from", mem, &from, error) || !mailbox(&message->to, "to", mem, &to, error) ||
		!mail_address_check(message->from.address, "from", mem, &sender, error) ||
		!check_words(message->subject, SUBJECT_BYTES, "subject", error))
		return FALSE;
	if (*message->subject == '\0')
		return invalid(error, "subject", "The mail has no subject.");
	if (strlen(message->id) > ID_BYTES || !is_dotted(message->id, strlen(message->id)) ||
		!only_of(message->id, strlen(message->id), ".-"))
		return bug(error, "A mail's id holds letters, digits, '.' and '-'; this one is '%s'.", message->id);
	arena_list_add(mem, &lines, arena_printf(mem, "Date: %s", date_words(message->date, mem)));
	arena_list_add(mem, &lines, arena_printf(mem, "From: %s", from));
	arena_list_add(mem, &lines, arena_printf(mem, "To: %s", to));
	arena_list_add(mem, &lines, arena_printf(mem, "Subject: %s", subject_words(message->subject, mem)));
	arena_list_add(mem, &lines, arena_printf(mem, "Message-ID: <%s%s>", message->id, strrchr(sender, '@')));
	if (message->automatic)
		arena_list_add(mem, &lines, arena_strdup(mem, "Auto-Submitted: auto-generated"));
	arena_list_add(mem, &lines, NULL);
	*ret_lines = (char **)lines.items;
	return TRUE;
}
