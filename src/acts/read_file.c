/* read_file.c: the casefile's page: who and what it is about, and the order in which the rest is filled in. Its entries
 * are read_file_reports.c's, read_file_requests.c's and read_file_after.c's, its task list read_steps.c's. */
#include "acts/read_file.h"

#include "acts/read_file_run.h"
#include "core/closing.h"

gboolean file_person(FileReading *at, const char *user, PersonView *ret_person, GError **error)
{
	const char *name;
	StaffRow *row = NULL;

	*ret_person = (PersonView){NULL, NULL};
	if (user == NULL)
		return TRUE;
	name = g_hash_table_lookup(at->names, user);
	if (name == NULL && g_str_has_prefix(user, "job:"))
		name = "Evenhand";
	if (name == NULL && !sql_staff_by_user(at->reading->tx, at->reading->mem, user, &row, error))
		return FALSE;
	if (name == NULL)
		name = row != NULL ? row->name : user;
	g_hash_table_insert(at->names, (char *)user, (char *)name);
	*ret_person = (PersonView){.user = user, .name = name};
	return TRUE;
}

gboolean file_policy(FileReading *at, const char *label, const Policy **ret_policy, GError **error)
{
	const Pack *pack = acts_pack_in(at->reading->run.acts, at->reading->tx, label, error);

	if (pack != NULL)
		*ret_policy = pack_policy(pack);
	return pack != NULL;
}

const char *file_day(const FileReading *at, Instant instant)
{
	return day_in_words(at->reading->mem, zone_day(at->reading->run.zone, instant));
}

const char *file_heading_title(const Policy *policy, const char *key)
{
	const Heading *heading = policy_heading(policy, key);

	return heading != NULL ? heading->title : key;
}

static const char *outcome_in_words(const char *outcome)
{
	static const struct {
		const char *outcome, *words;
	} WORDS[] = {
		{"no-action", "No action was needed"},
		{"advice-sufficed", "Informal advice was enough"},
		{"warning-sufficed", "The warning was enough"},
		{"refused", "No restriction was authorised"},
		{"overturned", "The decision was overturned"},
		{"ended", "The arrangement ended"},
	};

	for (gsize i = 0; outcome != NULL && i < G_N_ELEMENTS(WORDS); i++)
		if (g_str_equal(WORDS[i].outcome, outcome))
			return WORDS[i].words;
	return outcome;
}

static gboolean view_matters(FileReading *at, GError **error)
{
	Reading *reading = at->reading;
	MatterRow **rows;
	MatterView *matters;
	gsize n;

	if (!load_matters(reading->tx, reading->mem, at->file->customer, at->file->matters, &rows, &n, error))
		return FALSE;
	matters = arena_array(reading->mem, MatterView, n + 1);
	for (gsize i = 0; i < n; i++)
		matters[i] = (MatterView){.ref = rows[i]->ref,
			.function = rows[i]->function,
			.kind = rows[i]->kind,
			.title = rows[i]->title,
			.closed_how = rows[i]->closed_how,
			.opened_at = rows[i]->opened_at,
			.closed_at = rows[i]->closed_at};
	at->view->matters = matters;
	at->view->n_matters = n;
	return TRUE;
}

/* B6, G7: needs and adjustments stand beside every step. */
static void view_needs(FileReading *at, const CustomerView *customer)
{
	CasefilePageView *view = at->view;

	view->needs = customer->needs;
	view->n_needs = customer->n_needs;
	view->adjustments = customer->adjustments;
	view->n_adjustments = customer->n_adjustments;
	view->representatives = customer->representatives;
	view->n_representatives = customer->n_representatives;
	for (gsize i = 0; i < view->n_adjustments; i++)
		view->n_open_adjustments += view->adjustments[i].outcome == NULL;
	view->hidden |= customer->hidden & VEIL_HEALTH;
}

static gboolean view_closing(FileReading *at, const CasefileRow *row, GError **error)
{
	FileClosingRow *closing = NULL;

	at->view->outcome = row->outcome;
	at->view->outcome_words = outcome_in_words(row->outcome);
	if (row->closed_at == INSTANT_NONE)
		return TRUE;
	if (!sql_file_closing(at->reading->tx, at->reading->mem, row->ref, &closing, error))
		return FALSE;
	if (at->view->full)
		at->view->close_words = closing->close_words;
	return file_person(at, closing->closed_by, &at->view->closed_by, error);
}

/* A1: another head of function reads what they are to sign, and what they signed. */
static gboolean may_sign(const FileReading *at)
{
	const Actor *actor = at->reading->run.actor;
	const Request *open = casefile_open_request(at->file);

	for (gsize i = 0; i < at->file->n_decisions; i++)
		for (gsize k = 0; k < at->file->decisions[i].n_signatures; k++)
			if (g_str_equal(at->file->decisions[i].signatures[k].user_name, actor->user_name))
				return TRUE;
	return open != NULL && casefile_unsigned_decision(at->file, open->ref) != NULL &&
	       actor_has(actor, ROLE_HEAD_OF_FUNCTION, NULL);
}

static gboolean view_head(FileReading *at, GError **error)
{
	Reading *reading = at->reading;
	CasefilePageView *view = at->view;
	CustomerView *customer;
	FunctionRow *function = NULL;
	CasefileRow *row = NULL;

	if (!sql_casefile_by_ref(reading->tx, reading->mem, at->file->ref, &row, error) ||
		!customer_view(reading, row->customer, &customer, error) ||
		!sql_function_by_slug(reading->tx, reading->mem, row->function, &function, error) ||
		!scope_in_words(reading, row->scope, row->scope_of, &view->scope_words, error))
		return FALSE;
	view->ref = row->ref;
	view->customer = row->customer;
	view->customer_name = customer->name;
	view->customer_kind = customer->kind;
	view->safety = customer->safety;
	view->function = row->function;
	view->function_title = function != NULL ? function->title : row->function;
	view->scope = row->scope;
	view->scope_of = row->scope_of;
	view->opened_at = row->opened_at;
	view->closed_at = row->closed_at;
	view->version = row->version;
	view->full = sees_all(reading->run.actor, row->function) || may_sign(at);
	view->scope_reason = view->full ? row->scope_reason : NULL;
	view_needs(at, customer);
	return view_matters(at, error) && view_closing(at, row, error);
}

/* G9: what is entered after it never supports it. */
static void settle_decided(FileReading *at)
{
	at->decided_at = INSTANT_NONE;
	for (gsize i = 0; i < at->file->n_decisions; i++)
		if (at->file->decisions[i].complete_at != INSTANT_NONE &&
			decided_authorises(at->file->decisions[i].outcome))
			at->decided_at = at->file->decisions[i].complete_at;
}

static gboolean view_takes(FileReading *at, GError **error)
{
	TakesBeside *takes = arena_new0(at->reading->mem, TakesBeside);

	at->view->takes = takes;
	return takes_beside_usual(
		at->reading->tx, at->reading->mem, at->view->customer, at->reading->run.now, takes, error);
}

static void view_outcomes(FileReading *at)
{
	const char **outcomes = arena_array(at->reading->mem, const char *, CLOSED_OUTCOMES + 1);
	gsize n = 0;

	for (ClosedOutcome outcome = 0; outcome < CLOSED_OUTCOMES; outcome++)
		if (casefile_check_outcome(at->file, outcome, NULL))
			outcomes[n++] = closed_name(outcome);
	at->view->outcomes = outcomes;
}

static gboolean view_file(FileReading *at, const char *reference, GError **error)
{
	Reading *reading = at->reading;

	if (!load_casefile(reading->tx, reading->mem, reference, (Casefile **)&at->file, error) ||
		!load_facts(&reading->run, at->file->customer, &at->facts, error))
		return FALSE;
	settle_decided(at);
	if (!view_head(at, error) || !file_view_reports(at, error) || !file_view_letters(at, error) ||
		!file_view_after(at, error))
		return FALSE;
	if (!at->view->full)
		at->view->hidden |= VEIL_REASONS | VEIL_POLICE;
	else if (!file_view_warnings(at, error) || !file_view_requests(at, error) || !file_view_decisions(at, error) ||
		 !view_takes(at, error))
		return FALSE;
	if (at->view->full)
		view_outcomes(at);
	file_view_steps(at);
	return TRUE;
}

gboolean read_casefile_page(Acts *acts, Arena *mem, const ActCaller *caller, const char *reference,
	CasefilePageView **ret_view, GError **error)
{
	g_auto(Reading) reading = {0};
	g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
	CasefilePageView *view = arena_new0(mem, CasefilePageView);
	FileReading at = {.reading = &reading, .view = view, .names = names};

	if (!reading_begin(&reading, acts, mem, caller, TRUE, error) || !view_file(&at, reference, error) ||
		!reading_viewed(&reading, caller, view->ref, "casefile's page", error))
		return FALSE;
	*ret_view = view;
	return TRUE;
}

/* One of an array of views by its member `ref`. */
#define FIND(list, n, reference)                                                                                       \
	do {                                                                                                           \
		for (gsize i = 0; i < (n); i++)                                                                        \
			if (g_strcmp0((list)[i].ref, (reference)) == 0)                                                \
				return &(list)[i];                                                                     \
		return NULL;                                                                                           \
	} while (0)

const ReportView *casefile_page_report(const CasefilePageView *view, const char *reference)
{
	FIND(view->reports, view->n_reports, reference);
}

const AssessmentView *casefile_page_assessment(const CasefilePageView *view, const char *reference)
{
	FIND(view->assessments, view->n_assessments, reference);
}

const WarningView *casefile_page_warning(const CasefilePageView *view, const char *reference)
{
	FIND(view->warnings, view->n_warnings, reference);
}

const RequestView *casefile_page_request(const CasefilePageView *view, const char *reference)
{
	FIND(view->requests, view->n_requests, reference);
}

const DecisionView *casefile_page_decision(const CasefilePageView *view, const char *reference)
{
	FIND(view->decisions, view->n_decisions, reference);
}

const ArrangementView *casefile_page_arrangement(const CasefilePageView *view, const char *reference)
{
	FIND(view->arrangements, view->n_arrangements, reference);
}

const DisputeView *casefile_page_dispute(const CasefilePageView *view, const char *reference)
{
	FIND(view->disputes, view->n_disputes, reference);
}

const FileLetterView *casefile_page_letter(const CasefilePageView *view, const char *reference)
{
	for (gsize i = 0; i < view->n_letters; i++)
		if (g_strcmp0(view->letters[i].letter.ref, reference) == 0)
			return &view->letters[i];
	return NULL;
}

const RequestView *casefile_page_open_request(const CasefilePageView *view)
{
	for (gsize i = 0; i < view->n_requests; i++)
		if (g_str_equal(view->requests[i].state, "open"))
			return &view->requests[i];
	return NULL;
}

const DecisionView *casefile_page_unsigned(const CasefilePageView *view, const char *request)
{
	for (gsize i = 0; i < view->n_decisions; i++)
		if (view->decisions[i].complete_at == INSTANT_NONE &&
			g_strcmp0(view->decisions[i].request, request) == 0)
			return &view->decisions[i];
	return NULL;
}
