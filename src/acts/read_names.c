/* read_names.c: customers by the words of their names. Each word, with what follows it, is kept folded in customer_word
 * (names.h), so that a search looks at what begins alike and not at every name; only where nothing begins so are all
 * names looked at, for what stands inside a word. */
#include "acts/names.h"
#include "acts/read_run.h"

#include <stdlib.h>
#include <string.h>

enum { WORD_MAX = 40 /* letters that are kept of a word and what follows it */, WORDS_MAX = 12 /* of one name */ };

/* No text that is stored sorts behind it. */
#define LAST "\xf4\x8f\xbf\xbf"

static const char *shortened(Arena *mem, const char *word)
{
	return g_utf8_strlen(word, -1) <= WORD_MAX
		       ? word
		       : arena_strndup(mem, word, (gsize)(g_utf8_offset_to_pointer(word, WORD_MAX) - word));
}

/* What fewest names hold is looked for first. */
static int longest_first(const void *a, const void *b)
{
	const gsize first = strlen(*(const char *const *)a), second = strlen(*(const char *const *)b);

	return (first < second) - (first > second);
}

gboolean name_words(Arena *mem, const char *typed, const char **words, gsize n)
{
	g_auto(GStrv) parts = g_strsplit_set(typed, " ,;\t", -1);
	gsize found = 0;

	for (gsize i = 0; parts[i] != NULL && found < n; i++) {
		const char *folded = name_fold(mem, parts[i]);

		if (*folded != '\0')
			words[found++] = shortened(mem, folded);
	}
	qsort(words, found, sizeof words[0], longest_first);
	return found > 0;
}

gboolean customer_words_save(Tx *tx, Arena *mem, const char *customer, const char *name, GError **error)
{
	gboolean inside = FALSE;
	gsize n = 0;

	if (!sql_customer_words_drop(tx, customer, error))
		return FALSE;
	for (const char *at = name; *at != '\0' && n < WORDS_MAX; at = g_utf8_next_char(at)) {
		const gboolean letter = g_unichar_isalnum(g_utf8_get_char(at)) || g_unichar_ismark(g_utf8_get_char(at));
		const char *word;

		if (letter && !inside) {
			word = shortened(mem, name_fold(mem, at));
			n++;
			if (*word != '\0' && !sql_customer_word_add(tx, word, customer, error))
				return FALSE;
		}
		inside = letter;
	}
	return TRUE;
}

static const char *end_of(Arena *mem, const char *word)
{
	return word != NULL ? arena_printf(mem, "%s" LAST, word) : NULL;
}

static gboolean by_words(Reading *reading, const NameSearch *search, const char *key, gint64 limit,
	CustomerLineRow **ret_rows, gsize *ret_n, GError **error)
{
	Arena *mem = reading->mem;
	const char *space = strrchr(key, ' ');

	if (!g_str_equal(search->sort, "name"))
		return sql_customers_by_words_and_ref(reading->tx, mem, search->words[0], end_of(mem, search->words[0]),
			search->words[1], end_of(mem, search->words[1]), search->words[2],
			end_of(mem, search->words[2]), search->down, space != NULL ? space + 1 : key, limit, ret_rows,
			ret_n, error);
	return sql_customers_by_words(reading->tx, mem, search->words[0], end_of(mem, search->words[0]),
		search->words[1], end_of(mem, search->words[1]), search->words[2], end_of(mem, search->words[2]),
		search->sort, search->down, key, limit, ret_rows, ret_n, error);
}

gboolean customers_named(Reading *reading, const NameSearch *search, const char *key, gint64 limit,
	CustomerLineRow **ret_rows, gsize *ret_n, GError **error)
{
	const char *first = search->down ? LAST : "";

	if (!by_words(reading, search, key != NULL ? key : first, limit, ret_rows, ret_n, error))
		return FALSE;
	if (*ret_n > 0)
		return TRUE;
	if (key != NULL) { /* the end of a page before, or of a search that never found a word's beginning */
		CustomerLineRow *rows;
		gsize n;

		if (!by_words(reading, search, first, 1, &rows, &n, error))
			return FALSE;
		if (n > 0)
			return TRUE;
	}
	return sql_customers_by_part(reading->tx, reading->mem, search->words[0], search->words[1], search->words[2],
		search->sort, search->down, key != NULL ? key : first, limit, ret_rows, ret_n, error);
}
