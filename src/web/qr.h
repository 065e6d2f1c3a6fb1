/* qr.h: a QR code, as the path of an SVG that a template draws. */
#pragma once

#include "base/arena.h"

typedef struct {
	int size;         /* squares on a side, the quiet zone around it included */
	const char *path; /* of the dark squares: "M4 4h7v1h-7z…" */
} QrCode;

/* NULL where the text is too long for one. */
const QrCode *qr_code(Arena *mem, const char *text);
