/* outbox.h: what the job that sends notices needs of the database: take one, or put it back. That it was accepted is an
 * act of its own ('confirm-notice', by machine). Leases and attempts go by the machine's clock, also in demonstrations.
 */
#pragma once

#include "acts/acts.h"

/* A notice to be sent by e-mail, taken with a lease: nobody else sends it until the lease ends. */
typedef struct {
	gint64 number;   /* the outbox's */
	gint64 attempts; /* with this one */
	const char *notice, *casefile;
	const char *sender_name, *sender_address; /* the organisation's; the address NULL where the policy has none */
	const char *name, *address;
	const char *subject, *text, *html;
} OutboxMail;

/* The next that is due; *ret_mail NULL where none is. */
gboolean outbox_take(
	Acts *acts, Arena *mem, Instant now, Instant lease_until, OutboxMail **ret_mail, GError **error) MUST_CHECK;
/* It could not be sent: tried again at `due`, or (given_up) never again, which everybody sees in the outbox. */
gboolean outbox_put_back(Acts *acts, gint64 number, Instant now, Instant due, gboolean given_up, const char *why,
	GError **error) MUST_CHECK;
