/* listen.h: "inet:HOST:PORT" and "unix:PATH" as sockets. */
#pragma once

#include "base/error.h"

/* A socket bound to the address and not yet listening (*ret_path: the path of a Unix socket, to be removed at the end,
 * else NULL; free with g_free). The socket file of a process that has gone is replaced. Invalid where it is no address,
 * unavailable where it is taken or may not be used. */
gboolean listen_bind(const char *address, int *ret_fd, char **ret_path, GError **error) MUST_CHECK;
