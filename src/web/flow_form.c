/* flow_form.c: what stands in a flow's fields: typed, kept in a draft, or there from the start; and how each question
 * reads in a problem and on 'check your answers'. */
#include "web/flow_private.h"

#include "web/words.h"

#include <string.h>

/* Fields of the form's own machinery, which no draft keeps. */
static gboolean is_machinery(const char *name)
{
	return g_str_equal(name, "csrf") || g_str_equal(name, "request_id") || g_str_equal(name, "go");
}

/* The first is the act's own choice, N4; a form that says nothing means that one. */
const GovukChoice *flow_deliveries(const Flow *flow)
{
	static const GovukChoice CHOICES[] = {
		{.value = "", .text = "The usual way for this customer"},
		{.value = "email", .text = "By e-mail"},
		{.value = "post", .text = "By post"},
		{.value = "by-hand", .text = "Handed over"},
		{.value = "read-out", .text = "Read out to them"},
		{.value = "task", .text = "In another format, which somebody has to make"},
	};
	GovukChoice *choices = arena_memdup(flow->mem, CHOICES, sizeof CHOICES);
	const char *chosen = flow_value(flow, "delivery");

	G_STATIC_ASSERT(G_N_ELEMENTS(CHOICES) == FLOW_DELIVERIES);
	choices[0].checked = chosen == NULL || *chosen == '\0';
	return choices;
}

const GovukChoice *flow_scopes(const Flow *flow, gsize *ret_n)
{
	const CasefilePageView *file = flow->file;
	GovukChoice *scopes = arena_array(flow->mem, GovukChoice, FLOW_SCOPES);
	gsize n = 0;

	if (file->n_matters > 0)
		scopes[n++] = (GovukChoice){.value = "matter",
			.text = file->n_matters > 1 ? "One matter only"
						    : arena_printf(flow->mem, "Only the matter ‘%s’, %s",
							      file->matters[0].title, file->matters[0].ref)};
	scopes[n++] = (GovukChoice){
		.value = "function", .text = arena_printf(flow->mem, "Contact with %s", file->function_title)};
	scopes[n++] = (GovukChoice){
		.value = "organisation", .text = "The whole organisation", .hint = {.text = "This needs a reason."}};
	*ret_n = n;
	return scopes;
}

const GovukChoice *flow_matters(const Flow *flow, gsize *ret_n)
{
	const CasefilePageView *file = flow->file;
	GovukChoice *matters = arena_array(flow->mem, GovukChoice, file->n_matters + 1);

	for (gsize i = 0; i < file->n_matters; i++)
		matters[i] = (GovukChoice){.value = file->matters[i].ref,
			.text = arena_printf(flow->mem, "%s, %s", file->matters[i].title, file->matters[i].ref)};
	*ret_n = file->n_matters;
	return matters;
}

static const char *first_of(const HttpPair *pairs, gsize n, const char *name)
{
	for (gsize i = 0; i < n; i++)
		if (g_str_equal(pairs[i].name, name))
			return pairs[i].value;
	return NULL;
}

const char *flow_typed(const Flow *flow, const char *field)
{
	return first_of(flow->pairs, flow->n_pairs, field);
}

const char *flow_value(const Flow *flow, const char *field)
{
	if (flow->pairs != NULL)
		return flow_typed(flow, field);
	for (gsize i = 0; i < flow->prefilled.n; i++) {
		const HttpPair *pair = flow->prefilled.items[i];

		if (g_str_equal(pair->name, field))
			return pair->value;
	}
	return NULL;
}

const char *const *flow_values(const Flow *flow, const char *field)
{
	const char **values = arena_array(flow->mem, const char *, flow->n_pairs + flow->prefilled.n + 1);
	gsize n = 0;

	for (gsize i = 0; i < flow->n_pairs; i++)
		if (g_str_equal(flow->pairs[i].name, field))
			values[n++] = flow->pairs[i].value;
	for (gsize i = 0; flow->pairs == NULL && i < flow->prefilled.n; i++) {
		const HttpPair *pair = flow->prefilled.items[i];

		if (g_str_equal(pair->name, field))
			values[n++] = pair->value;
	}
	return values;
}

gboolean flow_holds(const Flow *flow, const char *field, const char *value)
{
	return g_strv_contains(flow_values(flow, field), value);
}

void flow_prefill(Flow *flow, const char *field, const char *value)
{
	HttpPair *pair;

	if (value == NULL)
		return;
	pair = arena_new0(flow->mem, HttpPair);
	*pair = (HttpPair){.name = arena_strdup(flow->mem, field), .value = arena_strdup(flow->mem, value)};
	arena_list_add(flow->mem, &flow->prefilled, pair);
}

void flow_prefill_day(Flow *flow, const char *field, Day day)
{
	int year, month, day_of_month;

	if (day == DAY_NONE)
		return;
	day_to_civil(day, &year, &month, &day_of_month);
	flow_prefill(flow, arena_printf(flow->mem, "%s/day", field), arena_printf(flow->mem, "%d", day_of_month));
	flow_prefill(flow, arena_printf(flow->mem, "%s/month", field), arena_printf(flow->mem, "%d", month));
	flow_prefill(flow, arena_printf(flow->mem, "%s/year", field), arena_printf(flow->mem, "%d", year));
}

void flow_prefill_when(Flow *flow, const char *field, Instant at)
{
	enum { MINUTE = 60 };
	int second;
	Day day;

	if (at == INSTANT_NONE)
		return;
	zone_local(flow->visit->office->zone, at, &day, &second);
	flow_prefill_day(flow, field, day);
	flow_prefill(flow, arena_printf(flow->mem, "%s/time", field), clock_format(flow->mem, second / MINUTE));
}

void flow_forget(Flow *flow, const char *field)
{
	HttpPair *pairs = arena_array(flow->mem, HttpPair, flow->n_pairs + 1);
	gsize n = 0;

	for (gsize i = 0; i < flow->n_pairs; i++)
		if (!g_str_equal(flow->pairs[i].name, field))
			pairs[n++] = flow->pairs[i];
	flow->pairs = pairs;
	flow->n_pairs = n;
}

const char *flow_problem(const Flow *flow, const char *field)
{
	return form_problem(flow->result, field);
}

static FlowAnswer *asked(const Flow *flow, const char *field)
{
	for (gsize i = 0; i < flow->answers.n; i++) {
		FlowAnswer *answer = flow->answers.items[i];

		if (g_str_equal(answer->field, field))
			return answer;
	}
	return NULL;
}

void flow_answered(Flow *flow, const char *field, const char *ask, const char *answer)
{
	FlowAnswer *known = asked(flow, field);

	if (known == NULL) {
		known = arena_new0(flow->mem, FlowAnswer);
		arena_list_add(flow->mem, &flow->answers, known);
	}
	/* What a template made lives as long as its buffer only. */
	known->field = arena_strdup(flow->mem, field);
	known->ask = arena_strdup(flow->mem, ask);
	known->answer = arena_strdup(flow->mem, answer);
}

void flow_note(Html *out, Flow *flow, const FlowQuestion *p, const char *answer)
{
	FlowAnswer *known;

	(void)out;
	flow_answered(flow, p->name, p->ask, answer);
	known = asked(flow, p->name);
	known->brief = arena_strdup(flow->mem, p->brief);
	known->missing = arena_strdup(flow->mem, p->missing);
}

void flow_hide_answer(Flow *flow, const char *field)
{
	FlowAnswer *known = asked(flow, field);

	if (known != NULL)
		known->answer = NULL;
}

void flow_object(Flow *flow, const char *field, const char *sentence)
{
	FormResult *result = arena_new0(flow->mem, FormResult);
	FieldProblem *problem = arena_new0(flow->mem, FieldProblem);

	if (flow->result == NULL) {
		*result = (FormResult){.status = 400, .kind = EVENHAND_ERROR_INVALID};
		flow->result = result;
	}
	*problem = (FieldProblem){.field = field, .sentence = sentence};
	arena_list_add(flow->mem, &flow->result->problems, problem);
}

void flow_collect(Flow *flow)
{
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);

	flow_questions(out, flow);
}

/* How the questions' templates say an answer: the choices' words in place of their values. */

const char *flow_choices_in_words(const Flow *flow, const FlowQuestion *p)
{
	g_autoptr(GString) words = g_string_new(NULL);

	for (gsize i = 0; i < p->n_choices; i++)
		if (p->choices[i].value != NULL && flow_holds(flow, p->name, p->choices[i].value))
			g_string_append_printf(words, "%s%s", words->len > 0 ? "\n" : "", p->choices[i].text);
	return arena_strndup(flow->mem, words->str, words->len);
}

const char *flow_part(const Flow *flow, const char *field, const char *part)
{
	return flow_value(flow, arena_printf(flow->mem, "%s/%s", field, part));
}

const char *flow_day_in_words(const Flow *flow, const char *field)
{
	static const char *const PARTS[] = {"day", "month", "year"};
	const char *text[G_N_ELEMENTS(PARTS)], *time = flow_part(flow, field, "time"), *said;
	guint64 number[G_N_ELEMENTS(PARTS)];
	gboolean is_day = TRUE;

	for (gsize i = 0; i < G_N_ELEMENTS(PARTS); i++) {
		text[i] = flow_part(flow, field, PARTS[i]);
		if (text[i] == NULL || *text[i] == '\0')
			return NULL;
		is_day &= g_ascii_string_to_unsigned(text[i], 10, 1, 9999, &number[i], NULL);
	}
	is_day = is_day && number[0] <= 31 && number[1] <= 12;
	said = is_day ? day_in_words(flow->mem, day_from_civil((int)number[2], (int)number[1], (int)number[0]))
		      : arena_printf(flow->mem, "%s %s %s", text[0], text[1], text[2]);
	return time != NULL && *time != '\0' ? arena_printf(flow->mem, "%s at %s", said, time) : said;
}

const GovukSummaryRow *flow_check_rows(Html *out, const Flow *flow, gsize *ret_n)
{
	GovukSummaryRow *rows = arena_array(flow->mem, GovukSummaryRow, flow->answers.n + 1);
	gsize n = 0;

	for (gsize i = 0; i < flow->answers.n; i++) {
		const FlowAnswer *answer = flow->answers.items[i];
		GovukAction *change;
		gsize mark;

		if (answer->answer == NULL || *answer->answer == '\0')
			continue;
		mark = html_mark(out);
		flow_lines(out, answer->answer);
		change = arena_new0(flow->mem, GovukAction);
		*change = (GovukAction){.href = arena_printf(flow->mem, "%s#%s", flow->address, answer->field),
			.text = "Change",
			.visually_hidden = answer->brief != NULL ? answer->brief : answer->ask};
		rows[n++] = (GovukSummaryRow){.key = {.text = answer->brief != NULL ? answer->brief : answer->ask},
			.value = {.html = html_cut(out, mark)},
			.actions = change,
			.n_actions = 1};
	}
	*ret_n = n;
	return rows;
}

/* The act's field of a question, for what is asked where a page says nothing: "findings/0/who". */
static const Field *field_of(const Flow *flow, const char *name)
{
	g_auto(GStrv) parts = g_strsplit(name, "/", -1);
	const Field *field = flow->act->fields, *found = NULL;

	for (gsize i = 0; parts[i] != NULL && field != NULL; i++) {
		if (found != NULL && found->type == FIELD_GROUP && g_ascii_isdigit(*parts[i]))
			continue;
		while (field->name != NULL && !g_str_equal(field->name, parts[i]))
			field++;
		found = field->name != NULL ? field : NULL;
		field = found != NULL && found->type == FIELD_GROUP ? found->fields : NULL;
	}
	return found;
}

static const char *missing_words(const Flow *flow, const FlowAnswer *question)
{
	const Field *field = field_of(flow, question->field);

	if (question->missing != NULL)
		return question->missing;
	switch (field != NULL ? field->type : FIELD_TEXT) {
	case FIELD_CHOICE:
	case FIELD_LINES:
	case FIELD_BOOL:
		return arena_printf(flow->mem, "Select an answer to ‘%s’", question->ask);
	case FIELD_DAY:
	case FIELD_INSTANT:
		return arena_printf(flow->mem, "Enter a date for ‘%s’", question->ask);
	case FIELD_FILE:
		return "Choose a file";
	default:
		return arena_printf(flow->mem, "Enter an answer to ‘%s’", question->ask);
	}
}

/* A file never stands in the form: what is wrong with one that was chosen is the act's to say. */
static gboolean is_file(const Flow *flow, const FlowAnswer *question)
{
	const Field *field = field_of(flow, question->field);

	return field != NULL && field->type == FIELD_FILE;
}

/* Whether nothing stands in a field. */
static gboolean is_empty(const Flow *flow, const char *field)
{
	static const char *const PARTS[] = {"day", "month", "year"};
	const char *value = flow_value(flow, field);
	gboolean any = value != NULL && *value != '\0';

	for (gsize i = 0; i < G_N_ELEMENTS(PARTS); i++) {
		value = flow_part(flow, field, PARTS[i]);
		any |= value != NULL && *value != '\0';
	}
	return !any;
}

/* 'force' becomes ‘Which police force was told?’, and what is missing is asked for by its question. */
static const char *in_words(Flow *flow, const FlowAnswer *question, const FieldProblem *problem)
{
	const char *slash, *key, *quoted, *at, *sentence = problem->sentence;

	if (question == NULL)
		return sentence;
	slash = strrchr(question->field, '/');
	key = slash != NULL ? slash + 1 : question->field;
	quoted = arena_printf(flow->mem, "'%s'", key);
	if (g_str_has_prefix(sentence, arena_printf(flow->mem, "Fill in %s", quoted)) ||
		(question->missing != NULL && !is_file(flow, question) && is_empty(flow, question->field)))
		return missing_words(flow, question);
	at = strstr(sentence, quoted);
	return at == NULL ? sentence
			  : arena_printf(flow->mem, "%.*s‘%s’%s", (int)(at - sentence), sentence, question->ask,
				    at + strlen(quoted));
}

/* The question of a problem: its own, or the first of the group that it names. */
static const FlowAnswer *question_of(const Flow *flow, const char *field)
{
	const FlowAnswer *own = asked(flow, field);

	for (gsize i = 0; own == NULL && *field != '\0' && i < flow->answers.n; i++) {
		const FlowAnswer *answer = flow->answers.items[i];

		if (g_str_has_prefix(answer->field, field) && answer->field[strlen(field)] == '/')
			own = answer;
	}
	return own;
}

void flow_say_problems(Flow *flow)
{
	const gsize n = flow->result != NULL ? flow->result->problems.n : 0;
	GovukProblem *items = arena_array(flow->mem, GovukProblem, n + 1);

	for (gsize i = 0; i < n; i++) {
		FieldProblem *problem = flow->result->problems.items[i];
		const FlowAnswer *question = question_of(flow, problem->field);

		if (flow->conflict)
			problem->sentence = arena_printf(flow->mem,
				"%s. Nothing of what you typed here was done yet, and it is still here: look at what "
				"is new, then send it again if it is still right",
				flow->own_news ? "You changed this casefile in another window"
					       : "Somebody else worked on this casefile while you wrote");
		else
			problem->sentence =
				words_with_rule(flow->mem, in_words(flow, question, problem), problem->rule);
		items[i] = (GovukProblem){.text = problem->sentence,
			.href = arena_printf(flow->mem, "#%s", question != NULL ? question->field : "flow")};
	}
	flow->problems = items;
	flow->n_problems = n;
}

/* Whether a question stands for this field; a day's parts belong to the day's question. */
static gboolean is_asked(const Flow *flow, const char *field)
{
	const char *slash = strrchr(field, '/');

	return asked(flow, field) != NULL ||
	       (slash != NULL && asked(flow, arena_strndup(flow->mem, field, (gsize)(slash - field))) != NULL);
}

static const HttpPair *hidden_fields(const Flow *flow, gboolean all, gsize *ret_n)
{
	HttpPair *hidden = arena_array(flow->mem, HttpPair, flow->n_pairs + flow->prefilled.n + 1);
	gsize n = 0;

	for (gsize i = 0; all && i < flow->n_pairs; i++)
		if (!is_machinery(flow->pairs[i].name))
			hidden[n++] = flow->pairs[i];
	for (gsize i = 0; !all && i < flow->prefilled.n; i++) {
		const HttpPair *pair = flow->prefilled.items[i];

		if (!is_asked(flow, pair->name))
			hidden[n++] = *pair;
	}
	*ret_n = n;
	return hidden;
}

static void print_hidden(Html *out, const Flow *flow, gboolean all)
{
	FlowHidden hidden = {0};

	hidden.pairs = hidden_fields(flow, all, &hidden.n_pairs);
	flow_hidden_fields(out, &hidden);
}

void flow_unasked(Html *out, const Flow *flow)
{
	print_hidden(out, flow, FALSE);
}

void flow_typed_fields(Html *out, const Flow *flow)
{
	print_hidden(out, flow, TRUE);
}

void flow_questions(Html *out, Flow *flow)
{
	if (flow->row->ask != NULL)
		flow->row->ask(out, flow);
}

void flow_evidence(Html *out, const Flow *flow)
{
	flow->row->evidence(out, flow);
}

void flow_beware(Html *out, const Flow *flow)
{
	flow->row->beware(out, flow);
}

void flow_layout(Html *out, const Flow *flow, HtmlSafe back, HtmlSafe body)
{
	Layout frame = *flow->frame;

	frame.before = back;
	layout(out, &frame, body);
}

const char *flow_label(const Flow *flow, const FlowQuestion *p)
{
	/* The envelope's time may always be left out: it is now. */
	return p->optional || g_str_equal(p->name, "happened_at") ? arena_printf(flow->mem, "%s (optional)", p->ask)
								  : p->ask;
}

const char *flow_onward_href(const Flow *flow)
{
	return flow->onward != NULL && flow->onward_to != NULL
		       ? arena_printf(flow->mem, "%s#%s", flow->address, flow->onward_to)
		       : NULL;
}

static void add_to_sum(GChecksum *sum, const char *text)
{
	g_checksum_update(sum, (const guchar *)text, (gssize)strlen(text) + 1);
}

const char *flow_fingerprint(const Flow *flow)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

	add_to_sum(sum, form_fingerprint(flow->mem, flow->pairs, flow->n_pairs, NULL));
	for (const Field *field = flow->act->fields; field->name != NULL; field++) {
		const HttpFile *file = field->type == FIELD_FILE ? http_file(flow->visit->request, field->name) : NULL;

		if (file == NULL)
			continue;
		add_to_sum(sum, file->name);
		g_checksum_update(sum, file->bytes, (gssize)file->length);
	}
	return arena_strdup(flow->mem, g_checksum_get_string(sum));
}

const char *flow_draft_text(const Flow *flow)
{
	GString *text = g_string_new(NULL);

	for (gsize i = 0; i < flow->n_pairs; i++) {
		if (is_machinery(flow->pairs[i].name) || *flow->pairs[i].value == '\0')
			continue;
		if (text->len > 0)
			g_string_append_c(text, '&');
		g_string_append_uri_escaped(text, flow->pairs[i].name, NULL, TRUE);
		g_string_append_c(text, '=');
		g_string_append_uri_escaped(text, flow->pairs[i].value, NULL, TRUE);
	}
	return arena_own(flow->mem, g_string_free(text, FALSE), g_free);
}

static const char *decoded(Arena *mem, const char *text)
{
	return arena_own(mem, g_uri_unescape_string(text, NULL), g_free);
}

void flow_fill_from_draft(Flow *flow, const Draft *draft)
{
	char **parts = g_strsplit(draft->form, "&", -1);
	HttpPair *pairs;

	arena_own(flow->mem, parts, (GDestroyNotify)g_strfreev);
	pairs = arena_array(flow->mem, HttpPair, g_strv_length(parts) + 1);
	for (gsize i = 0; parts[i] != NULL; i++) {
		char *equals = strchr(parts[i], '=');

		if (equals == NULL)
			continue;
		*equals = '\0';
		pairs[flow->n_pairs] =
			(HttpPair){.name = decoded(flow->mem, parts[i]), .value = decoded(flow->mem, equals + 1)};
		if (pairs[flow->n_pairs].name != NULL && pairs[flow->n_pairs].value != NULL)
			flow->n_pairs++;
	}
	flow->pairs = pairs;
	flow->draft_from = page_time(flow->visit, draft->saved_at);
	flow->draft_saved = http_query(flow->visit->request, "draft") != NULL;
}
