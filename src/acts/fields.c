/* fields.c: the one parser of acts' inputs. No act's own rule belongs here. */
#include "acts/fields.h"

#include "base/identifier.h"
#include "base/nearest.h"
#include "base/when.h"
#include "core/casefile.h"

#include <string.h>

enum {
	LONGEST_LINE = 200,
	LONGEST_TEXT = 20000,
	LONGEST_KEY = 100,
	LARGEST_FILE = 10 << 20,
	MOST_ITEMS = 100,
	MOST_PROBLEMS = 100 /* told of one input: a hostile one has as many as it has bytes */
};

gsize field_max(const Field *field)
{
	if (field->max > 0)
		return field->max;
	switch (field->type) {
	case FIELD_LINE:
	case FIELD_CHOICE:
		return LONGEST_LINE;
	case FIELD_TEXT:
	case FIELD_KEYED:
		return LONGEST_TEXT;
	case FIELD_COUNT:
		return G_MAXINT32;
	case FIELD_FILE:
		return LARGEST_FILE;
	default:
		return MOST_ITEMS;
	}
}

typedef struct {
	Arena *mem;
	ArenaList *problems;
	const char *prefix; /* "findings/communication/" or "" */
} Parse;

static void problem(const Parse *parse, const char *name, const char *format, ...) G_GNUC_PRINTF(3, 4);
static void problem(const Parse *parse, const char *name, const char *format, ...)
{
	FieldProblem *found;
	va_list arguments;

	if (parse->problems->n >= MOST_PROBLEMS)
		return;
	found = arena_new0(parse->mem, FieldProblem);
	va_start(arguments, format);
	found->sentence = arena_own(parse->mem, g_strdup_vprintf(format, arguments), g_free);
	va_end(arguments);
	found->field = arena_printf(parse->mem, "%s%s", parse->prefix, name);
	arena_list_add(parse->mem, parse->problems, found);
}

/* The longest that a text may be, and what it may hold. */
typedef struct {
	gsize max;
	gboolean multiline, verbatim;
} TextRule;

static const TextRule LINE_RULE = {.max = LONGEST_LINE};

/* The text of a JSON string, trimmed; NULL where it is absent, null or empty, or where it does not fit. */
static const char *text_by(const Parse *parse, const char *name, const json_t *value, const TextRule *rule)
{
	const char *text;
	gsize length;

	if (value == NULL || json_is_null(value))
		return NULL;
	if (!json_is_string(value)) {
		problem(parse, name, "Give '%s' as text.", name);
		return NULL;
	}
	text = json_string_value(value);
	length = json_string_length(value);
	while (!rule->verbatim && length > 0 && g_ascii_isspace(text[length - 1]))
		length--;
	while (!rule->verbatim && length > 0 && g_ascii_isspace(*text)) {
		text++;
		length--;
	}
	if (length == 0)
		return NULL;
	if (length > rule->max && (gsize)g_utf8_strlen(text, (gssize)length) > rule->max) {
		problem(parse, name, "Shorten '%s': it has %ld characters, at most %zu can be kept.", name,
			g_utf8_strlen(text, (gssize)length), rule->max);
		return NULL;
	}
	if (!text_is_storable(text, length, rule->multiline)) {
		problem(parse, name,
			rule->multiline ? "Take the control characters out of '%s'."
					: "Write '%s' on one line, without control characters.",
			name);
		return NULL;
	}
	return arena_strndup(parse->mem, text, length);
}

/* Whether an object's key can be kept and shown; else its problem. */
static gboolean key_fits(const Parse *parse, const char *key)
{
	const gsize length = strlen(key);

	if (length > 0 && g_utf8_strlen(key, (gssize)length) <= LONGEST_KEY && text_is_storable(key, length, FALSE))
		return TRUE;
	problem(parse, "", "Give keys of 1 to %d characters, without control characters.", LONGEST_KEY);
	return FALSE;
}

static void parse_fields(
	const Parse *parse, const Field *fields, const json_t *input, const char *const *also, char *out);

static gboolean is_absent(const json_t *value)
{
	return value == NULL || json_is_null(value);
}

static const char *const *parse_lines(const Parse *parse, const Field *field, const json_t *value)
{
	const char **lines;
	gsize i, n = 0;
	json_t *item;

	if (json_is_string(value)) { /* a form's single value */
		lines = arena_array(parse->mem, const char *, 2);
		lines[0] = text_by(parse, field->name, value, &LINE_RULE);
		return lines;
	}
	if (!is_absent(value) && !json_is_array(value)) {
		problem(parse, field->name, "Give '%s' as a list of texts.", field->name);
		value = NULL;
	}
	if (json_array_size(value) > field_max(field)) {
		problem(parse, field->name, "Shorten the list '%s': it may hold %zu.", field->name, field_max(field));
		value = NULL;
	}
	lines = arena_array(parse->mem, const char *, json_array_size(value) + 1);
	json_array_foreach((json_t *)value, i, item)
	{
		const char *line = text_by(parse, field->name, item, &LINE_RULE);

		if (line != NULL)
			lines[n++] = line;
	}
	return lines;
}

static void parse_keyed(const Parse *parse, const Field *field, const json_t *value, char *out)
{
	const TextRule rule = {.max = field_max(field), .multiline = TRUE};
	Parse inner = *parse;
	KeyedText *items;
	gsize n = 0;
	const char *key;
	json_t *item;

	if (is_absent(value))
		return;
	if (!json_is_object(value) || json_object_size(value) > MOST_ITEMS) {
		problem(parse, field->name, "Give '%s' as an object of texts by their keys.", field->name);
		return;
	}
	inner.prefix = arena_printf(parse->mem, "%s%s/", parse->prefix, field->name);
	items = arena_array(parse->mem, KeyedText, json_object_size(value) + 1);
	json_object_foreach((json_t *)value, key, item)
	{
		const char *text = key_fits(&inner, key) ? text_by(&inner, key, item, &rule) : NULL;

		if (text != NULL) {
			items[n].key = arena_strdup(parse->mem, key);
			items[n++].text = text;
		}
	}
	G_STRUCT_MEMBER(const KeyedText *, out, field->offset) = items;
	G_STRUCT_MEMBER(gsize, out, field->count_offset) = n;
}

/* A restriction's arguments: texts, whole numbers (kept as text) and lists of texts. */
static void parse_arguments(const Parse *parse, const Field *field, const json_t *value, char *out)
{
	static const TextRule RULE = {.max = LONGEST_TEXT, .multiline = TRUE};
	Parse inner = *parse;
	RestrictionArgument *items;
	gsize n = 0;
	const char *key;
	json_t *item;

	if (is_absent(value))
		return;
	if (!json_is_object(value) || json_object_size(value) > MOST_ITEMS) {
		problem(parse, field->name, "Give '%s' as an object of arguments by their keys.", field->name);
		return;
	}
	inner.prefix = arena_printf(parse->mem, "%s%s/", parse->prefix, field->name);
	items = arena_array(parse->mem, RestrictionArgument, json_object_size(value) + 1);
	json_object_foreach((json_t *)value, key, item)
	{
		RestrictionArgument *argument = &items[n];
		const Field line = {.name = key, .type = FIELD_LINES};

		if (!key_fits(&inner, key))
			continue;
		argument->key = arena_strdup(parse->mem, key);
		if (json_is_array(item))
			argument->values = parse_lines(&inner, &line, item);
		else if (json_is_integer(item))
			argument->value = arena_printf(parse->mem, "%" JSON_INTEGER_FORMAT, json_integer_value(item));
		else
			argument->value = text_by(&inner, key, item, &RULE);
		if (argument->value != NULL || argument->values != NULL)
			n++;
	}
	G_STRUCT_MEMBER(const RestrictionArgument *, out, field->offset) = items;
	G_STRUCT_MEMBER(gsize, out, field->count_offset) = n;
}

static void parse_group(const Parse *parse, const Field *field, const json_t *value, char *out)
{
	char *items;
	gsize i, n;
	json_t *item;

	if (is_absent(value))
		return;
	n = json_array_size(value);
	if (!json_is_array(value) || n > field_max(field)) {
		problem(parse, field->name, "Give '%s' as a list of at most %zu objects.", field->name,
			field_max(field));
		return;
	}
	items = arena_alloc(parse->mem, field->size * (n + 1));
	json_array_foreach((json_t *)value, i, item)
	{
		Parse inner = *parse;

		inner.prefix = arena_printf(parse->mem, "%s%s/%zu/", parse->prefix, field->name, i);
		parse_fields(&inner, field->fields, item, NULL, items + i * field->size);
	}
	G_STRUCT_MEMBER(const void *, out, field->offset) = items;
	G_STRUCT_MEMBER(gsize, out, field->count_offset) = n;
}

static const char *parse_choice(const Parse *parse, const Field *field, const json_t *value)
{
	const char *text = text_by(parse, field->name, value, &LINE_RULE);

	if (text != NULL && !g_strv_contains(field->choices, text)) {
		char *all = arena_own(parse->mem, g_strjoinv("', '", (char **)field->choices), g_free);

		problem(parse, field->name, "'%s' cannot be '%s'. Choose one of '%s'.", field->name, text, all);
		return NULL;
	}
	return text;
}

static gboolean parse_bool(const Parse *parse, const Field *field, const json_t *value)
{
	const char *text;

	if (is_absent(value) || json_is_boolean(value))
		return json_is_true(value);
	text = json_string_value(value);
	if (text != NULL && (g_str_equal(text, "yes") || g_str_equal(text, "true")))
		return TRUE;
	if (text == NULL || !(g_str_equal(text, "no") || g_str_equal(text, "false") || *text == '\0'))
		problem(parse, field->name, "Answer '%s' with true or false.", field->name);
	return FALSE;
}

static gint64 parse_count(const Parse *parse, const Field *field, const json_t *value)
{
	gint64 count = json_integer_value(value);
	guint64 from_text;

	if (is_absent(value) || (json_is_string(value) && json_string_length(value) == 0))
		return -1;
	if (json_is_string(value) &&
		g_ascii_string_to_unsigned(json_string_value(value), 10, 0, field_max(field), &from_text, NULL))
		return (gint64)from_text;
	if (!json_is_integer(value) || count < 0 || (gsize)count > field_max(field)) {
		problem(parse, field->name, "Give '%s' as a whole number from 0 to %zu.", field->name,
			field_max(field));
		return -1;
	}
	return count;
}

/* "mail/letter.eml" and "C:\\mail\\letter.eml" are "letter.eml". */
static const char *file_name(const char *name)
{
	const char *last = name;

	for (const char *at = name; *at != '\0'; at++)
		if (*at == '/' || *at == '\\')
			last = at + 1;
	return last;
}

/* "image/png"; with parameters or other signs it is none. */
static gboolean is_media_type(const char *text)
{
	const char *slash = strchr(text, '/');

	return slash != NULL && slash > text && slash[1] != '\0' && strchr(slash + 1, '/') == NULL &&
	       strlen(text) == strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$&^_.+-/");
}

static gboolean is_base64(const char *text, gsize length)
{
	gsize n = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

	while (n < length && n + 2 >= length && text[n] == '=')
		n++;
	return n == length && length % 4 == 0;
}

/* The bytes of a file's object; NULL where there are none, or none that can be read. To be freed. */
static guchar *file_bytes(const json_t *value, gsize *ret_length)
{
	const json_t *bytes = json_object_get(value, "bytes");

	*ret_length = 0;
	if (!json_is_string(bytes) || json_string_length(bytes) == 0 ||
		!is_base64(json_string_value(bytes), json_string_length(bytes)))
		return NULL;
	return g_base64_decode(json_string_value(bytes), ret_length);
}

static void parse_file(const Parse *parse, const Field *field, const json_t *value, FileInput *out)
{
	Parse inner = *parse;
	const gsize max = field_max(field), known = parse->problems->n;
	const char *name, *type;
	guchar *bytes;

	if (!json_is_object(value)) {
		problem(parse, field->name, "Give '%s' as an object of name, type and bytes.", field->name);
		return;
	}
	inner.prefix = arena_printf(parse->mem, "%s%s/", parse->prefix, field->name);
	name = text_by(&inner, "name", json_object_get(value, "name"), &LINE_RULE);
	type = text_by(&inner, "type", json_object_get(value, "type"), &LINE_RULE);
	if (parse->problems->n > known)
		return;
	bytes = file_bytes(value, &out->length);
	if (bytes == NULL || out->length == 0)
		problem(parse, field->name, "'%s' is empty, or its bytes are not in base64. Choose another file.",
			field->name);
	else if (out->length > max)
		problem(parse, field->name, "'%s' is too large: at most %zu MB can be kept. Send a smaller file.",
			field->name, max >> 20);
	if (bytes == NULL || parse->problems->n > known) {
		g_free(bytes);
		return;
	}
	out->bytes = arena_own(parse->mem, bytes, g_free);
	out->name = name != NULL && *file_name(name) != '\0' ? file_name(name) : "file";
	out->type = type != NULL && is_media_type(type) ? type : "application/octet-stream";
	out->hash =
		arena_own(parse->mem, g_compute_checksum_for_data(G_CHECKSUM_SHA256, out->bytes, out->length), g_free);
}

static void parse_one(const Parse *parse, const Field *field, const json_t *value, char *out)
{
	g_autoptr(GError) error = NULL;
	const TextRule rule = {
		.max = field_max(field), .multiline = field->type == FIELD_TEXT, .verbatim = field->verbatim};
	const gsize known = parse->problems->n;
	/* A form sends what was not filled in as an empty text. */
	gboolean absent = is_absent(value) || (json_is_string(value) && json_string_length(value) == 0);
	const char *text;

	switch (field->type) {
	case FIELD_LINE:
	case FIELD_TEXT:
		text = text_by(parse, field->name, value, &rule);
		G_STRUCT_MEMBER(const char *, out, field->offset) = text;
		absent = text == NULL;
		break;
	case FIELD_CHOICE:
		text = parse_choice(parse, field, value);
		G_STRUCT_MEMBER(const char *, out, field->offset) = text;
		absent = text == NULL;
		break;
	case FIELD_BOOL:
		G_STRUCT_MEMBER(gboolean, out, field->offset) = parse_bool(parse, field, value);
		break;
	case FIELD_COUNT:
		G_STRUCT_MEMBER(gint64, out, field->offset) = parse_count(parse, field, value);
		break;
	case FIELD_INSTANT:
		G_STRUCT_MEMBER(Instant, out, field->offset) = INSTANT_NONE;
		text = text_by(parse, field->name, value, &LINE_RULE);
		absent = text == NULL;
		if (text != NULL &&
			(!instant_parse(text, field->name, &G_STRUCT_MEMBER(Instant, out, field->offset), &error) ||
				!instant_check(G_STRUCT_MEMBER(Instant, out, field->offset), field->name, &error)))
			problem(parse, field->name, "%s", error->message);
		break;
	case FIELD_DAY:
		G_STRUCT_MEMBER(Day, out, field->offset) = DAY_NONE;
		text = text_by(parse, field->name, value, &LINE_RULE);
		absent = text == NULL;
		if (text != NULL && (!day_parse(text, field->name, &G_STRUCT_MEMBER(Day, out, field->offset), &error) ||
					    !day_check(G_STRUCT_MEMBER(Day, out, field->offset), field->name, &error)))
			problem(parse, field->name, "%s", error->message);
		break;
	case FIELD_LINES:
		G_STRUCT_MEMBER(const char *const *, out, field->offset) = parse_lines(parse, field, value);
		absent = *G_STRUCT_MEMBER(const char *const *, out, field->offset) == NULL;
		break;
	case FIELD_KEYED:
		parse_keyed(parse, field, value, out);
		absent = G_STRUCT_MEMBER(gsize, out, field->count_offset) == 0;
		break;
	case FIELD_GROUP:
		parse_group(parse, field, value, out);
		absent = G_STRUCT_MEMBER(gsize, out, field->count_offset) == 0;
		break;
	case FIELD_ARGUMENTS:
		parse_arguments(parse, field, value, out);
		break;
	case FIELD_FILE:
		if (!absent)
			parse_file(parse, field, value, &G_STRUCT_MEMBER(FileInput, out, field->offset));
		break;
	}
	if (field->required && absent && parse->problems->n == known)
		problem(parse, field->name, "Fill in '%s': %s.", field->name,
			field->help != NULL ? field->help : "it is needed");
}

static void problem_unknown(const Parse *parse, const Field *fields, const char *key)
{
	const char *names[MOST_ITEMS], *meant;
	gsize n = 0;

	if (!key_fits(parse, key))
		return;
	for (const Field *field = fields; field->name != NULL && n < MOST_ITEMS; field++)
		names[n++] = field->name;
	meant = nearest_word(key, names, n);
	if (meant != NULL)
		problem(parse, key, "There is no field '%s' here. Did you mean '%s'?", key, meant);
	else
		problem(parse, key, "There is no field '%s' here.", key);
}

static void parse_fields(
	const Parse *parse, const Field *fields, const json_t *input, const char *const *also, char *out)
{
	const char *key;
	json_t *value;

	if (!json_is_object(input)) {
		problem(parse, "", "Give an object of fields.");
		return;
	}
	for (const Field *field = fields; field->name != NULL; field++)
		parse_one(parse, field, json_object_get(input, field->name), out);
	json_object_foreach((json_t *)input, key, value)
	{
		const Field *field = fields;

		while (field->name != NULL && !g_str_equal(field->name, key))
			field++;
		if (field->name == NULL && (also == NULL || !g_strv_contains(also, key)))
			problem_unknown(parse, fields, key);
	}
}

void fields_parse(const Field *fields, const json_t *input, const char *const *also, Arena *mem, void *struct_out,
	ArenaList *ret_problems)
{
	const Parse parse = {.mem = mem, .problems = ret_problems, .prefix = ""};

	parse_fields(&parse, fields, input, also, struct_out);
}

static void take_secrets_out(const Field *fields, json_t *object)
{
	for (const Field *field = fields; field->name != NULL; field++) {
		json_t *value = json_object_get(object, field->name);
		json_t *item;
		gsize i;

		if (value == NULL)
			continue;
		if (field->privacy == FIELD_SECRET)
			json_object_del(object, field->name);
		else if (field->type == FIELD_GROUP)
			json_array_foreach(value, i, item) take_secrets_out(field->fields, item);
	}
}

/* What stands for a file: what it is called, how large it is, and the hash of its bytes. */
static json_t *file_without_bytes(const json_t *file)
{
	gsize length;
	g_autofree guchar *bytes = file_bytes(file, &length);
	g_autofree char *hash = g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes, length);
	json_t *kept = json_object();

	json_object_set(kept, "name", json_object_get(file, "name"));
	json_object_set(kept, "type", json_object_get(file, "type"));
	json_object_set_new(kept, "size", json_integer((json_int_t)length));
	json_object_set_new(kept, "sha256", json_string(hash));
	return kept;
}

json_t *fields_without_secrets(const Field *fields, const json_t *envelope)
{
	json_t *shallow = json_copy((json_t *)envelope), *copy;

	for (const Field *field = fields; field->name != NULL; field++)
		if (field->type == FIELD_FILE && json_object_get(shallow, field->name) != NULL)
			json_object_set_new(
				shallow, field->name, file_without_bytes(json_object_get(shallow, field->name)));
	copy = json_deep_copy(shallow);
	json_decref(shallow);
	take_secrets_out(fields, copy);
	return copy;
}

char *fields_content(const Field *fields, const json_t *envelope, Arena *mem, gsize *ret_length)
{
	json_t *kept = fields_without_secrets(fields, envelope);
	char *content = arena_own(mem, json_dumps(kept, JSON_COMPACT | JSON_PRESERVE_ORDER), free);

	json_decref(kept);
	*ret_length = strlen(content);
	return content;
}
