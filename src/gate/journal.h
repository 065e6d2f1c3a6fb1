/* journal.h: what the gate answered, kept durably until a job has taken it into contacts.
 *
 * A batch of entries (entry.h) is copied into a file that is mapped and shared before the answers leave, so that it
 * survives the death of the process; a thread of its own syncs within 50 ms, so that it survives the loss of power. A
 * file's space is taken when it is begun: a disk that is full is noticed then, and means 'cannot answer'. That is tried
 * again with every batch and needs no restart.
 *
 * DIR holds files named by the position at which they begin, in bytes since the journal's first, a lock, and the
 * journal's name. What was written is never changed: each start and each 16 MiB begin a new file, and an entry that was
 * torn off by a death stays where it is and is passed over, since a later file exists. */
#pragma once

#include "base/error.h"
#include "gate/entry.h"

typedef struct GateJournal GateJournal;

/* Makes DIR where it is missing. Conflict where another process writes there, unavailable where it cannot be made. */
gboolean gate_journal_open(const char *dir, GateJournal **ret_journal, GError **error) MUST_CHECK;
/* Syncs and ends; NULL is fine. */
void gate_journal_close(GateJournal *journal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GateJournal, gate_journal_close)

/* Appends the batch, or nothing of it. Safe from several threads. An empty batch is fine. */
gboolean gate_journal_append(GateJournal *journal, const GByteArray *batch, GError **error) MUST_CHECK;

/* The position behind the last entry. */
gint64 gate_journal_end(GateJournal *journal);
/* Waits until all that was appended is synced. For tests and an ordinary stop. */
gboolean gate_journal_sync(GateJournal *journal, GError **error) MUST_CHECK;

/* The name under which a database keeps how far this journal was taken in: 32 hex digits, made with the folder, so
 * that a new folder begins anew. Not found where there is no journal. */
gboolean gate_journal_name(const char *dir, Arena *mem, const char **ret_name, GError **error) MUST_CHECK;

/* The reader, for the job that takes the journal in, in any process on the machine: at most max entries from
 * `position` on (0: all there are), and in *ret_position where to go on. *ret_skipped (may be NULL): bytes of torn
 * entries that were passed over. */
gboolean gate_journal_read_after(const char *dir, gint64 position, gsize max, Arena *mem, GateEntry **ret_entries,
	gsize *ret_n, gint64 *ret_position, gint64 *ret_skipped, GError **error) MUST_CHECK;

/* Removes the files that lie wholly before a position which was taken in. */
gboolean gate_journal_forget(const char *dir, gint64 position, GError **error) MUST_CHECK;
