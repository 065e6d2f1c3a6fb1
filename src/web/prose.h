/* prose.h: the policy's own text (CommonMark, letters/letter.h) as the elements of a page. */
#pragma once

#include "letters/letter.h"
#include "web/html.h"

/* Prints what stands below `root`, every text escaped. Headings begin at the level that they have. */
void prose(Html *out, const Node *root);
