/* read_customer_file.h: what stands on a customer's page beside read.h's view: who shares a number or address (R11),
 * what was decided on each matter (K2), breaches, disputes, evidence. */
#pragma once

#include "acts/read.h"

typedef struct {
	const char *matter, *act, *title, *ref; /* "decide", "Decided", D-2026-000003; ref: NULL */
	Instant at;
} MatterDecision;

typedef enum { DISPUTE_OPEN, DISPUTE_ANSWERED, DISPUTE_WITHDRAWN } DisputeStand;

typedef struct {
	const char *ref, *casefile, *about; /* about: the arrangement, the decision; NULL of evidence */
	const char *words;                  /* NULL where hidden */
	Instant at;                         /* when it happened, came, was obtained */
	gboolean struck;                    /* its author took it back */
	DisputeStand stand;                 /* of a dispute */
	Day reply_by;                       /* likewise */
} CustomerEntry;

/* R11: somebody else who holds a number or address of theirs. */
typedef struct {
	const char *identifier, *customer, *name; /* ID-…, C-…, as written */
} IdentifierSharer;

typedef struct {
	const IdentifierSharer *sharers;
	gsize n_sharers;
	const MatterDecision *decisions; /* newest first */
	gsize n_decisions;
	const CustomerEntry *breaches, *disputes, *evidence; /* newest first; evidence: what the viewer may see */
	gsize n_breaches, n_disputes, n_evidence;
} CustomerFile;

typedef struct {
	CustomerView *customer;
	CustomerFile *file;
	Timeline *timeline;
} CustomerPageView;

/* All that the customer's page shows, seen at one moment and recorded as one viewing (K4). Not found names the
 * reference. */
gboolean read_customer_page(Acts *acts, Arena *mem, const ActCaller *caller, const char *reference,
	const TimelinePage *wanted, CustomerPageView *ret_page, GError **error) MUST_CHECK;
