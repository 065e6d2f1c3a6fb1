/* gate_state.h: how the gate is: does it answer, how fresh is what it knows, what did it answer. */
#pragma once

#include "web/pages/admin.h"

typedef struct {
	AdminFrame base;
	const char *state, *state_variant; /* "The gate works"; "success", "error" */
	const char *state_sentence;
	const GovukSummaryRow *rows;
	gsize n_rows;
	const GovukSummaryRow *verdicts;
	gsize n_verdicts;
	const char *const *warnings; /* sentences; NULL-terminated */
	gsize n_warnings;
} GateStatePage;

void gate_state_page(Html *out, const GateStatePage *p);

void page_gate_state(void *context, HttpRequest *request, HttpResponse *response);
