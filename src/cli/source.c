/* source.c: the gate's source of policies and time. */
#include "cli/source.h"

static gboolean policy_of(void *data, Tx *tx, const char *label, Instant at, const Policy **ret_policy, GError **error)
{
	Acts *acts = data;
	const Pack *pack = label != NULL ? acts_pack_in(acts, tx, label, error) : acts_pack_at(acts, tx, at, error);

	if (pack == NULL)
		return FALSE;
	*ret_policy = pack_policy(pack);
	return TRUE;
}

static gboolean clock_offset(void *data, Tx *tx, gint64 *ret_offset, GError **error)
{
	return acts_clock_offset(data, tx, ret_offset, error);
}

GateSource gate_source_of(Acts *acts)
{
	return (GateSource){.data = acts, .policy = policy_of, .clock_offset = clock_offset};
}
