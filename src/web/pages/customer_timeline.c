/* customer_timeline.c: what happened, newest first, with its filter and pages. */
#include "web/pages/customer_fill.h"

#include "web/pages/entry.h"
#include "web/words.h"

enum { TIMELINE_LINES = 20, SCRATCH_MAX = 64 << 10 };

/* What the timeline may be narrowed to. */
static const GovukOption FILTERS[] = {
	{.text = "Everything", .value = ""},
	{.text = "Contacts that the gate saw", .value = "contact"},
	{.text = "Contacts that staff logged", .value = "log-contact"},
	{.text = "Calls that were ended", .value = "end-call"},
	{.text = "Calls put on hold", .value = "hold-call"},
	{.text = "Reports of behaviour", .value = "report-behaviour"},
	{.text = "Assessments", .value = "assess-report"},
	{.text = "Warnings", .value = "warn"},
	{.text = "Answers to a warning", .value = "record-answer"},
	{.text = "Requests for authorisation", .value = "request"},
	{.text = "Decisions", .value = "decide"},
	{.text = "Arrangements made easier", .value = "vary"},
	{.text = "Arrangements lifted", .value = "lift"},
	{.text = "Breaches", .value = "log-breach"},
	{.text = "Disputes", .value = "dispute"},
	{.text = "Disputes answered", .value = "answer-dispute"},
	{.text = "Letters approved", .value = "notify"},
	{.text = "Letters sent or returned", .value = "confirm-notice"},
};

static const char *line_text(const CustomerFilling *filling, const TimelineLine *line)
{
	Arena *mem = filling->visit->mem;
	const char *answer;
	Verdict verdict;
	Channel channel;

	if (line->verdict == NULL || !verdict_parse(line->verdict, &verdict) || line->channel == NULL ||
		!channel_parse(line->channel, &channel))
		return line->text;
	answer = words_verdict(mem, verdict, channel, 0, NULL);
	return line->text == NULL ? arena_printf(mem, "The gate's answer: %s.", answer)
				  : arena_printf(mem, "The gate's answer: %s. %s", answer, line->text);
}

/* What somebody wrote of a contact or a need themselves, they put right from here. */
static void add_mend(const CustomerFilling *filling, const TimelineLine *line, Html *scratch, MojTimelineItem *item)
{
	static const char *const OWN[] = {"log-contact", "end-call", "hold-call", "record-need", NULL};
	const Visit *visit = filling->visit;

	if (line->struck || line->ref == NULL || !g_strv_contains(OWN, line->act) ||
		!entry_is_own(visit, line->by, line->happened_at, INSTANT_NONE))
		return;
	if (item->text != NULL)
		html_text(scratch, item->text);
	entry_mend(scratch, visit, line->ref, line->by, line->happened_at, INSTANT_NONE);
	item->html = html_cut(scratch, 0);
}

static const char *timeline_href(const CustomerFilling *filling, const char *cursor)
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

TimelinePage customer_timeline_wanted(HttpRequest *request)
{
	const char *act = http_query(request, "act");

	return (TimelinePage){.act = act != NULL && *act != '\0' ? act : NULL,
		.cursor = http_query(request, "before"),
		.limit = TIMELINE_LINES};
}

void customer_fill_timeline(const CustomerFilling *filling)
{
	Visit *visit = filling->visit;
	const TimelinePage wanted = customer_timeline_wanted(visit->request);
	const Timeline *timeline = filling->timeline;
	CustomerPage *page = filling->page;
	MojTimelineItem *items = arena_array(visit->mem, MojTimelineItem, timeline->n + 1);
	Html *scratch = arena_own(visit->mem, html_new(SCRATCH_MAX), (GDestroyNotify)html_free);

	page->filters = FILTERS;
	page->n_filters = G_N_ELEMENTS(FILTERS);
	page->filter = wanted.act != NULL ? wanted.act : "";
	for (gsize i = 0; i < timeline->n; i++) {
		const TimelineLine *line = &timeline->lines[i];

		items[i] = (MojTimelineItem){
			.label = line->struck ? arena_printf(visit->mem, "%s (struck out)", line->title) : line->title,
			.byline = line->by_name,
			.timestamp = instant_format(visit->mem, line->happened_at),
			.when = page_time(visit, line->happened_at),
			.text = line_text(filling, line)};
		add_mend(filling, line, scratch, &items[i]);
	}
	page->timeline = items;
	page->n_timeline = timeline->n;
	page->timeline_left_out = timeline->left_out;
	if (timeline->next != NULL)
		page->older_href = timeline_href(filling, timeline->next);
	if (wanted.cursor != NULL)
		page->newest_href = timeline_href(filling, NULL);
}
