/* index.c: the table of identifiers. What customers are, and how identifiers are normalised, is not known here. */
#include "gate/index.h"

#include <sodium.h>

typedef struct {
	guint32 text; /* where its key starts in texts; 0: empty */
	guint32 customer;
	guint32 tag; /* low half of the hash */
	guint32 flags;
} Place;
_Static_assert(sizeof(Place) == 16, "the index's memory is reckoned with 16 bytes a place");

struct GateIndex {
	Place *places;
	gsize n_places, used;
	char *texts; /* keys one behind another, each with its NUL; byte 0 is not used */
	gsize texts_used, texts_room;
	guint8 key[crypto_shorthash_KEYBYTES];
};

gsize gate_index_key(
	IdentifierKind kind, const char *text, gsize length, const PhoneRules *phones, char out[GATE_KEY_MAX])
{
	out[0] = (char)('a' + (int)kind);
	if (!identifier_normalise_into(kind, text, length, phones, out + 1, GATE_KEY_MAX - 1) || out[1] == '\0')
		return 0;
	return 1 + strlen(out + 1);
}

GateIndex *gate_index_new(gsize n, gsize text_bytes, const guint8 hash_key[16])
{
	GateIndex *index = g_new0(GateIndex, 1);

	index->n_places = n + n * 2 / 3 + 1;
	index->texts_room = text_bytes + 1;
	g_assert(index->n_places < G_MAXUINT32 && index->texts_room < G_MAXUINT32);
	index->places = g_new0(Place, index->n_places);
	index->texts = g_malloc0(index->texts_room);
	index->texts_used = 1;
	memcpy(index->key, hash_key, sizeof index->key);
	return index;
}

void gate_index_free(GateIndex *index)
{
	if (index == NULL)
		return;
	g_free(index->places);
	g_free(index->texts);
	g_free(index);
}

void gate_index_find(const GateIndex *index, const char *key, gsize length, GateIndexCursor *ret_cursor)
{
	guint8 bytes[crypto_shorthash_BYTES];
	guint64 hash;

	_Static_assert(sizeof bytes == sizeof hash, "SipHash gives 64 bits");
	crypto_shorthash(bytes, (const guint8 *)key, length, index->key);
	memcpy(&hash, bytes, sizeof hash);
	ret_cursor->tag = (guint32)hash;
	/* the upper half, spread over the places without a division */
	ret_cursor->place = (gsize)(((hash >> 32) * index->n_places) >> 32);
	ret_cursor->probes = 0;
}

static gboolean is_key(const GateIndex *index, const Place *place, guint32 tag, const char *key, gsize length)
{
	const char *text = index->texts + place->text;

	return place->tag == tag && memcmp(text, key, length) == 0 && text[length] == '\0';
}

gboolean gate_index_next(const GateIndex *index, const char *key, gsize length, GateIndexCursor *cursor,
	guint32 *ret_customer, guint *ret_flags)
{
	while (cursor->probes++ < index->n_places) {
		const Place *place = &index->places[cursor->place];

		if (place->text == 0)
			return FALSE;
		if (++cursor->place == index->n_places)
			cursor->place = 0;
		if (place->text + length < index->texts_used && is_key(index, place, cursor->tag, key, length)) {
			*ret_customer = place->customer;
			*ret_flags = place->flags;
			return TRUE;
		}
	}
	return FALSE;
}

void gate_index_add(GateIndex *index, IdentifierKind kind, const char *normal, guint32 customer, guint flags)
{
	g_autofree char *key = g_strdup_printf("%c%s", (char)('a' + (int)kind), normal);
	gsize length = strlen(key);
	GateIndexCursor cursor;
	guint32 text = 0;

	gate_index_find(index, key, length, &cursor);
	while (index->places[cursor.place].text != 0) {
		const Place *place = &index->places[cursor.place];

		if (place->text + length < index->texts_used && is_key(index, place, cursor.tag, key, length))
			text = place->text;
		if (++cursor.place == index->n_places)
			cursor.place = 0;
		g_assert(++cursor.probes < index->n_places);
	}
	if (text == 0) {
		g_assert(index->texts_used + length + 1 <= index->texts_room);
		text = (guint32)index->texts_used;
		memcpy(index->texts + text, key, length + 1);
		index->texts_used += length + 1;
	}
	index->places[cursor.place] = (Place){text, customer, cursor.tag, flags};
	index->used++;
}

gsize gate_index_bytes(const GateIndex *index)
{
	return index->n_places * sizeof(Place) + index->texts_room;
}

gsize gate_index_size(const GateIndex *index)
{
	return index->used;
}
