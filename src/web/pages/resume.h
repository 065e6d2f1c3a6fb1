/* resume.h: a form that was typed and could not be taken yet, so that no text is lost: the session had ended, the form
 * is of an earlier session, or the database is gone. It is shown once more before it is sent, to the person who typed
 * it and to nobody else: the form's own key tells whose it is (auth_form_is_of). */
#pragma once

#include "web/page.h"

/* One field of a kept form. */
typedef struct {
	const char *name, *value;
} KeptField;

/* Where it goes, and all that stood in it. */
typedef struct {
	const char *action; /* NULL: none is kept */
	const char *key;    /* the form's own, of the session for which it was made; NULL */
	const KeptField *fields;
	gsize n_fields;
} KeptForm;

/* The form as it came in this request, and the one that a sign-in's form carries in hidden fields: 'kept' (where it
 * goes), 'kept_key' and 'kept.NAME'. */
KeptForm resume_of_request(Visit *visit);
KeptForm resume_of_sign_in(Visit *visit);
/* Those hidden fields, inside the form of a sign-in. */
void resume_fields(Html *out, const KeptForm *kept);

/* Shows what it holds and offers to send it, where it is the signed-in person's own; else says that it is not. status:
 * of the answer. */
void resume_give_back(Visit *visit, HttpResponse *response, int status, const KeptForm *kept, const char *heading,
	const char *sentence);

/* Answers a form that came with another session's key. */
void resume_keep(Visit *visit, HttpResponse *response);
/* Answers a form for which nothing could be done, not even its page be shown again: most often the database is gone, so
 * that it is not known whose form it is. */
void resume_later(Visit *visit, HttpResponse *response, const GError *error);

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
