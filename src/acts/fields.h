/* fields.h: an act's input is declared, not fetched. One table a struct names each field: its type, whether it must
 * be there, its longest length, whether it is plain, personal or secret, and where in the struct it goes. From the
 * same table come the parsing of JSON and of forms, openapi.yaml, the shell's help, and what the record keeps
 * (secrets never enter content). */
#pragma once

#include "base/arena.h"
#include "base/error.h"

#include <jansson.h>

typedef enum {
	FIELD_LINE,      /* const char *: one line */
	FIELD_TEXT,      /* const char *: may hold newlines */
	FIELD_CHOICE,    /* const char *: one of `choices` */
	FIELD_BOOL,      /* gboolean */
	FIELD_COUNT,     /* gint64, 0 or more; absent: -1 */
	FIELD_INSTANT,   /* Instant; absent: INSTANT_NONE */
	FIELD_DAY,       /* Day; absent: DAY_NONE */
	FIELD_LINES,     /* const char *const *: a list, NULL-terminated, never NULL */
	FIELD_KEYED,     /* an object of texts: array of KeyedText with a count */
	FIELD_GROUP,     /* a list of objects: array of `size` with a count, each by `fields` */
	FIELD_ARGUMENTS, /* a restriction's arguments: array of RestrictionArgument with a count */
	FIELD_FILE,      /* FileInput; absent: bytes NULL. {"name", "type", "bytes" in base64} */
} FieldType;

typedef enum { FIELD_PLAIN, FIELD_PERSONAL, FIELD_SECRET } FieldPrivacy;

typedef struct Field Field;
struct Field {
	const char *name; /* as in JSON, forms and the struct; NULL ends a table */
	FieldType type;
	FieldPrivacy privacy;
	gboolean required;
	gboolean verbatim; /* of LINE and TEXT: white space at its ends stays */
	gsize max; /* longest text in characters, most items of a list, bytes of a file; 0: LINE 200, TEXT 20,000,
		      lists 100, a file 10 MiB */
	gsize offset;
	gsize count_offset;         /* of KEYED, GROUP, ARGUMENTS: a gsize */
	const Field *fields;        /* of GROUP */
	gsize size;                 /* of GROUP: one struct */
	const char *const *choices; /* of CHOICE; NULL-terminated */
	const char *help;           /* a sentence: shell's help and openapi.yaml */
};

/* A file as it was sent. Its bytes never enter the record's content: their number and their hash do. */
typedef struct {
	const char *name; /* without folders */
	const char *type; /* "application/octet-stream" where none was said, or none that can be */
	const guint8 *bytes;
	gsize length;
	const char *hash; /* SHA-256, in hex */
} FileInput;

/* One row: FIELD(WarnInput, assessment, LINE, .required = TRUE, .help = "…"). */
#define FIELD(Struct, member, kind, ...)                                                                               \
	{                                                                                                              \
		.name = #member, .type = FIELD_##kind, .offset = G_STRUCT_OFFSET(Struct, member), __VA_ARGS__          \
	}
/* With a count beside it, named n_MEMBER. */
#define FIELD_LIST(Struct, member, kind, ...)                                                                          \
	{                                                                                                              \
		.name = #member, .type = FIELD_##kind, .offset = G_STRUCT_OFFSET(Struct, member),                      \
		.count_offset = G_STRUCT_OFFSET(Struct, n_##member), __VA_ARGS__                                       \
	}
#define FIELDS_END                                                                                                     \
	{                                                                                                              \
		.name = NULL                                                                                           \
	}

/* One problem of an input: which field ("findings/communication/how") and what to do. */
typedef struct {
	const char *field;
	const char *sentence;
	const char *rule; /* that spoke; NULL where the input does not fit */
} FieldProblem;

/* Parses `input` into *struct_out (zeroed by the caller) by the table. What does not fit is a result, not an error:
 * every problem is listed (unknown fields too, with 'did you mean'), in the table's order. `also` names fields of
 * the envelope that are not the act's. Texts are trimmed at the ends, must be storable, and an empty one is absent. */
void fields_parse(const Field *fields, const json_t *input, const char *const *also, Arena *mem, void *struct_out,
	ArenaList *ret_problems /* of FieldProblem */);

/* The longest that a field may be, with the defaults applied. */
gsize field_max(const Field *field);

/* The input without what is secret, and of a file without its bytes. A new reference. */
json_t *fields_without_secrets(const Field *fields, const json_t *envelope);

/* What the record keeps of the input: that, keys in their order of arrival. */
char *fields_content(const Field *fields, const json_t *envelope, Arena *mem, gsize *ret_length);

/* Restrictions, findings and the like as the database keeps them: compact JSON of a struct array, by its table. */
char *fields_dump(const Field *fields, const void *items, gsize n, gsize size, Arena *mem);
/* And back; a text that does not parse is a bug of ours (or a database that somebody edited). */
gboolean fields_load(const Field *fields, const char *json, gsize size, Arena *mem, void **ret_items, gsize *ret_n,
	GError **error) MUST_CHECK;

/* Lists of plain texts, and objects of texts, likewise. */
char *texts_dump(const char *const *texts, Arena *mem);
gboolean texts_load(const char *json, Arena *mem, const char *const **ret_texts, GError **error) MUST_CHECK;
