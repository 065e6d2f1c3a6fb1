/* notices.c: the letter that tells a decision (N1 to N4, G3), and what became of any letter: sent, delivered, or come
 * back (N5). An arrangement is in force from here, and nowhere else. */
#include "acts/families.h"
#include "core/delivery.h"

typedef struct {
	const char *decision, *referral, *delivery;
} Notify;

/* What happened, in the words of the assessments of all that the request cites; the first gives the heading. */
static gboolean tell_behaviour(ActRun *run, const Request *request, Letter *letter, GError **error)
{
	g_autoptr(GHashTable) told = g_hash_table_new(g_str_hash, g_str_equal);

	for (gsize i = 0; request->reports[i] != NULL; i++) {
		const Report *report = casefile_report(run->file, request->reports[i]);
		AssessmentRow *row = NULL;

		if (report == NULL || report->assessment == NULL || !g_hash_table_add(told, (char *)report->assessment))
			continue;
		if (!sql_assessment_by_ref(run->tx, run->mem, report->assessment, &row, error))
			return FALSE;
		if (letter->heading == NULL)
			letter->heading = policy_heading(run->policy, row->heading);
		letter->behaviour = letter->behaviour == NULL
					    ? row->behaviour
					    : arena_printf(run->mem, "%s\n\n%s", letter->behaviour, row->behaviour);
	}
	return TRUE;
}

/* R9, G5: the ways that are left for everything, and those that no arrangement closes. */
static void list_ways(ActRun *run, const ArenaList *usable, const ArenaList *protected, ArenaList *ways)
{
	g_autoptr(GString) all = g_string_new(NULL);

	for (gsize i = 0; i < usable->n; i++)
		g_string_append_printf(all, "%s%s", i > 0 ? "; " : "", (const char *)usable->items[i]);
	if (usable->n > 0)
		arena_list_add(run->mem, ways, arena_printf(run->mem, "For what you need from us: %s", all->str));
	for (gsize i = 0; i < protected->n; i++)
		arena_list_add(run->mem, ways, protected->items[i]);
}

/* The compiled arrangement, and the ways that all of this customer's arrangements together leave open. */
static gboolean tell_arrangement(
	ActRun *run, const ArrangementRow *row, Letter *letter, ArenaList *ways, GError **error)
{
	CustomerFacts facts;
	Arrangement **all, *own;
	ArenaList usable = {0}, protected = {0};
	gsize n;

	if (!load_facts(run, row->customer, &facts, error) || !load_arrangement(run, row, &facts, &own, error) ||
		!load_arrangements(run, row->customer, NULL, &facts, &all, &n, error) ||
		!arrangement_leaves_way(run->policy, (const Arrangement *const *)all, n, facts.needs, facts.n_needs,
			facts.restrictions.doors, facts.restrictions.n_doors, run->mem, &usable, error))
		return FALSE;
	arrangement_open_ways(run->policy, facts.restrictions.doors, facts.restrictions.n_doors, facts.needs,
		facts.n_needs, run->mem, &protected);
	list_ways(run, &usable, &protected, ways);
	letter->arrangement = own;
	letter->ways = ways;
	return TRUE;
}

static gboolean tell_decision(
	ActRun *run, const Notify *in, const Decision *decision, const char **ret_notice, GError **error)
{
	const Request *request = casefile_request(run->file, decision->request);
	const Signature *first = &decision->signatures[0];
	ArrangementRow *arrangement = NULL;
	DecisionRow *row = NULL;
	ArenaList ways = {0};
	gint64 changed;
	Letter letter = {.kind = "decision",
		.no_warning = decision_without_warning(run->file, decision),
		.decided_on = zone_day(run->zone, decision->at)};

	if (!sql_decision_by_ref(run->tx, run->mem, decision->ref, &row, error) ||
		!sql_arrangement_of_decision(run->tx, run->mem, decision->ref, &arrangement, error))
		return FALSE;
	if (arrangement == NULL)
		return bug(error, "Decision %s has no arrangement.", decision->ref);
	if (arrangement->ended_at != INSTANT_NONE)
		return refuse_at(error, "G3", "decision",
			"%s has ended, so there is nothing of it to tell. A later decision took its place.",
			arrangement->ref);
	if (!tell_behaviour(run, request, &letter, error) ||
		!tell_arrangement(run, arrangement, &letter, &ways, error) ||
		!notice_signer(run, first->user_name, first->capacity, &letter.signed_by, error))
		return FALSE;
	letter.why = row->reasons;
	letter.decided_by = letter.signed_by;
	letter.lifting = row->lifting;
	if (letter.lifting == NULL && letter.heading != NULL)
		letter.lifting = letter.heading->lifting;
	return notice_make(run, &letter, decision->ref, in->delivery, ret_notice, error) &&
	       sql_arrangement_set_notice(run->tx, arrangement->ref, *ret_notice, &changed, error);
}

/* N1: the police were told, and agreed that this is said; what happened, in the words of the newest assessment. */
static gboolean tell_referral(ActRun *run, const Notify *in, const char **ret_notice, GError **error)
{
	const Referral *referral = casefile_referral(run->file, in->referral);
	const char *assessed = run->file->assessments[run->file->n_assessments - 1].ref;
	AssessmentRow *assessment = NULL;
	Letter letter = {.kind = "police-referral", .decided_on = DAY_NONE};

	if (!sql_assessment_by_ref(run->tx, run->mem, assessed, &assessment, error) ||
		!notice_signer(run, run->actor->user_name, CAPACITY_NONE, &letter.signed_by, error))
		return FALSE;
	letter.behaviour = assessment->behaviour;
	letter.police =
		referral->police_reference != NULL
			? arena_printf(run->mem,
				  "We have told the police about this: %s, on %s. Their reference is %s.",
				  referral->force, day_in_words(run->mem, zone_day(run->zone, referral->referred_at)),
				  referral->police_reference)
			: arena_printf(run->mem,
				  "We have told the police about this: %s, on %s. They have not given us a reference "
				  "yet.",
				  referral->force, day_in_words(run->mem, zone_day(run->zone, referral->referred_at)));
	return notice_make(run, &letter, referral->ref, in->delivery, ret_notice, error);
}

gboolean notice_preview_decision(ActRun *run, const Document **ret_letter, GError **error)
{
	const Notify in = {.decision = run->id};
	const Decision *decision;
	const char *notice;

	*ret_letter = NULL;
	if (!load_casefile(run->tx, run->mem, run->file->ref, &run->file, error))
		return FALSE;
	decision = casefile_decision(run->file, run->id);
	if (decision == NULL || decision->complete_at == INSTANT_NONE || !decided_authorises(decision->outcome))
		return TRUE;
	if (!tell_decision(run, &in, decision, &notice, error))
		return FALSE;
	*ret_letter = run->letter;
	return TRUE;
}

static gboolean notify(ActRun *run, const void *input, GError **error)
{
	const Notify *in = input;

	if ((in->decision == NULL) == (in->referral == NULL))
		return invalid(error, "decision", "Say what is to be told: a decision, or a report to the police.");
	if (in->referral != NULL) {
		run->summary = "Letter about the report to the police approved";
		return casefile_check_notify_referral(&run->rules, run->file, in->referral, error) &&
		       tell_referral(run, in, &run->id, error);
	}
	run->summary = "Letter about the decision approved";
	return casefile_check_notify(&run->rules, run->file, in->decision, error) &&
	       tell_decision(run, in, casefile_decision(run->file, in->decision), &run->id, error);
}

const Act act_notify = {
	.name = "notify",
	.title = "Notify",
	.summary = "Makes the letter that tells a decision, approved by whoever does this: reasons, arrangements, "
		   "duration, review, what would lift it, how to dispute (N1 to N4, G3); or, where the police agreed, "
		   "that "
		   "they were told. E-mail goes out by itself; all else is confirmed when it was done.",
	.by = BY_ANYONE,
	.needs = ACT_CASEFILE,
	.fields =
		(const Field[]){
			FIELD(Notify, decision, LINE, .help = "the decision"),
			FIELD(Notify, referral, LINE, .help = "or the report to the police"),
			DELIVERY_FIELD(Notify),
			FIELDS_END,
		},
	.input_size = sizeof(Notify),
	.perform = notify,
};

typedef struct {
	const char *notice, *how, *why;
} ConfirmNotice;

static const NoticeState *find_notice(const Casefile *file, const char *ref)
{
	for (gsize i = 0; i < file->n_notices; i++)
		if (g_str_equal(file->notices[i].ref, ref))
			return &file->notices[i];
	return NULL;
}

/* The arrangement that this notice tells, if it is the newest notice about it and nothing has ended it. */
static gboolean told_arrangement(
	ActRun *run, const NoticeState *notice, ArrangementRow **ret_row, gboolean *ret_no_warning, GError **error)
{
	const Decision *decision = casefile_decision(run->file, notice->about);

	*ret_row = NULL;
	if (decision == NULL)
		return TRUE;
	*ret_no_warning = decision_without_warning(run->file, decision);
	if (!sql_arrangement_of_decision(run->tx, run->mem, decision->ref, ret_row, error))
		return FALSE;
	if (*ret_row != NULL &&
		(g_strcmp0((*ret_row)->notice, notice->ref) != 0 || (*ret_row)->ended_at != INSTANT_NONE))
		*ret_row = NULL;
	return TRUE;
}

/* N5: from deemed delivery, W5: from the sending. The arrangements that it takes the place of end at that moment. */
static gboolean went_out(ActRun *run, const NoticeState *notice, Instant delivered, GError **error)
{
	ArrangementRow *row;
	gboolean no_warning;
	gint64 changed;
	Instant from;

	if (!sql_notice_set_sent(run->tx, notice->ref, run->happened_at, delivered, &changed, error) ||
		!sql_outbox_settle(run->tx, notice->ref, run->now, &changed, error) ||
		!told_arrangement(run, notice, &row, &no_warning, error))
		return FALSE;
	if (row == NULL || row->from_at != INSTANT_NONE)
		return TRUE;
	from = delivery_starts(run->happened_at, delivered, no_warning, run->now);
	return sql_arrangement_set_from(run->tx, row->ref, from, &changed, error) &&
	       sql_arrangement_end_earlier(run->tx, run->file->ref, row->ref, from, &changed, error);
}

/* The sending is undone: the arrangement is out of force until it is sent anew, and what it took the place of is back.
 * Under W5 it stays, and staff read the notice out. */
static gboolean came_back(ActRun *run, const NoticeState *notice, const char *why, GError **error)
{
	ArrangementRow *row;
	gboolean no_warning;
	gint64 changed;

	if (!sql_notice_set_returned(run->tx, notice->ref, run->happened_at, why, &changed, error) ||
		!sql_outbox_settle(run->tx, notice->ref, run->now, &changed, error) ||
		!told_arrangement(run, notice, &row, &no_warning, error))
		return FALSE;
	if (row == NULL || row->from_at == INSTANT_NONE || no_warning)
		return TRUE;
	return sql_arrangement_set_from(run->tx, row->ref, INSTANT_NONE, &changed, error) &&
	       sql_arrangement_revive_earlier(run->tx, run->file->ref, row->ref, row->from_at, &changed, error);
}

static gboolean confirm_notice(ActRun *run, const void *input, GError **error)
{
	const ConfirmNotice *in = input;
	const NoticeState *notice = find_notice(run->file, in->notice);
	const gboolean returned = g_str_equal(in->how, "returned");
	Instant delivered;

	if (notice == NULL)
		return not_found(error, "There is no notice %s on %s.", in->notice, run->file->ref);
	if (!notice_check_confirm(&run->rules, notice, in->how, run->happened_at, &delivered, error))
		return FALSE;
	if (returned && in->why == NULL)
		return refuse_at(
			error, "N5", "why", "Say how the letter came back: what the envelope or the mail says.");
	run->id = notice->ref;
	run->summary = arena_printf(run->mem, "Letter %s", returned ? "came back" : in->how);
	return returned ? came_back(run, notice, in->why, error) : went_out(run, notice, delivered, error);
}

const Act act_confirm_notice = {
	.name = "confirm-notice",
	.title = "Confirm a notice",
	.summary = "Says what became of a letter: accepted, posted, handed over, read out, completed or returned, and "
		   "when. "
		   "An arrangement is in force from its letter's deemed delivery (N5), and out of force where it came "
		   "back.",
	.by = BY_ANYONE,
	.machine = TRUE,
	.needs = ACT_CASEFILE,
	.fields =
		(const Field[]){
			FIELD(ConfirmNotice, notice, LINE, .required = TRUE, .help = "the letter"),
			{.name = "how",
				.type = FIELD_CHOICE,
				.offset = G_STRUCT_OFFSET(ConfirmNotice, how),
				.required = TRUE,
				.choices = (const char *const[]){"accepted", "handed-over", "posted", "read-out",
					"completed", "returned", NULL},
				.help = "what became of it"},
			FIELD(ConfirmNotice, why, TEXT, .privacy = FIELD_PERSONAL, .max = 2000,
				.help = "of a return: what the envelope or the mail says"),
			FIELDS_END,
		},
	.input_size = sizeof(ConfirmNotice),
	.perform = confirm_notice,
};
