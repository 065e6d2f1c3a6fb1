/* test_store.h: fresh databases for the store's tests, on both engines, and what an intruder could do to them.
 *
 * SQLite in a temporary folder; PostgreSQL as a new schema on the server that tests/store/with-postgresql starts
 * (EVENHAND_TEST_PG; without it the tests of that engine are skipped). */
#pragma once

#include "store/store.h"

typedef struct {
	Store *store;
	char *url;
	char *folder; /* SQLite */
	char *name;   /* PostgreSQL: the schema */
} TestStore;

/* Adds path once an engine: "/sqlite/…" and "/postgresql/…", each with a fresh store. */
void test_store_add(const char *path, void (*test)(TestStore *));

/* Takes everything out again: a database as before the first migration, and a new store on it. */
void test_store_empty(TestStore *t);

/* Runs SQL past the program and past all triggers and foreign keys. */
void test_store_raw(const TestStore *t, const char *sql);
/* The same with everything in force; TRUE where the database accepted it. */
gboolean test_store_try(const TestStore *t, const char *sql);

/* An act that does nothing but its record entry, at the given second. */
void test_store_act(Store *store, gint64 second, const char *act, const char *content);
