/* second_factor.c: codes of an authenticator app, by liboath, and recovery codes. The tries that are counted, and the
 * sessions, are auth.c's. */
#include "acts/second_factor.h"

#include "acts/run.h"
#include "acts/second_factor_run.h"
#include "base/bytes.h"

#include <liboath/oath.h>
#include <pthread.h>
#include <string.h>

enum { DIGITS = 6, RECOVERY_SIGNS = 16 /* of 32: 80 bits */ };

static void set_up_oath(void)
{
	const int problem = oath_init();

	if (problem != OATH_OK)
		g_error("liboath does not start: %s", oath_strerror(problem));
}

/* A code as people type it: "123 456". *out is left empty where it is none. */
static void digits_of(const char *code, char out[DIGITS + 1])
{
	gsize n = 0;

	memset(out, 0, DIGITS + 1);
	for (const char *c = code; *c != '\0'; c++) {
		if (g_ascii_isspace(*c) || *c == '-')
			continue;
		if (!g_ascii_isdigit(*c) || n == DIGITS) {
			*out = '\0';
			return;
		}
		out[n++] = *c;
	}
	if (n != DIGITS)
		*out = '\0';
}

gint64 second_factor_step(const guint8 *secret, gsize length, const char *code, Instant now, gint64 last_step)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	const gint64 present = now / USEC_PER_SEC / SECOND_FACTOR_SECONDS;
	char typed[DIGITS + 1], right[DIGITS + 1];

	pthread_once(&once, set_up_oath);
	digits_of(code, typed);
	if (*typed == '\0')
		return -1;
	for (gint64 step = MAX(present - SECOND_FACTOR_DRIFT, last_step + 1); step <= present + SECOND_FACTOR_DRIFT;
		step++)
		if (oath_totp_generate((const char *)secret, length, (time_t)(step * SECOND_FACTOR_SECONDS),
			    SECOND_FACTOR_SECONDS, 0, DIGITS, right) == OATH_OK &&
			bytes_equal(typed, right, DIGITS))
			return step;
	return -1;
}

/* The secret as apps take it: base32, in groups of four for a person to type. */
static const char *secret_text(Arena *mem, const Blob *secret, gboolean grouped)
{
	GString *text = g_string_new(NULL);
	char *base32 = NULL;

	if (oath_base32_encode((const char *)secret->data, secret->length, &base32, NULL) != OATH_OK)
		g_error("A secret cannot be written as base32.");
	for (gsize i = 0; base32[i] != '\0' && base32[i] != '='; i++) {
		if (grouped && i > 0 && i % 4 == 0)
			g_string_append_c(text, ' ');
		g_string_append_c(text, base32[i]);
	}
	free(base32); /* liboath's, by malloc */
	return arena_own(mem, g_string_free(text, FALSE), g_free);
}

/* https://github.com/google/google-authenticator/wiki/Key-Uri-Format */
static const char *otpauth(Arena *mem, const char *user_name, const Blob *secret)
{
	return arena_printf(mem, "otpauth://totp/Evenhand:%s?secret=%s&issuer=Evenhand", user_name,
		secret_text(mem, secret, FALSE));
}

static gint64 step_at(Instant now)
{
	return now / USEC_PER_SEC / SECOND_FACTOR_SECONDS;
}

/* A key that was offered and not confirmed within the hour: whoever finds the page open later is not shown it. */
static gboolean is_stale(const SecondFactorRow *row)
{
	return step_at(when_now()) - row->last_step > SECOND_FACTOR_OFFER_MINUTES * 60 / SECOND_FACTOR_SECONDS;
}

gboolean second_factor_view(Acts *acts, Arena *mem, const char *user_name, SecondFactor *ret_factor, GError **error)
{
	SecondFactor factor = {.since = INSTANT_NONE};
	RecoveryCodesLeftRow *left = NULL;
	SecondFactorRow *row = NULL;
	g_autoptr(Tx) tx = NULL;

	if (!store_read(acts_store(acts), &tx, error) || !sql_second_factor_by_user(tx, mem, user_name, &row, error) ||
		!sql_recovery_codes_left(tx, mem, user_name, &left, error))
		return FALSE;
	if (row != NULL && row->confirmed_at == INSTANT_NONE && is_stale(row))
		row = NULL;
	if (row != NULL && row->confirmed_at != INSTANT_NONE) {
		factor = (SecondFactor){.on = TRUE, .since = row->confirmed_at, .codes_left = left->codes};
	} else if (row != NULL) {
		factor.secret = secret_text(mem, &row->secret, TRUE);
		factor.otpauth = otpauth(mem, user_name, &row->secret);
	}
	*ret_factor = factor;
	return TRUE;
}

static gboolean is_on_already(GError **error)
{
	return conflict(error, "Your second factor is on already. Turn it off first, to set up another app.");
}

gboolean second_factor_offer(Acts *acts, Arena *mem, const char *user_name, GError **error)
{
	guint8 secret[SECOND_FACTOR_BYTES];
	SecondFactorRow row = {.user_name = user_name,
		.secret = {secret, sizeof secret},
		.confirmed_at = INSTANT_NONE,
		.last_step = step_at(when_now()) - SECOND_FACTOR_DRIFT - 1}; /* no earlier code is good */
	SecondFactorRow *known = NULL;
	g_autoptr(Tx) tx = NULL;
	gint64 changed;

	bytes_random(secret, sizeof secret);
	if (!store_write(acts_store(acts), &tx, error) || !sql_second_factor_by_user(tx, mem, user_name, &known, error))
		return FALSE;
	if (known != NULL && known->confirmed_at != INSTANT_NONE)
		return is_on_already(error);
	return sql_second_factor_drop(tx, user_name, &changed, error) && sql_second_factor_add(tx, &row, error) &&
	       store_commit(&tx, error);
}

/* Letters and digits that are not mistaken for one another. */
static const char SIGNS[] = "abcdefghijkmnpqrstuvwxyz23456789";

static const char *recovery_hash(Arena *mem, const char *user_name, const char *signs)
{
	const char *text = arena_printf(mem, "recovery %s %s", user_name, signs);

	return arena_own(mem, g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1), g_free);
}

/* Ten of them in the place of all that were; the last sets them. */
static gboolean make_codes(Tx *tx, Arena *mem, const char *user_name, const char *const **ret_codes, GError **error)
{
	const char **codes = arena_array(mem, const char *, RECOVERY_CODES + 1);
	gint64 changed;

	if (!sql_recovery_codes_drop(tx, user_name, &changed, error))
		return FALSE;
	for (gsize i = 0; i < RECOVERY_CODES; i++) {
		guint8 bytes[RECOVERY_SIGNS];
		char signs[RECOVERY_SIGNS + 1] = "";

		bytes_random(bytes, sizeof bytes);
		for (gsize k = 0; k < sizeof bytes; k++)
			signs[k] = SIGNS[bytes[k] % 32];
		codes[i] = arena_printf(mem, "%.4s-%.4s-%.4s-%.4s", signs, signs + 4, signs + 8, signs + 12);
		if (!sql_recovery_code_add(tx, recovery_hash(mem, user_name, signs), user_name, INSTANT_NONE, error))
			return FALSE;
	}
	*ret_codes = codes;
	return TRUE;
}

gboolean second_factor_confirm(
	Acts *acts, Arena *mem, const Session *session, const char *code, const char *const **ret_codes, GError **error)
{
	const Instant now = when_now();
	const char *const *codes = NULL;
	SecondFactorRow *row = NULL;
	g_autoptr(Tx) tx = NULL;
	gint64 step, changed;

	if (!store_write(acts_store(acts), &tx, error) ||
		!sql_second_factor_by_user(tx, mem, session->user_name, &row, error))
		return FALSE;
	if (row != NULL && row->confirmed_at != INSTANT_NONE)
		return is_on_already(error);
	if (row == NULL || is_stale(row))
		return conflict(
			error, "No second factor is being set up, or its key was shown too long ago. Begin anew.");
	step = second_factor_step(row->secret.data, row->secret.length, code, now, row->last_step);
	if (step < 0)
		return refuse_at(error, NULL, "code",
			"This is not the code that the app shows for this key. Wait for its next code and type that. "
			"If "
			"it is refused too, set the clock of your phone, or scan the key once more.");
	if (!sql_second_factor_step(tx, session->user_name, step, &changed, error) ||
		!sql_second_factor_confirm(tx, session->user_name, now, &changed, error) ||
		!sql_sessions_end_of(tx, session->user_name, session->hash, &changed, error) ||
		!make_codes(tx, mem, session->user_name, &codes, error) || !store_commit(&tx, error))
		return FALSE;
	*ret_codes = codes;
	return TRUE;
}

gboolean second_factor_new_codes(
	Acts *acts, Arena *mem, const char *user_name, const char *const **ret_codes, GError **error)
{
	g_autoptr(Tx) tx = NULL;

	return store_write(acts_store(acts), &tx, error) && make_codes(tx, mem, user_name, ret_codes, error) &&
	       store_commit(&tx, error);
}

gboolean second_factor_end(Acts *acts, Arena *mem, const char *user_name, GError **error)
{
	g_autoptr(Tx) tx = NULL;
	gint64 changed;

	(void)mem;
	return store_write(acts_store(acts), &tx, error) && sql_second_factor_drop(tx, user_name, &changed, error) &&
	       sql_recovery_codes_drop(tx, user_name, &changed, error) && store_commit(&tx, error);
}

gboolean second_factor_is_on(Tx *tx, Arena *mem, const char *user_name, gboolean *ret_on, GError **error)
{
	SecondFactorRow *row = NULL;

	if (!sql_second_factor_by_user(tx, mem, user_name, &row, error))
		return FALSE;
	*ret_on = row != NULL && row->confirmed_at != INSTANT_NONE;
	return TRUE;
}

gboolean second_factor_hold(Tx *tx, const char *user_name, GError **error)
{
	gint64 held;

	return sql_second_factor_hold(tx, user_name, &held, error);
}

/* "ABCD efgh-…" → "abcdefgh…"; NULL where it is no recovery code. */
static const char *recovery_signs(Arena *mem, const char *code)
{
	char signs[RECOVERY_SIGNS + 1] = "";
	gsize n = 0;

	for (const char *c = code; *c != '\0'; c++) {
		if (g_ascii_isspace(*c) || *c == '-')
			continue;
		if (!g_ascii_isalnum(*c) || n == RECOVERY_SIGNS)
			return NULL;
		signs[n++] = g_ascii_tolower(*c);
	}
	return n == RECOVERY_SIGNS ? arena_strdup(mem, signs) : NULL;
}

gboolean second_factor_take(
	Tx *tx, Arena *mem, const char *user_name, const char *code, Instant now, gboolean *ret_good, GError **error)
{
	const char *signs = recovery_signs(mem, code);
	SecondFactorRow *row = NULL;
	gint64 step, changed = 0;

	if (!sql_second_factor_by_user(tx, mem, user_name, &row, error))
		return FALSE;
	*ret_good = FALSE;
	if (row == NULL || row->confirmed_at == INSTANT_NONE)
		return TRUE;
	step = second_factor_step(row->secret.data, row->secret.length, code, now, row->last_step);
	if (step >= 0 && !sql_second_factor_step(tx, user_name, step, &changed, error))
		return FALSE;
	if (step < 0 && signs != NULL &&
		!sql_recovery_code_use(tx, recovery_hash(mem, user_name, signs), user_name, now, &changed, error))
		return FALSE;
	*ret_good = changed == 1;
	return TRUE;
}
