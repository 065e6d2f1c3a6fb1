/* journal_read.c: reading the journal and clearing away what was taken in, from any process on the machine. */
#include "gate/journal.h"
#include "gate/journal_files.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define SUFFIX ".journal"
#define DIGITS 20
/* At least one whole entry. */
#define WINDOW ((gsize)256 << 10)

static int compare_starts(gconstpointer a, gconstpointer b)
{
	gint64 left = *(const gint64 *)a, right = *(const gint64 *)b;

	return (left > right) - (left < right);
}

GArray *journal_files_list(const char *dir)
{
	g_autoptr(GDir) folder = g_dir_open(dir, 0, NULL);
	GArray *starts;
	const char *name;

	if (folder == NULL)
		return NULL;
	starts = g_array_new(FALSE, FALSE, sizeof(gint64));
	while ((name = g_dir_read_name(folder)) != NULL) {
		g_autofree char *digits = g_strndup(name, DIGITS);
		gint64 start;

		if (strlen(name) == DIGITS + strlen(SUFFIX) && g_str_has_suffix(name, SUFFIX) &&
			g_ascii_string_to_signed(digits, 10, 0, G_MAXINT64, &start, NULL))
			g_array_append_val(starts, start);
	}
	g_array_sort(starts, compare_starts);
	return starts;
}

char *journal_files_path(const char *dir, gint64 start)
{
	g_autofree char *name = g_strdup_printf("%0*" G_GINT64_FORMAT SUFFIX, DIGITS, start);

	return g_build_filename(dir, name, NULL);
}

gboolean gate_journal_name(const char *dir, Arena *mem, const char **ret_name, GError **error)
{
	g_autofree char *path = g_build_filename(dir, "name", NULL);
	g_autofree char *text = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return not_found(error, "There is no journal of a gate in %s.", dir);
	*ret_name = arena_strdup(mem, g_strstrip(text));
	return TRUE;
}

typedef struct {
	Arena *mem;
	GateEntry *entries;
	gsize n, max;
	gint64 position, skipped;
} Reading;

/* A piece of a file, from an offset on. */
static gboolean read_window(int fd, gint64 offset, GByteArray *window, const char *path, GError **error)
{
	ssize_t n;

	g_byte_array_set_size(window, WINDOW);
	do
		n = pread(fd, window->data, WINDOW, offset);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return unavailable(error, "The gate's journal file %s cannot be read: %s.", path, g_strerror(errno));
	g_byte_array_set_size(window, (guint)n);
	return TRUE;
}

static gboolean is_written(const GByteArray *window)
{
	for (guint i = 0; i < MIN(window->len, 8); i++)
		if (window->data[i] != 0)
			return TRUE;
	return FALSE;
}

/* Takes the entries of one open file, up to where something does not fit: its end, or one that is torn or under way. */
static gboolean take_entries(
	Reading *reading, int fd, gint64 start, const char *path, gboolean *ret_torn, GError **error)
{
	g_autoptr(GByteArray) window = g_byte_array_new();
	gsize at;

	do {
		gsize length = 0;

		if (!read_window(fd, reading->position - start, window, path, error))
			return FALSE;
		at = 0;
		while (reading->n < reading->max &&
			(length = gate_frame_length(window->data + at, window->len - at)) > 0) {
			if (gate_entry_read(window->data + at, length, reading->mem, &reading->entries[reading->n]))
				reading->n++;
			at += length;
		}
		reading->position += (gint64)at;
	} while (at > 0 && reading->n < reading->max);
	*ret_torn = is_written(window);
	return TRUE;
}

/* last: it may still be written to, so that what does not fit is left for later. */
static gboolean take_file(Reading *reading, const char *dir, gint64 start, gint64 next, gboolean last, GError **error)
{
	g_autofree char *path = journal_files_path(dir, start);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	gboolean done, torn;

	if (fd < 0)
		return unavailable(error, "The gate's journal file %s cannot be read: %s.", path, g_strerror(errno));
	done = take_entries(reading, fd, start, path, &torn, error);
	close(fd);
	if (done && !last && reading->n < reading->max) {
		if (torn)
			reading->skipped += MAX(next - reading->position, 0);
		reading->position = next;
	}
	return done;
}

gboolean gate_journal_read_after(const char *dir, gint64 position, gsize max, Arena *mem, GateEntry **ret_entries,
	gsize *ret_n, gint64 *ret_position, gint64 *ret_skipped, GError **error)
{
	g_autoptr(GArray) starts = journal_files_list(dir);
	Reading reading = {.mem = mem, .max = max, .position = position};

	if (starts == NULL)
		return unavailable(error, "The gate's journal in %s cannot be read: %s.", dir, g_strerror(errno));
	reading.entries = arena_array(mem, GateEntry, max);
	for (guint i = 0; i < starts->len && reading.n < max; i++) {
		gint64 start = g_array_index(starts, gint64, i);
		gboolean last = i + 1 == starts->len;
		gint64 next = last ? G_MAXINT64 : g_array_index(starts, gint64, i + 1);

		if (reading.position >= next)
			continue;
		reading.position = MAX(reading.position, start);
		if (!take_file(&reading, dir, start, next, last, error))
			return FALSE;
	}
	*ret_entries = reading.entries;
	*ret_n = reading.n;
	*ret_position = reading.position;
	if (ret_skipped != NULL)
		*ret_skipped = reading.skipped;
	return TRUE;
}

gboolean gate_journal_forget(const char *dir, gint64 position, GError **error)
{
	g_autoptr(GArray) starts = journal_files_list(dir);

	if (starts == NULL)
		return unavailable(error, "The gate's journal in %s cannot be read: %s.", dir, g_strerror(errno));
	for (guint i = 0; i + 1 < starts->len && g_array_index(starts, gint64, i + 1) <= position; i++) {
		g_autofree char *path = journal_files_path(dir, g_array_index(starts, gint64, i));

		if (unlink(path) < 0 && errno != ENOENT)
			return unavailable(error, "%s cannot be removed: %s.", path, g_strerror(errno));
	}
	return TRUE;
}
