/* terms.c: what a request asks for and a decision grants: how far it reaches (G4), how long (V1, G2), and which
 * restrictions (G4, R8). Whether the restrictions' arguments fit is restriction.h's; whether they leave a way in,
 * arrangement.h's. */
#include "core/rules.h"

static gboolean parse_scope(const char *scope, ScopeKind *ret_scope, GError **error)
{
	if (!scope_parse(scope, ret_scope))
		return invalid(error, "scope", "‘%s’ is no scope. Choose matter, function or organisation.", scope);
	return TRUE;
}

gboolean rules_scope_named(const char *scope, const char *reason, GError **error)
{
	ScopeKind kind;

	if (scope == NULL)
		return TRUE;
	if (!parse_scope(scope, &kind, error))
		return FALSE;
	if (kind == SCOPE_ORGANISATION && !rules_said(reason))
		return refuse_at(error, "G4", "scope_reason",
			"Say why this has to reach the whole organisation, or leave it to the function that is "
			"affected.");
	return TRUE;
}

/* The function, matter or nothing that a scope is of. */
static gboolean scope_of(const Casefile *file, ScopeKind scope, const char *of, const char **ret_of, GError **error)
{
	const char *only =
		file->matters != NULL && file->matters[0] != NULL && file->matters[1] == NULL ? file->matters[0] : NULL;

	if (scope == SCOPE_ORGANISATION) {
		if (of != NULL)
			return invalid(error, "scope_of", "The whole organisation needs no name. Leave this empty.");
		*ret_of = NULL;
		return TRUE;
	}
	if (scope == SCOPE_FUNCTION) {
		if (of != NULL && !rules_same(of, file->function))
			return refuse_at(error, "G4", "scope_of",
				"%s belongs to ‘%s’, so it cannot reach ‘%s’. What happened there needs its own "
				"report.",
				file->ref, file->function, of);
		*ret_of = file->function;
		return TRUE;
	}
	if (of == NULL && only == NULL)
		return refuse_at(error, "G4", "scope_of", "Name the one matter of %s that this is about.", file->ref);
	if (of != NULL && !rules_among(of, file->matters))
		return refuse_at(error, "G4", "scope_of",
			"%s is no matter of %s. Name one of its own; a new matter needs its own report.", of,
			file->ref);
	*ret_of = of != NULL ? of : only;
	return TRUE;
}

gboolean rules_scope(const Casefile *file, const char *scope, const char *of, ScopeKind default_scope,
	const char *default_of, ScopeKind *ret_scope, const char **ret_of, GError **error)
{
	ScopeKind kind = default_scope;

	if (scope != NULL && !parse_scope(scope, &kind, error))
		return FALSE;
	if (of == NULL && kind == default_scope)
		of = default_of;
	if (!scope_of(file, kind, of, ret_of, error))
		return FALSE;
	*ret_scope = kind;
	return TRUE;
}

gboolean rules_review_day(const RuleContext *rules, Day review_on, GError **error)
{
	int months = CLAMP(rules->policy->review.months, 1, 12);
	Day today = rules_today(rules), last = day_add_months(today, months);
	g_autoptr(Arena) mem = arena_new(1 << 12);

	if (review_on == DAY_NONE)
		return refuse_at(error, "V1", "review_on",
			"Give the day on which this will be reviewed. It may be no later than %s.",
			day_in_words(mem, last));
	if (review_on <= today)
		return refuse_at(error, "V1", "review_on",
			"The review is on %s, which is not a day to come. Choose one after today, no later than %s.",
			day_in_words(mem, review_on), day_in_words(mem, last));
	if (review_on > last)
		return refuse_at(error, "V1", "review_on",
			"The review on %s is too far away: within %d months at most. Choose %s or earlier.",
			day_in_words(mem, review_on), months, day_in_words(mem, last));
	return TRUE;
}

gboolean rules_end_day(const RuleContext *rules, Day until_on, GError **error)
{
	int months = rules->policy->authorisation.max_months;
	Day today = rules_today(rules), last = day_add_months(today, months);
	g_autoptr(Arena) mem = arena_new(1 << 12);

	if (until_on == DAY_NONE) {
		if (rules->policy->authorisation.end_required || months > 0)
			return refuse_at(error, "G2", "until_on",
				"Give the last day of the arrangement. The policy lets none run without an end.");
		return TRUE;
	}
	if (until_on <= today)
		return refuse_at(error, "G2", "until_on",
			"The last day, %s, is not a day to come. Choose one after today.", day_in_words(mem, until_on));
	if (months > 0 && until_on > last)
		return refuse_at(error, "G2", "until_on",
			"The last day, %s, is too far away: an arrangement runs %d months at most. Choose %s or "
			"earlier.",
			day_in_words(mem, until_on), months, day_in_words(mem, last));
	return TRUE;
}

static ChannelSet channels_named(const RestrictionAsked *asked)
{
	ChannelSet set = 0;

	for (gsize i = 0; i < asked->n_arguments; i++) {
		const RestrictionArgument *argument = &asked->arguments[i];
		Channel channel;

		if (!rules_same(argument->key, "channels"))
			continue;
		if (channel_parse(argument->value, &channel))
			set |= 1u << channel;
		for (const char *const *text = argument->values; text != NULL && *text != NULL; text++)
			if (channel_parse(*text, &channel))
				set |= 1u << channel;
	}
	return set;
}

/* The channels that a restriction is about, before its arguments are checked. */
static ChannelSet channels_touched(const RestrictionKind *kind, const RestrictionAsked *asked)
{
	switch (kind->reach) {
	case REACH_NAMED:
		return kind->channels & channels_named(asked);
	case REACH_OTHERS:
		return kind->channels & ~channels_named(asked);
	case REACH_FIXED:
	case REACH_IDENTIFIERS:
		break;
	}
	return kind->channels;
}

/* "restrictions/0/kind" */
typedef struct {
	char text[64];
} FieldName;

static FieldName field_of(gsize i, const char *member)
{
	FieldName name;

	g_snprintf(name.text, sizeof name.text, "restrictions/%zu/%s", i, member);
	return name;
}

/* G4: one restriction answers a report that is cited, on its channel; one that does not says why. */
static gboolean answers_report(const Casefile *file, const RestrictionKind *kind, const RestrictionAsked *asked,
	gsize i, const char *const *reports, GError **error)
{
	const Report *report = casefile_report(file, asked->report);

	if (asked->report != NULL && (report == NULL || !rules_among(asked->report, reports)))
		return refuse_at(error, "G4", field_of(i, "report").text,
			"‘%s’ answers report %s, which is not among those that the request cites. Cite it, or name "
			"another.",
			kind->title, asked->report);
	if (rules_said(asked->other_reason))
		return TRUE;
	if (report == NULL)
		return refuse_at(error, "G4", field_of(i, "report").text,
			"Say which report ‘%s’ answers, or give another reason for it.", kind->title);
	if ((channels_touched(kind, asked) & (1u << report->channel)) == 0)
		return refuse_at(error, "G4", field_of(i, "other_reason").text,
			"Report %s is about contact %s, which ‘%s’ does not touch. Say why it is needed all the same.",
			report->ref, channel_in_words(report->channel), kind->title);
	return TRUE;
}

gboolean rules_restrictions(const RuleContext *rules, const Casefile *file, const RestrictionAsked *restrictions,
	gsize n, const char *const *reports, GError **error)
{
	if (n == 0)
		return refuse_at(error, "A7", "restrictions",
			"Name at least one restriction. Without any there is nothing "
			"to authorise.");
	for (gsize i = 0; i < n; i++) {
		const RestrictionKind *kind = policy_kind(rules->policy, restrictions[i].kind);

		if (kind == NULL)
			return invalid(error, field_of(i, "kind").text,
				"‘%s’ is no restriction that the policy in force knows. Choose one of its list.",
				restrictions[i].kind != NULL ? restrictions[i].kind : "");
		if (!answers_report(file, kind, &restrictions[i], i, reports, error))
			return FALSE;
	}
	return TRUE;
}
