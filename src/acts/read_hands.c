/* read_hands.c: to whom a piece of work may be handed. Whether it may is core's to say (work_check_assign); this asks
 * it of everybody who works here. */
#include "acts/assign.h"
#include "acts/read_run.h"
#include "acts/read_work.h"

static const char *roles_of(Reading *reading, const Actor *actor, const FunctionRow *functions, gsize n_functions)
{
	const char *words = NULL;

	for (gsize i = 0; i < actor->n_roles; i++) {
		const ActorRole *role = &actor->roles[i];
		const char *title = role->function;
		const char *one;

		for (gsize f = 0; title != NULL && f < n_functions; f++)
			if (g_str_equal(functions[f].slug, role->function))
				title = functions[f].title;
		one = title != NULL ? arena_printf(reading->mem, "%s of %s", role_title(role->role), title)
				    : role_title(role->role);
		words = words != NULL ? arena_printf(reading->mem, "%s, %s", words, one) : one;
	}
	return words;
}

static gboolean add_hands(Reading *reading, const Work *work, WorkHands *hands, GError **error)
{
	g_autoptr(GError) first = NULL;
	FunctionRow *functions;
	StaffRow *staff;
	WorkHand *list;
	gsize n, n_functions;

	if (!sql_staff_list(reading->tx, reading->mem, &staff, &n, error) ||
		!sql_function_list(reading->tx, reading->mem, &functions, &n_functions, error))
		return FALSE;
	hands->hands = list = arena_array(reading->mem, WorkHand, n + 1);
	for (gsize i = 0; i < n; i++) {
		g_autoptr(GError) refused = NULL;
		Actor *to;

		if (work->owner != NULL && g_str_equal(staff[i].user_name, work->owner))
			hands->owner_name = staff[i].name;
		if (staff[i].ended_at != INSTANT_NONE)
			continue;
		if (!actor_load(reading->tx, reading->mem, staff[i].user_name, reading->run.now, reading->run.today,
			    &to, error))
			return FALSE;
		if (work_check_assign(&reading->run.rules, work, to, &refused))
			list[hands->n_hands++] = (WorkHand){.user_name = staff[i].user_name,
				.name = staff[i].name,
				.roles = roles_of(reading, to, functions, n_functions)};
		else if (first == NULL)
			first = g_steal_pointer(&refused);
	}
	if (hands->n_hands == 0 && first != NULL) {
		hands->rule = arena_strdup(reading->mem, evenhand_error_rule(first));
		hands->sentence = arena_strdup(reading->mem, first->message);
	}
	return TRUE;
}

gboolean read_work_hands(
	Acts *acts, Arena *mem, const ActCaller *caller, const char *ref, WorkHands **ret_hands, GError **error)
{
	g_auto(Reading) reading = {0};
	WorkHands *hands = arena_new0(mem, WorkHands);
	Work work = {0};

	if (!reading_begin(&reading, acts, mem, caller, TRUE, error) || !assign_load(&reading.run, ref, &work, error))
		return FALSE;
	hands->ref = work.ref;
	hands->customer = reading.run.customer;
	hands->casefile = reading.run.casefile;
	if (!add_hands(&reading, &work, hands, error) ||
		!reading_viewed(&reading, caller, hands->customer != NULL ? hands->customer : ref, "hand on", error))
		return FALSE;
	*ret_hands = hands;
	return TRUE;
}
