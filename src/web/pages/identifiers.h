/* identifiers.h: who a customer is, and what they are recognised by: recorded at /customers/new; a number or address
 * added, marked as shared, confirmed or ended; a representative registered (R11, G5, G13). */
#pragma once

#include "web/flow.h"

/* Somebody who has the same name, number or address: a hint before something is recorded (G13). */
typedef struct {
	const char *href, *name, *how; /* how: "C-2026-000012, by phone number" */
} SameAs;

typedef struct {
	const SameAs *same;
	gsize n_same;
	const IdentifierView *chosen; /* what is marked, confirmed or ended; NULL */
} IdentifiersPage;

void new_customer_questions(Html *out, Flow *flow);
void identifier_questions(Html *out, Flow *flow);
void representative_questions(Html *out, Flow *flow);
/* Which number or address it is about, above the question. */
void chosen_identifier(Html *out, const Flow *flow, const IdentifierView *p);
/* G13: who it may be already, before 'check your answers' is sent. */
void same_warning(Html *out, const Flow *flow, const IdentifiersPage *p);
void identifiers_evidence(Html *out, const Flow *flow, const IdentifiersPage *p);

void page_new_customer(void *context, HttpRequest *request, HttpResponse *response);
