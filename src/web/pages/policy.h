/* policy.h: the policy for anyone, and how to dispute a decision (N3). Needs no sign-in: letters point here. */
#pragma once

#include "web/page.h"
#include "web/prose.h"

typedef struct {
	const Layout *frame;
	const Node *text;
	const Policy *policy;
	const char *in_force; /* "24 November 2026" */
} PolicyPage;

void policy_page(Html *out, const PolicyPage *p);

void page_policy(void *context, HttpRequest *request, HttpResponse *response);
