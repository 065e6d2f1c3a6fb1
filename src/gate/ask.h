/* ask.h: one contact, one answer. Pure: the answer follows from the snapshot, the counts and the question alone, and
 * nothing is allocated, so that it is the same for a mail server, a phone system, the screen and the shell.
 *
 * The core weighs one customer's arrangements (verdict.h); here it is decided who the contact may be: named, known by
 * an identifier that one customer has, or several (R11: `check` with each one's answer, where any would be more than
 * `proceed`), a representative (G5), a number that was withheld, a stranger. */
#pragma once

#include "gate/counts.h"
#include "gate/snapshot.h"

typedef struct {
	const char *contact_id; /* of the mail server or phone system; NULL for a look-up */
	Channel channel;
	Direction direction;
	const char *from;     /* the other party's identifier as it came, also of a contact outward; NULL */
	const char *customer; /* reference, where somebody said who it is; NULL */
	const char *to;       /* mailbox, extension or desk as it came; NULL */
	const char *const *asker_functions; /* of the staff member who asks, NULL-terminated; used without `to`; NULL */
	const char *matter;                 /* reference; NULL */
	const char *purpose;                /* protected purpose, "notice" or "legal-duty"; NULL */
	gboolean machine_door;              /* a mail server or phone switch asks, nobody can be questioned */
	Instant at;
} GateQuery;

typedef enum {
	GATE_CALLER_NAMED,    /* the question named the customer */
	GATE_CALLER_KNOWN,    /* by an identifier of customers or their representatives */
	GATE_CALLER_STRANGER, /* nobody has the identifier */
	GATE_CALLER_WITHHELD, /* a number that was withheld */
	GATE_CALLER_NOBODY    /* no identifier, or none that can be read */
} GateCaller;
const char *gate_caller_name(GateCaller caller); /* "named", "known", "unknown", "withheld", "none" */

typedef struct {
	const GateCustomer *customer;
	gboolean exempt; /* recognised as somebody registered to act for them (G5) */
	VerdictAnswer answer;
} GateCandidate;

/* More candidates than these count towards the verdict, but are not listed. */
#define GATE_CANDIDATES_MAX 12

typedef struct {
	Verdict verdict;
	GateCaller caller;
	char key[GATE_KEY_MAX]; /* the identifier as indexed; "" where there is none */
	gsize key_length;
	const Door *door;         /* NULL: none or unknown */
	const char *say_to_staff; /* of an answer that is no one person's; else the candidate's; NULL */
	gboolean ambiguous;       /* `check` or `proceed`, since it may be several people */
	gsize n_candidates;       /* all of them */
	gsize n_listed;
	GateCandidate candidates[GATE_CANDIDATES_MAX];
} GateAnswer;

/* The one person's answer, or NULL where it is nobody's or may be several people's. */
const GateCandidate *gate_answer_person(const GateAnswer *answer);
/* The normal form of the identifier; NULL where there is none. */
const char *gate_answer_identifier(const GateAnswer *answer);

/* Not found where the customer named is unknown, or the matter is none of theirs; invalid (purpose, from, functions)
 * where a person's question does not fit: a machine's never fails. The answer points into the snapshot. counts may be
 * NULL: nothing was used. */
gboolean gate_ask(const GateSnapshot *snapshot, GateCounts *counts, const GateQuery *query, GateAnswer *ret_answer,
	GError **error) MUST_CHECK;
