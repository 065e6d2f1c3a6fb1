/* arrangement.c: when an arrangement is in force and whom it reaches (N5, G2, G4), and the names of its closed lists.
 * What a contact meets belongs to verdict.c, what stays open to ways.c. */
#include "core/arrangement.h"

static const char *const scope_names[] = {
	[SCOPE_MATTER] = "matter", [SCOPE_FUNCTION] = "function", [SCOPE_ORGANISATION] = "organisation"};
_Static_assert(G_N_ELEMENTS(scope_names) == SCOPES, "a name for every scope");

static const char *const ability_names[] = {
	[ABILITY_CAN] = "can", [ABILITY_CANNOT] = "cannot", [ABILITY_ONLY_WITH] = "only-with"};
_Static_assert(G_N_ELEMENTS(ability_names) == ABILITIES, "a name for every ability");

static const char *const door_kind_names[] = {
	[DOOR_MAILBOX] = "mailbox", [DOOR_EXTENSION] = "extension", [DOOR_DESK] = "desk"};
_Static_assert(G_N_ELEMENTS(door_kind_names) == DOOR_KINDS, "a name for every kind of door");

static int name_index(const char *const *names, int n, const char *text)
{
	for (int i = 0; text != NULL && i < n; i++)
		if (strcmp(names[i], text) == 0)
			return i;
	return -1;
}

const char *scope_name(ScopeKind kind)
{
	return scope_names[kind];
}

gboolean scope_parse(const char *text, ScopeKind *ret_kind)
{
	int i = name_index(scope_names, SCOPES, text);

	if (i < 0)
		return FALSE;
	*ret_kind = (ScopeKind)i;
	return TRUE;
}

gboolean scope_within(ScopeKind a, ScopeKind b)
{
	return b <= a;
}

const char *ability_name(Ability ability)
{
	return ability_names[ability];
}

gboolean ability_parse(const char *text, Ability *ret_ability)
{
	int i = name_index(ability_names, ABILITIES, text);

	if (i < 0)
		return FALSE;
	*ret_ability = (Ability)i;
	return TRUE;
}

const char *door_kind_name(DoorKind kind)
{
	return door_kind_names[kind];
}

gboolean door_kind_parse(const char *text, DoorKind *ret_kind)
{
	int i = name_index(door_kind_names, DOOR_KINDS, text);

	if (i < 0)
		return FALSE;
	*ret_kind = (DoorKind)i;
	return TRUE;
}

static gboolean same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

static gboolean is_one_of(const char *text, const char *const *list)
{
	for (; list != NULL && *list != NULL; list++)
		if (same(text, *list))
			return TRUE;
	return FALSE;
}

gboolean door_protects(const Door *door, const char *purpose)
{
	gsize length = strlen(purpose);
	const char *p = door->protects;

	while (p != NULL && *p != '\0') {
		gsize word = strcspn(p, " ");

		if (word == length && memcmp(p, purpose, length) == 0)
			return TRUE;
		p += word;
		p += strspn(p, " ");
	}
	return FALSE;
}

gboolean door_belongs_to(const Door *door, const char *function)
{
	return same(door->function, function) || is_one_of(function, door->functions);
}

gboolean door_is_general(const Door *door)
{
	return door->function == NULL && door->functions == NULL && door->staff == NULL;
}

gboolean arrangement_has_matter(const Arrangement *arrangement, const char *matter)
{
	if (arrangement->scope == SCOPE_MATTER)
		return same(matter, arrangement->scope_of);
	return is_one_of(matter, arrangement->matters);
}

gboolean arrangement_review_overdue(const Arrangement *arrangement, Day today)
{
	return arrangement->review_day != DAY_NONE && today > arrangement->review_day;
}

gboolean arrangement_is_suspended(const Arrangement *arrangement, Instant at)
{
	for (gsize i = 0; i < arrangement->n_suspended; i++) {
		const Suspension *while_open = &arrangement->suspended[i];

		if (at >= while_open->from && (while_open->until == INSTANT_NONE || at < while_open->until))
			return TRUE;
	}
	return FALSE;
}

gboolean arrangement_in_force(const Arrangement *arrangement, Instant at, Day today)
{
	if (arrangement->from == INSTANT_NONE || at < arrangement->from)
		return FALSE;
	if (arrangement->until != INSTANT_NONE && at >= arrangement->until)
		return FALSE;
	if (arrangement_is_suspended(arrangement, at))
		return FALSE;
	return !arrangement->review_lapses || !arrangement_review_overdue(arrangement, today);
}

/* What a function's arrangement does about a matter that is not its casefile's: it asks at the function's doors and
 * at the organisation's, and wherever the matter is known to be the function's. */
static ArrangementReach reach_other_matter(
	const Arrangement *arrangement, const ContactPlace *place, gboolean general, gboolean own)
{
	if (own || general || same(place->matter_function, arrangement->scope_of))
		return REACH_ASKS;
	return REACH_NOT;
}

ArrangementReach arrangement_reach(const Arrangement *arrangement, const ContactPlace *place)
{
	const Door *door = place->door;
	const char *matter = place->matter != NULL ? place->matter : door != NULL ? door->matter : NULL;
	gboolean general = door != NULL ? door_is_general(door) : place->asker_function == NULL;
	gboolean own;

	switch (arrangement->scope) {
	case SCOPE_MATTER:
		if (matter != NULL)
			return same(matter, arrangement->scope_of) ? REACH_BINDS : REACH_NOT;
		return place->machine_door ? REACH_NOT : REACH_ASKS;
	case SCOPE_FUNCTION:
		own = door != NULL ? door_belongs_to(door, arrangement->scope_of)
				   : same(place->asker_function, arrangement->scope_of);
		if (matter != NULL)
			return arrangement_has_matter(arrangement, matter)
				       ? REACH_BINDS
				       : reach_other_matter(arrangement, place, general, own);
		return own ? REACH_BINDS : general ? REACH_ASKS : REACH_NOT;
	default:
		return REACH_BINDS;
	}
}
