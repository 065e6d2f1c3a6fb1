/* admin.h: administration: who works here, functions and who stands in, doors, tokens. Looks only; what changes
 * something is a flow (admin_flows.h). */
#pragma once

#include "acts/read_organisation.h"
#include "web/flow.h"

typedef struct {
	const Layout *frame;
	const FlowDone *done; /* what was just done; NULL */
	const MojNavigationItem *sections;
	gsize n_sections;
	gboolean may_change; /* an administrator, and not only somebody who may look */
} AdminFrame;

typedef struct {
	const char *text;
	const char *href;  /* NULL: no link */
	const char *label; /* the column's title: shown beside the cell on a narrow screen */
} AdminCell;

typedef struct {
	const AdminCell *cells;
	gsize n_cells;
} AdminRow;

typedef struct {
	AdminFrame base;
	const char *caption; /* of the table */
	const AdminCell *head;
	gsize n_head;
	const AdminRow *rows;
	gsize n_rows;
	const char *nothing; /* what is said where there are no rows */
	const char *title, *intro;
	const char *add_href, *add_text; /* NULL: nothing can be added here */
} AdminTable;

typedef struct {
	const char *title, *reach, *since; /* "Manager", "Casework", "Granted by Amal Hart on …" */
	const char *revoke_href;           /* NULL: may not be changed from here */
} AdminRole;

typedef struct {
	AdminFrame base;
	const StaffView *person;
	const char *state; /* "Works here since …" */
	const AdminRole *roles;
	gsize n_roles;
	const char *grant_href, *end_href, *password_href, *second_factor_href; /* NULL */
} AdminPerson;

typedef struct {
	const char *who, *from, *until, *reason, *capacity;
	gboolean now;
} AdminSubstitute;

typedef struct {
	const char *title, *slug, *heads, *managers;
	const AdminSubstitute *substitutes;
	gsize n_substitutes;
	const char *substitute_href; /* NULL */
} AdminFunction;

typedef struct {
	AdminFrame base;
	const AdminFunction *functions;
	gsize n_functions;
	const char *add_href;
} AdminFunctions;

void admin_table_page(Html *out, const AdminTable *p);
void admin_person_page(Html *out, const AdminPerson *p);
void admin_functions_page(Html *out, const AdminFunctions *p);
/* The sections of administration, above each of its pages. */
void admin_sections(Html *out, const AdminFrame *p);
/* "Head of function": at the beginning of a line. */
const char *admin_role_title(Arena *mem, Role role);
AdminFrame admin_frame(Visit *visit, const Layout *frame);

void page_admin_staff(void *context, HttpRequest *request, HttpResponse *response);
void page_admin_person(void *context, HttpRequest *request, HttpResponse *response);
void page_admin_functions(void *context, HttpRequest *request, HttpResponse *response);
void page_admin_doors(void *context, HttpRequest *request, HttpResponse *response);
void page_admin_tokens(void *context, HttpRequest *request, HttpResponse *response);
