/* identifier.c: each kind of identifier to its form, for people (with a sentence) and for the gate (without
 * allocating), and which text may be stored at all. How a form is made is in phone.c, address.c and fold.c. */
#include "base/identifier.h"

#include "base/error.h"
#include "base/forms.h"

static const char *const KINDS[IDENTIFIER_KINDS] = {
	[IDENTIFIER_PHONE] = "phone",
	[IDENTIFIER_EMAIL] = "email",
	[IDENTIFIER_POST] = "post",
	[IDENTIFIER_HANDLE] = "handle",
};

const char *identifier_kind_name(IdentifierKind kind)
{
	g_assert(kind < IDENTIFIER_KINDS);
	return KINDS[kind];
}

gboolean identifier_kind_parse(const char *text, IdentifierKind *ret_kind)
{
	for (guint kind = 0; text != NULL && kind < IDENTIFIER_KINDS; kind++) {
		if (g_str_equal(text, KINDS[kind])) {
			*ret_kind = (IdentifierKind)kind;
			return TRUE;
		}
	}
	return FALSE;
}

static const char *form(
	IdentifierKind kind, const char *text, gsize length, const PhoneRules *phones, char *out, gsize size)
{
	if (length > IDENTIFIER_TYPED_MAX)
		return "This is too long. Type at most 1,000 characters.";
	switch (kind) {
	case IDENTIFIER_PHONE:
		return phone_form(text, length, phones, out, size);
	case IDENTIFIER_EMAIL:
		return email_form(text, length, out, size);
	case IDENTIFIER_POST:
		return post_form(text, length, out, size);
	case IDENTIFIER_HANDLE:
		return handle_form(text, length, out, size);
	case IDENTIFIER_KINDS:
		break;
	}
	g_assert_not_reached();
}

gboolean identifier_normalise(IdentifierKind kind, const char *text, const PhoneRules *phones, const char *field,
	Arena *mem, char **ret_normal, GError **error)
{
	char out[IDENTIFIER_MAX];
	const char *fault =
		form(kind, text != NULL ? text : "", text != NULL ? strlen(text) : 0, phones, out, sizeof(out));

	if (fault != NULL)
		return invalid(error, field, "%s", fault);
	*ret_normal = arena_strdup(mem, out);
	return TRUE;
}

gboolean identifier_normalise_into(
	IdentifierKind kind, const char *text, gsize length, const PhoneRules *phones, char *out, gsize size)
{
	return form(kind, text, length, phones, out, size) == NULL;
}

gboolean text_is_storable(const char *text, gsize length, gboolean multiline)
{
	if (!g_utf8_validate_len(text, length, NULL))
		return FALSE;
	for (const char *p = text; p < text + length; p = g_utf8_next_char(p)) {
		gunichar u = g_utf8_get_char(p);

		if (g_unichar_iscntrl(u) && !(multiline && (u == '\n' || u == '\t')))
			return FALSE;
		if (!multiline && (u == 0x2028 || u == 0x2029)) /* a line's and a paragraph's end */
			return FALSE;
		/* What turns the direction of all that follows: a name that holds one makes others look different. */
		if (!multiline && ((u >= 0x202A && u <= 0x202E) || (u >= 0x2066 && u <= 0x2069)))
			return FALSE;
	}
	return TRUE;
}
