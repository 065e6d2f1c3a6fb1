/* jobs.h: what time brings, as acts done by machine. One table lists the jobs; one thread runs what is due; several
 * processes over one database share the work by leases. */
#pragma once

#include "acts/acts.h"

typedef struct Jobs Jobs;

typedef struct {
	const char *smtp;   /* smtp://HOST:PORT; NULL: notices by e-mail wait in the outbox, which the log says once */
	const char *sender; /* NULL: the organisation's address in the policy */
	const char *public_url;  /* NULL */
	const char *journal_dir; /* the gate's journal on this machine, to be taken in as contacts; NULL: none */
} JobsSettings;

/* Starts the thread. settings' strings are copied; the Acts must outlive it. */
gboolean jobs_start(Acts *acts, const JobsSettings *settings, Jobs **ret_jobs, GError **error) MUST_CHECK;
void jobs_stop(Jobs *jobs); /* NULL is fine; waits for the job under way */

/* Runs every job that is due once, now: for tests and for `evenhand` on the shell. */
gboolean jobs_run_once(Acts *acts, const JobsSettings *settings, GError **error) MUST_CHECK;
