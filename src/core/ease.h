/* ease.h: whether a change of an arrangement only makes contact easier, which a head of function may do without a new
 * request (R8, G1) and the answer to a dispute may do at all (D2). Pure.
 *
 * Both arrangements are put to the gate's own rule (verdict_for) for every channel, direction, unprotected door (of the
 * scope and outside it), matter and identifier that makes a difference, at each moment of a week at which an answer can
 * change, with allowances unused and used up; beside that the number of calls that each admits and the last day are
 * compared. Where both would need two numbers to be set against each other in a way that no table can settle, the
 * answer is 'severer': it may then be authorised anew. */
#pragma once

#include "core/arrangement.h"

typedef struct {
	/* In words ("by phone, on Tuesdays at 9am: …"), where the changed arrangement is severer than the old one: a
	 * severer verdict, fewer minutes, fewer calls, recorded or with words of the decider's that were not there, a
	 * later end or review. NULL: nowhere. */
	const char *severer;
	const char *severer_at; /* the field of the change that makes it so: "restrictions/1/channels", "until_on" */
	const char *milder;     /* likewise, where it is easier; NULL: nowhere */
} Easing;

/* Compares two arrangements of one customer as they were compiled (needs recorded later, and when they are in force,
 * play no part). changed->until and review as they would be. Sentences live in mem. */
void arrangement_compare(const Policy *policy, const Zone *zone, const Arrangement *old, const Arrangement *changed,
	const Door *doors, gsize n_doors, Arena *mem, Easing *ret_easing);

/* A3, G1: TRUE where the change is an easing: nowhere severer, and easier somewhere or different in words. Refused with
 * a sentence that says where it is severer and that this needs to be authorised anew. */
gboolean arrangement_nowhere_severer(const Policy *policy, const Zone *zone, const Arrangement *old,
	const Arrangement *changed, const Door *doors, gsize n_doors, Arena *mem, GError **error) MUST_CHECK;
