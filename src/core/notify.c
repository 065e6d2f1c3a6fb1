/* notify.c: when a decision's notice is made, and what confirming it means: the moment of deemed delivery (N1, N5).
 * What the letter says is letters/; when the arrangement begins follows from the moment, in the act. */
#include "core/rules.h"

static gboolean may_notify(const RuleContext *rules, const Casefile *file, GError **error)
{
	if (!rules_person(rules, "N1", error))
		return FALSE;
	if (!actor_belongs(rules->actor, file->function))
		return refuse(error, "N1", "The letter is sent by ‘%s’, which owns %s. Ask somebody there.",
			file->function, file->ref);
	return rules_open(rules, file, error);
}

gboolean casefile_check_notify_referral(const RuleContext *rules, const Casefile *file, const char *ref, GError **error)
{
	const Referral *referral = casefile_referral(file, ref);

	if (!may_notify(rules, file, error))
		return FALSE;
	if (referral == NULL)
		return refuse_at(error, "N1", "referral", "‘%s’ is no report to the police on %s.", ref, file->ref);
	if (!referral->may_tell)
		return refuse_at(error, "N1", "referral",
			"The police have not agreed that the customer is told of %s, so no letter says it.", ref);
	for (gsize i = 0; i < file->n_notices; i++)
		if (rules_same(file->notices[i].about, ref) && file->notices[i].returned_at == INSTANT_NONE)
			return refuse_at(error, "N1", "referral",
				"The letter about %s was made already (%s). Confirm that one when it went out.", ref,
				file->notices[i].ref);
	if (file->n_assessments == 0)
		return refuse_at(error, "G3", "referral",
			"The letter says what happened in the words of an assessment. Assess the report first.");
	return TRUE;
}

gboolean casefile_check_notify(const RuleContext *rules, const Casefile *file, const char *about, GError **error)
{
	const Decision *decision = casefile_decision(file, about);

	if (!may_notify(rules, file, error))
		return FALSE;
	if (decision == NULL)
		return refuse_at(error, "N1", "decision", "‘%s’ is no decision on %s. Name the decision to be told.",
			about != NULL ? about : "", file->ref);
	if (!decided_authorises(decision->outcome))
		return refuse_at(error, "N1", "decision", "%s restricts nothing, so there are no arrangements to tell.",
			decision->ref);
	if (decision->complete_at == INSTANT_NONE)
		return refuse_at(error, "A1", "decision",
			"%s still waits for a signature, so it is not decided yet. Ask another head of function to "
			"sign.",
			decision->ref);
	if (decision->notice != NULL && decision->notice->returned_at == INSTANT_NONE)
		return refuse_at(error, "N1", "decision",
			"The letter about %s was made already (%s). Confirm that one when it went "
			"out.",
			decision->ref, decision->notice->ref);
	return TRUE;
}

/* Ways in which a notice goes out: the delivery that each belongs to, or any. */
typedef struct {
	const char *how;
	int delivery; /* -1: any */
} SendingWay;

static const SendingWay sending_ways[] = {
	{"accepted", DELIVERY_EMAIL},
	{"posted", DELIVERY_POST},
	{"completed", DELIVERY_TASK},
	{"handed-over", -1},
	{"read-out", -1},
	{"returned", -1},
};

static gboolean check_way(const NoticeState *notice, const char *how, GError **error)
{
	Delivery delivery;

	if (!delivery_parse(notice->delivery, &delivery))
		return bug(error, "Notice %s has the unknown delivery ‘%s’.", notice->ref, notice->delivery);
	for (gsize i = 0; i < G_N_ELEMENTS(sending_ways); i++) {
		if (!rules_same(sending_ways[i].how, how))
			continue;
		if (sending_ways[i].delivery >= 0 && sending_ways[i].delivery != (int)delivery)
			return refuse_at(error, "N5", "how",
				"%s goes out by %s, which cannot be ‘%s’. Say what was done: for example handed-over "
				"or read-out.",
				notice->ref, notice->delivery, how);
		return TRUE;
	}
	return invalid(
		error, "how", "Say what was done: accepted, posted, completed, handed-over, read-out or returned.");
}

gboolean notice_check_confirm(const RuleContext *rules, const NoticeState *notice, const char *how, Instant happened_at,
	Instant *ret_delivered_at, GError **error)
{
	gboolean returned = rules_same(how, "returned"), came_back = notice->returned_at != INSTANT_NONE;
	Instant since = came_back                         ? notice->returned_at
			: notice->sent_at != INSTANT_NONE ? notice->sent_at
							  : notice->made_at;
	Instant delivered = happened_at;

	if ((!rules->actor->machine || rules->actor->gate_only) && !rules_person(rules, "N5", error))
		return FALSE;
	if (!check_way(notice, how, error))
		return FALSE;
	if (notice->sent_at != INSTANT_NONE && !came_back && !returned)
		return refuse(error, "N5",
			"That %s went out is confirmed already. Only its coming back can still be recorded.",
			notice->ref);
	if (came_back && returned)
		return refuse(error, "N5", "That %s came back is recorded already. Send it anew, then confirm that.",
			notice->ref);
	if (happened_at > rules->now || happened_at < since)
		return invalid(error, "happened_at",
			"Give the time at which it was done: not later than now, and not before the letter was there "
			"to send.");
	if (rules_same(how, "posted"))
		delivered = zone_instant(rules->zone,
			day_add_working_days(zone_day(rules->zone, happened_at),
				rules->policy->notices.post_working_days, rules->policy->organisation.closed_days,
				rules->policy->organisation.n_closed_days),
			86400);
	*ret_delivered_at = returned ? INSTANT_NONE : MAX(delivered, rules->now);
	return TRUE;
}
