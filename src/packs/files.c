/* files.c: the files of a pack's folder as bytes, and their hash. Only what is a pack's is read: policy.yaml, policy.md
 * and letters/LANGUAGE/NAME.md; anything else in the folder (a README, an editor's copy) is no part of the pack. */
#include "packs/files.h"

#include "base/identifier.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
	const char *folder;
	const char *real; /* without symbolic links */
	Arena *mem;
	ArenaList files; /* of PackFile */
} Folder;

/* Always FALSE. What the pack's author mends is invalid input; what only the machine's administrator can, is not. */
static gboolean cannot_open(const char *path, int reason, GError **error)
{
	switch (reason) {
	case ELOOP:
	case ENOENT:
		return invalid(error, NULL,
			"%s is a link that leads to itself or to nothing. Put the file itself in its place, or take it "
			"out.",
			path);
	case ENAMETOOLONG:
		return invalid(error, NULL, "The name of %s is too long to be opened. Shorten it.", path);
	case EACCES:
		return unavailable(error, "%s cannot be opened: %s. Give whoever runs this the right to read it.", path,
			g_strerror(reason));
	default:
		return unavailable(error, "%s cannot be opened: %s.", path, g_strerror(reason));
	}
}

/* An error where it must not or cannot be read. */
static gboolean read_bytes(const char *full, const char *path, Arena *mem, PackFile *ret_file, GError **error)
{
	int fd = open(full, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat about;
	char *bytes;
	gsize length = 0;

	if (fd < 0)
		return cannot_open(path, errno, error);
	if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
		close(fd);
		return invalid(error, NULL,
			"%s is not a file that can be read from end to end (a folder, a pipe or a device). Put a text "
			"file in "
			"its place, or take it out.",
			path);
	}
	if (about.st_size > PACK_FILE_MAX) {
		close(fd);
		return invalid(error, NULL,
			"%s is larger than 1 MiB. Shorten it, or take it out if it is no part of the pack.", path);
	}
	bytes = arena_alloc(mem, (gsize)about.st_size + 1);
	while (length < (gsize)about.st_size) {
		gssize n = read(fd, bytes + length, (gsize)about.st_size - length);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			int reason = errno;

			close(fd);
			return unavailable(error, "%s cannot be read: %s.", path, g_strerror(reason));
		}
		if (n == 0)
			break;
		length += (gsize)n;
	}
	close(fd);
	*ret_file = (PackFile){.path = path, .bytes = bytes, .length = length};
	return TRUE;
}

static gboolean add_file(Folder *f, const char *path, GError **error)
{
	char *full = arena_printf(f->mem, "%s/%s", f->folder, path);
	g_autofree char *real = NULL;
	PackFile *file;

	if (f->files.n == PACK_FILES_MAX)
		return invalid(error, NULL,
			"The pack has more than %d files; %s is one too many. Take out what is no letter.",
			PACK_FILES_MAX, path);
	real = realpath(full, NULL);
	if (!real)
		return cannot_open(path, errno, error);
	if (!g_str_has_prefix(real, f->real) || real[strlen(f->real)] != '/')
		return invalid(error, NULL,
			"%s is a link that leaves the pack's folder. Put the file itself in its place.", path);
	file = arena_new0(f->mem, PackFile);
	if (!read_bytes(full, path, f->mem, file, error))
		return FALSE;
	arena_list_add(f->mem, &f->files, file);
	return TRUE;
}

/* A name that can be shown and stored. */
static gboolean check_name(const char *folder, const char *name, GError **error)
{
	g_autofree char *shown = g_strescape(name, NULL);

	return text_is_storable(name, strlen(name), FALSE) ||
	       invalid(error, NULL, "%s holds a file whose name is no plain text: \"%s\". Rename it.", folder, shown);
}

/* Something stands there, be it a link that leads nowhere. */
static gboolean is_there(const char *full)
{
	struct stat about;

	return lstat(full, &about) == 0;
}

/* The letters of one language. */
static gboolean add_letters(Folder *f, const char *language, GError **error)
{
	const char *folder = arena_printf(f->mem, "letters/%s", language);
	const char *full = arena_printf(f->mem, "%s/%s", f->folder, folder);
	g_autoptr(GDir) dir = NULL;
	struct stat about;
	const char *name;

	if (!check_name("letters", language, error))
		return FALSE;
	if (stat(full, &about) != 0)
		return cannot_open(folder, errno, error);
	if (!S_ISDIR(about.st_mode)) /* a README, say */
		return TRUE;
	dir = g_dir_open(full, 0, NULL);
	if (dir == NULL)
		return cannot_open(folder, errno, error);
	while ((name = g_dir_read_name(dir)) != NULL)
		if (name[0] != '.' && g_str_has_suffix(name, ".md") &&
			(!check_name(folder, name, error) ||
				!add_file(f, arena_printf(f->mem, "%s/%s", folder, name), error)))
			return FALSE;
	return TRUE;
}

static int file_compare(const void *a, const void *b)
{
	return strcmp(((const PackFile *)a)->path, ((const PackFile *)b)->path);
}

gboolean pack_files_read(const char *folder, Arena *mem, PackFiles *ret_files, GError **error)
{
	static const char *const top[] = {"policy.yaml", "policy.md"};
	Folder f = {.folder = folder, .mem = mem};
	g_autofree char *real = realpath(folder, NULL);
	g_autoptr(GDir) letters = NULL;
	const char *language;
	PackFile *files;

	if (!real || !g_file_test(real, G_FILE_TEST_IS_DIR))
		return not_found(error, "There is no folder %s%s%s. Name the folder that holds policy.yaml.", folder,
			!real && errno != ENOENT ? ": " : "", !real && errno != ENOENT ? g_strerror(errno) : "");
	f.real = real;
	for (gsize i = 0; i < G_N_ELEMENTS(top); i++)
		if (is_there(arena_printf(mem, "%s/%s", folder, top[i])) && !add_file(&f, top[i], error))
			return FALSE;
	letters = g_dir_open(arena_printf(mem, "%s/letters", folder), 0, NULL);
	while (letters && (language = g_dir_read_name(letters)) != NULL)
		if (language[0] != '.' && !add_letters(&f, arena_strdup(mem, language), error))
			return FALSE;
	files = arena_array(mem, PackFile, f.files.n + 1);
	for (gsize i = 0; i < f.files.n; i++)
		files[i] = *(const PackFile *)f.files.items[i];
	if (f.files.n > 0)
		qsort(files, f.files.n, sizeof *files, file_compare);
	*ret_files = (PackFiles){.files = files, .n = f.files.n};
	return TRUE;
}

const PackFile *pack_file(const PackFiles *files, const char *path)
{
	for (gsize i = 0; i < files->n; i++)
		if (strcmp(files->files[i].path, path) == 0)
			return &files->files[i];
	return NULL;
}

/* Path and bytes each with their length before them, so that nothing can move from one into the other. */
char *pack_files_hash(const PackFiles *files, Arena *mem)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

	for (gsize i = 0; i < files->n; i++) {
		const PackFile *file = &files->files[i];
		char *head = arena_printf(mem, "%zu:%s%zu:", strlen(file->path), file->path, file->length);

		g_checksum_update(sum, (const guchar *)head, (gssize)strlen(head));
		g_checksum_update(sum, (const guchar *)file->bytes, (gssize)file->length);
	}
	return arena_strdup(mem, g_checksum_get_string(sum));
}
