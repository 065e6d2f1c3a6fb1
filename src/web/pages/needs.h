/* needs.h: the flows on a customer's page about what they need: record a need, an adjustment that is asked for, and
 * its answer (B6, G7). */
#pragma once

#include "web/flow.h"

typedef struct {
	const FlowQuestion *channels; /* "Phone": can, cannot, only with help */
	gsize n_channels;
	const GovukChoice *needs; /* those that are recorded */
	gsize n_needs;
} NeedsPage;

void need_questions(Html *out, Flow *flow, const NeedsPage *p);
void adjustment_questions(Html *out, Flow *flow, const NeedsPage *p);
void adjusted_questions(Html *out, Flow *flow);
void needs_evidence(Html *out, const Flow *flow);
