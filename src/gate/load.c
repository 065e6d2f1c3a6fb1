/* load.c: reads the rows of a snapshot in one read transaction. What is made of them belongs to snapshot.c. */
#include "gate/snapshot.h"

static gboolean read_key(Tx *tx, Arena *mem, const char **ret_key, GError **error)
{
	MetaGetRow *row;

	if (!sql_meta_get(tx, mem, GATE_STRANGER_KEY, &row, error))
		return FALSE;
	*ret_key = row != NULL ? row->value : NULL;
	return TRUE;
}

static gboolean read_head(Tx *tx, Arena *mem, gint64 *ret_number, GError **error)
{
	GateMarkRow *row;

	if (!sql_gate_mark(tx, mem, &row, error))
		return FALSE;
	*ret_number = row != NULL ? row->number : 0;
	return TRUE;
}

gboolean gate_facts_read(
	const GateSource *source, Tx *tx, Instant machine_now, Arena *mem, GateFacts *ret_facts, GError **error)
{
	GateFacts facts = {0};

	if (source->clock_offset != NULL && !source->clock_offset(source->data, tx, &facts.clock_offset, error))
		return FALSE;
	facts.at = machine_now + facts.clock_offset;
	if (!(read_head(tx, mem, &facts.number, error) && read_key(tx, mem, &facts.stranger_key, error) &&
		    source->policy(source->data, tx, /* label= */ NULL, facts.at, &facts.policy, error) &&
		    sql_gate_customers(tx, mem, &facts.customers, &facts.n_customers, error) &&
		    sql_gate_identifiers(tx, mem, facts.at, &facts.identifiers, &facts.n_identifiers, error) &&
		    sql_gate_representatives(
			    tx, mem, facts.at, &facts.representatives, &facts.n_representatives, error) &&
		    sql_gate_arrangements(tx, mem, &facts.arrangements, &facts.n_arrangements, error) &&
		    sql_gate_suspensions(tx, mem, &facts.suspensions, &facts.n_suspensions, error) &&
		    sql_gate_agreed(tx, mem, &facts.agreed, &facts.n_agreed, error) &&
		    sql_gate_casefile_matters(tx, mem, &facts.casefile_matters, &facts.n_casefile_matters, error) &&
		    sql_gate_matters(tx, mem, &facts.matters, &facts.n_matters, error) &&
		    sql_gate_functions(tx, mem, &facts.functions, &facts.n_functions, error) &&
		    sql_gate_needs(tx, mem, facts.at, &facts.needs, &facts.n_needs, error) &&
		    sql_gate_adjustments(tx, mem, &facts.adjustments, &facts.n_adjustments, error) &&
		    sql_gate_safety(tx, mem, &facts.safety, &facts.n_safety, error) &&
		    sql_gate_doors(tx, mem, facts.at, &facts.doors, &facts.n_doors, error) &&
		    sql_gate_staff_functions(
			    tx, mem, facts.at, &facts.staff_functions, &facts.n_staff_functions, error)))
		return FALSE;
	*ret_facts = facts;
	return TRUE;
}
