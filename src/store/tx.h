/* tx.h: the inside of a transaction, for store/ alone. */
#pragma once

#include "store/engine.h"

/* Runs on the transaction's connection. After a failure the transaction can only end, on both engines alike
 * (PostgreSQL would refuse all that follows, SQLite would not). */
gboolean tx_run(Tx *tx, const Statement *statement, const Cell *params, RowSink *sink, gint64 *ret_changed,
	GError **error) MUST_CHECK;

/* The one entry of an act: record_append calls this first. A bug outside store_begin and for a second entry. */
gboolean tx_claim_entry(Tx *tx, GError **error) MUST_CHECK;

/* A connection of the writers, for migrations: gives it back with store_give. */
gboolean store_take(Store *store, TxMode mode, gboolean create, Connection **ret_connection, GError **error) MUST_CHECK;
void store_give(Store *store, Connection *connection);
const Engine *store_engine(const Store *store);

/* store_migrate as an earlier program did it: a test of the way from there. */
gboolean store_migrate_to(Store *store, gint64 version, GError **error) MUST_CHECK;

/* Prepares every statement on a connection: a test that each fits the schema. Names the first that does not. */
gboolean store_prepare_all(Store *store, GError **error) MUST_CHECK;
