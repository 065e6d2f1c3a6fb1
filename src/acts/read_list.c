/* read_list.c: what every list has in common: its filters, its pages, and that it is recorded who looked. The lists
 * themselves stand in read_lists.c. */
#include "acts/read_run.h"
#include "base/nearest.h"

#include <string.h>

enum { FILTER_VALUE_MAX = 200, ROUNDS_MAX = 20 /* of reading on where nothing of a page may be seen */ };

const ReadList *read_list_find(const char *name)
{
	for (gsize i = 0; read_lists[i] != NULL; i++)
		if (g_str_equal(read_lists[i]->name, name))
			return read_lists[i];
	return NULL;
}

/* ", did you mean 'x'?" or "". */
static const char *did_you_mean(Arena *mem, const char *written, const char *const *words, gsize n)
{
	const char *near = nearest_word(written, words, n);

	return near != NULL ? arena_printf(mem, " Did you mean '%s'?", near) : "";
}

static gboolean unknown_list(Arena *mem, const char *what, GError **error)
{
	const char *names[64];
	gsize n = 0;

	for (; read_lists[n] != NULL && n < G_N_ELEMENTS(names); n++)
		names[n] = read_lists[n]->name;
	return not_found(error, "There is no list '%s'.%s", what, did_you_mean(mem, what, names, n));
}

static gboolean unknown_filter(Arena *mem, const ReadList *list, const char *name, GError **error)
{
	const char *names[READ_FILTERS_MAX];
	gsize n = 0;

	for (; list->filters != NULL && list->filters[n].name != NULL; n++)
		names[n] = list->filters[n].name;
	return invalid(error, name, "The list '%s' has no filter '%s'.%s", list->name, name,
		did_you_mean(mem, name, names, n));
}

static gboolean parse_value(
	Arena *mem, const ReadFilterField *field, const char *value, const char **ret_value, GError **error)
{
	const char *kind;
	gint64 number;
	Day day;

	switch (field->type) {
	case FILTER_TEXT:
		break;
	case FILTER_REFERENCE:
		value = arena_own(mem, g_ascii_strup(value, -1), g_free);
		if (!reference_kind(value, mem, &kind) || !g_str_equal(kind, field->kind))
			return invalid(error, field->name, "Give a reference such as %s-2026-000123.", field->kind);
		break;
	case FILTER_BOOL:
		if (!g_str_equal(value, "true") && !g_str_equal(value, "false"))
			return invalid(error, field->name, "Give true or false.");
		value = g_str_equal(value, "true") ? "1" : "0";
		break;
	case FILTER_DAY:
		if (!day_parse(value, field->name, &day, error))
			return FALSE;
		break;
	case FILTER_NUMBER:
		if (!g_ascii_string_to_signed(value, 10, 0, G_MAXINT64, &number, NULL))
			return invalid(error, field->name, "Give a whole number, 0 or more.");
		break;
	case FILTER_CHOICE:
		if (!g_strv_contains(field->choices, value))
			return invalid(error, field->name, "'%s' does not fit. Give one of: %s.", value,
				(const char *)arena_own(mem, g_strjoinv(", ", (char **)field->choices), g_free));
		break;
	}
	*ret_value = arena_strdup(mem, value);
	return TRUE;
}

static gboolean parse_filters(
	Arena *mem, const ReadList *list, const ReadFilter *filters, gsize n, ListQuery *query, GError **error)
{
	for (gsize i = 0; i < n; i++) {
		gsize f = 0;

		if (strlen(filters[i].name) > FILTER_VALUE_MAX ||
			!text_is_storable(filters[i].name, strlen(filters[i].name), FALSE))
			return invalid(error, "filter", "That is the name of no filter.");
		while (list->filters != NULL && list->filters[f].name != NULL &&
			!g_str_equal(list->filters[f].name, filters[i].name))
			f++;
		if (list->filters == NULL || list->filters[f].name == NULL)
			return unknown_filter(mem, list, filters[i].name, error);
		if (query->filters[f] != NULL)
			return invalid(error, filters[i].name, "Give this filter once.");
		if (*filters[i].value == '\0' || strlen(filters[i].value) > FILTER_VALUE_MAX ||
			!text_is_storable(filters[i].value, strlen(filters[i].value), FALSE))
			return invalid(error, filters[i].name, "Give a value of one line, at most %d bytes.",
				FILTER_VALUE_MAX);
		if (!parse_value(mem, &list->filters[f], filters[i].value, &query->filters[f], error))
			return FALSE;
	}
	return TRUE;
}

static gboolean may_come(const Actor *actor, const ReadList *list, GError **error)
{
	for (gsize i = 0; i < actor->n_roles; i++)
		if (list->by & (1u << actor->roles[i].role))
			return TRUE;
	if (actor->n_substitutes > 0 && list->by & BY(HEAD_OF_FUNCTION))
		return TRUE;
	return refuse(error, "G10", "Your roles do not let you see %s. Ask your manager.", list->title);
}

static const char *key_of(const ReadSource *source, const void *row, Arena *mem)
{
	return source->numbered
		       ? arena_printf(mem, "%" G_GINT64_FORMAT, G_STRUCT_MEMBER(gint64, row, source->key_offset))
		       : G_STRUCT_MEMBER(const char *, row, source->key_offset);
}

/* One page as it grows. */
typedef struct {
	Reading *reading;
	const ReadList *list;
	ListQuery query;
	gint64 limit;
	json_t *items;
	const char *first, *last; /* keys of what was read */
	gboolean full;            /* there is at least one row more */
} Page;

static gboolean add_row(Page *page, const void *row, GError **error)
{
	const ReadSource *source = page->list->source;
	guint lifted = VEILS_ALL, hidden = 0;
	gboolean sees = TRUE;
	json_t *item;

	if (source->sees != NULL && !source->sees(page->reading, row, &sees, &lifted, error))
		return FALSE;
	if (!sees)
		return TRUE;
	if (source->item == NULL)
		item = columns_json(page->list->columns, row, lifted, &hidden, page->reading->mem);
	else if (!source->item(page->reading, &page->query, row, lifted, &hidden, &item, error))
		return FALSE;
	if (!source->set_up)
		hidden_set(item, hidden);
	json_array_append_new(page->items, item);
	return TRUE;
}

/* Reads on from query.key until the page is full or nothing is left. */
static gboolean fill(Page *page, GError **error)
{
	const ReadSource *source = page->list->source;
	Arena *mem = page->reading->mem;
	gboolean exhausted = FALSE;

	for (int round = 0; round < ROUNDS_MAX && !exhausted && !page->full; round++) {
		const char *behind =
			source->all_at_once ? page->query.key : NULL; /* skipped here, not by the statement */
		void *rows;
		gsize n;

		page->query.limit = page->limit + 1;
		if (!source->fetch(page->reading, &page->query, &rows, &n, error))
			return FALSE;
		exhausted = source->all_at_once || (gint64)n < page->query.limit;
		for (gsize i = 0; i < n && !page->full; i++) {
			const void *row = (const char *)rows + i * source->row_size;
			const char *key = key_of(source, row, mem);

			if (behind != NULL) {
				if (g_str_equal(key, behind))
					behind = NULL;
				continue;
			}
			page->full = (gint64)json_array_size(page->items) == page->limit;
			if (page->full)
				continue;
			if (!add_row(page, row, error))
				return FALSE;
			page->first = page->first != NULL ? page->first : key;
			page->last = key;
		}
		page->query.key = page->last;
	}
	page->full |= !exhausted;
	return TRUE;
}

/* The reference at the end of a key that sorts by something else first. */
static const char *reference_of(const char *key)
{
	const char *space = strrchr(key, ' ');

	return space != NULL ? space + 1 : key;
}

/* K4: whom or what somebody looked at: the customer or casefile that was asked for, else the list and how far. */
static gboolean note_viewing(Page *page, const ActCaller *caller, GError **error)
{
	const ReadList *list = page->list;
	const char *subject = list->name;
	const char *what = arena_printf(page->reading->mem, "list %s", list->name);

	if (list->source->set_up)
		return TRUE;
	for (gsize i = 0; list->filters != NULL && list->filters[i].name != NULL; i++)
		if (page->query.filters[i] != NULL && list->filters[i].type == FILTER_REFERENCE)
			subject = page->query.filters[i];
	if (subject == list->name && page->first != NULL)
		what = arena_printf(page->reading->mem, "list %s: %s to %s", list->name, reference_of(page->first),
			reference_of(page->last));
	return reading_viewed(page->reading, caller, subject, what, error);
}

static gboolean list_page(Acts *acts, Arena *mem, const ActCaller *caller, const char *what, const ReadFilter *filters,
	gsize n_filters, const char *cursor, gint64 limit, json_t **ret_json, GError **error)
{
	const ReadList *list = read_list_find(what);
	g_auto(Reading) reading = {0};
	Page page = {.reading = &reading, .list = list, .limit = limit > 0 ? limit : READ_LIMIT_DEFAULT};

	if (list == NULL)
		return unknown_list(mem, what, error);
	if (!parse_filters(mem, list, filters, n_filters, &page.query, error) ||
		(cursor != NULL && !cursor_read(mem, list->name, cursor, &page.query.key, error)) ||
		!reading_begin(&reading, acts, mem, caller, FALSE, error) || !may_come(reading.run.actor, list, error))
		return FALSE;
	page.items = json_array();
	if (!fill(&page, error) || !note_viewing(&page, caller, error)) {
		json_decref(page.items);
		return FALSE;
	}
	*ret_json = json_pack("{s:o, s:s?}", "items", page.items, "next",
		page.full && page.last != NULL ? cursor_make(mem, list->name, page.last) : NULL);
	return TRUE;
}

gboolean read_list(Acts *acts, Arena *mem, const ActCaller *caller, const char *what, const ReadFilter *filters,
	gsize n_filters, const char *cursor, gint64 limit, json_t **ret_json, GError **error)
{
	if (limit < 0 || limit > READ_LIMIT_MAX)
		return invalid(error, "limit", "Give a number from 1 to %d.", READ_LIMIT_MAX);
	return list_page(acts, mem, caller, what, filters, n_filters, cursor, limit, ret_json, error);
}

gboolean read_list_export(Acts *acts, Arena *mem, const ActCaller *caller, const char *what, const ReadFilter *filters,
	gsize n_filters, const char *cursor, json_t **ret_json, GError **error)
{
	return list_page(acts, mem, caller, what, filters, n_filters, cursor, READ_EXPORT_ROWS, ret_json, error);
}
