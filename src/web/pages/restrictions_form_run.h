/* restrictions_form_run.h: what restrictions_form.c and its template share. */
#pragma once

#include "web/pages/restrictions_form.h"

#include <string.h>

/* What is wrong with a restriction as a whole, or with its kind; NULL. */
const char *restriction_problem(const Flow *flow, const RestrictionBlock *block);
/* What stands in the blocks, for 'check your answers'. */
void restriction_note(Html *out, Flow *flow, const RestrictionsForm *form, const RestrictionBlock *block);
void restrictions_note(Html *out, Flow *flow, const RestrictionsForm *form);
