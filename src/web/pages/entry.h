/* entry.h: each kind of entry of a casefile as people read it, in full: on the casefile's page, and beside the question
 * of a flow. What a viewer may not see came empty from the read function and is left out here. */
#pragma once

#include "web/flow.h"

void entry_report(Html *out, const Visit *visit, const ReportView *p);
void entry_assessment(Html *out, const Visit *visit, const AssessmentView *p);
void entry_referral(Html *out, const Visit *visit, const ReferralView *p);
void entry_warning(Html *out, const Visit *visit, const WarningView *p);
void entry_answer(Html *out, const Visit *visit, const WarningAnswerView *p);
void entry_request(Html *out, const Visit *visit, const RequestView *p);
void entry_decision(Html *out, const Visit *visit, const DecisionView *p);
void entry_arrangement(Html *out, const Visit *visit, const ArrangementView *p);
void entry_variation(Html *out, const Visit *visit, const VariationView *p);
void entry_dispute(Html *out, const Visit *visit, const DisputeView *p);
void entry_breach(Html *out, const Visit *visit, const BreachView *p);
void entry_evidence(Html *out, const Visit *visit, const EvidenceView *p);
void entry_in_force(Html *out, const ArrangementView *p); /* its restrictions, for staff and as the letter has them */
void entry_letter_words(Html *out, const char *words);
void entry_letter(Html *out, const Visit *visit, const FileLetterView *p);
void entry_need(Html *out, const Visit *visit, const NeedView *p);
void entry_adjustment(Html *out, const Visit *visit, const AdjustmentView *p);

/* "Correct" and "Strike out" of an own entry, to whoever wrote it and while the policy's days last; nothing to
 * others. Whether they may is the act's to say. */
void entry_mend(Html *out, const Visit *visit, const char *ref, const char *by, Instant at, Instant struck_at);
gboolean entry_is_own(const Visit *visit, const char *by, Instant at, Instant struck_at);
gboolean entry_can_be_struck(const char *ref); /* a need cannot */

/* A line "what: the text", nothing where there is no text; a list of what was asked and answered. */
void entry_said(Html *out, const char *what, const char *text);
void entry_asked(Html *out, const AnsweredView *answers, gsize n);

/* For a flow's `evidence`: everything of a kind on its casefile, under a heading of its own. */
void evidence_reports(Html *out, const Flow *flow);     /* reports, what was made of them, needs */
void evidence_assessments(Html *out, const Flow *flow); /* the assessment that ?about names, else all; needs */
void evidence_warnings(Html *out, const Flow *flow);    /* warnings with what was answered */
void evidence_needs(Html *out, const Flow *flow);

/* For the templates. */
const char *entry_day(const Visit *visit, Day day);          /* "24 November 2026"; NULL for none */
const char *entry_when(const Visit *visit, Instant instant); /* NULL for none */
const char *entry_people(const Visit *visit, const PersonView *people, gsize n);
const char *entry_list(const Visit *visit, const char *const *texts); /* "R-1, R-2" */
const char *entry_size(const Visit *visit, gint64 bytes);
const char *entry_disability(const char *answer); /* in words */
const char *entry_adjusted(const char *outcome);  /* likewise; NULL for NULL */
const char *entry_state(ArrangementState state);
const char *entry_state_classes(ArrangementState state);    /* of its tag */
gboolean entry_is_about(const Flow *flow, const char *ref); /* ?about names it, or something of another kind */

typedef struct {
	const AnsweredView *answers;
	gsize n_answers;
} EntryAsked;

typedef struct {
	const AskedView *items;
	gsize n_items;
} EntryRestrictions;
