/* registers.h: a register as a page and as a file: search, filters in the open, sorting by links, pages by cursor. */
#pragma once

#include "acts/read.h"
#include "web/pages/register_table.h"

typedef struct {
	const char *title, *href; /* NULL: not sorted by it */
	const char *sorted;       /* "ascending", "descending"; NULL: by another column */
} RegisterHead;

typedef struct {
	const char *label; /* the column's title: shown beside the cell on a narrow screen */
	const char *text, *href;
	const char *classes; /* how it may be broken into lines */
} RegisterCell;

typedef struct {
	const RegisterCell *cells;
	gsize n_cells;
} RegisterRow;

/* A filter as the form shows it. */
typedef struct {
	const RegisterFilter *filter;
	const char *value;
	const char *problem; /* NULL: none */
	const GovukOption *options;
	gsize n_options;
} RegisterField;

typedef struct {
	const Layout *frame;
	const Register *what;
	const MojNavigationItem *others;
	gsize n_others;
	const MojFilter *filter;
	const RegisterField *fields;
	gsize n_fields;
	const char *narrowed; /* "State: In force", for paper, where the filters are not; NULL: everything is listed */
	const char *action, *sort; /* of the form; sort NULL: the usual one */
	const char *problem;       /* why nothing could be looked up; NULL */
	const char *problem_href;
	const RegisterHead *heads;
	gsize n_heads;
	const RegisterRow *rows;
	gsize n_rows;
	const char *next_href, *first_href; /* NULL */
	const char *file_href;
} RegistersPage;

void registers_page(Html *out, const RegistersPage *p);

/* GET /registers/NAME and /registers/NAME.csv */
void page_register(void *context, HttpRequest *request, HttpResponse *response);

/* What is asked of the list, by the address. */
typedef struct {
	ReadFilter filters[READ_FILTERS_MAX];
	gsize n_filters;
	const char *sort;
	const char *cursor; /* NULL */
} RegisterAsk;

/* The file (registers_csv.c). */
void register_file(Visit *visit, const Register *what, const RegisterAsk *ask, HttpResponse *response);
