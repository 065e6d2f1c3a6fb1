/* customer_fill.h: what the files of the customer's page share. */
#pragma once

#include "acts/read_customer_file.h"
#include "web/pages/customer.h"

typedef struct {
	Visit *visit;
	const CustomerView *customer;
	const CustomerFile *file;
	const Timeline *timeline;
	CustomerPage *page;
} CustomerFilling;

/* "24 November 2026", of an instant. */
const char *customer_day(const CustomerFilling *filling, Instant at);
GovukSummaryRow customer_row(const char *key, const char *value);
/* One link behind a row; adds to those that it has. */
void customer_link(
	const CustomerFilling *filling, GovukSummaryRow *row, const char *href, const char *text, const char *what);

/* customer_who.c: who they are, what they are recognised by, what they need. */
void customer_fill_who(const CustomerFilling *filling);
/* customer_lists.c: matters with what was decided, casefiles, letters, breaches, disputes, evidence. */
void customer_fill_lists(const CustomerFilling *filling);
/* customer_timeline.c: which lines the request asks for, and what they say. */
TimelinePage customer_timeline_wanted(HttpRequest *request);
void customer_fill_timeline(const CustomerFilling *filling);
