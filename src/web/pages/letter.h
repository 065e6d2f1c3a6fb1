/* letter.h: one letter as it goes out, for reading and for print: with its address and what is enclosed. */
#pragma once

#include "web/page.h"

typedef struct {
	const Layout *frame;
	const char *back;              /* the casefile */
	const char *reference, *state; /* "N-2026-000012", "to be posted" */
	const char *confirm_href;      /* where it is recorded what became of it; NULL: not the viewer's */
	const char *address;           /* where it goes; NULL */
	const char *language;
	HtmlSafe body; /* { NULL }: what it says is not for the viewer */
} LetterPage;

void letter_page(Html *out, const LetterPage *p);

void page_letter(void *context, HttpRequest *request, HttpResponse *response);
