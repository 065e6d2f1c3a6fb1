/* closing.h: when a casefile may be closed, and as what (G3). A check in the manner of casefile.h. */
#pragma once

#include "core/casefile.h"

typedef enum {
	CLOSED_NO_ACTION,
	CLOSED_ADVICE_SUFFICED,
	CLOSED_WARNING_SUFFICED,
	CLOSED_REFUSED,
	CLOSED_OVERTURNED,
	CLOSED_ENDED,
	CLOSED_OUTCOMES
} ClosedOutcome;
const char *closed_name(ClosedOutcome outcome); /* "no-action" … "ended" */
gboolean closed_parse(const char *text, ClosedOutcome *ret_outcome);

/* G3: a manager of the owning function; no report, request, signature or dispute open; no arrangement in force or to
 * come; what ended told by a letter that went out and did not come back; no letter still to be sent; the police told
 * (L2); and the outcome is what happened. */
gboolean casefile_check_close(const RuleContext *rules, const Casefile *file, const char *outcome, const char *words,
	ClosedOutcome *ret_outcome, GError **error) MUST_CHECK;
/* The same without the outcome: whether anything is in the way, for the task list. */
gboolean casefile_check_closable(const RuleContext *rules, const Casefile *file, GError **error) MUST_CHECK;

/* G17: whether the outcome is what happened, since fairness is counted by it. */
gboolean casefile_check_outcome(const Casefile *file, ClosedOutcome outcome, GError **error) MUST_CHECK;

/* A warning went out and nothing was authorised since: the customer is told that nothing follows. */
gboolean casefile_nothing_followed(const Casefile *file);

/* G3: the letter that tells that the arrangement has ended was made, and neither is unsent nor came back. */
gboolean arrangement_end_is_told(const Casefile *file, const Arrangement *arrangement);
