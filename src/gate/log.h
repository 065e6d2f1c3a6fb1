/* log.h: a line of log for what may happen thousands of times a second: at most one a second, with how many were left
 * out. */
#pragma once

#include <glib.h>
#include <stdatomic.h>

typedef struct {
	_Atomic gint64 next_ms; /* of the monotonic clock */
	_Atomic gint64 left_out;
} GateLogLimit;

/* text: from outside as it is; it is escaped and cut. */
void gate_log_limited(GateLogLimit *limit, const char *what, const char *text);
