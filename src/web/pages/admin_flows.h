/* admin_flows.h: the flows of administration: adding staff, functions and doors, granting and revoking roles, naming
 * who stands in. */
#pragma once

#include "web/flow.h"

/* What their questions offer to choose from. */
typedef struct {
	const GovukChoice *roles, *functions, *purposes, *kinds, *people, *capacities;
	gsize n_roles, n_functions, n_purposes, n_kinds, n_people, n_capacities;
	const GovukOption *owners; /* of a line of somebody's own */
	gsize n_owners;
	const char *said; /* of what cannot be chosen any more: "manager, Casework" */
} AdminAsk;

void admin_ask_staff(Html *out, Flow *flow);
void admin_ask_grant(Html *out, Flow *flow);
void admin_ask_revoke(Html *out, Flow *flow);
void admin_ask_function(Html *out, Flow *flow);
void admin_ask_substitute(Html *out, Flow *flow);
void admin_ask_door(Html *out, Flow *flow);

/* GET and POST of each. */
void page_admin_add_staff(void *context, HttpRequest *request, HttpResponse *response);
void page_admin_grant(void *context, HttpRequest *request, HttpResponse *response);
void page_admin_revoke(void *context, HttpRequest *request, HttpResponse *response);
void page_admin_end_staff(void *context, HttpRequest *request, HttpResponse *response);
void page_admin_add_function(void *context, HttpRequest *request, HttpResponse *response);
void page_admin_substitute(void *context, HttpRequest *request, HttpResponse *response);
void page_admin_add_door(void *context, HttpRequest *request, HttpResponse *response);
