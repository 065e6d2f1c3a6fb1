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

/* G3, G5: a sentence for each e-mail address and phone number that the policy's words name for disputes or another
 * protected purpose while no door of that address or number is marked for it. */
gboolean read_unprotected(Tx *tx, Arena *mem, const Policy *policy, const char *const **ret_sentences, gsize *ret_n,
	GError **error) MUST_CHECK;

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
/* Of an item of work: whose function has it, its owner, and who ended it. */
guint lifts_of_item(const Actor *actor, const ItemRow *row);
/* Of a dispute: who sees its casefile, and who recorded it, all but the reasons. */
gboolean lifts_of_dispute(
	Reading *reading, const DisputeRow *row, gboolean *ret_sees, guint *ret_lifted, GError **error) MUST_CHECK;
/* Of a need or an adjustment: managers and heads, and who recorded it. */
guint lifts_of_need(const Actor *actor, const char *recorded_by);

/* A row as JSON by its table, without what is veiled; adds what was left out to *hidden. */
json_t *columns_json(const ReadColumn *columns, const void *row, guint lifted, guint *hidden, Arena *mem);
/* Puts "hidden" into the object: [] where all was seen. */
void hidden_set(json_t *object, guint hidden);

/* The tables, by what they are of. */
extern const ReadColumn customer_columns[], identifier_columns[], representative_columns[], matter_columns[],
	contact_columns[], casefile_columns[], report_columns[], assessment_columns[], referral_columns[],
	warning_columns[], answer_columns[], request_columns[], decision_columns[], signature_columns[],
	notice_columns[], notice_line_columns[], need_columns[], adjustment_columns[], item_columns[], breach_columns[],
	evidence_columns[], safety_columns[], dispute_columns[], variation_columns[], entry_columns[],
	viewing_columns[], function_columns[], staff_columns[], door_columns[], pack_columns[], customer_line_columns[],
	casefile_line_columns[], warning_line_columns[], referral_line_columns[], ended_call_columns[],
	arrangement_columns[] /* ArrangementView */;

/* An arrangement in words (read_arrangement.c). facts: of its customer, NULL: loaded here. */
gboolean arrangement_view(Reading *reading, const ArrangementRow *row, const CustomerFacts *facts,
	ArrangementView *ret_view, GError **error) MUST_CHECK;
json_t *arrangement_json(const ArrangementView *view, Arena *mem);
/* A restriction in short, for staff: its kind's title and terms, "Not these ways of contact: phone, e-mail". names:
 * also what may point at somebody (a point of contact, own words); without, nothing that does. */
const char *restriction_for_staff(Arena *mem, const Policy *policy, const RestrictionAsked *asked, gboolean names);
/* "contact with Casework", "contact about M-2026-000012", "contact with the whole organisation". */
gboolean scope_in_words(
	Reading *reading, const char *scope, const char *scope_of, const char **ret_words, GError **error) MUST_CHECK;

/* R11: the other customers who hold an identifier; NULL-terminated. */
gboolean identifier_shared_with(
	Reading *reading, const IdentifierRow *row, const char *const **ret_customers, GError **error) MUST_CHECK;

/* A customer and a page of a timeline without the viewing (read_customer.c, read_timeline.c). */
gboolean customer_view(Reading *reading, const char *reference, CustomerView **ret_view, GError **error) MUST_CHECK;
gboolean timeline_view(Reading *reading, const char *reference, const TimelinePage *wanted, Timeline **ret_timeline,
	GError **error) MUST_CHECK;

/* What a casefile waits for (read_next.c), in the policy's order. */
typedef struct {
	const char *act, *title, *about;
	gboolean open, yours;
	const char *rule, *sentence;       /* what is in the way; NULL where it is open */
	const char *mend_act, *mend_about; /* what mends that, as far as an act does; NULL */
} NextAct;
void casefile_next_acts(const Reading *reading, const Casefile *file, ArenaList *ret_acts /* of NextAct */);
/* The same as "next" of a casefile's JSON. */
json_t *casefile_next(const Reading *reading, const Casefile *file);

/* Splits a reference's kind off: "C" of "C-2026-000001"; FALSE where it is none. */
gboolean reference_kind(const char *reference, Arena *mem, const char **ret_kind);

/* The customer whom a reference is about; NULL where it is about none, or where there is no such thing. */
gboolean customer_of(Reading *reading, const char *reference, const char **ret_customer, GError **error) MUST_CHECK;

/* The words of a name as they are searched for, folded, at most n (read_names.c); FALSE where nothing is left. */
gboolean name_words(Arena *mem, const char *typed, const char **words, gsize n);

/* Customers by name_words: those in whose name each of them begins a word; where there is none, those in whose name
 * each stands anywhere. key: go on behind (down: before) the row with it; NULL: from the beginning. */
typedef struct {
	const char *words[3]; /* the first is set */
	const char *sort;     /* "name" or "id" */
	gint64 down;          /* 1: the other way round */
} NameSearch;
gboolean customers_named(Reading *reading, const NameSearch *search, const char *key, gint64 limit,
	CustomerLineRow **ret_rows, gsize *ret_n, GError **error) MUST_CHECK;

/* Rows one behind another, as a list of objects. */
json_t *rows_json(
	const ReadColumn *columns, const void *rows, gsize n, gsize size, guint lifted, guint *hidden, Arena *mem);

/* Evidence (read_evidence.c): refused to who may not see it; with "after", the decision before its entry (G9). */
gboolean load_evidence(Reading *reading, const char *reference, EvidenceRow **ret_row, GError **error) MUST_CHECK;
gboolean evidence_json(
	Reading *reading, const EvidenceRow *row, guint *hidden, json_t **ret_json, GError **error) MUST_CHECK;

/* One casefile with its steps (read_casefile.c). */
gboolean show_casefile(Reading *reading, const char *reference, json_t **ret_json, GError **error) MUST_CHECK;

/* What a timeline's summary says at its head: "Decided". rest: "Authorised as asked", or NULL. */
const char *summary_heading(Arena *mem, const char *summary, const char **ret_rest);

/* Opaque cursors: what they are of and the last key. */
char *cursor_make(Arena *mem, const char *of, const char *key);
gboolean cursor_read(Arena *mem, const char *of, const char *cursor, const char **ret_key, GError **error) MUST_CHECK;

/* How a list's rows come. */
typedef struct {
	const char *filters[READ_FILTERS_MAX]; /* values in the table's order; NULL: absent. BOOL: "1" or "0" */
	const char *key;                       /* go on behind this one; NULL: from the beginning */
	gint64 limit;                          /* at most so many */
} ListQuery;

struct ReadSource {
	gsize row_size;
	gsize key_offset;     /* of what rows are sorted by: a text */
	gboolean numbered;    /* … or a gint64 */
	gboolean all_at_once; /* the statement gives all rows, whatever the key and the limit */
	gboolean set_up;      /* no customer's: nobody's looking is recorded */
	gboolean (*fetch)(Reading *reading, const ListQuery *query, void **ret_rows, gsize *ret_n, GError **error);
	/* Whether the actor sees the row, and what of it is lifted. NULL: all of every row. */
	gboolean (*sees)(Reading *reading, const void *row, gboolean *ret_sees, guint *ret_lifted, GError **error);
	/* The row as JSON. NULL: by the list's columns. */
	gboolean (*item)(Reading *reading, const ListQuery *query, const void *row, guint lifted, guint *hidden,
		json_t **ret_item, GError **error);
};

/* Lists that have files of their own: registers (read_registers.c) and my work (work_list.c). */
extern const ReadList read_customers_list, read_casefiles_list, read_arrangements_list, read_warnings_list,
	read_referrals_list, read_ended_calls_list, read_work_list;
