/* read_customer_file.c: who shares what, decisions by matter, breaches, disputes and evidence of one customer; and the
 * customer's page with all of it. */
#include "acts/read_customer_file.h"

#include "acts/read_run.h"

enum { SHOWN = 50 };

static gboolean add_sharers(
	Reading *reading, const char *identifier, const char *const *customers, GPtrArray *sharers, GError **error)
{
	for (; *customers != NULL; customers++) {
		IdentifierSharer *sharer = arena_new0(reading->mem, IdentifierSharer);
		CustomerRow *row = NULL;

		if (!sql_customer_by_ref(reading->tx, reading->mem, *customers, &row, error))
			return FALSE;
		*sharer = (IdentifierSharer){
			.identifier = identifier, .customer = *customers, .name = row != NULL ? row->name : ""};
		g_ptr_array_add(sharers, sharer);
	}
	return TRUE;
}

static gboolean view_sharers(Reading *reading, const CustomerView *customer, CustomerFile *file, GError **error)
{
	g_autoptr(GPtrArray) found = g_ptr_array_new();
	IdentifierSharer *sharers;

	for (gsize i = 0; i < customer->n_identifiers; i++)
		if (!add_sharers(
			    reading, customer->identifiers[i].ref, customer->identifiers[i].shared_with, found, error))
			return FALSE;
	sharers = arena_array(reading->mem, IdentifierSharer, found->len + 1);
	for (guint i = 0; i < found->len; i++)
		sharers[i] = *(IdentifierSharer *)found->pdata[i];
	file->sharers = sharers;
	file->n_sharers = found->len;
	return TRUE;
}

static gboolean view_decisions(Reading *reading, const char *customer, CustomerFile *file, GError **error)
{
	MatterStepRow *rows;
	MatterDecision *decisions;
	gsize n;

	if (!sql_matter_decisions_of(reading->tx, reading->mem, customer, &rows, &n, error))
		return FALSE;
	decisions = arena_array(reading->mem, MatterDecision, n + 1);
	for (gsize i = 0; i < n; i++) {
		const char *rest;

		decisions[i] = (MatterDecision){.matter = rows[i].matter,
			.act = rows[i].act,
			.title = summary_heading(reading->mem, rows[i].summary, &rest),
			.ref = rows[i].ref,
			.at = rows[i].happened_at};
	}
	file->decisions = decisions;
	file->n_decisions = n;
	return TRUE;
}

/* Whoever sees the casefile, and who wrote it. */
static gboolean sees(Reading *reading, const char *casefile, const char *by, gboolean *ret_sees, GError **error)
{
	if (!sees_casefile(reading, casefile, ret_sees, error))
		return FALSE;
	*ret_sees |= g_str_equal(by, reading->run.actor->user_name);
	return TRUE;
}

static gboolean view_breaches(Reading *reading, const char *customer, CustomerFile *file, GError **error)
{
	CustomerEntry *entries;
	BreachRow *rows;
	gsize n;

	if (!sql_breaches_of(reading->tx, reading->mem, customer, SHOWN, &rows, &n, error))
		return FALSE;
	entries = arena_array(reading->mem, CustomerEntry, n + 1);
	for (gsize i = 0; i < n; i++) {
		gboolean seen;

		if (!sees(reading, rows[i].casefile, rows[i].by_user, &seen, error))
			return FALSE;
		entries[i] = (CustomerEntry){.ref = rows[i].ref,
			.casefile = rows[i].casefile,
			.about = rows[i].arrangement,
			.words = seen ? rows[i].what : NULL,
			.at = rows[i].happened_at,
			.struck = rows[i].struck_at != INSTANT_NONE,
			.reply_by = DAY_NONE};
	}
	file->breaches = entries;
	file->n_breaches = n;
	return TRUE;
}

static gboolean view_disputes(Reading *reading, const char *customer, CustomerFile *file, GError **error)
{
	CustomerEntry *entries;
	DisputeRow *rows;
	gsize n;

	if (!sql_disputes_of(reading->tx, reading->mem, customer, SHOWN, &rows, &n, error))
		return FALSE;
	entries = arena_array(reading->mem, CustomerEntry, n + 1);
	for (gsize i = 0; i < n; i++) {
		gboolean seen;

		if (!sees(reading, rows[i].casefile, rows[i].by_user, &seen, error))
			return FALSE;
		entries[i] = (CustomerEntry){.ref = rows[i].ref,
			.casefile = rows[i].casefile,
			.about = rows[i].decision,
			.words = seen ? rows[i].words : NULL,
			.at = rows[i].received_at,
			.stand = rows[i].withdrawn_at != INSTANT_NONE  ? DISPUTE_WITHDRAWN
				 : rows[i].answered_at != INSTANT_NONE ? DISPUTE_ANSWERED
								       : DISPUTE_OPEN,
			.reply_by = rows[i].reply_by};
	}
	file->disputes = entries;
	file->n_disputes = n;
	return TRUE;
}

static gboolean view_evidence(Reading *reading, const char *customer, CustomerFile *file, GError **error)
{
	CustomerEntry *entries;
	EvidenceRow *rows;
	gsize n;

	if (!sql_evidence_of(reading->tx, reading->mem, customer, SHOWN, &rows, &n, error))
		return FALSE;
	entries = arena_array(reading->mem, CustomerEntry, n + 1);
	for (gsize i = 0; i < n; i++) {
		gboolean seen;

		if (!sees(reading, rows[i].casefile, rows[i].by_user, &seen, error))
			return FALSE;
		if (seen)
			entries[file->n_evidence++] = (CustomerEntry){.ref = rows[i].ref,
				.casefile = rows[i].casefile,
				.words = rows[i].what,
				.at = rows[i].obtained_at,
				.struck = rows[i].struck_at != INSTANT_NONE,
				.reply_by = DAY_NONE};
	}
	file->evidence = entries;
	return TRUE;
}

static gboolean view_file(Reading *reading, const CustomerView *customer, CustomerFile **ret_file, GError **error)
{
	CustomerFile *file = arena_new0(reading->mem, CustomerFile);

	*ret_file = file;
	return view_sharers(reading, customer, file, error) && view_decisions(reading, customer->ref, file, error) &&
	       view_breaches(reading, customer->ref, file, error) &&
	       view_disputes(reading, customer->ref, file, error) && view_evidence(reading, customer->ref, file, error);
}

gboolean read_customer_page(Acts *acts, Arena *mem, const ActCaller *caller, const char *reference,
	const TimelinePage *wanted, CustomerPageView *ret_page, GError **error)
{
	g_auto(Reading) reading = {0};
	CustomerPageView page = {0};

	if (!reading_begin(&reading, acts, mem, caller, TRUE, error) ||
		!customer_view(&reading, reference, &page.customer, error) ||
		!view_file(&reading, page.customer, &page.file, error) ||
		!timeline_view(&reading, reference, wanted, &page.timeline, error) ||
		!reading_viewed(&reading, caller, page.customer->ref, "customer's page", error))
		return FALSE;
	*ret_page = page;
	return TRUE;
}
