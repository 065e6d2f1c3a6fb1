/* read_lists.c: every list, with its filters and the statement behind it, in one table. Those that are registers, and
 * can be sorted, stand in read_registers.c; 'my work' in work_list.c. */
#include "acts/read_run.h"

#include <string.h>

#define CASE_ROLES (BY_ANYONE | BY(AUDITOR))
#define ALL_ROLES (CASE_ROLES | BY(ADMINISTRATOR))
#define FILTERS_END                                                                                                    \
	{                                                                                                              \
		NULL, FILTER_TEXT, NULL, NULL, NULL                                                                    \
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
#define KEYED_BY(Row, member) .row_size = sizeof(Row), .key_offset = G_STRUCT_OFFSET(Row, member)

static gint64 flag(const char *value)
{
	return value == NULL ? G_MININT64 : *value == '1';
}

/* Where a list of references goes on: downward, before the key. */
static const char *downward(const ListQuery *query)
{
	return query->key != NULL ? query->key : "~";
}

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

/* Matters and contacts. */

static gboolean fetch_matters(Reading *reading, const ListQuery *query, void **ret_rows, gsize *ret_n, GError **error)
{
	FETCH(MatterRow, sql_read_matters(reading->tx, reading->mem, query->filters[0], query->filters[1],
				 flag(query->filters[2]), downward(query), query->limit, &rows, ret_n, error));
}

static const ReadList matters = {
	.name = "matters",
	.title = "matters",
	.summary = "What contact is about, newest first.",
	.by = CASE_ROLES,
	.newest_first = TRUE,
	.filters = (const ReadFilterField[]){FILTER_CUSTOMER, FILTER_FUNCTION,
		{"open", FILTER_BOOL, NULL, NULL, "true for those that are open"}, FILTERS_END},
	.columns = matter_columns,
	.source = &(const ReadSource){KEYED_BY(MatterRow, ref), .fetch = fetch_matters},
};

static gboolean fetch_contacts(Reading *reading, const ListQuery *query, void **ret_rows, gsize *ret_n, GError **error)
{
	const char *customer = query->filters[0];
	const char *function = query->filters[1], *channel = query->filters[2], *direction = query->filters[3];

	if (customer != NULL)
		FETCH(ContactRow, sql_read_contacts_of(reading->tx, reading->mem, customer, function, channel,
					  direction, downward(query), query->limit, &rows, ret_n, error));
	FETCH(ContactRow, sql_read_contacts(reading->tx, reading->mem, function, channel, direction, downward(query),
				  query->limit, &rows, ret_n, error));
}

static gboolean sees_contact(Reading *reading, const void *row, gboolean *ret_sees, guint *ret_lifted, GError **error)
{
	(void)error;
	*ret_sees = TRUE;
	*ret_lifted = lifts_of_contact(reading->run.actor, row);
	return TRUE;
}

static const ReadList contacts = {
	.name = "contacts",
	.title = "contacts",
	.summary = "Contact in and out, by staff and by the gate, newest first.",
	.by = CASE_ROLES,
	.newest_first = TRUE,
	.filters = (const ReadFilterField[]){FILTER_CUSTOMER,
		{"function", FILTER_TEXT, NULL, NULL, "that came to this function"},
		{"channel", FILTER_CHOICE, NULL,
			(const char *const[]){"phone", "email", "letter", "in-person", "web", "chat", NULL},
			"on this channel"},
		{"direction", FILTER_CHOICE, NULL, (const char *const[]){"in", "out", NULL}, "in or out"}, FILTERS_END},
	.columns = contact_columns,
	.source = &(const ReadSource){KEYED_BY(ContactRow, ref), .fetch = fetch_contacts, .sees = sees_contact},
};

/* Steps of casefiles: only what the actor answers for is listed. */

static gboolean fetch_reports(Reading *reading, const ListQuery *query, void **ret_rows, gsize *ret_n, GError **error)
{
	FETCH(ReportRow,
		sql_read_reports(reading->tx, reading->mem, query->filters[0], query->filters[1], query->filters[2],
			flag(query->filters[3]), downward(query), query->limit, &rows, ret_n, error));
}

static gboolean sees_report_row(
	Reading *reading, const void *row, gboolean *ret_sees, guint *ret_lifted, GError **error)
{
	*ret_lifted = VEILS_ALL;
	return sees_report(reading, row, ret_sees, error);
}

static const ReadList reports = {
	.name = "reports",
	.title = "reports",
	.summary = "Behaviour reports that you may see, newest first; assessed=false is the managers' queue.",
	.by = CASE_ROLES,
	.newest_first = TRUE,
	.filters = (const ReadFilterField[]){FILTER_CUSTOMER, FILTER_CASEFILE, FILTER_FUNCTION,
		{"assessed", FILTER_BOOL, NULL, NULL, "false for those that wait for an assessment"}, FILTERS_END},
	.columns = report_columns,
	.source = &(const ReadSource){KEYED_BY(ReportRow, ref), .fetch = fetch_reports, .sees = sees_report_row},
};

static gboolean fetch_requests(Reading *reading, const ListQuery *query, void **ret_rows, gsize *ret_n, GError **error)
{
	FETCH(RequestRow,
		sql_read_requests(reading->tx, reading->mem, query->filters[0], query->filters[1], query->filters[2],
			query->filters[3], downward(query), query->limit, &rows, ret_n, error));
}

static gboolean sees_request_row(
	Reading *reading, const void *row, gboolean *ret_sees, guint *ret_lifted, GError **error)
{
	*ret_lifted = VEILS_ALL;
	return sees_casefile(reading, ((const RequestRow *)row)->casefile, ret_sees, error);
}

static const ReadList requests = {
	.name = "requests",
	.title = "requests",
	.summary = "Requests for authorisation of the functions that you answer for, newest first; state=open is the "
		   "queue of the head of function.",
	.by = CASE_ROLES,
	.newest_first = TRUE,
	.filters = (const ReadFilterField[]){FILTER_CUSTOMER, FILTER_CASEFILE, FILTER_FUNCTION,
		{"state", FILTER_CHOICE, NULL,
			(const char *const[]){"open", "returned", "refused", "authorised", "withdrawn", NULL},
			"what became of it"},
		FILTERS_END},
	.columns = request_columns,
	.source = &(const ReadSource){KEYED_BY(RequestRow, ref), .fetch = fetch_requests, .sees = sees_request_row},
};

static gboolean fetch_disputes(Reading *reading, const ListQuery *query, void **ret_rows, gsize *ret_n, GError **error)
{
	FETCH(DisputeRow,
		sql_read_disputes(reading->tx, reading->mem, query->filters[0], query->filters[1], query->filters[2],
			flag(query->filters[3]), downward(query), query->limit, &rows, ret_n, error));
}

static gboolean sees_dispute_row(
	Reading *reading, const void *row, gboolean *ret_sees, guint *ret_lifted, GError **error)
{
	return lifts_of_dispute(reading, row, ret_sees, ret_lifted, error);
}

static const ReadList disputes = {
	.name = "disputes",
	.title = "disputes",
	.summary = "Disputes of decisions that you may see, newest first; open=true is the complaints officers' queue, "
		   "each with the day by which it is to be answered (D3).",
	.by = CASE_ROLES,
	.newest_first = TRUE,
	.filters = (const ReadFilterField[]){FILTER_CUSTOMER, FILTER_CASEFILE, FILTER_FUNCTION,
		{"open", FILTER_BOOL, NULL, NULL, "true for those that wait for an answer"}, FILTERS_END},
	.columns = dispute_columns,
	.source = &(const ReadSource){KEYED_BY(DisputeRow, ref), .fetch = fetch_disputes, .sees = sees_dispute_row},
};

/* Notices and items. */

static gboolean fetch_notices(Reading *reading, const ListQuery *query, void **ret_rows, gsize *ret_n, GError **error)
{
	FETCH(NoticeLineRow,
		sql_read_notices(reading->tx, reading->mem, query->filters[0], query->filters[1], query->filters[2],
			flag(query->filters[3]), downward(query), query->limit, &rows, ret_n, error));
}

static gboolean sees_notice(Reading *reading, const void *row, gboolean *ret_sees, guint *ret_lifted, GError **error)
{
	const NoticeLineRow *notice = row;

	*ret_sees = TRUE;
	return lifts_of_notice(
		reading, notice->casefile, notice->owner, notice->delivery, notice->sent_at, ret_lifted, error);
}

static const ReadList notices = {
	.name = "notices",
	.title = "notices",
	.summary = "Letters and how far they have come, newest first; one at a time is shown with its text.",
	.by = CASE_ROLES,
	.newest_first = TRUE,
	.filters = (const ReadFilterField[]){FILTER_CUSTOMER, FILTER_CASEFILE,
		{"owner", FILTER_TEXT, NULL, NULL, "whose task it is, by user name"},
		{"to_send", FILTER_BOOL, NULL, NULL, "true for those that are not sent, or came back"}, FILTERS_END},
	.columns = notice_line_columns,
	.source = &(const ReadSource){KEYED_BY(NoticeLineRow, ref), .fetch = fetch_notices, .sees = sees_notice},
};

static gboolean fetch_items(Reading *reading, const ListQuery *query, void **ret_rows, gsize *ret_n, GError **error)
{
	FETCH(ItemRow,
		sql_read_items(reading->tx, reading->mem, query->filters[0], query->filters[1], query->filters[2],
			flag(query->filters[3]), downward(query), query->limit, &rows, ret_n, error));
}

static gboolean sees_item(Reading *reading, const void *row, gboolean *ret_sees, guint *ret_lifted, GError **error)
{
	(void)error;
	*ret_sees = TRUE;
	*ret_lifted = lifts_of_item(reading->run.actor, row);
	return TRUE;
}

static const ReadList items = {
	.name = "items",
	.title = "items of work",
	.summary = "Owned work that came of mail and calls, newest first.",
	.by = CASE_ROLES,
	.newest_first = TRUE,
	.filters = (const ReadFilterField[]){FILTER_CUSTOMER, FILTER_FUNCTION,
		{"owner", FILTER_TEXT, NULL, NULL, "whose task it is, by user name"},
		{"open", FILTER_BOOL, NULL, NULL, "true for those without an outcome"}, FILTERS_END},
	.columns = item_columns,
	.source = &(const ReadSource){KEYED_BY(ItemRow, ref), .fetch = fetch_items, .sees = sees_item},
};

/* What staff added beside the steps: for who answers for the casefile, and who wrote it. */

static gboolean sees_own(
	Reading *reading, const char *casefile, const char *by, gboolean *ret_sees, guint *ret_lifted, GError **error)
{
	*ret_lifted = VEILS_ALL;
	if (!sees_casefile(reading, casefile, ret_sees, error))
		return FALSE;
	*ret_sees |= g_str_equal(by, reading->run.actor->user_name);
	return TRUE;
}

static gboolean fetch_evidence(Reading *reading, const ListQuery *query, void **ret_rows, gsize *ret_n, GError **error)
{
	FETCH(EvidenceRow, sql_read_evidence(reading->tx, reading->mem, query->filters[0], query->filters[1],
				   query->filters[2], downward(query), query->limit, &rows, ret_n, error));
}

static gboolean sees_evidence(Reading *reading, const void *row, gboolean *ret_sees, guint *ret_lifted, GError **error)
{
	const EvidenceRow *evidence = row;

	return sees_own(reading, evidence->casefile, evidence->by_user, ret_sees, ret_lifted, error);
}

static gboolean evidence_item(Reading *reading, const ListQuery *query, const void *row, guint lifted, guint *hidden,
	json_t **ret_item, GError **error)
{
	(void)query;
	(void)lifted;
	return evidence_json(reading, row, hidden, ret_item, error);
}

static const ReadList evidence = {
	.name = "evidence",
	.title = "evidence",
	.summary = "Files that bear casefiles out, newest first; \"after\" names the decision that was made before one "
		   "was "
		   "entered (G9).",
	.by = CASE_ROLES,
	.newest_first = TRUE,
	.filters = (const ReadFilterField[]){FILTER_CUSTOMER, FILTER_CASEFILE, FILTER_FUNCTION, FILTERS_END},
	.columns = evidence_columns,
	.source = &(const ReadSource){KEYED_BY(EvidenceRow, ref), .fetch = fetch_evidence, .sees = sees_evidence,
		.item = evidence_item},
};

static gboolean fetch_breaches(Reading *reading, const ListQuery *query, void **ret_rows, gsize *ret_n, GError **error)
{
	FETCH(BreachRow, sql_read_breaches(reading->tx, reading->mem, query->filters[0], query->filters[1],
				 query->filters[2], downward(query), query->limit, &rows, ret_n, error));
}

static gboolean sees_breach(Reading *reading, const void *row, gboolean *ret_sees, guint *ret_lifted, GError **error)
{
	const BreachRow *breach = row;

	return sees_own(reading, breach->casefile, breach->by_user, ret_sees, ret_lifted, error);
}

static const ReadList breaches = {
	.name = "breaches",
	.title = "breaches",
	.summary = "What was done against arrangements, newest first.",
	.by = CASE_ROLES,
	.newest_first = TRUE,
	.filters = (const ReadFilterField[]){FILTER_CUSTOMER, FILTER_CASEFILE, FILTER_FUNCTION, FILTERS_END},
	.columns = breach_columns,
	.source = &(const ReadSource){KEYED_BY(BreachRow, ref), .fetch = fetch_breaches, .sees = sees_breach},
};

/* The record and who looked. */

enum { RECORD_CASEFILE, RECORD_SUBJECT, RECORD_AFTER, RECORD_CONTENT };

static gboolean reads_whole_record(const Actor *actor)
{
	return actor_has(actor, ROLE_AUDITOR, NULL) || actor_has(actor, ROLE_RECORDS_OFFICER, NULL) ||
	       actor_has(actor, ROLE_ADMINISTRATOR, NULL);
}

static gboolean fetch_record(Reading *reading, const ListQuery *query, void **ret_rows, gsize *ret_n, GError **error)
{
	const char *casefile = query->filters[RECORD_CASEFILE], *subject = query->filters[RECORD_SUBJECT];
	const char *after_text = query->key != NULL ? query->key : query->filters[RECORD_AFTER];
	gint64 after = 0;

	if (after_text != NULL && !g_ascii_string_to_signed(after_text, 10, 0, G_MAXINT64, &after, NULL))
		return invalid(error, "cursor", "This cursor belongs to no page of this list.");
	if (casefile == NULL && !reads_whole_record(reading->run.actor))
		return refuse_at(error, "G10", "casefile",
			"Name the casefile whose record you want to see. The whole record is the auditor's.");
	if (casefile != NULL && subject != NULL)
		return invalid(error, "subject", "Give a casefile or a subject, not both.");
	if (casefile != NULL)
		FETCH(EntryRow, sql_record_casefile_page(
					reading->tx, reading->mem, casefile, after, query->limit, &rows, ret_n, error));
	if (subject != NULL)
		FETCH(EntryRow, sql_record_subject_page(
					reading->tx, reading->mem, subject, after, query->limit, &rows, ret_n, error));
	FETCH(EntryRow, sql_record_page(reading->tx, reading->mem, after, query->limit, &rows, ret_n, error));
}

/* An administrator sees entries, which hold no personal text, and no content. */
static gboolean sees_entry(Reading *reading, const void *row, gboolean *ret_sees, guint *ret_lifted, GError **error)
{
	const Actor *actor = reading->run.actor;
	const EntryRow *entry = row;

	*ret_sees = TRUE;
	*ret_lifted = VEILS_ALL;
	if (actor_has(actor, ROLE_AUDITOR, NULL) || actor_has(actor, ROLE_RECORDS_OFFICER, NULL))
		return TRUE;
	*ret_sees = FALSE;
	if (entry->casefile != NULL && !sees_casefile(reading, entry->casefile, ret_sees, error))
		return FALSE;
	if (!*ret_sees && actor_has(actor, ROLE_ADMINISTRATOR, NULL)) {
		*ret_sees = TRUE;
		*ret_lifted = 0;
	}
	return TRUE;
}

static gboolean entry_item(Reading *reading, const ListQuery *query, const void *row, guint lifted, guint *hidden,
	json_t **ret_item, GError **error)
{
	const EntryRow *entry = row;
	RecordContentRow *content = NULL;

	*ret_item = NULL;
	if (!(lifted & VEIL_CONTENT))
		*hidden |= VEIL_CONTENT;
	else if (flag(query->filters[RECORD_CONTENT]) == 1 &&
		 !sql_record_content(reading->tx, reading->mem, entry->number, &content, error))
		return FALSE;
	*ret_item = columns_json(entry_columns, row, lifted, hidden, reading->mem);
	if (content != NULL) {
		json_t *value = json_loads(content->content, JSON_DECODE_ANY, NULL);

		json_object_set_new(*ret_item, "content", value != NULL ? value : json_null());
	}
	return TRUE;
}

static const ReadList record = {
	.name = "record",
	.title = "the record",
	.summary =
		"The record's entries, oldest first: all of them for auditor, records officer and administrator (who "
		"sees no content), a casefile's for who answers for it.",
	.by = BY(MANAGER) | BY(HEAD_OF_FUNCTION) | BY(COMPLAINTS_OFFICER) | BY(RECORDS_OFFICER) | BY(AUDITOR) |
	      BY(ADMINISTRATOR),
	.filters = (const ReadFilterField[]){FILTER_CASEFILE,
		{"subject", FILTER_TEXT, NULL, NULL, "what the act made or changed, by reference"},
		{"after", FILTER_NUMBER, NULL, NULL, "entries after this number"},
		{"content", FILTER_BOOL, NULL, NULL, "true: with what the record keeps of each act"}, FILTERS_END},
	.columns = entry_columns,
	.source = &(const ReadSource){KEYED_BY(EntryRow, number), .numbered = TRUE, .fetch = fetch_record,
		.sees = sees_entry, .item = entry_item},
};

static gboolean fetch_viewings(Reading *reading, const ListQuery *query, void **ret_rows, gsize *ret_n, GError **error)
{
	gint64 before = G_MAXINT64;

	if (query->key != NULL && !g_ascii_string_to_signed(query->key, 10, 0, G_MAXINT64, &before, NULL))
		return invalid(error, "cursor", "This cursor belongs to no page of this list.");
	FETCH(ViewingRow, sql_read_viewings(reading->tx, reading->mem, query->filters[0], query->filters[1], before,
				  query->limit, &rows, ret_n, error));
}

static const ReadList viewings = {
	.name = "viewings",
	.title = "viewings",
	.summary = "Who looked at what, newest first (K4).",
	.by = BY(RECORDS_OFFICER) | BY(AUDITOR),
	.newest_first = TRUE,
	.filters = (const ReadFilterField[]){{"subject", FILTER_TEXT, NULL, NULL,
						     "the customer or casefile looked at, by reference"},
		{"actor", FILTER_TEXT, NULL, NULL, "who looked, by user name"}, FILTERS_END},
	.columns = viewing_columns,
	.source = &(const ReadSource){KEYED_BY(ViewingRow, number), .numbered = TRUE, .fetch = fetch_viewings},
};

/* Set-up. */

static gboolean fetch_functions(Reading *reading, const ListQuery *query, void **ret_rows, gsize *ret_n, GError **error)
{
	(void)query;
	FETCH(FunctionRow, sql_function_list(reading->tx, reading->mem, &rows, ret_n, error));
}

static const ReadList functions = {
	.name = "functions",
	.title = "functions",
	.summary = "The organisation's functions.",
	.by = ALL_ROLES,
	.columns = function_columns,
	.source = &(const ReadSource){KEYED_BY(FunctionRow, slug), .all_at_once = TRUE, .set_up = TRUE,
		.fetch = fetch_functions},
};

static gboolean fetch_staff(Reading *reading, const ListQuery *query, void **ret_rows, gsize *ret_n, GError **error)
{
	(void)query;
	FETCH(StaffRow, sql_staff_list(reading->tx, reading->mem, &rows, ret_n, error));
}

static gboolean staff_item(Reading *reading, const ListQuery *query, const void *row, guint lifted, guint *hidden,
	json_t **ret_item, GError **error)
{
	const StaffRow *staff = row;
	json_t *roles;
	GrantRow *grants;
	gsize n;

	(void)query;
	if (!sql_grants_of(reading->tx, reading->mem, staff->user_name, &grants, &n, error))
		return FALSE;
	roles = json_array();
	for (gsize i = 0; i < n; i++)
		json_array_append_new(
			roles, json_pack("{s:s, s:s?}", "role", grants[i].role, "function", grants[i].function));
	*ret_item = columns_json(staff_columns, row, lifted, hidden, reading->mem);
	json_object_set_new(*ret_item, "roles", roles);
	return TRUE;
}

static const ReadList staff_list = {
	.name = "staff",
	.title = "staff",
	.summary = "Who works here, with their roles.",
	.by = ALL_ROLES,
	.columns = staff_columns,
	.source = &(const ReadSource){KEYED_BY(StaffRow, user_name), .all_at_once = TRUE, .set_up = TRUE,
		.fetch = fetch_staff, .item = staff_item},
};

static gboolean fetch_doors(Reading *reading, const ListQuery *query, void **ret_rows, gsize *ret_n, GError **error)
{
	(void)query;
	FETCH(DoorRow, sql_door_list(reading->tx, reading->mem, &rows, ret_n, error));
}

static const ReadList doors = {
	.name = "doors",
	.title = "doors",
	.summary = "Mailboxes, extensions and desks, and what they belong to.",
	.by = ALL_ROLES,
	.columns = door_columns,
	.source = &(const ReadSource){KEYED_BY(DoorRow, address), .all_at_once = TRUE, .set_up = TRUE,
		.fetch = fetch_doors},
};

static gboolean fetch_packs(Reading *reading, const ListQuery *query, void **ret_rows, gsize *ret_n, GError **error)
{
	(void)query;
	FETCH(PackRow, sql_pack_list(reading->tx, reading->mem, &rows, ret_n, error));
}

static const ReadList packs = {
	.name = "packs",
	.title = "policy packs",
	.summary = "The policy packs that were adopted, and the day from which each is in force.",
	.by = ALL_ROLES,
	.columns = pack_columns,
	.source = &(
		const ReadSource){KEYED_BY(PackRow, label), .all_at_once = TRUE, .set_up = TRUE, .fetch = fetch_packs},
};

const ReadList *const read_lists[] = {&read_work_list, &read_customers_list, &matters, &contacts,
	&read_ended_calls_list, &read_casefiles_list, &reports, &read_warnings_list, &read_referrals_list, &requests,
	&read_arrangements_list, &disputes, &notices, &items, &evidence, &breaches, &record, &viewings, &functions,
	&staff_list, &doors, &packs, NULL};
