/* check_kinds.c: the rules for restriction kinds: each has an effect, closes no door for good, says in the letter what
 * the gate will do, and says nothing at a machine's door that tells on anybody. */
#include "packs/check.h"

#include <string.h>

/* The gate's own arguments and what each must be. */
static const struct {
	const char *key;
	ArgumentType type;
} gate_arguments[] = {
	{"weekday", ARGUMENT_WEEKDAY},
	{"from", ARGUMENT_TIME},
	{"to", ARGUMENT_TIME},
	{"calls", ARGUMENT_COUNT},
	{"minutes", ARGUMENT_MINUTES},
	{"per", ARGUMENT_PERIOD},
	{"channels", ARGUMENT_CHANNELS},
	{"mailbox", ARGUMENT_MAILBOX},
	{"extension", ARGUMENT_EXTENSION},
	{"name", ARGUMENT_TEXT},
	{"identifiers", ARGUMENT_IDENTIFIERS},
	{"matter", ARGUMENT_MATTER},
	{"words", ARGUMENT_TEXT},
};

/* The most bytes that a value of each type brings into a mail server's reply; 0: not allowed at a machine's door,
 * since it may name somebody or say what happened. */
static const gsize machine_bytes[] = {
	[ARGUMENT_WEEKDAY] = 9,
	[ARGUMENT_TIME] = 7,
	[ARGUMENT_COUNT] = 10,
	[ARGUMENT_MINUTES] = 10,
	[ARGUMENT_PERIOD] = 5,
	[ARGUMENT_CHANNELS] = 60,
	[ARGUMENT_MAILBOX] = 120,
	[ARGUMENT_EXTENSION] = 20,
	[ARGUMENT_TYPES] = 0,
};

enum { REPLY_MAX = 400 }; /* bytes that a Postfix reply carries on one line */

typedef struct {
	const Check *check;
	RestrictionKind *kind;
} KindCheck;

static char *path_of(const KindCheck *k, const char *field)
{
	return check_path(k->check, "restrictions", k->kind->key, field);
}

/* Fills the effect of every channel and the direction where the pack left them out. */
static void complete(const KindCheck *k)
{
	RestrictionKind *kind = k->kind;
	ChannelSet must_have = kind->reach == REACH_OTHERS ? k->check->policy->channels : kind->channels;
	ChannelSet may_have = kind->reach == REACH_FIXED ? kind->channels : k->check->policy->channels;

	if (kind->channels & ~k->check->policy->channels)
		check_problem(k->check, AT_VALUE, path_of(k, "channels"), "a channel that the pack does not have");
	for (int c = 0; c < CHANNELS; c++) {
		if (kind->effect[c] == VERDICTS && (must_have & (1u << c)))
			check_problem(k->check, AT_VALUE, path_of(k, "effect"),
				"says nothing for '%s': a restriction has an effect on each of its channels (R8)",
				channel_name((Channel)c));
		if (kind->effect[c] == VERDICTS || !(may_have & (1u << c)))
			kind->effect[c] = VERDICT_PROCEED;
	}
	if (!kind->binds[DIRECTION_IN] && !kind->binds[DIRECTION_OUT])
		kind->binds[DIRECTION_IN] = TRUE;
}

static gboolean has_effect(const RestrictionKind *kind, Verdict verdict)
{
	for (int c = 0; c < CHANNELS; c++)
		if (kind->effect[c] == verdict)
			return TRUE;
	return FALSE;
}

static void need_argument(const KindCheck *k, const char *key, const char *because)
{
	const KindArgument *argument = kind_argument(k->kind, key);

	if (!argument || !argument->required)
		check_problem(k->check, AT_KEY,
			argument ? path_of(k, check_path(k->check, "arguments", key, "required"))
				 : path_of(k, "arguments"),
			"%s: the argument '%s' with required: yes", because, key);
}

static void check_arguments(const KindCheck *k)
{
	const RestrictionKind *kind = k->kind;

	for (gsize i = 0; i < kind->n_arguments; i++)
		for (gsize j = 0; j < G_N_ELEMENTS(gate_arguments); j++)
			if (strcmp(kind->arguments[i].key, gate_arguments[j].key) == 0 &&
				kind->arguments[i].type != gate_arguments[j].type)
				check_problem(k->check, AT_VALUE,
					path_of(k, check_path(k->check, "arguments", kind->arguments[i].key, "type")),
					"the gate reads '%s' and knows it by another type", kind->arguments[i].key);
	if (kind->reach == REACH_NAMED || kind->reach == REACH_OTHERS)
		need_argument(k, "channels", "the decision names the channels (R2)");
	if (kind->reach == REACH_IDENTIFIERS)
		need_argument(k, "identifiers", "the decision names the numbers and addresses (R7)");
	if (kind->effect[CHANNEL_EMAIL] == VERDICT_ROUTE)
		need_argument(k, "mailbox", "mail is routed to a mailbox (R3)");
	if (kind->effect[CHANNEL_PHONE] == VERDICT_ROUTE)
		need_argument(k, "extension", "calls are routed to an extension (R3)");
	if (has_effect(kind, VERDICT_LIMIT) && !kind_argument(kind, "calls") && !kind_argument(kind, "minutes") &&
		!kind_argument(kind, "weekday"))
		check_problem(k->check, AT_KEY, path_of(k, "effect"),
			"limits nothing: one of the arguments weekday, calls and minutes (R1)");
	if ((kind_argument(kind, "from") == NULL) != (kind_argument(kind, "to") == NULL))
		check_problem(k->check, AT_KEY, path_of(k, "arguments"), "from and to go together (R1)");
}

static void check_effects(const KindCheck *k)
{
	const RestrictionKind *kind = k->kind;
	const Policy *policy = k->check->policy;
	gboolean closes_all = kind->reach == REACH_FIXED;

	for (int c = 0; c < CHANNELS; c++)
		if ((policy->channels & (1u << c)) && kind->effect[c] < VERDICT_DECLINE)
			closes_all = FALSE;
	if (closes_all)
		check_problem(k->check, AT_VALUE, path_of(k, "effect"),
			"closes every channel: a way in always stays open (R9)");
	if (has_effect(kind, VERDICT_BLOCK) && !kind->needs)
		check_problem(k->check, AT_KEY, path_of(k, "effect"),
			"blocking is for severe circumstances only: needs is severe-circumstances (R10)");
	if (has_effect(kind, VERDICT_FILE) && !kind->reads_new)
		check_problem(k->check, AT_KEY, path_of(k, "effect"),
			"what is filed is read, and what is new is answered: reads_new is yes (R5, G6)");
}

/* Calls see with the argument of each {placeholder}; unknown and unclosed ones are problems. */
static void each_placeholder(const KindCheck *k, const char *field, const char *text,
	void (*see)(const KindCheck *k, const char *field, const KindArgument *argument, gsize *total), gsize *total)
{
	const char **keys = arena_array(k->check->mem, const char *, k->kind->n_arguments + 1);

	for (gsize i = 0; i < k->kind->n_arguments; i++)
		keys[i] = k->kind->arguments[i].key;
	for (const char *p = text; (p = strpbrk(p, "{}")) != NULL;) {
		const char *end = strpbrk(p + 1, "{}");
		const char *name;
		const KindArgument *argument;

		if (*p == '}' || !end || *end == '{') {
			check_problem(k->check, AT_VALUE, path_of(k, field),
				"a brace without its other: placeholders are written as {argument}");
			return;
		}
		name = arena_strndup(k->check->mem, p + 1, (gsize)(end - p - 1));
		argument = kind_argument(k->kind, name);
		if (!argument)
			check_problem(k->check, AT_VALUE, path_of(k, field), "{%s} is no argument of %s%s", name,
				k->kind->key, did_you_mean(k->check->mem, name, keys, k->kind->n_arguments));
		else if (!argument->required)
			check_problem(k->check, AT_VALUE, path_of(k, field),
				"{%s} may be left out and would leave a hole: required is yes (G3)", name);
		else if (see)
			see(k, field, argument, total);
		p = end + 1;
	}
}

/* G3: what the gate will do stands in the letter. */
static void check_in_words(const KindCheck *k)
{
	each_placeholder(k, "in_words", k->kind->in_words, NULL, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(gate_arguments); i++) {
		const KindArgument *argument = kind_argument(k->kind, gate_arguments[i].key);

		if (argument && !strstr(k->kind->in_words, arena_printf(k->check->mem, "{%s}", argument->key)))
			check_problem(k->check, AT_VALUE, path_of(k, "in_words"),
				"does not say {%s}: the letter tells exactly what the gate will do (G3)",
				argument->key);
	}
}

static void see_at_machine(const KindCheck *k, const char *field, const KindArgument *argument, gsize *total)
{
	gsize bytes = argument->type < G_N_ELEMENTS(machine_bytes) ? machine_bytes[argument->type] : 0;

	*total += bytes;
	if (bytes == 0)
		check_problem(k->check, AT_VALUE, path_of(k, field),
			"{%s} may name somebody or tell what happened: not at a machine's door (R11)", argument->key);
}

/* R11: the words mention no behaviour that the pack knows. */
static void check_silence(const KindCheck *k, const char *field, const char *text)
{
	const Policy *policy = k->check->policy;
	g_autofree char *folded = g_utf8_casefold(text, -1);

	for (gsize i = 0; i < policy->n_headings; i++) {
		const Heading *heading = &policy->headings[i];

		for (gsize j = 0; j <= heading->n_examples; j++) {
			const char *title = j == 0 ? heading->title : heading->examples[j - 1].title;
			g_autofree char *behaviour = g_utf8_casefold(title, -1);

			if (strstr(folded, behaviour))
				check_problem(k->check, AT_VALUE, path_of(k, field),
					"mentions a behaviour ('%s'): at a machine's door anybody may hear it (R11)",
					title);
		}
	}
}

/* Words that whoever shares the number or address will hear or read. refuses: they cannot get through here. */
static void check_machine_words(const KindCheck *k, const char *field, const char *text, gboolean refuses, gsize *bytes)
{
	const Policy *policy = k->check->policy;

	each_placeholder(k, field, text, see_at_machine, bytes);
	check_silence(k, field, text);
	if (refuses && !strstr(text, policy->organisation.email) && !strstr(text, policy->organisation.telephone) &&
		!strstr(text, policy->organisation.address))
		check_problem(k->check, AT_VALUE, path_of(k, field),
			"does not tell anyone else how to get through: the organisation's e-mail address or telephone "
			"number stands in it (R11)");
}

/* What a mail server's reply can carry. */
static void check_reply(const KindCheck *k, const char *text, gsize placeholder_bytes)
{
	for (const char *p = text; *p; p++)
		if (*p < ' ' || *p > '~') {
			check_problem(k->check, AT_VALUE, path_of(k, "say_to_sender"),
				"a mail server's reply is one line of plain ASCII letters and signs");
			break;
		}
	if (g_ascii_isdigit(text[0]))
		check_problem(k->check, AT_VALUE, path_of(k, "say_to_sender"),
			"begins with a digit, which a mail server would take for a code");
	if (strlen(text) + placeholder_bytes > REPLY_MAX)
		check_problem(k->check, AT_VALUE, path_of(k, "say_to_sender"),
			"a mail server's reply has at most %d bytes, these may become %d", REPLY_MAX,
			(int)(strlen(text) + placeholder_bytes));
}

static void check_words(const KindCheck *k)
{
	const RestrictionKind *kind = k->kind;
	Verdict phone = kind->effect[CHANNEL_PHONE], email = kind->effect[CHANNEL_EMAIL];
	gsize bytes = 0;

	check_in_words(k);
	each_placeholder(k, "say_to_staff", kind->say_to_staff, NULL, NULL);
	if (kind->say_to_caller)
		check_machine_words(k, "say_to_caller", kind->say_to_caller,
			phone == VERDICT_LIMIT || phone >= VERDICT_DECLINE, &bytes);
	else if (phone == VERDICT_LIMIT || phone == VERDICT_RECORD || phone >= VERDICT_DECLINE)
		check_problem(
			k->check, AT_KEY, path_of(k, NULL), "the words to the caller are missing: say_to_caller (R11)");
	bytes = 0;
	if (kind->say_to_sender) {
		check_machine_words(k, "say_to_sender", kind->say_to_sender,
			email == VERDICT_LIMIT || email >= VERDICT_DECLINE, &bytes);
		check_reply(k, kind->say_to_sender, bytes);
	} else if (email == VERDICT_LIMIT || email >= VERDICT_DECLINE) {
		check_problem(
			k->check, AT_KEY, path_of(k, NULL), "the words to the sender are missing: say_to_sender (R11)");
	}
}

void check_kinds(const Check *check)
{
	for (gsize i = 0; i < check->policy->n_kinds; i++) {
		KindCheck k = {.check = check, .kind = (RestrictionKind *)&check->policy->kinds[i]};

		complete(&k);
		check_effects(&k);
		check_arguments(&k);
		check_words(&k);
	}
}
