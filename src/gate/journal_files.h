/* journal_files.h: the names of a journal's files. For journal.c and journal_read.c. */
#pragma once

#include <glib.h>

/* The positions at which the files of DIR begin, ascending (gint64). NULL where the folder cannot be read (errno). */
GArray *journal_files_list(const char *dir);
/* Free with g_free. */
char *journal_files_path(const char *dir, gint64 start);
