/* notices.h: the flows 'tell the customer' (notify, N1 to N4) and 'what became of a letter' (confirm-notice, N5). */
#pragma once

#include "web/flow.h"

void notify_questions(Html *out, Flow *flow);
void notify_evidence(Html *out, const Flow *flow);

typedef struct {
	const FileLetterView *letter; /* NULL: ?about names none, so it is asked */
	const GovukChoice *letters, *ways;
	gsize n_letters, n_ways;
} ConfirmPage;

void confirm_questions(Html *out, Flow *flow, const ConfirmPage *p);
void confirm_evidence(Html *out, const Flow *flow);
