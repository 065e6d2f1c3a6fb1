/* smtp.h: brings a mail to the organisation's own mail server, which then takes it further (queue, TLS, DKIM). Used
 * by the job that empties the outbox; knows nothing of it. */
#pragma once

#include "mail/message.h"

typedef struct {
	const char *host; /* a name or an address; an IPv6 address without brackets */
	guint16 port;
	int timeout_seconds; /* for the whole of one mail */
} MailServer;

#define MAIL_TIMEOUT_SECONDS 120

/* "smtp://host:port", "smtp://[::1]:25"; port 25 where it is left out. Invalid (field "smtp") for anything else, a
 * user name or a path included. Lives in mem. */
gboolean mail_server_parse(const char *text, Arena *mem, MailServer *ret_server, GError **error) MUST_CHECK;

/* Sends one mail and returns TRUE when the server has accepted it: that is 'sent' in the sense of a notice. Blocks,
 * so never called from a handler; may be called from several threads.
 * Errors: invalid (as mail_headers): the message itself; refused: the server said no for good (5xx), a retry is
 * useless; unavailable: not now (4xx, no connection, broken off, out of time), try again. The server's own words are
 * in the sentence. A connection that breaks between the last byte and the server's answer may have delivered: the
 * retry carries the same Message-ID. */
gboolean mail_send(const MailServer *server, const MailMessage *message, GError **error) MUST_CHECK;
