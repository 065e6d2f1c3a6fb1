/* answer.h: the gate's answer as a page shows it. A look-up: it uses no allowance and keeps nothing. */
#pragma once

#include "web/visit.h"

typedef struct {
	const char *rule, *restriction, *arrangement, *decision, *pack; /* NULL where the gate names none */
	const char *about;                                              /* gate/answer.h: "need", "scope" … */
	Verdict verdict;
	Day until, review; /* DAY_NONE */
} AnswerReason;

typedef struct {
	const char *what, *in_words; /* in_words: core's need_in_words; "" */
} AnswerNeed;

/* One person's answer, or (customer NULL) that for a stranger or for one who may be several people. */
typedef struct {
	Verdict verdict;
	const char *customer;
	gboolean representative; /* recognised as somebody who acts for the customer (G5) */
	const char *say_to_staff, *say_to_customer, *route_to, *route_name; /* NULL */
	const char *safety; /* after violence: what anybody about to meet them is told; NULL */
	int minutes;        /* 0: no limit */
	gboolean record, review_overdue;
	Instant next_slot; /* INSTANT_NONE */
	const char **open_ways;
	gsize n_open_ways;
	const AnswerNeed *needs;
	gsize n_needs;
	const char **adjustments; /* what was asked for, with "not answered yet" where it is open */
	gsize n_adjustments;
	const AnswerReason *reasons; /* severest first */
	gsize n_reasons;
} AnswerView;

typedef struct {
	gboolean withheld; /* the number was withheld */
	AnswerView own;
	const AnswerView *candidates; /* R11: where it may be several people */
	gsize n_candidates;
} Answer;

/* Unavailable, in the policy's words, where the gate cannot answer; invalid where `from` cannot be read. */
gboolean answer_ask(Visit *visit, const GateQuery *query, Answer **ret_answer, GError **error) MUST_CHECK;
/* The same straight from the database: for what was recorded a moment ago, which the gate has not read yet. */
gboolean answer_ask_stored(Visit *visit, const GateQuery *query, Answer **ret_answer, GError **error) MUST_CHECK;
