/* ways.c: which ways in a customer's arrangements leave open together (R9, G7), and the ways that no arrangement
 * closes (G5). */
#include "core/arrangement.h"

#define DAY_MINUTES (24 * 60)
#define WEEK_MINUTES (7 * DAY_MINUTES)

typedef struct {
	const Policy *policy;
	const Arrangement *const *arrangements;
	gsize n;
	const Need *needs;
	gsize n_needs;
	const Door *doors;
	gsize n_doors;
} Ways;

/* "by phone, in person or by chat": the channels with that ability; "" for none. */
static const char *channels_with(const Need *need, Ability ability, Arena *mem)
{
	const char *names[CHANNELS], *words = "";
	gsize n = 0;

	for (int channel = 0; channel < CHANNELS; channel++)
		if (need->ability[channel] == ability)
			names[n++] = channel_in_words((Channel)channel);
	for (gsize i = 0; i < n; i++)
		words = arena_printf(mem, "%s%s%s", words, i == 0 ? "" : i + 1 == n ? " or " : ", ", names[i]);
	return words;
}

const char *need_in_words(const Need *need, Arena *mem)
{
	const char *cannot = channels_with(need, ABILITY_CANNOT, mem);
	const char *helped = channels_with(need, ABILITY_ONLY_WITH, mem);
	const char *words = "";

	if (*cannot != '\0')
		words = arena_printf(mem, "Not %s.", cannot);
	if (*helped == '\0')
		return words;
	return arena_printf(mem, "%s%s%c%s: only with %s.", words, *words == '\0' ? "" : " ", g_ascii_toupper(*helped),
		helped + 1, need->only_with != NULL ? need->only_with : "help");
}

/* The kind of door at which a channel arrives; FALSE for letters, web and chat, which need none. */
static gboolean channel_door(Channel channel, DoorKind *ret_kind)
{
	switch (channel) {
	case CHANNEL_PHONE:
		*ret_kind = DOOR_EXTENSION;
		return TRUE;
	case CHANNEL_EMAIL:
		*ret_kind = DOOR_MAILBOX;
		return TRUE;
	case CHANNEL_IN_PERSON:
		*ret_kind = DOOR_DESK;
		return TRUE;
	default:
		return FALSE;
	}
}

/* The hardest of what the needs say about a channel, and with what help. */
static Ability ability_on(const Ways *ways, Channel channel, const char **ret_only_with)
{
	Ability ability = ABILITY_CAN;

	*ret_only_with = NULL;
	for (gsize i = 0; i < ways->n_needs; i++) {
		const Need *need = &ways->needs[i];

		if (need->ended != INSTANT_NONE || need->ability[channel] == ABILITY_CAN)
			continue;
		if (need->ability[channel] == ABILITY_CANNOT)
			return ABILITY_CANNOT;
		ability = ABILITY_ONLY_WITH;
		*ret_only_with = need->only_with;
	}
	return ability;
}

/* The minutes of a week in which a slot lets somebody in, unless its allowance leaves weeks without a turn. */
static void open_slot(const Slot *slot, guint8 *week)
{
	if (slot->per == PER_MONTH && slot->calls > 0 && slot->calls < 5)
		return;
	for (int day = MONDAY; day <= SUNDAY; day++)
		if (slot->weekday == 0 || (int)slot->weekday == day)
			memset(week + (day - 1) * DAY_MINUTES + slot->from, 1, (gsize)(slot->to - slot->from));
}

static gboolean closes(const Restriction *restriction, Channel channel)
{
	return (restriction->touches & (1u << channel)) != 0 && restriction->effect[channel] >= VERDICT_DECLINE &&
	       restriction->kind->binds[DIRECTION_IN] && !restriction->over_need;
}

static gboolean limits(const Restriction *restriction, Channel channel)
{
	return (restriction->touches & (1u << channel)) != 0 && restriction->effect[channel] == VERDICT_LIMIT &&
	       restriction->kind->binds[DIRECTION_IN] && !restriction->over_need;
}

/* Takes from week what one arrangement closes on a channel; its limits are alternatives. */
static void close_week(const Arrangement *arrangement, Channel channel, guint8 *week)
{
	guint8 slots[WEEK_MINUTES] = {0};
	gboolean limited = FALSE;

	for (gsize i = 0; i < arrangement->n_restrictions; i++) {
		const Restriction *restriction = &arrangement->restrictions[i];

		if (closes(restriction, channel))
			memset(week, 0, WEEK_MINUTES);
		if (!limits(restriction, channel))
			continue;
		limited = TRUE;
		for (gsize s = 0; s < restriction->n_slots; s++)
			open_slot(&restriction->slots[s], slots);
	}
	for (int m = 0; limited && m < WEEK_MINUTES; m++)
		week[m] &= slots[m];
}

/* Whether all arrangements together let a contact in on the channel at that place, at some time of each week. */
static gboolean is_open(const Ways *ways, const ContactPlace *place, Channel channel)
{
	guint8 week[WEEK_MINUTES];

	memset(week, 1, sizeof week);
	for (gsize i = 0; i < ways->n; i++)
		if (arrangement_reach(ways->arrangements[i], place) == REACH_BINDS)
			close_week(ways->arrangements[i], channel, week);
	return memchr(week, 1, sizeof week) != NULL;
}

static gboolean is_protected(const Door *door)
{
	return door->protects != NULL && door->protects[0] != '\0';
}

/* The scope's own unprotected doors. */
static gboolean is_own_door(const Arrangement *arrangement, const Door *door)
{
	const char *function = arrangement->scope == SCOPE_FUNCTION ? arrangement->scope_of : arrangement->function;

	if (is_protected(door))
		return FALSE;
	if (arrangement->scope == SCOPE_ORGANISATION)
		return TRUE;
	if (door->matter != NULL && !arrangement_has_matter(arrangement, door->matter))
		return FALSE;
	return function != NULL && door_belongs_to(door, function);
}

static gboolean has_own_door(const Ways *ways, const Arrangement *arrangement)
{
	for (gsize i = 0; i < ways->n_doors; i++)
		if (is_own_door(arrangement, &ways->doors[i]))
			return TRUE;
	return FALSE;
}

/* An open door of the scope on that channel: TRUE, with *ret_door NULL where the channel needs none. */
static gboolean find_door(const Ways *ways, const Arrangement *arrangement, Channel channel, const Door **ret_door)
{
	ContactPlace place = {.machine_door = TRUE,
		.matter = arrangement->scope == SCOPE_MATTER ? arrangement->scope_of : NULL,
		.asker_function = arrangement->scope == SCOPE_FUNCTION ? arrangement->scope_of : arrangement->function};
	DoorKind kind;

	*ret_door = NULL;
	if (arrangement->scope == SCOPE_ORGANISATION)
		place.asker_function = NULL;
	if (!channel_door(channel, &kind) || !has_own_door(ways, arrangement))
		return is_open(ways, &place, channel);
	for (gsize i = 0; i < ways->n_doors; i++) {
		place.door = &ways->doors[i];
		if (place.door->kind == kind && is_own_door(arrangement, place.door) &&
			is_open(ways, &place, channel)) {
			*ret_door = place.door;
			return TRUE;
		}
	}
	return FALSE;
}

/* Whether the arrangement's scope keeps a way in; *ret_unusable: there are some, but needs rule them all out. */
static gboolean keeps_way(const Ways *ways, const Arrangement *arrangement, gboolean *ret_unusable)
{
	const char *only_with;
	const Door *door;

	*ret_unusable = FALSE;
	for (int channel = 0; channel < CHANNELS; channel++) {
		if ((ways->policy->channels & (1u << channel)) == 0 ||
			!find_door(ways, arrangement, (Channel)channel, &door))
			continue;
		if (ability_on(ways, (Channel)channel, &only_with) != ABILITY_CANNOT)
			return TRUE;
		*ret_unusable = TRUE;
	}
	return FALSE;
}

static const char *door_in_words(const Policy *policy, Channel channel, const Door *door, Arena *mem)
{
	static const char *const to[CHANNELS] = {
		[CHANNEL_PHONE] = "on", [CHANNEL_EMAIL] = "to", [CHANNEL_IN_PERSON] = "at"};
	const char *name;

	if (door == NULL)
		return channel_in_words(channel);
	name = channel == CHANNEL_IN_PERSON && door->title != NULL ? door->title : door->address;
	if (channel == CHANNEL_PHONE)
		name = phone_in_words(name, &policy->organisation.phone, mem);
	return arena_printf(mem, "%s %s %s", channel_in_words(channel), to[channel], name);
}

/* ", Tuesdays from 9am to 10am, one call in that time" of each limit that holds there. */
static const char *limits_in_words(const Ways *ways, const ContactPlace *place, Channel channel, Arena *mem)
{
	const char *what = channel == CHANNEL_PHONE ? "call" : channel == CHANNEL_IN_PERSON ? "visit" : "message";
	const char *words = "";

	for (gsize i = 0; i < ways->n; i++) {
		const Arrangement *arrangement = ways->arrangements[i];
		const char *glue = ", ";

		if (arrangement_reach(arrangement, place) != REACH_BINDS)
			continue;
		for (gsize r = 0; r < arrangement->n_restrictions; r++)
			for (gsize s = 0; limits(&arrangement->restrictions[r], channel) &&
					  s < arrangement->restrictions[r].n_slots;
				s++, glue = ", or ")
				words = arena_printf(mem, "%s%s%s", words, glue,
					slot_in_words(&arrangement->restrictions[r].slots[s], what, mem));
	}
	return words;
}

static void add_once(Arena *mem, ArenaList *list, char *text)
{
	for (gsize i = 0; i < list->n; i++)
		if (strcmp(list->items[i], text) == 0)
			return;
	arena_list_add(mem, list, text);
}

static void list_ways(const Ways *ways, const Arrangement *arrangement, Arena *mem, ArenaList *list)
{
	for (int channel = 0; channel < CHANNELS; channel++) {
		const char *only_with;
		const Door *door;
		Ability ability = ability_on(ways, (Channel)channel, &only_with);
		ContactPlace place = {.machine_door = TRUE};

		if ((ways->policy->channels & (1u << channel)) == 0 || ability == ABILITY_CANNOT ||
			!find_door(ways, arrangement, (Channel)channel, &door))
			continue;
		place.door = door;
		place.matter = arrangement->scope == SCOPE_MATTER ? arrangement->scope_of : NULL;
		place.asker_function = arrangement->scope == SCOPE_FUNCTION ? arrangement->scope_of : NULL;
		add_once(mem, list,
			arena_printf(mem, "%s%s%s%s", door_in_words(ways->policy, (Channel)channel, door, mem),
				ability == ABILITY_ONLY_WITH && only_with != NULL ? ", with " : "",
				ability == ABILITY_ONLY_WITH && only_with != NULL ? only_with : "",
				limits_in_words(ways, &place, (Channel)channel, mem)));
	}
}

/* "by phone (Not these ways of contact), by chat": what closes each channel in words. */
static const char *closed_in_words(const Ways *ways, Arena *mem)
{
	const char *words = "";

	for (int channel = 0; channel < CHANNELS; channel++) {
		const char *by = "";

		for (gsize i = 0; i < ways->n; i++)
			for (gsize r = 0; r < ways->arrangements[i]->n_restrictions; r++) {
				const Restriction *restriction = &ways->arrangements[i]->restrictions[r];

				if (closes(restriction, (Channel)channel) || limits(restriction, (Channel)channel))
					by = arena_printf(
						mem, "%s%s‘%s’", by, *by == '\0' ? "" : ", ", restriction->kind->title);
			}
		if (*by != '\0' && (ways->policy->channels & (1u << channel)) != 0)
			words = arena_printf(mem, "%s%s%s (%s)", words, *words == '\0' ? "" : ", ",
				channel_in_words((Channel)channel), by);
	}
	return words;
}

static const char *scope_in_words(const Arrangement *arrangement, Arena *mem)
{
	return arrangement->scope == SCOPE_ORGANISATION
		       ? "the organisation"
		       : arena_printf(mem, "the %s %s", scope_name(arrangement->scope), arrangement->scope_of);
}

gboolean arrangement_leaves_way(const Policy *policy, const Arrangement *const *arrangements, gsize n,
	const Need *needs, gsize n_needs, const Door *doors, gsize n_doors, Arena *mem, ArenaList *ret_ways,
	GError **error)
{
	const Ways ways = {policy, arrangements, n, needs, n_needs, doors, n_doors};
	ArenaList list = {0};
	gboolean unusable;

	for (gsize i = 0; i < n; i++) {
		if (keeps_way(&ways, arrangements[i], &unusable)) {
			list_ways(&ways, arrangements[i], mem, &list);
			continue;
		}
		if (unusable)
			return refuse(error, "G7",
				"The only ways in left to %s are ones that this person cannot use, by the needs "
				"recorded "
				"for them. Closed or limited: %s. Leave open a way that they can use.",
				scope_in_words(arrangements[i], mem), closed_in_words(&ways, mem));
		return refuse(error, "R9",
			"All arrangements together leave no way in to %s at least once a week. Closed or limited: %s. "
			"Leave one open.",
			scope_in_words(arrangements[i], mem), closed_in_words(&ways, mem));
	}
	*ret_ways = list;
	return TRUE;
}

void arrangement_settle_needs(const Policy *policy, Arrangement *const *arrangements, gsize n, const Need *needs,
	gsize n_needs, const Door *doors, gsize n_doors)
{
	const Ways ways = {policy, (const Arrangement *const *)arrangements, n, needs, n_needs, doors, n_doors};
	gboolean usable = TRUE, unusable;
	const char *only_with;

	for (gsize i = 0; i < n; i++)
		for (gsize r = 0; r < arrangements[i]->n_restrictions; r++)
			arrangements[i]->restrictions[r].over_need = FALSE;
	for (gsize i = 0; i < n; i++)
		usable &= keeps_way(&ways, arrangements[i], &unusable);
	for (gsize i = 0; !usable && i < n; i++)
		for (gsize r = 0; r < arrangements[i]->n_restrictions; r++)
			for (int channel = 0; channel < CHANNELS; channel++)
				if (ability_on(&ways, (Channel)channel, &only_with) != ABILITY_CANNOT &&
					(closes(&arrangements[i]->restrictions[r], (Channel)channel) ||
						limits(&arrangements[i]->restrictions[r], (Channel)channel)))
					arrangements[i]->restrictions[r].over_need = TRUE;
}

/* "by e-mail to a or by phone on b": the doors marked for a purpose that the person can use; NULL where none is. */
static const char *marked_doors(const Ways *ways, const char *purpose, Arena *mem)
{
	const char *words = NULL;

	for (gsize i = 0; i < ways->n_doors; i++)
		for (int channel = 0; channel < CHANNELS; channel++) {
			const Door *door = &ways->doors[i];
			const char *only_with;
			DoorKind kind;

			if (!channel_door((Channel)channel, &kind) || kind != door->kind ||
				!door_protects(door, purpose) ||
				ability_on(ways, (Channel)channel, &only_with) == ABILITY_CANNOT)
				continue;
			words = arena_printf(mem, "%s%s%s", words == NULL ? "" : words, words == NULL ? "" : " or ",
				door_in_words(ways->policy, (Channel)channel, door, mem));
		}
	return words;
}

void arrangement_open_ways(const Policy *policy, const Door *doors, gsize n_doors, const Need *needs, gsize n_needs,
	gboolean for_customer, Arena *mem, ArenaList *ret_ways)
{
	const Ways ways = {.policy = policy, .needs = needs, .n_needs = n_needs, .doors = doors, .n_doors = n_doors};
	ArenaList list = {0};

	for (gsize i = 0; i < policy->n_purposes; i++) {
		const ProtectedPurpose *purpose = &policy->purposes[i];
		const char *title = for_customer && purpose->in_words != NULL ? purpose->in_words : purpose->title;
		const char *way;

		if (purpose->everywhere)
			continue;
		way = marked_doors(&ways, purpose->key, mem);
		arena_list_add(mem, &list, arena_printf(mem, "%s: %s", title, way != NULL ? way : purpose->how));
	}
	*ret_ways = list;
}
