/* message.h: one mail to one person, as data, and its header lines. Who gets which mail, and when, is the outbox's
 * and its job's; bringing it to a server is smtp.h's. */
#pragma once

#include "base/arena.h"
#include "base/error.h"
#include "base/when.h"

typedef struct {
	const char *name; /* shown beside the address; NULL or "" for none */
	const char *address;
} MailAddress;

typedef struct {
	MailAddress from; /* bounces go there too */
	MailAddress to;
	const char *subject;
	Instant date;
	/* Names this mail among all that the organisation sends: letters, digits, '.' and '-'. Message-ID is made of
	 * it and of the sender's domain. The same on a retry, so that receivers can tell a mail that came twice. */
	const char *id;
	gboolean automatic; /* no person stands behind this very mail: asks for no automatic reply (RFC 3834) */
	const char *text;   /* UTF-8, lines end with '\n' */
	const char *html;   /* the same as a page; NULL where there is none */
} MailMessage;

/* The address as it goes to a server: plain ASCII, the domain in its ASCII form (xn--). Invalid, naming field, for
 * what cannot be one: so neither a line's end nor a second address gets into a header or a command. */
gboolean mail_address_check(
	const char *address, const char *field, Arena *mem, char **ret_ascii, GError **error) MUST_CHECK;

/* The header lines, each folded where it is long, without the last line end; NULL-terminated, in mem. What is not
 * ASCII is encoded as RFC 2047 says. Invalid, naming the field: an address that cannot be one, a name or subject
 * that is empty, too long, not UTF-8 or holds control characters. */
gboolean mail_headers(const MailMessage *message, Arena *mem, char ***ret_lines, GError **error) MUST_CHECK;
