/* read_work.c: 'My work' as a whole: who looks, how lines are sorted, filtered, counted and paged. Which work there is
 * and what it says stands in work_kinds.c. */
#include "acts/work_run.h"

#include <string.h>

static int by_key(const void *a, const void *b)
{
	return strcmp((*(WorkLine *const *)a)->key, (*(WorkLine *const *)b)->key);
}

/* The most pressing first, then by day, then the oldest; of what is only to be known the newest; last the reviews that
 * are far off. */
static const char *key_of(Arena *mem, const WorkLine *line)
{
	const gint64 far = G_GINT64_CONSTANT(1000000000000000000);
	const gint64 since = line->since == INSTANT_NONE ? 0 : line->since;

	return arena_printf(mem, "%d %s %019" G_GINT64_FORMAT " %s %s", line->later ? URGENCIES : (int)line->urgency,
		line->due_on != DAY_NONE ? day_format(mem, line->due_on) : "9999-12-31",
		line->urgency == URGENCY_TO_KNOW ? far - since : since, line->kind, line->ref);
}

static gboolean load_names(WorkFind *find, GError **error)
{
	Reading *reading = find->reading;
	FunctionRow *functions;
	StaffRow *staff;
	gsize n;

	find->names =
		arena_own(reading->mem, g_hash_table_new(g_str_hash, g_str_equal), (GDestroyNotify)g_hash_table_unref);
	if (!sql_staff_list(reading->tx, reading->mem, &staff, &n, error))
		return FALSE;
	for (gsize i = 0; i < n; i++)
		g_hash_table_insert(find->names, (char *)staff[i].user_name, (char *)staff[i].name);
	if (!sql_function_list(reading->tx, reading->mem, &functions, &n, error))
		return FALSE;
	for (gsize i = 0; i < n; i++)
		g_hash_table_insert(
			find->names, arena_printf(reading->mem, "/%s", functions[i].slug), (char *)functions[i].title);
	return TRUE;
}

static gboolean only_oversees(const Actor *actor)
{
	for (gsize i = 0; i < actor->n_roles; i++)
		if (actor->roles[i].role != ROLE_AUDITOR && actor->roles[i].role != ROLE_RECORDS_OFFICER &&
			actor->roles[i].role != ROLE_ADMINISTRATOR)
			return FALSE;
	return actor->n_substitutes == 0;
}

static gboolean check_ask(const Reading *reading, const WorkAsk *ask, WorkView *view, GError **error)
{
	Urgency urgency;

	view->whose = ask->whose;
	if (view->whose == NULL)
		view->whose = only_oversees(reading->run.actor) ? "function" : "mine";
	if (!g_str_equal(view->whose, "mine") && !g_str_equal(view->whose, "function"))
		return invalid(error, "whose", "Give mine or function.");
	if (ask->kind != NULL && !g_strv_contains(work_kind_keys, ask->kind))
		return invalid(error, "kind", "There is no work of the kind '%s'.", ask->kind);
	if (ask->urgency != NULL && !urgency_parse(ask->urgency, &urgency))
		return invalid(error, "urgency", "'%s' does not say how pressing work is.", ask->urgency);
	return TRUE;
}

static void count_kind(WorkView *view, WorkCount *kinds, const WorkLine *line)
{
	gsize i = 0;

	while (i < view->n_kinds && !g_str_equal(kinds[i].kind, line->kind))
		i++;
	if (i == view->n_kinds)
		kinds[view->n_kinds++] = (WorkCount){.kind = line->kind, .title = line->title};
	kinds[i].n++;
}

/* Counts, and keeps what fits. */
static void sift(const WorkAsk *ask, const WorkFind *find, WorkView *view, ArenaList *kept)
{
	Arena *mem = find->reading->mem;
	WorkCount *kinds = arena_array(mem, WorkCount, g_strv_length((char **)work_kind_keys) + 1);
	const gboolean only_mine = g_str_equal(view->whose, "mine");

	view->kinds = kinds;
	for (gsize i = 0; i < find->lines.n; i++) {
		WorkLine *line = find->lines.items[i];

		view->n_all++;
		view->n_mine += line->mine ? 1 : 0;
		if (only_mine && !line->mine)
			continue;
		count_kind(view, kinds, line);
		if (ask->kind != NULL && !g_str_equal(ask->kind, line->kind))
			continue;
		view->counts[line->urgency]++;
		if (ask->urgency != NULL && !g_str_equal(ask->urgency, line->urgency_name))
			continue;
		view->n_later += line->later ? 1 : 0;
		line->key = key_of(mem, line);
		arena_list_add(mem, kept, line);
	}
}

static void page(const WorkAsk *ask, Arena *mem, const ArenaList *kept, WorkView *view)
{
	WorkLine *lines = arena_array(mem, WorkLine, kept->n + 1);

	view->lines = lines;
	view->total = kept->n;
	for (gsize i = 0; i < kept->n; i++) {
		const WorkLine *line = kept->items[i];

		if (ask->behind != NULL && strcmp(line->key, ask->behind) <= 0)
			continue;
		if (ask->limit != 0 && view->n == ask->limit) {
			view->next = lines[view->n - 1].key;
			return;
		}
		lines[view->n++] = *line;
	}
}

gboolean work_view(Reading *reading, const WorkAsk *ask, WorkView **ret_work, GError **error)
{
	WorkView *view = arena_new0(reading->mem, WorkView);
	WorkFind find = {.reading = reading, .actor = reading->run.actor, .policy = reading->run.policy};
	ArenaList kept = {0};

	if (find.policy == NULL)
		return unavailable(error, "No policy is in force yet, so there is no work.");
	if (!check_ask(reading, ask, view, error) || !load_names(&find, error) || !work_find(&find, error))
		return FALSE;
	sift(ask, &find, view, &kept);
	if (kept.n > 0)
		qsort(kept.items, kept.n, sizeof kept.items[0], by_key);
	page(ask, reading->mem, &kept, view);
	view->cut = find.cut;
	*ret_work = view;
	return TRUE;
}

gboolean read_work(
	Acts *acts, Arena *mem, const ActCaller *caller, const WorkAsk *ask, WorkView **ret_work, GError **error)
{
	g_auto(Reading) reading = {0};
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	const char **subjects;
	WorkView *view = NULL;
	gsize n = 0;

	if (!reading_begin(&reading, acts, mem, caller, TRUE, error) || !work_view(&reading, ask, &view, error))
		return FALSE;
	subjects = arena_array(mem, const char *, view->n + 1);
	for (gsize i = 0; i < view->n; i++)
		if (view->lines[i].customer != NULL && g_hash_table_add(seen, (char *)view->lines[i].customer))
			subjects[n++] = view->lines[i].customer;
	if (!reading_viewed_all(&reading, caller, subjects, n, "my work", error))
		return FALSE;
	*ret_work = view;
	return TRUE;
}
