/* content.h: GOV.UK components that show things, as templates (govuk_*.html) with plain structs. The words of
 * forms.h hold here too. Where a function takes a body, it is what stands between {{call … with body}} and
 * {{/call}}. */
#pragma once

#include "web/html.h"

typedef struct {
	const char *text;
	HtmlSafe html;
	const char *classes; /* colour: "govuk-tag--red", … ; never the only sign of a meaning */
	HtmlAttributes attributes;
} GovukTag;

typedef struct {
	const char *text;
	HtmlSafe html;
	const char *id;
	const char *classes;
	HtmlAttributes attributes;
} GovukInsetText;

typedef struct {
	const char *text;
	HtmlSafe html;
	const char *icon_text; /* for those who do not see the sign; NULL: "Warning" */
	const char *classes;
	HtmlAttributes attributes;
} GovukWarningText;

typedef struct {
	const char *summary; /* needed, or summary_html */
	HtmlSafe summary_html;
	const char *text;
	HtmlSafe html;
	const char *id;
	gboolean open;
	const char *classes;
	HtmlAttributes attributes;
} GovukDetails;

typedef struct {
	const char *title; /* needed, or title_html */
	HtmlSafe title_html;
	int heading_level; /* 0: 1 */
	const char *text;
	HtmlSafe html;
	const char *classes;
	HtmlAttributes attributes;
} GovukPanel;

typedef struct {
	const char *text;
	HtmlSafe html;
	gboolean success;  /* "Success", announced at once; else "Important" */
	const char *title; /* instead of those words */
	HtmlSafe title_html;
	const char *title_id;
	int title_heading_level; /* 0: 2 */
	const char *role;
	const char *disable_auto_focus; /* "true", "false" */
	const char *classes;
	HtmlAttributes attributes;
} GovukNotificationBanner;

typedef struct {
	const char *href; /* needed */
	const char *text; /* needed, or html */
	HtmlSafe html;
	const char *visually_hidden; /* what the link is about, where its text alone does not say */
	const char *classes;
	HtmlAttributes attributes;
} GovukAction;

typedef struct {
	HtmlContent key;   /* needed */
	HtmlContent value; /* needed */
	const GovukAction *actions;
	gsize n_actions;
	const char *key_classes;
	const char *value_classes;
	const char *actions_classes;
	const char *classes;
} GovukSummaryRow;

/* The card round a summary list: a title and actions for the whole. */
typedef struct {
	HtmlContent title;
	int heading_level; /* 0: 2 */
	const char *title_classes;
	const GovukAction *actions;
	gsize n_actions;
	const char *actions_classes;
	const char *classes;
	HtmlAttributes attributes;
} GovukSummaryCard;

typedef struct {
	const GovukSummaryRow *rows;
	gsize n_rows;
	const GovukSummaryCard *card;
	const char *classes; /* e.g. "govuk-summary-list--no-border" */
	HtmlAttributes attributes;
} GovukSummaryList;

typedef struct {
	const char *text;
	HtmlSafe html;
	const char *format; /* "numeric" */
	const char *classes;
	guint colspan;
	guint rowspan;
	HtmlAttributes attributes;
} GovukCell;

typedef struct {
	const GovukCell *cells;
	gsize n_cells;
} GovukRow;

typedef struct {
	const char *caption; /* needed for a reader who does not see the heading above it */
	const char *caption_classes;
	const GovukCell *head;
	gsize n_head;
	const GovukRow *rows;
	gsize n_rows;
	gboolean first_cell_is_header;
	const char *classes;
	HtmlAttributes attributes;
} GovukTable;

/* One task; its status is the tag where that has a text, else `status`. */
typedef struct {
	HtmlContent title; /* needed */
	const char *title_classes;
	const char *href; /* NULL: it cannot be opened */
	HtmlContent hint;
	GovukTag tag;
	HtmlContent status;
	const char *status_classes; /* "govuk-task-list__status--cannot-start-yet" */
	const char *classes;
} GovukTask;

typedef struct {
	const GovukTask *items;
	gsize n_items;
	const char *id_prefix; /* NULL: "task-list" */
	const char *classes;
	HtmlAttributes attributes;
} GovukTaskList;

/* GOVUK_ROW({ .text = "a" }, { .text = "b" }): a row of a table, for initialisers. */
#define GOVUK_ROW(...)                                                                                                 \
	{                                                                                                              \
		.cells = (const GovukCell[]){__VA_ARGS__},                                                             \
		.n_cells = sizeof((const GovukCell[]){__VA_ARGS__}) / sizeof(GovukCell)                                \
	}

void govuk_tag(Html *out, const GovukTag *p);
void govuk_inset_text(Html *out, const GovukInsetText *p);
void govuk_warning_text(Html *out, const GovukWarningText *p);
void govuk_details(Html *out, const GovukDetails *p);
void govuk_panel(Html *out, const GovukPanel *p);
void govuk_notification_banner(Html *out, const GovukNotificationBanner *p);
void govuk_summary_list(Html *out, const GovukSummaryList *p);
void govuk_table(Html *out, const GovukTable *p);
void govuk_task_list(Html *out, const GovukTaskList *p);
