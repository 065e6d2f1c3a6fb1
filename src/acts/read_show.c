/* read_show.c: the object of any reference. A casefile with its steps is read_casefile.c's. */
#include "acts/read_run.h"

#include <string.h>

/* What a show function finds: the object, and whom or what was looked at (K4). */
typedef struct {
	json_t *json;
	const char *subject;
} Shown;

static gboolean unknown(const char *reference, GError **error)
{
	return not_found(error, "There is no %s.", reference);
}

static void set_shown(
	Reading *reading, const ReadColumn *columns, const void *row, guint lifted, const char *subject, Shown *shown)
{
	guint hidden = 0;

	shown->json = columns_json(columns, row, lifted, &hidden, reading->mem);
	shown->subject = subject;
	hidden_set(shown->json, hidden);
}

/* Steps of a casefile are for those who answer for it. */
static gboolean for_owners(Reading *reading, const char *reference, const char *casefile, GError **error)
{
	gboolean sees;

	if (!sees_casefile(reading, casefile, &sees, error))
		return FALSE;
	return sees || refuse(error, "G10",
			       "%s is seen by the manager and the head of function of %s. Ask them for what you need.",
			       reference, casefile);
}

static json_t *texts_json(const char *const *texts)
{
	json_t *list = json_array();

	for (gsize i = 0; texts[i] != NULL; i++)
		json_array_append_new(list, json_string(texts[i]));
	return list;
}

static gboolean identifier_json(Reading *reading, const IdentifierRow *row, json_t **ret_json, GError **error)
{
	const char *const *others;
	guint hidden = 0;

	if (!identifier_shared_with(reading, row, &others, error))
		return FALSE;
	*ret_json = columns_json(identifier_columns, row, VEILS_ALL, &hidden, reading->mem);
	json_object_set_new(*ret_json, "shared_with", texts_json(others));
	return TRUE;
}

static gboolean add_identifiers(Reading *reading, const char *customer, json_t *json, GError **error)
{
	json_t *list = json_array();
	IdentifierRow *rows;
	gsize n;

	json_object_set_new(json, "identifiers", list);
	if (!sql_identifiers_of(reading->tx, reading->mem, customer, &rows, &n, error))
		return FALSE;
	for (gsize i = 0; i < n; i++) {
		json_t *item;

		if (!identifier_json(reading, &rows[i], &item, error))
			return FALSE;
		json_array_append_new(list, item);
	}
	return TRUE;
}

static gboolean add_needs(Reading *reading, const char *customer, json_t *json, guint *hidden, GError **error)
{
	json_t *needs = json_array(), *adjustments = json_array();
	AdjustmentRow *asked;
	NeedRow *rows;
	gsize n, n_asked;

	json_object_set_new(json, "needs", needs);
	json_object_set_new(json, "adjustments", adjustments);
	if (!sql_needs_of(reading->tx, reading->mem, customer, &rows, &n, error) ||
		!sql_adjustments_of(reading->tx, reading->mem, customer, &asked, &n_asked, error))
		return FALSE;
	for (gsize i = 0; i < n; i++)
		json_array_append_new(
			needs, columns_json(need_columns, &rows[i],
				       lifts_of_need(reading->run.actor, rows[i].recorded_by), hidden, reading->mem));
	for (gsize i = 0; i < n_asked; i++)
		json_array_append_new(adjustments,
			columns_json(adjustment_columns, &asked[i],
				lifts_of_need(reading->run.actor, asked[i].asked_by), hidden, reading->mem));
	return TRUE;
}

static gboolean add_casework(Reading *reading, const char *customer, json_t *json, guint *hidden, GError **error)
{
	json_t *files = json_array();
	CasefileRow *rows;
	MatterRow *matters;
	RepresentativeRow *representatives;
	gsize n, n_matters, n_representatives;

	json_object_set_new(json, "casefiles", files);
	if (!sql_matters_of(reading->tx, reading->mem, customer, &matters, &n_matters, error) ||
		!sql_representatives_of(
			reading->tx, reading->mem, customer, &representatives, &n_representatives, error) ||
		!sql_read_casefiles_of(reading->tx, reading->mem, customer, &rows, &n, error))
		return FALSE;
	json_object_set_new(json, "representatives",
		rows_json(representative_columns, representatives, n_representatives, sizeof *representatives,
			VEILS_ALL, hidden, reading->mem));
	json_object_set_new(json, "matters",
		rows_json(matter_columns, matters, n_matters, sizeof *matters, VEILS_ALL, hidden, reading->mem));
	for (gsize i = 0; i < n; i++)
		json_array_append_new(files,
			columns_json(casefile_columns, &rows[i],
				sees_all(reading->run.actor, rows[i].function) ? VEILS_ALL : 0, hidden, reading->mem));
	return TRUE;
}

static gboolean show_customer(Reading *reading, const char *reference, Shown *shown, GError **error)
{
	json_t *arrangements = json_array();
	CustomerView *view;
	CustomerRow *row;
	guint hidden;

	if (!load_customer(reading->tx, reading->mem, reference, "customer", &row, error) ||
		!customer_view(reading, reference, &view, error)) {
		json_decref(arrangements);
		return FALSE;
	}
	hidden = view->hidden;
	shown->json = columns_json(customer_columns, row, VEILS_ALL, &hidden, reading->mem);
	shown->subject = row->ref;
	for (gsize i = 0; i < view->n_arrangements; i++)
		json_array_append_new(arrangements, arrangement_json(&view->arrangements[i], reading->mem));
	json_object_set_new(shown->json, "arrangements", arrangements);
	json_object_set_new(shown->json, "informal_advice",
		view->informal_advice != NULL ? json_string(view->informal_advice) : json_null());
	json_object_set_new(shown->json, "safety", view->safety != NULL ? json_string(view->safety) : json_null());
	if (!add_identifiers(reading, row->ref, shown->json, error) ||
		!add_needs(reading, row->ref, shown->json, &hidden, error) ||
		!add_casework(reading, row->ref, shown->json, &hidden, error))
		return FALSE;
	hidden_set(shown->json, hidden);
	return TRUE;
}

static gboolean show_file(Reading *reading, const char *reference, Shown *shown, GError **error)
{
	shown->subject = reference;
	return show_casefile(reading, reference, &shown->json, error);
}

static gboolean show_matter(Reading *reading, const char *reference, Shown *shown, GError **error)
{
	MatterRow *row = NULL;

	if (!sql_matter_by_ref(reading->tx, reading->mem, reference, &row, error))
		return FALSE;
	if (row == NULL)
		return unknown(reference, error);
	set_shown(reading, matter_columns, row, VEILS_ALL, row->customer, shown);
	return TRUE;
}

static gboolean show_contact(Reading *reading, const char *reference, Shown *shown, GError **error)
{
	ContactRow *row = NULL;

	if (!sql_contact_by_ref(reading->tx, reading->mem, reference, &row, error))
		return FALSE;
	if (row == NULL)
		return unknown(reference, error);
	set_shown(reading, contact_columns, row, lifts_of_contact(reading->run.actor, row),
		row->customer != NULL ? row->customer : row->ref, shown);
	return TRUE;
}

static gboolean show_report(Reading *reading, const char *reference, Shown *shown, GError **error)
{
	AssessmentRow *assessment = NULL;
	ReportRow *row = NULL;
	gboolean sees;

	if (!sql_report_by_ref(reading->tx, reading->mem, reference, &row, error))
		return FALSE;
	if (row == NULL)
		return unknown(reference, error);
	if (!sees_report(reading, row, &sees, error))
		return FALSE;
	if (!sees)
		return for_owners(reading, reference, row->casefile, error);
	if (row->assessment != NULL &&
		!sql_assessment_by_ref(reading->tx, reading->mem, row->assessment, &assessment, error))
		return FALSE;
	set_shown(reading, report_columns, row, VEILS_ALL, row->casefile, shown);
	json_object_set_new(
		shown->json, "came_of_it", assessment != NULL ? json_string(assessment->outcome) : json_null());
	return TRUE;
}

/* Whether the actor reported what this assessment is of: then they see what came of it. */
static gboolean reported(Reading *reading, const AssessmentRow *row, gboolean *ret_reported, GError **error)
{
	ReportRow *reports;
	gsize n;

	*ret_reported = FALSE;
	if (!sql_casefile_reports(reading->tx, reading->mem, row->casefile, &reports, &n, error))
		return FALSE;
	for (gsize i = 0; i < n; i++)
		*ret_reported |= g_strcmp0(reports[i].assessment, row->ref) == 0 &&
				 g_str_equal(reports[i].reporter, reading->run.actor->user_name);
	return TRUE;
}

static gboolean show_assessment(Reading *reading, const char *reference, Shown *shown, GError **error)
{
	AssessmentRow *row = NULL;
	gboolean own, sees;

	if (!sql_assessment_by_ref(reading->tx, reading->mem, reference, &row, error))
		return FALSE;
	if (row == NULL)
		return unknown(reference, error);
	if (!sees_casefile(reading, row->casefile, &sees, error) || !reported(reading, row, &own, error))
		return FALSE;
	if (!sees && !own)
		return for_owners(reading, reference, row->casefile, error);
	set_shown(reading, assessment_columns, row, sees ? VEILS_ALL : 0, row->casefile, shown);
	return TRUE;
}

/* The steps that only the casefile's owners see, whole. */
#define SHOW_STEP(function, Row, statement, columns)                                                                   \
	static gboolean function(Reading *reading, const char *reference, Shown *shown, GError **error)                \
	{                                                                                                              \
		Row *row = NULL;                                                                                       \
                                                                                                                       \
		if (!statement(reading->tx, reading->mem, reference, &row, error))                                     \
			return FALSE;                                                                                  \
		if (row == NULL)                                                                                       \
			return unknown(reference, error);                                                              \
		if (!for_owners(reading, reference, row->casefile, error))                                             \
			return FALSE;                                                                                  \
		set_shown(reading, columns, row, VEILS_ALL, row->casefile, shown);                                     \
		return TRUE;                                                                                           \
	}

SHOW_STEP(show_referral, ReferralRow, sql_read_referral, referral_columns)
SHOW_STEP(show_safety, SafetySentenceRow, sql_safety_sentence_by_ref, safety_columns)
SHOW_STEP(show_warning, WarningRow, sql_read_warning, warning_columns)
SHOW_STEP(show_answer, AnswerRow, sql_read_answer, answer_columns)
SHOW_STEP(show_request, RequestRow, sql_request_by_ref, request_columns)
SHOW_STEP(show_variation, VariationRow, sql_variation_by_ref, variation_columns)

static gboolean show_decision(Reading *reading, const char *reference, Shown *shown, GError **error)
{
	ArrangementRow *arrangement = NULL;
	SignatureRow *signatures;
	DecisionRow *row = NULL;
	guint hidden = 0;
	gsize n;

	if (!sql_decision_by_ref(reading->tx, reading->mem, reference, &row, error))
		return FALSE;
	if (row == NULL)
		return unknown(reference, error);
	if (!for_owners(reading, reference, row->casefile, error) ||
		!sql_read_signatures(reading->tx, reading->mem, reference, &signatures, &n, error) ||
		!sql_arrangement_of_decision(reading->tx, reading->mem, reference, &arrangement, error))
		return FALSE;
	set_shown(reading, decision_columns, row, VEILS_ALL, row->casefile, shown);
	json_object_set_new(shown->json, "signatures",
		rows_json(signature_columns, signatures, n, sizeof *signatures, VEILS_ALL, &hidden, reading->mem));
	json_object_set_new(
		shown->json, "arrangement", arrangement != NULL ? json_string(arrangement->ref) : json_null());
	return TRUE;
}

static gboolean show_arrangement(Reading *reading, const char *reference, Shown *shown, GError **error)
{
	ArrangementRow *row = NULL;
	ArrangementView view;

	if (!sql_arrangement_by_ref(reading->tx, reading->mem, reference, &row, error))
		return FALSE;
	if (row == NULL)
		return unknown(reference, error);
	if (!arrangement_view(reading, row, NULL, &view, error))
		return FALSE;
	shown->json = arrangement_json(&view, reading->mem);
	shown->subject = row->customer;
	json_object_set_new(shown->json, "customer", json_string(row->customer));
	json_object_set_new(shown->json, "notice", row->notice != NULL ? json_string(row->notice) : json_null());
	hidden_set(shown->json, 0);
	return TRUE;
}

static gboolean show_dispute(Reading *reading, const char *reference, Shown *shown, GError **error)
{
	DisputeRow *row = NULL;
	gboolean sees;
	guint lifted;

	if (!sql_dispute_by_ref(reading->tx, reading->mem, reference, &row, error))
		return FALSE;
	if (row == NULL)
		return unknown(reference, error);
	if (!lifts_of_dispute(reading, row, &sees, &lifted, error))
		return FALSE;
	if (!sees)
		return for_owners(reading, reference, row->casefile, error);
	set_shown(reading, dispute_columns, row, lifted, row->casefile, shown);
	return TRUE;
}

static gboolean show_notice(Reading *reading, const char *reference, Shown *shown, GError **error)
{
	NoticeRow *row = NULL;
	guint lifted;

	if (!sql_notice_by_ref(reading->tx, reading->mem, reference, &row, error))
		return FALSE;
	if (row == NULL)
		return unknown(reference, error);
	if (!lifts_of_notice(reading, row->casefile, row->owner, row->delivery, row->sent_at, &lifted, error))
		return FALSE;
	set_shown(reading, notice_columns, row, lifted, row->casefile, shown);
	return TRUE;
}

static gboolean show_need(Reading *reading, const char *reference, Shown *shown, GError **error)
{
	NeedRow *row = NULL;

	if (!sql_read_need(reading->tx, reading->mem, reference, &row, error))
		return FALSE;
	if (row == NULL)
		return unknown(reference, error);
	set_shown(
		reading, need_columns, row, lifts_of_need(reading->run.actor, row->recorded_by), row->customer, shown);
	return TRUE;
}

static gboolean show_adjustment(Reading *reading, const char *reference, Shown *shown, GError **error)
{
	AdjustmentRow *row = NULL;

	if (!sql_adjustment_by_ref(reading->tx, reading->mem, reference, &row, error))
		return FALSE;
	if (row == NULL)
		return unknown(reference, error);
	set_shown(reading, adjustment_columns, row, lifts_of_need(reading->run.actor, row->asked_by), row->customer,
		shown);
	return TRUE;
}

static gboolean show_item(Reading *reading, const char *reference, Shown *shown, GError **error)
{
	ItemRow *row = NULL;

	if (!sql_read_item(reading->tx, reading->mem, reference, &row, error))
		return FALSE;
	if (row == NULL)
		return unknown(reference, error);
	set_shown(reading, item_columns, row, lifts_of_item(reading->run.actor, row),
		row->customer != NULL ? row->customer : row->ref, shown);
	return TRUE;
}

/* S5: who logged it sees it too. */
static gboolean show_breach(Reading *reading, const char *reference, Shown *shown, GError **error)
{
	BreachRow *row = NULL;

	if (!sql_breach_by_ref(reading->tx, reading->mem, reference, &row, error))
		return FALSE;
	if (row == NULL)
		return unknown(reference, error);
	if (!g_str_equal(row->by_user, reading->run.actor->user_name) &&
		!for_owners(reading, reference, row->casefile, error))
		return FALSE;
	set_shown(reading, breach_columns, row, VEILS_ALL, row->casefile, shown);
	return TRUE;
}

static gboolean show_evidence(Reading *reading, const char *reference, Shown *shown, GError **error)
{
	EvidenceRow *row = NULL;
	guint hidden = 0;

	if (!load_evidence(reading, reference, &row, error) ||
		!evidence_json(reading, row, &hidden, &shown->json, error))
		return FALSE;
	shown->subject = row->casefile;
	hidden_set(shown->json, hidden);
	return TRUE;
}

static gboolean show_identifier(Reading *reading, const char *reference, Shown *shown, GError **error)
{
	IdentifierRow *row = NULL;

	if (!sql_identifier_by_ref(reading->tx, reading->mem, reference, &row, error))
		return FALSE;
	if (row == NULL)
		return unknown(reference, error);
	if (!identifier_json(reading, row, &shown->json, error))
		return FALSE;
	shown->subject = row->customer;
	hidden_set(shown->json, 0);
	return TRUE;
}

static gboolean show_representative(Reading *reading, const char *reference, Shown *shown, GError **error)
{
	RepresentativeRow *row = NULL;

	if (!sql_read_representative(reading->tx, reading->mem, reference, &row, error))
		return FALSE;
	if (row == NULL)
		return unknown(reference, error);
	set_shown(reading, representative_columns, row, VEILS_ALL, row->customer, shown);
	return TRUE;
}

static const struct {
	const char *kind;
	gboolean (*show)(Reading *reading, const char *reference, Shown *shown, GError **error);
} KINDS[] = {
	{"C", show_customer},
	{"CF", show_file},
	{"M", show_matter},
	{"K", show_contact},
	{"R", show_report},
	{"AS", show_assessment},
	{"P", show_referral},
	{"W", show_warning},
	{"AW", show_answer},
	{"Q", show_request},
	{"D", show_decision},
	{"A", show_arrangement},
	{"V", show_variation},
	{"DI", show_dispute},
	{"N", show_notice},
	{"NE", show_need},
	{"AD", show_adjustment},
	{"I", show_item},
	{"B", show_breach},
	{"EV", show_evidence},
	{"S", show_safety},
	{"ID", show_identifier},
	{"RP", show_representative},
};

static gboolean show(Reading *reading, const char *reference, Shown *shown, GError **error)
{
	const char *kind;

	if (reference_kind(reference, reading->mem, &kind))
		for (gsize i = 0; i < G_N_ELEMENTS(KINDS); i++)
			if (g_str_equal(KINDS[i].kind, kind))
				return KINDS[i].show(reading, reference, shown, error);
	return not_found(error,
		"'%s' is no reference. A customer's looks like C-2026-000123, a casefile's like CF-2026-000045.",
		reference);
}

gboolean read_show(
	Acts *acts, Arena *mem, const ActCaller *caller, const char *reference, json_t **ret_json, GError **error)
{
	g_auto(Reading) reading = {0};
	Shown shown = {0};

	if (strlen(reference) > 40 || !text_is_storable(reference, strlen(reference), FALSE))
		return not_found(error, "That is no reference. A customer's looks like C-2026-000123.");
	if (!reading_begin(&reading, acts, mem, caller, TRUE, error) || !show(&reading, reference, &shown, error) ||
		!reading_viewed(&reading, caller, shown.subject, arena_printf(mem, "show %s", reference), error)) {
		json_decref(shown.json);
		return FALSE;
	}
	*ret_json = shown.json;
	return TRUE;
}

gboolean customer_of(Reading *reading, const char *reference, const char **ret_customer, GError **error)
{
	ReadCustomerOfRow *row = NULL;
	CustomerRow *customer = NULL;

	if (g_str_has_prefix(reference, "C-")) { /* as a rule it is a customer's own */
		if (!sql_customer_by_ref(reading->tx, reading->mem, reference, &customer, error))
			return FALSE;
		*ret_customer = customer != NULL ? customer->ref : NULL;
		return TRUE;
	}
	if (!sql_read_customer_of(reading->tx, reading->mem, reference, &row, error))
		return FALSE;
	*ret_customer = row != NULL ? row->customer : NULL;
	return TRUE;
}
