/* fold.c: letters folded for searching and comparing, so that what sounds and looks alike to a person at a
 * telephone meets. Which signs matter is the caller's: names drop them all, addresses part words at them. */
#include "base/forms.h"

/* Lower-case letters that Unicode does not take apart, in the order of their numbers. */
static const struct {
	gunichar letter;
	const char *as;
} LETTERS[] = {
	{0x00e6, "ae"}, /* æ */
	{0x00f0, "d"},  /* ð */
	{0x00f8, "o"},  /* ø */
	{0x00fe, "th"}, /* þ */
	{0x0111, "d"},  /* đ */
	{0x0127, "h"},  /* ħ */
	{0x0131, "i"},  /* ı */
	{0x0138, "k"},  /* ĸ */
	{0x0142, "l"},  /* ł */
	{0x014b, "n"},  /* ŋ */
	{0x0153, "oe"}, /* œ */
	{0x0167, "t"},  /* ŧ */
	{0x0180, "b"},  /* ƀ */
	{0x0192, "f"},  /* ƒ */
	{0x0199, "k"},  /* ƙ */
	{0x01b4, "y"},  /* ƴ */
	{0x0253, "b"},  /* ɓ */
	{0x0254, "o"},  /* ɔ */
	{0x0257, "d"},  /* ɗ */
	{0x0259, "a"},  /* ə */
	{0x025b, "e"},  /* ɛ */
	{0x0268, "i"},  /* ɨ */
	{0x0289, "u"},  /* ʉ */
};

static const char *letter_as(gunichar u)
{
	for (gsize i = 0; i < G_N_ELEMENTS(LETTERS) && LETTERS[i].letter <= u; i++) {
		if (LETTERS[i].letter == u)
			return LETTERS[i].as;
	}
	return NULL;
}

char *fold_letters(const char *text, gsize length)
{
	g_autofree char *apart = NULL, *folded = NULL;
	GString *out;

	if (!g_utf8_validate_len(text, length, NULL))
		return NULL;
	apart = g_utf8_normalize(text, (gssize)length, G_NORMALIZE_NFKD);
	folded = g_utf8_casefold(apart, -1);
	out = g_string_sized_new(length);
	for (const char *p = folded; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar u = g_utf8_get_char(p);
		const char *as = u < 0x80 ? NULL : letter_as(u);

		if (as != NULL)
			g_string_append(out, as);
		else if (!g_unichar_ismark(u))
			g_string_append_unichar(out, u);
	}
	return g_string_free(out, FALSE);
}

char *name_fold(Arena *mem, const char *name)
{
	g_autofree char *letters = fold_letters(name, strlen(name));
	char *out, *end;

	if (letters == NULL)
		return arena_strdup(mem, "");
	out = end = arena_alloc(mem, strlen(letters) + 1);
	for (const char *p = letters; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar u = g_utf8_get_char(p);

		/* the block of small raised letters is where apostrophes hide: Hawaiʻi */
		if (g_unichar_isalnum(u) && !(u >= 0x02b0 && u <= 0x02ff) && u != 0xa78c)
			end += g_unichar_to_utf8(u, end);
	}
	*end = '\0';
	return out;
}
