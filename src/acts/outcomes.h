/* outcomes.h: what came of acts, as people read it: on timelines and on a casefile's page alike. */
#pragma once

#include "core/policy.h"

typedef enum {
	OUTCOME_ASSESSED,   /* "warning": "Calls for a warning" */
	OUTCOME_DECIDED,    /* "as-asked": "Authorised as asked" */
	OUTCOME_CLOSED,     /* "warning-sufficed": "The warning was enough" */
	OUTCOME_DISPUTED,   /* "still-apply": "The arrangements still apply" */
	OUTCOME_LETTER,     /* "accepted": "Letter sent by e-mail" */
	OUTCOME_ITEM,       /* "nothing-new": "Nothing new" */
	OUTCOME_ADJUSTMENT, /* "granted-for-now": "Granted for the time being" */
	OUTCOME_IDENTIFIER  /* what was added: "phone": "phone number" */
} OutcomeOf;

/* The words of a key; NULL for NULL, and a key that has none as it is. */
const char *outcome_words(OutcomeOf of, const char *key);

/* "Call from the customer", "Visit to the customer", by the names of channel and direction. */
const char *outcome_contact(const char *channel, const char *direction);
