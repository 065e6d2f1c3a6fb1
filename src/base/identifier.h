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

/* A country's dialling rules, from the policy pack. No member is NULL. */
typedef struct {
	const char *country_code;         /* "44" */
	const char *trunk_prefix;         /* "0"; "" where there is none or people leave it out */
	const char *international_prefix; /* "00" */
	int min_digits;                   /* national significant number, shortest and longest */
	int max_digits;
} PhoneRules;

/* No form is longer than this many bytes with its NUL, so a buffer of this size always does; and no text longer than
 * this many bytes is looked at. */
#define IDENTIFIER_MAX 512
#define IDENTIFIER_TYPED_MAX 1000

/* The one form of an identifier, for storing and for matching; the form of a form is itself. Invalid (naming field)
 * with a sentence that says what to type instead.
 *
 * Phone: +441632960123. What people type is accepted: spaces, hyphens, dots, brackets, "(0)", tel: and sip: addresses,
 * the text relay's prefix 18001 or 18002 (country code 44), an extension after x or # (dropped). Shape alone decides,
 * never a table of ranges. Short codes (3 to 6 digits, not beginning with 0) stay as they are. A number without the
 * trunk prefix, where the country has one, is refused: it could be from abroad, and then another person's (R11). A
 * withheld number is invalid too: it identifies nobody. phones may be NULL: then only +… and short codes have a form.
 * E-mail: name@example.org, lower-cased, the domain in ASCII; "Jo <jo@example.org>", mailto: and needless quotes
 * undone. Post: words in lower case, no signs; no space where a letter meets a digit ("flat1 2high street sw1a1aa").
 * Handle: without @ before it, lower-cased. */
gboolean identifier_normalise(IdentifierKind kind, const char *text, const PhoneRules *phones, const char *field,
	Arena *mem, char **ret_normal, GError **error);

/* A phone number as people write and read it, in groups: "020 7946 0199", "01632 960123" in Britain, "+1 202 555 0123"
 * where the rules are another country's. What is no number of that country (a name, an internal extension, a number
 * abroad) stays as it is. */
char *phone_in_words(const char *text, const PhoneRules *phones, Arena *mem);

/* TRUE where a caller's number is withheld: empty, "anonymous", "unknown", "private", "withheld", "restricted",
 * "unavailable", any case, also as the user part of a sip: address. */
gboolean phone_is_withheld(const char *text);

/* Same as identifier_normalise for the gate's hot path: writes into out (at least size bytes; IDENTIFIER_MAX always
 * does), allocates nothing for ASCII text; FALSE (out undefined) when the text has no usable form or does not fit. */
gboolean identifier_normalise_into(
	IdentifierKind kind, const char *text, gsize length, const PhoneRules *phones, char *out, gsize size);

/* Folded for searching: NFKD, case folded, marks off, letters without a decomposition by table (ł o ð þ æ œ ı …),
 * everything but letters and digits dropped, apostrophes, hyphens and spaces first of all. Invalid UTF-8 gives "". */
char *name_fold(Arena *mem, const char *name);

/* Valid UTF-8 without control characters (tab and newline allowed where multiline): what may be stored. A carriage
 * return is refused: the edge that takes forms turns their CR LF into LF. In one line, such as a name, so is what turns
 * the direction of all that follows it (U+202A to U+202E, U+2066 to U+2069). */
gboolean text_is_storable(const char *text, gsize length, gboolean multiline);
