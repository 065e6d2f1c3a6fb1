/* demo.h: the demonstration organisation: invented names, numbers from the ranges kept for drama, addresses under
 * example.org. Made by performing acts at past times, never by writing rows. What it holds is data: demo/README.md. */
#pragma once

#include "cli/cli.h"

typedef struct {
	const char *name, *text; /* NULL ends a list */
} EmbeddedFile;

extern const EmbeddedFile demo_files[]; /* the folder demo/, as it was built in */

/* Adopts the pack, makes the organisation, writes user names and passwords to the file (mode 0600). small: of customers
 * and stories only those that say so. */
gboolean demo_make(Cli *cli, const char *policy, const char *sign_ins, gboolean small, GError **error) MUST_CHECK;
