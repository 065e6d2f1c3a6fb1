/* mending.c: see mending.h. What the entry says is the act's to load and to save. */
#include "core/mending.h"

#include "core/rules.h"

static const struct {
	const char *prefix;
	const char *const *texts;
} KINDS[] = {
	[ENTRY_CONTACT] = {"K-", (const char *const[]){"what", "words", NULL}},
	[ENTRY_REPORT] = {"R-", (const char *const[]){"what", "effect", "other", NULL}},
	[ENTRY_BREACH] = {"B-", (const char *const[]){"what", "staff_did", NULL}},
	[ENTRY_EVIDENCE] = {"EV-", (const char *const[]){"what", NULL}},
	[ENTRY_ANSWER] = {"AW-", (const char *const[]){"words", NULL}},
	[ENTRY_NEED] = {"NE-", (const char *const[]){"what", "why", NULL}},
};
_Static_assert(G_N_ELEMENTS(KINDS) == ENTRY_KINDS, "a row for every kind");

gboolean entry_kind(const char *ref, EntryKind *ret_kind)
{
	for (gsize i = 0; i < G_N_ELEMENTS(KINDS); i++)
		if (strncmp(ref, KINDS[i].prefix, strlen(KINDS[i].prefix)) == 0) {
			*ret_kind = (EntryKind)i;
			return TRUE;
		}
	return FALSE;
}

const char *const *entry_texts(EntryKind kind)
{
	return KINDS[kind].texts;
}

static gboolean check_author(const RuleContext *rules, const OwnEntry *entry, GError **error)
{
	const int days = rules->policy->days.strike_days;

	if (!rules_person(rules, "K3", error))
		return FALSE;
	if (!rules_same(entry->author, rules->actor->user_name))
		return refuse(error, "K3",
			"%s was written by ‘%s’, and only they put it right. Add what you know as an entry of your "
			"own.",
			entry->ref, entry->author);
	if (entry->struck)
		return conflict(error, "%s was struck already.", entry->ref);
	if (rules_today(rules) > zone_day(rules->zone, entry->at) + days)
		return refuse(error, "K3",
			"%s is more than %d days old and stays as it is. Add an entry that says what was wrong.",
			entry->ref, days);
	return TRUE;
}

/* The first decision that was made when the entry stood there; signed by somebody, complete or not. */
static const Decision *decided_on(const Casefile *file, const OwnEntry *entry)
{
	for (gsize i = 0; i < file->n_decisions; i++)
		if (file->decisions[i].at >= entry->at)
			return &file->decisions[i];
	return NULL;
}

/* What rests on the entry's words, by reference; NULL: nothing. */
static const char *rests_on(const Casefile *file, const OwnEntry *entry)
{
	const Decision *decision = file != NULL ? decided_on(file, entry) : NULL;
	const Assessment *assessment = file != NULL ? casefile_assessment(file, entry->assessment) : NULL;

	switch (entry->kind) {
	case ENTRY_REPORT:
		return entry->assessment;
	case ENTRY_EVIDENCE:
		if (assessment != NULL && assessment->at >= entry->at)
			return assessment->ref;
		return decision != NULL ? decision->ref : NULL;
	case ENTRY_ANSWER:
		return decision != NULL ? decision->ref : NULL;
	default:
		return NULL;
	}
}

/* L2: the police were told of it since. */
static const char *referral_after(const Casefile *file, const OwnEntry *entry)
{
	for (gsize i = 0; entry->kind == ENTRY_REPORT && i < file->n_referrals; i++)
		if (file->referrals[i].at >= entry->at)
			return file->referrals[i].ref;
	return NULL;
}

static gboolean check_point(
	const RuleContext *rules, const Casefile *file, const OwnEntry *entry, const char *reason, GError **error)
{
	const char *rests = rests_on(file, entry);

	if (!check_author(rules, entry, error) || (file != NULL && !rules_open(rules, file, error)))
		return FALSE;
	if (rests != NULL)
		return refuse(error, "K3",
			"%s rests on %s, so it stays as it is. Add an entry that says what was wrong.", rests,
			entry->ref);
	return rules_said(reason) ||
	       refuse_at(error, "K3", "reason", "Say why. It is shown beside the old words, which stay.");
}

gboolean entry_check_strike(
	const RuleContext *rules, const Casefile *file, const OwnEntry *entry, const char *reason, GError **error)
{
	const char *cited = entry->cited_by;

	if (!check_point(rules, file, entry, reason, error))
		return FALSE;
	if (entry->kind == ENTRY_NEED)
		return refuse(error, "B6",
			"A need is not struck, since others may have met it. Put its words right, or have it ended.");
	if (entry->by_gate)
		return refuse(error, "K3",
			"%s was kept by the gate, and cannot be struck. Put right what you wrote to it.", entry->ref);
	if (cited == NULL && file != NULL)
		cited = referral_after(file, entry);
	return cited == NULL || refuse(error, "K3",
					"%s names %s, so it stays. Put its words right instead, or strike first what "
					"names it.",
					cited, entry->ref);
}

gboolean entry_check_correct(const RuleContext *rules, const Casefile *file, const OwnEntry *entry, const char *field,
	const char *words, const char *reason, GError **error)
{
	if (!check_point(rules, file, entry, reason, error))
		return FALSE;
	if (!rules_among(field, entry_texts(entry->kind)))
		return invalid(error, "field", "‘%s’ is no text of %s that can be put right.", field, entry->ref);
	return rules_said(words) || refuse_at(error, "K3", "words", "Write the text as it should be.");
}
