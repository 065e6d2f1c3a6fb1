/* schema.c: the tables of schema.h, from the top of policy.yaml to its leaves in the order of a good pack. What follows
 * from several keys together belongs to check.c and its sisters. */
#include "packs/schema.h"

#include <stddef.h>

#define WORDS(function, list)                                                                                          \
	static const char *function(int i)                                                                             \
	{                                                                                                              \
		return i < (int)G_N_ELEMENTS(list) ? list[i] : NULL;                                                   \
	}

/* In the order of the enums of policy.h. */
static const char *const police_words[] = {"no", "may", "always"};
static const char *const argument_words[] = {"weekday", "time", "count", "minutes", "period", "channels", "text",
	"mailbox", "extension", "identifiers", "matter"};
static const char *const reach_words[] = {"fixed", "named", "others", "identifiers"};
static const char *const rule_words[] = {"R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8"};
static const char *const need_words[] = {"severe-circumstances"};
static const char *const missed_words[] = {"flag", "lapse"};
static const char *const mail_words[] = {"passes", "waits"};
_Static_assert(G_N_ELEMENTS(argument_words) == ARGUMENT_TYPES, "a word for every type of argument");

WORDS(police_word, police_words)
WORDS(argument_word, argument_words)
WORDS(reach_word, reach_words)
WORDS(rule_word, rule_words)
WORDS(need_word, need_words)
WORDS(missed_word, missed_words)
WORDS(mail_word, mail_words)

static const char *channel_word(int i)
{
	return i < CHANNELS ? channel_name((Channel)i) : NULL;
}

static const char *role_word(int i)
{
	return i < ROLES ? role_name((Role)i) : NULL;
}

static const char *direction_word(int i)
{
	return i < DIRECTIONS ? direction_name((Direction)i) : NULL;
}

static const char *verdict_word(int i)
{
	return i < VERDICTS ? verdict_name((Verdict)i) : NULL;
}

enum { SHORT = 120, LONG = 2000 }; /* letters in a title, in a sentence or paragraph */

#define TEXT(Type, member, required_, max_)                                                                            \
	.type = FIELD_TEXT, .required = (required_), .offset = offsetof(Type, member), .min = 1, .max = (max_)
#define YES(Type, member) .type = FIELD_YES, .offset = offsetof(Type, member)
#define NUMBER(type_, Type, member, min_, max_)                                                                        \
	.type = (type_), .required = TRUE, .offset = offsetof(Type, member), .min = (min_), .max = (max_)
#define MANY(type_, required_, Type, list, n_)                                                                         \
	.type = (type_), .required = (required_), .offset = offsetof(Type, list), .n_offset = offsetof(Type, n_),      \
	.min = 1
#define SHAPE(name_, Type, fields_)                                                                                    \
	{                                                                                                              \
		.name = (name_), .size = sizeof(Type), .fields = (fields_), .n_fields = G_N_ELEMENTS(fields_)          \
	}
#define SECTION(shape_) .type = FIELD_SHAPE, .required = TRUE, .shape = (shape_)

static const Field phone_fields[] = {
	{"country_code", .type = FIELD_DIGITS, .required = TRUE,
		.offset = offsetof(Policy, organisation.phone.country_code), .min = 1, .max = 3},
	{"trunk_prefix", .type = FIELD_DIGITS, .required = TRUE,
		.offset = offsetof(Policy, organisation.phone.trunk_prefix), .min = 0, .max = 3},
	{"international_prefix", .type = FIELD_DIGITS, .required = TRUE,
		.offset = offsetof(Policy, organisation.phone.international_prefix), .min = 1, .max = 5},
	{"min_digits", NUMBER(FIELD_NUMBER, Policy, organisation.phone.min_digits, 3, 15)},
	{"max_digits", NUMBER(FIELD_NUMBER, Policy, organisation.phone.max_digits, 3, 15)},
};
static const Shape phone_shape = SHAPE("phone", Policy, phone_fields);

static const Field organisation_fields[] = {
	{"name", TEXT(Policy, organisation.name, TRUE, SHORT)},
	{"short_name", TEXT(Policy, organisation.short_name, TRUE, SHORT)},
	{"word_for_customer", TEXT(Policy, organisation.word_for_customer, TRUE, SHORT)},
	{"time_zone", TEXT(Policy, organisation.time_zone, TRUE, SHORT)},
	{"languages", .type = FIELD_TEXTS, .required = TRUE, .offset = offsetof(Policy, organisation.languages),
		.rule = "N4"},
	{"phone", SECTION(&phone_shape)},
	{"address", .type = FIELD_LINES, .required = TRUE, .offset = offsetof(Policy, organisation.address), .min = 1,
		.max = LONG},
	{"email", TEXT(Policy, organisation.email, TRUE, SHORT)},
	{"telephone", TEXT(Policy, organisation.telephone, TRUE, SHORT)},
	{"closed_days", MANY(FIELD_DAYS, TRUE, Policy, organisation.closed_days, organisation.n_closed_days),
		.rule = "N5"},
};
static const Shape organisation_shape = SHAPE("organisation", Policy, organisation_fields);

static const Field example_fields[] = {
	{"title", TEXT(BehaviourExample, title, TRUE, SHORT)},
	{"skips_warning", YES(BehaviourExample, skips_warning), .rule = "W5"},
	{"violence", YES(BehaviourExample, violence), .rule = "L2"},
	{"police", .type = FIELD_CHOICE, .offset = offsetof(BehaviourExample, police), .word = police_word,
		.rule = "L1"},
	{"say", TEXT(BehaviourExample, say, FALSE, LONG), .rule = "L2"},
};
static const Shape example_shape = SHAPE("an example", BehaviourExample, example_fields);

static const Field heading_fields[] = {
	{"title", TEXT(Heading, title, TRUE, SHORT)},
	{"meaning", TEXT(Heading, meaning, TRUE, LONG)},
	{"examples", MANY(FIELD_ENTRIES, TRUE, Heading, examples, n_examples), .shape = &example_shape, .rule = "B1"},
	{"tests", MANY(FIELD_WORDS, TRUE, Heading, tests, n_tests), .rule = "B3"},
	{"lifting", TEXT(Heading, lifting, TRUE, LONG), .rule = "G3"},
	{"internal_review", YES(Heading, internal_review), .rule = "A6"},
};
static const Shape heading_shape = SHAPE("a heading", Heading, heading_fields);

static const Field linked_fields[] = {
	{"title", TEXT(LinkedPolicy, title, TRUE, SHORT)},
	{"place", TEXT(LinkedPolicy, place, TRUE, LONG)},
	{"dated", TEXT(LinkedPolicy, dated, TRUE, SHORT)},
};
static const Shape linked_shape = SHAPE("a linked policy", LinkedPolicy, linked_fields);

static const Field tier_fields[] = {
	{"title", TEXT(WarningTier, title, TRUE, SHORT)},
	{"notice", .type = FIELD_NAME, .required = TRUE, .offset = offsetof(WarningTier, notice), .rule = "W1"},
	{"by", .type = FIELD_SET, .required = TRUE, .offset = offsetof(WarningTier, by), .word = role_word,
		.rule = "W1"},
	{"days_to_adapt", NUMBER(FIELD_NUMBER, WarningTier, days_to_adapt, 0, 366), .rule = "W4"},
};
static const Shape tier_shape = SHAPE("a warning", WarningTier, tier_fields);

static const Field warning_fields[] = {
	{"tiers", MANY(FIELD_ENTRIES, TRUE, Policy, tiers, n_tiers), .shape = &tier_shape, .rule = "W1"},
	{"skip_reasons", MANY(FIELD_WORDS, FALSE, Policy, skip_reasons, n_skip_reasons), .rule = "W5"},
	{"life_months", NUMBER(FIELD_LIMIT, Policy, warning_life_months, 1, 120)},
	{"urgent_measure", YES(Policy, urgent_measure), .required = TRUE, .rule = "W5"},
};
static const Shape warning_shape = SHAPE("warning", Policy, warning_fields);

static const Field criterion_fields[] = {
	{"title", TEXT(Criterion, title, TRUE, SHORT)},
	{"question", TEXT(Criterion, question, TRUE, LONG)},
	{"may_not_apply", YES(Criterion, may_not_apply)},
};
static const Shape criterion_shape = SHAPE("a criterion", Criterion, criterion_fields);

static const Field authorisation_fields[] = {
	{"signatures", NUMBER(FIELD_NUMBER, Policy, authorisation.signatures, 1, 9), .rule = "A1"},
	{"deputy", YES(Policy, authorisation.deputy), .required = TRUE, .rule = "A1"},
	{"end_required", YES(Policy, authorisation.end_required), .required = TRUE, .rule = "G2"},
	{"max_months", NUMBER(FIELD_LIMIT, Policy, authorisation.max_months, 1, 120), .rule = "G2"},
};
static const Shape authorisation_shape = SHAPE("authorisation", Policy, authorisation_fields);

static const Field argument_fields[] = {
	{"title", TEXT(KindArgument, title, TRUE, SHORT)},
	{"type", .type = FIELD_CHOICE, .required = TRUE, .offset = offsetof(KindArgument, type), .word = argument_word},
	{"required", YES(KindArgument, required)},
};
static const Shape argument_shape = SHAPE("an argument", KindArgument, argument_fields);

static const Field kind_fields[] = {
	{"title", TEXT(RestrictionKind, title, TRUE, SHORT)},
	{"rule", .type = FIELD_KEYWORD, .required = TRUE, .offset = offsetof(RestrictionKind, rule), .word = rule_word,
		.rule = "R8"},
	{"effect", .type = FIELD_EFFECT, .required = TRUE, .offset = offsetof(RestrictionKind, effect),
		.word = verdict_word, .rule = "R8"},
	{"reach", .type = FIELD_CHOICE, .offset = offsetof(RestrictionKind, reach), .word = reach_word, .rule = "R2"},
	{"channels", .type = FIELD_SET, .required = TRUE, .offset = offsetof(RestrictionKind, channels),
		.word = channel_word, .rule = "R2"},
	{"directions", .type = FIELD_BINDS, .offset = offsetof(RestrictionKind, binds), .word = direction_word,
		.rule = "G12"},
	{"needs", .type = FIELD_KEYWORD, .offset = offsetof(RestrictionKind, needs), .word = need_word, .rule = "R10"},
	{"reads_new", YES(RestrictionKind, reads_new), .rule = "R5"},
	{"arguments", MANY(FIELD_ENTRIES, FALSE, RestrictionKind, arguments, n_arguments), .shape = &argument_shape},
	{"in_words", TEXT(RestrictionKind, in_words, TRUE, LONG), .rule = "G3"},
	{"say_to_staff", TEXT(RestrictionKind, say_to_staff, TRUE, LONG), .rule = "R8"},
	{"say_to_caller", TEXT(RestrictionKind, say_to_caller, FALSE, LONG), .rule = "R11"},
	{"say_to_sender", TEXT(RestrictionKind, say_to_sender, FALSE, LONG), .rule = "R11"},
};
static const Shape kind_shape = SHAPE("a restriction", RestrictionKind, kind_fields);

static const Field review_fields[] = {
	{"months", NUMBER(FIELD_NUMBER, Policy, review.months, 1, 12), .rule = "V1"},
	{"missed", .type = FIELD_CHOICE, .required = TRUE, .offset = offsetof(Policy, review.missed),
		.word = missed_word, .rule = "V4"},
	{"warn_days", NUMBER(FIELD_NUMBER, Policy, review.warn_days, 1, 366), .rule = "G2"},
	{"pause_days", NUMBER(FIELD_NUMBER, Policy, review.pause_days, 0, 366), .rule = "V2"},
};
static const Shape review_shape = SHAPE("review", Policy, review_fields);

static const Field dispute_fields[] = {
	{"route", TEXT(Policy, dispute.route, TRUE, SHORT), .rule = "D1"},
	{"how", TEXT(Policy, dispute.how, TRUE, LONG), .rule = "N3"},
	{"days_to_lodge", NUMBER(FIELD_LIMIT, Policy, dispute.days_to_lodge, 1, 366), .rule = "D1"},
	{"days_to_answer", NUMBER(FIELD_NUMBER, Policy, dispute.days_to_answer, 1, 366), .rule = "D3"},
	{"suspends", YES(Policy, dispute.suspends), .required = TRUE, .rule = "D1"},
	{"external", TEXT(Policy, dispute.external, FALSE, LONG)},
};
static const Shape dispute_shape = SHAPE("dispute", Policy, dispute_fields);

static const Field format_fields[] = {
	{"title", TEXT(NoticeFormat, title, TRUE, SHORT)},
	{"in_words", TEXT(NoticeFormat, in_words, FALSE, SHORT), .rule = "N4"},
	{"made_here", YES(NoticeFormat, made_here), .required = TRUE, .rule = "N4"},
};
static const Shape format_shape = SHAPE("a format", NoticeFormat, format_fields);

static const Field delivery_fields[] = {
	{"post_working_days", NUMBER(FIELD_NUMBER, Policy, notices.post_working_days, 1, 30), .rule = "N5"},
	{"formats", MANY(FIELD_ENTRIES, TRUE, Policy, notices.formats, notices.n_formats), .shape = &format_shape,
		.rule = "N4"},
};
static const Shape delivery_shape = SHAPE("delivery", Policy, delivery_fields);

static const Field notice_fields[] = {
	{"title", TEXT(NoticeKind, title, TRUE, SHORT)},
	{"letter", TEXT(NoticeKind, letter, TRUE, SHORT)},
	{"must_say", .type = FIELD_TEXTS, .required = TRUE, .offset = offsetof(NoticeKind, must_say), .rule = "N1"},
	{"encloses_policy", YES(NoticeKind, encloses_policy), .rule = "W3"},
};
static const Shape notice_shape = SHAPE("a notice", NoticeKind, notice_fields);

static const Field purpose_fields[] = {
	{"title", TEXT(ProtectedPurpose, title, TRUE, SHORT)},
	{"in_words", TEXT(ProtectedPurpose, in_words, FALSE, SHORT), .rule = "G5"},
	{"everywhere", YES(ProtectedPurpose, everywhere), .required = TRUE, .rule = "G5"},
	{"how", TEXT(ProtectedPurpose, how, TRUE, LONG), .rule = "G5"},
};
static const Shape purpose_shape = SHAPE("a protected purpose", ProtectedPurpose, purpose_fields);

static const Field gate_fields[] = {
	{"stale_after_seconds", NUMBER(FIELD_LARGE, Policy, gate.stale_after_seconds, 10, 86400)},
	{"mail", .type = FIELD_CHOICE, .required = TRUE, .offset = offsetof(Policy, gate.mail), .word = mail_word},
	{"mail_timeout_seconds", NUMBER(FIELD_NUMBER, Policy, gate.mail_timeout_seconds, 1, 100)},
	{"filing_mailbox", TEXT(Policy, gate.filing_mailbox, TRUE, SHORT), .rule = "G6"},
	{"header", TEXT(Policy, gate.header, TRUE, 60)},
	{"unknown_days", NUMBER(FIELD_NUMBER, Policy, gate.unknown_days, 1, 366), .rule = "F2"},
	{"check_words", TEXT(Policy, gate.check_words, TRUE, LONG), .rule = "R11"},
	{"withheld_words", TEXT(Policy, gate.withheld_words, TRUE, LONG), .rule = "G13"},
	{"unavailable_words", TEXT(Policy, gate.unavailable_words, TRUE, LONG)},
	{"safety_words", TEXT(Policy, gate.safety_words, TRUE, LONG), .rule = "L2"},
};
static const Shape gate_shape = SHAPE("gate", Policy, gate_fields);

static const Field days_fields[] = {
	{"assess", NUMBER(FIELD_NUMBER, Policy, days_to_assess, 1, 366), .rule = "S3"},
	{"need_answer", NUMBER(FIELD_NUMBER, Policy, days.need_answer_days, 1, 366), .rule = "R9"},
	{"strike", NUMBER(FIELD_NUMBER, Policy, days.strike_days, 0, 366)},
	{"reply", NUMBER(FIELD_NUMBER, Policy, days.reply_days, 1, 366), .rule = "W6"},
};
static const Shape days_shape = SHAPE("days", Policy, days_fields);

static const Field policy_fields[] = {
	{"pack", .type = FIELD_NAME, .required = TRUE, .offset = offsetof(Policy, name)},
	{"version", NUMBER(FIELD_LARGE, Policy, version, 1, 999999999)},
	{"in_force", .type = FIELD_DAY, .required = TRUE, .offset = offsetof(Policy, in_force)},
	{"title", TEXT(Policy, title, TRUE, SHORT)},
	{"organisation", SECTION(&organisation_shape)},
	{"channels", .type = FIELD_SET, .required = TRUE, .offset = offsetof(Policy, channels), .word = channel_word,
		.rule = "B5"},
	{"behaviours", MANY(FIELD_ENTRIES, TRUE, Policy, headings, n_headings), .shape = &heading_shape, .rule = "B1"},
	{"call_end_reasons", MANY(FIELD_WORDS, TRUE, Policy, call_end_reasons, n_call_end_reasons), .rule = "S2"},
	{"linked_policies", MANY(FIELD_ITEMS, TRUE, Policy, linked, n_linked), .shape = &linked_shape, .rule = "S4"},
	{"warning", SECTION(&warning_shape)},
	{"criteria", MANY(FIELD_ENTRIES, TRUE, Policy, criteria, n_criteria), .shape = &criterion_shape, .rule = "A5"},
	{"authorisation", SECTION(&authorisation_shape)},
	{"restrictions", MANY(FIELD_ENTRIES, TRUE, Policy, kinds, n_kinds), .shape = &kind_shape, .rule = "R8"},
	{"review", SECTION(&review_shape)},
	{"dispute", SECTION(&dispute_shape)},
	{"delivery", SECTION(&delivery_shape)},
	{"notices", MANY(FIELD_ENTRIES, TRUE, Policy, notices.kinds, notices.n_kinds), .shape = &notice_shape,
		.rule = "N1"},
	{"protected", MANY(FIELD_ENTRIES, TRUE, Policy, purposes, n_purposes), .shape = &purpose_shape, .rule = "G5"},
	{"gate", SECTION(&gate_shape)},
	{"days", SECTION(&days_shape)},
};
const Shape policy_shape = SHAPE("the pack", Policy, policy_fields);

static char *word_list(const Field *field, Arena *mem)
{
	char *list = NULL;

	for (int i = 0; field->word(i); i++)
		list = list ? arena_printf(mem, "%s, %s", list, field->word(i)) : arena_strdup(mem, field->word(i));
	return list;
}

char *field_allows(const Field *field, Arena *mem)
{
	switch (field->type) {
	case FIELD_TEXT:
		return arena_printf(mem, "a text on one line of at most %d letters", (int)field->max);
	case FIELD_LINES:
		return arena_printf(mem, "a text of at most %d letters", (int)field->max);
	case FIELD_NAME:
		return arena_strdup(mem, "a name in lower case letters, digits and hyphens");
	case FIELD_DIGITS:
		return arena_printf(mem, "%d to %d digits", (int)field->min, (int)field->max);
	case FIELD_NUMBER:
	case FIELD_LARGE:
		return arena_printf(mem, "a whole number from %d to %d", (int)field->min, (int)field->max);
	case FIELD_LIMIT:
		return arena_printf(mem, "none or a whole number from %d to %d", (int)field->min, (int)field->max);
	case FIELD_YES:
		return arena_strdup(mem, "yes or no");
	case FIELD_DAY:
		return arena_strdup(mem, "a day as 2026-12-01");
	case FIELD_DAYS:
		return arena_strdup(mem, "a list of days as 2026-12-25");
	case FIELD_CHOICE:
	case FIELD_KEYWORD:
		return arena_printf(mem, field->word(1) ? "one of %s" : "%s", word_list(field, mem));
	case FIELD_SET:
	case FIELD_BINDS:
		return arena_printf(mem, "a list of %s", word_list(field, mem));
	case FIELD_TEXTS:
		return arena_strdup(mem, "a list of words");
	case FIELD_EFFECT:
		return arena_printf(mem, "one of %s, or a map from channels to them", word_list(field, mem));
	case FIELD_WORDS:
		return arena_strdup(mem, "a map from keys of your own to texts");
	case FIELD_SHAPE:
		return arena_strdup(mem, "a map");
	case FIELD_ENTRIES:
		return arena_printf(mem, "a map from keys of your own, each %s", field->shape->name);
	case FIELD_ITEMS:
		return arena_printf(mem, "a list, each %s", field->shape->name);
	}
	g_assert_not_reached();
}
