/* register_table.h: the registers: which there are, their columns and filters, and what a cell says. Page and file are
 * made from the same rows of acts/read.h, so a file holds what the page shows. */
#pragma once

#include "web/page.h"

#include <jansson.h>

typedef enum {
	CELL_TEXT,
	CELL_PERSON, /* a member of staff, by name */
	CELL_DAY,
	CELL_TIME,
	CELL_FUNCTION,
	CELL_KIND,         /* of a customer: a person, an organisation */
	CELL_FORMAT,       /* of letters */
	CELL_SCOPE,        /* of a casefile */
	CELL_SENTENCE,     /* a text that begins in lower case elsewhere */
	CELL_STATE,        /* of a casefile: open, or closed and how */
	CELL_RESTRICTIONS, /* in words, a sentence each */
	CELL_REVIEW,       /* a day, and whether it is overdue */
	CELL_TIER,         /* of a warning */
	CELL_DELIVERED,    /* of a warning */
	CELL_REASON,       /* to end a call */
	CELL_FOLLOWED_UP,
	CELL_AWAITED, /* a reference, or that it is awaited */
	CELL_YES,
	CELL_UNKNOWN /* a name, or that the customer is not known */
} RegisterCellKind;

typedef enum { LINK_NONE, LINK_CUSTOMER, LINK_CASEFILE } RegisterLink;

typedef struct {
	const char *title; /* NULL ends a table */
	const char *member;
	RegisterCellKind cell;
	const char *sort; /* the list's word for it; NULL: not sorted by it */
	RegisterLink link;
	const char *link_member; /* the reference that it links to */
	gboolean file_only;      /* in the file, not on the page */
} RegisterColumn;

typedef enum { FILTER_IS_TEXT, FILTER_IS_FUNCTION, FILTER_IS_CHOICE, FILTER_IS_REVIEW } RegisterFilterKind;

typedef struct {
	const char *name; /* NULL ends a table; the list's filter */
	const char *label, *hint;
	RegisterFilterKind kind;
	const char *const (*choices)[2]; /* value and words; ends with NULL */
	const char *usual;               /* where the address does not say; NULL: any */
} RegisterFilter;

typedef struct {
	const char *name, *title; /* "ended-calls", "Ended calls" */
	const char *sentence;     /* below the title */
	const char *list;         /* in acts/read.h */
	const char *usual_sort;
	const char *nothing; /* where it is empty */
	const RegisterColumn *columns;
	const RegisterFilter *filters;
} Register;

extern const Register registers[]; /* ends with name == NULL */
const Register *register_find(const char *name);

/* What a cell says; "" where there is nothing. for_file: times as 2026-11-24 09:30. */
const char *register_cell(
	const Visit *visit, GHashTable *people, const RegisterColumn *column, const json_t *row, gboolean for_file);
