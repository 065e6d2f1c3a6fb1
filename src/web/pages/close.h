/* close.h: the flow 'close a casefile' (G3): what came of it. */
#pragma once

#include "web/pages/entry.h"

/* 'What came of it?', with the answers that are what happened; for the template. */
const FlowQuestion *close_outcome(Flow *flow);

void close_questions(Html *out, Flow *flow);
void close_evidence(Html *out, const Flow *flow);
