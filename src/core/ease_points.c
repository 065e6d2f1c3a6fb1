/* ease_points.c: which contacts can make a difference between two arrangements: where they arrive, what they are about,
 * from whom, and when. What they meet is compared in ease.c. */
#include "core/ease_private.h"

static gboolean same(const char *a, const char *b)
{
	return g_strcmp0(a, b) == 0;
}

static void mark(guint8 *minutes, int minute)
{
	for (int m = minute - 1; m <= minute; m++)
		if (m >= 0 && m < EASE_DAY_MINUTES)
			minutes[m] = 1;
}

gboolean ease_mark_moments(
	const Arrangement *arrangement, Channel channel, Arena *mem, guint8 minutes[EASE_DAY_MINUTES])
{
	ArenaList slots = {0};

	ease_slots(arrangement, channel, /* counted */ FALSE, mem, &slots);
	for (gsize i = 0; i < slots.n; i++) {
		const Slot *slot = slots.items[i];

		mark(minutes, slot->from);
		mark(minutes, slot->to);
		if (slot->minutes > 0)
			mark(minutes, slot->to - slot->minutes);
	}
	return slots.n > 0;
}

static const char *matter_at(const ContactPlace *place)
{
	return place->matter != NULL ? place->matter : place->door != NULL ? place->door->matter : NULL;
}

/* The matter, if a restriction is about it; "" for any other that is known. */
static const char *telling_matter(const EaseComparing *c, const char *matter)
{
	const Arrangement *const both[] = {&c->old, &c->now};

	for (gsize k = 0; matter != NULL && k < G_N_ELEMENTS(both); k++)
		for (gsize i = 0; i < both[k]->n_restrictions; i++)
			if (both[k]->restrictions[i].matter != NULL && same(both[k]->restrictions[i].matter, matter))
				return matter;
	return matter != NULL ? "" : NULL;
}

static void add_place(EaseComparing *c, const ContactPlace *place)
{
	for (gsize i = 0; i < c->places.n; i++) {
		const ContactPlace *known = c->places.items[i];

		if (arrangement_reach(&c->old, known) == arrangement_reach(&c->old, place) &&
			arrangement_reach(&c->now, known) == arrangement_reach(&c->now, place) &&
			same(telling_matter(c, matter_at(known)), telling_matter(c, matter_at(place))))
			return;
	}
	arena_list_add(c->mem, &c->places, arena_memdup(c->mem, place, sizeof *place));
}

static void add_places_about(EaseComparing *c, const char *matter, const char *matter_function)
{
	const char *const askers[] = {
		c->old.scope == SCOPE_FUNCTION ? c->old.scope_of : NULL, c->old.function, NULL, ""};

	for (gboolean machine = FALSE; machine <= TRUE; machine++) {
		ContactPlace place = {.matter = matter, .matter_function = matter_function, .machine_door = machine};

		for (gsize i = 0; i < G_N_ELEMENTS(askers); i++) {
			place.asker_function = askers[i];
			add_place(c, &place);
		}
		place.asker_function = NULL;
		for (gsize i = 0; i < c->n_doors; i++) {
			place.door = &c->doors[i];
			if (place.door->protects == NULL || place.door->protects[0] == '\0')
				add_place(c, &place);
		}
	}
}

void ease_find_places(EaseComparing *c)
{
	const Arrangement *const both[] = {&c->old, &c->now};

	add_places_about(c, NULL, NULL);
	add_places_about(c, "", NULL);
	add_places_about(c, "", c->old.function);
	for (gsize k = 0; k < G_N_ELEMENTS(both); k++) {
		for (const char *const *p = both[k]->matters; p != NULL && *p != NULL; p++)
			add_places_about(c, *p, c->old.function);
		if (both[k]->scope == SCOPE_MATTER)
			add_places_about(c, both[k]->scope_of, c->old.function);
		for (gsize i = 0; i < both[k]->n_restrictions; i++)
			if (both[k]->restrictions[i].matter != NULL)
				add_places_about(c, both[k]->restrictions[i].matter, NULL);
	}
}

void ease_find_identifiers(EaseComparing *c)
{
	const Arrangement *const both[] = {&c->old, &c->now};

	arena_list_add(c->mem, &c->identifiers, NULL);
	for (gsize k = 0; k < G_N_ELEMENTS(both); k++)
		for (gsize i = 0; i < both[k]->n_restrictions; i++)
			for (const char *const *p = both[k]->restrictions[i].identifiers; p != NULL && *p != NULL; p++)
				arena_list_add(c->mem, &c->identifiers, (void *)*p);
}
