/* easing.h: what vary, lift and the answer to a dispute do alike to an arrangement: it ends, and an easier one may take
 * its place. An easing works from its act. It keeps the old one's decision, and with it authoriser, criteria, scope and
 * review date (R8, D2, G1, V1). Who may do it, and the letter, are the act's. */
#pragma once

#include "acts/run.h"

typedef struct {
	const char *kind; /* "vary", "lift", "dispute" */
	const ArrangementRow *old;
	const RestrictionAsked *restrictions; /* what binds from now on; none: it ends */
	gsize n_restrictions;
	Day until_on;                  /* DAY_NONE: as it was */
	const char *reasons, *lifting; /* lifting NULL: as it was */
	const char *dispute;           /* that it answers; NULL */
	const char *agreement;         /* D2: how the customer agreed to another course; NULL */
	const char *capacity;          /* "head" … or "complaints-officer" */
} EasingWanted;

typedef struct {
	const char *variation;        /* V- */
	ArrangementRow *arrangement;  /* the new one; NULL where it ended */
	const ArrangementRow *before; /* the one that ended */
} EasingDone;

/* Saves the variation, ends the old arrangement and adds the new one, in force at once if the old one was. Refuses what
 * has ended or is over already, what is severer somewhere (A3; of a dispute D2, by dispute_check_course), and what
 * leaves no way in (R9). */
gboolean easing_apply(ActRun *run, const EasingWanted *wanted, EasingDone *ret_done, GError **error) MUST_CHECK;

/* What a letter says of an arrangement: it compiled, the ways that stay open (R9, G5; `ways` must outlive the letter),
 * who decided and when, what would lift it. The letter's kind, why and signed_by are the caller's. */
gboolean easing_tell(
	ActRun *run, const ArrangementRow *arrangement, Letter *letter, ArenaList *ways, GError **error) MUST_CHECK;

/* Sets review_lapses of each of run->file's arrangements, by the pack that it is bound to (G2): a casefile is loaded
 * without its packs. */
gboolean easing_settle_lapsing(ActRun *run, GError **error) MUST_CHECK;

/* G3: makes the letter which says that an arrangement has ended, if the customer knows of it or may
 * (arrangement_is_known); else *ret_notice is NULL. about: the variation that lifted it, or the arrangement that ran
 * out. capacity: of who lifted it; CAPACITY_NONE for what ran out. owner: NULL for who asked for it. */
gboolean ending_tell(ActRun *run, const Arrangement *ended, const char *about, const char *why, Capacity capacity,
	const char *delivery, const char *owner, const char **ret_notice, GError **error) MUST_CHECK;
/* Why one that ran out has ended: its last day, or the review that was missed. */
const char *ending_why(ActRun *run, const Arrangement *ended);
