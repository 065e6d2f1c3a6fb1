/* Tests of files.c: what of a folder belongs to the pack, what is refused, and the hash. */
#include "packs/files.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void test_hash_tells_packs_apart(void)
{
	PackFile one[] = {{"policy.md", "ab", 2}, {"policy.yaml", "c", 1}};
	PackFile other[] = {{"policy.md", "a", 1}, {"policy.yaml", "bc", 2}};
	g_autoptr(Arena) mem = arena_new(1 << 20);
	const char *hash = pack_files_hash(&(PackFiles){one, 2}, mem);

	g_assert_cmpuint(strlen(hash), ==, 64);
	g_assert_cmpstr(hash, ==, pack_files_hash(&(PackFiles){one, 2}, mem));
	g_assert_cmpstr(hash, !=, pack_files_hash(&(PackFiles){other, 2}, mem));
	g_assert_cmpstr(hash, !=, pack_files_hash(&(PackFiles){one, 1}, mem));
}

static void write_file(const char *folder, const char *path, const char *text, gssize length)
{
	g_autofree char *full = g_build_filename(folder, path, NULL);
	g_autofree char *parent = g_path_get_dirname(full);

	g_assert_cmpint(g_mkdir_with_parents(parent, 0700), ==, 0);
	g_assert_true(g_file_set_contents(full, text, length, NULL));
}

static void remove_folder(const char *folder)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(folder, name, NULL);

		if (g_file_test(path, G_FILE_TEST_IS_DIR) && !g_file_test(path, G_FILE_TEST_IS_SYMLINK))
			remove_folder(path);
		else
			g_unlink(path);
	}
	g_rmdir(folder);
}

static void assert_unreadable(const char *folder, int code, const char *sentence)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autoptr(GError) error = NULL;
	PackFiles files = {0};

	g_assert_false(pack_files_read(folder, mem, &files, &error));
	g_assert_error(error, EVENHAND_ERROR, code);
	g_assert_nonnull(strstr(error->message, sentence));
	g_assert_null(files.files);
}

static void test_files_of_a_folder(void)
{
	g_autofree char *folder = g_dir_make_tmp("packs-XXXXXX", NULL);
	g_autofree char *link = g_build_filename(folder, "letters", "en", "link.md", NULL);
	g_autofree char *large = g_strnfill((1 << 20) + 1, 'x');
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	g_autoptr(GError) error = NULL;
	PackFiles files;

	write_file(folder, "policy.yaml", "pack: x\n", -1);
	write_file(folder, "README.md", "no part of it\n", -1);
	write_file(folder, "policy.yaml~", "an editor's copy\n", -1);
	write_file(folder, "letters/en/b.md", "# b\n", -1);
	write_file(folder, "letters/en/a.md", "# a\n", -1);
	write_file(folder, "letters/en/.hidden.md", "# h\n", -1);
	g_assert_cmpint(symlink("a.md", link), ==, 0); /* stays inside */
	g_assert_true(pack_files_read(folder, mem, &files, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(files.n, ==, 4);
	g_assert_cmpstr(files.files[0].path, ==, "letters/en/a.md");
	g_assert_cmpstr(files.files[1].path, ==, "letters/en/b.md");
	g_assert_cmpstr(files.files[2].path, ==, "letters/en/link.md");
	g_assert_cmpstr(files.files[3].path, ==, "policy.yaml");
	g_assert_cmpuint(pack_file(&files, "policy.yaml")->length, ==, 8);
	g_assert_null(pack_file(&files, "README.md"));

	g_unlink(link);
	g_assert_cmpint(symlink("/etc/passwd", link), ==, 0);
	assert_unreadable(folder, EVENHAND_ERROR_INVALID, "letters/en/link.md is a link that leaves the pack's folder");
	g_unlink(link);
	g_assert_cmpint(mkfifo(link, 0600), ==, 0);
	assert_unreadable(folder, EVENHAND_ERROR_INVALID, "letters/en/link.md is not a file");
	g_unlink(link);
	write_file(folder, "policy.md", large, (1 << 20) + 1);
	assert_unreadable(folder, EVENHAND_ERROR_INVALID, "policy.md is larger than 1 MiB");
	write_file(folder, "policy.md", "# x\n", -1);
	for (int i = 0; i < PACK_FILES_MAX; i++) {
		g_autofree char *path = g_strdup_printf("letters/en/n%d.md", i);

		write_file(folder, path, "# x\n", -1);
	}
	assert_unreadable(folder, EVENHAND_ERROR_INVALID, "more than 200 files");
	remove_folder(folder);
	assert_unreadable(folder, EVENHAND_ERROR_NOT_FOUND, "There is no folder");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/files/hash-tells-packs-apart", test_hash_tells_packs_apart);
	g_test_add_func("/files/files-of-a-folder", test_files_of_a_folder);
	return g_test_run();
}
