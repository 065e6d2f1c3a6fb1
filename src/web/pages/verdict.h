/* verdict.h: the box at the top of 'contact, now': what to do, in words first; sign, border and colour repeat it. */
#pragma once

#include "web/answer.h"
#include "web/components/components.h"

typedef struct {
	const char *verdict; /* for its looks: "decline" */
	const char *word;    /* what to do; the page's h1 */
	const char *who;     /* above it; NULL */
	const char *href;    /* their page; NULL */
	const AnswerView *answer;
	const char *say, *for_staff;  /* the words to say, and those for whoever says them; NULL */
	const char *needs_of;         /* whose needs they are, where somebody else is in touch for them; NULL */
	const char *intro;            /* a sentence below the word; NULL */
	const GovukSummaryRow *facts; /* minutes, until, next slot, whom to pass to … */
	gsize n_facts;
	const char **notes; /* decided and not in force yet, advice given, a review that is overdue */
	gsize n_notes;
} VerdictBox;

void verdict_box(Html *out, const VerdictBox *p);
