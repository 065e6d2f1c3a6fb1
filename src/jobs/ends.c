/* ends.c: ends what has run out, each with its own letter (G2, G3), as an act by machine. One whose letter cannot be
 * made (no address, N4) keeps none of the others waiting: it is out of force by its date all the same, and a person
 * ends it, saying how the letter goes. */
#include "acts/run_out.h"
#include "jobs/run.h"

static gboolean end_one(JobRun *run, const RunOut *out, GError **error)
{
	ActAnswer answer;
	json_t *json = json_pack("{s:s, s:s}", "casefile", out->casefile, "arrangement", out->arrangement);
	gboolean done = acts_perform(run->acts, run->mem, &run->caller, "end-arrangement", json, &answer, NULL, error);

	json_decref(json);
	return done;
}

/* Another process was first. */
static gboolean is_ended(const GError *error)
{
	return g_strcmp0(evenhand_error_rule(error), "G1") == 0;
}

gboolean job_ends(JobRun *run, GError **error)
{
	g_autoptr(GError) first = NULL;
	const char *arrangement = NULL;
	ArenaList list;
	gsize failed = 0;

	if (!arrangements_run_out(run->acts, run->mem, &list, error))
		return FALSE;
	for (gsize i = 0; i < list.n; i++) {
		const RunOut *out = list.items[i];
		g_autoptr(GError) problem = NULL;

		if (end_one(run, out, &problem) || is_ended(problem))
			continue;
		if (evenhand_error_code(problem) == EVENHAND_ERROR_UNAVAILABLE) {
			g_propagate_error(error, g_steal_pointer(&problem));
			return FALSE;
		}
		if (failed++ == 0) {
			arrangement = out->arrangement;
			first = g_steal_pointer(&problem);
		}
	}
	return failed == 0 || refuse(error, evenhand_error_rule(first),
				      "%zu arrangements have run out whose letter could not be made. The first, %s: %s",
				      failed, arrangement, first->message);
}
