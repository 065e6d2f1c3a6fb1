/* jobs.c: the table of jobs and the thread that runs them. What a job does stands in its own file. */
#include "jobs/jobs.h"

#include "jobs/run.h"

#include <errno.h>
#include <pthread.h>

typedef struct {
	const char *name;
	int period_ms;
	JobFunction run;
} Job;

static const Job JOBS[] = {
	{"outbox", 500, job_outbox},           /* N5: notices by e-mail */
	{"journal", 500, job_journal},         /* G6: what the gate answered */
	{"ends", 60000, job_ends},             /* G3: what has run out is ended with its letter */
	{"strangers", 3600000, job_strangers}, /* F2: counted for the pack's days, then forgotten */
};

#define USEC_PER_MS ((gint64)1000)

struct Jobs {
	Acts *acts;
	JobsSettings settings; /* copies */
	Arena *mem;
	MailServer server;
	gboolean has_server;
	Instant due[G_N_ELEMENTS(JOBS)];
	char *trouble[G_N_ELEMENTS(JOBS)]; /* said already; NULL: all is well */
	pthread_t thread;
	pthread_mutex_t lock; /* guards `stop` */
	pthread_cond_t wake;
	gboolean stop;
};

static gboolean jobs_set_up(Acts *acts, const JobsSettings *settings, Jobs **ret_jobs, GError **error)
{
	Jobs *jobs = g_new0(Jobs, 1);

	jobs->acts = acts;
	jobs->mem = arena_new(ARENA_REQUEST_MAX);
	jobs->settings = (JobsSettings){.smtp = arena_strdup(jobs->mem, settings->smtp),
		.sender = arena_strdup(jobs->mem, settings->sender),
		.public_url = arena_strdup(jobs->mem, settings->public_url),
		.journal_dir = arena_strdup(jobs->mem, settings->journal_dir)};
	if (settings->smtp != NULL && !mail_server_parse(jobs->settings.smtp, jobs->mem, &jobs->server, error)) {
		arena_free(jobs->mem);
		g_free(jobs);
		return FALSE;
	}
	jobs->has_server = settings->smtp != NULL;
	*ret_jobs = jobs;
	return TRUE;
}

static void jobs_free(Jobs *jobs)
{
	for (gsize i = 0; i < G_N_ELEMENTS(JOBS); i++)
		g_free(jobs->trouble[i]);
	arena_free(jobs->mem);
	g_free(jobs);
}

static gboolean run_job(Jobs *jobs, const Job *job, GError **error)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	JobRun run = {.acts = jobs->acts,
		.mem = mem,
		.settings = &jobs->settings,
		.server = jobs->has_server ? &jobs->server : NULL,
		.caller = {.user_name = arena_printf(mem, "job:%s", job->name),
			.via = "job",
			.machine = TRUE,
			.at = INSTANT_NONE}};

	return job->run(&run, error);
}

/* A trouble is said once, and once that it is over. */
static void note(Jobs *jobs, gsize i, const GError *error)
{
	const char *trouble = error != NULL ? error->message : NULL;

	if (g_strcmp0(trouble, jobs->trouble[i]) == 0)
		return;
	if (trouble != NULL)
		g_warning("Job %s: %s", JOBS[i].name, trouble);
	else
		g_message("Job %s works again.", JOBS[i].name);
	g_free(jobs->trouble[i]);
	jobs->trouble[i] = g_strdup(trouble);
}

static gboolean wait_a_moment(Jobs *jobs)
{
	struct timespec until;
	gboolean stop;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += 200 * 1000000;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	pthread_mutex_lock(&jobs->lock);
	while (!jobs->stop && pthread_cond_timedwait(&jobs->wake, &jobs->lock, &until) != ETIMEDOUT)
		;
	stop = jobs->stop;
	pthread_mutex_unlock(&jobs->lock);
	return !stop;
}

static void *work(void *data)
{
	Jobs *jobs = data;

	if (!jobs->has_server)
		g_message("No mail server is set (--smtp): notices by e-mail wait in the outbox.");
	do {
		for (gsize i = 0; i < G_N_ELEMENTS(JOBS); i++) {
			g_autoptr(GError) error = NULL;
			const Instant now = when_now();

			/* a clock that was set back makes nothing wait longer than its period */
			if (now < jobs->due[i] && jobs->due[i] - now <= JOBS[i].period_ms * USEC_PER_MS)
				continue;
			jobs->due[i] = now + JOBS[i].period_ms * USEC_PER_MS;
			if (run_job(jobs, &JOBS[i], &error))
				note(jobs, i, NULL);
			else
				note(jobs, i, error);
		}
	} while (wait_a_moment(jobs));
	return NULL;
}

gboolean jobs_start(Acts *acts, const JobsSettings *settings, Jobs **ret_jobs, GError **error)
{
	Jobs *jobs;

	if (!jobs_set_up(acts, settings, &jobs, error))
		return FALSE;
	pthread_mutex_init(&jobs->lock, NULL);
	pthread_cond_init(&jobs->wake, NULL);
	if (pthread_create(&jobs->thread, NULL, work, jobs) != 0) {
		pthread_cond_destroy(&jobs->wake);
		pthread_mutex_destroy(&jobs->lock);
		jobs_free(jobs);
		return unavailable(error, "No thread could be made for the jobs.");
	}
	*ret_jobs = jobs;
	return TRUE;
}

void jobs_stop(Jobs *jobs)
{
	if (jobs == NULL)
		return;
	pthread_mutex_lock(&jobs->lock);
	jobs->stop = TRUE;
	pthread_cond_signal(&jobs->wake);
	pthread_mutex_unlock(&jobs->lock);
	pthread_join(jobs->thread, NULL);
	pthread_cond_destroy(&jobs->wake);
	pthread_mutex_destroy(&jobs->lock);
	jobs_free(jobs);
}

gboolean jobs_run_once(Acts *acts, const JobsSettings *settings, GError **error)
{
	Jobs *jobs;
	gboolean done = TRUE;

	if (!jobs_set_up(acts, settings, &jobs, error))
		return FALSE;
	for (gsize i = 0; done && i < G_N_ELEMENTS(JOBS); i++)
		done = run_job(jobs, &JOBS[i], error);
	jobs_free(jobs);
	return done;
}
