/* value.c: texts, numbers, days, words and lists of them, from what is written to what a Policy holds. Maps with keys
 * belong to read.c. */
#include "packs/value.h"

#include <stdlib.h>
#include <string.h>

const char *value_rule_note(Reader *r, const Field *field)
{
	return field->rule ? arena_printf(r->mem, " (%s)", field->rule) : "";
}

void value_bad(Reader *r, const Yaml *node, const Field *field)
{
	const char *allowed = field_allows(field, r->mem);

	if (node->type == YAML_TEXT && *node->text && strlen(node->text) <= 60)
		problem_add(r->problems, r->file, node->line, node->column, "'%s' does not fit: %s is %s%s", node->text,
			field->key, allowed, value_rule_note(r, field));
	else if (node->type == YAML_TEXT && *node->text)
		problem_add(r->problems, r->file, node->line, node->column, "this does not fit: %s is %s%s", field->key,
			allowed, value_rule_note(r, field));
	else
		problem_add(r->problems, r->file, node->line, node->column, "%s is %s, not %s%s", field->key, allowed,
			node->type == YAML_TEXT ? "left empty" : yaml_type_name(node->type), value_rule_note(r, field));
}

/* A word that is not among those of the field. */
static void bad_word(Reader *r, const Yaml *node, const Field *field)
{
	const char *words[(int)VERDICTS + (int)ARGUMENT_TYPES];
	gsize n = 0;

	while (n < G_N_ELEMENTS(words) && field->word((int)n)) {
		words[n] = field->word((int)n);
		n++;
	}
	problem_add(r->problems, r->file, node->line, node->column, "'%s' does not fit: %s is %s%s%s", node->text,
		field->key, field_allows(field, r->mem), did_you_mean(r->mem, node->text, words, n),
		value_rule_note(r, field));
}

gboolean value_is_name(const char *text)
{
	gsize length = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return length > 0 && length <= 60 && text[length] == '\0' && g_ascii_islower(text[0]) &&
	       text[length - 1] != '-';
}

static int word_index(const Field *field, const char *text)
{
	for (int i = 0; field->word(i); i++)
		if (strcmp(field->word(i), text) == 0)
			return i;
	return -1;
}

/* Digits alone, without leading noughts, within min and max. */
static gboolean read_number(const char *text, gint64 min, gint64 max, gint64 *ret_number)
{
	gsize length = strspn(text, "0123456789");
	gint64 number;

	if (length == 0 || length > 10 || text[length] || (text[0] == '0' && length > 1))
		return FALSE;
	number = g_ascii_strtoll(text, NULL, 10);
	if (number < min || number > max)
		return FALSE;
	*ret_number = number;
	return TRUE;
}

/* One scalar of the field into target; FALSE where it does not fit. */
static gboolean read_scalar(Reader *r, const Yaml *node, const Field *field, void *target)
{
	const char *text = node->text;
	gint64 number = 0;
	glong letters = g_utf8_strlen(text, -1);

	switch (field->type) {
	case FIELD_TEXT:
	case FIELD_LINES:
		if (letters < field->min || letters > field->max)
			return FALSE;
		if (field->type == FIELD_TEXT && strpbrk(text, "\n\t"))
			return FALSE;
		*(const char **)target =
			field->type == FIELD_TEXT ? text : arena_own(r->mem, g_strchomp(g_strdup(text)), g_free);
		return TRUE;
	case FIELD_NAME:
		*(const char **)target = text;
		return value_is_name(text);
	case FIELD_DIGITS:
		*(const char **)target = text;
		return strspn(text, "0123456789") == strlen(text) && letters >= field->min && letters <= field->max;
	case FIELD_LIMIT:
		if (strcmp(text, "none") == 0) {
			*(int *)target = 0;
			return TRUE;
		}
		G_GNUC_FALLTHROUGH;
	case FIELD_NUMBER:
		if (!read_number(text, field->min, field->max, &number))
			return FALSE;
		*(int *)target = (int)number;
		return TRUE;
	case FIELD_LARGE:
		return read_number(text, field->min, field->max, (gint64 *)target);
	case FIELD_YES:
		*(gboolean *)target = strcmp(text, "yes") == 0;
		return *(gboolean *)target || strcmp(text, "no") == 0;
	case FIELD_DAY:
		return day_parse(text, NULL, (Day *)target, NULL);
	default:
		g_assert_not_reached();
	}
}

static void read_choice(Reader *r, const Yaml *node, const Field *field, void *target)
{
	int i = word_index(field, node->text);

	if (i < 0)
		bad_word(r, node, field);
	else if (field->type == FIELD_KEYWORD)
		*(const char **)target = node->text;
	else
		memcpy(target, &i, sizeof i);
}

static int day_compare(const void *a, const void *b)
{
	Day one = *(const Day *)a, other = *(const Day *)b;

	return one < other ? -1 : one > other;
}

/* A list of days, texts or words. */
static void read_list(Reader *r, const Yaml *node, const Field *field, void *target, gsize *n_target)
{
	const char **texts = arena_array(r->mem, const char *, node->n + 1);
	Day *days = arena_array(r->mem, Day, node->n + 1);
	guint32 bits = 0;

	for (gsize i = 0; i < node->n; i++) {
		const Yaml *item = node->items[i];

		if (item->type != YAML_TEXT || !*item->text) {
			value_bad(r, item, field);
			continue;
		}
		texts[i] = item->text;
		for (gsize j = 0; j < i; j++)
			if (node->items[j]->type == YAML_TEXT && strcmp(node->items[j]->text, item->text) == 0)
				problem_add(r->problems, r->file, item->line, item->column, "'%s' stands twice in %s",
					item->text, field->key);
		if (field->type == FIELD_DAYS) {
			if (!day_parse(item->text, NULL, &days[i], NULL))
				value_bad(r, item, field);
		} else if (field->type != FIELD_TEXTS) {
			int bit = word_index(field, item->text);

			if (bit < 0)
				bad_word(r, item, field);
			else
				bits |= 1u << bit;
		}
	}
	switch (field->type) {
	case FIELD_DAYS:
		qsort(days, node->n, sizeof *days, day_compare);
		*(const Day **)target = days;
		*n_target = node->n;
		break;
	case FIELD_TEXTS:
		*(const char *const **)target = texts;
		break;
	case FIELD_BINDS:
		for (int i = 0; i < DIRECTIONS; i++)
			((gboolean *)target)[i] = (bits & (1u << i)) != 0;
		break;
	default:
		*(guint32 *)target = bits;
		break;
	}
}

/* VERDICTS stands for 'not said': only check_kinds can tell whether that channel needs a verdict. */
static void read_effect(Reader *r, const Yaml *node, const Field *field, Verdict *effect)
{
	const char *channels[CHANNELS];

	for (int i = 0; i < CHANNELS; i++) {
		channels[i] = channel_name((Channel)i);
		effect[i] = VERDICTS;
	}
	if (node->type == YAML_TEXT) {
		int verdict = word_index(field, node->text);

		if (verdict < 0)
			bad_word(r, node, field);
		for (int i = 0; verdict >= 0 && i < CHANNELS; i++)
			effect[i] = (Verdict)verdict;
		return;
	}
	for (gsize i = 0; i < node->n; i++) {
		const Yaml *entry = node->items[i];
		Channel channel;

		if (!channel_parse(entry->key, &channel))
			problem_add(r->problems, r->file, entry->key_line, entry->key_column, "unknown channel '%s'%s",
				entry->key, did_you_mean(r->mem, entry->key, channels, CHANNELS));
		else if (entry->type != YAML_TEXT)
			value_bad(r, entry, field);
		else
			read_choice(r, entry, field, &effect[channel]);
	}
}

void value_read(Reader *r, const Yaml *node, const Field *field, void *target, gsize *n_target)
{
	switch (field->type) {
	case FIELD_EFFECT:
		read_effect(r, node, field, target);
		break;
	case FIELD_DAYS:
	case FIELD_SET:
	case FIELD_BINDS:
	case FIELD_TEXTS:
		read_list(r, node, field, target, n_target);
		break;
	case FIELD_CHOICE:
	case FIELD_KEYWORD:
		read_choice(r, node, field, target);
		break;
	default:
		if (!read_scalar(r, node, field, target))
			value_bad(r, node, field);
		break;
	}
}
