/* yaml.h: a YAML text as a small tree with its places. Only a plain subset passes: one document of texts, maps and
 * lists. Every scalar stays the text that was written (`0113`, `18:00` and `no` are not numbers, times or booleans);
 * the schema converts. Anchors, aliases, tags, keys that are not text and duplicate keys are problems. */
#pragma once

#include "packs/problems.h"

typedef enum { YAML_TEXT, YAML_MAP, YAML_LIST } YamlType;

typedef struct Yaml Yaml;
struct Yaml {
	YamlType type;
	int line, column; /* from 1 */
	const char *key;  /* in a map; NULL in a list and at the root */
	int key_line, key_column;
	const char *text;         /* YAML_TEXT; "" where nothing was written */
	const Yaml *const *items; /* YAML_MAP and YAML_LIST */
	gsize n;
};

/* NULL where the text is no YAML of that subset; the reasons are then in problems. Duplicate keys are reported, and
 * the first of them stands. Limits: the depth YAML_DEPTH_MAX. */
#define YAML_DEPTH_MAX 12
const Yaml *yaml_read(const char *file, const char *text, gsize length, Arena *mem, Problems *problems);

/* The entry of a map, or NULL (also where node is no map). */
const Yaml *yaml_get(const Yaml *node, const char *key);

/* The node at a path of keys joined by dots ("review.months"); where it ends early, the last node that stands. */
const Yaml *yaml_find(const Yaml *root, const char *path);

/* "a text", "a map", "a list" */
const char *yaml_type_name(YamlType type);
