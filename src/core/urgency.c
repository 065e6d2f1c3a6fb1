/* urgency.c: from a due day to how pressing it is. Which work there is, and when it is due, is the reading side's. */
#include "core/urgency.h"

static const struct {
	const char *name, *title;
} NAMES[] = {
	[URGENCY_CRITICALLY_OVERDUE] = {"critically-overdue", "Critically overdue"},
	[URGENCY_OVERDUE] = {"overdue", "Overdue"},
	[URGENCY_DUE_SOON] = {"due-soon", "Due soon"},
	[URGENCY_NOT_DUE] = {"not-due", "Not due yet"},
	[URGENCY_TO_KNOW] = {"to-know", "For you to know"},
};
G_STATIC_ASSERT(G_N_ELEMENTS(NAMES) == URGENCIES);

const char *urgency_name(Urgency urgency)
{
	return NAMES[urgency].name;
}

const char *urgency_title(Urgency urgency)
{
	return NAMES[urgency].title;
}

gboolean urgency_parse(const char *text, Urgency *ret_urgency)
{
	for (Urgency urgency = 0; urgency < URGENCIES; urgency++)
		if (g_strcmp0(text, NAMES[urgency].name) == 0) {
			*ret_urgency = urgency;
			return TRUE;
		}
	return FALSE;
}

Day urgency_working_days(const Policy *policy, Day from, int n)
{
	return day_add_working_days(from, n, policy->organisation.closed_days, policy->organisation.n_closed_days);
}

Urgency urgency_of(const Policy *policy, Day due, Day today, int soon_days)
{
	Day soon;

	if (due == DAY_NONE)
		return URGENCY_NOT_DUE;
	if (today > urgency_working_days(policy, due, URGENCY_CRITICAL_WORKING_DAYS))
		return URGENCY_CRITICALLY_OVERDUE;
	if (today > due)
		return URGENCY_OVERDUE;
	soon = soon_days > 0 ? due - soon_days : urgency_working_days(policy, due, -URGENCY_SOON_WORKING_DAYS);
	return today >= soon ? URGENCY_DUE_SOON : URGENCY_NOT_DUE;
}
