/* report.h: the flow 'report behaviour' (B2, S3, S4, L2, G7) at /report?customer=C-…&contact=K-…; without a customer
 * the page asks whom it is about, and can record somebody new. */
#pragma once

#include "web/flow.h"

typedef struct {
	const char *id, *title, *meaning; /* id: of the first radio */
	const GovukChoice *examples;
	gsize n_examples;
} ReportHeading;

typedef struct {
	const ReportHeading *headings;
	gsize n_headings;
	const GovukChoice *heading_choices, *channels, *targets, *functions, *matters, *scopes;
	gsize n_channels, n_targets, n_functions, n_matters, n_scopes;
	const LinkedPolicy *linked; /* S4 */
	gsize n_linked;
	const char *opened; /* a matter that was opened a moment ago; NULL */
} ReportPage;

void report_questions(Html *out, Flow *flow, const ReportPage *p);
void report_evidence(Html *out, const Flow *flow, const ReportPage *p);

/* Somebody whom it may be about. */
typedef struct {
	const char *href, *name, *how;
} ReportHit;

typedef struct {
	const Layout *frame;
	const char *typed;   /* what was looked up; NULL */
	const char *contact; /* K-…, carried on; NULL */
	const ReportHit *hits;
	gsize n_hits;
	gboolean more;
	const char *new_href; /* to record somebody new */
} ReportWhomPage;

void report_whom_page(Html *out, const ReportWhomPage *p);
void report_new_questions(Html *out, Flow *flow);
/* The page that asks whom it is about; carried: "&contact=K-…", or "". */
void report_whom(Visit *visit, const char *carried, HttpResponse *response);

void page_report(void *context, HttpRequest *request, HttpResponse *response);
