/* jobs.c: the table of jobs, and the thread that runs what is due. */
#include "jobs/table.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>

static const Job JOBS[] = {
	{"outbox", 500, job_outbox},
	{"journal", 500, job_journal},
};

struct Jobs {
	JobContext context;
	Arena *mem; /* what the context points to */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	gboolean ending;
};

static gboolean make_context(
	Acts *acts, const JobsSettings *settings, Arena *mem, JobContext *ret_context, GError **error)
{
	*ret_context = (JobContext){.acts = acts,
		.sender = arena_strdup(mem, settings->sender),
		.public_url = arena_strdup(mem, settings->public_url),
		.journal_dir = arena_strdup(mem, settings->journal_dir)};
	if (settings->smtp == NULL)
		return TRUE;
	ret_context->has_server = TRUE;
	return mail_server_parse(settings->smtp, mem, &ret_context->server, error);
}

/* Until nothing more is due; one that fails waits for its next turn. */
static gboolean run_job(const Job *job, const JobContext *context, GError **error)
{
	gboolean more = TRUE;

	while (more) {
		g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);

		more = FALSE;
		if (!job->run(context, mem, &more, error))
			return FALSE;
	}
	return TRUE;
}

static gint64 now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (gint64)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void run_due(const Jobs *jobs, gint64 *next, gboolean *troubled)
{
	for (gsize i = 0; i < G_N_ELEMENTS(JOBS); i++) {
		g_autoptr(GError) error = NULL;

		if (now_ms() < next[i])
			continue;
		if (run_job(&JOBS[i], &jobs->context, &error)) {
			if (troubled[i])
				g_message("job %s: works again", JOBS[i].name);
			troubled[i] = FALSE;
		} else {
			if (!troubled[i])
				g_warning("job %s: %s", JOBS[i].name, error->message);
			troubled[i] = TRUE;
		}
		next[i] = now_ms() + JOBS[i].period_ms;
	}
}

static void *work(void *data)
{
	Jobs *jobs = data;
	gint64 next[G_N_ELEMENTS(JOBS)] = {0};
	gboolean troubled[G_N_ELEMENTS(JOBS)] = {FALSE};

	pthread_mutex_lock(&jobs->lock);
	while (!jobs->ending) {
		struct timespec wake;

		pthread_mutex_unlock(&jobs->lock);
		run_due(jobs, next, troubled);
		clock_gettime(CLOCK_REALTIME, &wake);
		wake.tv_nsec += 200000000;
		wake.tv_sec += wake.tv_nsec / 1000000000;
		wake.tv_nsec %= 1000000000;
		pthread_mutex_lock(&jobs->lock);
		if (!jobs->ending)
			pthread_cond_timedwait(&jobs->wake, &jobs->lock, &wake);
	}
	pthread_mutex_unlock(&jobs->lock);
	return NULL;
}

gboolean jobs_start(Acts *acts, const JobsSettings *settings, Jobs **ret_jobs, GError **error)
{
	Jobs *jobs = g_new0(Jobs, 1);
	int problem;

	jobs->mem = arena_new(ARENA_REQUEST_MAX);
	if (!make_context(acts, settings, jobs->mem, &jobs->context, error)) {
		arena_free(jobs->mem);
		g_free(jobs);
		return FALSE;
	}
	pthread_mutex_init(&jobs->lock, NULL);
	pthread_cond_init(&jobs->wake, NULL);
	problem = pthread_create(&jobs->thread, NULL, work, jobs);
	if (problem != 0) {
		arena_free(jobs->mem);
		g_free(jobs);
		return unavailable(error, "Cannot start the jobs' thread: %s.", g_strerror(problem));
	}
	*ret_jobs = jobs;
	return TRUE;
}

void jobs_stop(Jobs *jobs)
{
	if (jobs == NULL)
		return;
	pthread_mutex_lock(&jobs->lock);
	jobs->ending = TRUE;
	pthread_cond_signal(&jobs->wake);
	pthread_mutex_unlock(&jobs->lock);
	pthread_join(jobs->thread, NULL);
	pthread_mutex_destroy(&jobs->lock);
	pthread_cond_destroy(&jobs->wake);
	arena_free(jobs->mem);
	g_free(jobs);
}

gboolean jobs_run_once(Acts *acts, const JobsSettings *settings, GError **error)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	JobContext context;

	if (!make_context(acts, settings, mem, &context, error))
		return FALSE;
	for (gsize i = 0; i < G_N_ELEMENTS(JOBS); i++)
		if (!run_job(&JOBS[i], &context, error))
			return FALSE;
	return TRUE;
}
