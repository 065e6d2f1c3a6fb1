/* prose.h: the policy's own text (CommonMark, letters/letter.h) as the elements of a page. */
#pragma once

#include "letters/letter.h"
#include "web/html.h"

/* Prints what stands below `root`, every text escaped. Headings begin at the level that they have. */
void prose(Html *out, const Node *root);
/* The same text with its headings lowered by so many levels (to 6 at most), to stand within a page. Lives in mem. */
const Node *prose_lowered(Arena *mem, const Node *root, int by);
