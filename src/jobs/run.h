/* run.h: what a job is given; nobody outside this folder includes it. */
#pragma once

#include "jobs/jobs.h"
#include "mail/smtp.h"

typedef struct {
	Acts *acts;
	Arena *mem; /* of this run */
	const JobsSettings *settings;
	const MailServer *server; /* NULL: none */
	ActCaller caller;         /* "job:NAME" */
} JobRun;

typedef gboolean (*JobFunction)(JobRun *run, GError **error);

gboolean job_outbox(JobRun *run, GError **error) MUST_CHECK;
gboolean job_journal(JobRun *run, GError **error) MUST_CHECK;
gboolean job_ends(JobRun *run, GError **error) MUST_CHECK;
gboolean job_strangers(JobRun *run, GError **error) MUST_CHECK;
