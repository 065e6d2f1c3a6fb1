/* table.h: what a job is; for jobs/ alone. */
#pragma once

#include "jobs/jobs.h"
#include "mail/smtp.h"

/* What jobs need, from the settings. */
typedef struct {
	Acts *acts;
	gboolean has_server;
	MailServer server;
	const char *sender, *public_url, *journal_dir;
} JobContext;

/* Does what is due. *ret_more: there may be more at once. */
typedef gboolean (*JobRun)(const JobContext *context, Arena *mem, gboolean *ret_more, GError **error);

typedef struct {
	const char *name;
	int period_ms;
	JobRun run;
} Job;

gboolean job_outbox(const JobContext *context, Arena *mem, gboolean *ret_more, GError **error);
gboolean job_journal(const JobContext *context, Arena *mem, gboolean *ret_more, GError **error);
