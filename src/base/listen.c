/* listen.c: sockets that wait for callers. */
#include "base/listen.h"

#include <errno.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* Whether somebody answers at a socket's path: then it is not ours to replace. */
static gboolean is_served(const struct sockaddr_un *name)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	gboolean served = fd >= 0 && connect(fd, (const struct sockaddr *)name, sizeof *name) == 0;

	if (fd >= 0)
		close(fd);
	return served;
}

static gboolean open_unix(const char *path, int backlog, Listener *ret_listener, GError **error)
{
	struct sockaddr_un name = {.sun_family = AF_UNIX};
	struct stat there;
	int fd;

	if (strlen(path) >= sizeof name.sun_path)
		return invalid(error, NULL, "The socket's path is too long: %s.", path);
	memcpy(name.sun_path, path, strlen(path));
	if (lstat(path, &there) == 0 && S_ISSOCK(there.st_mode)) {
		if (is_served(&name))
			return unavailable(error, "Another program listens at %s already.", path);
		unlink(path);
	}
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0 || bind(fd, (const struct sockaddr *)&name, sizeof name) != 0 || chmod(path, 0666) != 0 ||
		(backlog > 0 && listen(fd, backlog) != 0)) {
		unavailable(error, "Cannot listen at %s: %s.", path, g_strerror(errno));
		if (fd >= 0)
			close(fd);
		return FALSE;
	}
	*ret_listener = (Listener){.fd = fd, .is_unix = TRUE};
	return TRUE;
}

static guint16 port_of(int fd)
{
	struct sockaddr_storage name;
	socklen_t size = sizeof name;
	char port[8] = "0";

	if (getsockname(fd, (struct sockaddr *)&name, &size) == 0)
		getnameinfo(
			(struct sockaddr *)&name, size, NULL, 0, port, sizeof port, NI_NUMERICHOST | NI_NUMERICSERV);
	return (guint16)g_ascii_strtoull(port, NULL, 10);
}

static gboolean open_inet(const char *host, const char *port, int backlog, Listener *ret_listener, GError **error)
{
	const struct addrinfo hints = {.ai_flags = AI_PASSIVE | AI_NUMERICSERV, .ai_socktype = SOCK_STREAM};
	struct addrinfo *found;
	int fd, problem = getaddrinfo(host, port, &hints, &found);
	const int on = 1;

	if (problem != 0)
		return invalid(
			error, NULL, "Cannot find the address %s port %s: %s.", host, port, gai_strerror(problem));
	fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
		bind(fd, found->ai_addr, found->ai_addrlen) != 0 || (backlog > 0 && listen(fd, backlog) != 0)) {
		unavailable(error, "Cannot listen at %s port %s: %s.", host, port, g_strerror(errno));
		freeaddrinfo(found);
		if (fd >= 0)
			close(fd);
		return FALSE;
	}
	freeaddrinfo(found);
	*ret_listener = (Listener){.fd = fd, .port = port_of(fd)};
	return TRUE;
}

gboolean listen_open(const char *address, int backlog, Listener *ret_listener, GError **error)
{
	const char *colon = strrchr(address, ':');
	g_autofree char *host = NULL;

	if (g_str_has_prefix(address, "unix:") && address[5] != '\0')
		return open_unix(address + 5, backlog, ret_listener, error);
	if (!g_str_has_prefix(address, "inet:") || colon <= address + 5 || colon[1] == '\0')
		return invalid(
			error, NULL, "'%s' is no address to listen at. Write inet:HOST:PORT or unix:PATH.", address);
	host = g_strndup(address + 5, (gsize)(colon - address - 5));
	if (host[0] == '[' && g_str_has_suffix(host, "]")) { /* an IPv6 address */
		memmove(host, host + 1, strlen(host));
		host[strlen(host) - 1] = '\0';
	}
	return open_inet(host, colon + 1, backlog, ret_listener, error);
}
