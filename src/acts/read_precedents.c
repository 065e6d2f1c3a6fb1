/* read_precedents.c: what a decider and whoever asks set beside their own case: like cases in all functions, without
 * names (A7, G17), and what a restriction may point at. */
#include "acts/read_file.h"

#include "acts/read_run.h"

enum { LOOKED_AT = 200, MONTH_DAYS = 31 };

/* Whether it was about that heading: as the first assessed report that the request cites was assessed. */
static gboolean is_about(
	Reading *reading, const FilePrecedentsRow *row, const char *heading, gboolean *ret_is, GError **error)
{
	const char *const *reports;

	*ret_is = FALSE;
	if (!texts_load(row->reports, reading->mem, &reports, error))
		return FALSE;
	for (; *reports != NULL; reports++) {
		AssessmentRow *assessment = NULL;
		ReportRow *report = NULL;

		if (!sql_report_by_ref(reading->tx, reading->mem, *reports, &report, error))
			return FALSE;
		if (report == NULL || report->assessment == NULL)
			continue;
		if (!sql_assessment_by_ref(reading->tx, reading->mem, report->assessment, &assessment, error))
			return FALSE;
		if (assessment == NULL)
			continue;
		*ret_is = g_str_equal(assessment->heading, heading);
		return TRUE;
	}
	return TRUE;
}

static gboolean restrictions_of(
	Reading *reading, const FilePrecedentsRow *row, PrecedentView *precedent, GError **error)
{
	const Pack *pack = acts_pack_in(reading->run.acts, reading->tx, row->pack, error);
	RestrictionAsked *asked;
	const char **words;
	gsize n;

	if (pack == NULL || !fields_load(restriction_fields, row->restrictions, sizeof *asked, reading->mem,
				    (void **)&asked, &n, error))
		return FALSE;
	words = arena_array(reading->mem, const char *, n + 1);
	for (gsize i = 0; i < n; i++)
		words[i] = restriction_for_staff(reading->mem, pack_policy(pack), &asked[i], FALSE);
	precedent->restrictions = words;
	return TRUE;
}

static const char *length_in_words(Arena *mem, Day from, Day until)
{
	const int days = until - from, months = (days + MONTH_DAYS / 2) / MONTH_DAYS;

	if (days <= 2 * MONTH_DAYS)
		return arena_printf(mem, "%d day%s", days, days == 1 ? "" : "s");
	return arena_printf(mem, "%d months", months);
}

static const char *outcome_in_words(const char *outcome)
{
	if (g_str_equal(outcome, "as-asked"))
		return "Authorised as asked";
	return g_str_equal(outcome, "different") ? "Authorised something different" : "Refused";
}

static void settle_since(Reading *reading, const FilePrecedentsRow *row, PrecedentView *precedent)
{
	const Day from = row->from_at != INSTANT_NONE ? zone_day(reading->run.zone, row->from_at) : DAY_NONE;
	const Day end = row->ended_at != INSTANT_NONE ? zone_day(reading->run.zone, row->ended_at) : DAY_NONE;
	Arena *mem = reading->mem;

	precedent->length_words =
		row->until_on != DAY_NONE ? length_in_words(mem, precedent->decided_on, row->until_on) : "Until lifted";
	if (from == DAY_NONE)
		precedent->since_words = end != DAY_NONE ? "Never in force" : "Not in force yet";
	else if (end != DAY_NONE && end <= reading->run.today)
		precedent->since_words = arena_printf(mem, "Ended after %s", length_in_words(mem, from, end));
	else if (row->until_on != DAY_NONE && row->until_on < reading->run.today)
		precedent->since_words = "Ran to its end";
	else
		precedent->since_words = "In force";
}

static gboolean view_precedent(Reading *reading, const FilePrecedentsRow *row, PrecedentView *precedent, GError **error)
{
	*precedent = (PrecedentView){.decided_on = zone_day(reading->run.zone, row->complete_at),
		.warned = row->warning != NULL,
		.outcome_words = outcome_in_words(row->outcome)};
	if (!g_str_equal(row->outcome, "refused"))
		settle_since(reading, row, precedent);
	return restrictions_of(reading, row, precedent, error);
}

/* Who asks or decides, hears disputes, or looks at fairness. */
static gboolean may_compare(const Actor *actor, GError **error)
{
	static const Role ROLES_THAT_DO[] = {
		ROLE_MANAGER, ROLE_HEAD_OF_FUNCTION, ROLE_COMPLAINTS_OFFICER, ROLE_AUDITOR};

	for (gsize i = 0; i < G_N_ELEMENTS(ROLES_THAT_DO); i++)
		if (actor_has(actor, ROLES_THAT_DO[i], NULL))
			return TRUE;
	return actor->n_substitutes > 0 ||
	       refuse(error, "G10", "Earlier decisions are for those who ask, decide or hear disputes.");
}

gboolean read_precedents(Acts *acts, Arena *mem, const ActCaller *caller, const char *heading, const char *casefile,
	const PrecedentView **ret_precedents, gsize *ret_n, GError **error)
{
	g_auto(Reading) reading = {0};
	FilePrecedentsRow *rows;
	PrecedentView *precedents = arena_array(mem, PrecedentView, PRECEDENTS_MAX);
	gsize n, found = 0;

	if (!reading_begin(&reading, acts, mem, caller, TRUE, error) || !may_compare(reading.run.actor, error) ||
		!sql_file_precedents(reading.tx, mem, heading, casefile, LOOKED_AT, &rows, &n, error))
		return FALSE;
	for (gsize i = 0; i < n && found < PRECEDENTS_MAX; i++) {
		gboolean about;

		if (!is_about(&reading, &rows[i], heading, &about, error))
			return FALSE;
		if (about && !view_precedent(&reading, &rows[i], &precedents[found++], error))
			return FALSE;
	}
	*ret_precedents = precedents;
	*ret_n = found;
	return TRUE;
}

static void add_choice(ChoiceView *list, gsize *n, const char *value, const char *title)
{
	list[(*n)++] = (ChoiceView){.value = value, .title = title};
}

/* Doors that a restriction may route to: the function's own and the organisation's. */
static gboolean door_choices(Reading *reading, const char *function, RestrictionChoices *choices, GError **error)
{
	ChoiceView *mailboxes, *extensions;
	DoorRow *rows;
	gsize n;

	if (!sql_door_list(reading->tx, reading->mem, &rows, &n, error))
		return FALSE;
	mailboxes = arena_array(reading->mem, ChoiceView, n + 1);
	extensions = arena_array(reading->mem, ChoiceView, n + 1);
	for (gsize i = 0; i < n; i++) {
		const char *title = arena_printf(reading->mem, "%s (%s)", rows[i].title, rows[i].address);

		if (rows[i].function != NULL && !g_str_equal(rows[i].function, function))
			continue;
		if (g_str_equal(rows[i].kind, door_kind_name(DOOR_MAILBOX)))
			add_choice(mailboxes, &choices->n_mailboxes, rows[i].address, title);
		else if (g_str_equal(rows[i].kind, door_kind_name(DOOR_EXTENSION)))
			add_choice(extensions, &choices->n_extensions, rows[i].address, title);
	}
	choices->mailboxes = mailboxes;
	choices->extensions = extensions;
	return TRUE;
}

static gboolean own_choices(Reading *reading, const char *customer, RestrictionChoices *choices, GError **error)
{
	ChoiceView *identifiers, *matters;
	IdentifierRow *rows;
	MatterRow *known;
	gsize n, n_known;

	if (!sql_identifiers_of(reading->tx, reading->mem, customer, &rows, &n, error) ||
		!sql_matters_of(reading->tx, reading->mem, customer, &known, &n_known, error))
		return FALSE;
	identifiers = arena_array(reading->mem, ChoiceView, n + 1);
	matters = arena_array(reading->mem, ChoiceView, n_known + 1);
	for (gsize i = 0; i < n; i++)
		if (rows[i].ended_at == INSTANT_NONE)
			add_choice(identifiers, &choices->n_identifiers, rows[i].ref,
				arena_printf(reading->mem, "%s%s", rows[i].typed,
					rows[i].used_by_others ? " (others use it too)" : ""));
	for (gsize i = 0; i < n_known; i++)
		add_choice(matters, &choices->n_matters, known[i].ref,
			arena_printf(reading->mem, "%s, %s%s", known[i].ref, known[i].title,
				known[i].closed_at != INSTANT_NONE ? " (closed)" : ""));
	choices->identifiers = identifiers;
	choices->matters = matters;
	return TRUE;
}

static gboolean people_choices(Reading *reading, const char *function, RestrictionChoices *choices, GError **error)
{
	const Actor *self = reading->run.actor;
	FileDecidersRow *rows;
	ChoiceView *people;
	gsize n;

	if (!sql_file_deciders(reading->tx, reading->mem, function, reading->run.today, &rows, &n, error))
		return FALSE;
	people = arena_array(reading->mem, ChoiceView, n + 1);
	add_choice(people, &choices->n_people, self->user_name, arena_printf(reading->mem, "%s (you)", self->name));
	for (gsize i = 0; i < n; i++)
		if (!g_str_equal(rows[i].user_name, self->user_name))
			add_choice(people, &choices->n_people, rows[i].user_name, rows[i].name);
	choices->people = people;
	return TRUE;
}

gboolean read_restriction_choices(Acts *acts, Arena *mem, const ActCaller *caller, const char *casefile,
	RestrictionChoices *ret_choices, GError **error)
{
	g_auto(Reading) reading = {0};
	RestrictionChoices choices = {0};
	CasefileRow *row = NULL;

	if (!reading_begin(&reading, acts, mem, caller, TRUE, error) ||
		!sql_casefile_by_ref(reading.tx, mem, casefile, &row, error))
		return FALSE;
	if (row == NULL)
		return not_found(error, "There is no casefile %s.", casefile);
	if (!sees_all(reading.run.actor, row->function))
		return refuse(
			error, "G10", "Restrictions of %s are for its manager and its head of function.", casefile);
	if (!door_choices(&reading, row->function, &choices, error) ||
		!people_choices(&reading, row->function, &choices, error) ||
		!own_choices(&reading, row->customer, &choices, error))
		return FALSE;
	*ret_choices = choices;
	return TRUE;
}
