/* verdict.c: what a contact meets: each restriction in force weighed alone, then the severest, with all reasons. Who a
 * contact may be, and what mail servers and phone systems do with the answer, belongs to gate/. */
#include "core/verdict.h"

#define NEED_WORDS                                                                                                     \
	"Take it, for what they cannot do otherwise: the head of function has not decided yet about a need recorded "  \
	"since."

typedef struct {
	const Zone *zone;
	const VerdictQuery *query;
	VerdictCounts counts;
	const void *counts_data;
	VerdictAnswer *answer;
	Instant next_slot;
	gboolean routed;
	gboolean closed; /* something declines or blocks at any time */
} Weighing;

static gboolean same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* Mail and the like waits to be read; a call does not. */
static gboolean is_written(Channel channel)
{
	return channel == CHANNEL_EMAIL || channel == CHANNEL_LETTER || channel == CHANNEL_WEB;
}

static void add_reason(Weighing *w, const Arrangement *arrangement, gsize restriction, Verdict verdict,
	const char *rule, WordsAbout about)
{
	VerdictAnswer *answer = w->answer;
	gsize i;

	if (answer->n_reasons == VERDICT_REASONS_MAX) {
		if (answer->reasons[VERDICT_REASONS_MAX - 1].verdict >= verdict)
			return;
		answer->n_reasons--;
	}
	for (i = answer->n_reasons; i > 0 && answer->reasons[i - 1].verdict < verdict; i--)
		answer->reasons[i] = answer->reasons[i - 1];
	answer->reasons[i] = (VerdictReason){arrangement, restriction, verdict, rule, about};
	answer->n_reasons++;
}

/* Whether the restriction is about this contact at all. A restriction about one matter binds while the matter is
 * unknown, as a function's arrangement does. */
static gboolean is_about(const Restriction *restriction, const VerdictQuery *query)
{
	const char *matter = query->matter != NULL ? query->matter : query->door != NULL ? query->door->matter : NULL;

	if ((restriction->touches & (1u << query->channel)) == 0)
		return FALSE;
	if (restriction->matter != NULL && matter != NULL && strcmp(restriction->matter, matter) != 0)
		return FALSE;
	if (restriction->identifiers == NULL)
		return TRUE;
	for (const char *const *p = restriction->identifiers; *p != NULL; p++)
		if (same(*p, query->identifier))
			return TRUE;
	return FALSE;
}

/* The rule that turns a restriction to `check` here, or NULL. */
static const char *softened_by(const Weighing *w, const Restriction *restriction, Verdict effect,
	ArrangementReach reach, WordsAbout *ret_about)
{
	if (effect > VERDICT_CHECK && restriction->over_need) {
		*ret_about = WORDS_NEED;
		return "R9";
	}
	if (effect > VERDICT_CHECK && w->query->identifier_shared && w->query->machine_door) {
		*ret_about = WORDS_SHARED;
		return "R11";
	}
	if (reach != REACH_ASKS)
		return NULL;
	*ret_about = WORDS_SCOPE;
	return effect >= VERDICT_CHECK ? "G4" : NULL;
}

typedef struct {
	gsize restriction, slot;
	int minutes;
	gint64 period_key;
	gboolean counted;
} Opening;

static int minutes_left(const Slot *slot, Instant end, Instant at)
{
	int left;

	if (end == INSTANT_NONE)
		return slot->minutes;
	left = (int)MAX((end - at) / USEC_PER_MINUTE, 1);
	return slot->minutes > 0 ? MIN(slot->minutes, left) : left;
}

/* The instant at which the arrangement lets a contact through again: a slot's, or its own end if that comes first. */
static void note_next(Instant next, const Arrangement *arrangement, Instant *next_slot)
{
	if (arrangement->until != INSTANT_NONE)
		next = MIN(next, arrangement->until);
	if (*next_slot == INSTANT_NONE || next < *next_slot)
		*next_slot = next;
}

/* R1: whether a slot of the restriction is open with allowance left; the one with most minutes is kept. */
static gboolean try_slots(
	const Weighing *w, const Arrangement *arrangement, gsize i, Opening *best, gboolean *found, Instant *next_slot)
{
	const Restriction *restriction = &arrangement->restrictions[i];
	gboolean used_up = FALSE;

	for (gsize s = 0; s < restriction->n_slots; s++) {
		const Slot *slot = &restriction->slots[s];
		Opening opening = {.restriction = i, .slot = s, .counted = slot->calls > 0};
		Instant end;

		if (!slot_holds(slot, w->zone, w->query->at, &end)) {
			note_next(slot_next(slot, w->zone, w->query->at), arrangement, next_slot);
			continue;
		}
		opening.minutes = minutes_left(slot, end, w->query->at);
		opening.period_key = slot_period_key(slot, w->zone, w->query->at);
		if (opening.counted && w->counts != NULL &&
			w->counts(w->counts_data, arrangement, i, s, opening.period_key) >= slot->calls) {
			note_next(slot_next_period(slot, w->zone, w->query->at), arrangement, next_slot);
			used_up = TRUE;
			continue;
		}
		if (!*found || (best->minutes != 0 && (opening.minutes == 0 || opening.minutes > best->minutes)))
			*best = opening;
		*found = TRUE;
	}
	return used_up;
}

/* The limits of one arrangement are alternatives: any slot of any of them admits. */
static void weigh_limits(Weighing *w, const Arrangement *arrangement, const gsize *limits, gsize n)
{
	VerdictAnswer *answer = w->answer;
	Instant next_slot = INSTANT_NONE;
	gboolean found = FALSE, used_up = FALSE;
	Opening best = {0};
	Verdict refusal;

	for (gsize k = 0; k < n; k++)
		used_up |= try_slots(w, arrangement, limits[k], &best, &found, &next_slot);
	if (!found) {
		refusal = used_up && is_written(w->query->channel) ? VERDICT_FILE : VERDICT_DECLINE;
		for (gsize k = 0; k < n; k++)
			add_reason(w, arrangement, limits[k], refusal, arrangement->restrictions[limits[k]].kind->rule,
				WORDS_KIND);
		if (refusal == VERDICT_DECLINE)
			w->next_slot = MAX(w->next_slot, next_slot);
		return;
	}
	add_reason(w, arrangement, best.restriction, VERDICT_LIMIT,
		arrangement->restrictions[best.restriction].kind->rule, WORDS_KIND);
	if (best.minutes > 0)
		answer->minutes = answer->minutes == 0 ? best.minutes : MIN(answer->minutes, best.minutes);
	if (best.counted && answer->n_uses < VERDICT_REASONS_MAX) {
		answer->uses[answer->n_uses].arrangement = arrangement;
		answer->uses[answer->n_uses].restriction = best.restriction;
		answer->uses[answer->n_uses].slot = best.slot;
		answer->uses[answer->n_uses++].period_key = best.period_key;
	}
}

/* What a restriction that applies as it stands fills in beside its reason. */
static void fill_in(Weighing *w, const Restriction *restriction, Verdict effect)
{
	VerdictAnswer *answer = w->answer;

	if (effect == VERDICT_RECORD)
		answer->record = TRUE;
	if (effect == VERDICT_ROUTE && !w->routed) {
		answer->mailbox = restriction->mailbox;
		answer->extension = restriction->extension;
		answer->contact_name = restriction->contact_name;
		w->routed = TRUE;
	}
	if (effect >= VERDICT_DECLINE)
		w->closed = TRUE;
}

static void weigh_arrangement(Weighing *w, const Arrangement *arrangement, ArrangementReach reach)
{
	gsize limits[VERDICT_REASONS_MAX], n_limits = 0;

	for (gsize i = 0; i < arrangement->n_restrictions; i++) {
		const Restriction *restriction = &arrangement->restrictions[i];
		const RestrictionKind *kind = restriction->kind;
		Verdict effect = restriction->effect[w->query->channel];
		WordsAbout about = WORDS_KIND;
		const char *softened;

		if (!is_about(restriction, w->query))
			continue;
		if (!kind->binds[w->query->direction])
			effect = VERDICT_PROCEED;
		else if (w->query->direction == DIRECTION_OUT) /* G12 */
			effect = VERDICT_CHECK;
		softened = softened_by(w, restriction, effect, reach, &about);
		if (w->query->direction == DIRECTION_OUT && effect == VERDICT_PROCEED)
			about = WORDS_OUTWARD;
		if (softened != NULL) {
			add_reason(w, arrangement, i, VERDICT_CHECK, softened, about);
		} else if (effect == VERDICT_LIMIT) {
			if (n_limits < VERDICT_REASONS_MAX)
				limits[n_limits++] = i;
		} else {
			add_reason(w, arrangement, i, effect, kind->rule, about);
			fill_in(w, restriction, effect);
		}
	}
	if (n_limits > 0)
		weigh_limits(w, arrangement, limits, n_limits);
}

/* G5, R9: what stays open whatever else was decided. A door marked for a purpose takes whoever does not say theirs,
 * since no machine can know it; the way would be closed otherwise. */
static gboolean stays_open(const Policy *policy, const VerdictQuery *query)
{
	const Door *door = query->direction == DIRECTION_IN ? query->door : NULL;
	const ProtectedPurpose *purpose;

	if (query->exempt)
		return TRUE;
	if (query->purpose == NULL)
		return door != NULL && door->protects != NULL && door->protects[0] != '\0';
	purpose = policy_purpose(policy, query->purpose);
	if (purpose != NULL && purpose->everywhere)
		return TRUE;
	if (query->direction == DIRECTION_OUT)
		return same(query->purpose, PURPOSE_NOTICE) || same(query->purpose, PURPOSE_LEGAL_DUTY);
	return purpose != NULL && door != NULL && door_protects(door, query->purpose);
}

/* The words for customers fit only where the restriction does what it says: softened, or a limit within its time, it
 * lets the contact through. */
static gboolean words_fit(const VerdictReason *reason, const Restriction *restriction, const VerdictQuery *query)
{
	Verdict effect = restriction->effect[query->channel];

	if (query->direction == DIRECTION_OUT)
		return FALSE;
	return effect == VERDICT_LIMIT ? reason->verdict > VERDICT_LIMIT : reason->verdict == effect;
}

/* "You may contact them" is for who may. */
static const char *staff_words(const VerdictAnswer *answer, const VerdictReason *reason, const Restriction *restriction)
{
	if (reason->about == WORDS_NEED)
		return NEED_WORDS;
	return reason->about == WORDS_OUTWARD && answer->verdict > VERDICT_PROCEED ? NULL : restriction->say_to_staff;
}

static void find_words(VerdictAnswer *answer, const VerdictQuery *query)
{
	for (gsize i = 0; i < answer->n_reasons; i++) {
		const VerdictReason *reason = &answer->reasons[i];
		const Restriction *restriction = &reason->arrangement->restrictions[reason->restriction];

		if (answer->say_to_staff == NULL) {
			answer->say_to_staff = staff_words(answer, reason, restriction);
			answer->staff_of = answer->say_to_staff != NULL ? reason->arrangement : NULL;
			answer->staff_about = reason->about;
		}
		if (!words_fit(reason, restriction, query))
			continue;
		/* who is not let through is told nothing that supposes it */
		if (answer->verdict > VERDICT_ROUTE && reason->verdict < answer->verdict)
			continue;
		if (answer->say_to_caller == NULL)
			answer->say_to_caller = restriction->say_to_caller;
		if (answer->say_to_sender == NULL)
			answer->say_to_sender = restriction->say_to_sender;
	}
}

/* The fields one by one: clearing the lists would cost more than most answers. */
static void clear(VerdictAnswer *answer)
{
	answer->verdict = VERDICT_PROCEED;
	answer->n_reasons = answer->n_uses = 0;
	answer->say_to_staff = answer->say_to_caller = answer->say_to_sender = NULL;
	answer->staff_of = NULL;
	answer->staff_about = WORDS_KIND;
	answer->minutes = 0;
	answer->mailbox = answer->extension = answer->contact_name = NULL;
	answer->record = answer->review_overdue = FALSE;
	answer->next_slot = INSTANT_NONE;
}

static void settle(Weighing *w)
{
	VerdictAnswer *answer = w->answer;

	if (answer->n_reasons > 0)
		answer->verdict = answer->reasons[0].verdict;
	find_words(answer, w->query);
	if (answer->verdict > VERDICT_ROUTE)
		answer->n_uses = 0;
	if (answer->verdict < VERDICT_DECLINE)
		return;
	answer->record = FALSE;
	answer->minutes = 0;
	if (!w->closed)
		answer->next_slot = w->next_slot;
}

static gboolean is_milder(const VerdictAnswer *a, const VerdictAnswer *b)
{
	if (a->verdict != b->verdict)
		return a->verdict < b->verdict;
	return b->minutes != 0 && (a->minutes == 0 || a->minutes > b->minutes);
}

/* D2: of another course that the customer agreed to, while its letter has not told it: that one or the one before,
 * whichever is milder for this contact. */
static const Arrangement *which_holds(const Weighing *w, const Arrangement *arrangement, ArrangementReach reach)
{
	const Arrangement *const both[] = {arrangement, arrangement->before};
	VerdictAnswer answers[G_N_ELEMENTS(both)];

	if (arrangement->before == NULL || (arrangement->told != INSTANT_NONE && w->query->at >= arrangement->told))
		return arrangement;
	for (gsize i = 0; i < G_N_ELEMENTS(both); i++) {
		Weighing alone = *w;

		clear(&answers[i]);
		alone.answer = &answers[i];
		alone.next_slot = INSTANT_NONE;
		alone.routed = alone.closed = FALSE;
		weigh_arrangement(&alone, both[i], reach);
		settle(&alone);
	}
	return is_milder(&answers[1], &answers[0]) ? arrangement->before : arrangement;
}

void verdict_for(const Policy *policy, const Zone *zone, const Arrangement *const *arrangements, gsize n,
	const VerdictQuery *query, VerdictCounts counts, const void *counts_data, VerdictAnswer *ret_answer)
{
	const ContactPlace place = {.door = query->door,
		.asker_function = query->asker_function,
		.matter = query->matter,
		.matter_function = query->matter_function,
		.machine_door = query->machine_door};
	Weighing w = {.zone = zone,
		.query = query,
		.counts = counts,
		.counts_data = counts_data,
		.answer = ret_answer,
		.next_slot = INSTANT_NONE};
	gboolean open = stays_open(policy, query);
	Day today = zone_day(zone, query->at);

	clear(ret_answer);
	for (gsize i = 0; i < n; i++) {
		ArrangementReach reach;

		if (!arrangement_in_force(arrangements[i], query->at, today))
			continue;
		ret_answer->review_overdue |= arrangement_review_overdue(arrangements[i], today);
		reach = open ? REACH_NOT : arrangement_reach(arrangements[i], &place);
		if (reach != REACH_NOT)
			weigh_arrangement(&w, which_holds(&w, arrangements[i], reach), reach);
	}
	settle(&w);
}
