/* parts.h: what several components share; for the templates in this folder only. */
#pragma once

#include "web/components/content.h"
#include "web/components/forms.h"

/* The div round a field, with label, hint and error message before it, and a fieldset where one is given. */
typedef struct {
	const char *id;
	const GovukLabel *label; /* NULL for a group of choices */
	const GovukHint *hint;
	const GovukErrorMessage *error;
	const GovukFormGroup *group;
	const GovukFieldset *fieldset;
	const char *role;         /* of the fieldset */
	const char *described_by; /* of the fieldset; see parts_described_by */
} FormGroup;

void form_group(Html *out, const FormGroup *p, HtmlSafe body);
/* What stands before the input: hint and error message. */
void form_group_notes(Html *out, const FormGroup *p);

/* given, 'ID-hint' and 'ID-error', as far as they are there; NULL where none is. */
const char *parts_described_by(
	Html *out, const char *given, const char *id, const GovukHint *hint, const GovukErrorMessage *error);

gboolean parts_has_hint(const GovukHint *hint);
gboolean parts_has_error(const GovukErrorMessage *error);
gboolean parts_has_word(const char *classes, const char *word);    /* word stands somewhere in classes */
const char *parts_first_of(const char *first, const char *second); /* first, where it is neither NULL nor empty */
const char *parts_joined(Html *out, const char *a, const char *b); /* 'a b', or the one that is there */
HtmlAttributes parts_attributes_joined(Html *out, HtmlAttributes a, HtmlAttributes b);

/* 'PREFIX', 'PREFIX-2', 'PREFIX-3' …, or the choice's own id. */
const char *parts_choice_id(Html *out, const GovukChoice *choice, const char *prefix, gsize index);

/* Whether this choice, checkbox or option is the chosen one: by itself or by the group's value. */
gboolean parts_radio_is_checked(const GovukRadios *p, const GovukChoice *item);
gboolean parts_checkbox_is_checked(const GovukCheckboxes *p, const GovukChoice *item);
gboolean parts_option_is_selected(const GovukSelect *p, const GovukOption *item);

/* A fieldset is described by its own; without one, each checkbox is. */
const char *parts_checkboxes_described_by(Html *out, const GovukCheckboxes *p);
const char *parts_checkbox_described_by(Html *out, const GovukCheckboxes *p, const GovukChoice *item, const char *id);

HtmlAttributes parts_count_settings(Html *out, const GovukCharacterCount *p); /* for the character count's script */
const char *parts_date_part_label(Html *out, const GovukDatePart *part);      /* the name with a capital */
const char *parts_date_part_classes(Html *out, const GovukDateInput *p, const GovukDatePart *part);
gboolean parts_summary_has_actions(const GovukSummaryList *p); /* any of its rows */
const char *parts_count(Html *out, guint number);              /* the number, or NULL for 0 */
