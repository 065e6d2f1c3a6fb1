/* matters.h: the flows on a customer's page about their matters: open one, close one. */
#pragma once

#include "web/flow.h"

typedef struct {
	const GovukChoice *functions;
	gsize n_functions;
	const MatterView *matter; /* that is closed; NULL */
} MattersPage;

void open_matter_questions(Html *out, Flow *flow, const MattersPage *p);
void close_matter_questions(Html *out, Flow *flow);
void matters_evidence(Html *out, const Flow *flow, const MattersPage *p);
