/* serve.c: wires the rooms together and waits for a signal. With SQLite one process does everything; with PostgreSQL
 * several may run, each with its role. */
#include "serve.h"

#include "api/api.h"
#include "cli/cli.h"
#include "cli/source.h"
#include "jobs/jobs.h"
#include "web/web.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef enum {
	ROLE_WEB = 1 << 0,
	ROLE_GATE = 1 << 1,
	ROLE_JOBS = 1 << 2,
	ROLE_ALL = ROLE_WEB | ROLE_GATE | ROLE_JOBS
} ServeRole;

typedef struct {
	char *db, *listen, *state, *role, *smtp, *public_url, *sender;
	char **postfix;
	gboolean behind_proxy;
} ServeOptions;

typedef struct {
	Store *store;
	Acts *acts;
	Gate *gate;
	Jobs *jobs;
	HttpServer *http;
	Api api;
	Web web;
	HttpSite sites[2];
	char *journal_dir;
	char head[100];     /* as it was last written */
	gboolean head_kept; /* the last writing went well */
} Serve;

static gboolean parse_role(const char *text, const Store *store, ServeRole *ret_role, GError **error)
{
	if (text == NULL || g_str_equal(text, "all"))
		*ret_role = ROLE_ALL;
	else if (store_is_sqlite(store))
		return invalid(
			error, "role", "With SQLite one process does everything: leave --role out, or use PostgreSQL.");
	else if (g_str_equal(text, "web"))
		*ret_role = ROLE_WEB;
	else if (g_str_equal(text, "gate"))
		*ret_role = ROLE_GATE;
	else if (g_str_equal(text, "jobs"))
		*ret_role = ROLE_JOBS;
	else
		return invalid(error, "role", "'%s' is no role. There are all, web, gate and jobs.", text);
	return TRUE;
}

/* A database that is not there yet ends us with status 3: whoever supervises us tries again. */
static gboolean open_database(Serve *serve, const ServeOptions *options, GError **error)
{
	if (options->db == NULL)
		return invalid(error, "db",
			"Say which database: --db sqlite:PATH or --db postgresql://…, or set EVENHAND_DB.");
	serve->store = store_new(options->db, error);
	if (serve->store == NULL || !store_check_schema(serve->store, error))
		return FALSE;
	serve->acts = acts_new(serve->store, error);
	return serve->acts != NULL;
}

static gboolean start_gate(Serve *serve, const ServeOptions *options, GError **error)
{
	const GateSettings settings = {
		.store = serve->store, .source = gate_source_of(serve->acts), .journal_dir = serve->journal_dir};

	if (!gate_new(&settings, &serve->gate, error))
		return FALSE;
	for (gsize i = 0; options->postfix != NULL && options->postfix[i] != NULL; i++)
		if (!gate_listen(serve->gate, "postfix", options->postfix[i], error))
			return FALSE;
	return gate_start(serve->gate, error);
}

static gboolean start_http(Serve *serve, const ServeOptions *options, ServeRole role, GError **error)
{
	HttpOptions http = {.listen = options->listen != NULL ? options->listen : "inet:127.0.0.1:8080",
		.sites = serve->sites,
		.behind_proxy = options->behind_proxy};

	serve->api = (Api){.acts = serve->acts, .gate = serve->gate, .askers = ASKERS_INIT};
	serve->web = (Web){.acts = serve->acts, .gate = serve->gate, .source = gate_source_of(serve->acts)};
	serve->sites[http.n_sites++] = api_site(&serve->api);
	if (role & ROLE_WEB)
		serve->sites[http.n_sites++] = web_site(&serve->web);
	serve->http = http_new(&http, error);
	return serve->http != NULL;
}

static gboolean start(Serve *serve, const ServeOptions *options, GError **error)
{
	const JobsSettings jobs = {.smtp = options->smtp,
		.sender = options->sender,
		.public_url = options->public_url,
		.journal_dir = serve->journal_dir};
	ServeRole role = ROLE_ALL;

	if (!open_database(serve, options, error) || !parse_role(options->role, serve->store, &role, error))
		return FALSE;
	if (g_mkdir_with_parents(options->state, 0700) != 0)
		return unavailable(error, "Cannot make %s: %s.", options->state, g_strerror(errno));
	if ((role & ROLE_GATE) && !start_gate(serve, options, error))
		return FALSE;
	if (!start_http(serve, options, role, error))
		return FALSE;
	return !(role & ROLE_JOBS) || jobs_start(serve->acts, &jobs, &serve->jobs, error);
}

/* K3: the record's head, in a file beside the database, so that a cut-off end is noticed. */
static void keep_head(Serve *serve, const char *state)
{
	g_autofree char *path = g_build_filename(state, "record-head", NULL);
	char head[sizeof serve->head];
	const gboolean was_kept = serve->head_kept;
	g_autoptr(GError) error = NULL;
	StorePulse pulse;

	store_pulse(serve->store, &pulse);
	if (!pulse.works)
		return; /* the gate and /healthz say that the database is gone */
	g_snprintf(head, sizeof head, "%" G_GINT64_FORMAT ":%s\n", pulse.number, pulse.hash);
	if (g_str_equal(head, serve->head))
		return;
	if (g_file_set_contents(path, head, -1, &error))
		g_strlcpy(serve->head, head, sizeof serve->head);
	serve->head_kept = error == NULL;
	if (was_kept && error != NULL)
		g_warning("The record's head is not kept: %s", error->message);
}

static void run(Serve *serve, const ServeOptions *options, const sigset_t *signals)
{
	const struct timespec second = {.tv_sec = 1};

	g_print("Evenhand %s serves %s at %s", EVENHAND_VERSION, store_url(serve->store),
		options->listen != NULL ? options->listen : "inet:127.0.0.1:8080");
	if (http_port(serve->http) != 0)
		g_print(" (port %u)", http_port(serve->http));
	g_print("\n");
	fflush(stdout);
	do {
		store_beat(serve->store);
		keep_head(serve, options->state);
	} while (sigtimedwait(signals, NULL, &second) < 0);
}

static void stop(Serve *serve)
{
	http_free(serve->http);
	jobs_stop(serve->jobs);
	gate_free(serve->gate);
	acts_free(serve->acts);
	store_free(serve->store);
	g_free(serve->journal_dir);
}

static gboolean parse_options(int *argc, char ***argv, ServeOptions *options, GError **error)
{
	const GOptionEntry entries[] = {
		{"db", 0, 0, G_OPTION_ARG_STRING, &options->db, "sqlite:PATH or postgresql://…; default: EVENHAND_DB",
			"URL"},
		{"listen", 0, 0, G_OPTION_ARG_STRING, &options->listen, "pages and API; default inet:127.0.0.1:8080",
			"ADDR"},
		{"state", 0, 0, G_OPTION_ARG_FILENAME, &options->state,
			"the gate's journal and the record's head; default /var/lib/evenhand/state", "DIR"},
		{"gate-postfix", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->postfix,
			"Postfix policy delegation; may be given several times", "ADDR"},
		{"role", 0, 0, G_OPTION_ARG_STRING, &options->role, "all, web, gate or jobs (PostgreSQL); default all",
			"ROLE"},
		{"smtp", 0, 0, G_OPTION_ARG_STRING, &options->smtp, "the mail server that sends notices",
			"smtp://HOST:PORT"},
		{"sender", 0, 0, G_OPTION_ARG_STRING, &options->sender,
			"the address that notices come from; default: the organisation's in the policy", "ADDRESS"},
		{"public-url", 0, 0, G_OPTION_ARG_STRING, &options->public_url, "where people reach the pages", "URL"},
		{"behind-proxy", 0, 0, G_OPTION_ARG_NONE, &options->behind_proxy,
			"believe X-Forwarded-For and X-Forwarded-Proto", NULL},
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GOptionContext) context = g_option_context_new("");
	g_autoptr(GError) problem = NULL;

	g_option_context_set_summary(
		context, "Serves pages, API and gate, and does what time brings. ADDR is inet:HOST:PORT or unix:PATH.");
	g_option_context_add_main_entries(context, entries, NULL);
	if (!g_option_context_parse(context, argc, argv, &problem))
		return invalid(error, NULL, "%s. See --help.", problem->message);
	if (*argc > 1)
		return invalid(error, NULL, "'%s' is not an option. See --help.", (*argv)[1]);
	if (options->db == NULL)
		options->db = g_strdup(g_getenv("EVENHAND_DB"));
	if (options->state == NULL)
		options->state = g_strdup("/var/lib/evenhand/state");
	return TRUE;
}

static void options_clear(ServeOptions *options)
{
	g_free(options->db);
	g_free(options->listen);
	g_free(options->state);
	g_free(options->role);
	g_free(options->smtp);
	g_free(options->sender);
	g_free(options->public_url);
	g_strfreev(options->postfix);
}

int serve_command(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	ServeOptions options = {0};
	Serve *serve = g_new0(Serve, 1);
	sigset_t signals;
	gboolean started;

	/* Before any thread is made: they inherit it, and sigtimedwait below is the only one that is told. */
	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	pthread_sigmask(SIG_BLOCK, &signals, NULL);
	signal(SIGPIPE, SIG_IGN);
	started = parse_options(&argc, &argv, &options, &error);
	if (started) {
		serve->journal_dir = g_build_filename(options.state, "journal", NULL);
		serve->head_kept = TRUE;
		started = start(serve, &options, &error);
	}
	if (started)
		run(serve, &options, &signals);
	stop(serve);
	g_free(serve);
	options_clear(&options);
	return started ? 0 : cli_fail(error);
}
