/* snapshot.h: what the gate knows, made from one read transaction, immutable, and swapped whole.
 *
 * Nothing is in a snapshot but arrangements whose notice was delivered (G1, N5); whether one is in force is compared
 * with the time of the question. Counted references: whoever asks holds one as long as an answer is used, since
 * answers point into it. Policies are the source's and outlive every snapshot. */
#pragma once

#include "core/verdict.h"
#include "gate/index.h"
#include "store/statements.h"

/* Where policies come from. Called by the thread that makes snapshots, inside its read transaction. */
typedef struct {
	void *data;
	/* The policy of a label ("police-complaints 1"), or with label NULL the one in force at `at`. What it gives
	 * must live until the gate is freed. */
	gboolean (*policy)(
		void *data, Tx *tx, const char *label, Instant at, const Policy **ret_policy, GError **error);
	/* Simulated time: what a demonstration adds to the machine's clock, in microseconds. NULL: nothing. */
	gboolean (*clock_offset)(void *data, Tx *tx, gint64 *ret_offset, GError **error);
} GateSource;

typedef struct {
	const char *ref, *asked;
	gboolean open;  /* asked for and not answered (G7) */
	Day review_day; /* DAY_NONE */
} GateAdjustment;

typedef struct {
	const char *ref, *function;
} GateMatter;

/* What the gate knows of a customer beside the reference. */
typedef struct {
	const Arrangement *const *arrangements; /* in the order in which they were made */
	gsize n_arrangements;
	const Need *needs;
	gsize n_needs;
	const GateAdjustment *adjustments;
	gsize n_adjustments;
	const char *safety;        /* what anybody about to meet them is told, after violence (L2); NULL */
	const GateMatter *matters; /* where there are arrangements */
	gsize n_matters;
} GateManaged;

typedef struct {
	const char *ref;
	const GateManaged *managed; /* NULL: nothing more */
} GateCustomer;

typedef struct GateSnapshot GateSnapshot;

/* The rows that a snapshot is made of, each in the order of its statement in gate.sql. */
typedef struct {
	gint64 number; /* the record's head */
	Instant at;    /* now, of the clock with its offset */
	gint64 clock_offset;
	const char
		*stranger_key; /* 32 hex digits, shared by the gates of a database; NULL: strangers are not counted */
	const Policy *policy;  /* in force */
	GateCustomersRow *customers;
	gsize n_customers;
	GateIdentifiersRow *identifiers;
	gsize n_identifiers;
	GateRepresentativesRow *representatives;
	gsize n_representatives;
	GateArrangementsRow *arrangements;
	gsize n_arrangements;
	GateSuspensionsRow *suspensions; /* of all decisions, by decision */
	gsize n_suspensions;
	GateAgreedRow *agreed; /* D2: other courses that customers agreed to */
	gsize n_agreed;
	GateCasefileMattersRow *casefile_matters;
	gsize n_casefile_matters;
	GateMattersRow *matters;
	gsize n_matters;
	GateFunctionsRow *functions;
	gsize n_functions;
	GateNeedsRow *needs;
	gsize n_needs;
	GateAdjustmentsRow *adjustments;
	gsize n_adjustments;
	GateSafetyRow *safety;
	gsize n_safety;
	GateDoorsRow *doors;
	gsize n_doors;
	GateStaffFunctionsRow *staff_functions;
	gsize n_staff_functions;
} GateFacts;

/* Key of the shared secret in the table meta: 32 hex digits, made with the database. */
#define GATE_STRANGER_KEY "gate_stranger_key"

/* Reads the facts. machine_now: the machine's clock. */
gboolean gate_facts_read(const GateSource *source, Tx *tx, Instant machine_now, Arena *mem, GateFacts *ret_facts,
	GError **error) MUST_CHECK;

/* Makes a snapshot; one reference is the caller's. An arrangement that cannot be compiled is left out and counted
 * (gate_snapshot_problem), so that one broken row does not open the gate for all. tx may be NULL where the source needs
 * none. */
gboolean gate_snapshot_new(const GateFacts *facts, const GateSource *source, Tx *tx, GateSnapshot **ret_snapshot,
	GError **error) MUST_CHECK;
GateSnapshot *gate_snapshot_ref(GateSnapshot *snapshot);
void gate_snapshot_unref(GateSnapshot *snapshot);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GateSnapshot, gate_snapshot_unref)

gint64 gate_snapshot_number(const GateSnapshot *snapshot);
gint64 gate_snapshot_clock_offset(const GateSnapshot *snapshot);
const Policy *gate_snapshot_policy(const GateSnapshot *snapshot);
const Zone *gate_snapshot_zone(const GateSnapshot *snapshot);
const GateIndex *gate_snapshot_index(const GateSnapshot *snapshot);
/* How many arrangements could not be compiled, and what was wrong with the first; NULL for none. */
gsize gate_snapshot_problems(const GateSnapshot *snapshot, const char **ret_first);

const GateCustomer *gate_snapshot_customer(const GateSnapshot *snapshot, guint32 number);
const GateCustomer *gate_snapshot_customer_by_ref(const GateSnapshot *snapshot, const char *ref); /* NULL: unknown */
/* The door of an address as a machine or a person gives it; NULL: unknown. */
const Door *gate_snapshot_door(const GateSnapshot *snapshot, Channel channel, const char *address);
const Door *gate_snapshot_doors(const GateSnapshot *snapshot, gsize *ret_n);

/* A function's title; NULL where there is no such function. */
const char *gate_snapshot_function(const GateSnapshot *snapshot, const char *slug);

/* The keyed hash that stands for an unknown identifier; FALSE where the database has no key. */
gboolean gate_snapshot_stranger(const GateSnapshot *snapshot, const char *key, gsize length, guint8 ret_hash[16]);
