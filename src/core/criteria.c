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

/* Not met but action is needed now: because, and who mends it by when. */
static gboolean check_not_met(const Criterion *criterion, const Finding *finding, Day today, GError **error)
{
	if (finding->adopt)
		return refuse_at(error, "A5", field_of(criterion->key, "how").text,
			"‘%s’: you find otherwise than the manager, so say in your own words how you considered it.",
			criterion->title);
	if (!rules_said(finding->because))
		return refuse_at(error, "A5", field_of(criterion->key, "because").text,
			"‘%s’ is not met. Say why action is needed now all the same.", criterion->title);
	if (!rules_said(finding->who))
		return refuse_at(error, "A5", field_of(criterion->key, "who").text,
			"‘%s’ is not met. Say who mends that, and by which day.", criterion->title);
	if (finding->by_when == DAY_NONE)
		return refuse_at(error, "A5", field_of(criterion->key, "by_when").text,
			"‘%s’ is not met. Say by which day that is mended.", criterion->title);
	if (finding->by_when < today)
		return refuse_at(error, "A5", field_of(criterion->key, "by_when").text,
			"‘%s’ cannot be mended by a day that is past. Choose one to come.", criterion->title);
	return TRUE;
}

static gboolean check_finding(const Criterion *criterion, const Finding *finding, const KeyedText *account,
	gsize n_account, Day today, GError **error)
{
	FieldName field = field_of(criterion->key, NULL);
	gboolean exempt = rules_same(finding->finding, "does-not-apply"),
		 not_met = rules_same(finding->finding, "not-met-but-now");

	if (!exempt && !not_met && !rules_same(finding->finding, "met"))
		return invalid(error, field.text,
			"Say what you find on ‘%s’: met, not met but action is needed now, or that it does not apply.",
			criterion->title);
	if (exempt && !criterion->may_not_apply)
		return refuse_at(
			error, "A5", field.text, "‘%s’ always applies. Say how you considered it.", criterion->title);
	if (exempt && !rules_said(finding->because))
		return refuse_at(error, "A5", field_of(criterion->key, "because").text, "Say why ‘%s’ does not apply.",
			criterion->title);
	if (not_met && !check_not_met(criterion, finding, today, error))
		return FALSE;
	if (finding->adopt && rules_text_of(account, n_account, criterion->key) == NULL)
		return refuse_at(error, "A5", field_of(criterion->key, "how").text,
			"The manager says nothing about ‘%s’ that you could adopt. Say in your own words how you "
			"considered it.",
			criterion->title);
	if (!finding->adopt && !rules_said(finding->how))
		return refuse_at(error, "A5", field_of(criterion->key, "how").text,
			"Say how you considered ‘%s’, or adopt what the manager says about it.", criterion->title);
	return TRUE;
}

gboolean criteria_check_one(const Criterion *criterion, const Finding *findings, gsize n_findings,
	const KeyedText *account, gsize n_account, Day today, GError **error)
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
	return check_finding(criterion, found, account, n_account, today, error);
}

gboolean criteria_check_known(const Policy *policy, const Finding *findings, gsize n_findings, GError **error)
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
	if (!criteria_check_known(policy, findings, n_findings, error))
		return FALSE;
	for (gsize i = 0; i < policy->n_criteria; i++)
		if (!criteria_check_one(&policy->criteria[i], findings, n_findings, account, n_account, today, error))
			return FALSE;
	return TRUE;
}
