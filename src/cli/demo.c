/* demo.c: the demonstration organisation, act by act. */
#include "cli/demo.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
	const char *user_name, *name, *role, *function;
} DemoStaff;

static const DemoStaff STAFF[] = {
	{"amal", "Amal Haddad", "administrator", NULL},
	{"sam", "Sam Okafor", "staff", "casework"},
	{"mira", "Mira Lindqvist", "manager", "casework"},
	{"hana", "Hana Rees", "head-of-function", "casework"},
	{"theo", "Theo Brandt", "staff", "enquiries"},
	{"nora", "Nora Achebe", "manager", "enquiries"},
	{"idris", "Idris Vaughan", "head-of-function", "enquiries"},
	{"cleo", "Cleo Marchetti", "complaints-officer", NULL},
	{"ravi", "Ravi Sandhu", "records-officer", NULL},
	{"anja", "Anja Koval", "auditor", NULL},
};

static const struct {
	const char *slug, *title;
} FUNCTIONS[] = {{"casework", "Casework"}, {"enquiries", "Enquiries"}};

static const struct {
	const char *address, *kind, *title, *function, *protects;
} DOORS[] = {
	{"01632960000", "extension", "Switchboard", NULL, NULL},
	{"01632960100", "extension", "Casework line", "casework", NULL},
	{"01632960200", "extension", "Enquiries line", "enquiries", NULL},
	{"reception", "desk", "Reception", NULL, NULL},
	{"contact@opcr.example.org", "mailbox", "General mailbox", NULL, NULL},
	{"casework@opcr.example.org", "mailbox", "Casework mailbox", "casework", NULL},
	{"enquiries@opcr.example.org", "mailbox", "Enquiries mailbox", "enquiries", NULL},
	{"contact.casework@opcr.example.org", "mailbox", "Casework single point of contact", "casework", NULL},
	{"complaints@opcr.example.org", "mailbox", "Complaints and disputes", NULL, "dispute new-complaint"},
	{"02079460199", "extension", "Complaints and disputes line", NULL, "dispute new-complaint"},
	{"information@opcr.example.org", "mailbox", "Information requests", NULL, "information-request data-rights"},
};

/* The fourth is the one whose contact is managed. */
static const struct {
	const char *name, *phone, *email, *address, *function, *kind, *matter;
} CUSTOMERS[] = {
	{"Jordan Quill", "07700 900123", "jordan.quill@example.org", "1 Mill Lane\nBarford\nZZ1 1AA", "casework",
		"complaint", "How a complaint about a search was decided"},
	{"Mab O'Brien", "07700 900456", "mab@example.org", "2 Mill Lane\nBarford\nZZ1 1AA", "casework", "case",
		"Review of an investigation"},
	{"Lukasz Zolty", "01632 960777", "lukasz@example.org", "9 High Street\nBarford\nZZ1 2BB", "enquiries", "query",
		"Time limits for an appeal"},
	{"Robin Vale", "07700 900789", "robin.vale@example.org", "4 Station Road\nBarford\nZZ1 3CC", "casework",
		"complaint", "Why a complaint was not upheld"},
};

enum { MANAGED = G_N_ELEMENTS(CUSTOMERS) - 1 };

typedef struct {
	Cli *cli;
	Instant today;
	ActCaller caller;
	GError **error;
	/* of the last act: */
	const char *id, *casefile, *notice;
	const char *customers[G_N_ELEMENTS(CUSTOMERS)], *matters[G_N_ELEMENTS(CUSTOMERS)];
} Demo;

/* Performs an act; takes the reference of input. */
static gboolean perform(Demo *demo, const char *act, json_t *input)
{
	ActAnswer answer = {0};
	gboolean done =
		acts_perform(demo->cli->acts, demo->cli->mem, &demo->caller, act, input, &answer, NULL, demo->error);

	json_decref(input);
	demo->id = answer.id;
	demo->casefile = answer.casefile;
	demo->notice = answer.notice;
	return done;
}

static gboolean add_organisation(Demo *demo, FILE *sign_ins)
{
	gboolean done = TRUE;

	for (gsize i = 0; done && i < G_N_ELEMENTS(FUNCTIONS); i++)
		done = perform(demo, "add-function",
			json_pack("{s:s, s:s}", "slug", FUNCTIONS[i].slug, "title", FUNCTIONS[i].title));
	for (gsize i = 0; done && i < G_N_ELEMENTS(STAFF); i++) {
		const DemoStaff *staff = &STAFF[i];
		const char *password = auth_random_password(demo->cli->mem);

		done = perform(demo, "add-staff",
			       json_pack("{s:s, s:s, s:o, s:s}", "user_name", staff->user_name, "name", staff->name,
				       "email", json_sprintf("%s@opcr.example.org", staff->user_name), "password",
				       password)) &&
		       perform(demo, "grant-role",
			       json_pack("{s:s, s:s, s:s?}", "user_name", staff->user_name, "role", staff->role,
				       "function", staff->function));
		if (sign_ins != NULL)
			fprintf(sign_ins, "%-8s %s  %s%s%s\n", staff->user_name, password, staff->role,
				staff->function != NULL ? " of " : "", staff->function != NULL ? staff->function : "");
	}
	for (gsize i = 0; done && i < G_N_ELEMENTS(DOORS); i++) {
		json_t *protects = json_array();
		g_auto(GStrv) purposes = g_strsplit(DOORS[i].protects != NULL ? DOORS[i].protects : "", " ", -1);

		for (gsize p = 0; purposes[p] != NULL && *purposes[p] != '\0'; p++)
			json_array_append_new(protects, json_string(purposes[p]));
		done = perform(demo, "add-door",
			json_pack("{s:s, s:s, s:s, s:s?, s:o}", "address", DOORS[i].address, "kind", DOORS[i].kind,
				"title", DOORS[i].title, "function", DOORS[i].function, "protects", protects));
	}
	return done;
}

static gboolean add_customers(Demo *demo)
{
	demo->caller = (ActCaller){.user_name = "sam", .via = cli_via(demo->cli), .at = demo->caller.at};
	for (gsize i = 0; i < G_N_ELEMENTS(CUSTOMERS); i++) {
		const char *customer;
		json_t *identifiers = json_pack("[{s:s, s:s}, {s:s, s:s}]", "kind", "phone", "value",
			CUSTOMERS[i].phone, "kind", "email", "value", CUSTOMERS[i].email);

		if (!perform(demo, "add-customer",
			    json_pack("{s:s, s:s, s:s, s:s, s:o}", "name", CUSTOMERS[i].name, "postal_address",
				    CUSTOMERS[i].address, "format", "email", "recognised",
				    "case reference and date of birth", "identifiers", identifiers)))
			return FALSE;
		customer = demo->id;
		if (!perform(demo, "open-matter",
			    json_pack("{s:s, s:s, s:s, s:s}", "customer", customer, "function", CUSTOMERS[i].function,
				    "kind", CUSTOMERS[i].kind, "title", CUSTOMERS[i].matter)))
			return FALSE;
		demo->customers[i] = customer;
		demo->matters[i] = demo->id;
	}
	return TRUE;
}

/* From now on as somebody, so many days before today. */
static void become(Demo *demo, const char *user_name, int days_ago)
{
	demo->caller = (ActCaller){
		.user_name = user_name, .via = cli_via(demo->cli), .at = demo->today - days_ago * USEC_PER_DAY};
}

/* A day of calls, reported and assessed; *ret_report is the report. */
static gboolean report_calls(
	Demo *demo, int days_ago, const char *outcome, const char **ret_report, const char **ret_assessment)
{
	become(demo, "sam", days_ago);
	for (int i = 0; i < 52; i++)
		if (!perform(demo, "log-contact",
			    json_pack("{s:s, s:s, s:s, s:s, s:s, s:i}", "customer", demo->customers[MANAGED], "channel",
				    "phone", "from", CUSTOMERS[MANAGED].phone, "matter", demo->matters[MANAGED], "what",
				    "Asked again why the complaint was not upheld.", "minutes", 6)))
			return FALSE;
	if (!perform(demo, "report-behaviour",
		    json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:[s]}", "customer", demo->customers[MANAGED],
			    "channel", "phone", "heading", "unreasonable", "example", "continual-contact", "what",
			    "Rang the casework line more than fifty times in one day, always with the same question.",
			    "effect", "Two people did nothing else; other callers could not get through.", "disability",
			    "not-known", "matters", demo->matters[MANAGED])))
		return FALSE;
	*ret_report = demo->id;
	become(demo, "mira", days_ago);
	if (!perform(demo, "assess-report",
		    json_pack("{s:s, s:[s], s:s, s:s, s:{s:s, s:s, s:s}, s:s, s:s}", "casefile", demo->casefile,
			    "reports", *ret_report, "outcome", outcome, "heading", "unreasonable", "tests",
			    "circumstances",
			    "The complaint was decided and explained twice; the calls repeat one question.",
			    "seriousness", "It matters to the caller and has been answered in full.", "impact",
			    "Five hours of staff time in a day, where ten minutes a week are usual.",
			    "needs_considered", "Asked on the phone and by letter; none is known, writing suits them.",
			    "behaviour",
			    "You rang our casework line more than fifty times in one day with a question that we had "
			    "answered.")))
		return FALSE;
	*ret_assessment = demo->id;
	return TRUE;
}

/* A5: what the manager says to each criterion, and the head of function's findings, which adopt it. */
static void add_criteria(const Policy *policy, json_t *account, json_t *findings)
{
	for (gsize i = 0; i < policy->n_criteria; i++) {
		json_object_set_new(account, policy->criteria[i].key,
			json_string("Looked at with the file and the correspondence; it was done and is on record."));
		json_array_append_new(findings, json_pack("{s:s, s:s, s:b}", "criterion", policy->criteria[i].key,
							"finding", "met", "adopt", TRUE));
	}
}

static json_t *day_json(Demo *demo, int days)
{
	return json_string(day_format(demo->cli->mem, (Day)(demo->today / USEC_PER_DAY) + days));
}

/* The source's first example: calls, a warning, more calls, a request, a decision, its letter. */
static gboolean manage_contact(Demo *demo, const Policy *policy)
{
	const char *report, *assessment, *warning, *request, *casefile, *decision;
	json_t *account = json_object(), *findings = json_array();
	gboolean done;

	add_criteria(policy, account, findings);
	done = report_calls(demo, 50, "warning", &report, &assessment) &&
	       perform(demo, "warn",
		       json_pack("{s:s, s:s}", "casefile", casefile = demo->casefile, "assessment", assessment));
	warning = demo->id;
	become(demo, "sam", 49);
	done = done &&
	       perform(demo, "confirm-notice",
		       json_pack("{s:s, s:s, s:s}", "casefile", casefile, "notice", demo->notice, "how", "accepted")) &&
	       report_calls(demo, 20, "request", &report, &assessment);
	become(demo, "mira", 19);
	done = done &&
	       perform(demo, "request",
		       json_pack("{s:s, s:s, s:[s], s:O, s:b, s:[{s:s, s:{s:[s]}, s:s}], s:s, s:o}", "casefile",
			       casefile, "warning", warning, "reports", report, "account", account, "no_complaints",
			       TRUE, "restrictions", "kind", "channels-not", "arguments", "channels", "phone", "report",
			       report, "reasons", "The calls went on after the warning and the time to adapt.",
			       "review_on", day_json(demo, 160)));
	request = demo->id;
	become(demo, "hana", 18);
	done = done && perform(demo, "decide",
			       json_pack("{s:s, s:s, s:s, s:O, s:s, s:s, s:s, s:o}", "casefile", casefile, "request",
				       request, "outcome", "as-asked", "findings", findings, "reasons",
				       "You went on calling many times a day after we had warned you, about a question "
				       "that we had answered.",
				       "lesser_step",
				       "The warning changed nothing, and a weekly call was offered and declined.",
				       "affected", "Nobody else uses the number.", "review_on", day_json(demo, 160)));
	decision = demo->id;
	become(demo, "sam", 17);
	done = done && perform(demo, "notify", json_pack("{s:s, s:s}", "casefile", casefile, "decision", decision)) &&
	       perform(demo, "confirm-notice",
		       json_pack("{s:s, s:s, s:s}", "casefile", casefile, "notice", demo->notice, "how", "accepted"));
	json_decref(account);
	json_decref(findings);
	return done;
}

/* What is usual (B4): a call from everybody else. */
static gboolean log_usual_calls(Demo *demo)
{
	static const struct {
		gsize customer;
		int days_ago, minutes;
		const char *by, *what;
	} calls[] = {
		{0, 11, 8, "sam", "Asked when the decision is to be expected; told the week."},
		{2, 9, 10, "theo", "Asked from which day the time for an appeal counts; explained."},
		{1, 6, 5, "sam", "Asked what the review still looks at; told."},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(calls); i++) {
		become(demo, calls[i].by, calls[i].days_ago);
		if (!perform(demo, "log-contact",
			    json_pack("{s:s, s:s, s:s, s:s, s:s, s:i}", "customer", demo->customers[calls[i].customer],
				    "channel", "phone", "from", CUSTOMERS[calls[i].customer].phone, "matter",
				    demo->matters[calls[i].customer], "what", calls[i].what, "minutes",
				    calls[i].minutes)))
			return FALSE;
	}
	return TRUE;
}

static FILE *open_sign_ins(const char *path, GError **error)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || fchmod(fd, 0600) != 0) {
		unavailable(error, "Cannot write %s: %s.", path, g_strerror(errno));
		return NULL;
	}
	return fdopen(fd, "w");
}

gboolean demo_make(Cli *cli, const char *policy, const char *sign_ins, GError **error)
{
	Demo demo = {.cli = cli,
		.today = when_now(),
		.caller = {.user_name = "job:init",
			.via = cli_via(cli),
			.machine = TRUE,
			.at = when_now() - 60 * USEC_PER_DAY},
		.error = error};
	FILE *file = NULL;
	ActAnswer answer;
	const Pack *pack;
	gboolean done;

	if (policy == NULL)
		return invalid(error, "policy", "A demonstration needs a policy: --policy DIR.");
	if (sign_ins != NULL && (file = open_sign_ins(sign_ins, error)) == NULL)
		return FALSE;
	done = cli_adopt_pack(cli, &demo.caller, policy, &answer, error) && add_organisation(&demo, file) &&
	       add_customers(&demo);
	pack = done ? acts_pack(cli->acts, answer.id, error) : NULL;
	done = pack != NULL && manage_contact(&demo, pack_policy(pack)) && log_usual_calls(&demo);
	if (file != NULL && fclose(file) != 0 && done)
		done = unavailable(error, "Cannot write %s: %s.", sign_ins, g_strerror(errno));
	return done;
}
