/* office.c: the policy in force, local time, and who looks. What they see of a customer is read.c's. */
#include "acts/office.h"

#include "store/statements.h"

static gboolean load_functions(Tx *tx, Arena *mem, Office *office, GError **error)
{
	OfficeFunction *functions;
	FunctionRow *rows;

	if (!sql_function_list(tx, mem, &rows, &office->n_functions, error))
		return FALSE;
	functions = arena_array(mem, OfficeFunction, office->n_functions + 1);
	for (gsize i = 0; i < office->n_functions; i++)
		functions[i] = (OfficeFunction){rows[i].slug, rows[i].title};
	office->functions = functions;
	return TRUE;
}

gboolean office_load(Acts *acts, Arena *mem, const char *user_name, Office **ret_office, GError **error)
{
	Office *office = arena_new0(mem, Office);
	g_autoptr(GError) none = NULL;
	g_autoptr(Tx) tx = NULL;
	gint64 offset;

	if (!store_read(acts_store(acts), &tx, error) || !acts_clock_offset(acts, tx, &offset, error))
		return FALSE;
	office->now = when_now() + offset;
	office->pack = acts_pack_at(acts, tx, office->now, &none);
	if (office->pack == NULL) {
		if (g_error_matches(none, EVENHAND_ERROR, EVENHAND_ERROR_NOT_FOUND))
			return unavailable(error, "%s", none->message);
		g_propagate_error(error, g_steal_pointer(&none));
		return FALSE;
	}
	office->policy = pack_policy(office->pack);
	office->zone = acts_pack_zone(acts, office->pack);
	office->today = zone_day(office->zone, office->now);
	*ret_office = office;
	return load_functions(tx, mem, office, error) &&
	       (user_name == NULL ||
		       actor_load(tx, mem, user_name, office->now, office->today, (Actor **)&office->actor, error));
}

const char *office_function(const Office *office, const char *slug)
{
	for (gsize i = 0; i < office->n_functions; i++)
		if (g_strcmp0(office->functions[i].slug, slug) == 0)
			return office->functions[i].title;
	return slug;
}

gboolean office_people(Acts *acts, Arena *mem, GHashTable **ret_people, GError **error)
{
	GHashTable *people =
		arena_own(mem, g_hash_table_new(g_str_hash, g_str_equal), (GDestroyNotify)g_hash_table_unref);
	g_autoptr(Tx) tx = NULL;
	StaffRow *rows;
	gsize n;

	if (!store_read(acts_store(acts), &tx, error) || !sql_staff_list(tx, mem, &rows, &n, error))
		return FALSE;
	for (gsize i = 0; i < n; i++)
		g_hash_table_insert(people, (char *)rows[i].user_name, (char *)rows[i].name);
	*ret_people = people;
	return TRUE;
}

const char *office_person(GHashTable *people, const char *user_name)
{
	const char *name = user_name != NULL ? g_hash_table_lookup(people, user_name) : NULL;

	if (name != NULL || user_name == NULL)
		return name;
	return g_str_has_prefix(user_name, "job:") || g_str_equal(user_name, "gate") ? "the system" : user_name;
}

gboolean office_may(const Office *office, RoleSet by)
{
	const Actor *actor = office->actor;

	if (actor == NULL)
		return FALSE;
	for (gsize i = 0; i < actor->n_roles; i++)
		if (by & (1u << actor->roles[i].role))
			return TRUE;
	return actor->n_substitutes > 0 && (by & BY(HEAD_OF_FUNCTION)) != 0;
}
