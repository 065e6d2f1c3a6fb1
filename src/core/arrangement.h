/* arrangement.h: restrictions as asked for and as they bind, and what they leave open (R1 to R11, G3, G4, G5).
 *
 * A restriction is a kind from the pack with arguments. restriction_compile turns what was asked into what the
 * gate enforces and what the letter says, from the same data (G3). "In force" is never stored: an arrangement
 * carries from and until, and whoever asks compares with now. */
#pragma once

#include "core/policy.h"
#include "core/slots.h"

/* An argument as somebody typed it, or as it is stored: text, or a list of texts. */
typedef struct {
	const char *key;
	const char *value;	   /* NULL for a list */
	const char *const *values; /* NULL-terminated, or NULL */
} RestrictionArgument;

typedef struct {
	const char *kind;
	const RestrictionArgument *arguments;
	gsize n_arguments;
	const char *report;	 /* G4: the report that it answers */
	const char *other_reason; /* needed where no report is about that channel or behaviour */
} RestrictionAsked;

typedef enum { SCOPE_MATTER, SCOPE_FUNCTION, SCOPE_ORGANISATION, SCOPES } ScopeKind;
const char *scope_name(ScopeKind kind); /* "matter", "function", "organisation" */
gboolean scope_parse(const char *text, ScopeKind *ret_kind);
/* Mildest reach first: TRUE where b reaches no further than a; a decision may narrow, never widen. */
gboolean scope_within(ScopeKind a, ScopeKind b);

/* What restrictions may point at: the customer's identifiers, matters and the organisation's doors. */
typedef struct {
	const char *ref;
	IdentifierKind kind;
	const char *normal;    /* the one form */
	gboolean used_by_others; /* R11 */
	gboolean confirmed;    /* by a manager, where it was added after the decision */
	Instant added;
	Instant ended; /* INSTANT_NONE while it holds */
} CustomerIdentifier;

typedef enum { DOOR_MAILBOX, DOOR_EXTENSION, DOOR_DESK, DOOR_KINDS } DoorKind;
const char *door_kind_name(DoorKind kind); /* "mailbox", "extension", "desk" */
gboolean door_kind_parse(const char *text, DoorKind *ret_kind);

typedef struct {
	const char *address; /* "casework@…", "0301", "front-desk" */
	DoorKind kind;
	const char *title;
	const char *function; /* slug; NULL: the organisation's (switchboard, general mailbox, reception) */
	const char *matter;   /* NULL: any */
	const char *staff;    /* a staff member's own line: user name; NULL */
	const char *protects; /* key of a protected purpose for which the door is marked (G5); NULL */
} Door;

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
	Instant ended;
} Need;

/* A restriction as it binds. All strings live in the arena it was compiled into (the gate's snapshot has its own). */
typedef struct {
	const RestrictionKind *kind;
	Verdict effect[CHANNELS]; /* PROCEED where the channel is untouched */
	Slot *slots;		  /* of `limit`: inside any of them */
	gsize n_slots;
	const char *mailbox, *extension, *contact_name; /* of `route` */
	const char *const *identifiers;			/* of REACH_IDENTIFIERS: normal forms, NULL-terminated */
	const char *matter;				/* where it is about one matter (R6) */
	gboolean over_need; /* R9: clashes with a need recorded later: `check` until the head of function decided */
	const char *in_words, *say_to_staff, *say_to_caller, *say_to_sender;
} Restriction;

/* Checks kind and arguments against the pack and against what they point at, and compiles. Invalid names the
 * field as `field` + "/" + argument; refused with the rule where a rule speaks (R10 is the decision's). `what` may
 * be NULL when compiling what is stored already. */
typedef struct {
	const Policy *policy;
	const CustomerIdentifier *identifiers;
	gsize n_identifiers;
	const Door *doors;
	gsize n_doors;
	const char *const *matters; /* of the customer; NULL-terminated */
} RestrictionFacts;

gboolean restriction_compile(const RestrictionFacts *facts, const RestrictionAsked *asked, const char *field,
	Arena *mem, Restriction **ret_restriction, GError **error) MUST_CHECK;

/* One arrangement as the gate, the letters and R9 see it. */
typedef struct {
	const char *ref, *decision, *casefile, *customer;
	const char *pack; /* label */
	ScopeKind scope;
	const char *scope_of; /* function slug or matter reference; NULL for the organisation */
	const char *const *matters; /* the casefile's matters: a function's arrangement leaves another known matter at `check` */
	Instant from;		/* deemed delivery of its notice; INSTANT_NONE: not in force yet */
	Instant until;		/* the end of its last day, or INSTANT_NONE: until lifted */
	Day until_day, review_day;
	gboolean review_lapses; /* G2: on the review day the pack lets it lapse */
	Restriction *restrictions;
	gsize n_restrictions;
	gboolean witnessed; /* its identifiers and names were checked (G13) */
} Arrangement;

gboolean arrangement_in_force(const Arrangement *arrangement, Instant at);

/* R9: given all arrangements of a customer together (as they would be), finds a way in that this customer can use:
 * a channel of the pack whose verdict at an unprotected door of the scope is milder than `decline` at least weekly,
 * and that no need rules out. FALSE with R9 (or G7 where the only way left is one that the person cannot use) and a
 * sentence that says which channels are closed by what. *ret_ways: "by e-mail to …", for staff and letter. */
gboolean arrangement_leaves_way(const Policy *policy, const Arrangement *const *arrangements, gsize n,
	const Need *needs, gsize n_needs, const Door *doors, gsize n_doors, Arena *mem, ArenaList *ret_ways,
	GError **error) MUST_CHECK;

/* G5: for each protected purpose that is not open everywhere, the words that say which way stays open for it. */
void arrangement_open_ways(const Policy *policy, const Door *doors, gsize n_doors, const Need *needs, gsize n_needs,
	Arena *mem, ArenaList *ret_ways);
