/* contact.h: 'contact, now': who is it, and what may I do? */
#pragma once

#include "acts/read.h"
#include "web/form.h"
#include "web/page.h"
#include "web/pages/verdict.h"

/* What the page was asked, by the box, a link, or a softphone: /?q=+441632960123. */
typedef struct {
	const char *typed;    /* as it was typed; "" */
	Channel channel;      /* phone, unless another was chosen */
	const char *customer; /* who it is, where that was chosen; "other": none of those who were offered; NULL */
	const char *to;       /* the extension or mailbox, where the phone system says so; NULL */
	const char *gate_id;  /* the contact's id in the phone system, so that logging makes no second entry; NULL */
	const char *logged;   /* the contact that was logged a moment ago; NULL */
} ContactQuestion;

/* One of several whom it may be. */
typedef struct {
	const char *href;
	const char *name, *reference, *recognised;
	const char *verdict, *word; /* NULL where the gate was not asked */
} ContactChoice;

typedef struct {
	const char *rule, *title, *in_words, *arrangement, *decision, *pack, *until;
} ContactWhy;

typedef struct {
	const Layout *frame;
	const ContactQuestion *question;
	gboolean no_cases; /* an administrator: sees no case */

	const char *heading; /* where there is no verdict: what the page asks or says; NULL */
	const char *sentence;
	const VerdictBox *box; /* NULL: nobody was looked up, or it is not clear who it is */
	const AnswerView *answer;

	const ContactChoice *choices;
	gsize n_choices;
	gboolean more_choices;
	const char *nobody_href; /* "none of them"; NULL */

	const ContactWhy *why; /* only for who may see reasons */
	gsize n_why;
	const char *customer; /* who it is, as far as that is clear; NULL */

	/* The form that logs it. */
	gboolean may_log;
	FormKeys keys;
	const char *from;           /* the number or address; NULL */
	const char *what, *minutes; /* as typed */
	const GovukProblem *problems;
	gsize n_problems;
	const FormResult *result;

	const GovukOption *channels;
	gsize n_channels;
	const char *contact_word; /* "call" */
} ContactPage;

void contact_page(Html *out, const ContactPage *p);

void page_contact(void *context, HttpRequest *request, HttpResponse *response);
void page_contact_log(void *context, HttpRequest *request, HttpResponse *response);
