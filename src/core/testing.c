/* testing.c: see testing.h. */
#include "core/testing.h"

#define ALL_CHANNELS(v)                                                                                                \
	{                                                                                                              \
		v, v, v, v, v, v                                                                                       \
	}
#define BINDS_IN                                                                                                       \
	{                                                                                                              \
		[DIRECTION_IN] = TRUE                                                                                  \
	}

static const KindArgument slot_arguments[] = {
	{.key = "weekday", .title = "Day of the week", .type = ARGUMENT_WEEKDAY},
	{.key = "from", .title = "From", .type = ARGUMENT_TIME},
	{.key = "to", .title = "To", .type = ARGUMENT_TIME},
	{.key = "calls", .title = "Calls in that time", .type = ARGUMENT_COUNT},
	{.key = "minutes", .title = "Minutes for each", .type = ARGUMENT_MINUTES},
	{.key = "per", .title = "Counted by", .type = ARGUMENT_PERIOD},
};
static const KindArgument channels_arguments[] = {
	{.key = "channels", .title = "Ways of contact", .type = ARGUMENT_CHANNELS, .required = TRUE},
};
static const KindArgument route_arguments[] = {
	{.key = "name", .title = "Name", .type = ARGUMENT_TEXT, .required = TRUE},
	{.key = "mailbox", .title = "Mailbox", .type = ARGUMENT_MAILBOX},
	{.key = "extension", .title = "Extension", .type = ARGUMENT_EXTENSION},
};
static const KindArgument matter_arguments[] = {
	{.key = "matter", .title = "The closed matter", .type = ARGUMENT_MATTER, .required = TRUE},
};
static const KindArgument words_arguments[] = {
	{.key = "words", .title = "In your own words", .type = ARGUMENT_TEXT, .required = TRUE},
};
static const KindArgument identifiers_arguments[] = {
	{.key = "identifiers", .title = "Numbers and addresses", .type = ARGUMENT_IDENTIFIERS, .required = TRUE},
};

static const RestrictionKind kinds[] = {
	{.key = "call-slot",
		.title = "Calls at set times",
		.rule = "R1",
		.effect = ALL_CHANNELS(VERDICT_LIMIT),
		.channels = 1u << CHANNEL_PHONE,
		.binds = BINDS_IN,
		.arguments = slot_arguments,
		.n_arguments = G_N_ELEMENTS(slot_arguments),
		.in_words = "Ring us on {weekday}s between {from} and {to}: {calls}, of {minutes}.",
		.say_to_staff = "Calls on {weekday}s.",
		.say_to_caller = "We can take this call on {weekday}s between {from} and {to}."},
	{.key = "mail-limit",
		.title = "So many messages",
		.rule = "R1",
		.effect = ALL_CHANNELS(VERDICT_LIMIT),
		.channels = 1u << CHANNEL_EMAIL,
		.binds = BINDS_IN,
		.arguments = slot_arguments,
		.n_arguments = G_N_ELEMENTS(slot_arguments)},
	{.key = "channels-only",
		.title = "Only these ways of contact",
		.rule = "R2",
		.effect = ALL_CHANNELS(VERDICT_DECLINE),
		.reach = REACH_OTHERS,
		.channels = CHANNELS_ALL,
		.binds = BINDS_IN,
		.arguments = channels_arguments,
		.n_arguments = 1,
		.in_words = "Contact us {channels}.",
		.say_to_staff = "Only {channels}.",
		.say_to_caller = "Contact us {channels}.",
		.say_to_sender = "Contact us {channels}."},
	{.key = "channels-not",
		.title = "Not these ways of contact",
		.rule = "R2",
		.effect = ALL_CHANNELS(VERDICT_DECLINE),
		.reach = REACH_NAMED,
		.channels = CHANNELS_ALL & ~(1u << CHANNEL_CHAT),
		.binds = BINDS_IN,
		.arguments = channels_arguments,
		.n_arguments = 1,
		.in_words = "Do not contact us {channels}.",
		.say_to_staff = "Not {channels}.",
		.say_to_caller = "We cannot take this call.",
		.say_to_sender = "We cannot accept this message."},
	{.key = "single-contact",
		.title = "One point of contact",
		.rule = "R3",
		.effect = ALL_CHANNELS(VERDICT_ROUTE),
		.channels = CHANNELS_ALL,
		.binds = BINDS_IN,
		.arguments = route_arguments,
		.n_arguments = G_N_ELEMENTS(route_arguments),
		.in_words = "Your point of contact is {name}, {mailbox}.",
		.say_to_staff = "Put them through to {name}."},
	{.key = "call-recording",
		.title = "Calls are recorded",
		.rule = "R4",
		.effect = ALL_CHANNELS(VERDICT_RECORD),
		.channels = 1u << CHANNEL_PHONE,
		.binds = BINDS_IN,
		.say_to_staff = "Say that it is recorded.",
		.say_to_caller = "This call may be recorded."},
	{.key = "read-and-file",
		.title = "Read and filed",
		.rule = "R5",
		.effect = ALL_CHANNELS(VERDICT_FILE),
		.channels = 1u << CHANNEL_EMAIL | 1u << CHANNEL_LETTER | 1u << CHANNEL_WEB,
		.binds = BINDS_IN,
		.reads_new = TRUE,
		.say_to_staff = "Read it and file it."},
	{.key = "no-reopening",
		.title = "A closed matter stays closed",
		.rule = "R6",
		.effect = {[CHANNEL_PHONE] = VERDICT_CHECK,
			[CHANNEL_EMAIL] = VERDICT_FILE,
			[CHANNEL_LETTER] = VERDICT_FILE,
			[CHANNEL_IN_PERSON] = VERDICT_CHECK,
			[CHANNEL_WEB] = VERDICT_FILE,
			[CHANNEL_CHAT] = VERDICT_CHECK},
		.channels = CHANNELS_ALL,
		.binds = BINDS_IN,
		.reads_new = TRUE,
		.arguments = matter_arguments,
		.n_arguments = 1,
		.say_to_staff = "{matter} is closed.",
		.say_to_caller = "Somebody will ask what your call is about."},
	{.key = "other-action",
		.title = "Another action",
		.rule = "R7",
		.effect = ALL_CHANNELS(VERDICT_CHECK),
		.channels = CHANNELS_ALL,
		.binds = BINDS_IN,
		.arguments = words_arguments,
		.n_arguments = 1,
		.in_words = "{words}",
		.say_to_staff = "{words}",
		.say_to_sender = "{words}"},
	{.key = "block-identifier",
		.title = "Blocked",
		.rule = "R7",
		.effect = ALL_CHANNELS(VERDICT_BLOCK),
		.reach = REACH_IDENTIFIERS,
		.channels = 1u << CHANNEL_PHONE | 1u << CHANNEL_EMAIL,
		.binds = BINDS_IN,
		.needs = "severe-circumstances",
		.arguments = identifiers_arguments,
		.n_arguments = 1,
		.in_words = "We accept nothing from {identifiers}.",
		.say_to_staff = "Blocked.",
		.say_to_caller = "We cannot take calls from this number."},
	{.key = "no-calls-from-us",
		.title = "We do not ring",
		.rule = "R8",
		.effect = ALL_CHANNELS(VERDICT_CHECK),
		.channels = 1u << CHANNEL_PHONE,
		.binds = {[DIRECTION_OUT] = TRUE},
		.say_to_caller = "We agreed not to ring you.",
		.say_to_staff = "We agreed not to ring."},
	{.key = "two-present",
		.title = "Two staff present",
		.rule = "R8",
		.effect = ALL_CHANNELS(VERDICT_PROCEED),
		.channels = 1u << CHANNEL_IN_PERSON,
		.binds = BINDS_IN,
		.say_to_staff = "Be two."},
};

static const ProtectedPurpose purposes[] = {
	{.key = "emergency", .title = "Emergency", .everywhere = TRUE, .how = "Any way"},
	{.key = "dispute", .title = "Disputing", .how = "Write to the complaints officer"},
	{.key = "information-request", .title = "Asking for information", .how = "Write to the records officer"},
};

const Policy test_policy = {.name = "test",
	.organisation.phone = {"44", "0", "00", 9, 10},
	.version = 1,
	.channels = CHANNELS_ALL,
	.kinds = kinds,
	.n_kinds = G_N_ELEMENTS(kinds),
	.purposes = purposes,
	.n_purposes = G_N_ELEMENTS(purposes)};

static const char *const ann_functions[] = {"casework", "intake", NULL};

const Door test_doors[] = {
	{.address = "casework@x", .kind = DOOR_MAILBOX, .function = "casework"},
	{.address = "0301", .kind = DOOR_EXTENSION, .function = "casework"},
	{.address = "desk-1", .kind = DOOR_DESK, .title = "the casework desk", .function = "casework"},
	{.address = "intake@x", .kind = DOOR_MAILBOX, .function = "intake"},
	{.address = "0401", .kind = DOOR_EXTENSION, .function = "intake"},
	{.address = "contact@x", .kind = DOOR_MAILBOX},
	{.address = "0100", .kind = DOOR_EXTENSION},
	{.address = "complaints@x",
		.kind = DOOR_MAILBOX,
		.function = "complaints",
		.protects = "new-complaint dispute"},
	{.address = "0199", .kind = DOOR_EXTENSION, .function = "complaints", .protects = "dispute"},
	{.address = "m1@x", .kind = DOOR_MAILBOX, .function = "casework", .matter = "M-1"},
	{.address = "m2@x", .kind = DOOR_MAILBOX, .function = "archive", .matter = "M-2"},
	{.address = "0355", .kind = DOOR_EXTENSION, .staff = "ann", .functions = ann_functions},
	{.address = "poc@x", .kind = DOOR_MAILBOX, .function = "casework"},
	{.address = "0377", .kind = DOOR_EXTENSION, .function = "casework"},
};
const gsize test_n_doors = G_N_ELEMENTS(test_doors);

const CustomerIdentifier test_identifiers[] = {
	{.ref = "ID-1", .kind = IDENTIFIER_PHONE, .normal = "+441", .confirmed = TRUE, .ended = INSTANT_NONE},
	{.ref = "ID-2", .kind = IDENTIFIER_EMAIL, .normal = "a@b", .confirmed = TRUE, .ended = INSTANT_NONE},
	{.ref = "ID-3", .kind = IDENTIFIER_POST, .normal = "1 street", .confirmed = TRUE, .ended = INSTANT_NONE},
	{.ref = "ID-4", .kind = IDENTIFIER_PHONE, .normal = "+444", .confirmed = TRUE, .ended = 1},
	{.ref = "ID-5", .kind = IDENTIFIER_PHONE, .normal = "+445", .used_by_others = TRUE, .ended = INSTANT_NONE},
};
const gsize test_n_identifiers = G_N_ELEMENTS(test_identifiers);

const Door *test_door(const char *address)
{
	for (gsize i = 0; i < test_n_doors; i++)
		if (g_strcmp0(test_doors[i].address, address) == 0)
			return &test_doors[i];
	g_assert_null(address);
	return NULL;
}

Instant test_at(const Zone *zone, const char *wall)
{
	g_auto(GStrv) parts = g_strsplit(wall, "T", 2);
	Day day;
	int minutes;

	g_assert_true(day_parse(parts[0], "at", &day, NULL));
	g_assert_true(clock_parse(parts[1], &minutes));
	return zone_instant(zone, day, minutes * 60);
}

gboolean test_compile(const char *text, Arena *mem, Restriction **ret_restriction, GError **error)
{
	static const char *const matters[] = {"M-1", "M-2", NULL};
	const RestrictionFacts facts = {.policy = &test_policy,
		.identifiers = test_identifiers,
		.n_identifiers = test_n_identifiers,
		.doors = test_doors,
		.n_doors = test_n_doors,
		.matters = matters};
	char **words = arena_own(mem, g_strsplit(text, " ", -1), (GDestroyNotify)g_strfreev);
	guint n = g_strv_length(words);
	RestrictionArgument *arguments = arena_array(mem, RestrictionArgument, n);
	const RestrictionAsked asked = {.kind = words[0], .arguments = arguments, .n_arguments = n - 1};

	for (guint i = 1; i < n; i++) {
		char **pair = arena_own(mem, g_strsplit(words[i], "=", 2), (GDestroyNotify)g_strfreev);

		arguments[i - 1].key = pair[0];
		g_strdelimit(pair[1], "_", ' ');
		if (strchr(pair[1], ',') != NULL)
			arguments[i - 1].values = (const char *const *)arena_own(
				mem, g_strsplit(pair[1], ",", -1), (GDestroyNotify)g_strfreev);
		else
			arguments[i - 1].value = pair[1];
	}
	return restriction_compile(&facts, &asked, "restrictions/0", mem, ret_restriction, error);
}

Arrangement *test_arrangement(const char *text, Arena *mem)
{
	static const char *const matters[] = {"M-1", NULL};
	char **halves = arena_own(mem, g_strsplit(text, ": ", 2), (GDestroyNotify)g_strfreev);
	char **scope = arena_own(mem, g_strsplit(halves[0], " ", 2), (GDestroyNotify)g_strfreev);
	char **pieces = arena_own(mem, g_strsplit(halves[1], "; ", -1), (GDestroyNotify)g_strfreev);
	Arrangement *arrangement = arena_new0(mem, Arrangement);

	*arrangement = (Arrangement){.ref = "A-1",
		.function = "casework",
		.matters = matters,
		.from = day_from_civil(2026, 11, 1) * USEC_PER_DAY,
		.until = INSTANT_NONE,
		.until_day = DAY_NONE,
		.review_day = day_from_civil(2027, 11, 1),
		.scope_of = scope[1],
		.n_restrictions = g_strv_length(pieces)};
	g_assert_true(scope_parse(scope[0], &arrangement->scope));
	arrangement->restrictions = arena_array(mem, Restriction, arrangement->n_restrictions);
	for (gsize i = 0; i < arrangement->n_restrictions; i++) {
		g_autoptr(GError) error = NULL;
		Restriction *restriction;

		if (!test_compile(pieces[i], mem, &restriction, &error))
			g_error("%s: %s", pieces[i], error->message);
		arrangement->restrictions[i] = *restriction;
	}
	return arrangement;
}
