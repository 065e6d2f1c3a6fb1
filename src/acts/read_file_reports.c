/* read_file_reports.c: of the casefile's page, what was reported and what came of it up to the customer's answer. */
#include "acts/read_file_run.h"

static gboolean view_targets(FileReading *at, const ReportRow *row, ReportView *report, GError **error)
{
	const char *const *users;
	PersonView *targets;

	if (!texts_load(row->targets, at->reading->mem, &users, error))
		return FALSE;
	report->n_targets = g_strv_length((char **)users);
	targets = arena_array(at->reading->mem, PersonView, report->n_targets + 1);
	for (gsize i = 0; i < report->n_targets; i++)
		if (!file_person(at, users[i], &targets[i], error))
			return FALSE;
	report->targets = targets;
	return TRUE;
}

const char *file_channel_words(const char *name)
{
	Channel channel;

	return channel_parse(name, &channel) ? channel_in_words(channel) : name;
}

static gboolean view_report(FileReading *at, const ReportRow *row, ReportView *report, GError **error)
{
	const BehaviourExample *example;
	const Heading *heading;
	const Policy *policy;
	FunctionRow *function = NULL;

	if (!file_policy(at, row->pack, &policy, error) ||
		!sql_function_by_slug(at->reading->tx, at->reading->mem, row->function, &function, error))
		return FALSE;
	heading = policy_heading(policy, row->heading);
	example = heading != NULL && row->example != NULL ? heading_example(heading, row->example) : NULL;
	*report = (ReportView){.ref = row->ref,
		.contact = row->contact,
		.function = row->function,
		.function_title = function != NULL ? function->title : row->function,
		.channel = row->channel,
		.channel_words = file_channel_words(row->channel),
		.heading = row->heading,
		.heading_title = file_heading_title(policy, row->heading),
		.example_title = example != NULL ? example->title : row->other_words,
		.what = row->what,
		.effect = row->effect,
		.violence = row->violence,
		.disability = row->disability,
		.welfare = row->welfare,
		.happened_at = row->happened_at,
		.recorded_at = row->recorded_at,
		.struck_at = row->struck_at,
		.assessment = row->assessment,
		.late = at->decided_at != INSTANT_NONE && row->recorded_at > at->decided_at,
		.own = g_str_equal(row->reporter, at->reading->run.actor->user_name)};
	return file_person(at, row->reporter, &report->reporter, error) && view_targets(at, row, report, error);
}

gboolean file_view_reports(FileReading *at, GError **error)
{
	Reading *reading = at->reading;
	ReportView *reports;
	ReportRow *rows;
	gsize n;

	if (!sql_casefile_reports(reading->tx, reading->mem, at->file->ref, &rows, &n, error))
		return FALSE;
	reports = arena_array(reading->mem, ReportView, n + 1);
	for (gsize i = 0; i < n; i++) {
		gboolean sees;

		if (!sees_report(reading, &rows[i], &sees, error))
			return FALSE;
		if (!sees) {
			at->view->hidden_reports++;
			at->view->hidden |= VEIL_EVIDENCE;
			continue;
		}
		if (!view_report(at, &rows[i], &reports[at->view->n_reports++], error))
			return FALSE;
	}
	at->view->reports = reports;
	return TRUE;
}

static const char *assessed_in_words(const char *outcome)
{
	static const struct {
		const char *outcome, *words;
	} WORDS[] = {
		{"no-action", "Calls for no action"},
		{"informal-advice", "Informal advice is enough"},
		{"warning", "Calls for a warning"},
		{"request", "Calls for a request to restrict contact"},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(WORDS); i++)
		if (g_str_equal(WORDS[i].outcome, outcome))
			return WORDS[i].words;
	return outcome;
}

/* B3: the heading's questions, each with its answer. */
static gboolean view_tests(
	FileReading *at, const Policy *policy, const AssessmentRow *row, AssessmentView *assessment, GError **error)
{
	const Heading *heading = policy_heading(policy, row->heading);
	const KeyedText *texts;
	AnsweredView *tests;
	gsize n;

	if (!keyed_load(row->tests, at->reading->mem, &texts, &n, error))
		return FALSE;
	tests = arena_array(at->reading->mem, AnsweredView, n + 1);
	for (gsize i = 0; i < n; i++) {
		tests[i] = (AnsweredView){.key = texts[i].key, .question = texts[i].key, .text = texts[i].text};
		for (gsize k = 0; heading != NULL && k < heading->n_tests; k++)
			if (g_str_equal(heading->tests[k].key, texts[i].key))
				tests[i].question = heading->tests[k].question;
	}
	assessment->tests = tests;
	assessment->n_tests = n;
	return TRUE;
}

/* The reports that it answers. */
static const char *const *reports_of(FileReading *at, const char *assessment)
{
	const char **refs = arena_array(at->reading->mem, const char *, at->file->n_reports + 1);
	gsize n = 0;

	for (gsize i = 0; i < at->file->n_reports; i++)
		if (g_strcmp0(at->file->reports[i].assessment, assessment) == 0)
			refs[n++] = at->file->reports[i].ref;
	return refs;
}

static gboolean view_assessment(FileReading *at, const AssessmentRow *row, AssessmentView *assessment, GError **error)
{
	const PolicyWord *ground = NULL;
	const Policy *policy;

	if (!file_policy(at, row->pack, &policy, error))
		return FALSE;
	if (row->ground != NULL)
		ground = policy_word(policy->skip_reasons, policy->n_skip_reasons, row->ground);
	*assessment = (AssessmentView){.ref = row->ref,
		.outcome = row->outcome,
		.outcome_words = assessed_in_words(row->outcome),
		.heading = row->heading,
		.heading_title = file_heading_title(policy, row->heading),
		.ground = row->ground,
		.ground_title = ground != NULL ? ground->title : row->ground,
		.no_violence = row->no_violence,
		.needs_considered = row->needs_considered,
		.behaviour = row->behaviour,
		.reports = reports_of(at, row->ref),
		.at = row->at};
	return file_person(at, row->by_user, &assessment->by, error) && view_tests(at, policy, row, assessment, error);
}

static gboolean view_assessments(FileReading *at, GError **error)
{
	AssessmentView *assessments;
	AssessmentRow *rows;
	gsize n;

	if (!sql_casefile_assessments(at->reading->tx, at->reading->mem, at->file->ref, &rows, &n, error))
		return FALSE;
	assessments = arena_array(at->reading->mem, AssessmentView, n + 1);
	for (gsize i = 0; i < n; i++)
		if (!view_assessment(at, &rows[i], &assessments[i], error))
			return FALSE;
	at->view->assessments = assessments;
	at->view->n_assessments = n;
	return TRUE;
}

static gboolean view_referrals(FileReading *at, GError **error)
{
	ReferralView *referrals;
	ReferralRow *rows;
	gsize n;

	if (!sql_casefile_referrals(at->reading->tx, at->reading->mem, at->file->ref, &rows, &n, error))
		return FALSE;
	referrals = arena_array(at->reading->mem, ReferralView, n + 1);
	for (gsize i = 0; i < n; i++) {
		referrals[i] = (ReferralView){.ref = rows[i].ref,
			.force = rows[i].force,
			.police_reference = rows[i].police_reference,
			.may_tell = rows[i].may_tell,
			.referred_at = rows[i].referred_at,
			.at = rows[i].at};
		if (!file_person(at, rows[i].by_user, &referrals[i].by, error))
			return FALSE;
	}
	at->view->referrals = referrals;
	at->view->n_referrals = n;
	return TRUE;
}

/* W4: when the days to adapt end, once the letter is sent. */
static void settle_days(const FileReading *at, WarningView *warning)
{
	const Warning *known = casefile_warning(at->file, warning->ref);

	warning->adapt_until = DAY_NONE;
	warning->sent_at = INSTANT_NONE;
	if (known == NULL || !warning_is_sent(known))
		return;
	warning->sent_at = known->sent->sent_at;
	warning->notice = known->sent->ref;
	if (warning_adapt_until(known, at->reading->run.zone, &warning->adapt_until))
		warning->adapting = warning->adapt_until >= at->reading->run.today;
}

static gboolean view_the_warnings(FileReading *at, GError **error)
{
	WarningView *warnings;
	WarningRow *rows;
	gsize n;

	if (!sql_casefile_warnings(at->reading->tx, at->reading->mem, at->file->ref, &rows, &n, error))
		return FALSE;
	warnings = arena_array(at->reading->mem, WarningView, n + 1);
	for (gsize i = 0; i < n; i++) {
		const WarningTier *tier;
		const Policy *policy;

		if (!file_policy(at, rows[i].pack, &policy, error))
			return FALSE;
		tier = policy_tier(policy, rows[i].tier);
		warnings[i] = (WarningView){.ref = rows[i].ref,
			.assessment = rows[i].assessment,
			.tier_title = tier != NULL ? tier->title : rows[i].tier,
			.notice = rows[i].notice,
			.days_to_adapt = (int)rows[i].days_to_adapt,
			.at = rows[i].at};
		settle_days(at, &warnings[i]);
		if (!file_person(at, rows[i].by_user, &warnings[i].by, error))
			return FALSE;
	}
	at->view->warnings = warnings;
	at->view->n_warnings = n;
	return TRUE;
}

static gboolean view_answers(FileReading *at, GError **error)
{
	WarningAnswerView *answers;
	AnswerRow *rows;
	gsize n;

	if (!sql_casefile_answers(at->reading->tx, at->reading->mem, at->file->ref, &rows, &n, error))
		return FALSE;
	answers = arena_array(at->reading->mem, WarningAnswerView, n + 1);
	for (gsize i = 0; i < n; i++) {
		answers[i] = (WarningAnswerView){.ref = rows[i].ref,
			.warning = rows[i].warning,
			.words = rows[i].words,
			.happened_at = rows[i].happened_at,
			.at = rows[i].at,
			.struck_at = rows[i].struck_at};
		if (!file_person(at, rows[i].by_user, &answers[i].by, error))
			return FALSE;
	}
	at->view->answers = answers;
	at->view->n_answers = n;
	return TRUE;
}

gboolean file_view_warnings(FileReading *at, GError **error)
{
	return view_assessments(at, error) && view_referrals(at, error) && view_the_warnings(at, error) &&
	       view_answers(at, error);
}
