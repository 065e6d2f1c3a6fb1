/* snapshot.c: rows into what ask reads. The rows are in order of customer, so one walk brings each customer's
 * together. How restrictions are compiled from what was asked is in compile.c; the SQL behind the rows in
 * store/sql/gate.sql. */
#include "gate/compile.h"

#include "base/bytes.h"

#include <sodium.h>
#include <stdatomic.h>

/* An upper bound that no organisation reaches: it only keeps a mad database from taking the machine. */
#define SNAPSHOT_MAX ((gsize)16 << 30)

struct GateSnapshot {
	atomic_int references;
	Arena *mem;
	gint64 number, clock_offset;
	const Policy *policy;
	Zone *zone;
	GateIndex *index;
	GateCustomer *customers; /* by ref */
	gsize n_customers;
	Door *doors; /* by address */
	gsize n_doors;
	GateFunctionsRow *functions;
	gsize n_functions;
	guint8 stranger_key[crypto_shorthash_siphashx24_KEYBYTES];
	gboolean has_stranger_key;
	gsize problems;
	const char *first_problem;
};

/* Where the walk stands in each list of rows. */
typedef struct {
	const GateFacts *facts;
	GateSnapshot *snapshot;
	GateCompiler *compiler;
	gsize identifiers, representatives, arrangements, matters, needs, adjustments, safety;
} Walk;

/* How many rows from *position on belong to the customer; rows of customers that do not exist are passed over. The
 * customer is the first field of every row type. */
static gsize count_rows(const void *rows, gsize row_size, gsize n, gsize *position, const char *ref)
{
#define CUSTOMER(i) (*(const char *const *)((const char *)rows + (i)*row_size))
	gsize end;

	while (*position < n && strcmp(CUSTOMER(*position), ref) < 0)
		(*position)++;
	for (end = *position; end < n && strcmp(CUSTOMER(end), ref) == 0; end++)
		continue;
	return end - *position;
#undef CUSTOMER
}

#define ROWS_OF(walk, list, ref)                                                                                       \
	count_rows((walk)->facts->list, sizeof *(walk)->facts->list, (walk)->facts->n_##list, &(walk)->list, (ref))

_Static_assert(offsetof(GateIdentifiersRow, customer) == 0 && offsetof(GateRepresentativesRow, customer) == 0 &&
		       offsetof(GateArrangementsRow, customer) == 0 && offsetof(GateMattersRow, customer) == 0 &&
		       offsetof(GateNeedsRow, customer) == 0 && offsetof(GateAdjustmentsRow, customer) == 0 &&
		       offsetof(GateSafetyRow, customer) == 0,
	"rows of a customer begin with the customer");

static const Door *make_doors(GateSnapshot *snapshot, const GateFacts *facts)
{
	Arena *mem = snapshot->mem;
	Door *doors = arena_array(mem, Door, facts->n_doors);

	for (gsize i = 0; i < facts->n_doors; i++) {
		const GateDoorsRow *row = &facts->doors[i];
		Door *door = &doors[i];
		ArenaList functions = {0};

		*door = (Door){
			.address = arena_strdup(mem, row->address),
			.title = arena_strdup(mem, row->title),
			.function = arena_strdup(mem, row->function),
			.matter = arena_strdup(mem, row->matter),
			.staff = arena_strdup(mem, row->user_name),
			.protects = arena_strdup(mem, row->protects),
		};
		if (!door_kind_parse(row->kind, &door->kind))
			door->kind = DOOR_DESK;
		if (row->user_name == NULL || row->function != NULL)
			continue;
		for (gsize j = 0; j < facts->n_staff_functions; j++)
			if (strcmp(facts->staff_functions[j].user_name, row->user_name) == 0)
				arena_list_add(mem, &functions, arena_strdup(mem, facts->staff_functions[j].function));
		arena_list_add(mem, &functions, NULL);
		door->functions = (const char *const *)functions.items;
	}
	snapshot->doors = doors;
	snapshot->n_doors = facts->n_doors;
	return doors;
}

static void make_functions(GateSnapshot *snapshot, const GateFacts *facts)
{
	snapshot->functions = arena_array(snapshot->mem, GateFunctionsRow, facts->n_functions);
	for (gsize i = 0; i < facts->n_functions; i++) {
		const GateFunctionsRow *row = &facts->functions[i];

		snapshot->functions[snapshot->n_functions++] = (GateFunctionsRow){
			arena_strdup(snapshot->mem, row->slug), arena_strdup(snapshot->mem, row->title)};
	}
}

static void parse_abilities(const char *json, Need *need)
{
	json_t *abilities = json_loads(json, 0, NULL);
	const char *key;
	json_t *value;

	json_object_foreach(abilities, key, value)
	{
		Channel channel;

		if (channel_parse(key, &channel))
			(void)ability_parse(json_string_value(value), &need->ability[channel]);
	}
	json_decref(abilities);
}

static const Need *make_needs(Walk *walk, const char *ref, gsize *ret_n)
{
	const GateFacts *facts = walk->facts;
	Arena *mem = walk->snapshot->mem;
	gsize n = ROWS_OF(walk, needs, ref);
	Need *needs = arena_array(mem, Need, n);

	for (gsize i = 0; i < n; i++) {
		const GateNeedsRow *row = &facts->needs[walk->needs + i];

		needs[i] = (Need){
			.ref = arena_strdup(mem, row->ref),
			.what = arena_strdup(mem, row->what),
			.only_with = arena_strdup(mem, row->only_with),
			.recorded = row->recorded_at,
			.ended = INSTANT_NONE,
		};
		parse_abilities(row->abilities, &needs[i]);
	}
	walk->needs += n;
	*ret_n = n;
	return needs;
}

static const GateAdjustment *make_adjustments(Walk *walk, const char *ref, gsize *ret_n)
{
	const GateFacts *facts = walk->facts;
	Arena *mem = walk->snapshot->mem;
	gsize n = ROWS_OF(walk, adjustments, ref);
	GateAdjustment *adjustments = arena_array(mem, GateAdjustment, n);

	for (gsize i = 0; i < n; i++) {
		const GateAdjustmentsRow *row = &facts->adjustments[walk->adjustments + i];

		adjustments[i] = (GateAdjustment){
			.ref = arena_strdup(mem, row->ref),
			.asked = arena_strdup(mem, row->asked),
			.open = row->outcome == NULL,
			.review_day = row->review_on,
		};
	}
	walk->adjustments += n;
	*ret_n = n;
	return adjustments;
}

static const GateMatter *make_matters(Walk *walk, const char *ref, gsize *ret_n)
{
	const GateFacts *facts = walk->facts;
	Arena *mem = walk->snapshot->mem;
	gsize n = ROWS_OF(walk, matters, ref);
	GateMatter *matters = arena_array(mem, GateMatter, n);

	for (gsize i = 0; i < n; i++) {
		const GateMattersRow *row = &facts->matters[walk->matters + i];

		matters[i] = (GateMatter){arena_strdup(mem, row->ref), arena_strdup(mem, row->function)};
	}
	walk->matters += n;
	*ret_n = n;
	return matters;
}

/* L2: the approved sentence, or until there is one the policy's own words. */
static const char *make_safety(Walk *walk, const char *ref)
{
	const GateFacts *facts = walk->facts;
	const char *words;

	if (ROWS_OF(walk, safety, ref) == 0)
		return NULL;
	words = facts->safety[walk->safety++].words;
	return words != NULL ? arena_strdup(walk->snapshot->mem, words) : facts->policy->gate.safety_words;
}

/* Everything that is known of one customer beside the identifiers; NULL for nothing. *ret_decided: when the first
 * arrangement that still holds was decided (R11: identifiers added later ask for a manager's confirmation). */
static const GateManaged *make_managed(Walk *walk, const char *ref, gsize n_identifiers, Instant *ret_decided)
{
	const GateFacts *facts = walk->facts;
	Arena *mem = walk->snapshot->mem;
	GateManaged managed = {0};
	gsize n = ROWS_OF(walk, arrangements, ref);

	*ret_decided = INSTANT_NONE;
	managed.needs = make_needs(walk, ref, &managed.n_needs);
	managed.adjustments = make_adjustments(walk, ref, &managed.n_adjustments);
	managed.safety = make_safety(walk, ref);
	managed.matters = make_matters(walk, ref, &managed.n_matters);
	if (n > 0) {
		GateToCompile what = {
			.customer = ref,
			.rows = facts->arrangements + walk->arrangements,
			.n_rows = n,
			.identifiers = facts->identifiers + walk->identifiers,
			.n_identifiers = n_identifiers,
			.managed = &managed,
		};

		managed.arrangements = gate_compile(walk->compiler, &what, &managed.n_arrangements);
		for (gsize i = 0; i < n; i++) {
			const GateArrangementsRow *row = &what.rows[i];

			if ((row->ended_at == INSTANT_NONE || row->ended_at > facts->at) &&
				(*ret_decided == INSTANT_NONE || row->decided_at < *ret_decided))
				*ret_decided = row->decided_at;
		}
	}
	walk->arrangements += n;
	if (managed.n_arrangements + managed.n_needs + managed.n_adjustments + managed.n_matters == 0 &&
		managed.safety == NULL)
		return NULL;
	return arena_memdup(mem, &managed, sizeof managed);
}

static void index_identifier(Walk *walk, const GateIdentifiersRow *row, guint32 customer, Instant decided)
{
	IdentifierKind kind;
	guint flags = 0;

	if (!identifier_kind_parse(row->kind, &kind) || row->normal[0] == '\0')
		return;
	if (row->used_by_others)
		flags |= GATE_USED_BY_OTHERS;
	if (!row->confirmed && decided != INSTANT_NONE && row->added_at > decided)
		flags |= GATE_UNCONFIRMED;
	gate_index_add(walk->snapshot->index, kind, row->normal, customer, flags);
}

static void make_customer(Walk *walk, gsize number)
{
	const GateFacts *facts = walk->facts;
	GateSnapshot *snapshot = walk->snapshot;
	GateCustomer *customer = &snapshot->customers[number];
	const char *ref = facts->customers[number].ref;
	gsize n_identifiers = ROWS_OF(walk, identifiers, ref);
	gsize n_representatives = ROWS_OF(walk, representatives, ref);
	Instant decided;

	customer->ref = arena_strdup(snapshot->mem, ref);
	customer->managed = make_managed(walk, customer->ref, n_identifiers, &decided);
	for (gsize i = 0; i < n_identifiers; i++)
		index_identifier(walk, &facts->identifiers[walk->identifiers + i], (guint32)number, decided);
	for (gsize i = 0; i < n_representatives; i++) {
		const GateRepresentativesRow *row = &facts->representatives[walk->representatives + i];
		IdentifierKind kind;

		if (identifier_kind_parse(row->kind, &kind) && row->normal[0] != '\0')
			gate_index_add(snapshot->index, kind, row->normal, (guint32)number, GATE_REPRESENTATIVE);
	}
	walk->identifiers += n_identifiers;
	walk->representatives += n_representatives;
}

static GateIndex *make_index(const GateFacts *facts)
{
	guint8 key[16];
	gsize bytes = 0;

	bytes_random(key, sizeof key);
	for (gsize i = 0; i < facts->n_identifiers; i++)
		bytes += strlen(facts->identifiers[i].normal) + 2;
	for (gsize i = 0; i < facts->n_representatives; i++)
		bytes += strlen(facts->representatives[i].normal) + 2;
	return gate_index_new(facts->n_identifiers + facts->n_representatives, bytes, key);
}

gboolean gate_snapshot_new(
	const GateFacts *facts, const GateSource *source, Tx *tx, GateSnapshot **ret_snapshot, GError **error)
{
	g_autoptr(GateSnapshot) snapshot = g_new0(GateSnapshot, 1);
	Walk walk = {.facts = facts, .snapshot = snapshot};

	atomic_init(&snapshot->references, 1);
	snapshot->mem = arena_new(SNAPSHOT_MAX);
	snapshot->number = facts->number;
	snapshot->clock_offset = facts->clock_offset;
	snapshot->policy = facts->policy;
	snapshot->has_stranger_key =
		bytes_from_hex(facts->stranger_key, snapshot->stranger_key, sizeof snapshot->stranger_key);
	snapshot->zone = zone_new(facts->policy->organisation.time_zone, error);
	if (snapshot->zone == NULL)
		return FALSE;
	snapshot->index = make_index(facts);
	snapshot->customers = arena_array(snapshot->mem, GateCustomer, facts->n_customers);
	snapshot->n_customers = facts->n_customers;
	make_doors(snapshot, facts);
	make_functions(snapshot, facts);
	walk.compiler = gate_compiler_new(facts, source, tx, snapshot->zone, snapshot->doors, snapshot->mem);
	for (gsize i = 0; i < facts->n_customers; i++)
		make_customer(&walk, i);
	snapshot->problems = gate_compiler_problems(walk.compiler, &snapshot->first_problem);
	gate_compiler_free(walk.compiler);
	*ret_snapshot = g_steal_pointer(&snapshot);
	return TRUE;
}

GateSnapshot *gate_snapshot_ref(GateSnapshot *snapshot)
{
	atomic_fetch_add_explicit(&snapshot->references, 1, memory_order_relaxed);
	return snapshot;
}

void gate_snapshot_unref(GateSnapshot *snapshot)
{
	if (snapshot == NULL || atomic_fetch_sub_explicit(&snapshot->references, 1, memory_order_acq_rel) > 1)
		return;
	gate_index_free(snapshot->index);
	zone_free(snapshot->zone);
	arena_free(snapshot->mem);
	sodium_memzero(snapshot->stranger_key, sizeof snapshot->stranger_key);
	g_free(snapshot);
}

gint64 gate_snapshot_number(const GateSnapshot *snapshot)
{
	return snapshot->number;
}

gint64 gate_snapshot_clock_offset(const GateSnapshot *snapshot)
{
	return snapshot->clock_offset;
}

const Policy *gate_snapshot_policy(const GateSnapshot *snapshot)
{
	return snapshot->policy;
}

const Zone *gate_snapshot_zone(const GateSnapshot *snapshot)
{
	return snapshot->zone;
}

const GateIndex *gate_snapshot_index(const GateSnapshot *snapshot)
{
	return snapshot->index;
}

gsize gate_snapshot_problems(const GateSnapshot *snapshot, const char **ret_first)
{
	*ret_first = snapshot->first_problem;
	return snapshot->problems;
}

const GateCustomer *gate_snapshot_customer(const GateSnapshot *snapshot, guint32 number)
{
	return &snapshot->customers[number];
}

static int compare_customer(const void *ref, const void *customer)
{
	return strcmp(ref, ((const GateCustomer *)customer)->ref);
}

const GateCustomer *gate_snapshot_customer_by_ref(const GateSnapshot *snapshot, const char *ref)
{
	if (snapshot->n_customers == 0)
		return NULL;
	return bsearch(ref, snapshot->customers, snapshot->n_customers, sizeof(GateCustomer), compare_customer);
}

static int compare_door(const void *address, const void *door)
{
	return strcmp(address, ((const Door *)door)->address);
}

static const Door *find_door(const GateSnapshot *snapshot, const char *address)
{
	return bsearch(address, snapshot->doors, snapshot->n_doors, sizeof(Door), compare_door);
}

const Door *gate_snapshot_door(const GateSnapshot *snapshot, Channel channel, const char *address)
{
	char normal[IDENTIFIER_MAX];
	IdentifierKind kind = channel == CHANNEL_PHONE ? IDENTIFIER_PHONE : IDENTIFIER_EMAIL;
	const Door *door;

	if (snapshot->n_doors == 0)
		return NULL;
	door = find_door(snapshot, address);
	if (door == NULL && identifier_normalise_into(kind, address, strlen(address),
				    &snapshot->policy->organisation.phone, normal, sizeof normal))
		door = find_door(snapshot, normal);
	return door;
}

const Door *gate_snapshot_doors(const GateSnapshot *snapshot, gsize *ret_n)
{
	*ret_n = snapshot->n_doors;
	return snapshot->doors;
}

const char *gate_snapshot_function(const GateSnapshot *snapshot, const char *slug)
{
	for (gsize i = 0; i < snapshot->n_functions; i++)
		if (strcmp(snapshot->functions[i].slug, slug) == 0)
			return snapshot->functions[i].title;
	return NULL;
}

gboolean gate_snapshot_stranger(const GateSnapshot *snapshot, const char *key, gsize length, guint8 ret_hash[16])
{
	if (!snapshot->has_stranger_key)
		return FALSE;
	crypto_shorthash_siphashx24(ret_hash, (const guint8 *)key, length, snapshot->stranger_key);
	return TRUE;
}
