/* acts.h: what a person or a machine can do, each as one function, one transaction and one record entry, reached the
 * same way from web, API and shell.
 *
 * `acts_table` is the list of them. acts_perform does what is common to all: it begins the transaction, answers a
 * request_id that was answered before, loads the actor and their rights, parses the input by the act's table, checks
 * the casefile's version, lets the act decide and save, appends the record's entry, writes the timeline, keeps the
 * answer, and commits. An act that a rule forbids changes nothing. */
#pragma once

#include "acts/fields.h"
#include "core/casefile.h"
#include "packs/pack.h"
#include "store/store.h"

/* The program's room for acts: the database, the packs it holds, the clock. One a process; shared by threads. */
typedef struct Acts Acts;

Acts *acts_new(Store *store, GError **error);
void acts_free(Acts *acts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Acts, acts_free)
Store *acts_store(Acts *acts);

/* Now: the machine's clock, in a demonstration database moved by its stored offset. */
Instant acts_now(Acts *acts);
gboolean acts_is_demo(Acts *acts);
/* Marks the database as a demonstration, for good. Conflict where its record holds anything: what is in use never
 * becomes one, and a demonstration is made once. */
gboolean acts_mark_demo(Acts *acts, GError **error) MUST_CHECK;
/* What a demonstration adds to the machine's clock, in microseconds; 0 in any other database. */
gboolean acts_clock_offset(Acts *acts, Tx *tx, gint64 *ret_offset, GError **error) MUST_CHECK;
/* Moves a demonstration database's time; refused in any other, and for a time before the record's last entry. */
gboolean acts_set_clock(Acts *acts, Instant at, GError **error) MUST_CHECK;

/* The pack of a label ("police-complaints 1"), read once from the database and kept; NULL where there is none (the
 * error says so). Lives as long as the Acts. */
const Pack *acts_pack(Acts *acts, const char *label, GError **error);
/* The pack in force: the one with the latest in_force that has come, by its own organisation's local day. Not found
 * where there is none. */
const Pack *acts_pack_at(Acts *acts, Tx *tx, Instant at, GError **error);
/* The same within a transaction that is open already. */
const Pack *acts_pack_in(Acts *acts, Tx *tx, const char *label, GError **error);
/* The zone of the pack's organisation; the pack comes from one of the functions above. */
const Zone *acts_pack_zone(Acts *acts, const Pack *pack);

/* Who asks, as an edge has made sure of it. */
typedef struct {
	const char *user_name; /* "dreed"; for a machine "job:outbox" */
	const char *via;       /* "web", "api", "shell:UNIXUSER", "job" */
	gboolean machine;
	Instant at; /* INSTANT_NONE: now; any other only in a demonstration database */
} ActCaller;

typedef struct {
	const char *id; /* what the act made or changed */
	const char *casefile;
	gint64 version; /* the casefile's, after the act; 0 without one */
	gint64 record_number;
	const char *record_hash;
	const char *notice;      /* the letter that the act made; NULL */
	const char *arrangement; /* the arrangement that it made; NULL */
} ActAnswer;

/* Performs the act. envelope: {"request_id", "casefile", "version", "happened_at", "at", …the act's own fields}.
 * The same request_id of the same caller with the same content (secrets apart) gives the same answer and does nothing.
 * Errors: invalid (the first problem; all of them in *ret_problems where not NULL), refused with its rule, not
 * found, conflict (version; another act under the same request_id), unavailable. */
gboolean acts_perform(Acts *acts, Arena *mem, const ActCaller *caller, const char *act, const json_t *envelope,
	ActAnswer *ret_answer, ArenaList *ret_problems, GError **error) MUST_CHECK;

/* What an act would do: its answer, and the letter that would go out. */
typedef struct {
	ActAnswer answer;       /* references as they would be given now; the record's number and hash are not set */
	const Document *letter; /* that the act makes or that has to follow it (Act.preview); NULL: none */
	const char *letter_missing; /* where that letter cannot be made: a sentence that says why; NULL */
} ActTrial;

/* 'Check your answers': performs the act whole and rolls it back. No record entry, no reference used up, nothing in the
 * outbox, no request_id answered. Errors as acts_perform. */
gboolean acts_try(Acts *acts, Arena *mem, const ActCaller *caller, const char *act, const json_t *envelope,
	ActTrial *ret_trial, ArenaList *ret_problems, GError **error) MUST_CHECK;

/* The answer and the error as all faces show them. New references. */
json_t *acts_answer_json(const ActAnswer *answer);
json_t *acts_error_json(const GError *error, const ArenaList *problems);

/* What an act's function is given, and what it sets. */
typedef struct {
	Acts *acts;
	Tx *tx;
	Arena *mem;
	const ActCaller *caller;
	const Actor *actor;
	const Pack *pack;     /* in force today; NULL before the first is adopted */
	const Policy *policy; /* likewise */
	const Zone *zone;
	RuleContext rules;   /* the same, for core */
	Instant now;         /* recorded_at */
	Instant happened_at; /* of the envelope, or now; never later than now */
	Day today;
	int year;
	gint64 number;     /* of the record's entry that this act will be */
	Casefile *file;    /* loaded where the act's row says so */
	const char *named; /* ACT_FINDS_CASEFILE: the casefile that the envelope names; NULL */
	gint64 seen;       /* its version as the caller saw it; -1: not said */
	const char *pack_label;

	/* Set by the act: */
	const char *id;       /* subject of the entry, id of the answer */
	const char *casefile; /* for entry and timeline; set already where file is loaded */
	const char *customer;
	const char *function;
	const char *const *matters; /* K2: noted on each matter's timeline */
	/* One line for the timeline, in the words of the pages: what happened, and behind a colon what of it
	 * ("Decided: Authorised as asked"). Names no third person. */
	const char *summary;
	gint64 version;          /* set already where file is loaded: the next one */
	const char *notice;      /* set by notice_make: the letter that the act made */
	const char *arrangement; /* the arrangement that the act made */
	const Document *letter;  /* likewise: what it says */
	gboolean silent;         /* no line on a timeline */
	ArenaList *problems;     /* of FieldProblem: an act that refuses may add all that is missing (act_problems) */
} ActRun;

typedef gboolean (*ActPerform)(ActRun *run, const void *input, GError **error);
/* Of acts_try, after the act was performed: the letter that another act will have to make of it; NULL: none yet. */
typedef gboolean (*ActPreview)(ActRun *run, const Document **ret_letter, GError **error);

typedef enum { ACT_NO_CASEFILE, ACT_CASEFILE, ACT_FINDS_CASEFILE } ActNeeds;

typedef struct {
	const char *name;    /* "log-contact" */
	const char *title;   /* "Log contact" */
	const char *summary; /* a sentence: help and openapi.yaml */
	RoleSet by;          /* roles that may come here at all; the act checks the fine right */
	gboolean machine;    /* a job may */
	/* ACT_CASEFILE: the envelope names it; loaded, its version checked and, by a person's act, moved on.
	 * ACT_FINDS_CASEFILE: the act finds or opens it; where the envelope names one it must be that (ActRun.named).
	 * ACT_NO_CASEFILE: naming one is an error. */
	ActNeeds needs;
	gboolean no_pack; /* may run before a pack is adopted */
	const Field *fields;
	gsize input_size;
	ActPerform perform;
	ActPreview preview; /* NULL: the act's own letter, where it makes one */
} Act;

extern const Act *const acts_table[]; /* NULL-terminated, in the order of the policy's steps */
const Act *acts_find(const char *name);

#define BY(role) (1u << ROLE_##role)
#define BY_ANYONE (BY(STAFF) | BY(MANAGER) | BY(HEAD_OF_FUNCTION) | BY(COMPLAINTS_OFFICER) | BY(RECORDS_OFFICER))

/* Helpers of acts. */
/* Of an act that refuses: all that is missing (GError), each at its field and with its rule, for run->problems. */
void act_problems(ActRun *run, const ArenaList *errors);
/* A conflict where the caller saw another version (-1: they did not say). */
gboolean act_check_version(const char *casefile, gint64 version, gint64 seen, GError **error) MUST_CHECK;
gboolean act_new_reference(ActRun *run, const char *kind, const char **ret_reference, GError **error) MUST_CHECK;
/* The actor with the rights they hold at `at`; not found where there is no such person or they have left. */
gboolean actor_load(
	Tx *tx, Arena *mem, const char *user_name, Instant at, Day today, Actor **ret_actor, GError **error) MUST_CHECK;
