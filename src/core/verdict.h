/* verdict.h: what a contact meets (the gate's rule), as a pure function of arrangements, counts, contact and now.
 *
 * The severest verdict that applies wins; minutes, point of contact and recording are filled by every restriction
 * that applies; all reasons are listed; what must stay open wins over everything. No allocation: the answer points
 * into what it was asked about. The gate (index of identifiers, candidates, journal) stands on top of this. */
#pragma once

#include "core/arrangement.h"

/* Purposes of outgoing contact that no arrangement holds back, beside the protected ones that are open everywhere. */
#define PURPOSE_NOTICE "notice"
#define PURPOSE_LEGAL_DUTY "legal-duty"

typedef struct {
	Channel channel;
	Direction direction;
	const char *identifier; /* normal form by which the contact was recognised; NULL where the customer was named */
	const Door *door;       /* NULL: unknown or none */
	const char
		*asker_function; /* only where no `to` was given: of the staff member who asks (or give as door their
				    own line, which has all their functions); NULL: answers like the organisation's */
	const char *matter;      /* NULL: not known */
	const char *matter_function; /* that owns the matter; NULL: not known */
	const char *purpose;         /* key of a protected purpose, or one of the two above; NULL */
	gboolean machine_door;       /* a mail server or phone switch: words name nobody; matter unknown proceeds */
	gboolean identifier_shared;  /* R11: used by others or not confirmed: machine doors give at most `check` */
	gboolean exempt; /* registered for this customer as representative, advocate … acting as such (G5) */
	Instant at;
} VerdictQuery;

/* How often a restriction's allowance was used in a period (slot_period_key). */
typedef gint64 (*VerdictCounts)(
	const void *counts, const Arrangement *arrangement, gsize restriction, gsize slot, gint64 period_key);

#define VERDICT_REASONS_MAX 16

/* What the words for staff are about. The gate makes the sentence (gate/answer.c): a scope has a title only there. */
typedef enum {
	WORDS_KIND,    /* the restriction's own, as they stand */
	WORDS_NEED,    /* R9: a need recorded since; never the restriction's own, which say the contrary */
	WORDS_SHARED,  /* R11: it may be somebody else */
	WORDS_SCOPE,   /* G4: only for contact within the arrangement's scope, which may not be what this is about */
	WORDS_OUTWARD, /* G12: staff may contact them; the restriction's own are about contacts from them */
} WordsAbout;

typedef struct {
	const Arrangement *arrangement;
	gsize restriction; /* index */
	Verdict verdict;   /* of this restriction alone; `proceed` where it only has words for staff */
	const char *rule;  /* the kind's ("R2"), or what turned it to `check`: R9 (a need), R11 (shared), G4 (scope) */
	WordsAbout about;
} VerdictReason;

typedef struct {
	Verdict verdict;
	VerdictReason reasons[VERDICT_REASONS_MAX]; /* severest first; more than these are left out */
	gsize n_reasons;
	/* NULL where the pack has none, or where its words do not fit: a contact that is let through with a timer or a
	 * question is not told that it is refused */
	const char *say_to_staff, *say_to_caller, *say_to_sender;
	const Arrangement *staff_of; /* whose say_to_staff are; NULL where there are none */
	WordsAbout staff_about;
	int minutes;                                    /* 0: none given */
	const char *mailbox, *extension, *contact_name; /* of `route`; the first restriction that routes */
	gboolean record;
	Instant next_slot;       /* where only set times decline: when it would be let through, of
				  * several arrangements the latest of theirs; INSTANT_NONE */
	gboolean review_overdue; /* G2: shown on every answer */
	/* what must be counted if the contact is let through: at most one an arrangement */
	struct {
		const Arrangement *arrangement;
		gsize restriction, slot;
		gint64 period_key;
	} uses[VERDICT_REASONS_MAX];
	gsize n_uses;
} VerdictAnswer;

/* The verdict for one named customer. arrangements: all of theirs that may be in force, in the order in which they
 * were made. counts may be NULL: nothing was used. */
void verdict_for(const Policy *policy, const Zone *zone, const Arrangement *const *arrangements, gsize n,
	const VerdictQuery *query, VerdictCounts counts, const void *counts_data, VerdictAnswer *ret_answer);
