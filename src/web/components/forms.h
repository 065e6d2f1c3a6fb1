/* forms.h: GOV.UK form components as templates (govuk_*.html) with plain structs.
 *
 * Everything is optional unless a comment says otherwise: leave out what you do not need. Where a struct has both
 * text and html, html is printed where it is set, else text, escaped. Strings are borrowed for the call. A field's
 * id is its name unless given, so that the error summary's '#name' finds it; its hint is 'ID-hint', its error
 * message 'ID-error'. A problem is shown by giving .error = { .text = … }; NULL is no problem.
 * Proved against govuk-frontend's own fixtures (tests/web/fixtures). */
#pragma once

#include "web/html.h"

typedef struct {
	const char *text;
	HtmlSafe html;
	const char *for_id;
	const char *classes;      /* e.g. "govuk-label--m" */
	gboolean is_page_heading; /* the label is the page's h1 */
	HtmlAttributes attributes;
} GovukLabel;

typedef struct {
	const char *text;
	HtmlSafe html;
	const char *id;
	const char *classes;
	HtmlAttributes attributes;
} GovukHint;

typedef struct {
	const char *text;
	HtmlSafe html;
	const char *id;
	const char *visually_hidden; /* before the text; NULL: "Error", "": nothing */
	const char *classes;
	HtmlAttributes attributes;
} GovukErrorMessage;

typedef struct {
	const char *text;
	HtmlSafe html;
	const char *classes; /* e.g. "govuk-fieldset__legend--m" */
	gboolean is_page_heading;
} GovukLegend;

typedef struct {
	GovukLegend legend;
	const char *role;
	const char *described_by;
	const char *classes;
	HtmlAttributes attributes;
} GovukFieldset;

/* The div around a field. */
typedef struct {
	const char *classes;
	HtmlAttributes attributes;
	HtmlContent after; /* straight after the input */
} GovukFormGroup;

typedef struct {
	const char *text;
	HtmlSafe html;
	const char *href; /* set: a link that looks like a button */
	const char *type; /* NULL: "submit" */
	const char *name;
	const char *value;
	const char *id;
	const char *classes; /* e.g. "govuk-button--secondary", "govuk-button--warning" */
	gboolean disabled;
	gboolean is_start;
	gboolean prevent_double_click;
	HtmlAttributes attributes;
} GovukButton;

typedef struct {
	const char *text;
	HtmlSafe html;
	const char *classes;
	HtmlAttributes attributes;
} GovukAffix;

typedef struct {
	const char *name; /* needed */
	const char *id;
	const char *type; /* NULL: "text" */
	const char *value;
	GovukLabel label; /* needed */
	GovukHint hint;
	GovukErrorMessage error;
	GovukAffix prefix;
	GovukAffix suffix;
	GovukFormGroup form_group;
	const char *classes; /* e.g. "govuk-input--width-10" */
	const char *described_by;
	const char *autocomplete;
	const char *autocapitalize;
	const char *inputmode;
	const char *pattern;
	const char *spellcheck; /* "true", "false" */
	gboolean disabled;
	const char *wrapper_classes; /* of the box round prefix, input and suffix */
	HtmlAttributes wrapper_attributes;
	HtmlAttributes attributes;
} GovukInput;

typedef struct {
	const char *name; /* needed */
	const char *id;
	const char *value;
	guint rows;       /* 0: 5 */
	GovukLabel label; /* needed */
	GovukHint hint;
	GovukErrorMessage error;
	GovukFormGroup form_group;
	const char *classes;
	const char *described_by;
	const char *autocomplete;
	const char *spellcheck; /* "true", "false" */
	gboolean disabled;
	HtmlAttributes attributes;
} GovukTextarea;

/* A textarea that says how much may still be written; the limit itself is the form's to check. */
typedef struct {
	const char *name; /* needed */
	const char *id;
	const char *value;
	guint rows;
	guint max_length; /* characters, or */
	guint max_words;  /* words: one of the two is needed */
	guint threshold;  /* per cent from which the count is shown */
	GovukLabel label; /* needed */
	GovukHint hint;
	GovukErrorMessage error;
	GovukFormGroup form_group;
	const char *classes;
	const char *count_classes;
	const char *spellcheck; /* "true", "false" */
	HtmlAttributes attributes;
} GovukCharacterCount;

typedef struct {
	const char *name; /* needed */
	const char *id;
	const char *value;
	GovukLabel label; /* needed */
	GovukHint hint;
	GovukErrorMessage error;
	GovukFormGroup form_group;
	const char *classes;
	const char *button_classes;
	const char *described_by;
	const char *autocomplete; /* NULL: "current-password" */
	gboolean disabled;
	HtmlAttributes attributes;
} GovukPasswordInput;

typedef struct {
	const char *name; /* needed */
	const char *id;
	GovukLabel label; /* needed */
	GovukHint hint;
	GovukErrorMessage error;
	GovukFormGroup form_group;
	const char *classes;
	const char *described_by;
	gboolean multiple;
	gboolean disabled;
	HtmlAttributes attributes;
} GovukFileUpload;

/* One radio button or checkbox. */
typedef struct {
	const char *value; /* needed */
	const char *text;  /* needed, or html */
	HtmlSafe html;
	const char *id;   /* NULL: the prefix, and from the second on '-2', '-3' … */
	const char *name; /* checkboxes only; NULL: the group's */
	GovukHint hint;
	const char *divider;   /* instead of all else: a word such as "or" between two choices */
	HtmlSafe conditional;  /* shown below when chosen */
	const char *behaviour; /* checkboxes only: "exclusive" */
	gboolean checked;
	gboolean disabled;
	const char *label_classes;
	HtmlAttributes label_attributes;
	HtmlAttributes attributes;
} GovukChoice;

typedef struct {
	const char *name;      /* needed */
	const char *id_prefix; /* NULL: name */
	const char *value;     /* the choice with this value is checked */
	const GovukChoice *items;
	gsize n_items;
	const GovukFieldset *fieldset; /* needed for more than one choice: its legend is the question */
	GovukHint hint;
	GovukErrorMessage error;
	GovukFormGroup form_group;
	const char *classes; /* e.g. "govuk-radios--inline", "govuk-radios--small" */
	HtmlAttributes attributes;
} GovukRadios;

typedef struct {
	const char *name; /* needed */
	const char *id_prefix;
	const char *const *values; /* the choices with these values are checked */
	gsize n_values;
	const GovukChoice *items;
	gsize n_items;
	const GovukFieldset *fieldset;
	GovukHint hint;
	GovukErrorMessage error;
	GovukFormGroup form_group;
	const char *described_by;
	const char *classes; /* e.g. "govuk-checkboxes--small" */
	HtmlAttributes attributes;
} GovukCheckboxes;

typedef struct {
	const char *text;  /* needed */
	const char *value; /* NULL: the text */
	gboolean selected;
	gboolean disabled;
	HtmlAttributes attributes;
} GovukOption;

typedef struct {
	const char *name; /* needed */
	const char *id;
	const char *value; /* the option with this value is selected */
	const GovukOption *items;
	gsize n_items;
	GovukLabel label; /* needed */
	GovukHint hint;
	GovukErrorMessage error;
	GovukFormGroup form_group;
	const char *classes;
	const char *described_by;
	gboolean disabled;
	HtmlAttributes attributes;
} GovukSelect;

/* One of the fields of a date. */
typedef struct {
	const char *name;  /* needed; with the group's name_prefix: 'PREFIX-name' */
	const char *label; /* NULL: the name with a capital */
	const char *id;    /* NULL: 'GROUPID-name' */
	const char *value;
	const char *classes; /* NULL: by the name: year four characters wide, others two */
	gboolean error;      /* this one is wrong; where none is marked, all look wrong */
	const char *autocomplete;
	const char *inputmode;
	const char *pattern;
	HtmlAttributes attributes;
} GovukDatePart;

/* Day, month, year. */
typedef struct {
	const char *id; /* needed */
	const char *name_prefix;
	const GovukDatePart *items; /* NULL: day, month, year with the three values */
	gsize n_items;
	const char *day;
	const char *month;
	const char *year;
	const GovukFieldset *fieldset; /* needed: its legend is the question */
	GovukHint hint;
	GovukErrorMessage error;
	GovukFormGroup form_group;
	const char *classes;
	HtmlAttributes attributes;
} GovukDateInput;

typedef struct {
	const char *text;
	HtmlSafe html;
	const char *href; /* '#id' of the field */
	HtmlAttributes attributes;
} GovukProblem;

typedef struct {
	const char *title; /* NULL: "There is a problem" */
	HtmlSafe title_html;
	const char *description;
	HtmlSafe description_html;
	const GovukProblem *items;
	gsize n_items;
	const char *disable_auto_focus; /* "true", "false" */
	const char *classes;
	HtmlAttributes attributes;
} GovukErrorSummary;

void govuk_label(Html *out, const GovukLabel *p); /* nothing where it has no text */
void govuk_hint(Html *out, const GovukHint *p);
void govuk_error_message(Html *out, const GovukErrorMessage *p);
void govuk_fieldset(Html *out, const GovukFieldset *p, HtmlSafe body);
void govuk_button(Html *out, const GovukButton *p);
void govuk_input(Html *out, const GovukInput *p);
void govuk_textarea(Html *out, const GovukTextarea *p);
void govuk_character_count(Html *out, const GovukCharacterCount *p);
void govuk_password_input(Html *out, const GovukPasswordInput *p);
void govuk_file_upload(Html *out, const GovukFileUpload *p);
void govuk_radios(Html *out, const GovukRadios *p);
void govuk_checkboxes(Html *out, const GovukCheckboxes *p);
void govuk_select(Html *out, const GovukSelect *p);
void govuk_date_input(Html *out, const GovukDateInput *p);
void govuk_error_summary(Html *out, const GovukErrorSummary *p);
