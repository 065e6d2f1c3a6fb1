/* work.h: owned work: who deals with it, who may hand it to somebody, and how it ends (G6, S2, S3, S4). Pure: an act
 * loads the piece of work, asks the function named after the act, and saves. Each refuses with the rule's number and a
 * sentence that says what to do instead.
 *
 * Not here: what a report's assessment or a dispute's answer has to say (casefile.h). */
#pragma once

#include "core/casefile.h"

typedef enum { WORK_REPORT, WORK_ITEM, WORK_DISPUTE, WORK_NOTICE } WorkKind;

typedef struct {
	WorkKind kind;
	const char *ref;
	const char *function; /* whose people have it; NULL: it came to the organisation, and is anybody's */
	const char *owner;    /* who was named; NULL: nobody */
	const char *reporter; /* of a report */
	Instant since;        /* of a report: when it was recorded */
	gsize managers;       /* of a report: the function's managers besides its reporter */
	gboolean done;        /* assessed, ended, answered, sent */
} Work;

/* G6: how an item ends; nothing else ends it. NULL-terminated. */
extern const char *const item_outcomes[];

/* deal-with-item: its owner or, while nobody was named, anybody of its function; with an outcome of the list, and
 * words. */
gboolean work_check_deal(
	const RuleContext *rules, const Work *item, const char *outcome, const char *words, GError **error) MUST_CHECK;

/* assign: by a manager or the head of the function that has it, a dispute by a complaints officer, a letter by its
 * owner too. To somebody who may do it: of that function, a dispute to a complaints officer. A report goes to a manager
 * who did not report it; to one of another function only by the head of function, and where nobody here may assess it
 * or the pack's days to assess are over. */
gboolean work_check_assign(const RuleContext *rules, const Work *work, const Actor *to, GError **error) MUST_CHECK;

/* follow-up: what a manager, or the head of function, did about a call that somebody else ended (S2), or about a
 * report that says that its reporter feels unsafe or unfairly treated (S4). */
typedef struct {
	const char *ref, *function, *by; /* function NULL: any manager */
	gboolean ended_call;             /* or a welfare mark */
	gboolean calls_for;              /* there is something to follow up */
} FollowUp;
gboolean work_check_follow_up(const RuleContext *rules, const FollowUp *about, GError **error) MUST_CHECK;
