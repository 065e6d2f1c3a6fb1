/* sign_in.h: signing in and out, and the form that is kept where somebody had to sign in to send it. */
#pragma once

#include "web/page.h"

/* One field of a kept form. */
typedef struct {
	const char *name, *value;
} KeptField;

/* A form that was typed and could not be taken yet: where it goes, and all that stood in it. */
typedef struct {
	const char *action; /* NULL: none is kept */
	const KeptField *fields;
	gsize n_fields;
} KeptForm;

typedef struct {
	const Layout *frame;
	const char *form_key;
	const char *back;
	const char *user_name;
	const char *problem, *problem_at; /* id of the field; NULL: none */
	const char *notice;               /* what happened before, such as "You have signed out." */
	const KeptForm *kept;
} SignInPage;

void sign_in_page(Html *out, const SignInPage *p);

/* What was typed, shown once more before it is sent. */
typedef struct {
	const Layout *frame;
	const char *heading, *sentence;
	const char *form_key;
	const KeptForm *kept;
	const GovukSummaryRow *rows;
	gsize n_rows;
} ResumePage;

void resume_page(Html *out, const ResumePage *p);

void page_sign_in(void *context, HttpRequest *request, HttpResponse *response);
void page_sign_in_post(void *context, HttpRequest *request, HttpResponse *response);
void page_sign_out(void *context, HttpRequest *request, HttpResponse *response);

/* Answers a form that came without a session: the sign-in, with the form kept in it. */
void sign_in_keep(Visit *visit, HttpResponse *response);
/* Answers a form that came with another session's key: shows what it holds and offers to send it. */
void resume_keep(Visit *visit, HttpResponse *response);
/* Answers a form for which nothing could be done, not even its page be shown again: most often the database is gone, so
 * that it is not known whose form it is. */
void resume_later(Visit *visit, HttpResponse *response, const GError *error);
