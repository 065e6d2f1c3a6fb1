/* outbox.c: sends notices by e-mail (N1, N5). A notice counts as sent when the mail server has accepted it; that is
 * confirmed as an act by machine. What broke off in between is sent once more under the same Message-ID. */
#include "acts/outbox.h"
#include "jobs/run.h"

enum {
	MAILS_A_RUN = 100,
	LEASE_SECONDS = 2 * MAIL_TIMEOUT_SECONDS,
	FIRST_WAIT_SECONDS = 30,
	LONGEST_WAIT_SECONDS = 3600,
	MOST_ATTEMPTS = 120 /* about five days */
};

static int wait_seconds(gint64 attempts)
{
	return attempts > 7 ? LONGEST_WAIT_SECONDS : MIN(FIRST_WAIT_SECONDS << (attempts - 1), LONGEST_WAIT_SECONDS);
}

/* Not now, or never: a refusal for good, and what can never be sent, is given up where everybody sees it. The server's
 * words may name the customer's address: they go into the database, not into the log. */
static gboolean put_back(JobRun *run, const OutboxMail *mail, const GError *why, GError **error)
{
	const Instant now = when_now();
	const gboolean given_up =
		evenhand_error_code(why) != EVENHAND_ERROR_UNAVAILABLE || mail->attempts >= MOST_ATTEMPTS;

	if (given_up)
		g_warning("Notice %s cannot be sent and is given up.", mail->notice);
	return outbox_put_back(run->acts, mail->number, now, now + wait_seconds(mail->attempts) * USEC_PER_SEC,
		given_up, why->message, error);
}

static gboolean confirm(JobRun *run, const OutboxMail *mail, GError **error)
{
	ActAnswer answer;
	json_t *json =
		json_pack("{s:s, s:s, s:s}", "casefile", mail->casefile, "notice", mail->notice, "how", "accepted");
	gboolean done = acts_perform(run->acts, run->mem, &run->caller, "confirm-notice", json, &answer, NULL, error);

	json_decref(json);
	return done;
}

static gboolean send_one(JobRun *run, const OutboxMail *mail, GError **error)
{
	g_autoptr(GError) problem = NULL;
	const char *sender = run->settings->sender != NULL ? run->settings->sender : mail->sender_address;
	const MailMessage message = {.from = {.name = mail->sender_name, .address = sender},
		.to = {.name = mail->name, .address = mail->address},
		.subject = mail->subject,
		.date = when_now(),
		.id = mail->notice,
		.text = mail->text,
		.html = mail->html};

	if (sender == NULL)
		unavailable(&problem, "The policy has no e-mail address to send notices from: give --sender ADDRESS.");
	else if (mail_send(run->server, &message, &problem) && confirm(run, mail, &problem))
		return TRUE;
	return put_back(run, mail, problem, error);
}

gboolean job_outbox(JobRun *run, GError **error)
{
	if (run->server == NULL)
		return TRUE;
	for (int i = 0; i < MAILS_A_RUN; i++) {
		const Instant now = when_now();
		OutboxMail *mail;

		if (!outbox_take(run->acts, run->mem, now, now + LEASE_SECONDS * USEC_PER_SEC, &mail, error))
			return FALSE;
		if (mail == NULL)
			return TRUE;
		if (!send_one(run, mail, error))
			return FALSE;
	}
	return TRUE;
}
