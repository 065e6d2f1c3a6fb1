/* read.h: from the tree of a policy.yaml to a Policy, by the tables of schema.h. */
#pragma once

#include "packs/yaml.h"

/* The Policy of a tree, or NULL with the reasons in problems: unknown and missing keys, wrong types, values that are
 * not allowed. What several keys must be together is not looked at here. */
Policy *policy_read(const char *file, const Yaml *root, Arena *mem, Problems *problems);
