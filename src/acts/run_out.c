/* run_out.c: which arrangements have run out and are still to be ended, with their letter (G2, G3). */
#include "acts/run_out.h"

#include "acts/run.h"

/* Today, where the organisation is; *ret_known FALSE before a pack was adopted. */
static gboolean find_today(Acts *acts, Tx *tx, Day *ret_today, gboolean *ret_known, GError **error)
{
	g_autoptr(GError) none = NULL;
	const Instant now = acts_now(acts);
	const Pack *pack = acts_pack_at(acts, tx, now, &none);

	*ret_known = pack != NULL;
	if (pack != NULL) {
		*ret_today = zone_day(acts_pack_zone(acts, pack), now);
		return TRUE;
	}
	if (g_error_matches(none, EVENHAND_ERROR, EVENHAND_ERROR_NOT_FOUND))
		return TRUE;
	g_propagate_error(error, g_steal_pointer(&none));
	return FALSE;
}

gboolean arrangements_run_out(Acts *acts, Arena *mem, ArenaList *ret_list, GError **error)
{
	g_autoptr(Tx) tx = NULL;
	ArrangementsRunOutRow *rows;
	ArenaList list = {0};
	gboolean known = FALSE;
	Day today = DAY_NONE;
	gsize n;

	*ret_list = list;
	if (!store_read(acts_store(acts), &tx, error) || !find_today(acts, tx, &today, &known, error))
		return FALSE;
	if (!known)
		return TRUE;
	if (!sql_arrangements_run_out(tx, mem, today, &rows, &n, error))
		return FALSE;
	for (gsize i = 0; i < n; i++) {
		const Pack *pack = acts_pack_in(acts, tx, rows[i].pack, error);
		RunOut *one;

		if (pack == NULL)
			return FALSE;
		if ((rows[i].until_on == DAY_NONE || rows[i].until_on >= today) &&
			pack_policy(pack)->review.missed != MISSED_LAPSE)
			continue;
		one = arena_new0(mem, RunOut);
		*one = (RunOut){.arrangement = rows[i].ref, .casefile = rows[i].casefile};
		arena_list_add(mem, &list, one);
	}
	*ret_list = list;
	return TRUE;
}
