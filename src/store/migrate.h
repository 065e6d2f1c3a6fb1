/* migrate.h: the generated list of migrations, for store/ alone. */
#pragma once

#include "store/statement.h"

typedef struct {
	gint64 version;
	const char *name;
	const char *sql[ENGINES];
} Migration;

extern const Migration MIGRATIONS[];
extern const guint N_MIGRATIONS;
