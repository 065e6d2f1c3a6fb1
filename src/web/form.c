/* form.c: from a page's form to an act and back, by the act's own table of fields. No field of any one act is named
 * here. */
#include "web/form.h"

#include "web/page.h"
#include "web/words.h"

#include <string.h>

enum { GROUP_MAX = 100 };

/* A form's fields, and where what is made of them lives. */
typedef struct {
	const HttpPair *pairs;
	gsize n;
	Arena *mem;
	const Zone *zone;
	Instant now;
} Typed;

static const char *typed_value(const Typed *typed, const char *name)
{
	for (gsize i = 0; i < typed->n; i++)
		if (g_str_equal(typed->pairs[i].name, name))
			return typed->pairs[i].value;
	return NULL;
}

static void set_text(json_t *object, const char *key, const char *value)
{
	if (value != NULL && *value != '\0')
		json_object_set_new(object, key, json_string(value));
}

/* Day, month and year in three fields, or a date in one. What is no date goes on as it was typed, and is refused with
 * the words of the field. */
static const char *day_of(const Typed *typed, const char *name)
{
	const char *whole = typed_value(typed, name), *part[3];
	static const char *const PARTS[] = {"year", "month", "day"};
	guint64 number[3];

	if (whole != NULL)
		return whole;
	for (gsize i = 0; i < G_N_ELEMENTS(PARTS); i++) {
		part[i] = typed_value(typed, arena_printf(typed->mem, "%s/%s", name, PARTS[i]));
		if (part[i] == NULL)
			part[i] = "";
	}
	if (*part[0] == '\0' && *part[1] == '\0' && *part[2] == '\0')
		return NULL;
	for (gsize i = 0; i < G_N_ELEMENTS(PARTS); i++)
		if (!g_ascii_string_to_unsigned(part[i], 10, 1, 9999, &number[i], NULL))
			return arena_printf(typed->mem, "%s-%s-%s", part[0], part[1], part[2]);
	return arena_printf(typed->mem, "%04u-%02u-%02u", (guint)number[0], (guint)number[1], (guint)number[2]);
}

/* What was typed of a time: a text as it stands; or day and time of day, FALSE where they cannot be read. *ret_text is
 * NULL where nothing was typed, or where it is now. */
static gboolean read_instant(const Typed *typed, const char *name, const char **ret_text)
{
	enum { MIDDAY = 12 * 60 };
	const char *day_text = day_of(typed, name);
	const char *time = typed_value(typed, arena_printf(typed->mem, "%s/time", name));
	int minutes = MIDDAY;
	Day day;

	*ret_text = typed_value(typed, name);
	if (*ret_text != NULL || (day_text == NULL && (time == NULL || *time == '\0')))
		return TRUE;
	if (day_text == NULL || !day_parse(day_text, NULL, &day, NULL) || !day_check(day, NULL, NULL))
		return FALSE;
	if (time == NULL || *time == '\0') {
		if (day == zone_day(typed->zone, typed->now))
			return TRUE;
	} else if (!clock_read(time, &minutes)) {
		return FALSE;
	}
	*ret_text = instant_format(typed->mem, zone_instant(typed->zone, day, minutes * 60));
	return TRUE;
}

static const char *instant_of(const Typed *typed, const char *name)
{
	const char *text = NULL;

	return read_instant(typed, name, &text) ? text : "unreadable"; /* form_perform says so before it comes here */
}

static json_t *lines_of(const Typed *typed, const char *name)
{
	json_t *list = json_array();

	for (gsize i = 0; i < typed->n; i++)
		if (g_str_equal(typed->pairs[i].name, name) && *typed->pairs[i].value != '\0')
			json_array_append_new(list, json_string(typed->pairs[i].value));
	return list;
}

/* "NAME/key" each; "NAME/key[]" is a list. */
static json_t *keyed_of(const Typed *typed, const char *name)
{
	const char *prefix = arena_printf(typed->mem, "%s/", name);
	json_t *object = json_object();

	for (gsize i = 0; i < typed->n; i++) {
		const char *key = typed->pairs[i].name + strlen(prefix);
		json_t *list;

		if (!g_str_has_prefix(typed->pairs[i].name, prefix) || *typed->pairs[i].value == '\0')
			continue;
		if (!g_str_has_suffix(key, "[]")) {
			json_object_set_new(object, key, json_string(typed->pairs[i].value));
			continue;
		}
		key = arena_strndup(typed->mem, key, strlen(key) - 2);
		list = json_object_get(object, key);
		if (!json_is_array(list)) {
			list = json_array();
			json_object_set_new(object, key, list);
		}
		json_array_append_new(list, json_string(typed->pairs[i].value));
	}
	return object;
}

static json_t *object_of(const Typed *typed, const Field *fields, const char *prefix);

static gboolean holds(const Typed *typed, const char *prefix)
{
	for (gsize i = 0; i < typed->n; i++)
		if (g_str_has_prefix(typed->pairs[i].name, prefix))
			return TRUE;
	return FALSE;
}

/* Items at the end in which nothing was typed are none. */
static json_t *group_of(const Typed *typed, const Field *field, const char *name)
{
	json_t *list = json_array();

	for (int i = 0; i < GROUP_MAX; i++) {
		const char *prefix = arena_printf(typed->mem, "%s/%d/", name, i);

		if (!holds(typed, prefix))
			break;
		json_array_append_new(list, object_of(typed, field->fields, prefix));
	}
	while (json_array_size(list) > 0 && json_object_size(json_array_get(list, json_array_size(list) - 1)) == 0)
		json_array_remove(list, json_array_size(list) - 1);
	return list;
}

static json_t *object_of(const Typed *typed, const Field *fields, const char *prefix)
{
	json_t *object = json_object();

	for (const Field *field = fields; field->name != NULL; field++) {
		const char *name = arena_printf(typed->mem, "%s%s", prefix, field->name);

		switch (field->type) {
		case FIELD_LINE:
		case FIELD_TEXT:
		case FIELD_CHOICE:
		case FIELD_BOOL:
		case FIELD_COUNT:
			set_text(object, field->name, typed_value(typed, name));
			break;
		case FIELD_INSTANT:
			set_text(object, field->name, instant_of(typed, name));
			break;
		case FIELD_DAY:
			set_text(object, field->name, day_of(typed, name));
			break;
		case FIELD_LINES:
			json_object_set_new(object, field->name, lines_of(typed, name));
			break;
		case FIELD_KEYED:
		case FIELD_ARGUMENTS:
			json_object_set_new(object, field->name, keyed_of(typed, name));
			break;
		case FIELD_GROUP:
			json_object_set_new(object, field->name, group_of(typed, field, name));
			break;
		case FIELD_FILE: /* no pair of the form: add_files */
			break;
		}
	}
	return object;
}

json_t *form_envelope(const HttpPair *pairs, gsize n, Arena *mem, const Field *fields, const Zone *zone, Instant now)
{
	static const char *const ENVELOPE[] = {"request_id", "casefile", "version"};
	const Typed typed = {.pairs = pairs, .n = n, .mem = mem, .zone = zone, .now = now};
	json_t *envelope = object_of(&typed, fields, "");

	for (gsize i = 0; i < G_N_ELEMENTS(ENVELOPE); i++)
		set_text(envelope, ENVELOPE[i], typed_value(&typed, ENVELOPE[i]));
	set_text(envelope, "happened_at", instant_of(&typed, "happened_at"));
	return envelope;
}

static FieldProblem *add_problem(Visit *visit, FormResult *result, const char *field, const char *sentence)
{
	FieldProblem *problem = arena_new0(visit->mem, FieldProblem);

	*problem = (FieldProblem){.field = field != NULL ? field : "", .sentence = sentence};
	arena_list_add(visit->mem, &result->problems, problem);
	return problem;
}

/* The same form, sent before with other content; any other clash (a name that is taken) says itself what it is. */
static gboolean was_sent_before(const GError *error, gboolean has_version)
{
	return !has_version && g_str_has_prefix(error->message, "The request_id ");
}

static const char *sentence_of(Visit *visit, const GError *error, gboolean has_version)
{
	switch (evenhand_error_code(error)) {
	case EVENHAND_ERROR_CONFLICT:
		return !was_sent_before(error, has_version)
			       ? arena_strdup(visit->mem, error->message)
			       : "This form was sent before, and that was done. What it says now was not saved: "
				 "send it "
				 "again only if it is to be done as well";
	case EVENHAND_ERROR_UNAVAILABLE:
		return arena_printf(
			visit->mem, "%s What you typed is still here: send it again in a moment.", error->message);
	case EVENHAND_ERROR_BUG:
		return "Something went wrong on our side. Nothing was changed, and what you typed is still here: send "
		       "it again, and tell the administrator if that does not help";
	default:
		return arena_strdup(visit->mem, error->message);
	}
}

/* A problem as a page says it: by the words that stand at the field, where the act's says its key. */
const char *form_in_words(Arena *mem, const char *field, const char *sentence)
{
	const char *slash = strrchr(field, '/'), *key = slash != NULL ? slash + 1 : field;
	const char *label = words_field(key), *quoted = arena_printf(mem, "'%s'", key), *at;

	at = label != NULL ? strstr(sentence, quoted) : NULL;
	if (at == NULL)
		return sentence;
	return arena_printf(mem, "%.*s‘%s’%s", (int)(at - sentence), sentence, label, at + strlen(quoted));
}

/* What was typed and cannot be kept as it was is given back, never dropped. */
static gboolean is_readable(Visit *visit, FormResult *result)
{
	for (const char *const *name = http_form_unreadable(visit->request); *name != NULL; name++)
		add_problem(visit, result, *name, "This text holds characters that cannot be stored. Write it again.");
	return result->problems.n == 0;
}

static gboolean has_part(const Typed *typed, const char *name, const char *part)
{
	return typed_value(typed, arena_printf(typed->mem, "%s/%s", name, part)) != NULL;
}

/* A day that cannot be read, with its time of day where one is asked for: said in the words of the form. */
static const char *unreadable_day(const Typed *typed, const char *name)
{
	const char *text;
	Day day;

	if (has_part(typed, name, "time"))
		return read_instant(typed, name, &text)
			       ? NULL
			       : "Enter a real date, such as 24 11 2026, and a time, such as 9:30am or 14:15. The time "
				 "may be left out.";
	if (!has_part(typed, name, "month") || !has_part(typed, name, "year"))
		return NULL;
	text = day_of(typed, name);
	return text == NULL || day_parse(text, NULL, &day, NULL) ? NULL : "Enter a real date, such as 24 11 2026.";
}

static gboolean has_days(Visit *visit, const HttpPair *pairs, gsize n, FormResult *result)
{
	const Typed typed = {
		.pairs = pairs, .n = n, .mem = visit->mem, .zone = visit->office->zone, .now = visit->office->now};

	for (gsize i = 0; i < n; i++) {
		const char *name = pairs[i].name, *problem;

		if (!g_str_has_suffix(name, "/day"))
			continue;
		name = arena_strndup(visit->mem, name, strlen(name) - strlen("/day"));
		problem = unreadable_day(&typed, name);
		if (problem != NULL)
			add_problem(visit, result, name, problem);
	}
	return result->problems.n == 0;
}

/* The files that were chosen. */
static void add_files(Visit *visit, const Field *fields, json_t *envelope)
{
	for (const Field *field = fields; field->name != NULL; field++) {
		const HttpFile *file = field->type == FIELD_FILE ? http_file(visit->request, field->name) : NULL;
		g_autofree char *bytes = file != NULL ? g_base64_encode(file->bytes, file->length) : NULL;

		if (file != NULL)
			json_object_set_new(envelope, field->name,
				json_pack("{s:s, s:s, s:s}", "name", file->name, "type", file->type, "bytes", bytes));
	}
}

/* FALSE: the file was so large that the form's end is missing. */
static gboolean is_not_cut(Visit *visit, const Field *fields, FormResult *result)
{
	if (!http_cut(visit->request))
		return TRUE;
	for (const Field *field = fields; field->name != NULL; field++)
		if (field->type == FIELD_FILE)
			add_problem(visit, result, field->name,
				arena_printf(visit->mem,
					"The file is too large: at most %zu MB can be kept. Choose a smaller one.",
					field_max(field) >> 20));
	result->status = 413;
	return FALSE;
}

void form_send(
	Visit *visit, const char *act, const HttpPair *pairs, gsize n, FormResult *ret_result, ActTrial *ret_trial)
{
	const ActCaller caller = visit_caller(visit);
	g_autoptr(GError) error = NULL;
	gboolean has_version;
	json_t *envelope;

	*ret_result = (FormResult){.status = 400, .kind = EVENHAND_ERROR_INVALID};
	if (!is_not_cut(visit, acts_find(act)->fields, ret_result) || !is_readable(visit, ret_result) ||
		!has_days(visit, pairs, n, ret_result))
		return;
	ret_result->status = 200;
	envelope = form_envelope(pairs, n, visit->mem, acts_find(act)->fields, visit->office->zone, visit->office->now);
	add_files(visit, acts_find(act)->fields, envelope);
	has_version = json_object_get(envelope, "version") != NULL;
	ret_result->done = ret_trial != NULL ? acts_try(visit->web->acts, visit->mem, &caller, act, envelope, ret_trial,
						       &ret_result->problems, &error)
					     : acts_perform(visit->web->acts, visit->mem, &caller, act, envelope,
						       &ret_result->answer, &ret_result->problems, &error);
	json_decref(envelope);
	if (ret_result->done)
		return;
	ret_result->status = http_status(error);
	ret_result->kind = evenhand_error_code(error);
	ret_result->rule = arena_strdup(visit->mem, evenhand_error_rule(error));
	if (ret_result->status >= 500)
		g_warning("%s %s: %s", http_method(visit->request), http_path(visit->request), error->message);
	if (ret_result->problems.n == 0)
		add_problem(visit, ret_result, arena_strdup(visit->mem, evenhand_error_field(error)),
			sentence_of(visit, error, has_version))
			->rule = ret_result->rule;
}

static void add_to_sum(GChecksum *sum, const char *text)
{
	g_checksum_update(sum, (const guchar *)text, (gssize)strlen(text) + 1);
}

const char *form_fingerprint(Arena *mem, const HttpPair *pairs, gsize n, const char *but)
{
	static const char *const MACHINERY[] = {"csrf", "request_id", "go", "version", AGAIN, NULL};
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

	for (gsize i = 0; i < n; i++) {
		if (g_strv_contains(MACHINERY, pairs[i].name) || g_strcmp0(pairs[i].name, but) == 0 ||
			*pairs[i].value == '\0')
			continue;
		add_to_sum(sum, pairs[i].name);
		add_to_sum(sum, pairs[i].value);
	}
	return arena_strdup(mem, g_checksum_get_string(sum));
}

const char *form_sent_in_words(const Visit *visit, const SentForm *earlier)
{
	return arena_printf(visit->mem,
		"You sent the same on %s, and it was done%s%s. Nothing was done now: send it again only if it is to "
		"be done once more",
		page_time(visit, earlier->sent_at), earlier->ref != NULL ? " as " : "",
		earlier->ref != NULL ? earlier->ref : "");
}

/* Whether the same was sent before; AGAIN: whatever was, this one is meant, and remembered in its place. */
static gboolean sent_before(Visit *visit, const char *act, gboolean again, const SentForm **ret_earlier, GError **error)
{
	gsize n;
	const HttpPair *pairs = http_form_all(visit->request, &n);

	/* The time is the form's own: it is set when the form is opened. */
	return sent_form(visit->web->acts, visit->mem,
		&(SentForm){.user_name = visit->session->user_name,
			.about = act,
			.fingerprint = form_fingerprint(visit->mem, pairs, n, "happened_at"),
			.request_id = form_typed(visit, "request_id")},
		again, ret_earlier, error);
}

/* Somebody who rings again an hour later, with nothing new to write down, is no form that was sent twice. */
static gboolean is_long_ago(Visit *visit, const SentForm *earlier)
{
	enum { SAME_MINUTES = 15 };

	return acts_now(visit->web->acts) - earlier->sent_at > SAME_MINUTES * USEC_PER_MINUTE;
}

gboolean form_is_new(Visit *visit, const char *act, FormResult *ret_result)
{
	const SentForm *earlier = NULL;
	g_autoptr(GError) error = NULL;

	if (form_typed(visit, "request_id") == NULL)
		return TRUE;
	if (!sent_before(visit, act, form_typed(visit, AGAIN) != NULL, &earlier, &error) ||
		(earlier != NULL && is_long_ago(visit, earlier) && !sent_before(visit, act, TRUE, &earlier, &error))) {
		*ret_result = (FormResult){.status = http_status(error), .kind = evenhand_error_code(error)};
		add_problem(visit, ret_result, NULL, sentence_of(visit, error, FALSE));
		return FALSE;
	}
	if (earlier == NULL)
		return TRUE;
	*ret_result = (FormResult){.status = 409, .kind = EVENHAND_ERROR_CONFLICT};
	add_problem(visit, ret_result, NULL, form_sent_in_words(visit, earlier));
	return FALSE;
}

void form_perform(Visit *visit, const char *act, FormResult *ret_result)
{
	gsize n;
	const HttpPair *pairs = http_form_all(visit->request, &n);

	form_send(visit, act, pairs, n, ret_result, NULL);
	for (gsize i = 0; i < ret_result->problems.n; i++) {
		FieldProblem *problem = ret_result->problems.items[i];

		problem->sentence = words_with_rule(
			visit->mem, form_in_words(visit->mem, problem->field, problem->sentence), problem->rule);
	}
}

const char *form_problem(const FormResult *result, const char *field)
{
	for (gsize i = 0; result != NULL && i < result->problems.n; i++) {
		const FieldProblem *problem = result->problems.items[i];

		if (g_str_equal(problem->field, field))
			return problem->sentence;
	}
	return NULL;
}

const GovukProblem *form_summary(Visit *visit, const FormResult *result, const char *otherwise, gsize *ret_n)
{
	const gsize n = result != NULL ? result->problems.n : 0;
	GovukProblem *items = arena_array(visit->mem, GovukProblem, n + 1);

	for (gsize i = 0; i < n; i++) {
		const FieldProblem *problem = result->problems.items[i];

		items[i] = (GovukProblem){.text = problem->sentence,
			.href = arena_printf(visit->mem, "#%s", *problem->field != '\0' ? problem->field : otherwise)};
	}
	*ret_n = n;
	return items;
}

const char *form_typed(Visit *visit, const char *field)
{
	return http_form(visit->request, field);
}
