/* multipart.h: a multipart/form-data body taken apart (RFC 7578, as browsers write it), strictly and without copying.
 * Pure: no request and no socket; a fuzz target of its own. */
#pragma once

#include "base/arena.h"

enum { MULTIPART_BOUNDARY_MAX = 70, MULTIPART_HEADERS_MAX = 4096 };

typedef struct {
	const char *name;      /* decoded, in the arena */
	const char *file_name; /* NULL: a text */
	const char *type;      /* "" where it was not said */
	const char *bytes;     /* in the body; not terminated */
	gsize length;
} MultipartPart;

/* The boundary that a Content-Type header names; NULL where it is no multipart/form-data, or names none that may be. */
char *multipart_boundary(Arena *mem, const char *content_type);

/* The parts of a body, in order, at most `max`; each is whole. *ret_whole: nothing was left over or broken off; the
 * parts before what was are given all the same. */
MultipartPart *multipart_parse(
	Arena *mem, const char *body, gsize length, const char *boundary, gsize max, gsize *ret_n, gboolean *ret_whole);
