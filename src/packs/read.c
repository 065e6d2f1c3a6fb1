/* read.c: carries out the tables of schema.c on a tree: each key is known, each value is of its type and among what is
 * allowed, and goes to its place in the Policy. What a rule wants of several keys together belongs to check.c. */
#include "packs/read.h"

#include "packs/schema.h"

#include <stdlib.h>
#include <string.h>

enum { ENTRIES_MAX = 200 };

typedef struct {
	const char *file;
	Arena *mem;
	Problems *problems;
} Reader;

static void read_shape(Reader *r, const Yaml *node, const Shape *shape, void *target);

/* " (V1)" */
static const char *rule_note(Reader *r, const Field *field)
{
	return field->rule ? arena_printf(r->mem, " (%s)", field->rule) : "";
}

static void bad_value(Reader *r, const Yaml *node, const Field *field)
{
	const char *allowed = field_allows(field, r->mem);

	if (node->type == YAML_TEXT && *node->text && strlen(node->text) <= 60)
		problem_add(r->problems, r->file, node->line, node->column, "'%s' does not fit: %s is %s%s", node->text,
			field->key, allowed, rule_note(r, field));
	else if (node->type == YAML_TEXT && *node->text)
		problem_add(r->problems, r->file, node->line, node->column, "this does not fit: %s is %s%s", field->key,
			allowed, rule_note(r, field));
	else
		problem_add(r->problems, r->file, node->line, node->column, "%s is %s, not %s%s", field->key, allowed,
			node->type == YAML_TEXT ? "left empty" : yaml_type_name(node->type), rule_note(r, field));
}

/* A word that is not among those of the field. */
static void bad_word(Reader *r, const Yaml *node, const Field *field)
{
	const char *words[VERDICTS + ARGUMENT_TYPES];
	gsize n = 0;

	while (n < G_N_ELEMENTS(words) && field->word((int)n)) {
		words[n] = field->word((int)n);
		n++;
	}
	problem_add(r->problems, r->file, node->line, node->column, "'%s' does not fit: %s is %s%s%s", node->text,
		field->key, field_allows(field, r->mem), did_you_mean(r->mem, node->text, words, n),
		rule_note(r, field));
}

static gboolean is_name(const char *text)
{
	gsize length = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return length > 0 && length <= 60 && text[length] == '\0' && g_ascii_islower(text[0]) &&
	       text[length - 1] != '-';
}

static int word_index(const Field *field, const char *text)
{
	for (int i = 0; field->word(i); i++)
		if (strcmp(field->word(i), text) == 0)
			return i;
	return -1;
}

/* Digits alone, without leading noughts, within min and max. */
static gboolean read_number(const char *text, gint64 min, gint64 max, gint64 *ret_number)
{
	gsize length = strspn(text, "0123456789");
	gint64 number;

	if (length == 0 || length > 10 || text[length] || (text[0] == '0' && length > 1))
		return FALSE;
	number = g_ascii_strtoll(text, NULL, 10);
	if (number < min || number > max)
		return FALSE;
	*ret_number = number;
	return TRUE;
}

/* One scalar of the field into target; FALSE where it does not fit. */
static gboolean read_scalar(Reader *r, const Yaml *node, const Field *field, void *target)
{
	const char *text = node->text;
	gint64 number = 0;
	glong letters = g_utf8_strlen(text, -1);

	switch (field->type) {
	case FIELD_TEXT:
	case FIELD_LINES:
		if (letters < field->min || letters > field->max)
			return FALSE;
		if (field->type == FIELD_TEXT && strpbrk(text, "\n\t"))
			return FALSE;
		*(const char **)target =
			field->type == FIELD_TEXT ? text : arena_own(r->mem, g_strchomp(g_strdup(text)), g_free);
		return TRUE;
	case FIELD_NAME:
		*(const char **)target = text;
		return is_name(text);
	case FIELD_DIGITS:
		*(const char **)target = text;
		return strspn(text, "0123456789") == strlen(text) && letters >= field->min && letters <= field->max;
	case FIELD_LIMIT:
		if (strcmp(text, "none") == 0) {
			*(int *)target = 0;
			return TRUE;
		}
		G_GNUC_FALLTHROUGH;
	case FIELD_NUMBER:
		if (!read_number(text, field->min, field->max, &number))
			return FALSE;
		*(int *)target = (int)number;
		return TRUE;
	case FIELD_LARGE:
		return read_number(text, field->min, field->max, (gint64 *)target);
	case FIELD_YES:
		*(gboolean *)target = strcmp(text, "yes") == 0;
		return *(gboolean *)target || strcmp(text, "no") == 0;
	case FIELD_DAY:
		return day_parse(text, NULL, (Day *)target, NULL);
	default:
		g_assert_not_reached();
	}
}

static void read_choice(Reader *r, const Yaml *node, const Field *field, void *target)
{
	int i = word_index(field, node->text);

	if (i < 0)
		bad_word(r, node, field);
	else if (field->type == FIELD_KEYWORD)
		*(const char **)target = node->text;
	else
		memcpy(target, &i, sizeof i);
}

static int day_compare(const void *a, const void *b)
{
	Day one = *(const Day *)a, other = *(const Day *)b;

	return one < other ? -1 : one > other;
}

/* A list of days, texts or words. */
static void read_list(Reader *r, const Yaml *node, const Field *field, void *target, void *base)
{
	const char **texts = arena_array(r->mem, const char *, node->n + 1);
	Day *days = arena_array(r->mem, Day, node->n + 1);
	guint32 bits = 0;

	for (gsize i = 0; i < node->n; i++) {
		const Yaml *item = node->items[i];

		if (item->type != YAML_TEXT || !*item->text) {
			bad_value(r, item, field);
			continue;
		}
		texts[i] = item->text;
		for (gsize j = 0; j < i; j++)
			if (node->items[j]->type == YAML_TEXT && strcmp(node->items[j]->text, item->text) == 0)
				problem_add(r->problems, r->file, item->line, item->column, "'%s' stands twice in %s",
					item->text, field->key);
		if (field->type == FIELD_DAYS) {
			if (!day_parse(item->text, NULL, &days[i], NULL))
				bad_value(r, item, field);
		} else if (field->type != FIELD_TEXTS) {
			int bit = word_index(field, item->text);

			if (bit < 0)
				bad_word(r, item, field);
			else
				bits |= 1u << bit;
		}
	}
	switch (field->type) {
	case FIELD_DAYS:
		qsort(days, node->n, sizeof *days, day_compare);
		*(const Day **)target = days;
		*(gsize *)((char *)base + field->n_offset) = node->n;
		break;
	case FIELD_TEXTS:
		*(const char *const **)target = texts;
		break;
	case FIELD_BINDS:
		for (int i = 0; i < DIRECTIONS; i++)
			((gboolean *)target)[i] = (bits & (1u << i)) != 0;
		break;
	default:
		*(guint32 *)target = bits;
		break;
	}
}

/* VERDICTS stands for 'not said': only check_kinds can tell whether that channel needs a verdict. */
static void read_effect(Reader *r, const Yaml *node, const Field *field, Verdict *effect)
{
	const char *channels[CHANNELS];

	for (int i = 0; i < CHANNELS; i++) {
		channels[i] = channel_name((Channel)i);
		effect[i] = VERDICTS;
	}
	if (node->type == YAML_TEXT) {
		int verdict = word_index(field, node->text);

		if (verdict < 0)
			bad_word(r, node, field);
		for (int i = 0; verdict >= 0 && i < CHANNELS; i++)
			effect[i] = (Verdict)verdict;
		return;
	}
	for (gsize i = 0; i < node->n; i++) {
		const Yaml *entry = node->items[i];
		Channel channel;

		if (!channel_parse(entry->key, &channel))
			problem_add(r->problems, r->file, entry->key_line, entry->key_column, "unknown channel '%s'%s",
				entry->key, did_you_mean(r->mem, entry->key, channels, CHANNELS));
		else if (entry->type != YAML_TEXT)
			bad_value(r, entry, field);
		else
			read_choice(r, entry, field, &effect[channel]);
	}
}

static gboolean is_own_key(Reader *r, const Yaml *entry)
{
	if (is_name(entry->key))
		return TRUE;
	problem_add(r->problems, r->file, entry->key_line, entry->key_column,
		"the key '%s' does not fit: a name in lower case letters, digits and hyphens", entry->key);
	return FALSE;
}

/* A map from the pack's own keys to texts; PolicyWord and PolicyQuestion are alike. */
static void read_words(Reader *r, const Yaml *node, PolicyWord *words)
{
	static const Field word = {.key = "this", .type = FIELD_TEXT, .min = 1, .max = 2000};

	for (gsize i = 0; i < node->n; i++) {
		const Yaml *entry = node->items[i];

		if (!is_own_key(r, entry))
			continue;
		words[i].key = entry->key;
		if (entry->type != YAML_TEXT || !read_scalar(r, entry, &word, &words[i].title))
			bad_value(r, entry, &word);
	}
}

/* An array of structs, one for each entry of a map or item of a list. */
static void read_structs(Reader *r, const Yaml *node, const Field *field, void *target, void *base)
{
	gsize size = field->type == FIELD_WORDS ? sizeof(PolicyWord) : field->shape->size;
	char *array = arena_alloc_n(r->mem, node->n + 1, size);

	if (field->type == FIELD_WORDS)
		read_words(r, node, (PolicyWord *)array);
	for (gsize i = 0; field->type != FIELD_WORDS && i < node->n; i++) {
		const Yaml *entry = node->items[i];

		if (field->type == FIELD_ENTRIES && !is_own_key(r, entry))
			continue;
		if (field->type == FIELD_ENTRIES)
			memcpy(array + i * size, &entry->key, sizeof entry->key);
		if (entry->type != YAML_MAP)
			problem_add(r->problems, r->file, entry->line, entry->column, "%s is a map, not %s",
				field->shape->name, yaml_type_name(entry->type));
		else
			read_shape(r, entry, field->shape, array + i * size);
	}
	*(const void **)target = array;
	*(gsize *)((char *)base + field->n_offset) = node->n;
}

/* What the type wants in the tree: a text, a map or a list. */
static gboolean type_fits(const Field *field, const Yaml *node)
{
	switch (field->type) {
	case FIELD_SHAPE:
	case FIELD_ENTRIES:
	case FIELD_WORDS:
		return node->type == YAML_MAP;
	case FIELD_ITEMS:
	case FIELD_DAYS:
	case FIELD_SET:
	case FIELD_BINDS:
	case FIELD_TEXTS:
		return node->type == YAML_LIST;
	case FIELD_EFFECT:
		return node->type == YAML_MAP || (node->type == YAML_TEXT && *node->text);
	default:
		return node->type == YAML_TEXT && (*node->text || field->type == FIELD_DIGITS);
	}
}

static void read_field(Reader *r, const Yaml *node, const Field *field, void *base)
{
	void *target = (char *)base + field->offset;

	if (!type_fits(field, node)) {
		bad_value(r, node, field);
	} else if (node->type != YAML_TEXT && node->n == 0) {
		problem_add(r->problems, r->file, node->line, node->column, "%s is empty%s", field->key,
			rule_note(r, field));
	} else if (node->type != YAML_TEXT && node->n > ENTRIES_MAX) {
		problem_add(r->problems, r->file, node->line, node->column, "%s has more than %d entries", field->key,
			ENTRIES_MAX);
	} else {
		switch (field->type) {
		case FIELD_SHAPE:
			read_shape(r, node, field->shape, base);
			break;
		case FIELD_ENTRIES:
		case FIELD_WORDS:
		case FIELD_ITEMS:
			read_structs(r, node, field, target, base);
			break;
		case FIELD_EFFECT:
			read_effect(r, node, field, target);
			break;
		case FIELD_DAYS:
		case FIELD_SET:
		case FIELD_BINDS:
		case FIELD_TEXTS:
			read_list(r, node, field, target, base);
			break;
		case FIELD_CHOICE:
		case FIELD_KEYWORD:
			read_choice(r, node, field, target);
			break;
		default:
			if (!read_scalar(r, node, field, target))
				bad_value(r, node, field);
			break;
		}
	}
}

static const Field *shape_field(const Shape *shape, const char *key)
{
	for (gsize i = 0; i < shape->n_fields; i++)
		if (strcmp(shape->fields[i].key, key) == 0)
			return &shape->fields[i];
	return NULL;
}

/* A map whose keys are those of the shape. */
static void read_shape(Reader *r, const Yaml *node, const Shape *shape, void *target)
{
	for (gsize i = 0; i < node->n; i++) {
		const Yaml *entry = node->items[i];
		const Field *field = shape_field(shape, entry->key);
		const char **keys;

		if (field) {
			read_field(r, entry, field, target);
			continue;
		}
		keys = arena_array(r->mem, const char *, shape->n_fields);
		for (gsize j = 0; j < shape->n_fields; j++)
			keys[j] = shape->fields[j].key;
		problem_add(r->problems, r->file, entry->key_line, entry->key_column, "unknown key '%s'%s", entry->key,
			did_you_mean(r->mem, entry->key, keys, shape->n_fields));
	}
	for (gsize i = 0; i < shape->n_fields; i++) {
		const Field *field = &shape->fields[i];

		if (field->required && !yaml_get(node, field->key))
			problem_add(r->problems, r->file, node->key ? node->key_line : node->line,
				node->key ? node->key_column : node->column, "the key '%s' is missing here%s",
				field->key, rule_note(r, field));
	}
}

Policy *policy_read(const char *file, const Yaml *root, Arena *mem, Problems *problems)
{
	Reader r = {.file = file, .mem = mem, .problems = problems};
	Policy *policy = arena_new0(mem, Policy);
	gsize before = problems_count(problems);

	if (root->type != YAML_MAP) {
		problem_add(problems, file, root->line, root->column, "a pack is a map, not %s",
			yaml_type_name(root->type));
		return NULL;
	}
	read_shape(&r, root, &policy_shape, policy);
	return problems_count(problems) == before ? policy : NULL;
}
