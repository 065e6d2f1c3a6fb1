/* restriction.h: a restriction as asked for and as it binds (R1 to R8, G3).
 *
 * A restriction is a kind from the pack with arguments. restriction_compile turns what was asked into what the
 * gate enforces and what the letter says, from the same data. */
#pragma once

#include "base/error.h"
#include "core/slots.h"

/* An argument as somebody typed it, or as it is stored: text, or a list of texts. */
typedef struct {
	const char *key;
	const char *value;         /* NULL for a list */
	const char *const *values; /* NULL-terminated, or NULL */
} RestrictionArgument;

typedef struct {
	const char *kind;
	const RestrictionArgument *arguments;
	gsize n_arguments;
	const char *report;       /* G4: the report that it answers */
	const char *other_reason; /* needed where no report is about that channel or behaviour */
} RestrictionAsked;

/* What restrictions may point at: the customer's identifiers, matters and the organisation's doors. */
typedef struct {
	const char *ref;
	IdentifierKind kind;
	const char *normal;      /* the one form */
	gboolean used_by_others; /* R11 */
	gboolean confirmed;      /* by a manager, where it was added after the decision */
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
	const char *function;         /* slug; NULL: the organisation's (switchboard, general mailbox, reception) */
	const char *const *functions; /* of a staff member's own line: all of theirs, NULL-terminated; else NULL */
	const char *matter;           /* NULL: any */
	const char *staff;            /* a staff member's own line: user name; NULL */
	const char *protects; /* keys of the protected purposes for which it is marked (G5), spaces between; NULL */
} Door;

/* TRUE where the door is marked for that purpose. */
gboolean door_protects(const Door *door, const char *purpose);
/* TRUE where the door is the function's (a staff member's own line: one of theirs). */
gboolean door_belongs_to(const Door *door, const char *function);
/* TRUE for a door of the organisation as a whole: no function's, no staff member's. */
gboolean door_is_general(const Door *door);

/* A restriction as it binds. All strings live in the arena it was compiled into (the gate's snapshot has its own). */
typedef struct {
	const RestrictionKind *kind;
	ChannelSet touches;       /* the channels it is about */
	Verdict effect[CHANNELS]; /* PROCEED where the channel is untouched */
	Slot *slots;              /* of `limit`: inside any of them */
	gsize n_slots;
	const char *mailbox, *extension, *contact_name; /* of `route` */
	const char *const *identifiers;                 /* of REACH_IDENTIFIERS: normal forms, NULL-terminated */
	const char *matter;                             /* where it is about one matter (R6) */
	gboolean over_need; /* R9: clashes with a need recorded later: `check` until the head of function decided */
	const char *in_words, *say_to_staff, *say_to_caller, *say_to_sender; /* NULL where the pack has none */
} Restriction;

typedef struct {
	const Policy *policy;
	const CustomerIdentifier *identifiers;
	gsize n_identifiers;
	const Door *doors;
	gsize n_doors;
	const char *const *matters; /* of the customer; NULL-terminated, or NULL */
	gboolean stored; /* compiled again from what was decided: a door, matter or identifier that has gone since is no
			    error (an identifier that ended is left out) */
} RestrictionFacts;

/* Checks kind and arguments against the pack and against what they point at, and compiles. Invalid names the field as
 * `field` + "/" + argument (or "/kind"). An identifier that others use is accepted: R11 holds at the gate, which gives
 * machine doors at most `check` for it. R9, R10 and G4 are the decision's. The words are the pack's, each {argument}
 * in plain words: "Tuesday", "9am", "by letter or by e-mail"; an optional one that was left out reads "any". */
gboolean restriction_compile(const RestrictionFacts *facts, const RestrictionAsked *asked, const char *field,
	Arena *mem, Restriction **ret_restriction, GError **error) MUST_CHECK;

/* "by phone", "by letter", "on our website". */
const char *channel_in_words(Channel channel);
