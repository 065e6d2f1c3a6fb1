/* customer.h: the customer's page: who, what they need, what is in force, and what happened. */
#pragma once

#include "acts/read.h"
#include "web/flow.h"

/* One arrangement in words. */
typedef struct {
	const char *ref, *state; /* "In force", with its colour */
	const char *tag_classes;
	const char *state_sentence, *scope_words, *review_words, *casefile, *decision;
	const char *breach_href, *dispute_href; /* NULL: not for the viewer, or it has ended */
	gboolean ended, review_overdue;
	const RestrictionView *restrictions;
	gsize n_restrictions;
} CustomerArrangement;

typedef struct {
	const Layout *frame;
	const CustomerView *customer;
	const FlowDone *done; /* what was done a moment ago; NULL */
	const char *kind;     /* "Person" */
	const char *back;
	const char *call_href; /* 'contact, now' with this customer */
	gboolean works_cases;  /* may report, and record what they need */
	const char **alerts;   /* what to see first: in force, informal advice, an open request for an adjustment */
	gsize n_alerts;
	const CustomerArrangement *arrangements;
	gsize n_arrangements;
	const GovukSummaryRow *details; /* name, address, how letters go */
	gsize n_details;
	const GovukSummaryRow *identifiers;
	gsize n_identifiers;
	const GovukSummaryRow *needs; /* needs and adjustments */
	gsize n_needs;
	const GovukSummaryRow *matters, *casefiles, *letters, *breaches, *disputes, *evidence;
	gsize n_matters, n_casefiles, n_letters, n_breaches, n_disputes, n_evidence;
	const MojTimelineItem *timeline;
	gsize n_timeline;
	gboolean timeline_left_out;           /* there are entries that are not for the viewer */
	const char *older_href, *newest_href; /* NULL: no such page */
	const GovukOption *filters;           /* what the timeline may be narrowed to */
	gsize n_filters;
	const char *filter;
} CustomerPage;

void customer_page(Html *out, const CustomerPage *p);

void page_customer(void *context, HttpRequest *request, HttpResponse *response);
