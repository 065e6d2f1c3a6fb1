/* parts.c: small decisions that several components share. Markup stands in the templates, never here. */
#include "web/components/parts.h"

#include <string.h>

gboolean has_hint(const GovukHint *hint)
{
	return hint && html_has(hint->text, hint->html);
}

gboolean has_error(const GovukErrorMessage *error)
{
	return error && html_has(error->text, error->html);
}

gboolean has_word(const char *classes, const char *word)
{
	return classes && strstr(classes, word) != NULL;
}

const char *first_of(const char *first, const char *second)
{
	return first && *first ? first : second;
}

const char *joined(Html *out, const char *a, const char *b)
{
	if (!a || !*a || !b || !*b)
		return first_of(a, b);
	return html_format(out, "%s %s", a, b);
}

const char *described_by(
	Html *out, const char *given, const char *id, const GovukHint *hint, const GovukErrorMessage *error)
{
	const char *all = first_of(given, NULL);

	if (has_hint(hint))
		all = joined(out, all, html_format(out, "%s-hint", id));
	if (has_error(error))
		all = joined(out, all, html_format(out, "%s-error", id));
	return all;
}

HtmlAttributes attributes_joined(Html *out, HtmlAttributes a, HtmlAttributes b)
{
	HtmlAttribute *all = html_keep(out, g_new(HtmlAttribute, a.n + b.n));

	for (gsize i = 0; i < a.n; i++)
		all[i] = a.items[i];
	for (gsize i = 0; i < b.n; i++)
		all[a.n + i] = b.items[i];
	return (HtmlAttributes){all, a.n + b.n};
}

const char *choice_id(Html *out, const GovukChoice *choice, const char *prefix, gsize index)
{
	if (choice->id && *choice->id)
		return choice->id;
	return index == 0 ? prefix : html_format(out, "%s-%" G_GSIZE_FORMAT, prefix, index + 1);
}
