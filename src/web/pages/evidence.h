/* evidence.h: the flow 'attach evidence' (G9), and the file of a piece of evidence, which is saved and never shown. */
#pragma once

#include "web/flow.h"

typedef struct {
	const GovukChoice *reports; /* those that it may bear out, and all of it */
	gsize n_reports;
} EvidencePage;

void evidence_questions(Html *out, Flow *flow, const EvidencePage *p);
void evidence_so_far(Html *out, const Flow *flow);

/* GET /evidence/:ref */
void page_evidence_file(void *context, HttpRequest *request, HttpResponse *response);
