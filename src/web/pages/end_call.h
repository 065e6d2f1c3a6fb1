/* end_call.h: the page of a call that was ended: why (S2), and, unless unticked, the report and a welfare mark (S3, S4)
 * in the same form, which is one act. 'Contact, now' logs at once what needs no report. */
#pragma once

#include "web/pages/contact.h"

/* A heading of the policy with its examples as choices. */
typedef struct {
	const char *key, *title, *meaning;
	const char *id; /* of its first choice */
	const GovukChoice *examples;
	gsize n_examples;
} EndCallHeading;

typedef struct {
	const Layout *frame;
	const ContactPage *contact; /* the question's fields */
	const char *caption;        /* who it was; NULL */
	gboolean nobody;            /* it is not known who it was: a report needs that */
	const char *ended_at;       /* as the form carries it, and in words */
	const char *ended_words;
	const GovukChoice *reasons;
	gsize n_reasons;
	const char *reason, *what, *minutes;
	gboolean reports; /* ticked */
	const EndCallHeading *headings;
	gsize n_headings;
	const GovukChoice *heading_choices;
	const char *example, *heading, *other, *effect, *disability, *welfare;
	gboolean violence, aimed_at_me;
	const char *user_name;
	const GovukOption *functions; /* for whom it is reported, where there are several */
	gsize n_functions;
	const char *function;
	const LinkedPolicy *linked;
	gsize n_linked;
	const GovukProblem *problems;
	gsize n_problems;
	const FormResult *result;
} EndCallPage;

void end_call_page(Html *out, const EndCallPage *p);

void page_end_call(void *context, HttpRequest *request, HttpResponse *response);
