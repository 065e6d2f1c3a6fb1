/* read.c: carries out the tables of schema.c on a tree: each key is known, none is missing, and each value goes to its
 * place in the Policy. A single value is value.c's; what a rule wants of several keys together is check.c's. */
#include "packs/read.h"

#include "packs/value.h"

#include <string.h>

enum { ENTRIES_MAX = 200 };

static void read_shape(Reader *r, const Yaml *node, const Shape *shape, void *target);

static gboolean is_own_key(Reader *r, const Yaml *entry)
{
	if (value_is_name(entry->key))
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
		if (entry->type == YAML_TEXT && *entry->text)
			value_read(r, entry, &word, &words[i].title, NULL);
		else
			value_bad(r, entry, &word);
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
		value_bad(r, node, field);
	} else if (node->type != YAML_TEXT && node->n == 0) {
		problem_add(r->problems, r->file, node->line, node->column, "%s is empty%s", field->key,
			value_rule_note(r, field));
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
		default:
			value_read(r, node, field, target, (gsize *)(void *)((char *)base + field->n_offset));
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
				field->key, value_rule_note(r, field));
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
