/* visit.h: one request for a page: who comes, with which rights, and whether its form is ours.
 *
 * Every POST must come from our own pages: the browser's Origin or Sec-Fetch-Site says so where it is sent, and the
 * form must hold the session's key in the field 'csrf' (for the sign-in, which has no session yet, the key that stands
 * in a cookie as well). What was typed is never lost: a form that comes without a session, or with another session's
 * key, is kept and offered to be sent again once the person is signed in. */
#pragma once

#include "acts/auth.h"
#include "acts/office.h"
#include "web/web.h"

typedef struct {
	Web *web;
	HttpRequest *request;
	Arena *mem;
	const Office *office;
	const Session *session; /* NULL: nobody is signed in */
	const Session *half;    /* the password was right, the code is still asked for; NULL */
	const char *new_key;    /* for a cookie that the answer must set; see visit_early_key */
} Visit;

/* The site's `admit`: FALSE where the response is filled in (sign in, forbidden, sent again). */
gboolean visit_admit(void *context, HttpRequest *request, const HttpRoute *route, HttpResponse *response);
/* The visit of an admitted request. */
Visit *visit_of(HttpRequest *request);
/* Where somebody signs in from. */
SignInFrom visit_from_where(Visit *visit);
/* The caller for acts and read functions. */
ActCaller visit_caller(const Visit *visit);

/* Where the browser says that a request comes from. */
typedef enum { FROM_US, FROM_NOWHERE /* it does not say */, FROM_ELSEWHERE } VisitFrom;
VisitFrom visit_from(HttpRequest *request);
/* Whether the form holds this key. */
gboolean visit_form_has(HttpRequest *request, const char *key);

/* The key of forms of somebody who is not signed in; made, and set as a cookie by page_send, where there is none. */
const char *visit_early_key(Visit *visit);
gboolean visit_early_form_is_ours(Visit *visit);
void visit_set_early_cookie(Visit *visit, HttpResponse *response); /* where the key is new */

/* From here on the visit is this person's, who has just signed in. */
gboolean visit_become(Visit *visit, const Session *session, GError **error) MUST_CHECK;
void visit_begin_session(Visit *visit, HttpResponse *response, const char *secret);
/* Ends it in the database and in the browser. */
gboolean visit_end_session(Visit *visit, HttpResponse *response, GError **error) MUST_CHECK;

/* The page of ours from which the person came, to lead back to it; "/" where that is not known. */
const char *visit_back(Visit *visit);

/* The path if it is one of this site that a person may be sent to; else "/". */
const char *visit_safe_path(const char *path);
