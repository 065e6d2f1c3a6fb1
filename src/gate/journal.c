/* journal.c: writing the journal: into a shared mapping of a file whose space is taken beforehand, so that an entry
 * costs a copy and no call of the system. What is copied is the system's from then on, and survives this process.
 * Entries are entry.c's, reading is journal_read.c's. */
#include "gate/journal.h"

#include "base/bytes.h"
#include "gate/journal_files.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_BYTES ((gsize)16 << 20)
#define SYNC_NANOSECONDS (40 * 1000 * 1000)

struct GateJournal {
	char *dir;
	int lock;
	pthread_t syncer;
	gboolean has_syncer; /* of the thread that opened it */

	pthread_mutex_t mutex;
	pthread_cond_t wake;   /* the syncer: something was written, or the end */
	pthread_cond_t synced; /* whoever waits for it */
	int file;              /* -1: must be begun */
	char *bytes;           /* its mapping */
	gsize size, length;    /* of the mapping; of what was written in it */
	gint64 start;          /* its position */
	int retired;           /* a full file that the syncer has to sync and close; -1 */
	gboolean begun;        /* the folder has to be synced */
	guint64 written, synced_up_to;
	int sync_error; /* errno of the last sync; 0 */
	gboolean ending;
};

static gboolean failed(GError **error, const char *what, const char *dir, int number)
{
	return unavailable(error, "The gate's journal in %s cannot be %s: %s.", dir, what, g_strerror(number));
}

/* A name for a new folder, in place all at once. */
static gboolean make_name(const char *dir, GError **error)
{
	g_autofree char *path = g_build_filename(dir, "name", NULL);
	g_autoptr(Arena) mem = arena_new(4096);
	guint8 random[16];

	if (g_file_test(path, G_FILE_TEST_EXISTS))
		return TRUE;
	bytes_random(random, sizeof random);
	if (!g_file_set_contents_full(path, bytes_to_hex(mem, random, sizeof random), -1,
		    G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, NULL))
		return failed(error, "made", dir, errno);
	return TRUE;
}

static gboolean take_lock(GateJournal *journal, GError **error)
{
	g_autofree char *path = g_build_filename(journal->dir, "lock", NULL);

	journal->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (journal->lock < 0)
		return failed(error, "locked", journal->dir, errno);
	if (flock(journal->lock, LOCK_EX | LOCK_NB) < 0)
		return conflict(error, "Another process writes the gate's journal in %s.", journal->dir);
	return TRUE;
}

static void sync_folder(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		(void)fsync(fd);
		close(fd);
	}
}

/* Takes the space and maps it; the errno, or 0. */
static int map_file(GateJournal *journal, int fd, gsize size)
{
	int number = posix_fallocate(fd, 0, (off_t)size);
	void *bytes;

	if (number != 0)
		return number;
	bytes = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (bytes == MAP_FAILED)
		return errno;
	journal->bytes = bytes;
	journal->size = size;
	return 0;
}

/* Begins a file at the journal's end, for at least so many bytes. Under the mutex. */
static gboolean begin_file(GateJournal *journal, gsize at_least, GError **error)
{
	g_autofree char *path = journal_files_path(journal->dir, journal->start);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600), number;

	if (fd < 0)
		return failed(error, "written", journal->dir, errno);
	number = map_file(journal, fd, MAX(FILE_BYTES, at_least));
	if (number != 0) {
		unlink(path);
		close(fd);
		return failed(error, "written", journal->dir, number);
	}
	journal->file = fd;
	journal->length = 0;
	journal->begun = TRUE;
	return TRUE;
}

/* Where the journal goes on: behind everything that lies there, written or not. */
static gboolean find_end(GateJournal *journal, GError **error)
{
	g_autoptr(GArray) starts = journal_files_list(journal->dir);
	g_autofree char *path = NULL;
	struct stat status;

	if (starts == NULL)
		return failed(error, "read", journal->dir, errno);
	if (starts->len == 0)
		return TRUE;
	journal->start = g_array_index(starts, gint64, starts->len - 1);
	path = journal_files_path(journal->dir, journal->start);
	if (stat(path, &status) < 0)
		return failed(error, "read", journal->dir, errno);
	journal->start += status.st_size;
	return TRUE;
}

/* One round of the syncer. Under the mutex, which is free while the disk works. */
static void sync_once(GateJournal *journal)
{
	int file = journal->file >= 0 ? fcntl(journal->file, F_DUPFD_CLOEXEC, 0) : -1;
	int retired = journal->retired, number = 0;
	guint64 up_to = journal->written;
	gboolean begun = journal->begun;

	journal->retired = -1;
	journal->begun = FALSE;
	pthread_mutex_unlock(&journal->mutex);
	if (retired >= 0) {
		if (fdatasync(retired) < 0)
			number = errno;
		close(retired);
	}
	if (file >= 0) {
		if (fdatasync(file) < 0)
			number = errno;
		close(file);
	}
	if (begun)
		sync_folder(journal->dir);
	pthread_mutex_lock(&journal->mutex);
	journal->sync_error = number;
	journal->synced_up_to = up_to;
	pthread_cond_broadcast(&journal->synced);
}

static void *syncer(void *data)
{
	GateJournal *journal = data;

	pthread_mutex_lock(&journal->mutex);
	while (!journal->ending || journal->synced_up_to < journal->written) {
		struct timespec until;

		if (journal->synced_up_to == journal->written) {
			pthread_cond_wait(&journal->wake, &journal->mutex);
			continue;
		}
		/* what is written in this time is synced together */
		clock_gettime(CLOCK_MONOTONIC, &until);
		until.tv_nsec += SYNC_NANOSECONDS;
		until.tv_sec += until.tv_nsec / 1000000000;
		until.tv_nsec %= 1000000000;
		while (!journal->ending && pthread_cond_timedwait(&journal->wake, &journal->mutex, &until) != ETIMEDOUT)
			continue;
		sync_once(journal);
	}
	pthread_mutex_unlock(&journal->mutex);
	return NULL;
}

gboolean gate_journal_open(const char *dir, GateJournal **ret_journal, GError **error)
{
	g_autoptr(GateJournal) journal = g_new0(GateJournal, 1);
	pthread_condattr_t monotonic;

	journal->dir = g_strdup(dir);
	journal->file = journal->retired = journal->lock = -1;
	pthread_mutex_init(&journal->mutex, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&journal->wake, &monotonic);
	pthread_cond_init(&journal->synced, &monotonic);
	pthread_condattr_destroy(&monotonic);
	if (g_mkdir_with_parents(dir, 0700) < 0)
		return failed(error, "made", dir, errno);
	if (!take_lock(journal, error) || !make_name(dir, error) || !find_end(journal, error))
		return FALSE;
	if (pthread_create(&journal->syncer, NULL, syncer, journal) != 0)
		return unavailable(error, "The thread that syncs the gate's journal cannot be started.");
	journal->has_syncer = TRUE;
	*ret_journal = g_steal_pointer(&journal);
	return TRUE;
}

void gate_journal_close(GateJournal *journal)
{
	if (journal == NULL)
		return;
	if (journal->has_syncer) {
		pthread_mutex_lock(&journal->mutex);
		journal->ending = TRUE;
		pthread_cond_signal(&journal->wake);
		pthread_mutex_unlock(&journal->mutex);
		pthread_join(journal->syncer, NULL);
	}
	if (journal->file >= 0) {
		/* gives back the space that was not needed */
		if (ftruncate(journal->file, (off_t)journal->length) < 0)
			g_warning("the gate's journal keeps space that it does not need: %s", g_strerror(errno));
		munmap(journal->bytes, journal->size);
		close(journal->file);
	}
	if (journal->lock >= 0)
		close(journal->lock);
	pthread_cond_destroy(&journal->wake);
	pthread_cond_destroy(&journal->synced);
	pthread_mutex_destroy(&journal->mutex);
	g_free(journal->dir);
	g_free(journal);
}

/* A file without room for the batch is left to the syncer. Under the mutex. */
static void retire_file(GateJournal *journal)
{
	while (journal->retired >= 0)
		pthread_cond_wait(&journal->synced, &journal->mutex);
	munmap(journal->bytes, journal->size);
	journal->start += (gint64)journal->size;
	journal->retired = journal->file;
	journal->file = -1;
	journal->written++;
	pthread_cond_signal(&journal->wake);
}

gboolean gate_journal_append(GateJournal *journal, const GByteArray *batch, GError **error)
{
	gboolean done = TRUE;

	if (batch->len == 0)
		return TRUE;
	pthread_mutex_lock(&journal->mutex);
	/* after a sync that failed, only a new file can be trusted */
	if (journal->file >= 0 && (batch->len > journal->size - journal->length || journal->sync_error != 0))
		retire_file(journal);
	journal->sync_error = 0;
	if (journal->file < 0)
		done = begin_file(journal, batch->len, error);
	if (done) {
		memcpy(journal->bytes + journal->length, batch->data, batch->len);
		journal->length += batch->len;
		if (journal->written++ == journal->synced_up_to)
			pthread_cond_signal(&journal->wake);
	}
	pthread_mutex_unlock(&journal->mutex);
	return done;
}

gint64 gate_journal_end(GateJournal *journal)
{
	gint64 end;

	pthread_mutex_lock(&journal->mutex);
	end = journal->start + (journal->file >= 0 ? (gint64)journal->length : 0);
	pthread_mutex_unlock(&journal->mutex);
	return end;
}

gboolean gate_journal_sync(GateJournal *journal, GError **error)
{
	guint64 wanted;
	int number;

	pthread_mutex_lock(&journal->mutex);
	wanted = journal->written;
	pthread_cond_signal(&journal->wake);
	while (journal->synced_up_to < wanted)
		pthread_cond_wait(&journal->synced, &journal->mutex);
	number = journal->sync_error;
	pthread_mutex_unlock(&journal->mutex);
	return number == 0 || failed(error, "synced", journal->dir, number);
}
