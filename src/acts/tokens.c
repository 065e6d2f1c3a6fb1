/* tokens.c: what programs and the shell bring in the place of a password. */
#include "acts/auth.h"
#include "acts/run.h"

gboolean auth_token_new(
	Acts *acts, Arena *mem, const char *user_name, const char *title, const char **ret_secret, GError **error)
{
	TokenRow row = {.user_name = user_name, .title = title, .created_at = when_now(), .ended_at = INSTANT_NONE};
	StaffRow *staff = NULL;
	g_autoptr(Tx) tx = NULL;

	*ret_secret = auth_new_secret(mem);
	row.hash = auth_secret_hash(mem, *ret_secret);
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

	if (!store_read(acts_store(acts), &tx, error) ||
		!sql_token_by_hash(tx, mem, auth_secret_hash(mem, secret), &row, error))
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
