/* change_customer.h: the flow on a customer's page that puts right what is kept of them (N4). */
#pragma once

#include "web/flow.h"

typedef struct {
	const GovukChoice *languages, *formats;
	gsize n_languages, n_formats;
} ChangeCustomerPage;

void change_customer_questions(Html *out, Flow *flow, const ChangeCustomerPage *p);
