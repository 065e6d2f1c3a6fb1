/* arena.c: the arena (chunks of memory that end together) and the list that grows in it. Nothing else lives
 * here: no strings of our own kind, no containers; those are GLib's, handed over by arena_own. */
#include "base/arena.h"

#include <stdarg.h>
#include <stddef.h>
#include <string.h>

/* Small enough that a short request is cheap, doubled chunk by chunk so that a long one makes few. */
#define CHUNK_FIRST ((gsize)4096)
#define CHUNK_LARGEST ((gsize)1 << 20)
#define ALIGNMENT (_Alignof(max_align_t))

typedef struct Chunk Chunk;
struct Chunk {
	Chunk *before;
	gsize room; /* bytes that data holds */
	gsize taken;
	_Alignas(max_align_t) char data[];
};

typedef struct Owned Owned;
struct Owned {
	Owned *before;
	void *p;
	GDestroyNotify destroy;
};

struct Arena {
	Chunk *chunk; /* the newest; older ones hang on it */
	Owned *owned; /* the newest first, which is the order of destruction */
	gsize max;
	gsize used;
	gsize next_room;
};

Arena *arena_new(gsize max_bytes)
{
	Arena *arena = g_new0(Arena, 1);

	arena->max = max_bytes;
	arena->next_room = CHUNK_FIRST;
	return arena;
}

void arena_free(Arena *arena)
{
	if (arena == NULL)
		return;
	for (Owned *owned = arena->owned; owned != NULL; owned = owned->before)
		owned->destroy(owned->p);
	for (Chunk *chunk = arena->chunk; chunk != NULL;) {
		Chunk *before = chunk->before;

		g_free(chunk);
		chunk = before;
	}
	g_free(arena);
}

static void chunk_add(Arena *arena, gsize at_least)
{
	gsize room = MAX(arena->next_room, at_least);
	Chunk *chunk = g_malloc0(sizeof(Chunk) + room);

	chunk->room = room;
	arena->next_room = MIN(arena->next_room * 2, CHUNK_LARGEST);
	if (arena->chunk != NULL && at_least > CHUNK_LARGEST / 4) {
		/* a big piece has a chunk to itself; the one in use keeps its place and its free end */
		chunk->before = arena->chunk->before;
		arena->chunk->before = chunk;
		return;
	}
	chunk->before = arena->chunk;
	arena->chunk = chunk;
}

void *arena_alloc(Arena *arena, gsize size)
{
	gsize step;
	Chunk *chunk;
	void *p;

	if (size > arena->max - arena->used)
		g_error("arena: %" G_GSIZE_FORMAT " bytes wanted, %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " used",
			size, arena->used, arena->max);
	step = (MAX(size, 1) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	chunk = arena->chunk;
	if (chunk == NULL || chunk->room - chunk->taken < step) {
		chunk_add(arena, step);
		chunk = arena->chunk;
		if (chunk->room - chunk->taken < step)
			chunk = chunk->before;
	}
	p = chunk->data + chunk->taken;
	chunk->taken += step;
	arena->used += MIN(step, arena->max - arena->used);
	return p;
}

void *arena_alloc_n(Arena *arena, gsize n, gsize size)
{
	if (size != 0 && n > G_MAXSIZE / size)
		g_error("arena: %" G_GSIZE_FORMAT " times %" G_GSIZE_FORMAT " bytes wanted", n, size);
	return arena_alloc(arena, size * n);
}

void *arena_memdup(Arena *arena, const void *data, gsize size)
{
	void *copy = arena_alloc(arena, size);

	if (size > 0)
		memcpy(copy, data, size);
	return copy;
}

char *arena_strndup(Arena *arena, const char *text, gsize length)
{
	gsize n = strnlen(text, length);
	char *copy = arena_alloc(arena, n + 1);

	memcpy(copy, text, n); /* the nought after it is there already */
	return copy;
}

char *arena_strdup(Arena *arena, const char *text)
{
	return text == NULL ? NULL : arena_memdup(arena, text, strlen(text) + 1);
}

char *arena_printf(Arena *arena, const char *format, ...)
{
	char few[256]; /* most fit, and are formatted once */
	va_list arguments;
	int length;
	char *text;

	va_start(arguments, format);
	length = g_vsnprintf(few, sizeof few, format, arguments);
	va_end(arguments);
	g_assert(length >= 0);
	if ((gsize)length < sizeof few)
		return arena_memdup(arena, few, (gsize)length + 1);

	text = arena_alloc(arena, (gsize)length + 1);
	va_start(arguments, format);
	g_vsnprintf(text, (gsize)length + 1, format, arguments);
	va_end(arguments);
	return text;
}

void *arena_own(Arena *arena, void *p, GDestroyNotify destroy)
{
	Owned *owned = arena_new0(arena, Owned);

	*owned = (Owned){.before = arena->owned, .p = p, .destroy = destroy};
	arena->owned = owned;
	return p;
}

gsize arena_used(const Arena *arena)
{
	return arena->used;
}

void arena_list_add(Arena *arena, ArenaList *list, void *item)
{
	if (list->n == list->room) {
		gsize room = list->room == 0 ? 8 : list->room * 2;
		void **items = arena_array(arena, void *, room);

		if (list->n > 0)
			memcpy(items, list->items, list->n * sizeof(void *));
		list->items = items;
		list->room = room;
	}
	list->items[list->n++] = item;
}
