/* The journal's reader: any bytes, as a file and as the content of a sound frame. */
#include "fuzz.h"

#include "gate/entry.h"

int LLVMFuzzerTestOneInput(const guint8 *bytes, gsize n)
{
	g_autoptr(Arena) mem = arena_new((gsize)64 << 20);
	g_autofree guint8 *frame = g_malloc0(n + 8);
	GateEntry entry;
	gsize at = 0, length;

	while ((length = gate_frame_length(bytes + at, n - at)) > 0) {
		g_assert_cmpuint(length, <=, n - at);
		(void)gate_entry_read(bytes + at, length, mem, &entry);
		at += length;
	}
	if (n == 0)
		return 0;
	memcpy(frame + 8, bytes, n);
	if (gate_entry_read(frame, n + 8, mem, &entry) && !entry.stranger)
		g_assert_nonnull(entry.reasons);
	return 0;
}
