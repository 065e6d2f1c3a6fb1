/* read_next.c: what a casefile waits for: which acts are open, and what is in the way of the others, as far as the file
 * alone tells (what an act's own content must say is said when it is done). No rule is decided here: core is asked.
 * The task list that a page makes of it is read_steps.c's. */
#include "acts/read_run.h"
#include "core/closing.h"
#include "core/dispute.h"
#include "core/entries.h"
#include "core/loosen.h"

typedef struct {
	const Reading *reading;
	const Casefile *file;
	ArenaList *list;    /* of NextAct */
	const char *police; /* L2: what is to be done first; NULL: nothing */
} Next;

/* A1: where a decision waits for one more signature, another head of function's will do. */
static gboolean may_sign(const Next *next)
{
	const Request *open = casefile_open_request(next->file);

	return open != NULL && casefile_unsigned_decision(next->file, open->ref) != NULL &&
	       actor_has(next->reading->run.actor, ROLE_HEAD_OF_FUNCTION, NULL);
}

/* Whose step it is; what stands against one person (who reported, who asked) is the act's to say. */
static gboolean is_theirs(const Next *next, const char *act)
{
	static const char *const MANAGERS[] = {"assess-report", "refer-to-police", "warn", "request",
		"withdraw-request", "end-arrangement", "close-casefile", NULL};
	const Actor *actor = next->reading->run.actor;
	const gboolean heads = actor_capacity(actor, next->reading->run.policy, next->file->function) != CAPACITY_NONE;

	if (g_str_equal(act, "dispute") || g_str_equal(act, "log-breach"))
		return actor_works_cases(actor);
	if (g_str_equal(act, "decide"))
		return heads || may_sign(next);
	if (g_str_equal(act, "vary") || g_str_equal(act, "lift") || g_str_equal(act, "approve-safety-sentence"))
		return heads;
	if (g_strv_contains(MANAGERS, act))
		return actor_has(actor, ROLE_MANAGER, next->file->function) ||
		       (heads && g_str_equal(act, "end-arrangement"));
	return actor_belongs(actor, next->file->function);
}

/* rule and sentence say what is in the way; sentence NULL: the act is open. */
static NextAct *add(Next *next, const char *name, const char *about, const char *rule, const char *sentence)
{
	NextAct *one = arena_new0(next->reading->mem, NextAct);

	*one = (NextAct){.act = name,
		.title = acts_find(name)->title,
		.about = about,
		.open = sentence == NULL,
		.yours = is_theirs(next, name),
		.rule = rule,
		.sentence = sentence};
	arena_list_add(next->reading->mem, next->list, one);
	return one;
}

/* The same, with what mends it. */
static void block(Next *next, const char *name, const char *about, const char *rule, const char *sentence,
	const char *mend_act, const char *mend_about)
{
	NextAct *one = add(next, name, about, rule, sentence);

	one->mend_act = mend_act;
	one->mend_about = mend_about;
}

static void add_behind_police(Next *next, const char *name, const char *about)
{
	if (next->police != NULL)
		block(next, name, about, "L2", next->police, "refer-to-police", next->file->ref);
	else
		add(next, name, about, NULL, NULL);
}

static void look_at_police(Next *next)
{
	g_autoptr(GError) error = NULL;

	if (casefile_police_done(next->file, &error))
		return;
	next->police = arena_strdup(next->reading->mem, error->message);
	add(next, "refer-to-police", next->file->ref, NULL, NULL);
}

/* Until the head of function has approved a sentence, others are told the policy's own. */
static void look_at_safety(Next *next)
{
	if (casefile_has_violence(next->file) && !next->file->safety_approved)
		add(next, "approve-safety-sentence", next->file->ref, NULL, NULL);
}

static void look_at_reports(Next *next)
{
	for (gsize i = 0; i < next->file->n_reports; i++)
		if (next->file->reports[i].assessment == NULL)
			add(next, "assess-report", next->file->reports[i].ref, NULL, NULL);
}

static gboolean was_warned(const Casefile *file, const char *assessment)
{
	for (gsize i = 0; i < file->n_warnings; i++)
		if (g_str_equal(file->warnings[i].assessment, assessment))
			return TRUE;
	return FALSE;
}

static void look_at_warnings(Next *next)
{
	const Casefile *file = next->file;

	for (gsize i = 0; i < file->n_assessments; i++)
		if (file->assessments[i].outcome == ASSESSED_WARNING && !was_warned(file, file->assessments[i].ref))
			add_behind_police(next, "warn", file->assessments[i].ref);
	for (gsize i = 0; i < file->n_warnings; i++)
		if (warning_is_sent(&file->warnings[i]))
			add(next, "record-answer", file->warnings[i].ref, NULL, NULL);
}

/* Whether a request may rest on something: the last warning that was sent, or an assessed ground to act without. */
static gboolean may_rest(const Next *next, const Warning **ret_warning)
{
	const Casefile *file = next->file;
	gboolean ground = FALSE;

	*ret_warning = NULL;
	for (gsize i = 0; i < file->n_warnings; i++)
		if (warning_is_sent(&file->warnings[i]))
			*ret_warning = &file->warnings[i];
	for (gsize i = 0; i < file->n_assessments; i++)
		ground |= file->assessments[i].ground != NULL;
	return *ret_warning != NULL || ground;
}

/* What brings a warning to its customer: sending the one that was made, giving the one that was decided on, or looking
 * at what happened anew. */
static const char *mend_of_warning(const Casefile *file, const char **ret_about)
{
	*ret_about = NULL;
	if (file->n_warnings > 0) {
		*ret_about = file->warnings[file->n_warnings - 1].sent->ref;
		return "confirm-notice";
	}
	for (gsize i = 0; i < file->n_assessments; i++)
		if (file->assessments[i].outcome == ASSESSED_WARNING)
			*ret_about = file->assessments[i].ref;
	return *ret_about != NULL ? "warn" : "assess-report";
}

static void look_at_request(Next *next)
{
	const Casefile *file = next->file;
	const Reading *reading = next->reading;
	const Warning *warning;
	const char *about = NULL, *mend = mend_of_warning(file, &about);
	Day until;

	if (casefile_open_request(file) != NULL || file->n_assessments == 0)
		return;
	if (next->police != NULL)
		add_behind_police(next, "request", file->ref);
	else if (!may_rest(next, &warning))
		block(next, "request", file->ref, "W1",
			"Send a warning first, or assess a report as one that needs none.", mend, about);
	else if (warning != NULL && warning_adapt_until(warning, reading->run.zone, &until) &&
		 until >= reading->run.today)
		block(next, "request", file->ref, "W4",
			arena_printf(reading->mem,
				"They have until %s to adapt. A request before then says why it cannot wait.",
				day_in_words(reading->mem, until)),
			"request", file->ref);
	else
		add(next, "request", file->ref, NULL, NULL);
}

static void look_at_decision(Next *next)
{
	const Request *open = casefile_open_request(next->file);

	if (open == NULL)
		return;
	add(next, "withdraw-request", open->ref, NULL, NULL);
	if (next->police == NULL && next->file->open_adjustments > 0)
		block(next, "decide", open->ref, "G7",
			"A request for an adjustment is open. It is answered first, if only for the time being.",
			"answer-adjustment", NULL);
	else
		add_behind_police(next, "decide", open->ref);
}

static gboolean is_made(const Decision *decision)
{
	return decision->notice != NULL && decision->notice->returned_at == INSTANT_NONE;
}

static void look_at_notices(Next *next)
{
	const Casefile *file = next->file;

	for (gsize i = 0; i < file->n_decisions; i++)
		if (decided_authorises(file->decisions[i].outcome) && file->decisions[i].complete_at != INSTANT_NONE &&
			!is_made(&file->decisions[i]))
			add(next, "notify", file->decisions[i].ref, NULL, NULL);
	for (gsize i = 0; i < file->n_notices; i++)
		if (file->notices[i].sent_at == INSTANT_NONE && file->notices[i].returned_at == INSTANT_NONE)
			add(next, "confirm-notice", file->notices[i].ref, NULL, NULL);
}

static gboolean was_acknowledged(const Casefile *file, const char *kind, const char *about)
{
	for (gsize i = 0; i < file->n_notices; i++)
		if (g_str_equal(file->notices[i].kind, kind) && g_str_equal(file->notices[i].about, about))
			return TRUE;
	return FALSE;
}

static void look_at_answers(Next *next)
{
	const Casefile *file = next->file;

	for (gsize i = 0; i < file->n_answers; i++)
		if (!was_acknowledged(file, "answer-acknowledged", file->answers[i].ref))
			add(next, "acknowledge-answer", file->answers[i].ref, NULL, NULL);
}

static void look_at_dispute(Next *next, const Dispute *dispute)
{
	const RuleContext *rules = &next->reading->run.rules;

	if (!was_acknowledged(next->file, "dispute-acknowledged", dispute->ref))
		add(next, "acknowledge-dispute", dispute->ref, NULL, NULL);
	add(next, "answer-dispute", dispute->ref, NULL, NULL)->yours =
		casefile_check_hear_dispute(rules, next->file, dispute, NULL);
	add(next, "withdraw-dispute", dispute->ref, NULL, NULL)->yours =
		casefile_check_withdraw_dispute(rules, next->file, dispute->ref, NULL);
}

/* A decision may be disputed as long as something of it may apply. */
static void look_at_disputes(Next *next)
{
	const Casefile *file = next->file;

	for (gsize i = 0; i < file->n_disputes; i++)
		if (dispute_is_open(&file->disputes[i]))
			look_at_dispute(next, &file->disputes[i]);
	for (gsize i = 0; i < file->n_decisions; i++) {
		const char *decision = file->decisions[i].ref;
		const Arrangement *arrangement = casefile_arrangement_of(file, decision);

		if (arrangement != NULL && !arrangement_is_over(arrangement, next->reading->run.today) &&
			casefile_open_dispute(file, decision) == NULL)
			add(next, "dispute", decision, NULL, NULL);
	}
}

/* Lapsing with a missed review is the pack's to say; the job that ends such a one knows it. */
static void look_at_arrangements(Next *next)
{
	const Casefile *file = next->file;

	for (gsize i = 0; i < file->n_arrangements; i++) {
		const Arrangement *arrangement = &file->arrangements[i];

		if (arrangement->until != INSTANT_NONE)
			continue;
		if (arrangement_is_over(arrangement, next->reading->run.today)) {
			add(next, "end-arrangement", arrangement->ref, NULL, NULL);
			continue;
		}
		add_behind_police(next, "vary", arrangement->ref);
		add(next, "lift", arrangement->ref, NULL, NULL);
		if (arrangement->from != INSTANT_NONE && arrangement->from <= next->reading->run.now)
			add(next, "log-breach", arrangement->ref, NULL, NULL);
	}
}

/* G3: a letter about a change or an end that came back is owed again. */
static void look_at_returned(Next *next)
{
	const Casefile *file = next->file;

	for (gsize i = 0; i < file->n_variations; i++) {
		const NoticeState *notice = file->variations[i].notice;

		if (notice != NULL && file->variations[i].dispute == NULL && notice->returned_at != INSTANT_NONE)
			add(next, "notify", file->variations[i].ref, NULL, NULL);
	}
	for (gsize i = 0; i < file->n_notices; i++) {
		const NoticeState *notice = &file->notices[i];
		const Arrangement *ended = casefile_arrangement(file, notice->about);

		if (ended != NULL && notice->returned_at != INSTANT_NONE && !arrangement_end_is_told(file, ended))
			add(next, "notify", ended->ref, NULL, NULL);
	}
}

/* What brings the casefile nearer to its closing: an arrangement to be ended, a letter to be sent or made anew. */
static const char *mend_of_closing(const Next *next, const char **ret_about)
{
	const Casefile *file = next->file;

	for (gsize i = 0; i < file->n_arrangements; i++)
		if (file->arrangements[i].until == INSTANT_NONE) {
			*ret_about = file->arrangements[i].ref;
			return arrangement_is_over(&file->arrangements[i], next->reading->run.today) ? "end-arrangement"
												     : "lift";
		}
	for (gsize i = file->n_notices; i > 0; i--)
		if (file->notices[i - 1].sent_at == INSTANT_NONE && file->notices[i - 1].returned_at == INSTANT_NONE) {
			*ret_about = file->notices[i - 1].ref;
			return "confirm-notice";
		}
	for (gsize i = file->n_notices; i > 0; i--)
		if (g_str_equal(file->notices[i - 1].kind, "ended") &&
			file->notices[i - 1].returned_at != INSTANT_NONE) {
			*ret_about = file->notices[i - 1].about;
			return "notify";
		}
	*ret_about = NULL;
	return NULL;
}

/* What is in the way is said once nothing is left that somebody has to answer. */
static void look_at_closing(Next *next)
{
	g_autoptr(GError) error = NULL;
	const Casefile *file = next->file;
	const char *about = NULL, *mend;

	if (casefile_check_closable(&next->reading->run.rules, file, &error)) {
		add(next, "close-casefile", file->ref, NULL, NULL);
		return;
	}
	if (file->n_arrangements == 0 || casefile_open_request(file) != NULL ||
		casefile_open_dispute(file, NULL) != NULL)
		return;
	mend = mend_of_closing(next, &about);
	block(next, "close-casefile", file->ref, arena_strdup(next->reading->mem, evenhand_error_rule(error)),
		arena_strdup(next->reading->mem, error->message), mend, about);
}

void casefile_next_acts(const Reading *reading, const Casefile *file, ArenaList *ret_acts)
{
	Next next = {.reading = reading, .file = file, .list = ret_acts};

	*ret_acts = (ArenaList){0};
	if (file->closed_at != INSTANT_NONE)
		return;
	look_at_police(&next);
	look_at_safety(&next);
	look_at_reports(&next);
	look_at_warnings(&next);
	look_at_answers(&next);
	look_at_request(&next);
	look_at_decision(&next);
	look_at_notices(&next);
	look_at_disputes(&next);
	look_at_arrangements(&next);
	look_at_returned(&next);
	look_at_closing(&next);
}

/* [{act, title, about, open, yours, rule, sentence}] */
json_t *casefile_next(const Reading *reading, const Casefile *file)
{
	json_t *list = json_array();
	ArenaList acts;

	casefile_next_acts(reading, file, &acts);
	for (gsize i = 0; i < acts.n; i++) {
		const NextAct *one = acts.items[i];

		json_array_append_new(list, json_pack("{s:s, s:s, s:s?, s:b, s:b, s:s?, s:s?}", "act", one->act,
						    "title", one->title, "about", one->about, "open", one->open,
						    "yours", one->yours, "rule", one->rule, "sentence", one->sentence));
	}
	return list;
}
