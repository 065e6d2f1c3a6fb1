/* casefile.h: the casefile's page: what is in force, the policy's steps, every entry, the timeline. */
#pragma once

#include "web/flow.h"

/* An act that is possible and is nobody's task. */
typedef struct {
	const char *href, *title;
} CasefileAct;

/* Where a part of the page begins. */
typedef struct {
	const char *href, *title;
	gsize n;
} CasefilePart;

typedef struct {
	const Layout *frame;
	const Visit *visit;
	const CasefilePageView *file;
	const FlowDone *done; /* what was done a moment ago; NULL */
	const char *customer_href;
	const char *owner;  /* "Casework. "; NULL where the scope says it */
	const char *state;  /* "Open since 3 March 2026" */
	const char *hidden; /* what the viewer does not see, in a sentence; NULL */
	const CasefilePart *parts;
	gsize n_parts;
	const GovukSummaryRow *about;
	gsize n_about;
	const GovukSummaryRow *takes; /* B4 */
	gsize n_takes;
	const char *takes_words;
	const StepView **steps; /* the task list's lines */
	gsize n_steps;
	const CasefileAct *acts;
	gsize n_acts;
	gsize counts[ARRANGEMENT_ENDED + 1]; /* arrangements, by state */
	const MojTimelineItem *timeline;
	gsize n_timeline;
	const char *older_href, *newest_href;
} CasefilePage;

void casefile_page(Html *out, const CasefilePage *p);
void casefile_tasks(Html *out, const CasefilePage *p);
/* Where a step's act is done; NULL: it is not for the viewer's roles, or has no page. */
const char *casefile_step_href(const CasefilePage *p, const StepView *step);
/* Whether the viewer's roles open the page that mends it. */
gboolean casefile_mends(const CasefilePage *p, const StepView *step);
/* Whether what is in the way of it is in the way of a step above it too. */
gboolean casefile_said_above(const CasefilePage *p, const StepView *step);
void casefile_step_hint(Html *out, const CasefilePage *p, const StepView *step);

void page_casefile(void *context, HttpRequest *request, HttpResponse *response);
