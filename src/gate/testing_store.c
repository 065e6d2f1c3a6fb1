/* testing_store.c: the small world in a database, through the statements that the acts use. See testing.h. */
#include "gate/testing.h"

#include "store/record.h"

#define MUST(call)                                                                                                     \
	do {                                                                                                           \
		g_autoptr(GError) must_error = NULL;                                                                   \
		GError **error = &must_error;                                                                          \
		if (!(call))                                                                                           \
			g_error("%s: %s", #call, must_error->message);                                                 \
	} while (0)

static void add_customers(Tx *tx, const GateFacts *facts)
{
	for (gsize i = 0; i < facts->n_customers; i++) {
		const CustomerRow row = {.ref = facts->customers[i].ref,
			.kind = "person",
			.name = "Jo",
			.folded = "jo",
			.language = "en",
			.format = "letter",
			.created_at = 1};

		MUST(sql_customer_add(tx, &row, error));
	}
	for (gsize i = 0; i < facts->n_identifiers; i++) {
		const GateIdentifiersRow *known = &facts->identifiers[i];
		const IdentifierRow row = {.ref = known->ref,
			.customer = known->customer,
			.kind = known->kind,
			.typed = known->normal,
			.normal = known->normal,
			.used_by_others = known->used_by_others,
			.confirmed = known->confirmed,
			.added_at = known->added_at,
			.added_by = "ann",
			.ended_at = INSTANT_NONE};

		MUST(sql_identifier_add(tx, &row, error));
	}
	for (gsize i = 0; i < facts->n_representatives; i++) {
		const GateRepresentativesRow *known = &facts->representatives[i];
		const RepresentativeRow row = {.ref = "P-1",
			.customer = known->customer,
			.name = "Solicitor",
			.capacity = known->capacity,
			.kind = known->kind,
			.normal = known->normal,
			.added_at = 1,
			.ended_at = INSTANT_NONE};

		MUST(sql_representative_add(tx, &row, error));
	}
}

static void add_arrangement(Tx *tx, const GateArrangementsRow *known, const char *casefile, const char *decision)
{
	const CasefileRow file = {.ref = casefile,
		.customer = known->customer,
		.scope = known->scope,
		.scope_of = known->scope_of,
		.function = known->function,
		.opened_at = 1,
		.closed_at = INSTANT_NONE,
		.version = 1};
	const RequestRow request = {.ref = decision,
		.casefile = casefile,
		.by_user = "ann",
		.at = 1,
		.state = "authorised",
		.reports = "[]",
		.account = "{}",
		.complaints = "[]",
		.restrictions = "[]",
		.reasons = "",
		.scope = known->scope,
		.until_on = DAY_NONE,
		.review_on = known->review_on,
		.pack = known->pack};
	const DecisionRow decided = {.ref = decision,
		.casefile = casefile,
		.request = decision,
		.outcome = "as-asked",
		.findings = "{}",
		.reasons = "",
		.restrictions = "[]",
		.scope = known->scope,
		.until_on = DAY_NONE,
		.review_on = known->review_on,
		.complete_at = known->decided_at,
		.at = known->decided_at,
		.pack = known->pack};
	const ArrangementRow row = {.ref = known->ref,
		.decision = decision,
		.casefile = casefile,
		.customer = known->customer,
		.scope = known->scope,
		.scope_of = known->scope_of,
		.restrictions = known->restrictions,
		.from_at = strcmp(known->ref, "A-1") == 0 ? INSTANT_NONE : known->from_at,
		.until_on = DAY_NONE,
		.review_on = known->review_on,
		.ended_at = INSTANT_NONE,
		.pack = known->pack};

	MUST(sql_casefile_add(tx, &file, error));
	MUST(sql_request_add(tx, &request, error));
	MUST(sql_decision_add(tx, &decided, error));
	MUST(sql_arrangement_add(tx, &row, error));
}

static void add_organisation(Tx *tx, const GateFacts *facts)
{
	static const char *const functions[] = {"casework", "intake", "complaints"};
	static const StaffRow ann = {
		.user_name = "ann", .name = "Ann Lee", .folded = "annlee", .created_at = 1, .ended_at = INSTANT_NONE};

	for (gsize i = 0; i < G_N_ELEMENTS(functions); i++) {
		const FunctionRow row = {.slug = functions[i], .title = functions[i], .created_at = 1};

		MUST(sql_function_add(tx, &row, error));
	}
	MUST(sql_staff_add(tx, &ann, error));
	for (gsize i = 0; i < facts->n_staff_functions; i++) {
		const GrantRow row = {.number = (gint64)i + 1,
			.user_name = "ann",
			.role = "staff",
			.function = facts->staff_functions[i].function,
			.granted_at = 1,
			.granted_by = "ann",
			.ended_at = INSTANT_NONE};

		MUST(sql_grant_add(tx, &row, error));
	}
	for (gsize i = 0; i < facts->n_doors; i++) {
		const GateDoorsRow *known = &facts->doors[i];
		const DoorRow row = {.address = known->address,
			.kind = known->kind,
			.title = known->title,
			.function = known->function,
			.matter = known->matter,
			.user_name = known->user_name,
			.protects = known->protects,
			.ended_at = INSTANT_NONE};

		MUST(sql_door_add(tx, &row, error));
	}
}

static void add_matters_and_needs(Tx *tx, const GateFacts *facts)
{
	for (gsize i = 0; i < facts->n_matters; i++) {
		const MatterRow row = {.ref = facts->matters[i].ref,
			.customer = facts->matters[i].customer,
			.function = facts->matters[i].function,
			.kind = "complaint",
			.title = "A complaint",
			.opened_at = 1,
			.closed_at = INSTANT_NONE};

		MUST(sql_matter_add(tx, &row, error));
	}
	for (gsize i = 0; i < facts->n_needs; i++) {
		const GateNeedsRow *known = &facts->needs[i];
		const NeedRow row = {.ref = known->ref,
			.customer = known->customer,
			.what = known->what,
			.why = "asked",
			.abilities = known->abilities,
			.only_with = known->only_with,
			.review_on = DAY_NONE,
			.recorded_at = known->recorded_at,
			.recorded_by = "ann",
			.ended_at = INSTANT_NONE};

		MUST(sql_need_add(tx, &row, error));
	}
}

void test_store_world(Store *store)
{
	const GateFacts facts = test_facts();
	g_autoptr(Tx) tx = NULL;

	MUST(store_write(store, &tx, error));
	MUST(sql_meta_set(tx, GATE_STRANGER_KEY, facts.stranger_key, error));
	add_organisation(tx, &facts);
	add_customers(tx, &facts);
	add_matters_and_needs(tx, &facts);
	for (gsize i = 0; i < facts.n_arrangements; i++) {
		g_autofree char *casefile = g_strconcat("CF-", facts.arrangements[i].ref, NULL);
		g_autofree char *decision = g_strconcat("D-", facts.arrangements[i].ref, NULL);

		add_arrangement(tx, &facts.arrangements[i], casefile, decision);
	}
	MUST(sql_casefile_matter_add(tx, "CF-A-8", "M-1", error));
	MUST(store_commit(&tx, error));
}

void test_store_bring_in(Store *store)
{
	g_autoptr(Tx) tx = NULL;
	g_autoptr(Arena) mem = arena_new((gsize)1 << 20);
	const RecordEntry entry = {.recorded_at = when_now(),
		.actor = "job:outbox",
		.via = "job",
		.act = "confirm-notice",
		.content = "{}",
		.content_length = 2};
	gint64 changed, number;
	const char *hash;

	MUST(store_begin(store, &tx, error));
	MUST(sql_arrangement_set_from(tx, "A-1", 20005 * USEC_PER_DAY, &changed, error));
	MUST(record_append(tx, mem, &entry, &number, &hash, error));
	MUST(store_commit(&tx, error));
}
