/* dispute.h: the customer's disagreement with a decision: how it comes in, who may hear it, and what the answer may be
 * (D1 to D3, G8). Checks in the manner of casefile.h. An open dispute stands in nobody's way who wants to ease an
 * arrangement; that it keeps a casefile from closing is closing.h's.
 *
 * Not here: whether a course is nowhere severer than the one before (ease.h); what the letters say (acts/compose.h). */
#pragma once

#include "core/casefile.h"
#include "core/ease.h"

/* Neither answered nor withdrawn. */
gboolean dispute_is_open(const Dispute *dispute);
/* D3: open, and the day by which they were promised a reply is past. */
gboolean dispute_is_overdue(const Dispute *dispute, Day today);

const Dispute *casefile_dispute(const Casefile *file, const char *ref);
/* The open one about that decision, or about any (NULL); NULL where there is none. */
const Dispute *casefile_open_dispute(const Casefile *file, const char *decision);
/* The newest arrangement of a decision, where it was varied the last one; NULL where it has none. */
const Arrangement *casefile_arrangement_of(const Casefile *file, const char *decision);
/* TRUE where nothing of it can apply any more: it was ended, or its last day is past. */
gboolean arrangement_is_over(const Arrangement *arrangement, Day today);

typedef struct {
	const char *decision, *channel, *words, *late_reason;
} DisputeInput;
/* The last local day to dispute the decision: the deemed delivery's of its letter plus the pack's days. FALSE where
 * the pack sets none, or while the letter is not (or no longer) delivered. */
gboolean dispute_lodge_until(const RuleContext *rules, const Decision *decision, Day *ret_until);
/* D1: a decision that restricts, not disputed already, in time or with the reason why it is heard though it came late.
 * Anybody who works cases may record it. *ret_reply_by: the received day plus the pack's days to answer (D3). */
gboolean casefile_check_dispute(const RuleContext *rules, const Casefile *file, const DisputeInput *in,
	Instant received_at, Day *ret_reply_by, GError **error) MUST_CHECK;

/* D1: an open dispute that no letter has acknowledged yet (or whose letter came back). */
gboolean casefile_check_acknowledge_dispute(
	const RuleContext *rules, const Casefile *file, const char *ref, GError **error) MUST_CHECK;
/* W6: likewise what the customer answered to a warning. */
gboolean casefile_check_acknowledge_answer(
	const RuleContext *rules, const Casefile *file, const char *ref, GError **error) MUST_CHECK;

/* The customer takes it back. Whoever asked for the decision or made it does not record that (D1). */
gboolean casefile_check_withdraw_dispute(
	const RuleContext *rules, const Casefile *file, const char *ref, GError **error) MUST_CHECK;

/* D1, G8: a complaints officer who neither asked for the decision nor made it, who reported nothing on the casefile and
 * was the target of nothing there, and who did nothing on it before the dispute. */
gboolean casefile_check_hear_dispute(
	const RuleContext *rules, const Casefile *file, const Dispute *dispute, GError **error) MUST_CHECK;

typedef enum { DISPUTE_STILL_APPLY, DISPUTE_DIFFERENT, DISPUTE_ENDED, DISPUTE_OUTCOMES } DisputeOutcome;
const char *dispute_outcome_name(DisputeOutcome outcome); /* "still-apply", "different", "ended" */
gboolean dispute_outcome_parse(const char *text, DisputeOutcome *ret_outcome);

typedef struct {
	const char *dispute, *outcome, *reasons;
	const RestrictionAsked *restrictions; /* of 'different' */
	gsize n_restrictions;
	Day until_on; /* likewise; DAY_NONE: as before */
	const char *agreement;
} AnswerDisputeInput;
/* D1, D2, G8: who hears it, that it is open, reasons, and what belongs to the outcome. What has ended can only be
 * answered with 'ended'. Whether a different course is less is the next question: dispute_check_course. */
gboolean casefile_check_answer_dispute(const RuleContext *rules, const Casefile *file, const AnswerDisputeInput *in,
	DisputeOutcome *ret_outcome, GError **error) MUST_CHECK;

/* D2: less, never more. easing: the new course beside the old. A course that is severer somewhere and milder elsewhere
 * needs the customer's recorded agreement; one that is only severer is refused whatever was agreed, at the field that
 * makes it so. */
gboolean dispute_check_course(const Easing *easing, const char *agreement, GError **error) MUST_CHECK;
