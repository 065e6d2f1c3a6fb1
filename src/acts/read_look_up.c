/* read_look_up.c: who is calling? One box for a number, an address, a name or a reference. */
#include "acts/read_run.h"

#include <string.h>

enum { TYPED_MAX = 200, NAME_WORDS = 3 };

/* A growing list of hits, each customer once. */
typedef struct {
	Reading *reading;
	LookUp *look_up;
	LookUpHit hits[LOOK_UP_MAX];
} Search;

static LookUpHit *known_hit(Search *search, const char *customer)
{
	for (gsize i = 0; i < search->look_up->n_hits; i++)
		if (g_str_equal(search->hits[i].customer, customer))
			return &search->hits[i];
	return NULL;
}

static gboolean is_managed(Reading *reading, const char *customer, gboolean *ret_managed, GError **error)
{
	ArrangementRow *rows;
	gsize n;

	*ret_managed = FALSE;
	if (!sql_customer_arrangements(reading->tx, reading->mem, customer, &rows, &n, error))
		return FALSE;
	for (gsize i = 0; i < n; i++)
		*ret_managed |= rows[i].from_at != INSTANT_NONE && rows[i].from_at <= reading->run.now &&
				(rows[i].until_on == DAY_NONE || rows[i].until_on >= reading->run.today);
	return TRUE;
}

/* Adds a customer, unless they are there already. */
static gboolean add_hit(Search *search, const CustomerRow *row, const char *recognised, const char *representative,
	gboolean shared, GError **error)
{
	LookUpHit *hit;

	if (known_hit(search, row->ref) != NULL)
		return TRUE;
	if (search->look_up->n_hits == LOOK_UP_MAX) {
		search->look_up->more = TRUE;
		return TRUE;
	}
	hit = &search->hits[search->look_up->n_hits++];
	*hit = (LookUpHit){.customer = row->ref,
		.name = row->name,
		.kind = row->kind,
		.recognised = recognised,
		.representative = representative,
		.shared = shared};
	return is_managed(search->reading, row->ref, &hit->managed, error);
}

static gboolean add_customer(Search *search, const char *customer, const char *recognised, const char *representative,
	gboolean shared, GError **error)
{
	CustomerRow *row = NULL;

	return sql_customer_by_ref(search->reading->tx, search->reading->mem, customer, &row, error) &&
	       (row == NULL || add_hit(search, row, recognised, representative, shared, error));
}

static gboolean by_identifier(Search *search, IdentifierKind kind, const char *normal, GError **error)
{
	static const char *const WORDS[] = {"phone number", "e-mail address", "postal address", "handle"};
	Reading *reading = search->reading;
	IdentifierRow *holders;
	RepresentativeRow *representatives;
	gsize n, n_representatives;

	if (!sql_identifiers_by_normal(reading->tx, reading->mem, normal, &holders, &n, error) ||
		!sql_read_representatives_by_normal(
			reading->tx, reading->mem, normal, &representatives, &n_representatives, error))
		return FALSE;
	for (gsize i = 0; i < n; i++)
		if (g_str_equal(holders[i].kind, identifier_kind_name(kind)) &&
			!add_customer(search, holders[i].customer, WORDS[kind], NULL, holders[i].used_by_others, error))
			return FALSE;
	for (gsize i = 0; i < n_representatives; i++)
		if (g_str_equal(representatives[i].kind, identifier_kind_name(kind)) &&
			!add_customer(search, representatives[i].customer, WORDS[kind],
				arena_printf(
					reading->mem, "%s, %s", representatives[i].name, representatives[i].capacity),
				FALSE, error))
			return FALSE;
	if (search->look_up->n_hits > 0 && search->look_up->kind == IDENTIFIER_KINDS) {
		search->look_up->kind = kind;
		search->look_up->normal = normal;
	}
	return TRUE;
}

/* As whichever kind of identifier it may be. */
static gboolean by_identifiers(Search *search, const char *typed, GError **error)
{
	const Policy *policy = search->reading->run.policy;
	const PhoneRules *phones = policy != NULL ? &policy->organisation.phone : NULL;

	for (IdentifierKind kind = 0; kind < IDENTIFIER_KINDS; kind++) {
		char *normal;

		if (!identifier_normalise(kind, typed, phones, "typed", search->reading->mem, &normal, NULL))
			continue;
		if (!by_identifier(search, kind, normal, error))
			return FALSE;
		/* What can only be a number or an address is one, also where nobody is known by it. */
		if (search->look_up->kind == IDENTIFIER_KINDS &&
			(kind == IDENTIFIER_PHONE || kind == IDENTIFIER_EMAIL)) {
			search->look_up->kind = kind;
			search->look_up->normal = normal;
		}
	}
	return TRUE;
}

static gboolean by_name(Search *search, const char *typed, GError **error)
{
	Reading *reading = search->reading;
	const char *words[NAME_WORDS] = {NULL};
	CustomerLineRow *rows;
	NameSearch named;
	gsize n;

	if (search->look_up->kind != IDENTIFIER_KINDS || !name_words(reading->mem, typed, words, NAME_WORDS))
		return TRUE;
	named = (NameSearch){.words = {words[0], words[1], words[2]}, .sort = "id"};
	if (!customers_named(reading, &named, NULL, LOOK_UP_MAX + 1, &rows, &n, error))
		return FALSE;
	for (gsize i = 0; i < n; i++)
		if (!add_hit(search,
			    &(const CustomerRow){.ref = rows[i].ref, .name = rows[i].name, .kind = rows[i].kind},
			    "name", NULL, FALSE, error))
			return FALSE;
	return TRUE;
}

static gboolean by_reference(Search *search, const char *typed, gboolean *ret_is_one, GError **error)
{
	Reading *reading = search->reading;
	const char *reference = arena_own(reading->mem, g_ascii_strup(typed, -1), g_free);
	const char *customer, *kind;

	*ret_is_one = reference_kind(reference, reading->mem, &kind);
	if (!*ret_is_one)
		return TRUE;
	if (!customer_of(reading, reference, &customer, error))
		return FALSE;
	return customer == NULL || add_customer(search, customer, arena_printf(reading->mem, "reference %s", reference),
					   NULL, FALSE, error);
}

/* Nothing but digits and what people write between them. */
static gboolean is_number(const char *typed)
{
	return strspn(typed, "0123456789 -.()") == strlen(typed);
}

/* A number of which the trunk prefix was left out. */
static gboolean by_trunk_prefix(Search *search, const char *typed, GError **error)
{
	Reading *reading = search->reading;
	const Policy *policy = reading->run.policy;
	const PhoneRules *phones = policy != NULL ? &policy->organisation.phone : NULL;
	Search *again;
	LookUp *meant;
	char *normal;

	if (search->look_up->n_hits > 0 || phones == NULL || *phones->trunk_prefix == '\0' || !is_number(typed))
		return TRUE;
	again = arena_new0(reading->mem, Search);
	meant = arena_new0(reading->mem, LookUp);
	again->reading = reading;
	again->look_up = meant;
	meant->kind = IDENTIFIER_KINDS;
	meant->typed = arena_printf(reading->mem, "%s%s", phones->trunk_prefix, typed);
	meant->hits = again->hits;
	if (!identifier_normalise(IDENTIFIER_PHONE, meant->typed, phones, "typed", reading->mem, &normal, NULL))
		return TRUE;
	if (!by_identifier(again, IDENTIFIER_PHONE, normal, error))
		return FALSE;
	if (meant->n_hits > 0)
		search->look_up->meant = meant;
	return TRUE;
}

static gboolean look_up(Reading *reading, const char *typed, LookUp *look_up, GError **error)
{
	Search *search = arena_new0(reading->mem, Search);
	gboolean is_reference;

	search->reading = reading;
	search->look_up = look_up;
	look_up->kind = IDENTIFIER_KINDS;
	look_up->typed = typed;
	look_up->hits = search->hits;
	if (*typed == '\0')
		return TRUE;
	look_up->withheld = phone_is_withheld(typed);
	return by_reference(search, typed, &is_reference, error) &&
	       (is_reference || look_up->withheld ||
		       (by_identifiers(search, typed, error) && by_name(search, typed, error) &&
			       by_trunk_prefix(search, typed, error)));
}

gboolean read_look_up(
	Acts *acts, Arena *mem, const ActCaller *caller, const char *typed, LookUp **ret_look_up, GError **error)
{
	g_auto(Reading) reading = {0};
	LookUp *found = arena_new0(mem, LookUp);
	const LookUp *seen = found;
	const char **subjects;
	char *trimmed;

	if (strlen(typed) > TYPED_MAX || !text_is_storable(typed, strlen(typed), FALSE))
		return invalid(error, "typed", "Type a number, an address, a name or a reference, at most %d signs.",
			TYPED_MAX);
	trimmed = arena_own(mem, g_strstrip(g_strdup(typed)), g_free);
	if (!reading_begin(&reading, acts, mem, caller, TRUE, error) || !look_up(&reading, trimmed, found, error))
		return FALSE;
	if (found->meant != NULL)
		seen = found->meant;
	subjects = arena_array(mem, const char *, seen->n_hits + 1);
	for (gsize i = 0; i < seen->n_hits; i++)
		subjects[i] = seen->hits[i].customer;
	if (!reading_viewed_all(&reading, caller, subjects, seen->n_hits, "look-up", error))
		return FALSE;
	*ret_look_up = found;
	return TRUE;
}
