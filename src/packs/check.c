/* check.c: the rules for the parts of a pack but the restriction kinds (check_kinds.c), the notices (check_notices.c)
 * and the letters (pack.c). One function a part; each reason names its rule. */
#include "packs/check.h"

#include <string.h>

void check_problem(const Check *check, Place place, const char *path, const char *format, ...)
{
	const Yaml *node = yaml_find(check->root, path);
	const char *last = strrchr(path, '.') ? strrchr(path, '.') + 1 : path;
	gboolean found = node->key && strcmp(node->key, last) == 0;
	gboolean at_key = node->key && (place == AT_KEY || !found);
	va_list arguments;
	char *reason;

	va_start(arguments, format);
	reason = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	problem_add(check->problems, check->file, at_key ? node->key_line : node->line,
		at_key ? node->key_column : node->column, "%s", reason);
	g_free(reason);
}

char *check_path(const Check *check, const char *section, const char *key, const char *field)
{
	return arena_printf(check->mem, "%s.%s%s%s", section, key, field ? "." : "", field ? field : "");
}

static gboolean is_address(const char *text)
{
	const char *at = strchr(text, '@');

	return at && at > text && strchr(at + 1, '.') && !strchr(at + 1, '@') && !strpbrk(text, " \t<>,;\"");
}

static gboolean is_language(const char *text)
{
	gsize length = strspn(text, "abcdefghijklmnopqrstuvwxyz");

	return (length == 2 || length == 3) && text[length] == '\0';
}

static void check_organisation(const Check *check)
{
	const Policy *policy = check->policy;
	g_autoptr(Zone) zone = zone_new(policy->organisation.time_zone, NULL);

	if (!zone)
		check_problem(check, AT_VALUE, "organisation.time_zone",
			"there is no time zone '%s'; write it as Europe/London", policy->organisation.time_zone);
	for (gsize i = 0; policy->organisation.languages[i]; i++)
		if (!is_language(policy->organisation.languages[i]))
			check_problem(check, AT_VALUE, "organisation.languages",
				"'%s' is no language; write it in two or three small letters, as en",
				policy->organisation.languages[i]);
	if (policy->organisation.phone.min_digits > policy->organisation.phone.max_digits)
		check_problem(check, AT_VALUE, "organisation.phone.max_digits", "max_digits is less than min_digits");
	if (!is_address(policy->organisation.email))
		check_problem(
			check, AT_VALUE, "organisation.email", "'%s' is no e-mail address", policy->organisation.email);
}

static void check_example(const Check *check, const Heading *heading, const BehaviourExample *example)
{
	char *path = arena_printf(check->mem, "behaviours.%s.examples.%s.police", heading->key, example->key);

	if (strcmp(example->key, "other") == 0)
		check_problem(check, AT_KEY, path, "'other' is what a report says that names no example (B2)");
	if (example->violence && example->police != POLICE_ALWAYS)
		check_problem(check, AT_VALUE, path,
			"physical violence used or threatened is always reported: police is always (L2)");
}

static void check_behaviours(const Check *check)
{
	const Policy *policy = check->policy;
	gboolean violence = FALSE;

	for (gsize i = 0; i < policy->n_headings; i++) {
		for (gsize j = 0; j < policy->headings[i].n_examples; j++) {
			check_example(check, &policy->headings[i], &policy->headings[i].examples[j]);
			violence |= policy->headings[i].examples[j].violence;
		}
	}
	if (!violence)
		check_problem(check, AT_KEY, "behaviours",
			"no example has violence: yes; without one, violence could not be reported as such (L2)");
	if (!policy_word(policy->call_end_reasons, policy->n_call_end_reasons, "arrangement-in-force"))
		check_problem(check, AT_KEY, "call_end_reasons", "the reason 'arrangement-in-force' is missing (S5)");
}

static void check_warning(const Check *check)
{
	static const char *const skips[] = {"violence", "threat", "harassment", "aggression", "danger"};
	const Policy *policy = check->policy;
	const RoleSet may_warn = (1u << ROLE_MANAGER) | (1u << ROLE_HEAD_OF_FUNCTION);

	for (gsize i = 0; i < policy->n_tiers; i++)
		if (policy->tiers[i].by & ~may_warn)
			check_problem(check, AT_VALUE, check_path(check, "warning.tiers", policy->tiers[i].key, "by"),
				"a warning is for a manager or a head-of-function (W1)");
	for (gsize i = 0; i < policy->n_skip_reasons; i++) {
		const char *key = policy->skip_reasons[i].key;
		gboolean known = FALSE;

		for (gsize j = 0; j < G_N_ELEMENTS(skips); j++)
			known |= strcmp(skips[j], key) == 0;
		if (!known)
			check_problem(check, AT_KEY, check_path(check, "warning.skip_reasons", key, NULL),
				"'%s' is no ground to skip the warning; allowed are violence, threat, harassment, "
				"aggression, danger (W5)%s",
				key, did_you_mean(check->mem, key, skips, G_N_ELEMENTS(skips)));
	}
}

/* The six criteria that every decision answers; a pack may add to them. That access was considered always applies. */
static void check_criteria(const Check *check)
{
	static const char *const six[] = {"properly-considered", "right-decision", "communication", "misunderstandings",
		"access-requirements", "gateway-or-legal-advice"};

	const Criterion *access = policy_criterion(check->policy, "access-requirements");

	for (gsize i = 0; i < G_N_ELEMENTS(six); i++)
		if (!policy_criterion(check->policy, six[i]))
			check_problem(check, AT_KEY, "criteria", "the criterion '%s' is missing (A5)", six[i]);
	if (access && access->may_not_apply)
		check_problem(check, AT_VALUE, "criteria.access-requirements.may_not_apply",
			"access needs are considered at every stage: may_not_apply is no (B6, A5)");
}

static void check_purposes(const Check *check)
{
	static const struct {
		const char *key;
		gboolean everywhere;
	} six[] = {{"emergency", TRUE}, {"safeguarding", TRUE}, {"dispute", FALSE}, {"new-complaint", FALSE},
		{"information-request", FALSE}, {"data-rights", FALSE}};

	for (gsize i = 0; i < G_N_ELEMENTS(six); i++) {
		const ProtectedPurpose *purpose = policy_purpose(check->policy, six[i].key);

		if (!purpose)
			check_problem(
				check, AT_KEY, "protected", "the protected purpose '%s' is missing (G5)", six[i].key);
		else if (six[i].everywhere && !purpose->everywhere)
			check_problem(check, AT_VALUE, check_path(check, "protected", six[i].key, "everywhere"),
				"%s passes on every channel: everywhere is yes (G5)", six[i].key);
	}
}

static void check_days(const Check *check)
{
	const Policy *policy = check->policy;

	if (policy->review.warn_days >= policy->review.months * 28)
		check_problem(check, AT_VALUE, "review.warn_days",
			"warning of a review would begin before the arrangement does: fewer days than the review's "
			"months (G2)");
	if (policy->authorisation.max_months > 0 && !policy->authorisation.end_required)
		check_problem(check, AT_VALUE, "authorisation.max_months",
			"a longest time is only kept where every arrangement has an end: end_required is yes (G2)");
}

static void check_gate(const Check *check)
{
	const char *header = check->policy->gate.header;

	if (!is_address(check->policy->gate.filing_mailbox))
		check_problem(check, AT_VALUE, "gate.filing_mailbox", "'%s' is no e-mail address (G6)",
			check->policy->gate.filing_mailbox);
	for (const char *p = header; *p; p++)
		if (!g_ascii_isalnum(*p) && *p != '-') {
			check_problem(check, AT_VALUE, "gate.header",
				"'%s' is no name of a mail header: letters, digits and hyphens", header);
			break;
		}
}

void check_policy(const Check *check)
{
	check_organisation(check);
	check_behaviours(check);
	check_warning(check);
	check_criteria(check);
	check_purposes(check);
	check_days(check);
	check_gate(check);
}
