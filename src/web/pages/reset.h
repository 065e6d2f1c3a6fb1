/* reset.h: a forgotten password, and a second factor that is lost: what an administrator does for the person, and the
 * page that the link leads to. */
#pragma once

#include "web/form.h"
#include "web/page.h"

/* The page of the link: whoever holds it sets a new password. */
typedef struct {
	const Layout *frame;
	const char *form_key;
	const char *action; /* the link's own path */
	const char *user_name, *name;
	const char *problem; /* of the new password; NULL */
} ResetPage;

void reset_page(Html *out, const ResetPage *p);
void page_reset(void *context, HttpRequest *request, HttpResponse *response);
void page_reset_post(void *context, HttpRequest *request, HttpResponse *response);

/* The administrator's two forms. */
typedef struct {
	const Layout *frame;
	FormKeys keys;
	const char *user_name, *name;
	const char *title, *sentence, *action, *button;
	const char *secret; /* what the link will hold; NULL: this form makes none */
	const char *reason, *reason_hint;
	gboolean reason_needed;
	const FormResult *result;
	const GovukProblem *problems;
	gsize n_problems;
	const char *link, *until; /* where it was made */
} ResetForm;

void reset_form_page(Html *out, const ResetForm *p);
void reset_done_page(Html *out, const ResetForm *p);
void page_admin_reset_password(void *context, HttpRequest *request, HttpResponse *response);
void page_admin_reset_second_factor(void *context, HttpRequest *request, HttpResponse *response);
