/* gate_state.c: the gate's health in words. Programs read /healthz and /metrics. */
#include "web/pages/gate_state.h"

#include "web/words.h"

static GovukSummaryRow row(Visit *visit, const char *key, gint64 number)
{
	return (GovukSummaryRow){
		.key = {.text = key}, .value = {.text = arena_printf(visit->mem, "%" G_GINT64_FORMAT, number)}};
}

static const char *confirmed(Visit *visit, const GateHealth *health)
{
	if (health->confirmed_ms < 0)
		return "never since it was started";
	return health->confirmed_ms < 2000
		       ? "within the last two seconds"
		       : arena_printf(visit->mem, "%" G_GINT64_FORMAT " seconds ago", health->confirmed_ms / 1000);
}

static void say_what_it_knows(Visit *visit, const GateHealth *health, GateStatePage *page)
{
	GovukSummaryRow *rows = arena_array(visit->mem, GovukSummaryRow, 7);
	gsize n = 0;

	rows[n++] = row(visit, "It knows the record up to entry number", health->version);
	rows[n++] = (GovukSummaryRow){
		.key = {.text = "When the database last confirmed that"}, .value = {.text = confirmed(visit, health)}};
	rows[n++] = row(visit, "Phone numbers and addresses it knows", (gint64)health->identifiers);
	rows[n++] = row(visit, "Arrangements it could not read", (gint64)health->problems);
	rows[n++] = row(visit, "Questions it could not answer", health->failures);
	rows[n++] = row(visit, "Mail servers and phone systems connected now", health->connections);
	rows[n++] = row(visit, "Connections it refused because there were too many", health->refused);
	page->rows = rows;
	page->n_rows = n;
}

static void say_what_it_answered(Visit *visit, const GateHealth *health, GateStatePage *page)
{
	GovukSummaryRow *rows = arena_array(visit->mem, GovukSummaryRow, VERDICTS);

	for (Verdict verdict = 0; verdict < VERDICTS; verdict++)
		rows[verdict] = row(visit, words_verdict_short(verdict), health->by_verdict[verdict]);
	page->verdicts = rows;
	page->n_verdicts = VERDICTS;
}

static void say_how_it_is(Visit *visit, GateStatePage *page)
{
	GateHealth health;

	if (visit->web->gate == NULL) {
		page->state = "No gate runs here";
		page->state_variant = "information";
		page->state_sentence =
			"This program was started without one. Where the gate runs, its /healthz says how it is.";
		return;
	}
	gate_health(visit->web->gate, &health);
	page->state = health.answers ? "The gate works" : "The gate does not work";
	page->state_variant = health.answers ? "success" : "error";
	page->state_sentence = *health.error != '\0' ? arena_strdup(visit->mem, health.error)
			       : health.answers      ? "It answers what it is asked."
						     : "It cannot answer: it has not read the database yet.";
	say_what_it_knows(visit, &health, page);
	say_what_it_answered(visit, &health, page);
}

void page_gate_state(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	const Layout frame = page_frame(visit, "The gate");
	GateStatePage page = {0};
	StatusView status;
	g_autoptr(GError) error = NULL;
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);

	(void)context;
	if (!read_status(visit->web->acts, visit->mem, &status, &error)) {
		page_error(visit, response, error);
		return;
	}
	page.base = admin_frame(visit, &frame);
	page.warnings = status.unprotected;
	page.n_warnings = status.n_unprotected;
	say_how_it_is(visit, &page);
	gate_state_page(out, &page);
	page_send(visit, response, 200, out);
}
