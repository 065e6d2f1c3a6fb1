/* outbox.c: sends what acts put into the outbox. The mail server's acceptance is the notice's sending, confirmed by an
 * act (N5); a refusal for good gives up, and stays visible as a notice that was not sent. */
#include "jobs/table.h"

#include "store/statements.h"

enum {
	LEASE_SECONDS = 300, /* longer than one mail may take */
	TRIES_MAX = 20,      /* over about two days */
};

static const ActCaller CALLER = {.user_name = "job:outbox", .via = "job", .machine = TRUE, .at = INSTANT_NONE};

typedef struct {
	OutboxRow *entry;
	NoticeRow *notice;
	CustomerRow *customer;
	const Policy *policy;
} Sending;

/* Takes the next that is due, with a lease; entry NULL: nothing is. */
static gboolean take(const JobContext *context, Arena *mem, Sending *sending, GError **error)
{
	const Instant machine_now = when_now();
	g_autoptr(Tx) tx = NULL;
	const Pack *pack;
	gint64 taken;

	if (!store_read(acts_store(context->acts), &tx, error) ||
		!sql_outbox_due(tx, mem, acts_now(context->acts), machine_now, &sending->entry, error))
		return FALSE;
	if (sending->entry == NULL)
		return TRUE;
	if (!sql_notice_by_ref(tx, mem, sending->entry->notice, &sending->notice, error) ||
		!sql_customer_by_ref(tx, mem, sending->notice->customer, &sending->customer, error) ||
		(pack = acts_pack_in(context->acts, tx, sending->notice->pack, error)) == NULL)
		return FALSE;
	sending->policy = pack_policy(pack);
	g_clear_pointer(&tx, tx_end);
	if (!store_write(acts_store(context->acts), &tx, error) ||
		!sql_outbox_take(tx, sending->entry->number, machine_now, machine_now + LEASE_SECONDS * USEC_PER_SEC,
			&taken, error) ||
		!store_commit(&tx, error))
		return FALSE;
	if (taken == 0) /* another process was first */
		sending->entry = NULL;
	return TRUE;
}

static gboolean send_mail(const JobContext *context, const Sending *sending, GError **error)
{
	const MailMessage message = {
		.from = {.name = sending->policy->organisation.name,
			.address = context->sender != NULL ? context->sender : sending->policy->organisation.email},
		.to = {.name = sending->customer->name, .address = sending->notice->address},
		.subject = sending->notice->subject,
		.date = when_now(),
		.id = sending->notice->ref,
		.text = sending->notice->body_text,
		.html = sending->notice->body_html,
	};

	return mail_send(&context->server, &message, error);
}

/* Later, each time twice as late up to six hours; or never again. */
static gboolean put_off(
	const JobContext *context, const Sending *sending, const GError *problem, gboolean for_good, GError **error)
{
	const gint64 tries = sending->entry->attempts + 1;
	const gint64 minutes = MIN(360, (gint64)1 << MIN(tries - 1, 9));
	const Instant now = acts_now(context->acts);
	g_autoptr(Tx) tx = NULL;
	gint64 changed;

	for_good = for_good || tries >= TRIES_MAX;
	/* The reply may name the customer's address: it goes into the database, not into the log. */
	g_message(
		"notice %s was not sent%s", sending->notice->ref, for_good ? "; given up" : ", it will be tried again");
	return store_write(acts_store(context->acts), &tx, error) &&
	       sql_outbox_failed(tx, sending->entry->number, now + minutes * USEC_PER_MINUTE, problem->message,
		       for_good ? now : INSTANT_NONE, &changed, error) &&
	       store_commit(&tx, error);
}

static gboolean confirm(const JobContext *context, Arena *mem, const Sending *sending, GError **error)
{
	json_t *input = json_pack("{s:s, s:s, s:s, s:s}", "request_id", sending->notice->ref, "casefile",
		sending->notice->casefile, "notice", sending->notice->ref, "how", "accepted");
	ActAnswer answer;
	gboolean done = acts_perform(context->acts, mem, &CALLER, "confirm-notice", input, &answer, NULL, error);

	json_decref(input);
	return done;
}

gboolean job_outbox(const JobContext *context, Arena *mem, gboolean *ret_more, GError **error)
{
	g_autoptr(GError) problem = NULL;
	Sending sending = {0};

	if (!context->has_server)
		return TRUE; /* said at the start */
	if (!take(context, mem, &sending, error) || sending.entry == NULL)
		return sending.entry == NULL && (error == NULL || *error == NULL);
	*ret_more = TRUE;
	if (send_mail(context, &sending, &problem))
		return confirm(context, mem, &sending, error);
	return put_off(context, &sending, problem,
		!g_error_matches(problem, EVENHAND_ERROR, EVENHAND_ERROR_UNAVAILABLE), error);
}
