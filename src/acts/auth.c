/* auth.c: signing in, in one step or two, and the sessions that come of it. Setting passwords is auth_passwords.c's,
 * codes are second_factor.c's, tokens tokens.c's. */
#include "acts/auth.h"

#include "acts/auth_run.h"
#include "acts/passwords.h"
#include "acts/run.h"
#include "acts/second_factor_run.h"
#include "base/bytes.h"

#include <string.h>

enum { SECRET_BYTES = 32, NONCE_BYTES = 16, MARK_BYTES = 16, KEY_BYTES = 32, BROWSER_MAX = 300 };

static char *base64_url(Arena *mem, const guint8 *bytes, gsize n)
{
	char *text = arena_own(mem, g_base64_encode(bytes, n), g_free);

	g_strdelimit(text, "+", '-');
	g_strdelimit(text, "/", '_');
	text[strcspn(text, "=")] = '\0';
	return text;
}

const char *auth_new_secret(Arena *mem)
{
	guint8 bytes[SECRET_BYTES];

	bytes_random(bytes, sizeof bytes);
	return base64_url(mem, bytes, sizeof bytes);
}

const char *auth_secret_hash(Arena *mem, const char *secret)
{
	return arena_own(mem, g_compute_checksum_for_string(G_CHECKSUM_SHA256, secret, -1), g_free);
}

/* The key by which this database's forms are marked; made when it is first needed. */
static gboolean form_mark_key(
	Tx *tx, Arena *mem, gboolean make, guint8 key[KEY_BYTES], gboolean *ret_is, GError **error)
{
	MetaGetRow *row = NULL;
	gint64 changed;

	if (make) {
		bytes_random(key, KEY_BYTES);
		if (!sql_meta_keep(tx, "form-mark-key", bytes_to_hex(mem, key, KEY_BYTES), &changed, error))
			return FALSE;
	}
	if (!sql_meta_get(tx, mem, "form-mark-key", &row, error))
		return FALSE;
	*ret_is = row != NULL && bytes_from_hex(row->value, key, KEY_BYTES);
	return TRUE;
}

static void form_mark(const guint8 key[KEY_BYTES], const guint8 *nonce, const char *user_name, guint8 mark[MARK_BYTES])
{
	g_autoptr(GHmac) hmac = g_hmac_new(G_CHECKSUM_SHA256, key, KEY_BYTES);
	guint8 digest[32];
	gsize length = sizeof digest;

	g_hmac_update(hmac, nonce, NONCE_BYTES);
	g_hmac_update(hmac, (const guchar *)user_name, (gssize)strlen(user_name));
	g_hmac_get_digest(hmac, digest, &length);
	memcpy(mark, digest, MARK_BYTES);
}

/* A session's form key: random, and marked with whose it is, so that a form that is sent in a later session is given
 * back to the person who typed it and to nobody else. */
static gboolean new_form_key(Tx *tx, Arena *mem, const char *user_name, const char **ret_key, GError **error)
{
	guint8 bytes[NONCE_BYTES + MARK_BYTES], key[KEY_BYTES];
	gboolean is;

	if (!form_mark_key(tx, mem, TRUE, key, &is, error))
		return FALSE;
	if (!is)
		return bug(error, "The key 'form-mark-key' in the database is not one.");
	bytes_random(bytes, NONCE_BYTES);
	form_mark(key, bytes, user_name, bytes + NONCE_BYTES);
	*ret_key = base64_url(mem, bytes, sizeof bytes);
	return TRUE;
}

gboolean auth_form_is_of(
	Acts *acts, Arena *mem, const char *form_key, const char *user_name, gboolean *ret_is, GError **error)
{
	g_autofree char *base64 = g_strconcat(form_key != NULL ? form_key : "", "=", NULL);
	g_autofree guint8 *bytes = NULL;
	guint8 key[KEY_BYTES], mark[MARK_BYTES];
	g_autoptr(Tx) tx = NULL;
	gsize length = 0;

	*ret_is = FALSE;
	g_strdelimit(base64, "-", '+');
	g_strdelimit(base64, "_", '/');
	bytes = g_base64_decode(base64, &length);
	if (length != NONCE_BYTES + MARK_BYTES)
		return TRUE;
	if (!store_read(acts_store(acts), &tx, error) || !form_mark_key(tx, mem, FALSE, key, ret_is, error))
		return FALSE;
	form_mark(key, bytes, user_name, mark);
	*ret_is = *ret_is && bytes_equal(mark, bytes + NONCE_BYTES, MARK_BYTES);
	return TRUE;
}

gboolean auth_tries_left(Tx *tx, Arena *mem, const char *user_name, const char *address, Instant now, GError **error)
{
	SignInFailuresRow *failures = NULL;

	if (!sql_sign_in_failures(
		    tx, mem, user_name, address, now - SIGN_IN_WINDOW_MINUTES * USEC_PER_MINUTE, &failures, error))
		return FALSE;
	return failures->tries < SIGN_IN_TRIES ||
	       refuse(error, NULL, "There were too many tries from here. Wait %d minutes, then try again.",
		       SIGN_IN_WINDOW_MINUTES);
}

gboolean auth_count_failure(
	Acts *acts, Tx **tx, const char *user_name, const char *address, Instant now, GError **error)
{
	gint64 changed;

	return (*tx != NULL || store_write(acts_store(acts), tx, error)) &&
	       sql_sign_in_failures_drop(*tx, now - SIGN_IN_WINDOW_MINUTES * USEC_PER_MINUTE, &changed, error) &&
	       sql_sign_in_failure_add(*tx, user_name, address, now, error) && store_commit(tx, error);
}

/* Begins a session in the transaction; the caller commits. */
static gboolean begin(Tx *tx, Arena *mem, const char *user_name, const char *name, gboolean half,
	const SignInFrom *from, const char **ret_secret, Session **ret_session, GError **error)
{
	const Instant now = when_now();
	const char *secret = auth_new_secret(mem), *browser = from->browser != NULL ? from->browser : "";
	Session *session = arena_new0(mem, Session);
	SessionRow row = {.hash = auth_secret_hash(mem, secret),
		.user_name = user_name,
		.created_at = now,
		.seen_at = now,
		.ends_at = now + (half ? SESSION_HALF_MINUTES : SESSION_HOURS * 60) * USEC_PER_MINUTE,
		.half = half,
		.address = from->address};
	gint64 dropped;

	if (g_utf8_strlen(browser, -1) > BROWSER_MAX)
		browser = arena_own(mem, g_utf8_substring(browser, 0, BROWSER_MAX), g_free);
	row.browser = browser;
	if (!new_form_key(tx, mem, user_name, &row.form_key, error) ||
		!sql_sessions_drop(tx, now, now - SESSION_IDLE_MINUTES * USEC_PER_MINUTE, &dropped, error) ||
		!sql_session_add(tx, &row, error))
		return FALSE;
	*session = (Session){
		.user_name = user_name, .name = name, .form_key = row.form_key, .hash = row.hash, .half = half};
	*ret_secret = secret;
	*ret_session = session;
	return TRUE;
}

static gboolean wrong_sign_in(Acts *acts, const char *user_name, const char *address, Instant now, GError **error)
{
	g_autoptr(Tx) tx = NULL;

	return auth_count_failure(acts, &tx, user_name, address, now, error) &&
	       refuse_at(error, NULL, "password",
		       "The user name or the password is not right. Try again, or ask the administrator for a new "
		       "password.");
}

gboolean auth_sign_in(Acts *acts, Arena *mem, const char *typed, const char *password, const SignInFrom *from,
	const char **ret_secret, Session **ret_session, GError **error)
{
	const char *user_name = arena_own(mem, g_ascii_strdown(g_strstrip(arena_strdup(mem, typed)), -1), g_free);
	const Instant now = when_now();
	StaffRow *staff = NULL;
	g_autoptr(Tx) tx = NULL;
	gboolean half;

	if (!store_read(acts_store(acts), &tx, error) ||
		!auth_tries_left(tx, mem, user_name, from->address, now, error) ||
		!sql_staff_by_user(tx, mem, user_name, &staff, error))
		return FALSE;
	g_clear_pointer(&tx, tx_end);
	if (staff != NULL && staff->ended_at != INSTANT_NONE)
		staff = NULL;
	if (!password_verify(staff != NULL ? staff->password : NULL, password))
		return wrong_sign_in(acts, user_name, from->address, now, error);
	return store_write(acts_store(acts), &tx, error) &&
	       second_factor_is_on(tx, mem, staff->user_name, &half, error) &&
	       begin(tx, mem, staff->user_name, staff->name, half, from, ret_secret, ret_session, error) &&
	       store_commit(&tx, error);
}

static gboolean half_has_ended(GError **error)
{
	return refuse_at(error, NULL, "user_name", "The code was not typed in time. Begin with your password again.");
}

gboolean auth_second_step(Acts *acts, Arena *mem, const Session *half, const char *code, const SignInFrom *from,
	const char **ret_secret, Session **ret_session, GError **error)
{
	const Instant now = when_now();
	g_autoptr(Tx) tx = NULL;
	gint64 ended;
	gboolean good;

	if (!store_write(acts_store(acts), &tx, error) || !second_factor_hold(tx, half->user_name, error) ||
		!auth_tries_left(tx, mem, half->user_name, from->address, now, error) ||
		!second_factor_take(tx, mem, half->user_name, code, now, &good, error))
		return FALSE;
	if (!good)
		return auth_count_failure(acts, &tx, half->user_name, from->address, now, error) &&
		       refuse_at(error, NULL, "code",
			       "This code is not right, or it was used before. Wait for the next one that your app "
			       "shows, "
			       "or type a recovery code.");
	if (!sql_session_end_own(tx, half->hash, half->user_name, &ended, error))
		return FALSE;
	if (ended == 0)
		return half_has_ended(error);
	return begin(tx, mem, half->user_name, half->name, FALSE, from, ret_secret, ret_session, error) &&
	       store_commit(&tx, error);
}

gboolean auth_session(Acts *acts, Arena *mem, const char *secret, Session **ret_session, GError **error)
{
	const Instant now = when_now();
	const char *hash = auth_secret_hash(mem, secret);
	SessionByHashRow *row = NULL;
	g_autoptr(Tx) tx = NULL;
	gint64 changed;

	*ret_session = NULL;
	if (!store_read(acts_store(acts), &tx, error) ||
		!sql_session_by_hash(tx, mem, hash, now, now - SESSION_IDLE_MINUTES * USEC_PER_MINUTE, &row, error))
		return FALSE;
	g_clear_pointer(&tx, tx_end);
	if (row == NULL)
		return TRUE;
	if (now - row->seen_at > USEC_PER_MINUTE &&
		(!store_write(acts_store(acts), &tx, error) || !sql_session_seen(tx, hash, now, &changed, error) ||
			!store_commit(&tx, error)))
		return FALSE;
	*ret_session = arena_new0(mem, Session);
	**ret_session = (Session){.user_name = row->user_name,
		.name = row->name,
		.form_key = row->form_key,
		.hash = hash,
		.half = row->half};
	return TRUE;
}

gboolean auth_sign_out(Acts *acts, Arena *mem, const char *secret, GError **error)
{
	g_autoptr(Tx) tx = NULL;
	gint64 changed;

	return store_write(acts_store(acts), &tx, error) &&
	       sql_session_end(tx, auth_secret_hash(mem, secret), &changed, error) && store_commit(&tx, error);
}

gboolean auth_sessions(
	Acts *acts, Arena *mem, const char *user_name, SessionView **ret_sessions, gsize *ret_n, GError **error)
{
	const Instant now = when_now();
	g_autoptr(Tx) tx = NULL;
	SessionView *views;
	SessionRow *rows;
	gsize n;

	if (!store_read(acts_store(acts), &tx, error) ||
		!sql_sessions_of(
			tx, mem, user_name, now, now - SESSION_IDLE_MINUTES * USEC_PER_MINUTE, &rows, &n, error))
		return FALSE;
	views = arena_array(mem, SessionView, n + 1);
	for (gsize i = 0; i < n; i++)
		views[i] = (SessionView){.hash = rows[i].hash,
			.since = rows[i].created_at,
			.seen = rows[i].seen_at,
			.address = rows[i].address,
			.browser = rows[i].browser};
	*ret_sessions = views;
	*ret_n = n;
	return TRUE;
}

gboolean auth_end_session(Acts *acts, Arena *mem, const char *user_name, const char *hash, GError **error)
{
	g_autoptr(Tx) tx = NULL;
	gint64 ended;

	(void)mem;
	return store_write(acts_store(acts), &tx, error) && sql_session_end_own(tx, hash, user_name, &ended, error) &&
	       store_commit(&tx, error) &&
	       (ended > 0 || not_found(error, "This session has ended already, or it is not yours."));
}

gboolean auth_end_other_sessions(Acts *acts, Arena *mem, const Session *session, GError **error)
{
	g_autoptr(Tx) tx = NULL;
	gint64 ended;

	(void)mem;
	return store_write(acts_store(acts), &tx, error) &&
	       sql_sessions_end_of(tx, session->user_name, session->hash, &ended, error) && store_commit(&tx, error);
}
