/* nearest.h: which of the known words somebody may have meant. */
#pragma once

#include <glib.h>

/* The word that is near enough to what was written (a slip in every third letter, or one), or NULL. */
const char *nearest_word(const char *written, const char *const *words, gsize n_words);
