/* sent.c: forms that were sent, and whether what they asked for was done. */
#include "acts/sent.h"

#include "store/statements.h"

#define REMEMBERED USEC_PER_DAY

/* What the act's answer names, as acts_answer_json wrote it. */
static const char *ref_of(Arena *mem, const char *answer)
{
	json_t *json = json_loads(answer, 0, NULL);
	const char *ref = arena_strdup(mem, json_string_value(json_object_get(json, "id")));

	json_decref(json);
	return ref;
}

gboolean sent_form(
	Acts *acts, Arena *mem, const SentForm *now, gboolean again, const SentForm **ret_earlier, GError **error)
{
	const SentFormRow row = {.user_name = now->user_name,
		.about = now->about,
		.fingerprint = now->fingerprint,
		.request_id = now->request_id,
		.sent_at = acts_now(acts)};
	g_autoptr(Tx) tx = NULL;
	SentFormDoneRow *done = NULL;
	SentForm *earlier;
	gint64 dropped;

	if (!store_write(acts_store(acts), &tx, error) ||
		(!again && !sql_sent_form_done(tx, mem, now->user_name, now->about, now->fingerprint, now->request_id,
				   &done, error)))
		return FALSE;
	if (done != NULL) {
		earlier = arena_memdup(mem, now, sizeof *now);
		earlier->sent_at = done->sent_at;
		earlier->ref = ref_of(mem, done->answer);
		*ret_earlier = earlier;
		return TRUE;
	}
	*ret_earlier = NULL;
	return sql_sent_form_drop_old(tx, now->user_name, row.sent_at - REMEMBERED, &dropped, error) &&
	       sql_sent_form_save(tx, &row, error) && store_commit(&tx, error);
}
