/* read.h: what somebody may see. The same functions serve shell, API and pages, so no page opens a transaction, and a
 * right to see is checked in one place.
 *
 * Who sees what (domain.md, roles): whoever works on cases sees customers, matters, contacts, verdicts, words and
 * needs; reasons and evidence are seen by the manager and the head of the owning function (and who stands in for
 * them), the complaints officer, the records officer and the auditor. Who reported sees their report and what came of
 * it; a manager of a function with an open casefile of a customer sees all reports about them. An administrator sees
 * no case. What may not be seen of an object is left out and named under "hidden"; an object that may not be seen at
 * all is refused, with a sentence that says whom to ask.
 *
 * Looking is recorded (K4): a viewing is committed before anything is shown. Each function opens and ends its own
 * transaction. caller->at may be given in a demonstration database only. Results live in mem; JSON is a new reference.
 *
 * Names in JSON are the acts' own fields; "id" is the object's reference, "by" the user name of who did it. */
#pragma once

#include "acts/acts.h"

/* What may be hidden, as "hidden" names it. */
typedef enum {
	VEIL_EVIDENCE = 1, /* "evidence": what was said, reports' texts */
	VEIL_REASONS = 2,  /* "reasons": assessments, requests, decisions */
	VEIL_LETTERS = 4,  /* "letters": what they say */
	VEIL_HEALTH = 8,   /* "health" */
	VEIL_POLICE = 16,  /* "police" */
	VEIL_CONTENT = 32, /* "content": of the record's entries */
	VEILS_ALL = 63
} ReadVeil;

typedef enum {
	COLUMN_TEXT,
	COLUMN_INT,
	COLUMN_BOOL,
	COLUMN_INSTANT, /* RFC 3339 */
	COLUMN_DAY,     /* 2026-12-31 */
	COLUMN_JSON     /* a list or an object */
} ReadColumnType;

/* One member of an object as JSON shows it; what is absent is null. */
typedef struct {
	const char *name; /* NULL ends a table */
	ReadColumnType type;
	gsize offset; /* in its row */
	guint veil;   /* a ReadVeil that must be lifted; 0: everybody who sees the object */
} ReadColumn;

typedef enum {
	FILTER_TEXT,
	FILTER_REFERENCE, /* of `kind`: "C" */
	FILTER_BOOL,      /* true or false */
	FILTER_DAY,
	FILTER_NUMBER,
	FILTER_CHOICE
} ReadFilterType;

typedef struct {
	const char *name; /* NULL ends a table */
	ReadFilterType type;
	const char *kind;
	const char *const *choices; /* NULL-terminated */
	const char *help;
} ReadFilterField;

typedef struct ReadSource ReadSource; /* how the rows come; read_run.h */

/* One list: its row in the table. */
typedef struct {
	const char *name;    /* "customers" */
	const char *title;   /* "Customers" */
	const char *summary; /* a sentence: help and openapi.yaml */
	RoleSet by;          /* roles that may come here at all; which rows, and what of them, is each row's right */
	gboolean newest_first;
	const ReadFilterField *filters;
	const ReadColumn *columns;
	const ReadSource *source;
} ReadList;

extern const ReadList *const read_lists[]; /* NULL-terminated */
const ReadList *read_list_find(const char *name);

enum { READ_LIMIT_DEFAULT = 50, READ_LIMIT_MAX = 200, READ_EXPORT_ROWS = 1000, READ_FILTERS_MAX = 8 };

/* A filter as somebody gave it. */
typedef struct {
	const char *name, *value;
} ReadFilter;

/* {"items": […], "next": cursor or null}. cursor: NULL for the first page, else what "next" gave, with the same
 * filters; limit 0: READ_LIMIT_DEFAULT. A page may hold fewer than limit and still have a next one. Not found for an
 * unknown list, invalid for an unknown filter (with 'did you mean'), a value that does not fit, a cursor of another
 * list, a limit above READ_LIMIT_MAX. */
gboolean read_list(Acts *acts, Arena *mem, const ActCaller *caller, const char *what, const ReadFilter *filters,
	gsize n_filters, const char *cursor, gint64 limit, json_t **ret_json, GError **error) MUST_CHECK;

/* The same in pages of READ_EXPORT_ROWS, for a file with all rows. Give each page an arena of its own. */
gboolean read_list_export(Acts *acts, Arena *mem, const ActCaller *caller, const char *what, const ReadFilter *filters,
	gsize n_filters, const char *cursor, json_t **ret_json, GError **error) MUST_CHECK;

/* The object of a reference, with all its fields: C- (customer, with identifiers, representatives, needs, adjustments,
 * matters, arrangements, casefiles), CF- (casefile, with its steps, and "next": what it waits for), M-, K-, R-, AS-,
 * W-, AW-, Q-, D-, A-, DI-, N- (with its text), P-, NE-, AD-, I-, B-, EV-, S-, ID-, RP-. Not found names the reference.
 */
gboolean read_show(Acts *acts, Arena *mem, const ActCaller *caller, const char *reference, json_t **ret_json,
	GError **error) MUST_CHECK;

/* The file of a piece of evidence (EV-), for whoever may see it; the viewing is of the casefile. name and type are as
 * they were sent, so neither is to be trusted. */
typedef struct {
	const char *name, *type;
	const void *bytes;
	gsize length;
} EvidenceFile;
gboolean read_evidence_file(Acts *acts, Arena *mem, const ActCaller *caller, const char *reference,
	EvidenceFile *ret_file, GError **error) MUST_CHECK;

/* Who is calling? One box takes a number, an address, a name or a reference. */
typedef struct {
	const char *customer, *name, *kind; /* reference; as written; "person" or "body" */
	const char *recognised;     /* "phone number", "e-mail address", "name", "reference M-2026-000012" … */
	const char *representative; /* "Ada Lin, solicitor", where it is theirs (G5); NULL */
	gboolean shared;            /* R11: others use the number or address too */
	gboolean managed;           /* an arrangement of theirs is in force: ask the gate */
} LookUpHit;

typedef struct LookUp LookUp;
struct LookUp {
	const char *typed;
	IdentifierKind kind;   /* of what was typed; IDENTIFIER_KINDS where it is a name or a reference */
	const char *normal;    /* the identifier's one form; NULL */
	gboolean withheld;     /* a withheld number identifies nobody (G13) */
	const LookUpHit *hits; /* by identifier first, then by name */
	gsize n_hits;
	gboolean more; /* there are others: type more of the name */
	/* Digits that are nobody's, and somebody's number with the country's trunk prefix before them; NULL. They may
	 * be another's, abroad (R11): whoever looks is asked. */
	const LookUp *meant;
};

enum { LOOK_UP_MAX = 20 };

gboolean read_look_up(Acts *acts, Arena *mem, const ActCaller *caller, const char *typed, LookUp **ret_look_up,
	GError **error) MUST_CHECK;

/* The customer's page. Lists are arrays with a count beside them, newest first where time matters. */
typedef struct {
	const char *ref, *kind, *typed, *normal, *recognised;
	gboolean used_by_others, confirmed;
	const char *const *shared_with; /* other customers who hold it; NULL-terminated, never NULL */
	Instant added_at, ended_at;     /* INSTANT_NONE while it holds */
} IdentifierView;

typedef struct {
	const char *ref, *name, *capacity, *kind, *normal;
	Instant added_at, ended_at;
} RepresentativeView;

typedef struct {
	const char *ref, *what, *why; /* why: NULL where hidden */
	const char *abilities;        /* JSON: {"phone": "cannot", …} */
	const char *in_words;         /* core's need_in_words; "" */
	const char *only_with;
	Day review_on;
	Instant recorded_at;
	const char *recorded_by;
} NeedView;

typedef struct {
	const char *ref, *asked, *outcome, *reasons, *casefile,
		*need; /* outcome NULL: open (G7); reasons NULL: hidden */
	Day review_on;
	Instant asked_at, answered_at;
} AdjustmentView;

typedef struct {
	const char *kind, *title, *in_words, *say_to_staff; /* say_to_staff may be NULL */
	const char *rule;
	const char *for_staff; /* in short: "Not these ways of contact: phone, e-mail" */
	const char *report;    /* G4: because of which; NULL */
} RestrictionView;

typedef enum { ARRANGEMENT_DECIDED, ARRANGEMENT_IN_FORCE, ARRANGEMENT_SUSPENDED, ARRANGEMENT_ENDED } ArrangementState;

typedef struct {
	const char *ref, *casefile, *decision, *function, *scope, *scope_of, *supersedes, *pack;
	const char *scope_words; /* "contact with Casework", "M-2026-000012", "the whole organisation" */
	ArrangementState state;
	const char *state_name;  /* "decided", "in-force", "suspended" (a dispute is open), "ended" */
	const char *state_words; /* "decided, not yet in force: answer as usual", "in force since …", "ended on …" */
	const char *state_sentence; /* "It has been in force since 24 November 2026." */
	Instant from_at, ended_at;
	Day until_on, review_on; /* DAY_NONE: until lifted */
	gboolean review_overdue;
	const RestrictionView *restrictions;
	gsize n_restrictions;
	const char *asked_json; /* the restrictions as an act takes them */
} ArrangementView;

typedef struct {
	const char *ref, *function, *kind, *title, *closed_how;
	Instant opened_at, closed_at;
} MatterView;

typedef struct {
	const char *ref, *function, *scope, *scope_of, *outcome;
	Instant opened_at, closed_at;
	gint64 version;
	gboolean full; /* the viewer may see its steps */
} CasefileView;

typedef struct {
	const char *ref, *casefile, *kind, *title, *about, *owner, *delivery, *subject; /* subject NULL: hidden */
	Instant made_at, sent_at, delivered_at, returned_at;
} LetterView;

typedef struct {
	const char *ref, *name, *kind, *salutation, *postal_address, *language, *format;
	Instant created_at;
	const IdentifierView *identifiers;
	gsize n_identifiers;
	const RepresentativeView *representatives;
	gsize n_representatives;
	const NeedView *needs;
	gsize n_needs;
	const AdjustmentView *adjustments;
	gsize n_adjustments;
	const MatterView *matters;
	gsize n_matters;
	const ArrangementView *arrangements; /* those in force first */
	gsize n_arrangements;
	const CasefileView *casefiles;
	gsize n_casefiles;
	const LetterView *letters; /* the last ten */
	gsize n_letters;
	const char
		*informal_advice; /* "Informal advice was given on …. It restricts nothing: answer as usual."; NULL */
	const char *safety; /* L2, after violence used or threatened: what anybody about to meet them is told; NULL */
	gboolean has_in_force;
	guint hidden; /* ReadVeil */
} CustomerView;

/* Not found names the reference. */
gboolean read_customer(Acts *acts, Arena *mem, const ActCaller *caller, const char *reference,
	CustomerView **ret_customer, GError **error) MUST_CHECK;

/* The functions that the caller belongs to, NULL-terminated: the gate's `asker_functions`. No viewing. */
gboolean read_own_functions(
	Acts *acts, Arena *mem, const ActCaller *caller, const char *const **ret_functions, GError **error) MUST_CHECK;

/* The customer whom an entry is about, and their name, for a link back and a caption; NULL where it is about none, or
 * there is no such entry. No
 * viewing. */
gboolean read_whose(Acts *acts, Arena *mem, const ActCaller *caller, const char *reference, const char **ret_customer,
	const char **ret_name, GError **error) MUST_CHECK;

/* A timeline (K2): of a customer (with what the gate saw), a casefile or a matter, newest first. Steps of a casefile
 * whose reasons somebody may not see have no line for them, except their own (G10): that something was reported or
 * asked for is confidential itself. Contacts have one for everybody; what they were about is evidence. */
typedef struct {
	Instant happened_at;
	gint64 number;       /* of the record's entry; 0: a contact that the gate kept */
	const char *title;   /* what happened: "Decided", "Call from the customer" */
	const char *text;    /* what of it: "Authorised as asked", "4 minutes. Asked for the letter"; NULL */
	const char *summary; /* both in one, without what a contact was about */
	const char *by;      /* user name; a machine's */
	const char *by_name; /* "Sam Okafor", "the system"; NULL: of a contact that only the gate saw */
	const char *ref, *act, *casefile, *function;
	const char *channel, *direction, *verdict; /* of a contact; NULL */
	gboolean struck;                           /* its author took it back */
} TimelineLine;

typedef struct {
	const TimelineLine *lines;
	gsize n;
	gboolean left_out; /* there are lines that are not for this person */
	const char *next;  /* cursor; NULL: the end */
} Timeline;

/* Which lines. act: only this one ("log-contact"; "contact" for what the gate kept); NULL: all. cursor: what `next`
 * gave; NULL begins. limit: 0: READ_LIMIT_DEFAULT. */
typedef struct {
	const char *act, *cursor;
	gint64 limit;
} TimelinePage;

/* Records the viewing. */
gboolean read_timeline(Acts *acts, Arena *mem, const ActCaller *caller, const char *reference,
	const TimelinePage *wanted, Timeline **ret_timeline, GError **error) MUST_CHECK;

/* How the program stands, for `evenhand status` and /healthz's page: no personal data, so no right is asked. */
typedef struct {
	const char *database, *pack; /* without password; label of the pack in force, or NULL */
	gint64 record_number;
	const char *record_hash;
	Instant now;
	gboolean demo;
	gint64 customers, open_matters, contacts, open_casefiles, in_force, notices_to_send, open_items, outbox_waiting,
		outbox_given_up, viewings;
	/* G5: sentences about addresses and numbers that the policy names for what no restriction closes, and that no
	 * door protects. */
	const char *const *unprotected;
	gsize n_unprotected;
	const char *warning; /* what read_clock_warning says */
} StatusView;
gboolean read_status(Acts *acts, Arena *mem, StatusView *ret_status, GError **error) MUST_CHECK;
/* What to do where the record's last entry, `number` of `at`, lies in the future of this machine's clock; NULL: it does
 * not, or this is a demonstration, whose time is pretended. Asks no database. */
const char *read_clock_warning(Acts *acts, Arena *mem, gint64 number, Instant at);
