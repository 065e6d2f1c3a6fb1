/* ease_calls.c: whether a changed arrangement takes as many calls as the old one (R1, D2). Each allowance of the old
 * one must find room in allowances of the changed one that are open whenever it was: for any one day, a week and a
 * month. That is a question of flow, since two old allowances may share one that is new, and the other way round. */
#include "core/ease_private.h"

typedef enum { HORIZON_WEEK = SUNDAY + 1, HORIZON_MONTH, HORIZONS } Horizon; /* below: the one day, a Weekday */

#define DAYS_OF_MONTH 31
#define TURNS_OF_MONTH 5 /* of one weekday in a month; weeks that a month touches: one more */
#define UNCOUNTED G_MAXINT32

typedef struct {
	const Slot *const *old;
	const Slot *const *now;
	gsize n_old, n_now;
	int *left; /* of each that is new */
	int *flow; /* n_old rows of n_now */
	gboolean *visited;
} Flow;

static gboolean holds_on(const Slot *slot, int weekday)
{
	return slot->weekday == 0 || (int)slot->weekday == weekday;
}

/* How many contacts the slot admits within the horizon. */
static int admits(const Slot *slot, int horizon)
{
	const int days = slot->weekday == 0 ? 7 : 1;

	if (slot->calls == 0)
		return UNCOUNTED;
	if (horizon < (int)HORIZON_WEEK)
		return holds_on(slot, horizon) ? slot->calls : 0;
	if (horizon == (int)HORIZON_WEEK)
		return slot->per == PER_SLOT ? slot->calls * days : slot->calls;
	if (slot->per == PER_SLOT)
		return slot->calls * (days == 7 ? DAYS_OF_MONTH : TURNS_OF_MONTH);
	return slot->per == PER_WEEK ? slot->calls * (days == 7 ? TURNS_OF_MONTH + 1 : TURNS_OF_MONTH) : slot->calls;
}

static gboolean covers(const Slot *now, const Slot *old)
{
	return (now->weekday == 0 || now->weekday == old->weekday) && now->from <= old->from && now->to >= old->to;
}

/* Finds room for up to `amount` contacts of the old slot o, moving others where that helps; says how many. */
static int find_room(Flow *f, gsize o, int amount)
{
	int found = 0;

	for (gsize n = 0; n < f->n_now && found < amount; n++) {
		int *flow = &f->flow[o * f->n_now + n];
		int take;

		if (f->visited[n] || !covers(f->now[n], f->old[o]))
			continue;
		f->visited[n] = TRUE;
		take = MIN(f->left[n], amount - found);
		if (f->left[n] != UNCOUNTED)
			f->left[n] -= take;
		*flow += take;
		found += take;
		for (gsize other = 0; other < f->n_old && found < amount; other++) {
			int *theirs = &f->flow[other * f->n_now + n];
			int moved = other != o ? find_room(f, other, MIN(*theirs, amount - found)) : 0;

			*theirs -= moved;
			*flow += moved;
			found += moved;
		}
	}
	return found;
}

static gboolean suffice_within(Flow *f, int horizon, const Slot **ret_missing)
{
	for (gsize n = 0; n < f->n_now; n++)
		f->left[n] = admits(f->now[n], horizon);
	memset(f->flow, 0, f->n_old * f->n_now * sizeof(int));
	for (gsize o = 0; o < f->n_old; o++) {
		int wanted = admits(f->old[o], horizon), found = 1;

		while (wanted > 0 && found > 0) {
			memset(f->visited, 0, f->n_now * sizeof(gboolean));
			found = find_room(f, o, wanted);
			wanted -= found;
		}
		if (wanted > 0) {
			*ret_missing = f->old[o];
			return FALSE;
		}
	}
	return TRUE;
}

void ease_slots(const Arrangement *arrangement, Channel channel, gboolean counted, Arena *mem, ArenaList *ret_slots)
{
	for (gsize i = 0; i < arrangement->n_restrictions; i++) {
		const Restriction *restriction = &arrangement->restrictions[i];

		if ((restriction->touches & (1u << channel)) == 0 || restriction->effect[channel] != VERDICT_LIMIT ||
			!restriction->kind->binds[DIRECTION_IN])
			continue;
		for (gsize s = 0; s < restriction->n_slots; s++)
			if (!counted || restriction->slots[s].calls > 0)
				arena_list_add(mem, ret_slots, &restriction->slots[s]);
	}
}

/* A slot of every day that counts by the day is seven slots, of which the changed arrangement may have each. */
static void by_day(const ArenaList *slots, Arena *mem, ArenaList *ret_slots)
{
	for (gsize i = 0; i < slots->n; i++) {
		const Slot *slot = slots->items[i];

		if (slot->weekday != 0 || slot->per != PER_SLOT) {
			arena_list_add(mem, ret_slots, (void *)slot);
			continue;
		}
		for (int day = MONDAY; day <= SUNDAY; day++) {
			Slot *one = arena_memdup(mem, slot, sizeof *slot);

			one->weekday = (Weekday)day;
			arena_list_add(mem, ret_slots, one);
		}
	}
}

gboolean ease_calls_suffice(
	const ArenaList *demands, const Arrangement *changed, Channel channel, Arena *mem, const Slot **ret_missing)
{
	ArenaList old = {0}, now = {0};
	Flow flow = {0};

	*ret_missing = NULL;
	by_day(demands, mem, &old);
	ease_slots(changed, channel, /* counted */ FALSE, mem, &now);
	if (old.n == 0 || now.n == 0) /* nothing was counted, or nothing is limited any more */
		return TRUE;
	flow = (Flow){.old = (const Slot *const *)old.items,
		.now = (const Slot *const *)now.items,
		.n_old = old.n,
		.n_now = now.n,
		.left = arena_array(mem, int, now.n),
		.flow = arena_array(mem, int, old.n *now.n),
		.visited = arena_array(mem, gboolean, now.n)};
	for (int horizon = MONDAY; horizon < (int)HORIZONS; horizon++)
		if (!suffice_within(&flow, horizon, ret_missing))
			return FALSE;
	return TRUE;
}
