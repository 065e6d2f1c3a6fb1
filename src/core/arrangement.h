/* arrangement.h: one decision's restrictions in force for one customer: when, whom they reach, and which ways they
 * leave open (R9, N5, G2, G4, G5).
 *
 * "In force" is never stored: an arrangement carries from and until, and whoever asks compares with now. */
#pragma once

#include "core/restriction.h"

typedef enum { SCOPE_MATTER, SCOPE_FUNCTION, SCOPE_ORGANISATION, SCOPES } ScopeKind;
const char *scope_name(ScopeKind kind); /* "matter", "function", "organisation" */
gboolean scope_parse(const char *text, ScopeKind *ret_kind);
/* Narrowest first: TRUE where b reaches no further than a; a decision may narrow, never widen. */
gboolean scope_within(ScopeKind a, ScopeKind b);

/* B6, R9: what a person can, cannot, or can only with help, on each channel. */
typedef enum { ABILITY_CAN, ABILITY_CANNOT, ABILITY_ONLY_WITH, ABILITIES } Ability;
const char *ability_name(Ability ability); /* "can", "cannot", "only-with" */
gboolean ability_parse(const char *text, Ability *ret_ability);

typedef struct {
	const char *ref;
	const char *what;
	Ability ability[CHANNELS];
	const char *only_with; /* "a relay interpreter" */
	Instant recorded;
	Instant ended; /* INSTANT_NONE while it holds */
} Need;

/* What a need says of each channel: "Not by phone or by chat. In person: only with a sign language interpreter." ""
 * where every channel can be used. */
const char *need_in_words(const Need *need, Arena *mem);

/* A time in which a dispute puts an arrangement out of force, where the pack says so. */
typedef struct {
	Instant from, until; /* until: not included; INSTANT_NONE while the dispute is open */
} Suspension;

/* One arrangement as the gate, the letters and R9 see it. */
typedef struct Arrangement {
	const char *ref, *decision, *casefile, *customer;
	const char *variation; /* what made it, where it took the place of one of the same decision; NULL */
	const char *pack;      /* label */
	ScopeKind scope;
	const char *scope_of;       /* function slug or matter reference; NULL for the organisation */
	const char *function;       /* that owns the casefile; its doors are those of a matter's scope */
	const char *const *matters; /* the casefile's, NULL-terminated: a function's arrangement leaves another known
				       matter at `check` */
	Instant from;               /* deemed delivery of its notice; INSTANT_NONE: not in force yet (N5) */
	Instant until;              /* the end of its last day (not included), or INSTANT_NONE: until lifted */
	Day until_day, review_day;
	const Suspension *suspended;
	gsize n_suspended;
	/* D2: the one that it took the place of, where the customer agreed to another course and not simply to less:
	 * until `told` (when its own letter was delivered; INSTANT_NONE: not yet) a contact gets the milder of both. */
	const struct Arrangement *before;
	Instant told;
	gboolean review_lapses; /* G2: a review that was missed ends it, where the pack says so */
	Restriction *restrictions;
	gsize n_restrictions;
	gboolean witnessed; /* its identifiers and names were checked (G13) */
} Arrangement;

/* TRUE where the matter is the arrangement's: its scope, or one of its casefile's. */
gboolean arrangement_has_matter(const Arrangement *arrangement, const char *matter);

/* today: the local day of `at` (zone_day). A review day belongs to the time before the review: an arrangement that
 * lapses does so at its end. */
gboolean arrangement_in_force(const Arrangement *arrangement, Instant at, Day today);
/* An open dispute puts it out of force, by the pack that the dispute is bound to. */
gboolean arrangement_is_suspended(const Arrangement *arrangement, Instant at);
/* G2: its review day is past. */
gboolean arrangement_review_overdue(const Arrangement *arrangement, Day today);

/* Where a contact arrives, and what it is about. */
typedef struct {
	const Door *door;            /* NULL: not known to us, or none */
	const char *asker_function;  /* of the staff member who asks, where there is no door; NULL */
	const char *matter;          /* NULL: not known (then the door's) */
	const char *matter_function; /* that owns the matter; NULL: not known */
	gboolean machine_door;       /* a mail server or phone switch */
} ContactPlace;

typedef enum { REACH_NOT, REACH_ASKS, REACH_BINDS } ArrangementReach;

/* G4, the gate: whether an arrangement binds there, gives `check`, or is silent. It binds where what is contacted or
 * the matter lies in its scope; a narrower one asks at the organisation's doors (and at an unknown one); a function's
 * asks about another matter; a matter's, with the matter unknown, asks of staff and is silent at machine doors. */
ArrangementReach arrangement_reach(const Arrangement *arrangement, const ContactPlace *place);

/* R9: given all arrangements of a customer together (as they would be, dates aside), finds for each one's scope a way
 * in that this customer can use: a channel of the pack whose verdict at an unprotected door of the scope is milder
 * than `decline` at least weekly, and that no need rules out. Letters, web and chat need no door; where no unprotected
 * door of the scope is registered, the other channels need none either. A channel on which an identifier is blocked
 * does not count; a restriction that a need has softened (over_need) closes nothing. FALSE with R9 (or G7
 * where the only ways left are ones that the person cannot use) and a sentence that says which channels are closed by
 * what. *ret_ways: "by e-mail to …" (char *), for staff and letter. */
gboolean arrangement_leaves_way(const Policy *policy, const Arrangement *const *arrangements, gsize n,
	const Need *needs, gsize n_needs, const Door *doors, gsize n_doors, Arena *mem, ArenaList *ret_ways,
	GError **error) MUST_CHECK;

/* R9, a need recorded later: where no usable way is left, sets over_need on each restriction that closes a channel
 * which the person can use, and clears it on all others. For whoever loads arrangements, before they are shared. */
void arrangement_settle_needs(const Policy *policy, Arrangement *const *arrangements, gsize n, const Need *needs,
	gsize n_needs, const Door *doors, gsize n_doors);

/* G5: for each protected purpose that is not open everywhere, the words (char *) that say which way stays open for it:
 * the doors marked for it that this person can use, or else the pack's own. for_customer: as a letter says it. */
void arrangement_open_ways(const Policy *policy, const Door *doors, gsize n_doors, const Need *needs, gsize n_needs,
	gboolean for_customer, Arena *mem, ArenaList *ret_ways);
