/* read_status.c: how the program stands, in counts. */
#include "acts/read_run.h"

const char *read_clock_warning(Acts *acts, Arena *mem, gint64 number, Instant at)
{
	const Instant now = when_now();

	/* A demonstration's time is pretended. */
	if (number == 0 || at == INSTANT_NONE || at <= now + USEC_PER_MINUTE || acts_is_demo(acts))
		return NULL;
	return arena_printf(mem,
		"The record's last entry is of %s, and this machine's clock shows %s. Set the clock right: until that "
		"time "
		"has come, everything is recorded as of that entry.",
		instant_format(mem, at), instant_format(mem, now));
}

gboolean read_status(Acts *acts, Arena *mem, StatusView *ret_status, GError **error)
{
	const Instant now = acts_now(acts);
	StatusView status = {.database = store_url(acts_store(acts)), .now = now, .demo = acts_is_demo(acts)};
	ReadCountsRow *counts;
	HeadRow *head = NULL;
	PackRow *pack = NULL;
	const Pack *read = NULL;
	g_autoptr(Tx) tx = NULL;
	Day today = (Day)(now / USEC_PER_DAY);

	if (!store_read(acts_store(acts), &tx, error) || !sql_pack_on_day(tx, mem, today, &pack, error) ||
		!sql_read_counts(tx, mem, now, today, &counts, error) ||
		!store_head(tx, mem, &status.record_number, &status.record_hash, error) ||
		!sql_record_head(tx, mem, &head, error))
		return FALSE;
	status.warning = read_clock_warning(acts, mem, head->number, head->recorded_at);
	if (pack != NULL && ((read = acts_pack_in(acts, tx, pack->label, error)) == NULL ||
				    !read_unprotected(tx, mem, pack_policy(read), &status.unprotected,
					    &status.n_unprotected, error)))
		return FALSE;
	status.pack = pack != NULL ? pack->label : NULL;
	status.customers = counts->customers;
	status.open_matters = counts->open_matters;
	status.contacts = counts->contacts;
	status.open_casefiles = counts->open_casefiles;
	status.in_force = counts->in_force;
	status.notices_to_send = counts->notices_to_send;
	status.open_items = counts->open_items;
	status.outbox_waiting = counts->outbox_waiting;
	status.outbox_given_up = counts->outbox_given_up;
	status.viewings = counts->viewings;
	*ret_status = status;
	return TRUE;
}
