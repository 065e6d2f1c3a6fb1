/* customer.c: fills the customer's page from what the viewer may see (acts/read.h), which records the viewing. */
#include "web/pages/customer.h"

#include "web/customer_words.h"
#include "web/words.h"

enum { TIMELINE_LINES = 20 };

typedef struct {
	Visit *visit;
	const CustomerView *customer;
	CustomerPage *page;
} Filling;

static const char *day_words(const Filling *filling, Instant at)
{
	return day_in_words(filling->visit->mem, zone_day(filling->visit->office->zone, at));
}

static void fill_alerts(const Filling *filling)
{
	const CustomerView *customer = filling->customer;
	CustomerPage *page = filling->page;

	page->alerts = arena_array(filling->visit->mem, const char *, customer->n_adjustments + 2);
	if (customer->informal_advice != NULL)
		page->alerts[page->n_alerts++] = customer->informal_advice;
	for (gsize i = 0; i < customer->n_adjustments; i++)
		if (customer->adjustments[i].outcome == NULL)
			page->alerts[page->n_alerts++] = arena_printf(filling->visit->mem,
				"They asked for an adjustment and have no answer yet: %s",
				customer->adjustments[i].asked);
}

static void fill_arrangements(const Filling *filling)
{
	static const struct {
		const char *title, *classes;
	} STATES[] = {
		[ARRANGEMENT_DECIDED] = {"Decided", "govuk-tag--yellow"},
		[ARRANGEMENT_IN_FORCE] = {"In force", "govuk-tag--red"},
		[ARRANGEMENT_SUSPENDED] = {"Suspended", "govuk-tag--yellow"},
		[ARRANGEMENT_ENDED] = {"Ended", "govuk-tag--grey"},
	};
	const CustomerView *customer = filling->customer;
	Arena *mem = filling->visit->mem;
	CustomerArrangement *list = arena_array(mem, CustomerArrangement, customer->n_arrangements + 1);

	for (gsize i = 0; i < customer->n_arrangements; i++) {
		const ArrangementView *view = &customer->arrangements[i];
		const gboolean ended = view->state == ARRANGEMENT_ENDED;

		list[i] = (CustomerArrangement){.ref = view->ref,
			.state = STATES[view->state].title,
			.tag_classes = STATES[view->state].classes,
			.state_words = view->state_words,
			.scope_words = view->scope_words,
			.casefile = view->casefile,
			.decision = view->decision,
			.review_words =
				!ended && view->review_on != DAY_NONE
					? arena_printf(mem, "It is reviewed by %s.", day_in_words(mem, view->review_on))
					: NULL,
			.review_overdue = view->review_overdue && !ended,
			.restrictions = view->restrictions,
			.n_restrictions = view->n_restrictions};
	}
	filling->page->arrangements = list;
	filling->page->n_arrangements = customer->n_arrangements;
}

static const char *on_one_line(Arena *mem, const char *lines)
{
	g_auto(GStrv) parts = g_strsplit(lines, "\n", -1);

	return arena_own(mem, g_strjoinv(", ", parts), g_free);
}

static void fill_details(const Filling *filling)
{
	const CustomerView *customer = filling->customer;
	const NoticeFormat *format = policy_format(filling->visit->office->policy, customer->format);
	Arena *mem = filling->visit->mem;
	const gsize most = customer->n_representatives + 4;
	GovukSummaryRow *rows = arena_array(mem, GovukSummaryRow, most);
	gsize n = 0;

	if (customer->salutation != NULL)
		rows[n++] = (GovukSummaryRow){.key = {.text = "Addressed as"}, .value = {.text = customer->salutation}};
	if (customer->postal_address != NULL)
		rows[n++] = (GovukSummaryRow){.key = {.text = "Postal address"},
			.value = {.text = on_one_line(mem, customer->postal_address)}};
	rows[n++] = (GovukSummaryRow){
		.key = {.text = "Letters go"}, .value = {.text = format != NULL ? format->title : customer->format}};
	for (gsize i = 0; i < customer->n_representatives; i++) {
		const RepresentativeView *view = &customer->representatives[i];

		if (view->ended_at == INSTANT_NONE)
			rows[n++] = (GovukSummaryRow){.key = {.text = "Represented by"},
				.value = {.text = arena_printf(
						  mem, "%s, %s, %s", view->name, view->capacity, view->normal)}};
	}
	filling->page->details = rows;
	filling->page->n_details = n;
}

static const char *sharing_in_words(Arena *mem, const IdentifierView *view)
{
	g_autofree char *others = g_strjoinv(", ", (char **)view->shared_with);

	if (*others != '\0')
		return arena_printf(mem, "Shared with %s: ask who it is", others);
	if (view->used_by_others)
		return "Others use it too: ask who it is";
	return view->confirmed ? "Used by nobody else that we know of" : "Not confirmed by a manager";
}

static GovukSummaryRow row_of(const char *key, const char *value)
{
	return (GovukSummaryRow){.key = {.text = key}, .value = {.text = value}};
}

static void fill_identifiers(const Filling *filling)
{
	const CustomerView *customer = filling->customer;
	Arena *mem = filling->visit->mem;
	GovukSummaryRow *rows = arena_array(mem, GovukSummaryRow, customer->n_identifiers + 1);

	for (gsize i = 0; i < customer->n_identifiers; i++) {
		const IdentifierView *view = &customer->identifiers[i];

		if (view->ended_at != INSTANT_NONE)
			rows[i] = row_of(view->typed,
				arena_printf(mem, "No longer theirs since %s", day_words(filling, view->ended_at)));
		else
			rows[i] = row_of(view->typed, arena_printf(mem, "%s%s%s", sharing_in_words(mem, view),
							      view->recognised != NULL ? ". Recognised by " : "",
							      view->recognised != NULL ? view->recognised : ""));
	}
	filling->page->identifiers = rows;
	filling->page->n_identifiers = customer->n_identifiers;
}

static const char *adjustment_in_words(Arena *mem, const AdjustmentView *view)
{
	if (view->outcome == NULL)
		return arena_printf(mem, "%s: asked for, not answered yet", view->asked);
	return arena_printf(mem, "%s: %s%s%s", view->asked, view->outcome, view->reasons != NULL ? ". " : "",
		view->reasons != NULL ? view->reasons : "");
}

static const GovukAction *link_to(Arena *mem, const char *href, const char *text, const char *what)
{
	GovukAction *action = arena_new0(mem, GovukAction);

	*action = (GovukAction){.href = href, .text = text, .visually_hidden = what};
	return action;
}

static const GovukAction *answer_link(const Filling *filling, const AdjustmentView *adjustment)
{
	return link_to(filling->visit->mem,
		arena_printf(filling->visit->mem, "/customers/%s/answer-adjustment?about=%s", filling->customer->ref,
			adjustment->ref),
		"Answer", adjustment->asked);
}

static void fill_needs(const Filling *filling)
{
	const CustomerView *customer = filling->customer;
	Arena *mem = filling->visit->mem;
	GovukSummaryRow *rows = arena_array(mem, GovukSummaryRow, customer->n_needs + customer->n_adjustments + 1);
	gsize n = 0;

	for (gsize i = 0; i < customer->n_needs; i++) {
		const NeedView *view = &customer->needs[i];

		rows[n++] = (GovukSummaryRow){.key = {.text = "Need"},
			.value = {.text = *view->in_words != '\0'
						  ? arena_printf(mem, "%s (%s)", view->what, view->in_words)
						  : view->what}};
	}
	for (gsize i = 0; i < customer->n_adjustments; i++)
		rows[n++] = (GovukSummaryRow){.key = {.text = "Adjustment"},
			.value = {.text = adjustment_in_words(mem, &customer->adjustments[i])},
			.actions = answer_link(filling, &customer->adjustments[i]),
			.n_actions = customer->adjustments[i].outcome == NULL ? 1 : 0};
	filling->page->needs = rows;
	filling->page->n_needs = n;
}

static const char *open_or_closed(const Filling *filling, Instant closed_at, const char *how)
{
	if (closed_at == INSTANT_NONE)
		return "Open";
	return arena_printf(filling->visit->mem, "Closed on %s%s%s", day_words(filling, closed_at),
		how != NULL ? ": " : "", how != NULL ? how : "");
}

static void fill_lists(const Filling *filling)
{
	const CustomerView *customer = filling->customer;
	const Office *office = filling->visit->office;
	Arena *mem = filling->visit->mem;
	GovukSummaryRow *matters = arena_array(mem, GovukSummaryRow, customer->n_matters + 1);
	GovukSummaryRow *casefiles = arena_array(mem, GovukSummaryRow, customer->n_casefiles + 1);
	GovukSummaryRow *letters = arena_array(mem, GovukSummaryRow, customer->n_letters + 1);

	for (gsize i = 0; i < customer->n_matters; i++) {
		const MatterView *view = &customer->matters[i];

		matters[i] = row_of(
			view->ref, arena_printf(mem, "%s. %s. %s", view->title, office_function(office, view->function),
					   open_or_closed(filling, view->closed_at, view->closed_how)));
	}
	for (gsize i = 0; i < customer->n_casefiles; i++) {
		const CasefileView *view = &customer->casefiles[i];

		casefiles[i] =
			row_of(view->ref, arena_printf(mem, "%s, since %s. %s", office_function(office, view->function),
						  day_words(filling, view->opened_at),
						  open_or_closed(filling, view->closed_at, view->outcome)));
		casefiles[i].actions = link_to(mem, arena_printf(mem, "/casefiles/%s", view->ref), "Open", view->ref);
		casefiles[i].n_actions = 1;
	}
	for (gsize i = 0; i < customer->n_letters; i++) {
		letters[i] = row_of(arena_printf(mem, "%s, %s", customer->letters[i].title, customer->letters[i].ref),
			letter_in_words(filling->visit, &customer->letters[i]));
		letters[i].actions = link_to(mem, arena_printf(mem, "/letters/%s", customer->letters[i].ref), "Open",
			customer->letters[i].ref);
		letters[i].n_actions = 1;
	}
	filling->page->matters = matters;
	filling->page->n_matters = customer->n_matters;
	filling->page->casefiles = casefiles;
	filling->page->n_casefiles = customer->n_casefiles;
	filling->page->letters = letters;
	filling->page->n_letters = customer->n_letters;
}

/* What the timeline may be narrowed to. */
static const char *const FILTERS[] = {"log-contact", "end-call", "hold-call", "report-behaviour", "assess-report",
	"warn", "record-answer", "request", "decide", "notify", "confirm-notice"};

static void fill_filters(const Filling *filling, const char *act)
{
	GovukOption *options = arena_array(filling->visit->mem, GovukOption, G_N_ELEMENTS(FILTERS) + 2);
	gsize n = 0;

	options[n++] = (GovukOption){.text = "Everything", .value = ""};
	options[n++] = (GovukOption){.text = "Contacts that the gate saw", .value = "contact"};
	for (gsize i = 0; i < G_N_ELEMENTS(FILTERS); i++)
		options[n++] = (GovukOption){.text = acts_find(FILTERS[i])->title, .value = FILTERS[i]};
	filling->page->filters = options;
	filling->page->n_filters = n;
	filling->page->filter = act != NULL ? act : "";
}

static const char *line_text(const Filling *filling, const TimelineLine *line)
{
	Verdict verdict;
	Channel channel;

	if (line->verdict == NULL || !verdict_parse(line->verdict, &verdict) || line->channel == NULL ||
		!channel_parse(line->channel, &channel))
		return line->summary;
	return arena_printf(filling->visit->mem, "%s%s%s. The gate's answer: %s.",
		line->summary != NULL ? line->summary : "", line->summary != NULL ? ". " : "", words_channel(channel),
		words_verdict(filling->visit->mem, verdict, channel, 0, NULL));
}

static const char *timeline_href(const Filling *filling, const char *cursor)
{
	GString *href = g_string_new("/customers/");

	g_string_append_uri_escaped(href, filling->customer->ref, NULL, FALSE);
	g_string_append(href, "?act=");
	g_string_append_uri_escaped(href, filling->page->filter, NULL, FALSE);
	if (cursor != NULL) {
		g_string_append(href, "&before=");
		g_string_append_uri_escaped(href, cursor, NULL, FALSE);
	}
	g_string_append(href, "#timeline");
	return arena_own(filling->visit->mem, g_string_free(href, FALSE), g_free);
}

static gboolean fill_timeline(const Filling *filling, GError **error)
{
	Visit *visit = filling->visit;
	const ActCaller caller = visit_caller(visit);
	const char *act = http_query(visit->request, "act"), *before = http_query(visit->request, "before");
	CustomerPage *page = filling->page;
	MojTimelineItem *items;
	Timeline *timeline;

	if (act != NULL && *act == '\0')
		act = NULL;
	if (!read_timeline(visit->web->acts, visit->mem, &caller, filling->customer->ref, act, before, TIMELINE_LINES,
		    &timeline, error))
		return FALSE;
	fill_filters(filling, act);
	items = arena_array(visit->mem, MojTimelineItem, timeline->n + 1);
	for (gsize i = 0; i < timeline->n; i++) {
		const TimelineLine *line = &timeline->lines[i];

		items[i] = (MojTimelineItem){.label = line->title,
			.byline = line->by,
			.timestamp = instant_format(visit->mem, line->happened_at),
			.when = page_time(visit, line->happened_at),
			.text = g_strcmp0(line->summary, line->title) != 0 ? line_text(filling, line) : NULL};
	}
	page->timeline = items;
	page->n_timeline = timeline->n;
	if (timeline->next != NULL)
		page->older_href = timeline_href(filling, timeline->next);
	if (before != NULL)
		page->newest_href = timeline_href(filling, NULL);
	return TRUE;
}

void page_customer(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	const ActCaller caller = visit_caller(visit);
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);
	g_autoptr(GError) error = NULL;
	CustomerView *customer;
	CustomerPage page = {0};
	Filling filling;
	Layout frame;

	(void)context;
	if (!read_customer(visit->web->acts, visit->mem, &caller, http_param(request, "ref"), &customer, &error)) {
		page_error(visit, response, error);
		return;
	}
	filling = (Filling){.visit = visit, .customer = customer, .page = &page};
	page.customer = customer;
	page.done = flow_done(visit, NULL);
	page.works_cases = office_may(visit->office, BY_ANYONE);
	page.kind = g_str_equal(customer->kind, "body") ? "an organisation" : "a person";
	page.back = visit_back(visit);
	page.call_href = arena_printf(visit->mem, "/?q=%s", customer->ref);
	fill_alerts(&filling);
	fill_arrangements(&filling);
	fill_details(&filling);
	fill_identifiers(&filling);
	fill_needs(&filling);
	fill_lists(&filling);
	if (!fill_timeline(&filling, &error)) {
		page_error(visit, response, error);
		return;
	}
	frame = page_frame(visit, customer->name);
	page.frame = &frame;
	customer_page(out, &page);
	page_send(visit, response, 200, out);
}
