/* read_file_after.c: of the casefile's page, what comes of a decision: arrangements and what eased them, breaches,
 * disputes, evidence, letters. */
#include "acts/read_file_run.h"

static gboolean view_arrangements(FileReading *at, GError **error)
{
	ArrangementView *arrangements;
	ArrangementRow *rows;
	gsize n;

	if (!sql_casefile_arrangements(at->reading->tx, at->reading->mem, at->file->ref, &rows, &n, error))
		return FALSE;
	arrangements = arena_array(at->reading->mem, ArrangementView, n + 1);
	for (gsize i = 0; i < n; i++)
		if (!arrangement_view(at->reading, &rows[i], &at->facts, &arrangements[i], error))
			return FALSE;
	at->view->arrangements = arrangements;
	at->view->n_arrangements = n;
	return TRUE;
}

static const char *easing_in_words(const char *kind)
{
	if (g_str_equal(kind, "lift"))
		return "Lifted";
	return g_str_equal(kind, "vary") ? "Made easier" : "Changed by the answer to a dispute";
}

static gboolean view_variations(FileReading *at, GError **error)
{
	FileVariationsRow *rows;
	VariationView *variations;
	gsize n;

	if (!sql_file_variations(at->reading->tx, at->reading->mem, at->file->ref, &rows, &n, error))
		return FALSE;
	variations = arena_array(at->reading->mem, VariationView, n + 1);
	for (gsize i = 0; i < n; i++) {
		variations[i] = (VariationView){.ref = rows[i].ref,
			.arrangement = rows[i].arrangement,
			.kind = rows[i].kind,
			.kind_words = easing_in_words(rows[i].kind),
			.dispute = rows[i].dispute,
			.reasons = rows[i].reasons,
			.agreement = rows[i].agreement,
			.capacity_words = file_capacity_words(rows[i].capacity),
			.at = rows[i].at};
		if (!file_person(at, rows[i].by_user, &variations[i].by, error))
			return FALSE;
	}
	at->view->variations = variations;
	at->view->n_variations = n;
	return TRUE;
}

static const char *dispute_in_words(const char *outcome)
{
	static const struct {
		const char *outcome, *words;
	} WORDS[] = {
		{"still-apply", "The arrangements still apply"},
		{"different", "A different course"},
		{"ended", "The arrangements ended"},
	};

	for (gsize i = 0; outcome != NULL && i < G_N_ELEMENTS(WORDS); i++)
		if (g_str_equal(WORDS[i].outcome, outcome))
			return WORDS[i].words;
	return outcome;
}

static gboolean view_disputes(FileReading *at, GError **error)
{
	DisputeRow *rows;
	DisputeView *disputes;
	gsize n;

	if (!sql_casefile_disputes(at->reading->tx, at->reading->mem, at->file->ref, &rows, &n, error))
		return FALSE;
	disputes = arena_array(at->reading->mem, DisputeView, n + 1);
	for (gsize i = 0; i < n; i++) {
		const gboolean open = rows[i].withdrawn_at == INSTANT_NONE && rows[i].answered_at == INSTANT_NONE;

		disputes[i] = (DisputeView){.ref = rows[i].ref,
			.decision = rows[i].decision,
			.channel = rows[i].channel,
			.channel_words = file_channel_words(rows[i].channel),
			.words = rows[i].words,
			.late_reason = rows[i].late_reason,
			.received_at = rows[i].received_at,
			.at = rows[i].at,
			.reply_by = rows[i].reply_by,
			.open = open,
			.overdue = open && rows[i].reply_by < at->reading->run.today,
			.withdrawn_words = rows[i].withdrawn_words,
			.outcome = rows[i].outcome,
			.outcome_words = dispute_in_words(rows[i].outcome),
			.reasons = rows[i].reasons,
			.withdrawn_at = rows[i].withdrawn_at,
			.answered_at = rows[i].answered_at};
		if (!file_person(at, rows[i].by_user, &disputes[i].by, error) ||
			!file_person(at, rows[i].answered_by, &disputes[i].answered_by, error))
			return FALSE;
	}
	at->view->disputes = disputes;
	at->view->n_disputes = n;
	return TRUE;
}

/* Who wrote it sees it too. */
static gboolean sees_entry(const FileReading *at, const char *by)
{
	return at->view->full || g_str_equal(by, at->reading->run.actor->user_name);
}

static gboolean view_breaches(FileReading *at, GError **error)
{
	BreachRow *rows;
	BreachView *breaches;
	gsize n;

	if (!sql_casefile_breaches(at->reading->tx, at->reading->mem, at->file->ref, &rows, &n, error))
		return FALSE;
	breaches = arena_array(at->reading->mem, BreachView, n + 1);
	for (gsize i = 0; i < n; i++) {
		BreachView *breach = &breaches[at->view->n_breaches];

		if (!sees_entry(at, rows[i].by_user))
			continue;
		at->view->n_breaches++;
		*breach = (BreachView){.ref = rows[i].ref,
			.arrangement = rows[i].arrangement,
			.contact = rows[i].contact,
			.what = rows[i].what,
			.staff_did = rows[i].staff_did,
			.happened_at = rows[i].happened_at,
			.at = rows[i].at,
			.struck_at = rows[i].struck_at};
		if (!file_person(at, rows[i].by_user, &breach->by, error))
			return FALSE;
	}
	at->view->breaches = breaches;
	return TRUE;
}

static gboolean view_evidence(FileReading *at, GError **error)
{
	FileEvidenceRow *rows;
	EvidenceView *evidence;
	gsize n;

	if (!sql_file_evidence(at->reading->tx, at->reading->mem, at->file->ref, &rows, &n, error))
		return FALSE;
	evidence = arena_array(at->reading->mem, EvidenceView, n + 1);
	for (gsize i = 0; i < n; i++) {
		EvidenceView *one = &evidence[at->view->n_evidence];

		if (!sees_entry(at, rows[i].by_user))
			continue;
		at->view->n_evidence++;
		*one = (EvidenceView){.ref = rows[i].ref,
			.report = rows[i].report,
			.contact = rows[i].contact,
			.what = rows[i].what,
			.file_name = rows[i].file_name,
			.media_type = rows[i].media_type,
			.size = rows[i].size,
			.obtained_at = rows[i].obtained_at,
			.at = rows[i].at,
			.struck_at = rows[i].struck_at,
			.late = at->decided_at != INSTANT_NONE && rows[i].at > at->decided_at};
		if (!file_person(at, rows[i].by_user, &one->by, error))
			return FALSE;
	}
	at->view->evidence = evidence;
	return TRUE;
}

gboolean file_view_after(FileReading *at, GError **error)
{
	if (!view_arrangements(at, error) || !view_breaches(at, error) || !view_evidence(at, error))
		return FALSE;
	return !at->view->full || (view_variations(at, error) && view_disputes(at, error));
}

static const char *delivery_in_words(const char *delivery)
{
	static const struct {
		const char *delivery, *words;
	} WORDS[] = {
		{"email", "by e-mail"},
		{"post", "by post"},
		{"by-hand", "by hand"},
		{"read-out", "read out"},
		{"task", "in the format that they need"},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(WORDS); i++)
		if (g_str_equal(WORDS[i].delivery, delivery))
			return WORDS[i].words;
	return delivery;
}

/* The mail job sends them until it gives up. */
static gboolean goes_by_itself(const LetterView *letter, const FileGivenUpRow *given_up, gsize n)
{
	if (!g_str_equal(letter->delivery, "email") || letter->sent_at != INSTANT_NONE ||
		letter->returned_at != INSTANT_NONE)
		return FALSE;
	for (gsize i = 0; i < n; i++)
		if (g_str_equal(given_up[i].notice, letter->ref))
			return FALSE;
	return TRUE;
}

static const char *letter_in_words(const FileReading *at, const FileLetterView *view)
{
	const LetterView *letter = &view->letter;
	const char *how = delivery_in_words(letter->delivery);
	Arena *mem = at->reading->mem;

	if (letter->returned_at != INSTANT_NONE)
		return arena_printf(mem, "It came back on %s.", file_day(at, letter->returned_at));
	if (letter->sent_at != INSTANT_NONE)
		return arena_printf(mem, "Sent %s on %s.", how, file_day(at, letter->sent_at));
	if (view->by_itself)
		return "Waiting to go by e-mail. Nothing to do.";
	if (g_str_equal(letter->delivery, "email"))
		return "It could not be e-mailed.";
	return arena_printf(mem, "Made on %s, to go %s.", file_day(at, letter->made_at),
		g_str_equal(letter->delivery, "read-out") ? "to them by being read out" : how);
}

/* What is to be done about it, and by whom. */
static const char *letter_task_in_words(const FileReading *at, const FileLetterView *view)
{
	const LetterView *letter = &view->letter;
	const gboolean again = letter->returned_at != INSTANT_NONE;
	Arena *mem = at->reading->mem;
	const char *what = g_str_equal(letter->delivery, "read-out") && !again ? "read it out" : "send it";

	if (!view->waits || view->by_itself)
		return view->state_words;
	if (again || g_str_equal(letter->delivery, "email"))
		what = "send it again or another way";
	return view->own ? arena_printf(mem, "%s It is yours: %s, and say when.", view->state_words, what)
			 : arena_printf(
				   mem, "%s %s is to %s, and to say when.", view->state_words, view->owner.name, what);
}

static const char *notice_title(const FileReading *at, const char *kind)
{
	const NoticeKind *notice = policy_notice(at->reading->run.policy, kind);

	return notice != NULL ? notice->title : kind;
}

static gboolean view_letter(FileReading *at, const NoticeLineRow *row, const FileGivenUpRow *given_up, gsize n_given_up,
	FileLetterView *view, GError **error)
{
	guint lifted;

	if (!lifts_of_notice(at->reading, row->casefile, row->owner, row->delivery, row->sent_at, &lifted, error))
		return FALSE;
	at->view->hidden |= VEIL_LETTERS & ~lifted;
	view->letter = (LetterView){.ref = row->ref,
		.casefile = row->casefile,
		.kind = row->kind,
		.title = notice_title(at, row->kind),
		.about = row->about,
		.owner = row->owner,
		.delivery = row->delivery,
		.subject = lifted & VEIL_LETTERS ? row->subject : NULL,
		.made_at = row->made_at,
		.sent_at = row->sent_at,
		.delivered_at = row->delivered_at,
		.returned_at = row->returned_at};
	view->waits = row->sent_at == INSTANT_NONE || row->returned_at != INSTANT_NONE;
	view->by_itself = goes_by_itself(&view->letter, given_up, n_given_up);
	view->own = g_strcmp0(row->owner, at->reading->run.actor->user_name) == 0;
	if (!file_person(at, row->owner, &view->owner, error))
		return FALSE;
	view->state_words = letter_in_words(at, view);
	view->task_words = letter_task_in_words(at, view);
	return TRUE;
}

gboolean file_view_letters(FileReading *at, GError **error)
{
	Reading *reading = at->reading;
	FileGivenUpRow *given_up;
	FileLetterView *letters;
	NoticeLineRow *rows;
	gsize n, n_given_up;

	if (!sql_read_notices(reading->tx, reading->mem, NULL, at->file->ref, NULL, G_MININT64, "~", READ_LIMIT_MAX,
		    &rows, &n, error) ||
		!sql_file_given_up(reading->tx, reading->mem, at->file->ref, &given_up, &n_given_up, error))
		return FALSE;
	letters = arena_array(reading->mem, FileLetterView, n + 1);
	for (gsize i = 0; i < n; i++)
		if (!view_letter(at, &rows[n - 1 - i], given_up, n_given_up, &letters[i], error))
			return FALSE;
	at->view->letters = letters;
	at->view->n_letters = n;
	return TRUE;
}
