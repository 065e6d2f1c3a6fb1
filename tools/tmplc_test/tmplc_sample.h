/* tmplc_sample.h: the data of the templates in this folder. */
#pragma once

#include "base/arena.h"
#include "web/html.h"

typedef struct {
	const char *name;
	int number;
} Item;

typedef struct {
	const char *text;
	const char *none;
	HtmlSafe safe;
	HtmlContent content;
	HtmlAttributes attributes;
	gboolean on;
	double share;
	guint64 big;
	int level;
	const Item *items;
	gsize n_items;
	ArenaList list; /* of Item * */
} Page;

void page(Html *out, const Page *p);
void box(Html *out, const char *title, HtmlSafe body);
