/* second_factor_run.h: the second factor within a transaction that signing in has open; for acts/ alone. */
#pragma once

#include "acts/second_factor.h"
#include "store/store.h"

gboolean second_factor_is_on(Tx *tx, Arena *mem, const char *user_name, gboolean *ret_on, GError **error) MUST_CHECK;

/* Lets no other transaction look at this person's codes until this one ends: what is counted after it is counted right,
 * however many come at once. */
gboolean second_factor_hold(Tx *tx, const char *user_name, GError **error) MUST_CHECK;

/* Whether the code is the app's or a recovery code that was not used, and uses it up: either is good once. */
gboolean second_factor_take(Tx *tx, Arena *mem, const char *user_name, const char *code, Instant now,
	gboolean *ret_good, GError **error) MUST_CHECK;
