/* error.h: the one error channel. Code = kind; beside the sentence for a person an error carries the rule's
 * number where a rule of the policy spoke, and the field where an input did not fit. The setters return FALSE,
 * so that a failing path is one line: `return refuse(error, "G3", "An arrangement is still in force. …");`
 * Sentences are for a person under stress: what is the matter and what to do. Only the edges log. */
#pragma once

#include <glib.h>

typedef enum {
	EVENHAND_ERROR_INVALID,   /* the input does not fit: exit 2, HTTP 400 */
	EVENHAND_ERROR_REFUSED,   /* a rule or a right forbids it: exit 1, HTTP 403 */
	EVENHAND_ERROR_NOT_FOUND, /* exit 1, HTTP 404 */
	EVENHAND_ERROR_CONFLICT, /* somebody else was first, or the same request with other content: exit 1, HTTP 409 */
	EVENHAND_ERROR_UNAVAILABLE, /* database, disk or network; may pass: exit 3, HTTP 503 */
	EVENHAND_ERROR_BUG,         /* ours: exit 4, HTTP 500 */
} EvenhandError;

#define EVENHAND_ERROR (evenhand_error_quark())
GQuark evenhand_error_quark(void);

/* Borrowed from the error; NULL where none was given, and for an error of another domain. */
const char *evenhand_error_rule(const GError *error);
const char *evenhand_error_field(const GError *error);

/* The kind in the words of the API: "invalid", "refused", "not found", "conflict", "unavailable", "bug".
 * An error of another domain is a "bug". */
const char *evenhand_error_kind(const GError *error);
EvenhandError evenhand_error_code(const GError *error);

/* All set *error (if error is not NULL) and return FALSE. rule and field may be NULL. */
gboolean refuse(GError **error, const char *rule, const char *format, ...) G_GNUC_PRINTF(3, 4);
gboolean invalid(GError **error, const char *field, const char *format, ...) G_GNUC_PRINTF(3, 4);
gboolean not_found(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);
gboolean conflict(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);
gboolean unavailable(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);
gboolean bug(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Like refuse, naming the field of the form that mends it. */
gboolean refuse_at(GError **error, const char *rule, const char *field, const char *format, ...) G_GNUC_PRINTF(4, 5);

#define MUST_CHECK G_GNUC_WARN_UNUSED_RESULT
