/* customer_who.c: who a customer is, what they are recognised by and who shares it (R11), and what they need (B6). */
#include "web/customer_words.h"
#include "web/pages/customer_fill.h"

static const char *on_one_line(Arena *mem, const char *lines)
{
	g_auto(GStrv) parts = g_strsplit(lines, "\n", -1);

	return arena_own(mem, g_strjoinv(", ", parts), g_free);
}

static void fill_details(const CustomerFilling *filling)
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
		.key = {.text = "Letter format"}, .value = {.text = format != NULL ? format->title : customer->format}};
	for (gsize i = 0; i < customer->n_representatives; i++) {
		const RepresentativeView *view = &customer->representatives[i];

		if (view->ended_at == INSTANT_NONE)
			rows[n++] = (GovukSummaryRow){.key = {.text = "Represented by"},
				.value = {.text = arena_printf(mem, "%s, %s, %s", view->name, view->capacity,
						  number_in_words(filling->visit, view->kind, view->normal))}};
	}
	filling->page->details = rows;
	filling->page->n_details = n;
}

static const char *sharing_in_words(const CustomerFilling *filling, const IdentifierView *view)
{
	g_autoptr(GString) others = g_string_new(NULL);
	const CustomerFile *file = filling->file;

	for (gsize i = 0; i < file->n_sharers; i++)
		if (g_str_equal(file->sharers[i].identifier, view->ref))
			g_string_append_printf(others, "%s%s (%s)", others->len > 0 ? ", " : "", file->sharers[i].name,
				file->sharers[i].customer);
	if (others->len > 0)
		return arena_printf(filling->visit->mem, "Shared with %s: ask who it is", others->str);
	if (view->used_by_others)
		return "Others use it too: ask who it is";
	return view->confirmed ? "Used by nobody else that we know of" : "Not confirmed by a manager";
}

static void link_identifier(const CustomerFilling *filling, GovukSummaryRow *row, const char *act, const char *text,
	const IdentifierView *view)
{
	customer_link(filling, row,
		arena_printf(filling->visit->mem, "/customers/%s/%s?about=%s", filling->customer->ref, act, view->ref),
		text, number_in_words(filling->visit, view->kind, view->typed));
}

/* Who shares it, and what can be said of it. */
static void link_to_sharing(const CustomerFilling *filling, GovukSummaryRow *row, const IdentifierView *view)
{
	const CustomerFile *file = filling->file;

	for (gsize i = 0; i < file->n_sharers; i++)
		if (g_str_equal(file->sharers[i].identifier, view->ref))
			customer_link(filling, row,
				arena_printf(filling->visit->mem, "/customers/%s", file->sharers[i].customer),
				arena_printf(filling->visit->mem, "Look at %s", file->sharers[i].customer),
				file->sharers[i].name);
	if (!filling->page->works_cases)
		return;
	if (!view->used_by_others)
		link_identifier(filling, row, "mark-shared", "Others use it too", view);
	if (!view->confirmed && office_may(filling->visit->office, BY(MANAGER)))
		link_identifier(filling, row, "confirm-identifier", "Confirm", view);
	link_identifier(filling, row, "end-identifier", "No longer theirs", view);
}

static void fill_identifiers(const CustomerFilling *filling)
{
	const CustomerView *customer = filling->customer;
	Arena *mem = filling->visit->mem;
	GovukSummaryRow *rows = arena_array(mem, GovukSummaryRow, customer->n_identifiers + 1);

	for (gsize i = 0; i < customer->n_identifiers; i++) {
		const IdentifierView *view = &customer->identifiers[i];

		if (view->ended_at != INSTANT_NONE) {
			rows[i] = customer_row(number_in_words(filling->visit, view->kind, view->typed),
				arena_printf(mem, "No longer theirs since %s", customer_day(filling, view->ended_at)));
			continue;
		}
		rows[i] = customer_row(number_in_words(filling->visit, view->kind, view->typed),
			arena_printf(mem, "%s%s%s", sharing_in_words(filling, view),
				view->recognised != NULL ? ". Recognised by " : "",
				view->recognised != NULL ? view->recognised : ""));
		link_to_sharing(filling, &rows[i], view);
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

static void fill_needs(const CustomerFilling *filling)
{
	const CustomerView *customer = filling->customer;
	Arena *mem = filling->visit->mem;
	GovukSummaryRow *rows = arena_array(mem, GovukSummaryRow, customer->n_needs + customer->n_adjustments + 1);
	gsize n = 0;

	for (gsize i = 0; i < customer->n_needs; i++) {
		const NeedView *view = &customer->needs[i];

		rows[n++] = (GovukSummaryRow){.key = {.text = "Need"},
			.value = {.text = *view->in_words != '\0'
						  ? arena_printf(mem, "%s. %s", view->what, view->in_words)
						  : view->what}};
	}
	for (gsize i = 0; i < customer->n_adjustments; i++) {
		const AdjustmentView *view = &customer->adjustments[i];

		rows[n] = customer_row("Adjustment", adjustment_in_words(mem, view));
		if (view->outcome == NULL)
			customer_link(filling, &rows[n],
				arena_printf(mem, "/customers/%s/answer-adjustment?about=%s", customer->ref, view->ref),
				"Answer", view->asked);
		n++;
	}
	filling->page->needs = rows;
	filling->page->n_needs = n;
}

void customer_fill_who(const CustomerFilling *filling)
{
	fill_details(filling);
	fill_identifiers(filling);
	fill_needs(filling);
}
