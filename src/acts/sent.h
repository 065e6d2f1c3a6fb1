/* sent.h: what somebody sent from a form, remembered for a day. A browser that goes back fills the new form with what
 * was typed into the old one, and the new form is another request: sent, it would do the same a second time. So a form
 * that was sent and done is known by what it holds, and whoever sends it again is asked first. No act, like a draft. */
#pragma once

#include "acts/acts.h"

typedef struct {
	const char *user_name, *about; /* about: the page's address */
	const char *fingerprint;       /* of what was typed */
	const char *request_id;
	Instant sent_at; /* of an earlier one */
	const char *ref; /* of an earlier one: what it made; NULL */
} SentForm;

/* To be called before the form's act is performed. *ret_earlier: the same was done under another request_id, and `now`
 * is not remembered; NULL: it was not, or `again` says that it is meant, and `now` is remembered. */
gboolean sent_form(Acts *acts, Arena *mem, const SentForm *now, gboolean again, const SentForm **ret_earlier,
	GError **error) MUST_CHECK;
