/* replay.c: a target's main without libFuzzer: each file of the folder that it is given, once, as one case in TAP. */
#include "fuzz.h"

int main(int argc, char **argv)
{
	g_autoptr(GDir) folder = argc == 2 ? g_dir_open(argv[1], 0, NULL) : NULL;
	const char *name;
	int cases = 0;

	if (folder == NULL) {
		g_printerr("usage: %s FOLDER\n", argv[0]);
		return 2;
	}
	while ((name = g_dir_read_name(folder)) != NULL) {
		g_autofree char *path = g_build_filename(argv[1], name, NULL);
		g_autofree char *bytes = NULL;
		gsize n;

		if (!g_file_get_contents(path, &bytes, &n, NULL))
			return 1;
		LLVMFuzzerTestOneInput((const guint8 *)bytes, n);
		g_print("ok %d %s\n", ++cases, name);
	}
	g_print("1..%d\n", cases);
	return cases > 0 ? 0 : 1;
}
