/* log.c: see log.h. */
#include "gate/log.h"

void gate_log_limited(GateLogLimit *limit, const char *what, const char *text)
{
	gint64 now = g_get_monotonic_time() / 1000;
	gint64 next = atomic_load(&limit->next_ms);
	gint64 left_out;

	if (now < next || !atomic_compare_exchange_strong(&limit->next_ms, &next, now + 1000)) {
		atomic_fetch_add(&limit->left_out, 1);
		return;
	}
	left_out = atomic_exchange(&limit->left_out, 0);
	{
		g_autofree char *cut = g_strndup(text, 300);
		g_autofree char *safe = g_strescape(cut, NULL);

		if (left_out > 0)
			g_warning("%s: %s (and %" G_GINT64_FORMAT " more like it)", what, safe, left_out);
		else
			g_warning("%s: %s", what, safe);
	}
}
