/* read_casefile.c: one casefile with its steps. What it waits for is read_next.c's. */
#include "acts/read_run.h"
#include "patterns/takes.h"

/* The reports that the actor sees: all, or their own. */
static gboolean add_reports(Reading *reading, const char *casefile, json_t *json, guint *hidden, GError **error)
{
	json_t *list = json_array();
	ReportRow *rows;
	gsize n;

	json_object_set_new(json, "reports", list);
	if (!sql_casefile_reports(reading->tx, reading->mem, casefile, &rows, &n, error))
		return FALSE;
	for (gsize i = 0; i < n; i++) {
		gboolean sees;

		if (!sees_report(reading, &rows[i], &sees, error))
			return FALSE;
		if (sees)
			json_array_append_new(
				list, columns_json(report_columns, &rows[i], VEILS_ALL, hidden, reading->mem));
		else
			*hidden |= VEIL_EVIDENCE;
	}
	return TRUE;
}

static gboolean add_decisions(Reading *reading, const char *casefile, json_t *json, guint *hidden, GError **error)
{
	json_t *list = json_array();
	SignatureRow *signatures;
	DecisionRow *rows;
	gsize n, n_signed;

	json_object_set_new(json, "decisions", list);
	if (!sql_casefile_decisions(reading->tx, reading->mem, casefile, &rows, &n, error) ||
		!sql_casefile_signatures(reading->tx, reading->mem, casefile, &signatures, &n_signed, error))
		return FALSE;
	for (gsize i = 0; i < n; i++) {
		json_t *decision = columns_json(decision_columns, &rows[i], VEILS_ALL, hidden, reading->mem);
		json_t *own = json_array();

		for (gsize s = 0; s < n_signed; s++)
			if (g_str_equal(signatures[s].decision, rows[i].ref))
				json_array_append_new(own, columns_json(signature_columns, &signatures[s], VEILS_ALL,
								   hidden, reading->mem));
		json_object_set_new(decision, "signatures", own);
		json_array_append_new(list, decision);
	}
	return TRUE;
}

static gboolean add_evidence(Reading *reading, const char *casefile, json_t *json, guint *hidden, GError **error)
{
	json_t *list = json_array();
	EvidenceRow *rows;
	gsize n;

	json_object_set_new(json, "evidence", list);
	if (!sql_casefile_evidence(reading->tx, reading->mem, casefile, &rows, &n, error))
		return FALSE;
	for (gsize i = 0; i < n; i++) {
		json_t *item;

		if (!evidence_json(reading, &rows[i], hidden, &item, error))
			return FALSE;
		json_array_append_new(list, item);
	}
	return TRUE;
}

#define ADD_STEPS(name, Row, statement, columns)                                                                       \
	do {                                                                                                           \
		Row *rows;                                                                                             \
		gsize n;                                                                                               \
                                                                                                                       \
		if (!statement(reading->tx, reading->mem, casefile, &rows, &n, error))                                 \
			return FALSE;                                                                                  \
		json_object_set_new(                                                                                   \
			json, name, rows_json(columns, rows, n, sizeof *rows, VEILS_ALL, hidden, reading->mem));       \
	} while (0)

static gboolean add_steps(Reading *reading, const char *casefile, json_t *json, guint *hidden, GError **error)
{
	ADD_STEPS("assessments", AssessmentRow, sql_casefile_assessments, assessment_columns);
	ADD_STEPS("referrals", ReferralRow, sql_casefile_referrals, referral_columns);
	ADD_STEPS("warnings", WarningRow, sql_casefile_warnings, warning_columns);
	ADD_STEPS("answers", AnswerRow, sql_casefile_answers, answer_columns);
	ADD_STEPS("safety_sentences", SafetySentenceRow, sql_casefile_safety_sentences, safety_columns);
	ADD_STEPS("breaches", BreachRow, sql_casefile_breaches, breach_columns);
	ADD_STEPS("requests", RequestRow, sql_casefile_requests, request_columns);
	ADD_STEPS("variations", VariationRow, sql_casefile_variations, variation_columns);
	ADD_STEPS("disputes", DisputeRow, sql_casefile_disputes, dispute_columns);
	return add_evidence(reading, casefile, json, hidden, error) &&
	       add_decisions(reading, casefile, json, hidden, error);
}

static gboolean add_arrangements(Reading *reading, const char *casefile, json_t *json, GError **error)
{
	json_t *list = json_array();
	ArrangementRow *rows;
	gsize n;

	json_object_set_new(json, "arrangements", list);
	if (!sql_casefile_arrangements(reading->tx, reading->mem, casefile, &rows, &n, error))
		return FALSE;
	for (gsize i = 0; i < n; i++) {
		ArrangementView view;

		if (!arrangement_view(reading, &rows[i], NULL, &view, error))
			return FALSE;
		json_array_append_new(list, arrangement_json(&view, reading->mem));
	}
	return TRUE;
}

static gboolean add_notices(Reading *reading, const char *casefile, json_t *json, guint *hidden, GError **error)
{
	json_t *list = json_array();
	NoticeLineRow *rows;
	gsize n;

	json_object_set_new(json, "notices", list);
	if (!sql_read_notices(
		    reading->tx, reading->mem, NULL, casefile, NULL, G_MININT64, "~", READ_LIMIT_MAX, &rows, &n, error))
		return FALSE;
	for (gsize i = 0; i < n; i++) {
		guint lifted;

		if (!lifts_of_notice(
			    reading, casefile, rows[i].owner, rows[i].delivery, rows[i].sent_at, &lifted, error))
			return FALSE;
		json_array_append_new(list, columns_json(notice_line_columns, &rows[i], lifted, hidden, reading->mem));
	}
	return TRUE;
}

static gboolean add_next(Reading *reading, const char *casefile, json_t *json, GError **error)
{
	Casefile *file;

	if (!load_casefile(reading->tx, reading->mem, casefile, &file, error))
		return FALSE;
	json_object_set_new(json, "next", casefile_next(reading, file));
	return TRUE;
}

static json_t *takes_json(const Takes *takes)
{
	return json_pack("{s:I, s:I, s:I}", "contacts", (json_int_t)takes->contacts, "minutes",
		(json_int_t)takes->minutes, "staff", (json_int_t)takes->staff);
}

/* B4: what their contact takes, beside what is usual. */
static gboolean add_takes(Reading *reading, const char *customer, json_t *json, GError **error)
{
	TakesBeside takes;

	if (!takes_beside_usual(reading->tx, reading->mem, customer, reading->run.now, &takes, error))
		return FALSE;
	json_object_set_new(json, "takes",
		json_pack("{s:i, s:o, s:o, s:I}", "days", takes.days, "own", takes_json(&takes.own), "usual",
			takes_json(&takes.usual), "customers", (json_int_t)takes.customers));
	return TRUE;
}

static json_t *matters_json(const CasefileMattersRow *rows, gsize n)
{
	json_t *list = json_array();

	for (gsize i = 0; i < n; i++)
		json_array_append_new(list, json_string(rows[i].matter));
	return list;
}

gboolean show_casefile(Reading *reading, const char *reference, json_t **ret_json, GError **error)
{
	CasefileRow *row = NULL;
	CasefileMattersRow *matters;
	guint hidden = 0;
	gboolean sees;
	gsize n;

	if (!sql_casefile_by_ref(reading->tx, reading->mem, reference, &row, error))
		return FALSE;
	if (row == NULL)
		return not_found(error, "There is no casefile %s.", reference);
	sees = sees_all(reading->run.actor, row->function);
	*ret_json = columns_json(casefile_columns, row, sees ? VEILS_ALL : 0, &hidden, reading->mem);
	if (!sql_casefile_matters(reading->tx, reading->mem, reference, &matters, &n, error))
		return FALSE;
	json_object_set_new(*ret_json, "matters", matters_json(matters, n));
	if (!add_reports(reading, reference, *ret_json, &hidden, error) ||
		(sees && !add_steps(reading, reference, *ret_json, &hidden, error)) ||
		!add_arrangements(reading, reference, *ret_json, error) ||
		!add_notices(reading, reference, *ret_json, &hidden, error) ||
		(sees && !add_takes(reading, row->customer, *ret_json, error)) ||
		(sees && !add_next(reading, reference, *ret_json, error)))
		return FALSE;
	if (!sees)
		hidden |= VEIL_REASONS | VEIL_POLICE;
	hidden_set(*ret_json, hidden);
	return TRUE;
}
