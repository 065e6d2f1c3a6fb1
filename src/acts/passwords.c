/* passwords.c: Argon2id by libsodium, and which passwords are too easy to guess. Whose a password is, and what it
 * opens, is auth.c's. */
#include "acts/passwords.h"

#include "base/bytes.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

enum {
	MEMORY = 19 << 20,
	PASSES = 2,
	AT_ONCE = 2,
	BYTES_MAX = 4 * PASSWORD_MAX,
	DIFFERENT_MIN = 5 /* different signs in a password */
};

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

/* As it is meant; what is no UTF-8 stays as it is. NULL: longer than any can be. */
static char *meant(const char *password)
{
	char *copy, *whole;

	if (strlen(password) > BYTES_MAX + 100)
		return NULL;
	copy = g_strstrip(g_strdup(password));
	whole = g_utf8_normalize(copy, -1, G_NORMALIZE_ALL_COMPOSE);
	if (whole == NULL)
		return copy;
	g_free(copy);
	return whole;
}

static gboolean few_signs(const char *text)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

	for (const char *c = text; *c != '\0'; c++)
		g_hash_table_add(seen, GINT_TO_POINTER(*c));
	return g_hash_table_size(seen) < DIFFERENT_MIN;
}

/* "123456789012", "abcdefabcdef": most signs are their neighbour's next, or the same. */
static gboolean is_sequence(const char *text)
{
	const gsize length = strlen(text);
	gsize steps = 0;

	for (gsize i = 1; i < length; i++)
		steps += text[i] - text[i - 1] >= -1 && text[i] - text[i - 1] <= 1;
	return steps * 3 >= length * 2;
}

/* What is left without digits and marks: "Passw0rd-2026!" is "password". */
static char *letters_of(const char *text)
{
	static const char LOOKS[][2] = {{'0', 'o'}, {'1', 'i'}, {'3', 'e'}, {'4', 'a'}, {'5', 's'}, {'7', 't'},
		{'@', 'a'}, {'$', 's'}, {'!', 'i'}};
	GString *letters = g_string_new(NULL);
	const gsize length = strlen(text);

	for (gsize i = 0; i < length; i++) {
		char c = text[i];

		/* A digit within a word stands for a letter; one at its end does not. */
		for (gsize k = 0; k < G_N_ELEMENTS(LOOKS) && i + 1 < length && g_ascii_isalpha(text[i + 1]); k++)
			if (c == LOOKS[k][0])
				c = LOOKS[k][1];
		if (g_ascii_isalpha(c) || (guchar)c >= 0x80)
			g_string_append_c(letters, c);
	}
	return g_string_free(letters, FALSE);
}

/* Whether `text` is the word, once or several times. */
static gboolean repeats(const char *text, const char *word)
{
	const gsize length = strlen(word);

	if (length == 0 || *text == '\0')
		return FALSE;
	while (g_str_has_prefix(text, word))
		text += length;
	return *text == '\0';
}

static gboolean easy_to_guess(const char *password, const char *user_name)
{
	static const char *const FREQUENT[] = {"password", "passwort", "passphrase", "qwerty", "qwertyuiop", "qwertz",
		"azerty", "letmein", "welcome", "iloveyou", "administrator", "admin", "changeme", "changemenow",
		"evenhand", "secret", "football", "princess", "sunshine", "mypassword", "thisisapassword",
		"correcthorsebatterystaple"};
	g_autofree char *lower = g_utf8_strdown(password, -1);
	g_autofree char *letters = letters_of(lower);
	g_autofree char *own = letters_of(user_name);

	if (few_signs(lower) || is_sequence(lower) || repeats(letters, own) || repeats(lower, user_name))
		return TRUE;
	for (gsize i = 0; i < G_N_ELEMENTS(FREQUENT); i++)
		if (repeats(letters, FREQUENT[i]))
			return TRUE;
	return FALSE;
}

static gboolean fits(const char *password, const char *user_name, const char *field, GError **error)
{
	const glong length = password == NULL                      ? PASSWORD_MAX + 1
			     : g_utf8_validate(password, -1, NULL) ? g_utf8_strlen(password, -1)
								   : (glong)strlen(password);

	if (length < PASSWORD_MIN || length > PASSWORD_MAX)
		return invalid(error, field, "Choose a password of %d to %d characters: three or four words are good.",
			PASSWORD_MIN, PASSWORD_MAX);
	return !easy_to_guess(password, user_name) ||
	       invalid(error, field,
		       "This password is among the first that are guessed. Choose three or four words that have "
		       "nothing to do with each other.");
}

gboolean password_hash(const char *password, const char *user_name, const char *field, Arena *mem,
	const char **ret_stored, GError **error)
{
	g_autofree char *whole = meant(password);
	char stored[crypto_pwhash_STRBYTES];
	gboolean hashed;

	if (!fits(whole, user_name, field, error))
		return FALSE;
	hash_begin();
	hashed = sodium_init() >= 0 && crypto_pwhash_str(stored, whole, strlen(whole), PASSES, MEMORY) == 0;
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
	g_autofree char *whole = meant(password);
	gboolean good;

	if (whole == NULL)
		return FALSE;
	hash_begin();
	good = sodium_init() >= 0 &&
	       crypto_pwhash_str_verify(stored != NULL ? stored : NOBODY, whole, strlen(whole)) == 0;
	hash_end();
	return good && stored != NULL;
}

gboolean password_same(const char *a, const char *b)
{
	g_autofree char *one = meant(a), *two = meant(b);

	return one != NULL && two != NULL && strlen(one) == strlen(two) && bytes_equal(one, two, strlen(one));
}
