/* work_run.h: what read_work.c and work_kinds.c share. */
#pragma once

#include "acts/read_run.h"
#include "acts/read_work.h"

typedef struct {
	Reading *reading;
	const Actor *actor;
	const Policy *policy;
	GHashTable *names; /* user name → name; function slug → title */
	ArenaList lines;   /* WorkLine */
	gboolean cut;
} WorkFind;

/* All lines that the actor sees, unsorted. */
gboolean work_find(WorkFind *find, GError **error) MUST_CHECK;
/* What read_work gives, without the viewing. */
gboolean work_view(Reading *reading, const WorkAsk *ask, WorkView **ret_work, GError **error) MUST_CHECK;

extern const ReadColumn work_columns[]; /* WorkLine */
