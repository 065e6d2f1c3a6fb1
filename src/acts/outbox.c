/* outbox.c: the outbox as the job that sends it sees it. Rows are written by the acts that make notices (notice_make.c)
 * and settled by their confirmation (notices.c). */
#include "acts/outbox.h"

#include "acts/run.h"

static gboolean read_mail(Acts *acts, Tx *tx, Arena *mem, const OutboxRow *row, OutboxMail **ret_mail, GError **error)
{
	NoticeRow *notice = NULL;
	CustomerRow *customer = NULL;
	const Policy *policy;
	const Pack *pack;
	OutboxMail *mail;

	if (!sql_notice_by_ref(tx, mem, row->notice, &notice, error))
		return FALSE;
	if (notice == NULL || notice->address == NULL)
		return bug(error, "The outbox names %s, which has no address.", row->notice);
	pack = acts_pack_in(acts, tx, notice->pack, error);
	if (pack == NULL || !sql_customer_by_ref(tx, mem, notice->customer, &customer, error))
		return FALSE;
	policy = pack_policy(pack);
	mail = arena_new0(mem, OutboxMail);
	*mail = (OutboxMail){.number = row->number,
		.attempts = row->attempts + 1,
		.notice = notice->ref,
		.casefile = notice->casefile,
		.sender_name = policy->organisation.name,
		.sender_address = policy->organisation.email,
		.name = customer != NULL ? customer->name : NULL,
		.address = notice->address,
		.subject = notice->subject,
		.text = notice->body_text,
		.html = notice->body_html};
	*ret_mail = mail;
	return TRUE;
}

gboolean outbox_take(Acts *acts, Arena *mem, Instant now, Instant lease_until, OutboxMail **ret_mail, GError **error)
{
	g_autoptr(Tx) tx = NULL;
	OutboxRow *row = NULL;
	gint64 taken = 0;

	*ret_mail = NULL;
	/* Mostly there is none: that is seen without writing. */
	if (!store_read(acts_store(acts), &tx, error) || !sql_outbox_due(tx, mem, now, &row, error))
		return FALSE;
	if (row == NULL)
		return TRUE;
	g_clear_pointer(&tx, tx_end);
	if (!store_write(acts_store(acts), &tx, error) ||
		!sql_outbox_take(tx, row->number, now, lease_until, &taken, error))
		return FALSE;
	if (taken == 0) /* another was first */
		return TRUE;
	return read_mail(acts, tx, mem, row, ret_mail, error) && store_commit(&tx, error);
}

gboolean outbox_put_back(
	Acts *acts, gint64 number, Instant now, Instant due, gboolean given_up, const char *why, GError **error)
{
	g_autoptr(Tx) tx = NULL;
	gint64 changed;

	return store_write(acts_store(acts), &tx, error) &&
	       sql_outbox_failed(tx, number, due, why, given_up ? now : INSTANT_NONE, &changed, error) &&
	       store_commit(&tx, error);
}
