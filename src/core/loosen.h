/* loosen.h: who may vary, lift or end an arrangement, and which letters tell one (R8, G1, G3, N5). Checks in the manner
 * of casefile.h. Whether a change only loosens is ease.h's question; what the answer to a dispute may do, dispute.h's;
 * the closing of a casefile, closing.h's. */
#pragma once

#include "core/casefile.h"

const Arrangement *casefile_arrangement(const Casefile *file, const char *ref);
const Variation *casefile_variation(const Casefile *file, const char *ref);
/* The variation that ended the arrangement; NULL: none did. */
const Variation *casefile_variation_of(const Casefile *file, const char *arrangement);

typedef struct {
	const char *arrangement;
	const RestrictionAsked *restrictions;
	gsize n_restrictions;
	Day until_on; /* DAY_NONE: as it was */
	const char *reasons, *lifting;
} VaryInput;
/* A1, G1, L2: the head of function (or who acts for them), an arrangement that holds or is decided, what binds from now
 * on, reasons. */
gboolean casefile_check_vary(const RuleContext *rules, const Casefile *file, const VaryInput *in,
	Capacity *ret_capacity, GError **error) MUST_CHECK;
/* A1, G3: likewise; possible while the police are still to be told (L2). */
gboolean casefile_check_lift(const RuleContext *rules, const Casefile *file, const char *arrangement,
	const char *reasons, Capacity *ret_capacity, GError **error) MUST_CHECK;
/* G2, G3: its last day is past, or its review was missed and its pack lets it lapse; nobody has ended it yet. A job, or
 * a manager or the head of the owning function. */
gboolean casefile_check_end(
	const RuleContext *rules, const Casefile *file, const char *arrangement, GError **error) MUST_CHECK;

/* N1: a letter about an easing, or about an end, that came back and is made anew. By staff of the owning function.
 * about: a variation, or an arrangement that ran out. */
gboolean casefile_check_notify_end(
	const RuleContext *rules, const Casefile *file, const char *about, GError **error) MUST_CHECK;

/* The decision that a notice tells something of: its own letter, one about a variation of it, or the answer to a
 * dispute about it; NULL: none. */
const char *casefile_decision_told(const Casefile *file, const NoticeState *notice);
/* TRUE where the notice tells the arrangement as it is now. */
gboolean notice_tells(const Casefile *file, const NoticeState *notice, const Arrangement *arrangement);
/* N5: a letter other than `but` (NULL: any) that tells something of the decision was sent and has not come back. */
gboolean decision_is_told(const Casefile *file, const char *decision, const char *but);
/* G3: the customer knows of it or may: it is or was in force, or a letter about it was made and has not come back. */
gboolean arrangement_is_known(const Casefile *file, const Arrangement *arrangement);
