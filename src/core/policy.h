/* policy.h: what one policy pack says, as plain data. packs/ reads it from a folder and checks it; everything else
 * only reads it. A Policy is immutable and lives as long as the arena it was read into; a decision is bound to the
 * pack (name and version) in force on its day, so several may be loaded at once.
 *
 * Texts are UTF-8 in the organisation's language; keys are the pack's own words (lower case, hyphens). Lists are
 * arrays with a count beside them, in the pack's order. Pointers are NULL where the pack leaves out what it may. */
#pragma once

#include "base/arena.h"
#include "base/identifier.h"
#include "base/when.h"

/* The gate's answers, mildest first: the severest that applies wins. */
typedef enum {
	VERDICT_PROCEED,
	VERDICT_CHECK,
	VERDICT_RECORD,
	VERDICT_LIMIT,
	VERDICT_ROUTE,
	VERDICT_FILE,
	VERDICT_DECLINE,
	VERDICT_BLOCK,
	VERDICTS
} Verdict;

const char *verdict_name(Verdict verdict); /* "proceed" … */
gboolean verdict_parse(const char *text, Verdict *ret_verdict);

typedef enum {
	CHANNEL_PHONE,
	CHANNEL_EMAIL,
	CHANNEL_LETTER,
	CHANNEL_IN_PERSON,
	CHANNEL_WEB,
	CHANNEL_CHAT,
	CHANNELS
} Channel;

typedef guint32 ChannelSet; /* 1u << Channel */
#define CHANNELS_ALL ((ChannelSet)((1u << CHANNELS) - 1))

const char *channel_name(Channel channel); /* "in-person" */
gboolean channel_parse(const char *text, Channel *ret_channel);

typedef enum { DIRECTION_IN, DIRECTION_OUT, DIRECTIONS } Direction;
const char *direction_name(Direction direction); /* "in", "out" */
gboolean direction_parse(const char *text, Direction *ret_direction);

/* Roles are fixed, since rights hang on them; what a pack says is who may do what. */
typedef enum {
	ROLE_STAFF,
	ROLE_MANAGER,
	ROLE_HEAD_OF_FUNCTION,
	ROLE_COMPLAINTS_OFFICER,
	ROLE_RECORDS_OFFICER,
	ROLE_AUDITOR,
	ROLE_ADMINISTRATOR,
	ROLES
} Role;

typedef guint32 RoleSet;           /* 1u << Role */
const char *role_name(Role role);  /* "head-of-function" */
const char *role_title(Role role); /* "head of function" */
gboolean role_parse(const char *text, Role *ret_role);

/* B1: a heading and its examples. */
typedef enum { POLICE_NO, POLICE_MAY, POLICE_ALWAYS } PoliceRule; /* L1, L2 */

typedef struct {
	const char *key;
	const char *title;
	gboolean skips_warning; /* W5: a report assessed as this may be acted on without prior warning */
	gboolean violence;      /* L2: physical violence used or threatened */
	PoliceRule police;
	const char *say; /* safeguarding and the like: words for staff, and whom to tell; NULL */
} BehaviourExample;

typedef struct {
	const char *key;
	const char *question;
} PolicyQuestion;

typedef struct {
	const char *key;
	const char *title;
	const char *meaning; /* a sentence for staff */
	const BehaviourExample *examples;
	gsize n_examples;
	const PolicyQuestion *tests; /* B3: what an assessment of this heading must answer */
	gsize n_tests;
	const char *lifting;      /* G3: what would lead to lifting, the words to start from */
	gboolean internal_review; /* A6: a request on this heading states where internal review stands */
} Heading;

/* A written warning; a pack may have several tiers, each before the next. */
typedef struct {
	const char *key;
	const char *title;
	const char *notice; /* key of the notice that carries it */
	RoleSet by;
	int days_to_adapt; /* W4; local days from deemed delivery; 0 allowed */
} WarningTier;

/* A5: one of the criteria. */
typedef struct {
	const char *key;
	const char *question;
	const char *title;      /* short, for headings */
	gboolean may_not_apply; /* 'does not apply, because' is an allowed finding */
} Criterion;

typedef enum {
	ARGUMENT_WEEKDAY,
	ARGUMENT_TIME,     /* minutes of the day */
	ARGUMENT_COUNT,    /* a whole number from 1 */
	ARGUMENT_MINUTES,  /* from 1 */
	ARGUMENT_PERIOD,   /* "slot", "week" or "month" */
	ARGUMENT_CHANNELS, /* list of channels */
	ARGUMENT_TEXT,
	ARGUMENT_MAILBOX, /* a door of that kind, by its address */
	ARGUMENT_EXTENSION,
	ARGUMENT_IDENTIFIERS, /* identifiers of the customer, by reference */
	ARGUMENT_MATTER,      /* a matter of the customer, by reference */
	ARGUMENT_TYPES
} ArgumentType;

typedef struct {
	const char *key; /* the gate's own keys: weekday, from, to, calls, minutes, per, channels, mailbox, extension,
			    name, identifiers, matter, words; other keys only appear in the letter */
	const char *title;
	ArgumentType type;
	gboolean required;
} KindArgument;

/* Which channels a kind touches. */
typedef enum {
	REACH_FIXED,      /* the kind's own list */
	REACH_NAMED,      /* those in the argument `channels` ('not' these) */
	REACH_OTHERS,     /* all but those in the argument `channels` ('only' these) */
	REACH_IDENTIFIERS /* the identifiers in the argument `identifiers`, on their channel */
} KindReach;

/* R1 to R8: a kind of restriction. The effect is the gate's verdict, which may differ by channel (R6). */
typedef struct {
	const char *key;
	const char *title;
	const char *rule; /* "R1" … "R7", or "R8" for a pack's own */
	Verdict effect[CHANNELS];
	KindReach reach;
	ChannelSet channels;        /* of REACH_FIXED; otherwise those that may be named */
	gboolean binds[DIRECTIONS]; /* default: in only (G12) */
	const char *needs;          /* "severe-circumstances" (R10) or NULL */
	gboolean reads_new;         /* R5, R6: answered only if it holds something new */
	const KindArgument *arguments;
	gsize n_arguments;
	const char *in_words;      /* the sentence of the notice; placeholders {argument} */
	const char *say_to_staff;  /* placeholders allowed */
	const char *say_to_caller; /* phone, and to be read out; names nobody, mentions no behaviour (R11) */
	const char *say_to_sender; /* mail, one line of printable ASCII of at most 400 bytes, likewise */
} RestrictionKind;

/* A format in which a notice can reach a customer, and when it counts as delivered. */
typedef enum { DELIVERY_EMAIL, DELIVERY_POST, DELIVERY_BY_HAND, DELIVERY_READ_OUT, DELIVERY_TASK, DELIVERIES } Delivery;
const char *delivery_name(Delivery delivery); /* "email", "post", "by-hand", "read-out", "task" */
gboolean delivery_parse(const char *text, Delivery *ret_delivery);

typedef struct {
	const char
		*key; /* "letter", "large-print", "easy-read", "bsl", "interpreter", "audio", "braille", "read-out" … */
	const char *title;
	const char *in_words; /* "in large print": what a letter offers; NULL: the title */
	gboolean made_here;   /* FALSE: owned work whose dated completion counts as sending */
} NoticeFormat;

/* What a notice must say (N1 to N3, G3); the pack's letter of that key is refused where an element is missing. */
typedef struct {
	const char *key; /* "warning", "informal-advice", "decision", "refused", "ended", "police-referral" … */
	const char *title;
	const char *letter;          /* file name under letters/<language>/ */
	const char *const *must_say; /* placeholders that the letter has to hold; NULL-terminated */
	gboolean encloses_policy;    /* W3 */
} NoticeKind;

/* A contact class that no restriction may touch (G5): emergency, safeguarding pass everywhere; the others go to
 * the doors marked for them. */
typedef struct {
	const char *
		key; /* "emergency", "safeguarding", "dispute", "new-complaint", "information-request", "data-rights" */
	const char *title;
	const char *in_words; /* "To make a new complaint": to the customer; NULL: the title */
	gboolean everywhere;
	const char *how; /* words: which way, for staff and for letters */
} ProtectedPurpose;

typedef struct {
	const char *key;
	const char *title;
} PolicyWord; /* a closed list's entry: reasons to end a call, to skip a warning, outcomes … */

typedef struct {
	const char *title;
	const char *place; /* where staff find it */
	const char *dated;
} LinkedPolicy;

typedef enum { MISSED_FLAG, MISSED_LAPSE } MissedReview;
typedef enum { MAIL_PASSES, MAIL_WAITS } MailFallback;

typedef struct {
	const char *name;
	gint64 version;
	Day in_force;
	const char *title;

	struct {
		const char *name;
		const char *short_name;
		const char *word_for_customer; /* "customer" */
		const char *time_zone;
		const char *const *languages; /* NULL-terminated, first is the default */
		PhoneRules phone;
		const char *address; /* for letters, lines */
		const char *email;
		const char *telephone;
		const Day *closed_days; /* sorted: not working days */
		gsize n_closed_days;
	} organisation;

	ChannelSet channels;

	const Heading *headings;
	gsize n_headings;

	const PolicyWord *call_end_reasons; /* S2 */
	gsize n_call_end_reasons;
	const LinkedPolicy *linked; /* S4 */
	gsize n_linked;
	int days_to_assess; /* then another manager may be named */

	const WarningTier *tiers;
	gsize n_tiers;
	const PolicyWord *skip_reasons; /* W5's closed list */
	gsize n_skip_reasons;
	int warning_life_months; /* 0: not limited */
	gboolean urgent_measure;

	const Criterion *criteria;
	gsize n_criteria;

	const RestrictionKind *kinds;
	gsize n_kinds;

	struct {
		int signatures;  /* how many heads of function sign */
		gboolean deputy; /* A1: a named deputy in their period may */
		gboolean end_required;
		int max_months; /* the longest an arrangement may run; 0: only the review limits it */
	} authorisation;

	struct {
		int months; /* 1 to 12 (V1) */
		MissedReview missed;
		int warn_days;  /* escalation before the date (G2) */
		int pause_days; /* between two askings for reconsideration (V2) */
	} review;

	struct {
		const char *route; /* title: "complaints procedure" */
		const char *how;   /* words for the letter: where to send it, by when (N3) */
		int days_to_lodge; /* 0: none */
		int days_to_answer;
		gboolean suspends;
		const char *external; /* the body to go to afterwards; NULL */
	} dispute;

	struct {
		int post_working_days; /* deemed delivery by post: end of the nth working day */
		const NoticeFormat *formats;
		gsize n_formats;
		const NoticeKind *kinds;
		gsize n_kinds;
	} notices;

	const ProtectedPurpose *purposes;
	gsize n_purposes;

	struct {
		gint64 stale_after_seconds; /* then the doors fail open */
		MailFallback mail;          /* what Postfix does when the gate does not answer */
		int mail_timeout_seconds;
		const char *filing_mailbox; /* `file` for mail */
		const char *header;         /* the header that `check` and `record` prepend, "X-Evenhand" */
		int unknown_days;           /* keyed hashes of strangers are kept so long */
		const char *check_words;    /* to staff when one identifier may be several customers */
		const char *withheld_words;
		const char *unavailable_words;
		const char *safety_words; /* after violence, until a sentence was approved for the person */
	} gate;

	struct {
		int need_answer_days; /* R9: the head of function decides on a clashing need within */
		int strike_days;
		int reply_days; /* W6: by when somebody who answered a warning hears from us, where it needs that */
	} days;
} Policy;

/* The pack as a record names it: "police-complaints 1". */
char *policy_label(const Policy *policy, Arena *mem);

/* Look-ups by key; NULL where the pack has no such word. */
const Heading *policy_heading(const Policy *policy, const char *key);
const BehaviourExample *heading_example(const Heading *heading, const char *key);
const WarningTier *policy_tier(const Policy *policy, const char *key);
const Criterion *policy_criterion(const Policy *policy, const char *key);
const RestrictionKind *policy_kind(const Policy *policy, const char *key);
const KindArgument *kind_argument(const RestrictionKind *kind, const char *key);
const NoticeKind *policy_notice(const Policy *policy, const char *key);
const NoticeFormat *policy_format(const Policy *policy, const char *key);
const ProtectedPurpose *policy_purpose(const Policy *policy, const char *key);
const PolicyWord *policy_word(const PolicyWord *words, gsize n, const char *key);
