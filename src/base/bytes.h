/* bytes.h: bytes that are not text: hashes, keys, tokens. */
#pragma once

#include "base/arena.h"

#include <glib.h>

/* Lower-case hexadecimal digits, two a byte. */
char *bytes_to_hex(Arena *mem, const void *data, gsize size);
/* Exactly size bytes from hexadecimal digits of either case; FALSE (out untouched) for anything else, NULL too. */
gboolean bytes_from_hex(const char *hex, void *out, gsize size);

/* Whether they are the same, in a time that does not tell where they differ. For secrets. */
gboolean bytes_equal(const void *a, const void *b, gsize size);

/* Fills out from the system's random source; that there is none ends the program. Edges only, like when_now. */
void bytes_random(void *out, gsize size);
