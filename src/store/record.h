/* record.h: the account of every act that proves itself (K3).
 *
 * An entry holds number, time, actor, act, casefile, pack version and a salted SHA-256 of the content, and no
 * personal text. Content (the act's JSON as stored, byte for byte) and salt stand in another table, so that they
 * can be disposed of (F2) while the chain still verifies.
 *
 *   content_hash = SHA-256(salt || content)
 *   hash         = SHA-256(previous hash as 32 bytes || field || field …), each field as its length in bytes
 *                  (8 bytes, big endian) and its bytes, in the order: number (decimal), recorded_at (decimal
 *                  microseconds), actor, via, act, casefile, subject, pack, content_hash (64 hex digits).
 *                  An absent field has length 0.
 *
 * The first entry's previous hash is 32 zero bytes. */
#pragma once

#include "store/store.h"

typedef struct {
	Instant recorded_at;
	const char *actor;    /* user name, or "job:NAME", or "gate" */
	const char *via;      /* "web", "api", "shell:UNIXUSER", "job" */
	const char *act;      /* "log-contact" */
	const char *casefile; /* reference or NULL */
	const char *subject;  /* reference of what the act made or changed, or NULL */
	const char *pack;     /* "police-complaints 1" or NULL before the first */
	const char *content;  /* the act's JSON, secrets taken out */
	gsize content_length;
	guint8 salt[16]; /* random, given by the caller */
} RecordEntry;

/* Appends as the act's one entry. Exactly once in a transaction of store_begin. A recorded_at before the last
 * entry's is refused. */
gboolean record_append(Tx *tx, Arena *mem, const RecordEntry *entry, gint64 *ret_number, const char **ret_hash,
	GError **error) MUST_CHECK;

/* Takes the contents of numbers away, in the transaction of the dispose act and after its record_append, which gave
 * entry. That entry's content must name them: {"numbers": [1, 2, …], …}, else verify calls them missing. What was
 * disposed of already, and the content of a dispose entry, is refused by the database. */
gboolean record_dispose(Tx *tx, gint64 entry, const gint64 *numbers, gsize n, GError **error) MUST_CHECK;

typedef struct {
	gint64 entries;        /* how many fit */
	gint64 disposed;       /* contents that a dispose entry accounts for */
	gint64 head;           /* the last number */
	const char *head_hash; /* 64 hex digits */
	gint64 broken_at;      /* 0: all fits; else the first number that does not */
	const char *what;      /* what does not fit, in words */
} RecordVerdict;

/* Reads the whole record in pieces and checks chain, contents, the head row and, where kept_number > 0, that the
 * entry of that number has kept_hash: so a cut-off end is noticed too. Result in mem; an error only where the
 * database cannot be read. */
gboolean record_verify(Store *store, Arena *mem, gint64 kept_number, const char *kept_hash, RecordVerdict *ret_verdict,
	GError **error) MUST_CHECK;
