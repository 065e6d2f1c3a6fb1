/* listen.c: sockets to listen on. Who accepts is lines.c. */
#include "gate/listen.h"

#include <errno.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static gboolean taken(GError **error, const char *address, int number)
{
	return unavailable(error, "The gate cannot listen on %s: %s.", address, g_strerror(number));
}

/* Whether somebody listens on the path. */
static gboolean is_served(const struct sockaddr_un *name)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	gboolean served = fd >= 0 && connect(fd, (const struct sockaddr *)name, sizeof *name) == 0;

	if (fd >= 0)
		close(fd);
	return served;
}

static gboolean bind_unix(const char *address, const char *path, int *ret_fd, char **ret_path, GError **error)
{
	struct sockaddr_un name = {.sun_family = AF_UNIX};
	struct stat status;
	int fd;

	if (path[0] != '/' || strlen(path) >= sizeof name.sun_path)
		return invalid(error, "address", "'%s' needs an absolute path of at most %zu letters after unix:.",
			address, sizeof name.sun_path - 1);
	g_strlcpy(name.sun_path, path, sizeof name.sun_path);
	if (lstat(path, &status) == 0 && S_ISSOCK(status.st_mode) && !is_served(&name))
		unlink(path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return taken(error, address, errno);
	/* who may connect is said by the folder's rights: the mail server is another user */
	if (bind(fd, (const struct sockaddr *)&name, sizeof name) < 0 || chmod(path, 0666) < 0) {
		taken(error, address, errno);
		close(fd);
		return FALSE;
	}
	*ret_fd = fd;
	*ret_path = g_strdup(path);
	return TRUE;
}

static gboolean bind_inet(const char *address, const char *rest, int *ret_fd, GError **error)
{
	const char *colon = strrchr(rest, ':');
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE}, *found;
	g_autofree char *host = colon != NULL ? g_strndup(rest, (gsize)(colon - rest)) : NULL;
	gsize n = host != NULL ? strlen(host) : 0;
	int fd, one = 1, number;

	if (n > 2 && host[0] == '[' && host[n - 1] == ']') {
		host[n - 1] = '\0';
		memmove(host, host + 1, n - 1);
	}
	if (n == 0 || colon[1] == '\0' || getaddrinfo(host, colon + 1, &hints, &found) != 0)
		return invalid(error, "address", "'%s' is no address: inet:HOST:PORT is expected.", address);
	fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd >= 0)
		(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	if (fd < 0 || bind(fd, found->ai_addr, found->ai_addrlen) < 0) {
		number = errno;
		freeaddrinfo(found);
		if (fd >= 0)
			close(fd);
		return taken(error, address, number);
	}
	freeaddrinfo(found);
	*ret_fd = fd;
	return TRUE;
}

gboolean listen_bind(const char *address, int *ret_fd, char **ret_path, GError **error)
{
	*ret_path = NULL;
	if (g_str_has_prefix(address, "unix:"))
		return bind_unix(address, address + strlen("unix:"), ret_fd, ret_path, error);
	if (g_str_has_prefix(address, "inet:"))
		return bind_inet(address, address + strlen("inet:"), ret_fd, error);
	return invalid(error, "address", "'%s' is no address: inet:HOST:PORT or unix:PATH is expected.", address);
}
