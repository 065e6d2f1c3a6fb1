/* moj.h: components of the Ministry of Justice as templates (moj_*.html) with plain structs. The words of forms.h
 * hold here too. Proved against the package's own templates (tests/web/fixtures). */
#pragma once

#include "web/components/forms.h"

/* A strip with whom the page is about. */
typedef struct {
	HtmlContent title;
	const char *classes;
	HtmlAttributes attributes;
} MojIdentityBar;

typedef struct {
	const char *label; /* needed, or label_html: what happened */
	HtmlSafe label_html;
	const char *byline; /* 'by' whom */
	HtmlSafe byline_html;
	const char *timestamp; /* needed: RFC 3339, for machines */
	const char *when;      /* needed: the same for people */
	const char *text;
	HtmlSafe html;
	const char *classes;
	HtmlAttributes attributes;
} MojTimelineItem;

typedef struct {
	const MojTimelineItem *items;
	gsize n_items;
	int heading_level; /* 0: 2 */
	const char *classes;
	HtmlAttributes attributes;
} MojTimeline;

typedef struct {
	const char *text;
	HtmlSafe html;
	const char *classes; /* "moj-badge--red", … */
	HtmlAttributes attributes;
} MojBadge;

typedef struct {
	const char *type; /* "success", "warning", "information"; NULL: none of them */
	const char *text;
	HtmlSafe html;
	const char *label; /* for those who do not see the sign; NULL: the type */
	const char *classes;
	HtmlAttributes attributes;
} MojBanner;

typedef struct {
	const char *variant; /* "information" (also for NULL), "success", "warning", "error" */
	const char *title;   /* needed: says it in a few words */
	gboolean show_title; /* as a heading above the content */
	const char *heading; /* "h2" (also for NULL), "h3", "h4" */
	const char *text;    /* NULL and no html: the title is all there is */
	HtmlSafe html;
	const char *role; /* NULL: "region" */
	gboolean dismissible;
	gboolean disable_auto_focus;
	const char *dismiss_text;              /* NULL: "Dismiss" */
	const char *focus_on_dismiss_selector; /* where the focus goes when it is dismissed */
	const char *classes;
	HtmlAttributes attributes;
} MojAlert;

typedef struct {
	const char *text; /* needed, or html */
	HtmlSafe html;
	const char *href; /* needed */
	gboolean active;
	const char *classes; /* sub-navigation only */
	HtmlAttributes attributes;
} MojNavigationItem;

typedef struct {
	const MojNavigationItem *items;
	gsize n_items;
	const char *label; /* NULL: "Secondary navigation region" */
	const char *classes;
	HtmlAttributes attributes;
} MojSubNavigation;

typedef struct {
	const MojNavigationItem *items;
	gsize n_items;
	const char *label;
	HtmlSafe search;
	const char *classes;
	const char *container_classes;
	HtmlAttributes attributes;
} MojPrimaryNavigation;

typedef struct {
	HtmlContent heading;         /* needed */
	int heading_level;           /* 0: 1 */
	const char *heading_classes; /* NULL: "govuk-heading-xl" */
	const GovukButton *items;
	gsize n_items;
	const char *classes;
	HtmlAttributes attributes;
} MojPageHeaderActions;

typedef struct {
	const char *text;
	const char *href; /* the same list without this filter */
} MojFilterTag;

typedef struct {
	HtmlContent heading;
	const MojFilterTag *items;
	gsize n_items;
} MojFilterCategory;

/* What a list can be narrowed by, and what narrows it now. */
typedef struct {
	HtmlContent heading;          /* needed */
	HtmlContent selected_heading; /* of the filters that are chosen */
	const char *clear_href;
	const char *clear_text;
	const MojFilterCategory *categories;
	gsize n_categories;
	const char *submit_text; /* NULL: "Apply filters" */
	HtmlAttributes submit_attributes;
	HtmlAttributes attributes;
} MojFilter;

void moj_identity_bar(Html *out, const MojIdentityBar *p);
void moj_timeline(Html *out, const MojTimeline *p);
void moj_badge(Html *out, const MojBadge *p);
void moj_banner(Html *out, const MojBanner *p);
void moj_alert(Html *out, const MojAlert *p);
void moj_sub_navigation(Html *out, const MojSubNavigation *p);
void moj_primary_navigation(Html *out, const MojPrimaryNavigation *p);
void moj_page_header_actions(Html *out, const MojPageHeaderActions *p);
void moj_filter(Html *out, const MojFilter *p, HtmlSafe options); /* options: the form's fields */
