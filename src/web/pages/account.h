/* account.h: a person's own account: their password, their second factor, and where they are signed in. */
#pragma once

#include "acts/second_factor.h"
#include "web/page.h"
#include "web/qr.h"

/* One session, in words. */
typedef struct {
	const char *hash; /* NULL: the one that looks */
	const char *where, *since, *seen;
} AccountSession;

typedef struct {
	const Layout *frame;
	const char *form_key;
	const char *notice; /* what was done a moment ago; NULL */
	const GovukSummaryRow *rows;
	gsize n_rows;
	const SecondFactor *factor;
	const char *factor_since;
	const AccountSession *sessions;
	gsize n_sessions;
} AccountPage;

/* The pages that ask for something. */
typedef struct {
	const Layout *frame;
	const char *form_key;
	const char *user_name;
	const char *title, *sentence, *action, *button; /* of account_prove_page */
	gboolean asks_code;
	const char *problem, *problem_at; /* id of the field; NULL: none */
	const SecondFactor *factor;
	const QrCode *qr;
	const char *const *codes; /* recovery codes */
	gsize n_codes;
	const char *heading; /* above the codes */
} AccountForm;

void account_page(Html *out, const AccountPage *p);
void account_password_page(Html *out, const AccountForm *p);
/* Password, and where asks_code the code: before the second factor is set up, turned off, or has new codes. */
void account_prove_page(Html *out, const AccountForm *p);
void account_key_page(Html *out, const AccountForm *p);
void account_codes_page(Html *out, const AccountForm *p);

void page_account(void *context, HttpRequest *request, HttpResponse *response);
void page_account_sessions(void *context, HttpRequest *request, HttpResponse *response);
void page_account_password(void *context, HttpRequest *request, HttpResponse *response);
void page_account_password_post(void *context, HttpRequest *request, HttpResponse *response);
void page_second_factor(void *context, HttpRequest *request, HttpResponse *response);
void page_second_factor_begin(void *context, HttpRequest *request, HttpResponse *response);
void page_second_factor_confirm(void *context, HttpRequest *request, HttpResponse *response);
void page_second_factor_off(void *context, HttpRequest *request, HttpResponse *response);
void page_second_factor_off_post(void *context, HttpRequest *request, HttpResponse *response);
void page_recovery_codes(void *context, HttpRequest *request, HttpResponse *response);
void page_recovery_codes_post(void *context, HttpRequest *request, HttpResponse *response);
