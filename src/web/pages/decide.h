/* decide.h: the head of function's decision: what its page is made of. */
#pragma once

#include "web/pages/entry.h"
#include "web/pages/restrictions_form.h"

/* Something that the file shows beside a question. */
typedef struct {
	const char *what, *text;
} FileFact;

typedef struct {
	const FileFact *items;
	gsize n_items;
} FileFacts;

/* A5: one criterion, with what the manager says of it and the fields of its finding. */
typedef struct {
	gsize number; /* from 1 */
	const AnsweredView *asked;
	const char *key_name, *finding, *adopt, *how, *because, *who, *by_when; /* names of the fields */
	const GovukChoice *findings;
	gsize n_findings;
	const char *none_found, *nobody, *no_day; /* what is said where one was left empty */
	gboolean more; /* 'because', 'who' and 'by when' hold something, or are what is wrong */
	FileFacts facts;
} DecideCriterion;

typedef struct {
	const RequestView *request;
	const DecisionView *waiting; /* a decision that waits for this signature; NULL */
	const char *outcome;         /* as it was chosen; NULL: that is asked first */
	const char *outcome_words;
	gboolean authorises, different, returned;
	gboolean considers; /* the criteria and the proportion are asked: before the answer, and while authorising */
	const DecideCriterion *criteria;
	gsize n_criteria;
	const ComplaintView *complaints; /* about whoever decides (G8) */
	gsize n_complaints;
	const PrecedentView *precedents;
	gsize n_precedents;
	RestrictionsForm *restrictions; /* of 'different' */
	const GovukChoice *scopes;
	gsize n_scopes;
	const GovukChoice *matters; /* of the casefile, for the scope 'one matter' */
	gsize n_matters;
	const char *until_words, *latest_review; /* of the request; the last day that a review may have */
	const HttpPair *kept;                    /* what was typed and is not asked while the answer is chosen */
	gsize n_kept;
} DecidePage;

void decide_note_finding(Html *out, Flow *flow, const DecideCriterion *c);
void decide_note_asked(Html *out, Flow *flow, const DecidePage *page);
void decide_page_questions(Html *out, Flow *flow, const DecidePage *p);
