/* assets.c: looks up the built-in files. The table is made by tools/assets.py; sending is the HTTP layer's part. */
#include "web/assets.h"

#include <stdlib.h>
#include <string.h>

static int by_path(const void *path, const void *asset)
{
	return strcmp(path, ((const Asset *)asset)->path);
}

static int by_name(const void *name, const void *asset)
{
	return strcmp(name, ((const Asset *)asset)->path + assets_prefix_length);
}

const Asset *asset_find(const char *path)
{
	return bsearch(path, assets, n_assets, sizeof *assets, by_path);
}

const char *asset_url(const char *name)
{
	const Asset *found = bsearch(name, assets, n_assets, sizeof *assets, by_name);

	g_assert(found);
	return found->path;
}
