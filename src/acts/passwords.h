/* passwords.h: Argon2id by libsodium (about 20 MiB and 20 ms a hash), at most two at once in a process; others wait.
 * A slow call: pages run it on the bounded pool. */
#pragma once

#include "base/arena.h"
#include "base/error.h"

enum { PASSWORD_MIN = 12, PASSWORD_MAX = 200 };

/* The text to store. Invalid at `field` for one that is too short or too long. */
gboolean password_hash(
	const char *password, const char *field, Arena *mem, const char **ret_stored, GError **error) MUST_CHECK;
/* Takes the same time whether `stored` is NULL or not, so that nobody learns which names exist. */
gboolean password_verify(const char *stored, const char *password);
