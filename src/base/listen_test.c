/* listen_test.c: the addresses that the program listens at. */
#include "base/listen.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static Listener open_good(const char *address)
{
	g_autoptr(GError) error = NULL;
	Listener listener;

	if (!listen_open(address, 4, &listener, &error))
		g_error("%s: %s", address, error->message);
	return listener;
}

static void assert_not(const char *address, EvenhandError kind)
{
	g_autoptr(GError) error = NULL;
	Listener listener;

	if (listen_open(address, 4, &listener, &error))
		g_error("%s", address);
	g_assert_error(error, EVENHAND_ERROR, (int)kind);
}

static void ports(void)
{
	static const char *const GOOD[] = {"inet:127.0.0.1:0", "inet:localhost:0", "inet:0.0.0.0:0", "inet:[::1]:0"};
	const gsize n = G_N_ELEMENTS(GOOD) - (access("/proc/net/if_inet6", F_OK) != 0); /* a machine without IPv6 */
	g_autofree char *taken = NULL;
	Listener listener;

	for (gsize i = 0; i < n; i++) {
		listener = open_good(GOOD[i]);
		g_assert_cmpuint(listener.port, >, 0);
		g_assert_false(listener.is_unix);
		close(listener.fd);
	}
	listener = open_good("inet:127.0.0.1:0");
	taken = g_strdup_printf("inet:127.0.0.1:%u", listener.port);
	assert_not(taken, EVENHAND_ERROR_UNAVAILABLE);
	close(listener.fd);
}

static void what_is_no_address(void)
{
	static const char *const WRONG[] = {"", "127.0.0.1:80", "inet:", "inet:host", "inet::80",
		"inet:host:", "inet:[:80", "inet:[::1:80", "inet:]:80", "inet:127.0.0.1:eighty",
		"unix:", "tcp:host:80"};
	g_autofree char *name = g_strnfill(200, 'x'), *far = g_strconcat("unix:/", name, NULL);

	for (gsize i = 0; i < G_N_ELEMENTS(WRONG); i++)
		assert_not(WRONG[i], EVENHAND_ERROR_INVALID);
	assert_not(far, EVENHAND_ERROR_INVALID);
	assert_not("unix:/none/at/all", EVENHAND_ERROR_UNAVAILABLE);
}

static void unix_sockets(void)
{
	g_autofree char *folder = g_dir_make_tmp("listen_test.XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "s", NULL), *address = g_strconcat("unix:", path, NULL);
	Listener listener = open_good(address);
	struct stat there;

	g_assert_true(listener.is_unix);
	g_assert_cmpuint(listener.port, ==, 0);
	g_assert_cmpint(stat(path, &there), ==, 0);
	g_assert_cmpuint(there.st_mode & 0777, ==, 0666);
	assert_not(address, EVENHAND_ERROR_UNAVAILABLE); /* somebody serves it */
	close(listener.fd);
	listener = open_good(address); /* nobody does any more: it is replaced */
	close(listener.fd);
	/* What is no socket is nobody's to remove. */
	g_assert_cmpint(unlink(path), ==, 0);
	g_assert_true(g_file_set_contents(path, "kept", -1, NULL));
	assert_not(address, EVENHAND_ERROR_UNAVAILABLE);
	g_assert_cmpint(stat(path, &there), ==, 0);
	g_assert_cmpint(there.st_size, ==, 4);
	g_assert_cmpint(unlink(path), ==, 0);
	g_assert_cmpint(rmdir(folder), ==, 0);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/listen/ports", ports);
	g_test_add_func("/listen/what-is-no-address", what_is_no_address);
	g_test_add_func("/listen/unix-sockets", unix_sockets);
	return g_test_run();
}
