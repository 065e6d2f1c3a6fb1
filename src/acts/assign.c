/* assign.c: who has a piece of work: a report to assess, an item, a dispute, a letter to send (S3, G6, D1, N1). */
#include "acts/assign.h"
#include "acts/families.h"

typedef struct {
	const char *work, *to;
} Assign;

static gboolean unknown(const char *ref, GError **error)
{
	return not_found(
		error, "There is no work %s. A report, an item, a dispute and a letter can be handed on.", ref);
}

/* The casefile that the work belongs to: its function, and whose timeline says so. */
static gboolean of_casefile(ActRun *run, const char *ref, Work *work, GError **error)
{
	CasefileRow *file = NULL;

	if (!sql_casefile_by_ref(run->tx, run->mem, ref, &file, error))
		return FALSE;
	work->function = run->function = file->function;
	run->casefile = file->ref;
	run->version = file->version;
	run->customer = file->customer;
	return TRUE;
}

static gboolean load_report(ActRun *run, const char *ref, Work *work, GError **error)
{
	ReportRow *row = NULL;
	GrantRow *managers;
	gsize n;

	if (!sql_report_by_ref(run->tx, run->mem, ref, &row, error))
		return FALSE;
	if (row == NULL)
		return unknown(ref, error);
	*work = (Work){.kind = WORK_REPORT,
		.ref = row->ref,
		.reporter = row->reporter,
		.since = row->recorded_at,
		.done = row->assessment != NULL};
	if (!of_casefile(run, row->casefile, work, error) ||
		!sql_grants_of_role(run->tx, run->mem, "manager", work->function, &managers, &n, error))
		return FALSE;
	for (gsize i = 0; i < n; i++)
		work->managers += !g_str_equal(managers[i].user_name, row->reporter);
	return TRUE;
}

static gboolean load_item(ActRun *run, const char *ref, Work *work, GError **error)
{
	ItemRow *row = NULL;

	if (!sql_read_item(run->tx, run->mem, ref, &row, error))
		return FALSE;
	if (row == NULL)
		return unknown(ref, error);
	*work = (Work){.kind = WORK_ITEM,
		.ref = row->ref,
		.function = row->function,
		.owner = row->owner,
		.done = row->ended_at != INSTANT_NONE};
	run->customer = row->customer;
	run->function = row->function;
	return TRUE;
}

static gboolean load_dispute(ActRun *run, const char *ref, Work *work, GError **error)
{
	DisputeWorkRow *row = NULL;

	if (!sql_dispute_work(run->tx, run->mem, ref, &row, error))
		return FALSE;
	if (row == NULL)
		return unknown(ref, error);
	*work = (Work){.kind = WORK_DISPUTE,
		.ref = ref,
		.done = row->answered_at != INSTANT_NONE || row->withdrawn_at != INSTANT_NONE};
	return of_casefile(run, row->casefile, work, error);
}

static gboolean load_notice(ActRun *run, const char *ref, Work *work, GError **error)
{
	NoticeRow *row = NULL;

	if (!sql_notice_by_ref(run->tx, run->mem, ref, &row, error))
		return FALSE;
	if (row == NULL)
		return unknown(ref, error);
	*work = (Work){.kind = WORK_NOTICE,
		.ref = row->ref,
		.owner = row->owner,
		.done = row->sent_at != INSTANT_NONE && row->returned_at == INSTANT_NONE};
	return of_casefile(run, row->casefile, work, error);
}

gboolean assign_load(ActRun *run, const char *ref, Work *work, GError **error)
{
	static const struct {
		const char *prefix;
		gboolean (*load)(ActRun *run, const char *ref, Work *work, GError **error);
	} KINDS[] = {{"R-", load_report}, {"I-", load_item}, {"DI-", load_dispute}, {"N-", load_notice}};

	for (gsize i = 0; i < G_N_ELEMENTS(KINDS); i++)
		if (g_str_has_prefix(ref, KINDS[i].prefix))
			return KINDS[i].load(run, ref, work, error);
	return unknown(ref, error);
}

static gboolean save(ActRun *run, const Work *work, const char *to, GError **error)
{
	gint64 changed;

	switch (work->kind) {
	case WORK_ITEM:
		return sql_item_set_owner(run->tx, work->ref, to, &changed, error);
	case WORK_NOTICE:
		return sql_notice_set_owner(run->tx, work->ref, to, &changed, error);
	default:
		return sql_assignment_set(run->tx, work->ref, to, run->actor->user_name, run->now, error);
	}
}

static gboolean assign(ActRun *run, const void *input, GError **error)
{
	const Assign *in = input;
	StaffRow *staff = NULL;
	Actor *to;
	Work work;

	if (!assign_load(run, in->work, &work, error) || !sql_staff_by_user(run->tx, run->mem, in->to, &staff, error))
		return FALSE;
	if (staff == NULL || staff->ended_at != INSTANT_NONE)
		return invalid(error, "to", "There is no member of staff '%s', or they have left.", in->to);
	if (!actor_load(run->tx, run->mem, in->to, run->now, run->today, &to, error) ||
		!work_check_assign(&run->rules, &work, to, error))
		return FALSE;
	run->id = work.ref;
	run->summary = arena_printf(run->mem, "Work handed to %s", to->name);
	return save(run, &work, to->user_name, error);
}

const Act act_assign = {
	.name = "assign",
	.title = "Assign",
	.summary = "Hands a report to assess, an item of work, a dispute or a letter to somebody. The head of function "
		   "names a manager of elsewhere for a report that nobody here may assess.",
	.by = BY_ANYONE,
	.fields =
		(const Field[]){
			FIELD(Assign, work, LINE, .required = TRUE,
				.help = "the report, item, dispute or letter, such as I-2026-000012"),
			FIELD(Assign, to, LINE, .required = TRUE, .help = "who is to do it, by user name"),
			FIELDS_END,
		},
	.input_size = sizeof(Assign),
	.perform = assign,
};
