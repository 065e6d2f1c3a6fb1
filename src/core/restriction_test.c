/* Tests of restriction.c: what is asked for, held against the pack and what it points at. */
#include "core/testing.h"

static void R1_slot(void)
{
	g_autoptr(Arena) mem = arena_new(1 << 20);
	Restriction *r = NULL;

	g_assert_true(test_compile(
		"call-slot weekday=Tuesday from=09:00 to=10:30 calls=2 minutes=15 per=week", mem, &r, NULL));
	g_assert_cmpuint(r->touches, ==, 1u << CHANNEL_PHONE);
	g_assert_cmpint(r->effect[CHANNEL_PHONE], ==, VERDICT_LIMIT);
	g_assert_cmpint(r->effect[CHANNEL_EMAIL], ==, VERDICT_PROCEED);
	g_assert_cmpuint(r->n_slots, ==, 1);
	g_assert_cmpint(r->slots[0].weekday, ==, TUESDAY);
	g_assert_cmpint(r->slots[0].from, ==, 540);
	g_assert_cmpint(r->slots[0].to, ==, 630);
	g_assert_cmpint(r->slots[0].calls, ==, 2);
	g_assert_cmpint(r->slots[0].minutes, ==, 15);
	g_assert_cmpint(r->slots[0].per, ==, PER_WEEK);
	g_assert_cmpstr(r->in_words, ==, "Ring us on Tuesdays between 9am and 10:30am: 2, of 15.");
	g_assert_cmpstr(r->say_to_caller, ==, "We can take this call on Tuesdays between 9am and 10:30am.");
	g_assert_null(r->say_to_sender);

	g_assert_true(test_compile("call-slot calls=1", mem, &r, NULL));
	g_assert_cmpint(r->slots[0].weekday, ==, 0);
	g_assert_cmpint(r->slots[0].from, ==, 0);
	g_assert_cmpint(r->slots[0].to, ==, 1440);
	g_assert_cmpint(r->slots[0].per, ==, PER_SLOT);
	g_assert_cmpstr(r->in_words, ==, "Ring us on anys between any and any: 1, of any.");
}

static void R2_channels(void)
{
	g_autoptr(Arena) mem = arena_new(1 << 20);
	Restriction *r = NULL;

	g_assert_true(test_compile("channels-only channels=letter,email,email", mem, &r, NULL));
	g_assert_cmpuint(r->touches, ==, CHANNELS_ALL & ~(1u << CHANNEL_LETTER | 1u << CHANNEL_EMAIL));
	for (int k = 0; k < CHANNELS; k++)
		g_assert_cmpint(r->effect[k], ==,
			k == CHANNEL_LETTER || k == CHANNEL_EMAIL ? VERDICT_PROCEED : VERDICT_DECLINE);
	g_assert_cmpstr(r->in_words, ==, "Contact us by e-mail or by letter.");

	g_assert_true(test_compile("channels-not channels=web,phone,in-person", mem, &r, NULL));
	g_assert_cmpuint(r->touches, ==, 1u << CHANNEL_WEB | 1u << CHANNEL_PHONE | 1u << CHANNEL_IN_PERSON);
	g_assert_cmpstr(r->in_words, ==, "Do not contact us by phone, in person or on our website.");

	g_assert_true(test_compile("channels-not channels=phone", mem, &r, NULL));
	g_assert_cmpuint(r->touches, ==, 1u << CHANNEL_PHONE);
}

static void R3_point_of_contact(void)
{
	g_autoptr(Arena) mem = arena_new(1 << 20);
	Restriction *r = NULL;

	g_assert_true(test_compile("single-contact name=Jo_Hughes mailbox=POC@x extension=0377", mem, &r, NULL));
	g_assert_cmpstr(r->mailbox, ==, "poc@x");
	g_assert_cmpstr(r->extension, ==, "0377");
	g_assert_cmpstr(r->contact_name, ==, "Jo Hughes");
	g_assert_cmpstr(r->in_words, ==, "Your point of contact is Jo Hughes, poc@x.");
}

static void R6_effect_by_channel(void)
{
	g_autoptr(Arena) mem = arena_new(1 << 20);
	Restriction *r = NULL;

	g_assert_true(test_compile("no-reopening matter=M-1", mem, &r, NULL));
	g_assert_cmpint(r->effect[CHANNEL_PHONE], ==, VERDICT_CHECK);
	g_assert_cmpint(r->effect[CHANNEL_EMAIL], ==, VERDICT_FILE);
	g_assert_cmpstr(r->matter, ==, "M-1");
	g_assert_cmpstr(r->say_to_staff, ==, "M-1 is closed.");
}

static void R7_identifiers_on_their_channel(void)
{
	g_autoptr(Arena) mem = arena_new(1 << 20);
	Restriction *r = NULL;

	g_assert_true(test_compile("block-identifier identifiers=ID-1", mem, &r, NULL));
	g_assert_cmpuint(r->touches, ==, 1u << CHANNEL_PHONE);
	g_assert_cmpstr(r->identifiers[0], ==, "+441");
	g_assert_null(r->identifiers[1]);

	g_assert_true(test_compile("block-identifier identifiers=ID-2,ID-1,ID-2", mem, &r, NULL));
	g_assert_cmpuint(r->touches, ==, 1u << CHANNEL_PHONE | 1u << CHANNEL_EMAIL);
	g_assert_cmpstr(r->in_words, ==, "We accept nothing from a@b and +441.");
}

/* R11 holds at the gate: a block of a shared identifier binds the customer it names. */
static void R11_shared_identifier_compiles(void)
{
	g_autoptr(Arena) mem = arena_new(1 << 20);
	Restriction *r = NULL;

	g_assert_true(test_compile("block-identifier identifiers=ID-5", mem, &r, NULL));
	g_assert_cmpstr(r->identifiers[0], ==, "+445");
}

/* Words for mail go into an SMTP reply. */
static void R2_words_for_mail_are_one_line_of_ascii(void)
{
	g_autoptr(Arena) mem = arena_new(1 << 20);
	g_autoptr(GError) error = NULL;
	g_autofree char *text = g_strdup_printf("other-action words=%0401d", 0);
	Restriction *r = NULL;

	g_assert_true(test_compile("other-action words=Zo\303\253\n250_OK", mem, &r, NULL));
	g_assert_cmpstr(r->say_to_sender, ==, "Zoe 250 OK");
	g_assert_cmpstr(r->in_words, ==, "Zo\303\253\n250 OK");
	g_assert_false(test_compile(text, mem, &r, &error));
	g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_INVALID);
}

typedef struct {
	const char *path, *text, *field, *sentence;
} Wrong;

#define SLOT "call-slot weekday=tuesday from=09:00 to=10:00 calls=1"

static const Wrong wrongs[] = {
	{"/restriction/unknown-kind", "call-slots calls=1", "kind", "*no restriction ‘call-slots’*mean ‘call-slot’*"},
	{"/restriction/unknown-argument", SLOT " minuts=15", "minuts", "*takes no ‘minuts’*mean ‘minutes’*"},
	{"/restriction/argument-twice", SLOT " calls=2", "calls", "*given twice*"},
	{"/restriction/argument-missing", "channels-not", "channels", "*needs ‘Ways of contact’*"},
	{"/restriction/argument-empty", "other-action words=", "words", "*is empty*"},
	{"/restriction/argument-blank", "other-action words=__", "words", "*is empty*"},
	{"/restriction/a-list-for-a-text", "other-action words=a,b", "words", "*not a list*"},
	{"/restriction/control-characters", "other-action words=a\001b", "words", "*control characters*"},
	{"/R1/no-weekday", "call-slot weekday=tue from=09:00 to=10:00 calls=1", "weekday", "*no day of the week*"},
	{"/R1/no-time", "call-slot weekday=tuesday from=nine to=10:00 calls=1", "from", "*no time of the day*"},
	{"/R1/ends-before-it-begins", "call-slot weekday=tuesday from=10:00 to=09:00 calls=1", "to",
		"*end later on the day*"},
	{"/R1/empty-slot", "call-slot weekday=tuesday from=10:00 to=10:00 calls=1", "to", "*end later on the day*"},
	{"/R1/no-calls", "call-slot calls=0", "calls", "*whole number from 1*"},
	{"/R1/part-of-a-call", "call-slot calls=1.5", "calls", "*whole number from 1*"},
	{"/R1/more-minutes-than-a-day", SLOT " minutes=1441", "minutes", "*from 1 to 1440*"},
	{"/R1/no-period", SLOT " per=year", "per", "*‘slot’, ‘week’ or ‘month’*"},
	{"/R2/no-channel", "channels-not channels=phone,telefax", "channels", "*‘telefax’ is no channel*"},
	{"/R2/channel-misspelt", "channels-not channels=in_person", "channels", "*mean ‘in-person’*"},
	{"/R2/channel-not-of-the-kind", "channels-not channels=chat", "channels", "*cannot be named*"},
	{"/R3/no-such-mailbox", "single-contact name=Jo mailbox=pod@x extension=0377", "mailbox",
		"*no mailbox*mean ‘poc@x’*"},
	{"/R3/a-mailbox-is-no-extension", "single-contact name=Jo mailbox=poc@x extension=poc@x", "extension",
		"*no extension*"},
	{"/R3/mail-needs-a-mailbox", "single-contact name=Jo extension=0377", "mailbox", "*which mailbox*"},
	{"/R3/calls-need-an-extension", "single-contact name=Jo mailbox=poc@x", "extension", "*which extension*"},
	{"/R6/not-their-matter", "no-reopening matter=M-9", "matter", "*no matter of this customer*"},
	{"/R7/not-their-identifier", "block-identifier identifiers=ID-9", "identifiers",
		"*no identifier of this customer*"},
	{"/R7/identifier-that-ended", "block-identifier identifiers=ID-4", "identifiers",
		"*no identifier of this customer*"},
	{"/R7/a-postal-address", "block-identifier identifiers=ID-3", "identifiers", "*does not reach ‘ID-3’*"},
};

static void test_wrong(gconstpointer data)
{
	const Wrong *wrong = data;
	g_autoptr(Arena) mem = arena_new(1 << 20);
	g_autoptr(GError) error = NULL;
	g_autofree char *field = g_strconcat("restrictions/0/", wrong->field, NULL);
	Restriction *untouched = (Restriction *)mem, *r = untouched;

	g_assert_false(test_compile(wrong->text, mem, &r, &error));
	g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_INVALID);
	g_assert_cmpstr(evenhand_error_field(error), ==, field);
	if (!g_pattern_match_simple(wrong->sentence, error->message))
		g_error("%s: %s", wrong->text, error->message);
	g_assert_true(r == untouched);
}

/* What was decided is compiled again after a door, a matter or an identifier has gone. */
static void stored_outlives_what_it_points_at(void)
{
	static const char *const identifiers[] = {"ID-4", "ID-1", "ID-9", NULL};
	static const RestrictionArgument block[] = {{"identifiers", NULL, identifiers}};
	static const RestrictionArgument route[] = {
		{"name", "Jo", NULL}, {"mailbox", "gone@x", NULL}, {"extension", "0999", NULL}};
	static const RestrictionArgument matter[] = {{"matter", "M-9", NULL}};
	const RestrictionFacts facts = {.policy = &test_policy,
		.identifiers = test_identifiers,
		.n_identifiers = test_n_identifiers,
		.stored = TRUE};
	g_autoptr(Arena) mem = arena_new(1 << 20);
	Restriction *r;

	g_assert_true(restriction_compile(&facts,
		&(RestrictionAsked){.kind = "block-identifier", .arguments = block, .n_arguments = 1}, "r", mem, &r,
		NULL));
	g_assert_cmpstr(r->identifiers[0], ==, "+441");
	g_assert_null(r->identifiers[1]);
	g_assert_true(restriction_compile(&facts,
		&(RestrictionAsked){.kind = "single-contact", .arguments = route, .n_arguments = 3}, "r", mem, &r,
		NULL));
	g_assert_cmpstr(r->mailbox, ==, "gone@x");
	g_assert_true(restriction_compile(&facts,
		&(RestrictionAsked){.kind = "no-reopening", .arguments = matter, .n_arguments = 1}, "r", mem, &r,
		NULL));
	g_assert_cmpstr(r->matter, ==, "M-9");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/R1/slot", R1_slot);
	g_test_add_func("/R2/channels", R2_channels);
	g_test_add_func("/R3/point-of-contact", R3_point_of_contact);
	g_test_add_func("/R6/effect-by-channel", R6_effect_by_channel);
	g_test_add_func("/R7/identifiers-on-their-channel", R7_identifiers_on_their_channel);
	g_test_add_func("/R11/shared-identifier-compiles", R11_shared_identifier_compiles);
	g_test_add_func("/R2/words-for-mail-are-one-line-of-ascii", R2_words_for_mail_are_one_line_of_ascii);
	for (gsize i = 0; i < G_N_ELEMENTS(wrongs); i++)
		g_test_add_data_func(wrongs[i].path, &wrongs[i], test_wrong);
	g_test_add_func("/restriction/stored-outlives-what-it-points-at", stored_outlives_what_it_points_at);
	return g_test_run();
}
