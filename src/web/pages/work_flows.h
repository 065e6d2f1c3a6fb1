/* work_flows.h: the flows of work that has no casefile's page: following up an ended call or a welfare mark (S2, S4),
 * dealing with an item (G6), and handing work to somebody. */
#pragma once

#include "acts/read_work.h"
#include "web/flow.h"

/* What stands beside the question. */
typedef struct {
	const GovukSummaryRow *facts;
	gsize n_facts;
	const char *heading;
	const char *said; /* what was said or written; NULL: not for the viewer, or nothing */
	const GovukChoice *choices;
	gsize n_choices;
	const char *nobody;        /* why there is no choice; NULL */
	GHashTable *people;        /* names of staff */
	const char *customer_name; /* of whom it is about; NULL: of nobody known */
} WorkFlowPage;

void follow_up_questions(Html *out, Flow *flow);
void assign_questions(Html *out, Flow *flow, const WorkFlowPage *p);
void item_questions(Html *out, Flow *flow, const WorkFlowPage *p);
void work_flow_evidence(Html *out, const WorkFlowPage *p);

/* GET and POST of /work/follow-up?about=K-…, /work/assign?work=R-… and /items/I-… */
void page_follow_up(void *context, HttpRequest *request, HttpResponse *response);
void page_assign(void *context, HttpRequest *request, HttpResponse *response);
void page_item(void *context, HttpRequest *request, HttpResponse *response);
