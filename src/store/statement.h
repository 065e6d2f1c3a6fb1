/* statement.h: how a generated statement meets an engine. For store/ alone: callers use "store/statements.h".
 *
 * A generated function puts its parameters into Values; statement_run turns them into Cells (what an engine binds:
 * days become ISO text, absent values NULL), runs the statement on the transaction's connection, and turns each row
 * of Cells that the engine gives back into the generated row type. So an engine knows cells and texts, and nothing
 * of types, NULL rules or arenas. */
#pragma once

#include "store/store.h"

typedef enum { ENGINE_SQLITE, ENGINE_POSTGRESQL, ENGINES } EngineKind;

typedef enum { VALUE_TEXT, VALUE_INT, VALUE_BOOL, VALUE_INSTANT, VALUE_DAY, VALUE_BLOB } ValueType;

typedef union {
	const char *text; /* NULL: absent */
	gint64 number;    /* int, bool, instant; G_MININT64: absent */
	Day day;          /* DAY_NONE: absent */
	Blob blob;        /* data NULL: absent */
} Value;

typedef struct {
	const char *name;
	ValueType type;
	gboolean optional; /* may be absent (NULL) */
	glong offset;      /* in the row type; 0 for a parameter */
} StatementField;

typedef struct {
	const char *name;
	guint number; /* its place in STATEMENTS and in each connection's cache */
	const char *sql[ENGINES];
	const StatementField *params;
	guint n_params;
	const StatementField *fields;
	guint n_fields;
	gsize row_size;
	gboolean at_most_one;
} Statement;

typedef struct {
	void *rows; /* n rows one behind another, in the arena; NULL for none */
	gsize n;
	gint64 changed; /* rows inserted, updated or deleted */
} StatementResult;

/* All statements, by number (generated). */
extern const Statement *const STATEMENTS[];
extern const guint N_STATEMENTS;

#define STATEMENT_MAX_COLUMNS 64

/* What goes over to an engine and comes back. Text and blobs are borrowed. */
typedef enum { CELL_NULL, CELL_NUMBER, CELL_TEXT, CELL_BLOB } CellKind;

typedef struct {
	CellKind kind;
	ValueType type; /* of a parameter, also where it is NULL */
	gint64 number;
	const void *data;
	gsize length;
} Cell;

/* Collects the rows of one run. */
typedef struct {
	const Statement *statement;
	Arena *mem;
	GByteArray *rows;
	gsize n;
} RowSink;

/* Called by an engine for each row with statement->n_fields cells. A bug where a value does not fit its type. */
gboolean row_sink_add(RowSink *sink, const Cell *cells, GError **error) MUST_CHECK;

/* mem may be NULL for a statement without rows. After a failure the transaction can only end. */
gboolean statement_run(Tx *tx, Arena *mem, const Statement *statement, const Value *values, StatementResult *ret_result,
	GError **error) MUST_CHECK;
