/* passwords.h: Argon2id by libsodium (about 20 MiB and 20 ms a hash), at most two at once in a process; others wait.
 * A slow call: pages run it on the bounded pool.
 *
 * A password is taken as it is meant and not as it arrives: white space at its ends (the line's end that a paste
 * brings along) does not count, and letters with marks are the same however a keyboard puts them together (NFKC). */
#pragma once

#include "base/arena.h"
#include "base/error.h"

enum { PASSWORD_MIN = 12, PASSWORD_MAX = 200 /* characters */ };

/* The text to store. Invalid at `field` for one that is too short or too long, or among the first that are guessed:
 * few different signs, a sequence, a frequent word, the user's own name. */
gboolean password_hash(const char *password, const char *user_name, const char *field, Arena *mem,
	const char **ret_stored, GError **error) MUST_CHECK;
/* Takes the same time whether `stored` is NULL or not, so that nobody learns which names exist. */
gboolean password_verify(const char *stored, const char *password);
/* Whether two are the same as they are meant. */
gboolean password_same(const char *a, const char *b);
