/* read_record.h: the record as those see it who answer for it: whether it proves itself (K3), and its entries page by
 * page. An entry holds no personal text; what an act contained is shown by `show` and to fewer people (read.h). Roles:
 * administrator, records officer, auditor. */
#pragma once

#include "acts/read.h"

typedef struct {
	gint64 number;
	Instant at;
	const char *actor, *via, *act, *title; /* title: the act's, in words */
	const char *casefile, *subject, *pack; /* NULL where there is none */
	const char *actor_name;                /* "Sam Okafor", "the system" */
	const char *subject_name;              /* where the entry is about a member of staff; NULL */
	const char *policy; /* the pack in words: "Managing customer contact, version 1"; NULL without one */
	const char *hash;
} RecordLine;

typedef struct {
	const RecordLine *lines; /* newest first */
	gsize n_lines;
	gint64 older; /* the number to give for the next page; 0: this is the last */
	gint64 head;  /* of the whole record */
	const char *head_hash;
} RecordPage;

enum { RECORD_PAGE_LINES = 50 };

/* Entries before a number; 0: the newest. */
gboolean read_record(Acts *acts, Arena *mem, const ActCaller *caller, gint64 before, RecordPage **ret_page,
	GError **error) MUST_CHECK;

typedef struct {
	gint64 entries, disposed, head, broken_at; /* broken_at 0: all fits */
	const char *head_hash, *what;              /* what: NULL where all fits */
} RecordProof;

/* Reads the whole record and checks each entry and the chain; takes seconds where it is long. */
gboolean read_record_proof(
	Acts *acts, Arena *mem, const ActCaller *caller, RecordProof *ret_proof, GError **error) MUST_CHECK;
