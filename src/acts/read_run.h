/* read_run.h: what the reading functions share among themselves; nobody outside this folder includes it. */
#pragma once

#include "acts/read.h"
#include "acts/run.h"

/* One reading: a transaction, who reads, and when. `run` is filled as far as load.c's functions need it. */
typedef struct {
	ActRun run;
	Tx *tx;
	Arena *mem;
	GHashTable *functions; /* casefile → its function, as far as asked */
} Reading;

/* Begins; the actor's rights as they are now. Refuses whoever sees no case, where cases is TRUE. */
gboolean reading_begin(
	Reading *reading, Acts *acts, Arena *mem, const ActCaller *caller, gboolean cases, GError **error) MUST_CHECK;
void reading_clear(Reading *reading);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reading, reading_clear)

/* K4: ends the transaction and records that the caller looked at the subject. */
gboolean reading_viewed(
	Reading *reading, const ActCaller *caller, const char *subject, const char *what, GError **error) MUST_CHECK;
gboolean reading_viewed_all(Reading *reading, const ActCaller *caller, const char *const *subjects, gsize n,
	const char *what, GError **error) MUST_CHECK;

/* Rights. */

/* Sees reasons and evidence of what this function owns; NULL: of anything. */
gboolean sees_all(const Actor *actor, const char *function);
gboolean sees_function(const Actor *actor, const char *function);
/* Whether the actor sees all of what belongs to a casefile. */
gboolean sees_casefile(Reading *reading, const char *casefile, gboolean *ret_sees, GError **error) MUST_CHECK;
/* A report: who sees its casefile, who reported, and a manager with an open casefile of that customer. */
gboolean sees_report(Reading *reading, const ReportRow *row, gboolean *ret_sees, GError **error) MUST_CHECK;
/* What of a contact's veils is lifted. */
guint lifts_of_contact(const Actor *actor, const ContactRow *row);
/* Of a notice: its owner sees the text too, and anybody of one that is to be read out. */
gboolean lifts_of_notice(Reading *reading, const char *casefile, const char *owner, const char *delivery,
	Instant sent_at, guint *ret_lifted, GError **error) MUST_CHECK;
guint lifts_of_need(const Actor *actor, const NeedRow *row);

/* A row as JSON by its table, without what is veiled; adds what was left out to *hidden. */
json_t *columns_json(const ReadColumn *columns, const void *row, guint lifted, guint *hidden, Arena *mem);
/* Puts "hidden" into the object: [] where all was seen. */
void hidden_set(json_t *object, guint hidden);

/* The tables, by what they are of. */
extern const ReadColumn customer_columns[], identifier_columns[], representative_columns[], matter_columns[],
	contact_columns[], casefile_columns[], report_columns[], assessment_columns[], referral_columns[],
	warning_columns[], answer_columns[], request_columns[], decision_columns[], signature_columns[],
	notice_columns[], notice_line_columns[], need_columns[], adjustment_columns[], item_columns[], entry_columns[],
	viewing_columns[], function_columns[], staff_columns[], door_columns[], pack_columns[],
	arrangement_columns[] /* ArrangementView */;

/* Arrangements in words (read_customer.c): as the pack that each is bound to compiles it. */
gboolean arrangement_view(
	Reading *reading, const ArrangementRow *row, ArrangementView *ret_view, GError **error) MUST_CHECK;
json_t *arrangement_json(const ArrangementView *view, Arena *mem);

/* A customer without the viewing (read_customer.c). */
gboolean customer_view(Reading *reading, const char *reference, CustomerView **ret_view, GError **error) MUST_CHECK;

/* "next": what a casefile waits for (read_next.c). */
gboolean casefile_next(Reading *reading, const Casefile *file, json_t **ret_json, GError **error) MUST_CHECK;

/* Splits a reference's kind off: "C" of "C-2026-000001"; FALSE where it is none. */
gboolean reference_kind(const char *reference, Arena *mem, const char **ret_kind);

/* Opaque cursors: what they are of and the last key. */
char *cursor_make(Arena *mem, const char *of, const char *key);
gboolean cursor_read(Arena *mem, const char *of, const char *cursor, const char **ret_key, GError **error) MUST_CHECK;

/* How a list's rows come. */
typedef struct {
	const char *filters[READ_FILTERS_MAX]; /* values in the table's order; NULL: absent. BOOL: "1" or "0" */
	const char *key;                       /* go on behind this one; NULL: from the beginning */
	gint64 limit;                          /* at most so many, if the statement can */
} ListQuery;

struct ReadSource {
	gsize row_size;
	gsize key_offset;     /* of the text that rows are sorted by */
	gboolean numbered;    /* the key is a gint64 there */
	gboolean all_at_once; /* the statement gives all rows */
	int subject;          /* the filter whose value is looked at (K4); -1: the list itself, -2: no viewing */
	gboolean (*fetch)(Reading *reading, const ListQuery *query, void **ret_rows, gsize *ret_n, GError **error);
	/* Whether the actor sees the row, and what of it is lifted. NULL: all of every row. */
	gboolean (*sees)(Reading *reading, const ListQuery *query, const void *row, gboolean *ret_sees,
		guint *ret_lifted, GError **error);
	/* Adds what is no column. NULL: nothing. */
	gboolean (*more)(Reading *reading, const ListQuery *query, const void *row, json_t *item, GError **error);
};
