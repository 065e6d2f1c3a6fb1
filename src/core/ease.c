/* ease.c: two arrangements beside each other, contact by contact (R8, D2). Which contacts make a difference is found in
 * ease_points.c, how many calls each takes is weighed in ease_calls.c; who may change what belongs to the acts' own
 * checks. */
#include "core/ease_private.h"
#include "core/verdict.h"

#include <string.h>

/* A Monday of a week in which no clock changes. */
#define WEEK_YEAR 2026
#define WEEK_MONTH 2
#define WEEK_DAY 2

static gboolean same(const char *a, const char *b)
{
	return g_strcmp0(a, b) == 0;
}

static void say_once(const char **sentence, const char *text)
{
	if (*sentence == NULL)
		*sentence = text;
}

static void say_severer(Easing *easing, const char *field, const char *text)
{
	if (easing->severer != NULL)
		return;
	easing->severer = text;
	easing->severer_at = field;
}

/* The field of a restriction: the channels that it names, where it names any. */
static const char *field_of(const EaseComparing *c, gsize restriction)
{
	const RestrictionKind *kind = c->now.restrictions[restriction].kind;

	for (gsize i = 0; i < kind->n_arguments; i++)
		if (kind->arguments[i].type == ARGUMENT_CHANNELS)
			return arena_printf(
				c->mem, "restrictions/%" G_GSIZE_FORMAT "/%s", restriction, kind->arguments[i].key);
	return arena_printf(c->mem, "restrictions/%" G_GSIZE_FORMAT, restriction);
}

/* That of the restriction which gives a verdict; of all of them where none does so alone. */
static const char *field_of_verdict(const EaseComparing *c, const VerdictAnswer *now, Verdict verdict)
{
	for (gsize i = 0; i < now->n_reasons; i++)
		if (now->reasons[i].verdict == verdict && now->reasons[i].restriction < c->now.n_restrictions)
			return field_of(c, now->reasons[i].restriction);
	return "restrictions";
}

/* What a contact meets, in the words of somebody who decides about it. */
static const char *const outcomes[] = {
	[VERDICT_PROCEED] = "goes through",
	[VERDICT_CHECK] = "is asked about first",
	[VERDICT_RECORD] = "goes through and is recorded",
	[VERDICT_LIMIT] = "goes through within set limits",
	[VERDICT_ROUTE] = "goes to the point of contact",
	[VERDICT_FILE] = "is filed",
	[VERDICT_DECLINE] = "is declined",
	[VERDICT_BLOCK] = "is blocked",
};
_Static_assert(G_N_ELEMENTS(outcomes) == VERDICTS, "words for every verdict");

/* "by phone, from +44…, on Tuesdays at 9am, to 0301, about M-2" */
static const char *where_in_words(const EaseComparing *c, const VerdictQuery *query, int minute)
{
	const char *words = arena_printf(
		c->mem, "%s%s", query->direction == DIRECTION_OUT ? "from us " : "", channel_in_words(query->channel));

	if (query->identifier != NULL && query->identifier[0] != '\0')
		words = arena_printf(c->mem, "%s, from %s", words, query->identifier);
	if (minute >= 0)
		words = arena_printf(c->mem, "%s, on %ss at %s", words,
			weekday_name(day_weekday(zone_day(c->zone, query->at))), clock_in_words(c->mem, minute));
	if (query->door != NULL)
		words = arena_printf(c->mem, "%s, to %s", words, query->door->address);
	if (query->matter != NULL && query->matter[0] != '\0')
		words = arena_printf(c->mem, "%s, about %s", words, query->matter);
	return words;
}

/* One contact beside the other. */

static gint64 used_up(const void *counts, const Arrangement *arrangement, gsize restriction, gsize slot, gint64 key)
{
	(void)counts, (void)arrangement, (void)restriction, (void)slot, (void)key;
	return G_MAXINT64;
}

/* A restriction that puts words to people and lets them through: no verdict tells whether other words are easier. */
static gboolean has_words(const EaseComparing *c, const Restriction *wanted)
{
	for (gsize i = 0; i < c->old.n_restrictions; i++) {
		const Restriction *restriction = &c->old.restrictions[i];

		if (same(restriction->kind->key, wanted->kind->key) && same(restriction->in_words, wanted->in_words) &&
			same(restriction->say_to_staff, wanted->say_to_staff))
			return TRUE;
	}
	return FALSE;
}

static const Restriction *new_words(const EaseComparing *c, Channel channel)
{
	for (gsize i = 0; i < c->now.n_restrictions; i++) {
		const Restriction *restriction = &c->now.restrictions[i];

		if ((restriction->touches & (1u << channel)) != 0 && restriction->effect[channel] <= VERDICT_CHECK &&
			!has_words(c, restriction))
			return restriction;
	}
	return NULL;
}

/* Who gets through to somebody now: what then happens to them can get worse without a severer verdict. */
static void compare_taken(
	EaseComparing *c, Channel channel, const char *where, const VerdictAnswer *old, const VerdictAnswer *now)
{
	const Restriction *words = new_words(c, channel);

	if (now->minutes > 0 && (old->minutes == 0 || now->minutes < old->minutes))
		say_severer(c->easing, field_of_verdict(c, now, VERDICT_LIMIT),
			old->minutes == 0 ? arena_printf(c->mem, "%s: only %d minutes, where none are set now", where,
						    now->minutes)
					  : arena_printf(c->mem, "%s: %d minutes, where it is %d now", where,
						    now->minutes, old->minutes));
	if (old->minutes > 0 && (now->minutes == 0 || now->minutes > old->minutes))
		say_once(&c->easing->milder, arena_printf(c->mem, "%s: more minutes than now", where));
	if (now->record && !old->record)
		say_severer(c->easing, field_of_verdict(c, now, VERDICT_RECORD),
			arena_printf(c->mem, "%s: recorded, which it is not now", where));
	if (old->record && !now->record)
		say_once(&c->easing->milder, arena_printf(c->mem, "%s: recorded no longer", where));
	if (words != NULL)
		say_severer(c->easing, field_of(c, (gsize)(words - c->now.restrictions)),
			arena_printf(c->mem, "%s: ‘%s’ in words that were not decided on", where, words->kind->title));
	if (now->n_reasons < old->n_reasons)
		say_once(&c->easing->milder, arena_printf(c->mem, "%s: less applies than now", where));
}

static const char *severer_in_words(
	const EaseComparing *c, const char *where, Direction direction, Verdict old, Verdict now)
{
	if (direction == DIRECTION_IN && old < VERDICT_DECLINE && now >= VERDICT_DECLINE)
		return arena_printf(c->mem, "%s%s is open to the customer now, and this would close it", where,
			strchr(where, ',') != NULL ? "," : "");
	return arena_printf(c->mem, "%s: what %s now %s after the change", where, outcomes[old], outcomes[now]);
}

static void compare_answers(
	EaseComparing *c, const VerdictQuery *query, int minute, const VerdictAnswer *old, const VerdictAnswer *now)
{
	const char *where;

	if (old->verdict == VERDICT_PROCEED && now->verdict == VERDICT_PROCEED && old->n_reasons == 0 &&
		now->n_reasons == 0)
		return;
	if (c->easing->severer != NULL && c->easing->milder != NULL)
		return;
	where = where_in_words(c, query, minute);
	if (now->verdict > old->verdict)
		say_severer(c->easing, field_of_verdict(c, now, now->verdict),
			severer_in_words(c, where, query->direction, old->verdict, now->verdict));
	else if (now->verdict < old->verdict)
		say_once(&c->easing->milder, arena_printf(c->mem, "%s: what %s now %s after the change", where,
						     outcomes[old->verdict], outcomes[now->verdict]));
	if (old->verdict < VERDICT_FILE && now->verdict < VERDICT_FILE)
		compare_taken(c, query->channel, where, old, now);
}

static void compare_at(EaseComparing *c, VerdictQuery *query, int minute)
{
	const Arrangement *const old[] = {&c->old}, *const now[] = {&c->now};
	const VerdictCounts counts[] = {NULL, used_up};
	VerdictAnswer before, after;

	for (gsize i = 0; i < G_N_ELEMENTS(counts); i++) {
		verdict_for(c->policy, c->zone, old, 1, query, counts[i], NULL, &before);
		verdict_for(c->policy, c->zone, now, 1, query, counts[i], NULL, &after);
		compare_answers(c, query, minute, &before, &after);
	}
}

/* No call comes from an e-mail address, and no e-mail from a number. */
static gboolean arrives_on(Channel channel, const char *identifier)
{
	if (identifier == NULL || (channel != CHANNEL_PHONE && channel != CHANNEL_EMAIL))
		return TRUE;
	return (strchr(identifier, '@') != NULL) == (channel == CHANNEL_EMAIL);
}

static void compare_places(EaseComparing *c, VerdictQuery *query, int minute)
{
	for (gsize p = 0; p < c->places.n; p++)
		for (gsize i = 0; i < c->identifiers.n; i++) {
			const ContactPlace *place = c->places.items[p];

			if (!arrives_on(query->channel, c->identifiers.items[i]))
				continue;
			query->door = place->door;
			query->asker_function = place->asker_function;
			query->matter = place->matter;
			query->matter_function = place->matter_function;
			query->machine_door = place->machine_door;
			query->identifier = c->identifiers.items[i];
			compare_at(c, query, minute);
		}
}

/* A counted slot of the old arrangement that lets somebody through: what closes the channel beside it wins, and what
 * is written and over the allowance is filed, as it is where all of it is filed. */
static gboolean slot_matters(const EaseComparing *c, Channel channel, const Slot *slot)
{
	const Arrangement *const old[] = {&c->old};
	const Day monday = day_from_civil(WEEK_YEAR, WEEK_MONTH, WEEK_DAY);
	const gboolean written = channel == CHANNEL_EMAIL || channel == CHANNEL_LETTER || channel == CHANNEL_WEB;
	VerdictQuery query = {.channel = channel, .matter = c->old.scope == SCOPE_MATTER ? c->old.scope_of : NULL};
	VerdictAnswer answer;

	query.asker_function = c->old.scope == SCOPE_FUNCTION ? c->old.scope_of : NULL;
	query.at = zone_instant(c->zone, monday + (slot->weekday == 0 ? 0 : (int)slot->weekday - 1), slot->from * 60);
	verdict_for(c->policy, c->zone, old, 1, &query, NULL, NULL, &answer);
	return answer.verdict < (written ? VERDICT_FILE : VERDICT_DECLINE);
}

static void compare_calls(EaseComparing *c, Channel channel)
{
	ArenaList slots = {0}, demands = {0};
	const Slot *missing;
	const char *what = channel == CHANNEL_PHONE ? "call" : channel == CHANNEL_IN_PERSON ? "visit" : "message";

	ease_slots(&c->old, channel, /* counted */ TRUE, c->mem, &slots);
	for (gsize i = 0; i < slots.n; i++)
		if (slot_matters(c, channel, slots.items[i]))
			arena_list_add(c->mem, &demands, slots.items[i]);
	if (!ease_calls_suffice(&demands, &c->now, channel, c->mem, &missing))
		say_severer(c->easing, "restrictions",
			arena_printf(c->mem, "fewer %ss, or not at the times set now: %s", what,
				slot_in_words(missing, what, c->mem)));
	slots = demands = (ArenaList){0};
	ease_slots(&c->now, channel, /* counted */ TRUE, c->mem, &demands);
	if (!ease_calls_suffice(&demands, &c->old, channel, c->mem, &missing))
		say_once(&c->easing->milder, arena_printf(c->mem, "more %ss than now", what));
}

static void compare_channel(EaseComparing *c, Channel channel, Direction direction)
{
	const Day monday = day_from_civil(WEEK_YEAR, WEEK_MONTH, WEEK_DAY);
	VerdictQuery query = {.channel = channel, .direction = direction};
	guint8 minutes[EASE_DAY_MINUTES] = {[0] = 1};
	gboolean limited = direction == DIRECTION_IN;

	if (limited)
		limited = ease_mark_moments(&c->old, channel, c->mem, minutes) |
			  ease_mark_moments(&c->now, channel, c->mem, minutes);
	for (int day = 0; day < (limited ? 7 : 1); day++)
		for (int minute = 0; minute < (limited ? EASE_DAY_MINUTES : 1); minute++) {
			if (!minutes[minute])
				continue;
			query.at = zone_instant(c->zone, monday + day, minute * 60);
			compare_places(c, &query, limited ? minute : -1);
		}
}

/* The last day on which it can apply; DAY_NONE: none. */
static Day last_day(const Arrangement *arrangement)
{
	if (!arrangement->review_lapses)
		return arrangement->until_day;
	if (arrangement->until_day == DAY_NONE)
		return arrangement->review_day;
	return arrangement->review_day == DAY_NONE ? arrangement->until_day
						   : MIN(arrangement->until_day, arrangement->review_day);
}

static void compare_ends(Easing *easing, const Arrangement *old, const Arrangement *changed, Arena *mem)
{
	const Day before = last_day(old), after = last_day(changed);

	if (before != DAY_NONE && (after == DAY_NONE || after > before))
		say_severer(easing, "until_on",
			arena_printf(
				mem, "it would end later than now: now the last day is %s", day_in_words(mem, before)));
	if (old->review_day != DAY_NONE && (changed->review_day == DAY_NONE || changed->review_day > old->review_day))
		say_severer(easing, "restrictions", "it would be reviewed later than now");
	if (after != DAY_NONE && (before == DAY_NONE || after < before))
		easing->milder = arena_printf(mem, "it ends sooner: on %s", day_in_words(mem, after));
}

/* As if it were in force all the week that is looked at. */
static Arrangement in_force_then(const Arrangement *arrangement, Arena *mem)
{
	Arrangement copy = *arrangement;

	copy.restrictions = arena_array(mem, Restriction, arrangement->n_restrictions + 1);
	for (gsize i = 0; i < arrangement->n_restrictions; i++) {
		copy.restrictions[i] = arrangement->restrictions[i];
		copy.restrictions[i].over_need = FALSE;
	}
	copy.from = 0;
	copy.until = INSTANT_NONE;
	copy.until_day = copy.review_day = DAY_NONE;
	copy.n_suspended = 0;
	copy.review_lapses = FALSE;
	return copy;
}

void arrangement_compare(const Policy *policy, const Zone *zone, const Arrangement *old, const Arrangement *changed,
	const Door *doors, gsize n_doors, Arena *mem, Easing *ret_easing)
{
	Easing easing = {0};
	EaseComparing c = {.policy = policy,
		.zone = zone,
		.doors = doors,
		.n_doors = n_doors,
		.old = in_force_then(old, mem),
		.now = in_force_then(changed, mem),
		.mem = mem,
		.easing = &easing};

	compare_ends(&easing, old, changed, mem);
	ease_find_places(&c);
	ease_find_identifiers(&c);
	for (int channel = 0; channel < CHANNELS; channel++) {
		compare_channel(&c, (Channel)channel, DIRECTION_IN);
		compare_calls(&c, (Channel)channel);
		compare_channel(&c, (Channel)channel, DIRECTION_OUT);
	}
	*ret_easing = easing;
}

/* Whether anything at all is different: another point of contact is neither easier nor severer. */
static gboolean is_same(const Arrangement *old, const Arrangement *changed)
{
	if (old->n_restrictions != changed->n_restrictions || old->until_day != changed->until_day)
		return FALSE;
	for (gsize i = 0; i < old->n_restrictions; i++)
		if (!same(old->restrictions[i].kind->key, changed->restrictions[i].kind->key) ||
			!same(old->restrictions[i].in_words, changed->restrictions[i].in_words))
			return FALSE;
	return TRUE;
}

gboolean arrangement_nowhere_severer(const Policy *policy, const Zone *zone, const Arrangement *old,
	const Arrangement *changed, const Door *doors, gsize n_doors, Arena *mem, GError **error)
{
	Easing easing;

	arrangement_compare(policy, zone, old, changed, doors, n_doors, mem, &easing);
	if (easing.severer != NULL)
		return refuse_at(error, "A3", easing.severer_at,
			"%c%s. A change may loosen, never tighten: for anything more, have a manager ask for "
			"authorisation anew.",
			g_ascii_toupper(easing.severer[0]), easing.severer + 1);
	if (easing.milder == NULL && is_same(old, changed))
		return refuse_at(
			error, "R8", "restrictions", "Nothing would change. Say what is to be easier, or leave it.");
	return TRUE;
}
