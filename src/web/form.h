/* form.h: from a page's form to an act and back. The act's own table of fields (acts/fields.h) says what is read of
 * the form, so nothing is fetched by hand: a form field's name is the field's name, "findings/communication/how" or
 * "restrictions/0/kind" inside groups, "review_on/day", "/month", "/year" for a day, and "…/channels[]" for each of a
 * list among a restriction's arguments. A time is "happened_at", or "/day", "/month", "/year" and "/time" in the
 * organisation's zone: no time of day means midday, or now where the day is today. The names of an error's fields are
 * the same, so a problem finds its input.
 *
 * A form that does not fit comes back filled (form_typed), with the problems at the fields and in the summary. */
#pragma once

#include "acts/sent.h"
#include "web/components/components.h"
#include "web/visit.h"

/* The field that says: yes, once more. */
#define AGAIN "again"

typedef struct {
	gboolean done;
	int status;         /* for the page that gives the form back */
	ActAnswer answer;   /* where done */
	EvenhandError kind; /* where not */
	const char *rule;   /* that refused it; NULL */
	ArenaList problems; /* FieldProblem; field "" where it is about the whole */
} FormResult;

/* Performs the act with what the request's form holds. The form's request_id makes it one act, however often it is
 * sent. Every failure is a problem of the form, so that nothing typed is lost; those of ours are logged. */
void form_perform(Visit *visit, const char *act, FormResult *ret_result);

/* To be asked before form_perform where a form that was gone back to must do nothing twice unsaid: whether it is not
 * the same as one that was sent and done a quarter of an hour ago or less (acts/sent.h), or says AGAIN. FALSE: the
 * result is a conflict whose one sentence says when that was and what it became, and the page shows the form with AGAIN
 * in it; or the database is gone. */
gboolean form_is_new(Visit *visit, const char *act, FormResult *ret_result);
/* "You sent the same on 24 November 2026 at 9:30am, and it was done as K-…. Nothing was done now: send it again only if
 * it is to be done once more" */
const char *form_sent_in_words(const Visit *visit, const SentForm *earlier);
/* Of what stands in the fields, but for the form's own machinery and `but` (NULL): equal where they are. */
const char *form_fingerprint(Arena *mem, const HttpPair *pairs, gsize n, const char *but);

/* The same for a flow (flow.h), which has its own words for fields: the problems name them by their keys. pairs: the
 * form's, or a draft's; a problem's rule stands beside its sentence. ret_trial not NULL: the act is only tried ('check
 * your answers'); `done` means that it would be. */
void form_send(
	Visit *visit, const char *act, const HttpPair *pairs, gsize n, FormResult *ret_result, ActTrial *ret_trial);

/* The act's input as it stands in a form's fields. A new reference. now: for a time that is a day alone. */
json_t *form_envelope(const HttpPair *pairs, gsize n, Arena *mem, const Field *fields, const Zone *zone, Instant now);

/* A sentence about a field, the field named as the page does (‘What it was about’) and not by its key. */
const char *form_in_words(Arena *mem, const char *field, const char *sentence);

/* What is wrong with this field; NULL: nothing. result may be NULL. */
const char *form_problem(const FormResult *result, const char *field);
/* All of it for the error summary, each linked to its input; `otherwise` is the id to go to for what is about the whole
 * form. */
const GovukProblem *form_summary(Visit *visit, const FormResult *result, const char *otherwise, gsize *ret_n);
/* What the person typed, to give it back; NULL on a form that is new. */
const char *form_typed(Visit *visit, const char *field);
