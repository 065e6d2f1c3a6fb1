/* restriction.c: from a kind and its arguments to what the gate enforces and the letter says (R1 to R8, G3). Whether
 * it may be decided (R9, R10, G4) belongs to the decision; what a contact meets, to verdict.c. */
#include "core/restriction.h"

#include "base/nearest.h"

#define COUNT_MAX 1000
#define TEXT_MAX 2000
#define LIST_MAX 64
#define SENDER_MAX 400 /* what one line of an SMTP reply can carry */

typedef struct {
	const RestrictionFacts *facts;
	const RestrictionKind *kind;
	const char *field;
	Arena *mem;
	Restriction *restriction;
	Slot slot;
	ChannelSet named;      /* by the argument `channels` */
	ChannelSet identified; /* of the identifiers */
	const char **words;    /* of each of the kind's arguments; NULL: left out */
} Compiling;

static const char *const channel_words[] = {
	[CHANNEL_PHONE] = "by phone",
	[CHANNEL_EMAIL] = "by e-mail",
	[CHANNEL_LETTER] = "by letter",
	[CHANNEL_IN_PERSON] = "in person",
	[CHANNEL_WEB] = "on our website",
	[CHANNEL_CHAT] = "by chat",
};
_Static_assert(G_N_ELEMENTS(channel_words) == CHANNELS, "words for every channel");

const char *channel_in_words(Channel channel)
{
	return channel_words[channel];
}

/* The channels on which a kind of identifier is seen. */
static const ChannelSet identifier_channels[] = {
	[IDENTIFIER_PHONE] = 1u << CHANNEL_PHONE,
	[IDENTIFIER_EMAIL] = 1u << CHANNEL_EMAIL,
	[IDENTIFIER_POST] = 1u << CHANNEL_LETTER,
	[IDENTIFIER_HANDLE] = 1u << CHANNEL_WEB | 1u << CHANNEL_CHAT,
};
_Static_assert(G_N_ELEMENTS(identifier_channels) == IDENTIFIER_KINDS, "channels for every kind of identifier");

/* "a", "a or b", "a, b or c" */
static const char *join(Arena *mem, const char *const *items, gsize n, const char *last_glue)
{
	const char *text = "";

	for (gsize i = 0; i < n; i++)
		text = arena_printf(mem, "%s%s%s", text, i == 0 ? "" : i + 1 == n ? last_glue : ", ", items[i]);
	return text;
}

static const char *field_of(const Compiling *c, const char *argument)
{
	return arena_printf(c->mem, "%s/%s", c->field, argument);
}

static const char *did_you_mean(const Compiling *c, const char *written, const char *const *words, gsize n)
{
	const char *nearest = nearest_word(written, words, n);

	return nearest != NULL ? arena_printf(c->mem, " Did you mean ‘%s’?", nearest) : "";
}

/* A whole number from 1 to max. */
static gboolean take_number(
	const Compiling *c, const KindArgument *argument, const char *text, guint64 max, int *ret_n, GError **error)
{
	guint64 n;

	if (!g_ascii_string_to_unsigned(text, 10, 1, max, &n, NULL))
		return invalid(error, field_of(c, argument->key), "‘%s’ must be a whole number from 1 to %d.",
			argument->title, (int)max);
	*ret_n = (int)n;
	return TRUE;
}

static gboolean take_count(
	Compiling *c, const KindArgument *argument, const char *text, const char **ret_words, GError **error)
{
	gboolean minutes = argument->type == ARGUMENT_MINUTES;
	int n = 0;

	if (!take_number(c, argument, text, minutes ? 24 * 60 : COUNT_MAX, &n, error))
		return FALSE;
	if (strcmp(argument->key, "minutes") == 0)
		c->slot.minutes = n;
	else if (strcmp(argument->key, "calls") == 0)
		c->slot.calls = n;
	*ret_words = arena_printf(c->mem, "%d", n);
	return TRUE;
}

static gboolean take_weekday(
	Compiling *c, const KindArgument *argument, const char *text, const char **ret_words, GError **error)
{
	Weekday weekday;

	if (!weekday_parse(text, &weekday))
		return invalid(error, field_of(c, argument->key),
			"‘%s’ is no day of the week. Give one like ‘tuesday’.", text);
	if (strcmp(argument->key, "weekday") == 0)
		c->slot.weekday = weekday;
	*ret_words = weekday_name(weekday);
	return TRUE;
}

static gboolean take_time(
	Compiling *c, const KindArgument *argument, const char *text, const char **ret_words, GError **error)
{
	int minutes;

	if (!clock_parse(text, &minutes) && !clock_read(text, &minutes))
		return invalid(error, field_of(c, argument->key),
			"‘%s’ is no time of the day. Give one like ‘9:30am’ or ‘14:15’.", text);
	if (strcmp(argument->key, "from") == 0)
		c->slot.from = minutes;
	else if (strcmp(argument->key, "to") == 0)
		c->slot.to = minutes;
	*ret_words = clock_in_words(c->mem, minutes);
	return TRUE;
}

static gboolean take_period(
	Compiling *c, const KindArgument *argument, const char *text, const char **ret_words, GError **error)
{
	static const char *const words[] = {
		[PER_SLOT] = "each time", [PER_WEEK] = "each week", [PER_MONTH] = "each month"};
	SlotPeriod per;

	if (!slot_period_parse(text, &per))
		return invalid(
			error, field_of(c, argument->key), "‘%s’ must be ‘slot’, ‘week’ or ‘month’.", argument->title);
	c->slot.per = per;
	*ret_words = words[per];
	return TRUE;
}

static gboolean take_text(
	Compiling *c, const KindArgument *argument, const char *text, const char **ret_words, GError **error)
{
	gsize length = strlen(text);

	if (length > TEXT_MAX || !text_is_storable(text, length, /* multiline */ TRUE))
		return invalid(error, field_of(c, argument->key),
			"‘%s’ must be plain text of at most %d bytes, without control characters.", argument->title,
			TEXT_MAX);
	*ret_words = arena_strdup(c->mem, text);
	if (strcmp(argument->key, "name") == 0)
		c->restriction->contact_name = *ret_words;
	return TRUE;
}

static gboolean take_door(
	Compiling *c, const KindArgument *argument, const char *text, const char **ret_words, GError **error)
{
	DoorKind kind = argument->type == ARGUMENT_MAILBOX ? DOOR_MAILBOX : DOOR_EXTENSION;
	const char **addresses = arena_array(c->mem, const char *, c->facts->n_doors);
	const char *address = NULL;
	gsize n = 0;

	for (gsize i = 0; i < c->facts->n_doors; i++) {
		const Door *door = &c->facts->doors[i];

		if (door->kind != kind)
			continue;
		addresses[n++] = door->address;
		if (g_ascii_strcasecmp(door->address, text) == 0)
			address = door->address;
	}
	if (address == NULL && !c->facts->stored)
		return invalid(error, field_of(c, argument->key), "There is no %s ‘%s’.%s", door_kind_name(kind), text,
			did_you_mean(c, text, addresses, n));
	*ret_words = arena_strdup(c->mem, address != NULL ? address : text);
	if (kind == DOOR_MAILBOX) {
		c->restriction->mailbox = *ret_words;
	} else {
		c->restriction->extension = *ret_words;
		*ret_words = phone_in_words(*ret_words, &c->facts->policy->organisation.phone, c->mem);
	}
	return TRUE;
}

static gboolean take_matter(
	Compiling *c, const KindArgument *argument, const char *text, const char **ret_words, GError **error)
{
	gboolean known = c->facts->stored;

	for (const char *const *p = c->facts->matters; p != NULL && *p != NULL; p++)
		known |= strcmp(*p, text) == 0;
	if (!known)
		return invalid(error, field_of(c, argument->key),
			"‘%s’ is no matter of this customer. Give its reference.", text);
	*ret_words = c->restriction->matter = arena_strdup(c->mem, text);
	return TRUE;
}

static gboolean take_channels(Compiling *c, const KindArgument *argument, const char *const *texts, gsize n,
	const char **ret_words, GError **error)
{
	const char *names[CHANNELS];
	gsize n_named = 0;

	for (gsize i = 0; i < n; i++) {
		ChannelSet allowed = c->kind->channels & c->facts->policy->channels;
		Channel channel;

		if (!channel_parse(texts[i], &channel)) {
			const char *all[CHANNELS];

			for (int k = 0; k < CHANNELS; k++)
				all[k] = channel_name((Channel)k);
			return invalid(error, field_of(c, argument->key), "‘%s’ is no channel.%s", texts[i],
				did_you_mean(c, texts[i], all, CHANNELS));
		}
		if ((allowed & (1u << channel)) == 0)
			return invalid(error, field_of(c, argument->key), "‘%s’ cannot be named for ‘%s’.", texts[i],
				c->kind->title);
		c->named |= 1u << channel;
	}
	for (int k = 0; k < CHANNELS; k++) /* in the order of the list, each once */
		if ((c->named & (1u << k)) != 0)
			names[n_named++] = channel_in_words((Channel)k);
	*ret_words = join(c->mem, names, n_named, " or ");
	return TRUE;
}

static const CustomerIdentifier *find_identifier(const Compiling *c, const char *ref)
{
	for (gsize i = 0; i < c->facts->n_identifiers; i++)
		if (strcmp(c->facts->identifiers[i].ref, ref) == 0 && c->facts->identifiers[i].ended == INSTANT_NONE)
			return &c->facts->identifiers[i];
	return NULL;
}

static gboolean take_identifiers(Compiling *c, const KindArgument *argument, const char *const *texts, gsize n,
	const char **ret_words, GError **error)
{
	const char **normals = arena_array(c->mem, const char *, n + 1);
	const char **words = arena_array(c->mem, const char *, n + 1);
	gsize n_normals = 0;

	for (gsize i = 0; i < n; i++) {
		const CustomerIdentifier *identifier = find_identifier(c, texts[i]);
		ChannelSet channels;

		if (identifier == NULL && c->facts->stored)
			continue;
		if (identifier == NULL)
			return invalid(error, field_of(c, argument->key),
				"‘%s’ is no identifier of this customer. Give the reference of one that holds.",
				texts[i]);
		channels = identifier_channels[identifier->kind] & c->kind->channels;
		if (channels == 0)
			return invalid(error, field_of(c, argument->key), "‘%s’ does not reach ‘%s’ (%s).",
				c->kind->title, texts[i], identifier_kind_name(identifier->kind));
		c->identified |= channels;
		if (n_normals > 0 && g_strv_contains(normals, identifier->normal))
			continue;
		words[n_normals] =
			identifier->kind == IDENTIFIER_PHONE
				? phone_in_words(identifier->normal, &c->facts->policy->organisation.phone, c->mem)
				: identifier->normal;
		normals[n_normals++] = arena_strdup(c->mem, identifier->normal);
	}
	c->restriction->identifiers = normals;
	*ret_words = join(c->mem, words, n_normals, " and ");
	return TRUE;
}

static gboolean is_blank(const char *text)
{
	return text == NULL || text[strspn(text, " \t\r\n")] == '\0';
}

static gboolean take_one(
	Compiling *c, const KindArgument *argument, const char *text, const char **ret_words, GError **error)
{
	switch (argument->type) {
	case ARGUMENT_WEEKDAY:
		return take_weekday(c, argument, text, ret_words, error);
	case ARGUMENT_TIME:
		return take_time(c, argument, text, ret_words, error);
	case ARGUMENT_COUNT:
	case ARGUMENT_MINUTES:
		return take_count(c, argument, text, ret_words, error);
	case ARGUMENT_PERIOD:
		return take_period(c, argument, text, ret_words, error);
	case ARGUMENT_TEXT:
		return take_text(c, argument, text, ret_words, error);
	case ARGUMENT_MAILBOX:
	case ARGUMENT_EXTENSION:
		return take_door(c, argument, text, ret_words, error);
	case ARGUMENT_MATTER:
		return take_matter(c, argument, text, ret_words, error);
	default:
		return bug(error, "The argument ‘%s’ has no type.", argument->key);
	}
}

/* A list may be given as one text, a text not as a list. */
static gboolean take(Compiling *c, const KindArgument *argument, const RestrictionArgument *asked,
	const char **ret_words, GError **error)
{
	gboolean list = argument->type == ARGUMENT_CHANNELS || argument->type == ARGUMENT_IDENTIFIERS;
	const char *const one[] = {asked->value, NULL};
	const char *const *texts = asked->values != NULL ? asked->values : one;
	gsize n = g_strv_length((char **)texts);

	if (asked->values != NULL && !list)
		return invalid(error, field_of(c, argument->key), "‘%s’ takes one value, not a list.", argument->title);
	if (n == 0 || is_blank(texts[0]))
		return invalid(
			error, field_of(c, argument->key), "‘%s’ is empty. Say what it is to be.", argument->title);
	if (n > LIST_MAX)
		return invalid(
			error, field_of(c, argument->key), "‘%s’ has more than %d entries.", argument->title, LIST_MAX);
	if (argument->type == ARGUMENT_CHANNELS)
		return take_channels(c, argument, texts, n, ret_words, error);
	if (argument->type == ARGUMENT_IDENTIFIERS)
		return take_identifiers(c, argument, texts, n, ret_words, error);
	return take_one(c, argument, texts[0], ret_words, error);
}

static gboolean take_arguments(Compiling *c, const RestrictionAsked *asked, GError **error)
{
	const char **keys = arena_array(c->mem, const char *, c->kind->n_arguments);

	for (gsize i = 0; i < c->kind->n_arguments; i++)
		keys[i] = c->kind->arguments[i].key;
	for (gsize i = 0; i < asked->n_arguments; i++) {
		const KindArgument *argument = kind_argument(c->kind, asked->arguments[i].key);
		gsize at;

		if (argument == NULL)
			return invalid(error, field_of(c, asked->arguments[i].key), "‘%s’ takes no ‘%s’.%s",
				c->kind->title, asked->arguments[i].key,
				did_you_mean(c, asked->arguments[i].key, keys, c->kind->n_arguments));
		at = (gsize)(argument - c->kind->arguments);
		if (c->words[at] != NULL)
			return invalid(error, field_of(c, argument->key), "‘%s’ is given twice.", argument->title);
		if (!take(c, argument, &asked->arguments[i], &c->words[at], error))
			return FALSE;
	}
	for (gsize i = 0; i < c->kind->n_arguments; i++)
		if (c->words[i] == NULL && c->kind->arguments[i].required)
			return invalid(error, field_of(c, c->kind->arguments[i].key), "‘%s’ needs ‘%s’.",
				c->kind->title, c->kind->arguments[i].title);
	return TRUE;
}

static ChannelSet touched_channels(const Compiling *c)
{
	switch (c->kind->reach) {
	case REACH_NAMED:
		return c->named;
	case REACH_OTHERS:
		return c->facts->policy->channels & ~c->named;
	case REACH_IDENTIFIERS:
		return c->identified;
	default:
		return c->kind->channels;
	}
}

/* The effects by channel, and what an effect needs to be carried out. */
static gboolean settle_effects(Compiling *c, GError **error)
{
	Restriction *restriction = c->restriction;
	gboolean limits = FALSE;

	restriction->touches = touched_channels(c);
	for (int k = 0; k < CHANNELS; k++)
		if ((restriction->touches & (1u << k)) != 0) {
			restriction->effect[k] = c->kind->effect[k];
			limits |= restriction->effect[k] == VERDICT_LIMIT;
		}
	if (restriction->effect[CHANNEL_EMAIL] == VERDICT_ROUTE && restriction->mailbox == NULL)
		return invalid(error, field_of(c, "mailbox"), "Say to which mailbox their messages go.");
	if (restriction->effect[CHANNEL_PHONE] == VERDICT_ROUTE && restriction->extension == NULL)
		return invalid(error, field_of(c, "extension"), "Say to which extension their calls go.");
	if (!limits)
		return TRUE;
	if (c->slot.from >= c->slot.to)
		return invalid(error, field_of(c, "to"), "The time must end later on the day than it begins.");
	restriction->slots = arena_memdup(c->mem, &c->slot, sizeof c->slot);
	restriction->n_slots = 1;
	return TRUE;
}

/* The text with each {argument} in words. */
static const char *fill(const Compiling *c, const char *text)
{
	GString *filled;

	if (text == NULL)
		return NULL;
	filled = g_string_new(NULL);
	while (*text != '\0') {
		const char *close = *text == '{' ? strchr(text, '}') : NULL;
		const KindArgument *argument =
			close != NULL
				? kind_argument(c->kind, arena_strndup(c->mem, text + 1, (gsize)(close - text - 1)))
				: NULL;
		const char *words;

		if (argument == NULL) {
			g_string_append_c(filled, *text++);
			continue;
		}
		words = c->words[argument - c->kind->arguments];
		g_string_append(filled, words != NULL ? words : "any");
		text = close + 1;
	}
	return arena_own(c->mem, g_string_free(filled, FALSE), g_free);
}

/* Mail's words go into an SMTP reply: one line of printable ASCII, whatever the arguments hold. */
static gboolean fill_sender(const Compiling *c, const char **ret_text, GError **error)
{
	const char *text = fill(c, c->kind->say_to_sender);
	char *plain;

	*ret_text = NULL;
	if (text == NULL)
		return TRUE;
	plain = arena_own(c->mem, g_str_to_ascii(text, "C"), g_free);
	for (char *p = plain; *p != '\0'; p++)
		if (!g_ascii_isprint(*p))
			*p = ' ';
	if (strlen(plain) > SENDER_MAX)
		return invalid(error, c->field,
			"With these words the answer of the mail server is longer than %d letters. Shorten them.",
			SENDER_MAX);
	*ret_text = plain;
	return TRUE;
}

gboolean restriction_compile(const RestrictionFacts *facts, const RestrictionAsked *asked, const char *field,
	Arena *mem, Restriction **ret_restriction, GError **error)
{
	Compiling c = {.facts = facts,
		.field = field,
		.mem = mem,
		.restriction = arena_new0(mem, Restriction),
		.slot = {.from = 0, .to = 24 * 60}};

	c.kind = policy_kind(facts->policy, asked->kind);
	if (c.kind == NULL) {
		const char **keys = arena_array(mem, const char *, facts->policy->n_kinds);

		for (gsize i = 0; i < facts->policy->n_kinds; i++)
			keys[i] = facts->policy->kinds[i].key;
		return invalid(error, field_of(&c, "kind"), "The policy has no restriction ‘%s’.%s",
			asked->kind != NULL ? asked->kind : "",
			asked->kind != NULL ? did_you_mean(&c, asked->kind, keys, facts->policy->n_kinds) : "");
	}
	c.restriction->kind = c.kind;
	c.words = arena_array(mem, const char *, c.kind->n_arguments);
	if (!take_arguments(&c, asked, error) || !settle_effects(&c, error) ||
		!fill_sender(&c, &c.restriction->say_to_sender, error))
		return FALSE;
	c.restriction->in_words = fill(&c, c.kind->in_words);
	c.restriction->say_to_staff = fill(&c, c.kind->say_to_staff);
	c.restriction->say_to_caller = fill(&c, c.kind->say_to_caller);
	*ret_restriction = c.restriction;
	return TRUE;
}
