/* nearest.c: the edit distance between short words, for 'did you mean'. The sentence is its caller's. */
#include "base/nearest.h"

#include <string.h>

#define WORD_MAX 64

/* How many letters must be changed, added, left out or swapped with their neighbour to make b of a. */
static gsize edit_distance(const char *a, const char *b)
{
	gsize n = strlen(a), m = strlen(b);
	gsize rows[3][WORD_MAX + 1];
	gsize *before = rows[0], *last = rows[1], *row = rows[2];

	for (gsize j = 0; j <= m; j++)
		last[j] = j;
	for (gsize i = 1; i <= n; i++) {
		gsize *spare = before;

		row[0] = i;
		for (gsize j = 1; j <= m; j++) {
			row[j] = last[j - 1] + (a[i - 1] != b[j - 1]);
			row[j] = MIN(row[j], MIN(last[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				row[j] = MIN(row[j], before[j - 2] + 1);
		}
		before = last;
		last = row;
		row = spare;
	}
	return last[m];
}

const char *nearest_word(const char *written, const char *const *words, gsize n_words)
{
	gsize best = MAX(strlen(written) / 3, 1) + 1;
	const char *nearest = NULL;

	if (strlen(written) > WORD_MAX)
		return NULL;
	for (gsize i = 0; i < n_words; i++) {
		gsize distance;

		if (strlen(words[i]) > WORD_MAX)
			continue;
		distance = edit_distance(written, words[i]);
		if (distance < best) {
			best = distance;
			nearest = words[i];
		}
	}
	return nearest;
}
