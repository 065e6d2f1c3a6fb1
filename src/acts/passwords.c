/* passwords.c: Argon2id by libsodium. */
#include "acts/passwords.h"

#include <sodium.h>
#include <string.h>

enum { MEMORY = 19 << 20, PASSES = 2 };

gboolean password_hash(const char *password, const char *field, Arena *mem, const char **ret_stored, GError **error)
{
	char stored[crypto_pwhash_STRBYTES];
	gsize length = strlen(password);

	if (length < PASSWORD_MIN || length > PASSWORD_MAX)
		return invalid(error, field, "Choose a password of %d to %d characters: three or four words are good.",
			PASSWORD_MIN, PASSWORD_MAX);
	if (sodium_init() < 0 || crypto_pwhash_str(stored, password, length, PASSES, MEMORY) != 0)
		return unavailable(error, "There is not enough memory to keep a password. Try again.");
	*ret_stored = arena_strdup(mem, stored);
	return TRUE;
}

gboolean password_verify(const char *stored, const char *password)
{
	/* Of no password that anybody has. */
	static const char NOBODY[crypto_pwhash_STRBYTES] =
		"$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

	if (strlen(password) > PASSWORD_MAX || sodium_init() < 0)
		return FALSE;
	return crypto_pwhash_str_verify(stored != NULL ? stored : NOBODY, password, strlen(password)) == 0 &&
	       stored != NULL;
}
