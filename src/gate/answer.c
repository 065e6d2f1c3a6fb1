/* answer.c: an answer as JSON. What mail servers and phone systems are told is their adapters' (postfix.c). */
#include "gate/answer.h"

/* Ways and texts of one answer: a few sentences a door. */
#define ANSWER_MAX ((gsize)16 << 20)

static gboolean is_written(Channel channel)
{
	return channel == CHANNEL_EMAIL || channel == CHANNEL_LETTER || channel == CHANNEL_WEB;
}

const char *gate_route_to(const VerdictAnswer *answer, Channel channel)
{
	const char *first = is_written(channel) ? answer->mailbox : answer->extension;

	return first != NULL ? first : is_written(channel) ? answer->extension : answer->mailbox;
}

const char *gate_say_to_customer(const VerdictAnswer *answer, Channel channel)
{
	return is_written(channel) ? answer->say_to_sender : answer->say_to_caller;
}

static const char *const about_names[] = {
	[WORDS_KIND] = "kind",
	[WORDS_NEED] = "need",
	[WORDS_SHARED] = "shared",
	[WORDS_SCOPE] = "scope",
	[WORDS_OUTWARD] = "outward",
};

/* What contact an arrangement is about: "with Casework". */
static const char *scope_in_words(const GateSnapshot *snapshot, const Arrangement *arrangement, Arena *mem)
{
	const char *title;

	if (arrangement->scope == SCOPE_MATTER)
		return arena_printf(mem, "about the matter %s", arrangement->scope_of);
	if (arrangement->scope == SCOPE_ORGANISATION)
		return "with us";
	title = gate_snapshot_function(snapshot, arrangement->scope_of);
	return arena_printf(mem, "with %s", title != NULL ? title : arrangement->scope_of);
}

static gboolean same_scope(const Arrangement *a, const Arrangement *b)
{
	return a->scope == b->scope && g_strcmp0(a->scope_of, b->scope_of) == 0;
}

/* G4: all that this may be about, each once, so that nothing spreads and nothing is left out. */
static const char *scopes_in_words(const GateSnapshot *snapshot, const VerdictAnswer *answer, Arena *mem)
{
	const char *words = scope_in_words(snapshot, answer->staff_of, mem);

	for (gsize i = 0; i < answer->n_reasons; i++) {
		const Arrangement *arrangement = answer->reasons[i].arrangement;
		gboolean named = answer->reasons[i].about != WORDS_SCOPE || same_scope(arrangement, answer->staff_of);

		for (gsize j = 0; j < i && !named; j++)
			named = answer->reasons[j].about == WORDS_SCOPE &&
				same_scope(arrangement, answer->reasons[j].arrangement);
		if (!named)
			words = arena_printf(mem, "%s or %s", words, scope_in_words(snapshot, arrangement, mem));
	}
	return words;
}

/* G12: what the customer was told, which binds their own contacts; the words for staff are about those, and would be
 * wrong before staff call or write. */
static const char *told_to_customer(const VerdictAnswer *answer)
{
	for (gsize i = 0; i < answer->n_reasons; i++) {
		const VerdictReason *reason = &answer->reasons[i];

		if (reason->about == WORDS_OUTWARD && reason->arrangement == answer->staff_of)
			return reason->arrangement->restrictions[reason->restriction].in_words;
	}
	return NULL;
}

static const char *outward_words(const VerdictAnswer *answer, const char *scope, Arena *mem)
{
	const gboolean whole = answer->staff_of->scope == SCOPE_ORGANISATION;
	const char *told = told_to_customer(answer);

	return arena_printf(mem,
		"You may contact them. An arrangement is in force for contacts from them%s%s, and does not stop "
		"you.%s%s",
		whole ? "" : " ", whole ? "" : scope, told != NULL ? " They were told: " : "",
		told != NULL ? told : "");
}

/* The words for staff, with the scope where they may not be about this contact. */
static const char *staff_words(const GateSnapshot *snapshot, const VerdictAnswer *answer, Arena *mem)
{
	const char *scope;

	if (answer->say_to_staff == NULL)
		return NULL;
	scope = scope_in_words(snapshot, answer->staff_of, mem);
	switch (answer->staff_about) {
	case WORDS_SHARED:
		return gate_snapshot_policy(snapshot)->gate.check_words;
	case WORDS_SCOPE:
		return arena_printf(mem,
			"An arrangement is in force for contact %s only. Ask what it is about. If it is about "
			"something else, answer as usual. For contact %s: %s",
			scopes_in_words(snapshot, answer, mem), scope, answer->say_to_staff);
	case WORDS_OUTWARD:
		return outward_words(answer, scope, mem);
	default:
		return answer->say_to_staff;
	}
}

static json_t *text(const char *value)
{
	return value != NULL ? json_string(value) : json_null();
}

static json_t *day(Day value, Arena *mem)
{
	return value != DAY_NONE ? json_string(day_format(mem, value)) : json_null();
}

static json_t *reasons_json(const VerdictAnswer *answer, Arena *mem)
{
	json_t *list = json_array();

	for (gsize i = 0; i < answer->n_reasons; i++) {
		const VerdictReason *reason = &answer->reasons[i];
		const Arrangement *arrangement = reason->arrangement;

		json_array_append_new(list,
			json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:s, s:s, s:s, s:o, s:o}", "rule", reason->rule,
				"restriction", arrangement->restrictions[reason->restriction].kind->key, "verdict",
				verdict_name(reason->verdict), "about", about_names[reason->about], "scope",
				scope_name(arrangement->scope), "scope_of", text(arrangement->scope_of), "arrangement",
				arrangement->ref, "decision", arrangement->decision, "pack", arrangement->pack, "until",
				day(arrangement->until_day, mem), "review", day(arrangement->review_day, mem)));
	}
	return list;
}

static json_t *needs_json(const GateManaged *managed)
{
	json_t *list = json_array();

	for (gsize i = 0; managed != NULL && i < managed->n_needs; i++) {
		const Need *need = &managed->needs[i];
		json_t *abilities = json_object();

		for (int channel = 0; channel < CHANNELS; channel++)
			if (need->ability[channel] != ABILITY_CAN)
				json_object_set_new(abilities, channel_name((Channel)channel),
					json_string(ability_name(need->ability[channel])));
		json_array_append_new(list, json_pack("{s:s, s:s, s:o, s:o}", "id", need->ref, "what", need->what,
						    "abilities", abilities, "only_with", text(need->only_with)));
	}
	return list;
}

static json_t *adjustments_json(const GateManaged *managed, Arena *mem)
{
	json_t *list = json_array();

	for (gsize i = 0; managed != NULL && i < managed->n_adjustments; i++) {
		const GateAdjustment *adjustment = &managed->adjustments[i];

		json_array_append_new(
			list, json_pack("{s:s, s:s, s:b, s:o}", "id", adjustment->ref, "asked", adjustment->asked,
				      "open", adjustment->open, "review", day(adjustment->review_day, mem)));
	}
	return list;
}

/* R9: the ways in that what is in force leaves, then G5: those for what may not be closed. Nothing for somebody whose
 * contact nothing restricts. */
static json_t *open_ways_json(const GateSnapshot *snapshot, const GateManaged *managed, Instant at, Arena *mem)
{
	const Policy *policy = gate_snapshot_policy(snapshot);
	Day today = zone_day(gate_snapshot_zone(snapshot), at);
	ArenaList in_force = {0}, ways = {0}, protected = {0};
	g_autoptr(GError) error = NULL;
	json_t *list = json_array();
	gsize n_doors;
	const Door *doors = gate_snapshot_doors(snapshot, &n_doors);

	for (gsize i = 0; managed != NULL && i < managed->n_arrangements; i++)
		if (arrangement_in_force(managed->arrangements[i], at, today))
			arena_list_add(mem, &in_force, (void *)managed->arrangements[i]);
	if (in_force.n == 0)
		return list;
	if (arrangement_leaves_way(policy, (const Arrangement *const *)in_force.items, in_force.n, managed->needs,
		    managed->n_needs, doors, n_doors, mem, &ways, &error))
		for (gsize i = 0; i < ways.n; i++)
			json_array_append_new(list, json_string(ways.items[i]));
	arrangement_open_ways(policy, doors, n_doors, managed->needs, managed->n_needs, FALSE, mem, &protected);
	for (gsize i = 0; i < protected.n; i++)
		json_array_append_new(list, json_string(protected.items[i]));
	return list;
}

static json_t *person_json(
	const GateSnapshot *snapshot, const GateQuery *query, const GateCandidate *candidate, Arena *mem)
{
	const VerdictAnswer *answer = &candidate->answer;
	const GateManaged *managed = candidate->customer->managed;
	gboolean routed = answer->verdict == VERDICT_ROUTE;

	return json_pack("{s:s, s:s, s:b, s:o, s:o, s:o, s:o, s:o, s:o, s:b, s:o, s:o, s:b, s:o, s:o, s:o}", "verdict",
		verdict_name(answer->verdict), "customer", candidate->customer->ref, "representative",
		candidate->exempt, "reasons", reasons_json(answer, mem), "say_to_staff",
		text(staff_words(snapshot, answer, mem)), "say_to_customer",
		text(gate_say_to_customer(answer, query->channel)), "minutes",
		answer->minutes > 0 ? json_integer(answer->minutes) : json_null(), "route_to",
		text(routed ? gate_route_to(answer, query->channel) : NULL), "route_name",
		text(routed ? answer->contact_name : NULL), "record", answer->record, "next_slot",
		answer->next_slot != INSTANT_NONE ? json_string(instant_format(mem, answer->next_slot)) : json_null(),
		"open_ways", open_ways_json(snapshot, managed, query->at, mem), "review_overdue",
		answer->review_overdue, "needs", needs_json(managed), "adjustments", adjustments_json(managed, mem),
		"safety", text(managed != NULL && !query->machine_door ? managed->safety : NULL));
}

/* The answer that is no one person's. */
static json_t *nobody_json(const GateAnswer *answer)
{
	json_t *reasons = json_array();

	if (answer->ambiguous && answer->verdict == VERDICT_CHECK)
		json_array_append_new(
			reasons, json_pack("{s:s, s:n, s:s, s:s, s:n, s:n, s:n, s:n, s:n, s:n, s:n}", "rule", "R11",
					 "restriction", "verdict", verdict_name(answer->verdict), "about",
					 about_names[WORDS_SHARED], "scope", "scope_of", "arrangement", "decision",
					 "pack", "until", "review"));
	return json_pack("{s:s, s:n, s:b, s:o, s:o, s:n, s:n, s:n, s:n, s:b, s:n, s:[], s:b, s:[], s:[], s:n}",
		"verdict", verdict_name(answer->verdict), "customer", "representative", FALSE, "reasons", reasons,
		"say_to_staff", text(answer->say_to_staff), "say_to_customer", "minutes", "route_to", "route_name",
		"record", FALSE, "next_slot", "open_ways", "review_overdue", FALSE, "needs", "adjustments", "safety");
}

json_t *gate_answer_json(const GateSnapshot *snapshot, const GateQuery *query, const GateAnswer *answer)
{
	g_autoptr(Arena) mem = arena_new(ANSWER_MAX);
	const GateCandidate *person = gate_answer_person(answer);
	json_t *json = person != NULL ? person_json(snapshot, query, person, mem) : nobody_json(answer);
	json_t *candidates = json_array();

	for (gsize i = 0; person == NULL && i < answer->n_listed; i++)
		json_array_append_new(candidates, person_json(snapshot, query, &answer->candidates[i], mem));
	json_object_set_new(json, "candidates", candidates);
	json_object_set_new(json, "caller", json_string(gate_caller_name(answer->caller)));
	return json;
}
