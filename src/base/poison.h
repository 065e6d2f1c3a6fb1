/* poison.h: what nobody here calls. The root meson.build puts it before every file, so that using one is an error of
 * the compiler: they write without a limit, fail without a word, or share one hidden buffer. Instead: arena_printf,
 * g_strlcpy, g_snprintf, g_ascii_string_to_signed, strtok_r or g_strsplit, and when.h for local time. */
#pragma once

/* first the headers that declare them */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#undef sprintf
#undef vsprintf
#pragma GCC poison strcpy strcat sprintf vsprintf strtok atoi atol gmtime localtime
