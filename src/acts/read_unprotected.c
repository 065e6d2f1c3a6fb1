/* read_unprotected.c: the policy names e-mail addresses and phone numbers for what no restriction may close; these are
 * the ones that no door protects, so that the gate would close there what the letters promise (G3, G5). */
#include "acts/read_run.h"
#include "base/identifier.h"

#include <string.h>

typedef struct {
	Arena *mem;
	const PhoneRules *phones;
	const DoorRow *doors;
	gsize n_doors;
	GPtrArray *found; /* of sentences, in mem */
} Search;

static gboolean is_protected(const Search *s, IdentifierKind kind, const char *normal, const char *purpose)
{
	char known[IDENTIFIER_MAX];

	for (gsize i = 0; i < s->n_doors; i++) {
		const DoorRow *row = &s->doors[i];
		const Door door = {.protects = row->protects};

		if (identifier_normalise_into(
			    kind, row->address, strlen(row->address), s->phones, known, sizeof known) &&
			g_str_equal(known, normal) && door_protects(&door, purpose))
			return TRUE;
	}
	return FALSE;
}

static void look_at(Search *s, IdentifierKind kind, const char *text, gsize length, const char *purpose)
{
	char normal[IDENTIFIER_MAX];
	char *sentence;

	if (!identifier_normalise_into(kind, text, length, s->phones, normal, sizeof normal) ||
		is_protected(s, kind, normal, purpose))
		return;
	sentence = arena_printf(s->mem, "The policy names %.*s for '%s', but no door protects it: add-door.",
		(int)length, text, purpose);
	if (!g_ptr_array_find_with_equal_func(s->found, sentence, g_str_equal, NULL))
		g_ptr_array_add(s->found, sentence);
}

/* Words with an @ in them, without the signs of the sentence around them. */
static void look_for_addresses(Search *s, const char *words, const char *purpose)
{
	static const char *const around = " \t\n,;:()<>[]\"'";

	for (const char *p = words + strspn(words, around); *p != '\0'; p += strspn(p, around)) {
		const gsize word = strcspn(p, around);
		gsize length = word;

		while (length > 0 && strchr(".!?", p[length - 1]) != NULL)
			length--;
		if (memchr(p, '@', length) != NULL)
			look_at(s, IDENTIFIER_EMAIL, p, length, purpose);
		p += word;
	}
}

/* Runs of digits with the signs that people write between them, long enough to be no short code and no house number. */
static void look_for_numbers(Search *s, const char *words, const char *purpose)
{
	enum { SHORTEST = 7 };

	for (const char *p = words; *p != '\0';) {
		gsize length, digits = 0;

		if (!g_ascii_isdigit(*p) && *p != '+' && *p != '(') {
			p++;
			continue;
		}
		length = strspn(p, "+0123456789 -()");
		for (gsize i = 0; i < length; i++)
			digits += g_ascii_isdigit(p[i]) ? 1 : 0;
		p += length;
		while (length > 0 && !g_ascii_isdigit(p[-1])) {
			p--;
			length--;
		}
		if (digits >= SHORTEST)
			look_at(s, IDENTIFIER_PHONE, p - length, length, purpose);
		p += strspn(p, "+ -()");
	}
}

static void look_through(Search *s, const char *words, const char *purpose)
{
	look_for_addresses(s, words, purpose);
	look_for_numbers(s, words, purpose);
}

gboolean read_unprotected(
	Tx *tx, Arena *mem, const Policy *policy, const char *const **ret_sentences, gsize *ret_n, GError **error)
{
	g_autoptr(GPtrArray) found = g_ptr_array_new();
	Search search = {.mem = mem, .phones = &policy->organisation.phone, .found = found};
	const char **sentences;
	DoorRow *doors;

	if (!sql_door_list(tx, mem, &doors, &search.n_doors, error))
		return FALSE;
	search.doors = doors;
	look_through(&search, policy->dispute.how, "dispute");
	for (gsize i = 0; i < policy->n_purposes; i++)
		if (!policy->purposes[i].everywhere)
			look_through(&search, policy->purposes[i].how, policy->purposes[i].key);
	sentences = arena_array(mem, const char *, found->len + 1);
	for (guint i = 0; i < found->len; i++)
		sentences[i] = g_ptr_array_index(found, i);
	*ret_sentences = sentences;
	*ret_n = found->len;
	return TRUE;
}
