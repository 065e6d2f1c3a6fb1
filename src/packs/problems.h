/* problems.h: what is wrong with a pack, collected so that its author sees everything at once. */
#pragma once

#include "packs/pack.h"

typedef struct Problems Problems;

Problems *problems_new(Arena *mem);

/* Adds `file:line:column: reason`. Line and column count from 1; line 0 is the file as a whole. */
void problem_add(Problems *problems, const char *file, int line, int column, const char *format, ...)
	G_GNUC_PRINTF(5, 6);

/* Adds a line that is already written as `file:line:column: reason`, as letter_template_read gives it. */
void problem_add_line(Problems *problems, const char *line);

gsize problems_count(const Problems *problems);

/* All problems by file, line and column; those of one place in the order in which they were found. */
void problems_list(Problems *problems, PackProblems *ret_problems);

/* "; did you mean 'title'?" where one of the words is near enough to what was written, otherwise "". */
const char *did_you_mean(Arena *mem, const char *written, const char *const *words, gsize n_words);
