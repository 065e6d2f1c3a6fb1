/* reading.c: what all reading functions have in common: the transaction, who reads, what they may see, and that it is
 * recorded that they looked. What an object consists of stands in read_columns.c and the read_*.c beside it. */
#include "acts/read_run.h"
#include "acts/viewing.h"

#include <string.h>

static gboolean settle_policy(ActRun *run, GError **error)
{
	g_autoptr(GError) none = NULL;

	run->pack = acts_pack_at(run->acts, run->tx, run->now, &none);
	run->today = (Day)(run->now / USEC_PER_DAY);
	if (run->pack == NULL) {
		if (g_error_matches(none, EVENHAND_ERROR, EVENHAND_ERROR_NOT_FOUND))
			return TRUE; /* before the first is adopted there is set-up to look at */
		g_propagate_error(error, g_steal_pointer(&none));
		return FALSE;
	}
	run->policy = pack_policy(run->pack);
	run->zone = acts_pack_zone(run->acts, run->pack);
	run->today = zone_day(run->zone, run->now);
	run->pack_label = policy_label(run->policy, run->mem);
	return TRUE;
}

gboolean reading_begin(
	Reading *reading, Acts *acts, Arena *mem, const ActCaller *caller, gboolean cases, GError **error)
{
	ActRun *run = &reading->run;
	Actor *actor;
	gint64 offset;

	*reading = (Reading){.mem = mem, .run = {.acts = acts, .mem = mem, .caller = caller}};
	if (caller->at != INSTANT_NONE && !acts_is_demo(acts))
		return refuse_at(error, "K3", "at", "The time can be set only in a demonstration database.");
	if (!store_read(acts_store(acts), &reading->tx, error) || !acts_clock_offset(acts, reading->tx, &offset, error))
		return FALSE;
	run->now = caller->at != INSTANT_NONE ? caller->at : when_now() + offset;
	run->tx = reading->tx;
	if (!settle_policy(run, error) ||
		!actor_load(run->tx, mem, caller->user_name, run->now, run->today, &actor, error))
		return FALSE;
	run->actor = actor;
	run->rules = (RuleContext){.policy = run->policy, .zone = run->zone, .actor = run->actor, .now = run->now};
	reading->functions = g_hash_table_new(g_str_hash, g_str_equal);
	if (cases && !actor_works_cases(actor) && !actor_has(actor, ROLE_AUDITOR, NULL))
		return refuse(error, "G10",
			"Your roles let you see no customer and no case. Ask somebody who works on cases.");
	return TRUE;
}

void reading_clear(Reading *reading)
{
	g_clear_pointer(&reading->tx, tx_end);
	g_clear_pointer(&reading->functions, g_hash_table_unref);
}

gboolean reading_viewed_all(Reading *reading, const ActCaller *caller, const char *const *subjects, gsize n,
	const char *what, GError **error)
{
	Viewing *list = arena_array(reading->mem, Viewing, n + 1);

	for (gsize i = 0; i < n; i++)
		list[i] = (Viewing){
			.at = reading->run.now, .actor = caller->user_name, .subject = subjects[i], .what = what};
	g_clear_pointer(&reading->tx, tx_end);
	return viewings_add(acts_viewings(reading->run.acts), list, n, error);
}

gboolean reading_viewed(
	Reading *reading, const ActCaller *caller, const char *subject, const char *what, GError **error)
{
	return reading_viewed_all(reading, caller, &subject, 1, what, error);
}

gboolean sees_all(const Actor *actor, const char *function)
{
	static const Role EVERYWHERE[] = {ROLE_COMPLAINTS_OFFICER, ROLE_RECORDS_OFFICER, ROLE_AUDITOR};

	for (gsize i = 0; i < G_N_ELEMENTS(EVERYWHERE); i++)
		if (actor_has(actor, EVERYWHERE[i], NULL))
			return TRUE;
	return function != NULL && sees_function(actor, function);
}

gboolean sees_function(const Actor *actor, const char *function)
{
	if (actor_has(actor, ROLE_MANAGER, function) || actor_has(actor, ROLE_HEAD_OF_FUNCTION, function))
		return TRUE;
	for (gsize i = 0; i < actor->n_substitutes; i++)
		if (g_str_equal(actor->substitutes[i].function, function))
			return TRUE;
	return FALSE;
}

gboolean sees_casefile(Reading *reading, const char *casefile, gboolean *ret_sees, GError **error)
{
	const char *function = g_hash_table_lookup(reading->functions, casefile);
	CasefileRow *row = NULL;

	if (function == NULL) {
		if (!sql_casefile_by_ref(reading->tx, reading->mem, casefile, &row, error))
			return FALSE;
		if (row == NULL)
			return bug(error, "The casefile %s is missing.", casefile);
		function = row->function;
		g_hash_table_insert(reading->functions, (char *)row->ref, (char *)row->function);
	}
	*ret_sees = sees_all(reading->run.actor, function);
	return TRUE;
}

/* Whether a manager assesses this customer: a function of theirs has an open casefile, or they were named for a report.
 */
static gboolean assesses(Reading *reading, const char *customer, gboolean *ret_assesses, GError **error)
{
	const Actor *actor = reading->run.actor;
	NamedToAssessRow *named = NULL;
	CasefileRow *rows;
	gsize n;

	*ret_assesses = FALSE;
	if (!actor_has(actor, ROLE_MANAGER, NULL))
		return TRUE;
	if (!sql_read_casefiles_of(reading->tx, reading->mem, customer, &rows, &n, error) ||
		!sql_named_to_assess(reading->tx, reading->mem, customer, actor->user_name, &named, error))
		return FALSE;
	*ret_assesses = named->reports > 0;
	for (gsize i = 0; i < n; i++)
		*ret_assesses |= rows[i].closed_at == INSTANT_NONE && actor_has(actor, ROLE_MANAGER, rows[i].function);
	return TRUE;
}

gboolean sees_report(Reading *reading, const ReportRow *row, gboolean *ret_sees, GError **error)
{
	if (!sees_casefile(reading, row->casefile, ret_sees, error))
		return FALSE;
	if (*ret_sees || g_str_equal(row->reporter, reading->run.actor->user_name)) {
		*ret_sees = TRUE;
		return TRUE;
	}
	return assesses(reading, row->customer, ret_sees, error);
}

guint lifts_of_contact(const Actor *actor, const ContactRow *row)
{
	if (sees_all(actor, row->function) || g_str_equal(row->recorded_by, actor->user_name))
		return VEILS_ALL;
	return row->function != NULL && actor_belongs(actor, row->function) ? VEIL_EVIDENCE : 0;
}

gboolean lifts_of_notice(Reading *reading, const char *casefile, const char *owner, const char *delivery,
	Instant sent_at, guint *ret_lifted, GError **error)
{
	gboolean sees;

	if (!sees_casefile(reading, casefile, &sees, error))
		return FALSE;
	/* Whoever takes the next contact reads it out. */
	sees |= g_str_equal(owner, reading->run.actor->user_name) ||
		(g_str_equal(delivery, "read-out") && sent_at == INSTANT_NONE);
	*ret_lifted = sees ? VEILS_ALL : 0;
	return TRUE;
}

guint lifts_of_item(const Actor *actor, const ItemRow *row)
{
	if (row->function == NULL || actor_belongs(actor, row->function) || sees_all(actor, row->function))
		return VEILS_ALL;
	return g_strcmp0(row->owner, actor->user_name) == 0 || g_strcmp0(row->ended_by, actor->user_name) == 0
		       ? VEILS_ALL
		       : 0;
}

gboolean lifts_of_dispute(
	Reading *reading, const DisputeRow *row, gboolean *ret_sees, guint *ret_lifted, GError **error)
{
	if (!sees_casefile(reading, row->casefile, ret_sees, error))
		return FALSE;
	*ret_lifted = *ret_sees ? VEILS_ALL : 0;
	*ret_sees |= g_str_equal(row->by_user, reading->run.actor->user_name);
	return TRUE;
}

guint lifts_of_need(const Actor *actor, const char *recorded_by)
{
	return sees_all(actor, NULL) || actor_has(actor, ROLE_MANAGER, NULL) ||
			       actor_has(actor, ROLE_HEAD_OF_FUNCTION, NULL) ||
			       g_str_equal(recorded_by, actor->user_name)
		       ? VEILS_ALL
		       : 0;
}

static json_t *column_json(const ReadColumn *column, const void *row, Arena *mem)
{
	const char *text;
	gint64 number;
	json_t *value;

	switch (column->type) {
	case COLUMN_TEXT:
		text = G_STRUCT_MEMBER(const char *, row, column->offset);
		return text != NULL ? json_string(text) : json_null();
	case COLUMN_INT:
		number = G_STRUCT_MEMBER(gint64, row, column->offset);
		return number != G_MININT64 ? json_integer(number) : json_null();
	case COLUMN_BOOL:
		return json_boolean(G_STRUCT_MEMBER(gboolean, row, column->offset));
	case COLUMN_INSTANT:
		number = G_STRUCT_MEMBER(Instant, row, column->offset);
		return number != INSTANT_NONE ? json_string(instant_format(mem, number)) : json_null();
	case COLUMN_DAY:
		return G_STRUCT_MEMBER(Day, row, column->offset) != DAY_NONE
			       ? json_string(day_format(mem, G_STRUCT_MEMBER(Day, row, column->offset)))
			       : json_null();
	case COLUMN_JSON:
		text = G_STRUCT_MEMBER(const char *, row, column->offset);
		value = text != NULL ? json_loads(text, JSON_DECODE_ANY, NULL) : NULL;
		return value != NULL ? value : json_null();
	}
	return json_null();
}

json_t *columns_json(const ReadColumn *columns, const void *row, guint lifted, guint *hidden, Arena *mem)
{
	json_t *object = json_object();

	for (const ReadColumn *column = columns; column->name != NULL; column++) {
		if ((column->veil & ~lifted) == 0)
			json_object_set_new(object, column->name, column_json(column, row, mem));
		else
			*hidden |= column->veil;
	}
	return object;
}

json_t *rows_json(
	const ReadColumn *columns, const void *rows, gsize n, gsize size, guint lifted, guint *hidden, Arena *mem)
{
	json_t *list = json_array();

	for (gsize i = 0; i < n; i++)
		json_array_append_new(list, columns_json(columns, (const char *)rows + i * size, lifted, hidden, mem));
	return list;
}

void hidden_set(json_t *object, guint hidden)
{
	static const char *const NAMES[] = {"evidence", "reasons", "letters", "health", "police", "content"};
	json_t *list = json_array();

	for (gsize i = 0; i < G_N_ELEMENTS(NAMES); i++)
		if (hidden & (1u << i))
			json_array_append_new(list, json_string(NAMES[i]));
	json_object_set_new(object, "hidden", list);
}

gboolean reference_kind(const char *reference, Arena *mem, const char **ret_kind)
{
	const gsize letters = strspn(reference, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	const char *year = reference + letters + 1;

	if (letters < 1 || letters > 2 || reference[letters] != '-' || strspn(year, "0123456789") != 4 ||
		year[4] != '-' || strspn(year + 5, "0123456789") < 6 ||
		strlen(year + 5) != strspn(year + 5, "0123456789") || strlen(year) > 24)
		return FALSE;
	*ret_kind = arena_strndup(mem, reference, letters);
	return TRUE;
}

/* base64 of "LIST\nKEY", URL-safe, without padding. */
char *cursor_make(Arena *mem, const char *of, const char *key)
{
	const char *plain = arena_printf(mem, "%s\n%s", of, key);
	char *text = arena_own(mem, g_base64_encode((const guchar *)plain, strlen(plain)), g_free);

	g_strdelimit(text, "+", '-');
	g_strdelimit(text, "/", '_');
	text[strcspn(text, "=")] = '\0';
	return text;
}

gboolean cursor_read(Arena *mem, const char *of, const char *cursor, const char **ret_key, GError **error)
{
	const gsize length = strlen(of);
	char *padded, *plain;
	gsize n;

	if (strlen(cursor) <= 200 &&
		strspn(cursor, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == strlen(cursor)) {
		padded = arena_printf(mem, "%s%.*s", cursor, (int)((4 - strlen(cursor) % 4) % 4), "===");
		g_strdelimit(padded, "-", '+');
		g_strdelimit(padded, "_", '/');
		plain = arena_own(mem, g_base64_decode(padded, &n), g_free);
		if (n > length + 1 && strncmp(plain, of, length) == 0 && plain[length] == '\n' &&
			memchr(plain, '\0', n) == NULL && g_utf8_validate(plain, (gssize)n, NULL)) {
			*ret_key = arena_strndup(mem, plain + length + 1, n - length - 1);
			return TRUE;
		}
	}
	return invalid(
		error, "cursor", "This cursor belongs to no page of this list. Give what \"next\" gave, as it is.");
}

gboolean read_own_functions(
	Acts *acts, Arena *mem, const ActCaller *caller, const char *const **ret_functions, GError **error)
{
	g_auto(Reading) reading = {0};
	const Actor *actor;
	const char **functions;
	gsize n = 0;

	if (!reading_begin(&reading, acts, mem, caller, FALSE, error))
		return FALSE;
	actor = reading.run.actor;
	functions = arena_array(mem, const char *, actor->n_roles + 1);
	for (gsize i = 0; i < actor->n_roles; i++)
		if (actor->roles[i].function != NULL &&
			!g_strv_contains((const char *const *)functions, actor->roles[i].function))
			functions[n++] = actor->roles[i].function;
	*ret_functions = functions;
	return TRUE;
}

gboolean read_whose(Acts *acts, Arena *mem, const ActCaller *caller, const char *reference, const char **ret_customer,
	const char **ret_name, GError **error)
{
	g_auto(Reading) reading = {0};
	CustomerRow *row = NULL;

	if (!reading_begin(&reading, acts, mem, caller, TRUE, error) ||
		!customer_of(&reading, reference, ret_customer, error) ||
		(*ret_customer != NULL && !sql_customer_by_ref(reading.tx, mem, *ret_customer, &row, error)))
		return FALSE;
	*ret_name = row != NULL ? row->name : NULL;
	return TRUE;
}
