/* work_kinds.c: every kind of work, whose it is, when it is due and what it says; one function a kind turns the rows
 * of store/sql/work.sql into lines. Sorting, filters and pages are read_work.c's.
 *
 * Days that no pack sets are here: working days, from the moment that the work began to wait. */
#include "acts/work_run.h"

#include <string.h>

enum {
	SAME_DAY = 0,
	NEXT_DAY = 1,
	LETTER_DAYS = 2,      /* to make, send, or send again a letter; to see to it that an ended one is told */
	ACKNOWLEDGE_DAYS = 3, /* an answer or a dispute; to follow up an ended call; to sign */
	STEP_DAYS = 5,      /* to warn, ask, decide, deal with an item, answer an adjustment, mend what was returned */
	CLOSE_DAYS = 10,    /* to close, or to say after a warning's days what follows */
	REPORTED_DAYS = 90, /* so long staff see what came of a report */
	BREACH_DAYS = 28    /* so long a breach stands among what is to be known */
};

#define BY_OFFICE (BY(STAFF) | BY(MANAGER) | BY(HEAD_OF_FUNCTION))

typedef struct WorkKindRow {
	const char *key, *title;
	RoleSet by; /* whose it is where nobody is named */
	gboolean (*find)(WorkFind *find, const struct WorkKindRow *kind, GError **error);
} WorkKindRow;

static const WorkKindRow *kind_of(const char *key);

/* What a line is made from. */
typedef struct {
	const char *what, *act, *about;
	Day due_on;
	int soon_days;    /* 0: as all work */
	gboolean to_know; /* nothing is to be done */
	gboolean barred;  /* for the viewer: it is another's to do, though their role does such work */
} Said;

static Day day_of(const WorkFind *find, Instant at)
{
	return zone_day(find->reading->run.zone, at);
}

static Day working_days(const WorkFind *find, Instant from, int n)
{
	return urgency_working_days(find->policy, day_of(find, from), n);
}

static const char *words_of_day(const WorkFind *find, Day day)
{
	return day_in_words(find->reading->mem, day);
}

static const char *name_of(const WorkFind *find, const char *user_name)
{
	const char *name = user_name != NULL ? g_hash_table_lookup(find->names, user_name) : NULL;

	return name != NULL ? name : user_name;
}

static const char *title_of(const WorkFind *find, const char *function)
{
	const char *key = function != NULL ? arena_printf(find->reading->mem, "/%s", function) : NULL;
	const char *title = key != NULL ? g_hash_table_lookup(find->names, key) : NULL;

	return title != NULL ? title : function;
}

static const char *heading_title(const WorkFind *find, const char *key)
{
	const Heading *heading = policy_heading(find->policy, key);

	return heading != NULL ? heading->title : key;
}

static gboolean is_me(const WorkFind *find, const char *user_name)
{
	return g_strcmp0(user_name, find->actor->user_name) == 0;
}

/* Whether one of these roles is the actor's for a function; NULL: of work that is nobody's function's. */
static gboolean holds(const WorkFind *find, RoleSet roles, const char *function)
{
	for (Role role = 0; role < ROLES; role++)
		if ((roles & (1u << role)) != 0 && actor_has(find->actor, role, function))
			return TRUE;
	return (roles & BY(HEAD_OF_FUNCTION)) != 0 && function != NULL &&
	       actor_capacity(find->actor, find->policy, function) != CAPACITY_NONE;
}

/* ",casework,": the functions whose work of this kind the actor sees, besides what is theirs by name; NULL: all. */
static const char *functions_of(const WorkFind *find, RoleSet by)
{
	const RoleSet roles = by | BY(MANAGER) | BY(HEAD_OF_FUNCTION);
	const Actor *actor = find->actor;
	const char *list = ",";

	if (actor_has(actor, ROLE_AUDITOR, NULL) || actor_has(actor, ROLE_RECORDS_OFFICER, NULL))
		return NULL;
	for (gsize i = 0; i < actor->n_roles; i++) {
		if ((roles & (1u << actor->roles[i].role)) == 0)
			continue;
		if (actor->roles[i].function == NULL)
			return NULL;
		list = arena_printf(find->reading->mem, "%s%s,", list, actor->roles[i].function);
	}
	for (gsize i = 0; i < actor->n_substitutes; i++)
		if (actor_capacity(actor, find->policy, actor->substitutes[i].function) != CAPACITY_NONE)
			list = arena_printf(find->reading->mem, "%s%s,", list, actor->substitutes[i].function);
	return list;
}

static void add(WorkFind *find, const WorkKindRow *kind, const DutyRow *row, const Said *said)
{
	WorkLine *line = arena_new0(find->reading->mem, WorkLine);
	static const char *const HANDED_ON[] = {
		"assess-report", "name-assessor", "letter", "item", "answer-dispute", NULL};
	const gboolean named = row->owner != NULL;

	*line = (WorkLine){.kind = kind->key,
		.title = kind->title,
		.ref = row->ref,
		.casefile = row->casefile,
		.customer = row->customer,
		.customer_name = row->customer != NULL ? row->name : NULL,
		.what = said->what,
		.function = row->function,
		.function_title = title_of(find, row->function),
		.owner = row->owner,
		.owner_name = name_of(find, row->owner),
		.act = said->act,
		.about = said->about,
		.since = row->since > 0 ? row->since : INSTANT_NONE,
		.due_on = said->to_know ? DAY_NONE : said->due_on};
	line->urgency = said->to_know
				? URGENCY_TO_KNOW
				: urgency_of(find->policy, line->due_on, find->reading->run.today, said->soon_days);
	line->urgency_name = urgency_name(line->urgency);
	line->later = g_str_equal(kind->key, "review") && line->urgency == URGENCY_NOT_DUE;
	line->mine = !said->barred && (named ? is_me(find, row->owner) : holds(find, kind->by, row->function));
	line->may_do = line->mine || (!said->barred && holds(find, kind->by, row->function));
	line->may_assign = g_strv_contains(HANDED_ON, kind->key) &&
			   holds(find,
				   g_str_equal(kind->key, "answer-dispute") ? BY(COMPLAINTS_OFFICER)
									    : BY(MANAGER) | BY(HEAD_OF_FUNCTION),
				   row->function);
	arena_list_add(find->reading->mem, &find->lines, line);
}

#define SAY(...) add(find, kind, row, &(const Said){__VA_ARGS__})
#define WORDS(...) arena_printf(find->reading->mem, __VA_ARGS__)

/* Runs a statement and hands each row to `each`, in whose body `row` is the row. */
#define FOR_EACH(row, statement, ...)                                                                                  \
	DutyRow *rows_of_##row;                                                                                        \
	gsize n_of_##row;                                                                                              \
                                                                                                                       \
	if (!statement(find->reading->tx, find->reading->mem, __VA_ARGS__, WORK_ROWS_MAX, &rows_of_##row, &n_of_##row, \
		    error))                                                                                            \
		return FALSE;                                                                                          \
	find->cut |= n_of_##row == WORK_ROWS_MAX;                                                                      \
	for (const DutyRow *row = rows_of_##row; row < rows_of_##row + n_of_##row; row++)

/* S3. A report waits for a manager; where none may, or the pack's days are over, for the head of function too. */
static gboolean find_reports(WorkFind *find, const WorkKindRow *kind, GError **error)
{
	const int days = find->policy->days_to_assess;

	FOR_EACH(row, sql_work_reports, functions_of(find, kind->by), find->actor->user_name)
	{
		const Day due = day_of(find, row->since) + days;
		const gboolean own = is_me(find, row->said);

		SAY(.what = own ? "You reported this yourself, so another manager assesses it."
				: WORDS("Assess the report by %s: %s.", name_of(find, row->said),
					  heading_title(find, row->more)),
			.act = own ? NULL : "assess-report", .about = row->ref, .due_on = due, .barred = own);
		if (row->owner != NULL || (row->n > 0 && find->reading->run.today <= due))
			continue;
		add(find, kind_of("name-assessor"), row,
			&(const Said){
				.what = row->n == 0 ? WORDS("Nobody of %s may assess the report by %s. Name a manager "
							    "of another function.",
							      title_of(find, row->function), name_of(find, row->said))
						    : WORDS("The report by %s was not assessed within %d days. Name "
							    "who does "
							    "it.",
							      name_of(find, row->said), days),
				.act = "assign",
				.about = row->ref,
				.due_on = row->n == 0 ? working_days(find, row->since, NEXT_DAY) : due});
	}
	return TRUE;
}

/* S2 */
static gboolean find_ended_calls(WorkFind *find, const WorkKindRow *kind, GError **error)
{
	FOR_EACH(row, sql_work_ended_calls, functions_of(find, kind->by), find->actor->user_name)
	{
		const PolicyWord *reason =
			policy_word(find->policy->call_end_reasons, find->policy->n_call_end_reasons, row->more);

		SAY(.what = WORDS("%s ended a call: %s. Look at it with them, and say what you did.",
			    row->n == 1 ? "You" : name_of(find, row->said),
			    reason != NULL      ? reason->title
			    : row->more != NULL ? row->more
						: "no reason"),
			.act = row->n == 1 ? NULL : "follow-up", .about = row->ref,
			.due_on = working_days(find, row->since, ACKNOWLEDGE_DAYS), .barred = row->n == 1);
	}
	return TRUE;
}

/* S4 */
static gboolean find_welfare(WorkFind *find, const WorkKindRow *kind, GError **error)
{
	FOR_EACH(row, sql_work_welfare, functions_of(find, kind->by))
	SAY(.what = WORDS("%s says that they feel unsafe or unfairly treated. Talk with them, and say what you "
			  "did.",
		    name_of(find, row->said)),
		.act = "follow-up", .about = row->ref, .due_on = working_days(find, row->since, NEXT_DAY),
		.barred = is_me(find, row->said));
	return TRUE;
}

/* L2 */
static gboolean find_referrals(WorkFind *find, const WorkKindRow *kind, GError **error)
{
	FOR_EACH(row, sql_work_referrals, functions_of(find, kind->by))
	SAY(.what = "Violence was used or threatened. Record that the police were told, or assess the report and "
		    "say why there was none.",
		.act = "refer-to-police", .due_on = working_days(find, row->since, SAME_DAY));
	return TRUE;
}

static gboolean find_safety(WorkFind *find, const WorkKindRow *kind, GError **error)
{
	FOR_EACH(row, sql_work_safety, functions_of(find, kind->by))
	SAY(.what = "Approve the sentence that anybody about to meet them is told.", .act = "approve-safety-sentence",
		.due_on = working_days(find, row->since, LETTER_DAYS));
	return TRUE;
}

/* W1 */
static gboolean find_to_warn(WorkFind *find, const WorkKindRow *kind, GError **error)
{
	FOR_EACH(row, sql_work_to_warn, functions_of(find, kind->by))
	SAY(.what = WORDS("Write the warning that assessment %s calls for.", row->ref), .act = "warn",
		.about = row->ref, .due_on = working_days(find, row->since, STEP_DAYS));
	return TRUE;
}

/* A3 */
static gboolean find_to_request(WorkFind *find, const WorkKindRow *kind, GError **error)
{
	FOR_EACH(row, sql_work_to_request, functions_of(find, kind->by))
	SAY(.what = WORDS("Request authorisation, as assessment %s calls for.", row->ref), .act = "request",
		.due_on = working_days(find, row->since, STEP_DAYS));
	return TRUE;
}

/* W6 */
static gboolean find_answers(WorkFind *find, const WorkKindRow *kind, GError **error)
{
	FOR_EACH(row, sql_work_answers, functions_of(find, kind->by))
	SAY(.what = WORDS("They answered warning %s. Acknowledge it in writing.", row->said),
		.act = "acknowledge-answer", .about = row->ref,
		.due_on = working_days(find, row->since, ACKNOWLEDGE_DAYS));
	return TRUE;
}

/* W4: the last day to adapt is core's to say. */
static gboolean find_warnings(WorkFind *find, const WorkKindRow *kind, GError **error)
{
	FOR_EACH(row, sql_work_warnings, functions_of(find, kind->by))
	{
		const NoticeState sent = {.delivery = row->said,
			.sent_at = row->at,
			.delivered_at = row->at,
			.returned_at = INSTANT_NONE};
		const Warning warning = {.days_to_adapt = (int)row->n, .sent = &sent};
		Day until = DAY_NONE;

		if (!warning_adapt_until(&warning, find->reading->run.zone, &until))
			continue;
		if (until >= find->reading->run.today)
			SAY(.what = WORDS("They have until %s to adapt.", words_of_day(find, until)), .to_know = TRUE);
		else
			SAY(.what = WORDS("The time to adapt ended on %s, and nothing was reported since. Close the "
					  "casefile if the warning sufficed; report what goes on if it did not.",
				    words_of_day(find, until)),
				.act = "close-casefile",
				.due_on = urgency_working_days(find->policy, until, CLOSE_DAYS));
	}
	return TRUE;
}

/* A8 */
static gboolean find_requests_back(WorkFind *find, const WorkKindRow *kind, GError **error)
{
	FOR_EACH(row, sql_work_requests_back, functions_of(find, kind->by), find->actor->user_name)
	{
		const gboolean returned = g_str_equal(row->more, "returned");

		SAY(.what = returned ? "Your request came back for more. Read what is missing, mend it, and ask again."
				     : "The request was refused. Read why; then close the casefile, or think of a "
				       "lesser "
				       "step.",
			.act = returned ? "request" : "close-casefile",
			.due_on = working_days(find, row->at != INSTANT_NONE ? row->at : row->since,
				returned ? STEP_DAYS : CLOSE_DAYS));
	}
	return TRUE;
}

/* S5 */
static gboolean find_breaches(WorkFind *find, const WorkKindRow *kind, GError **error)
{
	const Instant from = find->reading->run.now - BREACH_DAYS * USEC_PER_DAY;

	FOR_EACH(row, sql_work_breaches, functions_of(find, kind->by), from)
	SAY(.what = WORDS("%s logged a breach of arrangement %s.", name_of(find, row->said), row->more),
		.to_know = TRUE);
	return TRUE;
}

static gboolean find_closable(WorkFind *find, const WorkKindRow *kind, GError **error)
{
	FOR_EACH(row, sql_work_closable, functions_of(find, kind->by))
	{
		const Instant since = row->at != INSTANT_NONE ? row->at : row->since;

		SAY(.what = row->at != INSTANT_NONE
				    ? "The arrangement has ended and its letter went out. Close the casefile."
				    : "All is assessed and nothing more is asked of them. Close the casefile.",
			.act = "close-casefile", .due_on = working_days(find, since, CLOSE_DAYS));
	}
	return TRUE;
}

/* G7 */
static gboolean find_adjustments(WorkFind *find, const WorkKindRow *kind, GError **error)
{
	FOR_EACH(row, sql_work_adjustments, functions_of(find, kind->by))
	SAY(.what = "Answer what they ask to be done differently. Nothing is authorised before.",
		.act = "answer-adjustment", .about = row->ref, .due_on = working_days(find, row->since, STEP_DAYS));
	return TRUE;
}

static void say_signature(WorkFind *find, const DutyRow *row)
{
	const WorkKindRow *kind = kind_of("sign");
	const gboolean signed_already = row->n > 0;

	SAY(.what = signed_already ? WORDS("You signed decision %s. Another signature is missing.", row->more)
				   : WORDS("Add your signature to decision %s, or refuse it.", row->more),
		.act = signed_already ? NULL : "decide", .about = row->ref, .barred = signed_already,
		.due_on = working_days(find, row->at != INSTANT_NONE ? row->at : row->since, ACKNOWLEDGE_DAYS));
}

/* A1, A4, and the second signature. */
static gboolean find_requests(WorkFind *find, const WorkKindRow *kind, GError **error)
{
	FOR_EACH(row, sql_work_requests, functions_of(find, kind->by), find->actor->user_name)
	{
		const gboolean own = is_me(find, row->said);

		if (row->more != NULL)
			say_signature(find, row);
		else
			SAY(.what = own ? "You asked for this. Nobody decides on their own request: the head of "
					  "function "
					  "or who stands in for them does."
					: WORDS("Decide on the request by %s.", name_of(find, row->said)),
				.act = own ? NULL : "decide", .about = row->ref, .barred = own,
				.due_on = working_days(find, row->since, STEP_DAYS));
	}
	return TRUE;
}

/* N1 */
static gboolean find_to_notify(WorkFind *find, const WorkKindRow *kind, GError **error)
{
	FOR_EACH(row, sql_work_to_notify, functions_of(find, kind->by), find->actor->user_name)
	SAY(.what = "Make the letter that tells what was decided. Nothing is in force before it went out.",
		.act = "notify", .about = row->ref, .due_on = working_days(find, row->since, LETTER_DAYS));
	return TRUE;
}

/* What is to be done about a letter: by the way it goes. */
static const char *letter_words(const WorkFind *find, const DutyRow *row)
{
	const char *space = strchr(row->more, ' ');
	const NoticeFormat *format = space != NULL ? policy_format(find->policy, space + 1) : NULL;
	Delivery way;

	if (!delivery_parse(arena_strndup(find->reading->mem, row->more, (gsize)(space - row->more)), &way))
		return "Send it, and say when.";
	if (row->at != INSTANT_NONE)
		return WORDS("It came back on %s. Send it again or another way, and say when.",
			words_of_day(find, day_of(find, row->at)));
	switch (way) {
	case DELIVERY_EMAIL:
		return row->n > 0 ? "It could not be e-mailed. Send it another way, and say when."
				  : WORDS("It has waited to go by e-mail since %s. Send it another way, and say when.",
					    words_of_day(find, day_of(find, row->since)));
	case DELIVERY_POST:
		return "Print it, post it, and say when you did.";
	case DELIVERY_BY_HAND:
		return "Hand it over, and say when you did.";
	case DELIVERY_READ_OUT:
		return "Read it out at the next contact, and say when you did.";
	default:
		return WORDS("Have it made (%s), and say when that was done.",
			format != NULL ? format->title : "in the format that they need");
	}
}

/* What goes by e-mail is the mail job's, as long as it goes. */
static gboolean goes_by_itself(const WorkFind *find, const DutyRow *row, Day due)
{
	return g_str_has_prefix(row->more, "email ") && row->at == INSTANT_NONE && row->n == 0 &&
	       find->reading->run.today <= due;
}

/* N1, N4 */
static gboolean find_letters(WorkFind *find, const WorkKindRow *kind, GError **error)
{
	FOR_EACH(row, sql_work_letters, functions_of(find, kind->by), find->actor->user_name)
	{
		const NoticeKind *notice = policy_notice(find->policy, row->said);
		const Instant since = row->at != INSTANT_NONE ? row->at : row->since;
		const Day due = working_days(find, since, LETTER_DAYS);

		if (goes_by_itself(find, row, due))
			continue;
		SAY(.what = WORDS("%s. %s", notice != NULL ? notice->title : row->said, letter_words(find, row)),
			.act = "confirm-notice", .about = row->ref, .due_on = due);
	}
	return TRUE;
}

/* G6 */
static gboolean find_items(WorkFind *find, const WorkKindRow *kind, GError **error)
{
	FOR_EACH(row, sql_work_items, functions_of(find, kind->by), find->actor->user_name)
	SAY(.what = WORDS("%s: look at it, and say what came of it.",
		    g_str_equal(row->more, "phone")   ? "A call that became work"
		    : g_str_equal(row->more, "email") ? "An e-mail that was filed or passed on"
						      : "Something that was filed or passed on"),
		.act = "deal-with-item", .about = row->ref, .due_on = working_days(find, row->since, STEP_DAYS));
	return TRUE;
}

/* D1, D3 */
static gboolean find_disputes(WorkFind *find, const WorkKindRow *kind, GError **error)
{
	FOR_EACH(row, sql_work_disputes, functions_of(find, kind->by), find->actor->user_name)
	{
		SAY(.what = WORDS("Answer the dispute of decision %s.", row->more), .act = "answer-dispute",
			.about = row->ref, .due_on = row->day);
		if (row->n == 0)
			add(find, kind_of("acknowledge-dispute"), row,
				&(const Said){
					.what = WORDS(
						"Acknowledge the dispute of decision %s in writing: its reference, and "
						"that it is answered by %s.",
						row->more, words_of_day(find, row->day)),
					.act = "acknowledge-dispute",
					.about = row->ref,
					.due_on = working_days(find, row->since, ACKNOWLEDGE_DAYS)});
	}
	return TRUE;
}

/* V1, G2: all that is or will be in force, by the day of its review. */
static gboolean find_reviews(WorkFind *find, const WorkKindRow *kind, GError **error)
{
	FOR_EACH(row, sql_work_reviews, functions_of(find, kind->by), find->reading->run.today)
	{
		const gboolean in_force = row->at != INSTANT_NONE && row->at <= find->reading->run.now;

		SAY(.what = row->day < find->reading->run.today
				    ? WORDS("The review of %s is overdue. Does it still apply?", row->ref)
				    : WORDS("%s is %s, and is to be reviewed.", row->ref,
					      in_force ? "in force" : "decided, not in force yet"),
			.due_on = row->day, .soon_days = MAX(find->policy->review.warn_days, 1));
	}
	return TRUE;
}

/* G3 */
static gboolean find_letters_owed(WorkFind *find, const WorkKindRow *kind, GError **error)
{
	FOR_EACH(row, sql_work_letters_owed, functions_of(find, kind->by), find->reading->run.today)
	{
		const Day ended = row->at != INSTANT_NONE ? day_of(find, row->at) : row->day;

		SAY(.what = WORDS(
			    "%s ended on %s, and no letter says so. See what is missing for it (an address?), and "
			    "send it.",
			    row->ref, words_of_day(find, ended)),
			.act = "end-arrangement", .about = row->ref,
			.due_on = urgency_working_days(find->policy, ended, LETTER_DAYS));
	}
	return TRUE;
}

/* R9: whether the customer's needs soften one of this arrangement's restrictions. */
static gboolean clashes(WorkFind *find, const DutyRow *row, gboolean *ret_clashes, GError **error)
{
	ActRun *run = &find->reading->run;
	CustomerFacts facts = {0};
	Arrangement **arrangements;
	gsize n;

	*ret_clashes = FALSE;
	if (!load_facts(run, row->customer, &facts, error) ||
		!load_arrangements(run, row->customer, NULL, &facts, &arrangements, &n, error))
		return FALSE;
	arrangement_settle_needs(find->policy, arrangements, n, facts.needs, facts.n_needs, facts.restrictions.doors,
		facts.restrictions.n_doors);
	for (gsize i = 0; i < n; i++)
		for (gsize r = 0; g_str_equal(arrangements[i]->ref, row->ref) && r < arrangements[i]->n_restrictions;
			r++)
			*ret_clashes |= arrangements[i]->restrictions[r].over_need;
	return TRUE;
}

static gboolean find_needs(WorkFind *find, const WorkKindRow *kind, GError **error)
{
	FOR_EACH(row, sql_work_needs, functions_of(find, kind->by))
	{
		gboolean clash;

		if (!clashes(find, row, &clash, error))
			return FALSE;
		if (clash)
			SAY(.what = WORDS(
				    "Need %s leaves them no way in under %s. Decide what gives way; until then staff "
				    "take what they cannot do otherwise.",
				    row->said, row->ref),
				.act = "vary", .about = row->ref,
				.due_on = day_of(find, row->since) + find->policy->days.need_answer_days);
	}
	return TRUE;
}

/* A1, A2 */
/* "until 28 December 2026", or, where that is still to come, "from 14 December 2026 until 28 December 2026". */
static const char *days_of_stand_in(WorkFind *find, const DutyRow *row)
{
	Day from = DAY_NONE;

	if (row->more == NULL || !day_parse(row->more, "from_on", &from, NULL) || from <= find->reading->run.today)
		return WORDS("until %s", words_of_day(find, row->day));
	return WORDS("from %s until %s", words_of_day(find, from), words_of_day(find, row->day));
}

static gboolean find_stand_ins(WorkFind *find, const WorkKindRow *kind, GError **error)
{
	FOR_EACH(
		row, sql_work_stand_ins, functions_of(find, kind->by), find->actor->user_name, find->reading->run.today)
	SAY(.what = WORDS("%s %s the head of %s %s.", is_me(find, row->ref) ? "You" : row->name,
		    is_me(find, row->ref) ? (g_str_equal(row->said, "deputy") ? "deputise for" : "stand in for")
					  : (g_str_equal(row->said, "deputy") ? "deputises for" : "stands in for"),
		    title_of(find, row->function), days_of_stand_in(find, row)),
		.to_know = TRUE);
	return TRUE;
}

/* What came of a report: how far the request that it led to has come, else how it was assessed. */
static const char *came_of_it(const DutyRow *row)
{
	static const char *const REQUESTED[] = {
		[1] = "was assessed: authorisation to manage their contact was asked for",
		[2] = "was assessed: authorisation to manage their contact was asked for and refused",
		[3] = "was assessed: their contact was managed, and that has ended",
		[4] = "was assessed: it is decided to manage their contact, and the letter has not gone yet",
		[5] = "was assessed: it is decided to manage their contact, and they have time to read the letter",
		[6] = "was assessed: their contact is managed now",
	};
	static const struct {
		const char *outcome, *words;
	} ASSESSED[] = {
		{"no-action", "was assessed: nothing further was found to be needed"},
		{"informal-advice", "was assessed: they were given advice"},
		{"warning", "was assessed: they are warned in writing"},
		{"request", "was assessed: authorisation to manage their contact is to be asked for"},
	};

	if (row->n > 0 && row->n < (gint64)G_N_ELEMENTS(REQUESTED))
		return REQUESTED[row->n];
	for (gsize i = 0; i < G_N_ELEMENTS(ASSESSED); i++)
		if (g_strcmp0(row->said, ASSESSED[i].outcome) == 0)
			return ASSESSED[i].words;
	return "waits for a manager's assessment";
}

/* S3 */
static gboolean find_own_reports(WorkFind *find, const WorkKindRow *kind, GError **error)
{
	const ActRun *run = &find->reading->run;
	const Instant from = run->now - REPORTED_DAYS * USEC_PER_DAY;

	FOR_EACH(row, sql_work_own_reports, find->actor->user_name, from, run->now, run->today)
	{
		DutyRow own = *row;

		own.owner = find->actor->user_name;
		add(find, kind, &own,
			&(const Said){.what = WORDS("Your report under ‘%s’ %s.", heading_title(find, row->more),
					      came_of_it(row)),
				.to_know = TRUE});
	}
	return TRUE;
}

static const WorkKindRow KINDS[] = {
	{"refer-to-police", "Referrals to the police", BY(MANAGER), find_referrals},
	{"follow-up-welfare", "Welfare of staff", BY(MANAGER), find_welfare},
	{"assess-report", "Reports to assess", BY(MANAGER), find_reports},
	{"name-assessor", "Reports that need an assessor", BY(HEAD_OF_FUNCTION), NULL /* with the reports */},
	{"follow-up-call", "Ended calls", BY(MANAGER), find_ended_calls},
	{"warn", "Warnings to write", BY(MANAGER), find_to_warn},
	{"acknowledge-answer", "Answers to acknowledge", BY(MANAGER), find_answers},
	{"warning-days", "Warnings and their days", BY(MANAGER), find_warnings},
	{"request", "Authorisation to ask for", BY(MANAGER), find_to_request},
	{"request-back", "Requests that came back", BY(MANAGER), find_requests_back},
	{"answer-adjustment", "Adjustments to answer", BY(MANAGER), find_adjustments},
	{"breach", "Breaches", BY(MANAGER), find_breaches},
	{"close-casefile", "Casefiles to close", BY(MANAGER), find_closable},
	{"decide", "Requests to decide", BY(HEAD_OF_FUNCTION), find_requests},
	{"sign", "Second signatures", BY(HEAD_OF_FUNCTION), NULL /* with the requests */},
	{"need-clash", "Needs that clash with an arrangement", BY(HEAD_OF_FUNCTION), find_needs},
	{"safety-sentence", "Safety sentences", BY(HEAD_OF_FUNCTION), find_safety},
	{"review", "Arrangements and their reviews", BY(HEAD_OF_FUNCTION), find_reviews},
	{"letter-owed", "Letters owed", BY(MANAGER) | BY(HEAD_OF_FUNCTION), find_letters_owed},
	{"acknowledge-dispute", "Disputes to acknowledge", BY(COMPLAINTS_OFFICER), NULL /* with the disputes */},
	{"answer-dispute", "Disputes to answer", BY(COMPLAINTS_OFFICER), find_disputes},
	{"notify", "Decisions to tell", BY_OFFICE, find_to_notify},
	{"letter", "Letters", BY_OFFICE, find_letters},
	{"item", "Items of work", BY_OFFICE, find_items},
	{"stand-in", "Who stands in", BY(MANAGER) | BY(HEAD_OF_FUNCTION), find_stand_ins},
	{"reported", "What you reported", BY_OFFICE, find_own_reports},
};

const char *const work_kind_keys[] = {"refer-to-police", "follow-up-welfare", "assess-report", "name-assessor",
	"follow-up-call", "warn", "acknowledge-answer", "warning-days", "request", "request-back", "answer-adjustment",
	"breach", "close-casefile", "decide", "sign", "need-clash", "safety-sentence", "review", "letter-owed",
	"acknowledge-dispute", "answer-dispute", "notify", "letter", "item", "stand-in", "reported", NULL};
G_STATIC_ASSERT(G_N_ELEMENTS(work_kind_keys) == G_N_ELEMENTS(KINDS) + 1);

static const WorkKindRow *kind_of(const char *key)
{
	for (gsize i = 0; i < G_N_ELEMENTS(KINDS); i++)
		if (g_str_equal(KINDS[i].key, key))
			return &KINDS[i];
	g_assert_not_reached();
}

gboolean work_find(WorkFind *find, GError **error)
{
	for (gsize i = 0; i < G_N_ELEMENTS(KINDS); i++)
		if (KINDS[i].find != NULL && !KINDS[i].find(find, &KINDS[i], error))
			return FALSE;
	return TRUE;
}
