/* refer.c: the flow 'refer to the police' (L1, L2). */
#include "web/pages/refer.h"
#include "web/flow_rows.h"
#include "web/pages/entry.h"

static gboolean say_done(Visit *visit, const CasefilePageView *file, const char *ref, FlowDone *ret_done)
{
	for (gsize i = 0; file != NULL && i < file->n_referrals; i++) {
		const ReferralView *referral = &file->referrals[i];

		if (!g_str_equal(referral->ref, ref))
			continue;
		ret_done->happened = arena_printf(visit->mem, "Recorded: %s were told on %s", referral->force,
			page_time(visit, referral->referred_at));
		ret_done->next =
			referral->may_tell
				? "The police agreed that the customer is told: approve the letter about it next."
				: "The steps that waited for this can go on.";
		return TRUE;
	}
	return FALSE;
}

const FlowPage flow_refer_to_police = {
	.act = "refer-to-police",
	.title = "Refer to the police",
	.intro = "In danger? Call 999 now, and record it after. This page tells the police nothing: it records that "
		 "they "
		 "were told.",
	.button = "Record the referral",
	.ask = refer_questions,
	.evidence = evidence_reports,
	.done = {"Recorded: the police were told", "The steps that waited for this can go on."},
	.say_done = say_done,
};
