/* auth_passwords.c: setting passwords: one's own by the old one, a forgotten one by a link, anybody's by whoever holds
 * the machine. How a password is kept is passwords.c's. */
#include "acts/auth.h"
#include "acts/auth_run.h"
#include "acts/passwords.h"
#include "acts/run.h"
#include "acts/second_factor_run.h"
#include "base/bytes.h"

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

/* Saves it, and ends the person's sessions but one (NULL: all). FALSE with not found where nobody has the name. */
static gboolean save(Tx *tx, const char *user_name, const char *stored, const char *but, GError **error)
{
	gint64 changed, ended;

	return sql_staff_set_password(tx, user_name, stored, &changed, error) &&
	       sql_sessions_end_of(tx, user_name, but, &ended, error) &&
	       sql_password_resets_drop(tx, user_name, &ended, error) &&
	       (changed > 0 || not_found(error, "There is no member of staff '%s', or they have left.", user_name));
}

gboolean auth_set_password(Acts *acts, Arena *mem, const char *user_name, const char *password, GError **error)
{
	const char *stored = NULL;
	g_autoptr(Tx) tx = NULL;

	return password_hash(password, user_name, "password", mem, &stored, error) &&
	       store_write(acts_store(acts), &tx, error) && save(tx, user_name, stored, NULL, error) &&
	       store_commit(&tx, error);
}

static gboolean wrong(Acts *acts, Tx **tx, const Session *session, const char *address, Instant now, const char *field,
	const char *sentence, GError **error)
{
	return auth_count_failure(acts, tx, session->user_name, address, now, error) &&
	       refuse_at(error, NULL, field, "%s", sentence);
}

gboolean auth_prove(Acts *acts, Arena *mem, const Session *session, const char *password, const char *field,
	const char *code, const char *address, GError **error)
{
	const Instant now = when_now();
	StaffRow *staff = NULL;
	g_autoptr(Tx) tx = NULL;
	gboolean on = FALSE, good = FALSE;

	if (!store_read(acts_store(acts), &tx, error) ||
		!auth_tries_left(tx, mem, session->user_name, address, now, error) ||
		!sql_staff_by_user(tx, mem, session->user_name, &staff, error))
		return FALSE;
	g_clear_pointer(&tx, tx_end);
	if (!password_verify(staff != NULL ? staff->password : NULL, password))
		return wrong(
			acts, &tx, session, address, now, field, "This is not your password. Type it again.", error);
	if (code == NULL)
		return TRUE;
	if (!store_write(acts_store(acts), &tx, error) || !second_factor_hold(tx, session->user_name, error) ||
		!auth_tries_left(tx, mem, session->user_name, address, now, error) ||
		!second_factor_is_on(tx, mem, session->user_name, &on, error) ||
		(on && !second_factor_take(tx, mem, session->user_name, code, now, &good, error)))
		return FALSE;
	if (on && !good)
		return wrong(acts, &tx, session, address, now, "code",
			"This code is not right, or it was used before. Type the next one that your app shows.", error);
	return store_commit(&tx, error);
}

gboolean auth_change_password(Acts *acts, Arena *mem, const Session *session, const char *old_password,
	const char *new_password, const char *address, GError **error)
{
	const char *stored = NULL;
	g_autoptr(Tx) tx = NULL;

	if (!auth_prove(acts, mem, session, old_password, "old_password", NULL, address, error))
		return FALSE;
	if (password_same(old_password, new_password))
		return invalid(error, "new_password", "This is your password already. Choose another one.");
	return password_hash(new_password, session->user_name, "new_password", mem, &stored, error) &&
	       store_write(acts_store(acts), &tx, error) &&
	       save(tx, session->user_name, stored, session->hash, error) && store_commit(&tx, error);
}

static gboolean find_reset(Tx *tx, Arena *mem, const char *secret, PasswordResetByHashRow **ret_row, GError **error)
{
	return sql_password_reset_by_hash(tx, mem, auth_secret_hash(mem, secret), when_now(), ret_row, error) &&
	       (*ret_row != NULL || not_found(error, "This link is no good any more: it was used, a newer one was "
						     "made, or it is older than a "
						     "day. Ask the administrator for a new one."));
}

gboolean auth_reset(
	Acts *acts, Arena *mem, const char *secret, const char **ret_user_name, const char **ret_name, GError **error)
{
	PasswordResetByHashRow *row = NULL;
	g_autoptr(Tx) tx = NULL;

	if (!store_read(acts_store(acts), &tx, error) || !find_reset(tx, mem, secret, &row, error))
		return FALSE;
	*ret_user_name = row->user_name;
	*ret_name = row->name;
	return TRUE;
}

gboolean auth_reset_password(Acts *acts, Arena *mem, const char *secret, const char *new_password, GError **error)
{
	const char *user_name, *name, *stored = NULL;
	PasswordResetByHashRow *row = NULL;
	g_autoptr(Tx) tx = NULL;
	gint64 used;

	/* Hashed before the transaction begins, since it is slow; whether the link is good still is asked within. */
	return auth_reset(acts, mem, secret, &user_name, &name, error) &&
	       password_hash(new_password, user_name, "new_password", mem, &stored, error) &&
	       store_write(acts_store(acts), &tx, error) && find_reset(tx, mem, secret, &row, error) &&
	       sql_password_reset_use(tx, auth_secret_hash(mem, secret), when_now(), &used, error) &&
	       save(tx, row->user_name, stored, NULL, error) && store_commit(&tx, error);
}
