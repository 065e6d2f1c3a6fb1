/* Tests of pack.h: the default pack is accepted, and a table of packs, each broken in one place, is refused with file,
 * line, column and reason. */
#include "packs/pack.h"

#include <string.h>

static char *default_folder(Arena *mem)
{
	const char *source = g_getenv("EVENHAND_SOURCE");

	return arena_printf(mem, "%s/policies/police-complaints", source ? source : ".");
}

static PackFiles default_files(Arena *mem)
{
	g_autoptr(GError) error = NULL;
	PackFiles files = {0};

	g_assert_true(pack_files_read(default_folder(mem), mem, &files, &error));
	g_assert_no_error(error);
	return files;
}

static void set_bytes(PackFiles *files, const char *path, const char *bytes, gsize length)
{
	for (gsize i = 0; i < files->n; i++)
		if (strcmp(files->files[i].path, path) == 0) {
			files->files[i].bytes = bytes;
			files->files[i].length = length;
			return;
		}
	g_assert_not_reached();
}

static void test_the_default_pack_is_accepted(void)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	PackFiles files = default_files(mem);
	PackProblems problems;
	Pack *pack = NULL;
	const Policy *policy;
	const RestrictionKind *kind;
	const char *language;

	pack_read(&files, mem, &pack, &problems);
	for (gsize i = 0; i < problems.n; i++)
		g_test_message("%s", problems.lines[i]);
	g_assert_cmpuint(problems.n, ==, 0);
	g_assert_nonnull(pack);
	policy = pack_policy(pack);
	g_assert_cmpstr(policy_label(policy, mem), ==, "police-complaints 1");
	g_assert_cmpint(policy->in_force, ==, day_from_civil(2026, 1, 1));
	g_assert_cmpstr(policy->organisation.phone.country_code, ==, "44");
	g_assert_cmpstr(policy->organisation.phone.trunk_prefix, ==, "0");
	g_assert_cmpstr(policy->organisation.languages[0], ==, "en");
	g_assert_null(policy->organisation.languages[1]);
	g_assert_true(g_str_has_suffix(policy->organisation.address, "EX1 1EX"));
	g_assert_cmpuint(policy->organisation.n_closed_days, ==, 24);
	g_assert_cmpint(policy->organisation.closed_days[2], ==, day_from_civil(2026, 4, 6));
	g_assert_cmpuint(policy->channels, ==, CHANNELS_ALL);
	g_assert_cmpuint(policy->n_headings, ==, 3);
	g_assert_true(policy_heading(policy, "unreasonably-persistent")->internal_review);
	g_assert_cmpint(heading_example(policy_heading(policy, "aggressive-or-abusive"), "violence-used")->police, ==,
		POLICE_ALWAYS);
	g_assert_cmpuint(policy->n_criteria, ==, 6);
	g_assert_cmpuint(policy->n_linked, ==, 5);
	g_assert_cmpint(policy->tiers[0].days_to_adapt, ==, 14);
	g_assert_cmpuint(policy->tiers[0].by, ==, 1u << ROLE_MANAGER);
	g_assert_cmpint(policy->warning_life_months, ==, 0);
	g_assert_cmpint(policy->review.months, ==, 12);
	g_assert_cmpint(policy->review.missed, ==, MISSED_FLAG);
	g_assert_cmpint(policy->dispute.days_to_lodge, ==, 0);
	g_assert_cmpint(policy->notices.post_working_days, ==, 2);
	g_assert_false(policy_format(policy, "large-print")->made_here);
	g_assert_cmpint((int)policy->gate.stale_after_seconds, ==, 900);
	g_assert_cmpint(policy->gate.mail, ==, MAIL_PASSES);
	g_assert_cmpuint(policy->n_purposes, ==, 6);

	kind = policy_kind(policy, "no-reopening");
	g_assert_cmpint(kind->effect[CHANNEL_PHONE], ==, VERDICT_CHECK);
	g_assert_cmpint(kind->effect[CHANNEL_EMAIL], ==, VERDICT_FILE);
	g_assert_true(kind->binds[DIRECTION_IN]);
	g_assert_false(kind->binds[DIRECTION_OUT]);
	kind = policy_kind(policy, "call-slot");
	g_assert_cmpint(kind->effect[CHANNEL_PHONE], ==, VERDICT_LIMIT);
	g_assert_cmpint(kind->effect[CHANNEL_EMAIL], ==, VERDICT_PROCEED);
	g_assert_cmpint(kind_argument(kind, "from")->type, ==, ARGUMENT_TIME);
	kind = policy_kind(policy, "channels-only");
	g_assert_cmpint(kind->reach, ==, REACH_OTHERS);
	for (int c = 0; c < CHANNELS; c++)
		g_assert_cmpint(kind->effect[c], ==, VERDICT_DECLINE);
	kind = policy_kind(policy, "block-identifier");
	g_assert_cmpint(kind->reach, ==, REACH_IDENTIFIERS);
	g_assert_cmpstr(kind->needs, ==, "severe-circumstances");

	g_assert_true(letter_template_holds(pack_letter(pack, "decision", "cy", &language), "dispute"));
	g_assert_cmpstr(language, ==, "en");
	g_assert_nonnull(pack_letter(pack, "warning", "en", &language));
	g_assert_null(pack_letter(pack, "no-such-notice", "en", &language));
	g_assert_true(g_str_has_prefix(pack_text(pack), "# How we manage contact"));
	g_assert_cmpuint(strlen(pack_hash(pack)), ==, 64);
}

#define Y "policy.yaml"
#define SLOT "call-slot:\n    title: Calls at set times\n    rule: R1\n    effect: limit\n    channels: [phone]\n"

/* A pack with one place changed, and what is said of it. The line counts from the line of `find`; TOP is line 1. */
#define TOP G_MININT
typedef struct {
	const char *name;
	const char *file;
	const char *find; /* stands once in the file */
	const char *with;
	int lines_down;
	int column;
	const char *reason; /* how the reason begins */
	gsize n;            /* of problems in all */
} Broken;

static const Broken broken[] = {
	/* how it is written */
	{"unknown-key", Y, "title: Managing customer contact", "titel: Managing customer contact", 0, 1,
		"unknown key 'titel'; did you mean 'title'?", 2},
	{"unknown-key-inside", Y, "  missed: flag", "  mised: flag", 0, 3,
		"unknown key 'mised'; did you mean 'missed'?", 2},
	{"unknown-key-unlike-any", Y, "version: 1\n", "version: 1\nzebra: 1\n", 1, 1, "unknown key 'zebra'", 1},
	{"missing-key", Y, "  months: 12\n", "", -1, 1, "the key 'months' is missing here (V1)", 1},
	{"duplicate-key", Y, "version: 1\n", "version: 1\nversion: 2\n", 1, 1,
		"the key 'version' stands here a second time", 1},
	{"duplicate-own-key", Y, "  bsl:", "  audio:", 0, 5, "the key 'audio' stands here a second time", 1},
	{"own-key-not-a-name", Y, "    easy-read:", "    Easy Read:", 0, 5,
		"the key 'Easy Read' does not fit: a name in", 1},
	{"not-yaml", Y, "channels: [phone, email, letter, in-person, web, chat]\n\n",
		"channels: [phone, email, letter, in-person, web, chat\n\n", 3, 1, "wrongly indented flow sequence", 1},
	{"tab-for-indent", Y, "  months: 12\n", "\tmonths: 12\n", 0, 1, "tab character may not be used as indentation",
		1},
	{"anchor", Y, "version: 1\n", "version: &one 1\n", 0, 15, "anchors (&) are not used in a pack", 1},
	{"alias", Y, "version: 1\n", "version: *one\n", 0, 10, "aliases (*) are not used in a pack", 1},
	{"tag", Y, "version: 1\n", "version: !!int 1\n", 0, 16, "tags (!) are not used in a pack", 1},
	{"two-documents", Y, "behaviours:\n", "---\nbehaviours:\n", 0, 1, "a second document begins here", 1},
	{"too-deep", Y, "version: 1\n", "version: [[[[[[[[[[[[[1]]]]]]]]]]]]]\n", 0, 21, "nested too deep", 1},
	{"control-character", Y, "title: Managing customer contact", "title: \"Managing\\0contact\"", 0, 8,
		"a text with control characters", 1},
	{"not-utf-8", Y, "title: Managing customer contact", "title: Managing \xff contact", 0, 17, "not UTF-8", 1},
	{"list-key", Y, "version: 1\n", "version: 1\n? [a, b]\n: 1\n", 1, 3, "a key is a text, not a map or a list", 1},

	/* types and values */
	{"map-for-text", Y, "version: 1\n", "version: {a: 1}\n", 0, 10,
		"version is a whole number from 1 to 999999999, not a map", 1},
	{"text-for-list", Y, "  languages: [en]", "  languages: en", 0, 14,
		"'en' does not fit: languages is a list of words (N4)", 1},
	{"text-for-map", Y, "  phone:\n", "  phone: 44\n  x:\n", 0, 10, "'44' does not fit: phone is a map", 2},
	{"empty-value", Y, "title: Managing customer contact", "title:", 0, 1,
		"title is a text on one line of at most 120 letters, not left empty", 1},
	{"empty-list", Y, "  languages: [en]", "  languages: []", 0, 14, "languages is empty (N4)", 1},
	{"word-twice", Y, "channels: [phone, email, letter, in-person, web, chat]\n\n",
		"channels: [phone, email, letter, in-person, web, phone, chat]\n\n", 0, 50,
		"'phone' stands twice in channels", 1},
	{"not-a-number", Y, "  months: 12\n", "  months: twelve\n", 0, 11,
		"'twelve' does not fit: months is a whole number from 1 to 12 (V1)", 1},
	{"octal-number", Y, "  months: 12\n", "  months: 012\n", 0, 11, "'012' does not fit", 1},
	{"huge-number", Y, "version: 1\n", "version: 99999999999999999999\n", 0, 10,
		"'99999999999999999999' does not fit", 1},
	{"true-for-yes", Y, "  deputy: yes", "  deputy: true", 0, 11, "'true' does not fit: deputy is yes or no (A1)",
		1},
	{"no-such-day", Y, "in_force: 2026-01-01", "in_force: 2026-02-30", 0, 11,
		"'2026-02-30' does not fit: in_force is a day as", 1},
	{"no-such-closed-day", Y, "    - 2026-04-03", "    - Good Friday", 0, 7,
		"'Good Friday' does not fit: closed_days is", 1},
	{"unknown-channel", Y, "channels: [phone, email, letter, in-person, web, chat]\n\n",
		"channels: [phone, email, leter, in-person, web, chat]\n\n", 0, 26,
		"'leter' does not fit: channels is a list of phone, email, letter, in-person, web, chat; did you mean "
		"'letter'? (B5)",
		1},
	{"unknown-choice", Y, "  missed: flag", "  missed: laps", 0, 11,
		"'laps' does not fit: missed is one of flag, lapse; did you mean 'lapse'? (V4)", 1},
	{"unknown-verdict", Y, "    effect: limit\n    channels: [phone]", "    effect: limits\n    channels: [phone]",
		0, 13, "'limits' does not fit: effect is one of", 1},
	{"unknown-channel-of-effect", Y, "effect: {phone: check, email: file", "effect: {phon: check, email: file", 0,
		14, "unknown channel 'phon'; did you mean 'phone'?", 1},
	{"unknown-role", Y, "      by: [manager]", "      by: [boss]", 0, 12,
		"'boss' does not fit: by is a list of staff, manager", 1},
	{"no-such-time-zone", Y, "  time_zone: Europe/London", "  time_zone: Europe/Londres", 0, 14,
		"there is no time zone 'Europe/Londres'", 1},
	{"no-such-language", Y, "  languages: [en]", "  languages: [en, welsh]", 0, 14, "'welsh' is no language", 1},
	{"no-e-mail-address", Y, "  email: contact@opcr.example.org", "  email: contact at opcr", 0, 10,
		"'contact at opcr' is no e-mail address", 5},
	{"header-name", Y, "  header: X-Evenhand", "  header: \"X Evenhand:\"", 0, 11,
		"'X Evenhand:' is no name of a mail header", 1},

	{"fewer-digits-than-least", Y, "    max_digits: 10", "    max_digits: 8", 0, 17,
		"max_digits is less than min_digits", 1},
	{"no-mailbox", Y, "  filing_mailbox: filed@opcr.example.org", "  filing_mailbox: filed", 0, 19,
		"'filed' is no e-mail address (G6)", 1},
	{"list-in-a-list", Y, "  languages: [en]", "  languages: [en, [cy]]", 0, 19,
		"languages is a list of words, not a list (N4)", 1},
	{"map-for-a-question", Y, "      beyond-anger: What", "      time: {a: b}\n      beyond-anger: What", 0, 13,
		"this is a text on one line", 1},

	/* references */
	{"tier-notice", Y, "      notice: warning\n", "      notice: warnign\n", 0, 15,
		"there is no notice 'warnign'; did you mean 'warning'?", 1},
	{"letter-file", Y, "    letter: refused.md", "    letter: refusal.md", 0, 13,
		"there is no file letters/en/refusal.md", 2},
	{"letter-outside", Y, "    letter: refused.md", "    letter: ../refused.md", 0, 13,
		"'../refused.md' is no name of a letter", 3},
	{"must-say-unknown", Y, "    must_say: [behaviour, asked]\n", "    must_say: [behavior, asked]\n", 0, 15,
		"'behavior' is no placeholder of letters; did you mean 'behaviour'?", 2},
	{"kind-placeholder", Y, "in_words: \"Please contact us only {channels}.",
		"in_words: \"Please contact us only {chanels}.", 0, 15,
		"{chanels} is no argument of channels-only; did you mean 'channels'?", 2},
	{"kind-brace", Y, "say_to_staff: \"{words}\"", "say_to_staff: \"{words\"", 0, 19, "a brace without its other",
		1},

	/* rules */
	{"B2/other-is-no-example", Y, "      rudeness:", "      other:", 0, 7,
		"'other' is what a report says that names no example (B2)", 1},
	{"L2/violence-without-police", Y, "        violence: yes\n        police: always\n        say: Get",
		"        violence: yes\n        police: may\n        say: Get", 1, 17,
		"physical violence used or threatened is always reported: police is always (L2)", 1},
	{"S5/no-reason-for-an-arrangement", Y, "  arrangement-in-force:", "  arrangement:", -4, 1,
		"the reason 'arrangement-in-force' is missing (S5)", 1},
	{"W1/staff-do-not-warn", Y, "      by: [manager]", "      by: [staff, manager]", 0, 11,
		"a warning is for a manager or a head-of-function (W1)", 1},
	{"W3/warning-without-policy", Y, "    must_say: [behaviour, why, days-to-adapt]\n    encloses_policy: yes",
		"    must_say: [behaviour, why, days-to-adapt]\n    encloses_policy: no", 1, 22,
		"a warning comes with the policy: encloses_policy is yes (W3)", 1},
	{"N1/advice-without-what-is-asked", Y, "    must_say: [behaviour, asked]\n", "    must_say: [behaviour]\n", 0,
		15, "informal-advice must say 'asked' (N1)", 1},
	{"W4/warning-without-days", Y, "    must_say: [behaviour, why, days-to-adapt]",
		"    must_say: [behaviour, why]", 0, 15, "warning must say 'days-to-adapt' or 'adapt-until' (W4)", 1},
	{"W5/another-ground-to-skip", Y, "    danger: Staff", "    haste: Staff", 0, 5,
		"'haste' is no ground to skip the warning", 1},
	{"A1/no-signature", Y, "  signatures: 1", "  signatures: 0", 0, 15,
		"'0' does not fit: signatures is a whole number from 1 to 9 (A1)", 1},
	{"A5/criterion-missing", Y, "  misunderstandings:", "  mistakes:", -13, 1,
		"the criterion 'misunderstandings' is missing (A5)", 1},
	{"R1/limit-of-nothing", Y, "  call-recording:\n    title: Calls are recorded\n    rule: R4\n    effect: record",
		"  call-recording:\n    title: Calls are recorded\n    rule: R4\n    effect: limit", 3, 5,
		"limits nothing: one of the arguments weekday, calls and minutes (R1)", 2},
	{"R2/others-of-nothing", Y, "      channels: {title: The ways that stay open, type: channels, required: yes}",
		"      ways: {title: The ways that stay open, type: channels, required: yes}", -1, 5,
		"the decision names the channels (R2): the argument 'channels'", 5},
	{"R3/route-without-mailbox", Y, "type: mailbox, required: yes}", "type: mailbox, required: no}", 0, 72,
		"mail is routed to a mailbox (R3): the argument 'mailbox' with required: yes", 3},
	{"R1/from-without-to", Y, "      to: {title: To, type: time, required: yes}\n      calls: {title: Calls",
		"      till: {title: To, type: time, required: yes}\n      calls: {title: Calls", -3, 5,
		"from and to go together (R1)", 4},
	{"R3/route-without-extension", Y, "      extension: {title", "      number: {title", -3, 5,
		"calls are routed to an extension (R3): the argument 'extension'", 3},
	{"R7/numbers-of-nobody", Y, "      identifiers: {title", "      numbers: {title", -1, 5,
		"the decision names the numbers and addresses (R7): the argument 'identifiers'", 2},
	{"W1/warning-without-behaviour", Y, "[behaviour, why, days-to-adapt]", "[why, days-to-adapt]", 0, 15,
		"warning must say 'behaviour' (W1)", 1},
	{"R8/no-such-rule", Y, "    rule: R4", "    rule: R9", 0, 11,
		"'R9' does not fit: rule is one of R1, R2, R3, R4, R5, R6, R7, R8", 1},
	{"R8/kind-without-effect", Y, "    effect: limit\n    channels: [in-person]", "    channels: [in-person]", -3,
		3, "the key 'effect' is missing here (R8)", 1},
	{"R8/no-effect-on-a-channel", Y,
		"effect: {phone: check, email: file, letter: file, in-person: check, web: file, chat: check}",
		"effect: {phone: check, email: file, letter: file, in-person: check, web: file}", 0, 13,
		"says nothing for 'chat': a restriction has an effect on each of its channels (R8)", 1},
	{"R8/nothing-said-to-staff", Y,
		"    say_to_staff: Say at the start that the call is recorded, and record it.\n", "", -6, 3,
		"the key 'say_to_staff' is missing here (R8)", 1},
	{"R8/argument-of-another-type", Y, "{title: Visits in that time, type: count,",
		"{title: Visits in that time, type: text,", 0, 49,
		"the gate reads 'calls' and knows it by another type", 1},
	{"R9/closes-everything", Y, "    effect: route\n", "    effect: decline\n", 0, 13,
		"closes every channel: a way in always stays open (R9)", 3},
	{"R10/block-without-severe", Y, "    needs: severe-circumstances\n", "", -3, 5,
		"blocking is for severe circumstances only", 1},
	{"R10/needs-something-else", Y, "    needs: severe-circumstances\n", "    needs: mild-circumstances\n", 0, 12,
		"'mild-circumstances' does not fit: needs is severe-circumstances; did you mean "
		"'severe-circumstances'? (R10)",
		1},
	{"G6/filed-and-not-read", Y, "    channels: [email, letter, web]\n    reads_new: yes",
		"    channels: [email, letter, web]\n    reads_new: no", -1, 5,
		"what is filed is read, and what is new is answered", 1},
	{"R11/caller-named", Y, "Please stay on the line. A member of staff will help you.",
		"\"Please stay on the line. {words}\"", 0, 20,
		"{words} may name somebody or tell what happened: not at a machine's door (R11)", 1},
	{"R11/behaviour-named", Y, "Please stay on the line. A member of staff will help you.",
		"Please stay on the line. We know of your rudeness.", 0, 20, "mentions a behaviour ('Rudeness')", 1},
	{"R11/no-way-for-others", Y,
		"please write to contact@opcr.example.org or to 1 Example Street, London EX1 1EX. In an emergency, "
		"dial 999.\"\n",
		"please write to somebody else.\"\n", 0, 20, "does not tell anyone else how to get through", 1},
	{"R11/no-words-to-the-sender", Y,
		"    say_to_sender: \"We cannot accept messages from this address. If you need help, please ring 020 "
		"7946 0100 or write to 1 Example Street, London EX1 1EX. In an emergency, dial 999.\"\n",
		"", -12, 3, "the words to the sender are missing: say_to_sender (R11)", 1},
	{"R11/no-words-to-the-sender-of-limited-mail", Y, "    channels: [in-person]\n", "    channels: [email]\n", -4,
		3, "the words to the sender are missing: say_to_sender (R11)", 1},
	{"R11/no-way-for-others-whose-mail-is-limited", Y, "    channels: [in-person]\n",
		"    channels: [email]\n    say_to_sender: Please write to us on {weekday}s.\n", 1, 20,
		"does not tell anyone else how to get through", 1},
	{"B6/access-need-not-be-considered", Y, "still reach us?\n    may_not_apply: no",
		"still reach us?\n    may_not_apply: yes", 1, 20, "access needs are considered at every stage", 1},
	{"mail-reply-not-ascii", Y, "\"We cannot accept messages from", "\"We can\xe2\x80\x99t accept messages from", 0,
		20, "a mail server's reply is one line of plain ASCII letters and signs", 1},
	{"mail-reply-code", Y, "\"We cannot accept messages from", "\"4.7.1 We cannot accept messages from", 0, 20,
		"begins with a digit, which a mail server would take for a code", 1},
	{"mail-reply-two-lines", Y, "\"We cannot accept messages from", "\"We cannot\\naccept messages from", 0, 20,
		"this does not fit: say_to_sender is a text on one line", 1},
	{"mail-reply-too-long", Y, "\"We cannot accept messages from",
		"\"We cannot and shall not and do not accept, receive, read, store, forward or otherwise deal with any "
		"of the messages that you or your program or anybody on your behalf have sent, send now or may at any "
		"time in future send, by whatever server and route and in whatever language, form and length, to this "
		"or to any other of our mailboxes, from",
		0, 20, "a mail server's reply has at most 400 bytes, these may become 4", 1},
	{"G3/letter-silent-on-minutes", Y,
		"how many calls we take in that time: {calls}. Each call can last up to {minutes} minutes.\"",
		"how many calls we take in that time: {calls}.\"", 0, 15,
		"does not say {minutes}: the letter tells exactly what the gate will do (G3)", 1},
	{"G3/hole-in-the-letter", Y, "      minutes: {title: Minutes for each call, type: minutes, required: yes}",
		"      minutes: {title: Minutes for each call, type: minutes, required: no}", 1, 15,
		"{minutes} may be left out and would leave a hole", 2},
	{"V1/thirteen-months", Y, "  months: 12\n", "  months: 13\n", 0, 11,
		"'13' does not fit: months is a whole number from 1 to 12 (V1)", 1},
	{"V1/never", Y, "  months: 12\n", "  months: none\n", 0, 11,
		"'none' does not fit: months is a whole number from 1 to 12 (V1)", 1},
	{"G2/warned-before-it-began", Y, "  warn_days: 28", "  warn_days: 366", 0, 14,
		"warning of a review would begin before the arrangement does", 1},
	{"G2/longest-time-without-end", Y, "  max_months: none", "  max_months: 12", 0, 15,
		"a longest time is only kept where every arrangement has an end", 1},
	{"N3/decision-without-dispute", Y,
		"    must_say: [behaviour, why, arrangements, starts, until, review, lifting, open-ways, dispute]",
		"    must_say: [behaviour, why, arrangements, starts, until, review, lifting, open-ways]", 0, 15,
		"decision must say 'dispute' (N3)", 1},
	{"D2/dispute-answered-without-what-applies", Y,
		"    must_say: [entry-reference, outcome, why, what-applies, open-ways, after-dispute]",
		"    must_say: [entry-reference, outcome, why, open-ways, after-dispute]", 0, 15,
		"dispute-answered must say 'what-applies' (D2)", 1},
	{"D3/acknowledged-without-the-day-to-reply", Y,
		"    must_say: [entry-reference, received, reply-by, meanwhile]",
		"    must_say: [entry-reference, received, meanwhile]", 0, 15,
		"dispute-acknowledged must say 'reply-by' (D3)", 1},
	{"N1/decision-without-why", Y, "    must_say: [behaviour, why, arrangements, starts,",
		"    must_say: [behaviour, arrangements, starts,", 0, 15, "decision must say 'why' (N1)", 1},
	{"V1/decision-without-review", Y, "[behaviour, why, arrangements, starts, until, review, lifting",
		"[behaviour, why, arrangements, starts, until, lifting", 0, 15, "decision must say 'review' (V1)", 1},
	{"N3/any-notice-with-arrangements", Y, "    must_say: [reference]", "    must_say: [reference, arrangements]",
		0, 15, "nothing-followed must say 'why' (N1)", 8},
	{"N1/notice-missing", Y, "  refused:\n", "  refusal:\n", -15, 1, "the notice 'refused' is missing (N1)", 1},
	{"N1/police-in-a-decision", Y, "    must_say: [behaviour, why, arrangements,",
		"    must_say: [police, behaviour, why, arrangements,", 0, 15,
		"the police are named in the notice 'police-referral' alone", 2},
	{"N4/braille-made-here", Y, "braille: {title: Braille, made_here: no,",
		"braille: {title: Braille, made_here: yes,", 0, 42, "the program makes letter and email", 1},
	{"N4/no-reading-out", Y,
		"    read-out: {title: Read out by phone or in person, made_here: no, in_words: \"by reading it out to "
		"you, by phone or in person\"}\n",
		"", -10, 3, "the format 'read-out' is missing (N4)", 1},
	{"N5/bites-on-posting", Y, "  post_working_days: 2", "  post_working_days: 0", 0, 22,
		"'0' does not fit: post_working_days is a whole number from 1 to 30 (N5)", 1},
	{"G5/purpose-missing", Y, "  data-rights:", "  data-wrongs:", -24, 1,
		"the protected purpose 'data-rights' is missing (G5)", 1},
	{"G5/emergency-somewhere", Y, "    title: Emergency\n    everywhere: yes",
		"    title: Emergency\n    everywhere: no", 1, 17,
		"emergency passes on every channel: everywhere is yes (G5)", 1},

	/* texts and letters */
	{"letter-unknown-placeholder", "letters/en/ended.md", "{why}", "{whyy}", 0, 1, "There is no placeholder {whyy}",
		1},
	{"G3/letter-without-dispute", "letters/en/decision.md", "{dispute}", "You may disagree.", TOP, 1,
		"{dispute} stands nowhere in this letter, which must say it (G3)", 1},
	{"N1/police-in-another-letter", "letters/en/ended.md", "{why}", "{why}\n\n{police}", 2, 1,
		"{police} belongs in the notice 'police-referral' alone", 1},
	{"policy-text-with-placeholder", "policy.md", "## What we want", "## What {organisation} wants", 0, 9,
		"This text takes no placeholders", 1},
};

/* The pack that row i describes. */
static PackFiles break_pack(const Broken *row, Arena *mem, int *ret_line)
{
	PackFiles files = default_files(mem);
	const PackFile *file = pack_file(&files, row->file);
	const char *at = strstr(file->bytes, row->find);
	char *bytes;

	g_assert(at != NULL); /* ends the function for gcc too, which g_assert_nonnull does not */
	g_assert_null(strstr(at + 1, row->find));
	bytes = arena_printf(mem, "%.*s%s%s", (int)(at - file->bytes), file->bytes, row->with, at + strlen(row->find));
	*ret_line = 1;
	for (const char *p = file->bytes; p < at; p++)
		*ret_line += *p == '\n';
	*ret_line = row->lines_down == TOP ? 1 : *ret_line + row->lines_down;
	set_bytes(&files, row->file, bytes, strlen(bytes));
	return files;
}

static void test_broken_pack(gconstpointer data)
{
	const Broken *row = data;
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	int line;
	PackFiles files = break_pack(row, mem, &line);
	PackProblems problems;
	Pack *pack = NULL;
	char *expected;
	gboolean found = FALSE;

	pack_read(&files, mem, &pack, &problems);
	g_assert_null(pack);
	expected = arena_printf(mem, "%s:%d:%d: %s", row->file, line, row->column, row->reason);
	for (gsize i = 0; i < problems.n; i++) {
		g_test_message("%s", problems.lines[i]);
		found |= g_str_has_prefix(problems.lines[i], expected);
	}
	if (!found)
		g_test_message("expected: %s", expected);
	g_assert_true(found);
	g_assert_cmpuint(problems.n, ==, row->n);
}

/* With a channel fewer in the pack, every kind that names it says so; where a kind closes all but that one, R9 too. */
static void test_channels_of_kinds_are_of_the_pack(void)
{
	static const Broken row = {"", Y, "channels: [phone, email, letter, in-person, web, chat]\n\n",
		"channels: [phone, email, letter, in-person, web]\n\n", 0, 0, "", 0};
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	int line;
	PackFiles files = break_pack(&row, mem, &line);
	PackProblems problems;
	Pack *pack = NULL;

	pack_read(&files, mem, &pack, &problems);
	g_assert_cmpuint(problems.n, ==, 5);
	for (gsize i = 0; i < problems.n; i++)
		g_assert_true(g_str_has_suffix(problems.lines[i], ":15: a channel that the pack does not have"));
}

static void test_all_problems_at_once_in_order(void)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	PackFiles files = default_files(mem);
	const char *yaml = pack_file(&files, Y)->bytes;
	char *bytes;
	PackProblems problems;
	Pack *pack = NULL;

	bytes = arena_own(mem, g_strdup(yaml), g_free);
	memcpy(strstr(bytes, "  months: 12"), "  months: 13", 12);
	memcpy(strstr(bytes, "version: 1"), "version: x", 10);
	memcpy(strstr(bytes, "  strike: 7"), "  strake: 7", 11);
	set_bytes(&files, Y, bytes, strlen(bytes));
	set_bytes(&files, "policy.md", "\n", 1);
	pack_read(&files, mem, &pack, &problems);
	g_assert_null(pack);
	g_assert_cmpuint(problems.n, ==, 5);
	g_assert_true(g_str_has_prefix(problems.lines[0], "policy.md:1:1: the policy's text is empty (W3)"));
	g_assert_true(g_str_has_prefix(problems.lines[1], "policy.yaml:8:10: 'x' does not fit"));
	g_assert_true(strstr(problems.lines[2], "'13' does not fit") != NULL);
	g_assert_true(strstr(problems.lines[3], ":1: the key 'strike' is missing here") != NULL);
	g_assert_true(strstr(problems.lines[4], ":3: unknown key 'strake'; did you mean 'strike'?") != NULL);
}

/* The whole of policy.yaml is something else. */
static void test_files_that_are_no_pack(void)
{
	g_autofree char *large = g_strnfill((1 << 20) + 1, '#');
	g_autoptr(GString) many = g_string_new("call_end_reasons:\n");
	const struct {
		const char *bytes;
		const char *line;
	} cases[] = {
		{"", "policy.yaml:1:1: the file is empty"},
		{"# nothing but a remark\n", "policy.yaml:1:1: the file is empty"},
		{"- a\n- b\n", "policy.yaml:1:1: a pack is a map, not a list"},
		{"some words", "policy.yaml:1:1: a pack is a map, not a text"},
		{large, "policy.yaml:0:0: larger than 1 MiB"},
		{NULL, "policy.yaml:2:3: call_end_reasons has more than 200 entries"},
	};

	for (int i = 0; i <= 200; i++)
		g_string_append_printf(many, "  reason-%d: Words\n", i);
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		const char *bytes = cases[i].bytes ? cases[i].bytes : many->str;
		g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
		PackFiles files = default_files(mem);
		PackProblems problems;
		Pack *pack = NULL;
		gboolean found = FALSE;

		set_bytes(&files, Y, bytes, strlen(bytes));
		pack_read(&files, mem, &pack, &problems);
		g_assert_null(pack);
		for (gsize j = 0; j < problems.n; j++)
			found |= strcmp(problems.lines[j], cases[i].line) == 0;
		g_assert_true(found);
	}
}

/* Replaces policy.yaml by itself with each `find` made `with`, and reads the pack. */
static Pack *read_changed(Arena *mem, const char *find, const char *with, PackProblems *ret_problems)
{
	PackFiles files = default_files(mem);
	g_autoptr(GString) yaml = g_string_new(pack_file(&files, Y)->bytes);
	Pack *pack = NULL;

	g_assert_cmpuint(g_string_replace(yaml, find, with, 0), >, 0);
	set_bytes(&files, Y, arena_strdup(mem, yaml->str), yaml->len);
	pack_read(&files, mem, &pack, ret_problems);
	return pack;
}

static void test_L2_some_example_is_violence(void)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	PackProblems problems;

	g_assert_null(read_changed(mem, "violence: yes", "violence: no", &problems));
	g_assert_cmpuint(problems.n, ==, 1);
	g_assert_true(g_str_has_suffix(problems.lines[0], "violence could not be reported as such (L2)"));
}

/* R8: the list of kinds is open, and a pack may be stricter than the rules ask. */
static void test_R8_a_pack_may_differ(void)
{
	static const struct {
		const char *find, *with;
	} changes[] = {
		{"restrictions:\n", "restrictions:\n  two-staff:\n    title: Two members of staff present\n    rule: "
				    "R8\n    effect: proceed\n"
				    "    channels: [in-person]\n    directions: [in, out]\n"
				    "    in_words: Two members of staff will be present when you come to see us.\n"
				    "    say_to_staff: Meet them with a colleague.\n"},
		{"  signatures: 1", "  signatures: 2"},
		{"  months: 12\n  missed: flag", "  months: 3\n  missed: lapse"},
		{"criteria:\n",
			"criteria:\n  social-care:\n    title: Social care\n    question: Was social care asked?\n"},
		{"  end_required: no # yours to set\n  max_months: none", "  end_required: yes\n  max_months: 12"},
		{"  life_months: none", "  life_months: 6"},
		{"  languages: [en]", "  languages: [en, cy]"},
		{"police: may", "police: always"},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(changes); i++) {
		g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
		PackProblems problems;
		Pack *pack;
		const char *language;

		pack = read_changed(mem, changes[i].find, changes[i].with, &problems);
		for (gsize j = 0; j < problems.n; j++)
			g_test_message("%s", problems.lines[j]);
		g_assert_nonnull(pack);
		g_assert_nonnull(pack_letter(pack, "decision", "cy", &language));
		g_assert_cmpstr(language, ==, "en");
		if (i == 0)
			g_assert_true(policy_kind(pack_policy(pack), "two-staff")->binds[DIRECTION_OUT]);
	}
}

static void test_missing_files(void)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	PackProblems problems;
	Pack *pack = NULL;

	pack_read(&(PackFiles){0}, mem, &pack, &problems);
	g_assert_null(pack);
	g_assert_cmpuint(problems.n, ==, 2);
	g_assert_cmpstr(problems.lines[0], ==, "policy.md:0:0: this file is missing");
	g_assert_cmpstr(problems.lines[1], ==, "policy.yaml:0:0: this file is missing");
}

static void test_stray_letters(void)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	PackFiles files = default_files(mem);
	PackFile *more = arena_array(mem, PackFile, files.n + 2);
	PackProblems problems;
	Pack *pack = NULL;

	memcpy(more, files.files, files.n * sizeof *more);
	more[files.n] = (PackFile){.path = "letters/en/decison.md", .bytes = "# x\n", .length = 4};
	more[files.n + 1] = (PackFile){.path = "letters/xx/decision.md", .bytes = "# x\n", .length = 4};
	files.files = more;
	files.n += 2;
	pack_read(&files, mem, &pack, &problems);
	g_assert_null(pack);
	g_assert_cmpuint(problems.n, ==, 2);
	g_assert_cmpstr(problems.lines[0], ==, "letters/en/decison.md:0:0: no notice of policy.yaml uses this letter");
	g_assert_cmpstr(
		problems.lines[1], ==, "letters/xx/decision.md:0:0: 'xx' is not among the languages of policy.yaml");
}

/* Wherever the file ends too early, there is an answer: a list of problems, or (after the last key) a pack. The copy
 * has the very length, so that a step too far is seen by the sanitizer. */
static void test_truncated_anywhere(void)
{
	gsize length;

	{
		g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
		PackFiles files = default_files(mem);

		length = pack_file(&files, Y)->length;
	}
	for (gsize cut = 0; cut < length; cut += 97) {
		g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
		PackFiles files = default_files(mem);
		g_autofree char *bytes = g_memdup2(pack_file(&files, Y)->bytes, cut + 1);
		PackProblems problems;
		Pack *pack = NULL;

		bytes[cut] = '\0';
		set_bytes(&files, Y, bytes, cut);
		pack_read(&files, mem, &pack, &problems);
		g_assert_true((pack != NULL) == (problems.n == 0));
		for (gsize i = 0; i < problems.n; i++)
			g_assert_true(g_regex_match_simple("^[a-z./-]+:[0-9]+:[0-9]+: .", problems.lines[i], 0, 0));
	}
}

/* One byte changed in many places: never a crash, and a pack only without problems. */
static void test_scribbled_anywhere(void)
{
	static const char signs[] = ":{}[]-\"'#&*!|>\n\t ,?%@`\\x0\xff";
	g_autoptr(GRand) dice = g_rand_new_with_seed(19);

	for (int round = 0; round < 300; round++) {
		g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
		PackFiles files = default_files(mem);
		const PackFile *file = pack_file(&files, Y);
		char *bytes = arena_memdup(mem, file->bytes, file->length + 1);
		PackProblems problems;
		Pack *pack = NULL;

		for (int i = 0; i <= round % 4; i++)
			bytes[g_rand_int_range(dice, 0, (gint32)file->length)] =
				signs[g_rand_int_range(dice, 0, (gint32)sizeof signs)];
		set_bytes(&files, Y, bytes, file->length);
		pack_read(&files, mem, &pack, &problems);
		g_assert_true((pack != NULL) == (problems.n == 0));
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/packs/the-default-pack-is-accepted", test_the_default_pack_is_accepted);
	for (gsize i = 0; i < G_N_ELEMENTS(broken); i++) {
		g_autofree char *path = g_strconcat("/packs/broken/", broken[i].name, NULL);

		g_test_add_data_func(path, &broken[i], test_broken_pack);
	}
	g_test_add_func("/packs/channels-of-kinds-are-of-the-pack", test_channels_of_kinds_are_of_the_pack);
	g_test_add_func("/packs/all-problems-at-once-in-order", test_all_problems_at_once_in_order);
	g_test_add_func("/packs/files-that-are-no-pack", test_files_that_are_no_pack);
	g_test_add_func("/packs/L2/some-example-is-violence", test_L2_some_example_is_violence);
	g_test_add_func("/packs/R8/a-pack-may-differ", test_R8_a_pack_may_differ);
	g_test_add_func("/packs/missing-files", test_missing_files);
	g_test_add_func("/packs/stray-letters", test_stray_letters);
	g_test_add_func("/packs/truncated-anywhere", test_truncated_anywhere);
	g_test_add_func("/packs/scribbled-anywhere", test_scribbled_anywhere);
	return g_test_run();
}
