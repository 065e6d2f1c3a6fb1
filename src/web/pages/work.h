/* work.h: 'My work': what waits for whoever looks, by how pressing it is. */
#pragma once

#include "acts/read_work.h"
#include "web/flow.h"

/* A filter in the open: a link with a count. */
typedef struct {
	const char *text, *href;
	gsize n;
	gboolean current;
} WorkFilter;

typedef struct {
	const WorkLine *line;
	const char *href;          /* where it is done or seen; NULL: nowhere */
	const char *link;          /* the words of the link: what is done there */
	const char *customer_href; /* NULL */
	const char *casefile_href; /* NULL */
	const char *assign_href;   /* NULL: the viewer may not hand it on */
	const char *when;          /* "Due by 3 December 2026 (2 days over)"; NULL */
	const char *since;         /* "since 24 November 2026"; NULL */
	const char *owner;         /* "Yours.", "Mira Lindqvist has it."; NULL */
} WorkRow;

typedef struct {
	const char *title, *id, *classes;
	gsize n_all; /* on all pages */
	const WorkRow *rows;
	gsize n_rows;
} WorkGroup;

typedef struct {
	const Layout *frame;
	const FlowDone *done; /* what was just done; NULL */
	const MojNavigationItem *whose;
	gsize n_whose;
	const WorkFilter *urgencies;
	gsize n_urgencies;
	const char *meaning; /* of how pressing work is said to be */
	const WorkFilter *kinds;
	gsize n_kinds;
	const WorkGroup *groups;
	gsize n_groups;
	const char *nothing;   /* where there are no lines: says so */
	const char *elsewhere; /* and where there are some: a link; NULL */
	const char *elsewhere_href;
	const char *next_href, *first_href; /* NULL */
	gboolean cut;
} WorkPage;

void work_page(Html *out, const WorkPage *p);
void page_work(void *context, HttpRequest *request, HttpResponse *response);
