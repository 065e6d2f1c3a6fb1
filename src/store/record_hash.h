/* record_hash.h: the two hashes of an entry, for store/ alone (see record.h for what they are taken over). */
#pragma once

#include "store/statements.h"

/* 64 hex digits, in mem. */
char *record_content_hash(Arena *mem, const void *salt, gsize salt_length, const char *content);
/* previous: 64 hex digits. entry->hash is not read. */
char *record_entry_hash(Arena *mem, const char *previous, const EntryRow *entry);

gboolean record_is_hash(const char *text);
