/* actor.c: who performs an act, with the rights they hold at that moment. */
#include "acts/run.h"

gboolean actor_load(Tx *tx, Arena *mem, const char *user_name, Instant at, Day today, Actor **ret_actor, GError **error)
{
	StaffRow *staff = NULL;
	GrantRow *grants;
	SubstituteRow *substitutes;
	ActorRole *roles;
	ActorSubstitute *stands;
	Actor *actor;
	gsize n_grants, n_substitutes;

	if (!sql_staff_by_user(tx, mem, user_name, &staff, error))
		return FALSE;
	if (staff == NULL || (staff->ended_at != INSTANT_NONE && staff->ended_at <= at))
		return not_found(error, "There is no member of staff '%s', or they have left.", user_name);
	if (!sql_grants_of(tx, mem, user_name, &grants, &n_grants, error) ||
		!sql_substitutes_of(tx, mem, user_name, today, &substitutes, &n_substitutes, error))
		return FALSE;
	roles = arena_array(mem, ActorRole, n_grants + 1);
	actor = arena_new0(mem, Actor);
	for (gsize i = 0; i < n_grants; i++) {
		ActorRole *role = &roles[actor->n_roles];

		role->function = grants[i].function;
		if (role_parse(grants[i].role, &role->role))
			actor->n_roles++;
	}
	stands = arena_array(mem, ActorSubstitute, n_substitutes + 1);
	for (gsize i = 0; i < n_substitutes; i++)
		stands[i] = (ActorSubstitute){.function = substitutes[i].function,
			.capacity =
				g_str_equal(substitutes[i].capacity, "deputy") ? CAPACITY_DEPUTY : CAPACITY_STAND_IN};
	actor->user_name = staff->user_name;
	actor->name = staff->name;
	actor->roles = roles;
	actor->substitutes = stands;
	actor->n_substitutes = n_substitutes;
	*ret_actor = actor;
	return TRUE;
}
