/* urgency.h: how pressing a piece of work is, by the day on which it is due. The bounds are the same for all work, and
 * guide and tests name them:
 *
 *   critically overdue   more than five working days after the day
 *   overdue              after the day
 *   due soon             on the day, or at most three working days before it (work with a notice period of its own,
 *                        such as a review, from the first day of that period)
 *   not due              before that, and work that has no day
 *
 * Working days are Monday to Friday without the days on which the pack says that the organisation is closed. */
#pragma once

#include "core/policy.h"

typedef enum {
	URGENCY_CRITICALLY_OVERDUE,
	URGENCY_OVERDUE,
	URGENCY_DUE_SOON,
	URGENCY_NOT_DUE,
	URGENCY_TO_KNOW, /* nothing is to be done */
	URGENCIES
} Urgency;

enum { URGENCY_CRITICAL_WORKING_DAYS = 5, URGENCY_SOON_WORKING_DAYS = 3 };

const char *urgency_name(Urgency urgency);  /* "critically-overdue", "to-know" … */
const char *urgency_title(Urgency urgency); /* "Critically overdue", "For you to know" … */
gboolean urgency_parse(const char *text, Urgency *ret_urgency);

/* due DAY_NONE: no day. soon_days: the days (of the calendar) before it in which it counts as due soon; 0: the three
 * working days. */
Urgency urgency_of(const Policy *policy, Day due, Day today, int soon_days);

/* The nth working day after a day. */
Day urgency_working_days(const Policy *policy, Day from, int n);
