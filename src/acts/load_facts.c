/* load_facts.c: what restrictions may point at and bind: the customer, their identifiers, needs and matters, the
 * organisation's doors, and arrangements compiled by the pack that each is bound to. */
#include "acts/run.h"

gboolean load_customer(
	Tx *tx, Arena *mem, const char *ref, const char *field, CustomerRow **ret_customer, GError **error)
{
	CustomerRow *row = NULL;

	if (ref == NULL)
		return invalid(error, field, "Say which customer this is about, such as C-2026-000123.");
	if (!sql_customer_by_ref(tx, mem, ref, &row, error))
		return FALSE;
	if (row == NULL)
		return not_found(error, "There is no customer %s.", ref);
	*ret_customer = row;
	return TRUE;
}

gboolean load_matters(Tx *tx, Arena *mem, const char *customer, const char *const *refs, MatterRow ***ret_matters,
	gsize *ret_n, GError **error)
{
	gsize n = g_strv_length((char **)refs);
	MatterRow **matters = arena_array(mem, MatterRow *, n + 1);

	for (gsize i = 0; i < n; i++) {
		if (!sql_matter_by_ref(tx, mem, refs[i], &matters[i], error))
			return FALSE;
		if (matters[i] == NULL || !g_str_equal(matters[i]->customer, customer))
			return refuse_at(error, "G4", "matters",
				"%s is no matter of %s. One casefile is about one customer.", refs[i], customer);
	}
	*ret_matters = matters;
	*ret_n = n;
	return TRUE;
}

static gboolean load_needs(Tx *tx, Arena *mem, const char *customer, CustomerFacts *facts, GError **error)
{
	NeedRow *rows;
	Need *needs;

	if (!sql_needs_of(tx, mem, customer, &rows, &facts->n_needs, error))
		return FALSE;
	needs = arena_array(mem, Need, facts->n_needs + 1);
	for (gsize i = 0; i < facts->n_needs; i++) {
		json_t *abilities = json_loads(rows[i].abilities, 0, NULL);
		const char *key;
		json_t *value;

		needs[i] = (Need){.ref = rows[i].ref,
			.what = rows[i].what,
			.only_with = rows[i].only_with,
			.recorded = rows[i].recorded_at,
			.ended = rows[i].ended_at};
		json_object_foreach(abilities, key, value)
		{
			Channel channel;

			if (channel_parse(key, &channel))
				ability_parse(json_string_value(value), &needs[i].ability[channel]);
		}
		json_decref(abilities);
	}
	facts->needs = needs;
	return TRUE;
}

/* A staff member's own line belongs to all functions in which they work. */
static gboolean load_own_functions(
	ActRun *run, const char *user_name, const char *const **ret_functions, GError **error)
{
	GrantRow *grants;
	const char **functions;
	gsize n, n_functions = 0;

	*ret_functions = NULL;
	if (user_name == NULL)
		return TRUE;
	if (!sql_grants_of(run->tx, run->mem, user_name, &grants, &n, error))
		return FALSE;
	functions = arena_array(run->mem, const char *, n + 1);
	for (gsize i = 0; i < n; i++)
		if (grants[i].function != NULL)
			functions[n_functions++] = grants[i].function;
	*ret_functions = functions;
	return TRUE;
}

gboolean load_facts(ActRun *run, const char *customer, CustomerFacts *ret_facts, GError **error)
{
	IdentifierRow *identifiers;
	DoorRow *doors;
	MatterRow *matters;
	CustomerIdentifier *known;
	Door *open;
	const char **refs;
	gsize n_identifiers, n_doors, n_matters;
	Arena *mem = run->mem;

	if (!sql_identifiers_of(run->tx, mem, customer, &identifiers, &n_identifiers, error) ||
		!sql_door_list(run->tx, mem, &doors, &n_doors, error) ||
		!sql_matters_of(run->tx, mem, customer, &matters, &n_matters, error) ||
		!load_needs(run->tx, mem, customer, ret_facts, error))
		return FALSE;
	known = arena_array(mem, CustomerIdentifier, n_identifiers + 1);
	for (gsize i = 0; i < n_identifiers; i++) {
		known[i] = (CustomerIdentifier){.ref = identifiers[i].ref,
			.normal = identifiers[i].normal,
			.used_by_others = identifiers[i].used_by_others,
			.confirmed = identifiers[i].confirmed,
			.added = identifiers[i].added_at,
			.ended = identifiers[i].ended_at};
		if (!identifier_kind_parse(identifiers[i].kind, &known[i].kind))
			return bug(error, "Identifier %s has the unknown kind '%s'.", identifiers[i].ref,
				identifiers[i].kind);
	}
	open = arena_array(mem, Door, n_doors + 1);
	for (gsize i = 0; i < n_doors; i++) {
		open[i] = (Door){.address = doors[i].address,
			.title = doors[i].title,
			.function = doors[i].function,
			.matter = doors[i].matter,
			.staff = doors[i].user_name,
			.protects = doors[i].protects};
		if (!load_own_functions(run, doors[i].user_name, &open[i].functions, error))
			return FALSE;
		if (!door_kind_parse(doors[i].kind, &open[i].kind))
			return bug(error, "Door %s has the unknown kind '%s'.", doors[i].address, doors[i].kind);
	}
	refs = arena_array(mem, const char *, n_matters + 1);
	for (gsize i = 0; i < n_matters; i++)
		refs[i] = matters[i].ref;
	ret_facts->restrictions = (RestrictionFacts){.policy = run->policy,
		.identifiers = known,
		.n_identifiers = n_identifiers,
		.doors = open,
		.n_doors = n_doors,
		.matters = refs};
	return TRUE;
}

/* The end of its last day, or the moment at which it was ended, whichever is first. */
static Instant arrangement_end(const Zone *zone, Day until_on, Instant ended_at)
{
	const Instant until = until_on != DAY_NONE ? zone_instant(zone, until_on, 86400) : INSTANT_NONE;

	if (until == INSTANT_NONE || ended_at == INSTANT_NONE)
		return until != INSTANT_NONE ? until : ended_at;
	return MIN(until, ended_at);
}

/* While a dispute was or is open, where its pack suspends. */
static gboolean load_suspensions(ActRun *run, Arrangement *arrangement, GError **error)
{
	DecisionSuspensionsRow *rows;
	Suspension *suspended;

	if (!sql_decision_suspensions(
		    run->tx, run->mem, arrangement->decision, &rows, &arrangement->n_suspended, error))
		return FALSE;
	suspended = arena_array(run->mem, Suspension, arrangement->n_suspended + 1);
	for (gsize i = 0; i < arrangement->n_suspended; i++)
		suspended[i] = (Suspension){rows[i].from_at, rows[i].until_at};
	arrangement->suspended = suspended;
	return TRUE;
}

gboolean load_arrangement(ActRun *run, const ArrangementRow *row, const CustomerFacts *facts,
	Arrangement **ret_arrangement, GError **error)
{
	RestrictionFacts bound = facts->restrictions;
	const Pack *pack = acts_pack_in(run->acts, run->tx, row->pack, error);
	Arrangement *arrangement = arena_new0(run->mem, Arrangement);
	RestrictionAsked *asked;
	CasefileRow *file = NULL;
	CasefileMattersRow *matters;
	const char **refs;
	gsize n, n_matters;

	if (pack == NULL || !sql_casefile_by_ref(run->tx, run->mem, row->casefile, &file, error) ||
		!sql_casefile_matters(run->tx, run->mem, row->casefile, &matters, &n_matters, error) ||
		!fields_load(
			restriction_fields, row->restrictions, sizeof *asked, run->mem, (void **)&asked, &n, error))
		return FALSE;
	bound.policy = pack_policy(pack);
	bound.stored = TRUE;
	refs = arena_array(run->mem, const char *, n_matters + 1);
	for (gsize i = 0; i < n_matters; i++)
		refs[i] = matters[i].matter;
	*arrangement = (Arrangement){.ref = row->ref,
		.decision = row->decision,
		.variation = row->variation,
		.casefile = row->casefile,
		.customer = row->customer,
		.pack = row->pack,
		.scope_of = row->scope_of,
		.function = file->function,
		.matters = refs,
		.from = row->from_at,
		.until = arrangement_end(run->zone, row->until_on, row->ended_at),
		.until_day = row->until_on,
		.review_day = row->review_on,
		.review_lapses = bound.policy->review.missed == MISSED_LAPSE,
		.restrictions = arena_array(run->mem, Restriction, n + 1)};
	if (!scope_parse(row->scope, &arrangement->scope))
		return bug(error, "Arrangement %s has the unknown scope '%s'.", row->ref, row->scope);
	for (gsize i = 0; i < n; i++) {
		Restriction *restriction;

		if (!restriction_compile(&bound, &asked[i], "restrictions", run->mem, &restriction, error))
			return FALSE;
		arrangement->restrictions[arrangement->n_restrictions++] = *restriction;
	}
	*ret_arrangement = arrangement;
	return load_suspensions(run, arrangement, error);
}

/* TRUE where a later one of the same casefile takes its place. */
static gboolean is_superseded(const ArrangementRow *rows, gsize n, const ArrangementRow *row)
{
	for (gsize i = 0; i < n; i++)
		if (g_strcmp0(rows[i].supersedes, row->ref) == 0)
			return TRUE;
	return FALSE;
}

gboolean load_arrangements(ActRun *run, const char *customer, const ArrangementRow *also, const CustomerFacts *facts,
	Arrangement ***ret_arrangements, gsize *ret_n, GError **error)
{
	ArrangementRow *held, *rows;
	Arrangement **arrangements;
	gsize n_held, n;

	if (!sql_customer_arrangements(run->tx, run->mem, customer, &held, &n_held, error))
		return FALSE;
	n = n_held + (also != NULL);
	rows = arena_array(run->mem, ArrangementRow, n + 1);
	for (gsize i = 0; i < n_held; i++)
		rows[i] = held[i];
	if (also != NULL)
		rows[n_held] = *also;
	arrangements = arena_array(run->mem, Arrangement *, n + 1);
	*ret_n = 0;
	for (gsize i = 0; i < n; i++) {
		Arrangement *arrangement;

		if (is_superseded(rows, n, &rows[i]))
			continue;
		if (!load_arrangement(run, &rows[i], facts, &arrangement, error))
			return FALSE;
		if (arrangement->until == INSTANT_NONE || arrangement->until > run->now)
			arrangements[(*ret_n)++] = arrangement;
	}
	*ret_arrangements = arrangements;
	return TRUE;
}
