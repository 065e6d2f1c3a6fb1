/* policy.c: the names of the policy's closed lists and the look-ups in a pack. Each list is one table, so that
 * what is written in a pack, in JSON and in the database is the same word. What a pack may say, and reading it,
 * belongs to packs/; what follows from it belongs to the other files of this folder. */
#include "core/policy.h"

#include <stddef.h>
#include <string.h>

static const char *const verdict_names[] = {
	[VERDICT_PROCEED] = "proceed",
	[VERDICT_CHECK] = "check",
	[VERDICT_RECORD] = "record",
	[VERDICT_LIMIT] = "limit",
	[VERDICT_ROUTE] = "route",
	[VERDICT_FILE] = "file",
	[VERDICT_DECLINE] = "decline",
	[VERDICT_BLOCK] = "block",
};
_Static_assert(G_N_ELEMENTS(verdict_names) == VERDICTS, "a name for every verdict");

static const char *const channel_names[] = {
	[CHANNEL_PHONE] = "phone",
	[CHANNEL_EMAIL] = "email",
	[CHANNEL_LETTER] = "letter",
	[CHANNEL_IN_PERSON] = "in-person",
	[CHANNEL_WEB] = "web",
	[CHANNEL_CHAT] = "chat",
};
_Static_assert(G_N_ELEMENTS(channel_names) == CHANNELS, "a name for every channel");

static const char *const direction_names[] = {[DIRECTION_IN] = "in", [DIRECTION_OUT] = "out"};
_Static_assert(G_N_ELEMENTS(direction_names) == DIRECTIONS, "a name for both directions");

static const char *const role_names[] = {
	[ROLE_STAFF] = "staff",
	[ROLE_MANAGER] = "manager",
	[ROLE_HEAD_OF_FUNCTION] = "head-of-function",
	[ROLE_COMPLAINTS_OFFICER] = "complaints-officer",
	[ROLE_RECORDS_OFFICER] = "records-officer",
	[ROLE_AUDITOR] = "auditor",
	[ROLE_ADMINISTRATOR] = "administrator",
};
_Static_assert(G_N_ELEMENTS(role_names) == ROLES, "a name for every role");

static const char *const role_titles[] = {
	[ROLE_STAFF] = "staff",
	[ROLE_MANAGER] = "manager",
	[ROLE_HEAD_OF_FUNCTION] = "head of function",
	[ROLE_COMPLAINTS_OFFICER] = "complaints officer",
	[ROLE_RECORDS_OFFICER] = "records officer",
	[ROLE_AUDITOR] = "auditor",
	[ROLE_ADMINISTRATOR] = "administrator",
};
_Static_assert(G_N_ELEMENTS(role_titles) == ROLES, "a title for every role");

static const char *const delivery_names[] = {
	[DELIVERY_EMAIL] = "email",
	[DELIVERY_POST] = "post",
	[DELIVERY_BY_HAND] = "by-hand",
	[DELIVERY_READ_OUT] = "read-out",
	[DELIVERY_TASK] = "task",
};
_Static_assert(G_N_ELEMENTS(delivery_names) == DELIVERIES, "a name for every delivery");

/* The index of text in names, or -1. */
static int name_index(const char *const *names, int n, const char *text)
{
	for (int i = 0; text && i < n; i++)
		if (strcmp(names[i], text) == 0)
			return i;
	return -1;
}

/* The parsers differ in their type alone. */
#define DEFINE_PARSER(function, Type, names)                                                                           \
	gboolean function(const char *text, Type *ret_value)                                                           \
	{                                                                                                              \
		int i = name_index(names, G_N_ELEMENTS(names), text);                                                  \
                                                                                                                       \
		if (i < 0)                                                                                             \
			return FALSE;                                                                                  \
		*ret_value = (Type)i;                                                                                  \
		return TRUE;                                                                                           \
	}

DEFINE_PARSER(verdict_parse, Verdict, verdict_names)
DEFINE_PARSER(channel_parse, Channel, channel_names)
DEFINE_PARSER(direction_parse, Direction, direction_names)
DEFINE_PARSER(role_parse, Role, role_names)
DEFINE_PARSER(delivery_parse, Delivery, delivery_names)

const char *verdict_name(Verdict verdict)
{
	return verdict_names[verdict];
}

const char *channel_name(Channel channel)
{
	return channel_names[channel];
}

const char *direction_name(Direction direction)
{
	return direction_names[direction];
}

const char *role_name(Role role)
{
	return role_names[role];
}

const char *role_title(Role role)
{
	return role_titles[role];
}

const char *delivery_name(Delivery delivery)
{
	return delivery_names[delivery];
}

char *policy_label(const Policy *policy, Arena *mem)
{
	return arena_printf(mem, "%s %" G_GINT64_FORMAT, policy->name, policy->version);
}

/* Every list of a pack holds structs that begin with their key. */
#define KEY_FIRST(Type) _Static_assert(offsetof(Type, key) == 0, #Type " begins with its key")
KEY_FIRST(Heading);
KEY_FIRST(BehaviourExample);
KEY_FIRST(WarningTier);
KEY_FIRST(Criterion);
KEY_FIRST(RestrictionKind);
KEY_FIRST(KindArgument);
KEY_FIRST(NoticeKind);
KEY_FIRST(NoticeFormat);
KEY_FIRST(ProtectedPurpose);
KEY_FIRST(PolicyWord);

/* The entry of list with that key, or NULL. */
static const void *find(const void *list, gsize n, gsize size, const char *key)
{
	for (gsize i = 0; key && i < n; i++) {
		const char *entry = (const char *)list + i * size;
		const char *entry_key;

		memcpy(&entry_key, entry, sizeof entry_key);
		if (strcmp(entry_key, key) == 0)
			return entry;
	}
	return NULL;
}

const Heading *policy_heading(const Policy *policy, const char *key)
{
	return find(policy->headings, policy->n_headings, sizeof(Heading), key);
}

const BehaviourExample *heading_example(const Heading *heading, const char *key)
{
	return find(heading->examples, heading->n_examples, sizeof(BehaviourExample), key);
}

const WarningTier *policy_tier(const Policy *policy, const char *key)
{
	return find(policy->tiers, policy->n_tiers, sizeof(WarningTier), key);
}

const Criterion *policy_criterion(const Policy *policy, const char *key)
{
	return find(policy->criteria, policy->n_criteria, sizeof(Criterion), key);
}

const RestrictionKind *policy_kind(const Policy *policy, const char *key)
{
	return find(policy->kinds, policy->n_kinds, sizeof(RestrictionKind), key);
}

const KindArgument *kind_argument(const RestrictionKind *kind, const char *key)
{
	return find(kind->arguments, kind->n_arguments, sizeof(KindArgument), key);
}

const NoticeKind *policy_notice(const Policy *policy, const char *key)
{
	return find(policy->notices.kinds, policy->notices.n_kinds, sizeof(NoticeKind), key);
}

const NoticeFormat *policy_format(const Policy *policy, const char *key)
{
	return find(policy->notices.formats, policy->notices.n_formats, sizeof(NoticeFormat), key);
}

const ProtectedPurpose *policy_purpose(const Policy *policy, const char *key)
{
	return find(policy->purposes, policy->n_purposes, sizeof(ProtectedPurpose), key);
}

const PolicyWord *policy_word(const PolicyWord *words, gsize n, const char *key)
{
	return find(words, n, sizeof(PolicyWord), key);
}
