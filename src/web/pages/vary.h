/* vary.h: the flow in which the head of function makes an arrangement easier (R8, G1): what applies now, and what the
 * customer has done since, stand beside the question. */
#pragma once

#include "web/pages/entry.h"
#include "web/pages/restrictions_form.h"

typedef struct {
	const ArrangementView *arrangement; /* that is to be made easier; NULL where none is named */
	const DecisionView *decision;
	const char *applies_until; /* "31 March 2027"; NULL: it is lifted */
	RestrictionsForm *restrictions;
} VaryPage;

/* The arrangement that a flow is about: named by ?about, else the only one that holds; NULL. */
const ArrangementView *easing_arrangement(const Flow *flow);

void vary_questions(Html *out, Flow *flow, const VaryPage *p);
void vary_evidence(Html *out, const Flow *flow, const VaryPage *p);
/* What applies, breaches of it and earlier changes: beside lifting and ending too. */
void easing_evidence(Html *out, const Flow *flow, const ArrangementView *p);
