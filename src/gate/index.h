/* index.h: which customers an identifier may be, in open addressing.
 *
 * The table is an array of 16-byte places, filled to three fifths at most, probed one after another. A place holds 32
 * bits of a keyed hash (SipHash-2-4, so that nobody can choose identifiers that collide), the customer, flags, and
 * where its text starts; a text that several customers share is kept once, with a place for each of them. A match is
 * always compared with the whole text. So an identifier costs 16 / 0.6 = 27 bytes and its text with its NUL: 64 bytes
 * for texts of up to 35 letters.
 *
 * Texts begin with a byte for their kind (gate_index_key). Filled once, then shared and only read. */
#pragma once

#include "base/identifier.h"

typedef struct GateIndex GateIndex;

typedef enum {
	GATE_USED_BY_OTHERS = 1, /* R11: marked so */
	GATE_UNCONFIRMED = 2,    /* R11: added after a decision, and no manager confirmed it */
	GATE_REPRESENTATIVE = 4, /* not the customer's: of somebody registered to act for them (G5) */
} GateIndexFlags;

/* A key: the kind, then the normal form. */
#define GATE_KEY_MAX (IDENTIFIER_MAX + 1)

/* Writes the key of what somebody typed or a machine sent; 0 where the text has no usable form, else its length. */
gsize gate_index_key(
	IdentifierKind kind, const char *text, gsize length, const PhoneRules *phones, char out[GATE_KEY_MAX]);

/* For at most n places and text_bytes of keys with their NULs. */
GateIndex *gate_index_new(gsize n, gsize text_bytes, const guint8 hash_key[16]);
void gate_index_free(GateIndex *index);

void gate_index_add(GateIndex *index, IdentifierKind kind, const char *normal, guint32 customer, guint flags);

/* gate_index_find starts a search, gate_index_next gives one customer after another; FALSE when there is no more. */
typedef struct {
	gsize place, probes;
	guint32 tag;
} GateIndexCursor;
void gate_index_find(const GateIndex *index, const char *key, gsize length, GateIndexCursor *ret_cursor);
gboolean gate_index_next(const GateIndex *index, const char *key, gsize length, GateIndexCursor *cursor,
	guint32 *ret_customer, guint *ret_flags);

/* All memory that it takes, and how many identifiers it holds. */
gsize gate_index_bytes(const GateIndex *index);
gsize gate_index_size(const GateIndex *index);
