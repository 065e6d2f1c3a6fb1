/* verdict.h: what a contact meets (the gate's rule), as a pure function of arrangements, counts, contact and now.
 *
 * The severest verdict that applies wins; minutes, point of contact and recording are filled by every restriction
 * that applies; all reasons are listed; what must stay open wins over everything. No allocation: the answer points
 * into what it was asked about. The gate (index of identifiers, candidates, journal) stands on top of this. */
#pragma once

#include "core/arrangement.h"

typedef struct {
	Channel channel;
	Direction direction;
	const char *identifier; /* normal form by which the contact was recognised; NULL where the customer was named */
	const Door *door;	/* NULL: unknown or none; then asker_function */
	const char *asker_function; /* of the staff member who asks; NULL */
	const char *matter;	/* NULL: not known */
	const char *purpose;	/* key of a protected purpose; NULL */
	gboolean machine_door;	/* a mail server or phone switch: words name nobody; matter unknown proceeds */
	gboolean identifier_shared; /* R11: used by others or not confirmed: machine doors give at most `check` */
	gboolean exempt;	/* registered for this customer as representative, advocate … acting as such (G5) */
	Instant at;
} VerdictQuery;

/* How often a restriction's allowance was used in a period (slot_period_key). */
typedef gint64 (*VerdictCounts)(const void *counts, const Arrangement *arrangement, gsize restriction, gsize slot,
	gint64 period_key);

#define VERDICT_REASONS_MAX 16

typedef struct {
	const Arrangement *arrangement;
	gsize restriction; /* index */
	Verdict verdict;   /* of this restriction alone */
	const char *rule;  /* "R2", "R11", "R1" … */
} VerdictReason;

typedef struct {
	Verdict verdict;
	VerdictReason reasons[VERDICT_REASONS_MAX]; /* severest first */
	gsize n_reasons;
	const char *say_to_staff, *say_to_caller, *say_to_sender;
	int minutes;			    /* 0: none given */
	const char *mailbox, *extension, *contact_name; /* of `route`; the first restriction that routes */
	gboolean record;
	Instant next_slot; /* INSTANT_NONE */
	gboolean review_overdue; /* G2: shown on every answer */
	/* what must be counted if the contact is let through: at most one a reason */
	struct {
		const Arrangement *arrangement;
		gsize restriction, slot;
		gint64 period_key;
	} uses[VERDICT_REASONS_MAX];
	gsize n_uses;
} VerdictAnswer;

/* The verdict for one named customer. arrangements: all of theirs that may be in force. */
void verdict_for(const Policy *policy, const Zone *zone, const Arrangement *const *arrangements, gsize n,
	const VerdictQuery *query, VerdictCounts counts, const void *counts_data, VerdictAnswer *ret_answer);
