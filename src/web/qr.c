/* qr.c: squares by libqrencode; each run of dark ones in a row is one rectangle of the path. How it is drawn is the
 * template's. */
#include "web/qr.h"

#include <qrencode.h>

enum { QUIET = 4 /* squares left white on each side, as the standard asks */ };

static char *path_of(const QRcode *code)
{
	GString *path = g_string_new(NULL);

	for (int y = 0; y < code->width; y++)
		for (int x = 0, run; x < code->width; x += run) {
			const unsigned char *row = code->data + (gsize)y * (gsize)code->width;
			const int dark = row[x] & 1;

			for (run = 1; x + run < code->width && (row[x + run] & 1) == dark; run++)
				;
			if (dark)
				g_string_append_printf(path, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, run, run);
		}
	return g_string_free(path, FALSE);
}

const QrCode *qr_code(Arena *mem, const char *text)
{
	QRcode *code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
	QrCode *qr;

	if (code == NULL)
		return NULL;
	qr = arena_new0(mem, QrCode);
	qr->size = code->width + 2 * QUIET;
	qr->path = arena_own(mem, path_of(code), g_free);
	QRcode_free(code);
	return qr;
}
