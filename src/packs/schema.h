/* schema.h: every key that policy.yaml may hold, as tables: what it is called, what it may be, where it goes in a
 * Policy and which rule stands behind it. read.c carries the tables out; docs/adopting/keys.md describes them, and a
 * test holds the two together. */
#pragma once

#include "core/policy.h"

typedef enum {
	FIELD_TEXT,    /* one line; min to max letters */
	FIELD_LINES,   /* one or several lines */
	FIELD_NAME,    /* lower case letters, digits and hyphens */
	FIELD_DIGITS,  /* min to max digits, kept as text */
	FIELD_NUMBER,  /* a whole number from min to max; int */
	FIELD_LARGE,   /* the same; gint64 */
	FIELD_LIMIT,   /* the same or `none`, which is 0; int */
	FIELD_YES,     /* `yes` or `no`; gboolean */
	FIELD_DAY,     /* 2026-12-01; Day */
	FIELD_DAYS,    /* a list of days, sorted; const Day *, n */
	FIELD_CHOICE,  /* one of words; an enum */
	FIELD_KEYWORD, /* one of words, kept as text; const char * */
	FIELD_SET,     /* a list of words; guint32 with a bit for each */
	FIELD_TEXTS,   /* a list of texts; NULL-terminated */
	FIELD_EFFECT,  /* a verdict for all channels, or a map from channel to verdict; Verdict[CHANNELS] */
	FIELD_BINDS,   /* a list of directions; gboolean[DIRECTIONS] */
	FIELD_WORDS,   /* a map from the pack's own keys to texts; structs of key and text, n */
	FIELD_SHAPE,   /* a map with the keys of shape, in the same struct */
	FIELD_ENTRIES, /* a map from the pack's own keys to maps with the keys of shape; structs that begin with key, n
			*/
	FIELD_ITEMS,   /* a list of such maps without keys of their own; structs, n */
} FieldType;

typedef struct Shape Shape;

typedef struct {
	const char *key;
	FieldType type;
	gboolean required;
	gsize offset;   /* in the shape's struct */
	gsize n_offset; /* of the number of elements, where there is one */
	gint64 min, max;
	const char *(*word)(int i); /* where words are allowed: the i-th, NULL after the last */
	const Shape *shape;
	const char *rule; /* the rule behind it, or NULL */
} Field;

struct Shape {
	const char *name; /* what one is called: "a heading" */
	gsize size;       /* of its struct, where it is an entry or an item */
	const Field *fields;
	gsize n_fields;
};

extern const Shape policy_shape;

/* "a text", "yes or no", "a number from 1 to 12", "one of flag, lapse": for reasons and for keys.md. */
char *field_allows(const Field *field, Arena *mem);
