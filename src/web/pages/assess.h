/* assess.h: the flow 'assess a report': what it was, by the questions of its heading, and what follows (B2, B3, B6). */
#pragma once

#include "web/flow.h"

/* The questions of one heading. */
typedef struct {
	const char *title, *meaning;
	const FlowQuestion *tests;
	gsize n_tests;
} AssessHeading;

typedef struct {
	const GovukChoice *reports, *headings, *grounds, *scopes, *matters;
	gsize n_reports, n_headings, n_grounds, n_scopes, n_matters;
	const AssessHeading *asked; /* each heading's questions, those of what was reported first */
	gsize n_asked;
	gboolean violence; /* one of the reports says so */
} AssessPage;

void assess_questions(Html *out, Flow *flow, const AssessPage *p);
