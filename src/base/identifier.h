/* identifier.h: what a contact is recognised by, in one form each: phone numbers to E.164, e-mail addresses
 * lower-cased in the domain and folded in the local part for matching, postal addresses and handles folded;
 * and names folded so that O'Brien, OBrien and O Brien meet. No word of the policy here. */
#pragma once

#include "base/arena.h"

#include <glib.h>

typedef enum {
	IDENTIFIER_PHONE,
	IDENTIFIER_EMAIL,
	IDENTIFIER_POST,
	IDENTIFIER_HANDLE,
	IDENTIFIER_KINDS
} IdentifierKind;

const char *identifier_kind_name(IdentifierKind kind); /* "phone", "email", "post", "handle" */
gboolean identifier_kind_parse(const char *text, IdentifierKind *ret_kind);

/* A country's dialling rules, from the policy pack. */
typedef struct {
	const char *country_code;         /* "44" */
	const char *trunk_prefix;         /* "0"; "" where there is none */
	const char *international_prefix; /* "00" */
	int min_digits;                   /* national significant number, shortest and longest */
	int max_digits;
} PhoneRules;

/* The one form of an identifier, for storing and for matching. What people type is accepted: spaces, hyphens,
 * dots, brackets, "(0)", tel: and sip: addresses, textphone prefix 18001, an extension after x or # (dropped).
 * Shape alone decides, never a table of ranges. Short codes (3 to 6 digits) stay as they are.
 * Invalid (naming field) with a sentence that says what to type instead. */
gboolean identifier_normalise(IdentifierKind kind, const char *text, const PhoneRules *phones, const char *field,
	Arena *mem, char **ret_normal, GError **error);

/* TRUE where a caller's number is withheld: empty, "anonymous", "unknown", "private", "withheld", "restricted",
 * "unavailable", any case, also as the user part of a sip: address. */
gboolean phone_is_withheld(const char *text);

/* Same as identifier_normalise for the gate's hot path: writes into out (at least size bytes), allocates nothing;
 * FALSE when the text has no usable form or does not fit. */
gboolean identifier_normalise_into(
	IdentifierKind kind, const char *text, gsize length, const PhoneRules *phones, char *out, gsize size);

/* Folded for searching: NFKD, case folded, marks off, letters without a decomposition by table (ł o ð þ æ œ ı …),
 * apostrophes, hyphens and spaces dropped. Invalid UTF-8 gives "". */
char *name_fold(Arena *mem, const char *name);

/* Valid UTF-8 without control characters (tab and newline allowed where multiline): what may be stored. */
gboolean text_is_storable(const char *text, gsize length, gboolean multiline);
