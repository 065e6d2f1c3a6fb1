/* restrictions_form.h: restrictions in a flow's form: what is asked for, decided, eased, or agreed on. One block a
 * restriction, of a kind of the pack, with its arguments and the report that it answers (G4). It works without
 * JavaScript: choose a kind and press 'Add', and its arguments are asked; 'Remove' takes a block away. The flow's act
 * has the field `restrictions`.
 *
 *	// in the flow's fill, before anything else that may show an error:
 *	if (flow->pairs == NULL && !restrictions_form_prefill(flow, json, error)) …  // NULL json: begin with none
 *	page->restrictions = restrictions_form_of(flow, &(RestrictionsAsk){.ask = "What do you ask for?"}, error);
 *	// in its questions:
 *	{{call restrictions_form(out, flow, page->restrictions)}}
 */
#pragma once

#include "web/flow.h"

typedef struct {
	const char *ask;  /* heading above the blocks */
	const char *hint; /* NULL */
	/* Reports that a restriction may answer, NULL-terminated; NULL: all that were assessed as calling for
	 * something. */
	const char *const *reports;
} RestrictionsAsk;

/* One argument of a restriction, asked for by its type. */
typedef struct {
	const char *id;   /* where a problem points: "restrictions/0/weekday" */
	const char *name; /* the input's: "restrictions/0/arguments/weekday", or "…/channels[]" */
	const KindArgument *argument;
	const char *value;
	const GovukOption *options; /* of one among several */
	gsize n_options;
	const GovukChoice *choices; /* of a list */
	gsize n_choices;
} RestrictionInput;

typedef struct {
	gsize number; /* from 1 */
	const RestrictionKind *kind;
	const char *id, *kind_name, *report_name, *other_name; /* "restrictions/0", "restrictions/0/kind" … */
	const char *report, *other, *remove;                   /* remove: what its button sends */
	const RestrictionInput *inputs;
	gsize n_inputs;
} RestrictionBlock;

typedef struct {
	const RestrictionsAsk *ask;
	const RestrictionBlock *blocks;
	gsize n_blocks;
	const GovukOption *kinds, *reports;
	gsize n_kinds, n_reports;
	const char *none_chosen; /* 'Add' was pressed without a kind: what to do */
} RestrictionsForm;

/* What stands in a new form: restrictions as an act takes them (JSON, RequestView.asked_json). */
gboolean restrictions_form_prefill(Flow *flow, const char *json, GError **error) MUST_CHECK;

/* The blocks as they stand now, after 'Add' or 'Remove' where one of them was pressed (flow->go). NULL where what the
 * arguments may point at cannot be had. */
RestrictionsForm *restrictions_form_of(Flow *flow, const RestrictionsAsk *ask, GError **error) MUST_CHECK;

void restrictions_form(Html *out, Flow *flow, const RestrictionsForm *form);
