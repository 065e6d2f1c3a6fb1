/* answer_dispute.h: the flow in which a complaints officer answers a dispute (D1, D2): what the customer says, the
 * decision with its findings, and what applies now stand beside the question. */
#pragma once

#include "web/pages/entry.h"
#include "web/pages/restrictions_form.h"

typedef struct {
	const DisputeView *dispute;
	const DecisionView *decision;
	const RequestView *request;
	const ArrangementView *arrangement; /* the decision's newest; NULL */
	const char *applies_until;          /* "31 March 2027"; NULL: it is lifted */
	RestrictionsForm *restrictions;
} AnswerDisputePage;

void answer_dispute_questions(Html *out, Flow *flow, const AnswerDisputePage *p);
void answer_dispute_evidence(Html *out, const Flow *flow, const AnswerDisputePage *p);
