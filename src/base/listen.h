/* listen.h: the addresses that the program listens at: "inet:HOST:PORT" (port 0: any that is free) or "unix:PATH". */
#pragma once

#include "base/error.h"

typedef struct {
	int fd;
	guint16 port; /* of inet; else 0 */
	gboolean is_unix;
} Listener;

/* Binds and listens (with backlog 0 only binds, so that the address is ours and nobody is kept waiting): non-blocking,
 * close-on-exec, address reused; a unix socket that nobody serves any more is replaced, and made with mode 0666 (its
 * folder decides who may come). Invalid for an address of another form, unavailable where it cannot be had. */
gboolean listen_open(const char *address, int backlog, Listener *ret_listener, GError **error) MUST_CHECK;
