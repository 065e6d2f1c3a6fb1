/* restrictions_form.c: the blocks of a form of restrictions, from what was typed, kept in a draft, or there from the
 * start. Whether they fit the pack and what they point at is core's to say. */
#include "web/pages/restrictions_form_run.h"

#include "web/words.h"

#include <jansson.h>
#include <string.h>

enum { BLOCKS_MAX = 20 };

#define ADD "add-restriction"
#define REMOVE "remove-restriction-"

static const char *of_block(Arena *mem, gsize i, const char *member)
{
	return arena_printf(mem, "restrictions/%" G_GSIZE_FORMAT "/%s", i, member);
}

static void prefill_argument(Flow *flow, gsize i, const char *key, const json_t *value)
{
	const json_t *one;
	gsize k;

	if (json_is_string(value))
		flow_prefill(flow, of_block(flow->mem, i, arena_printf(flow->mem, "arguments/%s", key)),
			json_string_value(value));
	json_array_foreach(value, k, one) flow_prefill(
		flow, of_block(flow->mem, i, arena_printf(flow->mem, "arguments/%s[]", key)), json_string_value(one));
}

gboolean restrictions_form_prefill(Flow *flow, const char *json, GError **error)
{
	static const char *const MEMBERS[] = {"kind", "report", "other_reason"};
	json_t *list = json != NULL ? json_loads(json, 0, NULL) : json_array(), *asked, *value;
	const char *key;
	gsize i;

	if (!json_is_array(list)) {
		json_decref(list);
		return bug(error, "The restrictions of %s cannot be read.", flow->subject.casefile);
	}
	json_array_foreach(list, i, asked)
	{
		for (gsize k = 0; k < G_N_ELEMENTS(MEMBERS); k++)
			flow_prefill(flow, of_block(flow->mem, i, MEMBERS[k]),
				json_string_value(json_object_get(asked, MEMBERS[k])));
		json_object_foreach(json_object_get(asked, "arguments"), key, value)
			prefill_argument(flow, i, key, value);
	}
	json_decref(list);
	return TRUE;
}

static const GovukOption *options_of(Arena *mem, const ChoiceView *choices, gsize n, gsize *ret_n)
{
	GovukOption *options = arena_array(mem, GovukOption, n + 1);

	options[0] = (GovukOption){.text = "Choose", .value = ""};
	for (gsize i = 0; i < n; i++)
		options[i + 1] = (GovukOption){.text = choices[i].title, .value = choices[i].value};
	*ret_n = n + 1;
	return options;
}

static void settle_options(const Flow *flow, const RestrictionChoices *choices, RestrictionInput *input)
{
	static const ChoiceView WEEKDAYS[] = {{"monday", "Monday"}, {"tuesday", "Tuesday"}, {"wednesday", "Wednesday"},
		{"thursday", "Thursday"}, {"friday", "Friday"}, {"saturday", "Saturday"}, {"sunday", "Sunday"}};
	static const ChoiceView PERIODS_OF_TIME[] = {
		{"slot", "Each time"}, {"week", "Each week"}, {"month", "Each month"}};
	Arena *mem = flow->mem;

	switch (input->argument->type) {
	case ARGUMENT_WEEKDAY:
		input->options = options_of(mem, WEEKDAYS, G_N_ELEMENTS(WEEKDAYS), &input->n_options);
		break;
	case ARGUMENT_PERIOD:
		input->options = options_of(mem, PERIODS_OF_TIME, G_N_ELEMENTS(PERIODS_OF_TIME), &input->n_options);
		break;
	case ARGUMENT_MAILBOX:
		input->options = options_of(mem, choices->mailboxes, choices->n_mailboxes, &input->n_options);
		break;
	case ARGUMENT_EXTENSION:
		input->options = options_of(mem, choices->extensions, choices->n_extensions, &input->n_options);
		break;
	case ARGUMENT_MATTER:
		input->options = options_of(mem, choices->matters, choices->n_matters, &input->n_options);
		break;
	default:
		break;
	}
}

/* A list: the channels that the kind may name, or the customer's numbers and addresses. */
static void settle_choices(const Flow *flow, const RestrictionKind *kind, const RestrictionChoices *choices,
	const char *typed, RestrictionInput *input)
{
	const gboolean channels = input->argument->type == ARGUMENT_CHANNELS;
	const gsize most = channels ? CHANNELS : choices->n_identifiers;
	GovukChoice *list = arena_array(flow->mem, GovukChoice, most + 1);
	gsize n = 0;

	for (gsize i = 0; i < most; i++) {
		if (channels && (kind->channels & flow->visit->office->policy->channels & (1u << i)) == 0)
			continue;
		list[n] = (GovukChoice){.value = channels ? channel_name((Channel)i) : choices->identifiers[i].value,
			.text = channels ? words_channel((Channel)i) : choices->identifiers[i].title};
		list[n].checked = flow_holds(flow, typed, list[n].value);
		n++;
	}
	input->choices = list;
	input->n_choices = n;
}

/* now: where the block stands from here on; was: where its fields stand in what was typed. */
static void fill_inputs(
	const Flow *flow, gsize now, gsize was, const RestrictionChoices *choices, RestrictionBlock *block)
{
	const RestrictionKind *kind = block->kind;
	RestrictionInput *inputs = arena_array(flow->mem, RestrictionInput, kind->n_arguments + 1);

	for (gsize i = 0; i < kind->n_arguments; i++) {
		const KindArgument *argument = &kind->arguments[i];
		const gboolean list = argument->type == ARGUMENT_CHANNELS || argument->type == ARGUMENT_IDENTIFIERS;
		const char *member = arena_printf(flow->mem, "arguments/%s%s", argument->key, list ? "[]" : "");

		inputs[i] = (RestrictionInput){.id = of_block(flow->mem, now, argument->key),
			.name = of_block(flow->mem, now, member),
			.argument = argument,
			.value = list ? NULL : flow_value(flow, of_block(flow->mem, was, member))};
		if (list)
			settle_choices(flow, kind, choices, of_block(flow->mem, was, member), &inputs[i]);
		else
			settle_options(flow, choices, &inputs[i]);
	}
	block->inputs = inputs;
	block->n_inputs = kind->n_arguments;
}

/* G4: where a new restriction starts from: the newest report that came by a way of contact of its kind. */
static const char *likely_report(const Flow *flow, const RestrictionsForm *form, const RestrictionKind *kind)
{
	const char *newest = NULL, *fitting = NULL;

	for (gsize i = 1; i < form->n_reports; i++) {
		const ReportView *report = casefile_page_report(flow->file, form->reports[i].value);
		Channel channel;

		newest = form->reports[i].value;
		if (report != NULL && channel_parse(report->channel, &channel) &&
			(kind->channels & (1u << channel)) != 0)
			fitting = newest;
	}
	return fitting != NULL ? fitting : newest;
}

static gboolean fill_block(const Flow *flow, const RestrictionsForm *form, gsize now, gsize was,
	const RestrictionChoices *choices, const char *kind_key, RestrictionBlock *block)
{
	const RestrictionKind *kind = policy_kind(flow->visit->office->policy, kind_key);
	Arena *mem = flow->mem;

	if (kind == NULL)
		return FALSE;
	*block = (RestrictionBlock){.number = now + 1,
		.kind = kind,
		.id = arena_printf(mem, "restrictions/%" G_GSIZE_FORMAT, now),
		.kind_name = of_block(mem, now, "kind"),
		.report_name = of_block(mem, now, "report"),
		.other_name = of_block(mem, now, "other_reason"),
		.report = was == BLOCKS_MAX ? likely_report(flow, form, kind)
					    : flow_value(flow, of_block(mem, was, "report")),
		.other = flow_value(flow, of_block(mem, was, "other_reason")),
		.remove = arena_printf(mem, REMOVE "%" G_GSIZE_FORMAT, now)};
	fill_inputs(flow, now, was, choices, block);
	return TRUE;
}

/* The block whose 'Remove' was pressed; BLOCKS_MAX: none. */
static gsize removed(const Flow *flow)
{
	guint64 i;

	if (flow->go != NULL && g_str_has_prefix(flow->go, REMOVE) &&
		g_ascii_string_to_unsigned(flow->go + strlen(REMOVE), 10, 0, BLOCKS_MAX - 1, &i, NULL))
		return i;
	return BLOCKS_MAX;
}

static void fill_blocks(const Flow *flow, const RestrictionChoices *choices, RestrictionsForm *form)
{
	RestrictionBlock *blocks = arena_array(flow->mem, RestrictionBlock, BLOCKS_MAX + 1);
	const char *added = g_strcmp0(flow->go, ADD) == 0 ? flow_value(flow, "restriction_kind") : NULL;
	const gsize gone = removed(flow);

	for (gsize was = 0; was < BLOCKS_MAX; was++) {
		const char *kind = flow_value(flow, of_block(flow->mem, was, "kind"));

		if (kind != NULL && was != gone &&
			fill_block(flow, form, form->n_blocks, was, choices, kind, &blocks[form->n_blocks]))
			form->n_blocks++;
	}
	if (g_strcmp0(flow->go, ADD) == 0 && (added == NULL || *added == '\0'))
		form->none_chosen = "Choose what to add";
	else if (added != NULL && form->n_blocks < BLOCKS_MAX &&
		 fill_block(flow, form, form->n_blocks, BLOCKS_MAX, choices, added, &blocks[form->n_blocks]))
		form->n_blocks++;
	form->blocks = blocks;
}

static void fill_kinds(const Flow *flow, RestrictionsForm *form)
{
	const Policy *policy = flow->visit->office->policy;
	GovukOption *kinds = arena_array(flow->mem, GovukOption, policy->n_kinds + 1);

	kinds[0] = (GovukOption){.text = "Choose", .value = ""};
	for (gsize i = 0; i < policy->n_kinds; i++)
		kinds[i + 1] = (GovukOption){.value = policy->kinds[i].key,
			.text = arena_printf(flow->mem, "%s%s", policy->kinds[i].title,
				policy->kinds[i].needs != NULL ? " (severe circumstances only)" : "")};
	form->kinds = kinds;
	form->n_kinds = policy->n_kinds + 1;
}

static gboolean may_be_answered(const RestrictionsAsk *ask, const ReportView *report)
{
	if (ask->reports != NULL)
		return g_strv_contains(ask->reports, report->ref);
	return report->assessment != NULL && report->struck_at == INSTANT_NONE;
}

static void fill_reports(const Flow *flow, RestrictionsForm *form)
{
	const CasefilePageView *file = flow->file;
	GovukOption *reports = arena_array(flow->mem, GovukOption, file->n_reports + 1);

	reports[0] = (GovukOption){.text = "None of them", .value = ""};
	form->n_reports = 1;
	for (gsize i = 0; i < file->n_reports; i++) {
		const ReportView *report = &file->reports[i];

		if (may_be_answered(form->ask, report))
			reports[form->n_reports++] = (GovukOption){.value = report->ref,
				.text = arena_printf(flow->mem, "%s, %s, %s: %s", report->ref,
					page_time(flow->visit, report->happened_at), report->channel_words,
					report->heading_title)};
	}
	form->reports = reports;
}

RestrictionsForm *restrictions_form_of(Flow *flow, const RestrictionsAsk *ask, GError **error)
{
	const ActCaller caller = visit_caller(flow->visit);
	RestrictionsForm *form = arena_new0(flow->mem, RestrictionsForm);
	RestrictionChoices choices = {0};

	if (!read_restriction_choices(flow->visit->web->acts, flow->mem, &caller, flow->file->ref, &choices, error))
		return NULL;
	form->ask = arena_memdup(flow->mem, ask, sizeof *ask);
	fill_reports(flow, form);
	fill_blocks(flow, &choices, form);
	fill_kinds(flow, form);
	return form;
}

/* How an argument reads on 'check your answers'. */
static const char *restriction_answer(const Flow *flow, const RestrictionInput *input)
{
	g_autoptr(GString) words = g_string_new(NULL);

	for (gsize i = 0; i < input->n_choices; i++)
		if (input->choices[i].checked)
			g_string_append_printf(words, "%s%s", words->len > 0 ? ", " : "", input->choices[i].text);
	for (gsize i = 0; i < input->n_options; i++)
		if (input->value != NULL && *input->value != '\0' && g_str_equal(input->options[i].value, input->value))
			g_string_append(words, input->options[i].text);
	if (input->n_choices > 0 || input->n_options > 0)
		return arena_strndup(flow->mem, words->str, words->len);
	return input->value;
}

const char *restriction_problem(const Flow *flow, const RestrictionBlock *block)
{
	const char *kind = flow_problem(flow, block->kind_name);

	return kind != NULL ? kind : flow_problem(flow, block->id);
}

/* A problem of all of them points at what adds one. */
void restrictions_note(Html *out, Flow *flow, const RestrictionsForm *form)
{
	(void)out;
	flow_answered(flow, "restrictions", form->ask->ask, NULL);
}

/* One row of 'check your answers': the restriction with what it needs. Problems find each field by its own name. */
void restriction_note(Html *out, Flow *flow, const RestrictionsForm *form, const RestrictionBlock *block)
{
	const char *about = arena_printf(flow->mem, "%s: ", block->kind->title);
	g_autoptr(GString) words = g_string_new(block->kind->title);

	(void)out;
	for (gsize i = 0; i < block->n_inputs; i++) {
		const char *answer = restriction_answer(flow, &block->inputs[i]);

		if (answer != NULL && *answer != '\0')
			g_string_append_printf(words, "\n%s: %s", block->inputs[i].argument->title, answer);
	}
	if (block->report != NULL && *block->report != '\0')
		g_string_append_printf(words, "\nIt answers %s", block->report);
	if (block->other != NULL && *block->other != '\0')
		g_string_append_printf(words, "\nWhy it is needed all the same: %s", block->other);
	flow_answered(flow, block->id,
		form->n_blocks > 1 ? arena_printf(flow->mem, "Restriction %" G_GSIZE_FORMAT, block->number)
				   : "What is restricted",
		words->str);
	flow_answered(flow, block->kind_name, block->kind->title, NULL);
	for (gsize i = 0; i < block->n_inputs; i++) {
		const RestrictionInput *input = &block->inputs[i];

		flow_answered(flow, input->id, arena_printf(flow->mem, "%s%s", about, input->argument->title), NULL);
		flow_answered(flow, input->name, input->argument->title, NULL);
	}
	flow_answered(flow, block->report_name, arena_printf(flow->mem, "%swhich report it answers", about), NULL);
	flow_answered(flow, block->other_name, arena_printf(flow->mem, "%swhy it is needed all the same", about), NULL);
}
