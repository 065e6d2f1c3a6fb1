/* actor.h: who performs an act, and the rights they hold at that moment. Loaded anew for each act. */
#pragma once

#include "core/policy.h"

typedef struct {
	Role role;
	const char *function; /* slug; NULL: the whole organisation */
} ActorRole;

typedef enum { CAPACITY_NONE, CAPACITY_HEAD, CAPACITY_DEPUTY, CAPACITY_STAND_IN } Capacity;
const char *capacity_name(Capacity capacity); /* "head", "deputy", "stand-in" */

typedef struct {
	const char *function;
	Capacity capacity; /* deputy or stand-in, on the act's local day */
} ActorSubstitute;

typedef struct {
	const char *user_name; /* "dreed"; for a machine "job:outbox" */
	const char *name;      /* as letters and pages show it */
	const ActorRole *roles;
	gsize n_roles;
	const ActorSubstitute *substitutes;
	gsize n_substitutes;
	gboolean machine;   /* a job: may only what the job's acts may */
	gboolean gate_only; /* a gate's token: may only ask */
} Actor;

/* TRUE where the actor holds the role for that function (or for the whole organisation); function NULL: anywhere. */
gboolean actor_has(const Actor *actor, Role role, const char *function);
/* Whether they belong to the function in any role that works on cases (an auditor and an administrator do not). */
gboolean actor_belongs(const Actor *actor, const char *function);
/* The one function that they belong to; NULL where there is none or more than one. */
const char *actor_only_function(const Actor *actor);
/* Whether a person who works on cases: no machine, no gate's token, with a role other than auditor and administrator.
 */
gboolean actor_works_cases(const Actor *actor);
/* In what capacity they may authorise for a function (A1, A2): as its head; as its deputy, where the pack allows it;
 * as the stand-in named for it, if they are head of another function. CAPACITY_NONE: not at all. Machines never. */
Capacity actor_capacity(const Actor *actor, const Policy *policy, const char *function);
