/* auth.c: passwords, sessions, tokens. */
#include "acts/auth.h"

#include "acts/passwords.h"
#include "acts/run.h"
#include "base/bytes.h"

#include <string.h>

enum { SECRET_BYTES = 32 };

static char *new_secret(Arena *mem)
{
	guint8 bytes[SECRET_BYTES];
	char *text;

	bytes_random(bytes, sizeof bytes);
	text = arena_own(mem, g_base64_encode(bytes, sizeof bytes), g_free);
	g_strdelimit(text, "+", '-');
	g_strdelimit(text, "/", '_');
	text[strcspn(text, "=")] = '\0';
	return text;
}

static char *hash_of(Arena *mem, const char *secret)
{
	return arena_own(mem, g_compute_checksum_for_string(G_CHECKSUM_SHA256, secret, -1), g_free);
}

static gboolean wrong_sign_in(GError **error)
{
	return refuse_at(error, NULL, "password",
		"The user name or the password is not right. Try again, or ask the administrator for a new password.");
}

static gboolean note_failure(Acts *acts, const char *user_name, const char *address, Instant now, GError **error)
{
	g_autoptr(Tx) tx = NULL;
	gint64 changed;

	return store_write(acts_store(acts), &tx, error) &&
	       sql_sign_in_failures_drop(tx, now - SIGN_IN_WINDOW_MINUTES * USEC_PER_MINUTE, &changed, error) &&
	       sql_sign_in_failure_add(tx, user_name, address, now, error) && store_commit(&tx, error) &&
	       wrong_sign_in(error);
}

gboolean auth_sign_in(Acts *acts, Arena *mem, const char *user_name, const char *password, const char *address,
	const char **ret_secret, Session **ret_session, GError **error)
{
	const Instant now = when_now();
	SignInFailuresRow *failures = NULL;
	StaffRow *staff = NULL;
	Session *session = arena_new0(mem, Session);
	g_autoptr(Tx) tx = NULL;
	SessionRow row;
	gint64 dropped;

	if (!store_read(acts_store(acts), &tx, error) ||
		!sql_sign_in_failures(tx, mem, user_name, address, now - SIGN_IN_WINDOW_MINUTES * USEC_PER_MINUTE,
			&failures, error) ||
		!sql_staff_by_user(tx, mem, user_name, &staff, error))
		return FALSE;
	g_clear_pointer(&tx, tx_end);
	if (failures->tries >= SIGN_IN_TRIES)
		return refuse(error, NULL, "There were too many tries from here. Wait %d minutes, then try again.",
			SIGN_IN_WINDOW_MINUTES);
	if (staff != NULL && staff->ended_at != INSTANT_NONE)
		staff = NULL;
	if (!password_verify(staff != NULL ? staff->password : NULL, password))
		return note_failure(acts, user_name, address, now, error);
	*ret_secret = new_secret(mem);
	session->user_name = staff->user_name;
	session->name = staff->name;
	session->form_key = new_secret(mem);
	row = (SessionRow){.hash = hash_of(mem, *ret_secret),
		.user_name = staff->user_name,
		.form_key = session->form_key,
		.created_at = now,
		.seen_at = now,
		.ends_at = now + SESSION_HOURS * 60 * USEC_PER_MINUTE};
	*ret_session = session;
	return store_write(acts_store(acts), &tx, error) &&
	       sql_sessions_drop(tx, now, now - SESSION_IDLE_MINUTES * USEC_PER_MINUTE, &dropped, error) &&
	       sql_session_add(tx, &row, error) && store_commit(&tx, error);
}

gboolean auth_session(Acts *acts, Arena *mem, const char *secret, Session **ret_session, GError **error)
{
	const Instant now = when_now();
	const char *hash = hash_of(mem, secret);
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
	**ret_session = (Session){.user_name = row->user_name, .name = row->name, .form_key = row->form_key};
	return TRUE;
}

gboolean auth_sign_out(Acts *acts, Arena *mem, const char *secret, GError **error)
{
	g_autoptr(Tx) tx = NULL;
	gint64 changed;

	return store_write(acts_store(acts), &tx, error) &&
	       sql_session_end(tx, hash_of(mem, secret), &changed, error) && store_commit(&tx, error);
}

gboolean auth_token_new(
	Acts *acts, Arena *mem, const char *user_name, const char *title, const char **ret_secret, GError **error)
{
	TokenRow row = {.user_name = user_name, .title = title, .created_at = when_now(), .ended_at = INSTANT_NONE};
	StaffRow *staff = NULL;
	g_autoptr(Tx) tx = NULL;

	*ret_secret = new_secret(mem);
	row.hash = hash_of(mem, *ret_secret);
	if (!store_write(acts_store(acts), &tx, error) ||
		(user_name != NULL && !sql_staff_by_user(tx, mem, user_name, &staff, error)))
		return FALSE;
	if (user_name != NULL && (staff == NULL || staff->ended_at != INSTANT_NONE))
		return not_found(error, "There is no member of staff '%s', or they have left.", user_name);
	return sql_token_add(tx, &row, error) && store_commit(&tx, error);
}

gboolean auth_token_end(Acts *acts, Arena *mem, const char *user_name, const char *title, GError **error)
{
	g_autoptr(Tx) tx = NULL;
	gint64 changed;

	(void)mem;
	if (!store_write(acts_store(acts), &tx, error) ||
		!sql_token_end(tx, title, user_name, when_now(), &changed, error) || !store_commit(&tx, error))
		return FALSE;
	return changed > 0 || not_found(error, "There is no token '%s' %s%s, or it was ended.", title,
				      user_name != NULL ? "of " : "of a gate", user_name != NULL ? user_name : "");
}

gboolean auth_token(Acts *acts, Arena *mem, const char *secret, TokenHolder **ret_holder, GError **error)
{
	TokenRow *row = NULL;
	StaffRow *staff = NULL;
	g_autoptr(Tx) tx = NULL;

	if (!store_read(acts_store(acts), &tx, error) || !sql_token_by_hash(tx, mem, hash_of(mem, secret), &row, error))
		return FALSE;
	if (row != NULL && row->user_name != NULL && !sql_staff_by_user(tx, mem, row->user_name, &staff, error))
		return FALSE;
	if (row == NULL || (row->user_name != NULL && (staff == NULL || staff->ended_at != INSTANT_NONE)))
		return refuse(
			error, NULL, "This token is not known, or it was ended. Ask the administrator for a new one.");
	*ret_holder = arena_new0(mem, TokenHolder);
	**ret_holder = (TokenHolder){.user_name = row->user_name, .title = row->title};
	return TRUE;
}

char *auth_random_password(Arena *mem)
{
	/* 32 signs that are not mistaken for one another: 100 bits in twenty. */
	static const char SIGNS[] = "abcdefghijkmnpqrstuvwxyz23456789";
	guint8 bytes[20];
	char *password = arena_alloc(mem, 24);
	gsize n = 0;

	bytes_random(bytes, sizeof bytes);
	for (gsize i = 0; i < sizeof bytes; i++) {
		if (i > 0 && i % 5 == 0)
			password[n++] = '-';
		password[n++] = SIGNS[bytes[i] % 32];
	}
	return password;
}

gboolean auth_set_password(Acts *acts, Arena *mem, const char *user_name, const char *password, GError **error)
{
	const char *stored;
	g_autoptr(Tx) tx = NULL;
	gint64 changed, ended;

	if (!password_hash(password, "password", mem, &stored, error) || !store_write(acts_store(acts), &tx, error) ||
		!sql_staff_set_password(tx, user_name, stored, &changed, error) ||
		!sql_sessions_end_of(tx, user_name, &ended, error) || !store_commit(&tx, error))
		return FALSE;
	return changed > 0 || not_found(error, "There is no member of staff '%s', or they have left.", user_name);
}
