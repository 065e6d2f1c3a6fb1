/* mend.h: the flows 'strike' and 'correct': an author puts right what they wrote (K3). */
#pragma once

#include "web/flow.h"

/* A text of the entry as it stands. */
typedef struct {
	const char *field, *title, *text, *href; /* href: the page with this text to be put right */
} MendText;

typedef struct {
	const char *what; /* "Report R-2026-000012" */
	const MendText *texts;
	gsize n_texts;
	const GovukChoice *fields;
	gsize n_fields;
	gboolean corrects;
} MendPage;

void mend_questions(Html *out, Flow *flow, const MendPage *p);
void mend_evidence(Html *out, const MendPage *p);

/* GET and POST of /entries/:ref/strike and /entries/:ref/correct */
void page_strike(void *context, HttpRequest *request, HttpResponse *response);
void page_correct(void *context, HttpRequest *request, HttpResponse *response);
