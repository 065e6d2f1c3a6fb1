/* ask.c: who a contact may be, and what follows. What a restriction means is core's; what is kept is the journal's. */
#include "gate/ask.h"

static const char *const caller_names[] = {
	[GATE_CALLER_NAMED] = "named",
	[GATE_CALLER_KNOWN] = "known",
	[GATE_CALLER_STRANGER] = "unknown",
	[GATE_CALLER_WITHHELD] = "withheld",
	[GATE_CALLER_NOBODY] = "none",
};

const char *gate_caller_name(GateCaller caller)
{
	return caller_names[caller];
}

const GateCandidate *gate_answer_person(const GateAnswer *answer)
{
	return answer->n_candidates == 1 && !answer->ambiguous ? &answer->candidates[0] : NULL;
}

const char *gate_answer_identifier(const GateAnswer *answer)
{
	return answer->key_length > 0 ? answer->key + 1 : NULL;
}

/* What a channel's contacts are recognised by. On the web, in chat and in person people give what they have. */
static IdentifierKind kind_of(Channel channel, const char *from)
{
	switch (channel) {
	case CHANNEL_PHONE:
		return IDENTIFIER_PHONE;
	case CHANNEL_EMAIL:
		return IDENTIFIER_EMAIL;
	case CHANNEL_LETTER:
		return strchr(from, '@') != NULL ? IDENTIFIER_EMAIL : IDENTIFIER_POST;
	default:
		if (from[0] != '@' && strchr(from, '@') != NULL)
			return IDENTIFIER_EMAIL;
		return from[0] == '+' || g_ascii_isdigit(from[0]) ? IDENTIFIER_PHONE : IDENTIFIER_HANDLE;
	}
}

static gboolean recognise(const GateSnapshot *snapshot, const GateQuery *query, GateAnswer *answer, GError **error)
{
	const PhoneRules *phones = &gate_snapshot_policy(snapshot)->organisation.phone;
	const char *from = query->from;

	answer->key[0] = '\0';
	answer->key_length = 0;
	answer->caller = GATE_CALLER_NOBODY;
	if (from == NULL)
		return TRUE;
	if (query->channel == CHANNEL_PHONE && query->direction == DIRECTION_IN && phone_is_withheld(from)) {
		answer->caller = GATE_CALLER_WITHHELD;
		return TRUE;
	}
	if (from[0] == '\0')
		return TRUE;
	answer->key_length = gate_index_key(kind_of(query->channel, from), from, strlen(from), phones, answer->key);
	if (answer->key_length > 0)
		answer->caller = GATE_CALLER_STRANGER;
	else if (!query->machine_door)
		return invalid(error, "from", "'%.100s' cannot be read as a number or an address.", from);
	return TRUE;
}

static gboolean check_purpose(const GateSnapshot *snapshot, const GateQuery *query, GError **error)
{
	const char *purpose = query->purpose;

	if (purpose == NULL || query->machine_door || policy_purpose(gate_snapshot_policy(snapshot), purpose) != NULL)
		return TRUE;
	if (strcmp(purpose, PURPOSE_NOTICE) == 0 || strcmp(purpose, PURPOSE_LEGAL_DUTY) == 0)
		return TRUE;
	return invalid(error, "purpose", "'%.60s' is no purpose that the policy knows.", purpose);
}

static gboolean check_functions(const GateSnapshot *snapshot, const GateQuery *query, GError **error)
{
	if (query->machine_door || query->asker_functions == NULL)
		return TRUE;
	for (const char *const *p = query->asker_functions; *p != NULL; p++)
		if (gate_snapshot_function(snapshot, *p) == NULL)
			return invalid(error, "functions", "There is no function %.60s.", *p);
	return TRUE;
}

typedef struct {
	const GateSnapshot *snapshot;
	GateCountsFor counts;
	const GateQuery *query;
	GateAnswer *answer;
	const Door *door;
	Verdict severest;
	gboolean shared; /* to staff: somebody else may be behind this identifier (R11) */
} Asking;

static const char *matter_function(const GateCustomer *customer, const char *matter)
{
	const GateManaged *managed = customer->managed;

	for (gsize i = 0; matter != NULL && managed != NULL && i < managed->n_matters; i++)
		if (strcmp(managed->matters[i].ref, matter) == 0)
			return managed->matters[i].function;
	return NULL;
}

/* A reference that is wrong would pass for another matter, which nothing restricts. Known are the matters of those
 * whose contact is managed; of anybody else the matter changes nothing. */
static gboolean check_matter(const GateAnswer *answer, const GateQuery *query, GError **error)
{
	if (query->matter == NULL || query->machine_door || answer->n_listed == 0 ||
		answer->n_candidates > answer->n_listed)
		return TRUE;
	for (gsize i = 0; i < answer->n_listed; i++) {
		const GateCustomer *customer = answer->candidates[i].customer;

		if (customer->managed == NULL || customer->managed->n_arrangements == 0 ||
			matter_function(customer, query->matter) != NULL)
			return TRUE;
	}
	return not_found(error, "There is no matter %.40s of theirs.", query->matter);
}

/* One customer's own answer. */
static void weigh(const Asking *asking, const GateCustomer *customer, guint flags, VerdictAnswer *ret_answer)
{
	const GateManaged *managed = customer->managed;
	const GateQuery *query = asking->query;
	VerdictQuery asked = {
		.channel = query->channel,
		.direction = query->direction,
		.identifier = gate_answer_identifier(asking->answer),
		.door = asking->door,
		.matter = query->matter,
		.matter_function = matter_function(customer, query->matter),
		.purpose = query->purpose,
		.machine_door = query->machine_door,
		.identifier_shared = (flags & (GATE_USED_BY_OTHERS | GATE_UNCONFIRMED)) != 0,
		.exempt = (flags & GATE_REPRESENTATIVE) != 0,
		.at = query->at,
	};

	verdict_for(gate_snapshot_policy(asking->snapshot), gate_snapshot_zone(asking->snapshot),
		managed != NULL ? managed->arrangements : NULL, managed != NULL ? managed->n_arrangements : 0, &asked,
		asking->counts.counts != NULL ? gate_counts_get : NULL, &asking->counts, ret_answer);
}

static void add_candidate(Asking *asking, const GateCustomer *customer, guint flags)
{
	GateAnswer *answer = asking->answer;
	GateCandidate spare, *candidate = &spare;

	if (answer->n_listed < GATE_CANDIDATES_MAX)
		candidate = &answer->candidates[answer->n_listed++];
	answer->n_candidates++;
	candidate->customer = customer;
	candidate->exempt = (flags & GATE_REPRESENTATIVE) != 0;
	weigh(asking, customer, flags, &candidate->answer);
	asking->severest = MAX(asking->severest, candidate->answer.verdict);
	if ((flags & GATE_USED_BY_OTHERS) != 0 && !asking->query->machine_door)
		asking->shared = TRUE;
}

static gboolean is_listed(const GateAnswer *answer, const GateCustomer *customer)
{
	for (gsize i = 0; i < answer->n_listed; i++)
		if (answer->candidates[i].customer == customer)
			return TRUE;
	return FALSE;
}

/* All customers who have the identifier, then those whose representatives have it. Who has it themselves and is
 * registered under it for the same customer counts as the representative: what must stay open wins (G5). */
static void find_candidates(Asking *asking)
{
	GateAnswer *answer = asking->answer;
	const GateIndex *index = gate_snapshot_index(asking->snapshot);
	GateIndexCursor cursor;
	guint32 number;
	guint flags;

	gate_index_find(index, answer->key, answer->key_length, &cursor);
	while (gate_index_next(index, answer->key, answer->key_length, &cursor, &number, &flags))
		if ((flags & GATE_REPRESENTATIVE) != 0 &&
			!is_listed(answer, gate_snapshot_customer(asking->snapshot, number)))
			add_candidate(asking, gate_snapshot_customer(asking->snapshot, number), flags);
	gate_index_find(index, answer->key, answer->key_length, &cursor);
	while (gate_index_next(index, answer->key, answer->key_length, &cursor, &number, &flags))
		if ((flags & GATE_REPRESENTATIVE) == 0 &&
			!is_listed(answer, gate_snapshot_customer(asking->snapshot, number)))
			add_candidate(asking, gate_snapshot_customer(asking->snapshot, number), flags);
}

/* The customer was named: their answer, unless the identifier shows that a representative speaks for them. */
static gboolean named(Asking *asking, GError **error)
{
	GateAnswer *answer = asking->answer;
	const GateCustomer *customer = gate_snapshot_customer_by_ref(asking->snapshot, asking->query->customer);
	const GateIndex *index = gate_snapshot_index(asking->snapshot);
	guint exempt = 0, flags;
	GateIndexCursor cursor;
	guint32 number;

	if (customer == NULL)
		return not_found(error, "There is no customer %.40s.", asking->query->customer);
	if (answer->key_length > 0) {
		gate_index_find(index, answer->key, answer->key_length, &cursor);
		while (gate_index_next(index, answer->key, answer->key_length, &cursor, &number, &flags))
			if (gate_snapshot_customer(asking->snapshot, number) == customer)
				exempt |= flags & GATE_REPRESENTATIVE;
	}
	answer->caller = GATE_CALLER_NAMED;
	add_candidate(asking, customer, exempt);
	return TRUE;
}

/* Several people, or somebody else, may be behind it: `check`, where any answer would be more than `proceed`. */
static void settle(Asking *asking)
{
	const Policy *policy = gate_snapshot_policy(asking->snapshot);
	GateAnswer *answer = asking->answer;

	answer->ambiguous = answer->n_candidates > 1 || asking->shared;
	answer->verdict = asking->severest;
	if (answer->ambiguous) {
		answer->verdict = asking->severest > VERDICT_PROCEED ? VERDICT_CHECK : VERDICT_PROCEED;
		if (answer->verdict == VERDICT_CHECK)
			answer->say_to_staff = policy->gate.check_words;
	} else if (answer->n_candidates == 1) {
		answer->say_to_staff = answer->candidates[0].answer.say_to_staff;
	} else if (answer->caller == GATE_CALLER_WITHHELD || answer->caller == GATE_CALLER_NOBODY) {
		answer->say_to_staff = policy->gate.withheld_words;
	}
}

gboolean gate_ask(const GateSnapshot *snapshot, GateCounts *counts, const GateQuery *query, GateAnswer *ret_answer,
	GError **error)
{
	/* A question without `to` is asked from wherever the staff member works: a line with all their functions. */
	const Door own_line = {.address = "", .functions = query->asker_functions, .staff = ""};
	Asking asking = {
		.snapshot = snapshot,
		.counts = {counts, query->contact_id},
		.query = query,
		.answer = ret_answer,
	};

	ret_answer->say_to_staff = NULL;
	ret_answer->ambiguous = FALSE;
	ret_answer->n_candidates = ret_answer->n_listed = 0;
	if (!recognise(snapshot, query, ret_answer, error) || !check_purpose(snapshot, query, error) ||
		!check_functions(snapshot, query, error))
		return FALSE;
	ret_answer->door = query->to != NULL ? gate_snapshot_door(snapshot, query->channel, query->to) : NULL;
	asking.door = ret_answer->door;
	if (query->to == NULL && query->asker_functions != NULL && query->asker_functions[0] != NULL)
		asking.door = &own_line;
	if (query->customer != NULL) {
		if (!named(&asking, error))
			return FALSE;
	} else if (ret_answer->caller == GATE_CALLER_STRANGER) {
		find_candidates(&asking);
		if (ret_answer->n_candidates > 0)
			ret_answer->caller = GATE_CALLER_KNOWN;
	}
	if (!check_matter(ret_answer, query, error))
		return FALSE;
	settle(&asking);
	return TRUE;
}
