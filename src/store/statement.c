/* statement.c: Values to Cells and Cells to rows. No SQL and no engine here. */
#include "store/statement.h"

#include "store/tx.h"

#include <string.h>

#define DAY_TEXT 16

_Static_assert(INSTANT_NONE == G_MININT64, "absent numbers and absent instants are one value");

/* text: room for a day's ISO text. */
static gboolean cell_from_value(
	const Statement *s, const StatementField *param, const Value *value, char *text, Cell *ret_cell, GError **error)
{
	Cell cell = {.kind = CELL_NULL, .type = param->type};
	int year, month, day;

	switch (param->type) {
	case VALUE_TEXT:
		if (value->text != NULL)
			cell = (Cell){CELL_TEXT, param->type, 0, value->text, strlen(value->text)};
		break;
	case VALUE_INT:
	case VALUE_BOOL:
	case VALUE_INSTANT:
		if (value->number != G_MININT64)
			cell = (Cell){CELL_NUMBER, param->type, value->number, NULL, 0};
		break;
	case VALUE_DAY:
		if (value->day == DAY_NONE)
			break;
		day_to_civil(value->day, &year, &month, &day);
		if (year < 1 || year > 9999)
			return bug(
				error, "Statement %s: the year %d of %s cannot be stored.", s->name, year, param->name);
		g_snprintf(text, DAY_TEXT, "%04d-%02d-%02d", year, month, day);
		cell = (Cell){CELL_TEXT, param->type, 0, text, strlen(text)};
		break;
	case VALUE_BLOB:
		if (value->blob.data != NULL)
			cell = (Cell){CELL_BLOB, param->type, 0, value->blob.data, value->blob.length};
		break;
	}
	if (cell.kind == CELL_NULL && !param->optional)
		return bug(error, "Statement %s: parameter %s is absent.", s->name, param->name);
	*ret_cell = cell;
	return TRUE;
}

static gboolean misfit(const Statement *s, const StatementField *field, const char *what, GError **error)
{
	return bug(error, "Statement %s: column %s is %s.", s->name, field->name, what);
}

static gboolean row_set(const RowSink *sink, const StatementField *field, const Cell *cell, guint8 *row, GError **error)
{
	const Statement *s = sink->statement;
	void *at = row + field->offset;
	CellKind wanted = field->type == VALUE_TEXT || field->type == VALUE_DAY ? CELL_TEXT
			  : field->type == VALUE_BLOB                           ? CELL_BLOB
										: CELL_NUMBER;
	g_autofree char *text = NULL;
	Blob blob = {NULL, 0};

	if (cell->kind == CELL_NULL && !field->optional)
		return misfit(s, field, "NULL", error);
	if (cell->kind != CELL_NULL && cell->kind != wanted)
		return misfit(s, field, "of another type than declared", error);
	switch (field->type) {
	case VALUE_TEXT:
		*(const char **)at =
			cell->kind == CELL_NULL ? NULL : arena_strndup(sink->mem, cell->data, cell->length);
		return TRUE;
	case VALUE_INT:
	case VALUE_INSTANT:
		*(gint64 *)at = cell->kind == CELL_NULL ? G_MININT64 : cell->number;
		return TRUE;
	case VALUE_BOOL:
		*(gboolean *)at = cell->number != 0;
		return TRUE;
	case VALUE_DAY:
		if (cell->kind == CELL_NULL) {
			*(Day *)at = DAY_NONE;
			return TRUE;
		}
		text = g_strndup(cell->data, cell->length);
		return day_parse(text, field->name, (Day *)at, NULL) || misfit(s, field, "not a day", error);
	case VALUE_BLOB:
		if (cell->kind == CELL_BLOB) {
			blob.data = cell->length > 0 ? arena_memdup(sink->mem, cell->data, cell->length) : "";
			blob.length = cell->length;
		}
		*(Blob *)at = blob;
		return TRUE;
	}
	g_assert_not_reached();
}

gboolean row_sink_add(RowSink *sink, const Cell *cells, GError **error)
{
	const Statement *s = sink->statement;
	guint start = sink->rows->len;

	if (s->at_most_one && sink->n == 1)
		return bug(error, "Statement %s gave more than one row.", s->name);
	g_byte_array_set_size(sink->rows, start + (guint)s->row_size);
	memset(sink->rows->data + start, 0, s->row_size);
	for (guint i = 0; i < s->n_fields; i++)
		if (!row_set(sink, &s->fields[i], &cells[i], sink->rows->data + start, error))
			return FALSE;
	sink->n++;
	return TRUE;
}

gboolean statement_run(
	Tx *tx, Arena *mem, const Statement *s, const Value *values, StatementResult *ret_result, GError **error)
{
	g_autoptr(GByteArray) rows = g_byte_array_new();
	RowSink sink = {.statement = s, .mem = mem, .rows = rows};
	Cell cells[STATEMENT_MAX_COLUMNS];
	char days[STATEMENT_MAX_COLUMNS][DAY_TEXT];
	gint64 changed = 0;

	g_assert(s->n_params <= STATEMENT_MAX_COLUMNS && s->n_fields <= STATEMENT_MAX_COLUMNS);
	for (guint i = 0; i < s->n_params; i++)
		if (!cell_from_value(s, &s->params[i], &values[i], days[i], &cells[i], error))
			return FALSE;
	if (!tx_run(tx, s, cells, &sink, &changed, error))
		return FALSE;
	*ret_result = (StatementResult){
		.rows = sink.n > 0 ? arena_memdup(mem, rows->data, rows->len) : NULL,
		.n = sink.n,
		.changed = changed,
	};
	return TRUE;
}
