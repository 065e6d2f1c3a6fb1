/* files.h: a pack's files as bytes; inside this folder only. The public half is in pack.h. */
#pragma once

#include "packs/pack.h"

#define PACK_FILES_MAX 200
#define PACK_FILE_MAX (1 << 20)

/* SHA-256 over all paths and bytes, 64 hex digits. */
char *pack_files_hash(const PackFiles *files, Arena *mem);
