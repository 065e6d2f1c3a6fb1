/* work_list.c: 'My work' as a list, for shell and API. */
#include "acts/work_run.h"

static gboolean fetch_work(Reading *reading, const ListQuery *query, void **ret_rows, gsize *ret_n, GError **error)
{
	const WorkAsk ask = {.kind = query->filters[0],
		.urgency = query->filters[1],
		.whose = query->filters[2],
		.behind = query->key,
		.limit = (gsize)query->limit};
	WorkView *view = NULL;

	if (!work_view(reading, &ask, &view, error))
		return FALSE;
	*ret_rows = (void *)view->lines;
	*ret_n = view->n;
	return TRUE;
}

const ReadList read_work_list = {
	.name = "work",
	.title = "work",
	.summary =
		"What waits for you, the most pressing first; whose=function is all of the functions that you answer "
		"for. Nothing here is stored: it follows from how things stand.",
	.by = BY_ANYONE | BY(AUDITOR),
	.filters = (const ReadFilterField[]){{"kind", FILTER_CHOICE, NULL, work_kind_keys, "of this kind"},
		{"urgency", FILTER_CHOICE, NULL,
			(const char *const[]){"critically-overdue", "overdue", "due-soon", "not-due", "to-know", NULL},
			"how pressing it is"},
		{"whose", FILTER_CHOICE, NULL, (const char *const[]){"mine", "function", NULL},
			"mine, or all that you see"},
		{NULL, FILTER_TEXT, NULL, NULL, NULL}},
	.columns = work_columns,
	.source = &(const ReadSource){.row_size = sizeof(WorkLine),
		.key_offset = G_STRUCT_OFFSET(WorkLine, key),
		.fetch = fetch_work},
};
