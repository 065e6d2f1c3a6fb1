/* warn.h: the flows 'warn the customer' (W1 to W4) and 'record what they answer' (W6). */
#pragma once

#include "web/flow.h"

typedef struct {
	const GovukChoice *assessments, *tiers;
	gsize n_assessments, n_tiers;
} WarnPage;

void warn_questions(Html *out, Flow *flow, const WarnPage *p);

typedef struct {
	const GovukChoice *warnings;
	gsize n_warnings;
} AnswerPage;

void answer_questions(Html *out, Flow *flow, const AnswerPage *p);
