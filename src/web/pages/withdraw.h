/* withdraw.h: the flow 'withdraw a request' (A3). */
#pragma once

#include "web/flow.h"

void withdraw_questions(Html *out, Flow *flow);
void withdraw_evidence(Html *out, const Flow *flow);
