/* read_now.c: what 'contact, now' shows beside the look-up and the customer. */
#include "acts/read_now.h"

#include "acts/read_run.h"

enum { LOGGED_LOOKED_AT = 50, NOTICES_LOOKED_AT = 100 };

/* Of somebody who is not known, only the number or address says that it is the same. Nothing says it of two callers who
 * withhold their number: they may be one, so the page says so. */
static gboolean is_same(const LoggedRow *row, const NowQuestion *question)
{
	return g_str_equal(row->channel, channel_name(question->channel)) &&
	       g_str_equal(row->direction, direction_name(question->direction)) &&
	       g_strcmp0(row->customer, question->customer) == 0 &&
	       (question->customer != NULL || g_strcmp0(row->identifier, question->identifier) == 0);
}

static gboolean view_logged(Reading *reading, const NowQuestion *question, NowView *view, GError **error)
{
	const Instant since = zone_instant(reading->run.zone, reading->run.today, 0);
	LoggedRow *rows;
	gsize n;

	if (!sql_contacts_logged_by(reading->tx, reading->mem, reading->run.actor->user_name, since, LOGGED_LOOKED_AT,
		    &rows, &n, error))
		return FALSE;
	for (gsize i = 0; i < n && view->logged == NULL; i++) {
		LoggedContact *logged;

		if (!is_same(&rows[i], question))
			continue;
		logged = arena_new0(reading->mem, LoggedContact);
		*logged = (LoggedContact){.ref = rows[i].ref,
			.matter = rows[i].matter,
			.purpose = rows[i].purpose,
			.held = g_strcmp0(rows[i].handling, "held") == 0,
			.at = rows[i].recorded_at};
		view->logged = logged;
	}
	return TRUE;
}

/* N5: a letter that is to be read out and was not yet; and one that came back while its arrangement stays in force,
 * since no warning had to come first (W5). */
static gboolean is_to_be_read(const NoticeLineRow *row, const ArrangementRow *arrangements, gsize n)
{
	if (row->sent_at == INSTANT_NONE)
		return g_str_equal(row->delivery, delivery_name(DELIVERY_READ_OUT));
	if (row->returned_at == INSTANT_NONE || row->returned_at < row->sent_at)
		return FALSE;
	for (gsize i = 0; i < n; i++)
		if (g_strcmp0(arrangements[i].notice, row->ref) == 0 && arrangements[i].from_at != INSTANT_NONE &&
			arrangements[i].ended_at == INSTANT_NONE)
			return TRUE;
	return FALSE;
}

static gboolean view_notices(Reading *reading, const char *customer, NowView *view, GError **error)
{
	NoticeToRead *notices;
	NoticeLineRow *rows;
	ArrangementRow *arrangements;
	gsize n, n_arrangements;

	if (!sql_read_notices_of(reading->tx, reading->mem, customer, NOTICES_LOOKED_AT, &rows, &n, error) ||
		!sql_customer_arrangements(reading->tx, reading->mem, customer, &arrangements, &n_arrangements, error))
		return FALSE;
	notices = arena_array(reading->mem, NoticeToRead, n + 1);
	for (gsize i = 0; i < n; i++) {
		const NoticeKind *kind = policy_notice(reading->run.policy, rows[i].kind);
		NoticeRow *row = NULL;

		if (!is_to_be_read(&rows[i], arrangements, n_arrangements))
			continue;
		if (!sql_notice_by_ref(reading->tx, reading->mem, rows[i].ref, &row, error))
			return FALSE;
		notices[view->n_notices++] = (NoticeToRead){.ref = row->ref,
			.casefile = row->casefile,
			.title = kind != NULL ? kind->title : row->kind,
			.subject = row->subject,
			.text = row->body_text,
			.came_back = row->returned_at != INSTANT_NONE};
	}
	view->notices = notices;
	return TRUE;
}

gboolean read_now(Acts *acts, Arena *mem, const ActCaller *caller, const NowQuestion *question, NowView **ret_view,
	GError **error)
{
	g_auto(Reading) reading = {0};
	NowView *view = arena_new0(mem, NowView);
	const char **seen;

	if (!reading_begin(&reading, acts, mem, caller, TRUE, error) || !view_logged(&reading, question, view, error) ||
		(question->customer != NULL && !view_notices(&reading, question->customer, view, error)))
		return FALSE;
	seen = arena_array(mem, const char *, view->n_notices + 1);
	for (gsize i = 0; i < view->n_notices; i++)
		seen[i] = view->notices[i].ref;
	if (!reading_viewed_all(&reading, caller, seen, view->n_notices, "read out", error))
		return FALSE;
	*ret_view = view;
	return TRUE;
}
