/* contact.h: 'contact, now': who is it, and what may I do? */
#pragma once

#include "acts/read_now.h"
#include "web/form.h"
#include "web/page.h"
#include "web/pages/verdict.h"

/* What the page was asked, by the box, a link, or a softphone: /?q=+441632960123&to=01632960100&gate_id=call-17. */
typedef struct {
	const char *typed;    /* as it was typed; "" */
	Channel channel;      /* phone, unless another was chosen */
	Direction direction;  /* in, unless staff are about to call or write (G12) */
	const char *customer; /* who it is, where that was chosen; "other": none of those who were offered; NULL */
	const char *to;       /* the extension or mailbox, where the phone system says so; NULL */
	const char *gate_id;  /* the contact's id in the phone system, so that logging makes no second entry; NULL */
	const char *matter;   /* what it is about; NULL */
	const char *purpose;  /* what they say they want, of the policy's protected purposes (G5); NULL */
	const char *contact;  /* the entry that logging completes: they were put on hold; NULL */
	const char **odd;     /* of the address, what is not known and was not taken: a sentence each */
	gsize n_odd;
	const char *did;      /* what was done a moment ago: "logged", "held", "ended", "read"; NULL */
	const char *done_ref; /* of what; NULL */
} ContactQuestion;

/* One of several whom it may be. */
typedef struct {
	const char *href;
	const char *name, *reference, *recognised;
	const char *verdict, *word; /* NULL where the gate was not asked */
} ContactChoice;

/* A thing that can be chosen: what they want, what it is about. */
typedef struct {
	const char *href, *text;
	gboolean chosen;
} ContactLink;

typedef struct {
	const char *rule, *title, *in_words, *arrangement, *decision, *pack, *until;
} ContactWhy;

typedef struct {
	const char *href, *title, *state;
} ContactLetter;

typedef struct {
	const Layout *frame;
	const ContactQuestion *question;
	gboolean no_cases;  /* an administrator: sees no case */
	const char *action; /* where the forms go back to: this page's address */

	const char *banner;  /* what was done a moment ago; NULL */
	const char *heading; /* where there is no verdict: what the page asks or says; NULL */
	const char *sentence;
	const char *meant_href, *meant; /* "07700 900789 (Jordan Quill)": a number of theirs, or nearly; NULL */
	gboolean look_again;            /* nobody was found: the box comes first, with what was typed */
	gboolean over;                  /* the call was ended: what was done, and the box for the next one */
	const VerdictBox *box;          /* NULL: nobody was looked up, or it is not clear who it is */
	const AnswerView *answer;
	const NoticeToRead *notices; /* to be read out (N5); their text as it is read aloud */
	gsize n_notices;

	const ContactChoice *choices;
	gsize n_choices;
	gboolean more_choices;
	const char *nobody_href; /* "none of them"; NULL */

	const ContactLink *purposes, *matters;
	gsize n_purposes, n_matters;
	const ContactLetter *letters;
	gsize n_letters;
	const ContactWhy *why; /* only for who may see reasons */
	gsize n_why;
	const char *customer; /* who it is, as far as that is clear; NULL */

	/* What can be done. */
	gboolean may_act, may_end; /* may_end: it is a call */
	FormKeys keys;
	const char *from;           /* the number or address; NULL */
	const char *what, *minutes; /* as typed */
	const char *logged; /* "You logged a call with them at 9:30am as K-…": it is not logged twice unsaid; NULL */
	const char *again;  /* the entry that 'same again' repeats; NULL */
	const char *customer_href; /* their page, where the call is over; NULL */
	const char *again_matter, *again_purpose;
	const char *create_href, *matter_href, *report_href; /* NULL: there is nothing to create or report */
	const char *breach_href, *dispute_href;              /* of what is in force; NULL */
	const GovukChoice *reasons;                          /* why the call is ended (S2) */
	gsize n_reasons;
	const GovukProblem *problems;
	gsize n_problems;
	const char *problem_title; /* NULL: "There is a problem" */
	const FormResult *result;
	gboolean once_more; /* the same was sent already: what is sent now is meant to be done once more */

	const GovukOption *channels, *directions;
	gsize n_channels, n_directions;
	const char *contact_word; /* "call" */
} ContactPage;

void contact_page(Html *out, const ContactPage *p);
/* The question as hidden fields, by the names of the acts' fields, so that a form leads back to the same page. */
void contact_fields(Html *out, const ContactPage *p);
void contact_once_more(Html *out, const ContactPage *p); /* likewise, where the same was sent already */

void page_contact(void *context, HttpRequest *request, HttpResponse *response);
void page_contact_log(void *context, HttpRequest *request, HttpResponse *response);
void page_contact_read_out(void *context, HttpRequest *request, HttpResponse *response);
