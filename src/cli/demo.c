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
	{"office@review.example.org", "mailbox", "General mailbox", NULL, NULL},
	{"casework@review.example.org", "mailbox", "Casework mailbox", "casework", NULL},
	{"enquiries@review.example.org", "mailbox", "Enquiries mailbox", "enquiries", NULL},
	{"contact.casework@review.example.org", "mailbox", "Casework single point of contact", "casework", NULL},
	{"complaints@review.example.org", "mailbox", "Complaints and disputes", NULL, "dispute new-complaint"},
	{"information@review.example.org", "mailbox", "Information requests", NULL, "information-request data-rights"},
};

static const struct {
	const char *name, *phone, *email, *address, *function, *kind, *matter;
} CUSTOMERS[] = {
	{"Jordan Quill", "07700 900123", "jordan.quill@example.org", "1 Mill Lane\nBarford\nZZ1 1AA", "casework",
		"complaint", "How a complaint about a search was decided"},
	{"Mab O'Brien", "07700 900456", "mab@example.org", "2 Mill Lane\nBarford\nZZ1 1AA", "casework", "case",
		"Review of an investigation"},
	{"Lukasz Zolty", "01632 960777", "lukasz@example.org", "9 High Street\nBarford\nZZ1 2BB", "enquiries", "query",
		"Time limits for an appeal"},
};

typedef struct {
	Cli *cli;
	ActCaller caller;
	GError **error;
	const char *id; /* of the last act */
	const char *casefile;
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
				       "email", json_sprintf("%s@review.example.org", staff->user_name), "password",
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
	demo->caller = (ActCaller){.user_name = "sam", .via = "shell", .at = demo->caller.at};
	for (gsize i = 0; i < G_N_ELEMENTS(CUSTOMERS); i++) {
		json_t *identifiers = json_pack("[{s:s, s:s}, {s:s, s:s}]", "kind", "phone", "value",
			CUSTOMERS[i].phone, "kind", "email", "value", CUSTOMERS[i].email);

		if (!perform(demo, "add-customer",
			    json_pack("{s:s, s:s, s:s, s:s, s:o}", "name", CUSTOMERS[i].name, "postal_address",
				    CUSTOMERS[i].address, "format", "email", "recognised",
				    "case reference and date of birth", "identifiers", identifiers)) ||
			!perform(demo, "open-matter",
				json_pack("{s:s, s:s, s:s, s:s}", "customer", demo->id, "function",
					CUSTOMERS[i].function, "kind", CUSTOMERS[i].kind, "title",
					CUSTOMERS[i].matter)))
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
		.caller = {.user_name = "job:init",
			.via = "shell",
			.machine = TRUE,
			.at = when_now() - 60 * USEC_PER_DAY},
		.error = error};
	FILE *file = NULL;
	ActAnswer answer;
	gboolean done;

	if (policy == NULL)
		return invalid(error, "policy", "A demonstration needs a policy: --policy DIR.");
	if (sign_ins != NULL && (file = open_sign_ins(sign_ins, error)) == NULL)
		return FALSE;
	done = cli_adopt_pack(cli, &demo.caller, policy, &answer, error) && add_organisation(&demo, file) &&
	       add_customers(&demo);
	if (file != NULL && fclose(file) != 0 && done)
		done = unavailable(error, "Cannot write %s: %s.", sign_ins, g_strerror(errno));
	return done;
}
