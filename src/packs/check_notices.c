/* check_notices.c: the rules for what the customer is told: which notices a pack has, and what each must say. Whether
 * the letters do say it is looked at in pack.c, which reads them. */
#include "packs/check.h"

#include <string.h>

typedef struct {
	const char *placeholder;
	const char *rule;
} MustSay;

/* A notice that names arrangements names all of this with them. */
static const MustSay of_arrangements[] = {{"why", "N1"}, {"arrangements", "N2"}, {"starts", "N5"}, {"until", "N2"},
	{"review", "V1"}, {"lifting", "G3"}, {"open-ways", "R9"}, {"dispute", "N3"}, {NULL, NULL}};

static const MustSay of_warning[] = {{"behaviour", "W1"}, {NULL, NULL}};
static const MustSay of_advice[] = {{"behaviour", "N1"}, {"asked", "N1"}, {NULL, NULL}};
static const MustSay of_reasons[] = {{"why", "N1"}, {NULL, NULL}};
static const MustSay of_police[] = {{"police", "N1"}, {NULL, NULL}};
static const MustSay of_acknowledgement[] = {{"entry-reference", "N1"}, {"reply-by", "D3"}, {NULL, NULL}};
static const MustSay of_outcome[] = {{"outcome", "D2"}, {"why", "D2"}, {"what-applies", "D2"}, {"open-ways", "R9"},
	{"after-dispute", "N3"}, {NULL, NULL}};
static const MustSay of_nothing[] = {{NULL, NULL}};

/* The notices that the acts issue; the warnings are named by their tiers. */
static const struct {
	const char *key;
	const MustSay *must_say;
} notices[] = {
	{"informal-advice", of_advice},
	{"decision", of_arrangements},
	{"refused", of_reasons},
	{"arrangement-varied", of_arrangements},
	{"ended", of_reasons},
	{"police-referral", of_police},
	{"nothing-followed", of_nothing},
	{"answer-acknowledged", of_acknowledgement},
	{"dispute-acknowledged", of_acknowledgement},
	{"dispute-answered", of_outcome},
};

static gboolean says(const NoticeKind *notice, const char *placeholder)
{
	return g_strv_contains(notice->must_say, placeholder);
}

static void check_must_say(const Check *check, const NoticeKind *notice, const MustSay *must)
{
	for (; must->placeholder; must++)
		if (!says(notice, must->placeholder))
			check_problem(check, AT_VALUE, check_path(check, "notices", notice->key, "must_say"),
				"%s must say '%s' (%s)", notice->key, must->placeholder, must->rule);
}

static void check_placeholders(const Check *check, const NoticeKind *notice)
{
	const char *names[80];
	gsize n = 0;

	for (; n < G_N_ELEMENTS(names) && letter_placeholders[n].name; n++)
		names[n] = letter_placeholders[n].name;
	for (gsize i = 0; notice->must_say[i]; i++)
		if (!letter_placeholder(notice->must_say[i]))
			check_problem(check, AT_VALUE, check_path(check, "notices", notice->key, "must_say"),
				"'%s' is no placeholder of letters%s", notice->must_say[i],
				did_you_mean(check->mem, notice->must_say[i], names, n));
	if (says(notice, "police") && strcmp(notice->key, "police-referral") != 0)
		check_problem(check, AT_VALUE, check_path(check, "notices", notice->key, "must_say"),
			"the police are named in the notice 'police-referral' alone, since they must have agreed (N1)");
}

static gboolean is_letter_file(const char *name)
{
	gsize length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return length > 0 && strcmp(name + length, ".md") == 0;
}

static void check_tiers(const Check *check)
{
	const Policy *policy = check->policy;
	const char **keys = arena_array(check->mem, const char *, policy->notices.n_kinds + 1);

	for (gsize i = 0; i < policy->notices.n_kinds; i++)
		keys[i] = policy->notices.kinds[i].key;
	for (gsize i = 0; i < policy->n_tiers; i++) {
		const WarningTier *tier = &policy->tiers[i];
		const NoticeKind *notice = policy_notice(policy, tier->notice);

		if (!notice) {
			check_problem(check, AT_VALUE, check_path(check, "warning.tiers", tier->key, "notice"),
				"there is no notice '%s'%s", tier->notice,
				did_you_mean(check->mem, tier->notice, keys, policy->notices.n_kinds));
			continue;
		}
		check_must_say(check, notice, of_warning);
		if (!says(notice, "days-to-adapt") && !says(notice, "adapt-until"))
			check_problem(check, AT_VALUE, check_path(check, "notices", notice->key, "must_say"),
				"%s must say 'days-to-adapt' or 'adapt-until' (W4)", notice->key);
		if (!notice->encloses_policy)
			check_problem(check, AT_VALUE, check_path(check, "notices", notice->key, "encloses_policy"),
				"a warning comes with the policy: encloses_policy is yes (W3)");
	}
}

static void check_formats(const Check *check)
{
	static const struct {
		const char *key;
		gboolean made_here;
	} needed[] = {{"letter", TRUE}, {"email", TRUE}, {"read-out", FALSE}};
	const Policy *policy = check->policy;

	for (gsize i = 0; i < G_N_ELEMENTS(needed); i++)
		if (!policy_format(policy, needed[i].key))
			check_problem(
				check, AT_KEY, "delivery.formats", "the format '%s' is missing (N4)", needed[i].key);
	for (gsize i = 0; i < policy->notices.n_formats; i++) {
		const NoticeFormat *format = &policy->notices.formats[i];
		gboolean makes = strcmp(format->key, "letter") == 0 || strcmp(format->key, "email") == 0;

		if (format->made_here != makes)
			check_problem(check, AT_VALUE, check_path(check, "delivery.formats", format->key, "made_here"),
				"the program makes letter and email; every other format is made by somebody (N4)");
	}
}

void check_notices(const Check *check)
{
	const Policy *policy = check->policy;

	for (gsize i = 0; i < G_N_ELEMENTS(notices); i++) {
		const NoticeKind *notice = policy_notice(policy, notices[i].key);

		if (!notice)
			check_problem(check, AT_KEY, "notices", "the notice '%s' is missing (N1)", notices[i].key);
		else
			check_must_say(check, notice, notices[i].must_say);
	}
	for (gsize i = 0; i < policy->notices.n_kinds; i++) {
		const NoticeKind *notice = &policy->notices.kinds[i];

		check_placeholders(check, notice);
		if (!is_letter_file(notice->letter))
			check_problem(check, AT_VALUE, check_path(check, "notices", notice->key, "letter"),
				"'%s' is no name of a letter: small letters, digits and hyphens, then .md",
				notice->letter);
		if (says(notice, "arrangements") && strcmp(notice->key, "decision") != 0 &&
			strcmp(notice->key, "arrangement-varied") != 0)
			check_must_say(check, notice, of_arrangements);
	}
	check_tiers(check);
	check_formats(check);
}
