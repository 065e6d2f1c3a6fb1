/* parts.h: what several components share; for the templates in this folder only. */
#pragma once

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
	const char *described_by; /* of the fieldset; see described_by */
} FormGroup;

void form_group(Html *out, const FormGroup *p, HtmlSafe body);
/* What stands before the input: hint and error message. */
void form_group_notes(Html *out, const FormGroup *p);

/* given, 'ID-hint' and 'ID-error', as far as they are there; NULL where none is. */
const char *described_by(
	Html *out, const char *given, const char *id, const GovukHint *hint, const GovukErrorMessage *error);

gboolean has_hint(const GovukHint *hint);
gboolean has_error(const GovukErrorMessage *error);
gboolean has_word(const char *classes, const char *word);    /* word stands somewhere in classes */
const char *first_of(const char *first, const char *second); /* first, where it is neither NULL nor empty */
const char *joined(Html *out, const char *a, const char *b); /* 'a b', or the one that is there */
HtmlAttributes attributes_joined(Html *out, HtmlAttributes a, HtmlAttributes b);

/* 'PREFIX', 'PREFIX-2', 'PREFIX-3' …, or the choice's own id. */
const char *choice_id(Html *out, const GovukChoice *choice, const char *prefix, gsize index);
