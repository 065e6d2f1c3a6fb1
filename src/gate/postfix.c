/* postfix.c: bytes of the policy delegation protocol into questions, and answers into actions. Connections and limits
 * are lines.c's, who may be behind an address ask.c's. */
#include "gate/postfix.h"

#define ATTRIBUTES_MAX 200
/* A reply's words: policy check holds them to 400. */
#define WORDS_MAX 450
#define INSTANCE_MAX 96

/* What a connection remembers of the mail in progress: Postfix asks about one mail after another on it. */
typedef struct {
	char instance[INSTANCE_MAX];
	Verdict severest; /* of what its recipients were let through with */
	Verdict last;
} MailState;

gsize postfix_request_length(const char *bytes, gsize n, gsize *scanned)
{
	gsize from = *scanned;
	const char *p;

	if (n > 0 && bytes[0] == '\n')
		return 1;
	while (from < n && (p = memchr(bytes + from, '\n', n - from)) != NULL) {
		gsize at = (gsize)(p - bytes);

		if (at + 1 == n) {
			*scanned = at;
			return 0;
		}
		if (p[1] == '\n')
			return at + 2;
		from = at + 1;
	}
	*scanned = n;
	return 0;
}

static gboolean is(const char *name, gsize length, const char *wanted)
{
	return length == strlen(wanted) && memcmp(name, wanted, length) == 0;
}

static const char **text_attribute(PostfixRequest *request, const char *name, gsize length)
{
	switch (length) {
	case 6:
		return is(name, length, "sender") ? &request->sender : NULL;
	case 7:
		return is(name, length, "request") ? &request->request : NULL;
	case 8:
		return is(name, length, "instance") ? &request->instance : NULL;
	case 9:
		return is(name, length, "recipient") ? &request->recipient : NULL;
	case 13:
		return is(name, length, "sasl_username") ? &request->sasl_username : NULL;
	case 14:
		return is(name, length, "protocol_state") ? &request->state : NULL;
	default:
		return NULL;
	}
}

/* Nearly all that comes is ASCII, and that is seen faster than GLib sees UTF-8. */
static gboolean is_utf8(const char *text, gsize n)
{
	unsigned char seen = 0;

	for (gsize i = 0; i < n; i++)
		seen |= (unsigned char)text[i];
	return seen < 0x80 || g_utf8_validate_len(text, n, NULL);
}

/* One line, ended by a NUL in place of its newline. */
static gboolean parse_line(char *line, gsize length, PostfixRequest *request, const char **ret_trouble)
{
	char *equals = memchr(line, '=', length);
	gsize name_length = equals != NULL ? (gsize)(equals - line) : 0;
	const char **text;

	if (name_length == 0) {
		*ret_trouble = "a line that is no name=value";
		return FALSE;
	}
	text = text_attribute(request, line, name_length);
	if (text != NULL) {
		*text = equals + 1;
		if (!is_utf8(equals + 1, length - name_length - 1)) {
			*ret_trouble = "an attribute that is not UTF-8";
			return FALSE;
		}
	} else if (is(line, name_length, "recipient_count") &&
		   !g_ascii_string_to_signed(equals + 1, 10, 0, G_MAXINT32, &request->recipient_count, NULL)) {
		*ret_trouble = "a recipient_count that is no number";
		return FALSE;
	}
	return TRUE;
}

gboolean postfix_parse(char *bytes, gsize length, PostfixRequest *ret_request, const char **ret_trouble)
{
	PostfixRequest request = {"", "", "", "", "", "", 0};
	gsize at = 0;

	if (memchr(bytes, '\0', length) != NULL) {
		*ret_trouble = "a NUL byte";
		return FALSE;
	}
	for (int attributes = 0; at < length && bytes[at] != '\n'; attributes++) {
		char *end = memchr(bytes + at, '\n', length - at);
		gsize n = (gsize)(end - (bytes + at));

		if (attributes == ATTRIBUTES_MAX) {
			*ret_trouble = "more than 200 attributes";
			return FALSE;
		}
		*end = '\0';
		if (!parse_line(bytes + at, n, &request, ret_trouble))
			return FALSE;
		at += n + 1;
	}
	if (strcmp(request.request, "smtpd_access_policy") != 0) {
		*ret_trouble = "a request that is no smtpd_access_policy";
		return FALSE;
	}
	*ret_request = request;
	return TRUE;
}

static void append(GByteArray *out, const char *text)
{
	g_byte_array_append(out, (const guint8 *)text, (guint)strlen(text));
}

static void append_words(GByteArray *out, const char *words)
{
	const char *end;
	guint from = out->len;

	g_utf8_validate_len(words, MIN(strlen(words), WORDS_MAX), &end);
	g_byte_array_append(out, (const guint8 *)words, (guint)(end - words));
	for (guint i = from; i < out->len; i++)
		if (out->data[i] < 0x20 || out->data[i] == 0x7f)
			out->data[i] = ' ';
}

void postfix_print(const PostfixAction *action, GByteArray *out)
{
	switch (action->kind) {
	case POSTFIX_DUNNO:
		append(out, "action=DUNNO");
		break;
	case POSTFIX_REJECT:
		append(out, "action=REJECT 5.7.1 ");
		append_words(out, action->words);
		break;
	case POSTFIX_REDIRECT:
		append(out, "action=REDIRECT ");
		append_words(out, action->words);
		break;
	case POSTFIX_PREPEND:
		append(out, "action=PREPEND ");
		append_words(out, action->header);
		append(out, ": ");
		append_words(out, action->words);
		break;
	}
	append(out, "\n\n");
}

static PostfixAction reject(const GateAnswer *answer)
{
	const GateCandidate *person = gate_answer_person(answer);
	const char *words = person != NULL ? person->answer.say_to_sender : NULL;

	return (PostfixAction){
		.kind = POSTFIX_REJECT, .words = words != NULL ? words : "This message is not accepted."};
}

static PostfixAction redirect(const char *to, const char *recipient)
{
	/* what reaches the right mailbox by itself stays what it is */
	if (to == NULL || to[0] == '\0' || g_ascii_strcasecmp(to, recipient) == 0)
		return (PostfixAction){.kind = POSTFIX_DUNNO};
	return (PostfixAction){.kind = POSTFIX_REDIRECT, .words = to};
}

/* What is done with the mail of a sole recipient, and whether it becomes owned work (G6). */
static PostfixAction act_on_mail(
	const Policy *policy, const GateAnswer *answer, const char *recipient, const char **ret_item)
{
	const GateCandidate *person = gate_answer_person(answer);

	switch (answer->verdict) {
	case VERDICT_CHECK:
		*ret_item = "check";
		return (PostfixAction){.kind = POSTFIX_PREPEND, .header = policy->gate.header, .words = "check"};
	case VERDICT_RECORD:
		return (PostfixAction){.kind = POSTFIX_PREPEND, .header = policy->gate.header, .words = "record"};
	case VERDICT_ROUTE:
		*ret_item = "route";
		return redirect(person != NULL ? person->answer.mailbox : NULL, recipient);
	case VERDICT_FILE:
		*ret_item = "file";
		return redirect(policy->gate.filing_mailbox, recipient);
	case VERDICT_DECLINE:
	case VERDICT_BLOCK:
		return reject(answer);
	default:
		return (PostfixAction){.kind = POSTFIX_DUNNO};
	}
}

static gboolean is_same_mail(const MailState *mail, const char *instance)
{
	return instance[0] != '\0' && strcmp(mail->instance, instance) == 0;
}

static void remember(MailState *mail, const char *instance, Verdict verdict)
{
	if (!is_same_mail(mail, instance)) {
		if (g_strlcpy(mail->instance, instance, sizeof mail->instance) >= sizeof mail->instance)
			mail->instance[0] = '\0';
		mail->severest = VERDICT_PROCEED;
	}
	mail->last = verdict;
	if (verdict < VERDICT_DECLINE)
		mail->severest = MAX(mail->severest, verdict);
}

static gboolean needs_more_than_passing(Verdict verdict)
{
	return verdict == VERDICT_CHECK || verdict == VERDICT_RECORD || verdict == VERDICT_ROUTE ||
	       verdict == VERDICT_FILE;
}

/* One recipient: refused, or let through until it is known how many there are. */
static PostfixAction at_rcpt(GateTurn *turn, MailState *mail, const GateQuery *query, const GateAnswer *answer)
{
	static const GateKeep keep = {0};

	gate_keep(turn->gate, turn->snapshot, query, answer, &keep, turn->batch);
	remember(mail, query->contact_id != NULL ? query->contact_id : "", answer->verdict);
	return answer->verdict >= VERDICT_DECLINE ? reject(answer) : (PostfixAction){.kind = POSTFIX_DUNNO};
}

static PostfixAction at_data_for_one(
	GateTurn *turn, const MailState *mail, const GateQuery *query, const GateAnswer *answer)
{
	GateKeep keep = {0};
	PostfixAction action = act_on_mail(
		gate_snapshot_policy(turn->snapshot), answer, query->to != NULL ? query->to : "", &keep.item);

	/* its verdict was kept at RCPT */
	keep.not_kept = keep.item == NULL && query->contact_id != NULL && is_same_mail(mail, query->contact_id) &&
			mail->last == answer->verdict;
	gate_keep(turn->gate, turn->snapshot, query, answer, &keep, turn->batch);
	return action;
}

/* A redirect would take all recipients with it, so the mail passes as it is; where a recipient's verdict asked for
 * more, it is kept as work. On a connection that has not seen the recipients any verdict on the sender counts. */
static PostfixAction at_data_for_several(GateTurn *turn, const MailState *mail, const PostfixRequest *request,
	const GateQuery *query, GateAnswer *answer)
{
	GateKeep keep = {.item = "several-recipients", .recipients = (int)request->recipient_count};

	if (is_same_mail(mail, request->instance))
		answer->verdict = mail->severest;
	if (needs_more_than_passing(answer->verdict))
		gate_keep(turn->gate, turn->snapshot, query, answer, &keep, turn->batch);
	return (PostfixAction){.kind = POSTFIX_DUNNO};
}

/* Mail in which nobody is to be asked about: bounces have no sender, and who signed in is staff. */
static gboolean is_asked_about(const PostfixRequest *request)
{
	if (strcmp(request->state, "RCPT") != 0 && strcmp(request->state, "DATA") != 0)
		return FALSE;
	return request->sender[0] != '\0' && request->sasl_username[0] == '\0';
}

static gboolean answer_request(GateTurn *turn, MailState *mail, const PostfixRequest *request,
	PostfixAction *ret_action, const char **ret_trouble)
{
	gboolean several = request->recipient_count > 1;
	GateQuery query = {
		.contact_id = request->instance[0] != '\0' ? request->instance : NULL,
		.channel = CHANNEL_EMAIL,
		.from = request->sender,
		.to = request->recipient[0] != '\0' && !several ? request->recipient : NULL,
		.machine_door = TRUE,
		.at = turn->now,
	};
	GateAnswer answer;

	if (turn->snapshot == NULL) {
		gate_note_failure(turn->gate);
		*ret_trouble = turn->why;
		return FALSE;
	}
	if (!is_asked_about(request)) {
		*ret_action = (PostfixAction){.kind = POSTFIX_DUNNO};
		return TRUE;
	}
	if (!gate_ask_live(turn->gate, turn->snapshot, &query, &answer, NULL)) {
		gate_note_failure(turn->gate);
		*ret_trouble = "the question could not be answered";
		return FALSE;
	}
	if (strcmp(request->state, "RCPT") == 0)
		*ret_action = at_rcpt(turn, mail, &query, &answer);
	else if (several)
		*ret_action = at_data_for_several(turn, mail, request, &query, &answer);
	else
		*ret_action = at_data_for_one(turn, mail, &query, &answer);
	return TRUE;
}

static gssize take(GateTurn *turn, void *state, char *bytes, gsize n, gsize *scanned, const char **ret_trouble)
{
	gsize length = postfix_request_length(bytes, n, scanned);
	PostfixRequest request;
	PostfixAction action;

	if (length == 0)
		return 0;
	if (!postfix_parse(bytes, length, &request, ret_trouble) ||
		!answer_request(turn, state, &request, &action, ret_trouble))
		return -1;
	postfix_print(&action, turn->out);
	return (gssize)length;
}

const GateProtocol POSTFIX_PROTOCOL = {.name = "postfix", .state_size = sizeof(MailState), .take = take};
