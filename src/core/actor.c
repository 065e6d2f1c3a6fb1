/* actor.c: what rights the actor of an act holds (A1, A2). Who they are and what was granted is loaded by whoever asks;
 * whether a rule parts them from one casefile (A4, G8) belongs to the checks of casefile.h. */
#include "core/actor.h"

static const char *const capacity_names[] = {
	[CAPACITY_NONE] = "none",
	[CAPACITY_HEAD] = "head",
	[CAPACITY_DEPUTY] = "deputy",
	[CAPACITY_STAND_IN] = "stand-in",
};

const char *capacity_name(Capacity capacity)
{
	return capacity_names[capacity];
}

static gboolean role_reaches(const ActorRole *role, const char *function)
{
	return function == NULL || role->function == NULL || strcmp(role->function, function) == 0;
}

static gboolean role_works_cases(Role role)
{
	return role != ROLE_AUDITOR && role != ROLE_ADMINISTRATOR;
}

gboolean actor_has(const Actor *actor, Role role, const char *function)
{
	for (gsize i = 0; i < actor->n_roles; i++)
		if (actor->roles[i].role == role && role_reaches(&actor->roles[i], function))
			return TRUE;
	return FALSE;
}

gboolean actor_belongs(const Actor *actor, const char *function)
{
	for (gsize i = 0; i < actor->n_roles; i++)
		if (role_works_cases(actor->roles[i].role) && role_reaches(&actor->roles[i], function))
			return TRUE;
	return FALSE;
}

const char *actor_only_function(const Actor *actor)
{
	const char *only = NULL;

	for (gsize i = 0; i < actor->n_roles; i++) {
		const char *function = actor->roles[i].function;

		if (function == NULL || !role_works_cases(actor->roles[i].role))
			continue;
		if (only != NULL && strcmp(only, function) != 0)
			return NULL;
		only = function;
	}
	return only;
}

gboolean actor_works_cases(const Actor *actor)
{
	return !actor->machine && !actor->gate_only && actor_belongs(actor, NULL);
}

static gboolean substitutes(const Actor *actor, const char *function, Capacity capacity)
{
	for (gsize i = 0; i < actor->n_substitutes; i++)
		if (actor->substitutes[i].capacity == capacity && strcmp(actor->substitutes[i].function, function) == 0)
			return TRUE;
	return FALSE;
}

Capacity actor_capacity(const Actor *actor, const Policy *policy, const char *function)
{
	if (actor->machine || actor->gate_only)
		return CAPACITY_NONE;
	if (actor_has(actor, ROLE_HEAD_OF_FUNCTION, function))
		return CAPACITY_HEAD;
	if (policy->authorisation.deputy && substitutes(actor, function, CAPACITY_DEPUTY))
		return CAPACITY_DEPUTY;
	if (actor_has(actor, ROLE_HEAD_OF_FUNCTION, NULL) && substitutes(actor, function, CAPACITY_STAND_IN))
		return CAPACITY_STAND_IN;
	return CAPACITY_NONE;
}
