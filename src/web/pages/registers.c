/* registers.c: fills the page of a register: filters as the address has them, columns with their sorting links, rows.
 * What a register consists of: register_table.c; its file: registers_csv.c. */
#include "web/pages/registers.h"

#include <string.h>

enum { ROWS_A_PAGE = 50, SOON_DAYS = 28, FIELDS_MAX = READ_FILTERS_MAX };

typedef struct {
	Visit *visit;
	const Register *what;
	RegistersPage *page;
	GHashTable *people; /* by user name, their names */
	RegisterAsk ask;
	const char *sort;               /* of the address; NULL: the usual */
	const char *values[FIELDS_MAX]; /* as the address has them, in the filters' order; NULL: absent */
} Filling;

static const char *asked(const Filling *filling, const char *name)
{
	const char *value = http_query(filling->visit->request, name);

	return value != NULL ? arena_own(filling->visit->mem, g_strstrip(g_strdup(value)), g_free) : NULL;
}

/* The value of a filter for the list; NULL: any. */
static const char *list_value(const Filling *filling, const RegisterFilter *filter, const char *value)
{
	const Office *office = filling->visit->office;

	if (value == NULL || *value == '\0')
		return NULL;
	if (filter->kind != FILTER_IS_REVIEW)
		return value;
	if (g_str_equal(value, "overdue"))
		return day_format(filling->visit->mem, office->today);
	return g_str_equal(value, "soon") ? day_format(filling->visit->mem, office->today + SOON_DAYS) : value;
}

static void read_address(Filling *filling)
{
	gsize i = 0;

	for (const RegisterFilter *filter = filling->what->filters; filter->name != NULL; filter++, i++) {
		const char *value = asked(filling, filter->name);

		filling->values[i] = value != NULL ? value : filter->usual;
		value = list_value(filling, filter, filling->values[i]);
		if (value != NULL)
			filling->ask.filters[filling->ask.n_filters++] = (ReadFilter){filter->name, value};
	}
	filling->sort = asked(filling, "sort");
	if (filling->sort != NULL && *filling->sort == '\0')
		filling->sort = NULL;
	filling->ask.sort = filling->sort != NULL ? filling->sort : filling->what->usual_sort;
	filling->ask.filters[filling->ask.n_filters++] = (ReadFilter){"sort", filling->ask.sort};
	filling->ask.cursor = asked(filling, "cursor");
	if (filling->ask.cursor != NULL && *filling->ask.cursor == '\0')
		filling->ask.cursor = NULL;
}

static void put(GString *href, const char *name, const char *value)
{
	g_string_append_printf(href, "%s%s=", strchr(href->str, '?') == NULL ? "?" : "&", name);
	g_string_append_uri_escaped(href, value, NULL, FALSE);
}

/* The register's address with its filters, without the one named `less`. */
static const char *href_of(
	const Filling *filling, const char *ending, const char *sort, const char *cursor, const char *less)
{
	GString *href = g_string_new("/registers/");
	gsize i = 0;

	g_string_append_printf(href, "%s%s", filling->what->name, ending);
	for (const RegisterFilter *filter = filling->what->filters; filter->name != NULL; filter++, i++) {
		if (g_strcmp0(filter->name, less) == 0 && filter->usual != NULL)
			put(href, filter->name, ""); /* any, not the usual */
		else if (g_strcmp0(filter->name, less) != 0 && filling->values[i] != NULL &&
			 (*filling->values[i] != '\0' || filter->usual != NULL))
			put(href, filter->name, filling->values[i]);
	}
	if (sort != NULL)
		put(href, "sort", sort);
	if (cursor != NULL)
		put(href, "cursor", cursor);
	return arena_own(filling->visit->mem, g_string_free(href, FALSE), g_free);
}

static void fill_others(Filling *filling)
{
	MojNavigationItem *items = arena_array(filling->visit->mem, MojNavigationItem, 16);

	for (const Register *row = registers; row->name != NULL; row++)
		items[filling->page->n_others++] = (MojNavigationItem){.text = row->title,
			.href = arena_printf(filling->visit->mem, "/registers/%s", row->name),
			.active = row == filling->what};
	filling->page->others = items;
}

static void fill_options(Filling *filling, RegisterField *field)
{
	const Office *office = filling->visit->office;
	const RegisterFilter *filter = field->filter;
	GovukOption *options = arena_array(filling->visit->mem, GovukOption, office->n_functions + 8);
	gsize n = 0;

	options[n++] = (GovukOption){.text = "Any", .value = ""};
	if (filter->kind == FILTER_IS_FUNCTION)
		for (gsize i = 0; i < office->n_functions; i++)
			options[n++] =
				(GovukOption){.text = office->functions[i].title, .value = office->functions[i].slug};
	for (gsize i = 0; filter->choices != NULL && filter->choices[i][0] != NULL; i++)
		options[n++] = (GovukOption){.text = filter->choices[i][1], .value = filter->choices[i][0]};
	field->options = options;
	field->n_options = n;
}

static const char *words_of(const RegisterField *field)
{
	for (gsize i = 0; i < field->n_options; i++)
		if (g_str_equal(field->options[i].value, field->value))
			return field->options[i].text;
	return field->value;
}

/* The form's fields, and the tags of what narrows the list now. */
static void fill_filter(Filling *filling)
{
	Arena *mem = filling->visit->mem;
	RegisterField *fields = arena_array(mem, RegisterField, FIELDS_MAX);
	MojFilterCategory *chosen = arena_array(mem, MojFilterCategory, FIELDS_MAX);
	MojFilter *filter = arena_new0(mem, MojFilter);
	RegistersPage *page = filling->page;

	for (const RegisterFilter *row = filling->what->filters; row->name != NULL; row++) {
		RegisterField *field = &fields[page->n_fields];
		const char *value = filling->values[page->n_fields++];

		*field = (RegisterField){.filter = row, .value = value != NULL ? value : ""};
		if (row->kind != FILTER_IS_TEXT)
			fill_options(filling, field);
		if (*field->value != '\0') {
			MojFilterTag *tag = arena_new0(mem, MojFilterTag);

			*tag = (MojFilterTag){
				.text = words_of(field), .href = href_of(filling, "", filling->sort, NULL, row->name)};
			page->narrowed = arena_printf(mem, "%s%s%s: %s", page->narrowed != NULL ? page->narrowed : "",
				page->narrowed != NULL ? "; " : "", row->label, tag->text);
			chosen[filter->n_categories++] =
				(MojFilterCategory){.heading = {.text = row->label}, .items = tag, .n_items = 1};
		}
	}
	page->fields = fields;
	filter->heading = (HtmlContent){.text = "Filter"};
	filter->selected_heading = (HtmlContent){.text = "Selected filters"};
	filter->clear_text = "Clear filters";
	filter->clear_href = arena_printf(mem, "/registers/%s", filling->what->name);
	filter->categories = chosen;
	page->filter = filter;
	page->action = filter->clear_href;
	page->sort = filling->sort;
}

static void fill_heads(Filling *filling)
{
	RegistersPage *page = filling->page;
	RegisterHead *heads = arena_array(filling->visit->mem, RegisterHead, 16);
	const gboolean down = *filling->ask.sort == '-';
	const char *by = filling->ask.sort + (down ? 1 : 0);

	for (const RegisterColumn *column = filling->what->columns; column->title != NULL; column++) {
		RegisterHead *head = &heads[page->n_heads];
		gboolean here;

		if (column->file_only)
			continue;
		page->n_heads++;
		here = column->sort != NULL && g_str_equal(column->sort, by);
		*head = (RegisterHead){.title = column->title};
		if (column->sort != NULL)
			head->href = href_of(filling, "",
				here && !down ? arena_printf(filling->visit->mem, "-%s", column->sort) : column->sort,
				NULL, NULL);
		if (here)
			head->sorted = down ? "descending" : "ascending";
	}
	page->heads = heads;
}

static const char *link_of(const Filling *filling, const RegisterColumn *column, const json_t *row)
{
	const char *reference =
		column->link != LINK_NONE ? json_string_value(json_object_get(row, column->link_member)) : NULL;

	if (reference == NULL)
		return NULL;
	return arena_printf(
		filling->visit->mem, "/%s/%s", column->link == LINK_CUSTOMER ? "customers" : "casefiles", reference);
}

/* References stay on one line; of words only those that may be long are broken inside. */
static const char *breaking(const RegisterColumn *column)
{
	if (g_str_equal(column->member, "id"))
		return "evenhand-register__reference";
	if (column->cell == CELL_RESTRICTIONS || column->cell == CELL_FOLLOWED_UP || column->cell == CELL_UNKNOWN ||
		g_str_equal(column->member, "name"))
		return "evenhand-register__long";
	return "evenhand-register__short";
}

static void fill_rows(Filling *filling, const json_t *items)
{
	RegistersPage *page = filling->page;
	Arena *mem = filling->visit->mem;
	RegisterRow *rows = arena_array(mem, RegisterRow, json_array_size(items) + 1);
	const json_t *item;
	gsize i;

	json_array_foreach(items, i, item)
	{
		RegisterCell *cells = arena_array(mem, RegisterCell, 16);

		rows[i].cells = cells;
		for (const RegisterColumn *column = filling->what->columns; column->title != NULL; column++)
			if (!column->file_only)
				cells[rows[i].n_cells++] = (RegisterCell){.label = column->title,
					.text = register_cell(filling->visit, filling->people, column, item, FALSE),
					.href = link_of(filling, column, item),
					.classes = breaking(column)};
	}
	page->rows = rows;
	page->n_rows = json_array_size(items);
}

/* What could not be looked up is said at the filter that it is about. */
static void say_problem(Filling *filling, const GError *error)
{
	RegisterField *fields = (RegisterField *)filling->page->fields;
	const char *about = evenhand_error_field(error);

	filling->page->problem = arena_strdup(filling->visit->mem, error->message);
	filling->page->problem_href = "#main-content";
	for (gsize i = 0; i < filling->page->n_fields; i++)
		if (g_strcmp0(about, fields[i].filter->name) == 0) {
			fields[i].problem = filling->page->problem;
			filling->page->problem_href = arena_printf(filling->visit->mem, "#%s", about);
		}
}

static void show(Filling *filling, HttpResponse *response)
{
	Visit *visit = filling->visit;
	const ActCaller caller = visit_caller(visit);
	Layout frame = page_frame(visit, filling->what->title);
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);
	g_autoptr(GError) error = NULL;
	json_t *list = NULL;
	const char *next;
	int status = 200;

	fill_others(filling);
	fill_filter(filling);
	fill_heads(filling);
	filling->page->frame = &frame;
	filling->page->what = filling->what;
	if (!office_people(visit->web->acts, visit->mem, &filling->people, &error)) {
		page_error(visit, response, error);
		return;
	}
	if (read_list(visit->web->acts, visit->mem, &caller, filling->what->list, filling->ask.filters,
		    filling->ask.n_filters, filling->ask.cursor, ROWS_A_PAGE, &list, &error)) {
		arena_own(visit->mem, list, (GDestroyNotify)json_decref);
		fill_rows(filling, json_object_get(list, "items"));
		next = json_string_value(json_object_get(list, "next"));
		if (next != NULL)
			filling->page->next_href = href_of(filling, "", filling->sort, next, NULL);
	} else if (g_error_matches(error, EVENHAND_ERROR, EVENHAND_ERROR_INVALID)) {
		status = http_status(error);
		frame.has_problems = TRUE;
		say_problem(filling, error);
	} else {
		page_error(visit, response, error);
		return;
	}
	if (filling->ask.cursor != NULL)
		filling->page->first_href = href_of(filling, "", filling->sort, NULL, NULL);
	filling->page->file_href = href_of(filling, ".csv", filling->sort, NULL, NULL);
	registers_page(out, filling->page);
	page_send(visit, response, status, out);
}

void page_register(void *context, HttpRequest *request, HttpResponse *response)
{
	const char *name = http_param(request, "name");
	const gboolean as_file = g_str_has_suffix(name, ".csv");
	RegistersPage page = {0};
	Filling filling = {.visit = visit_of(request), .page = &page};

	if (as_file)
		name = arena_strndup(http_arena(request), name, strlen(name) - strlen(".csv"));
	filling.what = register_find(name);
	if (filling.what == NULL) {
		page_problem(context, request, 404, response);
		return;
	}
	read_address(&filling);
	if (as_file) {
		filling.ask.cursor = NULL;
		register_file(filling.visit, filling.what, &filling.ask, response);
	} else
		show(&filling, response);
}
