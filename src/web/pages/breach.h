/* breach.h: the flow 'log a breach' (S5). */
#pragma once

#include "web/flow.h"

typedef struct {
	const GovukChoice *arrangements; /* that are or were in force; where there is one alone it is not asked */
	gsize n_arrangements;
} BreachPage;

void breach_questions(Html *out, Flow *flow, const BreachPage *p);
void breach_evidence(Html *out, const Flow *flow);
