/* layout.h: the frame of every page: head, skip link, our own header with the sign-out, navigation, main, footer.
 *
 * A page's template is one call: {{call layout(out, &(Layout){ .title = … }, body) with body}} … {{/call}}.
 * There is no crown, no GDS typeface and no inline script or style in it. */
#pragma once

#include "web/components/navigation.h"

typedef struct {
	const char *title;        /* needed: the page's own; the organisation's and our name follow it */
	const char *lang;         /* NULL: "en" */
	const char *organisation; /* shown in the header */
	gboolean has_problems;    /* a form came back with problems: the title says so first */

	/* Who is signed in; NULL: nobody, and neither name nor sign-out is shown. */
	const char *user;
	const char *roles; /* in words, such as "Manager, Head of function" */
	const char *csrf;  /* the token that the sign-out's POST to /sign-out carries in the field 'csrf' */

	const GovukNavigationItem *items;
	gsize n_items;

	/* In a demonstration database: what to say above everything, such as the simulated time. */
	const char *demonstration;

	HtmlSafe before; /* breadcrumbs or back link, before main */
} Layout;

void layout(Html *out, const Layout *p, HtmlSafe body);

/* The error pages: a heading, a sentence, what to do. Works for people who are not signed in. */
typedef struct {
	const char *heading;  /* needed, such as "You cannot do this" */
	const char *sentence; /* needed */
	const char *rule;     /* the rule's number, where a rule spoke */
	const char *back;     /* URL of the page to go back to; NULL: the first page */
} Trouble;

void layout_trouble(Html *out, const Layout *frame, const Trouble *p);
