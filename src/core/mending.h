/* mending.h: an author's own mending of what they wrote, within the pack's days: an entry is struck, so that it counts
 * for nothing, or one of its texts is put right. Both are entries of their own; the old one stays to be seen (K3).
 * Pure: an act loads the entry and its casefile, asks here, and saves. */
#pragma once

#include "core/casefile.h"

typedef enum {
	ENTRY_CONTACT,
	ENTRY_REPORT,
	ENTRY_BREACH,
	ENTRY_EVIDENCE,
	ENTRY_ANSWER,
	ENTRY_NEED,
	ENTRY_KINDS
} EntryKind;

/* The kind of a reference: K-, R-, B-, EV-, AW-, NE-; FALSE for what nobody mends. */
gboolean entry_kind(const char *ref, EntryKind *ret_kind);
/* The texts of a kind that may be put right, as the acts name their fields; NULL-terminated. */
const char *const *entry_texts(EntryKind kind);

typedef struct {
	EntryKind kind;
	const char *ref, *author;
	Instant at; /* when it was recorded */
	gboolean struck;
	gboolean by_gate; /* of a contact: the gate kept it, and staff completed it */
	const char
		*assessment;  /* of a report, or of the report that evidence bears out: what it was assessed in; NULL */
	const char *cited_by; /* the first entry or item of work that names it; NULL */
} OwnEntry;

/* file: the entry's casefile, NULL for a contact and a need. Refuses whoever did not write it, after the pack's days,
 * without a reason, and where a later step rests on it; conflict where it was struck already. */
gboolean entry_check_strike(const RuleContext *rules, const Casefile *file, const OwnEntry *entry, const char *reason,
	GError **error) MUST_CHECK;
gboolean entry_check_correct(const RuleContext *rules, const Casefile *file, const OwnEntry *entry, const char *field,
	const char *words, const char *reason, GError **error) MUST_CHECK;
