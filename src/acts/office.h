/* office.h: what every page and list stands on: the policy in force, the organisation's time, and who looks with which
 * rights. Read in one transaction, so that whoever shows something need open none. */
#pragma once

#include "acts/acts.h"

typedef struct {
	const char *slug, *title;
} OfficeFunction;

typedef struct {
	const Pack *pack; /* in force today */
	const Policy *policy;
	const Zone *zone;
	Instant now;
	Day today;
	const Actor *actor; /* NULL where nobody was named */
	const OfficeFunction *functions;
	gsize n_functions;
} Office;

/* user_name NULL: somebody who is not signed in. Unavailable where no policy is in force; not found where the person
 * is unknown or has left. Packs live as long as the Acts, all else in mem. */
gboolean office_load(Acts *acts, Arena *mem, const char *user_name, Office **ret_office, GError **error) MUST_CHECK;

/* A function's title; the slug itself where there is none. */
const char *office_function(const Office *office, const char *slug);

/* The names of all who work or have worked here, by user name: read once for a page, however many it names. */
gboolean office_people(Acts *acts, Arena *mem, GHashTable **ret_people, GError **error) MUST_CHECK;
/* "Sam Okafor", or "the system" for a machine; the user name itself where there is no such person; NULL for NULL. */
const char *office_person(GHashTable *people, const char *user_name);

/* Whether somebody holds one of the roles, or stands in for a head of function who does. */
gboolean office_may(const Office *office, RoleSet by);
