/* read_steps.c: the policy's steps as the casefile's page lists them: what was done by whom, what is open, and what is
 * in the way. Which acts are open is read_next.c's to say; this puts them in the policy's order, among what was done.
 * No rule is decided here. */
#include "acts/read_file_run.h"

/* What a step has come to while no act of it is open; the lines of open acts are made of it and of the act. */
typedef struct {
	FileReading *at;
	const CasefilePageView *view;
	ArenaList acts;  /* of NextAct */
	gboolean *used;  /* which of them stand in a line */
	ArenaList lines; /* of StepView */
} Steps;

typedef struct {
	const char *key, *title;
	const char *const *acts; /* NULL-terminated: the acts that do it */
	const char *letters;     /* of confirm-notice: about which entries ("W-", "D-"); NULL: none; "": all the rest */
	const char *send;        /* how sending one of them is called; NULL: as the step */
	void (*come_to)(Steps *steps, StepView *line);
} Step;

static void say(StepView *line, StepState state, const char *words)
{
	line->state = state;
	line->words = words;
}

static void done(Steps *steps, StepView *line, const char *ref, PersonView by, Instant when, const char *what)
{
	Arena *mem = steps->at->reading->mem;

	line->ref = ref;
	line->by = by;
	line->at = when;
	say(line, STEP_DONE,
		by.user != NULL ? arena_printf(mem, "%s by %s on %s", what, by.name, file_day(steps->at, when))
				: arena_printf(mem, "%s on %s", what, file_day(steps->at, when)));
}

static void reported(Steps *steps, StepView *line)
{
	const CasefilePageView *view = steps->view;
	const ReportView *last;

	if (view->n_reports == 0)
		return;
	last = &view->reports[view->n_reports - 1];
	done(steps, line, last->ref, last->reporter, last->recorded_at,
		view->n_reports == 1 ? "Reported"
				     : arena_printf(steps->at->reading->mem, "%" G_GSIZE_FORMAT " reports, the last",
					       view->n_reports));
}

static void assessed(Steps *steps, StepView *line)
{
	const CasefilePageView *view = steps->view;
	const AssessmentView *last;

	if (view->n_assessments == 0)
		return;
	last = &view->assessments[view->n_assessments - 1];
	done(steps, line, last->ref, last->by, last->at,
		arena_printf(steps->at->reading->mem, "%s: assessed", last->outcome_words));
}

static void told_police(Steps *steps, StepView *line)
{
	const CasefilePageView *view = steps->view;
	const AssessmentView *assessed;
	const ReferralView *last;
	gboolean violence = FALSE, stands = FALSE;

	for (gsize i = 0; i < view->n_reports; i++) {
		assessed = casefile_page_assessment(view, view->reports[i].assessment);
		violence |= view->reports[i].violence;
		stands |= view->reports[i].violence && (assessed == NULL || assessed->no_violence == NULL);
	}
	if (view->n_referrals == 0 && stands) {
		say(line, STEP_NOT_YET, "Physical violence was reported: nothing else goes on before they are told");
		return;
	}
	if (view->n_referrals == 0) {
		say(line, STEP_NOT_NEEDED,
			violence ? "Assessed as no physical violence used or threatened"
				 : "No physical violence was reported");
		return;
	}
	last = &view->referrals[view->n_referrals - 1];
	done(steps, line, last->ref, last->by, last->at, arena_printf(steps->at->reading->mem, "%s told", last->force));
}

/* The last warning; without one the line says why there is none. */
static const WarningView *last_warning(Steps *steps, StepView *line)
{
	const CasefilePageView *view = steps->view;
	const AssessmentView *last = view->n_assessments > 0 ? &view->assessments[view->n_assessments - 1] : NULL;

	if (view->n_warnings > 0)
		return &view->warnings[view->n_warnings - 1];
	if (last != NULL && last->ground != NULL)
		say(line, STEP_NOT_NEEDED,
			arena_printf(
				steps->at->reading->mem, "May be acted on without a warning: %s", last->ground_title));
	else if (last != NULL && !g_str_equal(last->outcome, "warning"))
		say(line, STEP_NOT_NEEDED, last->outcome_words);
	return NULL;
}

static void warned(Steps *steps, StepView *line)
{
	const WarningView *warning = last_warning(steps, line);

	if (warning != NULL)
		done(steps, line, warning->ref, warning->by, warning->at, warning->tier_title);
}

static void warning_sent(Steps *steps, StepView *line)
{
	const WarningView *warning = last_warning(steps, line);

	if (warning != NULL && warning->sent_at != INSTANT_NONE)
		done(steps, line, warning->notice, (PersonView){NULL, NULL}, warning->sent_at, "Sent");
}

static void adapted(Steps *steps, StepView *line)
{
	const WarningView *warning = last_warning(steps, line);
	Arena *mem = steps->at->reading->mem;

	if (warning == NULL || warning->adapt_until == DAY_NONE)
		return;
	line->due_on = warning->adapt_until;
	if (warning->adapting)
		say(line, STEP_NOT_YET,
			arena_printf(mem, "They have until %s to adapt", day_in_words(mem, warning->adapt_until)));
	else
		say(line, STEP_DONE,
			arena_printf(mem, "They had until %s to adapt", day_in_words(mem, warning->adapt_until)));
}

static void answered(Steps *steps, StepView *line)
{
	const CasefilePageView *view = steps->view;
	const WarningAnswerView *last;

	if (view->n_answers == 0) {
		last_warning(steps, line);
		return;
	}
	last = &view->answers[view->n_answers - 1];
	done(steps, line, last->ref, last->by, last->at, "Recorded");
}

/* Asking for authorisation is a step only where something calls for it, and nothing was decided yet. */
static gboolean calls_for_request(const CasefilePageView *view)
{
	const AssessmentView *last = view->n_assessments > 0 ? &view->assessments[view->n_assessments - 1] : NULL;

	return view->n_decisions == 0 &&
	       (last == NULL || g_str_equal(last->outcome, "request") || g_str_equal(last->outcome, "warning"));
}

/* All that was reported is assessed, and calls for nothing that needs authorisation. */
static gboolean is_settled(const CasefilePageView *view)
{
	for (gsize i = 0; i < view->n_reports; i++)
		if (view->reports[i].assessment == NULL && view->reports[i].struck_at == INSTANT_NONE)
			return FALSE;
	return view->n_assessments > 0 && view->n_requests == 0 && !calls_for_request(view);
}

static void requested(Steps *steps, StepView *line)
{
	const CasefilePageView *view = steps->view;
	const RequestView *last;

	if (view->n_requests == 0) {
		if (is_settled(view))
			say(line, STEP_NOT_NEEDED, view->assessments[view->n_assessments - 1].outcome_words);
		return;
	}
	last = &view->requests[view->n_requests - 1];
	done(steps, line, last->ref, last->by, last->at,
		arena_printf(steps->at->reading->mem, "%s: asked for", last->state_words));
}

/* The last decision that is complete; NULL. */
static const DecisionView *last_decision(const Steps *steps)
{
	const CasefilePageView *view = steps->view;

	for (gsize i = view->n_decisions; i > 0; i--)
		if (view->decisions[i - 1].complete_at != INSTANT_NONE)
			return &view->decisions[i - 1];
	return NULL;
}

static void decided(Steps *steps, StepView *line)
{
	const DecisionView *decision = last_decision(steps);

	if (decision != NULL && casefile_page_open_request(steps->view) == NULL)
		done(steps, line, decision->ref, decision->signatures[0].by, decision->complete_at,
			decision->outcome_words);
	else if (is_settled(steps->view))
		say(line, STEP_NOT_NEEDED, NULL);
}

/* Without an arrangement there is nothing to tell, to keep or to end. */
static gboolean authorised(const Steps *steps, StepView *line)
{
	const DecisionView *decision = last_decision(steps);

	if (decision == NULL) {
		if (is_settled(steps->view))
			say(line, STEP_NOT_NEEDED, NULL);
		return FALSE;
	}
	if (decision->arrangement != NULL)
		return TRUE;
	if (casefile_page_open_request(steps->view) == NULL)
		say(line, STEP_NOT_NEEDED, "Nothing was authorised");
	return FALSE;
}

static void letter_made(Steps *steps, StepView *line)
{
	const FileLetterView *letter;

	if (!authorised(steps, line))
		return;
	letter = casefile_page_letter(steps->view, last_decision(steps)->notice);
	if (letter != NULL)
		done(steps, line, letter->letter.ref, letter->owner, letter->letter.made_at, "Made, for sending");
}

static void letter_delivered(Steps *steps, StepView *line)
{
	const FileLetterView *letter;

	if (!authorised(steps, line))
		return;
	letter = casefile_page_letter(steps->view, last_decision(steps)->notice);
	if (letter == NULL || letter->waits)
		return;
	line->ref = letter->letter.ref;
	line->at = letter->letter.sent_at;
	say(line, STEP_DONE,
		arena_printf(steps->at->reading->mem, "%s It counts as delivered on %s.", letter->state_words,
			file_day(steps->at, letter->letter.delivered_at)));
}

/* The newest arrangement; NULL. */
static const ArrangementView *newest(const Steps *steps)
{
	const CasefilePageView *view = steps->view;

	return view->n_arrangements > 0 ? &view->arrangements[view->n_arrangements - 1] : NULL;
}

static void in_force(Steps *steps, StepView *line)
{
	const ArrangementView *arrangement = newest(steps);

	if (arrangement == NULL) {
		authorised(steps, line);
		return;
	}
	line->ref = arrangement->ref;
	line->at = arrangement->from_at;
	if (arrangement->state != ARRANGEMENT_DECIDED)
		say(line, STEP_DONE, arrangement->state_sentence);
	else if (arrangement->from_at == INSTANT_NONE)
		say(line, STEP_NOT_YET, "It starts when the letter reaches them");
	else
		say(line, STEP_NOT_YET,
			arena_printf(steps->at->reading->mem, "From %s", file_day(steps->at, arrangement->from_at)));
}

static void breached(Steps *steps, StepView *line)
{
	const CasefilePageView *view = steps->view;

	if (view->n_breaches > 0)
		done(steps, line, view->breaches[view->n_breaches - 1].ref, view->breaches[view->n_breaches - 1].by,
			view->breaches[view->n_breaches - 1].at,
			arena_printf(
				steps->at->reading->mem, "%" G_GSIZE_FORMAT " logged, the last", view->n_breaches));
	else if (newest(steps) != NULL)
		say(line, STEP_NONE, NULL);
	else
		authorised(steps, line);
}

static void disputed(Steps *steps, StepView *line)
{
	const CasefilePageView *view = steps->view;
	const DisputeView *last = view->n_disputes > 0 ? &view->disputes[view->n_disputes - 1] : NULL;
	Arena *mem = steps->at->reading->mem;

	if (last == NULL) {
		if (newest(steps) != NULL)
			say(line, STEP_NONE, NULL);
		else
			authorised(steps, line);
		return;
	}
	line->due_on = last->open ? last->reply_by : DAY_NONE;
	if (last->open)
		say(line, STEP_NOT_YET,
			arena_printf(mem, "%s is to be answered by %s%s", last->ref, day_in_words(mem, last->reply_by),
				last->overdue ? ", which is past" : ""));
	else if (last->answered_at != INSTANT_NONE)
		done(steps, line, last->ref, last->answered_by, last->answered_at, last->outcome_words);
	else
		say(line, STEP_DONE, arena_printf(mem, "%s was withdrawn", last->ref));
}

static void reviewed(Steps *steps, StepView *line)
{
	const ArrangementView *arrangement = newest(steps);
	Arena *mem = steps->at->reading->mem;

	if (arrangement == NULL) {
		authorised(steps, line);
		return;
	}
	if (arrangement->state == ARRANGEMENT_ENDED) {
		say(line, STEP_NOT_NEEDED, "It has ended");
		return;
	}
	line->due_on = arrangement->review_on;
	line->ref = arrangement->ref;
	if (arrangement->review_overdue)
		say(line, STEP_OPEN,
			arena_printf(mem, "Overdue: it was to be reviewed on %s",
				day_in_words(mem, arrangement->review_on)));
	else
		say(line, STEP_NOT_YET,
			arena_printf(mem, "To be reviewed on %s", day_in_words(mem, arrangement->review_on)));
}

static void ended(Steps *steps, StepView *line)
{
	const ArrangementView *arrangement = newest(steps);
	Arena *mem = steps->at->reading->mem;

	if (arrangement == NULL) {
		authorised(steps, line);
		return;
	}
	line->ref = arrangement->ref;
	line->due_on = arrangement->until_on;
	if (arrangement->state == ARRANGEMENT_ENDED)
		say(line, STEP_DONE, arrangement->state_sentence);
	else
		say(line, STEP_NOT_YET,
			arrangement->until_on != DAY_NONE
				? arena_printf(mem, "It runs until %s", day_in_words(mem, arrangement->until_on))
				: "It runs until it is lifted");
}

static void nothing(Steps *steps, StepView *line)
{
	(void)steps;
	line->state = STEP_NOT_YET;
}

#define ACTS(...)                                                                                                      \
	(const char *const[])                                                                                          \
	{                                                                                                              \
		__VA_ARGS__, NULL                                                                                      \
	}
static const char *const NO_ACTS[] = {NULL};

/* In the policy's order. What is an act's to do has the act's title. */
static const Step STEPS[] = {
	{"report", "Report what happened", NO_ACTS, NULL, NULL, reported},
	{"evidence", "Evidence", ACTS("attach-evidence"), NULL, NULL, NULL},
	{"assess", "Assess a report", ACTS("assess-report", "follow-up"), "AS-", "Send the advice", assessed},
	{"police", "Refer to the police", ACTS("refer-to-police"), "P-", "Send the letter about the police",
		told_police},
	{"safety", "Approve a safety sentence", ACTS("approve-safety-sentence"), NULL, NULL, NULL},
	{"warn", "Warn the customer", ACTS("warn"), NULL, NULL, warned},
	{"send-warning", "Send the warning", NO_ACTS, "W-", NULL, warning_sent},
	{"adapt", "Days to adapt", NO_ACTS, NULL, NULL, adapted},
	{"answer", "Record the customer's answer", ACTS("record-answer", "acknowledge-answer"), "AW-",
		"Send the acknowledgement of their answer", answered},
	{"request", "Request authorisation", ACTS("request", "withdraw-request"), NULL, NULL, requested},
	{"decide", "Decide", ACTS("decide"), NULL, NULL, decided},
	{"notify", "Make the letter that tells the decision", ACTS("notify"), NULL, NULL, letter_made},
	{"send-decision", "Send the letter about the decision", NO_ACTS, "D-", NULL, letter_delivered},
	{"in-force", "Arrangement in force", ACTS("vary", "lift"), "V-", "Send the letter about the change", in_force},
	{"breach", "Breaches", ACTS("log-breach"), NULL, NULL, breached},
	{"dispute", "Disputes", ACTS("dispute", "acknowledge-dispute", "answer-dispute", "withdraw-dispute"), "DI-",
		"Send the letter about the dispute", disputed},
	{"review", "Review", NO_ACTS, NULL, NULL, reviewed},
	{"end", "End of the arrangement", ACTS("end-arrangement"), "A-", "Send the letter that it has ended", ended},
	{"other", "Send a letter", NO_ACTS, "", NULL, NULL},
	{"close", "Close the casefile", ACTS("close-casefile"), NULL, NULL, nothing},
};

/* What may be done and need not. */
static gboolean is_optional(const Steps *steps, const char *act)
{
	static const char *const OPTIONAL[] = {"withdraw-request", "record-answer", "vary", "lift", "log-breach",
		"dispute", "withdraw-dispute", "attach-evidence", NULL};

	return g_strv_contains(OPTIONAL, act) || (g_str_equal(act, "request") && !calls_for_request(steps->view));
}

/* A letter that is to be made, by what it tells. */
static const struct {
	const char *about, *step, *title;
} TELLS[] = {
	{"D-", "notify", "Make the letter that tells the decision"},
	{"V-", "in-force", "Make the letter that tells the change"},
	{"A-", "end", "Make the letter that it has ended"},
	{"P-", "police", "Make the letter about the report to the police"},
};

static gsize told_by(const NextAct *act)
{
	for (gsize i = 0; i < G_N_ELEMENTS(TELLS); i++)
		if (g_str_equal(act->act, "notify") && act->about != NULL &&
			g_str_has_prefix(act->about, TELLS[i].about))
			return i;
	return G_N_ELEMENTS(TELLS);
}

static gboolean belongs(const Step *step, const NextAct *act)
{
	const gsize told = told_by(act);

	if (g_str_equal(act->act, "confirm-notice"))
		return FALSE; /* by what the letter is about: belongs_letter */
	if (told < G_N_ELEMENTS(TELLS))
		return g_str_equal(step->key, TELLS[told].step);
	return g_strv_contains(step->acts, act->act);
}

static gboolean belongs_letter(const Steps *steps, const Step *step, const NextAct *act)
{
	const FileLetterView *letter;

	if (step->letters == NULL || !g_str_equal(act->act, "confirm-notice"))
		return FALSE;
	letter = casefile_page_letter(steps->view, act->about);
	if (letter == NULL)
		return FALSE;
	/* That it has ended is told of an arrangement that ran out (A-) and of one that was lifted (V-). */
	return g_str_has_prefix(g_str_equal(letter->letter.kind, "ended") ? "A-" : letter->letter.about, step->letters);
}

static StepView *add_line(Steps *steps, const StepView *line)
{
	StepView *own = arena_new0(steps->at->reading->mem, StepView);

	*own = *line;
	arena_list_add(steps->at->reading->mem, &steps->lines, own);
	return own;
}

/* The letter that an act sends; NULL: it is about none. */
static const FileLetterView *letter_of(const Steps *steps, const NextAct *act)
{
	return g_str_equal(act->act, "confirm-notice") ? casefile_page_letter(steps->view, act->about) : NULL;
}

/* A letter to be sent: its owner's. What goes by itself is nobody's task. */
static void fill_letter(Steps *steps, const Step *step, const FileLetterView *letter, StepView *line)
{
	line->title = step->send != NULL ? step->send : step->title;
	line->words = arena_printf(steps->at->reading->mem, "%s: %s", letter->letter.title, letter->task_words);
	line->yours = letter->own;
	if (letter->by_itself && line->state == STEP_OPEN) {
		line->state = STEP_NOT_YET;
		line->act = line->about = NULL;
		line->yours = FALSE;
	}
}

/* What only waits for a letter that goes by itself has nothing in its way. */
static void settle_waiting(Steps *steps, StepView *line)
{
	const FileLetterView *letter = line->state == STEP_BLOCKED && g_strcmp0(line->mend_act, "confirm-notice") == 0
					       ? casefile_page_letter(steps->view, line->mend_about)
					       : NULL;

	if (letter == NULL || !letter->by_itself)
		return;
	say(line, STEP_NOT_YET,
		arena_printf(steps->at->reading->mem, "Once letter %s has gone by e-mail", letter->letter.ref));
	line->rule = line->sentence = line->mend_act = line->mend_about = NULL;
}

/* own: what the step has come to, where no line says that; NULL. */
static void add_act(Steps *steps, const Step *step, const NextAct *act, const StepView *own)
{
	const FileLetterView *letter = letter_of(steps, act);
	const gsize told = told_by(act);
	StepView line = {.key = step->key,
		.title = act->title,
		.state = act->open ? STEP_OPEN : STEP_BLOCKED,
		.words = own != NULL ? own->words : NULL,
		.ref = act->about,
		.at = INSTANT_NONE,
		.due_on = own != NULL ? own->due_on : DAY_NONE,
		.act = act->act,
		.about = act->about,
		.yours = act->yours,
		.optional = is_optional(steps, act->act),
		.rule = act->rule,
		.sentence = act->sentence,
		.mend_act = act->mend_act,
		.mend_about = act->mend_about};

	if (told < G_N_ELEMENTS(TELLS))
		line.title = TELLS[told].title;
	if (letter != NULL)
		fill_letter(steps, step, letter, &line);
	settle_waiting(steps, &line);
	if (g_strcmp0(line.mend_act, "answer-adjustment") == 0)
		for (gsize i = 0; i < steps->view->n_adjustments; i++)
			if (steps->view->adjustments[i].outcome == NULL)
				line.mend_about = steps->view->adjustments[i].ref;
	add_line(steps, &line);
}

/* A step's own line says what it has come to; what is open of it follows, unless a line of its own says the same. */
static void add_step(Steps *steps, const Step *step)
{
	StepView line = {
		.key = step->key, .title = step->title, .state = STEP_NOT_YET, .at = INSTANT_NONE, .due_on = DAY_NONE};
	gboolean needed = FALSE, any = FALSE, shown;

	for (gsize i = 0; i < steps->acts.n; i++) {
		const NextAct *act = steps->acts.items[i];

		if (!steps->used[i] && (belongs(step, act) || belongs_letter(steps, step, act))) {
			needed |= !is_optional(steps, act->act) || (!act->open && !g_str_equal(act->act, "request"));
			any = TRUE;
		}
	}
	if (step->come_to != NULL)
		step->come_to(steps, &line);
	shown = step->come_to != NULL &&
		(line.state == STEP_DONE || (!needed && (!any || line.words != NULL || line.state == STEP_NONE)));
	if (shown)
		add_line(steps, &line);
	for (gsize i = 0; i < steps->acts.n; i++) {
		const NextAct *act = steps->acts.items[i];

		if (!steps->used[i] && (belongs(step, act) || belongs_letter(steps, step, act))) {
			steps->used[i] = TRUE;
			add_act(steps, step, act, shown ? NULL : &line);
		}
	}
}

/* Whoever does not see all of the casefile sees what is open for them, and no more of it than its name. */
static void add_own(Steps *steps)
{
	static const Step STEP = {"own", "Send a letter", NO_ACTS, NULL, NULL, NULL};

	for (gsize i = 0; i < steps->acts.n; i++) {
		const NextAct *act = steps->acts.items[i];

		if (act->open && act->yours)
			add_act(steps, &STEP, act, NULL);
	}
}

static void add_all(Steps *steps)
{
	for (gsize i = 0; i < G_N_ELEMENTS(STEPS); i++) {
		if (g_str_equal(STEPS[i].key, "close")) /* whatever no step has named stands before it */
			for (gsize k = 0; k < steps->acts.n; k++)
				if (!steps->used[k] && !belongs(&STEPS[i], steps->acts.items[k])) {
					steps->used[k] = TRUE;
					add_act(steps, &STEPS[i - 1], steps->acts.items[k], NULL);
				}
		add_step(steps, &STEPS[i]);
	}
}

void file_view_steps(FileReading *at)
{
	Steps steps = {.at = at, .view = at->view};
	StepView *lines;

	casefile_next_acts(at->reading, at->file, &steps.acts);
	if (at->file->closed_at != INSTANT_NONE)
		return;
	steps.used = arena_array(at->reading->mem, gboolean, steps.acts.n + 1);
	if (at->view->full)
		add_all(&steps);
	else
		add_own(&steps);
	lines = arena_array(at->reading->mem, StepView, steps.lines.n + 1);
	for (gsize i = 0; i < steps.lines.n; i++) {
		lines[i] = *(const StepView *)steps.lines.items[i];
		at->view->n_open += lines[i].state == STEP_OPEN && lines[i].yours && !lines[i].optional;
	}
	at->view->steps = lines;
	at->view->n_steps = steps.lines.n;
}
