/* dispute.h: the flows in which a dispute comes in: recorded, acknowledged, withdrawn (D1); and the letter that
 * acknowledges what the customer answered to a warning (W6). Its answer is answer_dispute.h. */
#pragma once

#include "web/pages/entry.h"

typedef struct {
	const GovukChoice *decisions; /* that may be disputed, where the address names none */
	gsize n_decisions;
	const ArrangementView *arrangements; /* of what is disputed */
	gsize n_arrangements;
	const DecisionView *decision; /* NULL: not named, or not for this viewer's eyes */
	const char *late;             /* what the policy says of time; NULL: there is no limit */
} DisputePage;

void dispute_questions(Html *out, Flow *flow, const DisputePage *p);
void dispute_evidence(Html *out, const Flow *flow, const DisputePage *p);
void withdraw_dispute_questions(Html *out, Flow *flow);
void dispute_shown(Html *out, const Flow *flow, const DisputeView *p); /* NULL: not for this viewer's eyes */
/* warning: NULL where it is not for this viewer's eyes. */
void dispute_answer_shown(Html *out, const Flow *flow, const WarningAnswerView *answer, const WarningView *warning);
