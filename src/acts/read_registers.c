/* read_registers.c: the lists that are registers: sorted by a column, in both directions, and searched by the
 * customer's name. Their rows carry the customer's name beside the reference. All other lists: read_lists.c. */
#include "acts/read_run.h"

#define CASE_ROLES (BY_ANYONE | BY(AUDITOR))
#define LAST "\xf4\x8f\xbf\xbf" /* no text that is stored sorts behind it */
#define FILTERS_END                                                                                                    \
	{                                                                                                              \
		NULL, FILTER_TEXT, NULL, NULL, NULL                                                                    \
	}
#define FILTER_NAME                                                                                                    \
	{                                                                                                              \
		"name", FILTER_TEXT, NULL, NULL, "words of the customer's name"                                        \
	}
#define FILTER_CUSTOMER                                                                                                \
	{                                                                                                              \
		"customer", FILTER_REFERENCE, "C", NULL, "of this customer"                                            \
	}
#define FILTER_CASEFILE                                                                                                \
	{                                                                                                              \
		"casefile", FILTER_REFERENCE, "CF", NULL, "of this casefile"                                           \
	}
#define FILTER_FUNCTION                                                                                                \
	{                                                                                                              \
		"function", FILTER_TEXT, NULL, NULL, "that this function owns"                                         \
	}
#define FILTER_SORT(...)                                                                                               \
	{                                                                                                              \
		"sort", FILTER_CHOICE, NULL, (const char *const[]){__VA_ARGS__, NULL},                                 \
			"sorted by this; with - before it the other way round"                                         \
	}
#define KEYED_BY(Row) .row_size = sizeof(Row), .key_offset = G_STRUCT_OFFSET(Row, key)

/* A statement's rows as the runner takes them. */
#define FETCH(Row, ...)                                                                                                \
	do {                                                                                                           \
		Row *rows;                                                                                             \
                                                                                                                       \
		if (!(__VA_ARGS__))                                                                                    \
			return FALSE;                                                                                  \
		*ret_rows = rows;                                                                                      \
		return TRUE;                                                                                           \
	} while (0)

/* What every register is asked for. */
typedef struct {
	const char *words[3]; /* of the customer's name; NULL: any */
	const char *sort;     /* the column */
	gint64 down;
	const char *key; /* where to go on */
} Register;

static gboolean settle(Reading *reading, const ListQuery *query, gsize name, gsize sort, const char *usual,
	Register *ret_register, GError **error)
{
	const char *chosen = query->filters[sort] != NULL ? query->filters[sort] : usual;

	*ret_register = (Register){.down = *chosen == '-', .sort = *chosen == '-' ? chosen + 1 : chosen};
	ret_register->key = query->key != NULL ? query->key : ret_register->down ? LAST : "";
	if (query->filters[name] != NULL &&
		!name_words(reading->mem, query->filters[name], ret_register->words, G_N_ELEMENTS(ret_register->words)))
		return invalid(error, "name", "Give at least one letter of the name.");
	return TRUE;
}

static gint64 flag(const char *value)
{
	return value == NULL ? G_MININT64 : *value == '1';
}

/* ",casework,": the functions whose steps the actor sees; NULL: all. */
static const char *functions_seen(Reading *reading)
{
	const Actor *actor = reading->run.actor;
	const char *list = ",";

	if (sees_all(actor, NULL))
		return NULL;
	for (gsize i = 0; i < actor->n_roles; i++) {
		if (actor->roles[i].role != ROLE_MANAGER && actor->roles[i].role != ROLE_HEAD_OF_FUNCTION)
			continue;
		if (actor->roles[i].function == NULL)
			return NULL;
		list = arena_printf(reading->mem, "%s%s,", list, actor->roles[i].function);
	}
	for (gsize i = 0; i < actor->n_substitutes; i++)
		list = arena_printf(reading->mem, "%s%s,", list, actor->substitutes[i].function);
	return list;
}

/* Customers. */

enum { CUSTOMER_NAME, CUSTOMER_IDENTIFIER, CUSTOMER_SORT };

static gboolean all_customers(
	Reading *reading, const ListQuery *query, const Register *sorted, void **ret_rows, gsize *ret_n, GError **error)
{
	const char *space = strrchr(sorted->key, ' ');
	const char *ref = space != NULL ? space + 1 : sorted->key;
	const char *folded =
		space != NULL ? arena_strndup(reading->mem, sorted->key, (gsize)(space - sorted->key)) : sorted->key;

	if (g_str_equal(sorted->sort, "name") && sorted->down)
		FETCH(CustomerLineRow, sql_customers_by_name_down(reading->tx, reading->mem, folded, ref, query->limit,
					       &rows, ret_n, error));
	if (g_str_equal(sorted->sort, "name"))
		FETCH(CustomerLineRow, sql_customers_by_name_up(reading->tx, reading->mem, folded, ref, query->limit,
					       &rows, ret_n, error));
	if (sorted->down)
		FETCH(CustomerLineRow,
			sql_customers_by_ref_down(reading->tx, reading->mem, ref, query->limit, &rows, ret_n, error));
	FETCH(CustomerLineRow,
		sql_customers_by_ref_up(reading->tx, reading->mem, ref, query->limit, &rows, ret_n, error));
}

static gboolean fetch_customers(Reading *reading, const ListQuery *query, void **ret_rows, gsize *ret_n, GError **error)
{
	const char *forms[IDENTIFIER_KINDS] = {NULL};
	const char *typed = query->filters[CUSTOMER_IDENTIFIER];
	const Policy *policy = reading->run.policy;
	Register sorted;

	if (!settle(reading, query, CUSTOMER_NAME, CUSTOMER_SORT, "id", &sorted, error))
		return FALSE;
	if (sorted.words[0] != NULL && typed != NULL)
		return invalid(error, "identifier", "Give a name or an identifier, not both.");
	if (sorted.words[0] != NULL) {
		const NameSearch search = {.words = {sorted.words[0], sorted.words[1], sorted.words[2]},
			.sort = sorted.sort,
			.down = sorted.down};

		FETCH(CustomerLineRow,
			customers_named(reading, &search, query->key, query->limit, &rows, ret_n, error));
	}
	if (typed == NULL)
		return all_customers(reading, query, &sorted, ret_rows, ret_n, error);
	for (IdentifierKind kind = 0; kind < IDENTIFIER_KINDS; kind++)
		identifier_normalise(kind, typed, policy != NULL ? &policy->organisation.phone : NULL, "identifier",
			reading->mem, (char **)&forms[kind], NULL);
	FETCH(CustomerLineRow, sql_customers_by_identifier(reading->tx, reading->mem, forms[IDENTIFIER_PHONE],
				       forms[IDENTIFIER_EMAIL], forms[IDENTIFIER_POST], forms[IDENTIFIER_HANDLE],
				       sorted.sort, sorted.down, sorted.key, query->limit, &rows, ret_n, error));
}

const ReadList read_customers_list = {
	.name = "customers",
	.title = "customers",
	.summary = "Customers, by their name or by a number or address that they are recognised by.",
	.by = CASE_ROLES,
	.filters = (const ReadFilterField[]){{"name", FILTER_TEXT, NULL, NULL, "words of the name"},
		{"identifier", FILTER_TEXT, NULL, NULL, "a phone number, e-mail address, postal address or handle"},
		FILTER_SORT("id", "-id", "name", "-name"), FILTERS_END},
	.columns = customer_line_columns,
	.source = &(const ReadSource){KEYED_BY(CustomerLineRow), .fetch = fetch_customers},
};

/* Casefiles: that there is one, everybody sees. */

static gboolean fetch_casefiles(Reading *reading, const ListQuery *query, void **ret_rows, gsize *ret_n, GError **error)
{
	Register by;

	if (!settle(reading, query, 3, 4, "-id", &by, error))
		return FALSE;
	FETCH(CasefileLineRow, sql_register_casefiles(reading->tx, reading->mem, query->filters[0], query->filters[1],
				       flag(query->filters[2]), by.words[0], by.words[1], by.words[2], by.sort, by.down,
				       by.key, query->limit, &rows, ret_n, error));
}

static gboolean sees_casefile_line(
	Reading *reading, const void *row, gboolean *ret_sees, guint *ret_lifted, GError **error)
{
	const CasefileLineRow *file = row;

	(void)error;
	*ret_sees = TRUE;
	*ret_lifted = sees_all(reading->run.actor, file->function) ? VEILS_ALL : 0;
	return TRUE;
}

const ReadList read_casefiles_list = {
	.name = "casefiles",
	.title = "casefiles",
	.summary = "Casefiles, newest first; their steps are shown one casefile at a time.",
	.by = CASE_ROLES,
	.newest_first = TRUE,
	.filters = (const ReadFilterField[]){FILTER_CUSTOMER, FILTER_FUNCTION,
		{"open", FILTER_BOOL, NULL, NULL, "true for those that are not closed"}, FILTER_NAME,
		FILTER_SORT("id", "-id", "customer_name", "-customer_name", "function", "-function", "opened_at",
			"-opened_at", "closed_at", "-closed_at"),
		FILTERS_END},
	.columns = casefile_line_columns,
	.source = &(const ReadSource){KEYED_BY(CasefileLineRow), .fetch = fetch_casefiles, .sees = sees_casefile_line},
};

/* Arrangements. */

enum { BY_CUSTOMER, BY_CASEFILE, BY_FUNCTION, BY_IN_FORCE, BY_REVIEW, BY_NAME, BY_SORT };

static gboolean fetch_arrangements(
	Reading *reading, const ListQuery *query, void **ret_rows, gsize *ret_n, GError **error)
{
	Day review_before = DAY_NONE;
	Register by;

	if (!settle(reading, query, BY_NAME, BY_SORT, "-id", &by, error) ||
		(query->filters[BY_REVIEW] != NULL &&
			!day_parse(query->filters[BY_REVIEW], "review_before", &review_before, error)))
		return FALSE;
	FETCH(ArrangementLineRow,
		sql_register_arrangements(reading->tx, reading->mem, query->filters[BY_CUSTOMER],
			query->filters[BY_CASEFILE], query->filters[BY_FUNCTION], flag(query->filters[BY_IN_FORCE]),
			reading->run.now, reading->run.today, review_before, by.words[0], by.words[1], by.words[2],
			by.sort, by.down, by.key, query->limit, &rows, ret_n, error));
}

static gboolean arrangement_item(Reading *reading, const ListQuery *query, const void *row, guint lifted, guint *hidden,
	json_t **ret_item, GError **error)
{
	const ArrangementLineRow *line = row;
	ArrangementRow *arrangement = NULL;
	ArrangementView view;

	(void)query;
	(void)lifted;
	(void)hidden;
	if (!sql_arrangement_by_ref(reading->tx, reading->mem, line->ref, &arrangement, error) ||
		!arrangement_view(reading, arrangement, NULL, &view, error))
		return FALSE;
	*ret_item = arrangement_json(&view, reading->mem);
	json_object_set_new(*ret_item, "customer", json_string(arrangement->customer));
	json_object_set_new(*ret_item, "customer_name", json_string(line->customer_name));
	return TRUE;
}

const ReadList read_arrangements_list = {
	.name = "arrangements",
	.title = "arrangements",
	.summary = "Arrangements in words, newest first.",
	.by = CASE_ROLES,
	.newest_first = TRUE,
	.filters = (const ReadFilterField[]){FILTER_CUSTOMER, FILTER_CASEFILE, FILTER_FUNCTION,
		{"in_force", FILTER_BOOL, NULL, NULL, "true for those that bind now"},
		{"review_before", FILTER_DAY, NULL, NULL, "whose review is due before this day"}, FILTER_NAME,
		FILTER_SORT("id", "-id", "customer_name", "-customer_name", "from_at", "-from_at", "review_on",
			"-review_on"),
		FILTERS_END},
	.columns = arrangement_columns,
	.source = &(
		const ReadSource){KEYED_BY(ArrangementLineRow), .fetch = fetch_arrangements, .item = arrangement_item},
};

/* Warnings and referrals: for who answers for the casefile. */

static gboolean fetch_warnings(Reading *reading, const ListQuery *query, void **ret_rows, gsize *ret_n, GError **error)
{
	Register by;

	if (!settle(reading, query, 3, 4, "-id", &by, error))
		return FALSE;
	FETCH(WarningLineRow, sql_register_warnings(reading->tx, reading->mem, query->filters[0], query->filters[1],
				      query->filters[2], functions_seen(reading), by.words[0], by.words[1], by.words[2],
				      by.sort, by.down, by.key, query->limit, &rows, ret_n, error));
}

const ReadList read_warnings_list = {
	.name = "warnings",
	.title = "warnings",
	.summary = "Warnings of the functions that you answer for, newest first.",
	.by = CASE_ROLES,
	.newest_first = TRUE,
	.filters = (const ReadFilterField[]){FILTER_CUSTOMER, FILTER_CASEFILE, FILTER_FUNCTION, FILTER_NAME,
		FILTER_SORT("id", "-id", "customer_name", "-customer_name", "function", "-function", "at", "-at"),
		FILTERS_END},
	.columns = warning_line_columns,
	.source = &(const ReadSource){KEYED_BY(WarningLineRow), .fetch = fetch_warnings},
};

static gboolean fetch_referrals(Reading *reading, const ListQuery *query, void **ret_rows, gsize *ret_n, GError **error)
{
	Register by;

	if (!settle(reading, query, 3, 4, "-id", &by, error))
		return FALSE;
	FETCH(ReferralLineRow, sql_register_referrals(reading->tx, reading->mem, query->filters[0], query->filters[1],
				       query->filters[2], functions_seen(reading), by.words[0], by.words[1],
				       by.words[2], by.sort, by.down, by.key, query->limit, &rows, ret_n, error));
}

const ReadList read_referrals_list = {
	.name = "referrals",
	.title = "referrals to the police",
	.summary = "Referrals to the police of the functions that you answer for, newest first.",
	.by = CASE_ROLES,
	.newest_first = TRUE,
	.filters = (const ReadFilterField[]){FILTER_CUSTOMER, FILTER_CASEFILE, FILTER_FUNCTION, FILTER_NAME,
		FILTER_SORT("id", "-id", "customer_name", "-customer_name", "function", "-function", "force", "-force",
			"referred_at", "-referred_at"),
		FILTERS_END},
	.columns = referral_line_columns,
	.source = &(const ReadSource){KEYED_BY(ReferralLineRow), .fetch = fetch_referrals},
};

/* S2: that a call was ended, everybody sees; what was said, who answers for it and who ended it. */

static gboolean fetch_ended_calls(
	Reading *reading, const ListQuery *query, void **ret_rows, gsize *ret_n, GError **error)
{
	Register by;

	if (!settle(reading, query, 3, 4, "-happened_at", &by, error))
		return FALSE;
	FETCH(EndedCallRow, sql_register_ended_calls(reading->tx, reading->mem, query->filters[0], query->filters[1],
				    flag(query->filters[2]), by.words[0], by.words[1], by.words[2], by.sort, by.down,
				    by.key, query->limit, &rows, ret_n, error));
}

static gboolean sees_ended_call(
	Reading *reading, const void *row, gboolean *ret_sees, guint *ret_lifted, GError **error)
{
	const EndedCallRow *call = row;
	const ContactRow contact = {.function = call->function, .recorded_by = call->recorded_by};

	(void)error;
	*ret_sees = TRUE;
	*ret_lifted = lifts_of_contact(reading->run.actor, &contact);
	return TRUE;
}

const ReadList read_ended_calls_list = {
	.name = "ended-calls",
	.title = "ended calls",
	.summary = "Calls that staff ended, and what their managers did about it, newest first (S1, S2).",
	.by = CASE_ROLES,
	.newest_first = TRUE,
	.filters = (const ReadFilterField[]){FILTER_CUSTOMER,
		{"function", FILTER_TEXT, NULL, NULL, "that came to this function"},
		{"followed_up", FILTER_BOOL, NULL, NULL, "false for those that wait for a manager"}, FILTER_NAME,
		FILTER_SORT("happened_at", "-happened_at", "customer_name", "-customer_name", "by", "-by"),
		FILTERS_END},
	.columns = ended_call_columns,
	.source = &(const ReadSource){KEYED_BY(EndedCallRow), .fetch = fetch_ended_calls, .sees = sees_ended_call},
};
