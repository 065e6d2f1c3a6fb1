/* customer_lists.c: a customer's matters with what was decided (K2), casefiles, letters, breaches, disputes, evidence.
 */
#include "web/pages/customer_fill.h"

#include "web/customer_words.h"

static const char *open_or_closed(const CustomerFilling *filling, Instant closed_at, const char *how)
{
	if (closed_at == INSTANT_NONE)
		return "Open";
	return arena_printf(filling->visit->mem, "Closed on %s%s%s", customer_day(filling, closed_at),
		how != NULL ? ": " : "", how != NULL ? how : "");
}

/* K2: what was decided about a matter, a line each. */
static const char *decisions_in_words(const CustomerFilling *filling, const char *matter)
{
	g_autoptr(GString) words = g_string_new(NULL);
	const CustomerFile *file = filling->file;

	for (gsize i = 0; i < file->n_decisions; i++)
		if (g_str_equal(file->decisions[i].matter, matter))
			g_string_append_printf(words, "\n%s on %s%s%s", file->decisions[i].title,
				customer_day(filling, file->decisions[i].at),
				file->decisions[i].ref != NULL ? ": " : "",
				file->decisions[i].ref != NULL ? file->decisions[i].ref : "");
	return arena_strndup(filling->visit->mem, words->str, words->len);
}

static void fill_matters(const CustomerFilling *filling)
{
	const CustomerView *customer = filling->customer;
	const Office *office = filling->visit->office;
	Arena *mem = filling->visit->mem;
	GovukSummaryRow *rows = arena_array(mem, GovukSummaryRow, customer->n_matters + 1);

	for (gsize i = 0; i < customer->n_matters; i++) {
		const MatterView *view = &customer->matters[i];

		rows[i] = customer_row(view->ref,
			arena_printf(mem, "%s. %s. %s%s", view->title, office_function(office, view->function),
				open_or_closed(filling, view->closed_at, view->closed_how),
				decisions_in_words(filling, view->ref)));
		rows[i].value_classes = "evenhand-lines";
		if (view->closed_at == INSTANT_NONE && filling->page->works_cases)
			customer_link(filling, &rows[i],
				arena_printf(mem, "/customers/%s/close-matter?about=%s", customer->ref, view->ref),
				"Close", view->ref);
	}
	filling->page->matters = rows;
	filling->page->n_matters = customer->n_matters;
}

static void fill_casefiles(const CustomerFilling *filling)
{
	const CustomerView *customer = filling->customer;
	Arena *mem = filling->visit->mem;
	GovukSummaryRow *rows = arena_array(mem, GovukSummaryRow, customer->n_casefiles + 1);

	for (gsize i = 0; i < customer->n_casefiles; i++) {
		const CasefileView *view = &customer->casefiles[i];
		const char *title = office_function(filling->visit->office, view->function);

		rows[i] = customer_row(view->ref,
			view->closed_at == INSTANT_NONE
				? arena_printf(mem, "%s. Open since %s", title, customer_day(filling, view->opened_at))
				: arena_printf(mem, "%s. Opened on %s. %s", title,
					  customer_day(filling, view->opened_at),
					  open_or_closed(filling, view->closed_at, view->outcome)));
		customer_link(filling, &rows[i], arena_printf(mem, "/casefiles/%s", view->ref), "View", view->ref);
	}
	filling->page->casefiles = rows;
	filling->page->n_casefiles = customer->n_casefiles;
}

static void fill_letters(const CustomerFilling *filling)
{
	const CustomerView *customer = filling->customer;
	Arena *mem = filling->visit->mem;
	GovukSummaryRow *rows = arena_array(mem, GovukSummaryRow, customer->n_letters + 1);

	for (gsize i = 0; i < customer->n_letters; i++) {
		const LetterView *view = &customer->letters[i];

		rows[i] = customer_row(
			arena_printf(mem, "%s, %s", view->title, view->ref), letter_in_words(filling->visit, view));
		customer_link(filling, &rows[i], arena_printf(mem, "/letters/%s", view->ref), "View", view->ref);
	}
	filling->page->letters = rows;
	filling->page->n_letters = customer->n_letters;
}

/* "On 3 March 2026. Rang though … (struck by its author)" */
static GovukSummaryRow entry_row(const CustomerFilling *filling, const CustomerEntry *entry, const char *more)
{
	Arena *mem = filling->visit->mem;
	GovukSummaryRow row = customer_row(
		entry->ref, arena_printf(mem, "%s%s%s.%s%s%s", customer_day(filling, entry->at),
				    entry->about != NULL ? ", about " : "", entry->about != NULL ? entry->about : "",
				    more, entry->words != NULL ? "\n" : "", entry->words != NULL ? entry->words : ""));

	row.value_classes = entry->struck ? "evenhand-lines evenhand-struck" : "evenhand-lines";
	customer_link(filling, &row, arena_printf(mem, "/casefiles/%s", entry->casefile), "Casefile", entry->ref);
	return row;
}

static const char *stand_in_words(Arena *mem, const CustomerEntry *dispute)
{
	switch (dispute->stand) {
	case DISPUTE_ANSWERED:
		return " It was answered";
	case DISPUTE_WITHDRAWN:
		return " It was withdrawn";
	default:
		return arena_printf(mem, " It is open, and to be answered by %s", day_in_words(mem, dispute->reply_by));
	}
}

static void fill_entries(const CustomerFilling *filling)
{
	const CustomerFile *file = filling->file;
	Arena *mem = filling->visit->mem;
	GovukSummaryRow *breaches = arena_array(mem, GovukSummaryRow, file->n_breaches + 1);
	GovukSummaryRow *disputes = arena_array(mem, GovukSummaryRow, file->n_disputes + 1);
	GovukSummaryRow *evidence = arena_array(mem, GovukSummaryRow, file->n_evidence + 1);

	for (gsize i = 0; i < file->n_breaches; i++)
		breaches[i] = entry_row(
			filling, &file->breaches[i], file->breaches[i].struck ? " Its author took it back" : "");
	for (gsize i = 0; i < file->n_disputes; i++)
		disputes[i] = entry_row(filling, &file->disputes[i], stand_in_words(mem, &file->disputes[i]));
	for (gsize i = 0; i < file->n_evidence; i++) {
		const CustomerEntry *entry = &file->evidence[i];

		evidence[i] = entry_row(filling, entry, entry->struck ? " Its author took it back" : "");
		if (!entry->struck)
			customer_link(filling, &evidence[i], arena_printf(mem, "/evidence/%s", entry->ref), "Download",
				entry->ref);
	}
	filling->page->breaches = breaches;
	filling->page->n_breaches = file->n_breaches;
	filling->page->disputes = disputes;
	filling->page->n_disputes = file->n_disputes;
	filling->page->evidence = evidence;
	filling->page->n_evidence = file->n_evidence;
}

void customer_fill_lists(const CustomerFilling *filling)
{
	fill_matters(filling);
	fill_casefiles(filling);
	fill_letters(filling);
	fill_entries(filling);
}
