/* value.h: one value of a policy.yaml by its row of the schema; inside this folder only. */
#pragma once

#include "packs/schema.h"
#include "packs/yaml.h"

typedef struct {
	const char *file;
	Arena *mem;
	Problems *problems;
} Reader;

/* Reads the value of a field that is no shape and has no entries. The node is of the type that the field wants, and is
 * not empty. target is the field's place; n_target that of its count, where there is one. What does not fit becomes a
 * problem. */
void value_read(Reader *r, const Yaml *node, const Field *field, void *target, gsize *n_target);

/* Says that the node does not fit, and what is allowed. */
void value_bad(Reader *r, const Yaml *node, const Field *field);

/* A key of the pack's own: lower case letters, digits and hyphens, begun by a letter. */
gboolean value_is_name(const char *text);

/* " (V1)", or "" where the field has no rule. */
const char *value_rule_note(Reader *r, const Field *field);
