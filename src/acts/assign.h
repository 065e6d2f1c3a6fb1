/* assign.h: a piece of work by its reference, for the act that hands it on and the page that asks to whom. */
#pragma once

#include "acts/run.h"
#include "core/work.h"

/* The report, item, dispute or letter as core's rules see it; sets run's customer, function and casefile. Not found
 * names the reference. */
gboolean assign_load(ActRun *run, const char *ref, Work *work, GError **error) MUST_CHECK;
