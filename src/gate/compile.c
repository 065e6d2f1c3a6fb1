/* compile.c: rows of arrangements, and the JSON of what was asked for, into what the core weighs. */
#include "gate/compile.h"

struct GateCompiler {
	const GateFacts *facts;
	const GateSource *source;
	Tx *tx;
	const Zone *zone;
	const Door *doors;
	Arena *mem;
	GHashTable *policies; /* label → const Policy */
	GHashTable *shared;   /* label and JSON → Restrictions */
	GHashTable *words;    /* what many rows repeat, once: functions and labels */
	gsize problems;
	const char *first_problem;
};

typedef struct {
	Restriction *items;
	gsize n;
} Restrictions;

GateCompiler *gate_compiler_new(
	const GateFacts *facts, const GateSource *source, Tx *tx, const Zone *zone, const Door *doors, Arena *mem)
{
	GateCompiler *compiler = g_new0(GateCompiler, 1);

	compiler->facts = facts;
	compiler->source = source;
	compiler->tx = tx;
	compiler->zone = zone;
	compiler->doors = doors;
	compiler->mem = mem;
	compiler->policies = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	compiler->shared = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	compiler->words = g_hash_table_new(g_str_hash, g_str_equal);
	return compiler;
}

void gate_compiler_free(GateCompiler *compiler)
{
	if (compiler == NULL)
		return;
	g_hash_table_unref(compiler->policies);
	g_hash_table_unref(compiler->shared);
	g_hash_table_unref(compiler->words);
	g_free(compiler);
}

gsize gate_compiler_problems(const GateCompiler *compiler, const char **ret_first)
{
	*ret_first = compiler->first_problem;
	return compiler->problems;
}

static const char *word(GateCompiler *compiler, const char *text)
{
	char *known = text != NULL ? g_hash_table_lookup(compiler->words, text) : NULL;

	if (text != NULL && known == NULL) {
		known = arena_strdup(compiler->mem, text);
		g_hash_table_add(compiler->words, known);
	}
	return known;
}

static gboolean find_policy(GateCompiler *compiler, const char *label, const Policy **ret_policy, GError **error)
{
	const GateSource *source = compiler->source;

	*ret_policy = g_hash_table_lookup(compiler->policies, label);
	if (*ret_policy != NULL)
		return TRUE;
	if (!source->policy(source->data, compiler->tx, label, compiler->facts->at, ret_policy, error))
		return FALSE;
	g_hash_table_insert(compiler->policies, g_strdup(label), (gpointer)*ret_policy);
	return TRUE;
}

/* An argument's value, or an item of its list, as text. */
static const char *value_text(const json_t *value, Arena *mem)
{
	if (json_is_integer(value))
		return arena_printf(mem, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	return arena_strdup(mem, json_string_value(value));
}

static void read_arguments(json_t *arguments, RestrictionAsked *asked, Arena *mem)
{
	RestrictionArgument *items = arena_array(mem, RestrictionArgument, json_object_size(arguments));
	const char *key;
	json_t *value;

	asked->arguments = items;
	json_object_foreach(arguments, key, value)
	{
		RestrictionArgument *argument = &items[asked->n_arguments++];

		argument->key = arena_strdup(mem, key);
		if (json_is_array(value)) {
			const char **values = arena_array(mem, const char *, json_array_size(value) + 1);

			for (gsize i = 0; i < json_array_size(value); i++)
				values[i] = value_text(json_array_get(value, i), mem);
			argument->values = values;
		} else {
			argument->value = value_text(value, mem);
		}
	}
}

/* FALSE where a kind points at something of the customer's own. */
static gboolean may_be_shared(const Policy *policy, json_t *list)
{
	gsize i;
	json_t *item;

	json_array_foreach(list, i, item)
	{
		const char *key = json_string_value(json_object_get(item, "kind"));
		const RestrictionKind *kind = key != NULL ? policy_kind(policy, key) : NULL;

		for (gsize j = 0; kind != NULL && j < kind->n_arguments; j++)
			if (kind->arguments[j].type == ARGUMENT_IDENTIFIERS ||
				kind->arguments[j].type == ARGUMENT_MATTER)
				return FALSE;
	}
	return TRUE;
}

/* What makes two lists of restrictions the same: the pack, kinds and arguments, and not what was cited for them. */
static char *shared_key(const char *label, json_t *list)
{
	GString *key = g_string_new(label);
	gsize i;
	json_t *item;

	json_array_foreach(list, i, item)
	{
		char *arguments = json_dumps(json_object_get(item, "arguments"), JSON_SORT_KEYS | JSON_COMPACT);
		const char *kind = json_string_value(json_object_get(item, "kind"));

		g_string_append_printf(key, "\n%s %s", kind != NULL ? kind : "?", arguments != NULL ? arguments : "");
		free(arguments);
	}
	return g_string_free(key, FALSE);
}

static void customer_facts(const GateCompiler *compiler, const GateToCompile *what, const Policy *policy,
	RestrictionFacts *ret_facts, Arena *mem)
{
	CustomerIdentifier *identifiers = arena_array(mem, CustomerIdentifier, what->n_identifiers);
	const char **matters = arena_array(mem, const char *, what->managed->n_matters + 1);
	gsize n = 0;

	for (gsize i = 0; i < what->n_identifiers; i++) {
		const GateIdentifiersRow *row = &what->identifiers[i];
		CustomerIdentifier *identifier = &identifiers[n];

		if (!identifier_kind_parse(row->kind, &identifier->kind))
			continue;
		identifier->ref = arena_strdup(mem, row->ref);
		identifier->normal = arena_strdup(mem, row->normal);
		identifier->used_by_others = row->used_by_others;
		identifier->confirmed = row->confirmed;
		identifier->added = row->added_at;
		identifier->ended = INSTANT_NONE;
		n++;
	}
	for (gsize i = 0; i < what->managed->n_matters; i++)
		matters[i] = what->managed->matters[i].ref;
	*ret_facts = (RestrictionFacts){
		.policy = policy,
		.identifiers = identifiers,
		.n_identifiers = n,
		.doors = compiler->doors,
		.n_doors = compiler->facts->n_doors,
		.matters = matters,
		.stored = TRUE,
	};
}

static gboolean compile_list(GateCompiler *compiler, const GateToCompile *what, const Policy *policy, json_t *list,
	Restrictions *ret_restrictions, GError **error)
{
	Arena *mem = compiler->mem;
	gsize n = json_array_size(list);
	Restriction *items = arena_array(mem, Restriction, n);
	RestrictionFacts facts;

	customer_facts(compiler, what, policy, &facts, mem);
	for (gsize i = 0; i < n; i++) {
		json_t *item = json_array_get(list, i);
		RestrictionAsked asked = {.kind = value_text(json_object_get(item, "kind"), mem)};
		Restriction *compiled;

		if (asked.kind == NULL)
			return bug(error, "A restriction has no kind.");
		read_arguments(json_object_get(item, "arguments"), &asked, mem);
		if (!restriction_compile(&facts, &asked, "restrictions", mem, &compiled, error))
			return FALSE;
		items[i] = *compiled;
	}
	*ret_restrictions = (Restrictions){items, n};
	return TRUE;
}

static gboolean compile_restrictions(GateCompiler *compiler, const GateToCompile *what, const GateArrangementsRow *row,
	Arrangement *arrangement, GError **error)
{
	json_t *list = json_loads(row->restrictions, 0, NULL);
	const Policy *policy;
	Restrictions restrictions;
	gboolean done = FALSE;

	if (!json_is_array(list))
		bug(error, "The restrictions of %s are not a list.", row->ref);
	else if (!find_policy(compiler, row->pack, &policy, error))
		done = FALSE;
	/* a need may turn one person's restriction to `check` (R9), so theirs are their own */
	else if (what->managed->n_needs > 0 || !may_be_shared(policy, list))
		done = compile_list(compiler, what, policy, list, &restrictions, error);
	else {
		g_autofree char *key = shared_key(row->pack, list);
		Restrictions *known = g_hash_table_lookup(compiler->shared, key);

		done = known != NULL || compile_list(compiler, what, policy, list, &restrictions, error);
		if (known != NULL) {
			restrictions = *known;
		} else if (done) {
			known = arena_memdup(compiler->mem, &restrictions, sizeof restrictions);
			g_hash_table_insert(compiler->shared, g_steal_pointer(&key), known);
		}
	}
	json_decref(list);
	if (!done)
		return FALSE;
	arrangement->review_lapses = policy->review.missed == MISSED_LAPSE;
	arrangement->restrictions = restrictions.items;
	arrangement->n_restrictions = restrictions.n;
	return TRUE;
}

static const char *const *casefile_matters(const GateCompiler *compiler, const char *casefile)
{
	const GateFacts *facts = compiler->facts;
	gsize low = 0, high = facts->n_casefile_matters;
	ArenaList list = {0};

	while (low < high) {
		gsize middle = low + (high - low) / 2;

		if (strcmp(facts->casefile_matters[middle].casefile, casefile) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < facts->n_casefile_matters && strcmp(facts->casefile_matters[low].casefile, casefile) == 0; low++)
		arena_list_add(compiler->mem, &list, arena_strdup(compiler->mem, facts->casefile_matters[low].matter));
	arena_list_add(compiler->mem, &list, NULL);
	return (const char *const *)list.items;
}

/* While a dispute was or is open: arrangements of one decision share it. Few decisions are disputed. */
static const Suspension *suspensions_of(const GateCompiler *compiler, const char *decision, gsize *ret_n)
{
	const GateFacts *facts = compiler->facts;
	Suspension *suspended = NULL;
	gsize n = 0;

	for (gsize i = 0; i < facts->n_suspensions; i++) {
		const GateSuspensionsRow *row = &facts->suspensions[i];

		if (strcmp(row->decision, decision) != 0)
			continue;
		if (suspended == NULL)
			suspended = arena_array(compiler->mem, Suspension, facts->n_suspensions - i);
		suspended[n++] = (Suspension){row->from_at, row->until_at};
	}
	*ret_n = n;
	return suspended;
}

static gboolean compile_arrangement(GateCompiler *compiler, const GateToCompile *what, const GateArrangementsRow *row,
	Arrangement **ret_arrangement, GError **error)
{
	Arena *mem = compiler->mem;
	Arrangement *arrangement = arena_new0(mem, Arrangement);

	if (!scope_parse(row->scope, &arrangement->scope))
		return bug(error, "The scope of %s is '%s'.", row->ref, row->scope);
	if (!compile_restrictions(compiler, what, row, arrangement, error))
		return FALSE;
	arrangement->ref = arena_strdup(mem, row->ref);
	arrangement->decision = arena_strdup(mem, row->decision);
	arrangement->casefile = arena_strdup(mem, row->casefile);
	arrangement->customer = what->customer;
	arrangement->function = word(compiler, row->function);
	arrangement->pack = word(compiler, row->pack);
	arrangement->scope_of = word(compiler, row->scope_of);
	arrangement->matters = casefile_matters(compiler, row->casefile);
	arrangement->from = row->from_at;
	arrangement->until_day = row->until_on;
	arrangement->review_day = row->review_on;
	arrangement->until =
		row->until_on == DAY_NONE ? INSTANT_NONE : zone_instant(compiler->zone, row->until_on, 86400);
	if (row->ended_at != INSTANT_NONE && (arrangement->until == INSTANT_NONE || row->ended_at < arrangement->until))
		arrangement->until = row->ended_at;
	arrangement->suspended = suspensions_of(compiler, row->decision, &arrangement->n_suspended);
	arrangement->witnessed = TRUE;
	*ret_arrangement = arrangement;
	return TRUE;
}

static Arrangement *find_compiled(Arrangement *const *all, gsize n, const char *ref)
{
	for (gsize i = 0; ref != NULL && i < n; i++)
		if (strcmp(all[i]->ref, ref) == 0)
			return all[i];
	return NULL;
}

/* D2: another course that the customer agreed to stands beside the one before it until its letter has told it. That one
 * has ended by itself; here it lasts as long as its successor. */
static void settle_agreed(const GateCompiler *compiler, Arrangement *const *all, gsize n)
{
	for (gsize i = 0; i < compiler->facts->n_agreed; i++) {
		const GateAgreedRow *row = &compiler->facts->agreed[i];
		Arrangement *now = find_compiled(all, n, row->arrangement), *was = find_compiled(all, n, row->was),
			    *copy;

		if (now == NULL || was == NULL)
			continue;
		copy = arena_memdup(compiler->mem, was, sizeof *was);
		copy->until = now->until;
		now->before = copy;
		now->told = row->told_at;
	}
}

static void note_problem(GateCompiler *compiler, const char *ref, const GError *error)
{
	if (compiler->problems++ == 0)
		compiler->first_problem = arena_printf(compiler->mem, "%s: %s", ref, error->message);
}

const Arrangement *const *gate_compile(GateCompiler *compiler, const GateToCompile *what, gsize *ret_n)
{
	const GateFacts *facts = compiler->facts;
	Arrangement **all = arena_array(compiler->mem, Arrangement *, what->n_rows);
	Arrangement **holding = arena_array(compiler->mem, Arrangement *, what->n_rows);
	gsize n = 0, n_holding = 0;

	for (gsize i = 0; i < what->n_rows; i++) {
		g_autoptr(GError) error = NULL;

		if (!compile_arrangement(compiler, what, &what->rows[i], &all[n], &error)) {
			note_problem(compiler, what->rows[i].ref, error);
			continue;
		}
		if (all[n]->until == INSTANT_NONE || all[n]->until > facts->at)
			holding[n_holding++] = all[n];
		n++;
	}
	if (what->managed->n_needs > 0)
		arrangement_settle_needs(facts->policy, holding, n_holding, what->managed->needs,
			what->managed->n_needs, compiler->doors, facts->n_doors);
	settle_agreed(compiler, all, n);
	*ret_n = n;
	return (const Arrangement *const *)all;
}
