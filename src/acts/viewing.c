/* viewing.c: the group commit of viewings. What is a viewing is the reading functions' (reading.c). */
#include "acts/viewing.h"

#include "acts/acts.h"
#include "base/bytes.h"
#include "store/record.h"
#include "store/statements.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { GROUP_MAX = 2000 /* viewings; whoever comes then begins the next group */ };

/* Callers whose viewings are committed together. Their lists are borrowed while they wait. */
typedef struct {
	Arena *mem;
	ArenaList viewings; /* of const Viewing */
	guint members;      /* who still has to read the outcome */
	gboolean settled;
	GError *error; /* NULL: committed */
} Group;

struct Viewings {
	Store *store;
	pthread_mutex_t lock; /* guards all that follows, and every group but the one being committed */
	pthread_cond_t moved; /* a group was settled */
	Group *open;          /* takes newcomers; NULL: the next one begins it */
	gboolean committing;
};

Viewings *viewings_new(Store *store)
{
	Viewings *viewings = g_new0(Viewings, 1);

	viewings->store = store;
	pthread_mutex_init(&viewings->lock, NULL);
	pthread_cond_init(&viewings->moved, NULL);
	return viewings;
}

void viewings_free(Viewings *viewings)
{
	if (viewings == NULL)
		return;
	g_assert(viewings->open == NULL && !viewings->committing);
	pthread_cond_destroy(&viewings->moved);
	pthread_mutex_destroy(&viewings->lock);
	g_free(viewings);
}

/* Adds the rows; gives what the record keeps of them. */
static gboolean add_rows(Tx *tx, Group *group, Instant *ret_latest, json_t *content, GError **error)
{
	json_t *list = json_array();

	json_object_set_new(content, "viewings", list);
	for (gsize i = 0; i < group->viewings.n; i++) {
		const Viewing *viewing = group->viewings.items[i];
		gint64 number;

		if (!store_add_viewing(tx, group->mem, viewing->at, viewing->actor, viewing->subject, viewing->what,
			    &number, error))
			return FALSE;
		*ret_latest = MAX(*ret_latest, viewing->at);
		json_array_append_new(list, json_pack("{s:I, s:s, s:s, s:s, s:s}", "number", (json_int_t)number, "at",
						    instant_format(group->mem, viewing->at), "actor", viewing->actor,
						    "subject", viewing->subject, "what", viewing->what));
	}
	return TRUE;
}

static gboolean commit_group(Store *store, Group *group, GError **error)
{
	RecordEntry entry = {.actor = "job:viewings", .via = "job", .act = "view"};
	g_autoptr(Tx) tx = NULL;
	HeadRow *head = NULL;
	json_t *content;
	const char *hash;
	gint64 number;
	gboolean added;

	if (!store_begin(store, &tx, error) || !sql_record_head(tx, group->mem, &head, error))
		return FALSE;
	entry.recorded_at = head->recorded_at; /* order is by number: a clock that was set back stops nobody */
	content = json_object();
	added = add_rows(tx, group, &entry.recorded_at, content, error);
	entry.content = arena_own(group->mem, json_dumps(content, JSON_COMPACT), free);
	entry.content_length = strlen(entry.content);
	json_decref(content);
	bytes_random(entry.salt, sizeof entry.salt);
	return added && record_append(tx, group->mem, &entry, &number, &hash, error) && store_commit(&tx, error);
}

static Group *group_new(void)
{
	Group *group = g_new0(Group, 1);

	group->mem = arena_new(ARENA_REQUEST_MAX);
	return group;
}

/* The outcome for one member; the last one frees the group. Under the lock. */
static gboolean group_leave(Group *group, GError **error)
{
	const gboolean committed = group->error == NULL;

	if (!committed && error != NULL)
		*error = g_error_copy(group->error);
	if (--group->members == 0) {
		g_clear_error(&group->error);
		arena_free(group->mem);
		g_free(group);
	}
	return committed;
}

gboolean viewings_add(Viewings *viewings, const Viewing *list, gsize n, GError **error)
{
	Group *group;
	gboolean first, committed;

	if (n == 0)
		return TRUE;
	pthread_mutex_lock(&viewings->lock);
	while (viewings->open != NULL && viewings->open->viewings.n >= GROUP_MAX)
		pthread_cond_wait(&viewings->moved, &viewings->lock);
	first = viewings->open == NULL;
	if (first)
		viewings->open = group_new();
	group = viewings->open;
	group->members++;
	for (gsize i = 0; i < n; i++)
		arena_list_add(group->mem, &group->viewings, (void *)&list[i]);
	while (first ? viewings->committing : !group->settled)
		pthread_cond_wait(&viewings->moved, &viewings->lock);
	if (first) {
		viewings->committing = TRUE;
		viewings->open = NULL; /* whoever comes now waits for the next commit */
		pthread_mutex_unlock(&viewings->lock);
		(void)!commit_group(viewings->store, group, &group->error);
		pthread_mutex_lock(&viewings->lock);
		viewings->committing = FALSE;
		group->settled = TRUE;
		pthread_cond_broadcast(&viewings->moved);
	}
	committed = group_leave(group, error);
	pthread_mutex_unlock(&viewings->lock);
	return committed;
}
