/* check.h: what the rules of the domain want of a pack whose keys and values are well written. Rules and block guards
 * hold in every pack: what would loosen them is refused, and the reason names the rule. */
#pragma once

#include "packs/yaml.h"

typedef struct {
	const char *file; /* "policy.yaml" */
	const Yaml *root;
	Policy *policy;
	Arena *mem;
	Problems *problems;
} Check;

/* Adds a problem at the path of a key ("review.months"), at the value where at_value and at the key otherwise; where
 * the path ends early, at the nearest key above. */
typedef enum { AT_KEY, AT_VALUE } Place;
void check_problem(const Check *check, Place place, const char *path, const char *format, ...) G_GNUC_PRINTF(4, 5);

/* "restrictions.call-slot.effect" */
char *check_path(const Check *check, const char *section, const char *key, const char *field);

void check_policy(const Check *check);  /* everything but what follows */
void check_kinds(const Check *check);   /* the restriction kinds; completes their effects and directions */
void check_notices(const Check *check); /* notices and formats, without the letters themselves */
