/* pack.h: the policy in detail, as staff should know it: behaviours, criteria, what a restriction does, days, and the
 * letters with sample data. All of it is the pack in force; nothing here is of the program's own. */
#pragma once

#include "web/page.h"
#include "web/prose.h"

typedef struct {
	const char *title, *key, *effect, *words, *rule;
} PackKind;

typedef struct {
	const char *href, *title;
} PackLetterLink;

typedef struct {
	const Layout *frame;
	const Policy *policy;
	const char *in_force;
	const PackKind *kinds;
	gsize n_kinds;
	const GovukSummaryRow *days;
	gsize n_days;
	const PackLetterLink *letters;
	gsize n_letters;
} PackPage;

typedef struct {
	const Layout *frame;
	const char *title;
	const Node *letter;
	const char *enclosed; /* what goes with it; NULL */
} PackLetterPage;

void pack_page(Html *out, const PackPage *p);
void pack_letter_page(Html *out, const PackLetterPage *p);

void page_pack(void *context, HttpRequest *request, HttpResponse *response);
void page_pack_letter(void *context, HttpRequest *request, HttpResponse *response);
