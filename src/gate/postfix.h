/* postfix.h: Postfix's policy delegation: `name=value` lines and an empty line, answered by `action=…` and an empty
 * line. docs/gate-protocol.md says which attributes count and what is answered.
 *
 * At RCPT a mail is let pass (DUNNO) or refused (REJECT); at DATA, where the count of recipients is known, the mail of
 * a sole recipient is redirected, gets a header, passes or is refused, and one with several recipients passes and
 * becomes an item of work where a verdict could not be carried out. In trouble nothing is answered: the connection
 * ends, and Postfix tries again and then takes its own default. */
#pragma once

#include "gate/lines.h"

extern const GateProtocol POSTFIX_PROTOCOL;

/* A request; texts lie in its bytes. */
typedef struct {
	const char *request, *state, *sender, *recipient, *instance, *sasl_username; /* "" where not sent */
	gint64 recipient_count;
} PostfixRequest;

/* The bytes of the request at the beginning, with its empty line; 0 where it is not whole yet. */
gsize postfix_request_length(const char *bytes, gsize n, gsize *scanned);
/* Parses a whole request, in place. FALSE with the reason in *ret_trouble. Unknown attributes are ignored; of one that
 * is sent twice the last counts. */
gboolean postfix_parse(char *bytes, gsize length, PostfixRequest *ret_request, const char **ret_trouble);

typedef enum { POSTFIX_DUNNO, POSTFIX_REJECT, POSTFIX_REDIRECT, POSTFIX_PREPEND } PostfixActionKind;
typedef struct {
	PostfixActionKind kind;
	const char *words;  /* of a refusal; where it is redirected to; the header's value */
	const char *header; /* of PREPEND */
} PostfixAction;

/* Appends the answer. Control characters in words become spaces, and what is too long for a reply is cut. */
void postfix_print(const PostfixAction *action, GByteArray *out);
