/* run.h: what acts share among themselves; nobody outside this folder includes it. */
#pragma once

#include "acts/acts.h"
#include "acts/compose.h"
#include "store/statements.h"

/* The whole casefile as core's rules read it; not found names the reference. */
gboolean load_casefile(Tx *tx, Arena *mem, const char *ref, Casefile **ret_file, GError **error) MUST_CHECK;

/* The customer; not found names the reference, invalid at `field` where none was given. */
gboolean load_customer(
	Tx *tx, Arena *mem, const char *ref, const char *field, CustomerRow **ret_customer, GError **error) MUST_CHECK;
gboolean load_matters(Tx *tx, Arena *mem, const char *customer, const char *const *refs, MatterRow ***ret_matters,
	gsize *ret_n, GError **error) MUST_CHECK;

/* What restrictions may point at, and what a person can use. */
typedef struct {
	RestrictionFacts restrictions;
	const Need *needs;
	gsize n_needs;
} CustomerFacts;
gboolean load_facts(ActRun *run, const char *customer, CustomerFacts *ret_facts, GError **error) MUST_CHECK;

/* An arrangement as core sees it, compiled by the pack that it is bound to. */
gboolean load_arrangement(ActRun *run, const ArrangementRow *row, const CustomerFacts *facts,
	Arrangement **ret_arrangement, GError **error) MUST_CHECK;

/* All arrangements of the customer that are or may come into force, and `also` (NULL: none), as they would be: one that
 * a later one takes the place of is left out, and so is one that has ended. For R9, the ways that stay open. */
gboolean load_arrangements(ActRun *run, const char *customer, const ArrangementRow *also, const CustomerFacts *facts,
	Arrangement ***ret_arrangements, gsize *ret_n, GError **error) MUST_CHECK;

/* An object of texts as the database keeps it, and back (fields.h has the others). */
char *keyed_dump(const KeyedText *texts, gsize n, Arena *mem);
gboolean keyed_load(const char *json, Arena *mem, const KeyedText **ret_texts, gsize *ret_n, GError **error) MUST_CHECK;

/* Each restriction fits the pack and what it points at (run->file's customer); invalid names "restrictions/0/…". */
gboolean restrictions_check(ActRun *run, const RestrictionAsked *asked, gsize n, GError **error) MUST_CHECK;

/* G4: a contact that an entry of run->file names was this customer's, or nobody's yet; ref NULL: none is named. */
gboolean entry_check_contact(ActRun *run, const char *ref, GError **error) MUST_CHECK;

/* Where viewings are committed together (K4): viewing.h. */
struct Viewings *acts_viewings(Acts *acts);

/* Tables that several acts share. */
extern const Field restriction_fields[]; /* RestrictionAsked */
extern const Field complaint_fields[];   /* CustomerComplaint */
extern const Field finding_fields[];     /* Finding */

/* Who signs a letter, in two lines: name and post. N1: a person who reported what it is about, or was its target, signs
 * with their post alone. capacity: of who decided; CAPACITY_NONE: a manager or staff. */
gboolean notice_signer(
	ActRun *run, const char *user_name, Capacity capacity, const char **ret_lines, GError **error) MUST_CHECK;

/* The actor signs: a complaints officer as one, everybody else for the function that owns the casefile. */
gboolean notice_signer_self(ActRun *run, const char **ret_lines, GError **error) MUST_CHECK;

/* Makes a notice of run->file about something (an assessment's, warning's or decision's reference): fills in whom it
 * goes to, how (asked: NULL for the way of their format) and from whom, compiles and renders it, and saves it, approved
 * by the actor. E-mail goes into the outbox in this transaction; all else is the actor's own work until it is
 * confirmed. letter->owner: whose task it is; NULL: who requested the decision that it is about, else the actor;
 * invalid where there is no such person. A letter that says what an arrangement is becomes that arrangement's notice.
 * Refuses with N4 where an address is missing and with G3 where an element is empty. */
gboolean notice_make(ActRun *run, Letter *letter, const char *about, const char *asked, const char **ret_notice,
	GError **error) MUST_CHECK;

/* Whose task a letter is: the same field for every act that makes one. */
#define OWNER_FIELD(Struct)                                                                                            \
	{                                                                                                              \
		.name = "owner", .type = FIELD_LINE, .offset = G_STRUCT_OFFSET(Struct, owner),                         \
		.help = "user name of who sees to the letter; left out: who asked for what it tells, else you"         \
	}

/* Of decide's row (ActPreview): the letter that notify will make of the decision that was just given; NULL while
 * signatures are missing, and where it authorises nothing. */
gboolean notice_preview_decision(ActRun *run, const Document **ret_letter, GError **error) MUST_CHECK;

/* How a letter's way may be chosen; the same field for every act that makes one. */
#define DELIVERY_FIELD(Struct)                                                                                         \
	{                                                                                                              \
		.name = "delivery", .type = FIELD_CHOICE, .offset = G_STRUCT_OFFSET(Struct, delivery),                 \
		.choices = (const char *const[]){"email", "post", "by-hand", "read-out", "task", NULL},                \
		.help = "how the letter goes; left out: the way of the format that they need (N4)"                     \
	}
