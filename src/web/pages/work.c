/* work.c: fills 'My work' from acts/read_work.h. What is work, whose and how pressing, is decided there. */
#include "web/pages/work.h"

#include <string.h>

enum { LINES_A_PAGE = 50 };

/* One way to look at the page; NULL: as it is. */
typedef struct {
	const char *whose, *kind, *urgency, *behind;
} Look;

static void put(GString *href, const char *name, const char *value)
{
	if (value == NULL)
		return;
	g_string_append_printf(href, "%s%s=", strchr(href->str, '?') == NULL ? "?" : "&", name);
	g_string_append_uri_escaped(href, value, NULL, FALSE);
}

static const char *href_of(Arena *mem, const Look *look)
{
	GString *href = g_string_new("/work");

	put(href, "whose", look->whose);
	put(href, "kind", look->kind);
	put(href, "urgency", look->urgency);
	put(href, "behind", look->behind);
	return arena_own(mem, g_string_free(href, FALSE), g_free);
}

/* A field of the address; an empty one is none. */
static const char *asked(const Visit *visit, const char *name)
{
	const char *value = http_query(visit->request, name);

	return value != NULL && *value != '\0' ? value : NULL;
}

/* Where it is only looked at: there is nothing to do, or the viewer's roles do not do it. */
static gboolean is_looked_at(const WorkLine *line)
{
	return line->act == NULL || (!line->may_do && !g_str_equal(line->act, "confirm-notice"));
}

/* What is done there, in a few words: the act's title, or what there is to see. */
static const char *link_words(const WorkLine *line)
{
	static const struct {
		const char *act, *words;
	} WORDS[] = {{"confirm-notice", "Open the letter"}, {"deal-with-item", "Look at it"},
		{"follow-up", "Follow up"}, {"assign", "Name somebody"}, {"request", "Request authorisation"}};

	if (is_looked_at(line))
		return line->casefile != NULL ? "Open the casefile" : "Open the customer's page";
	for (gsize i = 0; i < G_N_ELEMENTS(WORDS); i++)
		if (g_str_equal(WORDS[i].act, line->act))
			return WORDS[i].words;
	return flow_title(line->act);
}

static const char *looked_at_page(Arena *mem, const WorkLine *line)
{
	if (line->casefile != NULL)
		return arena_printf(mem, "/casefiles/%s", line->casefile);
	return line->customer != NULL ? arena_printf(mem, "/customers/%s", line->customer) : NULL;
}

static const char *page_of(Arena *mem, const WorkLine *line)
{
	if (is_looked_at(line))
		return looked_at_page(mem, line);
	if (g_str_equal(line->act, "confirm-notice"))
		return arena_printf(mem, "/letters/%s", line->about);
	if (g_str_equal(line->act, "deal-with-item"))
		return arena_printf(mem, "/items/%s", line->about);
	if (g_str_equal(line->act, "follow-up"))
		return arena_printf(mem, "/work/follow-up?about=%s", line->about);
	if (g_str_equal(line->act, "assign"))
		return arena_printf(mem, "/work/assign?work=%s", line->about);
	if (g_str_equal(line->act, "answer-adjustment"))
		return arena_printf(mem, "/customers/%s/answer-adjustment?about=%s", line->customer, line->about);
	return page_act_href(mem, line->casefile, line->act, line->about);
}

static const char *when_words(const Visit *visit, const WorkLine *line)
{
	const Day today = visit->office->today;
	const char *day;
	int over;

	if (line->due_on == DAY_NONE)
		return NULL;
	over = (int)(today - line->due_on);
	day = day_in_words(visit->mem, line->due_on);
	if (over > 0)
		return arena_printf(visit->mem, "Due by %s, %d day%s over", day, over, over == 1 ? "" : "s");
	if (over == 0)
		return arena_printf(visit->mem, "Due today, %s", day);
	return arena_printf(visit->mem, "Due by %s", day);
}

static const char *owner_words(const Visit *visit, const WorkLine *line)
{
	if (line->urgency == URGENCY_TO_KNOW)
		return NULL;
	if (line->owner != NULL)
		return line->mine ? "Yours." : arena_printf(visit->mem, "%s has it.", line->owner_name);
	return line->function_title != NULL
		       ? arena_printf(visit->mem, "Nobody has taken this (%s).", line->function_title)
		       : "Nobody has taken this.";
}

static WorkRow row_of(const Visit *visit, const WorkLine *line)
{
	Arena *mem = visit->mem;

	return (WorkRow){.line = line,
		.href = page_of(mem, line),
		.link = link_words(line),
		.customer_href = line->customer != NULL ? arena_printf(mem, "/customers/%s", line->customer) : NULL,
		.casefile_href = line->casefile != NULL ? arena_printf(mem, "/casefiles/%s", line->casefile) : NULL,
		.assign_href = line->may_assign && g_strcmp0(line->act, "assign") != 0
				       ? arena_printf(mem, "/work/assign?work=%s", line->ref)
				       : NULL,
		.when = when_words(visit, line),
		.since = line->since != INSTANT_NONE
				 ? arena_printf(mem, "%s %s", line->due_on != DAY_NONE ? "since" : "Since",
					   day_in_words(mem, zone_day(visit->office->zone, line->since)))
				 : NULL,
		.owner = owner_words(visit, line)};
}

static void fill_groups(const Visit *visit, const WorkView *work, WorkPage *page)
{
	WorkGroup *groups = arena_array(visit->mem, WorkGroup, URGENCIES + 1);
	WorkRow *rows = arena_array(visit->mem, WorkRow, work->n + 1);

	page->groups = groups;
	for (gsize i = 0; i < work->n; i++) {
		const WorkLine *line = &work->lines[i];
		WorkGroup *group = page->n_groups > 0 ? &groups[page->n_groups - 1] : NULL;
		rows[i] = row_of(visit, line);
		const char *id = line->later ? "later" : line->urgency_name;

		if (group == NULL || !g_str_equal(group->id, id)) {
			group = &groups[page->n_groups++];
			*group = (WorkGroup){.title = line->later ? "Reviews to come" : urgency_title(line->urgency),
				.id = id,
				.classes = arena_printf(visit->mem, "evenhand-work--%s", line->urgency_name),
				.n_all = line->later ? work->n_later
						     : work->counts[line->urgency] -
							       (line->urgency == URGENCY_NOT_DUE ? work->n_later : 0),
				.rows = &rows[i]};
		}
		group->n_rows++;
	}
}

static void fill_filters(const Visit *visit, const WorkView *work, const Look *now, WorkPage *page)
{
	Arena *mem = visit->mem;
	WorkFilter *urgencies = arena_array(mem, WorkFilter, URGENCIES + 1);
	WorkFilter *kinds = arena_array(mem, WorkFilter, work->n_kinds + 1);
	gsize all = 0;

	page->urgencies = urgencies;
	page->kinds = kinds;
	for (Urgency urgency = 0; urgency < URGENCIES; urgency++)
		all += work->counts[urgency];
	if (all > 0)
		urgencies[page->n_urgencies++] = (WorkFilter){.text = "All",
			.n = all,
			.href = href_of(mem, &(const Look){.whose = now->whose, .kind = now->kind}),
			.current = now->urgency == NULL};
	for (Urgency urgency = 0; all > 0 && urgency < URGENCIES; urgency++)
		if (work->counts[urgency] > 0 || g_strcmp0(now->urgency, urgency_name(urgency)) == 0)
			urgencies[page->n_urgencies++] = (WorkFilter){.text = urgency_title(urgency),
				.n = work->counts[urgency],
				.href = href_of(mem, &(const Look){.whose = now->whose,
							     .kind = now->kind,
							     .urgency = urgency_name(urgency)}),
				.current = g_strcmp0(now->urgency, urgency_name(urgency)) == 0};
	kinds[page->n_kinds++] = (WorkFilter){.text = "All",
		.n = g_str_equal(work->whose, "mine") ? work->n_mine : work->n_all,
		.href = href_of(mem, &(const Look){.whose = now->whose}),
		.current = now->kind == NULL};
	for (gsize i = 0; i < work->n_kinds; i++)
		kinds[page->n_kinds++] = (WorkFilter){.text = work->kinds[i].title,
			.n = work->kinds[i].n,
			.href = href_of(mem, &(const Look){.whose = now->whose, .kind = work->kinds[i].kind}),
			.current = g_strcmp0(now->kind, work->kinds[i].kind) == 0};
}

static const char *meaning_of(const Visit *visit)
{
	return arena_printf(visit->mem,
		"Due soon: on its day, or in the %d working days before it; a review in the %d days before it. "
		"Overdue: "
		"after its day. Critically overdue: more than %d working days after it. The day is the policy's where "
		"it "
		"names one.",
		URGENCY_SOON_WORKING_DAYS, visit->office->policy->review.warn_days, URGENCY_CRITICAL_WORKING_DAYS);
}

static void fill_whose(const Visit *visit, const WorkView *work, WorkPage *page)
{
	const gboolean mine = g_str_equal(work->whose, "mine");
	MojNavigationItem *items = arena_array(visit->mem, MojNavigationItem, 3);

	items[page->n_whose++] =
		(MojNavigationItem){.text = arena_printf(visit->mem, "Mine (%" G_GSIZE_FORMAT ")", work->n_mine),
			.href = href_of(visit->mem, &(const Look){.whose = "mine"}),
			.active = mine};
	items[page->n_whose++] = (MojNavigationItem){
		.text = arena_printf(visit->mem, "All that I may see (%" G_GSIZE_FORMAT ")", work->n_all),
		.href = href_of(visit->mem, &(const Look){.whose = "function"}),
		.active = !mine};
	page->whose = items;
}

/* By what was chosen: kind, how pressing, or both. */
static const char *nothing_of_it(const Visit *visit, const WorkView *work, const Look *now)
{
	const char *kind = now->kind != NULL ? " of this kind" : "";
	gsize n = 0;
	Urgency urgency;

	for (Urgency one = 0; one < URGENCIES; one++)
		n += work->counts[one];
	if (n == 0 || now->urgency == NULL || !urgency_parse(now->urgency, &urgency))
		return arena_printf(visit->mem, "Nothing%s waits.", kind);
	if (urgency == URGENCY_TO_KNOW)
		return arena_printf(visit->mem, "There is nothing%s for you to know.", kind);
	return arena_printf(visit->mem, "Nothing%s is %c%s.", kind, g_ascii_tolower(urgency_title(urgency)[0]),
		urgency_title(urgency) + 1);
}

static void say_nothing(const Visit *visit, const WorkView *work, const Look *now, WorkPage *page)
{
	const gboolean mine = g_str_equal(work->whose, "mine");

	if (work->n > 0)
		return;
	if (now->behind != NULL) {
		page->nothing = "What stood on this page has been done. Go back to the first page.";
		return;
	}
	if (now->kind != NULL || now->urgency != NULL) {
		page->nothing = nothing_of_it(visit, work, now);
		page->elsewhere = "Show all";
		page->elsewhere_href = href_of(visit->mem, &(const Look){.whose = work->whose});
		return;
	}
	page->nothing = mine ? "Nothing waits for you. When something does, it stands here by itself."
			     : "Nothing waits for anybody whose work you may see.";
	if (mine && work->n_all > 0) {
		page->elsewhere =
			arena_printf(visit->mem, "See what waits for others (%" G_GSIZE_FORMAT ")", work->n_all);
		page->elsewhere_href = href_of(visit->mem, &(const Look){.whose = "function"});
	}
}

void page_work(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	const ActCaller caller = visit_caller(visit);
	const Look now = {.whose = asked(visit, "whose"),
		.kind = asked(visit, "kind"),
		.urgency = asked(visit, "urgency"),
		.behind = asked(visit, "behind")};
	const WorkAsk ask = {.kind = now.kind,
		.urgency = now.urgency,
		.whose = now.whose,
		.behind = now.behind,
		.limit = LINES_A_PAGE};
	const Layout frame = page_frame(visit, "My work");
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);
	g_autoptr(GError) error = NULL;
	WorkPage page = {.frame = &frame, .done = flow_done(visit, NULL)};
	WorkView *work;

	(void)context;
	if (!read_work(visit->web->acts, visit->mem, &caller, &ask, &work, &error)) {
		page_error(visit, response, error);
		return;
	}
	page.cut = work->cut;
	page.meaning = meaning_of(visit);
	fill_whose(visit, work, &page);
	fill_filters(visit, work, &now, &page);
	fill_groups(visit, work, &page);
	say_nothing(visit, work, &now, &page);
	if (work->next != NULL)
		page.next_href = href_of(visit->mem,
			&(const Look){
				.whose = now.whose, .kind = now.kind, .urgency = now.urgency, .behind = work->next});
	if (now.behind != NULL)
		page.first_href = href_of(
			visit->mem, &(const Look){.whose = now.whose, .kind = now.kind, .urgency = now.urgency});
	work_page(out, &page);
	page_send(visit, response, 200, out);
}
