/* bytes.c: hexadecimal digits, comparison that tells nothing, random bytes. Hashing and keys are not here: they are
 * libsodium's and GLib's. */
#include "base/bytes.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

char *bytes_to_hex(Arena *mem, const void *data, gsize size)
{
	static const char DIGITS[] = "0123456789abcdef";
	const guint8 *bytes = data;
	char *hex = arena_alloc(mem, size * 2 + 1);

	for (gsize i = 0; i < size; i++) {
		hex[i * 2] = DIGITS[bytes[i] >> 4];
		hex[i * 2 + 1] = DIGITS[bytes[i] & 15];
	}
	return hex;
}

gboolean bytes_from_hex(const char *hex, void *out, gsize size)
{
	guint8 *bytes = out;

	if (hex == NULL || strnlen(hex, size * 2 + 1) != size * 2)
		return FALSE;
	for (gsize i = 0; i < size * 2; i++) {
		if (!g_ascii_isxdigit(hex[i]))
			return FALSE;
	}
	for (gsize i = 0; i < size; i++)
		bytes[i] = (guint8)(g_ascii_xdigit_value(hex[i * 2]) << 4 | g_ascii_xdigit_value(hex[i * 2 + 1]));
	return TRUE;
}

gboolean bytes_equal(const void *a, const void *b, gsize size)
{
	const volatile guint8 *x = a, *y = b; /* volatile: the compiler may not stop at the first difference */
	guint8 difference = 0;

	for (gsize i = 0; i < size; i++)
		difference = (guint8)(difference | (x[i] ^ y[i]));
	return difference == 0;
}

void bytes_random(void *out, gsize size)
{
	guint8 *bytes = out;

	while (size > 0) {
		ssize_t n = getrandom(bytes, size, 0);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			g_error("no random bytes: %s", g_strerror(errno));
		bytes += n;
		size -= (gsize)n;
	}
}
