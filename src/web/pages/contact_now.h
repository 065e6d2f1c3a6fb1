/* contact_now.h: what the files of 'contact, now' share: the question, who it may be, and what the gate says. */
#pragma once

#include "web/pages/contact.h"

/* Everything that is found out before the page is filled in. */
typedef struct {
	Visit *visit;
	ContactQuestion question;
	LookUp *look_up;
	Answer *answer;         /* NULL: it is to be chosen who it is, or the gate cannot answer */
	CustomerView *customer; /* whom the answer is about; NULL */
	NowView *now;           /* NULL where nobody was looked up */
	const char *from;       /* the identifier as the channel has it; NULL */
	const char *unanswered; /* why the gate cannot answer; NULL */
	const FormResult *result;
	gboolean once_more; /* the result is that the same was sent already */
} Contact;

typedef const char *(*ContactGetter)(HttpRequest *request, const char *name);

/* contact_who.c */
ContactQuestion contact_question(Visit *visit, ContactGetter get);
gboolean contact_find_out(Contact *contact, GError **error) MUST_CHECK;
/* A name, a reference or a few digits that nobody has: most likely mistyped, which is no reason to answer at once. */
gboolean contact_is_mistyped(const Contact *contact);
/* The page's address for this question. */
const char *contact_url(const Visit *visit, const ContactQuestion *question);

/* contact_fill.c: the answer at the top; contact_next.c: what can be done next, or, of a call that was ended a moment
 * ago, what was done with it. */
void contact_fill(Contact *contact, ContactPage *page);
/* Whether that reason for ending a call can be one: that of an arrangement (S5) only where one is in force, of a call
 * from them. customer: NULL. */
gboolean contact_may_be_reason(Direction direction, const CustomerView *customer, const char *reason);
/* Where somebody whom nobody knows yet is recorded, with what was typed. back: the question that the page goes back to
 * once it is known who it is; look_up: what it was recognised as; NULL: told by its shape. */
const char *contact_create_url(const Visit *visit, const ContactQuestion *back, const LookUp *look_up);
gboolean contact_is_over(const ContactQuestion *question);
void contact_fill_over(const Contact *contact, ContactPage *page);
void contact_fill_next(Contact *contact, ContactPage *page);
