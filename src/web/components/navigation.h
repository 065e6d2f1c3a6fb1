/* navigation.h: GOV.UK components that lead through the pages. The words of forms.h hold here too. */
#pragma once

#include "web/components/content.h"

typedef struct {
	const char *text; /* needed, or html */
	HtmlSafe html;
	const char *href; /* NULL: the page itself */
	HtmlAttributes attributes;
} GovukCrumb;

typedef struct {
	const GovukCrumb *items;
	gsize n_items;
	gboolean collapse_on_mobile;
	const char *label; /* NULL: "Breadcrumb" */
	const char *classes;
	HtmlAttributes attributes;
} GovukBreadcrumbs;

typedef struct {
	const char *text; /* NULL: "Back" */
	HtmlSafe html;
	const char *href; /* NULL: "#" */
	const char *classes;
	HtmlAttributes attributes;
} GovukBackLink;

typedef struct {
	const char *text; /* needed */
	HtmlSafe html;
	const char *href; /* NULL: "#content" */
	const char *classes;
	HtmlAttributes attributes;
} GovukSkipLink;

typedef struct {
	GovukTag tag;
	const char *text;
	HtmlSafe html;
	const char *classes;
	HtmlAttributes attributes;
} GovukPhaseBanner;

typedef struct {
	const char *text; /* needed, or html */
	HtmlSafe html;
	const char *href;
	gboolean current; /* this very page */
	gboolean active;  /* a page below it */
	HtmlAttributes attributes;
} GovukNavigationItem;

typedef struct {
	const char *service_name;
	const char *service_url;
	const GovukNavigationItem *items;
	gsize n_items;
	gboolean keep_open;           /* never behind a "Menu" button on a narrow screen */
	gboolean always_collapse;     /* behind the button even with one item */
	const char *label;            /* of the section; NULL: "Service information" */
	const char *navigation_label; /* NULL: the menu button's text */
	const char *navigation_id;    /* NULL: "navigation" */
	const char *navigation_classes;
	const char *menu_button_text; /* NULL: "Menu" */
	const char *menu_button_label;
	HtmlSafe start;            /* further markup: before the container, */
	HtmlSafe end;              /* after it, */
	gboolean end_inline;       /* (beside it) */
	HtmlSafe navigation_start; /* and first and last in the list */
	HtmlSafe navigation_end;
	const char *classes;
	HtmlAttributes attributes;
} GovukServiceNavigation;

typedef struct {
	const char *number; /* needed unless ellipsis */
	const char *href;
	const char *label; /* NULL: "Page NUMBER" */
	gboolean current;
	gboolean ellipsis; /* "⋯" instead of a page */
	HtmlAttributes attributes;
} GovukPageLink;

typedef struct {
	const char *href; /* NULL: no such link */
	const char *text; /* NULL: "Previous page", "Next page" */
	HtmlSafe html;
	const char *label; /* the name of the page it leads to (without numbered pages only) */
	HtmlAttributes attributes;
} GovukPageStep;

/* With items numbered pages between the steps; without, the two steps one below the other. */
typedef struct {
	GovukPageStep previous;
	GovukPageStep next;
	const GovukPageLink *items;
	gsize n_items;
	const char *landmark_label; /* NULL: "Pagination" */
	const char *classes;
	HtmlAttributes attributes;
} GovukPagination;

void govuk_breadcrumbs(Html *out, const GovukBreadcrumbs *p);
void govuk_back_link(Html *out, const GovukBackLink *p);
void govuk_skip_link(Html *out, const GovukSkipLink *p);
void govuk_phase_banner(Html *out, const GovukPhaseBanner *p);
void govuk_service_navigation(Html *out, const GovukServiceNavigation *p);
void govuk_pagination(Html *out, const GovukPagination *p);
