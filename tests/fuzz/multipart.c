/* A form with files: any bytes give parts that lie in the body, and its beginning gives the first of them. The first
 * byte says where to cut. */
#include "fuzz.h"

#include "http/multipart.h"

#include <string.h>

enum { PARTS = 20 };

int LLVMFuzzerTestOneInput(const guint8 *bytes, gsize n)
{
	g_autoptr(Arena) mem = arena_new(1 << 22);
	const char *body = (const char *)bytes + 1;
	MultipartPart *parts, *first;
	gsize n_parts, n_first;
	gboolean whole, cut;

	if (n == 0)
		return 0;
	multipart_boundary(mem, arena_strndup(mem, body, n - 1));
	parts = multipart_parse(mem, body, n - 1, "b", PARTS, &n_parts, &whole);
	first = multipart_parse(mem, body, (n - 1) * bytes[0] / 256, "b", PARTS, &n_first, &cut);
	g_assert_cmpuint(n_parts, <=, PARTS);
	g_assert_cmpuint(n_first, <=, n_parts);
	for (gsize i = 0; i < n_parts; i++) {
		g_assert_true(g_utf8_validate(parts[i].name, -1, NULL));
		g_assert_true(parts[i].bytes >= body && parts[i].bytes + parts[i].length <= body + n - 1);
		if (i < n_first)
			g_assert_true(parts[i].bytes == first[i].bytes && parts[i].length == first[i].length);
	}
	return 0;
}
