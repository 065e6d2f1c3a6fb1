/* steps_test.c: the steps of casework, act by act, on both engines and the shipped policy: the two examples of the
 * source policy from the first report to an arrangement in force, and what a notice that comes back undoes. The
 * refusals one by one are tests/rules'. */
#include "acts/acts.h"
#include "store/statements.h"
#include "store/test_store.h"

#include <jansson.h>
#include <string.h>

typedef struct {
	TestStore *t;
	Acts *acts;
	Arena *mem;
	const char *at;            /* of the next acts */
	const char *id, *casefile; /* of the last */
	gint64 version;            /* of its casefile */
	const char *customer;
} Steps;

/* JSON as it is read in this file: ' for ". */
static json_t *json_of(const char *text)
{
	g_autofree char *proper = g_strdelimit(g_strdup(text), "'", '"');
	json_error_t problem;
	json_t *json = json_loads(proper, 0, &problem);

	if (json == NULL)
		g_error("%s: %s", problem.text, proper);
	return json;
}

static gboolean try_act(Steps *s, const char *user, const char *act, json_t *json, GError **error)
{
	ActCaller caller = {.user_name = user, .via = "test", .machine = g_str_has_prefix(user, "job:")};
	ActAnswer answer = {0};
	gboolean done;

	g_assert_true(instant_parse(s->at, "at", &caller.at, NULL));
	if (s->casefile != NULL && acts_find(act)->needs == ACT_CASEFILE)
		json_object_set_new_nocheck(json, "casefile", json_string(s->casefile));
	done = acts_perform(s->acts, s->mem, &caller, act, json, &answer, NULL, error);
	json_decref(json);
	if (!done)
		return FALSE;
	s->id = answer.id;
	s->version = answer.version;
	if (answer.casefile != NULL)
		s->casefile = answer.casefile;
	return TRUE;
}

static const char *act(Steps *s, const char *user, const char *name, const char *format, ...) G_GNUC_PRINTF(4, 5);
static const char *act(Steps *s, const char *user, const char *name, const char *format, ...)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	if (!try_act(s, user, name, json_of(text), &error))
		g_error("%s by %s: %s %s (%s)", name, user, evenhand_error_rule(error), error->message,
			evenhand_error_field(error));
	return s->id;
}

static void refused(Steps *s, const char *rule, const char *user, const char *name, const char *format, ...)
	G_GNUC_PRINTF(5, 6);
static void refused(Steps *s, const char *rule, const char *user, const char *name, const char *format, ...)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_assert_false(try_act(s, user, name, json_of(text), &error));
	g_assert_cmpstr(evenhand_error_rule(error), ==, rule);
}

/* A1: the shipped pack, with another number of signatures. */
static void adopt_pack(Steps *s, int signatures)
{
	g_autofree char *folder = g_build_filename(g_getenv("EVENHAND_SOURCE"), "policies", "police-complaints", NULL);
	json_t *list = json_array();
	PackFiles files;

	g_assert_true(pack_files_read(folder, s->mem, &files, NULL));
	for (gsize i = 0; i < files.n; i++) {
		char *one = strstr(files.files[i].bytes, "  signatures: 1\n");

		if (one != NULL)
			one[strlen("  signatures: ")] = (char)('0' + signatures);
		json_array_append_new(list, json_pack("{s:s, s:s%}", "path", files.files[i].path, "text",
						    files.files[i].bytes, files.files[i].length));
	}
	g_assert_true(try_act(s, "job:init", "adopt-policy", json_pack("{s:o}", "files", list), NULL));
}

static void add_people(Steps *s)
{
	static const struct {
		const char *user_name, *role, *function;
	} PEOPLE[] = {
		{"sam", "staff", "casework"},
		{"mira", "manager", "casework"},
		{"hana", "head-of-function", "casework"},
		{"nora", "manager", "enquiries"},
		{"idris", "head-of-function", "enquiries"},
	};

	act(s, "job:init", "add-function", "{'slug': 'casework', 'title': 'Casework'}");
	act(s, "job:init", "add-function", "{'slug': 'enquiries', 'title': 'Enquiries'}");
	for (gsize i = 0; i < G_N_ELEMENTS(PEOPLE); i++) {
		act(s, "job:init", "add-staff", "{'user_name': '%s', 'name': 'Name of %s'}", PEOPLE[i].user_name,
			PEOPLE[i].user_name);
		act(s, "job:init", "grant-role", "{'user_name': '%s', 'role': '%s', 'function': '%s'}",
			PEOPLE[i].user_name, PEOPLE[i].role, PEOPLE[i].function);
	}
	act(s, "job:init", "add-door",
		"{'address': 'casework@example.org', 'kind': 'mailbox', 'title': 'Casework', 'function': 'casework'}");
}

static Steps *begin_with(TestStore *t, int signatures)
{
	g_autoptr(GError) error = NULL;
	Steps *s = g_new0(Steps, 1);

	s->t = t;
	s->mem = arena_new(ARENA_REQUEST_MAX);
	s->at = "2026-03-02T09:00:00Z";
	g_assert_true(store_migrate(t->store, &error));
	s->acts = acts_new(t->store, &error);
	g_assert_no_error(error);
	g_assert_true(acts_mark_demo(s->acts, &error));
	adopt_pack(s, signatures);
	add_people(s);
	s->customer = act(s, "sam", "add-customer",
		"{'name': 'Jordan Quill', 'postal_address': '1 Mill Lane', 'format': 'email', 'identifiers': "
		"[{'kind': 'phone', 'value': '07700 900123'}, {'kind': 'email', 'value': 'quill@example.org'}]}");
	return s;
}

static Steps *begin(TestStore *t)
{
	return begin_with(t, 1);
}

static void end(Steps *s)
{
	acts_free(s->acts);
	arena_free(s->mem);
	g_free(s);
}

static ArrangementRow *only_arrangement(Steps *s)
{
	g_autoptr(Tx) tx = NULL;
	ArrangementRow *rows;
	gsize n;

	g_assert_true(store_read(s->t->store, &tx, NULL));
	g_assert_true(sql_casefile_arrangements(tx, s->mem, s->casefile, &rows, &n, NULL));
	g_assert_cmpuint(n, ==, 1);
	return &rows[0];
}

static NoticeRow *notice(Steps *s, const char *ref)
{
	g_autoptr(Tx) tx = NULL;
	NoticeRow *row = NULL;

	g_assert_true(store_read(s->t->store, &tx, NULL));
	g_assert_true(sql_notice_by_ref(tx, s->mem, ref, &row, NULL));
	g_assert_nonnull(row);
	return row;
}

static const char *newest_notice(Steps *s)
{
	g_autoptr(Tx) tx = NULL;
	NoticeStateRow *rows;
	gsize n;

	g_assert_true(store_read(s->t->store, &tx, NULL));
	g_assert_true(sql_casefile_notices(tx, s->mem, s->casefile, &rows, &n, NULL));
	g_assert_cmpuint(n, >, 0);
	return rows[n - 1].ref;
}

static const char *report_calls(Steps *s)
{
	return act(s, "sam", "report-behaviour",
		"{'customer': '%s', 'channel': 'phone', 'heading': 'unreasonable', 'example': 'continual-contact', "
		"'what': 'Called again and again.', 'effect': 'Nobody else got through.', 'disability': 'no'}",
		s->customer);
}

static const char *assess(Steps *s, const char *report, const char *outcome)
{
	return act(s, "mira", "assess-report",
		"{'reports': ['%s'], 'outcome': '%s', 'heading': 'unreasonable', 'tests': {'circumstances': 'c', "
		"'seriousness': 's', 'impact': 'i'}, 'needs_considered': 'None known; asked.', 'behaviour': 'You "
		"called "
		"us 53 times on 2 March.'}",
		report, outcome);
}

#define ACCOUNT                                                                                                        \
	"'account': {'properly-considered': 'a', 'right-decision': 'a', 'communication': 'a', 'misunderstandings': "   \
	"'a', 'access-requirements': 'a', 'gateway-or-legal-advice': 'a'}"
#define FINDING(key) "{'criterion': '" key "', 'finding': 'met', 'how': 'Looked at the file.'}"
#define FINDINGS                                                                                                                  \
	"'findings': [" FINDING("properly-considered") ", " FINDING("right-decision") ", " FINDING("communication") ", " FINDING( \
		"misunderstandings") ", " FINDING("access-requirements") ", " FINDING("gateway-or-legal-advice") "]"

static const char *request_no_phone(Steps *s, const char *grounds, const char *report)
{
	return act(s, "mira", "request",
		"{%s, 'reports': ['%s'], " ACCOUNT
		", 'no_complaints': true, 'restrictions': [{'kind': 'channels-not', 'arguments': {'channels': "
		"['phone']}, 'report': '%s'}], 'reasons': 'It goes on.', 'review_on': '2026-09-01'}",
		grounds, report, report);
}

static const char *decide_as_asked(Steps *s, const char *request, const char *also)
{
	return act(s, "hana", "decide",
		"{'request': '%s', 'outcome': 'as-asked', " FINDINGS
		", 'reasons': 'The calls went on after the warning.', 'lesser_step': 'The warning did not help.', "
		"'affected': 'Nobody else.', 'review_on': '2026-09-01'%s}",
		request, also);
}

/* Up to a decision that waits for its letter; the decision. */
static const char *decided(Steps *s)
{
	const char *warning, *report, *request;

	warning = act(s, "mira", "warn", "{'assessment': '%s'}", assess(s, report_calls(s), "warning"));
	act(s, "job:outbox", "confirm-notice", "{'notice': '%s', 'how': 'accepted'}", newest_notice(s));
	s->at = "2026-03-20T09:00:00Z";
	report = report_calls(s);
	assess(s, report, "request");
	request = request_no_phone(s, arena_printf(s->mem, "'warning': '%s'", warning), report);
	return decide_as_asked(s, request, "");
}

static void test_first_example(TestStore *t)
{
	Steps *s = begin(t);
	const char *decision = decided(s);
	const NoticeRow *letter;
	gint64 version;
	const char *ref;

	g_assert_cmpint(only_arrangement(s)->from_at, ==, INSTANT_NONE); /* N5: not before its notice */
	version = s->version;
	ref = act(s, "sam", "notify", "{'decision': '%s'}", decision);
	g_assert_cmpint(s->version, ==, version + 1);
	letter = notice(s, ref);
	g_assert_cmpstr(letter->delivery, ==, "email");
	g_assert_cmpstr(letter->address, ==, "quill@example.org");
	g_assert_nonnull(strstr(letter->body_text, "You called us 53 times"));
	g_assert_nonnull(strstr(letter->body_text, "by phone"));
	g_assert_nonnull(strstr(letter->body_text, "1 September 2026"));
	g_assert_nonnull(strstr(letter->body_text, "complaints@opcr.example.org"));
	g_assert_null(strstr(letter->body_text, "Name of sam")); /* N1: never who reported */
	g_assert_cmpint(only_arrangement(s)->from_at, ==, INSTANT_NONE);
	s->at = "2026-03-20T10:00:00Z";
	act(s, "job:outbox", "confirm-notice", "{'notice': '%s', 'how': 'accepted'}", ref);
	g_assert_cmpstr(instant_format(s->mem, only_arrangement(s)->from_at), ==, "2026-03-20T10:00:00Z");
	g_assert_cmpint(s->version, ==, version + 1); /* nobody who has the casefile open has to look at it anew */
	end(s);
}

/* N5: by post it starts at the end of the second working day; a return undoes it; sent anew it starts again. */
static void test_post_and_return(TestStore *t)
{
	Steps *s = begin(t);
	const char *decision = decided(s);
	const char *ref = act(s, "sam", "notify", "{'decision': '%s', 'delivery': 'post'}", decision);

	g_assert_nonnull(strstr(notice(s, ref)->body_text, "24 March 2026"));
	act(s, "sam", "confirm-notice", "{'notice': '%s', 'how': 'posted'}", ref);
	g_assert_cmpstr(instant_format(s->mem, only_arrangement(s)->from_at), ==, "2026-03-25T00:00:00Z");
	s->at = "2026-03-27T09:00:00Z";
	act(s, "sam", "confirm-notice", "{'notice': '%s', 'how': 'returned', 'why': 'gone away'}", ref);
	g_assert_cmpint(only_arrangement(s)->from_at, ==, INSTANT_NONE);
	ref = act(s, "sam", "notify", "{'decision': '%s', 'delivery': 'read-out'}", decision);
	act(s, "sam", "confirm-notice", "{'notice': '%s', 'how': 'read-out'}", ref);
	g_assert_cmpstr(instant_format(s->mem, only_arrangement(s)->from_at), ==, "2026-03-27T09:00:00Z");
	end(s);
}

/* The second example: advice that restricts nothing; then threats: nothing before the police, then no warning first,
 * and the letter's return leaves it in force (W5). */
static void test_second_example(TestStore *t)
{
	Steps *s = begin(t);
	const char *threat, *request, *ref;

	assess(s, report_calls(s), "no-action");
	act(s, "mira", "assess-report",
		"{'reports': ['%s'], 'outcome': 'informal-advice', 'heading': 'unreasonable', 'tests': "
		"{'circumstances': "
		"'c', 'seriousness': 's', 'impact': 'i'}, 'needs_considered': 'n', 'behaviour': 'You shouted.', "
		"'advice': "
		"'Please write to us.'}",
		report_calls(s));
	g_assert_cmpstr(notice(s, newest_notice(s))->kind, ==, "informal-advice");
	g_assert_nonnull(strstr(notice(s, newest_notice(s))->body_text, "Please write to us."));
	threat = act(s, "sam", "report-behaviour",
		"{'customer': '%s', 'channel': 'phone', 'heading': 'aggressive-or-abusive', 'example': "
		"'violence-threatened', 'what': 'Would come round.', 'effect': 'Staff are afraid.', 'disability': "
		"'not-known'}",
		s->customer);
	act(s, "mira", "assess-report",
		"{'reports': ['%s'], 'outcome': 'request', 'heading': 'aggressive-or-abusive', 'tests': "
		"{'beyond-anger': "
		"'Named a member of staff.'}, 'ground': 'violence', 'needs_considered': 'n', 'behaviour': 'You said "
		"that "
		"you would come round.'}",
		threat);
	refused(s, "L2", "mira", "request", "{'skip_reason': 'violence', 'reports': ['%s'], 'reasons': 'r'}", threat);
	ref = act(s, "mira", "refer-to-police", "{'force': 'Oldtown Police'}");
	refused(s, "N1", "sam", "notify", "{'referral': '%s'}", ref); /* the police did not agree that it is said */
	ref = act(s, "mira", "refer-to-police", "{'force': 'Oldtown Police', 'may_tell': true}");
	ref = act(s, "sam", "notify", "{'referral': '%s'}", ref);
	g_assert_cmpstr(notice(s, ref)->kind, ==, "police-referral");
	g_assert_nonnull(strstr(notice(s, ref)->body_text, "Oldtown Police"));
	request = request_no_phone(s, "'skip_reason': 'violence', 'skip_risk': 'It would have provoked.'", threat);
	decide_as_asked(s, request, ", 'confirms_no_warning': 'It was right to give none.'");
	ref = act(s, "sam", "notify", "{'decision': '%s', 'delivery': 'post'}", s->id);
	act(s, "sam", "confirm-notice", "{'notice': '%s', 'how': 'posted'}", ref);
	g_assert_cmpstr(instant_format(s->mem, only_arrangement(s)->from_at), ==, "2026-03-02T09:00:00Z");
	act(s, "sam", "confirm-notice", "{'notice': '%s', 'how': 'returned', 'why': 'refused'}", ref);
	g_assert_cmpint(only_arrangement(s)->from_at, !=, INSTANT_NONE);
	end(s);
}

/* W4: a warning that came back stops the days; W1: it supports nothing until it was sent anew. */
static void test_returned_warning(TestStore *t)
{
	Steps *s = begin(t);
	const char *assessment = assess(s, report_calls(s), "warning");
	const char *warning = act(s, "mira", "warn", "{'assessment': '%s'}", assessment);
	const char *report, *ref = newest_notice(s);

	act(s, "job:outbox", "confirm-notice", "{'notice': '%s', 'how': 'accepted'}", ref);
	act(s, "sam", "confirm-notice", "{'notice': '%s', 'how': 'returned', 'why': 'no such address'}", ref);
	s->at = "2026-03-20T09:00:00Z";
	report = report_calls(s);
	assess(s, report, "request");
	refused(s, "W1", "mira", "request", "{'warning': '%s', 'reports': ['%s'], 'reasons': 'r'}", warning, report);
	end(s);
}

/* Refused and returned requests, and one withdrawn: nothing comes into being. */
static void test_no_arrangement(TestStore *t)
{
	static const char *const OUTCOMES[] = {"returned", "refused"};
	Steps *s = begin(t);
	const char *warning, *report, *request, *grounds;
	ArrangementRow *rows;
	g_autoptr(Tx) tx = NULL;
	gsize n;

	warning = act(s, "mira", "warn", "{'assessment': '%s'}", assess(s, report_calls(s), "warning"));
	act(s, "job:outbox", "confirm-notice", "{'notice': '%s', 'how': 'accepted'}", newest_notice(s));
	act(s, "sam", "record-answer", "{'warning': '%s', 'words': 'I was worried.'}", warning);
	s->at = "2026-03-20T09:00:00Z";
	report = report_calls(s);
	assess(s, report, "request");
	grounds = arena_printf(s->mem, "'warning': '%s'", warning);
	for (gsize i = 0; i < G_N_ELEMENTS(OUTCOMES); i++) {
		request = request_no_phone(s, grounds, report);
		act(s, "hana", "decide", "{'request': '%s', 'outcome': '%s', 'reasons': 'Not enough.'}", request,
			OUTCOMES[i]);
	}
	request = request_no_phone(s, grounds, report);
	act(s, "mira", "withdraw-request", "{'request': '%s', 'reason': 'No longer needed.'}", request);
	refused(s, "A3", "hana", "decide", "{'request': '%s', 'outcome': 'refused', 'reasons': 'r'}", request);
	g_assert_true(store_read(t->store, &tx, NULL));
	g_assert_true(sql_casefile_arrangements(tx, s->mem, s->casefile, &rows, &n, NULL));
	g_assert_cmpuint(n, ==, 0);
	end(s);
}

/* A1: where the pack asks for two signatures, the first makes no arrangement and no letter; the second is another's. */
static void test_two_signatures(TestStore *t)
{
	Steps *s = begin_with(t, 2);
	const char *decision = decided(s);
	const char *request;
	g_autoptr(Tx) tx = NULL;
	DecisionRow *row = NULL;

	g_assert_true(store_read(t->store, &tx, NULL));
	g_assert_true(sql_decision_by_ref(tx, s->mem, decision, &row, NULL));
	g_clear_pointer(&tx, tx_end);
	request = row->request;
	g_assert_cmpint(row->complete_at, ==, INSTANT_NONE);
	refused(s, "A1", "sam", "notify", "{'decision': '%s'}", decision);
	refused(s, "A1", "hana", "decide", "{'request': '%s', 'outcome': 'as-asked', 'reasons': 'Again.'}", request);
	act(s, "job:init", "add-staff", "{'user_name': 'root', 'name': 'Name of root'}");
	act(s, "job:init", "grant-role", "{'user_name': 'root', 'role': 'administrator'}");
	act(s, "root", "name-substitute",
		"{'function': 'casework', 'user_name': 'idris', 'capacity': 'stand-in', 'from_on': '2026-03-20', "
		"'until_on': '2026-03-31', 'reason': 'The second signature.'}");
	g_assert_cmpstr(
		act(s, "idris", "decide", "{'request': '%s', 'outcome': 'as-asked', 'reasons': 'I agree.'}", request),
		==, decision);
	g_assert_cmpint(only_arrangement(s)->from_at, ==, INSTANT_NONE);
	act(s, "sam", "notify", "{'decision': '%s'}", decision);
	end(s);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	test_store_add("/N5/first-example", test_first_example);
	test_store_add("/N5/post-and-return", test_post_and_return);
	test_store_add("/L2/second-example", test_second_example);
	test_store_add("/W1/returned-warning", test_returned_warning);
	test_store_add("/A1/two-signatures", test_two_signatures);
	test_store_add("/A8/no-arrangement", test_no_arrangement);
	return g_test_run();
}
