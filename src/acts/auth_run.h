/* auth_run.h: the tries that were wrong, for the files that ask for a password or a code; for acts/ alone. */
#pragma once

#include "acts/auth.h"
#include "store/store.h"

/* Refused where there were too many wrong tries for this name from this address. */
gboolean auth_tries_left(
	Tx *tx, Arena *mem, const char *user_name, const char *address, Instant now, GError **error) MUST_CHECK;
/* Counts one more, and commits. */
gboolean auth_count_failure(
	Acts *acts, Tx **tx, const char *user_name, const char *address, Instant now, GError **error) MUST_CHECK;
