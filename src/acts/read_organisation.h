/* read_organisation.h: the organisation as whoever runs it sees it: who works here with which roles, who stands in for
 * whom, functions, doors and tokens. No customer stands here, so looking is not recorded; the roles that see it are
 * administrator, auditor and head of function (who names who stands in). */
#pragma once

#include "acts/read.h"

typedef struct {
	Role role;
	const char *function, *function_title; /* NULL: the whole organisation */
	const char *granted_by;
	Instant granted_at;
} RoleHeld;

typedef struct {
	const char *user_name, *name, *email; /* email: NULL */
	gboolean can_sign_in;                 /* has a password */
	gboolean second_factor;               /* and is asked for a code too */
	Instant created_at, ended_at;         /* INSTANT_NONE: works here */
	const RoleHeld *roles;
	gsize n_roles;
} StaffView;

/* A1, A2: who acts for a head of function, from one day to another, both included. */
typedef struct {
	const char *function, *function_title, *user_name, *name, *capacity, *reason;
	Day from_on, until_on;
	gboolean now;
} SubstituteView;

typedef struct {
	const char *slug, *title;
	const char *heads, *managers; /* names, joined by commas; NULL: nobody */
	Instant created_at;
} FunctionView;

typedef struct {
	const char *address, *kind, *title, *function_title, *matter, *user_name; /* NULL where it has none */
	const char *const *protects; /* titles of what it stays open for (G5); NULL-terminated, never NULL */
} DoorView;

typedef struct {
	const char *title, *user_name; /* user_name NULL: a gate's, which may only ask */
	Instant created_at;
} TokenView;

typedef struct {
	const FunctionView *functions;
	gsize n_functions;
	const StaffView *staff; /* those who work here first, each by user name */
	gsize n_staff;
	const SubstituteView *substitutes;
	gsize n_substitutes;
	const DoorView *doors;
	gsize n_doors;
	const TokenView *tokens; /* NULL and 0 for a head of function */
	gsize n_tokens;
} OrganisationView;

gboolean read_organisation(Acts *acts, Arena *mem, const ActCaller *caller, OrganisationView **ret_organisation,
	GError **error) MUST_CHECK;
/* Somebody of it by user name; NULL. */
const StaffView *organisation_staff(const OrganisationView *organisation, const char *user_name);
