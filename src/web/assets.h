/* assets.h: style sheets, scripts and images, built into the program by tools/assets.py.
 *
 * Each path holds a hash over all files, so an answer may say
 * 'Cache-Control: public, max-age=31536000, immutable'. */
#pragma once

#include <glib.h>

typedef struct {
	const char *path; /* /assets/HASH/NAME */
	const char *content_type;
	const guchar *data;
	gsize length;
	const guchar *gzipped; /* the same for 'Content-Encoding: gzip'; NULL where that saves nothing */
	gsize gzipped_length;
} Asset;

/* The file at this path of a request; NULL where there is none. */
const Asset *asset_find(const char *path);

/* The path of the file with this name, such as "evenhand.css" or "images/icon-document.svg", for templates. Asserts
 * that it exists. */
const char *asset_url(const char *name);

/* The table itself, sorted by path. */
extern const Asset assets[];
extern const gsize n_assets;
extern const gsize assets_prefix_length;
