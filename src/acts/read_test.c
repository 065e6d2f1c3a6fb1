/* read_test.c: what the pages read and the shell does not show: look-up, the customer's page, timelines; on both
 * engines and the shipped policy. Rights and lists through the shell are tests/reads'. */
#include "acts/outcomes.h"
#include "acts/read.h"

#include "store/statements.h"
#include "store/test_store.h"

#include <jansson.h>
#include <string.h>

typedef struct {
	TestStore *t;
	Acts *acts;
	Arena *mem;
	const char *at; /* of what comes next */
	const char *casefile;
	const char *quill, *mab; /* customers; they share a number */
	const char *matter;
} World;

static ActCaller caller_of(const World *w, const char *user)
{
	ActCaller caller = {.user_name = user, .via = "test", .machine = g_str_has_prefix(user, "job:")};

	g_assert_true(instant_parse(w->at, "at", &caller.at, NULL));
	return caller;
}

/* Performs an act; JSON is written with ' for ". Gives the id. */
static const char *act(World *w, const char *user, const char *name, json_t *json)
{
	const ActCaller caller = caller_of(w, user);
	g_autoptr(GError) error = NULL;
	ActAnswer answer;

	if (!acts_perform(w->acts, w->mem, &caller, name, json, &answer, NULL, &error))
		g_error("%s by %s: %s", name, user, error->message);
	json_decref(json);
	if (answer.casefile != NULL)
		w->casefile = answer.casefile;
	return answer.id;
}

static json_t *json_of(const char *format, ...) G_GNUC_PRINTF(1, 2);
static json_t *json_of(const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list arguments;
	json_t *json;

	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_strdelimit(text, "'", '"');
	json = json_loads(text, 0, NULL);
	g_assert_nonnull(json);
	return json;
}

static void adopt_pack(World *w)
{
	g_autofree char *folder = g_build_filename(g_getenv("EVENHAND_SOURCE"), "policies", "police-complaints", NULL);
	json_t *list = json_array();
	PackFiles files;

	g_assert_true(pack_files_read(folder, w->mem, &files, NULL));
	for (gsize i = 0; i < files.n; i++)
		json_array_append_new(list, json_pack("{s:s, s:s%}", "path", files.files[i].path, "text",
						    files.files[i].bytes, files.files[i].length));
	act(w, "job:init", "adopt-policy", json_pack("{s:o}", "files", list));
}

static void add_people(World *w)
{
	static const struct {
		const char *user_name, *role, *function;
	} PEOPLE[] = {
		{"sam", "staff", "casework"},
		{"mira", "manager", "casework"},
		{"theo", "staff", "enquiries"},
		{"nora", "manager", "enquiries"},
		{"amal", "administrator", NULL},
	};

	act(w, "job:init", "add-function", json_of("{'slug': 'casework', 'title': 'Casework'}"));
	act(w, "job:init", "add-function", json_of("{'slug': 'enquiries', 'title': 'Enquiries'}"));
	for (gsize i = 0; i < G_N_ELEMENTS(PEOPLE); i++) {
		act(w, "job:init", "add-staff", json_of("{'user_name': '%s', 'name': 'Name'}", PEOPLE[i].user_name));
		act(w, "job:init", "grant-role",
			json_pack("{s:s, s:s, s:s?}", "user_name", PEOPLE[i].user_name, "role", PEOPLE[i].role,
				"function", PEOPLE[i].function));
	}
}

static World *begin(TestStore *t)
{
	g_autoptr(GError) error = NULL;
	World *w = g_new0(World, 1);

	w->t = t;
	w->mem = arena_new(ARENA_REQUEST_MAX);
	w->at = "2026-03-02T09:00:00Z";
	g_assert_true(store_migrate(t->store, &error));
	w->acts = acts_new(t->store, &error);
	g_assert_no_error(error);
	g_assert_true(acts_mark_demo(w->acts, &error));
	adopt_pack(w);
	add_people(w);
	w->quill = act(w, "sam", "add-customer",
		json_of("{'name': 'Jordan Quill', 'identifiers': [{'kind': 'phone', 'value': '07700 900123'}, "
			"{'kind': 'email', 'value': 'quill@example.org'}]}"));
	w->mab = act(w, "sam", "add-customer",
		json_of("{'name': 'Mab O’Brien-Łuk', 'kind': 'body', 'identifiers': "
			"[{'kind': 'phone', 'value': '07700 900123'}]}"));
	w->matter = act(w, "sam", "open-matter",
		json_of("{'customer': '%s', 'function': 'casework', 'kind': 'case', 'title': 'A search'}", w->quill));
	return w;
}

static void end(World *w)
{
	acts_free(w->acts);
	arena_free(w->mem);
	g_free(w);
}

static const char *report(World *w, const char *user)
{
	return act(w, user, "report-behaviour",
		json_of("{'customer': '%s', 'channel': 'phone', 'heading': 'unreasonable', 'example': "
			"'continual-contact', 'what': 'Rang', 'effect': 'Time', 'disability': 'no'}",
			w->mab));
}

static LookUp *look_up(World *w, const char *typed)
{
	const ActCaller caller = caller_of(w, "theo");
	g_autoptr(GError) error = NULL;
	LookUp *found = NULL;

	g_assert_true(read_look_up(w->acts, w->mem, &caller, typed, &found, &error));
	g_assert_no_error(error);
	return found;
}

static void only(World *w, const char *typed, const char *customer, const char *recognised)
{
	const LookUp *found = look_up(w, typed);

	g_assert_cmpuint(found->n_hits, ==, 1);
	g_assert_cmpstr(found->hits[0].customer, ==, customer);
	g_assert_cmpstr(found->hits[0].recognised, ==, recognised);
	g_assert_false(found->more);
}

/* Where most rows are not for this person a page may be short, and still goes on. */
static void a_page_goes_on_behind_what_may_not_be_seen(TestStore *t)
{
	World *w = begin(t);
	const ActCaller sam = caller_of(w, "sam");
	const ReadFilter of = {"customer", w->mab};
	const char *cursor = NULL, *own;
	gsize found = 0, pages = 0;

	own = report(w, "sam");
	for (int i = 0; i < 60; i++)
		report(w, "theo");
	do {
		g_autoptr(GError) error = NULL;
		json_t *page;
		gsize i;
		json_t *item;

		g_assert_true(read_list(w->acts, w->mem, &sam, "reports", &of, 1, cursor, 1, &page, &error));
		json_array_foreach(json_object_get(page, "items"), i, item)
		{
			g_assert_cmpstr(json_string_value(json_object_get(item, "id")), ==, own);
			found++;
		}
		cursor = arena_strdup(w->mem, json_string_value(json_object_get(page, "next")));
		json_decref(page);
	} while (cursor != NULL && ++pages < 50);
	g_assert_cmpuint(found, ==, 1);
	g_assert_cmpuint(pages, ==, 1); /* twenty rounds of two rows, then the rest */
	end(w);
}

static gsize n_viewings(World *w, const char *subject)
{
	g_autoptr(Tx) tx = NULL;
	ViewingRow *rows;
	gsize n;

	g_assert_true(store_read(w->t->store, &tx, NULL));
	g_assert_true(sql_viewing_subject_page(tx, w->mem, subject, 0, 1000, &rows, &n, NULL));
	return n;
}

static void one_box_finds_by_anything(TestStore *t)
{
	World *w = begin(t);
	const gsize before = n_viewings(w, w->quill);
	const LookUp *found;

	only(w, " quill@EXAMPLE.org ", w->quill, "e-mail address");
	only(w, "quill", w->quill, "name");
	only(w, "Quill, Jordan", w->quill, "name");
	only(w, "obrien", w->mab, "name");
	only(w, "O Brien luk", w->mab, "name");
	only(w, w->quill, w->quill, arena_printf(w->mem, "reference %s", w->quill));
	only(w, "m-2026-000001", w->quill, "reference M-2026-000001");
	g_assert_cmpuint(n_viewings(w, w->quill), ==, before + 5); /* K4, each hit */
	found = look_up(w, "07700 900 123");
	g_assert_cmpint(found->kind, ==, IDENTIFIER_PHONE);
	g_assert_cmpstr(found->normal, ==, "+447700900123");
	g_assert_cmpuint(found->n_hits, ==, 2);
	g_assert_true(found->hits[0].shared && found->hits[1].shared); /* R11 */
	end(w);
}

static void G13_nobody_is_guessed(TestStore *t)
{
	World *w = begin(t);
	const ActCaller sam = caller_of(w, "sam"), amal = caller_of(w, "amal");
	g_autoptr(GError) error = NULL;
	LookUp *found;

	g_assert_true(look_up(w, "withheld")->withheld);
	g_assert_cmpuint(look_up(w, "withheld")->n_hits, ==, 0);
	g_assert_cmpuint(look_up(w, "")->n_hits, ==, 0);
	g_assert_cmpuint(look_up(w, "C-2026-999999")->n_hits, ==, 0);
	g_assert_cmpuint(look_up(w, "' OR 1=1 --")->n_hits, ==, 0);
	found = look_up(w, "07700 900999");
	g_assert_cmpuint(found->n_hits, ==, 0);
	g_assert_cmpstr(found->normal, ==, "+447700900999"); /* known as a number, to be recorded */
	g_assert_false(read_look_up(w->acts, w->mem, &sam, "a\nb", &found, &error));
	g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_INVALID);
	g_clear_error(&error);
	g_assert_false(read_look_up(w->acts, w->mem, &amal, "quill", &found, &error));
	g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_REFUSED);
	end(w);
}

static void G5_a_representative_is_recognised_as_such(TestStore *t)
{
	World *w = begin(t);
	const LookUp *found;

	act(w, "sam", "register-representative",
		json_of("{'customer': '%s', 'name': 'Ada Lin', 'capacity': 'solicitor', 'kind': 'email', 'value': "
			"'ada@law.example'}",
			w->quill));
	found = look_up(w, "ada@law.example");
	g_assert_cmpuint(found->n_hits, ==, 1);
	g_assert_cmpstr(found->hits[0].customer, ==, w->quill);
	g_assert_cmpstr(found->hits[0].representative, ==, "Ada Lin, solicitor");
	end(w);
}

static void too_many_of_a_name_are_said_to_be_more(TestStore *t)
{
	World *w = begin(t);
	const LookUp *found;

	for (int i = 0; i <= LOOK_UP_MAX; i++)
		act(w, "sam", "add-customer", json_of("{'name': 'Robin Common%d'}", i));
	found = look_up(w, "common");
	g_assert_cmpuint(found->n_hits, ==, LOOK_UP_MAX);
	g_assert_true(found->more);
	end(w);
}

static void the_customers_page_has_words_for_needs_and_sharers(TestStore *t)
{
	World *w = begin(t);
	ActCaller caller;
	g_autoptr(GError) error = NULL;
	CustomerView *view;

	act(w, "sam", "record-need",
		json_of("{'customer': '%s', 'what': 'A relay', 'why': 'Deaf', 'only_with': 'a relay', 'abilities': "
			"{'phone': 'only-with', 'in-person': 'cannot', 'email': 'can'}}",
			w->quill));
	act(w, "sam", "ask-adjustment", json_of("{'customer': '%s', 'asked': 'More time'}", w->quill));
	caller = caller_of(w, "theo");
	g_assert_true(read_customer(w->acts, w->mem, &caller, w->quill, &view, &error));
	g_assert_no_error(error);
	g_assert_cmpstr(view->name, ==, "Jordan Quill");
	g_assert_cmpuint(view->n_identifiers, ==, 2);
	g_assert_cmpstr(view->identifiers[0].shared_with[0], ==, w->mab);
	g_assert_null(view->identifiers[0].shared_with[1]);
	g_assert_null(view->identifiers[1].shared_with[0]);
	g_assert_cmpstr(view->needs[0].in_words, ==, "Not in person. By phone: only with a relay.");
	g_assert_null(view->needs[0].why); /* health, recorded by somebody else */
	g_assert_true(view->hidden & VEIL_HEALTH);
	g_assert_null(view->adjustments[0].outcome);
	g_assert_cmpstr(view->matters[0].ref, ==, w->matter);
	g_assert_false(view->has_in_force);
	g_assert_false(read_customer(w->acts, w->mem, &caller, "C-2026-999999", &view, &error));
	g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_NOT_FOUND);
	end(w);
}

static Timeline *timeline(
	World *w, const char *user, const char *reference, const char *only_act, const char *cursor, gint64 limit)
{
	const ActCaller caller = caller_of(w, user);
	g_autoptr(GError) error = NULL;
	Timeline *found = NULL;

	g_assert_true(read_timeline(w->acts, w->mem, &caller, reference,
		&(TimelinePage){.act = only_act, .cursor = cursor, .limit = limit}, &found, &error));
	g_assert_no_error(error);
	return found;
}

/* A contact that the gate kept and let through: it has no line of its own. */
static void add_gate_contact(World *w, const char *ref, const char *at)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Tx) tx = NULL;
	ContactRow row = {.ref = ref,
		.struck_at = INSTANT_NONE,
		.customer = w->quill,
		.channel = "email",
		.direction = "in",
		.recorded_by = "gate",
		.source = "gate",
		.verdict = "proceed",
		.minutes = G_MININT64};

	g_assert_true(instant_parse(at, "at", &row.happened_at, NULL));
	row.recorded_at = row.happened_at;
	g_assert_true(store_write(w->t->store, &tx, &error) && sql_contact_add(tx, &row, &error) &&
		      store_commit(&tx, &error));
}

static void K2_a_timeline_pages_through_all_of_it_once(TestStore *t)
{
	World *w = begin(t);
	const char *cursor = NULL, *last = NULL;
	Instant before = G_MAXINT64;
	gsize n = 0, contacts = 0;

	for (int i = 0; i < 7; i++) /* all at one moment: order is by number */
		act(w, "sam", "log-contact", json_of("{'customer': '%s', 'matter': '%s'}", w->quill, w->matter));
	add_gate_contact(w, "K-2026-900001", w->at);
	add_gate_contact(w, "K-2026-900002", "2026-03-02T08:00:00Z");
	do {
		const Timeline *page = timeline(w, "sam", w->quill, NULL, cursor, 3);

		for (gsize i = 0; i < page->n; i++) {
			g_assert_cmpint(page->lines[i].happened_at, <=, before);
			g_assert_cmpstr(page->lines[i].ref, !=, last);
			before = page->lines[i].happened_at;
			last = page->lines[i].ref;
			contacts += page->lines[i].channel != NULL;
		}
		n += page->n;
		cursor = page->next;
		g_assert_cmpuint(n, <, 100);
	} while (cursor != NULL);
	g_assert_cmpuint(n, ==, 2 + 7 + 2); /* recorded, matter opened; logged; the gate's */
	g_assert_cmpuint(contacts, ==, 9);
	g_assert_cmpstr(last, ==, "K-2026-900002");
	g_assert_cmpuint(timeline(w, "sam", w->quill, "contact", NULL, 0)->n, ==, 2);
	g_assert_cmpuint(timeline(w, "sam", w->quill, "log-contact", NULL, 0)->n, ==, 7);
	g_assert_cmpuint(timeline(w, "sam", w->matter, NULL, NULL, 0)->n, ==, 8);
	end(w);
}

static void G10_steps_that_are_not_for_somebody_have_no_line(TestStore *t)
{
	static const gsize SHOWN[] = {2, 0, 1}; /* customer and matter recorded; of the matter only that */
	World *w = begin(t);
	const Timeline *found;

	act(w, "sam", "report-behaviour",
		json_of("{'customer': '%s', 'matters': ['%s'], 'channel': 'phone', 'heading': "
			"'aggressive-or-abusive', 'example': 'violence-threatened', 'violence': true, 'what': "
			"'Said they would come', 'effect': 'Fear', 'disability': 'no'}",
			w->quill, w->matter));
	act(w, "mira", "refer-to-police", json_of("{'casefile': '%s', 'force': 'Barford'}", w->casefile));
	for (gsize i = 0; i < 3; i++) {
		const char *of = (const char *[]){w->quill, w->casefile, w->matter}[i];

		found = timeline(w, "mira", of, NULL, NULL, 2);
		g_assert_cmpstr(found->lines[0].act, ==, "refer-to-police");
		g_assert_cmpstr(found->lines[1].summary, ==, "Behaviour reported: Aggressive or abusive");
		g_assert_cmpstr(found->lines[1].title, ==, "Behaviour reported");
		g_assert_cmpstr(found->lines[1].text, ==, "Aggressive or abusive");
		g_assert_cmpstr(found->lines[1].by_name, ==, "Name"); /* sam's */
		g_assert_false(found->left_out);
		found = timeline(w, "theo", of, NULL, NULL, 2); /* what is left out makes room for what is not */
		g_assert_cmpuint(found->n, ==, SHOWN[i]);
		g_assert_true(found->left_out);
		for (gsize k = 0; k < found->n; k++)
			g_assert_null(found->lines[k].casefile);
	}
	end(w);
}

/* What a contact was about is evidence; that it came, and how long it took, is not. */
static void a_contact_says_what_it_was_about_to_who_may_see_it(TestStore *t)
{
	World *w = begin(t);
	const Timeline *found;

	act(w, "sam", "log-contact",
		json_of("{'customer': '%s', 'channel': 'in-person', 'minutes': 4, 'what': 'Asked for a letter'}",
			w->quill));
	add_gate_contact(w, "K-2026-900001", "2026-03-02T08:00:00Z");
	found = timeline(w, "sam", w->quill, "log-contact", NULL, 0);
	g_assert_cmpstr(found->lines[0].title, ==, "Visit from the customer");
	g_assert_cmpstr(found->lines[0].text, ==, "4 minutes. Asked for a letter");
	g_assert_cmpstr(found->lines[0].summary, ==, "Visit from the customer");
	found = timeline(w, "theo", w->quill, "log-contact", NULL, 0);
	g_assert_cmpstr(found->lines[0].text, ==, "4 minutes");
	found = timeline(w, "sam", w->quill, "contact", NULL, 0);
	g_assert_cmpstr(found->lines[0].title, ==, "E-mail from the customer");
	g_assert_null(found->lines[0].by_name); /* a machine */
	g_assert_null(found->lines[0].text);
	end(w);
}

/* Whatever a key is called, the words are people's. */
static void outcomes_have_words_for_every_key(void)
{
	static const struct {
		OutcomeOf of;
		const char *act, *field; /* whose choices they are */
	} KEYS[] = {
		{OUTCOME_ASSESSED, "assess-report", "outcome"},
		{OUTCOME_DECIDED, "decide", "outcome"},
		{OUTCOME_CLOSED, "close-casefile", "outcome"},
		{OUTCOME_DISPUTED, "answer-dispute", "outcome"},
		{OUTCOME_LETTER, "confirm-notice", "how"},
		{OUTCOME_ITEM, "deal-with-item", "outcome"},
		{OUTCOME_ADJUSTMENT, "answer-adjustment", "outcome"},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(KEYS); i++) {
		const Field *field = acts_find(KEYS[i].act)->fields;

		while (field->name != NULL && !g_str_equal(field->name, KEYS[i].field))
			field++;
		for (gsize k = 0; field->choices != NULL && field->choices[k] != NULL; k++)
			g_assert_true(g_ascii_isupper(*outcome_words(KEYS[i].of, field->choices[k])));
	}
	for (int channel = 0; channel < CHANNELS; channel++) {
		g_assert_cmpstr(outcome_contact(channel_name((Channel)channel), "in"), !=, "Contact");
		g_assert_cmpstr(outcome_contact(channel_name((Channel)channel), "in"), !=,
			outcome_contact(channel_name((Channel)channel), "out"));
	}
}

static void cursors_and_references_that_do_not_fit_are_told(TestStore *t)
{
	World *w = begin(t);
	const ActCaller caller = caller_of(w, "sam");
	static const struct {
		const char *reference, *cursor;
		gint64 limit;
		EvenhandError kind;
	} CASES[] = {
		{"C-2026-999999", NULL, 0, EVENHAND_ERROR_NOT_FOUND},
		{"ID-2026-000001", NULL, 0, EVENHAND_ERROR_NOT_FOUND},
		{"'", NULL, 0, EVENHAND_ERROR_NOT_FOUND},
		{"C-2026-000001", "x", 0, EVENHAND_ERROR_INVALID},
		{"C-2026-000001", "dGltZWxpbmUgQy0yMDI2LTAwMDAwMQp4IHkgeg", 0, EVENHAND_ERROR_INVALID},
		{"C-2026-000001", NULL, 201, EVENHAND_ERROR_INVALID},
		{"C-2026-000001", NULL, -1, EVENHAND_ERROR_INVALID},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autoptr(GError) error = NULL;
		Timeline *found;

		g_assert_false(read_timeline(w->acts, w->mem, &caller, CASES[i].reference,
			&(TimelinePage){.cursor = CASES[i].cursor, .limit = CASES[i].limit}, &found, &error));
		g_assert_cmpint(evenhand_error_code(error), ==, CASES[i].kind);
	}
	end(w);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	test_store_add("/read/look-up/one-box-finds-by-anything", one_box_finds_by_anything);
	test_store_add("/read/look-up/G13-nobody-is-guessed", G13_nobody_is_guessed);
	test_store_add("/read/look-up/G5-a-representative-is-recognised", G5_a_representative_is_recognised_as_such);
	test_store_add("/read/look-up/too-many-are-said-to-be-more", too_many_of_a_name_are_said_to_be_more);
	test_store_add("/read/list/a-page-goes-on", a_page_goes_on_behind_what_may_not_be_seen);
	test_store_add("/read/customer/needs-and-sharers-in-words", the_customers_page_has_words_for_needs_and_sharers);
	test_store_add("/read/timeline/K2-all-of-it-once", K2_a_timeline_pages_through_all_of_it_once);
	test_store_add("/read/timeline/G10-not-shown", G10_steps_that_are_not_for_somebody_have_no_line);
	test_store_add(
		"/read/timeline/contacts-say-what-they-were-about", a_contact_says_what_it_was_about_to_who_may_see_it);
	g_test_add_func("/read/timeline/outcomes-have-words", outcomes_have_words_for_every_key);
	test_store_add("/read/timeline/what-does-not-fit-is-told", cursors_and_references_that_do_not_fit_are_told);
	return g_test_run();
}
