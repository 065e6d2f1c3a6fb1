/* dispute.c: the customer's disagreement with a decision, from its coming in to its answer (D1, D2, G8). What the
 * answer changes in force is ease.c's. */
#include "core/dispute.h"

#include "core/rules.h"

static const char *const outcome_names[] = {
	[DISPUTE_STILL_APPLY] = "still-apply", [DISPUTE_DIFFERENT] = "different", [DISPUTE_ENDED] = "ended"};
_Static_assert(G_N_ELEMENTS(outcome_names) == DISPUTE_OUTCOMES, "a name for every outcome");

const char *dispute_outcome_name(DisputeOutcome outcome)
{
	return outcome_names[outcome];
}

gboolean dispute_outcome_parse(const char *text, DisputeOutcome *ret_outcome)
{
	for (DisputeOutcome outcome = 0; outcome < DISPUTE_OUTCOMES; outcome++)
		if (rules_same(outcome_names[outcome], text)) {
			*ret_outcome = outcome;
			return TRUE;
		}
	return FALSE;
}

gboolean dispute_is_open(const Dispute *dispute)
{
	return dispute->withdrawn_at == INSTANT_NONE && dispute->answered_at == INSTANT_NONE;
}

gboolean dispute_is_overdue(const Dispute *dispute, Day today)
{
	return dispute_is_open(dispute) && today > dispute->reply_by;
}

const Dispute *casefile_dispute(const Casefile *file, const char *ref)
{
	for (gsize i = 0; i < file->n_disputes; i++)
		if (rules_same(file->disputes[i].ref, ref))
			return &file->disputes[i];
	return NULL;
}

const Dispute *casefile_open_dispute(const Casefile *file, const char *decision)
{
	for (gsize i = 0; i < file->n_disputes; i++)
		if (dispute_is_open(&file->disputes[i]) &&
			(decision == NULL || rules_same(file->disputes[i].decision, decision)))
			return &file->disputes[i];
	return NULL;
}

const Arrangement *casefile_arrangement_of(const Casefile *file, const char *decision)
{
	for (gsize i = file->n_arrangements; i > 0; i--)
		if (rules_same(file->arrangements[i - 1].decision, decision))
			return &file->arrangements[i - 1];
	return NULL;
}

gboolean arrangement_is_over(const Arrangement *arrangement, Day today)
{
	return arrangement->until != INSTANT_NONE ||
	       (arrangement->until_day != DAY_NONE && today > arrangement->until_day);
}

/* What comes in. */

gboolean dispute_lodge_until(const RuleContext *rules, const Decision *decision, Day *ret_until)
{
	const NoticeState *notice = decision->notice;

	if (rules->policy->dispute.days_to_lodge <= 0 || notice == NULL || notice->delivered_at == INSTANT_NONE ||
		notice->returned_at != INSTANT_NONE)
		return FALSE;
	*ret_until = zone_day(rules->zone, notice->delivered_at) + rules->policy->dispute.days_to_lodge;
	return TRUE;
}

static gboolean check_decision(const Casefile *file, const char *ref, GError **error)
{
	const Decision *decision = casefile_decision(file, ref);
	const Dispute *open;

	if (decision == NULL)
		return refuse_at(error, "D1", "decision",
			"‘%s’ is no decision on %s. Say which decision they disagree with.", ref != NULL ? ref : "",
			file->ref);
	if (!decided_authorises(decision->outcome))
		return refuse_at(error, "D1", "decision",
			"%s restricts nothing, so there is nothing to dispute. Take what they say as a new complaint.",
			decision->ref);
	if (decision->complete_at == INSTANT_NONE)
		return refuse_at(error, "A1", "decision",
			"%s still waits for a signature: nothing is decided yet that they could dispute.",
			decision->ref);
	open = casefile_open_dispute(file, ref);
	if (open != NULL)
		return refuse_at(error, "D1", "decision",
			"%s is disputed already, in %s. One dispute is heard at a time: log what they say now as a "
			"contact, so that whoever hears %s sees it.",
			decision->ref, open->ref, open->ref);
	return TRUE;
}

/* D1: in time, or the pack's late rule: a reason. */
static gboolean check_in_time(
	const RuleContext *rules, const Decision *decision, const DisputeInput *in, Day received, GError **error)
{
	g_autoptr(Arena) mem = NULL;
	Day until;

	if (!dispute_lodge_until(rules, decision, &until) || received <= until || rules_said(in->late_reason))
		return TRUE;
	mem = arena_new(1 << 12);
	return refuse_at(error, "D1", "late_reason",
		"They had until %s to dispute %s. Say why it is heard all the same: what kept them, or what would be "
		"wrong if nobody looked.",
		day_in_words(mem, until), decision->ref);
}

gboolean casefile_check_dispute(const RuleContext *rules, const Casefile *file, const DisputeInput *in,
	Instant received_at, Day *ret_reply_by, GError **error)
{
	const Decision *decision = casefile_decision(file, in->decision);
	Channel channel;
	Day received;

	if (!rules_person(rules, "D1", error))
		return FALSE;
	if (file->closed_at != INSTANT_NONE)
		return refuse(error, "G1",
			"%s is closed, and nothing of it applies any more. Take what they say as a new complaint.",
			file->ref);
	if (!check_decision(file, in->decision, error))
		return FALSE;
	if (!channel_parse(in->channel, &channel))
		return invalid(error, "channel", "Say how it came in: phone, email, letter, in-person, web or chat.");
	if (!rules_said(in->words))
		return refuse_at(error, "D1", "words", "Write down what they say, in their words.");
	if (received_at < decision->complete_at)
		return invalid(error, "happened_at", "Give the time at which it came in: not before %s was decided.",
			decision->ref);
	received = zone_day(rules->zone, received_at);
	if (!check_in_time(rules, decision, in, received, error))
		return FALSE;
	*ret_reply_by = received + rules->policy->dispute.days_to_answer;
	return TRUE;
}

/* The open dispute of that name; refuses where there is none. */
static gboolean find_open(const Casefile *file, const char *ref, const Dispute **ret_dispute, GError **error)
{
	const Dispute *dispute = casefile_dispute(file, ref);

	if (dispute == NULL)
		return refuse_at(
			error, "D1", "dispute", "‘%s’ is no dispute on %s.", ref != NULL ? ref : "", file->ref);
	if (!dispute_is_open(dispute))
		return refuse_at(error, "D1", "dispute",
			"%s was %s already. If they still disagree, record that as a "
			"new dispute.",
			dispute->ref, dispute->answered_at != INSTANT_NONE ? "answered" : "withdrawn");
	*ret_dispute = dispute;
	return TRUE;
}

/* Letters that say 'we have it': once, unless it came back. By whoever owns the casefile, or a complaints officer. */
static gboolean check_acknowledge(const RuleContext *rules, const Casefile *file, const char *kind, const char *about,
	const char *field, GError **error)
{
	for (gsize i = 0; i < file->n_notices; i++) {
		const NoticeState *notice = &file->notices[i];

		if (rules_same(notice->kind, kind) && rules_same(notice->about, about) &&
			notice->returned_at == INSTANT_NONE)
			return refuse_at(error, "N1", field,
				"The letter that acknowledges %s was made already (%s). Confirm that one when it went "
				"out.",
				about, notice->ref);
	}
	if (!actor_belongs(rules->actor, file->function) && !actor_has(rules->actor, ROLE_COMPLAINTS_OFFICER, NULL))
		return refuse(error, "N1",
			"The letter is sent by ‘%s’, which owns %s, or by a complaints officer. Ask one of them.",
			file->function, file->ref);
	return TRUE;
}

gboolean casefile_check_acknowledge_dispute(
	const RuleContext *rules, const Casefile *file, const char *ref, GError **error)
{
	const Dispute *dispute;

	return rules_person(rules, "D1", error) && find_open(file, ref, &dispute, error) &&
	       check_acknowledge(rules, file, "dispute-acknowledged", ref, "dispute", error);
}

gboolean casefile_check_acknowledge_answer(
	const RuleContext *rules, const Casefile *file, const char *ref, GError **error)
{
	if (!rules_person(rules, "W6", error) || !rules_open(rules, file, error))
		return FALSE;
	for (gsize i = 0; i < file->n_answers; i++)
		if (rules_same(file->answers[i].ref, ref))
			return check_acknowledge(rules, file, "answer-acknowledged", ref, "answer", error);
	return refuse_at(
		error, "W6", "answer", "‘%s’ is no answer of the customer's on %s.", ref != NULL ? ref : "", file->ref);
}

/* D1: who neither asked for the decision nor made it. */
static gboolean stands_apart(const RuleContext *rules, const Casefile *file, const Dispute *dispute, GError **error)
{
	const Decision *decision = casefile_decision(file, dispute->decision);
	const Request *request = decision != NULL ? casefile_request(file, decision->request) : NULL;
	const char *user = rules->actor->user_name;

	if (request != NULL && rules_same(request->by, user))
		return refuse(error, "D1",
			"You asked for %s yourself, so %s is not yours. A complaints officer who had no part in it "
			"hears it.",
			dispute->decision, dispute->ref);
	for (gsize i = 0; decision != NULL && i < decision->n_signatures; i++)
		if (rules_same(decision->signatures[i].user_name, user))
			return refuse(error, "D1",
				"You made %s yourself, so %s is not yours. A complaints officer who had no part in it "
				"hears it.",
				dispute->decision, dispute->ref);
	return TRUE;
}

gboolean casefile_check_withdraw_dispute(
	const RuleContext *rules, const Casefile *file, const char *ref, GError **error)
{
	const Dispute *dispute;

	return rules_person(rules, "D1", error) && find_open(file, ref, &dispute, error) &&
	       stands_apart(rules, file, dispute, error);
}

/* Who hears it, and what they may answer. */

/* G8: nothing on the casefile before the dispute: not a report, not as its target, not any other step. */
static gboolean comes_fresh(const RuleContext *rules, const Casefile *file, const Dispute *dispute, GError **error)
{
	const char *user = rules->actor->user_name;

	for (gsize i = 0; i < file->n_reports; i++) {
		const Report *report = &file->reports[i];

		if (rules_same(report->reporter, user) || rules_among(user, report->targets))
			return refuse(error, "G8",
				"You %s %s on this casefile, so you do not hear %s. Leave it to another complaints "
				"officer.",
				rules_same(report->reporter, user) ? "reported" : "were the target of", report->ref,
				dispute->ref);
	}
	if (rules_among(user, dispute->acted_before))
		return refuse(error, "G8",
			"You did something on %s before %s came in, so you do not hear it. Leave it to another "
			"complaints officer.",
			file->ref, dispute->ref);
	return TRUE;
}

gboolean casefile_check_hear_dispute(
	const RuleContext *rules, const Casefile *file, const Dispute *dispute, GError **error)
{
	if (!rules_person(rules, "D1", error) || !stands_apart(rules, file, dispute, error))
		return FALSE;
	if (!actor_has(rules->actor, ROLE_COMPLAINTS_OFFICER, NULL))
		return refuse(error, "D1", "A dispute is heard by a complaints officer. Leave %s to one of them.",
			dispute->ref);
	return comes_fresh(rules, file, dispute, error);
}

/* What belongs to 'different' alone. */
static gboolean check_left_out(const AnswerDisputeInput *in, GError **error)
{
	if (in->n_restrictions > 0)
		return invalid(error, "restrictions",
			"Restrictions belong to the answer ‘different’. Leave them out, or answer that.");
	if (in->until_on != DAY_NONE)
		return invalid(error, "until_on",
			"A last day belongs to the answer ‘different’. Leave it out, or answer that.");
	if (in->agreement != NULL)
		return invalid(error, "agreement",
			"The customer's agreement belongs to the answer ‘different’. Leave it out, or answer that.");
	return TRUE;
}

static gboolean check_outcome(const RuleContext *rules, const Casefile *file, const Dispute *dispute,
	const AnswerDisputeInput *in, DisputeOutcome outcome, GError **error)
{
	const Arrangement *arrangement = casefile_arrangement_of(file, dispute->decision);

	if (outcome != DISPUTE_ENDED && (arrangement == NULL || arrangement_is_over(arrangement, rules_today(rules))))
		return refuse_at(error, "D2", "outcome",
			"Nothing of %s applies any more, so the answer can only be ‘ended’, with your reasons on "
			"whether it was right.",
			dispute->decision);
	if (outcome != DISPUTE_DIFFERENT)
		return check_left_out(in, error);
	if (in->n_restrictions == 0)
		return refuse_at(
			error, "D2", "restrictions", "Say what applies from now on. If nothing does, answer ‘ended’.");
	if (in->until_on != DAY_NONE && in->until_on <= rules_today(rules))
		return refuse_at(error, "G2", "until_on",
			"The last day has to lie after today. If it is to end now, answer ‘ended’.");
	return TRUE;
}

gboolean casefile_check_answer_dispute(const RuleContext *rules, const Casefile *file, const AnswerDisputeInput *in,
	DisputeOutcome *ret_outcome, GError **error)
{
	const Dispute *dispute;
	DisputeOutcome outcome;

	if (!rules_person(rules, "D1", error) || !find_open(file, in->dispute, &dispute, error) ||
		!casefile_check_hear_dispute(rules, file, dispute, error))
		return FALSE;
	if (!dispute_outcome_parse(in->outcome, &outcome))
		return invalid(error, "outcome", "Choose the answer: still-apply, different or ended.");
	if (!check_outcome(rules, file, dispute, in, outcome, error))
		return FALSE;
	if (!rules_said(in->reasons))
		return refuse_at(error, "D2", "reasons", "Give your reasons: the letter tells them to the customer.");
	*ret_outcome = outcome;
	return TRUE;
}

gboolean dispute_check_course(const Easing *easing, const char *agreement, GError **error)
{
	if (easing->severer == NULL)
		return TRUE;
	if (easing->milder == NULL)
		return refuse_at(error, "D2", easing->severer_at,
			"%c%s. The answer to a dispute may be less, never more.", g_ascii_toupper(easing->severer[0]),
			easing->severer + 1);
	if (!rules_said(agreement))
		return refuse_at(error, "D2", "agreement",
			"That is another course, and in one way more than what was decided: %s. It needs the "
			"customer's agreement: say when and how they gave it.",
			easing->severer);
	return TRUE;
}
