/* passwords.c: Argon2id by libsodium. */
#include "acts/passwords.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

enum { MEMORY = 19 << 20, PASSES = 2, AT_ONCE = 2 };

/* A crowd that signs in takes neither the machine's memory nor all of its processors. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ended = PTHREAD_COND_INITIALIZER;
static int running;

static void hash_begin(void)
{
	pthread_mutex_lock(&lock);
	while (running == AT_ONCE)
		pthread_cond_wait(&ended, &lock);
	running++;
	pthread_mutex_unlock(&lock);
}

static void hash_end(void)
{
	pthread_mutex_lock(&lock);
	running--;
	pthread_cond_signal(&ended);
	pthread_mutex_unlock(&lock);
}

gboolean password_hash(const char *password, const char *field, Arena *mem, const char **ret_stored, GError **error)
{
	char stored[crypto_pwhash_STRBYTES];
	gsize length = strlen(password);
	gboolean hashed;

	if (length < PASSWORD_MIN || length > PASSWORD_MAX)
		return invalid(error, field, "Choose a password of %d to %d characters: three or four words are good.",
			PASSWORD_MIN, PASSWORD_MAX);
	hash_begin();
	hashed = sodium_init() >= 0 && crypto_pwhash_str(stored, password, length, PASSES, MEMORY) == 0;
	hash_end();
	if (!hashed)
		return unavailable(error, "There is not enough memory to keep a password. Try again.");
	*ret_stored = arena_strdup(mem, stored);
	return TRUE;
}

gboolean password_verify(const char *stored, const char *password)
{
	/* Of no password that anybody has. */
	static const char NOBODY[crypto_pwhash_STRBYTES] =
		"$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

	gboolean fits;

	if (strlen(password) > PASSWORD_MAX)
		return FALSE;
	hash_begin();
	fits = sodium_init() >= 0 &&
	       crypto_pwhash_str_verify(stored != NULL ? stored : NOBODY, password, strlen(password)) == 0;
	hash_end();
	return fits && stored != NULL;
}
