/* page.h: what all pages have: the frame, the way out, and the pages that say what went wrong. */
#pragma once

#include "web/components/components.h"
#include "web/visit.h"

/* The frame for this visit: organisation, who is signed in, navigation. More may be filled in. */
Layout page_frame(const Visit *visit, const char *title);
/* Sends what a template printed. One that did not fit becomes a page that says so. */
void page_send(Visit *visit, HttpResponse *response, int status, Html *out);

/* A page with one sentence. visit NULL: no more is known than that something came. */
void page_trouble(Visit *visit, HttpResponse *response, int status, const Trouble *trouble);
/* The same for an error: its kind gives status and heading; 5xx are logged. */
void page_error(Visit *visit, HttpResponse *response, const GError *error);
/* The same with where 'Go back' leads; NULL: where they came from. */
void page_error_back(Visit *visit, HttpResponse *response, const GError *error, const char *back);
/* The site's `problem`. */
void page_problem(void *context, HttpRequest *request, int status, HttpResponse *response);

/* The address of the page on which an act is done: "/casefiles/CF-2026-000001/assess-report?about=R-2026-000007";
 * about NULL: the act is about the casefile as a whole. */
const char *page_act_href(Arena *mem, const char *casefile, const char *act, const char *about);

/* The two hidden fields of every form: the key that shows that it is ours, and the request's own number, by which a
 * form that is sent twice does one thing. */
typedef struct {
	const char *form_key, *request_id;
} FormKeys;
FormKeys page_form_keys(const Visit *visit);
void form_keys(Html *out, const FormKeys *keys);

/* "24 November 2026 at 9:30am", in the organisation's time. */
const char *page_time(const Visit *visit, Instant instant);
