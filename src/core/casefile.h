/* casefile.h: the course of managing one customer's contact, from the first report to its closing, and the rules
 * that part its steps. Pure: an act loads the whole file, asks the function named after the act, and saves what it
 * says. Each function checks everything that its act must (the actor's right on this file too), changes nothing, and
 * refuses with the rule's number and a sentence that says what to do instead.
 *
 * Not here: whether restrictions fit the pack and leave a way in (arrangement.h), the six criteria one by one
 * (criteria.h), what a letter says (letters/). */
#pragma once

#include "core/actor.h"
#include "core/arrangement.h"

typedef struct {
	const char *key; /* a key of the pack: question, criterion */
	const char *text;
} KeyedText;

/* What has happened so far, each list in the order of entry. */

typedef struct {
	const char *ref, *reporter, *function;
	Channel channel;
	const char *heading, *example; /* example NULL: 'other' */
	gboolean violence;             /* L2, as reported */
	const char *const *targets;    /* user names, NULL-terminated (G8) */
	const char *assessment;        /* NULL: not assessed yet; the latest */
	const char *named;             /* S3: who was named to assess it; NULL */
	Instant happened_at, recorded_at;
} Report;

typedef enum {
	ASSESSED_NO_ACTION,
	ASSESSED_INFORMAL_ADVICE,
	ASSESSED_WARNING,
	ASSESSED_REQUEST,
	ASSESSED_OUTCOMES
} AssessedOutcome;
const char *assessed_name(AssessedOutcome outcome); /* "no-action", "informal-advice", "warning", "request" */
gboolean assessed_parse(const char *text, AssessedOutcome *ret_outcome);

typedef struct {
	const char *ref, *by;
	AssessedOutcome outcome;
	const char *heading;
	const char *ground;   /* W5: the skip reason that the behaviour was assessed as, or NULL */
	gboolean no_violence; /* L2: found, with reasons, that no physical violence was used or threatened */
	Instant at;
} Assessment;

typedef struct {
	const char *ref, *force;
	const char *police_reference; /* NULL: awaited */
	gboolean may_tell;            /* N1: the police agreed that the customer is told */
	Instant referred_at, at;
} Referral;

/* How far a notice has come. */
typedef struct {
	const char *ref, *kind, *about, *owner;
	const char *delivery;                                /* "email" … */
	Instant made_at, sent_at, delivered_at, returned_at; /* INSTANT_NONE: not (yet) */
} NoticeState;

typedef struct {
	const char *ref, *assessment, *tier, *notice, *by;
	int days_to_adapt;
	Instant at;
	const NoticeState *sent; /* its notice; never NULL */
} Warning;

/* The last local day to adapt: deemed delivery's day plus the days. FALSE while the notice is not (or no longer) sent.
 */
gboolean warning_adapt_until(const Warning *warning, const Zone *zone, Day *ret_until);

typedef struct {
	const char *ref, *warning;
	Instant happened_at;
} CustomerAnswer;

typedef enum {
	REQUEST_OPEN,
	REQUEST_RETURNED,
	REQUEST_REFUSED,
	REQUEST_AUTHORISED,
	REQUEST_WITHDRAWN,
	REQUEST_STATES
} RequestState;
const char *request_state_name(RequestState state);
gboolean request_state_parse(const char *text, RequestState *ret_state);

/* G8: a complaint by the customer about the requester or the decider. */
typedef struct {
	const char *about; /* user name */
	const char *reference;
	Day lodged_on;
	const char *concerns; /* "conduct" or "decision" */
} CustomerComplaint;

typedef struct {
	const char *ref, *by;
	RequestState state;
	Instant at;
	const char *warning;     /* NULL under W5 */
	const char *skip_reason; /* W5 */
	const char *const *reports;
	const KeyedText *account; /* A5: what the manager says to each criterion */
	gsize n_account;
	const char *internal_review; /* A6 */
	const CustomerComplaint *complaints;
	gsize n_complaints;
	ScopeKind scope;
	const char *scope_of;
	const RestrictionAsked *restrictions;
	gsize n_restrictions;
	Day until_on, review_on;
} Request;

typedef enum {
	DECIDED_AS_ASKED,
	DECIDED_DIFFERENT,
	DECIDED_REFUSED,
	DECIDED_RETURNED,
	DECIDED_OUTCOMES
} DecidedOutcome;
const char *decided_name(DecidedOutcome outcome); /* "as-asked", "different", "refused", "returned" */
gboolean decided_parse(const char *text, DecidedOutcome *ret_outcome);

typedef struct {
	const char *user_name;
	Capacity capacity;
	Instant at;
} Signature;

typedef struct {
	const char *ref, *request;
	DecidedOutcome outcome;
	const Signature *signatures;
	gsize n_signatures;
	Instant at, complete_at;   /* INSTANT_NONE while signatures are missing */
	Day review_on;             /* DAY_NONE where nothing was authorised */
	const NoticeState *notice; /* NULL: not made yet */
} Decision;

/* An easing of an arrangement (R8, D2). */
typedef struct {
	const char *ref, *arrangement; /* the one that it ended */
	const char *kind;              /* "vary", "lift", "dispute" */
	const char *dispute;           /* that it answers; NULL */
	const char *by;
	Instant at;
	const NoticeState *notice; /* the letter about it, or about the dispute's answer; NULL: none was made */
} Variation;

/* D1: the customer's disagreement with a decision. */
typedef struct {
	const char *ref, *decision, *by; /* by: who recorded it */
	Instant received_at, at;
	Day reply_by;                      /* D3 */
	gboolean suspends;                 /* the arrangement is out of force while it is open */
	Instant withdrawn_at, answered_at; /* INSTANT_NONE: not */
	const char *const *acted_before;   /* G8: user names of all who did something on the casefile before its
					      entry, NULL-terminated; of an open one */
} Dispute;

typedef struct {
	const char *ref, *customer, *function;
	ScopeKind scope;
	const char *scope_of;
	const char *const *matters; /* NULL-terminated */
	Instant opened_at, closed_at;
	gint64 version;
	const Report *reports;
	gsize n_reports;
	const Assessment *assessments;
	gsize n_assessments;
	const Referral *referrals;
	gsize n_referrals;
	const Warning *warnings;
	gsize n_warnings;
	const CustomerAnswer *answers;
	gsize n_answers;
	const Request *requests;
	gsize n_requests;
	const Decision *decisions;
	gsize n_decisions;
	const Arrangement *arrangements;
	gsize n_arrangements;
	const Variation *variations;
	gsize n_variations;
	const Dispute *disputes;
	gsize n_disputes;
	const NoticeState *notices;
	gsize n_notices;
	gboolean safety_approved; /* L2: a sentence stands for the customer */
	gsize open_adjustments;   /* of the customer: not answered, not even for the time being (G7) */
} Casefile;

/* What every rule is told besides the file. */
typedef struct {
	const Policy *policy;
	const Zone *zone;
	const Actor *actor;
	Instant now;
} RuleContext;

const Report *casefile_report(const Casefile *file, const char *ref);
const Assessment *casefile_assessment(const Casefile *file, const char *ref);
const Referral *casefile_referral(const Casefile *file, const char *ref);
const Warning *casefile_warning(const Casefile *file, const char *ref);
const Request *casefile_request(const Casefile *file, const char *ref);
const Decision *casefile_decision(const Casefile *file, const char *ref);
/* The one open request; NULL. */
const Request *casefile_open_request(const Casefile *file);
/* The decision on a request that still waits for signatures; NULL. Who decides then adds theirs. */
const Decision *casefile_unsigned_decision(const Casefile *file, const char *request);
/* TRUE where n_signatures make the decision complete: as many as the pack asks for to authorise, one to refuse or to
 * return a request. */
gboolean decision_is_complete(const Policy *policy, DecidedOutcome outcome, gsize n_signatures);
/* TRUE for the outcomes that restrict: as asked, or different. */
gboolean decided_authorises(DecidedOutcome outcome);
/* W5: the decision rests on no warning. Its arrangement binds from the confirmed sending of its notice, not from
 * deemed delivery, and goes on where the notice comes back. */
gboolean decision_without_warning(const Casefile *file, const Decision *decision);
/* G1: the warning reached its customer and was not returned; what returned supports nothing. */
gboolean warning_is_sent(const Warning *warning);

/* L2: until the referral is recorded nothing may be warned, requested or decided. Refuses with L2 while a report of
 * physical violence used or threatened is neither referred nor assessed, with reasons, as none. A referral answers
 * the reports recorded before it was recorded. */
gboolean casefile_police_done(const Casefile *file, GError **error) MUST_CHECK;

/* Each act's input, as the declared fields are parsed into it (acts/fields.h); texts are stripped and storable. */

typedef struct {
	const char *customer;
	const char *contact;  /* NULL */
	const char *function; /* NULL: the reporter's own, where there is one */
	const char *const *matters;
	const char *scope, *scope_reason; /* NULL: function */
	const char *channel, *heading, *example, *other, *what, *effect;
	gboolean violence;
	const char *disability;
	const char *const *targets;
	const char *welfare;
} ReportInput;
gboolean casefile_check_report(const RuleContext *rules, const ReportInput *in, gboolean *ret_violence,
	GError **error) MUST_CHECK; /* B1, B2, L2, G7 */
/* The same for casefile_check_report as casefile_decide_missing for a decision. */
void casefile_report_missing(const RuleContext *rules, const ReportInput *in, Arena *mem, ArenaList *ret_errors);

typedef struct {
	const char *const *reports;
	const char *outcome, *heading;
	const KeyedText *tests;
	gsize n_tests;
	const char *ground, *no_violence, *needs_considered, *behaviour, *advice;
	const char *scope, *scope_of, *scope_reason; /* NULL: as the casefile has it */
} AssessInput;
/* The same for casefile_check_assess as casefile_decide_missing for a decision. */
void casefile_assess_missing(
	const RuleContext *rules, const Casefile *file, const AssessInput *in, Arena *mem, ArenaList *ret_errors);
gboolean casefile_check_assess(const RuleContext *rules, const Casefile *file, const AssessInput *in,
	GError **error) MUST_CHECK; /* B2, B3, B6, manager and not the reporter */

gboolean casefile_check_refer(const RuleContext *rules, const Casefile *file,
	GError **error) MUST_CHECK; /* L1, L2: manager, or who reported */

typedef struct {
	const char *assessment, *tier;
} WarnInput;
gboolean casefile_check_warn(const RuleContext *rules, const Casefile *file, const WarnInput *in,
	const WarningTier **ret_tier, GError **error) MUST_CHECK; /* W1, L2, the tiers in their order */

gboolean casefile_check_answer(const RuleContext *rules, const Casefile *file, const char *warning, Instant happened_at,
	GError **error) MUST_CHECK; /* W6 */

typedef struct {
	const char *warning;
	const char *skip_reason, *skip_risk, *early_reason;
	const char *const *reports;
	const KeyedText *account;
	gsize n_account;
	const char *internal_review;
	const CustomerComplaint *complaints;
	gsize n_complaints;
	gboolean no_complaints; /* "none", said in so many words where there are none */
	const RestrictionAsked *restrictions;
	gsize n_restrictions;
	const char *reasons, *scope, *scope_of, *scope_reason;
	Day until_on, review_on;
} RequestInput;
/* A3, W4, W5, W1 (sent), A5 (an account of each criterion), A6, G4, G8, G9, V1, G2, L2, at most one request open. */
gboolean casefile_check_request(
	const RuleContext *rules, const Casefile *file, const RequestInput *in, GError **error) MUST_CHECK;
/* The same for casefile_check_request as casefile_decide_missing for a decision. */
void casefile_request_missing(
	const RuleContext *rules, const Casefile *file, const RequestInput *in, Arena *mem, ArenaList *ret_errors);
gboolean casefile_check_withdraw(const RuleContext *rules, const Casefile *file, const Request *request,
	GError **error) MUST_CHECK; /* A3: a manager of the owning function, while it is open */

/* What a request asks for, or a decision comes to, with what was left out filled in. For whoever saves it. */
typedef struct {
	ScopeKind scope;
	const char *scope_of; /* function slug or matter reference; NULL for the organisation */
	const RestrictionAsked *restrictions;
	gsize n_restrictions;
	Day until_on, review_on;
} Terms;
/* The scope left out is the casefile's; of a function it is the owning one, of a matter the casefile's only one.
 * Refuses with G4 what is neither. */
gboolean casefile_request_terms(
	const Casefile *file, const RequestInput *in, Terms *ret_terms, GError **error) MUST_CHECK;

/* A5: a finding for one criterion. */
typedef struct {
	const char *criterion;
	const char *finding; /* "met", "does-not-apply", "not-met-but-now" */
	const char *how;     /* how it was considered: own words; NULL with adopt */
	gboolean adopt;      /* adopts the manager's account */
	const char *because; /* for does-not-apply and not-met-but-now */
	const char *who;     /* who mends it */
	Day by_when;         /* and by when; DAY_NONE */
} Finding;

typedef struct {
	const char *request, *outcome;
	const Finding *findings;
	gsize n_findings;
	const char *reasons, *lesser_step, *severe_circumstances, *confirms_no_warning, *conflict_reason;
	const char *open_review_reason, *affected, *lifting;
	const RestrictionAsked *restrictions; /* of 'different'; otherwise those asked for */
	gsize n_restrictions;
	const char *scope, *scope_of, *scope_reason;
	Day until_on, review_on;
} DecideInput;

/* The scope left out is the request's, and so are restrictions and end of a decision 'as asked'. The review date is
 * always the decider's own (V1). */
gboolean casefile_decide_terms(
	const Casefile *file, const DecideInput *in, Terms *ret_terms, GError **error) MUST_CHECK;

/* A1–A8, A5 (criteria.h), G7, G8, G9, V1, G2, R10, W5's confirmation, L2, scope never wider. On success says in what
 * capacity the actor signs. R9 and the restrictions themselves are the caller's next question (arrangement.h).
 *
 * Where the request has a decision that waits for signatures (casefile_unsigned_decision), this is one more: another
 * person (or the head of another function, since each has only one), the same outcome, with reasons of their own and
 * whatever they must say for themselves (G8, W5); what was decided stands as it is, so it is not given again. */
gboolean casefile_check_decide(const RuleContext *rules, const Casefile *file, const DecideInput *in,
	Capacity *ret_capacity, GError **error) MUST_CHECK;

/* After casefile_check_decide refused: all that it would refuse of what the decider says (GError, in mem), for a form
 * that says each at its field. Empty where it was refused for who decides, or for what the file is at. */
void casefile_decide_missing(
	const RuleContext *rules, const Casefile *file, const DecideInput *in, Arena *mem, ArenaList *ret_errors);

/* N1–N5: a decision that restricts, complete and without a notice (or whose notice was returned). By staff of the
 * owning function. */
gboolean casefile_check_notify(
	const RuleContext *rules, const Casefile *file, const char *about, GError **error) MUST_CHECK;

/* N1: a referral whose letter the police agreed to, told once. By staff of the owning function. */
gboolean casefile_check_notify_referral(
	const RuleContext *rules, const Casefile *file, const char *referral, GError **error) MUST_CHECK;

/* N5: which way of sending, and what follows from it: the moment of deemed delivery, which is never before now, since
 * nothing starts before its confirmation is recorded; INSTANT_NONE for a return. `how`: accepted (e-mail), posted,
 * completed (a task), each for its delivery; handed-over, read-out, returned for any. What came back may be confirmed
 * again once it was sent anew. A job may. */
gboolean notice_check_confirm(const RuleContext *rules, const NoticeState *notice, const char *how, Instant happened_at,
	Instant *ret_delivered_at, GError **error) MUST_CHECK;
