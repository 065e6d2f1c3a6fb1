/* fields_store.c: what an act's tables describe, as the JSON texts that the database keeps, and back. */
#include "acts/run.h"

static json_t *array_of_texts(const char *const *texts)
{
	json_t *array = json_array();

	for (gsize i = 0; texts != NULL && texts[i] != NULL; i++)
		json_array_append_new(array, json_string(texts[i]));
	return array;
}

static json_t *dump_struct(const Field *fields, const char *item, Arena *mem);

static json_t *dump_one(const Field *field, const char *item, Arena *mem)
{
	const char *text;
	json_t *value = NULL;
	gsize n;

	switch (field->type) {
	case FIELD_LINE:
	case FIELD_TEXT:
	case FIELD_CHOICE:
		text = G_STRUCT_MEMBER(const char *, item, field->offset);
		return text != NULL ? json_string(text) : NULL;
	case FIELD_BOOL:
		return json_boolean(G_STRUCT_MEMBER(gboolean, item, field->offset));
	case FIELD_COUNT:
		return G_STRUCT_MEMBER(gint64, item, field->offset) >= 0
			       ? json_integer(G_STRUCT_MEMBER(gint64, item, field->offset))
			       : NULL;
	case FIELD_INSTANT:
		return G_STRUCT_MEMBER(Instant, item, field->offset) != INSTANT_NONE
			       ? json_string(instant_format(mem, G_STRUCT_MEMBER(Instant, item, field->offset)))
			       : NULL;
	case FIELD_DAY:
		return G_STRUCT_MEMBER(Day, item, field->offset) != DAY_NONE
			       ? json_string(day_format(mem, G_STRUCT_MEMBER(Day, item, field->offset)))
			       : NULL;
	case FIELD_LINES:
		return array_of_texts(G_STRUCT_MEMBER(const char *const *, item, field->offset));
	case FIELD_KEYED: {
		const KeyedText *texts = G_STRUCT_MEMBER(const KeyedText *, item, field->offset);

		n = G_STRUCT_MEMBER(gsize, item, field->count_offset);
		value = json_object();
		for (gsize i = 0; i < n; i++)
			json_object_set_new(value, texts[i].key, json_string(texts[i].text));
		return value;
	}
	case FIELD_ARGUMENTS: {
		const RestrictionArgument *arguments =
			G_STRUCT_MEMBER(const RestrictionArgument *, item, field->offset);

		n = G_STRUCT_MEMBER(gsize, item, field->count_offset);
		value = json_object();
		for (gsize i = 0; i < n; i++)
			json_object_set_new(value, arguments[i].key,
				arguments[i].values != NULL ? array_of_texts(arguments[i].values)
							    : json_string(arguments[i].value));
		return value;
	}
	case FIELD_FILE: /* a file has a table of its own */
		return NULL;
	case FIELD_GROUP: {
		const char *items = G_STRUCT_MEMBER(const char *, item, field->offset);

		n = G_STRUCT_MEMBER(gsize, item, field->count_offset);
		value = json_array();
		for (gsize i = 0; i < n; i++)
			json_array_append_new(value, dump_struct(field->fields, items + i * field->size, mem));
		return value;
	}
	}
	return value;
}

static json_t *dump_struct(const Field *fields, const char *item, Arena *mem)
{
	json_t *object = json_object();

	for (const Field *field = fields; field->name != NULL; field++) {
		json_t *value = dump_one(field, item, mem);

		if (value != NULL)
			json_object_set_new(object, field->name, value);
	}
	return object;
}

static char *dumped(json_t *value, Arena *mem)
{
	char *text = arena_own(mem, json_dumps(value, JSON_COMPACT | JSON_PRESERVE_ORDER), free);

	json_decref(value);
	return text;
}

static gboolean edited(GError **error)
{
	return bug(error,
		"A list in the database is not as it was stored. Was it edited by hand? Run 'evenhand record verify'.");
}

char *fields_dump(const Field *fields, const void *items, gsize n, gsize size, Arena *mem)
{
	json_t *array = json_array();

	for (gsize i = 0; i < n; i++)
		json_array_append_new(array, dump_struct(fields, (const char *)items + i * size, mem));
	return dumped(array, mem);
}

gboolean fields_load(
	const Field *fields, const char *json, gsize size, Arena *mem, void **ret_items, gsize *ret_n, GError **error)
{
	/* The parser of inputs reads it back: what is stored has the input's form. */
	struct {
		const void *items;
		gsize n_items;
	} list = {0};
	const Field whole[] = {
		{.name = "items",
			.type = FIELD_GROUP,
			.max = 10000,
			.fields = fields,
			.size = size,
			.offset = G_STRUCT_OFFSET(__typeof__(list), items),
			.count_offset = G_STRUCT_OFFSET(__typeof__(list), n_items)},
		FIELDS_END,
	};
	json_t *array = json_loads(json, 0, NULL);
	json_t *object = json_pack("{s:o*}", "items", array);
	ArenaList problems = {0};

	if (array == NULL) {
		json_decref(object);
		return edited(error);
	}
	fields_parse(whole, object, NULL, mem, &list, &problems);
	json_decref(object);
	if (problems.n > 0)
		return bug(error, "A list in the database does not fit: %s",
			((const FieldProblem *)problems.items[0])->sentence);
	*ret_items = (void *)list.items;
	*ret_n = list.n_items;
	return TRUE;
}

char *texts_dump(const char *const *texts, Arena *mem)
{
	return dumped(array_of_texts(texts), mem);
}

gboolean texts_load(const char *json, Arena *mem, const char *const **ret_texts, GError **error)
{
	json_t *array = json_loads(json, 0, NULL);
	gboolean whole = TRUE;
	const char **texts;
	json_t *item;
	gsize i;

	if (!json_is_array(array)) {
		json_decref(array);
		return edited(error);
	}
	texts = arena_array(mem, const char *, json_array_size(array) + 1);
	json_array_foreach(array, i, item)
	{
		whole &= json_is_string(item);
		texts[i] = arena_strdup(mem, json_string_value(item));
	}
	json_decref(array);
	*ret_texts = texts;
	return whole || edited(error);
}

char *keyed_dump(const KeyedText *texts, gsize n, Arena *mem)
{
	json_t *object = json_object();

	for (gsize i = 0; i < n; i++)
		json_object_set_new(object, texts[i].key, json_string(texts[i].text));
	return dumped(object, mem);
}

gboolean keyed_load(const char *json, Arena *mem, const KeyedText **ret_texts, gsize *ret_n, GError **error)
{
	json_t *object = json_loads(json, 0, NULL);
	gboolean whole = TRUE;
	KeyedText *texts;
	const char *key;
	json_t *value;

	if (!json_is_object(object)) {
		json_decref(object);
		return edited(error);
	}
	texts = arena_array(mem, KeyedText, json_object_size(object) + 1);
	*ret_n = 0;
	json_object_foreach(object, key, value)
	{
		whole &= json_is_string(value);
		texts[(*ret_n)++] =
			(KeyedText){.key = arena_strdup(mem, key), .text = arena_strdup(mem, json_string_value(value))};
	}
	json_decref(object);
	*ret_texts = texts;
	return whole || edited(error);
}
