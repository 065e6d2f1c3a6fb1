/* entry.c: entries of the journal as bytes. Files and durability are journal.c's. */
#include "gate/entry.h"

#include "base/bytes.h"

#include <jansson.h>
#include <pthread.h>

#define FRAME_HEAD 8
/* No entry is longer: an identifier, a few addresses, sixteen reasons. What claims to be is damage. */
#define FRAME_MAX ((gsize)64 << 10)
#define STRANGER_SIZE (1 + 1 + 8 + 16)

static guint32 crc_table[256];
static pthread_once_t crc_once = PTHREAD_ONCE_INIT;

static void crc_fill(void)
{
	for (guint32 i = 0; i < 256; i++) {
		guint32 c = i;

		for (int bit = 0; bit < 8; bit++)
			c = (c & 1) != 0 ? 0x82f63b78u ^ (c >> 1) : c >> 1;
		crc_table[i] = c;
	}
}

static guint32 crc32c(const guint8 *bytes, gsize n)
{
	guint32 crc = 0xffffffffu;

	pthread_once(&crc_once, crc_fill);
	for (gsize i = 0; i < n; i++)
		crc = crc_table[(crc ^ bytes[i]) & 0xff] ^ (crc >> 8);
	return ~crc;
}

static void put_number(guint8 *out, guint64 value, gsize size)
{
	for (gsize i = 0; i < size; i++)
		out[i] = (guint8)(value >> (8 * i));
}

static guint64 get_number(const guint8 *bytes, gsize size)
{
	guint64 value = 0;

	for (gsize i = 0; i < size; i++)
		value |= (guint64)bytes[i] << (8 * i);
	return value;
}

static void add_frame(GByteArray *batch, const guint8 *entry, gsize n)
{
	guint8 head[FRAME_HEAD];

	g_assert(n > 0 && n <= FRAME_MAX);
	put_number(head, n, 4);
	put_number(head + 4, crc32c(entry, n), 4);
	g_byte_array_append(batch, head, sizeof head);
	g_byte_array_append(batch, entry, (guint)n);
}

gsize gate_frame_length(const guint8 *bytes, gsize n)
{
	gsize length;

	if (n < FRAME_HEAD)
		return 0;
	length = get_number(bytes, 4);
	if (length == 0 || length > FRAME_MAX || length > n - FRAME_HEAD)
		return 0;
	return get_number(bytes + 4, 4) == crc32c(bytes + FRAME_HEAD, length) ? FRAME_HEAD + length : 0;
}

void gate_entry_add_stranger(GByteArray *batch, Channel channel, Instant at, const guint8 hash[16])
{
	guint8 entry[STRANGER_SIZE] = {'S', (guint8)channel};

	put_number(entry + 2, (guint64)at, 8);
	memcpy(entry + 10, hash, 16);
	add_frame(batch, entry, sizeof entry);
}

void gate_entry_from_answer(const GateQuery *query, const GateAnswer *answer, GateEntry *ret_entry)
{
	const GateCandidate *person = gate_answer_person(answer);

	*ret_entry = (GateEntry){
		.channel = query->channel,
		.at = query->at,
		.direction = query->direction,
		.contact_id = query->contact_id,
		.identifier = gate_answer_identifier(answer),
		.customer = person != NULL ? person->customer->ref : NULL,
		.door = answer->door != NULL ? answer->door->address : query->to,
		.matter = query->matter,
		.purpose = query->purpose,
		.verdict = answer->verdict,
		.minutes = person != NULL ? person->answer.minutes : 0,
	};
}

static json_t *reasons_json(const GateAnswer *answer)
{
	const GateCandidate *person = gate_answer_person(answer);
	json_t *list = json_array(), *candidates;

	if (person != NULL) {
		for (gsize i = 0; i < person->answer.n_reasons; i++) {
			const VerdictReason *reason = &person->answer.reasons[i];
			const Arrangement *arrangement = reason->arrangement;

			json_array_append_new(
				list, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "rule", reason->rule, "restriction",
					      arrangement->restrictions[reason->restriction].kind->key, "verdict",
					      verdict_name(reason->verdict), "arrangement", arrangement->ref,
					      "decision", arrangement->decision, "pack", arrangement->pack));
		}
	} else if (answer->n_candidates > 0) {
		candidates = json_array();
		for (gsize i = 0; i < answer->n_listed; i++)
			json_array_append_new(candidates, json_string(answer->candidates[i].customer->ref));
		json_array_append_new(list, json_pack("{s:s, s:o}", "rule", "R11", "candidates", candidates));
	}
	return list;
}

static json_t *uses_json(const GateAnswer *answer)
{
	const GateCandidate *person = gate_answer_person(answer);
	json_t *list = json_array();

	for (gsize i = 0; person != NULL && i < person->answer.n_uses; i++)
		json_array_append_new(list,
			json_pack("[s, I, I, I]", person->answer.uses[i].arrangement->ref,
				(json_int_t)person->answer.uses[i].restriction, (json_int_t)person->answer.uses[i].slot,
				(json_int_t)person->answer.uses[i].period_key));
	return list;
}

/* Text that came from outside is cut, so that an entry stays within its frame. */
static void put_text(json_t *json, const char *key, const char *text)
{
	gsize n = text != NULL ? strlen(text) : 0;
	const char *end;

	if (text == NULL)
		return;
	g_utf8_validate_len(text, MIN(n, IDENTIFIER_MAX), &end);
	json_object_set_new(json, key, json_stringn(text, (gsize)(end - text)));
}

void gate_entry_add_contact(GByteArray *batch, const GateEntry *entry, const GateAnswer *answer, gboolean counted)
{
	json_t *json = json_pack("{s:s, s:s, s:I, s:s, s:o}", "channel", channel_name(entry->channel), "direction",
		direction_name(entry->direction), "at", (json_int_t)entry->at, "verdict", verdict_name(entry->verdict),
		"reasons", reasons_json(answer));
	g_autofree char *text = NULL;
	char *dumped;

	put_text(json, "id", entry->contact_id);
	put_text(json, "identifier", entry->identifier);
	put_text(json, "customer", entry->customer);
	put_text(json, "door", entry->door);
	put_text(json, "matter", entry->matter);
	put_text(json, "purpose", entry->purpose);
	put_text(json, "item", entry->item);
	if (entry->minutes > 0)
		json_object_set_new(json, "minutes", json_integer(entry->minutes));
	if (entry->recipients > 0)
		json_object_set_new(json, "recipients", json_integer(entry->recipients));
	if (counted)
		json_object_set_new(json, "uses", uses_json(answer));
	dumped = json_dumps(json, JSON_COMPACT);
	text = g_strconcat("C", dumped, NULL);
	add_frame(batch, (const guint8 *)text, strlen(text));
	free(dumped);
	json_decref(json);
}

static const char *get_text(const json_t *json, const char *key, Arena *mem)
{
	return arena_strdup(mem, json_string_value(json_object_get(json, key)));
}

static void read_uses(const json_t *list, GateEntry *entry, Arena *mem)
{
	gsize n = json_array_size(list);
	GateEntryUse *uses = arena_array(mem, GateEntryUse, n);

	for (gsize i = 0; i < n; i++) {
		const json_t *use = json_array_get(list, i);

		uses[i] = (GateEntryUse){
			.contact_id = entry->contact_id,
			.arrangement = arena_strdup(mem, json_string_value(json_array_get(use, 0))),
			.restriction = json_integer_value(json_array_get(use, 1)),
			.slot = json_integer_value(json_array_get(use, 2)),
			.period = json_integer_value(json_array_get(use, 3)),
		};
		if (uses[i].arrangement != NULL && uses[i].contact_id != NULL)
			uses[entry->n_uses++] = uses[i];
	}
	entry->uses = uses;
}

static gboolean read_contact(const json_t *json, Arena *mem, GateEntry *entry)
{
	char *reasons;

	if (!channel_parse(json_string_value(json_object_get(json, "channel")), &entry->channel) ||
		!direction_parse(json_string_value(json_object_get(json, "direction")), &entry->direction) ||
		!verdict_parse(json_string_value(json_object_get(json, "verdict")), &entry->verdict))
		return FALSE;
	entry->at = json_integer_value(json_object_get(json, "at"));
	entry->contact_id = get_text(json, "id", mem);
	entry->identifier = get_text(json, "identifier", mem);
	entry->customer = get_text(json, "customer", mem);
	entry->door = get_text(json, "door", mem);
	entry->matter = get_text(json, "matter", mem);
	entry->purpose = get_text(json, "purpose", mem);
	entry->item = get_text(json, "item", mem);
	entry->minutes = (int)json_integer_value(json_object_get(json, "minutes"));
	entry->recipients = (int)json_integer_value(json_object_get(json, "recipients"));
	reasons = json_dumps(json_object_get(json, "reasons"), JSON_COMPACT);
	entry->reasons = arena_strdup(mem, reasons != NULL ? reasons : "[]");
	free(reasons);
	read_uses(json_object_get(json, "uses"), entry, mem);
	return TRUE;
}

gboolean gate_entry_read(const guint8 *frame, gsize n, Arena *mem, GateEntry *ret_entry)
{
	const guint8 *bytes = frame + FRAME_HEAD;
	gsize length = n - FRAME_HEAD;
	json_t *json;
	gboolean done;

	*ret_entry = (GateEntry){0};
	if (bytes[0] == 'S' && length == STRANGER_SIZE && bytes[1] < CHANNELS) {
		ret_entry->stranger = TRUE;
		ret_entry->channel = (Channel)bytes[1];
		ret_entry->at = (Instant)get_number(bytes + 2, 8);
		ret_entry->hash = bytes_to_hex(mem, bytes + 10, 16);
		return TRUE;
	}
	if (bytes[0] != 'C')
		return FALSE;
	json = json_loadb((const char *)bytes + 1, length - 1, JSON_REJECT_DUPLICATES, NULL);
	done = json_is_object(json) && read_contact(json, mem, ret_entry);
	json_decref(json);
	return done;
}
