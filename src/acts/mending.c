/* mending.c: an author strikes an entry of their own, or puts one of its texts right (K3). The entry's row is changed;
 * the old words stay in `correction` and in the record. Whether they may is core/mending.c's to say. */
#include "core/mending.h"
#include "acts/families.h"

/* An entry as it stands: for core, and what becomes of it. */
typedef struct {
	OwnEntry own;
	const char *casefile; /* NULL: of none */
	const char *customer, *function, *matter;
	KeyedText texts[4]; /* by the names of the acts' fields */
} Found;

typedef struct {
	const char *entry, *field, *words, *reason;
} Mend;

static gboolean find_contact(ActRun *run, const char *ref, Found *found, gboolean *ret_known, GError **error)
{
	WhoWroteContactRow *wrote = NULL;
	ContactCitedByRow *cited = NULL;
	ContactRow *row = NULL;

	if (!sql_contact_by_ref(run->tx, run->mem, ref, &row, error) ||
		!sql_who_wrote_contact(run->tx, run->mem, ref, &wrote, error) ||
		!sql_contact_cited_by(run->tx, run->mem, ref, &cited, error))
		return FALSE;
	*ret_known = row != NULL;
	if (row == NULL)
		return TRUE;
	found->own.by_gate = g_str_equal(row->source, "gate");
	found->own.author = found->own.by_gate && wrote != NULL ? wrote->actor : row->recorded_by;
	found->own.at = found->own.by_gate && wrote != NULL ? wrote->recorded_at : row->recorded_at;
	found->own.struck = row->struck_at != INSTANT_NONE;
	found->own.cited_by = cited != NULL ? cited->ref : NULL;
	found->customer = row->customer;
	found->function = row->function;
	found->matter = row->matter;
	found->texts[0] = (KeyedText){"what", row->what};
	found->texts[1] = (KeyedText){"words", row->end_words};
	return TRUE;
}

static gboolean find_report(ActRun *run, const char *ref, Found *found, gboolean *ret_known, GError **error)
{
	ReportCitedByRow *cited = NULL;
	ReportRow *row = NULL;

	if (!sql_report_by_ref(run->tx, run->mem, ref, &row, error) ||
		!sql_report_cited_by(run->tx, run->mem, ref, &cited, error))
		return FALSE;
	*ret_known = row != NULL;
	if (row == NULL)
		return TRUE;
	found->own.author = row->reporter;
	found->own.at = row->recorded_at;
	found->own.struck = row->struck_at != INSTANT_NONE;
	found->own.assessment = row->assessment;
	found->own.cited_by = cited != NULL ? cited->ref : NULL;
	found->casefile = row->casefile;
	found->texts[0] = (KeyedText){"what", row->what};
	found->texts[1] = (KeyedText){"effect", row->effect};
	found->texts[2] = (KeyedText){"other", row->other_words};
	return TRUE;
}

static gboolean find_breach(ActRun *run, const char *ref, Found *found, gboolean *ret_known, GError **error)
{
	BreachRow *row = NULL;

	if (!sql_breach_by_ref(run->tx, run->mem, ref, &row, error))
		return FALSE;
	*ret_known = row != NULL;
	if (row == NULL)
		return TRUE;
	found->own.author = row->by_user;
	found->own.at = row->at;
	found->own.struck = row->struck_at != INSTANT_NONE;
	found->casefile = row->casefile;
	found->texts[0] = (KeyedText){"what", row->what};
	found->texts[1] = (KeyedText){"staff_did", row->staff_did};
	return TRUE;
}

static gboolean find_evidence(ActRun *run, const char *ref, Found *found, gboolean *ret_known, GError **error)
{
	ReportRow *report = NULL;
	EvidenceRow *row = NULL;

	if (!sql_evidence_by_ref(run->tx, run->mem, ref, &row, error))
		return FALSE;
	*ret_known = row != NULL;
	if (row == NULL)
		return TRUE;
	if (row->report != NULL && !sql_report_by_ref(run->tx, run->mem, row->report, &report, error))
		return FALSE;
	found->own.author = row->by_user;
	found->own.at = row->at;
	found->own.struck = row->struck_at != INSTANT_NONE;
	found->own.assessment = report != NULL ? report->assessment : NULL;
	found->casefile = row->casefile;
	found->texts[0] = (KeyedText){"what", row->what};
	return TRUE;
}

static gboolean find_answer(ActRun *run, const char *ref, Found *found, gboolean *ret_known, GError **error)
{
	AnswerRow *row = NULL;

	if (!sql_read_answer(run->tx, run->mem, ref, &row, error))
		return FALSE;
	*ret_known = row != NULL;
	if (row == NULL)
		return TRUE;
	found->own.author = row->by_user;
	found->own.at = row->at;
	found->own.struck = row->struck_at != INSTANT_NONE;
	found->casefile = row->casefile;
	found->texts[0] = (KeyedText){"words", row->words};
	return TRUE;
}

static gboolean find_need(ActRun *run, const char *ref, Found *found, gboolean *ret_known, GError **error)
{
	NeedRow *row = NULL;

	if (!sql_read_need(run->tx, run->mem, ref, &row, error))
		return FALSE;
	*ret_known = row != NULL;
	if (row == NULL)
		return TRUE;
	found->own.author = row->recorded_by;
	found->own.at = row->recorded_at;
	found->customer = row->customer;
	found->texts[0] = (KeyedText){"what", row->what};
	found->texts[1] = (KeyedText){"why", row->why};
	return TRUE;
}

static gboolean (*const FIND[])(ActRun *run, const char *ref, Found *found, gboolean *ret_known, GError **error) = {
	[ENTRY_CONTACT] = find_contact,
	[ENTRY_REPORT] = find_report,
	[ENTRY_BREACH] = find_breach,
	[ENTRY_EVIDENCE] = find_evidence,
	[ENTRY_ANSWER] = find_answer,
	[ENTRY_NEED] = find_need,
};
G_STATIC_ASSERT(G_N_ELEMENTS(FIND) == ENTRY_KINDS);

/* The entry and its casefile, which is moved on: what somebody saw of it is no longer so. */
static gboolean find_entry(ActRun *run, const char *ref, Found *found, GError **error)
{
	const char **matters = arena_array(run->mem, const char *, 2);
	gboolean known;
	gint64 changed;

	*found = (Found){.own.ref = ref};
	if (!entry_kind(ref, &found->own.kind))
		return not_found(error,
			"%s cannot be struck or put right. Contacts, reports, breaches, evidence, answers and needs "
			"can.",
			ref);
	if (!FIND[found->own.kind](run, ref, found, &known, error))
		return FALSE;
	if (!known)
		return not_found(error, "There is no %s.", ref);
	run->id = found->own.ref;
	run->customer = found->customer;
	run->function = found->function;
	matters[0] = found->matter;
	run->matters = matters;
	if (found->casefile == NULL)
		return TRUE;
	if (!load_casefile(run->tx, run->mem, found->casefile, &run->file, error) ||
		!sql_casefile_move(run->tx, run->file->ref, run->file->version, &changed, error))
		return FALSE;
	run->casefile = run->file->ref;
	run->customer = run->file->customer;
	run->function = run->file->function;
	run->matters = run->file->matters;
	run->version = run->file->version + 1;
	return TRUE;
}

static const char *keyed_text(const KeyedText *texts, gsize n, const char *key)
{
	for (gsize i = 0; i < n && texts[i].key != NULL; i++)
		if (g_str_equal(texts[i].key, key))
			return texts[i].text;
	return NULL;
}

static const char *if_field(const Mend *in, const char *name)
{
	return g_strcmp0(in->field, name) == 0 ? in->words : NULL;
}

/* struck_at: INSTANT_NONE, where a text is put right. */
static gboolean save(ActRun *run, const Found *found, const Mend *in, Instant struck_at, GError **error)
{
	const char *ref = found->own.ref, *what = if_field(in, "what"), *words = if_field(in, "words");
	Tx *tx = run->tx;
	gint64 changed;

	switch (found->own.kind) {
	case ENTRY_CONTACT:
		return sql_contact_mend(tx, ref, struck_at, what, words, &changed, error);
	case ENTRY_REPORT:
		return sql_report_mend(
			tx, ref, struck_at, what, if_field(in, "effect"), if_field(in, "other"), &changed, error);
	case ENTRY_BREACH:
		return sql_breach_mend(tx, ref, struck_at, what, if_field(in, "staff_did"), &changed, error);
	case ENTRY_EVIDENCE:
		return sql_evidence_mend(tx, ref, struck_at, what, &changed, error);
	case ENTRY_ANSWER:
		return sql_answer_mend(tx, ref, struck_at, words, &changed, error);
	default:
		return sql_need_mend(tx, ref, what, if_field(in, "why"), &changed, error);
	}
}

static gboolean strike(ActRun *run, const void *input, GError **error)
{
	const Mend *in = input;
	Found found;

	if (!find_entry(run, in->entry, &found, error) ||
		!entry_check_strike(&run->rules, run->file, &found.own, in->reason, error))
		return FALSE;
	run->summary = arena_printf(run->mem, "Entry struck out: %s", found.own.ref);
	return save(run, &found, in, run->now, error) &&
	       sql_correction_add(run->tx, run->number, found.own.ref, NULL, NULL, in->reason, run->actor->user_name,
		       run->now, error);
}

static gboolean correct(ActRun *run, const void *input, GError **error)
{
	const Mend *in = input;
	const char *was;
	Found found;

	if (!find_entry(run, in->entry, &found, error) ||
		!entry_check_correct(&run->rules, run->file, &found.own, in->field, in->words, in->reason, error))
		return FALSE;
	was = keyed_text(found.texts, G_N_ELEMENTS(found.texts), in->field);
	if (g_strcmp0(was, in->words) == 0)
		return invalid(error, "words", "That is what it says already.");
	run->summary = arena_printf(run->mem, "Entry corrected: %s", found.own.ref);
	return save(run, &found, in, INSTANT_NONE, error) &&
	       sql_correction_add(run->tx, run->number, found.own.ref, in->field, was, in->reason,
		       run->actor->user_name, run->now, error);
}

#define ENTRY_FIELD                                                                                                    \
	FIELD(Mend, entry, LINE, .required = TRUE,                                                                     \
		.help = "your own entry: a contact, report, breach, evidence, answer or need, by its reference")
#define REASON_FIELD                                                                                                   \
	FIELD(Mend, reason, TEXT, .required = TRUE, .privacy = FIELD_PERSONAL, .max = 2000,                            \
		.help = "why; it is shown beside the old words, which stay")

const Act act_strike = {
	.name = "strike",
	.title = "Strike an entry",
	.summary = "The author takes an entry back within the policy's days. It stays to be seen as struck, and counts "
		   "for "
		   "nothing; not where a later step rests on it (K3).",
	.by = BY_ANYONE,
	.fields = (const Field[]){ENTRY_FIELD, REASON_FIELD, FIELDS_END},
	.input_size = sizeof(Mend),
	.perform = strike,
};

const Act act_correct = {
	.name = "correct",
	.title = "Put an entry right",
	.summary =
		"The author puts a text of an entry right within the policy's days. The old words stay to be seen; not "
		"where a later step rests on them (K3).",
	.by = BY_ANYONE,
	.fields =
		(const Field[]){
			ENTRY_FIELD,
			{.name = "field",
				.type = FIELD_CHOICE,
				.offset = G_STRUCT_OFFSET(Mend, field),
				.required = TRUE,
				.choices = (const char *const[]){"what", "words", "effect", "other", "staff_did", "why",
					NULL},
				.help = "which of its texts"},
			FIELD(Mend, words, TEXT, .required = TRUE, .privacy = FIELD_PERSONAL,
				.help = "the text as it should be"),
			REASON_FIELD,
			FIELDS_END,
		},
	.input_size = sizeof(Mend),
	.perform = correct,
};
