/* arena.h: memory that ends all at once.
 *
 * What one request, job run or command loads belongs to its arena: nobody frees a piece of it, and it ends
 * with the request. What outlives a request never points into an arena. An arena is made with a maximum, so
 * that no input can make it grow without bound; reaching it ends the program (the edges' limits come first).
 * An arena belongs to one thread at a time. */
#pragma once

#include <glib.h>

typedef struct Arena Arena;

/* A new, empty arena that may hold at most max_bytes. Free with arena_free. */
Arena *arena_new(gsize max_bytes);
void arena_free(Arena *arena); /* NULL is fine; runs the destroy functions of arena_own in reverse order */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Arena, arena_free)

/* The size most requests get: 64 MiB. */
#define ARENA_REQUEST_MAX ((gsize)64 << 20)

/* size zeroed bytes, aligned for any type. */
void *arena_alloc(Arena *arena, gsize size) G_GNUC_MALLOC G_GNUC_ALLOC_SIZE(2);
#define arena_new0(arena, Type) ((Type *)arena_alloc((arena), sizeof(Type)))
/* n of Type, zeroed; a product too large for memory is met like the maximum. */
void *arena_alloc_n(Arena *arena, gsize n, gsize size) G_GNUC_MALLOC G_GNUC_ALLOC_SIZE2(2, 3);
#define arena_array(arena, Type, n) ((Type *)arena_alloc_n((arena), (n), sizeof(Type)))

char *arena_strdup(Arena *arena, const char *text); /* NULL gives NULL */
char *arena_strndup(Arena *arena, const char *text, gsize length);
char *arena_printf(Arena *arena, const char *format, ...) G_GNUC_PRINTF(2, 3);
void *arena_memdup(Arena *arena, const void *data, gsize size);

/* The arena calls destroy(p) when it ends; returns p. For what GLib and other libraries allocate. */
void *arena_own(Arena *arena, void *p, GDestroyNotify destroy);

/* Bytes handed out so far. */
gsize arena_used(const Arena *arena);

/* A list that grows in an arena and is read as a plain array; the type of most results that have several rows. */
typedef struct {
	void **items;
	gsize n;
	gsize room;
} ArenaList;

void arena_list_add(Arena *arena, ArenaList *list, void *item);
