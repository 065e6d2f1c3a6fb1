/* draft.c: what somebody began to write and keeps for later; no act. */
#include "acts/draft.h"

#include "store/statements.h"

#include <string.h>

gboolean draft_save(
	Acts *acts, const char *user_name, const char *act, const char *about, const char *form, GError **error)
{
	const DraftRow row = {
		.user_name = user_name, .act = act, .about = about, .form = form, .saved_at = acts_now(acts)};
	g_autoptr(Tx) tx = NULL;

	if (strlen(form) > DRAFT_MAX)
		return invalid(error, NULL, "This is too long to be kept as a draft. Shorten it first.");
	return store_write(acts_store(acts), &tx, error) && sql_draft_save(tx, &row, error) && store_commit(&tx, error);
}

gboolean draft_load(Acts *acts, Arena *mem, const char *user_name, const char *act, const char *about,
	const Draft **ret_draft, GError **error)
{
	g_autoptr(Tx) tx = NULL;
	DraftRow *row = NULL;
	Draft *draft;

	if (!store_read(acts_store(acts), &tx, error) || !sql_draft_load(tx, mem, user_name, act, about, &row, error))
		return FALSE;
	*ret_draft = NULL;
	if (row == NULL)
		return TRUE;
	draft = arena_new0(mem, Draft);
	*draft = (Draft){.act = row->act, .about = row->about, .form = row->form, .saved_at = row->saved_at};
	*ret_draft = draft;
	return TRUE;
}

gboolean draft_list(
	Acts *acts, Arena *mem, const char *user_name, const Draft **ret_drafts, gsize *ret_n, GError **error)
{
	g_autoptr(Tx) tx = NULL;
	DraftListRow *rows;
	Draft *drafts;
	gsize n;

	if (!store_read(acts_store(acts), &tx, error) || !sql_draft_list(tx, mem, user_name, &rows, &n, error))
		return FALSE;
	drafts = arena_array(mem, Draft, n + 1);
	for (gsize i = 0; i < n; i++)
		drafts[i] = (Draft){.act = rows[i].act, .about = rows[i].about, .saved_at = rows[i].saved_at};
	*ret_drafts = drafts;
	*ret_n = n;
	return TRUE;
}

gboolean draft_drop(Acts *acts, const char *user_name, const char *act, const char *about, GError **error)
{
	g_autoptr(Tx) tx = NULL;
	gint64 changed;

	return store_write(acts_store(acts), &tx, error) &&
	       sql_draft_drop(tx, user_name, act, about, &changed, error) && store_commit(&tx, error);
}
