/* casefile.c: the casefile as the rules read it: the words of its closed lists, looking things up, the point that it
 * has reached (L2, signatures, W5). What each act may do has a file of its own: report.c, assess.c, warn.c, request.c,
 * decide.c, notify.c. */
#include "core/rules.h"

static const char *const assessed_names[] = {
	[ASSESSED_NO_ACTION] = "no-action",
	[ASSESSED_INFORMAL_ADVICE] = "informal-advice",
	[ASSESSED_WARNING] = "warning",
	[ASSESSED_REQUEST] = "request",
};
_Static_assert(G_N_ELEMENTS(assessed_names) == ASSESSED_OUTCOMES, "a name for every outcome");

static const char *const request_state_names[] = {
	[REQUEST_OPEN] = "open",
	[REQUEST_RETURNED] = "returned",
	[REQUEST_REFUSED] = "refused",
	[REQUEST_AUTHORISED] = "authorised",
	[REQUEST_WITHDRAWN] = "withdrawn",
};
_Static_assert(G_N_ELEMENTS(request_state_names) == REQUEST_STATES, "a name for every state");

static const char *const decided_names[] = {
	[DECIDED_AS_ASKED] = "as-asked",
	[DECIDED_DIFFERENT] = "different",
	[DECIDED_REFUSED] = "refused",
	[DECIDED_RETURNED] = "returned",
};
_Static_assert(G_N_ELEMENTS(decided_names) == DECIDED_OUTCOMES, "a name for every outcome");

/* The index of text in names, or -1. */
static int name_index(const char *const *names, int n, const char *text)
{
	for (int i = 0; i < n; i++)
		if (rules_same(names[i], text))
			return i;
	return -1;
}

#define DEFINE_NAMES(prefix, Type, names)                                                                              \
	const char *prefix##_name(Type value)                                                                          \
	{                                                                                                              \
		return names[value];                                                                                   \
	}                                                                                                              \
	gboolean prefix##_parse(const char *text, Type *ret_value)                                                     \
	{                                                                                                              \
		int i = name_index(names, G_N_ELEMENTS(names), text);                                                  \
                                                                                                                       \
		if (i < 0)                                                                                             \
			return FALSE;                                                                                  \
		*ret_value = (Type)i;                                                                                  \
		return TRUE;                                                                                           \
	}

DEFINE_NAMES(assessed, AssessedOutcome, assessed_names)
DEFINE_NAMES(request_state, RequestState, request_state_names)
DEFINE_NAMES(decided, DecidedOutcome, decided_names)

/* The lists hold structs of different types that all begin with their reference's member `ref`. */
#define FIND(file, list, wanted)                                                                                       \
	for (gsize i = 0; i < (file)->n_##list; i++)                                                                   \
		if (rules_same((file)->list[i].ref, wanted))                                                           \
			return &(file)->list[i];                                                                       \
	return NULL

const Report *casefile_report(const Casefile *file, const char *ref)
{
	FIND(file, reports, ref);
}

const Assessment *casefile_assessment(const Casefile *file, const char *ref)
{
	FIND(file, assessments, ref);
}

const Referral *casefile_referral(const Casefile *file, const char *ref)
{
	FIND(file, referrals, ref);
}

const Warning *casefile_warning(const Casefile *file, const char *ref)
{
	FIND(file, warnings, ref);
}

const Request *casefile_request(const Casefile *file, const char *ref)
{
	FIND(file, requests, ref);
}

const Decision *casefile_decision(const Casefile *file, const char *ref)
{
	FIND(file, decisions, ref);
}

const Request *casefile_open_request(const Casefile *file)
{
	for (gsize i = 0; i < file->n_requests; i++)
		if (file->requests[i].state == REQUEST_OPEN)
			return &file->requests[i];
	return NULL;
}

const Decision *casefile_unsigned_decision(const Casefile *file, const char *request)
{
	for (gsize i = 0; i < file->n_decisions; i++)
		if (file->decisions[i].complete_at == INSTANT_NONE && rules_same(file->decisions[i].request, request))
			return &file->decisions[i];
	return NULL;
}

gboolean decided_authorises(DecidedOutcome outcome)
{
	return outcome == DECIDED_AS_ASKED || outcome == DECIDED_DIFFERENT;
}

gboolean decision_is_complete(const Policy *policy, DecidedOutcome outcome, gsize n_signatures)
{
	gsize needed = decided_authorises(outcome) ? (gsize)MAX(1, policy->authorisation.signatures) : 1;

	return n_signatures >= needed;
}

gboolean decision_without_warning(const Casefile *file, const Decision *decision)
{
	const Request *request = casefile_request(file, decision->request);

	return request != NULL && request->warning == NULL;
}

const Assessment *rules_assessed(const Casefile *file, const Report *report)
{
	return casefile_assessment(file, report->assessment);
}

/* L2: referred after it was recorded, or found with reasons to be no physical violence. */
static gboolean police_answered(const Casefile *file, const Report *report)
{
	const Assessment *assessment = rules_assessed(file, report);

	if (assessment != NULL && assessment->no_violence)
		return TRUE;
	for (gsize i = 0; i < file->n_referrals; i++)
		if (file->referrals[i].at >= report->recorded_at)
			return TRUE;
	return FALSE;
}

gboolean casefile_police_done(const Casefile *file, GError **error)
{
	for (gsize i = 0; i < file->n_reports; i++) {
		const Report *report = &file->reports[i];

		if (report->violence && !police_answered(file, report))
			return refuse(error, "L2",
				"Report %s speaks of physical violence used or threatened. First record that the "
				"police "
				"were told (which force, when, and their reference or that it is awaited), or assess "
				"the "
				"report and say why there was no physical violence. Until then nothing is warned "
				"about, "
				"requested or decided here.",
				report->ref);
	}
	return TRUE;
}
