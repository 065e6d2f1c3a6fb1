/* text.h: JSON as people read it at a terminal: objects line by line, lists as tables. What stands in a value cannot
 * steer the terminal: control characters become spaces. */
#pragma once

#include <jansson.h>

/* Both take the reference. */
void cli_print_object(json_t *object);
/* A list of objects, a line each; lists and objects within are left out. */
void cli_print_table(json_t *items);
