/* problems.c: the list of what is wrong with a pack, and the nearest word to a misspelt one. What is wrong is found
 * elsewhere: yaml.c (the writing), read.c (the keys and values), check.c and its sisters (the rules). */
#include "packs/problems.h"

#include "base/nearest.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	const char *file;
	int line, column;
	gsize order;
	const char *text;
} Problem;

struct Problems {
	Arena *mem;
	ArenaList list;
};

Problems *problems_new(Arena *mem)
{
	Problems *problems = arena_new0(mem, Problems);

	problems->mem = mem;
	return problems;
}

static void add(Problems *problems, const char *file, int line, int column, const char *text)
{
	Problem *problem = arena_new0(problems->mem, Problem);

	*problem = (Problem){.file = file, .line = line, .column = column, .order = problems->list.n, .text = text};
	arena_list_add(problems->mem, &problems->list, problem);
}

void problem_add(Problems *problems, const char *file, int line, int column, const char *format, ...)
{
	va_list arguments;
	char *reason;

	va_start(arguments, format);
	reason = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	add(problems, arena_strdup(problems->mem, file), line, column,
		arena_printf(problems->mem, "%s:%d:%d: %s", file, line, column, reason));
	g_free(reason);
}

void problem_add_line(Problems *problems, const char *line)
{
	const char *colon = strchr(line, ':');
	int row = 0, column = 0;

	if (colon) {
		char *end;

		row = (int)strtol(colon + 1, &end, 10);
		if (*end == ':')
			column = (int)strtol(end + 1, NULL, 10);
	}
	add(problems, arena_strndup(problems->mem, line, colon ? (gsize)(colon - line) : strlen(line)), row, column,
		arena_strdup(problems->mem, line));
}

gsize problems_count(const Problems *problems)
{
	return problems->list.n;
}

static int problem_compare(const void *a, const void *b)
{
	const Problem *one = *(const Problem *const *)a;
	const Problem *other = *(const Problem *const *)b;
	int by_file = strcmp(one->file, other->file);

	if (by_file != 0)
		return by_file;
	if (one->line != other->line)
		return one->line < other->line ? -1 : 1;
	if (one->column != other->column)
		return one->column < other->column ? -1 : 1;
	return one->order < other->order ? -1 : one->order > other->order;
}

void problems_list(Problems *problems, PackProblems *ret_problems)
{
	const char **lines = arena_array(problems->mem, const char *, problems->list.n + 1);

	if (problems->list.n > 0)
		qsort(problems->list.items, problems->list.n, sizeof *problems->list.items, problem_compare);
	for (gsize i = 0; i < problems->list.n; i++)
		lines[i] = ((const Problem *)problems->list.items[i])->text;
	*ret_problems = (PackProblems){.lines = lines, .n = problems->list.n};
}

const char *did_you_mean(Arena *mem, const char *written, const char *const *words, gsize n_words)
{
	const char *nearest = nearest_word(written, words, n_words);

	return nearest ? arena_printf(mem, "; did you mean '%s'?", nearest) : "";
}
