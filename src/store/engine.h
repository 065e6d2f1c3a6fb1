/* engine.h: what a database engine does for the store: connections, transactions, and statements as cells. Two
 * engines fulfil it: sqlite.c and postgresql.c. Each connection belongs to one thread at a time (pool.h sees to it).
 *
 * Kinds of error: conflict for a unique row that exists; unavailable for what may pass (locked, full, lost, not
 * there), with a sentence for the administrator; bug for what the database refuses and the program should not have
 * tried. */
#pragma once

#include "store/statement.h"

typedef enum { TX_READ, TX_WRITE } TxMode;

typedef struct Connection {
	const struct Engine *engine;
	TxMode mode;
	gboolean lost;           /* set by the engine: close it, do not use it again */
	struct Connection *next; /* of the pool's idle ones */
} Connection;

typedef struct Engine {
	EngineKind kind;

	/* create: make an empty database where there is none (the engine's file; a server's is never made). */
	gboolean (*open)(const char *target, TxMode mode, gboolean create, Connection **ret_connection, GError **error);
	void (*close)(Connection *connection);

	/* A connection that was lost while idle is opened anew by begin. */
	gboolean (*begin)(Connection *connection, GError **error);
	gboolean (*commit)(Connection *connection, GError **error);
	void (*rollback)(Connection *connection);

	gboolean (*run)(Connection *connection, const Statement *statement, const Cell *params, RowSink *sink,
		gint64 *ret_changed, GError **error);
	/* Prepares without running: the test that every statement fits the schema. */
	gboolean (*prepare)(Connection *connection, const Statement *statement, GError **error);

	/* For migrations and the engine's own questions; sql is a constant of this folder. script: several statements.
	 * number: the first column of the first row, 0 for NULL or no row. */
	gboolean (*script)(Connection *connection, const char *sql, GError **error);
	gboolean (*number)(Connection *connection, const char *sql, gint64 *ret_number, GError **error);
	/* Takes out everything, the schema too. Outside a transaction. */
	gboolean (*wipe)(Connection *connection, GError **error);

	const char *has_schema;  /* for number: 1 where the table schema_version exists */
	const char *schema_lock; /* for script: taken by a migration; NULL where begin is enough */
} Engine;

extern const Engine SQLITE_ENGINE;
extern const Engine POSTGRESQL_ENGINE;
