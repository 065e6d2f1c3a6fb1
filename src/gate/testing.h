/* testing.h: a small world for the tests of this folder, on the pack of core's tests.
 *
 *   C-1  jo@example.org, +441632960001 (shared with C-4): not by phone, at casework. Needs large print; an adjustment
 *        is open
 *   C-2  bad@example.org blocked everywhere; good@example.org
 *   C-3  poc@example.org: one point of contact (poc@x, 0377), everywhere. Represented by solicitor@law.example
 *   C-4  +441632960001, free@example.org: nothing
 *   C-5  +441632960005, slot@example.org: one call of 15 minutes on Tuesdays from 9 to 10
 *   C-6  filed@example.org: read and filed, everywhere
 *   C-7  +441632960007 used by others, new@example.org not confirmed: neither phone nor e-mail, everywhere
 *   C-8  closed@example.org: its matter M-1 is not opened again */
#pragma once

#include "gate/ask.h"

extern const GateSource test_source;
const Policy *test_gate_policy(void);
/* Those facts; a caller may change the copy. */
GateFacts test_facts(void);
/* A new snapshot of them. */
GateSnapshot *test_snapshot(void);
/* "2026-12-01T09:30" in London. */
Instant test_time(const char *wall);

/* The same world in a database that was just migrated, but that C-1's arrangement is not in force until
 * test_store_bring_in. */
void test_store_world(Store *store);
/* Brings C-1's arrangement in force, as the job that confirms its notice would. */
void test_store_bring_in(Store *store);
