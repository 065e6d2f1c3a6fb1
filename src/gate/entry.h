/* entry.h: what the gate keeps of an answer, as bytes in its journal and back.
 *
 * An entry is a frame: length of what follows (4 bytes, little endian), its CRC-32C (4 bytes, likewise), then one
 * byte for the kind and the entry itself. 'C', a contact: JSON in UTF-8. 'S', a stranger: channel (1 byte), instant
 * (8 bytes, little endian), keyed hash (16 bytes). */
#pragma once

#include "core/verdict.h"
#include "gate/ask.h"

typedef struct {
	const char *contact_id, *arrangement;
	gint64 restriction, slot, period;
} GateEntryUse;

/* Several entries may have the same contact_id: a mail is one contact, with a verdict for each recipient (door), and
 * of what was said twice about the same door the later counts. */
typedef struct {
	gboolean stranger; /* then only hash, channel and at are set */
	const char *hash;  /* 32 hex digits */
	Channel channel;
	Instant at;

	Direction direction;
	const char *contact_id; /* NULL where the asker gave none */
	const char *identifier; /* normal form; NULL */
	const char *customer;   /* NULL where it may be several people */
	const char *door;       /* address of `to`, also of one that is not registered; NULL */
	const char *matter, *purpose;
	Verdict verdict;
	const char *reasons; /* JSON: [{rule, restriction, verdict, arrangement, decision, pack}], or of several people
				[{rule: "R11", candidates: [references]}] */
	int minutes;         /* 0: none */
	int recipients;      /* of a mail with several; else 0 */
	const char *item;    /* why it becomes owned work (G6): "check", "route", "file", "several-recipients"; NULL */
	const GateEntryUse *uses; /* allowances that it used */
	gsize n_uses;
} GateEntry;

/* The entry of an answer; strings are borrowed from question and answer. reasons and uses are filled by the writer. */
void gate_entry_from_answer(const GateQuery *query, const GateAnswer *answer, GateEntry *ret_entry);

/* Adds a frame to a batch. answer: whose reasons and uses are written (uses only where `counted`). */
void gate_entry_add_contact(GByteArray *batch, const GateEntry *entry, const GateAnswer *answer, gboolean counted);
void gate_entry_add_stranger(GByteArray *batch, Channel channel, Instant at, const guint8 hash[16]);

/* How many bytes the whole frame at the beginning of `bytes` has; 0 where it is cut off or damaged. */
gsize gate_frame_length(const guint8 *bytes, gsize n);
/* Reads a whole frame into mem; FALSE where it is not ours. */
gboolean gate_entry_read(const guint8 *frame, gsize n, Arena *mem, GateEntry *ret_entry);
