/* flow_private.h: what the files of flow.h share; no page includes it. */
#pragma once

#include "web/flow.h"
#include "web/prose.h"

/* flow_form.c */
const char *flow_typed(const Flow *flow, const char *field); /* as it came; NULL */
void flow_fill_from_draft(Flow *flow, const Draft *draft);
const char *flow_draft_text(const Flow *flow);  /* the fields, as a draft keeps them */
const char *flow_fingerprint(const Flow *flow); /* of what was typed, the files too: what is equal was sent before */
/* Runs through the questions once, to know each one's words. */
void flow_collect(Flow *flow);
const GovukSummaryRow *flow_check_rows(Html *out, const Flow *flow, gsize *ret_n);
/* The problems in the words of the questions. */
void flow_say_problems(Flow *flow);

/* For flow.html. */
const char *const *flow_values(const Flow *flow, const char *field);          /* of a list; NULL-terminated */
const char *flow_part(const Flow *flow, const char *field, const char *part); /* "happened_at", "day" */
const char *flow_day_in_words(const Flow *flow, const char *field);
const char *flow_choices_in_words(const Flow *flow, const FlowQuestion *p);
/* The fields that a form carries unseen: what was prefilled and is not asked; all that was typed. What the row's
 * functions print. */
void flow_unasked(Html *out, const Flow *flow);
void flow_typed_fields(Html *out, const Flow *flow);
void flow_questions(Html *out, Flow *flow);
void flow_evidence(Html *out, const Flow *flow);
void flow_beware(Html *out, const Flow *flow);
void flow_layout(Html *out, const Flow *flow, HtmlSafe back, HtmlSafe body);
/* The question with "(optional)" where it is; and what flow_answered does, from a template. */
const char *flow_label(const Flow *flow, const FlowQuestion *p);
void flow_note(Html *out, Flow *flow, const FlowQuestion *p, const char *answer);

enum { FLOW_DELIVERIES = 6 };
const GovukChoice *flow_deliveries(const Flow *flow);
/* Where the button that leads onward goes on the page that comes next. */
const char *flow_onward_href(const Flow *flow); /* NULL: to its top */

typedef struct {
	const HttpPair *pairs;
	gsize n_pairs;
} FlowHidden;

typedef struct {
	const GovukSummaryRow *rows;
	gsize n_rows;
} FlowCheck;

/* flow.html */
void flow_hidden_fields(Html *out, const FlowHidden *p);
void flow_lines(Html *out, const char *text); /* with its line ends */
void flow_letter(Html *out, const Flow *p);   /* the letter that is sent */
void flow_form_page(Html *out, Flow *p);
void flow_check_page(Html *out, Flow *p, const FlowCheck *answers);
