/* prose_nodes.h: the templates of prose.html; for prose.c only. */
#pragma once

#include "web/prose.h"

const char *prose_heading_class(const Node *heading);
void prose_heading(Html *out, const Node *p);
void prose_paragraph(Html *out, const Node *p);
void prose_list(Html *out, const Node *p);
void prose_ordered(Html *out, const Node *p);
void prose_item(Html *out, const Node *p);
void prose_quote(Html *out, const Node *p);
void prose_rule(Html *out);
void prose_break(Html *out);
void prose_strong(Html *out, const Node *p);
void prose_emphasis(Html *out, const Node *p);
void prose_link(Html *out, const Node *p);
