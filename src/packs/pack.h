/* pack.h: reads and checks a pack's folder and gives core's Policy.
 *
 * A pack is files: policy.yaml (the data), policy.md (the policy's text), letters/LANGUAGE/NOTICE.md (one template a
 * notice). The same reader serves a folder on disk (`evenhand policy check DIR`) and the bytes that `evenhand
 * policy adopt` stored in the database. It refuses what would break a rule of the domain in any pack, and names
 * `file:line:column: reason`. */
#pragma once

#include "base/arena.h"
#include "base/error.h"
#include "core/policy.h"
#include "letters/letter.h"

typedef struct {
	const char *path;  /* "policy.yaml", "letters/en/decision.md" */
	const char *bytes; /* not NUL-terminated by contract, though a NUL follows */
	gsize length;
} PackFile;

typedef struct {
	PackFile *files; /* sorted by path */
	gsize n;
} PackFiles;

/* Reads the folder's files: at most 200 of at most 1 MiB each; symbolic links that leave the folder are refused. */
gboolean pack_files_read(const char *folder, Arena *mem, PackFiles *ret_files, GError **error) MUST_CHECK;
const PackFile *pack_file(const PackFiles *files, const char *path);

typedef struct Pack Pack; /* a checked pack: policy, texts, templates; lives in its arena; immutable */

/* All problems, each a line `file:line:column: reason`, in file order; n == 0 means that the pack is good and
 * *ret_pack is set. Never an error: a pack that cannot be read is a problem of line 0. */
typedef struct {
	const char **lines;
	gsize n;
} PackProblems;

void pack_read(const PackFiles *files, Arena *mem, Pack **ret_pack, PackProblems *ret_problems);

const Policy *pack_policy(const Pack *pack);
const char *pack_text(const Pack *pack); /* policy.md */
/* The template of a notice in a language; the pack's first language where that one has none. */
const LetterTemplate *pack_letter(
	const Pack *pack, const char *notice, const char *language, const char **ret_language);
/* SHA-256 over all paths and bytes, 64 hex digits: the same version with other bytes is a conflict. */
const char *pack_hash(const Pack *pack);
