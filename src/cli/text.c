/* text.c: JSON as people read it at a terminal. */
#include "cli/text.h"

#include <glib.h>
#include <stdio.h>

enum { COLUMN_WIDTH_MAX = 36 };

/* A plain value on one line. */
static char *value_text(const json_t *value)
{
	char *text = NULL;

	switch (json_typeof(value)) {
	case JSON_STRING:
		text = g_strdup(json_string_value(value));
		break;
	case JSON_INTEGER:
		text = g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(value));
		break;
	case JSON_REAL:
		text = g_strdup_printf("%g", json_real_value(value));
		break;
	case JSON_TRUE:
		return g_strdup("yes");
	case JSON_FALSE:
		return g_strdup("no");
	default:
		return g_strdup("");
	}
	for (char *c = text; *c != '\0'; c = g_utf8_next_char(c))
		if (g_unichar_iscntrl(g_utf8_get_char(c)))
			for (char *end = g_utf8_next_char(c); c < end - 1; c++)
				*c = ' ';
	for (char *c = text; *c != '\0'; c++)
		if (g_ascii_iscntrl(*c))
			*c = ' ';
	return text;
}

static gboolean is_plain(const json_t *value)
{
	return !json_is_object(value) && !json_is_array(value);
}

static void print_members(const json_t *object, int depth);

static void print_item(const json_t *value, int depth)
{
	g_autofree char *text = NULL;

	if (json_is_object(value)) {
		print_members(value, depth);
		putchar('\n');
		return;
	}
	text = value_text(value);
	printf("%*s- %s\n", depth * 2, "", text);
}

static void print_members(const json_t *object, int depth)
{
	const char *key;
	json_t *value, *item;
	gsize i;

	json_object_foreach((json_t *)object, key, value)
	{
		g_autofree char *text = NULL;

		if (json_is_null(value) || (json_is_array(value) && json_array_size(value) == 0) ||
			(json_is_object(value) && json_object_size(value) == 0))
			continue;
		if (is_plain(value)) {
			text = value_text(value);
			printf("%*s%-18s %s\n", depth * 2, "", key, text);
			continue;
		}
		printf("%*s%s\n", depth * 2, "", key);
		if (json_is_object(value))
			print_members(value, depth + 1);
		json_array_foreach(value, i, item) print_item(item, depth + 1);
	}
}

void cli_print_object(json_t *object)
{
	print_members(object, 0);
	json_decref(object);
}

static int shown_width(const char *text)
{
	return (int)MIN(g_utf8_strlen(text, -1), COLUMN_WIDTH_MAX);
}

/* The widest value of a column; 0 where no item has a plain one. */
static int column_width(const json_t *items, const char *key)
{
	json_t *item;
	int width = 0;
	gsize i;

	json_array_foreach((json_t *)items, i, item)
	{
		const json_t *value = json_object_get(item, key);
		g_autofree char *text = NULL;

		if (value == NULL || !is_plain(value))
			continue;
		text = value_text(value);
		width = MAX(width, shown_width(text));
	}
	return width > 0 ? MAX(width, shown_width(key)) : 0;
}

static void print_cell(const char *text, int width)
{
	const glong length = g_utf8_strlen(text, -1);
	g_autofree char *cut = length > width ? g_utf8_substring(text, 0, width - 1) : NULL;

	if (cut != NULL)
		printf("%s…  ", cut);
	else
		printf("%s%*s  ", text, width - (int)length, "");
}

void cli_print_table(json_t *items)
{
	json_t *first = json_array_get(items, 0), *item, *value;
	const char *key;
	gsize i;

	if (first == NULL)
		puts("None.");
	json_object_foreach(first, key, value) if (column_width(items, key) > 0)
		print_cell(key, column_width(items, key));
	if (first != NULL)
		putchar('\n');
	json_array_foreach(items, i, item)
	{
		json_object_foreach(first, key, value)
		{
			const int width = column_width(items, key);
			g_autofree char *text = NULL;

			if (width == 0)
				continue;
			text = json_object_get(item, key) != NULL ? value_text(json_object_get(item, key))
								  : g_strdup("");
			print_cell(text, width);
		}
		putchar('\n');
	}
	json_decref(items);
}
