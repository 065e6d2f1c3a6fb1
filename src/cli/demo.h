/* demo.h: the demonstration organisation: invented names, numbers from the ranges kept for drama, addresses under
 * example.org. Made by performing acts at past times, never by writing rows. */
#pragma once

#include "cli/cli.h"

/* Adopts the pack, makes the organisation, writes user names and passwords to the file (mode 0600). */
gboolean demo_make(Cli *cli, const char *policy, const char *sign_ins, GError **error) MUST_CHECK;
