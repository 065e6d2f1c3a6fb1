/* error.c: the kinds of error and the setters that make a failing path one line. What a kind means to a caller
 * (exit status, HTTP status, the gate's fallback) is each edge's own table and not here. */
#include "base/error.h"

#include <stdarg.h>

typedef struct {
	char *rule;
	char *field;
} EvenhandErrorPrivate;

static void evenhand_error_private_init(EvenhandErrorPrivate *priv)
{
	*priv = (EvenhandErrorPrivate){0};
}

static void evenhand_error_private_copy(const EvenhandErrorPrivate *from, EvenhandErrorPrivate *to)
{
	to->rule = g_strdup(from->rule);
	to->field = g_strdup(from->field);
}

static void evenhand_error_private_clear(EvenhandErrorPrivate *priv)
{
	g_free(priv->rule);
	g_free(priv->field);
}

static EvenhandErrorPrivate *evenhand_error_get_private(const GError *error);
G_DEFINE_EXTENDED_ERROR(EvenhandError, evenhand_error)

const char *evenhand_error_rule(const GError *error)
{
	return error != NULL && error->domain == EVENHAND_ERROR ? evenhand_error_get_private(error)->rule : NULL;
}

const char *evenhand_error_field(const GError *error)
{
	return error != NULL && error->domain == EVENHAND_ERROR ? evenhand_error_get_private(error)->field : NULL;
}

EvenhandError evenhand_error_code(const GError *error)
{
	return error != NULL && error->domain == EVENHAND_ERROR ? (EvenhandError)error->code : EVENHAND_ERROR_BUG;
}

const char *evenhand_error_kind(const GError *error)
{
	switch (evenhand_error_code(error)) {
	case EVENHAND_ERROR_INVALID:
		return "invalid";
	case EVENHAND_ERROR_REFUSED:
		return "refused";
	case EVENHAND_ERROR_NOT_FOUND:
		return "not found";
	case EVENHAND_ERROR_CONFLICT:
		return "conflict";
	case EVENHAND_ERROR_UNAVAILABLE:
		return "unavailable";
	case EVENHAND_ERROR_BUG:
		break;
	}
	return "bug";
}

G_GNUC_PRINTF(5, 0)
static gboolean fail(
	GError **error, EvenhandError code, const char *rule, const char *field, const char *format, va_list arguments)
{
	GError *made = g_error_new_valist(EVENHAND_ERROR, (int)code, format, arguments);

	evenhand_error_get_private(made)->rule = g_strdup(rule);
	evenhand_error_get_private(made)->field = g_strdup(field);
	g_propagate_error(error, made); /* frees it where nobody asks */
	return FALSE;
}

/* The setters differ in kind and in which of rule and field they take. */
#define FAIL(code, rule, field)                                                                                        \
	do {                                                                                                           \
		va_list arguments;                                                                                     \
		va_start(arguments, format);                                                                           \
		fail(error, (code), (rule), (field), format, arguments);                                               \
		va_end(arguments);                                                                                     \
		return FALSE;                                                                                          \
	} while (0)

gboolean refuse(GError **error, const char *rule, const char *format, ...)
{
	FAIL(EVENHAND_ERROR_REFUSED, rule, NULL);
}

gboolean refuse_at(GError **error, const char *rule, const char *field, const char *format, ...)
{
	FAIL(EVENHAND_ERROR_REFUSED, rule, field);
}

gboolean invalid(GError **error, const char *field, const char *format, ...)
{
	FAIL(EVENHAND_ERROR_INVALID, NULL, field);
}

gboolean not_found(GError **error, const char *format, ...)
{
	FAIL(EVENHAND_ERROR_NOT_FOUND, NULL, NULL);
}

gboolean conflict(GError **error, const char *format, ...)
{
	FAIL(EVENHAND_ERROR_CONFLICT, NULL, NULL);
}

gboolean unavailable(GError **error, const char *format, ...)
{
	FAIL(EVENHAND_ERROR_UNAVAILABLE, NULL, NULL);
}

gboolean bug(GError **error, const char *format, ...)
{
	FAIL(EVENHAND_ERROR_BUG, NULL, NULL);
}
