/* parts.c: small decisions that several components share. Markup stands in the templates, never here. */
#include "web/components/parts.h"

#include <string.h>

gboolean parts_has_hint(const GovukHint *hint)
{
	return hint && html_has(hint->text, hint->html);
}

gboolean parts_has_error(const GovukErrorMessage *error)
{
	return error && html_has(error->text, error->html);
}

gboolean parts_has_word(const char *classes, const char *word)
{
	return classes && strstr(classes, word) != NULL;
}

const char *parts_first_of(const char *first, const char *second)
{
	return first && *first ? first : second;
}

const char *parts_joined(Html *out, const char *a, const char *b)
{
	if (!a || !*a || !b || !*b)
		return parts_first_of(a, b);
	return html_format(out, "%s %s", a, b);
}

const char *parts_described_by(
	Html *out, const char *given, const char *id, const GovukHint *hint, const GovukErrorMessage *error)
{
	const char *all = parts_first_of(given, NULL);

	if (parts_has_hint(hint))
		all = parts_joined(out, all, html_format(out, "%s-hint", id));
	if (parts_has_error(error))
		all = parts_joined(out, all, html_format(out, "%s-error", id));
	return all;
}

HtmlAttributes parts_attributes_joined(Html *out, HtmlAttributes a, HtmlAttributes b)
{
	HtmlAttribute *all = html_keep(out, g_new(HtmlAttribute, a.n + b.n));

	for (gsize i = 0; i < a.n; i++)
		all[i] = a.items[i];
	for (gsize i = 0; i < b.n; i++)
		all[a.n + i] = b.items[i];
	return (HtmlAttributes){all, a.n + b.n};
}

const char *parts_choice_id(Html *out, const GovukChoice *choice, const char *prefix, gsize index)
{
	if (choice->id && *choice->id)
		return choice->id;
	return index == 0 ? prefix : html_format(out, "%s-%" G_GSIZE_FORMAT, prefix, index + 1);
}

gboolean parts_radio_is_checked(const GovukRadios *p, const GovukChoice *item)
{
	return item->checked || (p->value && *p->value && g_strcmp0(p->value, item->value) == 0);
}

gboolean parts_checkbox_is_checked(const GovukCheckboxes *p, const GovukChoice *item)
{
	for (gsize i = 0; i < p->n_values; i++) {
		if (g_strcmp0(p->values[i], item->value) == 0)
			return TRUE;
	}
	return item->checked;
}

gboolean parts_option_is_selected(const GovukSelect *p, const GovukOption *item)
{
	const char *value = item->value ? item->value : item->text;

	return item->selected || (p->value && *p->value && g_strcmp0(p->value, value) == 0);
}

const char *parts_checkboxes_described_by(Html *out, const GovukCheckboxes *p)
{
	const char *given = p->described_by;

	if (p->fieldset)
		given = parts_first_of(p->fieldset->described_by, given);
	return parts_described_by(out, given, parts_first_of(p->id_prefix, p->name), &p->hint, &p->error);
}

const char *parts_checkbox_described_by(Html *out, const GovukCheckboxes *p, const GovukChoice *item, const char *id)
{
	const char *all = p->fieldset ? NULL : parts_checkboxes_described_by(out, p);

	return parts_has_hint(&item->hint) ? parts_joined(out, all, html_format(out, "%s-item-hint", id)) : all;
}

HtmlAttributes parts_count_settings(Html *out, const GovukCharacterCount *p)
{
	HtmlAttribute *settings = html_keep(out, g_new0(HtmlAttribute, 5));
	gsize n = 0;

	settings[n++] = (HtmlAttribute){"data-module", "govuk-character-count"};
	if (p->max_length > 0)
		settings[n++] = (HtmlAttribute){"data-maxlength", parts_count(out, p->max_length)};
	if (p->max_words > 0)
		settings[n++] = (HtmlAttribute){"data-maxwords", parts_count(out, p->max_words)};
	if (p->max_words > 0)
		settings[n++] = (HtmlAttribute){"data-count-type", "words"};
	if (p->threshold > 0)
		settings[n++] = (HtmlAttribute){"data-threshold", parts_count(out, p->threshold)};
	return (HtmlAttributes){settings, n};
}

const char *parts_date_part_label(Html *out, const GovukDatePart *part)
{
	return html_format(out, "%c%s", g_ascii_toupper(part->name[0]), part->name[0] ? part->name + 1 : "");
}

const char *parts_date_part_classes(Html *out, const GovukDateInput *p, const GovukDatePart *part)
{
	gboolean others_marked = FALSE;
	const char *classes = NULL;

	for (gsize i = 0; i < p->n_items; i++)
		others_marked |= p->items[i].error || parts_has_word(p->items[i].classes, "govuk-input--error");
	if (!parts_has_word(part->classes, "govuk-input--error") &&
		(part->error || (parts_has_error(&p->error) && !others_marked)))
		classes = "govuk-input--error";
	if (!parts_has_word(part->classes, "govuk-input--width-"))
		classes = parts_joined(out, classes,
			g_str_equal(part->name, "year") ? "govuk-input--width-4" : "govuk-input--width-2");
	return parts_joined(out, classes, part->classes);
}

gboolean parts_summary_has_actions(const GovukSummaryList *p)
{
	for (gsize i = 0; i < p->n_rows; i++) {
		if (p->rows[i].n_actions > 0)
			return TRUE;
	}
	return FALSE;
}

const char *parts_count(Html *out, guint number)
{
	return number > 0 ? html_format(out, "%u", number) : NULL;
}
