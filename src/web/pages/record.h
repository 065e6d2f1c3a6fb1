/* record.h: the record: whether it proves itself, and its entries. */
#pragma once

#include "acts/read_record.h"
#include "web/pages/admin.h"

typedef struct {
	const char *number, *when, *what, *who, *subject, *subject_href, *policy; /* subject_href: NULL */
} RecordRow;

typedef struct {
	AdminFrame base;
	const RecordPage *record;
	const RecordProof *proof; /* it was just checked; NULL */
	const char *form_key;
	const RecordRow *rows;
	gsize n_rows;
	const char *older_href, *newest_href; /* NULL */
} RecordShown;

void record_page(Html *out, const RecordShown *p);

/* GET shows; POST checks the whole record first. */
void page_record(void *context, HttpRequest *request, HttpResponse *response);
