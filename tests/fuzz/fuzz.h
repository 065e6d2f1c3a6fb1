/* fuzz.h: the one function of a target. */
#pragma once

#include <glib.h>

int LLVMFuzzerTestOneInput(const guint8 *bytes, gsize n);
