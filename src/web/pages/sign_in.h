/* sign_in.h: signing in, by a password and, where somebody has a second factor on, by a code; and signing out. */
#pragma once

#include "web/pages/resume.h"

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
/* The second page: the code. user_name: whose. */
void sign_in_code_page(Html *out, const SignInPage *p);

void page_sign_in(void *context, HttpRequest *request, HttpResponse *response);
void page_sign_in_post(void *context, HttpRequest *request, HttpResponse *response);
void page_sign_in_code(void *context, HttpRequest *request, HttpResponse *response);
void page_sign_in_code_post(void *context, HttpRequest *request, HttpResponse *response);
void page_sign_out(void *context, HttpRequest *request, HttpResponse *response);

/* Answers a form that came without a session: the sign-in, with the form kept in it. */
void sign_in_keep(Visit *visit, HttpResponse *response);
