/* safety.h: the flow 'approve a safety sentence' (L2). */
#pragma once

#include "web/flow.h"

typedef struct {
	const char *now; /* what anybody about to meet them is told at present */
} SafetyPage;

void safety_questions(Html *out, Flow *flow, const SafetyPage *p);
