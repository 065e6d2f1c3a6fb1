/* read_timeline.c: what happened, newest first (K2). */
#include "acts/read_run.h"

#include <string.h>

/* "MICROSECONDS NUMBER REF": the last line shown. */
static gboolean parse_key(const char *key, Instant *ret_at, gint64 *ret_number, const char **ret_ref, GError **error)
{
	g_auto(GStrv) parts = g_strsplit(key, " ", 3);

	if (g_strv_length(parts) == 3 && g_ascii_string_to_signed(parts[0], 10, G_MININT64, G_MAXINT64, ret_at, NULL) &&
		g_ascii_string_to_signed(parts[1], 10, 0, G_MAXINT64, ret_number, NULL)) {
		*ret_ref = key + strlen(parts[0]) + strlen(parts[1]) + 2;
		return TRUE;
	}
	return invalid(error, "cursor", "This cursor belongs to no page of this timeline.");
}

typedef struct {
	const char *reference, *act;
	Instant before_at;
	gint64 before_number;
	const char *before_ref;
	gint64 limit;
} TimelineQuery;

static gboolean fetch(
	Reading *reading, const TimelineQuery *query, TimelineLineRow **ret_rows, gsize *ret_n, GError **error)
{
	const char *kind;

	if (reference_kind(query->reference, reading->mem, &kind)) {
		if (g_str_equal(kind, "C"))
			return sql_read_timeline_of_customer(reading->tx, reading->mem, query->reference, query->act,
				query->before_at, query->before_number, query->before_ref, query->limit, ret_rows,
				ret_n, error);
		if (g_str_equal(kind, "CF"))
			return sql_read_timeline_of_casefile(reading->tx, reading->mem, query->reference, query->act,
				query->before_at, query->before_number, query->before_ref, query->limit, ret_rows,
				ret_n, error);
		if (g_str_equal(kind, "M"))
			return sql_read_timeline_of_matter(reading->tx, reading->mem, query->reference, query->act,
				query->before_at, query->before_number, query->before_ref, query->limit, ret_rows,
				ret_n, error);
	}
	return not_found(
		error, "There is no timeline of '%s'. A customer, a casefile and a matter have one.", query->reference);
}

/* FALSE in *ret_shown: nothing of it is for this person. */
static gboolean show_line(
	Reading *reading, const TimelineLineRow *row, TimelineLine *line, gboolean *ret_shown, GError **error)
{
	const Act *act = acts_find(row->act);
	gboolean sees = TRUE;

	*line = (TimelineLine){.happened_at = row->happened_at,
		.number = row->number,
		.ref = *row->ref != '\0' ? row->ref : NULL,
		.act = row->act,
		.title = act != NULL ? act->title : "Contact",
		.by = row->actor,
		.casefile = row->casefile,
		.function = row->function,
		.channel = row->channel,
		.direction = row->direction,
		.verdict = row->verdict,
		.struck = row->struck};
	if (row->casefile != NULL && !sees_casefile(reading, row->casefile, &sees, error))
		return FALSE;
	sees |= g_str_equal(row->actor, reading->run.actor->user_name);
	line->summary = sees && row->summary != NULL ? row->summary : line->title;
	*ret_shown = sees || !g_str_equal(row->act, "refer-to-police");
	return TRUE;
}

gboolean timeline_view(
	Reading *reading, const char *reference, const TimelinePage *wanted, Timeline **ret_timeline, GError **error)
{
	Arena *mem = reading->mem;
	const gint64 n_wanted = wanted->limit > 0 ? wanted->limit : READ_LIMIT_DEFAULT;
	TimelineQuery query = {.reference = reference,
		.act = wanted->act,
		.before_at = G_MAXINT64,
		.before_number = G_MAXINT64,
		.before_ref = "~",
		.limit = n_wanted + 1};
	const char *of = arena_printf(mem, "timeline %s", reference), *key;
	Timeline *timeline = arena_new0(mem, Timeline);
	TimelineLineRow *rows;
	TimelineLine *lines;
	gsize n;

	if (wanted->limit < 0 || wanted->limit > READ_LIMIT_MAX)
		return invalid(error, "limit", "Give a number from 1 to %d.", READ_LIMIT_MAX);
	if (wanted->cursor != NULL &&
		(!cursor_read(mem, of, wanted->cursor, &key, error) ||
			!parse_key(key, &query.before_at, &query.before_number, &query.before_ref, error)))
		return FALSE;
	if (!fetch(reading, &query, &rows, &n, error))
		return FALSE;
	lines = arena_array(mem, TimelineLine, n + 1);
	for (gsize i = 0; i < n && i < (gsize)n_wanted; i++) {
		gboolean shown;

		if (!show_line(reading, &rows[i], &lines[timeline->n], &shown, error))
			return FALSE;
		if (shown)
			timeline->n++;
	}
	if (n > (gsize)n_wanted)
		timeline->next = cursor_make(mem, of,
			arena_printf(mem, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s",
				rows[n_wanted - 1].happened_at, rows[n_wanted - 1].number, rows[n_wanted - 1].ref));
	timeline->lines = lines;
	*ret_timeline = timeline;
	return TRUE;
}

gboolean read_timeline(Acts *acts, Arena *mem, const ActCaller *caller, const char *reference,
	const TimelinePage *wanted, Timeline **ret_timeline, GError **error)
{
	g_auto(Reading) reading = {0};
	const char *customer = NULL;
	Timeline *timeline;

	if (!reading_begin(&reading, acts, mem, caller, TRUE, error) ||
		!customer_of(&reading, reference, &customer, error))
		return FALSE;
	if (customer == NULL)
		return not_found(error, "There is no %s.", reference);
	if (!timeline_view(&reading, reference, wanted, &timeline, error) ||
		!reading_viewed(&reading, caller, reference, "timeline", error))
		return FALSE;
	*ret_timeline = timeline;
	return TRUE;
}
