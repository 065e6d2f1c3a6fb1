/* read_timeline.c: what happened, newest first (K2). */
#include "acts/outcomes.h"
#include "acts/read_run.h"

#include <string.h>

enum { ROUNDS_MAX = 8 /* looks at the database for one page */ };

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

/* A summary says what happened, and behind its first colon what of it: "Decided: Authorised as asked". */
const char *summary_heading(Arena *mem, const char *summary, const char **ret_rest)
{
	const char *colon = strstr(summary, ": ");

	*ret_rest = colon != NULL ? colon + 2 : NULL;
	return colon != NULL ? arena_strndup(mem, summary, (gsize)(colon - summary)) : summary;
}

static const char *joined(Arena *mem, const char *first, const char *second)
{
	if (first == NULL || second == NULL)
		return first != NULL ? first : second;
	return arena_printf(mem, "%s. %s", first, second);
}

/* How long a contact took, which stands with its verdict, and what it was about, which is evidence. */
static const char *contact_text(Reading *reading, const TimelineLineRow *row, const char *so_far)
{
	const ContactRow contact = {.function = row->taken_in, .recorded_by = row->taken_by};
	const char *text = so_far;

	if (row->minutes > 0)
		text = joined(reading->mem, text,
			arena_printf(reading->mem, "%" G_GINT64_FORMAT " minute%s", row->minutes,
				row->minutes == 1 ? "" : "s"));
	if (row->what != NULL && lifts_of_contact(reading->run.actor, &contact) & VEIL_EVIDENCE)
		text = joined(reading->mem, text, row->what);
	return text;
}

/* FALSE in *ret_shown: it is not for this person (G10). That a contact came is for everybody who works on cases. */
static gboolean show_line(
	Reading *reading, const TimelineLineRow *row, TimelineLine *line, gboolean *ret_shown, GError **error)
{
	const gboolean contact = row->channel != NULL;
	const gboolean only_contact = g_str_equal(row->act, "log-contact") || g_str_equal(row->act, "contact");
	gboolean sees = TRUE;

	*line = (TimelineLine){.happened_at = row->happened_at,
		.number = row->number,
		.ref = *row->ref != '\0' ? row->ref : NULL,
		.act = row->act,
		.by = row->actor,
		.by_name = row->actor_name == NULL && !contact ? "the system" : row->actor_name,
		.casefile = row->casefile,
		.function = row->function,
		.channel = row->channel,
		.direction = row->direction,
		.verdict = row->verdict,
		.struck = row->struck};
	if (row->casefile != NULL && !sees_casefile(reading, row->casefile, &sees, error))
		return FALSE;
	sees |= g_str_equal(row->actor, reading->run.actor->user_name);
	line->summary = row->summary == NULL || (contact && only_contact)
				? outcome_contact(row->channel, row->direction)
				: row->summary;
	line->title = summary_heading(reading->mem, line->summary, &line->text);
	if (!sees) {
		line->summary = line->title;
		line->text = NULL;
	}
	if (contact)
		line->text = contact_text(reading, row, line->text);
	*ret_shown = sees || contact;
	return TRUE;
}

/* Goes on where lines are left out, so that a page is full as long as there are any; but not for ever. */
static gboolean gather(Reading *reading, TimelineQuery *query, TimelineLine *lines, Timeline *timeline,
	gboolean *ret_more, GError **error)
{
	const gsize wanted = (gsize)query->limit - 1;
	TimelineLineRow *rows;
	gboolean more = TRUE, shown;
	gsize n;

	for (int round = 0; round < ROUNDS_MAX && more && timeline->n < wanted; round++) {
		gsize i;

		if (!fetch(reading, query, &rows, &n, error))
			return FALSE;
		for (i = 0; i < n && i < wanted && timeline->n < wanted; i++) {
			if (!show_line(reading, &rows[i], &lines[timeline->n], &shown, error))
				return FALSE;
			timeline->n += shown ? 1 : 0;
			timeline->left_out |= !shown;
			query->before_at = rows[i].happened_at;
			query->before_number = rows[i].number;
			query->before_ref = rows[i].ref;
		}
		more = i < n;
	}
	*ret_more = more;
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
	TimelineLine *lines;
	gboolean more;

	if (wanted->limit < 0 || wanted->limit > READ_LIMIT_MAX)
		return invalid(error, "limit", "Give a number from 1 to %d.", READ_LIMIT_MAX);
	if (wanted->cursor != NULL &&
		(!cursor_read(mem, of, wanted->cursor, &key, error) ||
			!parse_key(key, &query.before_at, &query.before_number, &query.before_ref, error)))
		return FALSE;
	lines = arena_array(mem, TimelineLine, (gsize)n_wanted + 1);
	if (!gather(reading, &query, lines, timeline, &more, error))
		return FALSE;
	if (more)
		timeline->next = cursor_make(mem, of,
			arena_printf(mem, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s", query.before_at,
				query.before_number, query.before_ref));
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
