/* criteria.c: A5, what the head of function found for each criterion. Which criteria there are is the pack's. */
#include "core/criteria.h"

#include "core/rules.h"

typedef struct {
	char text[160];
} FieldName;

/* "findings/KEY", or "findings/KEY/because" */
static FieldName field_of(const char *key, const char *member)
{
	FieldName name;

	g_snprintf(name.text, sizeof name.text, "findings/%s%s%s", key != NULL ? key : "", member != NULL ? "/" : "",
		member != NULL ? member : "");
	return name;
}

/* A criterion, what was found, and what the manager says of it. */
typedef struct {
	const Criterion *criterion;
	const Finding *finding;
	const char *account; /* NULL: nothing */
	Day today;
	gboolean exempt, not_met;
} Found;

typedef gboolean (*FindingCheck)(const Found *f, GError **error);

static gboolean check_found(const Found *f, GError **error)
{
	FieldName field = field_of(f->criterion->key, NULL);

	if (!f->exempt && !f->not_met && !rules_same(f->finding->finding, "met"))
		return invalid(error, field.text,
			"Say what you find on ‘%s’: met, not met but action is needed now, or that it does not apply.",
			f->criterion->title);
	return !f->exempt || f->criterion->may_not_apply ||
	       refuse_at(
		       error, "A5", field.text, "‘%s’ always applies. Say how you considered it.", f->criterion->title);
}

/* In own words, or as the manager accounts for it; never that where the finding differs from it. */
static gboolean check_how(const Found *f, GError **error)
{
	FieldName field = field_of(f->criterion->key, "how");
	const char *title = f->criterion->title;

	if (f->finding->adopt && f->not_met)
		return refuse_at(error, "A5", field.text,
			"‘%s’: you find otherwise than the manager, so say in your own words how you considered it.",
			title);
	if (f->finding->adopt && f->account == NULL)
		return refuse_at(error, "A5", field.text,
			"The manager says nothing about ‘%s’ that you could adopt. Say in your own words how you "
			"considered it.",
			title);
	return f->finding->adopt || rules_said(f->finding->how) ||
	       refuse_at(error, "A5", field.text,
		       "Say how you considered ‘%s’, or adopt what the manager says about it.", title);
}

static gboolean check_because(const Found *f, GError **error)
{
	FieldName field = field_of(f->criterion->key, "because");

	if (rules_said(f->finding->because))
		return TRUE;
	if (f->exempt)
		return refuse_at(error, "A5", field.text, "Say why ‘%s’ does not apply.", f->criterion->title);
	return !f->not_met ||
	       refuse_at(error, "A5", field.text, "‘%s’ is not met. Say why action is needed now all the same.",
		       f->criterion->title);
}

static gboolean check_who(const Found *f, GError **error)
{
	return !f->not_met || rules_said(f->finding->who) ||
	       refuse_at(error, "A5", field_of(f->criterion->key, "who").text,
		       "‘%s’ is not met. Say who will put that right.", f->criterion->title);
}

static gboolean check_by_when(const Found *f, GError **error)
{
	FieldName field = field_of(f->criterion->key, "by_when");

	if (f->not_met && f->finding->by_when == DAY_NONE)
		return refuse_at(error, "A5", field.text, "‘%s’ is not met. Say by which day that is put right.",
			f->criterion->title);
	return !f->not_met || f->finding->by_when >= f->today ||
	       refuse_at(error, "A5", field.text, "‘%s’ cannot be put right by a day that is past. Choose one to come.",
		       f->criterion->title);
}

static const FindingCheck CHECKS[] = {check_found, check_how, check_because, check_who, check_by_when};

/* The one finding on a criterion. */
static gboolean find(const Criterion *criterion, const Finding *findings, gsize n_findings, const KeyedText *account,
	gsize n_account, Day today, Found *ret_found, GError **error)
{
	const Finding *found = NULL;

	for (gsize k = 0; k < n_findings; k++) {
		if (!rules_same(findings[k].criterion, criterion->key))
			continue;
		if (found != NULL)
			return refuse_at(error, "A5", field_of(criterion->key, NULL).text,
				"‘%s’ has two findings. Keep the one that holds.", criterion->title);
		found = &findings[k];
	}
	if (found == NULL)
		return refuse_at(error, "A5", field_of(criterion->key, NULL).text,
			"Before any action each criterion is considered. Answer this one: %s", criterion->question);
	*ret_found = (Found){.criterion = criterion,
		.finding = found,
		.account = rules_text_of(account, n_account, criterion->key),
		.today = today,
		.exempt = rules_same(found->finding, "does-not-apply"),
		.not_met = rules_same(found->finding, "not-met-but-now")};
	return TRUE;
}

static gboolean check_one(const Criterion *criterion, const Finding *findings, gsize n_findings,
	const KeyedText *account, gsize n_account, Day today, GError **error)
{
	Found found;

	if (!find(criterion, findings, n_findings, account, n_account, today, &found, error))
		return FALSE;
	for (gsize i = 0; i < G_N_ELEMENTS(CHECKS); i++)
		if (!CHECKS[i](&found, error))
			return FALSE;
	return TRUE;
}

static gboolean check_known(const Policy *policy, const Finding *findings, gsize n_findings, GError **error)
{
	for (gsize i = 0; i < n_findings; i++)
		if (policy_criterion(policy, findings[i].criterion) == NULL)
			return invalid(error, field_of(findings[i].criterion, NULL).text,
				"‘%s’ is no criterion of the policy. Leave it out.",
				findings[i].criterion != NULL ? findings[i].criterion : "");
	return TRUE;
}

gboolean criteria_check(const Policy *policy, const Finding *findings, gsize n_findings, const KeyedText *account,
	gsize n_account, Day today, GError **error)
{
	if (!check_known(policy, findings, n_findings, error))
		return FALSE;
	for (gsize i = 0; i < policy->n_criteria; i++)
		if (!check_one(&policy->criteria[i], findings, n_findings, account, n_account, today, error))
			return FALSE;
	return TRUE;
}

void criteria_missing(const Policy *policy, const Finding *findings, gsize n_findings, const KeyedText *account,
	gsize n_account, Day today, Arena *mem, ArenaList *errors)
{
	g_autoptr(GError) unknown = NULL;

	if (!check_known(policy, findings, n_findings, &unknown))
		rules_keep(errors, mem, &unknown);
	for (gsize i = 0; i < policy->n_criteria; i++) {
		g_autoptr(GError) none = NULL;
		Found found;

		if (!find(&policy->criteria[i], findings, n_findings, account, n_account, today, &found, &none)) {
			rules_keep(errors, mem, &none);
			continue;
		}
		for (gsize k = 0; k < G_N_ELEMENTS(CHECKS); k++) {
			g_autoptr(GError) one = NULL;

			if (!CHECKS[k](&found, &one))
				rules_keep(errors, mem, &one);
		}
	}
}
