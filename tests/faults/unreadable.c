/* unreadable.c: preloaded into a program, it lets reading fail with ESTALE, as on a network disk that went away, for
 * the files whose path begins with $UNREADABLE, as long as the file $UNREADABLE_FLAG exists. No part of the program. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int is_broken(int fd)
{
	const char *prefix = getenv("UNREADABLE"), *flag = getenv("UNREADABLE_FLAG");
	char link[64], path[4096];
	ssize_t n;

	if (prefix == NULL || flag == NULL || access(flag, F_OK) != 0)
		return 0;
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	n = readlink(link, path, sizeof path - 1);
	if (n < 0)
		return 0;
	path[n] = '\0';
	return strncmp(path, prefix, strlen(prefix)) == 0;
}

ssize_t pread64(int fd, void *bytes, size_t n, off64_t at);
ssize_t pread64(int fd, void *bytes, size_t n, off64_t at)
{
	static ssize_t (*real)(int, void *, size_t, off64_t);
	int before = errno;

	if (is_broken(fd)) {
		errno = ESTALE;
		return -1;
	}
	errno = before;
	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "pread64");
	return real(fd, bytes, n, at);
}
