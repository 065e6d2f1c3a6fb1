/* customer_timeline.c: what happened, newest first, with its filter and pages. */
#include "web/pages/customer_fill.h"

#include "web/pages/entry.h"
#include "web/words.h"

enum { TIMELINE_LINES = 20, SCRATCH_MAX = 64 << 10 };

/* What the timeline may be narrowed to. */
static const char *const FILTERS[] = {"log-contact", "end-call", "hold-call", "log-breach", "report-behaviour",
	"assess-report", "warn", "record-answer", "request", "decide", "vary", "lift", "dispute", "answer-dispute",
	"notify", "confirm-notice"};

static void fill_filters(const CustomerFilling *filling, const char *act)
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

static const char *line_text(const CustomerFilling *filling, const TimelineLine *line)
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

	fill_filters(filling, wanted.act);
	for (gsize i = 0; i < timeline->n; i++) {
		const TimelineLine *line = &timeline->lines[i];

		items[i] = (MojTimelineItem){
			.label = line->struck ? arena_printf(visit->mem, "%s (struck)", line->title) : line->title,
			.byline = line->by,
			.timestamp = instant_format(visit->mem, line->happened_at),
			.when = page_time(visit, line->happened_at),
			.text = g_strcmp0(line->summary, line->title) != 0 ? line_text(filling, line) : NULL};
		add_mend(filling, line, scratch, &items[i]);
	}
	page->timeline = items;
	page->n_timeline = timeline->n;
	if (timeline->next != NULL)
		page->older_href = timeline_href(filling, timeline->next);
	if (wanted.cursor != NULL)
		page->newest_href = timeline_href(filling, NULL);
}
