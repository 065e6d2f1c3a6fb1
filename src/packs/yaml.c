/* yaml.c: from libfyaml's events to the tree of yaml.h. The only file that knows libfyaml. What keys and values mean
 * does not belong here (schema.c, read.c). */
#include "packs/yaml.h"

#include "base/identifier.h"

#include <libfyaml.h>
#include <string.h>

/* A map or list that is still open. */
typedef struct {
	Yaml *node;
	ArenaList items;
	Yaml *key; /* in a map: the key that waits for its value */
} Level;

typedef struct {
	const char *file;
	Arena *mem;
	Problems *problems;
	Level levels[YAML_DEPTH_MAX];
	int depth;
	Yaml *root;
	gboolean stop;
} Builder;

static void fail(Builder *b, int line, int column, const char *reason)
{
	problem_add(b->problems, b->file, line, column, "%s", reason);
	b->stop = TRUE;
}

static gboolean has_key(const ArenaList *items, const char *key)
{
	for (gsize i = 0; i < items->n; i++)
		if (strcmp(((const Yaml *)items->items[i])->key, key) == 0)
			return TRUE;
	return FALSE;
}

/* Puts a finished or just opened node where it belongs: as a key, a value, an item or the root. */
static void place(Builder *b, Yaml *node)
{
	Level *level = b->depth > 0 ? &b->levels[b->depth - 1] : NULL;

	if (!level) {
		b->root = node;
	} else if (level->node->type == YAML_LIST) {
		arena_list_add(b->mem, &level->items, node);
	} else if (!level->key) {
		if (node->type != YAML_TEXT)
			fail(b, node->line, node->column, "a key is a text, not a map or a list");
		level->key = node;
	} else {
		node->key = level->key->text;
		node->key_line = level->key->line;
		node->key_column = level->key->column;
		level->key = NULL;
		if (has_key(&level->items, node->key))
			problem_add(b->problems, b->file, node->key_line, node->key_column,
				"the key '%s' stands here a second time", node->key);
		else
			arena_list_add(b->mem, &level->items, node);
	}
}

static void open_level(Builder *b, Yaml *node)
{
	place(b, node);
	if (b->depth == YAML_DEPTH_MAX) {
		fail(b, node->line, node->column, "nested too deep");
		return;
	}
	b->levels[b->depth++] = (Level){.node = node};
}

static void close_level(Builder *b)
{
	Level *level = &b->levels[--b->depth];

	level->node->items = (const Yaml *const *)level->items.items;
	level->node->n = level->items.n;
}

static const char *scalar_text(Builder *b, struct fy_token *token, const Yaml *node)
{
	gsize length = 0;
	const char *text = token ? fy_token_get_text(token, &length) : NULL;

	if (!text)
		return "";
	if (!text_is_storable(text, length, TRUE))
		fail(b, node->line, node->column, "a text with control characters");
	return arena_strndup(b->mem, text, length);
}

/* libfyaml puts the mark behind an opening quote and behind an alias's star; people look for the sign itself. */
static gboolean mark_is_inside(const struct fy_event *event)
{
	enum fy_scalar_style style;

	if (event->type == FYET_ALIAS)
		return TRUE;
	if (event->type != FYET_SCALAR)
		return FALSE;
	style = fy_token_scalar_style(event->scalar.value);
	return style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED;
}

/* Whether anything is written: a value that is left out is an empty plain scalar, which libfyaml 0.8 gives a mark. */
static gboolean is_written(const struct fy_event *event)
{
	gsize length = 0;

	if (event->type != FYET_SCALAR || mark_is_inside(event))
		return TRUE;
	return event->scalar.value && fy_token_get_text(event->scalar.value, &length) && length > 0;
}

/* A node for the event, with its place; a value that is not written stands where its key does. */
static Yaml *node_new_at(Builder *b, struct fy_event *event, YamlType type)
{
	const struct fy_mark *mark = is_written(event) ? fy_event_start_mark(event) : NULL;
	Yaml *node = arena_new0(b->mem, Yaml);

	node->type = type;
	node->line = 1;
	node->column = 1;
	if (mark) {
		node->line = mark->line + 1;
		node->column = MAX(mark->column + (mark_is_inside(event) ? 0 : 1), 1);
	} else if (b->depth > 0 && b->levels[b->depth - 1].key) {
		node->line = b->levels[b->depth - 1].key->line;
		node->column = b->levels[b->depth - 1].key->column;
	}
	return node;
}

static void refuse_extras(Builder *b, const Yaml *node, const struct fy_token *anchor, const struct fy_token *tag)
{
	if (anchor)
		fail(b, node->line, node->column, "anchors (&) are not used in a pack");
	if (tag)
		fail(b, node->line, node->column, "tags (!) are not used in a pack");
}

static void take_event(Builder *b, struct fy_event *event)
{
	Yaml *node;

	switch (event->type) {
	case FYET_DOCUMENT_START:
		node = node_new_at(b, event, YAML_TEXT);
		if (b->root)
			fail(b, node->line, node->column, "a second document begins here");
		break;
	case FYET_SCALAR:
		node = node_new_at(b, event, YAML_TEXT);
		refuse_extras(b, node, event->scalar.anchor, event->scalar.tag);
		node->text = scalar_text(b, event->scalar.value, node);
		place(b, node);
		break;
	case FYET_MAPPING_START:
		node = node_new_at(b, event, YAML_MAP);
		refuse_extras(b, node, event->mapping_start.anchor, event->mapping_start.tag);
		open_level(b, node);
		break;
	case FYET_SEQUENCE_START:
		node = node_new_at(b, event, YAML_LIST);
		refuse_extras(b, node, event->sequence_start.anchor, event->sequence_start.tag);
		open_level(b, node);
		break;
	case FYET_MAPPING_END:
	case FYET_SEQUENCE_END:
		close_level(b);
		break;
	case FYET_ALIAS:
		node = node_new_at(b, event, YAML_TEXT);
		fail(b, node->line, node->column, "aliases (*) are not used in a pack");
		break;
	default:
		break;
	}
}

static void report_errors(Builder *b, struct fy_diag *diag)
{
	const struct fy_diag_error *error = fy_diag_errors_iterate(diag, &(void *){NULL});

	if (error)
		problem_add(b->problems, b->file, MAX(error->line, 1), MAX(error->column, 1), "%s", error->msg);
	else
		problem_add(b->problems, b->file, 1, 1, "this is no YAML");
}

const Yaml *yaml_read(const char *file, const char *text, gsize length, Arena *mem, Problems *problems)
{
	struct fy_diag_cfg diag_settings;
	struct fy_diag *diag;
	struct fy_parser *parser;
	struct fy_event *event;
	gboolean whole = FALSE;
	Builder b = {.file = file, .mem = mem, .problems = problems};

	if (length == 0) {
		problem_add(problems, file, 1, 1, "the file is empty");
		return NULL;
	}
	fy_diag_cfg_default(&diag_settings);
	diag_settings.fp = NULL;
	diag_settings.level = FYET_ERROR;
	diag = fy_diag_create(&diag_settings);
	fy_diag_set_collect_errors(diag, true);
	parser = fy_parser_create(&(struct fy_parse_cfg){
		.search_path = "",
		.flags = FYPCF_QUIET | FYPCF_DEFAULT_VERSION_1_2 | FYPCF_JSON_NONE,
		.diag = diag,
	});
	if (parser && fy_parser_set_string(parser, text, length) == 0) {
		while (!b.stop && (event = fy_parser_parse(parser)) != NULL) {
			gboolean last = event->type == FYET_STREAM_END;

			take_event(&b, event);
			fy_parser_event_free(parser, event);
			if (last) {
				whole = TRUE;
				break;
			}
		}
	}
	if (!b.stop && !whole)
		report_errors(&b, diag);
	else if (!b.stop && !b.root)
		problem_add(problems, file, 1, 1, "the file is empty");
	fy_parser_destroy(parser);
	fy_diag_destroy(diag);
	return whole && !b.stop ? b.root : NULL;
}

const Yaml *yaml_get(const Yaml *node, const char *key)
{
	for (gsize i = 0; node->type == YAML_MAP && i < node->n; i++)
		if (strcmp(node->items[i]->key, key) == 0)
			return node->items[i];
	return NULL;
}

const Yaml *yaml_find(const Yaml *root, const char *path)
{
	const Yaml *node = root;

	while (*path) {
		gsize length = strcspn(path, ".");
		const Yaml *next = NULL;

		for (gsize i = 0; node->type == YAML_MAP && i < node->n; i++)
			if (strlen(node->items[i]->key) == length && strncmp(node->items[i]->key, path, length) == 0)
				next = node->items[i];
		if (!next)
			return node;
		node = next;
		path += length + (path[length] == '.');
	}
	return node;
}

const char *yaml_type_name(YamlType type)
{
	return type == YAML_TEXT ? "a text" : type == YAML_MAP ? "a map" : "a list";
}
