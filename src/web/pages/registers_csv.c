/* registers_csv.c: a register as a file for a spreadsheet: all rows that fit the filters, in the page's order.
 *
 * UTF-8 with a byte order mark: without it the spreadsheet that most offices have takes names such as Łukasz for
 * gibberish, and those that do not need it skip it. Lines end with CR LF and each cell is quoted (RFC 4180). A cell
 * that begins like a formula gets an apostrophe before it, so that opening the file computes nothing. */
#include "web/pages/registers.h"

#include <string.h>

enum { ROWS_MAX = 50000 };

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static void put_cell(GString *file, const char *text, gboolean first)
{
	g_string_append(file, first ? "\"" : ",\"");
	if (*text != '\0' && strchr("=+-@\t\r", *text) != NULL)
		g_string_append_c(file, '\'');
	for (; *text != '\0'; text++) {
		if (*text == '"')
			g_string_append_c(file, '"');
		g_string_append_c(file, *text);
	}
	g_string_append_c(file, '"');
}

static void put_heads(GString *file, const Register *what)
{
	for (const RegisterColumn *column = what->columns; column->title != NULL; column++)
		put_cell(file, column->title, column == what->columns);
	g_string_append(file, "\r\n");
}

/* One page of rows, with an arena of its own: a file may be longer than a request's. */
static gboolean put_page(Visit *visit, GHashTable *people, const Register *what, const RegisterAsk *ask, GString *file,
	gsize *rows, char **cursor, GError **error)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	const ActCaller caller = visit_caller(visit);
	Visit page = *visit;
	json_t *list, *row;
	const char *next;
	gsize i;

	page.mem = mem;
	if (!read_list_export(
		    visit->web->acts, mem, &caller, what->list, ask->filters, ask->n_filters, *cursor, &list, error))
		return FALSE;
	json_array_foreach(json_object_get(list, "items"), i, row)
	{
		if (*rows == ROWS_MAX)
			break;
		for (const RegisterColumn *column = what->columns; column->title != NULL; column++)
			put_cell(file, register_cell(&page, people, column, row, TRUE), column == what->columns);
		g_string_append(file, "\r\n");
		(*rows)++;
	}
	next = json_string_value(json_object_get(list, "next"));
	g_free(*cursor);
	*cursor = g_strdup(next);
	json_decref(list);
	return TRUE;
}

void register_file(Visit *visit, const Register *what, const RegisterAsk *ask, HttpResponse *response)
{
	GString *file = g_string_new(BYTE_ORDER_MARK);
	g_autofree char *cursor = NULL;
	g_autoptr(GError) error = NULL;
	GHashTable *people;
	gsize rows = 0;

	if (!office_people(visit->web->acts, visit->mem, &people, &error)) {
		g_string_free(file, TRUE);
		page_error(visit, response, error);
		return;
	}
	put_heads(file, what);
	do {
		if (!put_page(visit, people, what, ask, file, &rows, &cursor, &error)) {
			g_string_free(file, TRUE);
			page_error(visit, response, error);
			return;
		}
	} while (cursor != NULL && rows < ROWS_MAX);
	if (cursor != NULL) {
		put_cell(file,
			arena_printf(visit->mem, "There is more: this file ends after %d rows. Narrow the filters.",
				(int)ROWS_MAX),
			TRUE);
		g_string_append(file, "\r\n");
	}
	response->status = 200;
	response->content_type = "text/csv; charset=utf-8";
	http_header_set(response, "Content-Disposition",
		arena_printf(visit->mem, "attachment; filename=\"%s.csv\"", what->name));
	response->length = file->len;
	response->body = arena_own(visit->mem, g_string_free(file, FALSE), g_free);
}
