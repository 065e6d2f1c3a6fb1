/* names.h: the words of customers' names, by which they are found. */
#pragma once

#include "base/error.h"
#include "store/store.h"

/* Keeps the words of a name, folded, each with what follows it: "Siân O'Hara-Łukasz" is found by sian, ohara, hara and
 * lukasz. In the act that adds a customer or changes their name. */
gboolean customer_words_save(Tx *tx, Arena *mem, const char *customer, const char *name, GError **error) MUST_CHECK;
