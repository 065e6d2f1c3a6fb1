/* read_work.h: 'My work': what waits for somebody, derived from the state of customers and casefiles. Nothing is stored
 * as a task: a line is there while what it asks for is not done, and goes with it.
 *
 * Who sees which line (read.h): staff what they reported and what is theirs by name, and their function's letters and
 * items; managers and heads of function (and who stands in for them) all work of their functions; complaints officers
 * disputes; records officers and auditors the whole organisation's. A line is 'mine' where it names me, or names nobody
 * and my roles do it.
 *
 * When work is due: by the pack's days where it has some (assess, dispute, need_answer, review); all else by the days
 * of WORK_KINDS in work_kinds.c. How pressing that makes it: core/urgency.h. */
#pragma once

#include "acts/read.h"
#include "core/urgency.h"

typedef struct {
	const char *kind, *title;                        /* "assess-report", "Reports to assess" */
	const char *ref;                                 /* what it is about: R-, N-, DI- … */
	const char *casefile, *customer, *customer_name; /* NULL: of none */
	const char *what;                                /* what is to be done, a sentence */
	const char *function, *function_title;           /* NULL: of none */
	const char *owner, *owner_name;                  /* user name and name; NULL: nobody was named */
	const char *act, *about;                         /* the page on which it is done; act NULL: there is none */
	Instant since;                                   /* INSTANT_NONE: no matter */
	Day due_on;                                      /* DAY_NONE: no day */
	Urgency urgency;
	const char *urgency_name;
	gboolean later; /* a review that is far off: behind all else */
	gboolean mine;
	gboolean may_do;     /* the viewer's role opens that page, whoever has it */
	gboolean may_assign; /* the viewer may hand it to somebody */
	const char *key;     /* by which lines are sorted: the cursor */
} WorkLine;

typedef struct {
	const char *kind, *title;
	gsize n;
} WorkCount;

/* What is asked for; nothing set: the first page of what is the viewer's own. */
typedef struct {
	const char *kind;    /* of one kind; NULL: all */
	const char *urgency; /* "overdue"; NULL: all */
	const char *whose;   /* "mine" or "function" (all that the viewer sees); NULL: mine, for who does work */
	const char *behind;  /* go on behind the line with this key; NULL: from the beginning */
	gsize limit;         /* 0: all */
} WorkAsk;

typedef struct {
	const WorkLine *lines; /* the most pressing first */
	gsize n;
	gsize total;             /* lines that fit, on all pages */
	gsize counts[URGENCIES]; /* of those that fit kind and whose */
	gsize n_later;           /* of the lines that fit: reviews that are far off */
	const WorkCount *kinds;  /* of those that fit whose; only kinds with work */
	gsize n_kinds;
	gsize n_mine, n_all;
	const char *whose; /* as it was settled */
	const char *next;  /* the key to go on behind; NULL: the end */
	gboolean cut;      /* there is more of some kind than WORK_ROWS_MAX: the oldest are shown */
} WorkView;

enum { WORK_ROWS_MAX = 2000 /* of one kind */ };

/* The customers on the page are recorded as looked at (K4). Invalid where kind, urgency or whose is unknown. */
gboolean read_work(Acts *acts, Arena *mem, const ActCaller *caller, const WorkAsk *ask, WorkView **ret_work,
	GError **error) MUST_CHECK;

/* To whom a report, an item, a dispute or a letter may be handed by the caller (assign): everybody whom core's rule
 * lets have it. */
typedef struct {
	const char *user_name, *name, *roles; /* roles: "manager of Casework" */
} WorkHand;

typedef struct {
	const char *ref, *customer, *casefile, *owner_name; /* NULL: of none, nobody */
	const WorkHand *hands;
	gsize n_hands;
	const char *rule, *sentence; /* why the caller may hand it to nobody; NULL where they may */
} WorkHands;
gboolean read_work_hands(Acts *acts, Arena *mem, const ActCaller *caller, const char *ref, WorkHands **ret_hands,
	GError **error) MUST_CHECK;

/* The kinds by key, NULL-terminated, for filters. */
extern const char *const work_kind_keys[];
