/* request.h: a manager's request for authorisation: what its page is made of. */
#pragma once

#include "web/pages/entry.h"
#include "web/pages/restrictions_form.h"

/* G8: a complaint by the customer that the form states. */
typedef struct {
	gsize number;                                           /* from 1 */
	const char *id, *about, *reference, *lodged, *concerns; /* names of the fields */
	const char *person, *remove;                            /* whom it is about; what its button sends */
	const GovukChoice *concerned;
	gsize n_concerned;
} RequestComplaint;

/* A5: a criterion, and the field of what the manager says. */
typedef struct {
	const char *name, *title, *question, *missing;
} RequestCriterion;

typedef struct {
	const GovukChoice *warnings, *skips, *reports, *reviews, *scopes;
	gsize n_warnings, n_skips, n_reports, n_reviews, n_scopes;
	const char *adapt_words;  /* "They have until 3 March 2026 to adapt."; NULL */
	gboolean internal_review; /* A6: a heading that was assessed wants it */
	const RequestCriterion *criteria;
	gsize n_criteria;
	const RequestComplaint *complaints;
	gsize n_complaints;
	const GovukOption *people, *matters;
	gsize n_people, n_matters;
	RestrictionsForm *restrictions;
	const char *latest_review;
	const RequestView
		*before; /* the last one, where it was returned or withdrawn: it is where this one starts; NULL */
	const DecisionView *answer; /* and why it was returned; NULL */
} RequestPage;

void request_page_questions(Html *out, Flow *flow, const RequestPage *p);
void request_page_evidence(Html *out, const Flow *flow);
