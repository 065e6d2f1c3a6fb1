/* run.h: what acts share among themselves; nobody outside this folder includes it. */
#pragma once

#include "acts/acts.h"
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

/* Tables that several acts share. */
extern const Field restriction_fields[]; /* RestrictionAsked */
extern const Field complaint_fields[];   /* CustomerComplaint */
extern const Field finding_fields[];     /* Finding */
