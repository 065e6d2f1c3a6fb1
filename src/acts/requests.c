/* requests.c: a manager asks the head of function for authorisation, or takes it back (A3, A6, W4, W5, G8). */
#include "acts/families.h"

/* Every restriction fits the pack and what it points at; its arguments are named as the input has them. */
gboolean restrictions_check(ActRun *run, const RestrictionAsked *asked, gsize n, GError **error)
{
	CustomerFacts facts;

	if (!load_facts(run, run->file->customer, &facts, error))
		return FALSE;
	for (gsize i = 0; i < n; i++) {
		const char *field = arena_printf(run->mem, "restrictions/%zu", i);
		Restriction *compiled;

		if (!restriction_compile(&facts.restrictions, &asked[i], field, run->mem, &compiled, error))
			return FALSE;
	}
	return TRUE;
}

static gboolean ask(ActRun *run, const void *input, GError **error)
{
	const RequestInput *in = input;
	Terms terms;
	RequestRow row = {.casefile = run->file->ref,
		.by_user = run->actor->user_name,
		.at = run->now,
		.state = request_state_name(REQUEST_OPEN),
		.warning = in->warning,
		.skip_reason = in->skip_reason,
		.skip_risk = in->skip_risk,
		.early_reason = in->early_reason,
		.reports = texts_dump(in->reports, run->mem),
		.account = keyed_dump(in->account, in->n_account, run->mem),
		.internal_review = in->internal_review,
		.complaints = fields_dump(
			complaint_fields, in->complaints, in->n_complaints, sizeof(CustomerComplaint), run->mem),
		.reasons = in->reasons,
		.scope_reason = in->scope_reason,
		.pack = run->pack_label};
	ArenaList missing;

	if (!casefile_check_request(&run->rules, run->file, in, error)) {
		casefile_request_missing(&run->rules, run->file, in, run->mem, &missing);
		act_problems(run, &missing);
		return FALSE;
	}
	if (!casefile_request_terms(run->file, in, &terms, error) ||
		!restrictions_check(run, terms.restrictions, terms.n_restrictions, error) ||
		!act_new_reference(run, "Q", &row.ref, error))
		return FALSE;
	row.restrictions = fields_dump(
		restriction_fields, terms.restrictions, terms.n_restrictions, sizeof(RestrictionAsked), run->mem);
	row.scope = scope_name(terms.scope);
	row.scope_of = terms.scope_of;
	row.until_on = terms.until_on;
	row.review_on = terms.review_on;
	run->id = row.ref;
	run->summary = "Authorisation requested";
	return sql_request_add(run->tx, &row, error);
}

const Act act_request = {
	.name = "request",
	.title = "Request authorisation",
	.summary =
		"A manager asks the head of function to authorise restrictions: after a warning, its days to adapt and "
		"new behaviour, or with a reason from the closed list (A3, W4, W5).",
	.by = BY_ANYONE,
	.needs = ACT_CASEFILE,
	.fields =
		(const Field[]){
			FIELD(RequestInput, warning, LINE, .help = "the warning that it rests on (W1)"),
			FIELD(RequestInput, skip_reason, LINE,
				.help = "or the policy's reason to act without one (W5)"),
			FIELD(RequestInput, skip_risk, TEXT, .privacy = FIELD_PERSONAL, .max = 4000,
				.help = "what a warning first would have risked (W5)"),
			FIELD(RequestInput, early_reason, TEXT, .privacy = FIELD_PERSONAL, .max = 4000,
				.help = "why the days to adapt cannot be waited for (W4)"),
			FIELD(RequestInput, reports, LINES, .help = "the assessed reports that it rests on"),
			FIELD_LIST(RequestInput, account, KEYED, .privacy = FIELD_PERSONAL,
				.help = "what you say to each of the criteria, by its key (A5)"),
			{.name = "internal_review",
				.type = FIELD_CHOICE,
				.offset = G_STRUCT_OFFSET(RequestInput, internal_review),
				.choices =
					(const char *const[]){"exhausted", "out-of-time", "none-exists", "open", NULL},
				.help = "where internal review stands (A6)"},
			FIELD_LIST(RequestInput, complaints, GROUP, .privacy = FIELD_PERSONAL, .max = 20,
				.fields = complaint_fields, .size = sizeof(CustomerComplaint),
				.help = "complaints by the customer about you or the decider (G8)"),
			FIELD(RequestInput, no_complaints, BOOL, .help = "there are no such complaints (G8)"),
			FIELD_LIST(RequestInput, restrictions, GROUP, .privacy = FIELD_PERSONAL, .max = 20,
				.fields = restriction_fields, .size = sizeof(RestrictionAsked),
				.help = "what you ask for"),
			FIELD(RequestInput, reasons, TEXT, .privacy = FIELD_PERSONAL, .help = "why"),
			{.name = "scope",
				.type = FIELD_CHOICE,
				.offset = G_STRUCT_OFFSET(RequestInput, scope),
				.choices = (const char *const[]){"matter", "function", "organisation", NULL},
				.help = "how far it reaches; the casefile's scope if left out"},
			FIELD(RequestInput, scope_of, LINE, .help = "the matter or function, where it is not clear"),
			FIELD(RequestInput, scope_reason, TEXT, .privacy = FIELD_PERSONAL, .max = 4000,
				.help = "why the whole organisation (G4)"),
			FIELD(RequestInput, until_on, DAY, .help = "the last day that you ask for (G2)"),
			FIELD(RequestInput, review_on, DAY, .help = "when it is to be reviewed (V1)"),
			FIELDS_END,
		},
	.input_size = sizeof(RequestInput),
	.perform = ask,
};

typedef struct {
	const char *request, *reason;
} WithdrawRequest;

static gboolean withdraw(ActRun *run, const void *input, GError **error)
{
	const WithdrawRequest *in = input;
	gint64 changed;

	if (!casefile_check_withdraw(&run->rules, run->file, casefile_request(run->file, in->request), error))
		return FALSE;
	run->id = in->request;
	run->summary = "Request withdrawn";
	return sql_request_set_state(run->tx, in->request, request_state_name(REQUEST_WITHDRAWN), &changed, error);
}

const Act act_withdraw_request = {
	.name = "withdraw-request",
	.title = "Withdraw the request",
	.summary = "Takes an open request for authorisation back.",
	.by = BY_ANYONE,
	.needs = ACT_CASEFILE,
	.fields =
		(const Field[]){
			FIELD(WithdrawRequest, request, LINE, .required = TRUE, .help = "the request"),
			FIELD(WithdrawRequest, reason, TEXT, .required = TRUE, .privacy = FIELD_PERSONAL, .max = 4000,
				.help = "why it is taken back"),
			FIELDS_END,
		},
	.input_size = sizeof(WithdrawRequest),
	.perform = withdraw,
};
