/* read_file.h: one casefile as its page shows it: who and what it is about, the policy's steps as a task list, and
 * every entry typed for display, with names and titles in place of user names and keys. Rights, veils and viewings are
 * as read.h says: whoever does not see all of the casefile (full FALSE) sees their own reports, breaches and evidence,
 * the arrangements in words, the letters without their text, and of the steps those that are open for them. Lists are
 * in the order of entry; texts that may be NULL say so. Results live in mem. */
#pragma once

#include "acts/read.h"
#include "patterns/takes.h"

/* Who did something, by user name and by name ("Mara Quill"); a job is named "Evenhand". */
typedef struct {
	const char *user, *name;
} PersonView;

/* Something that was asked and answered: a test of the heading, a criterion. */
typedef struct {
	const char *key, *title, *question, *text; /* title: short; NULL for a test */
} AnsweredView;

typedef enum {
	STEP_DONE,
	STEP_OPEN,    /* may be done now, by whose it is */
	STEP_BLOCKED, /* rule and sentence say what is in the way */
	STEP_NOT_YET, /* something else comes first, or time */
	STEP_NOT_NEEDED,
	STEP_NONE /* what may happen at any time, and did not: a breach, a dispute */
} StepState;

/* One line of the task list. A step that is open several times (two reports to assess) has a line each; one that was
 * done and may be done again has a line for either. */
typedef struct {
	const char *key;   /* of the step: "assess"; the list has each at least once, in the policy's order */
	const char *title; /* the act's title, "Assess what was reported"; or what the step is: "Days to adapt" */
	StepState state;
	const char *words;                 /* a sentence: by whom and when, or what it waits for; NULL */
	const char *ref;                   /* the entry that did it; NULL */
	PersonView by;                     /* of DONE; user NULL where nobody did (time, a letter's delivery) */
	Instant at;                        /* of DONE; INSTANT_NONE */
	Day due_on;                        /* a day that this waits for or ends with; DAY_NONE */
	const char *act, *about;           /* of OPEN and BLOCKED: page_act_href(mem, casefile, act, about) */
	gboolean yours;                    /* the viewer's to do, as far as roles tell */
	gboolean optional;                 /* may be done and need not: record another answer, lift, log a breach */
	const char *rule, *sentence;       /* of BLOCKED; rule may be NULL */
	const char *mend_act, *mend_about; /* of BLOCKED: what is to be done first; NULL */
} StepView;

typedef struct {
	const char *ref, *contact, *function, *function_title;
	PersonView reporter;
	const char *channel, *channel_words; /* "email", "by e-mail" */
	const char *heading, *heading_title; /* key and title of what was reported */
	const char *example_title;           /* or the reporter's words for 'other' */
	const char *what, *effect;
	gboolean violence;      /* L2: physical violence used or threatened, as reported */
	const char *disability; /* G7: "yes", "no", "not-known" */
	const PersonView *targets;
	gsize n_targets;
	const char *welfare; /* S4; NULL */
	Instant happened_at, recorded_at, struck_at;
	const char *assessment; /* NULL: not assessed yet */
	gboolean late;          /* G9: entered after a decision, which it never supports */
	gboolean own;           /* the viewer's */
} ReportView;

typedef struct {
	const char *ref, *outcome, *outcome_words; /* "warning", "Warn the customer" */
	PersonView by;
	const char *heading, *heading_title;
	const AnsweredView *tests; /* B3 */
	gsize n_tests;
	const char *ground, *ground_title; /* W5; NULL */
	const char *no_violence;           /* L2; NULL */
	const char *needs_considered, *behaviour;
	const char *const *reports; /* NULL-terminated */
	Instant at;
} AssessmentView;

typedef struct {
	const char *ref, *force, *police_reference; /* NULL: awaited */
	gboolean may_tell;
	PersonView by;
	Instant referred_at, at;
} ReferralView;

typedef struct {
	const char *ref, *assessment, *tier_title, *notice;
	PersonView by;
	int days_to_adapt;
	Instant at, sent_at;
	Day adapt_until;   /* DAY_NONE until its letter was sent */
	gboolean adapting; /* the days still run */
} WarningView;

typedef struct {
	const char *ref, *warning, *words;
	PersonView by;
	Instant happened_at, at, struck_at;
} WarningAnswerView;

/* A restriction as it was asked for or decided, in the letter's words. */
typedef struct {
	const char *kind, *title, *rule, *in_words; /* in_words: the title where it no longer compiles */
	const char *for_staff;                      /* in short: "Not these ways of contact: phone" */
	const char *report, *other_reason;          /* G4: what it answers; NULL */
} AskedView;

typedef struct {
	PersonView about;
	const char *reference, *concerns; /* "conduct" or "decision" */
	Day lodged_on;
} ComplaintView;

typedef struct {
	const char *ref, *state, *state_words; /* "open", "Waits for a decision" */
	PersonView by;
	Instant at;
	const char *warning;                         /* NULL under W5 */
	const char *skip_reason, *skip_reason_title; /* W5; NULL */
	const char *skip_risk, *early_reason;        /* W5, W4; NULL */
	const char *const *reports;                  /* NULL-terminated */
	const AnsweredView *account; /* A5: one a criterion of the pack, text NULL where nothing was said */
	gsize n_account;
	const char *internal_review, *internal_review_words; /* A6; NULL */
	const ComplaintView *complaints;                     /* G8 */
	gsize n_complaints;
	const AskedView *restrictions;
	gsize n_restrictions;
	const char *asked_json; /* the restrictions as the act takes them */
	const char *reasons;
	const char *scope, *scope_of, *scope_words, *scope_reason;
	Day until_on, review_on;
	const char *heading, *heading_title; /* of the first report that it cites, as assessed */
	const char *lifting;                 /* G3: the pack's words for that heading; NULL */
	gboolean needs_severe;               /* R10: a restriction of it is only for severe circumstances */
} RequestView;

typedef struct {
	const char *criterion, *title, *question;
	const char *finding, *finding_words; /* "met", "Met" */
	const char *how, *because, *who;     /* NULL */
	gboolean adopt;                      /* adopts the manager's account */
	Day by_when;                         /* DAY_NONE */
} FindingView;

typedef struct {
	PersonView by;
	const char *capacity_words; /* "Head of function", "Deputy head of function", "For the head of function" */
	Instant at;
} SignatureView;

typedef struct {
	const char *ref, *request, *outcome, *outcome_words; /* "as-asked", "Authorised as asked" */
	const FindingView *findings;
	gsize n_findings;
	const char *reasons;
	const char *lesser_step, *severe_circumstances, *confirms_no_warning, *conflict_reason, *open_review_reason,
		*affected, *lifting; /* NULL */
	const AskedView *restrictions;
	gsize n_restrictions;
	const char *scope, *scope_of, *scope_words, *scope_reason;
	Day until_on, review_on;
	Instant at, complete_at; /* INSTANT_NONE while signatures are missing */
	const SignatureView *signatures;
	gsize n_signatures;
	int signatures_needed;
	const char *arrangement, *notice; /* what came of it; NULL */
} DecisionView;

/* An easing of an arrangement. */
typedef struct {
	const char *ref, *arrangement, *kind, *kind_words; /* "vary", "Varied" */
	const char *dispute, *reasons, *agreement;         /* dispute, agreement: NULL */
	PersonView by;
	const char *capacity_words;
	Instant at;
} VariationView;

typedef struct {
	const char *ref, *decision, *channel, *channel_words, *words, *late_reason; /* late_reason: NULL */
	PersonView by;                                                              /* who entered it */
	Instant received_at, at;
	Day reply_by;
	gboolean open, overdue;
	const char *withdrawn_words, *outcome, *outcome_words, *reasons; /* NULL */
	Instant withdrawn_at, answered_at;
	PersonView answered_by;
} DisputeView;

typedef struct {
	const char *ref, *arrangement, *contact, *what, *staff_did; /* contact: NULL */
	PersonView by;
	Instant happened_at, at, struck_at;
} BreachView;

typedef struct {
	const char *ref, *report, *contact, *what, *file_name, *media_type; /* report, contact: NULL */
	gint64 size;
	PersonView by;
	Instant obtained_at, at, struck_at;
	gboolean late; /* G9: entered after a decision */
} EvidenceView;

/* A letter with its state in words ("Sent by e-mail on 3 March 2026."). */
typedef struct {
	LetterView letter;
	PersonView owner;
	const char *state_words; /* a sentence */
	const char *task_words; /* the same, and whose it is: "Made on …, to go by post. You send it and say when."; as
				   state_words where nobody has to do anything */
	gboolean waits;         /* to be sent, or to be sent anew */
	gboolean by_itself;     /* it waits to go by e-mail, and nobody has to do anything */
	gboolean own;           /* the viewer has it */
} FileLetterView;

typedef struct {
	const char *ref, *customer, *customer_name, *customer_kind;
	const char *function, *function_title;
	const char *scope, *scope_of, *scope_words, *scope_reason;
	const MatterView *matters;
	gsize n_matters;
	Instant opened_at, closed_at;
	const char *outcome, *outcome_words, *close_words; /* of a closed one; NULL */
	const char *const
		*outcomes; /* as what it could be closed by what happened, NULL-terminated; NULL where not full */
	PersonView closed_by;
	gint64 version;
	gboolean full;
	guint hidden;         /* ReadVeil */
	gsize hidden_reports; /* how many there are besides those that are shown */

	const StepView *steps; /* empty on a closed casefile */
	gsize n_steps;
	gsize n_open; /* of the steps: open, needed, and the viewer's */

	const char *safety;    /* L2: what anybody about to meet them is told, after violence; NULL */
	const NeedView *needs; /* those that hold; what somebody may see of them */
	gsize n_needs;
	const AdjustmentView *adjustments;
	gsize n_adjustments, n_open_adjustments; /* G7: an open one stops authorisation */
	const RepresentativeView *representatives;
	gsize n_representatives;

	const ReportView *reports;
	gsize n_reports;
	const AssessmentView *assessments;
	gsize n_assessments;
	const ReferralView *referrals;
	gsize n_referrals;
	const WarningView *warnings;
	gsize n_warnings;
	const WarningAnswerView *answers;
	gsize n_answers;
	const RequestView *requests;
	gsize n_requests;
	const DecisionView *decisions;
	gsize n_decisions;
	const ArrangementView *arrangements;
	gsize n_arrangements;
	const VariationView *variations;
	gsize n_variations;
	const DisputeView *disputes;
	gsize n_disputes;
	const BreachView *breaches;
	gsize n_breaches;
	const EvidenceView *evidence;
	gsize n_evidence;
	const FileLetterView *letters;
	gsize n_letters;
	const TakesBeside *takes; /* B4; NULL where not full */
} CasefilePageView;

/* Not found names the reference. Records the viewing. */
gboolean read_casefile_page(Acts *acts, Arena *mem, const ActCaller *caller, const char *reference,
	CasefilePageView **ret_view, GError **error) MUST_CHECK;

/* An entry of the view by its reference; NULL where it is not there, or reference is NULL. */
const ReportView *casefile_page_report(const CasefilePageView *view, const char *reference);
const AssessmentView *casefile_page_assessment(const CasefilePageView *view, const char *reference);
const WarningView *casefile_page_warning(const CasefilePageView *view, const char *reference);
const RequestView *casefile_page_request(const CasefilePageView *view, const char *reference);
const DecisionView *casefile_page_decision(const CasefilePageView *view, const char *reference);
const ArrangementView *casefile_page_arrangement(const CasefilePageView *view, const char *reference);
const DisputeView *casefile_page_dispute(const CasefilePageView *view, const char *reference);
const FileLetterView *casefile_page_letter(const CasefilePageView *view, const char *reference);
/* The request that waits for a decision, and the decision on it that waits for signatures; NULL. */
const RequestView *casefile_page_open_request(const CasefilePageView *view);
const DecisionView *casefile_page_unsigned(const CasefilePageView *view, const char *request);

/* What a request or a restriction's arguments may point at, for a form's choices. */
typedef struct {
	const char *value, *title; /* as the act takes it; as a person reads it */
} ChoiceView;

typedef struct {
	const ChoiceView *mailboxes, *extensions, *identifiers, *matters;
	gsize n_mailboxes, n_extensions, n_identifiers, n_matters;
	const ChoiceView *people; /* G8: the caller, and who may come to decide, by user name */
	gsize n_people;
} RestrictionChoices;

/* Of a casefile's customer and function. For those who see all of the casefile; others are refused. No viewing beyond
 * that of the casefile's page. */
gboolean read_restriction_choices(Acts *acts, Arena *mem, const ActCaller *caller, const char *casefile,
	RestrictionChoices *ret_choices, GError **error) MUST_CHECK;

/* A7, G17: what was decided lately about behaviour under the same heading, in all functions, without names. */
typedef struct {
	Day decided_on;
	gboolean warned;
	const char *outcome_words;       /* "Authorised as asked", "Refused" */
	const char *const *restrictions; /* kind and terms, naming nobody; NULL-terminated */
	const char *length_words;        /* "3 months", "until lifted"; NULL where nothing was authorised */
	const char *since_words;         /* what became of it: "in force", "lifted after 2 months"; NULL */
} PrecedentView;

enum { PRECEDENTS_MAX = 6 };

/* Newest first, at most PRECEDENTS_MAX; casefile (may be NULL) is left out. For managers, heads and who stands in for
 * them, complaints officers and auditors; others are refused. */
gboolean read_precedents(Acts *acts, Arena *mem, const ActCaller *caller, const char *heading, const char *casefile,
	const PrecedentView **ret_precedents, gsize *ret_n, GError **error) MUST_CHECK;
